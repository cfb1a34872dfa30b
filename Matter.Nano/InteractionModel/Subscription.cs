using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>One row of the subscription table. Every field of every row is 12 bytes of heap, so small values share one.</summary>
    internal sealed class Subscription
    {
        private const int ActiveBit = 1;
        private const int ReportingBit = 2;
        private const int FilteredBit = 4;
        private const int EventsBit = int.MinValue;
        private const int CountShift = 3;
        private const int CountMask = 0xFF;
        private const int OffsetShift = 11;
        private const int OffsetMask = 0xFFF;
        private const int FabricShift = 23;
        private const int FabricMask = 0xFF;

        private int _state;
        private uint _intervals;    // in seconds, the longest above the shortest

        /// <summary>Subscription id; 0 marks a free row.</summary>
        public uint Id;

        /// <summary>False until its SubscribeResponse is sent.</summary>
        public bool IsActive
        {
            get { return (_state & ActiveBit) != 0; }
            set { _state = value ? _state | ActiveBit : _state & ~ActiveBit; }
        }

        /// <summary>True if it comes from before a restart and its subscriber doesn't know yet: it has no session.</summary>
        public bool IsDormant { get { return Id != 0 && Session == null; } }

        /// <summary>True while a report of it is under way.</summary>
        public bool IsReporting
        {
            get { return (_state & ReportingBit) != 0; }
            set { _state = value ? _state | ReportingBit : _state & ~ReportingBit; }
        }

        /// <summary>The session that it goes over; null while it is dormant.</summary>
        public Session Session;

        /// <summary>The subscriber's fabric; 0 under PASE.</summary>
        public int FabricIndex
        {
            get { return _state >> FabricShift & FabricMask; }
            set { _state = (_state & ~(FabricMask << FabricShift)) | (value << FabricShift); }
        }

        /// <summary>The subscriber's node id; 0 under PASE.</summary>
        public ulong PeerNodeId;

        /// <summary>True if the subscriber wants no entries of other fabrics.</summary>
        public bool IsFabricFiltered
        {
            get { return (_state & FilteredBit) != 0; }
            set { _state = value ? _state | FilteredBit : _state & ~FilteredBit; }
        }

        /// <summary>True if one of its paths is an EventPathIB.</summary>
        public bool HasEvents
        {
            get { return (_state & EventsBit) != 0; }
            set { _state = value ? _state | EventsBit : _state & ~EventsBit; }
        }

        /// <summary>Shortest time between reports in ms.</summary>
        public int MinIntervalMs { get { return (int)(_intervals & 0xFFFF) * 1000; } }

        /// <summary>Longest time between reports in ms.</summary>
        public int MaxIntervalMs { get { return (int)(_intervals >> 16) * 1000; } }

        /// <summary>When the last report was begun.</summary>
        public long LastReportMs;

        /// <summary>Stamp of the model up to which changes have been reported.</summary>
        public int ReportedStamp;

        /// <summary>Number of the first event that has not been reported.</summary>
        public ulong EventsFrom;

        /// <summary>First word of its paths in the table's pool.</summary>
        public int PathsOffset
        {
            get { return _state >> OffsetShift & OffsetMask; }
            set { _state = (_state & ~(OffsetMask << OffsetShift)) | (value << OffsetShift); }
        }

        /// <summary>Number of its paths.</summary>
        public int PathCount
        {
            get { return _state >> CountShift & CountMask; }
            set { _state = (_state & ~(CountMask << CountShift)) | (value << CountShift); }
        }

        /// <summary>Sets the shortest and the longest time between reports.</summary>
        /// <param name="minSeconds">16 bits.</param>
        /// <param name="maxSeconds">16 bits.</param>
        public void SetIntervals(int minSeconds, int maxSeconds)
        {
            _intervals = ((uint)maxSeconds << 16) | (uint)minSeconds;
        }
    }
}
