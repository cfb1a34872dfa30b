using System;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Platform;
using Matter.Nano.Tests.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The published vectors once more, over .NET's cryptography; and what happens when a platform's fails or lies.</summary>
    [TestClass]
    public class PlatformCryptoTests
    {
        [TestMethod]
        public void AesCcm_Vectors()
        {
            AesCcm ccm = new AesCcm(PlatformCrypto.Create());
            AesCcmTests.CheckAll(VectorData.AesCcm, 38, ccm);
            AesCcmTests.CheckAll(VectorData.AesCcmWycheproof, 89, ccm);
            Assert.IsTrue(ccm.IsAccelerated);
        }

        [TestMethod]
        public void Hash_Vectors()
        {
            LibraryDouble library = new LibraryDouble();
            Sha256Tests.CheckAll(new Sha256(library));
            Assert.IsTrue(library.Calls > 0);
            Hmac hmac = new Hmac(PlatformCrypto.Create());
            HmacTests.CheckAll(VectorData.Hmac, hmac);
            HmacTests.CheckAll(VectorData.HmacSpake2p, hmac);
            HmacTests.CheckAll(VectorData.HmacWycheproof, hmac);
            Assert.IsTrue(hmac.IsAccelerated);
        }

        [TestMethod]
        public void KeyDerivation_Vectors()
        {
            Hmac hmac = new Hmac(PlatformCrypto.Create());
            KeyDerivation derivation = new KeyDerivation(hmac);
            KeyDerivationTests.CheckHkdf(VectorData.Hkdf, derivation);
            KeyDerivationTests.CheckHkdf(VectorData.HkdfWycheproof, derivation);
            Assert.AreEqual(8, KeyDerivationTests.CheckPbkdf2(VectorData.Pbkdf2, derivation));
            Assert.AreEqual(0, KeyDerivationTests.CheckPbkdf2(VectorData.Pbkdf2Wycheproof, derivation));
            Assert.IsTrue(hmac.IsAccelerated);
        }

        [TestMethod]
        public void P256_Vectors()
        {
            LibraryDouble library = new LibraryDouble();
            P256 p256 = new P256(new ScriptedRandom(), library);
            EcdsaTests.CheckWycheproof(p256);
            P256Tests.CheckEcdh(VectorData.EcdhP256, p256);
            P256Tests.CheckEcdh(VectorData.EcdhP256Wycheproof, p256);
            Assert.IsTrue(p256.HasLibrary);
            Assert.IsTrue(library.Calls > 200, library.Calls.ToString());
        }

        [TestMethod]
        public void PaseAndChain_Vectors()
        {
            ScriptedRandom random = new ScriptedRandom();
            PlatformCrypto platform = PlatformCrypto.Create();
            CryptoSuite crypto = new CryptoSuite(random, platform, platform);
            Spake2PlusTests.CheckPase(random, crypto);
            CertificateVectorTests.CheckChains(crypto);
            Assert.IsTrue(crypto.AesCcm.IsAccelerated && crypto.Hmac.IsAccelerated && crypto.P256.HasLibrary);
        }

        [TestMethod]
        public void Library_ThatFails_IsLeftForManagedCode()
        {
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            byte[] secret = new byte[32];
            byte[] expected = new byte[32];
            P256 managed = new P256(new SeededRandom(1));
            for (int failing = 1; failing <= 5; failing++)
            {
                P256 p256 = new P256(new SeededRandom((uint)failing), new LibraryDouble { FailFromCall = failing });
                p256.BeginKeyPair(privateKey, 0, publicKey, 0);
                Assert.AreEqual(0, p256.Run());
                p256.BeginEcdh(secret, 0, publicKey, 0, privateKey, 0);
                Assert.AreEqual(0, p256.Run());
                managed.BeginEcdh(expected, 0, publicKey, 0, privateKey, 0);
                Assert.AreEqual(0, managed.Run());
                CollectionAssert.AreEqual(expected, secret);
                p256.BeginSign(signature, 0, secret, 0, privateKey, 0);
                Assert.AreEqual(0, p256.Run());
                p256.BeginVerify(signature, 0, secret, 0, publicKey, 0);
                Assert.AreEqual(0, p256.Run());
                Assert.AreEqual(failing == 5, p256.HasLibrary, "4 calls");
            }

            Sha256 sha = new Sha256(new LibraryDouble { FailFromCall = 1 });
            sha.Hash(secret, 0, publicKey, 0, 65);
            new Sha256().Hash(expected, 0, publicKey, 0, 65);
            CollectionAssert.AreEqual(expected, secret);
        }

        [TestMethod]
        public void Library_IsNotAsked_WithoutASoundPointOrScalar()
        {
            LibraryDouble library = new LibraryDouble();
            P256 p256 = new P256(new SeededRandom(1), library);
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            byte[] hash = new byte[32];
            p256.BeginKeyPair(privateKey, 0, publicKey, 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginSign(signature, 0, hash, 0, privateKey, 0);
            Assert.AreEqual(0, p256.Run());
            int calls = library.Calls;
            p256.BeginEcdh(hash, 0, publicKey, 0, new byte[32], 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            p256.BeginSign(signature, 0, hash, 0, new byte[32], 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            p256.BeginVerify(new byte[64], 0, hash, 0, publicKey, 0);
            Assert.AreEqual(MatterError.AuthenticationFailed, p256.Run());
            publicKey[40] ^= 1;
            p256.BeginEcdh(hash, 0, publicKey, 0, privateKey, 0);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
            p256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
            Assert.AreEqual(calls, library.Calls);
            Assert.IsTrue(p256.HasLibrary);
        }

        [TestMethod]
        public void KnownAnswers_FindEachLie()
        {
            int calls = 0;
            for (int lie = 0; lie <= calls; lie++)
            {
                LibraryDouble library = new LibraryDouble { LieAtCall = lie };
                Assert.AreEqual(lie == 0, PlatformCryptoCheck.Passes(library), lie.ToString());
                if (lie == 0) calls = library.Calls;
                Assert.AreEqual(lie == 0, PlatformCryptoCheck.Passes(new LibraryDouble { FailFromCall = lie }), lie.ToString());
            }

            Assert.AreEqual(10, calls);
        }

        [TestMethod]
        public void Library_NeedsNoPreparation()
        {
            P256 p256 = new P256(new SeededRandom(1), PlatformCrypto.Create());
            p256.Reserve(1, 1, 1);
            Assert.IsFalse(p256.BeginPreparation());
        }

        /// <summary>.NET's own library, which can be told to fail or to lie.</summary>
        private sealed class LibraryDouble : ICryptoLibrary
        {
            private readonly PlatformCrypto _platform = PlatformCrypto.Create();

            public int Calls { get; private set; }

            /// <summary>Calls from this one on return an error; 0: none.</summary>
            public int FailFromCall { get; set; }

            /// <summary>This call has a bit wrong; 0: none.</summary>
            public int LieAtCall { get; set; }

            public int Sha256(byte[] hash, int hashOffset, byte[] buffer, int offset, int length)
            {
                return Answer(_platform.Sha256(hash, hashOffset, buffer, offset, length), hash, hashOffset);
            }

            public int KeyPair(byte[] privateKey, int privateKeyOffset, byte[] publicKey, int publicKeyOffset)
            {
                return Answer(_platform.KeyPair(privateKey, privateKeyOffset, publicKey, publicKeyOffset), privateKey, privateKeyOffset);
            }

            public int Ecdh(byte[] secret, int secretOffset, byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset)
            {
                return Answer(_platform.Ecdh(secret, secretOffset, publicKey, publicKeyOffset, privateKey, privateKeyOffset), secret, secretOffset);
            }

            public int Sign(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] privateKey, int privateKeyOffset)
            {
                return Answer(_platform.Sign(signature, signatureOffset, hash, hashOffset, privateKey, privateKeyOffset), signature, signatureOffset);
            }

            public int Verify(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] publicKey, int publicKeyOffset)
            {
                int result = Answer(_platform.Verify(signature, signatureOffset, hash, hashOffset, publicKey, publicKeyOffset), new byte[32], 0);
                return Calls == LieAtCall ? (result == 0 ? MatterError.AuthenticationFailed : 0) : result;
            }

            private int Answer(int result, byte[] output, int offset)
            {
                Calls++;
                if (FailFromCall > 0 && Calls >= FailFromCall) return MatterError.InvalidState;
                if (Calls == LieAtCall) output[offset + 31] ^= 1;
                return result;
            }
        }
    }
}
