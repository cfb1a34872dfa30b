using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class CommissioningWindowTests
    {
        [TestMethod]
        public void NewNode_IsOpenForAWhile()
        {
            FabricScene scene = new FabricScene();
            CommissioningWindow window = scene.Window;
            Assert.IsFalse(window.IsOpen);
            window.OpenInitial(1000);
            Assert.IsTrue(window.IsOpen);
            Assert.AreEqual(1, window.CommissioningMode);
            Assert.AreEqual(CommissioningWindow.NotOpen, window.Status, "no administrator opened it");
            Assert.AreEqual(FabricScene.OwnDiscriminator, window.Discriminator);
            Assert.AreEqual(1000, window.Iterations);
            Assert.AreEqual(16, window.SaltLength);
            Assert.AreEqual(901000L, window.Poll(900999));
            Assert.AreEqual(CommissioningWindow.WindowNotOpen, window.Revoke(1000));
            Assert.AreEqual(long.MaxValue, window.Poll(901000));
            Assert.IsFalse(window.IsOpen);
            Assert.AreEqual(0, window.CommissioningMode);
            Assert.AreEqual(2, scene.WindowChanges);

            window.InitialTimeoutSeconds = 0;
            window.OpenInitial(1000);
            Assert.AreEqual(long.MaxValue, window.Poll(long.MaxValue - 1));
            Assert.IsTrue(window.IsOpen);
        }

        [TestMethod]
        public void NodeWithFabrics_DoesNotOpenByItself()
        {
            FabricScene scene = new FabricScene();
            scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            scene.Window.OpenInitial(0);
            Assert.IsFalse(scene.Window.IsOpen);
        }

        [TestMethod]
        public void Enhanced_BringsItsOwnVerifier()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            int changes = scene.WindowChanges;
            Assert.AreEqual(0, Open(scene, fabric, 300, 97, 100, 2000, 20));
            CommissioningWindow window = scene.Window;
            Assert.IsTrue(window.IsOpen);
            Assert.AreEqual(2, window.CommissioningMode);
            Assert.AreEqual(CommissioningWindow.Enhanced, window.Status);
            Assert.AreEqual(100, window.Discriminator);
            Assert.AreEqual(2000, window.Iterations);
            Assert.AreEqual(20, window.SaltLength);
            Assert.AreEqual((byte)(3 + 96), window.Verifier[96]);
            Assert.AreEqual((byte)(2 + 19), window.Salt[19]);
            Assert.AreEqual(1, window.AdminFabricIndex);
            Assert.AreEqual(FabricScene.VendorId, window.AdminVendorId);
            Assert.AreEqual(300000L, window.Poll(0));
            Assert.AreEqual(changes + 1, scene.WindowChanges);
            Assert.AreEqual(CommissioningWindow.Busy, Open(scene, fabric, 300, 97, 100, 2000, 20));
            Assert.AreEqual(CommissioningWindow.Busy, window.OpenBasic(300, fabric, 0));

            byte[] verifier = window.Verifier;
            Assert.AreEqual(0, window.Revoke(1));
            Assert.IsFalse(window.IsOpen);
            Assert.AreEqual(0, window.AdminFabricIndex);
            Assert.AreEqual(0, window.AdminVendorId);
            Assert.AreEqual((byte)0, verifier[96], "wiped");
            Assert.AreEqual(FabricScene.OwnDiscriminator, window.Discriminator);
            Assert.AreEqual(CommissioningWindow.WindowNotOpen, window.Revoke(2));
        }

        [TestMethod]
        [DataRow(179, 97, 0, 1000, 16, MatterError.OutOfRange)]
        [DataRow(901, 97, 0, 1000, 16, MatterError.OutOfRange)]
        [DataRow(180, 96, 0, 1000, 16, CommissioningWindow.PakeParameterError)]
        [DataRow(180, 97, 4096, 1000, 16, CommissioningWindow.PakeParameterError)]
        [DataRow(180, 97, 4095, 999, 16, CommissioningWindow.PakeParameterError)]
        [DataRow(180, 97, 4095, 100001, 16, CommissioningWindow.PakeParameterError)]
        [DataRow(180, 97, 4095, 100000, 15, CommissioningWindow.PakeParameterError)]
        [DataRow(180, 97, 4095, 100000, 33, CommissioningWindow.PakeParameterError)]
        [DataRow(180, 97, 4095, 100000, 32, 0)]
        [DataRow(900, 97, 0, 1000, 16, 0)]
        public void Enhanced_RefusesWhatIsOutOfRange(int timeout, int verifierLength, int discriminator, int iterations, int saltLength, int expected)
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            Assert.AreEqual(expected, Open(scene, fabric, timeout, verifierLength, discriminator, (uint)iterations, saltLength));
            Assert.AreEqual(expected == 0, scene.Window.IsOpen);
        }

        [TestMethod]
        public void Basic_UsesTheOwnVerifier()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            Assert.AreEqual(MatterError.OutOfRange, scene.Window.OpenBasic(179, fabric, 0));
            Assert.AreEqual(MatterError.OutOfRange, scene.Window.OpenBasic(901, fabric, 0));
            Assert.AreEqual(0, scene.Window.OpenBasic(180, fabric, 0));
            Assert.AreEqual(CommissioningWindow.Basic, scene.Window.Status);
            Assert.AreEqual(1, scene.Window.CommissioningMode);
            Assert.AreEqual(FabricScene.OwnDiscriminator, scene.Window.Discriminator);
            scene.Window.Poll(180000);
            Assert.IsFalse(scene.Window.IsOpen);
        }

        [TestMethod]
        public void TwentyFailures_CloseTheWindow()
        {
            FabricScene scene = new FabricScene();
            scene.Window.OpenInitial(0);
            for (int i = 0; i < CommissioningWindow.MaxFailures; i++)
            {
                Assert.IsTrue(scene.Window.IsOpen, i.ToString());
                scene.Window.CountFailure(1);
            }

            Assert.IsFalse(scene.Window.IsOpen);
            scene.Window.OpenInitial(2);
            scene.Window.CountFailure(3);
            Assert.IsTrue(scene.Window.IsOpen, "counts anew");
        }

        [TestMethod]
        public void FailSafe_PausesIt()
        {
            FabricScene scene = new FabricScene();
            scene.Window.OpenInitial(0);
            scene.FailSafe.ArmForPase(0);
            Assert.IsFalse(scene.Window.IsOpen);
            Assert.AreEqual(0, scene.Window.CommissioningMode);
            scene.FailSafe.Poll(60000);
            Assert.IsTrue(scene.Window.IsOpen);
            scene.FailSafe.ArmForPase(60000);
            scene.Window.Poll(900000);
            scene.FailSafe.Expire(900000);
            Assert.IsFalse(scene.Window.IsOpen, "its time was over meanwhile");
        }

        [TestMethod]
        public void ArmedFailSafe_KeepsWindowsClosed()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            scene.FailSafe.Arm(60, 0, 1, false, 0);
            Assert.AreEqual(CommissioningWindow.Busy, scene.Window.OpenBasic(180, fabric, 0));
            Assert.AreEqual(CommissioningWindow.Busy, Open(scene, fabric, 180, 97, 0, 1000, 16));
        }

        [TestMethod]
        public void AdministratorGone_IsForgotten()
        {
            FabricScene scene = new FabricScene();
            Fabric one = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            scene.Window.OpenBasic(180, one, 0);
            scene.Fabrics.Remove(one, 0);
            Assert.IsTrue(scene.Window.IsOpen);
            Assert.AreEqual(0, scene.Window.AdminFabricIndex);
        }

        private static int Open(FabricScene scene, Fabric fabric, int timeout, int verifierLength, int discriminator, uint iterations, int saltLength)
        {
            byte[] buffer = new byte[200];
            for (int i = 0; i < buffer.Length; i++) buffer[i] = (byte)i;
            return scene.Window.OpenEnhanced(timeout, buffer, 3, verifierLength, discriminator, iterations, buffer, 2, saltLength, fabric, 0);
        }
    }
}
