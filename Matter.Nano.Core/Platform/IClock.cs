namespace Matter.Nano.Platform
{
    /// <summary>Monotonic time, for drivers only: the core is told the time and never asks.</summary>
    public interface IClock
    {
        /// <summary>Milliseconds since an arbitrary start; never goes back.</summary>
        long NowMs { get; }
    }
}
