using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>General Commissioning: fail-safe, regulatory configuration, completion.</summary>
    [TestClass]
    public class GeneralCommissioningTests
    {
        private const uint Breadcrumb = 0x0000;
        private const uint RegulatoryConfig = 0x0002;
        private const uint ArmFailSafe = 0x00;
        private const uint SetRegulatoryConfig = 0x02;
        private const uint CommissioningComplete = 0x04;
        private const uint Location = 0x0006;

        [TestMethod]
        public void ArmFailSafe_ArmsAndExpires()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.AddFabric(2);
            Arm(scene, 60, 7, CommissioningError.Ok);
            Assert.AreEqual(TlvType.String, scene.Answer(1).Type, "DebugText is mandatory");
            Assert.IsTrue(scene.Node.FailSafe.IsArmedBy(2));
            Assert.AreEqual(7, scene.ReadNumber(scene.GeneralCommissioning, Breadcrumb));
            scene.Act(1);
            uint version = scene.GeneralCommissioning.DataVersion;
            Arm(scene, 60, 8, CommissioningError.BusyWithOtherAdmin);
            Assert.AreEqual(7, scene.ReadNumber(scene.GeneralCommissioning, Breadcrumb));
            Assert.AreEqual(version, scene.GeneralCommissioning.DataVersion);
            scene.Act(2);
            Arm(scene, 60, 9, CommissioningError.Ok);
            Assert.AreEqual(9, scene.ReadNumber(scene.GeneralCommissioning, Breadcrumb));
            Arm(scene, 0, 10, CommissioningError.Ok);
            Assert.IsFalse(scene.Node.FailSafe.IsArmed);
            Assert.IsTrue(scene.Context.Session.IsActive);
            Assert.AreEqual(0, scene.ReadNumber(scene.GeneralCommissioning, Breadcrumb));
        }

        [TestMethod]
        public void ArmFailSafeForNothing_FirstLetsThePaseSessionAnswer()
        {
            ClusterScene scene = new ClusterScene();
            scene.Act(SessionType.Pase, 0);
            scene.Node.FailSafe.ArmForPase(0);
            scene.Context.Session.ExchangeCount = 1;
            Arm(scene, 0, 0, CommissioningError.Ok);
            Assert.IsTrue(scene.Context.Session.ClosesWhenDone);
        }

        [TestMethod]
        public void ArmFailSafeForNothing_FirstLetsTheNewFabricsSessionAnswer()
        {
            ClusterScene scene = new ClusterScene();
            Fabric fabric = scene.Node.Prepare(new TestAdministrator(scene.Node.Crypto, 1, false));
            scene.Act(fabric.Index);
            scene.Context.Session.ExchangeCount = 1;
            Arm(scene, 0, 0, CommissioningError.Ok);
            Assert.AreEqual(0, scene.Node.Fabrics.Count);
            Assert.IsTrue(scene.Context.Session.ClosesWhenDone);
        }

        [TestMethod]
        public void SetRegulatoryConfig_KeepsPlaceAndCountry()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            Assert.AreEqual(2, scene.ReadNumber(scene.GeneralCommissioning, RegulatoryConfig));
            Regulate(scene, 0, "DE", 5, ImStatus.Success);
            Assert.AreEqual(CommissioningError.Ok, scene.AnswerNumber(0));
            Assert.AreEqual(0, scene.ReadNumber(scene.GeneralCommissioning, RegulatoryConfig));
            Assert.AreEqual(5, scene.ReadNumber(scene.GeneralCommissioning, Breadcrumb));
            TlvReader location = scene.Read(scene.BasicInformation, Location);
            Assert.AreEqual(2, location.GetString(2, 2));
            Assert.AreEqual((byte)'D', location.Buffer[location.ValueOffset]);
            Assert.AreEqual((byte)'E', location.Buffer[location.ValueOffset + 1]);
            Assert.IsTrue(scene.BasicInformation.IsUnsaved);
            uint before = scene.Sum(scene.GeneralCommissioning);
            Regulate(scene, 3, "FR", 6, ImStatus.Success);
            Assert.AreEqual(CommissioningError.ValueOutsideRange, scene.AnswerNumber(0));
            Regulate(scene, 0, "F", 6, ImStatus.ConstraintError);
            Regulate(scene, 0, "FRA", 6, ImStatus.ConstraintError);
            Regulate(scene, 256, "FR", 6, ImStatus.ConstraintError);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.GeneralCommissioning, SetRegulatoryConfig));
            Assert.AreEqual(before, scene.Sum(scene.GeneralCommissioning));
        }

        [TestMethod]
        public void SetRegulatoryConfig_IsTakenBackWithTheFailSafe()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            Regulate(scene, 1, "DE", 1, ImStatus.Success);
            Arm(scene, 60, 2, CommissioningError.Ok);
            Regulate(scene, 0, "FR", 3, ImStatus.Success);
            Regulate(scene, 2, "IT", 4, ImStatus.Success);
            Assert.AreEqual(2, scene.ReadNumber(scene.GeneralCommissioning, RegulatoryConfig));
            CheckLocation(scene, 'I', 'T');
            CheckStoredLocation(scene, 'D', 'E');
            scene.Node.FailSafe.Expire(0);
            Assert.AreEqual(1, scene.ReadNumber(scene.GeneralCommissioning, RegulatoryConfig));
            CheckLocation(scene, 'D', 'E');

            Arm(scene, 60, 2, CommissioningError.Ok);
            Regulate(scene, 0, "FR", 3, ImStatus.Success);
            Assert.AreEqual(0, scene.Node.FailSafe.Complete(1, true, 0));
            CheckStoredLocation(scene, 'F', 'R');
            Arm(scene, 60, 2, CommissioningError.Ok);
            scene.Node.FailSafe.Expire(0);
            Assert.AreEqual(0, scene.ReadNumber(scene.GeneralCommissioning, RegulatoryConfig));
            CheckLocation(scene, 'F', 'R');
        }

        [TestMethod]
        public void LocationWrittenUnderTheFailSafe_Stays()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            Arm(scene, 60, 2, CommissioningError.Ok);
            Regulate(scene, 0, "FR", 3, ImStatus.Success);
            scene.Value().PutString(TlvTag.Anonymous, new byte[] { (byte)'P', (byte)'T' }, 0, 2);
            Assert.AreEqual(ImStatus.Success, scene.Write(scene.BasicInformation, Location));
            scene.Node.FailSafe.Expire(0);
            Assert.AreEqual(2, scene.ReadNumber(scene.GeneralCommissioning, RegulatoryConfig));
            CheckLocation(scene, 'P', 'T');
        }

        [TestMethod]
        public void CommissioningComplete_NeedsCaseOnTheFabric()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.AddFabric(2);
            Complete(scene, CommissioningError.NoFailSafe);
            scene.Node.FailSafe.Arm(60, 3, 1, false, 0);
            Complete(scene, CommissioningError.InvalidAuthentication);
            scene.Act(SessionType.Pase, 1);
            Complete(scene, CommissioningError.InvalidAuthentication);
            Assert.IsTrue(scene.Node.FailSafe.IsArmed);
            Session pase = scene.Context.Session;
            scene.Act(1);
            Complete(scene, CommissioningError.Ok);
            Assert.IsFalse(scene.Node.FailSafe.IsArmed);
            Assert.IsFalse(pase.IsActive, "the PASE session has done its work");
            Assert.AreEqual(0, scene.ReadNumber(scene.GeneralCommissioning, Breadcrumb));
        }

        [TestMethod]
        public void CommissioningComplete_FailsWithTheStore()
        {
            ClusterScene scene = new ClusterScene();
            Fabric fabric = scene.Node.Prepare(new TestAdministrator(scene.Node.Crypto, 1, false));
            scene.Act(fabric.Index);
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, scene.InvokePlain(scene.GeneralCommissioning, CommissioningComplete));
            Assert.IsTrue(scene.Node.FailSafe.IsArmed);
            scene.Node.Store.ChangesLeft = int.MaxValue;
            Complete(scene, CommissioningError.Ok);
        }

        [TestMethod]
        public void Breadcrumb_IsWritten()
        {
            ClusterScene scene = new ClusterScene();
            scene.Value().PutUnsigned(TlvTag.Anonymous, ulong.MaxValue);
            Assert.AreEqual(ImStatus.Success, scene.Write(scene.GeneralCommissioning, Breadcrumb));
            Assert.AreEqual(ulong.MaxValue, scene.Read(scene.GeneralCommissioning, Breadcrumb).GetUnsigned(ulong.MaxValue));
            scene.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.GeneralCommissioning, Breadcrumb));
            Assert.AreEqual(ulong.MaxValue, scene.Read(scene.GeneralCommissioning, Breadcrumb).GetUnsigned(ulong.MaxValue));
            TlvReader info = scene.Read(scene.GeneralCommissioning, 1);
            info.Enter();
            Assert.IsTrue(info.Next());
            Assert.AreEqual(60ul, info.GetUnsigned(0xFFFF));
            Assert.IsTrue(info.Next());
            Assert.AreEqual(900ul, info.GetUnsigned(0xFFFF));
            Assert.AreEqual(2, scene.ReadNumber(scene.GeneralCommissioning, 3));
            Assert.IsTrue(scene.Read(scene.GeneralCommissioning, 4).GetBoolean());
        }

        private static void Arm(ClusterScene scene, uint seconds, ulong breadcrumb, int code)
        {
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, seconds);
            fields.PutUnsigned(1, breadcrumb);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.GeneralCommissioning, ArmFailSafe));
            Assert.AreEqual(code, scene.AnswerNumber(0));
        }

        private static void Regulate(ClusterScene scene, uint config, string country, ulong breadcrumb, int status)
        {
            char[] letters = country.ToCharArray();
            byte[] text = new byte[letters.Length];
            for (int i = 0; i < text.Length; i++) text[i] = (byte)letters[i];
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, config);
            fields.PutString(1, text, 0, text.Length);
            fields.PutUnsigned(2, breadcrumb);
            Assert.AreEqual(status, scene.Invoke(scene.GeneralCommissioning, SetRegulatoryConfig));
        }

        private static void Complete(ClusterScene scene, int code)
        {
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.GeneralCommissioning, CommissioningComplete));
            Assert.AreEqual(code, scene.AnswerNumber(0));
        }

        private static void CheckLocation(ClusterScene scene, char first, char second)
        {
            TlvReader location = scene.Read(scene.BasicInformation, Location);
            Assert.AreEqual(2, location.GetString(2, 2));
            Assert.AreEqual((byte)first, location.Buffer[location.ValueOffset]);
            Assert.AreEqual((byte)second, location.Buffer[location.ValueOffset + 1]);
        }

        private static void CheckStoredLocation(ClusterScene scene, char first, char second)
        {
            ClusterScene next = new ClusterScene();
            next.Restart(scene.BasicInformation, next.BasicInformation);
            CheckLocation(next, first, second);
        }
    }
}
