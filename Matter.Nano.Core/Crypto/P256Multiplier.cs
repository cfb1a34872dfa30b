using System;
using Matter.Nano.Platform;
using static Matter.Nano.Crypto.P256Arithmetic;
using static Matter.Nano.Crypto.P256Registers;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// The sum of one or two scalar multiples of points, in bounded steps. Both terms share one chain of doublings: a secret
    /// multiple of a point adds from a table of its odd multiples at every fourth level, a public one where its recoding
    /// has a digit, a multiple of the generator adds a point of the comb on each of the last 43 levels, or a public one one of
    /// its odd multiples where its recoding has a digit.
    /// </summary>
    internal sealed class P256Multiplier
    {
        /// <summary>IL instructions a step takes at most: 30 ms on an ESP32.</summary>
        internal const int StepBound = 60000;

        /// <summary>Takes a term's scalar, canonical.</summary>
        internal const int Scalar = A;

        /// <summary>The affine result's x, plain and canonical.</summary>
        internal const int ResultX = A;

        /// <summary>The affine result's y.</summary>
        internal const int ResultY = B;

        private const int ProgramLength = 12;

        // IL instructions, rounded up.
        private const int DoublingCost = 4050;
        private const int StepCost = 2000;
        private const int FirstAdditionCost = 6000;

        private const int BuildTable = 0;
        private const int InvertTable = 1;
        private const int FinishTable = 2;
        private const int Levels = 3;
        private const int Affine = 4;

        private readonly P256Registers _registers;
        private readonly long[] _file;
        private readonly int[] _program = new int[ProgramLength];
        private readonly P256Term _first = new P256Term(Tables);
        private readonly P256Term _second = new P256Term(Tables + TableLength);

        private int _phase;
        private bool _affine;
        private P256Term _building;
        private int _level;
        private bool _started;

        internal P256Multiplier(IRandom random, int keyCombs)
        {
            _registers = new P256Registers(random, keyCombs);
            _file = _registers.File;
            Wipe();
        }

        /// <summary>The registers.</summary>
        internal P256Registers Registers { get { return _registers; } }

        /// <summary>Forgets everything.</summary>
        internal void Wipe()
        {
            _registers.Wipe();
            Array.Clear(_program, 0, ProgramLength);
            _first.Wipe();
            _second.Wipe();
        }

        /// <summary>Makes a term a multiple of the generator, by the scalar in <see cref="Scalar"/>.</summary>
        internal void SetGenerator(int term, bool isSecret)
        {
            Term(term).SetComb(isSecret, FromComb, _file, Scalar, Order);
        }

        /// <summary>The same by a public scalar, for a sum with a point that has no comb.</summary>
        internal void SetGeneratorWindow(int term)
        {
            Term(term).SetGeneratorWindow(_file, Scalar);
        }

        /// <summary>Makes a term a multiple of the point whose comb stands in the registers, by the public scalar in <see cref="Scalar"/>.</summary>
        internal void SetComb(int term, int table)
        {
            Term(term).SetComb(false, table << TableShift, _file, Scalar, Order);
        }

        /// <summary>Makes a term its point itself; <see cref="SetPoint"/> comes first.</summary>
        internal void SetOne(int term)
        {
            Term(term).SetOne();
        }

        /// <summary>Makes a term a multiple of its point, by the scalar in <see cref="Scalar"/>; <see cref="SetPoint"/> comes first.</summary>
        internal void SetScalar(int term, bool isSecret)
        {
            Term(term).SetPoint(isSecret, _file, Scalar, Order);
        }

        /// <summary>Reads a term's point: 65 bytes. Leaves <see cref="Scalar"/> alone.</summary>
        /// <returns>0 or <see cref="MatterError.InvalidPoint"/>.</returns>
        internal int SetPoint(int term, byte[] point, int offset)
        {
            return _registers.LoadPoint(Term(term).Table, point, offset);
        }

        /// <summary>Starts the sum of the terms set since <see cref="Wipe"/>.</summary>
        /// <param name="affine">True for <see cref="ResultX"/> and <see cref="ResultY"/>, false to leave it Jacobian in X, W, Z.</param>
        internal void Start(bool affine)
        {
            _affine = affine;
            BeginTable(_first);
        }

        /// <summary>Does a bounded part.</summary>
        /// <returns><see cref="P256.Running"/>, 0, or <see cref="MatterError.InvalidPoint"/> if an affine sum is infinity.</returns>
        internal int Step()
        {
            switch (_phase)
            {
                case BuildTable:
                    AddTable();
                    _phase = InvertTable;
                    return P256.Running;
                case InvertTable:
                    _registers.Invert();
                    _phase = FinishTable;
                    return P256.Running;
                case FinishTable:
                    ScaleTable();
                    BeginTable(_building == _first ? _second : null);
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

        private P256Term Term(int term)
        {
            return term == 0 ? _first : _second;
        }

        // Goes on with the tables from this term on, or with the sum itself.
        private void BeginTable(P256Term term)
        {
            if (term == _first && !term.IsWindow) term = _second;
            if (term != null && term.IsWindow)
            {
                _building = term;
                _phase = BuildTable;
                return;
            }

            _registers.SetInfinity();
            _started = false;
            _level = 0;
            _phase = Levels;
        }

        // P, 3P, ... 15P with Z's of their own. 2P counts as affine on the curve that its Z maps to; the additions don't
        // care for the curve. Forced: an odd multiple below 15 and 2P are never equal or opposite.
        private void AddTable()
        {
            int table = _building.Table;
            _registers.Unpack(table);
            _registers.SetRunning(E, F);
            _program[0] = 1;
            Accumulate(_file, _program, 0, 1, P256Comb.Generator);
            _registers.Pack(Ratios, X, W);
            _registers.Copy(C, Z);
            Multiply(_file, A, C, C);
            Multiply(_file, B, A, C);
            Multiply(_file, A, A, E);
            Multiply(_file, B, B, F);
            _registers.SetRunning(A, B);
            _program[0] = Addition | Forced | (Ratios << TableShift);
            for (int i = 1; i < P256Term.TablePoints; i++)
            {
                Accumulate(_file, _program, 0, 1, P256Comb.Generator);
                _registers.Pack(table + i * PackedLength, X, W);
                _registers.Copy(Ratios + i * P256Limbs.Length, H);
            }

            Multiply(_file, Z, Z, C);
        }

        // One inversion serves all: each Z is the one before times a known ratio.
        private void ScaleTable()
        {
            int table = _building.Table;
            for (int i = P256Term.TablePoints - 1; i > 0; i--)
            {
                int row = table + i * PackedLength;
                _registers.Unpack(row);
                _registers.ScaleByInverse(E, F);
                _registers.Pack(row, E, F);
                Multiply(_file, D, D, Ratios + i * P256Limbs.Length);
            }
        }

        private int ToAffine()
        {
            if (!_registers.Invert()) return MatterError.InvalidPoint;
            _registers.ScaleByInverse(X, W);
            Multiply(_file, ResultX, X, PlainOne);
            P256Limbs.Canonicalize(_file, ResultX, P, 2);
            Multiply(_file, ResultY, W, PlainHalf);
            P256Limbs.Canonicalize(_file, ResultY, P, 2);
            return 0;
        }

        // As many instructions as one step may run. Ends with level -1 after the last one.
        private int Program()
        {
            int[] program = _program;
            P256Term first = _first;
            P256Term second = _second;
            int level = _level;
            int count = 0;
            int cost = StepCost + (_started ? 0 : FirstAdditionCost);
            while (level >= 0)
            {
                int firstLevel = first.Level;
                int secondLevel = second.Level;
                int next = firstLevel > secondLevel ? firstLevel : secondLevel;
                int additions = 0;
                if (next < 0)
                {
                    next = 0;
                }
                else
                {
                    if (next == firstLevel) additions = first.Cost;
                    if (next == secondLevel) additions += second.Cost;
                }

                // Infinity needs no doublings.
                int doublings = _started ? level - next : 0;
                int sum = cost + doublings * DoublingCost + additions;
                if (sum > StepBound)
                {
                    int fit = (StepBound - cost) / DoublingCost;
                    if (doublings > fit) doublings = fit;
                    program[count] = doublings;
                    level -= doublings;
                    count++;
                    break;
                }

                level = next;
                _started = true;
                cost = sum;
                int at = count;
                program[count] = 0;
                if (additions == 0)
                {
                    level = -1;
                    count++;
                }
                else
                {
                    if (next == firstLevel) count = first.Write(program, count, _file);
                    if (next == secondLevel) count = second.Write(program, count, _file);
                }

                program[at] |= doublings;
            }

            _level = level;
            return count;
        }

        private void Execute(int count)
        {
            int next = 0;
            while (true)
            {
                next = Accumulate(_file, _program, next, count, P256Comb.Generator);
                if (next == count) return;
                _program[next] = AddComplete(_program[next]);
            }
        }

        // Adds the point in E and F where the engine would not. Returns what is left to do of the instruction.
        private int AddComplete(int instruction)
        {
            long[] file = _file;
            _registers.Copy(A, Z);
            if (_registers.IsZero(A))
            {
                _registers.SetRunning(E, F);
                return 0;
            }

            if (!_registers.IsZero(H)) return (instruction & ~DoublingsMask) | Forced;
            Multiply(file, A, Z, Z);
            Multiply(file, A, A, Z);
            Multiply(file, A, A, F);
            for (int i = 0; i < P256Limbs.Length; i++) file[A + i] -= file[W + i];
            if (_registers.IsZero(A)) return 1;
            _registers.SetInfinity();
            return 0;
        }
    }
}
