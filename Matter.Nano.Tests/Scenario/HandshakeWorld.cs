using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A device that answers handshakes, some controllers, and a network between them, in virtual time.</summary>
    internal sealed class HandshakeWorld : ISecureChannelListener
    {
        public const uint Passcode = 20202021;
        public const int Iterations = 1000;

        private const int MaxControllers = 4;
        private const int MaxInFlight = 64;

        private readonly byte[][] _inFlight = new byte[MaxInFlight][];
        private readonly TestNode[] _from = new TestNode[MaxInFlight];
        private readonly TestNode[] _to = new TestNode[MaxInFlight];
        private readonly byte[] _buffer = new byte[Limits.ReceivedDatagram];
        private readonly TestNode[] _nodes = new TestNode[MaxControllers + 1];
        private readonly ScriptedRandom _dice;
        private int _count;

        public HandshakeWorld(uint seed)
        {
            _dice = new ScriptedRandom(seed);
            Device = new TestNode(0, seed + 1);
            _nodes[0] = Device;
            for (int i = 1; i <= MaxControllers; i++)
            {
                _nodes[i] = new TestNode((byte)i, seed + 1 + (uint)i);
            }

            Device.Random.Fill(Salt, 0, Salt.Length);
            byte[] verifier = new byte[Spake2Plus.VerifierLength];
            Spake2Plus spake = new Spake2Plus(Device.Crypto);
            spake.BeginVerifier(verifier, 0, Passcode, Salt, 0, Salt.Length, Iterations);
            while (spake.Step() == P256.Running)
            {
            }

            Parameters = new SessionParameters();
            Fabrics = new FabricTable(Device.Crypto, new MemoryStore());
            Window = new CommissioningWindow(Fabrics, 3840, verifier, Salt, Iterations);
            FailSafe = new FailSafe(Device.Crypto, Fabrics, Window);
            Protocol = new SecureChannelProtocol(Device.Crypto, Device.Sessions, Fabrics, Window, Parameters, this);
            Device.Exchanges.Register(Protocol);
        }

        public TestNode Device { get; }

        public FabricTable Fabrics { get; }

        public CommissioningWindow Window { get; }

        public FailSafe FailSafe { get; }

        public SecureChannelProtocol Protocol { get; }

        /// <summary>The device's own.</summary>
        public SessionParameters Parameters { get; }

        /// <summary>16 bytes.</summary>
        public byte[] Salt { get; } = new byte[16];

        public long Now { get; private set; } = 1000;

        /// <summary>Chance of each datagram to be lost, in percent.</summary>
        public int LossPercent { get; set; }

        /// <summary>Chance of each datagram to come twice, in percent.</summary>
        public int DuplicatePercent { get; set; }

        /// <summary>Chance of each datagram to be overtaken by the next, in percent.</summary>
        public int ReorderPercent { get; set; }

        public int PaseCount { get; private set; }

        public int CaseCount { get; private set; }

        /// <summary>The device's session made last.</summary>
        public Session Established { get; private set; }

        /// <summary>The device's Polls so far.</summary>
        public int DevicePolls { get; private set; }

        public TestNode Controller(int index)
        {
            return _nodes[index + 1];
        }

        /// <summary>Puts the device on a fabric.</summary>
        /// <returns>What it knows of itself there.</returns>
        public TestCredentials Join(TestFabricAuthority authority, ulong nodeId)
        {
            TestCredentials node = authority.NewNode(nodeId, null);
            byte[] icac = node.Icac;
            Device.Random.Say(node.PrivateKey);
            Assert.AreEqual(0, FailSafe.Arm(60, 0, 0, true, Now));
            Assert.AreEqual(PendingCredentials.Running, FailSafe.Credentials.BeginRequest(false, 0));
            FinishCredentials();
            Assert.AreEqual(PendingCredentials.Running, FailSafe.Credentials.BeginRoot(node.Root, 0, node.Root.Length, 0));
            FinishCredentials();
            Assert.AreEqual(PendingCredentials.Running, FailSafe.Credentials.BeginAddNoc(
                node.Noc, 0, node.Noc.Length, icac, 0, icac == null ? 0 : icac.Length, node.IpkEpochKey, 0, 16, 1, 0xFFF1, 0));
            FinishCredentials();
            Assert.AreEqual(0, FailSafe.Complete(FailSafe.FabricIndex, true, Now));
            return node;
        }

        /// <summary>A new unsecured session from a controller to the device.</summary>
        public Session Dial(int controller)
        {
            return Controller(controller).Sessions.OpenUnsecured(Device.Address, 1, Now);
        }

        public PaseInitiator NewPase(int controller)
        {
            TestNode node = Controller(controller);
            return new PaseInitiator(node.Crypto, node.Sessions, node.Exchanges);
        }

        public CaseInitiator NewCase(int controller)
        {
            TestNode node = Controller(controller);
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

        /// <summary>Lets time pass until nothing is left to do or a time is over.</summary>
        public void Run(int limitMs)
        {
            long end = Now + limitMs;
            int steps = 0;
            while (true)
            {
                long next = Step();
                if (++steps > 200000)
                {
                    throw new Exception("the nodes never come to rest");
                }

                if (_count > 0)
                {
                    Now++;
                }
                else if (next >= end)
                {
                    Now = end;
                    return;
                }
                else if (next > Now)
                {
                    Now = next;
                }
            }
        }

        /// <summary>Delivers what is on its way, then polls everyone once.</summary>
        /// <returns>When somebody wants to be polled next.</returns>
        public long Step()
        {
            Carry();
            for (int i = _count; i > 0; i--)
            {
                Deliver();
            }

            long next = FailSafe.Poll(Now);
            long windowEnd = Window.Poll(Now);
            next = windowEnd < next ? windowEnd : next;
            DevicePolls++;
            for (int i = 0; i < _nodes.Length; i++)
            {
                long other = _nodes[i].Exchanges.Poll(Now);
                next = other < next ? other : next;
            }

            Carry();
            return next;
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

        private void FinishCredentials()
        {
            int result = FailSafe.Credentials.Step(Now);
            while (result == PendingCredentials.Running)
            {
                result = FailSafe.Credentials.Step(Now);
            }

            Assert.AreEqual(0, result);
        }

        private void Carry()
        {
            for (int i = 0; i < _nodes.Length; i++)
            {
                OutboxSlot slot = _nodes[i].Exchanges.Outbox.Next();
                while (slot != null)
                {
                    TestNode to = _nodes[slot.PeerAddress[0]];
                    if (!Chance(LossPercent))
                    {
                        Put(_nodes[i], to, slot);
                        if (Chance(DuplicatePercent))
                        {
                            Put(_nodes[i], to, slot);
                        }
                    }

                    slot = _nodes[i].Exchanges.Outbox.Next();
                }
            }
        }

        private void Put(TestNode from, TestNode to, OutboxSlot slot)
        {
            byte[] datagram = new byte[slot.DatagramLength];
            Array.Copy(slot.Buffer, slot.DatagramOffset, datagram, 0, datagram.Length);
            _inFlight[_count] = datagram;
            _from[_count] = from;
            _to[_count] = to;
            _count++;
        }

        private void Deliver()
        {
            int index = _count > 1 && Chance(ReorderPercent) ? 1 : 0;
            byte[] datagram = _inFlight[index];
            TestNode from = _from[index];
            TestNode to = _to[index];
            _count--;
            for (int i = index; i < _count; i++)
            {
                _inFlight[i] = _inFlight[i + 1];
                _from[i] = _from[i + 1];
                _to[i] = _to[i + 1];
            }

            Array.Copy(datagram, _buffer, datagram.Length);
            to.Exchanges.Receive(_buffer, datagram.Length, from.Address, 1, Now);
        }

        private bool Chance(int percent)
        {
            byte[] roll = new byte[2];
            _dice.Fill(roll, 0, 2);
            return (roll[0] | roll[1] << 8) % 100 < percent;
        }
    }
}
