using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class FailSafeTests
    {
        [TestMethod]
        public void Arm_WithoutTimeDoesNothing()
        {
            FabricScene scene = new FabricScene();
            Assert.AreEqual(CommissioningError.Ok, scene.FailSafe.Arm(0, 5, 0, true, 0));
            Assert.IsFalse(scene.FailSafe.IsArmed);
            Assert.AreEqual(0ul, scene.FailSafe.Breadcrumb);
            Assert.AreEqual(long.MaxValue, scene.FailSafe.Poll(0));
        }

        [TestMethod]
        public void Arm_AgainMovesTheDeadlineUpToTheLimit()
        {
            FabricScene scene = new FabricScene();
            Assert.AreEqual(0, scene.FailSafe.Arm(60, 1, 0, true, 0));
            Assert.AreEqual(60000L, scene.FailSafe.Poll(59000));
            Assert.AreEqual(0, scene.FailSafe.Arm(310, 2, 0, true, 59000));
            Assert.AreEqual(369000L, scene.FailSafe.Poll(60000));
            Assert.AreEqual(2ul, scene.FailSafe.Breadcrumb);
            Assert.AreEqual(0, scene.FailSafe.Arm(10, 3, 0, true, 60000));
            Assert.AreEqual(70000L, scene.FailSafe.Poll(60000));
            Assert.AreEqual(0, scene.FailSafe.Arm(65535, 3, 0, true, 60000));
            Assert.AreEqual(900000L, scene.FailSafe.Poll(60000));
            scene.FailSafe.Poll(900000);
            Assert.IsFalse(scene.FailSafe.IsArmed);
            Assert.AreEqual(1, scene.Expired);
        }

        [TestMethod]
        public void Arm_ByAnotherIsBusy()
        {
            FabricScene scene = new FabricScene();
            scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            Assert.AreEqual(0, scene.FailSafe.Arm(60, 1, 1, false, 0));
            Assert.AreEqual(CommissioningError.BusyWithOtherAdmin, scene.FailSafe.Arm(60, 9, 2, false, 0));
            Assert.AreEqual(CommissioningError.BusyWithOtherAdmin, scene.FailSafe.Arm(0, 9, 0, true, 0));
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(1, scene.FailSafe.FabricIndex);
            Assert.AreEqual(1ul, scene.FailSafe.Breadcrumb);
            Assert.IsTrue(scene.FailSafe.IsArmedBy(1));
            Assert.IsFalse(scene.FailSafe.IsArmedBy(2));
            Assert.AreEqual(CommissioningError.InvalidAuthentication, scene.FailSafe.Complete(2, true, 0));
            Assert.AreEqual(0, scene.FailSafe.Arm(0, 9, 1, false, 0));
            Assert.IsFalse(scene.FailSafe.IsArmed);
            Assert.AreEqual(0, scene.FailSafe.Arm(60, 1, 2, false, 0));
        }

        [TestMethod]
        public void OpenWindow_GoesBeforeAnAdministrator()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            Assert.AreEqual(0, scene.Window.OpenBasic(180, fabric, 0));
            Assert.AreEqual(CommissioningError.BusyWithOtherAdmin, scene.FailSafe.Arm(60, 0, 1, false, 0));
            Assert.AreEqual(CommissioningError.Ok, scene.FailSafe.Arm(60, 0, 0, true, 0));
            Assert.IsFalse(scene.Window.IsOpen);
            Assert.AreEqual(CommissioningWindow.Basic, scene.Window.Status);
            scene.FailSafe.Expire(0);
            Assert.IsTrue(scene.Window.IsOpen);
        }

        [TestMethod]
        public void Complete_AsksForTheFailSafeAndItsFabric()
        {
            FabricScene scene = new FabricScene();
            Assert.AreEqual(CommissioningError.NoFailSafe, scene.FailSafe.Complete(1, true, 0));
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(CommissioningError.InvalidAuthentication, scene.FailSafe.Complete(0, false, 0));
            Assert.AreEqual(CommissioningError.InvalidAuthentication, scene.FailSafe.Complete(0, true, 0));
            Assert.IsTrue(scene.FailSafe.IsArmed);
        }

        [TestMethod]
        public void Commands_NeedTheFailSafeOfTheirFabric()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            byte[] noc = administrator.NewNoc(new TestKey(scene.Crypto).Public);
            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(MatterError.InvalidState, scene.RequestKey(false, 1));
                Assert.AreEqual(MatterError.InvalidState, scene.AddRoot(administrator, 1));
                Assert.AreEqual(MatterError.InvalidState, scene.AddNoc(administrator, noc, 1));
                Assert.AreEqual(MatterError.InvalidState, scene.Credentials.BeginUpdateNoc(noc, 0, noc.Length, noc, 0, 0, 1));
                Assert.AreEqual(MatterError.InvalidState, scene.Credentials.Step(0));
                scene.FailSafe.ArmForPase(0);   // not fabric 1
            }
        }

        [TestMethod]
        public void AddNoc_NeedsRequestAndRoot()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            byte[] noc = administrator.NewNoc(new TestKey(scene.Crypto).Public);
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(NodeOperationalCertStatus.MissingCsr, scene.AddNoc(administrator, noc, 0));
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(NodeOperationalCertStatus.InvalidNoc, scene.AddNoc(administrator, noc, 0));
            Assert.AreEqual(0, scene.AddRoot(administrator, 0));
            Assert.AreEqual(0, scene.AddRoot(administrator, 0), "the same");
            Assert.AreEqual(MatterError.Duplicate, scene.AddRoot(new TestAdministrator(scene.Crypto, 9, false), 0));
            Assert.AreEqual(NodeOperationalCertStatus.InvalidPublicKey, scene.AddNoc(administrator, noc, 0));
            Assert.AreEqual(0, scene.Fabrics.Count);
            Assert.AreEqual(0, scene.AddNoc(administrator, 0));
            int index = scene.FailSafe.FabricIndex;
            Assert.AreEqual(MatterError.Duplicate, scene.RequestKey(false, index));
            Assert.AreEqual(MatterError.Duplicate, scene.AddRoot(administrator, index));
            Assert.AreEqual(MatterError.Duplicate, scene.AddNoc(administrator, noc, index));
            Assert.AreEqual(MatterError.Duplicate, scene.Credentials.BeginUpdateNoc(noc, 0, noc.Length, noc, 0, 0, index));
        }

        [TestMethod]
        public void AddNoc_RefusesWrongFields()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(0, scene.AddRoot(administrator, 0));
            byte[] noc = administrator.NewNoc(scene.RequestedKey());
            byte[] none = new byte[0];
            byte[] ipk = administrator.Ipk;
            byte[] big = new byte[401];
            PendingCredentials credentials = scene.Credentials;
            Assert.AreEqual(MatterError.OutOfRange, credentials.BeginAddNoc(noc, 0, noc.Length, none, 0, 0, ipk, 0, 15, 1, 0xFFF1, 0));
            Assert.AreEqual(MatterError.OutOfRange, credentials.BeginAddNoc(noc, 0, noc.Length, none, 0, 0, ipk, 0, 16, 1, 0, 0));
            Assert.AreEqual(MatterError.OutOfRange, credentials.BeginAddNoc(noc, 0, noc.Length, none, 0, 0, ipk, 0, 16, 1, 0xFFFF, 0));
            Assert.AreEqual(MatterError.OutOfRange, credentials.BeginAddNoc(noc, 0, 0, none, 0, 0, ipk, 0, 16, 1, 0xFFF1, 0));
            Assert.AreEqual(MatterError.OutOfRange, credentials.BeginAddNoc(big, 0, 401, none, 0, 0, ipk, 0, 16, 1, 0xFFF1, 0));
            Assert.AreEqual(MatterError.OutOfRange, credentials.BeginAddNoc(noc, 0, noc.Length, big, 0, 401, ipk, 0, 16, 1, 0xFFF1, 0));
            ulong[] subjects = { 0, 0xFFFFFFFD00010000, 0xFFFFFFFE00000001, 0xFFFFFFFB00000000, 0xFFFFFFFFFFFF0001 };
            for (int i = 0; i < subjects.Length; i++)
            {
                Assert.AreEqual(NodeOperationalCertStatus.InvalidAdminSubject,
                    credentials.BeginAddNoc(noc, 0, noc.Length, none, 0, 0, ipk, 0, 16, subjects[i], 0xFFF1, 0));
            }

            Assert.AreEqual(0, scene.Run(credentials.BeginAddNoc(noc, 0, noc.Length, none, 0, 0, ipk, 0, 16, 0xFFFFFFFD00010001, 0xFFF1, 0)));
        }

        [TestMethod]
        public void AddNoc_RefusesWrongChains()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, true);
            TestAdministrator stranger = new TestAdministrator(scene.Crypto, 1, true);
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(MatterError.OutOfRange, scene.Run(scene.Credentials.BeginRoot(administrator.Icac, 0, administrator.Icac.Length, 0)));
            byte[] spoilt = (byte[])administrator.RootCertificate.Clone();
            spoilt[spoilt.Length - 3] ^= 1;
            Assert.AreEqual(MatterError.OutOfRange, scene.Run(scene.Credentials.BeginRoot(spoilt, 0, spoilt.Length, 0)));
            Assert.AreEqual(MatterError.OutOfRange, scene.Credentials.BeginRoot(spoilt, 0, 0, 0));
            Assert.AreEqual(MatterError.OutOfRange, scene.Credentials.BeginRoot(new byte[401], 0, 401, 0));
            Assert.AreEqual(0, scene.AddRoot(administrator, 0));

            Assert.AreEqual(NodeOperationalCertStatus.InvalidNoc, scene.AddNoc(stranger, 0));
            byte[] noc = administrator.NewNoc(scene.RequestedKey());
            noc[noc.Length - 3] ^= 1;
            Assert.AreEqual(NodeOperationalCertStatus.InvalidNoc, scene.AddNoc(administrator, noc, 0));
            ulong nodeId = administrator.NodeId;
            administrator.NodeId = 0;
            Assert.AreEqual(NodeOperationalCertStatus.InvalidNodeOpId, scene.AddNoc(administrator, 0));
            administrator.NodeId = OperationalId.MaxNodeId + 1;
            Assert.AreEqual(NodeOperationalCertStatus.InvalidNodeOpId, scene.AddNoc(administrator, 0));
            administrator.NodeId = nodeId;
            Assert.AreEqual(NodeOperationalCertStatus.InvalidNoc, scene.AddNoc(administrator, noc, 0));
            Assert.AreEqual(0, scene.Fabrics.Count);
            Assert.AreEqual(0, scene.FailSafe.FabricIndex);
            Assert.AreEqual(0, scene.AddNoc(administrator, 0));
        }

        [TestMethod]
        public void SameFabricTwice_IsAConflict()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            scene.Commission(administrator);
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(0, scene.AddRoot(administrator, 0));
            Assert.AreEqual(NodeOperationalCertStatus.FabricConflict, scene.AddNoc(administrator, 0));
            Assert.AreEqual(1, scene.Fabrics.Count);
            administrator.FabricId = 2;
            Assert.AreEqual(0, scene.AddNoc(administrator, 0), "same root, another fabric");
        }

        [TestMethod]
        public void UpdateNoc_RefusesWhatAddNocNeeds()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            scene.Commission(administrator);
            byte[] noc = administrator.NewNoc(new TestKey(scene.Crypto).Public);
            byte[] none = new byte[0];
            Assert.AreEqual(0, scene.FailSafe.Arm(60, 0, 1, false, 0));
            PendingCredentials credentials = scene.Credentials;
            Assert.AreEqual(NodeOperationalCertStatus.MissingCsr, credentials.BeginUpdateNoc(noc, 0, noc.Length, none, 0, 0, 1));
            Assert.AreEqual(0, scene.RequestKey(false, 1));
            Assert.AreEqual(MatterError.Duplicate, credentials.BeginUpdateNoc(noc, 0, noc.Length, none, 0, 0, 1), "key for AddNOC");
            Assert.AreEqual(0, scene.RequestKey(true, 1));
            Assert.AreEqual(MatterError.Duplicate, scene.AddNoc(administrator, 1), "key for UpdateNOC");
            Assert.AreEqual(NodeOperationalCertStatus.InvalidPublicKey, scene.Run(credentials.BeginUpdateNoc(noc, 0, noc.Length, none, 0, 0, 1)));
            administrator.FabricId = 2;
            Assert.AreEqual(NodeOperationalCertStatus.FabricConflict, scene.UpdateNoc(administrator, 1));
            administrator.FabricId = 1;
            Assert.AreEqual(0, scene.UpdateNoc(administrator, 1));
            Assert.AreEqual(1, scene.Credentials.NocFabricIndex);
            scene.FailSafe.Expire(0);

            scene.FailSafe.Arm(60, 0, 1, false, 0);
            Assert.AreEqual(0, scene.AddRoot(administrator, 1));
            Assert.AreEqual(0, scene.RequestKey(true, 1));
            Assert.AreEqual(MatterError.Duplicate, scene.UpdateNoc(administrator, 1), "after a root");
            Assert.AreEqual(MatterError.OutOfRange, UnderPase(scene));
        }

        [TestMethod]
        public void OneCommandAtATime_AndItCanBeGivenUp()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            scene.FailSafe.ArmForPase(0);
            object stranger = new object();
            Assert.IsTrue(scene.Crypto.P256.TryAcquire(stranger));
            Assert.AreEqual(PendingCredentials.Running, scene.Credentials.BeginRequest(false, 0));
            Assert.AreEqual(MatterError.Busy, scene.Credentials.BeginRequest(false, 0));
            Assert.AreEqual(PendingCredentials.Running, scene.Credentials.Step(0), "the engine is taken");
            scene.Crypto.P256.Release(stranger);
            Assert.AreEqual(PendingCredentials.Running, scene.Credentials.Step(0));
            Assert.IsFalse(scene.Crypto.P256.TryAcquire(stranger));
            scene.Credentials.Cancel();
            Assert.IsTrue(scene.Crypto.P256.TryAcquire(stranger));
            scene.Crypto.P256.Release(stranger);
            Assert.AreEqual(MatterError.InvalidState, scene.Credentials.Step(0));
            Assert.AreEqual(NodeOperationalCertStatus.MissingCsr, scene.AddNoc(administrator, administrator.NewNoc(new TestKey(scene.Crypto).Public), 0));

            scene.Credentials.BeginRequest(false, 0);
            scene.Credentials.Step(0);
            scene.FailSafe.Poll(60000);
            Assert.AreEqual(MatterError.InvalidState, scene.Credentials.Step(0), "expired meanwhile");
            Assert.IsTrue(scene.Crypto.P256.TryAcquire(stranger));
        }

        [TestMethod]
        public void AddNocThatExpiresWhileItsKeysAreDerived_LeavesNoFabric()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, true);
            object stranger = new object();
            for (int derived = 0; derived < 3; derived++)
            {
                scene.FailSafe.ArmForPase(0);
                Assert.AreEqual(0, scene.RequestKey(false, 0));
                Assert.AreEqual(0, scene.AddRoot(administrator, 0));
                byte[] noc = administrator.NewNoc(scene.RequestedKey());
                byte[] icac = administrator.Icac;
                Assert.AreEqual(PendingCredentials.Running, scene.Credentials.BeginAddNoc(
                    noc, 0, noc.Length, icac, 0, icac.Length, administrator.Ipk, 0, 16, FabricScene.Administrator, FabricScene.VendorId, 0));
                for (int i = 0; scene.Fabrics.Candidate.FabricId == 0; i++)
                {
                    Assert.IsTrue(i < 2000, "never ends");
                    Assert.AreEqual(PendingCredentials.Running, scene.Credentials.Step(0));
                }

                for (int i = 0; i < derived; i++) Assert.AreEqual(PendingCredentials.Running, scene.Credentials.Step(0));
                Assert.AreEqual(0, scene.Fabrics.Count);
                scene.FailSafe.Expire(0);
                Assert.AreEqual(MatterError.InvalidState, scene.Credentials.Step(0));
                Assert.AreEqual(0, scene.Fabrics.Count);
                Assert.AreEqual("", scene.Describe());
                Assert.IsTrue(scene.Crypto.P256.TryAcquire(stranger));
                scene.Crypto.P256.Release(stranger);
            }

            Assert.IsNotNull(scene.Commission(administrator));
        }

        private static int UnderPase(FabricScene scene)
        {
            scene.FailSafe.Expire(0);
            scene.FailSafe.ArmForPase(0);
            return scene.Credentials.BeginRequest(true, 0);
        }
    }
}
