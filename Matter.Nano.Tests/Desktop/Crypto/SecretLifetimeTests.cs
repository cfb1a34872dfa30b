using System;
using System.Collections;
using System.Reflection;
using Matter.Nano.Crypto;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What is left in the primitives' memory after use, and that they take no new memory.</summary>
    [TestClass]
    public class SecretLifetimeTests
    {
        [TestMethod]
        public void Sha256_KeepsNothing()
        {
            byte[] data = Data(100);
            Sha256 sha = new Sha256();
            sha.Start();
            sha.Update(data, 0, 100);
            Assert.IsFalse(IsBlank(sha), "something to wipe");
            sha.Finish(new byte[32], 0);
            Assert.IsTrue(IsBlank(sha));
        }

        [TestMethod]
        public void Hmac_KeepsNothing()
        {
            byte[] data = Data(100);
            Hmac hmac = new Hmac();
            for (int keyLength = 0; keyLength <= 100; keyLength += 50)
            {
                hmac.Start(data, 0, keyLength);
                hmac.Update(data, 0, 70);
                Assert.IsFalse(IsBlank(hmac), "something to wipe");
                hmac.Finish(new byte[32], 0);
                Assert.IsTrue(IsBlank(hmac));
                hmac.Start(data, 0, keyLength);
                hmac.FinishAndRestart(new byte[32], 0);
                Assert.IsFalse(IsBlank(hmac), "still has the key");
                hmac.Wipe();
                Assert.IsTrue(IsBlank(hmac));
            }
        }

        [TestMethod]
        public void KeyDerivation_KeepsNothing()
        {
            byte[] data = Data(60);
            KeyDerivation derivation = new KeyDerivation(new Hmac());
            derivation.Hkdf(new byte[48], 0, 48, data, 0, 20, data, 20, 20, data, 40, 20);
            Assert.IsTrue(IsBlank(derivation));
            derivation.Pbkdf2(new byte[80], 0, 80, data, 0, 20, data, 20, 20, 3);
            Assert.IsTrue(IsBlank(derivation));
        }

        [TestMethod]
        public void AesCcm_KeepsNothing_OnceTheKeysAreForgotten()
        {
            byte[] data = Data(100);
            for (int kind = 0; kind < 2; kind++)
            {
                AesCcm ccm = new AesCcm(kind == 0 ? null : new AcceleratorDouble());
                ccm.Seal(data, 40, 30, data, 0, data, 16, data, 30, 9);
                ccm.Open(data, 40, 46, data, 0, data, 16, data, 30, 9);
                Assert.AreEqual(kind == 1, IsBlank(ccm), "managed code keeps the key");
                ccm.ForgetKeys();
                Assert.IsTrue(IsBlank(ccm));
            }
        }

        [TestMethod]
        public void Primitives_TakeNoMemory()
        {
            Sha256 sha = new Sha256();
            KeyDerivation derivation = new KeyDerivation(new Hmac());
            AesCcm ccm = new AesCcm(null);
            TlvReader reader = new TlvReader();
            TlvWriter writer = new TlvWriter();
            byte[] data = Data(200);
            byte[] output = new byte[200];
            for (int round = 0; round < 3; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                sha.Hash(output, 0, data, 0, 200);
                derivation.Hkdf(output, 0, 48, data, 0, 20, data, 20, 20, data, 40, 20);
                ccm.Seal(output, 40, 100, data, round, data, 16, data, 30, 9);
                ccm.Open(output, 40, 116, data, round, data, 16, data, 30, 9);
                ccm.Open(output, 40, 116, data, round, data, 16, data, 30, 9);
                writer.Reset(output, 0, 200);
                writer.StartStructure(TlvTag.Anonymous);
                writer.PutUnsigned(1, 300);
                writer.PutFloat(2, 1.5f);
                writer.PutDouble(3, 1.5);
                writer.PutBytes(4, data, 0, 20);
                writer.EndContainer();
                reader.Reset(output, 0, writer.Length);
                reader.EnterMessage();
                while (reader.Next()) reader.ElementLength();
                int error = reader.Finish();
                long taken = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.AreEqual(0, error);
                if (round > 0) Assert.AreEqual(0L, taken);   // the first round loads code
            }
        }

        // All arrays of an object and of those it owns hold nothing but zeros; a counter is no secret.
        private static bool IsBlank(object owner)
        {
            foreach (FieldInfo field in owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
            {
                object value = field.GetValue(owner);
                if (value == null || field.Name == "_counter" || value is AcceleratorDouble) continue;
                Array array = value as Array;
                if (array == null)
                {
                    if (value.GetType().Assembly == typeof(Sha256).Assembly && !IsBlank(value)) return false;
                    continue;
                }
                foreach (object element in (IEnumerable)array)
                {
                    if (Convert.ToUInt64(element) != 0) return false;
                }
            }
            return true;
        }

        private static byte[] Data(int length)
        {
            byte[] data = new byte[length];
            new Random(length).NextBytes(data);
            return data;
        }
    }
}
