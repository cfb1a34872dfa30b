namespace Matter.Nano.Fabrics
{
    /// <summary>UTC, as far as the driver knows it: kept as its distance from the monotonic time.</summary>
    public sealed class UtcClock
    {
        private bool _isKnown;
        private long _startMs;      // UTC at monotonic 0, in ms since 2000-01-01

        /// <summary>Sets the clock, or makes the time unknown again.</summary>
        /// <param name="seconds">UTC in seconds since 2000-01-01; 0 for unknown.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Set(uint seconds, long now)
        {
            _isKnown = seconds != 0;
            _startMs = seconds * 1000L - now;
        }

        /// <summary>Reads the clock.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>UTC in seconds since 2000-01-01; 0 if unknown.</returns>
        public uint GetSeconds(long now)
        {
            return _isKnown ? (uint)((_startMs + now) / 1000) : 0;
        }

        /// <summary>Reads the clock as the data model's epoch-us; as exact as whoever set it, in steps of a ms.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>UTC in µs since 2000-01-01; 0 if unknown.</returns>
        public ulong GetMicroseconds(long now)
        {
            return _isKnown ? (ulong)(_startMs + now) * 1000 : 0;
        }
    }
}
