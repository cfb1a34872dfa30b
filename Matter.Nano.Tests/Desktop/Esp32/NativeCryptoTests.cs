using System;
using System.Reflection;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Esp32;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>The ESP32's accelerator over stand-ins for the firmware's classes: it must answer as managed code does, for all vectors.</summary>
    [TestClass]
    public class NativeCryptoTests
    {
        [TestMethod]
        public void AesCcmVectors_AreSealedAndOpened() { CheckAesCcm(VectorData.AesCcm); }

        [TestMethod]
        public void AesCcmWycheproofVectors_AreSealedAndOpened() { CheckAesCcm(VectorData.AesCcmWycheproof); }

        private static void CheckAesCcm(string data)
        {
            VectorReader v = new VectorReader(data);
            AesCcm managed = new AesCcm(null);
            AesCcm native = new AesCcm(new NativeCrypto());
            Assert.IsTrue(native.IsAccelerated);
            int done = 0;
            while (v.NextCase())
            {
                if (v.Has("skipped") || v.Has("elsewhere")) continue;
                byte[] plaintext = v.Bytes("plaintext");
                byte[] tagged = Convert.FromHexString(v.Text("ciphertext") + v.Text("tag"));
                bool valid = v.Text("result") == "valid";
                foreach (AesCcm ccm in new[] { managed, native })
                {
                    byte[] buffer = new byte[tagged.Length];
                    plaintext.CopyTo(buffer, 0);
                    Assert.AreEqual(buffer.Length, ccm.Seal(buffer, 0, plaintext.Length, v.Bytes("key"), 0, v.Bytes("nonce"), 0, v.Bytes("associated"), 0, v.Bytes("associated").Length), v.Name);
                    if (valid) CollectionAssert.AreEqual(tagged, buffer, v.Name);
                    byte[] opened = (byte[])tagged.Clone();
                    int length = ccm.Open(opened, 0, opened.Length, v.Bytes("key"), 0, v.Bytes("nonce"), 0, v.Bytes("associated"), 0, v.Bytes("associated").Length);
                    Assert.AreEqual(valid ? plaintext.Length : MatterError.AuthenticationFailed, length, v.Name);
                    if (valid) Assert.IsTrue(opened.AsSpan(0, length).SequenceEqual(plaintext), v.Name);
                }
                done++;
            }
            Assert.IsTrue(done > 0);
            Assert.IsTrue(native.IsAccelerated, "no call failed");
        }

        [TestMethod]
        public void HmacVectors_AreComputed()
        {
            CheckHmac(VectorData.Hmac);
            CheckHmac(VectorData.HmacSpake2p);
            CheckHmac(VectorData.HmacWycheproof);
        }

        private static void CheckHmac(string data)
        {
            VectorReader v = new VectorReader(data);
            Hmac managed = new Hmac();
            Hmac native = new Hmac(new NativeCrypto());
            Assert.IsTrue(native.IsAccelerated);
            byte[] expected = new byte[32];
            byte[] mac = new byte[32];
            while (v.NextCase())
            {
                byte[] key = v.Bytes("key");
                byte[] message = v.Bytes("message");
                byte[] published = v.Bytes("mac");
                managed.Start(key, 0, key.Length);
                managed.Update(message, 0, message.Length);
                managed.Finish(expected, 0);
                native.Start(key, 0, key.Length);
                native.Update(message, 0, message.Length / 2);
                native.Update(message, message.Length / 2, message.Length - message.Length / 2);
                native.Finish(mac, 0);
                CollectionAssert.AreEqual(expected, mac, v.Name);
                bool valid = !v.Has("result") || v.Text("result") == "valid";
                Assert.AreEqual(valid, mac.AsSpan(0, published.Length).SequenceEqual(published), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
            Assert.IsTrue(native.IsAccelerated, "no call failed");
        }

        [TestMethod]
        public void HkdfVectors_AreDerived()
        {
            CheckHkdf(VectorData.Hkdf);
            CheckHkdf(VectorData.HkdfWycheproof);
        }

        private static void CheckHkdf(string data)
        {
            VectorReader v = new VectorReader(data);
            KeyDerivation native = new KeyDerivation(new Hmac(new NativeCrypto()));
            int done = 0;
            while (v.NextCase())
            {
                if (v.Has("result") && v.Text("result") == "invalid") continue;
                byte[] key = v.Bytes("key");
                byte[] salt = v.Bytes("salt");
                byte[] info = v.Bytes("info");
                byte[] output = new byte[v.Int("length")];
                Assert.AreEqual(0, native.Hkdf(output, 0, output.Length, key, 0, key.Length, salt, 0, salt.Length, info, 0, info.Length), v.Name);
                Assert.AreEqual(v.Text("output"), TlvText.Hex(output, 0, output.Length), v.Name);
                done++;
            }
            Assert.IsTrue(done > 0);
        }

        [TestMethod]
        public void Pbkdf2Vectors_AreDerived()
        {
            CheckPbkdf2(VectorData.Pbkdf2);
            CheckPbkdf2(VectorData.Pbkdf2Wycheproof);
        }

        private static void CheckPbkdf2(string data)
        {
            VectorReader v = new VectorReader(data);
            KeyDerivation native = new KeyDerivation(new Hmac(new NativeCrypto()));
            int done = 0;
            while (v.NextCase())
            {
                if (v.Has("skipped") || v.Has("elsewhere")) continue;
                byte[] password = v.Bytes("password");
                byte[] salt = v.Bytes("salt");
                byte[] output = new byte[v.Int("length")];
                native.Pbkdf2(output, 0, output.Length, password, 0, password.Length, salt, 0, salt.Length, v.Int("iterations"));
                Assert.AreEqual(v.Text("output"), TlvText.Hex(output, 0, output.Length), v.Name);
                done++;
            }
            Assert.IsTrue(done > 0);
        }

        [TestMethod]
        public void EveryLengthOfAMessage_TakesTwoCalls()
        {
            AesCcm managed = new AesCcm(null);
            AesCcm native = new AesCcm(new NativeCrypto());
            byte[] keys = new byte[40];
            new Random(1).NextBytes(keys);
            for (int length = 0; length <= 1280; length += length < 400 ? 1 : 37)
            {
                byte[] expected = new byte[length + 16];
                new Random(length).NextBytes(expected);
                byte[] buffer = (byte[])expected.Clone();
                managed.Seal(expected, 0, length, keys, 0, keys, 16, keys, 3, 24);
                Aes.Calls = 0;
                native.Seal(buffer, 0, length, keys, 0, keys, 16, keys, 3, 24);
                Assert.AreEqual(2, Aes.Calls, length.ToString());
                CollectionAssert.AreEqual(expected, buffer, length.ToString());
                Assert.AreEqual(length, native.Open(buffer, 0, buffer.Length, keys, 0, keys, 16, keys, 3, 24), length.ToString());
            }
        }

        [TestMethod]
        public void HmacOfAShortMessage_TakesOneCall()
        {
            Hmac native = new Hmac(new NativeCrypto());
            byte[] message = new byte[400];
            byte[] mac = new byte[32];
            for (int length = 0; length <= message.Length; length++)
            {
                HMACSHA256.Calls = 0;
                native.Start(message, 0, length % 100);
                native.Update(message, 0, length);
                native.Finish(mac, 0);
                Assert.AreEqual(length <= 192 ? 1 : 0, HMACSHA256.Calls, length.ToString());
                CollectionAssert.AreEqual(System.Security.Cryptography.HMACSHA256.HashData(message.AsSpan(0, length % 100), message.AsSpan(0, length)), mac, length.ToString());
            }
        }

        [TestMethod]
        public void NothingSecret_StaysBehind()
        {
            NativeCrypto native = new NativeCrypto();
            byte[] data = new byte[1344];
            byte[] output = new byte[1344];
            Array.Fill(data, (byte)0x5A);
            foreach (int blocks in new[] { 1, 5, 6, 20, 21, 84 })
            {
                Assert.AreEqual(0, native.AesEcb(output, 0, data, 0, blocks, data, 7));
                Assert.AreEqual(0, native.AesCbcMac(output, 0, data, 0, blocks, data, 7));
                foreach (FieldInfo field in typeof(NativeCrypto).GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
                {
                    if (field.GetValue(native) is byte[] bytes) Assert.IsTrue(Array.TrueForAll(bytes, b => b == 0), field.Name);
                }
            }
            Assert.AreEqual(MatterError.OutOfRange, native.AesEcb(output, 0, new byte[1360], 0, 85, data, 0));
        }
    }
}
