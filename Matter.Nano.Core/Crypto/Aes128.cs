using System;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// AES-128 encryption (FIPS 197), two blocks at a time, bitsliced: no table, and neither branch nor index depends on key
    /// or data. Without ShiftRows: instead of moving the rows, MixColumns and the round keys look for them where they are
    /// (Adomnicai and Peyrin, "Fixslicing AES-like ciphers").
    /// </summary>
    /// <remarks>
    /// Register k holds bit k of every byte of both blocks. Its eight bytes are column 0 of the first block, column 0 of the
    /// second, column 1 of the first and so on; bits 0 to 3 of such a byte are rows 0 to 3, and bits 4 to 7 repeat them.
    /// Thanks to the repetition, rotating a register right by 16·c + r puts next to each other what is c columns and r rows
    /// apart: low nibbles are right, what the high ones then miss is repeated anew. After i rounds without ShiftRows, row r
    /// of what AES calls column c stands in column c + i·r.
    /// </remarks>
    public sealed class Aes128
    {
        /// <summary>Length of a key in bytes.</summary>
        public const int KeyLength = 16;

        /// <summary>Length of a block in bytes.</summary>
        public const int BlockLength = 16;

        private const int Rounds = 10;
        private const int Registers = 8;
        private const ulong EvenRows = 0x5555555555555555;
        private const ulong RowsTwoAndThree = 0xCCCCCCCCCCCCCCCC;

        // Round key i, registers 0 to 7 from 8·i on, rows where the state's then stand; the S-box constant included.
        private readonly ulong[] _keys = new ulong[Registers * (Rounds + 1)];
        private readonly ulong[] _key = new ulong[4];   // itself, for either block
        private bool _hasKey;

        /// <summary>Pairs of blocks encrypted so far: what one costs is known, so they measure how long a caller took.</summary>
        public int PairCount { get; private set; }

        /// <summary>Expands a key, which takes as long as encrypting three blocks.</summary>
        /// <param name="key">Holds the 16-byte key; not kept.</param>
        /// <param name="keyOffset">First byte.</param>
        public void SetKey(byte[] key, int keyOffset)
        {
            SetKeys(key, keyOffset, keyOffset);
            _hasKey = true;
        }

        /// <summary>Expands a key for either block of a pair, which takes as long as expanding one.</summary>
        /// <param name="keys">Holds the 16-byte keys; not kept.</param>
        /// <param name="first">First byte of the first block's.</param>
        /// <param name="second">First byte of the second block's.</param>
        public void SetKeys(byte[] keys, int first, int second)
        {
            ulong[] words = _key;
            words[0] = BitConverter.ToUInt64(keys, first);
            words[1] = BitConverter.ToUInt64(keys, first + 8);
            words[2] = BitConverter.ToUInt64(keys, second);
            words[3] = BitConverter.ToUInt64(keys, second + 8);
            _hasKey = false;
            PairCount++;
            Run(words, true);
            MoveKeyRows();
        }

        /// <summary>Tells whether this key is expanded already for both blocks; takes the same time whatever the bytes are.</summary>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <returns>True if <see cref="Encrypt"/> would use it.</returns>
        public bool HasKey(byte[] key, int keyOffset)
        {
            ulong difference = BitConverter.ToUInt64(key, keyOffset) ^ _key[0] | BitConverter.ToUInt64(key, keyOffset + 8) ^ _key[1];
            return difference == 0 && _hasKey;
        }

        /// <summary>Encrypts two independent blocks in place.</summary>
        /// <param name="words">Two words for either block, little-endian: bytes 0 to 7, bytes 8 to 15.</param>
        public void Encrypt(ulong[] words)
        {
            PairCount++;
            Run(words, false);
        }

        /// <summary>Forgets the keys.</summary>
        public void Wipe()
        {
            Array.Clear(_keys, 0, _keys.Length);
            Array.Clear(_key, 0, 4);
            _hasKey = false;
        }

        // One method for both, for the sake of one S-box: encrypts, or expands the keys of both blocks.
        private void Run(ulong[] words, bool expand)
        {
            ulong[] keys = _keys;
            ulong nibbles = 0x0F0F0F0F0F0F0F0F;
            ulong both = 0x11;
            ulong swap;

            // Columns 0 and 2, columns 1 and 3 of the first block, the same of the second.
            ulong w0 = (uint)words[0] | words[1] << 32, w2 = words[0] >> 32 | words[1] >> 32 << 32;
            ulong w1 = (uint)words[2] | words[3] << 32, w3 = words[2] >> 32 | words[3] >> 32 << 32;
            swap = (w0 >> 7 ^ w0) & 0x00AA00AA00AA00AA; w0 ^= swap ^ swap << 7;
            swap = (w0 >> 14 ^ w0) & 0x0000CCCC0000CCCC; w0 ^= swap ^ swap << 14;
            swap = (w1 >> 7 ^ w1) & 0x00AA00AA00AA00AA; w1 ^= swap ^ swap << 7;
            swap = (w1 >> 14 ^ w1) & 0x0000CCCC0000CCCC; w1 ^= swap ^ swap << 14;
            swap = (w2 >> 7 ^ w2) & 0x00AA00AA00AA00AA; w2 ^= swap ^ swap << 7;
            swap = (w2 >> 14 ^ w2) & 0x0000CCCC0000CCCC; w2 ^= swap ^ swap << 14;
            swap = (w3 >> 7 ^ w3) & 0x00AA00AA00AA00AA; w3 ^= swap ^ swap << 7;
            swap = (w3 >> 14 ^ w3) & 0x0000CCCC0000CCCC; w3 ^= swap ^ swap << 14;
            swap = (w0 >> 8 ^ w1) & 0x00FF00FF00FF00FF; w1 ^= swap; w0 ^= swap << 8;
            swap = (w2 >> 8 ^ w3) & 0x00FF00FF00FF00FF; w3 ^= swap; w2 ^= swap << 8;
            swap = (w0 >> 16 ^ w2) & 0x0000FFFF0000FFFF; w2 ^= swap; w0 ^= swap << 16;
            swap = (w1 >> 16 ^ w3) & 0x0000FFFF0000FFFF; w3 ^= swap; w1 ^= swap << 16;
            ulong q0 = (w0 & nibbles) * both, q4 = (w0 >> 4 & nibbles) * both;
            ulong q1 = (w1 & nibbles) * both, q5 = (w1 >> 4 & nibbles) * both;
            ulong q2 = (w2 & nibbles) * both, q6 = (w2 >> 4 & nibbles) * both;
            ulong q3 = (w3 & nibbles) * both, q7 = (w3 >> 4 & nibbles) * both;
            if (expand)
            {
                keys[0] = q0; keys[1] = q1; keys[2] = q2; keys[3] = q3;
                keys[4] = q4; keys[5] = q5; keys[6] = q6; keys[7] = q7;
            }
            else
            {
                q0 ^= keys[0]; q1 ^= keys[1]; q2 ^= keys[2]; q3 ^= keys[3];
                q4 ^= keys[4]; q5 ^= keys[5]; q6 ^= keys[6]; q7 ^= keys[7];
            }

            int roundConstant = 1;
            for (int round = 1; ; round++)
            {
                int at = Registers * round;

                // SubBytes without its constant: Boyar and Peralta, "A small depth-16 circuit for the AES S-box".
                ulong y0 = q4 ^ q2;
                ulong y1 = q7 ^ q1;
                ulong y2 = q7 ^ q4;
                ulong y3 = q7 ^ q2;
                ulong t0 = q6 ^ q5;
                ulong y4 = t0 ^ q0;
                ulong y5 = y4 ^ q4;
                ulong y6 = y1 ^ y0;
                ulong y7 = y4 ^ q7;
                ulong y8 = y4 ^ q1;
                ulong y9 = y8 ^ y3;
                ulong t1 = q3 ^ y6;
                ulong y10 = t1 ^ q2;
                ulong y11 = t1 ^ q6;
                ulong y12 = y10 ^ q0;
                ulong y13 = y10 ^ t0;
                ulong y14 = y11 ^ y2;
                ulong y15 = q0 ^ y14;
                ulong y16 = y13 ^ y14;
                ulong y17 = t0 ^ y14;
                ulong t2 = y6 & y10;
                ulong t3 = y1 & y17;
                ulong t4 = y2 & y14;
                ulong t5 = y0 & y16 ^ t4;
                ulong t6 = y3 & y13 ^ t4;
                ulong t7 = y9 & y12 ^ t2 ^ t5 ^ y11;
                ulong t8 = y5 & q0 ^ t2 ^ t6 ^ y13 ^ y3;
                ulong t9 = y8 & y4 ^ t3 ^ t5 ^ y1 ^ y17;
                ulong t10 = y7 & y15 ^ t3 ^ t6 ^ q7 ^ y17;
                ulong t11 = t7 ^ t8;
                ulong t12 = t7 & t9;
                ulong t13 = t10 ^ t12;
                ulong t14 = t11 & t13 ^ t8;
                ulong t15 = (t8 ^ t12) & (t9 ^ t10) ^ t10;
                ulong t16 = t10 & (t13 ^ t15);
                ulong t17 = t16 ^ t9 ^ t15;
                ulong t18 = t11 ^ t14 & (t13 ^ t16);
                ulong t19 = t18 ^ t17;
                ulong t20 = t14 ^ t15;
                ulong t21 = t14 ^ t18;
                ulong t22 = t15 ^ t17;
                ulong t23 = t20 ^ t19;
                ulong t24 = t15 & q0;
                ulong t25 = t21 & y17;
                ulong t26 = t18 & y4;
                ulong t27 = t14 & y15;
                ulong t28 = t23 & y16;
                ulong t29 = t17 & y9;
                ulong t30 = t21 & y1;
                ulong t31 = t23 & y0;
                ulong t32 = t20 & y2 ^ t31;
                ulong t33 = t27 ^ t18 & y8;
                ulong t34 = t22 & y10 ^ t25;
                ulong t35 = t24 ^ t30 ^ t34;
                ulong t36 = t26 ^ t32;
                ulong t37 = t25 ^ t20 & y14 ^ t28;
                ulong t38 = t28 ^ t19 & y13 ^ t36;
                ulong t39 = t22 & y6 ^ t29 ^ t36;
                ulong t40 = t26 ^ t37;
                ulong t41 = t14 & y7 ^ t35 ^ t38;
                ulong t42 = t17 & y12 ^ t39;
                ulong s7 = t37 ^ t39;
                ulong s1 = t30 ^ t33 ^ t38;
                ulong s0 = t33 ^ t32 ^ t35;
                ulong s4 = t34 ^ t42;
                ulong s3 = t24 ^ t27 ^ t42;
                ulong s2 = t29 ^ t15 & y5 ^ t41;
                ulong s6 = t40 ^ s4;
                ulong s5 = t31 ^ t19 & y3 ^ t40 ^ t41;

                if (expand)
                {
                    // Every column is the exclusive or of all columns up to it and of the last one's S-box output, turned.
                    ulong everywhere = 0x0011001100110011, last = 0x0F0F, one = 0x0101, constant = (ulong)roundConstant * one;
                    q0 ^= q0 << 16; q0 = q0 ^ q0 << 32 ^ (~s0 >> 49 & last ^ constant & one) * everywhere;
                    q1 ^= q1 << 16; q1 = q1 ^ q1 << 32 ^ (~s1 >> 49 & last ^ constant >> 1 & one) * everywhere;
                    q2 ^= q2 << 16; q2 = q2 ^ q2 << 32 ^ (s2 >> 49 & last ^ constant >> 2 & one) * everywhere;
                    q3 ^= q3 << 16; q3 = q3 ^ q3 << 32 ^ (s3 >> 49 & last ^ constant >> 3 & one) * everywhere;
                    q4 ^= q4 << 16; q4 = q4 ^ q4 << 32 ^ (s4 >> 49 & last ^ constant >> 4 & one) * everywhere;
                    q5 ^= q5 << 16; q5 = q5 ^ q5 << 32 ^ (~s5 >> 49 & last ^ constant >> 5 & one) * everywhere;
                    q6 ^= q6 << 16; q6 = q6 ^ q6 << 32 ^ (~s6 >> 49 & last ^ constant >> 6 & one) * everywhere;
                    q7 ^= q7 << 16; q7 = q7 ^ q7 << 32 ^ (s7 >> 49 & last ^ constant >> 7 & one) * everywhere;
                    keys[at] = ~q0; keys[at + 1] = ~q1; keys[at + 2] = q2; keys[at + 3] = q3;
                    keys[at + 4] = q4; keys[at + 5] = ~q5; keys[at + 6] = ~q6; keys[at + 7] = q7;
                    if (round == Rounds) return;
                    roundConstant = roundConstant << 1 ^ (roundConstant >> 7) * 0x11B;
                    continue;
                }
                if (round == Rounds)
                {
                    w0 = (s0 ^ keys[at]) & nibbles | (s4 ^ keys[at + 4]) & ~nibbles;
                    w1 = (s1 ^ keys[at + 1]) & nibbles | (s5 ^ keys[at + 5]) & ~nibbles;
                    w2 = (s2 ^ keys[at + 2]) & nibbles | (s6 ^ keys[at + 6]) & ~nibbles;
                    w3 = (s3 ^ keys[at + 3]) & nibbles | (s7 ^ keys[at + 7]) & ~nibbles;
                    break;
                }

                // MixColumns. r: the next row, of the column where ShiftRows would by now have put it; z: sum of both.
                ulong r0, r1, r2, r3, r4, r5, r6, r7, z0, z1, z2, z3, z4, z5, z6, z7;
                switch (round & 3)
                {
                    case 1:
                        r0 = s0 >> 17 | s0 << 47; r1 = s1 >> 17 | s1 << 47;
                        r2 = s2 >> 17 | s2 << 47; r3 = s3 >> 17 | s3 << 47;
                        r4 = s4 >> 17 | s4 << 47; r5 = s5 >> 17 | s5 << 47;
                        r6 = s6 >> 17 | s6 << 47; r7 = s7 >> 17 | s7 << 47;
                        z0 = s0 ^ r0; z1 = s1 ^ r1; z2 = s2 ^ r2; z3 = s3 ^ r3;
                        z4 = s4 ^ r4; z5 = s5 ^ r5; z6 = s6 ^ r6; z7 = s7 ^ r7;
                        r0 ^= (z0 >> 34 | z0 << 30); r1 ^= (z1 >> 34 | z1 << 30);
                        r2 ^= (z2 >> 34 | z2 << 30); r3 ^= (z3 >> 34 | z3 << 30);
                        r4 ^= (z4 >> 34 | z4 << 30); r5 ^= (z5 >> 34 | z5 << 30);
                        r6 ^= (z6 >> 34 | z6 << 30); r7 ^= (z7 >> 34 | z7 << 30);
                        break;
                    case 2:
                        r0 = s0 >> 33 | s0 << 31; r1 = s1 >> 33 | s1 << 31;
                        r2 = s2 >> 33 | s2 << 31; r3 = s3 >> 33 | s3 << 31;
                        r4 = s4 >> 33 | s4 << 31; r5 = s5 >> 33 | s5 << 31;
                        r6 = s6 >> 33 | s6 << 31; r7 = s7 >> 33 | s7 << 31;
                        z0 = s0 ^ r0; z1 = s1 ^ r1; z2 = s2 ^ r2; z3 = s3 ^ r3;
                        z4 = s4 ^ r4; z5 = s5 ^ r5; z6 = s6 ^ r6; z7 = s7 ^ r7;
                        r0 ^= z0 >> 2; r1 ^= z1 >> 2; r2 ^= z2 >> 2; r3 ^= z3 >> 2;
                        r4 ^= z4 >> 2; r5 ^= z5 >> 2; r6 ^= z6 >> 2; r7 ^= z7 >> 2;
                        break;
                    case 3:
                        r0 = s0 >> 49 | s0 << 15; r1 = s1 >> 49 | s1 << 15;
                        r2 = s2 >> 49 | s2 << 15; r3 = s3 >> 49 | s3 << 15;
                        r4 = s4 >> 49 | s4 << 15; r5 = s5 >> 49 | s5 << 15;
                        r6 = s6 >> 49 | s6 << 15; r7 = s7 >> 49 | s7 << 15;
                        z0 = s0 ^ r0; z1 = s1 ^ r1; z2 = s2 ^ r2; z3 = s3 ^ r3;
                        z4 = s4 ^ r4; z5 = s5 ^ r5; z6 = s6 ^ r6; z7 = s7 ^ r7;
                        r0 ^= (z0 >> 34 | z0 << 30); r1 ^= (z1 >> 34 | z1 << 30);
                        r2 ^= (z2 >> 34 | z2 << 30); r3 ^= (z3 >> 34 | z3 << 30);
                        r4 ^= (z4 >> 34 | z4 << 30); r5 ^= (z5 >> 34 | z5 << 30);
                        r6 ^= (z6 >> 34 | z6 << 30); r7 ^= (z7 >> 34 | z7 << 30);
                        break;
                    default:
                        r0 = s0 >> 1; r1 = s1 >> 1; r2 = s2 >> 1; r3 = s3 >> 1;
                        r4 = s4 >> 1; r5 = s5 >> 1; r6 = s6 >> 1; r7 = s7 >> 1;
                        z0 = s0 ^ r0; z1 = s1 ^ r1; z2 = s2 ^ r2; z3 = s3 ^ r3;
                        z4 = s4 ^ r4; z5 = s5 ^ r5; z6 = s6 ^ r6; z7 = s7 ^ r7;
                        r0 ^= z0 >> 2; r1 ^= z1 >> 2; r2 ^= z2 >> 2; r3 ^= z3 >> 2;
                        r4 ^= z4 >> 2; r5 ^= z5 >> 2; r6 ^= z6 >> 2; r7 ^= z7 >> 2;
                        break;
                }
                q0 = ((r0 ^ z7) & nibbles) * both ^ keys[at];
                q1 = ((r1 ^ z0 ^ z7) & nibbles) * both ^ keys[at + 1];
                q2 = ((r2 ^ z1) & nibbles) * both ^ keys[at + 2];
                q3 = ((r3 ^ z2 ^ z7) & nibbles) * both ^ keys[at + 3];
                q4 = ((r4 ^ z3 ^ z7) & nibbles) * both ^ keys[at + 4];
                q5 = ((r5 ^ z4) & nibbles) * both ^ keys[at + 5];
                q6 = ((r6 ^ z5) & nibbles) * both ^ keys[at + 6];
                q7 = ((r7 ^ z6) & nibbles) * both ^ keys[at + 7];
            }

            // The ten rounds' ShiftRows: rows 1 and 3 by two columns.
            w0 = w0 & EvenRows | (w0 >> 32 | w0 << 32) & ~EvenRows;
            w1 = w1 & EvenRows | (w1 >> 32 | w1 << 32) & ~EvenRows;
            w2 = w2 & EvenRows | (w2 >> 32 | w2 << 32) & ~EvenRows;
            w3 = w3 & EvenRows | (w3 >> 32 | w3 << 32) & ~EvenRows;
            swap = (w1 >> 16 ^ w3) & 0x0000FFFF0000FFFF; w3 ^= swap; w1 ^= swap << 16;
            swap = (w0 >> 16 ^ w2) & 0x0000FFFF0000FFFF; w2 ^= swap; w0 ^= swap << 16;
            swap = (w0 >> 8 ^ w1) & 0x00FF00FF00FF00FF; w1 ^= swap; w0 ^= swap << 8;
            swap = (w2 >> 8 ^ w3) & 0x00FF00FF00FF00FF; w3 ^= swap; w2 ^= swap << 8;
            swap = (w0 >> 7 ^ w0) & 0x00AA00AA00AA00AA; w0 ^= swap ^ swap << 7;
            swap = (w0 >> 14 ^ w0) & 0x0000CCCC0000CCCC; w0 ^= swap ^ swap << 14;
            swap = (w1 >> 7 ^ w1) & 0x00AA00AA00AA00AA; w1 ^= swap ^ swap << 7;
            swap = (w1 >> 14 ^ w1) & 0x0000CCCC0000CCCC; w1 ^= swap ^ swap << 14;
            swap = (w2 >> 7 ^ w2) & 0x00AA00AA00AA00AA; w2 ^= swap ^ swap << 7;
            swap = (w2 >> 14 ^ w2) & 0x0000CCCC0000CCCC; w2 ^= swap ^ swap << 14;
            swap = (w3 >> 7 ^ w3) & 0x00AA00AA00AA00AA; w3 ^= swap ^ swap << 7;
            swap = (w3 >> 14 ^ w3) & 0x0000CCCC0000CCCC; w3 ^= swap ^ swap << 14;
            words[0] = (uint)w0 | w2 << 32;
            words[1] = w0 >> 32 | w2 >> 32 << 32;
            words[2] = (uint)w1 | w3 << 32;
            words[3] = w1 >> 32 | w3 >> 32 << 32;
        }

        // Row r of round key i moves on by i·r columns: the odd rows by i, rows 2 and 3 by two more where i is odd.
        private void MoveKeyRows()
        {
            ulong[] keys = _keys;
            ulong odd = ~EvenRows;
            for (int round = 1; round <= Rounds; round++)
            {
                int bits = 16 * (round & 3);
                if (bits == 0) continue;
                int back = 64 - bits;
                ulong swapped = (round & 1) != 0 ? RowsTwoAndThree : 0;
                int end = Registers * (round + 1);
                for (int i = end - Registers; i < end; i++)
                {
                    ulong key = keys[i];
                    key ^= ((key << bits | key >> back) ^ key) & odd;
                    keys[i] = key ^ ((key << 32 | key >> 32) ^ key) & swapped;
                }
            }
        }
    }
}
