namespace Matter.Nano.Device.Runtime
{
    /// <summary>
    /// Time that never goes back, over a counter that may: nanoFramework's tick count on an ESP32 starts again at zero after
    /// 497 days.
    /// </summary>
    public sealed class MonotonicTime
    {
        private long _last;
        private long _offset;

        /// <summary>Takes a reading of the counter.</summary>
        /// <param name="reading">The counter in ms. Where it is lower than the one before, no time has passed.</param>
        /// <returns>Monotonic ms.</returns>
        public long Advance(long reading)
        {
            if (reading < _last)
            {
                _offset += _last - reading;
            }

            _last = reading;
            return reading + _offset;
        }
    }
}
