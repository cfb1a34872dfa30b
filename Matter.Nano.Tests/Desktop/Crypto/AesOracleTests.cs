using System;
using System.Security.Cryptography;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using nanoFramework.TestFramework;
using NetAesCcm = System.Security.Cryptography.AesCcm;
using OurAesCcm = Matter.Nano.Crypto.AesCcm;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>AES and CCM against .NET's, on random input.</summary>
    [TestClass]
    public class AesOracleTests
    {
        [TestMethod]
        public void Aes128_Agrees()
        {
            Random random = new Random(1);
            Aes128 ours = new Aes128();
            ulong[] words = new ulong[4];
            using (Aes theirs = Aes.Create())
            {
                for (int round = 0; round < 2000; round++)
                {
                    byte[] key = Bytes(random, 16);
                    byte[] blocks = Bytes(random, 32);
                    theirs.Key = key;
                    byte[] expected = theirs.EncryptEcb(blocks, PaddingMode.None);
                    ours.SetKey(key, 0);
                    for (int i = 0; i < 4; i++) words[i] = BitConverter.ToUInt64(blocks, 8 * i);
                    ours.Encrypt(words);
                    for (int i = 0; i < 4; i++) Assert.AreEqual(BitConverter.ToUInt64(expected, 8 * i), words[i], round.ToString());
                }
            }
        }

        [TestMethod]
        public void Ccm_Agrees()
        {
            Random random = new Random(2);
            CheckCcm(random, new OurAesCcm(null), 2000, 200, 80);
            CheckCcm(random, new OurAesCcm(null), 100, 2000, 80);
            CheckCcm(random, new OurAesCcm(null), 20, 100, 0xFF00);
            CheckCcm(random, new OurAesCcm(PlatformCrypto.Create()), 500, 1400, 80);
        }

        [TestMethod]
        public void Ccm_LongestPlaintext_Agrees()
        {
            byte[] key = Bytes(new Random(3), 16);
            byte[] buffer = new byte[OurAesCcm.MaxLength + 16];
            byte[] expected = new byte[OurAesCcm.MaxLength];
            byte[] tag = new byte[16];
            byte[] nonce = new byte[13];
            using (NetAesCcm theirs = new NetAesCcm(key)) theirs.Encrypt(nonce, new byte[expected.Length], expected, tag);
            new OurAesCcm(null).Seal(buffer, 0, OurAesCcm.MaxLength, key, 0, nonce, 0, null, 0, 0);
            Assert.IsTrue(buffer.AsSpan(0, expected.Length).SequenceEqual(expected));
            Assert.IsTrue(buffer.AsSpan(expected.Length).SequenceEqual(tag));
        }

        private static void CheckCcm(Random random, OurAesCcm ours, int rounds, int maxLength, int maxAssociated)
        {
            byte[] tag = new byte[16];
            for (int round = 0; round < rounds; round++)
            {
                byte[] key = Bytes(random, 16);
                byte[] nonce = Bytes(random, 13);
                byte[] associated = Bytes(random, random.Next(maxAssociated));
                byte[] plaintext = Bytes(random, random.Next(maxLength));
                byte[] expected = new byte[plaintext.Length];
                using (NetAesCcm theirs = new NetAesCcm(key)) theirs.Encrypt(nonce, plaintext, expected, tag, associated);

                byte[] buffer = new byte[plaintext.Length + 16];
                plaintext.CopyTo(buffer, 0);
                ours.Seal(buffer, 0, plaintext.Length, key, 0, nonce, 0, associated, 0, associated.Length);
                Assert.IsTrue(buffer.AsSpan(0, expected.Length).SequenceEqual(expected), round.ToString());
                Assert.IsTrue(buffer.AsSpan(expected.Length).SequenceEqual(tag), round.ToString());

                Assert.AreEqual(plaintext.Length, ours.Open(buffer, 0, buffer.Length, key, 0, nonce, 0, associated, 0, associated.Length));
                Assert.IsTrue(buffer.AsSpan(0, expected.Length).SequenceEqual(plaintext), round.ToString());
            }
        }

        private static byte[] Bytes(Random random, int length)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
