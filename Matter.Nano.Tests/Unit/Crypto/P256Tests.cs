using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class P256Tests
    {
        [TestMethod]
        public void KeyPairVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256KeyPair);
            ScriptedRandom random = new ScriptedRandom();
            P256 p256 = new P256(random);
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            while (v.NextCase())
            {
                p256.BeginPublicKey(publicKey, 0, v.Bytes("private"), 0);
                Assert.AreEqual(0, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Bytes("public"), publicKey, v.Name);

                Array.Clear(publicKey, 0, 65);
                random.Say(v.Bytes("private"));
                p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                Assert.AreEqual(0, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Bytes("private"), privateKey, v.Name);
                CollectionAssert.AreEqual(v.Bytes("public"), publicKey, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void EcdhVectors()
        {
            CheckEcdh(VectorData.EcdhP256, new P256(new ScriptedRandom()));
        }

        [TestMethod]
        public void EcdhWycheproofVectors()
        {
            CheckEcdh(VectorData.EcdhP256Wycheproof, new P256(new ScriptedRandom()));
        }

        [TestMethod]
        public void PointValidVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256PointValid);
            P256 p256 = new P256(new ScriptedRandom());
            byte[] result = new byte[65];
            while (v.NextCase())
            {
                byte[] point = v.Bytes("point");
                Multiply(p256, result, Scalar(1), point);
                Assert.AreEqual(v.Int("valid") == 1 ? 0 : MatterError.InvalidPoint, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Int("valid") == 1 ? point : new byte[65], result, v.Name);
                Array.Clear(result, 0, 65);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void PointLoadWriteVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256PointLoadWrite);
            P256 p256 = new P256(new ScriptedRandom());
            byte[] result = new byte[65];
            while (v.NextCase())
            {
                Multiply(p256, result, Scalar(1), v.Bytes("point"));
                Assert.AreEqual(0, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Bytes("point"), result, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void PointMultiplyVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256PointMultiply);
            P256 p256 = new P256(new ScriptedRandom());
            byte[] result = new byte[65];
            while (v.NextCase())
            {
                Multiply(p256, result, Padded(v.Bytes("scalar")), v.Bytes("point"));
                Assert.AreEqual(0, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Bytes("result"), result, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void PointMultiplyAddVectors()
        {
            VectorReader v = new VectorReader(VectorData.P256PointMultiplyAdd);
            P256 p256 = new P256(new ScriptedRandom());
            byte[] result = new byte[65];
            while (v.NextCase())
            {
                p256.BeginMultiplyAdd(result, 0, Padded(v.Bytes("scalar1")), 0, v.Bytes("point1"), 0, Padded(v.Bytes("scalar2")), 0, v.Bytes("point2"), 0);
                Assert.AreEqual(0, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Bytes("result"), result, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void PrivateKey_OutOfRange_IsRefused()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] publicKey = Generator(p256);
            byte[] output = new byte[65];
            byte[] order = OrderMinus(0);
            byte[] above = OrderMinus(-1);
            byte[] most = new byte[32];
            for (int i = 0; i < 32; i++) most[i] = 0xff;
            CheckRefused(p256, output, publicKey, new byte[32]);
            CheckRefused(p256, output, publicKey, order);
            CheckRefused(p256, output, publicKey, above);
            CheckRefused(p256, output, publicKey, most);
            p256.BeginMultiplyAdd(output, 0, order, 0, publicKey, 0, null, 0, null, 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            p256.BeginMultiplyAdd(output, 0, Scalar(1), 0, publicKey, 0, most, 0, null, 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            CollectionAssert.AreEqual(new byte[65], output);
        }

        [TestMethod]
        public void Points_AreRefused_WithAnyOtherFirstByteOrCoordinatesNotBelowP()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] point = Generator(p256);
            byte[] result = new byte[65];
            for (int first = 0; first < 256; first++)
            {
                point[0] = (byte)first;
                Multiply(p256, result, Scalar(1), point);
                Assert.AreEqual(first == 4 ? 0 : MatterError.InvalidPoint, p256.Run(), first.ToString());
            }

            // y = p - y is a point, x + p and y + p are not; p itself stands for 0.
            byte[] p = Prime();
            point = new byte[65];
            point[0] = 4;
            Multiply(p256, result, Scalar(1), point);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
            Array.Copy(p, 0, point, 1, 32);
            Multiply(p256, result, Scalar(1), point);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
            Array.Copy(p, 0, point, 33, 32);
            Multiply(p256, result, Scalar(1), point);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
            for (int i = 1; i < 65; i++) point[i] = 0xff;
            Multiply(p256, result, Scalar(1), point);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
        }

        [TestMethod]
        public void Points_AreRefused_WithAnyBitFlipped()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] point = Generator(p256);
            byte[] result = new byte[65];
            for (int bit = 8; bit < 520; bit++)
            {
                point[bit >> 3] ^= (byte)(1 << (bit & 7));
                Multiply(p256, result, Scalar(1), point);
                Assert.AreEqual(MatterError.InvalidPoint, p256.Step(), bit.ToString());
                point[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        [TestMethod]
        public void EdgeScalars_AgreeBetweenCombAndWindow()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] generator = Generator(p256);
            byte[] comb = new byte[65];
            byte[] window = new byte[65];
            for (int i = 1; i <= 34; i++)
            {
                for (int side = 0; side < 2; side++)
                {
                    byte[] scalar = side == 0 ? Scalar(i) : OrderMinus(i);
                    p256.BeginPublicKey(comb, 0, scalar, 0);
                    Assert.AreEqual(0, p256.Run());
                    Multiply(p256, window, scalar, generator);
                    Assert.AreEqual(0, p256.Run());
                    CollectionAssert.AreEqual(comb, window, i.ToString());
                }
            }

            for (int bit = 0; bit < 256; bit++)
            {
                byte[] scalar = new byte[32];
                scalar[31 - (bit >> 3)] = (byte)(1 << (bit & 7));
                p256.BeginPublicKey(comb, 0, scalar, 0);
                Assert.AreEqual(0, p256.Run());
                Multiply(p256, window, scalar, generator);
                Assert.AreEqual(0, p256.Run());
                CollectionAssert.AreEqual(comb, window, bit.ToString());
            }
        }

        [TestMethod]
        public void MultiplyAdd_IsRight_WhenTermsMeet()
        {
            // a G + b G in each of the four ways, for sums that double, cancel or vanish on the way.
            P256 p256 = new P256(new ScriptedRandom());
            byte[] generator = Generator(p256);
            byte[] expected = new byte[65];
            byte[] result = new byte[65];
            for (int a = -3; a <= 3; a++)
            {
                for (int b = -3; b <= 3; b++)
                {
                    byte[] left = a < 0 ? OrderMinus(-a) : Scalar(a);
                    byte[] right = b < 0 ? OrderMinus(-b) : Scalar(b);
                    string message = a.ToString() + " " + b.ToString();
                    int outcome = 0;
                    if (a + b == 0)
                    {
                        outcome = MatterError.InvalidPoint;
                    }
                    else
                    {
                        p256.BeginPublicKey(expected, 0, a + b < 0 ? OrderMinus(-a - b) : Scalar(a + b), 0);
                        Assert.AreEqual(0, p256.Run());
                    }

                    for (int way = 0; way < 4; way++)
                    {
                        if (outcome != 0) Array.Copy(result, 0, expected, 0, 65);
                        p256.BeginMultiplyAdd(
                            result, 0, left, 0, (way & 1) == 0 ? null : generator, 0, right, 0, (way & 2) == 0 ? null : generator, 0);
                        Assert.AreEqual(outcome, p256.Run(), message);
                        CollectionAssert.AreEqual(expected, result, message);
                    }
                }
            }
        }

        [TestMethod]
        [DataRow(25731, 52317)]
        [DataRow(13612, 23732)]
        [DataRow(2166, 36481)]
        public void MultiplyAdd_IsRight_WhenOnlyTheLowLimbsMeet(int first, int second)
        {
            // In Montgomery's form the x of these multiples of G differ by 0, -2 and 1 modulo 2^29: as if they were one.
            P256 p256 = new P256(new ScriptedRandom());
            byte[] left = new byte[65];
            byte[] right = new byte[65];
            byte[] expected = new byte[65];
            byte[] result = new byte[65];
            p256.BeginPublicKey(left, 0, Scalar(first), 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginPublicKey(right, 0, Scalar(second), 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginPublicKey(expected, 0, Scalar(first + second), 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginMultiplyAdd(result, 0, Scalar(1), 0, left, 0, Scalar(1), 0, right, 0);
            Assert.AreEqual(0, p256.Run());
            CollectionAssert.AreEqual(expected, result);
        }

        [TestMethod]
        public void KeyPair_DrawsAgainUntilInRange()
        {
            ScriptedRandom random = new ScriptedRandom();
            P256 p256 = new P256(random);
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            random.Say(new byte[32]);
            random.Say(OrderMinus(0));
            random.Say(OrderMinus(-1));
            random.Say(OrderMinus(1));
            p256.BeginKeyPair(privateKey, 0, publicKey, 0);
            Assert.AreEqual(0, p256.Run());
            CollectionAssert.AreEqual(OrderMinus(1), privateKey);
            Assert.AreEqual(0, random.Pending);

            for (int i = 0; i < 8; i++) random.Say(new byte[32]);
            p256.BeginKeyPair(privateKey, 0, publicKey, 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            CollectionAssert.AreEqual(OrderMinus(1), privateKey);
        }

        [TestMethod]
        public void Outputs_AreWrittenByTheLastStepOnly()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] output = new byte[140];
            for (int computation = 0; computation < 4; computation++)
            {
                for (int i = 0; i < output.Length; i++) output[i] = 0xa5;
                Begin(p256, computation, output);
                int steps = 1;
                int result = p256.Step();
                while (result == P256.Running)
                {
                    for (int i = 0; i < output.Length; i++) Assert.AreEqual(0xa5, (int)output[i]);
                    result = p256.Step();
                    steps++;
                }

                Assert.AreEqual(0, result);
                Assert.IsTrue(steps > 5);
                Assert.AreEqual(0xa5, (int)output[0]);
                Assert.AreEqual(0xa5, (int)output[139]);
                Assert.AreNotEqual(0xa5a5, (output[10] << 8) | output[11]);
                Assert.AreEqual(0, p256.Step(), "the result stays until the next computation");
            }
        }

        [TestMethod]
        public void Arguments_MayChangeOnceTaken()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] point = Generator(p256);
            byte[] scalar = Scalar(77);
            byte[] expected = new byte[65];
            byte[] result = new byte[65];
            Multiply(p256, expected, scalar, point);
            Assert.AreEqual(0, p256.Run());
            Multiply(p256, result, scalar, point);
            Array.Clear(scalar, 0, 32);
            Array.Clear(point, 0, 65);
            Assert.AreEqual(0, p256.Run());
            CollectionAssert.AreEqual(expected, result);
        }

        [TestMethod]
        public void Ecdh_MayWriteOverItsInputs()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] buffer = new byte[97];
            Array.Copy(Generator(p256), 0, buffer, 32, 65);
            Array.Copy(Scalar(5), 0, buffer, 0, 32);
            byte[] expected = new byte[65];
            p256.BeginPublicKey(expected, 0, buffer, 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginEcdh(buffer, 40, buffer, 32, buffer, 0);
            Assert.AreEqual(0, p256.Run());
            for (int i = 0; i < 32; i++) Assert.AreEqual(expected[1 + i], buffer[40 + i]);
        }

        [TestMethod]
        public void Engine_BelongsToOneOwnerAtATime()
        {
            P256 p256 = new P256(new ScriptedRandom());
            object first = new object();
            object second = new object();
            byte[] publicKey = new byte[65];
            Assert.AreEqual(MatterError.InvalidState, p256.Step());
            Assert.IsTrue(p256.TryAcquire(first));
            Assert.IsTrue(p256.TryAcquire(first));
            Assert.IsFalse(p256.TryAcquire(second));
            p256.Release(second);
            Assert.IsFalse(p256.TryAcquire(second));
            p256.BeginPublicKey(publicKey, 0, Scalar(3), 0);
            Assert.AreEqual(P256.Running, p256.Step());
            p256.Release(first);
            Assert.AreEqual(MatterError.InvalidState, p256.Step());
            CollectionAssert.AreEqual(new byte[65], publicKey);
            Assert.IsTrue(p256.TryAcquire(second));
            p256.BeginPublicKey(publicKey, 0, Scalar(1), 0);
            Assert.AreEqual(0, p256.Run());
            CollectionAssert.AreEqual(Generator(p256), publicKey);
        }

        [TestMethod]
        public void Begin_AbandonsWhatWasRunning()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] abandoned = new byte[140];
            byte[] publicKey = new byte[65];
            for (int computation = 0; computation < 4; computation++)
            {
                Begin(p256, computation, abandoned);
                for (int steps = 0; steps < 4; steps++) Assert.AreEqual(P256.Running, p256.Step());
                p256.BeginPublicKey(publicKey, 0, Scalar(1), 0);
                Assert.AreEqual(0, p256.Run());
                CollectionAssert.AreEqual(Generator(p256), publicKey);
            }

            CollectionAssert.AreEqual(new byte[140], abandoned);
        }

        internal static byte[] Scalar(int value)
        {
            byte[] scalar = new byte[32];
            scalar[29] = (byte)(value >> 16);
            scalar[30] = (byte)(value >> 8);
            scalar[31] = (byte)value;
            return scalar;
        }

        /// <summary>n - value.</summary>
        internal static byte[] OrderMinus(int value)
        {
            byte[] scalar =
            {
                0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51
            };
            long low = 0xfc632551L - value;
            for (int i = 31; i > 27; i--)
            {
                scalar[i] = (byte)low;
                low >>= 8;
            }

            return scalar;
        }

        private static byte[] Prime()
        {
            byte[] prime = new byte[32];
            for (int i = 0; i < 32; i++) prime[i] = (byte)(i < 4 || i > 19 ? 0xff : 0);
            prime[7] = 1;
            return prime;
        }

        private static byte[] Generator(P256 p256)
        {
            byte[] generator = new byte[65];
            p256.BeginPublicKey(generator, 0, Scalar(1), 0);
            Assert.AreEqual(0, p256.Run());
            return generator;
        }

        private static void Multiply(P256 p256, byte[] result, byte[] scalar, byte[] point)
        {
            p256.BeginMultiplyAdd(result, 0, scalar, 0, point, 0, null, 0, null, 0);
        }

        private static void Begin(P256 p256, int computation, byte[] output)
        {
            byte[] point = new byte[65];
            if (computation > 1)
            {
                p256.BeginPublicKey(point, 0, Scalar(9), 0);
                Assert.AreEqual(0, p256.Run());
            }

            switch (computation)
            {
                case 0:
                    p256.BeginKeyPair(output, 1, output, 40);
                    break;
                case 1:
                    p256.BeginSign(output, 1, new byte[32], 0, Scalar(2), 0);
                    break;
                case 2:
                    p256.BeginEcdh(output, 1, point, 0, Scalar(2), 0);
                    break;
                default:
                    p256.BeginMultiplyAdd(output, 1, Scalar(7), 0, point, 0, Scalar(2), 0, null, 0);
                    break;
            }
        }

        private static void CheckRefused(P256 p256, byte[] output, byte[] publicKey, byte[] privateKey)
        {
            p256.BeginPublicKey(output, 0, privateKey, 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            p256.BeginEcdh(output, 0, publicKey, 0, privateKey, 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            p256.BeginSign(output, 0, new byte[32], 0, privateKey, 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            CollectionAssert.AreEqual(new byte[65], output);
        }

        // 32 bytes of an integer of any length.
        private static byte[] Padded(byte[] number)
        {
            byte[] scalar = new byte[32];
            int skip = number.Length > 32 ? number.Length - 32 : 0;
            Array.Copy(number, skip, scalar, 32 - number.Length + skip, number.Length - skip);
            return scalar;
        }

        // Points of any other length (compressed ones) come padded to 65 bytes.
        internal static void CheckEcdh(string data, P256 p256)
        {
            VectorReader v = new VectorReader(data);
            while (v.NextCase())
            {
                byte[] scalar = Padded(v.Bytes("private"));
                byte[] publicKey = v.Bytes("public");
                byte[] point = new byte[65];
                Array.Copy(publicKey, 0, point, 0, publicKey.Length);
                bool valid = publicKey.Length == 65 && (!v.Has("result") || v.Text("result") == "valid");
                byte[] secret = new byte[32];
                p256.BeginEcdh(secret, 0, point, 0, scalar, 0);
                Assert.AreEqual(valid ? 0 : MatterError.InvalidPoint, p256.Run(), v.Name);
                CollectionAssert.AreEqual(valid ? v.Bytes("secret") : new byte[32], secret, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }
    }
}
