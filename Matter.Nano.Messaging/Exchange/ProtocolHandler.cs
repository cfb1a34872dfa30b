namespace Matter.Nano.Exchanges
{
    /// <summary>A protocol carried on exchanges: Secure Channel or Interaction Model.</summary>
    public abstract class ProtocolHandler
    {
        /// <summary>Protocol id in the payload header.</summary>
        public abstract int ProtocolId { get; }

        /// <summary>Messages sent since start-up, resends not counted.</summary>
        public uint MessagesSent { get; internal set; }

        /// <summary>Messages received since start-up, duplicates not counted.</summary>
        public uint MessagesReceived { get; internal set; }

        /// <summary>
        /// A new, authenticated, non-duplicate message. Its bytes are valid only during the call. The exchange stays open
        /// until the handler closes it; a handler that is not interested closes it at once. There is room in the outbox for
        /// one answer of any size: a message for which there is none is dropped before it gets here, and comes again.
        /// </summary>
        /// <param name="exchange">The exchange; new if the peer just opened it.</param>
        /// <param name="opcode">Opcode.</param>
        /// <param name="buffer">Holds the payload.</param>
        /// <param name="offset">First payload byte.</param>
        /// <param name="length">Payload length in bytes.</param>
        /// <param name="now">Monotonic ms.</param>
        public abstract void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now);

        /// <summary>
        /// An exchange that the handler had not closed is gone: its session closes or its reliable message was given up.
        /// Nothing can be sent on it any more.
        /// </summary>
        /// <param name="exchange">The exchange; its row is freed after the call.</param>
        /// <param name="now">Monotonic ms.</param>
        public abstract void Aborted(Exchange exchange, long now);

        /// <summary>The peer acknowledged the handler's reliable message on an exchange still open.</summary>
        /// <param name="exchange">The exchange.</param>
        /// <param name="now">Monotonic ms.</param>
        public virtual void Acknowledged(Exchange exchange, long now)
        {
        }

        /// <summary>Bounded work that is due.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; <paramref name="now"/> for at once, long.MaxValue for never.</returns>
        public abstract long Poll(long now);
    }
}
