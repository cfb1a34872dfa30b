using System;
using Matter.Nano.Device.Runtime;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>Time since the start, from the scheduler's ticks of 10 ms: setting the wall clock (SNTP) doesn't move it.</summary>
    internal sealed class TickClock : IClock
    {
        private readonly MonotonicTime _time = new MonotonicTime();

        /// <inheritdoc/>
        public long NowMs { get { return _time.Advance(Environment.TickCount64); } }
    }
}
