namespace Matter.Nano.Crypto
{
    /// <summary>Scalars modulo n, the order of P-256's generator; 32 bytes big-endian outside.</summary>
    public sealed class P256Order
    {
        /// <summary>Reduces a big-endian number modulo n in constant time.</summary>
        /// <param name="result">Receives 32 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="value">Holds the number.</param>
        /// <param name="valueOffset">First byte.</param>
        /// <param name="valueLength">Length in bytes, up to 64.</param>
        public void Reduce(byte[] result, int resultOffset, byte[] value, int valueOffset, int valueLength) { }

        /// <summary>Multiplies two scalars modulo n in constant time. Output may alias the inputs.</summary>
        /// <param name="result">Receives 32 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="left">Holds 32 bytes.</param>
        /// <param name="leftOffset">First byte.</param>
        /// <param name="right">Holds 32 bytes.</param>
        /// <param name="rightOffset">First byte.</param>
        public void Multiply(byte[] result, int resultOffset, byte[] left, int leftOffset, byte[] right, int rightOffset) { }
    }
}
