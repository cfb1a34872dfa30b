using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Messages;

namespace Matter.Nano.Tests.Desktop.AppleHome
{
    /// <summary>One datagram that the node sent.</summary>
    internal sealed class NodeDatagram
    {
        public NodeDatagram(long timeMs, byte[] datagram, MessageHeader header, ProtocolHeader protocol, byte[] message)
        {
            TimeMs = timeMs;
            Datagram = datagram;
            SessionId = header.SessionId;
            ExchangeId = protocol.ExchangeId;
            IsByInitiator = protocol.IsInitiator;
            ProtocolId = protocol.ProtocolId;
            Opcode = protocol.Opcode;
            Payload = message.AsSpan(protocol.PayloadOffset, protocol.PayloadLength).ToArray();
        }

        /// <summary>ms from the first recorded datagram.</summary>
        public long TimeMs { get; }

        public byte[] Datagram { get; }

        public int SessionId { get; }

        public int ExchangeId { get; }

        /// <summary>True on an exchange that the node opened.</summary>
        public bool IsByInitiator { get; }

        public int ProtocolId { get; }

        public int Opcode { get; }

        public byte[] Payload { get; }

        /// <summary>True for what is more than an ack on an exchange that the controller opened.</summary>
        public bool IsAnswer
        {
            get { return !IsByInitiator && (ProtocolId != ProtocolHeader.SecureChannel || Opcode != Mrp.StandaloneAckOpcode); }
        }
    }
}
