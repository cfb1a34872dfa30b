using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// What P-256's field and scalars share: registers of nine 29-bit limbs (see <see cref="P256Arithmetic"/>) from and to
    /// bytes, canonical form, products modulo n. Constant time unless said otherwise.
    /// </summary>
    internal static class P256Limbs
    {
        /// <summary>Elements of a register.</summary>
        internal const int Length = 9;

        /// <summary>n inverse modulo 2^29.</summary>
        internal const long OrderInverse = 0x11ff43b1;

        /// <summary>A source of randomness that misses 1 to n - 1 so often (by chance: 2^-256) is broken.</summary>
        private const int DrawAttempts = 8;

        private const long Mask = P256Arithmetic.LimbMask;

        /// <summary>Reads a big-endian number of 32 bytes into a register.</summary>
        internal static void Load(long[] file, int at, byte[] bytes, int offset)
        {
            int last = offset + 31;
            file[at] = bytes[last] | (bytes[last - 1] << 8) | (bytes[last - 2] << 16) | ((bytes[last - 3] & 31) << 24);
            file[at + 1] = (bytes[last - 3] >> 5) | (bytes[last - 4] << 3) | (bytes[last - 5] << 11) | (bytes[last - 6] << 19) | ((bytes[last - 7] & 3) << 27);
            file[at + 2] = (bytes[last - 7] >> 2) | (bytes[last - 8] << 6) | (bytes[last - 9] << 14) | ((bytes[last - 10] & 127) << 22);
            file[at + 3] = (bytes[last - 10] >> 7) | (bytes[last - 11] << 1) | (bytes[last - 12] << 9) | (bytes[last - 13] << 17) | ((bytes[last - 14] & 15) << 25);
            file[at + 4] = (bytes[last - 14] >> 4) | (bytes[last - 15] << 4) | (bytes[last - 16] << 12) | (bytes[last - 17] << 20) | ((bytes[last - 18] & 1) << 28);
            file[at + 5] = (bytes[last - 18] >> 1) | (bytes[last - 19] << 7) | (bytes[last - 20] << 15) | ((bytes[last - 21] & 63) << 23);
            file[at + 6] = (bytes[last - 21] >> 6) | (bytes[last - 22] << 2) | (bytes[last - 23] << 10) | (bytes[last - 24] << 18) | ((bytes[last - 25] & 7) << 26);
            file[at + 7] = (bytes[last - 25] >> 3) | (bytes[last - 26] << 5) | (bytes[last - 27] << 13) | (bytes[last - 28] << 21);
            file[at + 8] = bytes[last - 29] | (bytes[last - 30] << 8) | (bytes[last - 31] << 16);
        }

        /// <summary>Reads a big-endian number into limbs, the top one of any size.</summary>
        internal static void Load(long[] file, int at, int limbs, byte[] bytes, int offset, int length)
        {
            long window = 0;
            int bits = 0;
            int end = at + limbs - 1;
            for (int i = offset + length - 1; i >= offset; i--)
            {
                window |= (long)bytes[i] << bits;
                bits += 8;
                if (bits >= 29 && at < end)
                {
                    file[at++] = window & Mask;
                    window >>= 29;
                    bits -= 29;
                }
            }

            while (at < end)
            {
                file[at++] = window & Mask;
                window >>= 29;
            }

            file[at] = window;
        }

        /// <summary>Writes a canonical register as 32 bytes, big-endian.</summary>
        internal static void Store(byte[] bytes, int offset, long[] file, int at)
        {
            int l0 = (int)file[at], l1 = (int)file[at + 1], l2 = (int)file[at + 2], l3 = (int)file[at + 3], l4 = (int)file[at + 4];
            int l5 = (int)file[at + 5], l6 = (int)file[at + 6], l7 = (int)file[at + 7], l8 = (int)file[at + 8];
            bytes[offset] = (byte)(l8 >> 16);
            bytes[offset + 1] = (byte)(l8 >> 8);
            bytes[offset + 2] = (byte)(l8);
            bytes[offset + 3] = (byte)(l7 >> 21);
            bytes[offset + 4] = (byte)(l7 >> 13);
            bytes[offset + 5] = (byte)(l7 >> 5);
            bytes[offset + 6] = (byte)((l6 >> 26) | (l7 << 3));
            bytes[offset + 7] = (byte)(l6 >> 18);
            bytes[offset + 8] = (byte)(l6 >> 10);
            bytes[offset + 9] = (byte)(l6 >> 2);
            bytes[offset + 10] = (byte)((l5 >> 23) | (l6 << 6));
            bytes[offset + 11] = (byte)(l5 >> 15);
            bytes[offset + 12] = (byte)(l5 >> 7);
            bytes[offset + 13] = (byte)((l4 >> 28) | (l5 << 1));
            bytes[offset + 14] = (byte)(l4 >> 20);
            bytes[offset + 15] = (byte)(l4 >> 12);
            bytes[offset + 16] = (byte)(l4 >> 4);
            bytes[offset + 17] = (byte)((l3 >> 25) | (l4 << 4));
            bytes[offset + 18] = (byte)(l3 >> 17);
            bytes[offset + 19] = (byte)(l3 >> 9);
            bytes[offset + 20] = (byte)(l3 >> 1);
            bytes[offset + 21] = (byte)((l2 >> 22) | (l3 << 7));
            bytes[offset + 22] = (byte)(l2 >> 14);
            bytes[offset + 23] = (byte)(l2 >> 6);
            bytes[offset + 24] = (byte)((l1 >> 27) | (l2 << 2));
            bytes[offset + 25] = (byte)(l1 >> 19);
            bytes[offset + 26] = (byte)(l1 >> 11);
            bytes[offset + 27] = (byte)(l1 >> 3);
            bytes[offset + 28] = (byte)((l0 >> 24) | (l1 << 5));
            bytes[offset + 29] = (byte)(l0 >> 16);
            bytes[offset + 30] = (byte)(l0 >> 8);
            bytes[offset + 31] = (byte)(l0);
        }

        /// <summary>
        /// Brings a value, limbs of any size and sign, into [0, m): it is below 2 m and, for 1, 2 or 3
        /// <paramref name="additions"/>, above -1, -m or -2 m.
        /// </summary>
        internal static void Canonicalize(long[] file, int at, int modulus, int additions)
        {
            // Subtract m once, then add it while the value is negative.
            long factor = -1;
            for (; additions >= 0; additions--)
            {
                long carry = 0;
                for (int i = 0; i < 8; i++)
                {
                    carry += file[at + i] + file[modulus + i] * factor;
                    file[at + i] = carry & Mask;
                    carry >>= 29;
                }

                carry += file[at + 8] + file[modulus + 8] * factor;
                file[at + 8] = carry;
                factor = -(carry >> 63);
            }
        }

        /// <summary>Tells whether a canonical register is 0.</summary>
        internal static bool IsZero(long[] file, int at)
        {
            long any = 0;
            for (int i = 0; i < Length; i++) any |= file[at + i];
            return any == 0;
        }

        /// <summary>Tells whether a register of non-negative limbs, the lower ones below 2^29, is below the modulus.</summary>
        internal static bool IsBelow(long[] file, int at, int modulus)
        {
            long carry = 0;
            for (int i = 0; i < Length; i++) carry = (carry + file[at + i] - file[modulus + i]) >> (i < 8 ? 29 : 63);
            return carry != 0;
        }

        /// <summary>Reads a scalar of 32 bytes and tells whether it is in 1 to n - 1.</summary>
        internal static bool LoadScalar(long[] file, int at, byte[] bytes, int offset, int order)
        {
            Load(file, at, bytes, offset);
            return IsBelow(file, at, order) & !IsZero(file, at);
        }

        /// <summary>
        /// Draws a scalar: 32 bytes big-endian, drawn again until they are in 1 to n - 1.
        /// </summary>
        /// <param name="file">The registers.</param>
        /// <param name="at">Receives the scalar.</param>
        /// <param name="random">The source.</param>
        /// <param name="bytes">Receives the same as 32 bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="order">Register of n.</param>
        /// <returns>False if the source is broken.</returns>
        internal static bool Draw(long[] file, int at, IRandom random, byte[] bytes, int offset, int order)
        {
            for (int i = 0; i < DrawAttempts; i++)
            {
                random.Fill(bytes, offset, 32);
                if (LoadScalar(file, at, bytes, offset, order)) return true;
            }

            return false;
        }

        /// <summary>Draws a blind of 248 bits, not 0.</summary>
        internal static void DrawBlind(long[] file, int at, IRandom random, byte[] scratch)
        {
            random.Fill(scratch, 0, 31);
            Load(file, at, Length, scratch, 0, 31);
            file[at] |= 1;
            Array.Clear(scratch, 0, 31);
        }

        /// <summary>
        /// Montgomery product modulo n: register <paramref name="r"/> = a · b / 2^261, canonical; any may be the same. Limbs of
        /// <paramref name="a"/> up to 2^30; a · b below 2^261 n.
        /// </summary>
        internal static void OrderMultiply(long[] file, int r, int a, int b, int order)
        {
            long mask = Mask;
            long inverse = OrderInverse;
            long b0 = file[b], b1 = file[b + 1], b2 = file[b + 2], b3 = file[b + 3], b4 = file[b + 4];
            long b5 = file[b + 5], b6 = file[b + 6], b7 = file[b + 7], b8 = file[b + 8];
            long n0 = file[order], n1 = file[order + 1], n2 = file[order + 2], n3 = file[order + 3], n4 = file[order + 4];
            long n5 = file[order + 5], n6 = file[order + 6], n7 = file[order + 7], n8 = file[order + 8];
            long t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;
            for (int end = a + Length; a < end; a++)
            {
                // A limb takes part in nine rounds: below 9 (2^59 + 2^58) + 2^35 < 2^63.
                long x = file[a];
                t0 += x * b0;
                long q = -(t0 * inverse) & mask;
                t0 = ((t0 + q * n0) >> 29) + t1 + x * b1 + q * n1;
                t1 = t2 + x * b2 + q * n2;
                t2 = t3 + x * b3 + q * n3;
                t3 = t4 + x * b4 + q * n4;
                t4 = t5 + x * b5 + q * n5;
                t5 = t6 + x * b6 + q * n6;
                t6 = t7 + x * b7 + q * n7;
                t7 = x * b8 + q * n8;
            }

            file[r] = t0;
            file[r + 1] = t1;
            file[r + 2] = t2;
            file[r + 3] = t3;
            file[r + 4] = t4;
            file[r + 5] = t5;
            file[r + 6] = t6;
            file[r + 7] = t7;
            file[r + 8] = 0;
            Canonicalize(file, r, order, 1);
        }

        /// <summary>
        /// Sum of two Montgomery products modulo n: register <paramref name="r"/> = (a · b + c · d) / 2^261, canonical. Limbs
        /// below 2^29, top ones too; a · b + c · d below 2^261 n.
        /// </summary>
        internal static void OrderMultiplyAdd(long[] file, int r, int a, int b, int c, int d, int order)
        {
            long mask = Mask;
            long inverse = OrderInverse;
            long b0 = file[b], b1 = file[b + 1], b2 = file[b + 2], b3 = file[b + 3], b4 = file[b + 4];
            long b5 = file[b + 5], b6 = file[b + 6], b7 = file[b + 7], b8 = file[b + 8];
            long d0 = file[d], d1 = file[d + 1], d2 = file[d + 2], d3 = file[d + 3], d4 = file[d + 4];
            long d5 = file[d + 5], d6 = file[d + 6], d7 = file[d + 7], d8 = file[d + 8];
            long n0 = file[order], n1 = file[order + 1], n2 = file[order + 2], n3 = file[order + 3], n4 = file[order + 4];
            long n5 = file[order + 5], n6 = file[order + 6], n7 = file[order + 7], n8 = file[order + 8];
            long t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;
            for (int end = a + Length; a < end; a++)
            {
                // A limb takes part in nine rounds: below 27 · 2^58 + 2^35 < 2^63.
                long x = file[a];
                long y = file[c++];
                t0 += x * b0 + y * d0;
                long q = -(t0 * inverse) & mask;
                t0 = ((t0 + q * n0) >> 29) + t1 + x * b1 + y * d1 + q * n1;
                t1 = t2 + x * b2 + y * d2 + q * n2;
                t2 = t3 + x * b3 + y * d3 + q * n3;
                t3 = t4 + x * b4 + y * d4 + q * n4;
                t4 = t5 + x * b5 + y * d5 + q * n5;
                t5 = t6 + x * b6 + y * d6 + q * n6;
                t6 = t7 + x * b7 + y * d7 + q * n7;
                t7 = x * b8 + y * d8 + q * n8;
            }

            file[r] = t0;
            file[r + 1] = t1;
            file[r + 2] = t2;
            file[r + 3] = t3;
            file[r + 4] = t4;
            file[r + 5] = t5;
            file[r + 6] = t6;
            file[r + 7] = t7;
            file[r + 8] = 0;
            Canonicalize(file, r, order, 1);
        }
    }
}
