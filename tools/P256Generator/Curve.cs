using System.Globalization;
using System.Numerics;

namespace Matter.Nano.Tools.P256Generator
{
    /// <summary>The constants of P-256 (FIPS 186-4 D.1.2.3) and slow affine arithmetic on it.</summary>
    internal static class Curve
    {
        public const int LimbBits = 29;
        public const int Limbs = 9;

        public static readonly BigInteger P = Parse("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        public static readonly BigInteger N = Parse("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        public static readonly BigInteger B = Parse("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
        public static readonly BigInteger GeneratorX = Parse("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
        public static readonly BigInteger GeneratorY = Parse("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

        /// <summary>The Montgomery radix.</summary>
        public static readonly BigInteger R = BigInteger.One << (LimbBits * Limbs);

        public static readonly BigInteger[] Generator = { GeneratorX, GeneratorY };

        public static BigInteger Mod(BigInteger value, BigInteger modulus)
        {
            BigInteger rest = value % modulus;
            return rest.Sign < 0 ? rest + modulus : rest;
        }

        public static BigInteger Invert(BigInteger value, BigInteger modulus)
        {
            return BigInteger.ModPow(Mod(value, modulus), modulus - 2, modulus);
        }

        public static long Limb(BigInteger value, int index)
        {
            return (long)((value >> (LimbBits * index)) & ((1L << LimbBits) - 1));
        }

        /// <summary>Limb i of a point's x and, shifted by a limb, of 2 y, in Montgomery's form, as a literal.</summary>
        public static string Packed(BigInteger[] point, int index)
        {
            BigInteger x = point[0] * R % P;
            BigInteger w = 2 * point[1] * R % P;
            return "0x" + (Limb(x, index) | Limb(w, index) << LimbBits).ToString("x", CultureInfo.InvariantCulture);
        }

        public static BigInteger[] Negate(BigInteger[] point)
        {
            return new[] { point[0], P - point[1] };
        }

        /// <summary>Adds two affine points whose sum is not infinity.</summary>
        public static BigInteger[] Add(BigInteger[] left, BigInteger[] right)
        {
            BigInteger slope = left[0] == right[0]
                ? (3 * left[0] * left[0] - 3) * Invert(2 * left[1], P)
                : (right[1] - left[1]) * Invert(right[0] - left[0], P);
            BigInteger x = Mod(slope * slope - left[0] - right[0], P);
            return new[] { x, Mod(slope * (left[0] - x) - left[1], P) };
        }

        private static BigInteger Parse(string hex)
        {
            return BigInteger.Parse("0" + hex, System.Globalization.NumberStyles.HexNumber);
        }
    }
}
