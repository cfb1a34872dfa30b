using System;
using Matter.Nano.Platform;
using static Matter.Nano.Crypto.P256Arithmetic;

namespace Matter.Nano.Crypto
{
    /// <summary>The registers of one engine and what is done with whole registers, points and tables' points.</summary>
    internal sealed class P256Registers
    {
        /// <summary>Register of n; R and R^2 modulo n follow.</summary>
        internal const int Order = FieldEnd;

        /// <summary>R^2 modulo n.</summary>
        internal const int OrderRSquared = Order + 18;

        /// <summary>Scratch.</summary>
        internal const int A = Order + 27;

        /// <summary>Scratch.</summary>
        internal const int B = A + 9;

        /// <summary>Scratch.</summary>
        internal const int C = B + 9;

        /// <summary>Result of <see cref="Invert"/>.</summary>
        internal const int D = C + 9;

        /// <summary>First of four registers for whoever needs them longer.</summary>
        internal const int Kept = D + 9;

        /// <summary>Two tables of packed points.</summary>
        internal const int Tables = Kept + 36;

        /// <summary>A packed point, then seven registers: the ratios between a table's Z's.</summary>
        internal const int Ratios = Tables + 2 * TableLength;

        /// <summary>Elements of a table.</summary>
        internal const int TableLength = P256Term.TablePoints * PackedLength;

        /// <summary>The combs of public keys, which <see cref="Wipe"/> leaves alone.</summary>
        internal const int KeyTables = Ratios + TableLength;

        private readonly IRandom _random;
        private readonly long[] _file;
        private readonly byte[] _blind = new byte[31];

        internal P256Registers(IRandom random, int keyCombs)
        {
            _random = random;
            _file = new long[KeyTables + keyCombs * P256KeyCombs.TableLength];
            LoadField(_file);
            LoadOrder(_file, Order);
        }

        /// <summary>The registers themselves.</summary>
        internal long[] File { get { return _file; } }

        /// <summary>Clears all but the constants and the keys' combs.</summary>
        internal void Wipe()
        {
            Array.Clear(_file, 0, P);
            Array.Clear(_file, A, KeyTables - A);
        }

        /// <summary>Reads and packs an uncompressed point of 65 bytes. Leaves <see cref="A"/> alone.</summary>
        /// <returns>0 or <see cref="MatterError.InvalidPoint"/>.</returns>
        internal int LoadPoint(int packed, byte[] point, int offset)
        {
            long[] file = _file;
            P256Limbs.Load(file, C, point, offset + 1);
            P256Limbs.Load(file, D, point, offset + 33);
            if (point[offset] != 4 || !P256Limbs.IsBelow(file, C, P) || !P256Limbs.IsBelow(file, D, P))
            {
                return MatterError.InvalidPoint;
            }

            // x^3 - 3 x + b - y^2; nine products of 3 · 2^29 and 2^29 are below 2^63.
            Multiply(file, C, C, RSquared);
            Multiply(file, D, D, RSquared);
            Multiply(file, B, C, C);
            for (int i = 0; i < P256Limbs.Length; i++) file[B + i] -= 3 * file[One + i];
            Multiply(file, B, B, C);
            Multiply(file, H, D, D);
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                file[B + i] += file[CurveB + i] - file[H + i];
                file[D + i] += file[D + i];
            }

            if (!IsZero(B)) return MatterError.InvalidPoint;
            Multiply(file, D, D, One);
            Pack(packed, C, D);
            return 0;
        }

        /// <summary>Tells whether a register is 0 modulo p; leaves its canonical plain value there.</summary>
        internal bool IsZero(int at)
        {
            Multiply(_file, at, at, PlainOne);
            P256Limbs.Canonicalize(_file, at, P, 2);
            return P256Limbs.IsZero(_file, at);
        }

        /// <summary>Sets the running point to an affine one.</summary>
        internal void SetRunning(int x, int w)
        {
            Copy(X, x);
            Copy(W, w);
            Copy(Z, One);
        }

        /// <summary>Sets the running point to infinity.</summary>
        internal void SetInfinity()
        {
            Array.Clear(_file, X, P256Limbs.Length);
            Copy(W, One);
            Array.Clear(_file, Z, P256Limbs.Length);
        }

        /// <summary>Copies a register.</summary>
        internal void Copy(int to, int from)
        {
            Array.Copy(_file, from, _file, to, P256Limbs.Length);
        }

        /// <summary>Packs an affine point; limbs 0 to 7 in [0, 2^29).</summary>
        internal void Pack(int at, int x, int w)
        {
            long[] file = _file;
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                file[at + i] = (file[x + i] & LimbMask) | (file[w + i] << 29);
            }
        }

        /// <summary>Unpacks a point to E and F.</summary>
        internal void Unpack(int at)
        {
            long[] file = _file;
            for (int i = 0; i < P256Limbs.Length; i++)
            {
                long packed = file[at + i];
                file[E + i] = packed & LimbMask;
                file[F + i] = packed >> 29;
            }

            file[E + 8] = (file[E + 8] << 35) >> 35;
        }

        /// <summary>Affine from Jacobian: x D^2 and w D^3 with D = 1/Z.</summary>
        internal void ScaleByInverse(int x, int w)
        {
            Multiply(_file, A, D, D);
            Multiply(_file, x, x, A);
            Multiply(_file, A, A, D);
            Multiply(_file, w, w, A);
        }

        /// <summary>D = 1/Z. Blinded: what the variable-time inversion sees is random.</summary>
        /// <returns>False if Z is 0.</returns>
        internal bool Invert()
        {
            long[] file = _file;
            P256Limbs.DrawBlind(file, B, _random, _blind);
            Multiply(file, A, Z, B);
            P256Limbs.Canonicalize(file, A, P, 2);
            InvertVarTime(file, D, A, P, LimbMask);
            P256Limbs.Canonicalize(file, D, P, 3);
            Multiply(file, D, D, B);
            Multiply(file, D, D, RCubed);
            return !P256Limbs.IsZero(file, A);
        }
    }
}
