using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Events in the reports of subscriptions, in virtual time.</summary>
    [TestClass]
    public class EventSubscriptionTests
    {
        private const long Any = -1;
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void EventsOnly_BeginsWithWhatIsThere()
        {
            InteractionScene scene = new InteractionScene();
            for (uint i = 0; i < 5; i++) scene.One.Raise(TestCluster.Note, i);
            scene.Client.EventMin = 2;
            Subscribe(scene, null, true, 0, 60);
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, scene.Client.LastOpcode);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            Assert.AreEqual(3, scene.Client.Events().CountAll());
            Assert.IsFalse(scene.Client.GetBoolean(0, 4));
            scene.AssertIdle("subscribe");
        }

        [TestMethod]
        public void Urgent_IsReportedAtOnceWithFloorZero_AndOnlyOnce()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, null, true, 0, 20);
            scene.Client.Clear();
            scene.One.Raise(TestCluster.Note, 7);
            scene.Run(10);
            Assert.AreEqual(1, scene.Client.UnsolicitedCount);
            Assert.IsFalse(scene.Client.GetBoolean(0, 4));
            Check(scene.Client.Events(), TestCluster.Note, 7);
            scene.Run(19000);
            Assert.AreEqual(1, scene.Client.Count);

            // The keep-alive has nothing to tell.
            scene.Run(1500);
            Assert.AreEqual(2, scene.Client.Count);
            Assert.IsTrue(scene.Client.GetBoolean(1, 4));
            Assert.IsFalse(scene.Client.Has(1, 2));
            scene.AssertIdle("urgent");
        }

        [TestMethod]
        public void Urgent_KeepsToTheMinimumInterval()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, null, true, 3, 60);
            scene.Run(10000);
            scene.Client.Clear();
            scene.One.Raise(TestCluster.Note, 1);
            scene.Run(10);
            Assert.AreEqual(1, scene.Client.Count);
            scene.One.Raise(TestCluster.Note, 2);
            scene.Two.Raise(TestCluster.Alarm, 3);
            scene.Run(2900);
            Assert.AreEqual(1, scene.Client.Count);
            scene.Run(200);
            Assert.AreEqual(2, scene.Client.Count);
            EventReader events = scene.Client.Events();
            Check(events, TestCluster.Note, 1);
            Check(events, TestCluster.Note, 2);
            Check(events, TestCluster.Alarm, 3);
            Assert.IsFalse(events.Next());
        }

        [TestMethod]
        public void NotUrgent_WaitsForTheNextReport()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, new long[] { 1, Test, TestCluster.Value }, false, 0, 60);
            scene.Client.Clear();
            scene.One.Raise(TestCluster.Note, 1);
            scene.Run(5000);
            Assert.AreEqual(0, scene.Client.Count);
            scene.One.Set(5);
            scene.Run(100);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.AreEqual(5L, scene.Client.Reports().Last(1, Test, TestCluster.Value));
            Check(scene.Client.Events(), TestCluster.Note, 1);
            scene.AssertIdle("not urgent");
        }

        [TestMethod]
        public void NotUrgent_IsToldAtTheMaximumInterval_AndMustBeConfirmed()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, null, false, 0, 20);
            scene.Client.Clear();
            scene.One.Raise(TestCluster.Note, 1);
            scene.Run(18000);
            Assert.AreEqual(0, scene.Client.Count);
            scene.Run(2500);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.IsFalse(scene.Client.GetBoolean(0, 4));
            Check(scene.Client.Events(), TestCluster.Note, 1);
            scene.Run(20000);
            Assert.AreEqual(2, scene.Client.Count);
            Assert.IsTrue(scene.Client.GetBoolean(1, 4));
            Assert.IsFalse(scene.Client.Has(1, 2));
        }

        [TestMethod]
        public void UrgentPath_TakesTheOthersAlong()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Begin(InteractionOpcode.SubscribeRequest);
            client.Writer.PutBoolean(0, true);
            client.Writer.PutUnsigned(1, 0);
            client.Writer.PutUnsigned(2, 60);
            client.Writer.StartArray(4);
            PutPath(client, 1, TestCluster.Note, false);
            PutPath(client, 1, TestCluster.Alarm, true);
            client.Writer.EndContainer();
            client.Writer.PutBoolean(7, true);
            client.End();
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            client.Clear();
            scene.One.Raise(TestCluster.Note, 1);
            scene.Two.Raise(TestCluster.Alarm, 2);
            scene.Run(1000);
            Assert.AreEqual(0, client.Count);
            scene.One.Raise(TestCluster.Alarm, 3);
            scene.Run(100);
            Assert.AreEqual(1, client.Count);
            EventReader events = client.Events();
            Check(events, TestCluster.Note, 1);
            Check(events, TestCluster.Alarm, 3);
            Assert.IsFalse(events.Next());
        }

        [TestMethod]
        public void WhatTheSubscriberMayNotSee_MakesNoReport()
        {
            InteractionScene scene = new InteractionScene();
            scene.AddFabric(2);
            Subscribe(scene, null, true, 0, 20);
            scene.Client.Clear();
            scene.Grant(1, Privilege.View, 0x1111, -1, -1, -1);
            scene.One.Raise(TestCluster.SecretNote, 1);
            scene.One.RaiseScoped(2, 2);
            scene.Run(10000);
            Assert.AreEqual(0, scene.Client.Count);
            scene.One.RaiseScoped(1, 3);
            scene.Run(100);
            Assert.AreEqual(1, scene.Client.Count);
            EventReader events = scene.Client.Events();
            Check(events, TestCluster.ScopedNote, 3);
            Assert.IsFalse(events.Next());
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void NotUrgentAndInvisible_KeepAliveAllTheSame()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, null, false, 0, 20);
            scene.Client.Clear();
            scene.Grant(1, Privilege.View, 0x1111, -1, -1, -1);
            scene.One.Raise(TestCluster.SecretNote, 1);
            scene.Run(21000);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.IsTrue(scene.Client.GetBoolean(0, 4));
            Assert.AreEqual(0, scene.Client.Events().CountAll());
        }

        [TestMethod]
        public void MoreThanAMessageHolds_ComesInChunks()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, null, true, 0, 60);
            scene.Client.Clear();
            for (uint i = 0; i < 10; i++) Assert.AreEqual(0, scene.One.RaiseLong(i < 6 ? TestCluster.Note : TestCluster.Alarm, 85));
            scene.Run(2000);
            Assert.AreEqual(2, scene.Client.Count);
            Assert.AreEqual(10, scene.Client.Events().CountAll());
            for (int i = 0; i < scene.Client.Count; i++)
            {
                Assert.AreEqual((long)scene.Client.SubscriptionId, scene.Client.GetUnsigned(i, 0));
                Assert.AreEqual(i < scene.Client.Count - 1, scene.Client.GetBoolean(i, 3));
            }
            scene.AssertIdle("chunks");
        }

        [TestMethod]
        public void SecondSubscriber_GetsItsOwn()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, null, true, 0, 60);
            InteractionClient second = scene.AddClient();
            second.AsksForEvents = true;
            scene.Grant(1, Privilege.Administer, 0, -1, -1, -1);
            second.Subscribe(scene.Pair(second, Sessions.SessionType.Case, 1, 0x1112), null, 5, 60, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, second.LastOpcode);
            second.Clear();
            scene.Client.Clear();
            scene.One.Raise(TestCluster.Note, 1);
            scene.Run(100);
            Assert.AreEqual(1, scene.Client.Events().CountAll());
            Assert.AreEqual(0, second.Count);
            scene.Run(6000);
            Assert.AreEqual(1, second.Events().CountAll());
            Assert.AreEqual(1, scene.Client.Events().CountAll());
        }

        [TestMethod]
        public void PathsThatLeadNowhere_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            CheckRefused(scene, new long[] { 9, Any, Any });
            CheckRefused(scene, new long[] { 1, Test, 0x77 });
            CheckRefused(scene, new long[] { 1, 0x06, 0 });
            CheckRefused(scene, new long[] { 1, Test, TestCluster.AbsentNote });
            CheckRefused(scene, new long[0]);
            scene.Grant(1, Privilege.View, 0x1111, -1, -1, -1);
            CheckRefused(scene, new long[] { 1, Test, TestCluster.SecretNote });
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);

            // One that leads somewhere is enough.
            client.Clear();
            client.EventPaths = new long[] { 9, Any, Any, 1, Test, TestCluster.Note };
            client.Subscribe(scene.Session, null, 0, 60, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, client.LastOpcode);
        }

        private static void PutPath(InteractionClient client, int endpoint, uint eventId, bool isUrgent)
        {
            client.Writer.StartList(Tlv.TlvTag.Anonymous);
            client.Writer.PutUnsigned(1, (ulong)endpoint);
            client.Writer.PutUnsigned(2, Test);
            client.Writer.PutUnsigned(3, eventId);
            client.Writer.PutBoolean(4, isUrgent);
            client.Writer.EndContainer();
        }

        private static void CheckRefused(InteractionScene scene, long[] paths)
        {
            scene.Client.Clear();
            scene.Client.EventPaths = paths;
            scene.Client.Subscribe(scene.Session, null, 0, 60, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);
        }

        private static void Subscribe(InteractionScene scene, long[] attributes, bool isUrgent, int min, int max)
        {
            scene.Client.EventPaths = new long[] { Any, Any, Any };
            scene.Client.IsUrgent = isUrgent;
            scene.Client.Subscribe(scene.Session, attributes, min, max, true, scene.Now);
            scene.Run(500);
        }

        private static void Check(EventReader events, uint eventId, int field)
        {
            Assert.IsTrue(events.Next());
            Assert.AreEqual(eventId, events.Event);
            Assert.AreEqual((long)field, events.Field(0));
        }
    }
}
