using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A device that answers handshakes, some controllers, and a network between them, in virtual time.</summary>
    internal sealed class HandshakeWorld : ISecureChannelListener, ILinkEnd
    {
        public const uint Passcode = 20202021;
        public const int Iterations = 1000;

        private const int Controllers = 4;
        private const int DeviceEnd = 1;

        /// <summary>The C++ SDK's default salt, and the verifier of <see cref="Passcode"/> with it.</summary>
        private static readonly byte[] DefaultSalt =
        {
            0x53, 0x50, 0x41, 0x4B, 0x45, 0x32, 0x50, 0x20, 0x4B, 0x65, 0x79, 0x20, 0x53, 0x61, 0x6C, 0x74,
        };

        private static readonly byte[] DefaultVerifier =
        {
            0xB9, 0x61, 0x70, 0xAA, 0xE8, 0x03, 0x34, 0x68, 0x84, 0x72, 0x4F, 0xE9, 0xA3, 0xB2, 0x87, 0xC3,
            0x03, 0x30, 0xC2, 0xA6, 0x60, 0x37, 0x5D, 0x17, 0xBB, 0x20, 0x5A, 0x8C, 0xF1, 0xAE, 0xCB, 0x35,
            0x04, 0x57, 0xF8, 0xAB, 0x79, 0xEE, 0x25, 0x3A, 0xB6, 0xA8, 0xE4, 0x6B, 0xB0, 0x9E, 0x54, 0x3A,
            0xE4, 0x22, 0x73, 0x6D, 0xE5, 0x01, 0xE3, 0xDB, 0x37, 0xD4, 0x41, 0xFE, 0x34, 0x49, 0x20, 0xD0,
            0x95, 0x48, 0xE4, 0xC1, 0x82, 0x40, 0x63, 0x0C, 0x4F, 0xF4, 0x91, 0x3C, 0x53, 0x51, 0x38, 0x39,
            0xB7, 0xC0, 0x7F, 0xCC, 0x06, 0x27, 0xA1, 0xB8, 0x57, 0x3A, 0x14, 0x9F, 0xCD, 0x1F, 0xA4, 0x66,
            0xCF,
        };

        private readonly TestNode[] _controllers = new TestNode[Controllers];

        /// <summary>A device with <see cref="Passcode"/>.</summary>
        public HandshakeWorld(uint seed)
            : this(seed, 0)
        {
            Parameters = new SessionParameters();
            Begin(DefaultVerifier, DefaultSalt, Iterations);
        }

        /// <summary>A device as in a recording: with that first session id and verifier, and no session parameters to tell.</summary>
        public HandshakeWorld(int sessionId, byte[] verifier, byte[] salt, int iterations)
            : this(1, sessionId)
        {
            Begin(verifier, salt, iterations);
        }

        private HandshakeWorld(uint seed, int sessionId)
        {
            Link = new MemoryLink(seed);
            Device = new TestNode(seed + 1, sessionId);
            Link.Join(this);
            for (int i = 0; i < Controllers; i++)
            {
                _controllers[i] = new TestNode(seed + 2 + (uint)i, 0);
                Link.Join(_controllers[i]);
            }
        }

        /// <summary>The device is end 1, the controllers follow.</summary>
        public MemoryLink Link { get; }

        public TestNode Device { get; }

        public FabricTable Fabrics { get; private set; }

        public ResumptionTable Resumptions { get; private set; }

        /// <summary>What the device remembers.</summary>
        public MemoryStore Store { get; } = new MemoryStore();

        public CommissioningWindow Window { get; private set; }

        public FailSafe FailSafe { get; private set; }

        public SecureChannelProtocol Protocol { get; private set; }

        /// <summary>The device's own.</summary>
        public SessionParameters Parameters { get; }

        /// <summary>The verifier's.</summary>
        public byte[] Salt { get; private set; }

        public long Now
        {
            get { return Link.Now; }
        }

        public int PaseCount { get; private set; }

        public int CaseCount { get; private set; }

        /// <summary>The device's session made last.</summary>
        public Session Established { get; private set; }

        public TestNode Controller(int index)
        {
            return _controllers[index];
        }

        /// <summary>Puts the device on a fabric.</summary>
        public void Join(TestFabricAuthority authority, ulong nodeId)
        {
            TestCredentials node = authority.NewNode(nodeId, null);
            Join(node.Root, node.Icac, node.Noc, node.PrivateKey, node.IpkEpochKey);
        }

        /// <summary>Puts the device on a fabric with a private key that is known.</summary>
        public void Join(byte[] root, byte[] icac, byte[] noc, byte[] privateKey, byte[] ipkEpochKey)
        {
            PendingCredentials pending = FailSafe.Credentials;
            Device.Random.Say(privateKey);
            Assert.AreEqual(CommissioningError.Ok, FailSafe.Arm(60, 0, 0, true, Now));
            Finish(pending.BeginRequest(false, 0));
            Finish(pending.BeginRoot(root, 0, root.Length, 0));
            Finish(pending.BeginAddNoc(
                noc, 0, noc.Length, icac, 0, icac == null ? 0 : icac.Length, ipkEpochKey, 0, ipkEpochKey.Length, 1, 0xFFF1, 0));
            Assert.AreEqual(CommissioningError.Ok, FailSafe.Complete(FailSafe.FabricIndex, true, Now));
        }

        /// <summary>A new unsecured session from a controller to the device.</summary>
        public Session Dial(int controller)
        {
            return _controllers[controller].Sessions.OpenUnsecured(Link.Address(DeviceEnd), 1, Now);
        }

        public PaseInitiator NewPase(int controller)
        {
            TestNode node = _controllers[controller];
            return new PaseInitiator(node.Crypto, node.Sessions, node.Exchanges);
        }

        public CaseInitiator NewCase(int controller)
        {
            TestNode node = _controllers[controller];
            return new CaseInitiator(node.Crypto, node.Sessions, node.Exchanges);
        }

        public void PaseEstablished(Session session, long now)
        {
            PaseCount++;
            Established = session;
            FailSafe.ArmForPase(now);
        }

        public void CaseEstablished(Session session, long now)
        {
            CaseCount++;
            Established = session;
        }

        public OutboxSlot Next()
        {
            return Device.Next();
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Device.Receive(buffer, length, peer, peerLength, now);
        }

        public long Poll(long now)
        {
            long next = Device.Poll(now);
            long other = FailSafe.Poll(now);
            next = other < next ? other : next;
            other = Resumptions.Poll(now);
            next = other < next ? other : next;
            other = Window.Poll(now);
            return other < next ? other : next;
        }

        public void Run(int milliseconds)
        {
            Link.Run(milliseconds);
        }

        /// <summary>Everything a failed or finished handshake may have held on the device is free again.</summary>
        public void AssertAtRest(int liveSessions)
        {
            Run(90000);
            Assert.AreEqual(0, Protocol.HandshakeCount, "handshakes");
            Assert.AreEqual(0, Device.Exchanges.Count, "exchanges");
            int sessions = 0;
            for (int i = 0; i < Device.Sessions.Capacity; i++)
            {
                sessions += Device.Sessions.GetRow(i).LocalSessionId == 0 ? 0 : 1;
            }

            Assert.AreEqual(liveSessions, sessions, "sessions");
            Assert.IsTrue(Device.Crypto.P256.TryAcquire(this), "engine");
            Device.Crypto.P256.Release(this);
        }

        private void Begin(byte[] verifier, byte[] salt, int iterations)
        {
            Salt = salt;
            Fabrics = new FabricTable(Device.Crypto, Store);
            Resumptions = new ResumptionTable(Fabrics, Store);
            Fabrics.AddListener(Resumptions);
            Window = new CommissioningWindow(Fabrics, 3840, verifier, salt, iterations);
            FailSafe = new FailSafe(Device.Crypto, Fabrics, Window);
            Protocol = new SecureChannelProtocol(Device.Crypto, Device.Sessions, Fabrics, Resumptions, Window, Parameters, this);
            Device.Exchanges.Register(Protocol);
        }

        private void Finish(int result)
        {
            while (result == PendingCredentials.Running)
            {
                result = FailSafe.Credentials.Step(Now);
            }

            Assert.AreEqual(0, result);
        }
    }
}
