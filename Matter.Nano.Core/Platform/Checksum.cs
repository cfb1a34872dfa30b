using System;

namespace Matter.Nano.Platform
{
    /// <summary>
    /// Tells stored bytes that were damaged from whole ones: 64 bits, at 3 instructions of the interpreter for a byte. Damage
    /// within eight bytes in a row that a multiple of eight begins is always seen, other damage but for a chance of 2^-64.
    /// No cryptography: whoever can write the store can make it right.
    /// </summary>
    public static class Checksum
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 8;

        // Odd, so that multiplying can be undone, with bits everywhere: 2^64 over the golden ratio.
        private const ulong Factor = 0x9E3779B97F4A7C15;

        /// <summary>Writes the checksum of a range behind it.</summary>
        /// <param name="buffer">Holds the bytes and has room for 8 more.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public static void Put(byte[] buffer, int offset, int length)
        {
            ulong sum = Compute(buffer, offset, length);
            offset += length;
            for (int i = 0; i < Length; i++)
            {
                buffer[offset + i] = (byte)sum;
                sum >>= 8;
            }
        }

        /// <summary>Tells whether the right checksum stands behind a range.</summary>
        /// <param name="buffer">Holds the bytes and 8 more.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes, without the checksum.</param>
        /// <returns>True if all is as it was when <see cref="Put"/> wrote it.</returns>
        public static bool IsRight(byte[] buffer, int offset, int length)
        {
            return Compute(buffer, offset, length) == BitConverter.ToUInt64(buffer, offset + length);
        }

        // Each step can be undone, so what differs once differs to the end.
        private static ulong Compute(byte[] buffer, int offset, int length)
        {
            ulong sum = (ulong)(length + 1) * Factor;
            int end = offset + length;
            for (; offset <= end - 8; offset += 8)
            {
                sum = (sum ^ BitConverter.ToUInt64(buffer, offset)) * Factor;
                sum ^= sum >> 32;
            }

            ulong rest = 0;
            for (; offset < end; offset++)
            {
                rest = rest << 8 | buffer[offset];
            }

            sum = (sum ^ rest) * Factor;
            return sum ^ sum >> 32;
        }
    }
}
