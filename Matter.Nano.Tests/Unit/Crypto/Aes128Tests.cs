using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class Aes128Tests
    {
        [TestMethod]
        public void Vectors_InEitherBlock()
        {
            VectorReader v = new VectorReader(VectorData.Aes128);
            Aes128 aes = new Aes128();
            ulong[] words = new ulong[4];
            while (v.NextCase())
            {
                byte[] plaintext = v.Bytes("plaintext");
                byte[] ciphertext = v.Bytes("ciphertext");
                aes.SetKey(v.Bytes("key"), 0);
                for (int block = 0; block < 2; block++)
                {
                    words[2 - 2 * block] = 0x0123456789ABCDEF;
                    words[3 - 2 * block] = (ulong)v.Count;
                    words[2 * block] = BitConverter.ToUInt64(plaintext, 0);
                    words[2 * block + 1] = BitConverter.ToUInt64(plaintext, 8);
                    aes.Encrypt(words);
                    Assert.AreEqual(BitConverter.ToUInt64(ciphertext, 0), words[2 * block], v.Name);
                    Assert.AreEqual(BitConverter.ToUInt64(ciphertext, 8), words[2 * block + 1], v.Name);
                }
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void SetKeys_GivesEitherBlockItsOwn()
        {
            byte[] keys = new byte[40];
            for (int i = 0; i < 40; i++) keys[i] = (byte)(i * 151 + 3);
            Aes128 both = new Aes128();
            Aes128 single = new Aes128();
            for (int second = 0; second <= 24; second += 3)
            {
                int first = 24 - second;
                ulong[] pair = new ulong[] { 1, 2, 3, 4 };
                both.SetKeys(keys, first, second);
                both.Encrypt(pair);
                ulong[] expected = new ulong[] { 1, 2, 0, 0 };
                single.SetKey(keys, first);
                single.Encrypt(expected);
                Assert.AreEqual(expected[0], pair[0]);
                Assert.AreEqual(expected[1], pair[1]);
                expected = new ulong[] { 0, 0, 3, 4 };
                single.SetKey(keys, second);
                single.Encrypt(expected);
                Assert.AreEqual(expected[2], pair[2]);
                Assert.AreEqual(expected[3], pair[3]);
                Assert.IsFalse(both.HasKey(keys, first));
                Assert.IsFalse(both.HasKey(keys, second));
            }
        }

        [TestMethod]
        public void HasKey_SeesEveryBit()
        {
            byte[] key = new byte[17];
            Aes128 aes = new Aes128();
            Assert.IsFalse(aes.HasKey(key, 0), "no key is not a key of zeros");
            for (int i = 1; i < 17; i++) key[i] = (byte)(i * 3);
            aes.SetKey(key, 1);
            Assert.IsTrue(aes.HasKey(key, 1));
            for (int bit = 8; bit < 136; bit++)
            {
                key[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.IsFalse(aes.HasKey(key, 1), bit.ToString());
                key[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
            aes.Wipe();
            Assert.IsFalse(aes.HasKey(key, 1));
            Assert.IsFalse(aes.HasKey(new byte[16], 0));
        }

        [TestMethod]
        public void SetKey_ReplacesTheKeyBefore()
        {
            byte[] keys = new byte[40];
            for (int i = 0; i < 40; i++) keys[i] = (byte)(i * 5);
            Aes128 reused = new Aes128();
            for (int offset = 0; offset <= 24; offset += 8)
            {
                Aes128 fresh = new Aes128();
                reused.SetKey(keys, offset);
                fresh.SetKey(keys, offset);
                ulong[] one = new ulong[] { 1, 2, 3, 4 };
                ulong[] other = new ulong[] { 3, 4, 1, 2 };
                reused.Encrypt(one);
                fresh.Encrypt(other);
                Assert.AreEqual(one[0], other[2]);
                Assert.AreEqual(one[1], other[3]);
                Assert.AreEqual(one[2], other[0]);
                Assert.AreEqual(one[3], other[1]);
            }
        }
    }
}
