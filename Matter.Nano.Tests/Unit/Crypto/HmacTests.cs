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
            CheckAll(data, new Hmac());
            CheckAll(data, new Hmac(new AcceleratorDouble()));
        }

        internal static void CheckAll(string data, Hmac hmac)
        {
            VectorReader v = new VectorReader(data);
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

        private static Hmac Create(int kind)
        {
            Hmac hmac = new Hmac(kind == 0 ? null : new AcceleratorDouble());
            Assert.AreEqual(kind == 1, hmac.IsAccelerated);
            return hmac;
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Streaming_EqualsOneShot_AtEverySplit(int kind)
        {
            Hmac hmac = Create(kind);
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
        [DataRow(0)]
        [DataRow(1)]
        public void FinishAndRestart_KeepsTheKey(int kind)
        {
            Hmac hmac = Create(kind);
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
        [DataRow(0)]
        [DataRow(1)]
        public void EmptyKey_IsAKeyOfZeros(int kind)
        {
            Hmac hmac = Create(kind);
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
        [DataRow(0)]
        [DataRow(1)]
        public void Output_MayOverlapTheInput(int kind)
        {
            Hmac hmac = Create(kind);
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

        [TestMethod]
        public void LongMessages_GoToManagedCode_UnderTheSameKey()
        {
            Hmac managed = new Hmac();
            Hmac accelerated = Create(1);
            byte[] message = new byte[600];
            byte[] expected = new byte[32];
            byte[] mac = new byte[32];
            for (int i = 0; i < message.Length; i++) message[i] = (byte)(i * 7 + 1);
            managed.Start(message, 0, 40);
            accelerated.Start(message, 0, 40);
            for (int length = 0; length < 600; length += 23)
            {
                managed.Update(message, 0, length);
                managed.FinishAndRestart(expected, 0);
                accelerated.Update(message, 0, length / 3);
                accelerated.Update(message, length / 3, length - length / 3);
                accelerated.FinishAndRestart(mac, 0);
                CollectionAssert.AreEqual(expected, mac, length.ToString());
            }
            Assert.IsTrue(accelerated.IsAccelerated);
        }

        [TestMethod]
        public void AcceleratorThatLies_IsNotUsed()
        {
            AcceleratorDouble accelerator = new AcceleratorDouble();
            accelerator.WrongHmac = true;
            Assert.IsFalse(new Hmac(accelerator).IsAccelerated);
            accelerator = new AcceleratorDouble();
            accelerator.FailFromCall = 1;
            Assert.IsFalse(new Hmac(accelerator).IsAccelerated);
        }

        [TestMethod]
        public void AcceleratorThatFailsLater_IsReplacedInTheMiddleOfAMessage()
        {
            byte[] data = new byte[100];
            byte[] expected = new byte[32];
            byte[] mac = new byte[32];
            for (int i = 0; i < data.Length; i++) data[i] = (byte)(i + 3);
            Hmac managed = new Hmac();
            managed.Start(data, 0, 30);
            managed.Update(data, 0, 100);
            managed.FinishAndRestart(expected, 0);

            AcceleratorDouble accelerator = new AcceleratorDouble();
            Hmac hmac = new Hmac(accelerator);
            accelerator.FailFromCall = accelerator.Calls + 1;
            hmac.Start(data, 0, 30);
            for (int round = 0; round < 3; round++)
            {
                Assert.AreEqual(round < 2, hmac.IsAccelerated);
                hmac.Update(data, 0, 60);
                hmac.Update(data, 60, 40);
                hmac.FinishAndRestart(mac, 0);
                CollectionAssert.AreEqual(expected, mac, round.ToString());
            }
        }
    }
}
