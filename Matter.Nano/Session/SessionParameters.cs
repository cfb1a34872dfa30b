using Matter.Nano.Tlv;

namespace Matter.Nano.Sessions
{
    /// <summary>The session-parameter-struct of PASE and CASE messages (Matter Core 4.13.1).</summary>
    public sealed class SessionParameters
    {
        /// <summary>SESSION_IDLE_INTERVAL in ms; 500 if the peer sends none.</summary>
        public int IdleIntervalMs { get; set; }

        /// <summary>SESSION_ACTIVE_INTERVAL in ms; 300 if the peer sends none.</summary>
        public int ActiveIntervalMs { get; set; }

        /// <summary>SESSION_ACTIVE_THRESHOLD in ms; 4000 if the peer sends none.</summary>
        public int ActiveThresholdMs { get; set; }

        /// <summary>Back to the specification's defaults.</summary>
        public void Reset() { }

        /// <summary>Reads the structure the reader stands on; unknown tags are skipped, faults stay in the reader.</summary>
        /// <param name="reader">Stands on the structure.</param>
        public void Read(TlvReader reader) { }

        /// <summary>Writes the structure.</summary>
        /// <param name="tag">Its context tag: 5, or 4 in Sigma2Resume.</param>
        /// <param name="writer">Receives it.</param>
        public void Write(int tag, TlvWriter writer) { }
    }
}
