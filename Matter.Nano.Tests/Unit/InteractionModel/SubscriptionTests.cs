using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Reports of subscriptions in virtual time, and how subscriptions end.</summary>
    [TestClass]
    public class SubscriptionTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void Subscribe_ReportsThenResponse()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, InteractionScene.Everything(), 1, 60, false, scene.Now);
            scene.Run(1000);

            int last = client.Count - 1;
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, client.LastOpcode);
            Assert.AreEqual(60, client.MaxInterval);
            Assert.IsFalse(client.Has(last, 1));
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            for (int i = 0; i < last; i++)
            {
                Assert.AreEqual(InteractionOpcode.ReportData, client.Opcode(i));
                Assert.AreEqual((long)client.SubscriptionId, client.GetUnsigned(i, 0));
                Assert.AreEqual(i < last - 1, client.GetBoolean(i, 3));
                Assert.IsFalse(client.GetBoolean(i, 4));
            }
            Assert.AreEqual(44, client.Reports().CountAll());
            scene.AssertIdle("subscribe");
        }

        [TestMethod]
        public void Change_IsReportedAtOnceWithFloorZero()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            scene.One.Set(5);
            scene.Run(10);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(1, client.UnsolicitedCount);
            Assert.AreEqual((long)client.SubscriptionId, client.GetUnsigned(0, 0));
            Assert.AreEqual(1, client.Reports().CountAll());
            Assert.AreEqual(5L, client.Reports().Last(1, Test, TestCluster.Value));
            scene.Run(500);
            scene.AssertIdle("report");
            Assert.AreEqual(1, client.Count);
        }

        [TestMethod]
        public void Changes_KeepToTheMinimumInterval()
        {
            InteractionScene scene = InteractionScene.Subscribed(3, 60, out InteractionClient client);
            scene.Run(10000);
            scene.One.Set(1);
            scene.Run(10);
            Assert.AreEqual(1, client.Count);
            scene.One.Set(2);
            scene.Run(2000);
            scene.One.Set(3);
            scene.Two.Set(4);
            scene.Run(900);
            Assert.AreEqual(1, client.Count);
            scene.Run(200);
            Assert.AreEqual(2, client.Count);
            Assert.AreEqual(3, client.Reports().CountAll());
            Assert.AreEqual(3L, client.Reports().Last(1, Test, TestCluster.Value));
            Assert.AreEqual(4L, client.Reports().Last(2, Test, TestCluster.Value));
            scene.Run(20000);
            Assert.AreEqual(2, client.Count);
        }

        [TestMethod]
        public void Silence_IsBrokenAtTheMaximumInterval()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 20, out InteractionClient client);
            scene.Run(18900);
            Assert.AreEqual(0, client.Count);
            scene.Run(1200);
            Assert.AreEqual(1, client.Count);
            Assert.IsTrue(client.GetBoolean(0, 4));
            Assert.AreEqual((long)client.SubscriptionId, client.GetUnsigned(0, 0));
            Assert.IsFalse(client.Has(0, 1));
            scene.Run(19000);
            Assert.AreEqual(1, client.Count);
            scene.Run(2000);
            Assert.AreEqual(2, client.Count);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("keep-alive");
        }

        [TestMethod]
        public void Report_PutsTheNextKeepAliveOff()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 20, out InteractionClient client);
            scene.Run(15000);
            scene.One.Set(1);
            scene.Run(19900);
            Assert.AreEqual(1, client.Count);
            scene.Run(200);
            Assert.AreEqual(2, client.Count);
        }

        [TestMethod]
        public void OnlyWhatIsSubscribedTo_IsReported()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, new long[] { 1, Test, TestCluster.Value, 2, Test, TestCluster.Items }, 0, 100, false, scene.Now);
            scene.Run(1000);
            client.Clear();
            scene.Two.Set(5);
            scene.One.Touch(TestCluster.Bytes);
            scene.One.Touch(TestCluster.Items);
            scene.Run(1000);
            Assert.AreEqual(0, client.Count);
            scene.Two.Touch(TestCluster.Items);
            scene.Run(1000);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(0, client.Reports().CountItems(2, Test, TestCluster.Items));
        }

        [TestMethod]
        public void ChangesOmitted_AreNeitherReportedNorCounted()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 100, out InteractionClient client);
            uint version = scene.One.DataVersion;
            scene.One.Touch(TestCluster.Ticks);
            scene.Run(1000);
            Assert.AreEqual(0, client.Count);
            Assert.AreEqual(version, scene.One.DataVersion);
            scene.One.Touch(TestCluster.Absent);
            Assert.AreEqual(version, scene.One.DataVersion);
            scene.One.Touch(TestCluster.Value);
            Assert.AreEqual(version + 1, scene.One.DataVersion);
        }

        [TestMethod]
        public void WhatTheSubscriberMayNotSee_IsNotReported()
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.Operate, 0x1111, -1, -1, -1);
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, InteractionScene.Everything(), 0, 100, false, scene.Now);
            scene.Run(1000);
            client.Clear();
            scene.One.Touch(TestCluster.Secret);
            scene.Run(1000);
            Assert.AreEqual(0, client.Count);
            scene.AssertIdle("secret");

            // It is not tried again and again, nor does it delay what is due.
            Assert.IsTrue(scene.Protocol.Poll(scene.Now) > scene.Now + 1000);
            scene.Run(96000);
            Assert.AreEqual(0, client.Count);
            scene.Run(3000);
            Assert.AreEqual(1, client.Count);
            Assert.IsTrue(client.GetBoolean(0, 4));
            client.Clear();
            scene.Grant(1, Privilege.Administer, 0x1111, -1, -1, -1);
            scene.One.Touch(TestCluster.Secret);
            scene.Run(1000);
            Assert.AreEqual(1234L, client.Reports().Last(1, Test, TestCluster.Secret));
        }

        [TestMethod]
        public void MoreChangesThanRemembered_NoneIsLost()
        {
            InteractionScene scene = InteractionScene.Subscribed(2, 100, out InteractionClient client);
            scene.Run(5000);
            scene.Two.Set(1);
            scene.Run(10);
            client.Clear();
            for (int i = 0; i < 3; i++)
            {
                for (uint attribute = 0; attribute < 13; attribute++)
                {
                    scene.One.Touch(attribute);
                    scene.Two.Touch(attribute);
                }
            }
            scene.One.Set(8);
            scene.Two.Set(9);
            scene.Run(5000);
            Assert.AreEqual(8L, client.Reports().Last(1, Test, TestCluster.Value));
            Assert.AreEqual(9L, client.Reports().Last(2, Test, TestCluster.Value));
            for (int endpoint = 1; endpoint <= 2; endpoint++)
            {
                Assert.AreEqual(1234L, client.Reports().Last(endpoint, Test, TestCluster.Secret));
                Assert.IsTrue(client.Reports().Next(endpoint, Test, TestCluster.Timed));
                Assert.IsTrue(client.Reports().Next(endpoint, Test, TestCluster.Numbers));
                Assert.IsFalse(client.Reports().Next(endpoint, Test, TestCluster.Ticks));
                Assert.IsFalse(client.Reports().Next(endpoint, Test, 0xFFFC));
            }
            client.Clear();
            scene.Run(50000);
            Assert.AreEqual(0, client.Count);
        }

        [TestMethod]
        public void LongReport_IsChunked()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            scene.One.Touch(TestCluster.Items);
            scene.One.Set(1);
            scene.Run(1000);
            Assert.IsTrue(client.Count > 4);
            Assert.AreEqual(100, client.Reports().CountItems(1, Test, TestCluster.Items));
            Assert.AreEqual(1L, client.Reports().Last(1, Test, TestCluster.Value));
            for (int i = 0; i < client.Count; i++)
            {
                Assert.AreEqual(i < client.Count - 1, client.GetBoolean(i, 3));
                Assert.AreEqual((long)client.SubscriptionId, client.GetUnsigned(i, 0));
            }
            client.Clear();
            scene.Run(30000);
            Assert.AreEqual(0, client.Count);
            scene.AssertIdle("long report");
        }

        [TestMethod]
        public void ChangeDuringAReport_IsReportedAfterwards()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            scene.Link.LatencyMs = 100;
            scene.One.Set(1);
            scene.Run(50);
            scene.One.Set(2);
            scene.Run(1000);
            Assert.AreEqual(2, client.Count);
            Assert.AreEqual(2L, client.Reports().Last(1, Test, TestCluster.Value));
        }

        [TestMethod]
        [DataRow(ImStatus.InvalidSubscription)]
        [DataRow(ImStatus.Failure)]
        public void RefusedReport_EndsTheSubscription(int status)
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            client.ReportStatus = status;
            scene.One.Set(1);
            scene.Run(1000);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            client.Clear();
            scene.One.Set(2);
            scene.Run(100000);
            Assert.AreEqual(0, client.Count);
            scene.AssertIdle("refused report");
        }

        [TestMethod]
        public void UnansweredReport_EndsTheSubscription()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            client.IsMute = true;
            scene.One.Set(1);
            scene.Run(60000);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("no answer");
        }

        [TestMethod]
        public void DeadPeer_EndsTheSubscription()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 20, out InteractionClient client);
            scene.Link.Script(InteractionScene.ServerEnd, "------------");
            scene.Run(40000);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("dead peer");
        }

        [TestMethod]
        public void LossyLink_LosesNothing()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            scene.Link.LossPercent = 15;
            scene.Link.DuplicatePercent = 10;
            scene.Link.LatePercent = 10;
            for (uint i = 1; i <= 20; i++)
            {
                scene.One.Set(i);
                scene.Run(7000);
                Assert.AreEqual((long)i, client.Reports().Last(1, Test, TestCluster.Value));
            }
        }

        [TestMethod]
        public void SessionClosed_EndsTheSubscription()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.Run(70000);
            Assert.AreEqual(0, client.Count);
        }

        [TestMethod]
        public void SessionClosedWhileReporting_LeavesNothingBehind()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            scene.Link.LatencyMs = 100;
            scene.One.Set(1);
            scene.Run(50);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("session closed");
        }

        [TestMethod]
        public void SubscriptionReplacedDuringItsReport_IsReportedNoFurther()
        {
            InteractionScene scene = InteractionScene.Subscribed(0, 60, out InteractionClient client);
            uint first = client.SubscriptionId;
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            client.IsMute = true;
            scene.One.Touch(TestCluster.Items);
            scene.Run(300);
            Assert.AreEqual(1, client.Count);
            Exchanges.Exchange report = client.LastExchange;
            client.Subscribe(scene.Session, new long[] { 2, Test, 0 }, 0, 60, false, scene.Now);
            scene.Run(300);
            Assert.AreEqual(2, client.Count);
            byte[] status = new byte[] { 0x15, 0x24, 0x00, 0, 0x24, 0xFF, 12, 0x18 };
            client.SendRaw(report, InteractionOpcode.StatusResponse, status, status.Length, scene.Now);
            scene.Run(300);
            Assert.AreEqual(2, client.Count);
            Assert.AreEqual((long)first, client.GetUnsigned(0, 0));
            Assert.IsTrue(client.GetUnsigned(1, 0) != first);
            report.Close();
            client.IsMute = false;
            client.SendRaw(client.Exchange, InteractionOpcode.StatusResponse, status, status.Length, scene.Now);
            scene.Run(300);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("replaced");
            scene.Two.Set(6);
            scene.Run(300);
            Assert.AreEqual(6L, client.Reports().Last(2, Test, 0));
        }
    }
}
