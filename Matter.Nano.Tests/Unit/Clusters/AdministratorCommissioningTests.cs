using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Administrator Commissioning: opening and revoking windows.</summary>
    [TestClass]
    public class AdministratorCommissioningTests
    {
        private const uint WindowStatus = 0x0000;
        private const uint AdminFabricIndex = 0x0001;
        private const uint AdminVendorId = 0x0002;
        private const uint Open = 0x00;
        private const uint OpenBasic = 0x01;
        private const uint Revoke = 0x02;

        [TestMethod]
        public void Windows_OpenShowAndAreRevoked()
        {
            ClusterScene scene = NewScene();
            CheckClosed(scene);
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.WindowNotOpen), scene.InvokePlain(scene.AdministratorCommissioning, Revoke));
            Assert.AreEqual(ImStatus.Success, TryOpen(scene, 180, 97, 3840, 1000, 16));
            CheckOpen(scene, CommissioningWindow.Enhanced);
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.Busy), TryOpen(scene, 180, 97, 3840, 1000, 16));
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.Busy), TryOpenBasic(scene, 180));
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.AdministratorCommissioning, Revoke));
            CheckClosed(scene);
            Assert.AreEqual(ImStatus.Success, TryOpenBasic(scene, 900));
            CheckOpen(scene, CommissioningWindow.Basic);
            scene.Node.Window.Poll(900000);
            CheckClosed(scene);
            Assert.AreEqual(ImStatus.Success, TryOpen(scene, 900, 97, 0, 100000, 32));
        }

        [TestMethod]
        public void WrongFields_OpenNothing()
        {
            ClusterScene scene = NewScene();
            int pake = ImStatus.ClusterSpecific(CommissioningWindow.PakeParameterError);
            Assert.AreEqual(ImStatus.InvalidCommand, TryOpen(scene, 179, 97, 0, 1000, 16));
            Assert.AreEqual(ImStatus.InvalidCommand, TryOpen(scene, 901, 97, 0, 1000, 16));
            Assert.AreEqual(ImStatus.ConstraintError, TryOpen(scene, 0x10000, 97, 0, 1000, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 96, 0, 1000, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 98, 0, 1000, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 0, 0, 1000, 16));
            Assert.AreEqual(ImStatus.ConstraintError, TryOpen(scene, 180, 97, 4096, 1000, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 97, 0, 999, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 97, 0, 100001, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 97, 0, 0xFFFFFFFF, 16));
            Assert.AreEqual(pake, TryOpen(scene, 180, 97, 0, 1000, 15));
            Assert.AreEqual(pake, TryOpen(scene, 180, 97, 0, 1000, 33));
            Assert.AreEqual(pake, TryOpen(scene, 180, 97, 0, 1000, 300));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.AdministratorCommissioning, Open));
            Assert.AreEqual(ImStatus.InvalidCommand, TryOpenBasic(scene, 179));
            Assert.AreEqual(ImStatus.InvalidCommand, TryOpenBasic(scene, 901));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.AdministratorCommissioning, OpenBasic));
            CheckClosed(scene);
            scene.Act(0);
            Assert.AreEqual(ImStatus.UnsupportedAccess, TryOpenBasic(scene, 180));
            Assert.AreEqual(ImStatus.UnsupportedAccess, TryOpen(scene, 180, 97, 0, 1000, 16));
            CheckClosed(scene);
        }

        [TestMethod]
        public void ArmedFailSafe_IsBusy()
        {
            ClusterScene scene = NewScene();
            scene.Node.FailSafe.Arm(60, 0, 1, false, 0);
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.Busy), TryOpenBasic(scene, 180));
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.Busy), TryOpen(scene, 180, 97, 0, 1000, 16));
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.WindowNotOpen), scene.InvokePlain(scene.AdministratorCommissioning, Revoke));
            Assert.IsTrue(scene.Node.FailSafe.IsArmed, "not that of another administrator");
        }

        [TestMethod]
        public void Revoke_TakesBackWhatCameThroughTheWindow()
        {
            ClusterScene scene = NewScene();
            Assert.AreEqual(ImStatus.Success, TryOpenBasic(scene, 180));
            scene.Node.FailSafe.ArmForPase(0);
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.AdministratorCommissioning, Revoke));
            Assert.IsFalse(scene.Node.FailSafe.IsArmed);

            // With the new fabric the fail-safe belongs to that.
            Assert.AreEqual(ImStatus.Success, TryOpenBasic(scene, 180));
            scene.Node.FailSafe.ArmForPase(0);
            scene.Node.FailSafe.FabricIndex = 2;
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.AdministratorCommissioning, Revoke));
            Assert.IsFalse(scene.Node.FailSafe.IsArmed);
            CheckClosed(scene);
        }

        [TestMethod]
        public void RemovedAdministrator_ShowsAsNull()
        {
            ClusterScene scene = NewScene();
            Assert.AreEqual(ImStatus.Success, TryOpenBasic(scene, 180));
            uint version = scene.AdministratorCommissioning.DataVersion;
            scene.Node.Window.FabricRemoved(1, 0);
            Assert.IsTrue(scene.IsNull(scene.AdministratorCommissioning, AdminFabricIndex));
            Assert.IsTrue(version != scene.AdministratorCommissioning.DataVersion);
        }

        [TestMethod]
        public void InitialWindow_DoesNotShow()
        {
            ClusterScene scene = new ClusterScene();
            scene.Node.Window.OpenInitial(0);
            Assert.IsTrue(scene.Node.Window.IsOpen);
            CheckClosed(scene);
            scene.AddFabric(1);
            Assert.AreEqual(ImStatus.ClusterSpecific(CommissioningWindow.WindowNotOpen), scene.InvokePlain(scene.AdministratorCommissioning, Revoke));
        }

        private static ClusterScene NewScene()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            return scene;
        }

        private static int TryOpen(ClusterScene scene, uint timeout, int verifier, uint discriminator, uint iterations, int salt)
        {
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, timeout);
            fields.PutBytes(1, new byte[300], 0, verifier);
            fields.PutUnsigned(2, discriminator);
            fields.PutUnsigned(3, iterations);
            fields.PutBytes(4, new byte[300], 0, salt);
            return scene.Invoke(scene.AdministratorCommissioning, Open);
        }

        private static int TryOpenBasic(ClusterScene scene, uint timeout)
        {
            scene.Fields().PutUnsigned(0, timeout);
            return scene.Invoke(scene.AdministratorCommissioning, OpenBasic);
        }

        private static void CheckOpen(ClusterScene scene, int status)
        {
            Assert.AreEqual(status, scene.ReadNumber(scene.AdministratorCommissioning, WindowStatus));
            Assert.AreEqual(1, scene.ReadNumber(scene.AdministratorCommissioning, AdminFabricIndex));
            Assert.AreEqual(0xFFF1, scene.ReadNumber(scene.AdministratorCommissioning, AdminVendorId));
        }

        private static void CheckClosed(ClusterScene scene)
        {
            Assert.AreEqual(CommissioningWindow.NotOpen, scene.ReadNumber(scene.AdministratorCommissioning, WindowStatus));
            Assert.IsTrue(scene.IsNull(scene.AdministratorCommissioning, AdminFabricIndex));
            Assert.IsTrue(scene.IsNull(scene.AdministratorCommissioning, AdminVendorId));
        }
    }
}
