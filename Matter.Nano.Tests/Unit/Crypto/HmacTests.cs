using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class HmacTests
    {
        [TestMethod]
        public void Vectors() { CheckAll(VectorData.Hmac); }

        [TestMethod]
        public void Spake2pVectors() { CheckAll(VectorData.HmacSpake2p); }

        [TestMethod]
        public void WycheproofVectors() { CheckAll(VectorData.HmacWycheproof); }

        private static void CheckAll(string data)
        {
            VectorReader v = new VectorReader(data);
            Hmac hmac = new Hmac();
            byte[] mac = new byte[32];
            while (v.NextCase())
            {
                byte[] key = v.Bytes("key");
                byte[] message = v.Bytes("message");
                byte[] expected = v.Bytes("mac");
                hmac.Start(key, 0, key.Length);
                hmac.Update(message, 0, message.Length);
                hmac.Finish(mac, 0);
                bool valid = !v.Has("result") || v.Text("result") == "valid";
                Assert.IsTrue(expected.Length > 0, v.Name);
                Assert.AreEqual(valid, ConstantTime.Equals(mac, 0, expected, 0, expected.Length), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Streaming_EqualsOneShot_AtEverySplit()
        {
            Hmac hmac = new Hmac();
            byte[] data = new byte[70];
            byte[] expected = new byte[32];
            byte[] mac = new byte[32];
            for (int i = 0; i < data.Length; i++) data[i] = (byte)i;
            for (int split = 0; split <= data.Length; split++)
            {
                hmac.Start(data, 1, 20);
                hmac.Update(data, 0, split);
                hmac.Update(data, split, data.Length - split);
                hmac.Finish(mac, 0);
                if (split == 0) Array.Copy(mac, 0, expected, 0, 32);
                CollectionAssert.AreEqual(expected, mac, split.ToString());
            }
        }

        [TestMethod]
        public void FinishAndRestart_KeepsTheKey()
        {
            Hmac hmac = new Hmac();
            byte[] key = new byte[] { 1, 2, 3 };
            byte[] expected = new byte[32];
            byte[] mac = new byte[40];
            hmac.Start(key, 0, 3);
            hmac.Update(key, 0, 2);
            hmac.Finish(expected, 0);

            hmac.Start(key, 0, 3);
            for (int i = 0; i < 3; i++)
            {
                hmac.Update(key, 0, 2);
                if (i < 2) hmac.FinishAndRestart(mac, 8);
                else hmac.Finish(mac, 8);
                Assert.IsTrue(ConstantTime.Equals(expected, 0, mac, 8, 32), i.ToString());
            }
        }

        [TestMethod]
        public void EmptyKey_IsAKeyOfZeros()
        {
            Hmac hmac = new Hmac();
            byte[] zeros = new byte[64];
            byte[] expected = new byte[32];
            byte[] mac = new byte[32];
            hmac.Start(zeros, 0, 64);
            hmac.Finish(expected, 0);
            hmac.Start(null, 0, 0);
            hmac.Finish(mac, 0);
            CollectionAssert.AreEqual(expected, mac);
            hmac.Start(zeros, 0, 0);
            hmac.Finish(mac, 0);
            CollectionAssert.AreEqual(expected, mac);
        }

        [TestMethod]
        public void Output_MayOverlapTheInput()
        {
            Hmac hmac = new Hmac();
            byte[] expected = new byte[32];
            byte[] buffer = new byte[100];
            for (int round = 0; round < 2; round++)
            {
                hmac.Start(buffer, 0, 100);
                hmac.Update(buffer, 0, 100);
                hmac.Finish(round == 0 ? expected : buffer, 0);
            }
            Assert.IsTrue(ConstantTime.Equals(expected, 0, buffer, 0, 32));
            Assert.IsFalse(ConstantTime.Equals(expected, 0, new byte[32], 0, 32));
        }
    }
}
