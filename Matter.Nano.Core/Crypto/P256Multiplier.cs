using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// The sum of one or two scalar multiples of points, in bounded steps. Both terms share one chain of doublings: a secret
    /// multiple of a point adds from a table of its odd multiples at every fourth level, a public one where its recoding
    /// has a digit, a multiple of the generator adds two points of the comb on each of the last 26 levels.
    /// </summary>
    /// <remarks>
    /// Secret scalars, and all of the comb's, are recoded into digits none of which is 0. An odd k is a sum of powers of
    /// two with signs, and h = (k - 1) / 2, with one more bit set above its top, has a 1 for each plus and a 0 for each
    /// minus. For an even k it is n - k with all signs changed.
    /// </remarks>
    internal sealed class P256Multiplier
    {
        /// <summary>IL instructions a step takes at most: 30 ms on an ESP32.</summary>
        internal const int StepBound = 60000;

        /// <summary>Register of n; R and R^2 modulo n follow.</summary>
        internal const int Order = P256Arithmetic.FieldEnd;

        /// <summary>R^2 modulo n.</summary>
        internal const int OrderRSquared = Order + 18;

        /// <summary>Takes a term's scalar, canonical.</summary>
        internal const int Scalar = A;

        /// <summary>The affine result's x, plain and canonical.</summary>
        internal const int ResultX = A;

        /// <summary>The affine result's y.</summary>
        internal const int ResultY = B;

        /// <summary>First of four registers that the multiplier leaves alone.</summary>
        internal const int Kept = D + 9;

        private const int A = Order + 27;
        private const int B = A + 9;
        private const int C = B + 9;
        private const int D = C + 9;
        private const int Tables = Kept + 36;
        private const int TablePoints = 8;
        private const int TableLength = TablePoints * P256Arithmetic.PackedLength;
        private const int Ratios = Tables + 2 * TableLength;
        private const int FileLength = Ratios + TableLength;

        private const int DigitLength = 33;
        private const int ProgramLength = 12;

        // What a term is.
        private const int Empty = 0;
        private const int Comb = 1;
        private const int SecretWindow = 2;
        private const int PublicWindow = 3;

        // IL instructions, rounded up.
        private const int DoublingCost = 4050;
        private const int AdditionCost = 7700;
        private const int StepCost = 2000;
        private const int FirstAdditionCost = 6000;

        private const int DoublePoint = 0;
        private const int InvertTable = 1;
        private const int FinishTable = 2;
        private const int Levels = 3;
        private const int Affine = 4;

        private readonly IRandom _random;
        private readonly long[] _file = new long[FileLength];
        private readonly int[] _program = new int[ProgramLength];
        private readonly byte[] _digits = new byte[2 * DigitLength];
        private readonly byte[] _blind = new byte[31];
        private readonly int[] _kind = new int[2];
        private readonly int[] _negative = new int[2];
        private readonly int[] _scan = new int[2];

        private int _phase;
        private int _term;
        private bool _affine;
        private int _level;
        private int _pending;
        private bool _started;
        private int _windowLevel;
        private int _digitLevel;
        private int _digit;

        internal P256Multiplier(IRandom random)
        {
            _random = random;
            P256Arithmetic.LoadField(_file);
            P256Arithmetic.LoadOrder(_file, Order);
        }

        /// <summary>The registers.</summary>
        internal long[] File { get { return _file; } }

        /// <summary>Forgets everything.</summary>
        internal void Wipe()
        {
            Array.Clear(_file, 0, P256Arithmetic.P);
            Array.Clear(_file, A, FileLength - A);
            Array.Clear(_program, 0, ProgramLength);
            Array.Clear(_digits, 0, _digits.Length);
            Array.Clear(_negative, 0, 2);
            _kind[0] = Empty;
            _kind[1] = Empty;
        }

        /// <summary>Makes a term a multiple of the generator, by the scalar in <see cref="Scalar"/>.</summary>
        internal void SetGenerator(int term, bool isSecret)
        {
            _kind[term] = Comb;
            _scan[term] = (isSecret ? P256Comb.BlockLength / 4 : 0) << P256Arithmetic.ScanShift;
            RecodeRegular(term, P256Comb.Teeth * P256Comb.Blocks * P256Comb.Columns - 1);
        }

        /// <summary>Makes a term a multiple of its point, by the scalar in <see cref="Scalar"/>; <see cref="SetPoint"/> comes first.</summary>
        internal void SetScalar(int term, bool isSecret)
        {
            if (isSecret)
            {
                _kind[term] = SecretWindow;
                _scan[term] = TablePoints / 4 << P256Arithmetic.ScanShift;
                RecodeRegular(term, 255);
                return;
            }

            _kind[term] = PublicWindow;
            _scan[term] = 0;
            _negative[term] = 0;
            WriteBits(term, 0);
            _windowLevel = 256;
            _digitLevel = -1;
        }

        /// <summary>Reads a term's point: 65 bytes. Leaves <see cref="Scalar"/> alone.</summary>
        /// <returns>0 or <see cref="MatterError.InvalidPoint"/>.</returns>
        internal int SetPoint(int term, byte[] point, int offset)
        {
            long[] file = _file;
            P256Limbs.Load(file, C, P256Limbs.Length, point, offset + 1, 32);
            P256Limbs.Load(file, D, P256Limbs.Length, point, offset + 33, 32);
            if (point[offset] != 4 || !P256Limbs.IsBelow(file, C, P256Arithmetic.P) || !P256Limbs.IsBelow(file, D, P256Arithmetic.P))
            {
                return MatterError.InvalidPoint;
            }

            // x^3 - 3 x + b - y^2; 2^31 × 2^29 is safe here, as no limb of the other product comes in.
            P256Arithmetic.Multiply(file, C, C, P256Arithmetic.RSquared);
            P256Arithmetic.Multiply(file, D, D, P256Arithmetic.RSquared);
            P256Arithmetic.Multiply(file, B, C, C);
            for (int i = 0; i < P256Limbs.Length; i++) file[B + i] -= 3 * file[P256Arithmetic.One + i];
            P256Arithmetic.Multiply(file, B, B, C);
            P256Arithmetic.Multiply(file, P256Arithmetic.H, D, D);
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                file[B + i] += file[P256Arithmetic.B + i] - file[P256Arithmetic.H + i];
                file[D + i] += file[D + i];
            }

            if (!IsZero(B)) return MatterError.InvalidPoint;
            P256Arithmetic.Multiply(file, D, D, P256Arithmetic.One);
            Pack(Table(term), C, D);
            return 0;
        }

        /// <summary>Starts the sum of the terms set since <see cref="Wipe"/>.</summary>
        /// <param name="affine">True for <see cref="ResultX"/> and <see cref="ResultY"/>, false to leave it Jacobian in X, W, Z.</param>
        internal void Start(bool affine)
        {
            _affine = affine;
            _term = -1;
            _level = -1;
            for (int term = 0; term < 2; term++)
            {
                int kind = _kind[term];
                int level = kind == Comb ? P256Comb.Columns - 1 : kind == SecretWindow ? 252 : kind == PublicWindow ? 256 : -1;
                if (level > _level) _level = level;
            }

            NextTable();
        }

        /// <summary>Does a bounded part.</summary>
        /// <returns><see cref="P256.Running"/>, 0, or <see cref="MatterError.InvalidPoint"/> if an affine sum is infinity.</returns>
        internal int Step()
        {
            switch (_phase)
            {
                case DoublePoint:
                    BeginTable();
                    _phase = InvertTable;
                    return P256.Running;
                case InvertTable:
                    Invert();
                    _phase = FinishTable;
                    return P256.Running;
                case FinishTable:
                    EndTable();
                    NextTable();
                    return P256.Running;
                case Levels:
                    Execute(Program());
                    if (_level >= 0) return P256.Running;
                    if (!_affine) return 0;
                    _phase = Affine;
                    return P256.Running;
                default:
                    return ToAffine();
            }
        }

        /// <summary>Tells whether a register is 0 modulo p; leaves its canonical plain value there.</summary>
        internal bool IsZero(int at)
        {
            P256Arithmetic.Multiply(_file, at, at, P256Arithmetic.PlainOne);
            P256Limbs.Canonicalize(_file, at, P256Arithmetic.P);
            return P256Limbs.IsZero(_file, at);
        }

        private static int Table(int term)
        {
            return Tables + term * TableLength;
        }

        private void NextTable()
        {
            do _term++;
            while (_term < 2 && _kind[_term] < SecretWindow);
            if (_term < 2)
            {
                _phase = DoublePoint;
                return;
            }

            SetInfinity();
            _started = false;
            _pending = 0;
            _phase = Levels;
        }

        private void SetRunning(int x, int w)
        {
            Copy(P256Arithmetic.X, x);
            Copy(P256Arithmetic.W, w);
            Copy(P256Arithmetic.Z, P256Arithmetic.One);
        }

        private void SetInfinity()
        {
            Array.Clear(_file, P256Arithmetic.X, P256Limbs.Length);
            Copy(P256Arithmetic.W, P256Arithmetic.One);
            Array.Clear(_file, P256Arithmetic.Z, P256Limbs.Length);
        }

        private void Copy(int to, int from)
        {
            Array.Copy(_file, from, _file, to, P256Limbs.Length);
        }

        private void Pack(int at, int x, int w)
        {
            long[] file = _file;
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                file[at + i] = (file[x + i] & P256Arithmetic.LimbMask) | (file[w + i] << 29);
            }
        }

        // To E and F.
        private void Unpack(int at)
        {
            long[] file = _file;
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                long packed = file[at + i];
                file[P256Arithmetic.E + i] = packed & P256Arithmetic.LimbMask;
                file[P256Arithmetic.F + i] = packed >> 29;
            }

            file[P256Arithmetic.E + 8] = (file[P256Arithmetic.E + 8] << 35) >> 35;
        }

        private void RecodeRegular(int term, int topBit)
        {
            long[] file = _file;
            long even = 1 - (file[Scalar] & 1);
            long carry = 0;
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                carry += file[Scalar + i] * (1 - even - even) + file[Order + i] * even;
                file[Scalar + i] = carry & P256Arithmetic.LimbMask;
                carry >>= 29;
            }

            _negative[term] = (int)even * P256Arithmetic.Negative;
            WriteBits(term, 1);
            _digits[term * DigitLength + (topBit >> 3)] |= (byte)(1 << (topBit & 7));
        }

        // The scalar's bits from the given one (0 or 1) on, lowest byte first; wipes the scalar.
        private void WriteBits(int term, int from)
        {
            byte[] digits = _digits;
            int at = term * DigitLength;
            int limb = Scalar;
            long window = _file[limb++] >> from;
            int bits = 29 - from;
            for (int i = 0; i < DigitLength; i++)
            {
                if (bits < 8 && limb < Scalar + P256Limbs.Length)
                {
                    window |= _file[limb++] << bits;
                    bits += 29;
                }

                digits[at + i] = (byte)window;
                window >>= 8;
                bits -= 8;
            }

            Array.Clear(_file, Scalar, P256Limbs.Length);
        }

        // P, 3P, ... 15P with Z's of their own. 2P counts as affine on the curve that its Z maps to; the additions don't
        // care for the curve. Forced: an odd multiple below 15 and 2P are never equal or opposite.
        private void BeginTable()
        {
            int table = Table(_term);
            Unpack(table);
            SetRunning(P256Arithmetic.E, P256Arithmetic.F);
            _program[0] = 1;
            P256Arithmetic.Accumulate(_file, _program, 0, 1, P256Comb.Generator);
            Pack(Ratios, P256Arithmetic.X, P256Arithmetic.W);
            Copy(C, P256Arithmetic.Z);
            P256Arithmetic.Multiply(_file, A, C, C);
            P256Arithmetic.Multiply(_file, B, A, C);
            P256Arithmetic.Multiply(_file, A, A, P256Arithmetic.E);
            P256Arithmetic.Multiply(_file, B, B, P256Arithmetic.F);
            SetRunning(A, B);
            _program[0] = P256Arithmetic.Addition | P256Arithmetic.Forced | (Ratios << P256Arithmetic.TableShift);
            for (int i = 1; i < TablePoints; i++)
            {
                P256Arithmetic.Accumulate(_file, _program, 0, 1, P256Comb.Generator);
                Pack(table + i * P256Arithmetic.PackedLength, P256Arithmetic.X, P256Arithmetic.W);
                Copy(Ratios + i * P256Limbs.Length, P256Arithmetic.H);
            }

            P256Arithmetic.Multiply(_file, P256Arithmetic.Z, P256Arithmetic.Z, C);
        }

        // One inversion serves all: each Z is the one before times a known ratio.
        private void EndTable()
        {
            int table = Table(_term);
            for (int i = TablePoints - 1; i > 0; i--)
            {
                int row = table + i * P256Arithmetic.PackedLength;
                Unpack(row);
                ScaleByInverse(P256Arithmetic.E, P256Arithmetic.F);
                Pack(row, P256Arithmetic.E, P256Arithmetic.F);
                P256Arithmetic.Multiply(_file, D, D, Ratios + i * P256Limbs.Length);
            }
        }

        // x D^2, w D^3.
        private void ScaleByInverse(int x, int w)
        {
            P256Arithmetic.Multiply(_file, A, D, D);
            P256Arithmetic.Multiply(_file, x, x, A);
            P256Arithmetic.Multiply(_file, A, A, D);
            P256Arithmetic.Multiply(_file, w, w, A);
        }

        // D = 1/Z, blinded: what the variable-time inversion sees is random. False if Z is 0.
        private bool Invert()
        {
            long[] file = _file;
            P256Limbs.DrawBlind(file, B, _random, _blind);
            P256Arithmetic.Multiply(file, A, P256Arithmetic.Z, B);
            P256Limbs.Canonicalize(file, A, P256Arithmetic.P);
            P256Arithmetic.InvertVarTime(file, D, A, P256Arithmetic.P, P256Arithmetic.LimbMask);
            P256Limbs.Canonicalize(file, D, P256Arithmetic.P);
            P256Arithmetic.Multiply(file, D, D, B);
            P256Arithmetic.Multiply(file, D, D, P256Arithmetic.RCubed);
            return !P256Limbs.IsZero(file, A);
        }

        private int ToAffine()
        {
            if (!Invert()) return MatterError.InvalidPoint;
            ScaleByInverse(P256Arithmetic.X, P256Arithmetic.W);
            P256Arithmetic.Multiply(_file, ResultX, P256Arithmetic.X, P256Arithmetic.PlainOne);
            P256Limbs.Canonicalize(_file, ResultX, P256Arithmetic.P);
            P256Arithmetic.Multiply(_file, ResultY, P256Arithmetic.W, P256Arithmetic.PlainHalf);
            P256Limbs.Canonicalize(_file, ResultY, P256Arithmetic.P);
            return 0;
        }

        // Translates as many levels into instructions as one step may run.
        private int Program()
        {
            int count = 0;
            int cost = StepCost + (_started ? 0 : FirstAdditionCost);
            while (_level >= 0)
            {
                int additions = 0;
                for (int term = 0; term < 2; term++)
                {
                    if (_kind[term] >= SecretWindow) additions++;
                    else if (_kind[term] == Comb && _level < P256Comb.Columns) additions += P256Comb.Blocks;
                }

                if (cost + _pending * DoublingCost + additions * AdditionCost > StepBound) break;
                int before = count;
                int doublings = _pending;
                for (int term = 0; term < 2; term++)
                {
                    if (_kind[term] == Comb)
                    {
                        if (_level < P256Comb.Columns) count = AddComb(term, count);
                    }
                    else if (_kind[term] == SecretWindow)
                    {
                        if ((_level & 3) == 0 && _level < 256) count = AddSecret(term, count);
                    }
                    else if (_kind[term] == PublicWindow)
                    {
                        count = AddPublic(term, count);
                    }
                }

                if (count > before) cost += doublings * DoublingCost + (count - before) * AdditionCost;
                if (_level-- > 0 && _started) _pending++;
            }

            // Nothing but doublings, either between two digits or at the end.
            if (_pending > 0 && (count == 0 || _level < 0)) count = Emit(count, 0);
            return count;
        }

        private int Emit(int count, int instruction)
        {
            _program[count] = instruction | _pending;
            _pending = 0;
            _started = true;
            return count + 1;
        }

        private int AddSecret(int term, int count)
        {
            // A digit is 2 v - 15, table row i is 2 i + 1.
            int v = (_digits[term * DigitLength + (_level >> 3)] >> (_level & 4)) & 15;
            int minus = (v >> 3) - 1;
            int instruction = P256Arithmetic.Addition | _scan[term] | (Table(term) << P256Arithmetic.TableShift);
            instruction |= (minus & P256Arithmetic.Negative) ^ _negative[term];
            return Emit(count, instruction | (((v ^ minus) & 7) << P256Arithmetic.IndexShift));
        }

        private int AddComb(int term, int count)
        {
            byte[] digits = _digits;
            int at = term * DigitLength;
            for (int block = 0; block < P256Comb.Blocks; block++)
            {
                int v = 0;
                int bit = block * P256Comb.Columns + _level;
                for (int tooth = 0; tooth < P256Comb.Teeth; tooth++)
                {
                    v |= ((digits[at + (bit >> 3)] >> (bit & 7)) & 1) << tooth;
                    bit += P256Comb.Blocks * P256Comb.Columns;
                }

                int minus = (v >> (P256Comb.Teeth - 1)) - 1;
                int table = block * P256Comb.BlockLength * P256Arithmetic.PackedLength;
                int instruction = P256Arithmetic.Addition | P256Arithmetic.FromComb | _scan[term] | (table << P256Arithmetic.TableShift);
                instruction |= (minus & P256Arithmetic.Negative) ^ _negative[term];
                count = Emit(count, instruction | (((v ^ minus) & (P256Comb.BlockLength - 1)) << P256Arithmetic.IndexShift));
            }

            return count;
        }

        // Digits of the mutual opposite form, 2 k - k bit by bit from the top, five of them at a time: an odd number up to
        // 15 in the place of its lowest bit. As few as in the non-adjacent form, but in the order in which they are needed.
        private int AddPublic(int term, int count)
        {
            byte[] digits = _digits;
            int at = term * DigitLength;
            if (_level <= _windowLevel)
            {
                int low = _level - 5;
                int bits = low < 0
                    ? digits[at] << -low
                    : (digits[at + (low >> 3)] | (digits[at + (low >> 3) + 1] << 8)) >> (low & 7);
                int value = (bits & 31) - ((bits & 63) >> 1);
                if (((bits >> 4) & 3) == 1 || ((bits >> 4) & 3) == 2)
                {
                    _windowLevel = low;
                    _digitLevel = low + 1;
                    for (; (value & 1) == 0; value >>= 1) _digitLevel++;
                    _digit = value;
                }
            }

            if (_level != _digitLevel) return count;
            int instruction = P256Arithmetic.Addition | (Table(term) << P256Arithmetic.TableShift);
            int row = (_digit < 0 ? -_digit : _digit) >> 1;
            if (_digit < 0) instruction |= P256Arithmetic.Negative;
            return Emit(count, instruction | (row << P256Arithmetic.IndexShift));
        }

        private void Execute(int count)
        {
            int next = 0;
            while (true)
            {
                next = P256Arithmetic.Accumulate(_file, _program, next, count, P256Comb.Generator);
                if (next == count) return;
                _program[next] = AddComplete(_program[next]);
            }
        }

        // Adds the point in E and F where the engine would not. Returns what is left to do of the instruction.
        private int AddComplete(int instruction)
        {
            long[] file = _file;
            Copy(A, P256Arithmetic.Z);
            if (IsZero(A))
            {
                SetRunning(P256Arithmetic.E, P256Arithmetic.F);
                return 0;
            }

            if (!IsZero(P256Arithmetic.H)) return (instruction & ~P256Arithmetic.DoublingsMask) | P256Arithmetic.Forced;
            P256Arithmetic.Multiply(file, A, P256Arithmetic.Z, P256Arithmetic.Z);
            P256Arithmetic.Multiply(file, A, A, P256Arithmetic.Z);
            P256Arithmetic.Multiply(file, A, A, P256Arithmetic.F);
            for (int i = 0; i < P256Limbs.Length; i++) file[A + i] -= file[P256Arithmetic.W + i];
            if (IsZero(A)) return 1;
            SetInfinity();
            return 0;
        }
    }
}
