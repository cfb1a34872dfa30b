using System;

namespace Matter.Nano.Crypto
{
    /// <summary>Comparison whose time does not depend on the bytes.</summary>
    public static class ConstantTime
    {
        /// <summary>Compares two byte ranges; the time depends on <paramref name="length"/> only.</summary>
        /// <param name="left">First array.</param>
        /// <param name="leftOffset">Its first byte.</param>
        /// <param name="right">Second array.</param>
        /// <param name="rightOffset">Its first byte.</param>
        /// <param name="length">Bytes to compare.</param>
        /// <returns>True if all are equal.</returns>
        public static bool Equals(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        {
            ulong difference = 0;
            for (; length >= 8; length -= 8)
            {
                difference |= BitConverter.ToUInt64(left, leftOffset) ^ BitConverter.ToUInt64(right, rightOffset);
                leftOffset += 8;
                rightOffset += 8;
            }
            for (int i = 0; i < length; i++)
            {
                difference |= (uint)(left[leftOffset + i] ^ right[rightOffset + i]);
            }
            return difference == 0;
        }
    }
}
