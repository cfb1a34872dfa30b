using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What a call into the node computes at most while several peers want something of it at once, or too much.</summary>
    [TestClass]
    public class ConcurrentStepTests
    {
        private const ulong NodeId = 0x1234;
        private const int Bound = CryptographyCounter.Bound;

        // Three blocks of SHA-256.
        private const int BoundBesideStep = 20000;

        [TestMethod]
        public void HandshakesAndACommandAtOnce_TakeTurns()
        {
            MemoryLink link = new MemoryLink(1);
            CryptographyCounter light = NewLight(link, new MemoryStore(), out VirtualLight device);
            Commissioner one = Commission(link, 0xFAB1);
            Peer[] peers = { new Peer(link, 11), new Peer(link, 12) };
            for (int round = 0; round < 2; round++)
            {
                light.Reset();
                foreach (Peer peer in peers)
                {
                    peer.Begin(one.Credentials, round == 1);
                }

                // Meanwhile.
                Assert.AreEqual(0, one.ArmFailSafe(60));
                one.RequestCsr(true);
                Assert.AreEqual(2, device.Node.SecureChannel.HandshakeCount + peers[0].Done + peers[1].Done, "all at once");
                link.Run(2000);
                Assert.AreEqual(2, peers[0].Done + peers[1].Done, "both came through");
                Check(light, "round " + round);
                Assert.IsTrue(light.MostHashed > Bound / 2, "nothing was counted: " + light.MostHashed);
                Assert.AreEqual(0, one.ArmFailSafe(0));
            }
        }

        [TestMethod]
        public void HandshakesAtOnce_DoNotAddUp()
        {
            MemoryLink link = new MemoryLink(1);
            CryptographyCounter light = NewLight(link, new MemoryStore(), out _);
            Commissioner one = Commission(link, 0xFAB1);
            Peer[] peers = { new Peer(link, 11), new Peer(link, 12) };
            light.CountsAll = true;
            for (int round = 0; round < 2; round++)
            {
                light.Reset();
                foreach (Peer peer in peers)
                {
                    peer.Begin(one.Credentials, round == 1);
                }

                link.Run(2000);
                Assert.AreEqual(2, peers[0].Done + peers[1].Done, "both came through");
                Assert.IsTrue(light.Most > Bound / 2, "nothing was counted: " + light.Most);
                Check(light, "round " + round);
                Assert.IsTrue(light.Most <= Bound, "round " + round + ": " + light.Most);
            }
        }

        [TestMethod]
        public void AStormOfStrangers_AmongFiveFabricsOfThreeKeys()
        {
            MemoryLink link = new MemoryLink(1);
            CryptographyCounter light = NewLight(link, new MemoryStore(), out VirtualLight device);
            Commissioner[] administrators = new Commissioner[Limits.Fabrics];
            for (int i = 0; i < administrators.Length; i++)
            {
                if (i > 0)
                {
                    Assert.AreEqual(0, device.Node.Window.OpenByUser(link.Now));
                }

                administrators[i] = Commission(link, (ulong)(0xFAB1 + i));
                SymmetricStepTests.WriteKeySet(administrators[i], GroupKeyTable.IpkSetId, GroupKeyTable.KeysPerSet);
            }

            link.Run(5000);
            TestNode stranger = new TestNode(5, 0);
            TestCredentials credentials = new TestFabricAuthority(stranger.Crypto, 0xBAD, false).NewNode(1, null);
            Peer[] peers = new Peer[12];
            for (int i = 0; i < peers.Length; i++)
            {
                peers[i] = new Peer(link, (uint)(20 + i));
            }

            light.CountsAll = true;
            light.Reset();
            for (int round = 0; round < 3; round++)
            {
                foreach (Peer peer in peers)
                {
                    peer.Begin(credentials, false);
                }

                link.Run(1000);
            }

            Assert.IsTrue(light.Most > Bound / 2, "nothing was counted: " + light.Most);
            Assert.IsTrue(light.Most <= Bound, "storm: " + light.Most);
            link.Run(60000);
            Assert.AreEqual(0, device.Node.SecureChannel.HandshakeCount);
        }

        [TestMethod]
        public void APbkdfParamRequestOfAnyLength()
        {
            int[] lengths = { 100, 300, 320, 321, 700, 1100 };
            foreach (int length in lengths)
            {
                MemoryLink link = new MemoryLink(1);
                CryptographyCounter light = NewLight(link, new MemoryStore(), out _);
                Peer peer = new Peer(link, 11);
                link.Run(1);
                light.CountsAll = true;
                RawPeer raw = peer.Send(SecureChannelOpcode.PbkdfParamRequest, PbkdfParamRequest(length));
                link.Run(100);
                bool isTooLong = length > 320;
                Assert.AreEqual(isTooLong ? SecureChannelOpcode.StatusReport : SecureChannelOpcode.PbkdfParamResponse, raw.Opcode, length.ToString());
                Assert.AreEqual(isTooLong, light.Most == 0, "nothing was counted");
                Assert.IsTrue(light.Most <= Bound, length + ": " + light.Most);
            }
        }

        private static void Check(CryptographyCounter light, string when)
        {
            Assert.AreEqual(1, light.MostSteps, when);
            Assert.IsTrue(light.MostHashed <= Bound, when + ", hashed: " + light.MostHashed);
            Assert.IsTrue(light.MostBesideStep <= BoundBesideStep, when + ", beside a step: " + light.MostBesideStep);
        }

        private static CryptographyCounter NewLight(MemoryLink link, MemoryStore store, out VirtualLight device)
        {
            device = new VirtualLight(2, store, link.Now);
            CryptographyCounter light = new CryptographyCounter(device);
            link.Join(light);
            return light;
        }

        private static Commissioner Commission(MemoryLink link, ulong fabricId)
        {
            Commissioner one = new Commissioner((uint)fabricId, fabricId, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            one.Commission(VirtualLight.Passcode, NodeId);
            return one;
        }

        // Its unknown field fills it up.
        private static byte[] PbkdfParamRequest(int length)
        {
            byte[] buffer = new byte[length + 64];
            TlvWriter writer = new TlvWriter();
            for (int filler = length; ; filler--)
            {
                writer.Reset(buffer, 0, buffer.Length);
                writer.StartStructure(TlvTag.Anonymous);
                writer.PutBytes(1, new byte[32], 0, 32);
                writer.PutUnsigned(2, 0x1234);
                writer.PutUnsigned(3, 0);
                writer.PutBoolean(4, false);
                writer.PutBytes(99, new byte[filler], 0, filler);
                writer.EndContainer();
                if (writer.Error == 0 && writer.Length <= length)
                {
                    byte[] request = new byte[writer.Length];
                    System.Array.Copy(buffer, request, request.Length);
                    return request;
                }
            }
        }

        // Somebody with an address of its own.
        private sealed class Peer
        {
            private readonly MemoryLink _link;
            private readonly TestNode _node;
            private readonly CaseInitiator _case;

            public Peer(MemoryLink link, uint seed)
            {
                _link = link;
                _node = new TestNode(seed, 0);
                _case = new CaseInitiator(_node.Crypto, _node.Sessions, _node.Exchanges);
                link.Join(_node);
            }

            /// <summary>1 once its handshake has succeeded.</summary>
            public int Done
            {
                get { return _case.Result == 0 && _case.Session != null ? 1 : 0; }
            }

            public void Begin(TestCredentials credentials, bool resumes)
            {
                _case.Resumes = resumes;
                _case.Begin(Dial(), credentials, NodeId, _link.Now);
            }

            public RawPeer Send(int opcode, byte[] payload)
            {
                RawPeer raw = new RawPeer(_node);
                raw.Open(Dial());
                raw.Send(opcode, payload, _link.Now);
                return raw;
            }

            private Session Dial()
            {
                return _node.Sessions.OpenUnsecured(_link.Address(1), 1, _link.Now);
            }
        }
    }
}
