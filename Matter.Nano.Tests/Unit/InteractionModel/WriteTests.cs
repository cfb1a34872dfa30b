using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Write requests.</summary>
    [TestClass]
    public class WriteTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void OneValue_IsWrittenAndCounted()
        {
            InteractionScene scene = new InteractionScene();
            uint version = scene.One.DataVersion;
            scene.Client.Write(scene.Session, 1, Test, TestCluster.Value, 55, scene.Now);
            scene.Run(500);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.AreEqual(0, scene.Client.WriteStatus(0));
            Assert.AreEqual(-1, scene.Client.WriteStatus(1));
            Assert.AreEqual(55u, scene.One.Number);
            Assert.AreEqual(version + 1, scene.One.DataVersion);
            Assert.AreEqual(1, scene.One.SeenFabric);
            scene.AssertIdle("write");
        }

        [TestMethod]
        public void Errors_InTheirOrder()
        {
            InteractionScene scene = new InteractionScene();
            CheckStatus(scene, 9, Test, 0, ImStatus.UnsupportedEndpoint);
            CheckStatus(scene, 1, 6, 0, ImStatus.UnsupportedCluster);
            CheckStatus(scene, 1, Test, 0x99, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, Test, TestCluster.Absent, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, Test, TestCluster.Constant, ImStatus.UnsupportedWrite);
            CheckStatus(scene, 1, Test, 0xFFFD, ImStatus.UnsupportedWrite);
            CheckStatus(scene, 1, Test, TestCluster.Timed, ImStatus.NeedsTimedInteraction);
            CheckStatus(scene, 1, Test, TestCluster.Numbers, ImStatus.InvalidDataType);
            CheckStatus(scene, 1, Test, TestCluster.WriteOnly, ImStatus.Success);

            scene.Grant(1, Privilege.View, 0x1111, Test, 1, -1);
            CheckStatus(scene, 9, Test, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 2, Test, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, 6, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, Test, 0x99, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, Test, TestCluster.Constant, ImStatus.UnsupportedWrite);
            CheckStatus(scene, 1, Test, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, Test, TestCluster.Timed, ImStatus.UnsupportedAccess);
            Assert.AreEqual(0u, scene.One.Number);
        }

        [TestMethod]
        public void ClusterRefusals_ReachTheWire()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Write(scene.Session, 1, Test, TestCluster.Value, 1001, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Client.WriteStatus(0));
            scene.Client.BeginWrite(false, false);
            scene.Client.BeginItem(1, Test, TestCluster.Value, false, -1);
            scene.Client.Writer.PutBoolean(2, true);
            scene.Client.EndItem();
            scene.Client.EndWrite(false);
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Client.WriteStatus(0));
            scene.One.WriteStatus = ImStatus.ClusterSpecific(9);
            scene.Client.Write(scene.Session, 1, Test, TestCluster.Value, 3, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.ClusterSpecific(9), scene.Client.WriteStatus(0));
            Assert.AreEqual(0u, scene.One.Number);
        }

        [TestMethod]
        public void SeveralValues_EachItsStatus()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 1, -1);
            TestWrites.PutNumber(client, 9, TestCluster.Value, 2, -1);
            TestWrites.PutNumber(client, 2, TestCluster.Value, 3, -1);
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(ImStatus.UnsupportedEndpoint, client.WriteStatus(1));
            Assert.AreEqual(0, client.WriteStatus(2));
            Assert.AreEqual(1u, scene.One.Number);
            Assert.AreEqual(3u, scene.Two.Number);
        }

        [TestMethod]
        public void DataVersion_MustMatch()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            uint version = scene.One.DataVersion;
            Write(scene, TestCluster.Value, 1, version ^ 1);
            Assert.AreEqual(ImStatus.DataVersionMismatch, client.WriteStatus(0));
            Assert.AreEqual(0u, scene.One.Number);
            Write(scene, TestCluster.Value, 1, version);
            Assert.AreEqual(0, client.WriteStatus(0));
            Write(scene, TestCluster.Value, 2, version);
            Assert.AreEqual(ImStatus.DataVersionMismatch, client.WriteStatus(0));
            Assert.AreEqual(1u, scene.One.Number);
        }

        [TestMethod]
        public void List_IsReplacedAndAppendedTo()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            TestWrites.PutList(client, TestCluster.Numbers, 3, scene.One.DataVersion);

            // A client may repeat the version that it knew: the list is its own by now.
            for (uint i = 0; i < 4; i++) TestWrites.PutAppend(client, TestCluster.Numbers, 10 + i, scene.One.DataVersion);
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            for (int i = 0; i < 5; i++) Assert.AreEqual(0, client.WriteStatus(i));
            Assert.AreEqual(7, scene.One.NumberCount);

            client.BeginWrite(false, false);
            TestWrites.PutAppend(client, TestCluster.Numbers, 1, -1);
            TestWrites.PutAppend(client, TestCluster.Numbers, 2, -1);
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(ImStatus.ResourceExhausted, client.WriteStatus(1));
            Assert.AreEqual(TestCluster.MaxNumbers, scene.One.NumberCount);

            client.BeginWrite(false, false);
            TestWrites.PutList(client, TestCluster.Numbers, 0, -1);
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, scene.One.NumberCount);
        }

        [TestMethod]
        public void AppendToWhatIsNoList_IsRefused()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.BeginWrite(false, false);
            TestWrites.PutAppend(scene.Client, TestCluster.Value, 3, -1);
            scene.Client.EndWrite(false);
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.WriteStatus(0));
            Assert.AreEqual(0u, scene.One.Number);
        }

        [TestMethod]
        public void ListThatTakesItsWritersRightsAway_IsWrittenToItsEnd()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.Grant(1, Privilege.Manage, 0x1111, -1, -1, -1);
            client.BeginWrite(false, false);
            TestWrites.PutList(client, TestCluster.Numbers, 1, -1);
            client.EndWrite(true);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.WriteStatus(0));
            scene.Grant(1, Privilege.View, 0x1111, -1, -1, -1);
            client.BeginWrite(false, false);
            TestWrites.PutAppend(client, TestCluster.Numbers, 5, -1);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 7, -1);
            TestWrites.PutAppend(client, TestCluster.Numbers, 6, -1);
            client.EndWrite(false);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.WriteStatus(1));
            Assert.AreEqual(0, client.WriteStatus(2));
            Assert.AreEqual(3, scene.One.NumberCount);
            Assert.AreEqual(0u, scene.One.Number);

            // It is over now, and so is the right.
            client.BeginWrite(false, false);
            TestWrites.PutAppend(client, TestCluster.Numbers, 5, -1);
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.WriteStatus(0));
            scene.Run(1000);
            client.Exchange.Close();
            scene.AssertIdle("list write");
        }

        [TestMethod]
        public void AccessControlList_IsReplacedByItsAdministrator()
        {
            InteractionScene scene = new InteractionScene();
            scene.Model.Find(0).Add(new AccessControlCluster(scene.Fabrics));
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            client.BeginItem(0, AccessControlCluster.ClusterId, 0, false, -1);
            client.Writer.StartArray(2);
            client.Writer.EndContainer();
            client.EndItem();
            PutEntry(client, Privilege.Operate, 0x9999);
            client.EndWrite(true);
            client.Send(scene.Session, scene.Now);
            scene.Run(300);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(0, client.WriteStatus(1));

            // For the moment nobody may administer, but the writer goes on.
            client.BeginWrite(false, false);
            PutEntry(client, Privilege.Administer, 0x1111);
            client.EndWrite(false);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(300);
            Assert.AreEqual(0, client.WriteStatus(0));
            client.Clear();
            client.Read(scene.Session, new long[] { 0, AccessControlCluster.ClusterId, 0 }, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(2, client.Reports().CountItems(0, AccessControlCluster.ClusterId, 0));
        }

        [TestMethod]
        public void SuppressResponse_WritesInSilence()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.BeginWrite(false, true);
            TestWrites.PutNumber(scene.Client, 1, TestCluster.Value, 4, -1);
            scene.Client.EndWrite(false);
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(0, scene.Client.Count);
            Assert.AreEqual(0, scene.Client.Aborts);
            Assert.AreEqual(4u, scene.One.Number);
            scene.AssertIdle("suppressed");
        }

        [TestMethod]
        public void UnfitRequests_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;

            // No cluster, no attribute, no endpoint but a version.
            for (int missing = 2; missing <= 4; missing++)
            {
                client.BeginWrite(false, false);
                client.Writer.StartStructure(TlvTag.Anonymous);
                if (missing == 2) client.Writer.PutUnsigned(0, scene.One.DataVersion);
                client.Writer.StartList(1);
                if (missing != 2) client.Writer.PutUnsigned(2, 1);
                if (missing != 3) client.Writer.PutUnsigned(3, Test);
                if (missing != 4) client.Writer.PutUnsigned(4, TestCluster.Value);
                client.Writer.EndContainer();
                client.Writer.PutUnsigned(2, 1);
                client.EndItem();
                client.EndWrite(false);
                CheckInvalid(scene);
            }

            // A position in a list, behind a valid item: nothing is written.
            client.BeginWrite(false, false);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 8, -1);
            client.Writer.StartStructure(TlvTag.Anonymous);
            client.Writer.StartList(1);
            client.Writer.PutUnsigned(2, 1);
            client.Writer.PutUnsigned(3, Test);
            client.Writer.PutUnsigned(4, TestCluster.Numbers);
            client.Writer.PutUnsigned(5, 0);
            client.Writer.EndContainer();
            client.Writer.PutUnsigned(2, 1);
            client.EndItem();
            client.EndWrite(false);
            CheckInvalid(scene);

            // No data.
            client.BeginWrite(false, false);
            client.BeginItem(1, Test, TestCluster.Value, false, -1);
            client.EndItem();
            client.EndWrite(false);
            CheckInvalid(scene);

            // Chunks without a response, and timed ones.
            client.BeginWrite(false, true);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 4, -1);
            client.EndWrite(true);
            CheckInvalid(scene);
            client.BeginWrite(true, false);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 4, -1);
            client.EndWrite(true);
            CheckInvalid(scene);
        }

        [TestMethod]
        public void WithoutAnEndpoint_AllThatHaveTheAttribute()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            WriteEverywhere(scene, TestCluster.Value, 6);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(0, client.WriteStatus(1));
            Assert.AreEqual(-1, client.WriteStatus(2));
            Assert.AreEqual(6u, scene.One.Number);
            Assert.AreEqual(6u, scene.Two.Number);

            // A value that is refused is told, but not where it may not be written.
            scene.Two.WriteStatus = ImStatus.InvalidInState;
            WriteEverywhere(scene, TestCluster.Value, 7);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(ImStatus.InvalidInState, client.WriteStatus(1));
            scene.Grant(1, Privilege.Operate, 0x1111, Test, 2, -1);
            WriteEverywhere(scene, TestCluster.Value, 1001);
            Assert.AreEqual(ImStatus.ConstraintError, client.WriteStatus(0));
            Assert.AreEqual(-1, client.WriteStatus(1));
            Assert.AreEqual(7u, scene.One.Number);
            uint[] silent = new uint[] { TestCluster.Secret, TestCluster.Timed, TestCluster.Constant, TestCluster.Absent, 0x99 };
            for (int i = 0; i < silent.Length; i++)
            {
                WriteEverywhere(scene, silent[i], 1);
                Assert.AreEqual(InteractionOpcode.WriteResponse, client.LastOpcode);
                Assert.AreEqual(-1, client.WriteStatus(0), "attribute " + silent[i]);
            }
            scene.AssertIdle("everywhere");
        }

        [TestMethod]
        public void FabricScopedListOverPase_UnsupportedAccess()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.AddClient();
            Session session = scene.Pair(client, SessionType.Pase, 0, 0);
            client.BeginWrite(false, false);
            TestWrites.PutList(client, TestCluster.Scoped, 1, -1);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 4, -1);
            client.EndWrite(false);
            client.Send(session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.WriteStatus(0));
            Assert.AreEqual(0, client.WriteStatus(1));

            // Nor for a fabric that is gone.
            scene.Served(session).FabricIndex = 2;
            client.BeginWrite(false, false);
            TestWrites.PutList(client, TestCluster.Scoped, 1, -1);
            client.EndWrite(false);
            client.Send(session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.WriteStatus(0));
        }

        private static void WriteEverywhere(InteractionScene scene, uint attribute, uint value)
        {
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            client.Writer.StartStructure(TlvTag.Anonymous);
            client.Writer.StartList(1);
            client.Writer.PutUnsigned(3, Test);
            client.Writer.PutUnsigned(4, attribute);
            client.Writer.EndContainer();
            client.Writer.PutUnsigned(2, value);
            client.EndItem();
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            client.Exchange.Close();
        }

        private static void PutEntry(InteractionClient client, int privilege, ulong subject)
        {
            client.BeginItem(0, AccessControlCluster.ClusterId, 0, true, -1);
            client.Writer.StartStructure(2);
            client.Writer.PutUnsigned(1, (ulong)privilege);
            client.Writer.PutUnsigned(2, 2);
            client.Writer.StartArray(3);
            client.Writer.PutUnsigned(TlvTag.Anonymous, subject);
            client.Writer.EndContainer();
            client.Writer.PutNull(4);
            client.Writer.EndContainer();
            client.EndItem();
        }

        private static void Write(InteractionScene scene, uint attribute, uint value, long version)
        {
            scene.Client.BeginWrite(false, false);
            TestWrites.PutNumber(scene.Client, 1, attribute, value, version);
            scene.Client.EndWrite(false);
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
        }

        private static void CheckStatus(InteractionScene scene, int endpoint, uint cluster, uint attribute, int status)
        {
            scene.Client.Write(scene.Session, endpoint, cluster, attribute, 5, scene.Now);
            scene.Run(500);
            Assert.AreEqual(status, scene.Client.WriteStatus(0), endpoint + "/" + cluster + "/" + attribute);
            scene.Client.Exchange.Close();
            scene.Client.Clear();
        }

        private static void CheckInvalid(InteractionScene scene)
        {
            scene.Client.Clear();
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);
            Assert.AreEqual(0u, scene.One.Number);
            scene.AssertIdle("invalid");
        }
    }
}
