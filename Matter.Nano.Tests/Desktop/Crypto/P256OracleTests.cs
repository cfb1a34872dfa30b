using System;
using System.Numerics;
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
