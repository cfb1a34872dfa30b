using Matter.Nano.Tlv;

namespace Matter.Nano.Sessions
{
    /// <summary>
    /// The session-parameter-struct of PASE and CASE messages (Matter Core 4.13.1). One instance says what this node
    /// wants of its peers; others receive what a peer wants.
    /// </summary>
    public sealed class SessionParameters
    {
        /// <summary>SESSION_IDLE_INTERVAL in ms of a node that sends none.</summary>
        public const int DefaultIdleIntervalMs = 500;

        /// <summary>SESSION_ACTIVE_INTERVAL in ms of a node that sends none.</summary>
        public const int DefaultActiveIntervalMs = 300;

        /// <summary>SESSION_ACTIVE_THRESHOLD in ms of a node that sends none.</summary>
        public const int DefaultActiveThresholdMs = 4000;

        /// <summary>Largest interval in ms: an hour. A peer's larger one counts as this.</summary>
        public const int MaxIntervalMs = 3600000;

        private const int IdleIntervalTag = 1;
        private const int ActiveIntervalTag = 2;
        private const int ActiveThresholdTag = 3;
        private const int DataModelRevisionTag = 4;
        private const int InteractionModelRevisionTag = 5;
        private const int SpecificationVersionTag = 6;
        private const int MaxPathsPerInvokeTag = 7;

        /// <summary>Starts with the specification's defaults.</summary>
        public SessionParameters()
        {
            Reset();
        }

        /// <summary>SESSION_IDLE_INTERVAL in ms; 500 if the peer sends none.</summary>
        public int IdleIntervalMs { get; set; }

        /// <summary>SESSION_ACTIVE_INTERVAL in ms; 300 if the peer sends none.</summary>
        public int ActiveIntervalMs { get; set; }

        /// <summary>SESSION_ACTIVE_THRESHOLD in ms; 4000 if the peer sends none.</summary>
        public int ActiveThresholdMs { get; set; }

        /// <summary>Back to the specification's defaults.</summary>
        public void Reset()
        {
            IdleIntervalMs = DefaultIdleIntervalMs;
            ActiveIntervalMs = DefaultActiveIntervalMs;
            ActiveThresholdMs = DefaultActiveThresholdMs;
        }

        /// <summary>
        /// Reads the structure the reader stands on, from the defaults on; other tags are skipped, faults stay in the
        /// reader, whose caller then throws the values away.
        /// </summary>
        /// <param name="reader">Stands on the structure.</param>
        public void Read(TlvReader reader)
        {
            Reset();
            reader.Enter();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case IdleIntervalTag:
                        IdleIntervalMs = Interval(reader, DefaultIdleIntervalMs);
                        break;
                    case ActiveIntervalTag:
                        ActiveIntervalMs = Interval(reader, DefaultActiveIntervalMs);
                        break;
                    case ActiveThresholdTag:
                        ActiveThresholdMs = (int)reader.GetUnsigned(0xFFFF);
                        break;
                }
            }
            reader.Exit();
        }

        /// <summary>Writes the structure, with the revisions that this node implements.</summary>
        /// <param name="tag">Its context tag: 5, or 4 in Sigma2Resume.</param>
        /// <param name="writer">Receives it.</param>
        public void Write(int tag, TlvWriter writer)
        {
            writer.StartStructure(tag);
            writer.PutUnsigned(IdleIntervalTag, (ulong)IdleIntervalMs);
            writer.PutUnsigned(ActiveIntervalTag, (ulong)ActiveIntervalMs);
            writer.PutUnsigned(ActiveThresholdTag, (ulong)ActiveThresholdMs);
            writer.PutUnsigned(DataModelRevisionTag, Revisions.DataModel);
            writer.PutUnsigned(InteractionModelRevisionTag, Revisions.InteractionModel);
            writer.PutUnsigned(SpecificationVersionTag, Revisions.Specification);
            writer.PutUnsigned(MaxPathsPerInvokeTag, Limits.PathsPerInvoke);
            writer.EndContainer();
        }

        /// <summary>Sets the peer's intervals on the session that leads to it.</summary>
        /// <param name="session">The session.</param>
        public void ApplyTo(Session session)
        {
            session.IdleIntervalMs = IdleIntervalMs;
            session.ActiveIntervalMs = ActiveIntervalMs;
            session.ActiveThresholdMs = ActiveThresholdMs;
        }

        // An interval of zero would spend all transmissions at once: it counts as not sent.
        private static int Interval(TlvReader reader, int standard)
        {
            ulong interval = reader.GetUnsigned(0xFFFFFFFF);
            if (interval == 0) return standard;
            return interval > MaxIntervalMs ? MaxIntervalMs : (int)interval;
        }
    }
}
