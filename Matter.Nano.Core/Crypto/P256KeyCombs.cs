using System;
using static Matter.Nano.Crypto.P256Arithmetic;
using static Matter.Nano.Crypto.P256Registers;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// Combs of the public keys that signatures are verified with most, like the generator's (<see cref="P256Comb"/>): they
    /// halve a verification. Built in bounded steps when there is nothing else to do. Public inputs only.
    /// </summary>
    /// <remarks>
    /// A key counts when a signature has verified. The key that is met most often without a comb is the next one to get
    /// one, in the place of the comb used least if that is used less.
    /// </remarks>
    internal sealed class P256KeyCombs
    {
        /// <summary>Elements of a comb's table.</summary>
        internal const int TableLength = P256Comb.Points * PackedLength;

        private const int KeyLength = P256.PointLength;
        private const int MaxUses = 200;

        // While a comb is built, one half after the other: the multiples of the key by 2^(43 i), then the ratios between a
        // half's Z's.
        private const int Powers = P256Comb.Teeth;
        private const int HalfLength = P256Comb.Points / 2;
        private const int PowerTable = Kept;
        private const int RatioTable = PowerTable + Powers * PackedLength;

        private const int DoublingsPerStep = 11;
        private const int AddedPerStep = 4;
        private const int ScaledPerStep = 8;

        private const int Double = 0;
        private const int Normalize = 1;
        private const int AddFirst = 2;
        private const int AddPoints = 3;
        private const int InvertHalf = 4;
        private const int ScaleHalf = 5;

        private readonly P256Registers _registers;
        private readonly long[] _file;
        private readonly int[] _program = new int[P256Comb.Teeth];
        private readonly byte[] _keys;      // of the rows, of the candidate, of the verification that runs
        private readonly byte[] _uses;      // of the rows, of the candidate; 0: empty
        private readonly int _rows;
        private int _row;
        private int _phase;
        private int _power;
        private int _doublingsLeft;
        private int _half;
        private int _point;

        internal P256KeyCombs(P256Multiplier multiplier, int rows)
        {
            _registers = multiplier.Registers;
            _file = _registers.File;
            _rows = rows;
            _keys = new byte[(rows + 2) * KeyLength];
            _uses = new byte[rows + 1];
        }

        /// <summary>First element of a row's table in the registers.</summary>
        internal int Table(int row) { return KeyTables + row * TableLength; }

        /// <summary>Finds a key's comb and remembers the key for <see cref="Count"/>.</summary>
        /// <returns>The row or -1.</returns>
        internal int Find(byte[] key, int offset)
        {
            if (_rows == 0) return -1;
            Array.Copy(key, offset, _keys, (_rows + 1) * KeyLength, KeyLength);
            for (int i = 0; i < _rows; i++)
            {
                if (_uses[i] != 0 && IsSought(i)) return i;
            }

            return -1;
        }

        /// <summary>A signature verified by the key that was sought last.</summary>
        /// <param name="row">What <see cref="Find"/> said.</param>
        internal void Count(int row)
        {
            if (_rows == 0) return;
            int candidate = _rows;
            if (row >= 0)
            {
                if (_uses[row] < MaxUses) _uses[row]++;
            }
            else if (_uses[candidate] != 0 && IsSought(candidate))
            {
                if (_uses[candidate] < MaxUses) _uses[candidate]++;
            }
            else if (_uses[candidate] > 1)
            {
                _uses[candidate]--;
            }
            else
            {
                Array.Copy(_keys, (_rows + 1) * KeyLength, _keys, candidate * KeyLength, KeyLength);
                _uses[candidate] = 1;
            }
        }

        /// <summary>Begins to build the candidate's comb if it deserves one.</summary>
        internal bool Begin()
        {
            int uses = _uses[_rows];
            int row = 0;
            for (int i = 1; i < _rows; i++)
            {
                if (_uses[i] < _uses[row]) row = i;
            }

            if (uses == 0 || uses <= _uses[row] || _registers.LoadPoint(PowerTable, _keys, _rows * KeyLength) < 0) return false;
            _uses[row] = 0;
            _row = row;
            _power = 0;
            _doublingsLeft = P256Comb.Columns;
            _half = 0;
            _phase = Double;
            _registers.Unpack(PowerTable);
            _registers.SetRunning(E, F);
            return true;
        }

        /// <summary>Does a bounded part.</summary>
        /// <returns><see cref="P256.Running"/> or 0.</returns>
        internal int Step()
        {
            switch (_phase)
            {
                case Double:
                    int part = _doublingsLeft < DoublingsPerStep ? _doublingsLeft : DoublingsPerStep;
                    _program[0] = part;
                    Run(1);
                    _doublingsLeft -= part;
                    if (_doublingsLeft == 0) _phase = Normalize;
                    break;
                case Normalize:
                    _registers.Invert();
                    _registers.ScaleByInverse(X, W);
                    _registers.Copy(Z, One);
                    _power++;
                    _doublingsLeft = P256Comb.Columns;
                    _registers.Pack(PowerTable + _power * PackedLength, X, W);
                    _phase = _power == Powers - 1 ? AddFirst : Double;
                    break;
                case AddFirst:
                    AddAll();
                    break;
                case AddPoints:
                    for (int i = 0; i < AddedPerStep && _point < HalfLength; i++) AddPoint();
                    if (_point == HalfLength) _phase = InvertHalf;
                    break;
                case InvertHalf:
                    _registers.Invert();
                    _phase = ScaleHalf;
                    break;
                default:
                    for (int i = 0; i < ScaledPerStep; i++) ScalePoint();
                    if (_point > 0) break;
                    if (_half++ == 0)
                    {
                        _phase = AddFirst;
                        break;
                    }

                    Array.Copy(_keys, _rows * KeyLength, _keys, _row * KeyLength, KeyLength);
                    _uses[_row] = _uses[_rows];
                    _uses[_rows] = 0;
                    return 0;
            }

            return P256.Running;
        }

        // A half's point 0: the top tooth with all others negative, but for the one that tells the halves apart.
        private void AddAll()
        {
            _registers.Unpack(Power(P256Comb.Teeth - 1));
            _registers.SetRunning(E, F);
            for (int tooth = 0; tooth < P256Comb.Teeth - 1; tooth++) _program[tooth] = Add(tooth) | Negative;
            if (_half != 0) _program[P256Comb.Teeth - 2] = Add(P256Comb.Teeth - 2);
            Run(P256Comb.Teeth - 1);
            _registers.Pack(Point(0), X, W);
            _point = 1;
            _phase = AddPoints;
        }

        // The others in the order of Gray's code: one tooth changes its sign each time. None of these sums is infinity, none
        // has the point that is added as a summand of its own size, so all additions are forced.
        private void AddPoint()
        {
            int tooth = 0;
            while (((_point >> tooth) & 1) == 0) tooth++;
            int index = _point ^ (_point >> 1);
            _program[0] = Add(tooth) | (((index >> tooth) & 1) == 0 ? Negative : 0);
            Run(1);
            int ratio = RatioTable + (_point - 1) * P256Limbs.Length;
            _registers.Copy(ratio, H);
            Run(1);
            Multiply(_file, ratio, ratio, H);
            _registers.Pack(Point(index), X, W);
            _point++;
        }

        // One inversion serves a half, from the last point to the first, as in a window's table.
        private void ScalePoint()
        {
            _point--;
            int point = Point(_point ^ (_point >> 1));
            _registers.Unpack(point);
            _registers.ScaleByInverse(E, F);
            _registers.Pack(point, E, F);
            if (_point > 0) Multiply(_file, D, D, RatioTable + (_point - 1) * P256Limbs.Length);
        }

        private void Run(int count)
        {
            Accumulate(_file, _program, 0, count, P256Comb.Generator);
        }

        private int Add(int tooth)
        {
            return Addition | Forced | (Power(tooth) << TableShift);
        }

        private int Power(int tooth)
        {
            return PowerTable + tooth * PackedLength;
        }

        private int Point(int index)
        {
            return Table(_row) + (_half * HalfLength + index) * PackedLength;
        }

        private bool IsSought(int row)
        {
            int sought = (_rows + 1) * KeyLength;
            return ConstantTime.Equals(_keys, row * KeyLength, _keys, sought, KeyLength);
        }
    }
}
