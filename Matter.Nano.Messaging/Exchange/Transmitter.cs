using System;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>Makes datagrams of payloads, and the two messages that the exchange layer sends on its own account.</summary>
    internal sealed class Transmitter
    {
        private const int StatusReportOpcode = 0x40;
        private const int StatusReportLength = 8;
        private const int ProtocolCodeOffset = 6;
        private const int CloseSession = 3;

        private readonly SessionTable _sessions;
        private readonly MessageSecurity _security;
        private readonly Outbox _outbox;

        internal Transmitter(SessionTable sessions, MessageSecurity security, Outbox outbox)
        {
            _sessions = sessions;
            _security = security;
            _outbox = outbox;
        }

        internal int AckPatienceMs { get; set; }

        /// <summary>When the first of the exchanges has something to do; 0 after each call that may have changed it.</summary>
        internal long DueMs { get; set; }

        internal SessionTable Sessions { get { return _sessions; } }

        internal Outbox Outbox { get { return _outbox; } }

        /// <summary>Puts headers before the payload and the tag behind it; the message gets the session's next counter.</summary>
        internal void Seal(OutboxSlot slot, Session session, int flags, int opcode, int exchangeId, int protocolId, uint acknowledgedCounter, int length)
        {
            byte[] buffer = slot.Buffer;
            int payload = slot.PayloadOffset;
            uint counter = _sessions.TakeCounter(session);
            int protocolHeader = ProtocolHeader.Prepend(buffer, payload, flags, opcode, exchangeId, protocolId, acknowledgedCounter);
            int start;
            if (session.IsSecure)
            {
                start = MessageHeader.Prepend(buffer, protocolHeader, session.PeerSessionId, counter, 0, 0);
                slot.DatagramLength = _security.Seal(
                    buffer, start, protocolHeader - start, payload + length - start,
                    session.Keys, session.EncryptKeyOffset, session.LocalNodeId);
            }
            else
            {
                start = session.IsInitiator
                    ? MessageHeader.Prepend(buffer, protocolHeader, 0, counter, MessageHeader.SourceFlag, session.LocalNodeId)
                    : MessageHeader.Prepend(buffer, protocolHeader, 0, counter, MessageHeader.DestinationFlag, session.PeerNodeId);
                slot.DatagramLength = payload + length - start;
            }
            slot.DatagramOffset = start;
            slot.Counter = counter;
        }

        /// <summary>Queues a standalone ack.</summary>
        /// <returns>False if there is no slot for it now.</returns>
        internal bool SendAck(Session session, int exchangeId, bool initiator, uint counter)
        {
            OutboxSlot slot = _outbox.TakeSmall();
            if (slot == null) return false;
            int flags = ProtocolHeader.AcknowledgmentFlag | (initiator ? ProtocolHeader.InitiatorFlag : 0);
            Seal(slot, session, flags, Mrp.StandaloneAckOpcode, exchangeId, ProtocolHeader.SecureChannel, counter, 0);
            _outbox.Queue(slot, session);
            return true;
        }

        /// <summary>Queues a StatusReport that the session is over, if there is a slot for it: the peer is not asked to acknowledge it.</summary>
        internal void SendCloseSession(Session session, int exchangeId)
        {
            OutboxSlot slot = _outbox.TakeSmall();
            if (slot == null) slot = _outbox.Take();    // enough for every session when a node stops
            if (slot == null) return;
            Array.Clear(slot.Buffer, slot.PayloadOffset, StatusReportLength);
            slot.Buffer[slot.PayloadOffset + ProtocolCodeOffset] = CloseSession;
            Seal(slot, session, ProtocolHeader.InitiatorFlag, StatusReportOpcode, exchangeId, ProtocolHeader.SecureChannel, 0, StatusReportLength);
            _outbox.Queue(slot, session);
        }
    }
}
