using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Time since the machine started; setting the wall clock doesn't move it.</summary>
    internal sealed class MonotonicClock : IClock
    {
        public long NowMs { get { return Environment.TickCount64; } }
    }
}
