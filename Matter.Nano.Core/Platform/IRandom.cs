namespace Matter.Nano.Platform
{
    /// <summary>A cryptographically secure random source.</summary>
    public interface IRandom
    {
        /// <summary>Fills <paramref name="length"/> bytes of <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
        /// <param name="buffer">The caller's array; not kept.</param>
        /// <param name="offset">First byte to fill.</param>
        /// <param name="length">Number of bytes to fill.</param>
        void Fill(byte[] buffer, int offset, int length);
    }
}
