using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>One row of the subscription table.</summary>
    internal sealed class Subscription
    {
        /// <summary>Subscription id; 0 marks a free row.</summary>
        public uint Id;

        /// <summary>False until its SubscribeResponse is sent.</summary>
        public bool IsActive;

        /// <summary>True while a report of it is under way.</summary>
        public bool IsReporting;

        /// <summary>The session that it goes over.</summary>
        public Session Session;

        /// <summary>The subscriber's fabric; 0 under PASE.</summary>
        public int FabricIndex;

        /// <summary>The subscriber's node id; 0 under PASE.</summary>
        public ulong PeerNodeId;

        /// <summary>True if the subscriber wants no entries of other fabrics.</summary>
        public bool IsFabricFiltered;

        /// <summary>Shortest time between reports in ms.</summary>
        public int MinIntervalMs;

        /// <summary>Longest time between reports in ms.</summary>
        public int MaxIntervalMs;

        /// <summary>When the last report was begun.</summary>
        public long LastReportMs;

        /// <summary>Stamp of the model up to which changes have been reported.</summary>
        public int ReportedStamp;

        /// <summary>First word of its paths in the table's pool.</summary>
        public int PathsOffset;

        /// <summary>Number of its paths.</summary>
        public int PathCount;
    }
}
