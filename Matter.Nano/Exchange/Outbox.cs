namespace Matter.Nano.Exchanges
{
    /// <summary>What the node wants sent, in order, in a fixed number of slots.</summary>
    public sealed class Outbox
    {
        /// <summary>Takes the next datagram to send; the slot stays valid until the driver's next call into the node.</summary>
        /// <returns>The slot, or null if there is nothing to send now.</returns>
        public OutboxSlot Next() { return null; }
    }
}
