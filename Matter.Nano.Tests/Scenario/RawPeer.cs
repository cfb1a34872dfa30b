using System;
using Matter.Nano.Exchanges;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Sends what it is told to and remembers what comes back.</summary>
    internal sealed class RawPeer : ProtocolHandler
    {
        private readonly TestNode _node;
        private Exchange _exchange;

        public RawPeer(TestNode node)
        {
            _node = node;
        }

        public override int ProtocolId
        {
            get { return SecureChannelProtocol.Id; }
        }

        /// <summary>Opcode of the last answer; -1 if none came.</summary>
        public int Opcode { get; private set; } = -1;

        /// <summary>Payload of the last answer.</summary>
        public byte[] Payload { get; private set; }

        /// <summary>Answers so far.</summary>
        public int Count { get; private set; }

        /// <summary>True while the last message sent is not acknowledged.</summary>
        public bool IsSending
        {
            get { return _exchange.IsSending; }
        }

        /// <summary>Protocol code of the last answer if it is a StatusReport of failure, 0 if of success; else -1.</summary>
        public int ReportedCode
        {
            get { return Opcode == SecureChannelOpcode.StatusReport && Payload.Length >= 8 ? Payload[6] | Payload[7] << 8 : -1; }
        }

        /// <summary>Opens an exchange for what <see cref="Send"/> sends.</summary>
        public void Open(Session session)
        {
            _exchange = _node.Exchanges.Open(session, this);
            Opcode = -1;
            Payload = null;
        }

        public void Send(int opcode, byte[] payload, long now)
        {
            OutboxSlot slot = _exchange.NewMessage();
            Array.Copy(payload, 0, slot.Buffer, slot.PayloadOffset, payload.Length);
            if (_exchange.Send(slot, opcode, payload.Length, true, now) != 0)
            {
                throw new Exception("send");
            }
        }

        public void Close()
        {
            _exchange.Close();
        }

        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            // The first message of a peer opens the exchange that Send answers on.
            _exchange = _exchange == null ? exchange : _exchange;
            Opcode = opcode;
            Payload = new byte[length];
            Array.Copy(buffer, offset, Payload, 0, length);
            Count++;
        }

        public override void Aborted(Exchange exchange, long now)
        {
        }

        public override long Poll(long now)
        {
            return long.MaxValue;
        }
    }
}
