using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>Sends messages to groups: once each, for nobody acknowledges or answers them.</summary>
    public sealed class GroupTransmitter
    {
        /// <summary>Largest payload in bytes: what a datagram has beside headers and tag.</summary>
        public const int PayloadCapacity = Limits.Datagram - MessageHeader.GroupLength - ProtocolHeader.MinLength - AesCcm.TagLength;

        private readonly Outbox _outbox;
        private readonly GroupSessions _groups;
        private int _lastExchangeId;

        /// <summary>Works on the outbox and the group sessions of a node.</summary>
        /// <param name="exchanges">The node's exchanges, with their <see cref="ExchangeTable.Groups"/>.</param>
        public GroupTransmitter(ExchangeTable exchanges)
        {
            _outbox = exchanges.Outbox;
            _groups = exchanges.Groups;
        }

        /// <summary>Takes an outbox slot to write a payload into. Send it or <see cref="Discard"/> it before returning.</summary>
        /// <returns>The slot, or null if the outbox is full but for the answer that a handler may be about to give.</returns>
        public OutboxSlot NewMessage() { return _outbox.TakeSpare(); }

        /// <summary>Gives back a slot that will not be sent.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>.</param>
        public void Discard(OutboxSlot slot) { _outbox.Release(slot); }

        /// <summary>Puts headers before the payload, encrypts and queues the message for the group's multicast address.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>; given back or queued in any case.</param>
        /// <param name="handler">The protocol.</param>
        /// <param name="opcode">Its opcode.</param>
        /// <param name="length">Payload length in bytes, at most <see cref="PayloadCapacity"/>.</param>
        /// <param name="fabric">The group's fabric.</param>
        /// <param name="groupId">The group.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// 0; <see cref="MatterError.NotFound"/> if the fabric has no key for the group; or, for want of a message counter,
        /// <see cref="MatterError.StorageFailed"/> or <see cref="MatterError.DamagedRecord"/>. Then nothing is sent.
        /// </returns>
        public int Send(OutboxSlot slot, ProtocolHandler handler, int opcode, int length, Fabric fabric, int groupId, long now)
        {
            byte[] buffer = slot.Buffer;
            int payload = slot.PayloadOffset;
            int exchangeId = ++_lastExchangeId & 0xFFFF;
            int protocolHeader = ProtocolHeader.Prepend(buffer, payload, ProtocolHeader.InitiatorFlag, opcode, exchangeId, handler.ProtocolId, 0);
            int result = _groups.Seal(buffer, protocolHeader, payload + length - protocolHeader, fabric, groupId, now);
            if (result < 0)
            {
                _outbox.Release(slot);
                return result;
            }
            handler.MessagesSent++;
            slot.DatagramOffset = protocolHeader - MessageHeader.GroupLength;
            slot.DatagramLength = result;
            _outbox.Queue(slot, fabric.FabricId, groupId);
            return 0;
        }
    }
}
