using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>One conversation on a session (Matter Core 4.10); a reused row.</summary>
    public sealed class Exchange
    {
        /// <summary>The session it runs on.</summary>
        public Session Session { get; internal set; }

        /// <summary>Exchange id.</summary>
        public int Id { get; internal set; }

        /// <summary>True if this side opened it.</summary>
        public bool IsInitiator { get; internal set; }

        /// <summary>Counts the uses of this row; a kept number that differs marks a stale handle.</summary>
        public int Generation { get; internal set; }

        /// <summary>The protocol's own state number or row index; 0 in a new exchange.</summary>
        public int State { get; set; }

        /// <summary>Takes an outbox slot to write a payload into. Send it or <see cref="Discard"/> it before returning.</summary>
        /// <returns>The slot, or null if the outbox is full.</returns>
        public OutboxSlot NewMessage() { return null; }

        /// <summary>Gives back a slot that will not be sent.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>.</param>
        public void Discard(OutboxSlot slot) { }

        /// <summary>Puts headers before the payload, carries along an owed ack, encrypts and queues the message.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>.</param>
        /// <param name="opcode">The protocol's opcode.</param>
        /// <param name="length">Payload length in bytes.</param>
        /// <param name="reliable">True to have it acknowledged and resent (MRP); one at a time per exchange.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or <see cref="MatterError.InvalidState"/> if a reliable message is still unacknowledged or the session is gone.</returns>
        public int Send(OutboxSlot slot, int opcode, int length, bool reliable, long now) { return 0; }

        /// <summary>Sends an owed ack at once as a standalone ack: before any long computation.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Acknowledge(long now) { }

        /// <summary>The protocol is through with it. The row lives on until its last message is acknowledged and its acks are out.</summary>
        public void Close() { }
    }
}
