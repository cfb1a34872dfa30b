using System;
using System.Numerics;
using System.Reflection;
using System.Security.Cryptography;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Keys, ECDH and ECDSA against .NET's.</summary>
    [TestClass]
    public class P256OracleTests
    {
        private const int Rounds = 300;

        [TestMethod]
        public void KeysAndSecrets_Agree()
        {
            P256 p256 = new P256(new SystemRandom());
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] secret = new byte[32];
            for (int round = 0; round < Rounds; round++)
            {
                p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                Assert.AreEqual(0, p256.Run());
                CheckSecret(p256, privateKey, publicKey, secret);
            }
        }

        [TestMethod]
        public void EdgeKeys_Agree()
        {
            P256 p256 = new P256(new SystemRandom());
            byte[] publicKey = new byte[65];
            byte[] secret = new byte[32];
            for (int value = 1; value <= 40; value++)
            {
                foreach (byte[] privateKey in new[] { P256Tests.Scalar(value), P256Tests.OrderMinus(value) })
                {
                    p256.BeginPublicKey(publicKey, 0, privateKey, 0);
                    Assert.AreEqual(0, p256.Run());
                    CheckSecret(p256, privateKey, publicKey, secret);
                }
            }
        }

        [TestMethod]
        public void Signatures_VerifyOnBothSides()
        {
            P256 p256 = new P256(new SystemRandom());
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] hash = new byte[32];
            byte[] signature = new byte[64];
            for (int round = 0; round < Rounds; round++)
            {
                p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                Assert.AreEqual(0, p256.Run());
                RandomNumberGenerator.Fill(hash);
                using (ECDsa ecdsa = ECDsa.Create(Parameters(privateKey, publicKey)))
                {
                    p256.BeginSign(signature, 0, hash, 0, privateKey, 0);
                    Assert.AreEqual(0, p256.Run());
                    Assert.IsTrue(ecdsa.VerifyHash(hash, signature));

                    byte[] theirs = ecdsa.SignHash(hash);
                    p256.BeginVerify(theirs, 0, hash, 0, publicKey, 0);
                    Assert.AreEqual(0, p256.Run());
                    theirs[round % 64] ^= (byte)(1 << (round & 7));
                    p256.BeginVerify(theirs, 0, hash, 0, publicKey, 0);
                    Assert.AreEqual(MatterError.AuthenticationFailed, p256.Run());
                }
            }
        }

        [TestMethod]
        public void OrderArithmetic_AgreesWithBigInteger()
        {
            BigInteger n = new BigInteger(P256Tests.OrderMinus(0), true, true);
            P256Order order = new P256Order();
            Random random = new Random(7);
            byte[] result = new byte[32];
            for (int round = 0; round < 5000; round++)
            {
                byte[] left = Edgy(random, 32);
                byte[] right = Edgy(random, 32);
                order.Multiply(result, 0, left, 0, right, 0);
                Assert.AreEqual(Number(left) * Number(right) % n, Number(result));
                byte[] wide = Edgy(random, random.Next(65));
                order.Reduce(result, 0, wide, 0, wide.Length);
                Assert.AreEqual(Number(wide) % n, Number(result));
                order.Negate(result, 0, left, 0);
                Assert.AreEqual((n + n - Number(left)) % n, Number(result));
            }
        }

        [TestMethod]
        public void MultiplyAdd_IsLinear()
        {
            // a G + b (c G) = (a + b c) G, with the terms in either order and either of them from the comb or not.
            P256 p256 = new P256(new SystemRandom());
            P256Order order = new P256Order();
            Random random = new Random(8);
            byte[] generator = new byte[65];
            byte[] point = new byte[65];
            byte[] expected = new byte[65];
            byte[] result = new byte[65];
            byte[] sum = new byte[32];
            p256.BeginPublicKey(generator, 0, P256Tests.Scalar(1), 0);
            Assert.AreEqual(0, p256.Run());
            BigInteger n = new BigInteger(P256Tests.OrderMinus(0), true, true);
            for (int round = 0; round < Rounds; round++)
            {
                byte[] a = Edgy(random, 32);
                byte[] b = Edgy(random, 32);
                byte[] c = Edgy(random, 32);
                order.Reduce(a, 0, a, 0, 32);
                order.Reduce(b, 0, b, 0, 32);
                order.Reduce(c, 0, c, 0, 32);
                BigInteger total = (Number(a) + Number(b) * Number(c)) % n;
                if (total.IsZero || Number(c).IsZero) continue;
                byte[] bytes = total.ToByteArray(true, true);
                Array.Clear(sum, 0, 32);
                bytes.CopyTo(sum, 32 - bytes.Length);
                p256.BeginPublicKey(expected, 0, sum, 0);
                Assert.AreEqual(0, p256.Run());
                p256.BeginPublicKey(point, 0, c, 0);
                Assert.AreEqual(0, p256.Run());
                byte[] first = (round & 1) == 0 ? null : generator;
                if ((round & 2) == 0) p256.BeginMultiplyAdd(result, 0, a, 0, first, 0, b, 0, point, 0);
                else p256.BeginMultiplyAdd(result, 0, b, 0, point, 0, a, 0, first, 0);
                Assert.AreEqual(0, p256.Run());
                CollectionAssert.AreEqual(expected, result, round.ToString());
            }
        }

        [TestMethod]
        public void Scratch_IsWiped()
        {
            P256 p256 = new P256(new SystemRandom());
            P256Order order = new P256Order();
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            object owner = new object();
            int clean = CountNonZero(p256);
            int cleanOrder = CountNonZero(order);
            for (int computation = 0; computation < 5; computation++)
            {
                for (int steps = 0; steps < 60; steps += 3)
                {
                    p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                    p256.Run();
                    Assert.AreEqual(clean, CountNonZero(p256), "after a computation");
                    Assert.IsTrue(p256.TryAcquire(owner));
                    if (computation == 0) p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                    else if (computation == 1) p256.BeginEcdh(signature, 0, publicKey, 0, privateKey, 0);
                    else if (computation == 2) p256.BeginSign(signature, 0, signature, 0, privateKey, 0);
                    else if (computation == 3) p256.BeginVerify(signature, 0, signature, 0, publicKey, 0);
                    else p256.BeginMultiplyAdd(publicKey, 0, privateKey, 0, null, 0, privateKey, 0, publicKey, 0);
                    for (int i = 0; i < steps; i++) p256.Step();
                    p256.Release(owner);
                    Assert.AreEqual(clean, CountNonZero(p256), "abandoned after " + steps);
                }
            }

            order.Draw(privateKey, 0, new SystemRandom());
            order.Multiply(signature, 0, privateKey, 0, privateKey, 0);
            order.Reduce(signature, 0, signature, 0, 64);
            order.Negate(signature, 0, signature, 0);
            Assert.AreEqual(cleanOrder, CountNonZero(order));
        }

        [TestMethod]
        public void Spake2Plus_IsWiped()
        {
            CryptoSuite crypto = new CryptoSuite(new SystemRandom(), null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = new byte[97];
            byte[] context = new byte[32];
            crypto.P256.BeginKeyPair(verifier, 0, verifier, 32);
            crypto.P256.Run();
            byte[] pA = verifier.AsSpan(32).ToArray();
            spake.Wipe();
            for (int steps = 0; steps < 400; steps += 9)
            {
                Assert.IsTrue(crypto.P256.TryAcquire(spake));
                spake.BeginAnswer(context, 0, 32, verifier, 0, pA, 0);
                for (int i = 0; i < steps; i++) spake.Step();
                spake.Wipe();
                crypto.Release(spake);
                foreach (string field in new[] { "_point", "_scalar", "_product", "_keys", "_confirmationKeys", "_cA", "_cB" })
                {
                    byte[] secret = (byte[])Field(spake, field);
                    CollectionAssert.AreEqual(new byte[secret.Length], secret, field);
                }

                Assert.IsTrue(Field(spake, "_verifier") == null);
                object transcript = Field(spake, "_transcript");
                CollectionAssert.AreEqual(new uint[8], (uint[])Field(transcript, "_state"));
                CollectionAssert.AreEqual(new byte[Sha256.BlockLength], (byte[])Field(transcript, "_block"));
            }
        }

        [TestMethod]
        public void Computations_AllocateNothing()
        {
            P256 p256 = new P256(new SystemRandom());
            P256Order order = new P256Order();
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            byte[] hash = new byte[32];
            long before = 0;
            for (int round = 0; round < 3; round++)
            {
                if (round == 1) before = GC.GetAllocatedBytesForCurrentThread();
                p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                p256.Run();
                p256.BeginEcdh(hash, 0, publicKey, 0, privateKey, 0);
                p256.Run();
                p256.BeginSign(signature, 0, hash, 0, privateKey, 0);
                p256.Run();
                p256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
                p256.Run();
                p256.BeginMultiplyAdd(publicKey, 0, hash, 0, null, 0, privateKey, 0, publicKey, 0);
                p256.Run();
                order.Multiply(hash, 0, hash, 0, privateKey, 0);
            }

            Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
        }

        private static void CheckSecret(P256 p256, byte[] privateKey, byte[] publicKey, byte[] secret)
        {
            using (ECDiffieHellman ours = ECDiffieHellman.Create(Parameters(privateKey, publicKey)))
            using (ECDiffieHellman theirs = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256))
            {
                ECPoint point = theirs.ExportParameters(false).Q;
                byte[] peer = new byte[65];
                peer[0] = 4;
                point.X.CopyTo(peer, 1);
                point.Y.CopyTo(peer, 33);
                p256.BeginEcdh(secret, 0, peer, 0, privateKey, 0);
                Assert.AreEqual(0, p256.Run());
                CollectionAssert.AreEqual(ours.DeriveRawSecretAgreement(theirs.PublicKey), secret);
            }
        }

        private static object Field(object owner, string name)
        {
            return owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic).GetValue(owner);
        }

        // Elements that are not 0 in the arrays and in the arrays of the parts.
        private static int CountNonZero(object owner)
        {
            int count = 0;
            foreach (FieldInfo field in owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
            {
                object value = field.GetValue(owner);
                if (value is Array array)
                {
                    foreach (object element in array) count += Convert.ToInt64(element) == 0 ? 0 : 1;
                }
                else if (value != null && field.FieldType.Namespace == "Matter.Nano.Crypto" && field.Name != "_building")
                {
                    count += CountNonZero(value);
                }
            }

            return count;
        }

        // Importing both parts also checks that they belong together.
        private static ECParameters Parameters(byte[] privateKey, byte[] publicKey)
        {
            ECParameters parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = privateKey };
            parameters.Q.X = publicKey.AsSpan(1, 32).ToArray();
            parameters.Q.Y = publicKey.AsSpan(33, 32).ToArray();
            parameters.Validate();
            return parameters;
        }

        // Bytes in runs of all zeros, all ones and noise.
        private static byte[] Edgy(Random random, int length)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length;)
            {
                int kind = random.Next(3);
                for (int run = random.Next(1, 17); run > 0 && i < length; run--)
                {
                    bytes[i++] = (byte)(kind == 0 ? 0 : kind == 1 ? 255 : random.Next(256));
                }
            }

            return bytes;
        }

        private static BigInteger Number(byte[] bytes) { return new BigInteger(bytes, true, true); }

        private sealed class SystemRandom : IRandom
        {
            public void Fill(byte[] buffer, int offset, int length)
            {
                RandomNumberGenerator.Fill(buffer.AsSpan(offset, length));
            }
        }
    }
}
