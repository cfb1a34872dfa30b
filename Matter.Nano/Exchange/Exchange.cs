using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>One conversation on a session (Matter Core 4.10); a reused row.</summary>
    public sealed class Exchange
    {
        // What is known of the peer's last reliable message.
        internal const int NoAck = 0;
        internal const int AckOwed = 1;
        internal const int AckSent = 2;     // repeated with every message: the ack that went out may be lost

        private readonly ExchangeTable _table;

        internal Exchange(ExchangeTable table)
        {
            _table = table;
        }

        /// <summary>The session it runs on; null once the exchange is over.</summary>
        public Session Session { get; internal set; }

        /// <summary>Exchange id.</summary>
        public int Id { get; internal set; }

        /// <summary>True if this side opened it.</summary>
        public bool IsInitiator { get; internal set; }

        /// <summary>Counts the uses of this row; a kept number that differs marks a stale handle.</summary>
        public int Generation { get; internal set; }

        /// <summary>The protocol's own state number or row index; 0 in a new exchange.</summary>
        public int State { get; set; }

        /// <summary>True while a reliable message waits for its ack: another one cannot be sent.</summary>
        public bool IsSending { get { return Unacknowledged != null; } }

        internal ProtocolHandler Handler { get; set; }

        // False once the protocol has closed it.
        internal bool IsOpen { get; set; }

        internal int AckState { get; set; }

        internal uint AckCounter { get; set; }

        internal long AckDeadlineMs { get; set; }

        // The reliable message under way.
        internal OutboxSlot Unacknowledged { get; set; }

        internal int Transmissions { get; set; }

        internal long ResendDeadlineMs { get; set; }

        /// <summary>
        /// Takes an outbox slot to write a payload into. Send it or <see cref="Discard"/> it before returning.
        /// During <see cref="ProtocolHandler.Receive"/> the first call always gets one.
        /// </summary>
        /// <returns>The slot, or null if the outbox is full.</returns>
        public OutboxSlot NewMessage() { return _table.Outbox.Take(); }

        /// <summary>Gives back a slot that will not be sent.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>.</param>
        public void Discard(OutboxSlot slot) { _table.Outbox.Release(slot); }

        /// <summary>Puts headers before the payload, carries along an ack, encrypts and queues the message.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>; given back or queued in any case.</param>
        /// <param name="opcode">The protocol's opcode.</param>
        /// <param name="length">Payload length in bytes.</param>
        /// <param name="reliable">True to have it acknowledged and resent (MRP); one at a time per exchange.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or <see cref="MatterError.InvalidState"/> if a reliable message is still unacknowledged or the session is gone.</returns>
        public int Send(OutboxSlot slot, int opcode, int length, bool reliable, long now)
        {
            return _table.Send(this, slot, opcode, length, reliable, now);
        }

        /// <summary>Sends an owed ack at once as a standalone ack: before any long computation.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Acknowledge(long now)
        {
            if (AckState == AckOwed) _table.SendOwedAck(this);
        }

        /// <summary>The protocol is through with it. The row lives on until its last message is acknowledged and its acks are out.</summary>
        public void Close() { _table.CloseExchange(this); }
    }
}
