using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class KeyDerivationTests
    {
        [TestMethod]
        public void HkdfVectors() { CheckHkdf(VectorData.Hkdf, Deriver()); }

        [TestMethod]
        public void HkdfWycheproofVectors() { CheckHkdf(VectorData.HkdfWycheproof, Deriver()); }

        internal static void CheckHkdf(string data, KeyDerivation deriver)
        {
            VectorReader v = new VectorReader(data);
            while (v.NextCase())
            {
                if (v.Has("result") && v.Text("result") == "invalid")
                {
                    byte[] untouched = new byte[v.Int("length")];
                    byte[] key = v.Bytes("key");
                    Assert.AreEqual(MatterError.OutOfRange, deriver.Hkdf(untouched, 0, untouched.Length, key, 0, key.Length, null, 0, 0, null, 0, 0), v.Name);
                    CollectionAssert.AreEqual(new byte[untouched.Length], untouched, v.Name);
                    continue;
                }
                byte[] output = Hkdf(deriver, v.Bytes("key"), v.Bytes("salt"), v.Bytes("info"), v.Int("length"));
                Assert.AreEqual(v.Text("output"), TlvText.Hex(output, 0, output.Length), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Pbkdf2Vectors()
        {
            int skipped = CheckPbkdf2(VectorData.Pbkdf2, Deriver());
            Assert.IsTrue(skipped == 8 || skipped == 0, "all cases or the samples");
        }

        [TestMethod]
        public void Pbkdf2WycheproofVectors() { Assert.AreEqual(0, CheckPbkdf2(VectorData.Pbkdf2Wycheproof, Deriver())); }

        internal static int CheckPbkdf2(string data, KeyDerivation deriver)
        {
            VectorReader v = new VectorReader(data);
            int skipped = 0;
            while (v.NextCase())
            {
                if (v.Has("skipped") || v.Has("elsewhere"))
                {
                    skipped++;
                    continue;
                }
                byte[] password = v.Bytes("password");
                byte[] salt = v.Bytes("salt");
                byte[] output = new byte[v.Int("length")];
                deriver.Pbkdf2(output, 0, output.Length, password, 0, password.Length, salt, 0, salt.Length, v.Int("iterations"));
                Assert.AreEqual(v.Text("output"), TlvText.Hex(output, 0, output.Length), v.Name);
            }
            Assert.IsTrue(v.Count > skipped);
            return skipped;
        }

        [TestMethod]
        public void SessionKeys_SplitOneDerivation() { CheckSessionKeys(Deriver()); }

        internal static void CheckSessionKeys(KeyDerivation deriver)
        {
            VectorReader v = new VectorReader(VectorData.SessionKeys);
            while (v.NextCase())
            {
                byte[] keys = Hkdf(deriver, v.Bytes("ikm"), v.Bytes("salt"), v.Bytes("info"), 48);
                Assert.AreEqual(v.Text("i2r_key"), TlvText.Hex(keys, 0, 16), v.Name);
                Assert.AreEqual(v.Text("r2i_key"), TlvText.Hex(keys, 16, 16), v.Name);
                Assert.AreEqual(v.Text("attestation_challenge"), TlvText.Hex(keys, 32, 16), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void CompressedFabricId_IsDerived() { CheckCompressedFabricId(Deriver()); }

        internal static void CheckCompressedFabricId(KeyDerivation deriver)
        {
            VectorReader v = new VectorReader(VectorData.CompressedFabricId);
            int derived = 0;
            while (v.NextCase())
            {
                if (v.Has("elsewhere")) continue;
                byte[] publicKey = v.Bytes("root_public_key");
                byte[] point = new byte[64];
                Array.Copy(publicKey, 1, point, 0, 64);
                byte[] id = Hkdf(deriver, point, v.Bytes("fabric_id"), Ascii("CompressedFabric"), 8);
                Assert.AreEqual(v.Text("compressed_fabric_id"), TlvText.Hex(id, 0, 8), v.Name);
                derived++;
            }
            Assert.AreEqual(1, derived);
        }

        [TestMethod]
        public void GroupKeys_AreDerived() { CheckGroupKeys(Deriver()); }

        internal static void CheckGroupKeys(KeyDerivation deriver)
        {
            VectorReader v = new VectorReader(VectorData.GroupKeys);
            byte[] none = new byte[0];
            while (v.NextCase())
            {
                byte[] key = Hkdf(deriver, v.Bytes("epoch_key"), v.Bytes("compressed_fabric_id"), Ascii("GroupKey v1.0"), 16);
                Assert.AreEqual(v.Text("operational_key"), TlvText.Hex(key, 0, 16), v.Name);
                byte[] privacy = Hkdf(deriver, key, none, Ascii("PrivacyKey"), 16);
                Assert.AreEqual(v.Text("privacy_key"), TlvText.Hex(privacy, 0, 16), v.Name);
                byte[] hash = Hkdf(deriver, key, none, Ascii("GroupKeyHash"), 2);
                Assert.AreEqual(v.Int("group_session_id"), hash[0] << 8 | hash[1], v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Hkdf_OutputMayReplaceTheInputKey()
        {
            byte[] buffer = new byte[64];
            for (int i = 0; i < 64; i++) buffer[i] = (byte)i;
            byte[] expected = new byte[50];
            Deriver().Hkdf(expected, 0, 50, buffer, 0, 40, buffer, 40, 20, buffer, 60, 4);
            Deriver().Hkdf(buffer, 2, 50, buffer, 0, 40, buffer, 40, 20, buffer, 60, 4);
            Assert.IsTrue(ConstantTime.Equals(expected, 0, buffer, 2, 50));
            Assert.AreEqual((byte)1, buffer[1]);
            Assert.AreEqual((byte)52, buffer[52]);
        }

        private static KeyDerivation Deriver() { return new KeyDerivation(new Hmac()); }

        private static byte[] Hkdf(KeyDerivation deriver, byte[] key, byte[] salt, byte[] info, int length)
        {
            byte[] output = new byte[length];
            Assert.AreEqual(0, deriver.Hkdf(output, 0, length, key, 0, key.Length, salt, 0, salt.Length, info, 0, info.Length));
            return output;
        }

        private static byte[] Ascii(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)text[i];
            return bytes;
        }
    }
}
