using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class TlvWriterTests
    {
        private static TlvWriter Writer(int capacity)
        {
            TlvWriter writer = new TlvWriter();
            writer.Reset(new byte[capacity], 0, capacity);
            return writer;
        }

        private static string Hex(TlvWriter writer)
        {
            Assert.AreEqual(0, writer.Error);
            return TlvText.Hex(writer.Buffer, 0, writer.Length);
        }

        [TestMethod]
        [DataRow(0L, "0000")]
        [DataRow(127L, "007f")]
        [DataRow(128L, "018000")]
        [DataRow(-128L, "0080")]
        [DataRow(-129L, "017fff")]
        [DataRow(32767L, "01ff7f")]
        [DataRow(32768L, "0200800000")]
        [DataRow(-32769L, "02ff7fffff")]
        [DataRow(2147483647L, "02ffffff7f")]
        [DataRow(2147483648L, "030000008000000000")]
        [DataRow(-2147483649L, "03ffffff7fffffffff")]
        [DataRow(long.MaxValue, "03ffffffffffffff7f")]
        [DataRow(long.MinValue, "030000000000000080")]
        public void Signed_TakesTheShortestForm(long value, string expected)
        {
            TlvWriter writer = Writer(9);
            writer.PutSigned(TlvTag.Anonymous, value);
            Assert.AreEqual(expected, Hex(writer));
        }

        [TestMethod]
        public void Unsigned_TakesTheShortestForm()
        {
            CheckUnsigned(0, "0400");
            CheckUnsigned(255, "04ff");
            CheckUnsigned(256, "050001");
            CheckUnsigned(65535, "05ffff");
            CheckUnsigned(65536, "0600000100");
            CheckUnsigned(0xFFFFFFFF, "06ffffffff");
            CheckUnsigned(0x100000000, "070000000001000000");
            CheckUnsigned(ulong.MaxValue, "07ffffffffffffffff");
        }

        private static void CheckUnsigned(ulong value, string expected)
        {
            TlvWriter writer = Writer(9);
            writer.PutUnsigned(TlvTag.Anonymous, value);
            Assert.AreEqual(expected, Hex(writer));
        }

        [TestMethod]
        public void StringLength_TakesTheShortestForm()
        {
            int[] lengths = new int[] { 0, 1, 255, 256, 65535, 65536 };
            int[] headers = new int[] { 3, 3, 3, 4, 4, 6 };
            byte[] content = new byte[65536];
            for (int i = 0; i < content.Length; i++) content[i] = 0x41;
            TlvReader reader = new TlvReader();
            for (int i = 0; i < lengths.Length; i++)
            {
                int size = headers[i] + lengths[i];
                for (int missing = 0; missing < 2; missing++)
                {
                    TlvWriter writer = Writer(size - missing);
                    if ((i & 1) == 0) writer.PutString(7, content, 0, lengths[i]);
                    else writer.PutBytes(7, content, 0, lengths[i]);
                    Assert.AreEqual(missing == 0 ? size : 0, writer.Length);
                    Assert.AreEqual(missing == 0 ? 0 : MatterError.BufferTooSmall, writer.Error);
                    if (missing != 0) continue;
                    reader.Reset(writer.Buffer, 0, size);
                    Assert.IsTrue(reader.Next());
                    Assert.AreEqual(7, reader.Tag);
                    Assert.AreEqual((i & 1) == 0 ? TlvType.String : TlvType.Bytes, reader.Type);
                    Assert.AreEqual(lengths[i], reader.ValueLength);
                    Assert.AreEqual(0, reader.Finish());
                }
            }
        }

        [TestMethod]
        public void HostileLengths_DoNotFit()
        {
            int[] lengths = new int[] { -1, int.MinValue, int.MaxValue, int.MaxValue - 3, int.MaxValue - 4 };
            for (int i = 0; i < lengths.Length; i++)
            {
                TlvWriter writer = Writer(16);
                Assert.AreEqual(MatterError.BufferTooSmall, writer.ReserveBytes(1, lengths[i]));
                Assert.AreEqual(0, writer.Length);
            }
        }

        [TestMethod]
        public void EveryCapacity_WritesWholeElementsOrNothing()
        {
            TlvWriter whole = Writer(64);
            int size = Write(whole);
            Assert.AreEqual(0, whole.Error);
            for (int capacity = 0; capacity < size; capacity++)
            {
                TlvWriter writer = new TlvWriter();
                byte[] buffer = new byte[64];
                for (int i = 0; i < buffer.Length; i++) buffer[i] = 0xA5;
                writer.Reset(buffer, 5, capacity);
                int length = Write(writer);
                Assert.AreEqual(MatterError.BufferTooSmall, writer.Error, capacity.ToString());
                Assert.IsTrue(length <= capacity, capacity.ToString());
                Assert.AreEqual(capacity - length, writer.Remaining);
                for (int i = 0; i < buffer.Length; i++)
                {
                    bool inside = i >= 5 && i < 5 + length;
                    Assert.AreEqual(inside ? whole.Buffer[i - 5] : (byte)0xA5, buffer[i], capacity.ToString());
                }
                writer.Rewind(0);
                writer.Reserve(capacity - size);
                Assert.AreEqual(size, Write(writer), "with the room given back");
                Assert.AreEqual(0, writer.Error);
            }
        }

        private static int Write(TlvWriter writer)
        {
            byte[] octets = new byte[] { 1, 2, 3 };
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, 0x12345);
            writer.StartArray(1);
            writer.PutSigned(TlvTag.Anonymous, -300);
            writer.EndContainer();
            writer.PutBytes(2, octets, 0, 3);
            writer.SetProfileTag(7, 0xFFF1DEED, 5);
            writer.PutBoolean(TlvTag.Profile, true);
            writer.PutDouble(3, 1.5);
            writer.PutFloat(4, -2.5f);
            writer.PutNull(5);
            int content = writer.ReserveBytes(6, 2);
            if (content >= 0)
            {
                writer.Buffer[content] = 9;
                writer.Buffer[content + 1] = 8;
            }
            writer.EndContainer();
            return writer.Length;
        }

        [TestMethod]
        public void Reserve_KeepsRoomForWhatFollows()
        {
            TlvWriter writer = Writer(4);
            writer.StartStructure(TlvTag.Anonymous);
            writer.Reserve(1);
            Assert.AreEqual(2, writer.Remaining);
            writer.PutUnsigned(1, 2);
            Assert.AreEqual(MatterError.BufferTooSmall, writer.Error);
            writer.Rewind(1);
            writer.PutNull(1);
            Assert.AreEqual(0, writer.Remaining);
            writer.Reserve(-1);
            writer.EndContainer();
            Assert.AreEqual("15340118", Hex(writer));
            writer.Reserve(100);
            Assert.AreEqual(0, writer.Remaining);
        }

        [TestMethod]
        public void Error_StaysUntilRewind()
        {
            TlvWriter writer = Writer(5);
            writer.StartList(TlvTag.Anonymous);
            writer.PutUnsigned(1, 0x10000);
            writer.PutNull(1);
            Assert.AreEqual(1, writer.Length);
            Assert.AreEqual(MatterError.BufferTooSmall, writer.Error);
            writer.Rewind(1);
            writer.PutNull(1);
            writer.EndContainer();
            Assert.AreEqual("17340118", Hex(writer));
        }

        [TestMethod]
        public void PutElement_CopiesUnderAnotherTag()
        {
            TlvWriter source = Writer(64);
            Write(source);
            TlvReader reader = new TlvReader();
            TlvWriter copy = Writer(128);
            int[] tags = new int[] { TlvTag.Anonymous, 200, TlvTag.Profile };
            string[] expected = new string[] { "", "200=", "c:70000=" };
            string members = "";
            for (int tag = 0; tag < tags.Length; tag++)
            {
                copy.Reset(copy.Buffer, 0, 128);
                copy.SetProfileTag(3, 0, 70000);
                reader.Reset(source.Buffer, 0, source.Length);
                reader.Next();
                copy.PutElement(tags[tag], reader);
                byte[] bytes = new byte[copy.Length];
                System.Array.Copy(copy.Buffer, 0, bytes, 0, bytes.Length);
                string text = TlvText.Of(bytes);
                if (tag == 0) members = text;
                Assert.AreEqual(expected[tag] + members, text);
                Assert.AreEqual(TlvType.Structure, reader.Type);

                // Every member too, into one list; the reader walks on undisturbed.
                copy.Reset(copy.Buffer, 0, 128);
                copy.StartList(TlvTag.Anonymous);
                reader.Enter();
                int count = 0;
                while (reader.Next())
                {
                    copy.PutElement(tags[tag], reader);
                    count++;
                }
                copy.EndContainer();
                Assert.AreEqual(8, count);
                Assert.AreEqual(0, copy.Error);
                Assert.AreEqual(0, reader.Finish());
            }
        }

        [TestMethod]
        public void PutElement_TakesOverTheReadersFault()
        {
            TlvWriter copy = Writer(16);
            TlvReader reader = new TlvReader();
            reader.Reset(new byte[] { 0x15, 0x24, 0, 1 }, 0, 4);
            reader.Next();
            copy.PutElement(1, reader);
            Assert.AreEqual(MatterError.InvalidTlv, copy.Error);
            Assert.AreEqual(0, copy.Length);
        }

        [TestMethod]
        public void Float_KeepsEveryBit()
        {
            // One value of each kind: zero, subnormals, the smallest normal, ordinary, the largest, infinities.
            uint[] bits = new uint[]
            {
                0, 0x80000000, 1, 0x80000001, 0x400000, 0x7FFFFF, 0x807FFFFF, 0x800000, 0x3F800000, 0x40490FDB, 0xC2280000, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F800000, 0xFF800000,
            };
            byte[] buffer = new byte[5];
            TlvReader reader = new TlvReader();
            TlvWriter writer = Writer(5);
            for (int i = 0; i < bits.Length; i++)
            {
                buffer[0] = 0x0A;
                for (int j = 0; j < 4; j++) buffer[1 + j] = (byte)(bits[i] >> (8 * j));
                reader.Reset(buffer, 0, 5);
                reader.Next();
                writer.Rewind(0);
                writer.PutFloat(TlvTag.Anonymous, (float)reader.GetDouble());
                Assert.AreEqual(TlvText.Hex(buffer, 0, 5), Hex(writer));
            }
        }
    }
}
