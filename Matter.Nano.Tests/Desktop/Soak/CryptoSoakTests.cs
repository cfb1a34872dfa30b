using System;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Managed code and .NET's cryptography side by side on random cases: they agree in every result.</summary>
    [TestClass]
    public class CryptoSoakTests
    {
        private const int SampleCases = 500;
        private const int FullCases = 10000;

        [TestMethod]
        public void ManagedAndPlatform_Agree()
        {
            int cases = Soak.Count(SampleCases, FullCases);
            Random random = new Random(12);
            CryptoSuite managed = new CryptoSuite(new SeededRandom(1), null);
            PlatformCrypto library = PlatformCrypto.Create();
            CryptoSuite platform = new CryptoSuite(new SeededRandom(2), library, library);
            for (int i = 0; i < cases; i++)
            {
                CheckSymmetric(random, managed, platform, i);
                CheckCurve(random, managed, platform, i);
                if (random.Next(50) == 0) platform.AesCcm.ForgetKeys();
            }

            Assert.IsTrue(platform.AesCcm.IsAccelerated && platform.Hmac.IsAccelerated && platform.P256.HasLibrary);
            OutputHelper.WriteLine(cases + " random cases: AES-CCM, SHA-256, HMAC, HKDF, key pair, ECDH, ECDSA agree");
        }

        private static void CheckSymmetric(Random random, CryptoSuite managed, CryptoSuite platform, int round)
        {
            string name = round.ToString();
            byte[] key = Bytes(random, 16);
            byte[] nonce = Bytes(random, 13);
            byte[] associated = Bytes(random, random.Next(64));
            int length = random.Next(1300);
            byte[] ours = Bytes(random, length + 16);
            byte[] theirs = (byte[])ours.Clone();
            byte[] plaintext = (byte[])ours.Clone();
            managed.AesCcm.Seal(ours, 0, length, key, 0, nonce, 0, associated, 0, associated.Length);
            platform.AesCcm.Seal(theirs, 0, length, key, 0, nonce, 0, associated, 0, associated.Length);
            CollectionAssert.AreEqual(ours, theirs, name);
            if (round % 2 == 0) ours[random.Next(ours.Length)] ^= (byte)(1 << random.Next(8));
            byte[] damaged = (byte[])ours.Clone();
            int opened = platform.AesCcm.TryOpen(ours, 0, ours.Length, key, 0, nonce, 0, associated, 0, associated.Length);
            Assert.AreEqual(round % 2 == 0 ? MatterError.AuthenticationFailed : length, opened, name);
            Assert.IsTrue(ours.AsSpan(0, length).SequenceEqual(round % 2 == 0 ? damaged.AsSpan(0, length) : plaintext.AsSpan(0, length)), name);

            byte[] ourHash = new byte[32];
            byte[] theirHash = new byte[32];
            managed.Sha256.Hash(ourHash, 0, plaintext, 0, length);
            platform.Sha256.Hash(theirHash, 0, plaintext, 0, length);
            CollectionAssert.AreEqual(ourHash, theirHash, name);
            Mac(managed.Hmac, ourHash, associated, plaintext, length);
            Mac(platform.Hmac, theirHash, associated, plaintext, length);
            CollectionAssert.AreEqual(ourHash, theirHash, name);
            byte[] ourKeys = new byte[48];
            byte[] theirKeys = new byte[48];
            managed.KeyDerivation.Hkdf(ourKeys, 0, 48, ourHash, 0, 32, associated, 0, associated.Length, nonce, 0, 13);
            platform.KeyDerivation.Hkdf(theirKeys, 0, 48, ourHash, 0, 32, associated, 0, associated.Length, nonce, 0, 13);
            CollectionAssert.AreEqual(ourKeys, theirKeys, name);
        }

        private static void CheckCurve(Random random, CryptoSuite managed, CryptoSuite platform, int round)
        {
            string name = round.ToString();
            byte[] ourKey = new byte[32];
            byte[] ourPoint = new byte[65];
            byte[] theirKey = new byte[32];
            byte[] theirPoint = new byte[65];
            byte[] ourSecret = new byte[32];
            byte[] theirSecret = new byte[32];
            byte[] signature = new byte[64];
            managed.P256.BeginKeyPair(ourKey, 0, ourPoint, 0);
            Assert.AreEqual(0, managed.P256.Run(), name);
            platform.P256.BeginKeyPair(theirKey, 0, theirPoint, 0);
            Assert.AreEqual(0, platform.P256.Run(), name);
            managed.P256.BeginEcdh(ourSecret, 0, theirPoint, 0, ourKey, 0);
            Assert.AreEqual(0, managed.P256.Run(), name);
            platform.P256.BeginEcdh(theirSecret, 0, ourPoint, 0, theirKey, 0);
            Assert.AreEqual(0, platform.P256.Run(), name);
            CollectionAssert.AreEqual(ourSecret, theirSecret, name);

            P256 signer = round % 2 == 0 ? managed.P256 : platform.P256;
            signer.BeginSign(signature, 0, ourSecret, 0, ourKey, 0);
            Assert.AreEqual(0, signer.Run(), name);
            if (round % 3 == 0) signature[random.Next(64)] ^= (byte)(1 << random.Next(8));
            managed.P256.BeginVerify(signature, 0, ourSecret, 0, ourPoint, 0);
            int ours = managed.P256.Run();
            Assert.AreEqual(round % 3 == 0 ? MatterError.AuthenticationFailed : 0, ours, name);
            platform.P256.BeginVerify(signature, 0, ourSecret, 0, ourPoint, 0);
            Assert.AreEqual(ours, platform.P256.Run(), name);
        }

        private static void Mac(Hmac hmac, byte[] mac, byte[] key, byte[] message, int length)
        {
            hmac.Start(key, 0, key.Length);
            hmac.Update(message, 0, length % 250);
            hmac.Finish(mac, 0);
        }

        private static byte[] Bytes(Random random, int length)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
