using System;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Endpoints that come and go while the node runs, as its peers see it.</summary>
    [TestClass]
    public class EndpointChangeTests
    {
        private const uint Test = TestCluster.ClusterId;
        private const uint Descriptor = 0x1D;
        private const int New = 7;

        [TestMethod]
        public void NewEndpoint_IsReportedWhole()
        {
            InteractionScene scene = Running();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, Everything(), 0, 60, false, scene.Now);
            scene.Run(900);
            client.Clear();
            Add(scene, New);
            scene.Run(900);
            int reported = client.Reports().CountAll();
            Assert.AreEqual((long)Descriptor, client.Reports().Last(New, Descriptor, 0x4003), "also what never changes");
            Assert.AreEqual(0L, client.Reports().Last(New, Test, TestCluster.Value));
            client.Clear();
            client.Read(scene.Session, new long[] { New, -1, -1 }, true, scene.Now);
            scene.Run(900);
            Assert.AreEqual(reported, client.Reports().CountAll());

            // From then on only what changes.
            client.Clear();
            ((TestCluster)scene.Model.Find(New).Find(Test)).Set(5);
            scene.Run(900);
            Assert.AreEqual(1, client.Reports().CountAll());
            Assert.AreEqual(5L, client.Reports().Last(New, Test, TestCluster.Value));
            scene.AssertIdle("reports");
        }

        [TestMethod]
        public void RemovedEndpoint_IsNoMore()
        {
            InteractionScene scene = Running();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, Everything(), 0, 60, false, scene.Now);
            scene.Run(900);
            client.Clear();
            scene.One.Set(5);
            Assert.AreEqual(0, scene.Model.Remove(scene.Model.Find(1)));
            scene.One.Set(6);
            scene.Two.Set(7);
            scene.Run(900);
            Assert.AreEqual(1, client.Reports().CountAll());
            Assert.AreEqual(7L, client.Reports().Last(2, Test, TestCluster.Value));
            client.Clear();
            client.Invoke(scene.Session, 1, Test, TestCluster.AbsentCommand, scene.Now);
            scene.Run(100);
            Assert.AreEqual(ImStatus.UnsupportedEndpoint, client.InvokeStatus(0));
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void ReportUnderWay_GoesOn()
        {
            for (int moment = 0; moment < 40; moment++)
            {
                CheckReport(moment, false);
                CheckReport(moment, true);
            }
        }

        [TestMethod]
        public void PendingCommandOfARemovedEndpoint_Ends()
        {
            InteractionScene scene = Running();
            scene.One.SlowSteps = 1000000;
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Slow, scene.Now);
            scene.Run(20);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            scene.Model.Remove(scene.Model.Find(1));
            scene.Run(500);
            scene.AssertIdle("removed");
        }

        [TestMethod]
        public void WriteInSeveralMessages_GoesOn()
        {
            InteractionScene scene = Running();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            client.BeginItem(1, Test, TestCluster.Value, false, -1);
            client.Writer.PutUnsigned(2, 5);
            client.EndItem();
            client.EndWrite(true);
            client.Send(scene.Session, scene.Now);
            scene.Run(50);
            Assert.AreEqual(ImStatus.Success, client.WriteStatus(0));
            scene.Model.Remove(scene.Model.Find(1));
            client.Clear();
            client.BeginWrite(false, false);
            client.BeginItem(1, Test, TestCluster.Value, false, -1);
            client.Writer.PutUnsigned(2, 6);
            client.EndItem();
            client.BeginItem(2, Test, TestCluster.Value, false, -1);
            client.Writer.PutUnsigned(2, 7);
            client.EndItem();
            client.EndWrite(false);
            client.SendOn(client.LastExchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.UnsupportedEndpoint, client.WriteStatus(0));
            Assert.AreEqual(ImStatus.Success, client.WriteStatus(1));
            Assert.AreEqual(7u, scene.Two.Number);
            scene.AssertIdle("written");
        }

        [TestMethod]
        public void WildcardFlags_CountForWhoKnowsTheConfiguration()
        {
            InteractionScene scene = Running();
            InteractionClient client = scene.Client;
            client.WildcardPathFlags = 1 << 6; // SkipFixedAttributes
            client.FilterVersion = scene.Model.ConfigurationVersion;
            client.Read(scene.Session, Everything(), true, scene.Now);
            scene.Run(500);
            int skipped = client.Reports().CountAll();
            Add(scene, New);
            scene.Model.Remove(scene.Model.Find(New));
            client.Clear();
            client.Read(scene.Session, Everything(), true, scene.Now);
            scene.Run(500);
            Assert.IsTrue(client.Reports().CountAll() > skipped, "its flags are of an older configuration");
            client.FilterVersion = scene.Model.ConfigurationVersion;
            client.Clear();
            client.Read(scene.Session, Everything(), true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(skipped, client.Reports().CountAll());
        }

        // Endpoint 2 arrives whole, whenever endpoint 1 goes or one before it comes.
        private static void CheckReport(int moment, bool isAdded)
        {
            InteractionScene scene = Running();
            InteractionClient client = scene.Client;
            scene.One.ItemCount = 30;
            scene.One.ItemLength = 100;
            scene.Two.ItemCount = 30;
            scene.Two.ItemLength = 100;
            if (isAdded)
            {
                scene.Model.Remove(scene.Model.Find(1));
            }

            client.Read(scene.Session, Everything(), true, scene.Now);
            scene.Run(moment);
            if (isAdded)
            {
                Add(scene, 1);
            }
            else
            {
                scene.Model.Remove(scene.Model.Find(1));
            }

            scene.Run(2000);
            string what = "at " + moment.ToString();
            Assert.AreEqual(InteractionOpcode.ReportData, client.LastOpcode, what);
            Assert.IsTrue(client.GetBoolean(client.Count - 1, 4), what + ": the end");
            Assert.AreEqual(30, client.Reports().CountItems(2, Test, TestCluster.Items), what);
            Assert.AreEqual(0L, client.Reports().Last(2, Test, TestCluster.Value), what);
            scene.AssertIdle(what);
        }

        private static InteractionScene Running()
        {
            InteractionScene scene = new InteractionScene();
            scene.Model.Started(new ClusterStore(scene.Model, scene.Store, scene.Fabrics.Scratch), scene.Protocol);
            return scene;
        }

        private static void Add(InteractionScene scene, int id)
        {
            Endpoint endpoint = new Endpoint(id, 0);
            endpoint.AddDeviceType(InteractionScene.DeviceType + 0x8000, 1);
            endpoint.Add(new PlainCluster(Descriptor));
            endpoint.Add(new TestCluster());
            scene.Model.Add(endpoint);
        }

        private static long[] Everything()
        {
            return new long[] { -1, -1, -1 };
        }
    }
}
