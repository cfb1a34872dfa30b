using Matter.Nano.Platform;

namespace Matter.Nano.Tests
{
    /// <summary>A random source that repeats itself: xorshift32.</summary>
    internal sealed class SeededRandom : IRandom
    {
        private uint _state;

        /// <summary>Starts from a seed.</summary>
        public SeededRandom(uint seed)
        {
            _state = seed * 2654435761u + 1;
        }

        /// <summary>The next 32 bits.</summary>
        public uint Next()
        {
            uint x = _state;
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            _state = x;
            return x;
        }

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < length; i++) buffer[offset + i] = (byte)(Next() >> 11);
        }
    }
}
