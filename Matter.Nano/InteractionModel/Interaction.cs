using Matter.Nano.Exchanges;

namespace Matter.Nano.InteractionModel
{
    /// <summary>An interaction of more than one message: what is kept from one to the next. A reused row.</summary>
    internal sealed class Interaction
    {
        /// <summary>The row is free.</summary>
        public const int None = 0;

        /// <summary>A read with messages still to send.</summary>
        public const int Read = 1;

        /// <summary>A subscribe request up to its SubscribeResponse.</summary>
        public const int Subscribe = 2;

        /// <summary>A report of a subscription, on an exchange of ours.</summary>
        public const int Report = 3;

        /// <summary>After a TimedRequest.</summary>
        public const int Timed = 4;

        /// <summary>A write of which more chunks must come.</summary>
        public const int Write = 5;

        /// <summary>A command that is pending.</summary>
        public const int Invoke = 6;

        /// <summary>A batch of commands with messages still to send.</summary>
        public const int Responses = 7;

        // Every field of every row is 12 bytes of heap, so these share one.
        private const int IsBlockedBit = 1 << 0;
        private const int NeedsSpareBit = 1 << 1;
        private const int IsBegunBit = 1 << 2;
        private const int IsLastSentBit = 1 << 3;
        private const int IsTimedBit = 1 << 4;
        private const int SuppressResponseBit = 1 << 5;

        /// <summary>Its number plus one: <see cref="Exchange.State"/> of its exchange.</summary>
        public readonly int Handle;

        /// <summary>Paths of a read or subscribe request, <see cref="Limits.PathsPerRead"/>.</summary>
        public readonly uint[] Paths = new uint[Limits.PathsPerRead * AttributePath.Words];

        /// <summary>Where the report stands.</summary>
        public readonly ReportCursor Cursor;

        private int _flags;

        /// <summary>One of the constants above.</summary>
        public int Kind;

        /// <summary>The exchange that it runs on.</summary>
        public Exchange Exchange;

        /// <summary>When it is given up.</summary>
        public long DeadlineMs;

        /// <summary>True if the next message of a report waits for room in the outbox.</summary>
        public bool IsBlocked
        {
            get { return (_flags & IsBlockedBit) != 0; }
            set { _flags = value ? _flags | IsBlockedBit : _flags & ~IsBlockedBit; }
        }

        /// <summary>True if that message is too long to be kept in the last slot for messages of any size.</summary>
        public bool NeedsSpare
        {
            get { return (_flags & NeedsSpareBit) != 0; }
            set { _flags = value ? _flags | NeedsSpareBit : _flags & ~NeedsSpareBit; }
        }

        /// <summary>True once the first message of a report is sent.</summary>
        public bool IsBegun
        {
            get { return (_flags & IsBegunBit) != 0; }
            set { _flags = value ? _flags | IsBegunBit : _flags & ~IsBegunBit; }
        }

        /// <summary>True once the last message of a report is sent.</summary>
        public bool IsLastSent
        {
            get { return (_flags & IsLastSentBit) != 0; }
            set { _flags = value ? _flags | IsLastSentBit : _flags & ~IsLastSentBit; }
        }

        /// <summary>The subscription, for <see cref="Subscribe"/> and <see cref="Report"/>.</summary>
        public Subscription Subscription;

        /// <summary>Stamp of the model when the report began.</summary>
        public int Stamp;

        /// <summary>When the report began.</summary>
        public long BeganMs;

        /// <summary>Until when the message announced by a TimedRequest must come.</summary>
        public long TimedUntilMs;

        /// <summary>True inside a valid timed interaction.</summary>
        public bool IsTimed
        {
            get { return (_flags & IsTimedBit) != 0; }
            set { _flags = value ? _flags | IsTimedBit : _flags & ~IsTimedBit; }
        }

        /// <summary>Cluster of the attribute written last, or of the pending command; null for none.</summary>
        public Cluster Cluster;

        /// <summary>Attribute written last with success.</summary>
        public uint AttributeId;

        /// <summary>The pending command's row.</summary>
        public int CommandRow;

        /// <summary>The pending command's id.</summary>
        public uint CommandId;

        /// <summary>The pending command's reference; -1 for none.</summary>
        public int CommandReference;

        /// <summary>True if the pending command is to be executed without an answer.</summary>
        public bool SuppressResponse
        {
            get { return (_flags & SuppressResponseBit) != 0; }
            set { _flags = value ? _flags | SuppressResponseBit : _flags & ~SuppressResponseBit; }
        }

        /// <summary>Creates a free row.</summary>
        /// <param name="handle">Its number plus one.</param>
        /// <param name="clusters">Number of clusters of the node.</param>
        public Interaction(int handle, int clusters)
        {
            Handle = handle;
            Cursor = new ReportCursor(clusters);
        }
    }
}
