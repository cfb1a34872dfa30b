namespace Matter.Nano.Device.Network
{
    /// <summary>When to try again what failed: after a second, then ever later, up to a minute.</summary>
    public sealed class Backoff
    {
        /// <summary>The first wait in ms.</summary>
        public const int FirstMs = 1000;

        /// <summary>The longest wait in ms.</summary>
        public const int LongestMs = 60000;

        private int _waitMs = FirstMs;

        /// <summary>When to try next, monotonic ms; long.MinValue for at once.</summary>
        public long RetryAt { get; private set; } = long.MinValue;

        /// <summary>An attempt failed.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Failed(long now)
        {
            RetryAt = now + _waitMs;
            _waitMs = _waitMs < LongestMs / 2 ? _waitMs * 2 : LongestMs;
        }

        /// <summary>An attempt succeeded, or there is reason for new hope: the next one may be made at once.</summary>
        public void Reset()
        {
            RetryAt = long.MinValue;
            _waitMs = FirstMs;
        }
    }
}
