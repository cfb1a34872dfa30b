using System;
using System.IO;
using System.Numerics;
using System.Runtime.CompilerServices;
using Matter.Nano.Crypto;
using Matter.Nano.Tools.P256Generator;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The generated arithmetic against BigInteger, at the edges of what limbs may be.</summary>
    [TestClass]
    public class P256ArithmeticTests
    {
        private const int A = 150;
        private const int B = 159;
        private const int C = 168;
        private const int Order = P256Arithmetic.FieldEnd;

        private static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;

        private static readonly BigInteger OrderN = new BigInteger(P256Tests.OrderMinus(0), true, true);

        [TestMethod]
        public void GeneratedSources_AreUpToDate()
        {
            string folder = Path.Combine(Path.GetDirectoryName(Here()), "..", "..", "..", "Matter.Nano.Core", "Crypto");
            foreach (string fileName in Program.FileNames)
            {
                Assert.IsTrue(File.ReadAllText(Path.Combine(folder, fileName)) == Program.Generate(fileName), fileName);
            }
        }

        [TestMethod]
        public void Multiply_AgreesWithBigInteger()
        {
            Random random = new Random(11);
            long[] file = Registers();
            BigInteger radix = BigInteger.ModPow(2, 261 * (Prime - 2), Prime);
            for (int round = 0; round < 20000; round++)
            {
                // A factor of 30 bits, another of 29, both of any sign: sums and differences of products.
                Fill(random, file, A, 30);
                Fill(random, file, B, 29);
                BigInteger expected = Modulo(Number(file, A) * Number(file, B) * radix, Prime);
                P256Arithmetic.Multiply(file, C, A, B);
                CheckReduced(file, C);
                Assert.AreEqual(expected, Modulo(Number(file, C), Prime));
                P256Arithmetic.Multiply(file, A, A, B);
                Assert.AreEqual(expected, Modulo(Number(file, A), Prime), "in place");
            }
        }

        [TestMethod]
        public void OrderMultiply_AgreesWithBigInteger()
        {
            Random random = new Random(12);
            long[] file = Registers();
            BigInteger radix = BigInteger.ModPow(2, 261 * (OrderN - 2), OrderN);
            for (int round = 0; round < 20000; round++)
            {
                for (int i = 0; i < 9; i++)
                {
                    file[A + i] = Limb(random, i < 8 ? 29 : 24);
                    file[B + i] = Limb(random, i < 8 ? 29 : 24);
                }

                BigInteger expected = Number(file, A) * Number(file, B) * radix % OrderN;
                P256Limbs.OrderMultiply(file, C, A, B, Order);
                Assert.AreEqual(expected, Number(file, C));
                P256Limbs.OrderMultiply(file, B, A, B, Order);
                Assert.AreEqual(expected, Number(file, B), "in place");
            }
        }

        [TestMethod]
        public void Canonicalize_TakesTheRangesItPromises()
        {
            long[] file = Registers();
            foreach (int modulus in new[] { P256Arithmetic.P, Order })
            {
                BigInteger m = Number(file, modulus);
                for (int additions = 1; additions <= 3; additions++)
                {
                    for (int multiple = 1 - additions; multiple <= 2; multiple++)
                    {
                        for (int offset = -3; offset <= 3; offset++)
                        {
                            BigInteger value = multiple * m + offset;
                            if (value < (1 - additions) * m || value >= 2 * m) continue;
                            Split(file, A, value);
                            for (int i = 0; i < 8; i++)
                            {
                                file[A + i] -= 3L << 29;
                                file[A + i + 1] += 3;
                            }

                            P256Limbs.Canonicalize(file, A, modulus, additions);
                            Assert.AreEqual(Modulo(value, m), Number(file, A));
                            for (int i = 0; i < 8; i++) Assert.IsTrue(file[A + i] >> 29 == 0);
                        }
                    }
                }
            }
        }

        [TestMethod]
        public void InvertVarTime_AgreesWithBigInteger()
        {
            Random random = new Random(13);
            long[] file = Registers();
            for (int round = 0; round < 3000; round++)
            {
                bool field = (round & 1) == 0;
                int modulus = field ? P256Arithmetic.P : Order;
                BigInteger m = Number(file, modulus);
                for (int i = 0; i < 9; i++) file[A + i] = Limb(random, i < 8 ? 29 : 24);
                BigInteger value = round < 64 ? round >> 2 : round < 128 ? m - (round >> 2) : Number(file, A) % m;
                Split(file, A, value);
                P256Arithmetic.InvertVarTime(file, B, A, modulus, field ? P256Arithmetic.LimbMask : P256Limbs.OrderInverse);
                Assert.IsTrue(BigInteger.Abs(Number(file, B)) < 2 * m);
                Assert.AreEqual(value.IsZero ? BigInteger.Zero : BigInteger.One, Modulo(value * Number(file, B), m));
            }
        }

        [TestMethod]
        public void Accumulate_LeavesToTheCallerWhatMayNotBeAdded()
        {
            // The same multiples as in MultiplyAdd_IsRight_WhenOnlyTheLowLimbsMeet, the point itself and infinity.
            P256Registers registers = new P256Registers(new ScriptedRandom(), 0);
            P256 p256 = new P256(new ScriptedRandom());
            long[] file = registers.File;
            int[] points = { 25731, 52317, 13612, 23732, 2166, 36481, 5, 5 };
            byte[] bytes = new byte[65];
            int[] program = { P256Arithmetic.Addition | ((P256Registers.Tables + 9) << P256Arithmetic.TableShift) };
            for (int i = 0; i < points.Length; i += 2)
            {
                for (int j = 0; j < 2; j++)
                {
                    p256.BeginPublicKey(bytes, 0, P256Tests.Scalar(points[i + j]), 0);
                    Assert.AreEqual(0, p256.Run());
                    Assert.AreEqual(0, registers.LoadPoint(P256Registers.Tables + 9 * j, bytes, 0));
                }

                registers.Unpack(P256Registers.Tables);
                registers.SetRunning(P256Arithmetic.E, P256Arithmetic.F);
                Assert.AreEqual(0, P256Arithmetic.Accumulate(file, program, 0, 1, P256Comb.Generator), points[i].ToString());
                Assert.AreEqual(points[i] == points[i + 1], registers.IsZero(P256Arithmetic.H));
                registers.SetInfinity();
                Assert.AreEqual(0, P256Arithmetic.Accumulate(file, program, 0, 1, P256Comb.Generator));
            }
        }

        [TestMethod]
        public void Limbs_ComeFromAndGoToBytes()
        {
            Random random = new Random(14);
            long[] file = Registers();
            byte[] bytes = new byte[32];
            byte[] back = new byte[32];
            for (int round = 0; round < 1000; round++)
            {
                random.NextBytes(bytes);
                P256Limbs.Load(file, A, 9, bytes, 0, 32);
                BigInteger value = new BigInteger(bytes, true, true);
                Assert.AreEqual(value, Number(file, A));
                P256Limbs.Store(back, 0, file, A);
                CollectionAssert.AreEqual(bytes, back);
                Split(file, B, value);
                Assert.AreEqual(value < OrderN, P256Limbs.IsBelow(file, B, Order));
            }

            for (int offset = -2; offset <= 2; offset++)
            {
                Split(file, A, OrderN + offset);
                Assert.AreEqual(offset < 0, P256Limbs.IsBelow(file, A, Order));
                Split(file, A, Prime + offset);
                Assert.AreEqual(offset < 0, P256Limbs.IsBelow(file, A, P256Arithmetic.P));
            }
        }

        private static string Here([CallerFilePath] string path = "") { return path; }

        private static long[] Registers()
        {
            long[] file = new long[200];
            P256Arithmetic.LoadField(file);
            P256Arithmetic.LoadOrder(file, Order);
            return file;
        }

        private static void Fill(Random random, long[] file, int at, int bits)
        {
            int sign = random.Next(3);
            for (int i = 0; i < 9; i++)
            {
                long limb = Limb(random, i < 8 ? bits : bits - 5);
                file[at + i] = sign == 0 ? limb : sign == 1 ? -limb : random.Next(2) == 0 ? limb : -limb;
            }
        }

        // All ones, all zeros or noise.
        private static long Limb(Random random, int bits)
        {
            int kind = random.Next(4);
            return kind == 0 ? 0 : kind == 1 ? (1L << bits) - 1 : random.NextInt64(1L << bits);
        }

        private static void CheckReduced(long[] file, int at)
        {
            for (int i = 0; i < 8; i++) Assert.IsTrue(file[at + i] >> 29 == 0);
            Assert.IsTrue(Math.Abs(file[at + 8]) < 1L << 28);
        }

        private static void Split(long[] file, int at, BigInteger value)
        {
            for (int i = 0; i < 8; i++)
            {
                file[at + i] = (long)(value & 0x1fffffff);
                value >>= 29;
            }

            file[at + 8] = (long)value;
        }

        private static BigInteger Number(long[] file, int at)
        {
            BigInteger value = 0;
            for (int i = 8; i >= 0; i--) value = (value << 29) + file[at + i];
            return value;
        }

        private static BigInteger Modulo(BigInteger value, BigInteger modulus)
        {
            BigInteger rest = value % modulus;
            return rest.Sign < 0 ? rest + modulus : rest;
        }
    }
}
