using Matter.Nano.Device.Storage;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class SlotFileTests
    {
        private const long Key = 0x0003_0001_0000_0006;

        private static int Encode(byte[] file, uint sequence)
        {
            byte[] value = { 9, 1, 2, 3, 4, 5, 9 };
            return SlotFile.Encode(file, sequence, Key, value, 1, 5);
        }

        private static int Decode(byte[] file, int length, long key)
        {
            return SlotFile.Decode(file, length, key);
        }

        [TestMethod]
        public void Layout_IsFixed()
        {
            byte[] file = new byte[64];
            Assert.AreEqual(5 + SlotFile.Overhead, Encode(file, 0x81020304));
            Assert.AreEqual("4d4e53338102030400030001000000060102030405", TlvText.Hex(file, 0, 21));
            Assert.AreEqual(5, Decode(file, 5 + SlotFile.Overhead, Key));
            Assert.AreEqual(0x81020304U, SlotFile.Sequence(file));
        }

        [TestMethod]
        public void EveryTruncation_IsSeen()
        {
            byte[] file = new byte[64];
            int length = Encode(file, 7);
            for (int part = 0; part < length; part++) Assert.AreEqual(MatterError.DamagedRecord, Decode(file, part, Key), part.ToString());
            Assert.AreEqual(MatterError.DamagedRecord, Decode(file, length + 1, Key));
        }

        [TestMethod]
        public void EveryBitFlip_IsSeen()
        {
            byte[] file = new byte[64];
            int length = Encode(file, 7);
            for (int bit = 0; bit < 8 * length; bit++)
            {
                file[bit / 8] ^= (byte)(1 << bit % 8);
                Assert.AreEqual(MatterError.DamagedRecord, Decode(file, length, Key), bit.ToString());
                file[bit / 8] ^= (byte)(1 << bit % 8);
            }

            Assert.AreEqual(5, Decode(file, length, Key));
        }

        [TestMethod]
        public void OtherKey_IsSeen()
        {
            byte[] file = new byte[64];
            int length = Encode(file, 7);
            Assert.AreEqual(MatterError.DamagedRecord, Decode(file, length, Key + 1));
            Assert.AreEqual(MatterError.DamagedRecord, Decode(file, length, Key + (1L << 48)));
        }

        [TestMethod]
        public void EmptyValue_IsAValue()
        {
            byte[] file = new byte[64];
            int length = SlotFile.Encode(file, 0, Key, new byte[0], 0, 0);
            Assert.AreEqual(SlotFile.Overhead, length);
            Assert.AreEqual(0, Decode(file, length, Key));
        }
    }
}
