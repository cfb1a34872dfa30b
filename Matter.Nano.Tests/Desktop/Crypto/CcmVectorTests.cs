using System;
using System.Linq;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// All vectors of AES-CCM, those with nonces and tags of other lengths included: CCM for any of its parameters, written down
    /// here from RFC 3610 and without regard to speed, over the library's AES-128.
    /// </summary>
    [TestClass]
    public class CcmVectorTests
    {
        private const int Block = Aes128.BlockLength;

        [TestMethod]
        public void Vectors() { CheckAll(VectorData.AesCcm); }

        [TestMethod]
        public void WycheproofVectors() { CheckAll(VectorData.AesCcmWycheproof); }

        private static void CheckAll(string data)
        {
            VectorReader v = new VectorReader(data);
            int valid = 0;
            while (v.NextCase())
            {
                byte[] key = v.Bytes("key");
                byte[] nonce = v.Bytes("nonce");
                byte[] associated = v.Bytes("associated");
                byte[] plaintext = v.Bytes("plaintext");
                byte[] tag = v.Bytes("tag");
                bool isValid = v.Text("result") == "valid";
                valid += isValid ? 1 : 0;
                if (nonce.Length < 7 || nonce.Length > 13 || tag.Length < 4 || tag.Length > 16 || tag.Length % 2 != 0)
                {
                    Assert.IsFalse(isValid, v.Name + ": CCM has no such parameters");
                    continue;
                }

                byte[] ciphertext = (byte[])plaintext.Clone();
                byte[] own = Seal(key, nonce, associated, ciphertext, tag.Length);
                bool agrees = own.SequenceEqual(tag) && ciphertext.SequenceEqual(v.Bytes("ciphertext"));
                Assert.AreEqual(isValid, agrees, v.Name);
            }
            Assert.IsTrue(valid > 0);
        }

        /// <summary>Encrypts in place.</summary>
        /// <returns>The tag.</returns>
        private static byte[] Seal(byte[] key, byte[] nonce, byte[] associated, byte[] text, int tagLength)
        {
            Aes128 aes = new Aes128();
            aes.SetKey(key, 0);
            int lengthBytes = Block - 1 - nonce.Length;

            byte[] mac = new byte[Block];
            mac[0] = (byte)((associated.Length > 0 ? 0x40 : 0) | (tagLength - 2) / 2 << 3 | lengthBytes - 1);
            nonce.CopyTo(mac, 1);
            for (int i = 0; i < 4 && i < lengthBytes; i++) mac[Block - 1 - i] = (byte)(text.Length >> 8 * i);
            Encrypt(aes, mac);
            if (associated.Length > 0)
            {
                Assert.IsTrue(associated.Length < 0xFF00);
                byte[] prefix = { (byte)(associated.Length >> 8), (byte)associated.Length };
                Absorb(aes, mac, prefix.Concat(associated).ToArray());
            }
            Absorb(aes, mac, text);

            byte[] stream = new byte[Block];
            for (int at = -Block; at < text.Length; at += Block)
            {
                int counter = at / Block + 1;
                Array.Clear(stream);
                stream[0] = (byte)(lengthBytes - 1);
                nonce.CopyTo(stream, 1);
                for (int i = 0; i < 4 && i < lengthBytes; i++) stream[Block - 1 - i] |= (byte)(counter >> 8 * i);
                Encrypt(aes, stream);
                byte[] target = at < 0 ? mac : text;
                for (int i = 0; i < Block && Math.Max(at, 0) + i < target.Length; i++) target[Math.Max(at, 0) + i] ^= stream[i];
            }
            return mac[..tagLength];
        }

        private static void Absorb(Aes128 aes, byte[] mac, byte[] data)
        {
            for (int at = 0; at < data.Length; at += Block)
            {
                for (int i = 0; i < Block && at + i < data.Length; i++) mac[i] ^= data[at + i];
                Encrypt(aes, mac);
            }
        }

        private static void Encrypt(Aes128 aes, byte[] block)
        {
            ulong[] words = { BitConverter.ToUInt64(block, 0), BitConverter.ToUInt64(block, 8), 0, 0 };
            aes.Encrypt(words);
            BitConverter.GetBytes(words[0]).CopyTo(block, 0);
            BitConverter.GetBytes(words[1]).CopyTo(block, 8);
        }
    }
}
