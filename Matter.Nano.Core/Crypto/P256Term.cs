using System;
using static Matter.Nano.Crypto.P256Arithmetic;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// One scalar multiple of a sum: its scalar, recoded into signed digits, and what these ask the engine to add, from
    /// the highest level (power of two) down.
    /// </summary>
    /// <remarks>
    /// Secret scalars, and all of the comb's, have no digit 0, so that they all ask for the same. An odd k is a sum of
    /// powers of two with signs, and h = (k - 1) / 2, with one more bit set above its top, has a 1 for each plus and a 0
    /// for each minus. An even k counts as n - k with all signs changed.
    /// </remarks>
    internal sealed class P256Term
    {
        /// <summary>Points of a window's table: 1, 3, ... 15 times the point.</summary>
        internal const int TablePoints = 8;

        private const int Empty = 0;
        private const int Comb = 1;
        private const int Once = 2;
        private const int GeneratorWindow = 3;
        private const int SecretWindow = 4;
        private const int PublicWindow = 5;

        private const int WindowBits = 4;
        private const int PublicBits = 5;
        private const int GeneratorBits = 7;
        private const int ScalarBits = 256;
        private const int ScalarBytes = 33;

        // IL instructions of an addition and of scanning four points, rounded up.
        private const int AdditionCost = 6250;
        private const int ScanCost = 360;

        private readonly int _table;
        // Bits of the scalar, eight each; of a comb, what its teeth read in each column.
        private readonly byte[] _digits = new byte[P256Comb.Columns];
        private int _kind;
        private int _instruction;
        private int _negative;
        private int _digit;
        private int _digitBits;
        private int _digitMask;

        /// <summary>Creates an empty term.</summary>
        /// <param name="table">First element of its table in the registers.</param>
        internal P256Term(int table) { _table = table; }

        /// <summary>Next level at which it adds, -1 after the last one.</summary>
        internal int Level { get; private set; }

        /// <summary>What it costs there, in IL instructions.</summary>
        internal int Cost { get; private set; }

        /// <summary>First element of its table in the registers.</summary>
        internal int Table { get { return _table; } }

        /// <summary>Whether it adds from a table of its own.</summary>
        internal bool IsWindow { get { return _kind >= SecretWindow; } }

        /// <summary>Empties and wipes it.</summary>
        internal void Wipe()
        {
            Array.Clear(_digits, 0, _digits.Length);
            _kind = Empty;
            _negative = 0;
            _digit = 0;
            Level = -1;
        }

        /// <summary>Makes it a multiple of a point that has a comb; <paramref name="scalar"/>, canonical, is overwritten.</summary>
        /// <param name="isSecret">Whether the scalar is.</param>
        /// <param name="comb">The comb's place, as in an instruction.</param>
        /// <param name="file">The registers.</param>
        /// <param name="scalar">The scalar's register.</param>
        /// <param name="order">Register of n.</param>
        internal void SetComb(bool isSecret, int comb, long[] file, int scalar, int order)
        {
            int scan = isSecret ? P256Comb.Points / 4 : 0;
            _kind = Comb;
            _instruction = (Addition | (scan << ScanShift)) + comb;
            Cost = AdditionCost + scan * ScanCost;
            Level = P256Comb.Columns - 1;
            Recode(file, scalar, order, P256Comb.Teeth * P256Comb.Columns - 1);
            GatherColumns();
        }

        /// <summary>
        /// Makes it a multiple of the generator by its odd multiples: fewer additions than with the comb where the other term
        /// needs all the doublings anyway. The scalar is public and canonical.
        /// </summary>
        internal void SetGeneratorWindow(long[] file, int scalar)
        {
            _kind = GeneratorWindow;
            _instruction = Addition;
            Cost = AdditionCost;
            BeginDigits(file, scalar, GeneratorBits);
        }

        /// <summary>Makes it the first point of its table.</summary>
        internal void SetOne()
        {
            _kind = Once;
            _instruction = Addition | (_table << TableShift);
            Cost = AdditionCost;
            Level = 0;
        }

        /// <summary>Makes it a multiple of the point of its table; <paramref name="scalar"/>, canonical, is overwritten.</summary>
        internal void SetPoint(bool isSecret, long[] file, int scalar, int order)
        {
            int scan = isSecret ? TablePoints / 4 : 0;
            _instruction = Addition | (scan << ScanShift) | (_table << TableShift);
            Cost = AdditionCost + scan * ScanCost;
            if (isSecret)
            {
                _kind = SecretWindow;
                Level = ScalarBits - WindowBits;
                Recode(file, scalar, order, ScalarBits - 1);
            }
            else
            {
                _kind = PublicWindow;
                BeginDigits(file, scalar, PublicBits);
            }
        }

        /// <summary>Writes its instructions for <see cref="Level"/> and goes on to the next.</summary>
        /// <param name="program">Receives them.</param>
        /// <param name="count">Instructions already there.</param>
        /// <param name="file">The registers, which receive a point of the generator's.</param>
        /// <returns>Instructions there now.</returns>
        internal int Write(int[] program, int count, long[] file)
        {
            if (_kind == Comb)
            {
                int teeth = _digits[Level--];
                int below = (teeth >> (P256Comb.Teeth - 1)) - 1;
                program[count] = _instruction | ((below & Negative) ^ _negative) | (((teeth ^ below) & (P256Comb.Points - 1)) << IndexShift);
                return count + 1;
            }

            if (_kind == Once)
            {
                program[count] = _instruction;
                Level = -1;
                return count + 1;
            }

            int index = _digit;
            int minus = index >> 31;
            if (_kind == SecretWindow)
            {
                // A nibble v is the digit 2 v - 15; row i of the table is 2 i + 1 times the point.
                index = (_digits[Level >> 3] >> (Level & 4)) & 15;
                minus = (index >> 3) - 1;
                index = (index ^ minus) & 7;
                Level = Level == 0 ? -1 : Level - WindowBits;
            }
            else
            {
                index = ((index ^ minus) - minus) >> 1;
                FindDigit(Level - 1);
                if (_kind == GeneratorWindow)
                {
                    // Where a table's ratios were. Its digits are seven levels apart at least: no two of them eight instructions.
                    int place = P256Registers.Ratios + (count & 7) * PackedLength;
                    P256Window.Load(file, place, index);
                    program[count] = _instruction | (minus & Negative) | (place << TableShift);
                    return count + 1;
                }
            }

            program[count] = _instruction | ((minus & Negative) ^ _negative) | (index << IndexShift);
            return count + 1;
        }

        // Bit i of tooth j is bit i + 43 j of the scalar.
        private void GatherColumns()
        {
            byte[] digits = _digits;
            ulong t0 = BitConverter.ToUInt64(digits, 0), t1 = BitConverter.ToUInt64(digits, 5) >> 2;
            ulong t2 = BitConverter.ToUInt64(digits, 10) >> 4, t3 = BitConverter.ToUInt64(digits, 16) << 2;
            ulong t4 = BitConverter.ToUInt64(digits, 21), t5 = BitConverter.ToUInt64(digits, 26) >> 2;
            for (int i = 0; i < P256Comb.Columns; i++)
            {
                digits[i] = (byte)((int)t0 & 1 | (int)t1 & 2 | (int)t2 & 4 | (int)t3 & 8 | (int)t4 & 16 | (int)t5 & 32);
                t0 >>= 1;
                t1 >>= 1;
                t2 >>= 1;
                t3 >>= 1;
                t4 >>= 1;
                t5 >>= 1;
            }
        }

        private void BeginDigits(long[] file, int scalar, int bits)
        {
            _digitBits = bits;
            _digitMask = (1 << bits) - 1;
            WriteBits(file, scalar, 0);
            FindDigit(ScalarBits);
        }

        // The mutual opposite form, 2 k - k bit by bit, of a public k, five or seven of its digits at a time from the first
        // that is not 0: together an odd number up to 15 or 63 at the place of the lowest. As few as in the non-adjacent form,
        // but from the top, the way they are needed. Finds the first at or below the level.
        private void FindDigit(int level)
        {
            byte[] digits = _digits;
            int bit = level >= 0 ? (digits[level >> 3] >> (level & 7)) & 1 : 0;
            for (; level > 0; level--)
            {
                int below = level - 1;
                below = (digits[below >> 3] >> (below & 7)) & 1;
                if (below != bit) break;
                bit = below;
            }

            if (level < 0 || (level == 0 && bit == 0))
            {
                Level = -1;
                return;
            }

            int mask = _digitMask;
            int low = level - _digitBits;
            int bits = low < 0 ? digits[0] << -low : (digits[low >> 3] | (digits[(low >> 3) + 1] << 8)) >> (low & 7);
            int digit = (bits & mask) - ((bits & (mask + mask + 1)) >> 1);
            low++;
            for (; (digit & 1) == 0; digit >>= 1) low++;
            Level = low;
            _digit = digit;
        }

        private void Recode(long[] file, int scalar, int order, int topBit)
        {
            long even = 1 - (file[scalar] & 1);
            long carry = 0;
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                carry += file[scalar + i] * (1 - even - even) + file[order + i] * even;
                file[scalar + i] = carry & LimbMask;
                carry >>= 29;
            }

            _negative = (int)even * Negative;
            WriteBits(file, scalar, 1);
            _digits[topBit >> 3] |= (byte)(1 << (topBit & 7));
        }

        // The scalar's bits from the given one, 0 or 1, on.
        private void WriteBits(long[] file, int scalar, int from)
        {
            byte[] digits = _digits;
            int end = scalar + P256Limbs.Length;
            long window = file[scalar] >> from;
            int bits = 29 - from;
            for (int i = 0; i < ScalarBytes; i++)
            {
                if (bits < 8 && ++scalar < end)
                {
                    window |= file[scalar] << bits;
                    bits += 29;
                }

                digits[i] = (byte)window;
                window >>= 8;
                bits -= 8;
            }
        }
    }
}
