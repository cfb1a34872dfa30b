namespace Matter.Nano.Exchanges
{
    /// <summary>Numbers of the Message Reliability Protocol (Matter Core 4.12).</summary>
    public static class Mrp
    {
        /// <summary>MRP_MAX_TRANSMISSIONS: how often a message is sent in all.</summary>
        public const int MaxTransmissions = 5;

        /// <summary>MRP_STANDALONE_ACK_TIMEOUT in ms: how long an ack waits for a message to travel with.</summary>
        public const int StandaloneAckMs = 200;

        /// <summary>Opcode of a standalone ack in the Secure Channel protocol.</summary>
        public const int StandaloneAckOpcode = 0x10;

        // MRP_BACKOFF_MARGIN 1.1, MRP_BACKOFF_BASE 1.6, MRP_BACKOFF_JITTER 0.25, MRP_BACKOFF_THRESHOLD 1.
        private const int MarginTenths = 11;
        private const int BaseTenths = 16;
        private const int JitterShift = 10;
        private const int MaxExponent = MaxTransmissions - 1;

        /// <summary>How long to wait for an ack: interval × 1.1 × 1.6^max(0, n - 1) × (1 + jitter), rounded down.</summary>
        /// <param name="intervalMs">The peer's active or idle interval, at most <see cref="Sessions.SessionParameters.MaxIntervalMs"/>.</param>
        /// <param name="transmission">n: 0 after the first transmission; beyond 5 like 5.</param>
        /// <param name="random">0 to 255, for a jitter of 0 to just below 0.25.</param>
        /// <returns>Milliseconds.</returns>
        public static long BackoffMs(int intervalMs, int transmission, int random)
        {
            // At most 3.6e6 × 11 × 16^4 × 1279 < 2^52.
            long numerator = (long)intervalMs * MarginTenths;
            long denominator = 10;
            int exponent = transmission - 1 < MaxExponent ? transmission - 1 : MaxExponent;
            for (; exponent > 0; exponent--)
            {
                numerator *= BaseTenths;
                denominator *= 10;
            }
            return numerator * ((1 << JitterShift) + random) / (denominator << JitterShift);
        }
    }
}
