using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// A device whose randomness is given, and the one peer that sends it recorded messages, on a network without faults.
    /// </summary>
    internal sealed class ReplayedDevice : ISecureChannelListener
    {
        private readonly TestNode _peerNode = new TestNode(1, 99);
        private readonly RawPeer _peer;
        private readonly byte[] _buffer = new byte[Limits.ReceivedDatagram];
        private bool _isOpen;
        private long _now = 1000;

        /// <param name="sessionId">The first session id that the device gives.</param>
        /// <param name="verifier">Its PASE verifier.</param>
        /// <param name="salt">Salt of the verifier.</param>
        /// <param name="iterations">Iterations of the verifier.</param>
        public ReplayedDevice(int sessionId, byte[] verifier, byte[] salt, int iterations)
        {
            Node = new TestNode(0, 1, sessionId);
            Fabrics = new FabricTable(Node.Crypto, new MemoryStore());
            Window = new CommissioningWindow(Fabrics, 3840, verifier, salt, iterations);
            FailSafe = new FailSafe(Node.Crypto, Fabrics, Window);
            Node.Exchanges.Register(new SecureChannelProtocol(Node.Crypto, Node.Sessions, Fabrics, Window, null, this));
            Window.OpenInitial(_now);
            _peer = new RawPeer(_peerNode);
        }

        public TestNode Node { get; }

        public FabricTable Fabrics { get; }

        public CommissioningWindow Window { get; }

        public FailSafe FailSafe { get; }

        public Session Established { get; private set; }

        /// <summary>The last answer's opcode.</summary>
        public int Opcode
        {
            get { return _peer.Opcode; }
        }

        /// <summary>The last answer's payload.</summary>
        public byte[] Payload
        {
            get { return _peer.Payload; }
        }

        public void PaseEstablished(Session session, long now)
        {
            Established = session;
        }

        public void CaseEstablished(Session session, long now)
        {
            Established = session;
        }

        /// <summary>Puts the device on a fabric.</summary>
        public void Join(byte[] root, byte[] icac, byte[] noc, byte[] privateKey, byte[] ipkEpochKey)
        {
            PendingCredentials pending = FailSafe.Credentials;
            Node.Random.Say(privateKey);
            FailSafe.Arm(60, 0, 0, true, _now);
            Finish(pending.BeginRequest(false, 0));
            Finish(pending.BeginRoot(root, 0, root.Length, 0));
            Finish(pending.BeginAddNoc(noc, 0, noc.Length, icac, 0, icac.Length, ipkEpochKey, 0, ipkEpochKey.Length, 1, 0xFFF1, 0));
            if (FailSafe.Complete(FailSafe.FabricIndex, true, _now) != 0)
            {
                throw new Exception("not joined");
            }
        }

        /// <summary>Sends a message and waits for the answer.</summary>
        public void Send(int opcode, byte[] payload)
        {
            if (!_isOpen)
            {
                _peer.Open(_peerNode.Sessions.OpenUnsecured(Node.Address, 1, _now));
                _isOpen = true;
            }

            int count = _peer.Count;
            _peer.Send(opcode, payload, _now);
            while (_peer.Count == count)
            {
                if (++_now > 100000)
                {
                    throw new Exception("no answer");
                }

                Carry(_peerNode, Node);
                Node.Exchanges.Poll(_now);
                Carry(Node, _peerNode);
            }
        }

        private void Finish(int result)
        {
            while (result == PendingCredentials.Running)
            {
                result = FailSafe.Credentials.Step(_now);
            }

            if (result != 0)
            {
                throw new Exception("credentials " + result.ToString());
            }
        }

        private void Carry(TestNode from, TestNode to)
        {
            OutboxSlot slot = from.Exchanges.Outbox.Next();
            while (slot != null)
            {
                Array.Copy(slot.Buffer, slot.DatagramOffset, _buffer, 0, slot.DatagramLength);
                to.Exchanges.Receive(_buffer, slot.DatagramLength, from.Address, 1, _now);
                slot = from.Exchanges.Outbox.Next();
            }
        }
    }
}
