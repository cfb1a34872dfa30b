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
            int difference = 0;
            for (int i = 0; i < length; i++)
            {
                difference |= left[leftOffset + i] ^ right[rightOffset + i];
            }
            return difference == 0;
        }
    }
}
