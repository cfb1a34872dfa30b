using Matter.Nano.Clusters;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What of SHA-256 and AES a call into a node does at most while it shakes hands, all of it managed code.</summary>
    [TestClass]
    public class SymmetricStepTests
    {
        private const int Bound = CryptographyCounter.Bound;

        /// <summary>Sealing and opening the commands and answers themselves is not counted: each is done in one go.</summary>
        [TestMethod]
        public void NoCallOfASignedAnswerHashesLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            CryptographyCounter light = new CryptographyCounter(new VirtualLight(2, new MemoryStore(), link.Now));
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            one.Pase(VirtualLight.Passcode);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            light.MostHashed = 0;
            one.CheckAttestation();
            Assert.IsTrue(light.MostHashed > Bound / 3, "nothing was counted: " + light.MostHashed);
            Assert.IsTrue(light.MostHashed <= Bound, "attestation: " + light.MostHashed);
            light.MostHashed = 0;
            one.RequestCsr();
            Assert.IsTrue(light.MostHashed > 0, "nothing was counted");
            Assert.IsTrue(light.MostHashed <= Bound, "CSR: " + light.MostHashed);
        }

        [TestMethod]
        public void NoCallOfANewFabricsKeysHashesLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight device = new VirtualLight(2, new MemoryStore(), link.Now);
            CryptographyCounter light = new CryptographyCounter(device);
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait), true);
            link.Join(one);
            link.Run(1);
            one.Pase(VirtualLight.Passcode);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            byte[] key = one.RequestCsr();
            light.MostHashed = 0;
            one.AddRoot();
            Assert.IsTrue(light.MostHashed > 0, "nothing was counted");
            Assert.IsTrue(light.MostHashed <= Bound, "AddTrustedRootCertificate: " + light.MostHashed);
            light.MostHashed = 0;
            one.AddNoc(key, 0x1234);
            Assert.IsTrue(light.MostHashed > Bound / 2, "nothing was counted: " + light.MostHashed);
            Assert.IsTrue(light.MostHashed <= Bound, "AddNOC: " + light.MostHashed);

            light.MostHashed = 0;
            WriteKeySet(one, 42, 3);
            Assert.IsTrue(light.MostHashed > Bound / 2, "nothing was counted: " + light.MostHashed);
            Assert.IsTrue(light.MostHashed <= Bound, "KeySetWrite: " + light.MostHashed);
            GroupKeyTable keys = device.Node.Fabrics.GroupKeys;
            int set = keys.Find(device.Node.Fabrics.Find(one.FabricIndex), 42);
            Assert.AreEqual(3, keys.GetKeyCount(set));

            one.Case(0x1234);
            light.MostHashed = 0;
            Assert.AreEqual(0, one.Complete());
            Assert.IsTrue(light.MostHashed <= Bound, "CommissioningComplete: " + light.MostHashed);
            light.MostHashed = 0;
            WriteKeySet(one, 43, 3);
            Assert.IsTrue(light.MostHashed > Bound / 2 && light.MostHashed <= Bound, "KeySetWrite, stored: " + light.MostHashed);
            light.MostHashed = 0;
            link.Run(5000);
            Assert.IsTrue(light.MostHashed <= Bound, "resumption stored: " + light.MostHashed);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            byte[] newKey = one.RequestCsr(true);
            light.MostHashed = 0;
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.UpdateNoc(newKey, 0x1235));
            Assert.IsTrue(light.MostHashed > 0, "nothing was counted");
            Assert.IsTrue(light.MostHashed <= Bound, "UpdateNOC: " + light.MostHashed);
            one.Case(0x1235);
            light.MostHashed = 0;
            Assert.AreEqual(0, one.Complete());
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.RemoveFabric(one.FabricIndex));
            Assert.IsTrue(light.MostHashed <= Bound, "RemoveFabric: " + light.MostHashed);
        }

        [TestMethod]
        public void NoCallOfAHandshakeIsLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            CryptographyCounter light = new CryptographyCounter(new VirtualLight(2, new MemoryStore(), link.Now));
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            light.Most = 0;
            one.Commission(VirtualLight.Passcode, 0x1234);
            Assert.IsTrue(light.Most > Bound / 2, "nothing was counted: " + light.Most);
            Assert.IsTrue(light.Most <= Bound, "commissioning: " + light.Most);
            one.HangUp();
            one.Case(0x1234);
            Assert.IsTrue(light.Most <= Bound, "CASE: " + light.Most);
            one.HangUp();
            one.Resumes = true;
            one.Case(0x1234);
            Assert.IsTrue(one.IsResumed);
            Assert.IsTrue(light.Most <= Bound, "resumption: " + light.Most);
        }

        /// <summary>The light takes a subscription up: its own handshake, in full, then resumed.</summary>
        [TestMethod]
        public void NoCallOfAHandshakeOfItsOwnIsLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight device = new VirtualLight(2, new MemoryStore(), link.Now);
            CryptographyCounter light = new CryptographyCounter(device);
            link.Join(light);
            HandshakeWorld hub = new HandshakeWorld(5);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait), true);
            link.Join(one);
            link.Run(1);
            one.Commission(VirtualLight.Passcode, 0x1234);
            hub.Join(one.Authority, one.Credentials.NodeId);
            int end = link.Join(hub);
            for (int i = 0; i < 2; i++)
            {
                Sessions.Session carrier = device.Node.Sessions.OpenUnsecured(link.Address(end), 1, link.Now);
                Exchanges.Exchange exchange = device.Node.Exchanges.Open(carrier, device.Node.SecureChannel);
                Assert.AreEqual(0, device.Node.SecureChannel.Connect(exchange, device.Node.Fabrics.GetRow(0), one.Credentials.NodeId, link.Now));
                light.BeginOwn();
                link.Run(20000);
                Assert.AreEqual(i + 1, hub.CaseCount);
                Assert.IsTrue(light.Most > Bound / 2, "nothing was counted: " + light.Most);
                Assert.IsTrue(light.Most <= Bound, (i == 0 ? "CASE: " : "resumption: ") + light.Most);
            }
        }

        internal static void WriteKeySet(Commissioner one, int setId, int count)
        {
            TlvWriter writer = one.Client.Writer;
            one.BeginInvoke(0, GroupKeyManagementCluster.ClusterId, 0x00);
            writer.StartStructure(0);
            writer.PutUnsigned(0, (ulong)setId);
            writer.PutUnsigned(1, 0);
            for (int i = 0; i < count; i++)
            {
                writer.PutBytes(2 + (2 * i), new byte[GroupKeyTable.KeyLength], 0, GroupKeyTable.KeyLength);
                writer.PutUnsigned(3 + (2 * i), (ulong)i + 1);
            }

            writer.EndContainer();
            one.EndInvoke(-1);
            Assert.AreEqual(ImStatus.Success, one.Client.InvokeStatus(0), "KeySetWrite");
        }
    }
}
