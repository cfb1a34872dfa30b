using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Read requests for events and what answers them.</summary>
    [TestClass]
    public class EventReadTests
    {
        private const long Any = -1;
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void AllEvents_InTheOrderOfTheirNumbers_OneMessage()
        {
            InteractionScene scene = new InteractionScene();
            scene.Run(5);
            scene.One.Raise(TestCluster.Note, 10);
            scene.Two.Raise(TestCluster.Alarm, 11);
            scene.One.Raise(TestCluster.Trace, 12);
            scene.Two.Raise(TestCluster.CustomNote, 13);
            Read(scene, new long[] { Any, Any, Any }, 0);

            Assert.AreEqual(1, scene.Client.Count);
            Assert.IsTrue(scene.Client.GetBoolean(0, 4));
            Assert.IsFalse(scene.Client.Has(0, 1));
            Assert.IsFalse(scene.Client.Has(0, 3));
            EventReader events = scene.Client.Events();
            Check(events, 1, TestCluster.Note, 0, 1, 10);
            Check(events, 2, TestCluster.Alarm, 1, 2, 11);
            Check(events, 1, TestCluster.Trace, 2, 0, 12);
            Check(events, 2, TestCluster.CustomNote, 3, 1, 13);
            Assert.IsTrue(events.System >= 0);
            Assert.IsFalse(events.Next());
            scene.AssertIdle("read");
        }

        [TestMethod]
        public void Wildcards_EachPartByItself()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.Raise(TestCluster.Note, 1);
            scene.Two.Raise(TestCluster.Note, 2);
            scene.Two.Raise(TestCluster.Alarm, 3);
            CheckCount(scene, new long[] { Any, Any, Any }, 3);
            CheckCount(scene, new long[] { 1, Any, Any }, 1);
            CheckCount(scene, new long[] { 2, Any, Any }, 2);
            CheckCount(scene, new long[] { Any, Test, Any }, 3);
            CheckCount(scene, new long[] { Any, Test, TestCluster.Note }, 2);
            CheckCount(scene, new long[] { 2, Test, TestCluster.Note }, 1);
            CheckCount(scene, new long[] { 2, Test, Any }, 2);
            CheckCount(scene, new long[] { 0, Any, Any }, 0);
            CheckCount(scene, new long[] { 9, Any, Any }, 0);
            CheckCount(scene, new long[] { Any, 0x06, Any }, 0);
            CheckCount(scene, new long[] { Any, 0x06, 0 }, 0);
            CheckCount(scene, new long[0], 0);
            CheckCount(scene, new long[] { 1, Test, TestCluster.Note, 2, Test, TestCluster.Note, Any, Test, TestCluster.Note }, 2);
        }

        [TestMethod]
        public void EventMin_LeavesOutWhatIsKnown()
        {
            InteractionScene scene = new InteractionScene();
            for (uint i = 0; i < 8; i++) scene.One.Raise(TestCluster.Note, i);
            for (int min = 0; min < 10; min++)
            {
                Read(scene, new long[] { Any, Any, Any }, (ulong)min);
                Assert.AreEqual(min > 8 ? 0 : 8 - min, scene.Client.Events().CountAll());
                Assert.AreEqual(1, scene.Client.Count);
            }
            Read(scene, new long[] { Any, Any, Any }, ulong.MaxValue);
            Assert.AreEqual(0, scene.Client.Events().CountAll());
        }

        [TestMethod]
        [DataRow(0x2222, 1)]
        [DataRow(0x3333, 3)]
        public void EventFilter_CountsForThisNodeOnly(int node, int expected)
        {
            InteractionScene scene = new InteractionScene();
            for (uint i = 0; i < 3; i++) scene.One.Raise(TestCluster.Note, i);
            InteractionClient client = scene.Client;
            TlvWriter writer = BeginRead(client, new long[] { Any, Any, Any });
            writer.StartArray(2);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, (ulong)node);
            writer.PutUnsigned(1, 2);
            writer.EndContainer();
            writer.EndContainer();
            EndRead(scene);
            Assert.AreEqual(expected, client.Events().CountAll());
        }

        [TestMethod]
        public void ConcretePath_ErrorsInTheirOrder()
        {
            InteractionScene scene = new InteractionScene();
            CheckStatus(scene, 7, Test, 0, ImStatus.UnsupportedEndpoint);
            CheckStatus(scene, 1, 0x06, 0, ImStatus.UnsupportedCluster);
            CheckStatus(scene, 1, Test, 0x77, ImStatus.UnsupportedEvent);
            CheckStatus(scene, 1, Test, TestCluster.AbsentNote, ImStatus.UnsupportedEvent);
            CheckStatus(scene, 0, InteractionScene.PlainId, 0, ImStatus.UnsupportedEvent);
            CheckStatus(scene, 1, Test, TestCluster.Note, -1);

            scene.Grant(1, Privilege.Manage, 0x1111, Test, -1, -1);
            CheckStatus(scene, 1, Test, TestCluster.SecretNote, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, Test, 0x77, ImStatus.UnsupportedEvent);

            // Not granted anything there, the reader is not told what there is.
            CheckStatus(scene, 1, 0x06, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 0, InteractionScene.PlainId, 0, ImStatus.UnsupportedAccess);
        }

        [TestMethod]
        public void Privileges_HideEvents()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.Raise(TestCluster.Note, 1);
            scene.One.Raise(TestCluster.SecretNote, 2);
            scene.One.Raise(TestCluster.CustomNote, 3);
            CheckCount(scene, new long[] { Any, Any, Any }, 3);
            scene.Grant(1, Privilege.Operate, 0x1111, -1, -1, -1);
            CheckCount(scene, new long[] { Any, Any, Any }, 2);
            scene.Grant(1, Privilege.View, 0x1111, -1, -1, -1);
            CheckCount(scene, new long[] { Any, Any, Any }, 1);
            scene.Grant(1, Privilege.View, 0x1111, -1, 2, -1);
            CheckCount(scene, new long[] { Any, Any, Any }, 0);
            CheckCount(scene, new long[] { 1, Test, TestCluster.Note }, 0);
        }

        [TestMethod]
        public void FabricSensitiveEvents_AreForTheirFabricOnly()
        {
            InteractionScene scene = new InteractionScene();
            scene.AddFabric(2);
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 2, 0x1111);
            InteractionClient commissioner = scene.AddClient();
            Session pase = scene.Pair(commissioner, SessionType.Pase, 0, 0);
            scene.One.RaiseScoped(1, 10);
            scene.One.RaiseScoped(2, 20);
            scene.One.Raise(TestCluster.Note, 30);

            Read(scene, new long[] { Any, Any, Any }, 0);
            EventReader events = scene.Client.Events();
            Check(events, 1, TestCluster.ScopedNote, 0, 1, 10);
            Assert.AreEqual(1L, events.Field(254));
            Check(events, 1, TestCluster.Note, 2, 1, 30);
            Assert.AreEqual(-1L, events.Field(254));
            Assert.IsFalse(events.Next());

            other.EventPaths = new long[] { Any, Any, Any };
            other.Read(session, null, false, scene.Now);
            scene.Run(500);
            events = other.Events();
            Check(events, 1, TestCluster.ScopedNote, 1, 1, 20);
            Assert.AreEqual(2L, events.Field(254));
            Assert.IsTrue(events.Next());
            Assert.IsFalse(events.Next());

            commissioner.EventPaths = new long[] { Any, Any, Any };
            commissioner.Read(pase, null, false, scene.Now);
            scene.Run(500);
            events = commissioner.Events();
            Check(events, 1, TestCluster.Note, 2, 1, 30);
            Assert.IsFalse(events.Next());
        }

        [TestMethod]
        public void Chunks_HoldEveryEventOnce_AfterTheAttributes()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.BytesLength = 900;
            int raised = 0;
            for (uint i = 0; i < 60; i++)
            {
                scene.One.RaiseLong(i % 3 == 0 ? TestCluster.Alarm : TestCluster.Note, (int)i % 7);
            }
            EventLog log = scene.Model.Events;
            for (int at = 0; at < log.Length; at += log.GetLength(at)) raised++;
            scene.Client.EventPaths = new long[] { Any, Any, Any, 8, Test, 0, 1, Test, 0x66 };
            scene.Client.Read(scene.Session, new long[] { Any, Any, Any }, true, scene.Now);
            scene.Run(3000);

            InteractionClient client = scene.Client;
            Assert.IsTrue(client.Count > 2, "chunks");
            Assert.AreEqual(44, client.Reports().CountAll());
            Assert.AreEqual(raised, client.Events().CountAll());
            bool hasEvents = false;
            for (int i = 0; i < client.Count; i++)
            {
                Assert.IsTrue(client.Length(i) <= Limits.Datagram - 26, "longer than a datagram");
                Assert.AreEqual(i < client.Count - 1, client.GetBoolean(i, 3));
                Assert.AreEqual(i == client.Count - 1, client.GetBoolean(i, 4));
                Assert.IsFalse(hasEvents && client.Has(i, 1), "attributes after events");
                hasEvents |= client.Has(i, 2);
            }
            EventReader events = client.Events();
            Assert.IsTrue(events.Next());
            Assert.AreEqual(ImStatus.UnsupportedEndpoint, events.Status);
            Assert.IsTrue(events.Next());
            Assert.AreEqual(ImStatus.UnsupportedEvent, events.Status);
            scene.AssertIdle("chunks");
        }

        [TestMethod]
        public void MessageFullAtSomePoint_LosesNothing()
        {
            CheckFullMessages(500, 1140, 160);
        }

        [TestMethod]
        public void RaisedWhileReading_IsForTheNextReport()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 60;
            scene.One.ItemLength = 60;
            scene.One.Raise(TestCluster.Note, 1);
            scene.Client.EventPaths = new long[] { Any, Any, Any };
            scene.Client.IsMute = true;
            scene.Client.Read(scene.Session, new long[] { 1, Test, TestCluster.Items }, true, scene.Now);
            scene.Run(200);
            Assert.AreEqual(1, scene.Client.Count);
            scene.One.Raise(TestCluster.Note, 2);
            scene.Client.IsMute = false;
            byte[] success = new byte[] { 0x15, 0x24, 0, 0, 0x24, 0xFF, 12, 0x18 };
            scene.Client.SendRaw(scene.Client.Exchange, InteractionOpcode.StatusResponse, success, success.Length, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(60, scene.Client.Reports().CountItems(1, Test, TestCluster.Items));
            EventReader events = scene.Client.Events();
            Check(events, 1, TestCluster.Note, 0, 1, 1);
            Assert.IsFalse(events.Next());
            scene.AssertIdle("raised while reading");
        }

        [TestMethod]
        public void InvalidRequests()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.Raise(TestCluster.Note, 1);

            // With any cluster only any event.
            Read(scene, new long[] { 1, Any, 0 }, 0);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);

            // A filter without EventMin.
            TlvWriter writer = BeginRead(scene.Client, new long[] { Any, Any, Any });
            writer.StartArray(2);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, 0x2222);
            writer.EndContainer();
            writer.EndContainer();
            EndRead(scene);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);

            // One that is no structure.
            writer = BeginRead(scene.Client, new long[] { Any, Any, Any });
            writer.StartArray(2);
            writer.PutUnsigned(TlvTag.Anonymous, 2);
            writer.EndContainer();
            EndRead(scene);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);

            // Attribute and event paths share the limit.
            long[] paths = new long[3 * Limits.PathsPerRead];
            for (int i = 0; i < paths.Length; i++) paths[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? (long)Test : 0;
            scene.Client.EventPaths = paths;
            scene.Client.Clear();
            scene.Client.Read(scene.Session, null, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(1, scene.Client.Events().CountAll());
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 1, Test, 0 }, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.PathsExhausted, scene.Client.Status);
            scene.AssertIdle("invalid");
        }

        /// <summary>Reads an attribute of many lengths with events behind it, so that the message is full at each point of them.</summary>
        internal static void CheckFullMessages(int from, int to, int step)
        {
            InteractionScene scene = new InteractionScene();
            for (uint i = 0; i < 12; i++) scene.One.Raise(TestCluster.Note, i);
            InteractionClient client = scene.Client;
            client.EventPaths = new long[] { 9, 9, 9, Any, Any, Any };
            for (int length = from; length < to; length += step)
            {
                scene.One.BytesLength = length;
                client.Clear();
                client.Read(scene.Session, new long[] { 1, Test, TestCluster.Bytes }, true, scene.Now);
                scene.Run(200);
                Assert.AreEqual(1, client.Reports().CountAll());
                Assert.AreEqual(12, client.Events().CountAll());
                EventReader events = client.Events();
                Assert.IsTrue(events.Next());
                Assert.AreEqual(ImStatus.UnsupportedEndpoint, events.Status);
                for (int i = 0; i < client.Count; i++)
                {
                    Assert.IsTrue(client.Has(i, 1) || client.Has(i, 2), "empty message");
                }
            }
            scene.AssertIdle("full");
        }

        private static void Check(EventReader events, int endpoint, uint eventId, int number, int priority, int field)
        {
            Assert.IsTrue(events.Next());
            Assert.AreEqual(endpoint, events.Endpoint);
            Assert.AreEqual(Test, events.Cluster);
            Assert.AreEqual(eventId, events.Event);
            Assert.AreEqual((ulong)number, events.Number);
            Assert.AreEqual(priority, events.Priority);
            Assert.AreEqual((long)field, events.Field(0));
        }

        private static void Read(InteractionScene scene, long[] paths, ulong min)
        {
            InteractionClient client = scene.Client;
            client.Clear();
            client.EventPaths = paths;
            client.EventMin = min;
            client.Read(scene.Session, null, true, scene.Now);
            scene.Run(500);
        }

        private static void CheckCount(InteractionScene scene, long[] paths, int count)
        {
            Read(scene, paths, 0);
            Assert.AreEqual(InteractionOpcode.ReportData, scene.Client.LastOpcode);
            Assert.AreEqual(count, scene.Client.Events().CountAll());
        }

        private static void CheckStatus(InteractionScene scene, int endpoint, uint cluster, uint eventId, int status)
        {
            Read(scene, new long[] { endpoint, cluster, eventId }, 0);
            EventReader events = scene.Client.Events();
            Assert.AreEqual(status >= 0, events.Next());
            if (status < 0) return;
            Assert.AreEqual(status, events.Status);
            Assert.AreEqual(endpoint, events.Endpoint);
            Assert.AreEqual(cluster, events.Cluster);
            Assert.AreEqual(eventId, events.Event);
            Assert.IsFalse(events.Next());
        }

        private static TlvWriter BeginRead(InteractionClient client, long[] path)
        {
            client.Clear();
            client.Begin(InteractionOpcode.ReadRequest);
            TlvWriter writer = client.Writer;
            writer.StartArray(1);
            writer.StartList(TlvTag.Anonymous);
            for (int i = 0; i < 3; i++)
            {
                if (path[i] >= 0) writer.PutUnsigned(1 + i, (ulong)path[i]);
            }
            writer.EndContainer();
            writer.EndContainer();
            return writer;
        }

        private static void EndRead(InteractionScene scene)
        {
            scene.Client.Writer.PutBoolean(3, true);
            scene.Client.End();
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
        }
    }
}
