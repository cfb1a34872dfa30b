using Matter.Nano.Platform;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class ChecksumTests
    {
        [TestMethod]
        public void Layout_IsFixed()
        {
            // Computed by arbitrary-precision arithmetic from the description.
            Assert.AreEqual("9b740c11222d44df", Of(0));
            Assert.AreEqual("73316871e928b852", Of(5));
            Assert.AreEqual("7bca3383eff63ca1", Of(20));
        }

        [TestMethod]
        public void EveryBitFlip_IsSeen_AtEveryLength()
        {
            for (int length = 0; length <= 26; length++)
            {
                byte[] buffer = Numbers(length);
                Checksum.Put(buffer, 3, length);
                Assert.IsTrue(Checksum.IsRight(buffer, 3, length));
                for (int bit = 0; bit < 8 * buffer.Length; bit++)
                {
                    buffer[bit >> 3] ^= (byte)(1 << (bit & 7));
                    Assert.AreEqual(bit < 24, Checksum.IsRight(buffer, 3, length), length + ", " + bit);
                    buffer[bit >> 3] ^= (byte)(1 << (bit & 7));
                }
            }
        }

        [TestMethod]
        public void TheSameBitOfTwoWords_IsSeen()
        {
            byte[] buffer = Numbers(24);
            Checksum.Put(buffer, 3, 24);
            for (int bit = 0; bit < 64; bit++)
            {
                byte mask = (byte)(1 << (bit & 7));
                buffer[3 + (bit >> 3)] ^= mask;
                buffer[11 + (bit >> 3)] ^= mask;
                Assert.IsFalse(Checksum.IsRight(buffer, 3, 24), bit.ToString());
                buffer[3 + (bit >> 3)] ^= mask;
                buffer[11 + (bit >> 3)] ^= mask;
            }
        }

        [TestMethod]
        public void ErasedMemory_IsDamaged()
        {
            byte[] buffer = new byte[48];
            for (int length = 0; length <= 40; length++) Assert.IsFalse(Checksum.IsRight(buffer, 0, length), length.ToString());
            for (int i = 0; i < buffer.Length; i++) buffer[i] = 0xFF;
            for (int length = 0; length <= 40; length++) Assert.IsFalse(Checksum.IsRight(buffer, 0, length), length.ToString());
        }

        private static byte[] Numbers(int length)
        {
            byte[] buffer = new byte[3 + length + Checksum.Length];
            for (int i = 0; i < 3 + length; i++) buffer[i] = (byte)(i * 29 + 1);
            return buffer;
        }

        private static string Of(int length)
        {
            byte[] buffer = Numbers(length);
            Checksum.Put(buffer, 3, length);
            return TlvText.Hex(buffer, 3 + length, Checksum.Length);
        }
    }
}
