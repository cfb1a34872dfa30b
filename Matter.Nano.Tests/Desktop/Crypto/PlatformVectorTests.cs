using System;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Tests.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// Vectors of what is built upon AES, HMAC and P-256, and those of single points, over .NET's cryptography. Vectors of
    /// what it has no part in (sums of points, scalars, TLV, certificates' form) are not here.
    /// </summary>
    [TestClass]
    public class PlatformVectorTests
    {
        [TestMethod]
        public void Aes_Vectors()
        {
            PlatformCrypto platform = PlatformCrypto.Create();
            VectorReader v = new VectorReader(VectorData.Aes128);
            byte[] block = new byte[16];
            while (v.NextCase())
            {
                Assert.AreEqual(0, platform.AesEcb(block, 0, v.Bytes("plaintext"), 0, 1, v.Bytes("key"), 0), v.Name);
                CollectionAssert.AreEqual(v.Bytes("ciphertext"), block, v.Name);
                Assert.AreEqual(0, platform.AesCbcMac(block, 0, v.Bytes("plaintext"), 0, 1, v.Bytes("key"), 0), v.Name);
                CollectionAssert.AreEqual(v.Bytes("ciphertext"), block, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Message_Vectors()
        {
            AesCcm ccm = new AesCcm(PlatformCrypto.Create());
            AesCcmTests.CheckSessionKeys(ccm);
            MessageSecurityTests.CheckFrames(ccm);
            MessageSecurityTests.CheckSamples(ccm);
            Assert.IsTrue(ccm.IsAccelerated);
        }

        [TestMethod]
        public void Key_Vectors()
        {
            Hmac hmac = new Hmac(PlatformCrypto.Create());
            KeyDerivation derivation = new KeyDerivation(hmac);
            KeyDerivationTests.CheckSessionKeys(derivation);
            KeyDerivationTests.CheckCompressedFabricId(derivation);
            KeyDerivationTests.CheckGroupKeys(derivation);
            Assert.IsTrue(hmac.IsAccelerated);
        }

        [TestMethod]
        public void Spake2Plus_Vectors()
        {
            ScriptedRandom random = new ScriptedRandom();
            CryptoSuite crypto = Suite(random);
            Spake2PlusTests.CheckDraft01(random, crypto);
            Spake2PlusTests.CheckVerifiers(crypto);
            AssertUsed(crypto);
        }

        [TestMethod]
        public void SigningRequest_Vectors()
        {
            CryptoSuite crypto = Suite(new ScriptedRandom());
            AttestationTests.CheckRequest(crypto);
            SigningRequestVectorTests.CheckAll(crypto);
            AssertUsed(crypto);
        }

        /// <summary>The nonces of the vectors are nobody's choice here: a signature made is verified by managed code.</summary>
        [TestMethod]
        public void Ecdsa_DeterministicVectors()
        {
            P256 platform = Suite(new ScriptedRandom()).P256;
            P256 managed = new P256(new ScriptedRandom());
            VectorReader v = new VectorReader(VectorData.EcdsaP256Deterministic);
            byte[] signature = new byte[64];
            byte[] hash = new byte[32];
            while (v.NextCase())
            {
                byte[] message = v.Bytes("message");
                new Sha256().Hash(hash, 0, message, 0, message.Length);
                platform.BeginVerify(v.Bytes("signature"), 0, hash, 0, v.Bytes("public"), 0);
                Assert.AreEqual(0, platform.Run(), v.Name);
                platform.BeginSign(signature, 0, hash, 0, v.Bytes("private"), 0);
                Assert.AreEqual(0, platform.Run(), v.Name);
                managed.BeginVerify(signature, 0, hash, 0, v.Bytes("public"), 0);
                Assert.AreEqual(0, managed.Run(), v.Name);
            }

            Assert.IsTrue(v.Count > 0);
            Assert.IsTrue(platform.HasLibrary);
        }

        /// <summary>Products with a point, as far as ECDH shows them: the x coordinate.</summary>
        [TestMethod]
        public void Point_Vectors()
        {
            P256 p256 = Suite(new ScriptedRandom()).P256;
            VectorReader v = new VectorReader(VectorData.P256PointMultiply);
            while (v.NextCase())
            {
                byte[] given = v.Bytes("scalar");
                byte[] scalar = new byte[32];
                given.CopyTo(scalar, 32 - given.Length);
                AssertProduct(p256, scalar, v.Bytes("point"), v.Bytes("result"), v.Name);
            }

            byte[] generator = new byte[65];
            p256.BeginPublicKey(generator, 0, P256Tests.Scalar(1), 0);
            Assert.AreEqual(0, p256.Run());
            v = new VectorReader(VectorData.P256KeyPair);
            while (v.NextCase()) AssertProduct(p256, v.Bytes("private"), generator, v.Bytes("public"), v.Name);

            v = new VectorReader(VectorData.P256PointLoadWrite);
            while (v.NextCase()) AssertProduct(p256, P256Tests.Scalar(1), v.Bytes("point"), v.Bytes("point"), v.Name);

            v = new VectorReader(VectorData.P256PointValid);
            while (v.NextCase()) AssertProduct(p256, P256Tests.Scalar(1), v.Bytes("point"), v.Int("valid") == 1 ? v.Bytes("point") : null, v.Name);
            Assert.IsTrue(p256.HasLibrary);
        }

        private static void AssertProduct(P256 p256, byte[] scalar, byte[] point, byte[] product, string name)
        {
            byte[] x = new byte[32];
            p256.BeginEcdh(x, 0, point, 0, scalar, 0);
            Assert.AreEqual(product == null ? MatterError.InvalidPoint : 0, p256.Run(), name);
            if (product != null) CollectionAssert.AreEqual(product.AsSpan(1, 32).ToArray(), x, name);
        }

        private static CryptoSuite Suite(ScriptedRandom random)
        {
            PlatformCrypto platform = PlatformCrypto.Create();
            return new CryptoSuite(random, platform, platform);
        }

        private static void AssertUsed(CryptoSuite crypto)
        {
            Assert.IsTrue(crypto.AesCcm.IsAccelerated && crypto.Hmac.IsAccelerated && crypto.P256.HasLibrary);
        }
    }
}
