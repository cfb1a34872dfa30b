using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>More peers at once than there are slots for long messages.</summary>
    [TestClass]
    public class CrowdTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        [DataRow(0)]
        [DataRow(20)]
        public void ReadsOfEveryFabricAtOnce_AllArriveWhole(int lossPercent)
        {
            InteractionScene scene = Long();
            scene.Link.LossPercent = lossPercent;
            InteractionClient[] clients = Join(scene, Limits.Fabrics, out Session[] sessions);
            for (int i = 0; i < clients.Length; i++) clients[i].Read(sessions[i], new long[] { 1, Test, TestCluster.Items, 2, Test, TestCluster.Items }, true, scene.Now);
            scene.Run(15000);
            for (int i = 0; i < clients.Length; i++)
            {
                Assert.AreEqual(40, clients[i].Reports().CountItems(1, Test, TestCluster.Items), i.ToString());
                Assert.AreEqual(30, clients[i].Reports().CountItems(2, Test, TestCluster.Items), i.ToString());
            }
            AssertNothingKept(scene, "reads");
        }

        [TestMethod]
        public void SubscribersOfEveryFabric_EachHearsOfALongChangeInTime()
        {
            InteractionScene scene = Long();
            InteractionClient[] clients = Join(scene, Limits.Fabrics, out Session[] sessions);
            Subscribe(scene, clients, sessions, 0, clients.Length, TestCluster.Items);
            scene.One.Touch(TestCluster.Items);
            scene.Run(1000);
            for (int i = 0; i < clients.Length; i++)
            {
                Assert.AreEqual(40, clients[i].Reports().CountItems(1, Test, TestCluster.Items), i.ToString());
            }
            AssertNothingKept(scene, "change");
        }

        [TestMethod]
        public void SubscribersThatAreGone_KeepNobodyWaiting()
        {
            InteractionScene scene = Long();
            InteractionClient[] clients = Join(scene, Limits.Fabrics, out Session[] sessions);
            int last = clients.Length - 1;
            Subscribe(scene, clients, sessions, 0, last, TestCluster.Items);
            Subscribe(scene, clients, sessions, last, 1, TestCluster.Value);
            for (int i = 0; i < last; i++) scene.Leave(clients[i], sessions[i]);

            // All of them are sent long messages, again and again.
            scene.One.Touch(TestCluster.Items);
            scene.Run(10);
            for (uint number = 1; number < 40; number++)
            {
                clients[last].Clear();
                clients[last].BeginInvoke(1, Test, TestCluster.SetValue, false);
                clients[last].Writer.PutUnsigned(0, number);
                clients[last].EndInvoke();
                clients[last].Send(sessions[last], scene.Now);
                scene.Run(10);
                Assert.AreEqual(number, scene.One.Number);
                Assert.AreEqual(1, clients[last].CountOf(InteractionOpcode.InvokeResponse), "answered at once");
                Assert.AreEqual((long)number, clients[last].Reports().Last(1, Test, TestCluster.Value), "and reported");
                scene.Run(190);
            }

            // Who left is forgotten; the messages that waited for it too.
            scene.Run(60000);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            AssertNothingKept(scene, "gone");
        }

        [TestMethod]
        public void ManySubscriptionsOfSubscribersThatAreGone_LeaveRoomForRequests()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient[] clients = Join(scene, Limits.Fabrics, out Session[] sessions);
            int last = clients.Length - 1;
            for (int i = 0; i < Limits.SubscriptionsPerFabric; i++) Subscribe(scene, clients, sessions, 0, last, TestCluster.Value, i > 0);
            for (int i = 0; i < last; i++) scene.Leave(clients[i], sessions[i]);

            scene.One.Set(7);
            scene.Run(10);
            clients[last].Read(sessions[last], new long[] { 1, Test, TestCluster.Value }, true, scene.Now);
            scene.Run(10);
            Assert.AreEqual(7L, clients[last].Reports().Last(1, Test, TestCluster.Value));
            clients[last].Clear();
            clients[last].Subscribe(sessions[last], new long[] { 1, Test, TestCluster.Value }, 0, 60, false, scene.Now);
            scene.Run(30);
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, clients[last].LastOpcode);
            scene.Run(120000);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            AssertNothingKept(scene, "gone");
        }

        [TestMethod]
        public void LongReadsOfPeersThatAreGone_LeaveRoomForOthers()
        {
            InteractionScene scene = Long();
            InteractionClient[] clients = Join(scene, Limits.Fabrics, out Session[] sessions);
            int last = clients.Length - 1;
            for (int i = 0; i < last; i++)
            {
                clients[i].Read(sessions[i], new long[] { 1, Test, TestCluster.Items }, true, scene.Now);
                scene.Leave(clients[i], sessions[i]);
            }
            scene.Run(10);
            clients[last].Read(sessions[last], new long[] { 1, Test, TestCluster.Value }, true, scene.Now);
            scene.Run(10);
            Assert.AreEqual(1, clients[last].Reports().CountAll());
            scene.Run(60000);
            AssertNothingKept(scene, "gone");
        }

        private static InteractionScene Long()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 40;
            scene.One.ItemLength = 100;
            scene.Two.ItemCount = 30;
            scene.Two.ItemLength = 100;
            return scene;
        }

        private static InteractionClient[] Join(InteractionScene scene, int count, out Session[] sessions)
        {
            InteractionClient[] clients = new InteractionClient[count];
            sessions = new Session[count];
            clients[0] = scene.Client;
            sessions[0] = scene.Session;
            for (int i = 1; i < count; i++)
            {
                scene.AddFabric(i + 1);
                clients[i] = scene.AddClient();
                sessions[i] = scene.Pair(clients[i], SessionType.Case, i + 1, 0x1111);
            }
            return clients;
        }

        private static void Subscribe(
            InteractionScene scene, InteractionClient[] clients, Session[] sessions, int first, int count, uint attribute, bool isFurther = false)
        {
            int end = first + count;
            for (int i = first; i < end; i++) clients[i].Subscribe(sessions[i], new long[] { 1, Test, attribute }, 0, 60, isFurther, scene.Now);
            scene.Run(2000);
            for (int i = first; i < end; i++)
            {
                Assert.AreEqual(InteractionOpcode.SubscribeResponse, clients[i].LastOpcode, i.ToString());
                clients[i].Clear();
            }
        }

        private static void AssertNothingKept(InteractionScene scene, string what)
        {
            scene.AssertIdle(what);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, scene.ServerExchanges.Outbox.FreeCount, what);
        }
    }
}
