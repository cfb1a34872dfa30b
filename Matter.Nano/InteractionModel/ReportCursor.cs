namespace Matter.Nano.InteractionModel
{
    /// <summary>What a report must hold and how far it has got: all that is kept between its chunks.</summary>
    internal sealed class ReportCursor
    {
        // Every field of every cursor is 12 bytes of heap, so these share one.
        private const int HasSubscriptionBit = 1 << 0;
        private const int ChangesOnlyBit = 1 << 1;
        private const int IsFabricFilteredBit = 1 << 2;
        private const int SuppressResponseBit = 1 << 3;
        private const int HasEventsBit = 1 << 4;
        private const int IsInClusterBit = 1 << 5;

        /// <summary>Path words, see <see cref="AttributePath"/>: an interaction's own, or all subscriptions'.</summary>
        public uint[] Paths;

        /// <summary>First word of the first path.</summary>
        public int PathsOffset;

        /// <summary>Number of paths.</summary>
        public int PathCount;

        /// <summary>One bit for each cluster by its ordinal: the reader has its present data, by DataVersion.</summary>
        public readonly uint[] Known;

        private int _flags;

        /// <summary>True for a subscription's report.</summary>
        public bool HasSubscription
        {
            get { return (_flags & HasSubscriptionBit) != 0; }
            set { _flags = value ? _flags | HasSubscriptionBit : _flags & ~HasSubscriptionBit; }
        }

        /// <summary>The subscription's id.</summary>
        public uint SubscriptionId;

        /// <summary>True to report only what changed after <see cref="Since"/>.</summary>
        public bool ChangesOnly
        {
            get { return (_flags & ChangesOnlyBit) != 0; }
            set { _flags = value ? _flags | ChangesOnlyBit : _flags & ~ChangesOnlyBit; }
        }

        /// <summary>Stamp of the report before.</summary>
        public int Since;

        /// <summary>True if the reader wants no entries of other fabrics.</summary>
        public bool IsFabricFiltered
        {
            get { return (_flags & IsFabricFilteredBit) != 0; }
            set { _flags = value ? _flags | IsFabricFilteredBit : _flags & ~IsFabricFilteredBit; }
        }

        /// <summary>True if the last chunk needs no StatusResponse.</summary>
        public bool SuppressResponse
        {
            get { return (_flags & SuppressResponseBit) != 0; }
            set { _flags = value ? _flags | SuppressResponseBit : _flags & ~SuppressResponseBit; }
        }

        /// <summary>True if one of the paths is an EventPathIB.</summary>
        public bool HasEvents
        {
            get { return (_flags & HasEventsBit) != 0; }
            set { _flags = value ? _flags | HasEventsBit : _flags & ~HasEventsBit; }
        }

        /// <summary>Number of the first event to report.</summary>
        public ulong EventsFrom;

        /// <summary>Number behind the last event to report: those raised since the report began are for another one.</summary>
        public ulong EventsEnd;

        /// <summary>Present path; what comes before is reported. Goes through all paths twice, the second time for errors of event paths.</summary>
        public int Path;

        /// <summary>Present endpoint by position, of a wildcard path.</summary>
        public int Endpoint;

        /// <summary>Present cluster by position.</summary>
        public int Cluster;

        /// <summary>True once <see cref="Attribute"/> stands in the present cluster: its filters let it pass.</summary>
        public bool IsInCluster
        {
            get { return (_flags & IsInClusterBit) != 0; }
            set { _flags = value ? _flags | IsInClusterBit : _flags & ~IsInClusterBit; }
        }

        /// <summary>Present attribute by row.</summary>
        public int Attribute;

        /// <summary>Next item of the present list; 0 if it is not begun.</summary>
        public int Item;

        /// <summary>DataVersion under which the list was begun: another one begins it anew.</summary>
        public uint ItemVersion;

        /// <summary>Creates a cursor.</summary>
        /// <param name="clusters">Number of clusters of the node.</param>
        public ReportCursor(int clusters)
        {
            Known = new uint[(clusters + 31) / 32];
        }

        /// <summary>Back to the first path, all filters gone.</summary>
        public void Start()
        {
            uint[] known = Known;
            for (int i = 0; i < known.Length; i++)
            {
                known[i] = 0;
            }

            Path = 0;
            StartPath();
        }

        /// <summary>Takes another cursor's place in the same report.</summary>
        /// <param name="other">The other one.</param>
        public void CopyPosition(ReportCursor other)
        {
            EventsFrom = other.EventsFrom;
            Path = other.Path;
            Endpoint = other.Endpoint;
            Cluster = other.Cluster;
            IsInCluster = other.IsInCluster;
            Attribute = other.Attribute;
            Item = other.Item;
            ItemVersion = other.ItemVersion;
        }

        /// <summary>Back to the beginning of the present path.</summary>
        public void StartPath()
        {
            Endpoint = 0;
            Cluster = 0;
            IsInCluster = false;
            Attribute = 0;
            Item = 0;
        }

        /// <summary>Takes a cluster as known to the reader.</summary>
        /// <param name="ordinal">Its number; beyond those of start-up it may be forgotten at once.</param>
        public void SetKnown(int ordinal)
        {
            if (ordinal >> 5 < Known.Length)
            {
                Known[ordinal >> 5] |= 1u << (ordinal & 31);
            }
        }

        /// <summary>Whether the reader knows a cluster.</summary>
        /// <param name="ordinal">Its number.</param>
        /// <returns>True if it need not be reported.</returns>
        public bool IsKnown(int ordinal)
        {
            return ordinal >> 5 < Known.Length && (Known[ordinal >> 5] & 1u << (ordinal & 31)) != 0;
        }
    }
}
