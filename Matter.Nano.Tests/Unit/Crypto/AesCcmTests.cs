using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class AesCcmTests
    {
        [TestMethod]
        public void Vectors() { CheckAll(VectorData.AesCcm, 38); }

        [TestMethod]
        public void WycheproofVectors() { CheckAll(VectorData.AesCcmWycheproof, 89); }

        private static void CheckAll(string data, int elsewhere)
        {
            CheckAll(data, elsewhere, new AesCcm(null));
            CheckAll(data, elsewhere, new AesCcm(new AcceleratorDouble()));
        }

        internal static void CheckAll(string data, int elsewhere, AesCcm ccm)
        {
            VectorReader v = new VectorReader(data);
            int skipped = 0;
            while (v.NextCase())
            {
                if (v.Has("elsewhere"))
                {
                    skipped++;
                    continue;
                }
                Check(v, ccm);
            }
            Assert.IsTrue(v.Count > skipped);
            Assert.IsTrue(skipped == elsewhere || skipped == 0, "all cases or the samples");
        }

        private static void Check(VectorReader v, AesCcm ccm)
        {
            byte[] key = v.Bytes("key");
            byte[] nonce = v.Bytes("nonce");
            byte[] associated = v.Bytes("associated");
            byte[] plaintext = v.Bytes("plaintext");
            string sealedText = v.Text("ciphertext") + v.Text("tag");
            bool valid = v.Text("result") == "valid";
            byte[] buffer = new byte[plaintext.Length + 16];
            plaintext.CopyTo(buffer, 0);
            if (valid)
            {
                int length = ccm.Seal(buffer, 0, plaintext.Length, key, 0, nonce, 0, associated, 0, associated.Length);
                Assert.AreEqual(plaintext.Length + 16, length, v.Name);
                Assert.AreEqual(sealedText, TlvText.Hex(buffer, 0, length), v.Name);
            }
            v.Bytes("ciphertext").CopyTo(buffer, 0);
            v.Bytes("tag").CopyTo(buffer, plaintext.Length);
            int opened = ccm.Open(buffer, 0, buffer.Length, key, 0, nonce, 0, associated, 0, associated.Length);
            Assert.AreEqual(valid ? plaintext.Length : MatterError.AuthenticationFailed, opened, v.Name);
            if (valid) Assert.AreEqual(v.Text("plaintext"), TlvText.Hex(buffer, 0, opened), v.Name);
        }

        [TestMethod]
        public void SessionKeys_EncryptAsPublished() { CheckSessionKeys(new AesCcm(null)); }

        internal static void CheckSessionKeys(AesCcm ccm)
        {
            VectorReader v = new VectorReader(VectorData.SessionKeys);
            while (v.NextCase())
            {
                byte[] nonce = v.Bytes("aes_ctr_nonce13");
                byte[] buffer = new byte[32];
                for (int direction = 0; direction < 2; direction++)
                {
                    string name = direction == 0 ? "i2r_" : "r2i_";
                    v.Bytes("aes_ctr_plaintext").CopyTo(buffer, 0);
                    ccm.Seal(buffer, 0, 16, v.Bytes(name + "key"), 0, nonce, 0, null, 0, 0);
                    Assert.AreEqual(v.Text(name + "ciphertext"), TlvText.Hex(buffer, 0, 16), v.Name);
                }
            }
            Assert.IsTrue(v.Count > 0);
        }

        private const int Header = 20;

        // A message as it comes: header, nonce and key elsewhere, everything at odd offsets.
        private static int SealMessage(AesCcm ccm, byte[] message, int length, byte[] keys)
        {
            return ccm.Seal(message, Header, length, keys, 3, keys, 20, message, 1, Header - 1);
        }

        private static int OpenMessage(AesCcm ccm, byte[] message, int length, byte[] keys)
        {
            return ccm.Open(message, Header, length, keys, 3, keys, 20, message, 1, Header - 1);
        }

        private static byte[] Pattern(int length)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) bytes[i] = (byte)(i * 29 + 5);
            return bytes;
        }

        [TestMethod]
        public void EveryLength_OpensAgain_AndTouchesNothingElse()
        {
            byte[] keys = Pattern(40);
            byte[] original = Pattern(Header + 50 + 16);
            for (int kind = 0; kind < 2; kind++)
            {
                AesCcm ccm = new AesCcm(kind == 0 ? null : new AcceleratorDouble());
                Assert.AreEqual(kind == 1, ccm.IsAccelerated);
                for (int length = 0; length <= 34; length++)
                {
                    byte[] message = Pattern(original.Length);
                    Assert.AreEqual(length + 16, SealMessage(ccm, message, length, keys));
                    Assert.AreEqual(length, OpenMessage(ccm, message, length + 16, keys));
                    for (int i = 0; i < message.Length; i++)
                    {
                        bool tag = i >= Header + length && i < Header + length + 16;
                        if (!tag) Assert.AreEqual(original[i], message[i], length.ToString());
                    }
                }
                CollectionAssert.AreEqual(Pattern(40), keys);
            }
        }

        [TestMethod]
        public void Accelerated_EqualsSoftware()
        {
            byte[] keys = Pattern(40);
            AesCcm software = new AesCcm(null);
            AcceleratorDouble accelerator = new AcceleratorDouble();
            AesCcm accelerated = new AesCcm(accelerator);
            int[] lengths = new int[] { 0, 1, 15, 16, 17, 31, 32, 100, 1264, 1265, 1280, 1281, 1300 };
            for (int i = 0; i < lengths.Length; i++)
            {
                int length = lengths[i];
                byte[] one = Pattern(Header + length + 16);
                byte[] other = Pattern(Header + length + 16);
                int calls = accelerator.Calls;
                SealMessage(software, one, length, keys);
                SealMessage(accelerated, other, length, keys);
                CollectionAssert.AreEqual(one, other, length.ToString());
                bool fits = 3 + (length + 15) / 16 <= 84;
                Assert.AreEqual(fits ? calls + 2 : calls, accelerator.Calls, length.ToString());
                Assert.AreEqual(length, OpenMessage(accelerated, other, length + 16, keys), length.ToString());
            }
        }

        [TestMethod]
        public void TwoTagsOfNothing_AreSealsOfNothing()
        {
            CheckNothing(new AesCcm(null));
            CheckNothing(new AesCcm(new AcceleratorDouble()));
        }

        private static void CheckNothing(AesCcm ccm)
        {
            byte[] keys = new byte[32];
            byte[] nonces = new byte[20];
            for (int i = 0; i < keys.Length; i++) keys[i] = (byte)(i * 89 + 7);
            for (int i = 0; i < nonces.Length; i++) nonces[i] = (byte)(i * 57 + 1);
            byte[] tags = new byte[33];
            byte[] expected = new byte[33];
            for (int round = 0; round < 2; round++)
            {
                ccm.Seal(expected, 0, 0, keys, 0, nonces, 5, null, 0, 0);
                ccm.Seal(expected, 16, 0, keys, 16, nonces, 7, null, 0, 0);
                ccm.SealNothing(tags, keys, nonces, 5, 7);
                Assert.AreEqual(TlvText.Hex(expected, 0, 33), TlvText.Hex(tags, 0, 33));

                // What is kept of the keys used before is not disturbed.
                Assert.AreEqual(16, ccm.Seal(tags, 0, 0, keys, 16, nonces, 7, null, 0, 0));
                Assert.AreEqual(TlvText.Hex(expected, 16, 16), TlvText.Hex(tags, 0, 16));
            }
        }

        [TestMethod]
        public void AWrongBit_AnywhereInTheMessage_IsRefused()
        {
            byte[] keys = Pattern(40);
            const int length = 21;
            for (int kind = 0; kind < 2; kind++)
            {
                AesCcm ccm = new AesCcm(kind == 0 ? null : new AcceleratorDouble());
                byte[] message = Pattern(Header + length + 16);
                SealMessage(ccm, message, length, keys);
                byte[] received = new byte[message.Length];
                for (int i = 1; i < message.Length; i++)
                {
                    for (int bit = 0; bit < 8; bit++)
                    {
                        if (i < Header + length && bit != (i & 7)) continue;   // each bit of the tag, one of the other bytes
                        message.CopyTo(received, 0);
                        received[i] ^= (byte)(1 << bit);
                        Assert.AreEqual(MatterError.AuthenticationFailed, OpenMessage(ccm, received, length + 16, keys), i.ToString());
                        for (int j = Header; j < Header + length; j++) Assert.AreEqual((byte)0, received[j], "no plaintext is left");
                    }
                }
                Assert.AreEqual(length, OpenMessage(ccm, message, length + 16, keys));
            }
        }

        [TestMethod]
        public void AnotherKeyNonceOrLength_IsRefused()
        {
            byte[] keys = Pattern(40);
            AesCcm ccm = new AesCcm(null);
            const int length = 21;
            byte[] message = Pattern(Header + length + 16);
            SealMessage(ccm, message, length, keys);
            byte[] received = new byte[message.Length];
            for (int i = 3; i < 33; i++)
            {
                if (i == 19) continue;   // between key and nonce
                message.CopyTo(received, 0);
                keys[i] ^= 1;
                Assert.AreEqual(MatterError.AuthenticationFailed, OpenMessage(ccm, received, length + 16, keys), i.ToString());
                keys[i] ^= 1;
            }
            for (int shorter = 0; shorter < length + 16; shorter++)
            {
                message.CopyTo(received, 0);
                Assert.AreEqual(MatterError.AuthenticationFailed, OpenMessage(ccm, received, shorter, keys), shorter.ToString());
            }
            message.CopyTo(received, 0);
            Assert.AreEqual(MatterError.AuthenticationFailed, ccm.Open(received, Header, length + 16, keys, 3, keys, 20, received, 1, Header - 2));
            message.CopyTo(received, 0);
            Assert.AreEqual(MatterError.AuthenticationFailed, ccm.Open(received, Header, length + 16, keys, 3, keys, 20, null, 0, 0));
        }

        [TestMethod]
        public void KeysInTurn_AreKeptApart()
        {
            // Three keys for two places, in every order, with and without forgetting in between.
            byte[] keys = new byte[16 * 3 + 13];
            for (int i = 16; i < 48; i++) keys[i] = (byte)i;   // the first one is all zeros
            byte[][] expected = new byte[3][];
            for (int i = 0; i < 3; i++)
            {
                expected[i] = new byte[24];
                new AesCcm(null).Seal(expected[i], 0, 8, keys, 16 * i, keys, 48, null, 0, 0);
            }
            AesCcm ccm = new AesCcm(null);
            byte[] buffer = new byte[24];
            for (int order = 0; order < 3 * 3 * 3 * 3; order++)
            {
                int rest = order;
                for (int turn = 0; turn < 4; turn++)
                {
                    int key = rest % 3;
                    rest /= 3;
                    Array.Clear(buffer, 0, 24);
                    ccm.Seal(buffer, 0, 8, keys, 16 * key, keys, 48, null, 0, 0);
                    CollectionAssert.AreEqual(expected[key], buffer, order.ToString());
                    Assert.AreEqual(8, ccm.Open(buffer, 0, 24, keys, 16 * key, keys, 48, null, 0, 0));
                }
                if (order % 5 == 0) ccm.ForgetKeys();
            }
        }

        [TestMethod]
        public void LengthsBeyondTheFormat_AreRefused()
        {
            AesCcm ccm = new AesCcm(null);
            byte[] bytes = new byte[0x10010];
            Assert.AreEqual(MatterError.OutOfRange, ccm.Seal(bytes, 0, 0x10000, bytes, 0, bytes, 0, null, 0, 0));
            Assert.AreEqual(MatterError.OutOfRange, ccm.Seal(bytes, 0, 0, bytes, 0, bytes, 0, bytes, 0, 0xFF00));
            Assert.AreEqual(MatterError.AuthenticationFailed, ccm.Open(bytes, 0, 0x10010, bytes, 0, bytes, 0, null, 0, 0));
            Assert.AreEqual(MatterError.AuthenticationFailed, ccm.Open(bytes, 0, 16, bytes, 0, bytes, 0, bytes, 0, 0xFF00));
            CollectionAssert.AreEqual(new byte[0x10010], bytes);
        }

        [TestMethod]
        public void AcceleratorWithWrongAnswers_IsNotUsed()
        {
            AcceleratorDouble ecb = new AcceleratorDouble();
            ecb.WrongEcb = true;
            Assert.IsFalse(new AesCcm(ecb).IsAccelerated);
            AcceleratorDouble mac = new AcceleratorDouble();
            mac.WrongMac = true;
            Assert.IsFalse(new AesCcm(mac).IsAccelerated);
            for (int calls = 0; calls < 4; calls++)
            {
                AcceleratorDouble failing = new AcceleratorDouble();
                failing.FailFromCall = calls;
                Assert.IsFalse(new AesCcm(failing).IsAccelerated, calls.ToString());
            }
        }

        [TestMethod]
        public void AcceleratorThatFailsLater_IsReplacedInTheMiddle()
        {
            byte[] keys = Pattern(40);
            const int length = 33;
            byte[] expected = Pattern(Header + length + 16);
            SealMessage(new AesCcm(null), expected, length, keys);
            for (int calls = 0; calls < 4; calls++)
            {
                AcceleratorDouble accelerator = new AcceleratorDouble();
                AesCcm ccm = new AesCcm(accelerator);
                accelerator.FailFromCall = accelerator.Calls + calls;
                byte[] message = Pattern(Header + length + 16);
                SealMessage(ccm, message, length, keys);
                CollectionAssert.AreEqual(expected, message, calls.ToString());
                Assert.AreEqual(length, OpenMessage(ccm, message, length + 16, keys), calls.ToString());
                Assert.IsFalse(ccm.IsAccelerated, calls.ToString());
                int taken = accelerator.Calls;
                OpenMessage(ccm, message, length + 16, keys);
                Assert.AreEqual(taken, accelerator.Calls, "not asked again");
            }
        }
    }
}
