namespace Matter.Nano
{
    /// <summary>
    /// Where each persistent value lives in the key-value store: an area in bits 48 to 62, below it what the area needs.
    /// A key, once released, keeps its meaning.
    /// </summary>
    public static class StoreKey
    {
        private const int AreaShift = 48;

        /// <summary>The fabric index assigned last: one byte.</summary>
        public const long LastFabricIndex = 1L << AreaShift;

        /// <summary>The node's unique id: 16 random bytes, drawn at the first start.</summary>
        public const long UniqueId = 4L << AreaShift;

        /// <summary>A fabric with keys, certificates, access control entries, group keys; plus its row in the table.</summary>
        public const long Fabric = 2L << AreaShift;

        /// <summary>How a peer resumes CASE: 85 bytes; plus its row in the table.</summary>
        public const long Resumption = 5L << AreaShift;

        /// <summary>The counter of messages sent to groups: 16 bytes.</summary>
        public const long GroupDataCounter = 6L << AreaShift;

        /// <summary>The mark that an application leaves before it restarts by itself: one byte, its reason.</summary>
        public const long BootReason = 7L << AreaShift;

        /// <summary>The event numbers that may be in use: 16 bytes.</summary>
        public const long EventNumber = 8L << AreaShift;

        /// <summary>A Wi-Fi network that counts if the fabric that it was configured with does: 115 bytes, between two writes only.</summary>
        public const long PendingNetwork = 9L << AreaShift;

        /// <summary>ConfigurationVersion, a digest of what the node is made of, the highest endpoint number that came or went while it ran: 10 bytes.</summary>
        public const long Configuration = 10L << AreaShift;

        /// <summary>A fabric's subscriptions: 9 bytes, 18 for each, 12 for each path; plus its row in the table.</summary>
        public const long Subscriptions = 11L << AreaShift;

        /// <summary>What a cluster saved; plus its endpoint in bits 32 to 47 and its id below.</summary>
        public const long Cluster = 3L << AreaShift;
    }
}
