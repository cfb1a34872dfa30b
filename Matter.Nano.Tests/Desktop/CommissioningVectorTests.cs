using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Vectors about what surrounds the passcode, where the library has it in another shape than the source.</summary>
    [TestClass]
    public class CommissioningVectorTests
    {
        /// <summary>
        /// The source's PBKDF2 refuses salts that Matter does not allow; here they are refused where they come in: with the
        /// device's own verifier and with an administrator's.
        /// </summary>
        [TestMethod]
        public void SaltsOfWrongLength_AreRefusedWithTheirVerifier()
        {
            VectorReader v = new VectorReader(VectorData.Pbkdf2);
            int refused = 0;
            while (v.NextCase())
            {
                byte[] salt = v.Bytes("salt");
                bool isAllowed = salt.Length >= 16 && salt.Length <= 32;
                refused += isAllowed ? 0 : 1;
                FabricTable fabrics = new FabricTable(new CryptoSuite(new ScriptedRandom(), null), new Scenario.MemoryStore());
                byte[] verifier = new byte[Spake2Plus.VerifierLength];
                CommissioningWindow window = new CommissioningWindow(fabrics, 0, verifier, new byte[16], 1000);
                int opened = window.OpenEnhanced(180, verifier, 0, verifier.Length, 0, 1000, salt, 0, salt.Length, fabrics.GetRow(0), 0);
                Assert.AreEqual(isAllowed ? 0 : CommissioningWindow.PakeParameterError, opened, v.Name);
                Assert.AreEqual(isAllowed, window.IsOpen, v.Name);
                bool isMade = true;
                try
                {
                    new CommissioningWindow(fabrics, 0, verifier, salt, 1000);
                }
                catch (ArgumentException)
                {
                    isMade = false;
                }
                Assert.AreEqual(isAllowed, isMade, v.Name);
            }
            Assert.AreEqual(4, refused);
        }

        /// <summary>
        /// Base 38 by itself is not to be had, but a QR code is chunks of three bytes and a last one of two: a payload is made
        /// that has the vector's bytes where nothing else stands in their way.
        /// </summary>
        [TestMethod]
        public void Base38_IsWhatTheChunkOfAWholeCodeReads()
        {
            VectorReader v = new VectorReader(VectorData.SetupPayload);
            int chunks = 0;
            while (v.NextCase())
            {
                if (!v.Has("bytes") || v.Has("skipped")) continue;
                byte[] bytes = v.Bytes("bytes");
                string text = v.Text("text");
                uint value = 0;
                for (int i = 0; i < bytes.Length; i++) value |= (uint)bytes[i] << 8 * i;

                // Third chunk: discriminator from its fourth bit on, lowest 15 bits of the passcode. Last one: the other 12.
                int discriminator = bytes.Length == 3 ? (int)(value & 0x1FF) << 3 : 0;
                uint passcode = bytes.Length == 3 ? value >> 9 | 1u << 15 : value << 15 | 1;
                Assert.IsTrue(bytes.Length == 3 || bytes.Length == 2 && value < 1 << 12, v.Name);
                string code = new SetupPayload(0, 0, 0, discriminator, passcode).QrCode();
                Assert.AreEqual(text, code.Substring(bytes.Length == 3 ? 13 : 18, text.Length), v.Name);
                chunks++;
            }
            Assert.AreEqual(7, chunks);
        }

        /// <summary>Optional data of a QR code is TLV, if none that our codes carry.</summary>
        [TestMethod]
        public void OptionalData_IsReadAndWritten()
        {
            VectorReader v = new VectorReader(VectorData.SetupPayload);
            int data = 0;
            while (v.NextCase())
            {
                if (!v.Has("hex")) continue;
                byte[] tlv = v.Bytes("hex");
                Assert.IsNotNull(TlvText.Of(tlv), v.Name);
                CollectionAssert.AreEqual(tlv, TlvText.Rewritten(tlv), v.Name);
                data++;
            }
            Assert.AreEqual(3, data);
        }
    }
}
