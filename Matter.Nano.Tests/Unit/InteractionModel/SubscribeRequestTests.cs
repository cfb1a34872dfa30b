using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>What a SubscribeRequest asks for and is granted, and how many subscriptions there are.</summary>
    [TestClass]
    public class SubscribeRequestTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void SecondSubscription_ReplacesTheFirstUnlessKept()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            uint first = client.SubscriptionId;
            client.Subscribe(scene.Session, InteractionScene.Everything(), 0, 60, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Protocol.SubscriptionCount);
            Assert.AreNotEqual(first, client.SubscriptionId);
            client.Subscribe(scene.Session, InteractionScene.Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);

            // Another node's subscription is left alone.
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 1, 0x1112);
            scene.Grant(1, Privilege.Administer, 0, -1, -1, -1);
            other.Subscribe(session, InteractionScene.Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Protocol.SubscriptionCount);

            // The same node over another session is the same subscriber.
            InteractionClient again = scene.AddClient();
            session = scene.Pair(again, SessionType.Case, 1, 0x1111);
            again.Subscribe(session, InteractionScene.Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void RefusedPriming_LeavesNoSubscription()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.ReportStatus = ImStatus.InvalidAction;
            scene.Client.Subscribe(scene.Session, InteractionScene.Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            Assert.AreEqual(0, scene.Client.CountOf(InteractionOpcode.SubscribeResponse));
            scene.One.Set(1);
            scene.Client.Clear();
            scene.Run(100000);
            Assert.AreEqual(0, scene.Client.Count);
            scene.AssertIdle("refused priming");
        }

        [TestMethod]
        public void DataVersionFilters_ShortenWhatItBeginsWith()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.AsksForEvents = true;
            client.Versions = new long[] { 1, Test, scene.One.DataVersion, 2, Test, scene.Two.DataVersion };
            client.Subscribe(scene.Session, InteractionScene.Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(12, client.Reports().CountAll());
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            client.Clear();
            scene.One.Set(9);
            scene.Run(1000);
            Assert.AreEqual(9L, client.Reports().Last(1, Test, TestCluster.Value));
        }

        [TestMethod]
        public void ErrorsOfConcretePaths_OnlyToBeginWith()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, new long[] { 9, 9, 9, 1, Test, 0, 1, Test, TestCluster.Failing }, 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(3, client.Reports().CountAll());
            client.Clear();
            scene.One.Touch(TestCluster.Failing);
            scene.One.Set(1);
            scene.Run(1000);
            Assert.AreEqual(1, client.Reports().CountAll());
        }

        [TestMethod]
        public void UnfitRequests_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            CheckRefused(scene, InteractionScene.Everything(), 61, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[0], 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, null, 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[] { 9, -1, -1 }, 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[] { -1, 9, -1 }, 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[] { 1, Test, TestCluster.WriteOnly }, 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[] { 1, Test, 0x99 }, 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[3 * (Limits.PathsPerRead + 1)], 0, 60, ImStatus.PathsExhausted);
            scene.Grant(1, Privilege.View, 0x1111, -1, 2, -1);
            CheckRefused(scene, new long[] { 1, -1, -1 }, 0, 60, ImStatus.InvalidAction);
            CheckRefused(scene, new long[] { -1, Test, TestCluster.Secret }, 0, 60, ImStatus.InvalidAction);
            scene.Client.Subscribe(scene.Session, new long[] { -1, -1, -1 }, 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void RequestThatIsRefused_LeavesTheOldSubscription()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            CheckRefusedStatus(scene, new long[] { 9, -1, -1 }, 0, 60, ImStatus.InvalidAction);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        [DataRow(0, 0, 1)]
        [DataRow(0, 1, 1)]
        [DataRow(7, 7, 7)]
        [DataRow(30, 3600, 3600)]
        [DataRow(0, 65535, 65535)]
        public void Intervals_AreTheSubscribers(int min, int max, int granted)
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Subscribe(scene.Session, new long[] { 1, Test, TestCluster.Value }, min, max, false, scene.Now);
            scene.Run(500);
            Assert.AreEqual(granted, scene.Client.MaxInterval);
            scene.Client.Clear();
            scene.One.Set(1);
            scene.Run(min == 0 ? 20 : min * 1000 - 600);
            Assert.AreEqual(min == 0 ? 1 : 0, scene.Client.Count);
            scene.Run(1000);
            Assert.AreEqual(1L, scene.Client.Reports().Last(1, Test, TestCluster.Value));
        }

        [TestMethod]
        public void SubscriptionsOfOneSession_KeepTheirOwnTime()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, new long[] { 1, Test, TestCluster.Value }, 0, 20, true, scene.Now);
            scene.Run(500);
            uint quick = client.SubscriptionId;
            client.Subscribe(scene.Session, new long[] { 1, Test, TestCluster.Value, 2, Test, -1 }, 10, 30, true, scene.Now);
            scene.Run(500);
            uint slow = client.SubscriptionId;
            client.Clear();
            scene.One.Set(1);
            scene.Run(100);
            Assert.AreEqual(1, CountOf(client, quick));
            Assert.AreEqual(0, CountOf(client, slow));
            scene.Run(10000);
            Assert.AreEqual(1, CountOf(client, quick));
            Assert.AreEqual(1, CountOf(client, slow));
            scene.Two.Set(1);
            scene.Run(10500);
            Assert.AreEqual(2, CountOf(client, quick), "only to say that it is alive");
            Assert.AreEqual(2, CountOf(client, slow));
            scene.AssertIdle("two subscriptions");
        }

        [TestMethod]
        public void GreedyFabric_LosesItsOldestSubscription()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            uint[] ids = new uint[Limits.Subscriptions];
            for (int i = 0; i < ids.Length; i++)
            {
                Subscribe(scene, client, scene.Session, 1);
                ids[i] = client.SubscriptionId;
            }
            scene.AddFabric(2);
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 2, 0x1111);
            for (int lost = 1; lost <= Limits.SubscriptionsPerFabric; lost++)
            {
                Subscribe(scene, other, session, 1);
                client.Clear();
                scene.One.Set((uint)lost);
                scene.Run(3000);
                for (int i = 0; i < ids.Length; i++) Assert.AreEqual(i < lost ? 0 : 1, CountOf(client, ids[i]), "after " + lost + ": " + i);
            }

            // More than its due it gets only from what is free.
            CheckRefusedStatusOf(scene, other, session, ImStatus.ResourceExhausted);
            Assert.AreEqual(Limits.Subscriptions, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void MaxIntervalZero_OneSecond()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 0, out InteractionClient client);
            Assert.AreEqual(0, client.Count);
            scene.Run(3500);
            Assert.IsTrue(client.Count >= 2 && client.Count <= 4);
        }

        [TestMethod]
        public void SubscriptionsOfAllFabrics_EachSureOfThree()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient[] clients = new InteractionClient[6];
            Session[] sessions = new Session[6];
            clients[1] = scene.Client;
            sessions[1] = scene.Session;
            for (int fabric = 2; fabric <= 5; fabric++)
            {
                scene.AddFabric(fabric);
                clients[fabric] = scene.AddClient();
                sessions[fabric] = scene.Pair(clients[fabric], SessionType.Case, fabric, 0x1111);
            }

            // The first fabric takes what is free.
            for (int i = 0; i < Limits.Subscriptions; i++) Subscribe(scene, clients[1], sessions[1], 1);
            Assert.AreEqual(Limits.Subscriptions, scene.Protocol.SubscriptionCount);
            CheckRefusedStatus(scene, InteractionScene.Everything(), 0, 600, ImStatus.ResourceExhausted);

            // The others take back what is due to them.
            for (int fabric = 2; fabric <= 5; fabric++)
            {
                for (int i = 0; i < 3; i++) Subscribe(scene, clients[fabric], sessions[fabric], 3);
                Assert.AreEqual(Limits.Subscriptions, scene.Protocol.SubscriptionCount);
            }
            for (int fabric = 1; fabric <= 5; fabric++)
            {
                Assert.AreEqual(3, scene.Protocol.CountSubscriptions(fabric));
                clients[fabric].Clear();
            }

            // Each of them is reported to.
            scene.One.Set(1);
            scene.Run(3000);
            for (int fabric = 1; fabric <= 5; fabric++) Assert.AreEqual(3, clients[fabric].Count);
            scene.AssertIdle("fifteen");
        }

        [TestMethod]
        public void PathPool_KeepsItsOrderWhenRowsGo()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 1, 0x1112);
            scene.Grant(1, Privilege.Administer, 0, -1, -1, -1);
            client.Subscribe(scene.Session, new long[] { 1, Test, 0, 1, Test, 1, 1, Test, 2, 1, Test, 3 }, 0, 600, false, scene.Now);
            scene.Run(500);
            other.Subscribe(session, new long[] { 2, Test, 0 }, 0, 600, false, scene.Now);
            scene.Run(500);
            client.Subscribe(scene.Session, new long[] { 1, Test, 9, 1, Test, 0 }, 0, 600, false, scene.Now);
            scene.Run(500);
            client.Clear();
            other.Clear();
            scene.Two.Set(1);
            scene.Run(500);
            Assert.AreEqual(0, client.Count);
            Assert.AreEqual(1L, other.Reports().Last(2, Test, 0));
            scene.One.Set(2);
            scene.Run(500);
            Assert.AreEqual(2L, client.Reports().Last(1, Test, 0));
            Assert.AreEqual(1, other.Count);
        }

        [TestMethod]
        public void PathsOfAll_LeaveEachFabricItsDue()
        {
            InteractionScene scene = new InteractionScene();
            int spare = Limits.SubscriptionPaths - Limits.Subscriptions * Limits.PathsPerSubscription;
            int fitting = spare / (Limits.PathsPerRead - Limits.PathsPerSubscription);
            for (int i = 0; i < fitting; i++) Subscribe(scene, scene.Client, scene.Session, Limits.PathsPerRead);
            long[] paths = new long[3 * Limits.PathsPerRead];
            for (int i = 0; i < paths.Length; i += 3)
            {
                paths[i] = 1;
                paths[i + 1] = Test;
            }
            CheckRefusedStatus(scene, paths, 0, 600, ImStatus.ResourceExhausted);
            Assert.AreEqual(fitting, scene.Protocol.SubscriptionCount);
            for (int fabric = 2; fabric <= 5; fabric++)
            {
                scene.AddFabric(fabric);
                InteractionClient client = scene.AddClient();
                Session session = scene.Pair(client, SessionType.Case, fabric, 0x1111);
                for (int i = 0; i < 3; i++) Subscribe(scene, client, session, 3);
            }
            Assert.AreEqual(fitting + 12, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void SubscriptionOverPase_IsTheFirstToGo()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient commissioner = scene.AddClient();
            Session pase = scene.Pair(commissioner, SessionType.Pase, 0, 0);
            Subscribe(scene, commissioner, pase, 1);
            for (int i = 0; i < Limits.Subscriptions - 1; i++) Subscribe(scene, scene.Client, scene.Session, 1);
            Assert.AreEqual(Limits.Subscriptions, scene.Protocol.SubscriptionCount);
            scene.AddFabric(2);
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 2, 0x1111);
            Subscribe(scene, other, session, 1);
            Assert.AreEqual(Limits.Subscriptions, scene.Protocol.SubscriptionCount);
            Assert.AreEqual(1, scene.Protocol.CountSubscriptions(2));
        }

        private static void Subscribe(InteractionScene scene, InteractionClient client, Session session, int paths)
        {
            long[] path = new long[3 * paths];
            for (int i = 0; i < path.Length; i += 3)
            {
                path[i] = 1 + (i % 2);
                path[i + 1] = Test;
            }
            client.Clear();
            client.Subscribe(session, path, 0, 600, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, client.LastOpcode);
        }

        // Reports of a subscription since Clear.
        private static int CountOf(InteractionClient client, uint subscriptionId)
        {
            int count = 0;
            for (int i = 0; i < client.Count; i++)
            {
                if (client.Opcode(i) == InteractionOpcode.ReportData && client.GetUnsigned(i, 0) == subscriptionId) count++;
            }
            return count;
        }

        private static void CheckRefusedStatusOf(InteractionScene scene, InteractionClient client, Session session, int status)
        {
            client.Clear();
            client.Subscribe(session, new long[] { 1, Test, TestCluster.Value }, 0, 600, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(status, client.Status);
        }

        private static void CheckRefused(InteractionScene scene, long[] paths, int min, int max, int status)
        {
            CheckRefusedStatus(scene, paths, min, max, status);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
        }

        private static void CheckRefusedStatus(InteractionScene scene, long[] paths, int min, int max, int status)
        {
            scene.Client.Clear();
            scene.Client.Subscribe(scene.Session, paths, min, max, status == ImStatus.ResourceExhausted, scene.Now);
            scene.Run(500);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.AreEqual(status, scene.Client.Status);
            scene.AssertIdle("refused");
        }
    }
}
