using System;
using System.Security.Cryptography;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The operating system's random source.</summary>
    internal sealed class SystemRandom : IRandom
    {
        public void Fill(byte[] buffer, int offset, int length)
        {
            RandomNumberGenerator.Fill(buffer.AsSpan(offset, length));
        }
    }
}
