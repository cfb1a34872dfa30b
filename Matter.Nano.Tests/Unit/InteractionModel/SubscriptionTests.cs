using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Subscriptions in virtual time.</summary>
    [TestClass]
    public class SubscriptionTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void Subscribe_ReportsThenResponse()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Subscribe(scene.Session, Everything(), 1, 60, false, scene.Now);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(3, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 20, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 20, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 100, out InteractionClient client);
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
            client.Subscribe(scene.Session, Everything(), 0, 100, false, scene.Now);
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
            InteractionScene scene = Subscribed(2, 100, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
            client.IsMute = true;
            scene.One.Set(1);
            scene.Run(60000);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("no answer");
        }

        [TestMethod]
        public void DeadPeer_EndsTheSubscription()
        {
            InteractionScene scene = Subscribed(0, 20, out InteractionClient client);
            scene.Link.Script(InteractionScene.ServerEnd, "------------");
            scene.Run(40000);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("dead peer");
        }

        [TestMethod]
        public void LossyLink_LosesNothing()
        {
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.Run(70000);
            Assert.AreEqual(0, client.Count);
        }

        [TestMethod]
        public void SessionClosedWhileReporting_LeavesNothingBehind()
        {
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
            scene.Link.LatencyMs = 100;
            scene.One.Set(1);
            scene.Run(50);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("session closed");
        }

        [TestMethod]
        public void SecondSubscription_ReplacesTheFirstUnlessKept()
        {
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
            uint first = client.SubscriptionId;
            client.Subscribe(scene.Session, Everything(), 0, 60, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Protocol.SubscriptionCount);
            Assert.AreNotEqual(first, client.SubscriptionId);
            client.Subscribe(scene.Session, Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);

            // Another node's subscription is left alone.
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 1, 0x1112);
            scene.Grant(1, Privilege.Administer, 0, -1, -1, -1);
            other.Subscribe(session, Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Protocol.SubscriptionCount);

            // The same node over another session is the same subscriber.
            InteractionClient again = scene.AddClient();
            session = scene.Pair(again, SessionType.Case, 1, 0x1111);
            again.Subscribe(session, Everything(), 0, 60, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void RefusedPriming_LeavesNoSubscription()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.ReportStatus = ImStatus.InvalidAction;
            scene.Client.Subscribe(scene.Session, Everything(), 0, 60, false, scene.Now);
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
            client.Subscribe(scene.Session, Everything(), 0, 60, false, scene.Now);
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
            CheckRefused(scene, Everything(), 61, 60, ImStatus.InvalidAction);
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
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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
            InteractionScene scene = Subscribed(0, 0, out InteractionClient client);
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
            CheckRefusedStatus(scene, Everything(), 0, 600, ImStatus.ResourceExhausted);

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
        public void SubscriptionReplacedDuringItsReport_IsReportedNoFurther()
        {
            InteractionScene scene = Subscribed(0, 60, out InteractionClient client);
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

        private static long[] Everything() { return new long[] { -1, -1, -1 }; }

        private static InteractionScene Subscribed(int minInterval, int maxInterval, out InteractionClient client)
        {
            InteractionScene scene = new InteractionScene();
            client = scene.Client;
            client.Subscribe(scene.Session, Everything(), minInterval, maxInterval, false, scene.Now);
            scene.Run(900);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            client.Clear();
            return scene;
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
