namespace Matter.Nano.Device.Runtime
{
    /// <summary>Decides when a program that catches every exception had better start anew: after so many within so short a time.</summary>
    public sealed class FaultCounter
    {
        /// <summary>Faults that are borne within <see cref="WindowMs"/>; one more is too much.</summary>
        public const int Limit = 8;

        /// <summary>The time in ms after which faults are forgotten.</summary>
        public const int WindowMs = 60000;

        private int _recent;
        private long _since;

        /// <summary>All faults since the start.</summary>
        public uint Total { get; private set; }

        /// <summary>Counts a fault.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>True if the program should start anew.</returns>
        public bool Add(long now)
        {
            if (_recent == 0 || now - _since >= WindowMs)
            {
                _recent = 0;
                _since = now;
            }

            _recent++;
            Total++;
            return _recent > Limit;
        }
    }
}
