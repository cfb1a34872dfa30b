using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>Scalars modulo n, the order of P-256's generator; 32 bytes big-endian outside. Each call wipes its scratch.</summary>
    public sealed class P256Order
    {
        private const int N = 0;
        private const int R = 9;
        private const int RSquared = 18;
        private const int Low = 27;
        private const int High = 36;

        private readonly long[] _file = new long[45];

        /// <summary>Creates the scratch.</summary>
        public P256Order() { P256Arithmetic.LoadOrder(_file, N); }

        /// <summary>Reduces a big-endian number modulo n in constant time.</summary>
        /// <param name="result">Receives 32 bytes; may be the value's.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="value">Holds the number.</param>
        /// <param name="valueOffset">First byte.</param>
        /// <param name="valueLength">Length in bytes, 0 to 64.</param>
        public void Reduce(byte[] result, int resultOffset, byte[] value, int valueOffset, int valueLength)
        {
            long[] file = _file;
            P256Limbs.Load(file, Low, 18, value, valueOffset, valueLength);
            P256Limbs.OrderMultiply(file, High, High, RSquared, N);
            P256Limbs.OrderMultiply(file, Low, Low, R, N);
            for (int i = 0; i < P256Limbs.Length; i++) file[Low + i] += file[High + i];
            P256Limbs.Canonicalize(file, Low, N, 1);
            Finish(result, resultOffset);
        }

        /// <summary>Multiplies two scalars modulo n in constant time. Output may alias the inputs.</summary>
        /// <param name="result">Receives 32 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="left">Holds 32 bytes; any value.</param>
        /// <param name="leftOffset">First byte.</param>
        /// <param name="right">Holds 32 bytes; any value.</param>
        /// <param name="rightOffset">First byte.</param>
        public void Multiply(byte[] result, int resultOffset, byte[] left, int leftOffset, byte[] right, int rightOffset)
        {
            long[] file = _file;
            P256Limbs.Load(file, Low, left, leftOffset);
            P256Limbs.Load(file, High, right, rightOffset);
            P256Limbs.OrderMultiply(file, Low, Low, RSquared, N);
            P256Limbs.OrderMultiply(file, Low, High, Low, N);
            Finish(result, resultOffset);
        }

        /// <summary>Negates a scalar modulo n in constant time. Output may alias the input.</summary>
        /// <param name="result">Receives 32 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="value">Holds 32 bytes; any value.</param>
        /// <param name="valueOffset">First byte.</param>
        public void Negate(byte[] result, int resultOffset, byte[] value, int valueOffset)
        {
            long[] file = _file;
            P256Limbs.Load(file, Low, value, valueOffset);
            for (int i = 0; i < P256Limbs.Length; i++) file[Low + i] = -file[Low + i];
            P256Limbs.Canonicalize(file, Low, N, 3);
            Finish(result, resultOffset);
        }

        /// <summary>
        /// Draws a secret scalar from 1 to n - 1: 32 random bytes, big-endian, drawn again as long as they are out of range.
        /// Private keys, ECDSA nonces and SPAKE2+'s y all come about this way, before anything else is drawn.
        /// </summary>
        /// <param name="result">Receives 32 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="random">The source.</param>
        /// <returns>0, or <see cref="MatterError.OutOfRange"/> if the source gives nothing usable eight times in a row.</returns>
        public int Draw(byte[] result, int resultOffset, IRandom random)
        {
            bool drawn = P256Limbs.Draw(_file, Low, random, result, resultOffset, N);
            Array.Clear(_file, Low, 18);
            return drawn ? 0 : MatterError.OutOfRange;
        }

        private void Finish(byte[] result, int resultOffset)
        {
            P256Limbs.Store(result, resultOffset, _file, Low);
            Array.Clear(_file, Low, 18);
        }
    }
}
