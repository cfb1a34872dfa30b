using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>The life of a fabric under the fail-safe.</summary>
    [TestClass]
    public class CommissioningTests
    {
        private const ulong Fabric1 = 0xFAB000000000001D;

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Commissioned_FabricIsThereAfterRestart(bool hasIcac)
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, Fabric1, hasIcac);
            scene.Window.OpenInitial(0);
            Fabric fabric = scene.Commission(administrator);

            Assert.AreEqual(1, fabric.Index);
            Assert.AreEqual(Fabric1, fabric.FabricId);
            Assert.AreEqual(administrator.NodeId, fabric.NodeId);
            Assert.AreEqual(FabricScene.VendorId, fabric.VendorId);
            Assert.AreEqual(administrator.Icac.Length, fabric.Icac.Length);
            Assert.IsTrue(ConstantTime.Equals(administrator.RootPublicKey, 0, fabric.RootCertificate, fabric.RootPublicKeyOffset, 65));
            Assert.AreEqual(1, scene.Added);
            Assert.AreEqual(1, scene.Completing);
            Assert.IsFalse(scene.FailSafe.IsArmed);
            Assert.IsFalse(scene.Window.IsOpen);
            Assert.AreEqual(0ul, scene.FailSafe.Breadcrumb);

            AccessControlList list = scene.Fabrics.AccessControl;
            int entry = list.GetFirst(fabric);
            Assert.AreEqual(1, list.GetCount(fabric));
            Assert.AreEqual(5, list.GetPrivilege(entry));
            Assert.AreEqual(AccessControlEntry.AuthModeCase, list.GetAuthMode(entry));
            Assert.AreEqual(1, list.GetSubjectCount(entry));
            Assert.AreEqual(FabricScene.Administrator, list.GetSubject(entry, 0));
            Assert.AreEqual(0, list.GetTargetCount(entry));

            FabricScene restarted = new FabricScene(scene.Store);
            Assert.AreEqual(0, restarted.LoadResult);
            Assert.AreEqual(scene.Describe(), restarted.Describe());
            Assert.AreEqual(1, restarted.Fabrics.Count);
            Assert.IsFalse(restarted.Fabrics.IsEmpty);
        }

        [TestMethod]
        public void PrivateKey_IsThatOfTheNoc()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, Fabric1, true));
            CertificateParser parser = new CertificateParser();
            Assert.AreEqual(0, parser.Parse(fabric.Noc, 0, fabric.Noc.Length));
            byte[] publicKey = new byte[65];
            scene.Crypto.P256.BeginPublicKey(publicKey, 0, fabric.PrivateKey, 0);
            Assert.AreEqual(0, scene.Crypto.P256.Run());
            Assert.IsTrue(ConstantTime.Equals(publicKey, 0, fabric.Noc, parser.Certificate.PublicKeyOffset, 65));
        }

        [TestMethod]
        public void BeforeComplete_NothingOfAFabricReachesTheStore()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Prepare(new TestAdministrator(scene.Crypto, Fabric1, true));
            byte[] label = { (byte)'x' };
            Assert.AreEqual(0, scene.Fabrics.SetLabel(fabric, label, 0, 1, 0));
            scene.Fabrics.AccessControl.Begin(fabric, false);
            Assert.AreEqual(0, scene.Fabrics.AccessControl.Commit());
            scene.Fabrics.GroupKeys.Begin(fabric);
            Assert.AreEqual(0, scene.Fabrics.GroupKeys.AddGroup(1, 0));
            Assert.AreEqual(0, scene.Fabrics.GroupKeys.Commit());
            Assert.AreEqual(1, scene.Store.Changes, "the index alone");
            Assert.AreEqual("", new FabricScene(scene.Store).Describe());

            Assert.AreEqual(0, scene.FailSafe.Complete(fabric.Index, true, 0));
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void Expiry_TakesTheFabricBack()
        {
            FabricScene scene = new FabricScene();
            scene.Window.OpenInitial(0);
            scene.FailSafe.ArmForPase(1000);
            Assert.IsFalse(scene.Window.IsOpen, "no second commissioning meanwhile");
            Fabric fabric = scene.Prepare(new TestAdministrator(scene.Crypto, Fabric1, true));
            int index = fabric.Index;
            scene.FailSafe.Breadcrumb = 7;
            Assert.AreEqual(61000L, scene.FailSafe.Poll(60999));
            Assert.AreEqual(1, scene.Fabrics.Count);
            Assert.AreEqual(long.MaxValue, scene.FailSafe.Poll(61000));

            Assert.AreEqual(0, scene.Fabrics.Count);
            Assert.AreEqual(1, scene.Removed);
            Assert.AreEqual(index, scene.LastRemovedIndex);
            Assert.AreEqual(1, scene.Expired);
            Assert.AreEqual(0ul, scene.FailSafe.Breadcrumb);
            Assert.IsTrue(scene.Window.IsOpen);
            Assert.AreEqual(0, scene.TakenBack);
            Assert.AreEqual(0, scene.Completed);
            AssertWiped(scene, fabric);
            Assert.AreEqual(MatterError.InvalidState, scene.Credentials.BeginRequest(false, 0));
            Assert.AreEqual(CommissioningError.NoFailSafe, scene.FailSafe.Complete(index, true, 61001));

            Assert.AreEqual(index + 1, scene.Commission(new TestAdministrator(scene.Crypto, Fabric1, false)).Index, "not the index rolled back");
            Assert.AreEqual(1, scene.Fabrics.Count);
        }

        [TestMethod]
        public void PowerCut_LeavesTheOldOrTheNewState()
        {
            PowerCutStore store = new PowerCutStore();
            FabricScene first = new FabricScene(store);
            first.Commission(new TestAdministrator(first.Crypto, Fabric1, true));
            string before = first.Describe();
            for (int cut = 0; ; cut++)
            {
                FabricScene scene = new FabricScene(store);
                Assert.AreEqual(before, scene.Describe());
                Fabric fabric = scene.Prepare(new TestAdministrator(scene.Crypto, 2, false));
                string after = scene.Describe();
                store.ChangesLeft = cut;
                int result = scene.FailSafe.Complete(fabric.Index, true, 0);
                string stored = new FabricScene(store).Describe();
                if (result == 0)
                {
                    Assert.AreEqual(after, stored);
                    Assert.IsTrue(cut > 0);
                    return;
                }

                Assert.AreEqual(MatterError.StorageFailed, result);
                Assert.AreEqual(before, stored, cut.ToString());
                Assert.IsTrue(scene.FailSafe.IsArmed);
                store.ChangesLeft = 0;
                scene.FailSafe.Expire(0);
                Assert.AreEqual(before, scene.Describe());
            }
        }

        [TestMethod]
        public void UpdateNoc_IsKeptByCompleteOnly()
        {
            PowerCutStore store = new PowerCutStore();
            FabricScene first = new FabricScene(store);
            TestAdministrator administrator = new TestAdministrator(first.Crypto, Fabric1, true);
            first.Commission(administrator);
            string before = first.Describe();

            FabricScene scene = new FabricScene(store);
            int changes = store.Changes;
            Assert.AreEqual(0, scene.FailSafe.Arm(60, 0, 1, false, 0));
            Assert.AreEqual(0, scene.RequestKey(true, 1));
            administrator.NodeId++;
            Assert.AreEqual(0, scene.UpdateNoc(administrator, 1));
            Assert.AreEqual(1, scene.Updated);
            string after = scene.Describe();
            Assert.AreNotEqual(before, after);
            Assert.AreEqual(administrator.NodeId, scene.Fabrics.Find(1).NodeId);
            Assert.AreEqual(changes, store.Changes);
            scene.FailSafe.Poll(60000);
            Assert.AreEqual(before, scene.Describe());
            Assert.AreEqual(2, scene.Updated);
            Assert.AreEqual(0, scene.Removed);
            Assert.AreEqual(1, scene.TakenBack, "whose sessions are to end");
            AssertZero(scene.Fabrics.Candidate.PrivateKey, 0, 32, "the new key is wiped");

            for (int cut = 0; ; cut++)
            {
                scene = new FabricScene(store);
                scene.FailSafe.Arm(60, 0, 1, false, 0);
                Assert.AreEqual(0, scene.RequestKey(true, 1));
                Assert.AreEqual(0, scene.UpdateNoc(administrator, 1));
                after = scene.Describe();
                store.ChangesLeft = cut;
                int result = scene.FailSafe.Complete(1, true, 0);
                string stored = new FabricScene(store).Describe();
                Assert.AreEqual(result == 0 ? after : before, stored);
                if (result == 0) break;
            }

            AssertZero(scene.Fabrics.Candidate.PrivateKey, 0, 32, "the former key is wiped");
        }

        [TestMethod]
        public void DuringUpdateNoc_OtherChangesPersistWithoutIt()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, Fabric1, false);
            Fabric fabric = scene.Commission(administrator);
            ulong nodeId = fabric.NodeId;
            scene.FailSafe.Arm(60, 0, 1, false, 0);
            scene.RequestKey(true, 1);
            administrator.NodeId++;
            Assert.AreEqual(0, scene.UpdateNoc(administrator, 1));
            byte[] label = { (byte)'L' };
            Assert.AreEqual(0, scene.Fabrics.SetLabel(fabric, label, 0, 1, 0));

            FabricScene cut = new FabricScene(scene.Store);
            Assert.AreEqual(0, cut.LoadResult);
            Assert.AreEqual(nodeId, cut.Fabrics.Find(1).NodeId);
            Assert.AreEqual(1, cut.Fabrics.Find(1).Label.Length);
            scene.FailSafe.Expire(0);
            Assert.AreEqual(cut.Describe(), scene.Describe());
        }

        [TestMethod]
        public void DuringUpdateNoc_VendorVerificationPendsWithIt()
        {
            FabricScene scene = new FabricScene();
            // The former credentials have an ICAC, which excludes a VVSC; the new ones have none.
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, Fabric1, true);
            Fabric fabric = scene.Commission(administrator);
            byte[] former = new byte[Fabric.VerificationStatementLength];
            former[0] = 1;
            Assert.AreEqual(0, scene.Fabrics.SetVendorVerification(fabric, 0xFFF2, former, 0, former.Length, null, 0, 0, 0));
            byte[] label = { (byte)'L' };
            byte[] statement = new byte[Fabric.VerificationStatementLength];
            for (int pass = 0; pass < 2; pass++)
            {
                scene.FailSafe.Arm(60, 0, 1, false, 0);
                Assert.AreEqual(0, scene.RequestKey(true, 1));
                byte[] noc = administrator.NewNocOfRoot(scene.RequestedKey());
                Assert.AreEqual(0, scene.Run(scene.Credentials.BeginUpdateNoc(noc, 0, noc.Length, noc, 0, 0, 1)));
                Check(fabric, 0xFFF2, 1, 0);
                int changes = scene.Store.Changes;
                Assert.AreEqual(0, scene.Fabrics.SetVendorVerification(
                    fabric, 0xFFF3, statement, 0, statement.Length, new byte[] { 1, 2, 3 }, 0, 3, 0));
                Check(fabric, 0xFFF3, 0, 3);
                Assert.AreEqual(changes, scene.Store.Changes);
                Assert.AreEqual(0, scene.Fabrics.SetLabel(fabric, label, 0, 1, 0));
                Check(new FabricScene(scene.Store).Fabrics.Find(1), 0xFFF2, 1, 0);
                if (pass == 0)
                {
                    scene.FailSafe.Expire(0);
                    Check(fabric, 0xFFF2, 1, 0);
                }
            }

            Assert.AreEqual(0, scene.FailSafe.Complete(1, true, 0));
            Check(fabric, 0xFFF3, 0, 3);
            Check(new FabricScene(scene.Store).Fabrics.Find(1), 0xFFF3, 0, 3);
        }

        private static void Check(Fabric fabric, int vendorId, int statement, int vvscLength)
        {
            Assert.AreEqual(vendorId, fabric.VendorId);
            Assert.AreEqual(Fabric.VerificationStatementLength, fabric.VerificationStatement.Length);
            Assert.AreEqual(statement, (int)fabric.VerificationStatement[0]);
            Assert.AreEqual(vvscLength, fabric.Vvsc.Length);
        }

        [TestMethod]
        public void Removed_FabricIsGoneAndWiped()
        {
            FabricScene scene = new FabricScene();
            Fabric one = scene.Commission(new TestAdministrator(scene.Crypto, 1, true));
            Fabric two = scene.Commission(new TestAdministrator(scene.Crypto, 2, true));
            string before = scene.Describe();
            scene.Store.ChangesLeft = 0;
            Assert.AreEqual(MatterError.StorageFailed, scene.Fabrics.Remove(one, 0));
            Assert.AreEqual(before, scene.Describe());
            Assert.AreEqual(before, new FabricScene(scene.Store).Describe());

            Assert.AreEqual(0, scene.Fabrics.Remove(one, 0));
            Assert.AreEqual(1, scene.LastRemovedIndex);
            Assert.AreEqual(1, scene.Fabrics.Count);
            Assert.IsFalse(scene.Window.IsOpen);
            AssertWiped(scene, one);
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());

            Assert.AreEqual(0, scene.Fabrics.Remove(two, 0));
            Assert.IsTrue(scene.Window.IsOpen, "commissionable as when new");
            Assert.AreEqual("", new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void Removed_PendingFabricEndsTheFailSafe()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Prepare(new TestAdministrator(scene.Crypto, 1, true));
            Assert.AreEqual(0, scene.Fabrics.Remove(fabric, 0));
            Assert.IsFalse(scene.FailSafe.IsArmed);
            Assert.AreEqual(1, scene.Removed);
            Assert.AreEqual(1, scene.Expired);
            Assert.AreEqual("", new FabricScene(scene.Store).Describe());
            Assert.AreEqual(0, scene.Fabrics.Count);
        }

        [TestMethod]
        public void Removed_UpdatedFabricIsGone()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, true);
            Fabric fabric = scene.Commission(administrator);
            scene.FailSafe.Arm(60, 0, 1, false, 0);
            scene.RequestKey(true, 1);
            Assert.AreEqual(0, scene.UpdateNoc(administrator, 1));
            Assert.AreEqual(0, scene.Fabrics.Remove(fabric, 0));
            Assert.IsFalse(scene.FailSafe.IsArmed);
            Assert.AreEqual(0, scene.Fabrics.Count);
            AssertZero(scene.Fabrics.Candidate.PrivateKey, 0, 32, "the former key");
            Assert.AreEqual("", new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void SecondFabric_ComesOverCaseOfTheFirst()
        {
            FabricScene scene = new FabricScene();
            scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            TestAdministrator second = new TestAdministrator(scene.Crypto, 2, true);
            Assert.AreEqual(0, scene.FailSafe.Arm(60, 0, 1, false, 0));
            Assert.AreEqual(0, scene.RequestKey(false, 1));
            Assert.AreEqual(0, scene.AddRoot(second, 1));
            Assert.AreEqual(0, scene.AddNoc(second, 1));
            Assert.AreEqual(2, scene.FailSafe.FabricIndex);
            Assert.AreEqual(2, scene.Credentials.NocFabricIndex);
            Assert.AreEqual(CommissioningError.BusyWithOtherAdmin, scene.FailSafe.Arm(60, 0, 1, false, 0));
            Assert.AreEqual(CommissioningError.InvalidAuthentication, scene.FailSafe.Complete(1, true, 0));
            Assert.AreEqual(CommissioningError.InvalidAuthentication, scene.FailSafe.Complete(2, false, 0));
            Assert.AreEqual(0, scene.FailSafe.Complete(2, true, 0));
            Assert.AreEqual(2, new FabricScene(scene.Store).Fabrics.Count);
        }

        [TestMethod]
        public void SixthFabric_FindsTheTableFull()
        {
            FabricScene scene = new FabricScene();
            for (int i = 1; i <= Limits.Fabrics; i++) scene.Commission(new TestAdministrator(scene.Crypto, (ulong)i, (i & 1) != 0));
            Assert.AreEqual(Limits.Fabrics, new FabricScene(scene.Store).Fabrics.Count);
            TestAdministrator another = new TestAdministrator(scene.Crypto, 9, false);
            scene.FailSafe.Arm(60, 0, 0, true, 0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(0, scene.AddRoot(another, 0));
            Assert.AreEqual(NodeOperationalCertStatus.TableFull, scene.AddNoc(another, 0));

            Assert.AreEqual(0, scene.Fabrics.Remove(scene.Fabrics.Find(3), 0));
            Assert.AreEqual(0, scene.AddNoc(another, 0));
            Assert.AreEqual(6, scene.FailSafe.FabricIndex, "not index 3 again");
        }

        [TestMethod]
        public void Indices_ComeBackLast()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            int last = 0;
            for (int i = 0; i < 3; i++)
            {
                Fabric fabric = scene.Commission(administrator);
                Assert.AreEqual(last + 1, fabric.Index);
                last = fabric.Index;
                scene.Fabrics.Remove(fabric, 0);
                scene = new FabricScene(scene.Store);
                administrator = new TestAdministrator(scene.Crypto, 1, false);
            }

            scene.Store.Write(StoreKey.LastFabricIndex, new byte[] { 254 }, 0, 1);
            scene = new FabricScene(scene.Store);
            Assert.AreEqual(1, scene.Commission(new TestAdministrator(scene.Crypto, 1, false)).Index);
        }

        [TestMethod]
        public void IndexRolledBack_DoesNotComeBackAfterAPowerCut()
        {
            FabricScene scene = new FabricScene();
            Assert.AreEqual(1, scene.Prepare(new TestAdministrator(scene.Crypto, 1, false)).Index);
            scene = new FabricScene(scene.Store);
            Assert.AreEqual(0, scene.Fabrics.Count);
            Assert.AreEqual(2, scene.Commission(new TestAdministrator(scene.Crypto, 1, false)).Index);
        }

        [TestMethod]
        public void IndexThatCannotBeStored_MakesAddNocFail()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(0, scene.AddRoot(administrator, 0));
            scene.Store.ChangesLeft = 0;
            Assert.AreEqual(MatterError.StorageFailed, scene.AddNoc(administrator, 0));
            Assert.AreEqual(0, scene.Fabrics.Count);
            Assert.AreEqual(0, scene.FailSafe.FabricIndex);
            scene.Store.ChangesLeft = int.MaxValue;
            Assert.AreEqual(0, scene.AddNoc(administrator, 0));
            Assert.AreEqual(1, scene.FailSafe.FabricIndex);
        }

        [TestMethod]
        public void FailedListener_KeepsTheFailSafe()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Prepare(new TestAdministrator(scene.Crypto, 1, false));
            scene.CompletingResult = MatterError.StorageFailed;
            Assert.AreEqual(MatterError.StorageFailed, scene.FailSafe.Complete(fabric.Index, true, 0));
            Assert.IsTrue(scene.FailSafe.IsArmed);
            Assert.AreEqual("", new FabricScene(scene.Store).Describe());
            Assert.AreEqual(0, scene.Completed);
            scene.CompletingResult = 0;
            Assert.AreEqual(0, scene.FailSafe.Complete(fabric.Index, true, 0));
            Assert.AreEqual(1, scene.Completed);
        }

        private static void AssertWiped(FabricScene scene, Fabric fabric)
        {
            Assert.AreEqual(0, fabric.Index);
            AssertZero(fabric.PrivateKey, 0, 32, "private key");
            int first = scene.Fabrics.GroupKeys.GetFirstKey(scene.Fabrics.GroupKeys.GetFirst(fabric)) * GroupKeyTable.KeyLength;
            AssertZero(scene.Fabrics.GroupKeys.Keys, first, 9 * GroupKeyTable.KeyLength, "group keys");
            Assert.AreEqual(0, scene.Fabrics.AccessControl.GetCount(fabric));
        }

        private static void AssertZero(byte[] bytes, int offset, int length, string message)
        {
            for (int i = 0; i < length; i++) Assert.AreEqual((byte)0, bytes[offset + i], message);
        }
    }
}
