using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class TlvReaderTests
    {
        // {1: 513u, 2: [{0: true}, {}], 3: octets 01 02 03, 4: "hé", 5: null, 6: -2}
        private static byte[] Message()
        {
            return new byte[]
            {
                0x15, 0x25, 1, 0x01, 0x02, 0x36, 2, 0x15, 0x29, 0, 0x18, 0x15, 0x18, 0x18,
                0x30, 3, 3, 1, 2, 3, 0x2C, 4, 3, 0x68, 0xC3, 0xA9, 0x34, 5, 0x20, 6, 0xFE, 0x18,
            };
        }

        private static TlvReader Reader(byte[] tlv)
        {
            TlvReader reader = new TlvReader();
            reader.Reset(tlv, 0, tlv.Length);
            return reader;
        }

        // What a message handler does with Message(); the sum of what it saw, or the fault.
        private static int Parse(TlvReader reader)
        {
            int sum = 0;
            byte[] octets = new byte[3];
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 1: sum += (int)reader.GetUnsigned(0xFFFF); break;
                    case 2:
                        reader.Enter();
                        while (reader.Next())
                        {
                            reader.Enter();
                            while (reader.Next()) sum += reader.GetBoolean() ? 1000 : 0;
                            reader.Exit();
                        }
                        reader.Exit();
                        break;
                    case 3: reader.CopyBytes(octets, 0, 3); sum += octets[2]; break;
                    case 4: sum += reader.GetString(0, 3); break;
                    case 6: sum += (int)reader.GetSigned(-2, 2); break;
                }
            }
            return reader.Finish() == 0 ? sum : reader.Error;
        }

        [TestMethod]
        public void Message_IsRead() { Assert.AreEqual(513 + 1000 + 3 + 3 - 2, Parse(Reader(Message()))); }

        [TestMethod]
        public void Message_InsideALargerBuffer_IsRead()
        {
            byte[] message = Message();
            byte[] buffer = new byte[message.Length + 7];
            for (int i = 0; i < buffer.Length; i++) buffer[i] = 0xFF;
            message.CopyTo(buffer, 4);
            TlvReader reader = new TlvReader();
            reader.Reset(buffer, 4, message.Length);
            Assert.AreEqual(1517, Parse(reader));
            Assert.AreEqual(1517, Parse(Reader(message)));
        }

        [TestMethod]
        public void Truncation_IsInvalid()
        {
            byte[] message = Message();
            TlvReader reader = new TlvReader();
            for (int length = 0; length < message.Length; length++)
            {
                reader.Reset(message, 0, length);
                Assert.AreEqual(MatterError.InvalidTlv, Parse(reader), length.ToString());
                Assert.AreEqual(TlvType.None, reader.Type, length.ToString());
            }
        }

        [TestMethod]
        public void Truncation_WhileSkipping_IsInvalid()
        {
            byte[] message = Message();
            TlvReader reader = new TlvReader();
            for (int length = 1; length < message.Length; length++)
            {
                reader.Reset(message, 0, length);
                reader.EnterMessage();
                Assert.AreEqual(MatterError.InvalidTlv, reader.Finish(), length.ToString());
                reader.Reset(message, 0, length);
                Assert.IsTrue(reader.Next());
                Assert.AreEqual(MatterError.InvalidTlv, reader.ElementLength(), length.ToString());
            }
        }

        [TestMethod]
        public void TrailingByte_IsInvalid()
        {
            byte[] message = Message();
            byte[] longer = new byte[message.Length + 1];
            message.CopyTo(longer, 0);
            for (int last = 0; last < 256; last++)
            {
                longer[message.Length] = (byte)last;
                Assert.AreEqual(MatterError.InvalidTlv, Parse(Reader(longer)), last.ToString());
            }
        }

        [TestMethod]
        public void EveryByteReplaced_NeverThrows()
        {
            byte[] message = Message();
            for (int i = 0; i < message.Length; i++)
            {
                byte kept = message[i];
                for (int value = 0; value < 256; value += 3)
                {
                    message[i] = (byte)value;
                    TlvReader reader = Reader(message);
                    int result = Parse(reader);
                    Assert.IsTrue((result < 0) == (reader.Error < 0) || result == -2, i.ToString());
                }
                message[i] = kept;
            }
        }

        [TestMethod]
        public void AfterAFault_EveryReadYieldsZero()
        {
            TlvReader reader = Reader(Message());
            reader.EnterMessage();
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(0UL, reader.GetUnsigned(512));
            Assert.AreEqual(MatterError.OutOfRange, reader.Error);
            Assert.IsFalse(reader.Next());
            Assert.AreEqual(TlvType.None, reader.Type);
            Assert.AreEqual(TlvTag.Anonymous, reader.Tag);
            Assert.AreEqual(0, reader.TagControl);
            Assert.AreEqual(0U, reader.TagNumber);
            Assert.AreEqual(0U, reader.TagProfile);
            Assert.AreEqual(0UL, reader.GetUnsigned(ulong.MaxValue));
            Assert.AreEqual(0L, reader.GetSigned(long.MinValue, long.MaxValue));
            Assert.IsFalse(reader.GetBoolean());
            Assert.AreEqual(0.0, reader.GetDouble());
            Assert.AreEqual(0, reader.GetBytes(0, 100));
            Assert.AreEqual(0, reader.GetString(0, 100));
            Assert.AreEqual(0, reader.ValueLength);
            byte[] untouched = new byte[] { 0xA5 };
            reader.CopyBytes(untouched, 0, 1);
            Assert.AreEqual((byte)0xA5, untouched[0]);
            reader.Enter();
            reader.Exit();
            reader.Fail(MatterError.Busy);
            Assert.AreEqual(MatterError.OutOfRange, reader.ElementLength());
            Assert.AreEqual(MatterError.OutOfRange, reader.Finish());
        }

        [TestMethod]
        public void WrongType_IsAFault()
        {
            byte[] each = new byte[]
            {
                0x00, 1, 0x04, 1, 0x08, 0x0A, 0, 0, 0, 0, 0x0B, 0, 0, 0, 0, 0, 0, 0, 0, 0x0C, 0, 0x10, 0, 0x14, 0x15, 0x18, 0x16, 0x18, 0x17, 0x18,
            };
            TlvReader elements = Reader(each);
            TlvReader reader = new TlvReader();
            int count = 0;
            while (elements.Next())
            {
                count++;
                for (int getter = 0; getter < 8; getter++)
                {
                    reader.CopyFrom(elements);
                    bool fits = false;
                    switch (getter)
                    {
                        case 0: reader.GetSigned(-1, 1); fits = elements.Type == TlvType.SignedInteger; break;
                        case 1: reader.GetUnsigned(1); fits = elements.Type == TlvType.UnsignedInteger; break;
                        case 2: reader.GetBoolean(); fits = elements.Type == TlvType.Boolean; break;
                        case 3: reader.GetDouble(); fits = elements.Type == TlvType.Float || elements.Type == TlvType.Double; break;
                        case 4: reader.GetString(0, 9); fits = elements.Type == TlvType.String; break;
                        case 5: reader.GetBytes(0, 9); fits = elements.Type == TlvType.Bytes; break;
                        case 6: reader.CopyBytes(each, 0, 0); fits = elements.Type == TlvType.Bytes; break;
                        default: reader.Enter(); fits = elements.Type >= TlvType.Structure; break;
                    }
                    Assert.AreEqual(fits ? 0 : MatterError.WrongType, reader.Error, elements.Type.ToString() + " by " + getter.ToString());
                }
            }
            Assert.AreEqual(11, count);
        }

        [TestMethod]
        public void Message_OtherThanAnonymousStructure_IsAFault()
        {
            CheckMessage(new byte[] { }, MatterError.InvalidTlv);
            CheckMessage(new byte[] { 0x16, 0x18 }, MatterError.WrongType);
            CheckMessage(new byte[] { 0x35, 1, 0x18 }, MatterError.WrongType);
            CheckMessage(new byte[] { 0x04, 1 }, MatterError.WrongType);
            CheckMessage(new byte[] { 0x15, 0x18 }, 0);
        }

        private static void CheckMessage(byte[] tlv, int error)
        {
            TlvReader reader = Reader(tlv);
            reader.EnterMessage();
            Assert.AreEqual(error, reader.Finish());
        }

        [TestMethod]
        public void IntegerBounds_AreInclusive()
        {
            CheckUnsigned(new byte[] { 0x04, 0xFF }, 255, 0);
            CheckUnsigned(new byte[] { 0x04, 0xFF }, 254, MatterError.OutOfRange);
            CheckUnsigned(new byte[] { 0x07, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, ulong.MaxValue, 0);
            CheckUnsigned(new byte[] { 0x07, 0, 0, 0, 0, 0, 0, 0, 0x80 }, long.MaxValue, MatterError.OutOfRange);
            CheckSigned(new byte[] { 0x00, 0x80 }, -128, -128, 0);
            CheckSigned(new byte[] { 0x00, 0x80 }, -127, 127, MatterError.OutOfRange);
            CheckSigned(new byte[] { 0x01, 0x00, 0x80 }, -32768, 0, 0);
            CheckSigned(new byte[] { 0x02, 0, 0, 0, 0x80 }, int.MinValue, 0, 0);
            CheckSigned(new byte[] { 0x03, 0, 0, 0, 0, 0, 0, 0, 0x80 }, long.MinValue, 0, 0);
            CheckSigned(new byte[] { 0x03, 0, 0, 0, 0, 0, 0, 0, 0x80 }, long.MinValue + 1, 0, MatterError.OutOfRange);
            CheckSigned(new byte[] { 0x00, 0x02 }, -1, 1, MatterError.OutOfRange);
        }

        private static void CheckUnsigned(byte[] tlv, ulong maximum, int error)
        {
            TlvReader reader = Reader(tlv);
            reader.Next();
            reader.GetUnsigned(maximum);
            Assert.AreEqual(error, reader.Finish());
        }

        private static void CheckSigned(byte[] tlv, long minimum, long maximum, int error)
        {
            TlvReader reader = Reader(tlv);
            reader.Next();
            reader.GetSigned(minimum, maximum);
            Assert.AreEqual(error, reader.Finish());
        }

        [TestMethod]
        public void StringLengthBounds_AreInclusive()
        {
            byte[] tlv = new byte[] { 0x10, 3, 1, 2, 3 };
            for (int minimum = 0; minimum < 6; minimum++)
            {
                for (int maximum = minimum; maximum < 6; maximum++)
                {
                    TlvReader reader = Reader(tlv);
                    reader.Next();
                    int length = reader.GetBytes(minimum, maximum);
                    bool within = minimum <= 3 && maximum >= 3;
                    Assert.AreEqual(within ? 3 : 0, length);
                    Assert.AreEqual(within ? 0 : MatterError.OutOfRange, reader.Error);
                }
            }
        }

        [TestMethod]
        public void DeclaredLength_BeyondTheBuffer_IsInvalid()
        {
            // All four widths with lengths just too long, up to values whose sum with the offset would wrap.
            byte[][] heads = new byte[][]
            {
                new byte[] { 2 }, new byte[] { 0xFF }, new byte[] { 2, 0 }, new byte[] { 0xFF, 0xFF }, new byte[] { 2, 0, 0, 0 },
                new byte[] { 0xFF, 0xFF, 0xFF, 0x7F }, new byte[] { 0, 0, 0, 0x80 }, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF },
                new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 }, new byte[] { 1, 0, 0, 0, 1, 0, 0, 0 }, new byte[] { 1, 0, 0, 0, 0, 0, 0, 0x80 },
                new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new byte[] { 0xFB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F },
            };
            for (int i = 0; i < heads.Length; i++)
            {
                int power = heads[i].Length == 1 ? 0 : heads[i].Length == 2 ? 1 : heads[i].Length == 4 ? 2 : 3;
                for (int kind = 0x0C; kind <= 0x10; kind += 4)
                {
                    byte[] tlv = new byte[2 + heads[i].Length];
                    tlv[0] = (byte)(kind + power);
                    heads[i].CopyTo(tlv, 1);
                    Assert.IsFalse(Reader(tlv).Next(), i.ToString());
                    Assert.IsNull(TlvText.Of(tlv), i.ToString());
                }
            }
        }

        [TestMethod]
        public void LengthWidths_AllWork()
        {
            Assert.AreEqual("b:aa", TlvText.Of(new byte[] { 0x10, 1, 0xAA }));
            Assert.AreEqual("b:aa", TlvText.Of(new byte[] { 0x11, 1, 0, 0xAA }));
            Assert.AreEqual("b:aa", TlvText.Of(new byte[] { 0x12, 1, 0, 0, 0, 0xAA }));
            Assert.AreEqual("b:aa", TlvText.Of(new byte[] { 0x13, 1, 0, 0, 0, 0, 0, 0, 0, 0xAA }));
            Assert.AreEqual("s:41", TlvText.Of(new byte[] { 0x0F, 1, 0, 0, 0, 0, 0, 0, 0, 0x41 }));
        }

        [TestMethod]
        public void ReservedTypes_AreInvalid()
        {
            byte[] tlv = new byte[16];
            for (int tagControl = 0; tagControl < 8; tagControl++)
            {
                for (int kind = 0x18; kind < 0x20; kind++)
                {
                    tlv[0] = (byte)(tagControl << 5 | kind);
                    TlvReader reader = Reader(tlv);
                    Assert.IsFalse(reader.Next(), tlv[0].ToString());
                    Assert.AreEqual(MatterError.InvalidTlv, reader.Error, tlv[0].ToString());
                }
            }
        }

        [TestMethod]
        public void EndOfContainerWithTag_IsInvalid()
        {
            for (int tagControl = 1; tagControl < 8; tagControl++)
            {
                byte[] tlv = new byte[12];
                tlv[0] = 0x17;
                tlv[1] = (byte)(tagControl << 5 | 0x18);
                tlv[11] = 0x18;
                TlvReader reader = Reader(tlv);
                reader.Next();
                Assert.AreEqual(MatterError.InvalidTlv, reader.Finish(), tagControl.ToString());
            }
        }

        [TestMethod]
        public void MemberTags_FollowTheContainer()
        {
            Assert.IsNull(TlvText.Of(new byte[] { 0x15, 0x04, 1, 0x18 }));
            Assert.IsNull(TlvText.Of(new byte[] { 0x16, 0x24, 0, 1, 0x18 }));
            Assert.IsNull(TlvText.Of(new byte[] { 0x16, 0x44, 0, 0, 1, 0x18 }));
            Assert.AreEqual("(1u 0=2u)", TlvText.Of(new byte[] { 0x17, 0x04, 1, 0x24, 0, 2, 0x18 }));
            // Within what is skipped too, and again in the outer container after an inner one.
            CheckMessage(new byte[] { 0x15, 0x36, 1, 0x24, 0, 1, 0x18, 0x18 }, MatterError.InvalidTlv);
            CheckMessage(new byte[] { 0x15, 0x36, 1, 0x15, 0x18, 0x24, 0, 1, 0x18, 0x18 }, MatterError.InvalidTlv);
            CheckMessage(new byte[] { 0x15, 0x36, 1, 0x15, 0x18, 0x04, 1, 0x18, 0x18 }, 0);
        }

        [TestMethod]
        public void Nesting_StopsAtMaxDepth()
        {
            for (int depth = 1; depth <= TlvReader.MaxDepth + 2; depth++)
            {
                byte[] tlv = new byte[2 * depth];
                for (int i = 0; i < depth; i++)
                {
                    tlv[i] = 0x17;
                    tlv[depth + i] = 0x18;
                }
                bool within = depth <= TlvReader.MaxDepth;
                Assert.AreEqual(within, TlvText.Of(tlv) != null, depth.ToString());

                TlvReader reader = Reader(tlv);
                Assert.IsTrue(reader.Next());
                Assert.AreEqual(within ? tlv.Length : MatterError.InvalidTlv, reader.ElementLength(), depth.ToString());
                Assert.AreEqual(within ? 0 : MatterError.InvalidTlv, reader.Finish(), depth.ToString());
            }
        }

        [TestMethod]
        public void DeepNestingOfHostileLength_IsInvalid()
        {
            byte[] tlv = new byte[5000];
            for (int i = 0; i < tlv.Length; i++) tlv[i] = 0x16;
            TlvReader reader = Reader(tlv);
            Assert.IsTrue(reader.Next());
            Assert.IsFalse(reader.Next());
            Assert.AreEqual(MatterError.InvalidTlv, reader.Finish());
        }

        [TestMethod]
        public void ElementLength_LeavesTheCursorInPlace()
        {
            TlvReader reader = Reader(Message());
            Assert.AreEqual(MatterError.InvalidState, Reader(Message()).ElementLength());
            reader.EnterMessage();
            int[] lengths = new int[] { 4, 9, 6, 6, 2, 3 };
            int offset = 1;
            for (int i = 0; i < lengths.Length; i++)
            {
                Assert.IsTrue(reader.Next());
                Assert.AreEqual(offset, reader.ElementOffset);
                Assert.AreEqual(lengths[i], reader.ElementLength());
                Assert.AreEqual(lengths[i], reader.ElementLength());
                Assert.AreEqual(i + 1, reader.Tag);
                Assert.AreEqual(1, reader.TagControl);
                Assert.AreEqual(offset, reader.ElementOffset);
                offset += lengths[i];
            }
            Assert.IsFalse(reader.Next());
            Assert.IsFalse(reader.Next());
            Assert.AreEqual(0, reader.Finish());
        }

        [TestMethod]
        public void ElementLength_ThenEnter_ReadsTheMembers()
        {
            TlvReader reader = Reader(Message());
            reader.Next();
            reader.ElementLength();
            Assert.AreEqual(0, reader.TagControl);
            reader.Reset(reader.Buffer, 0, reader.Buffer.Length);
            reader.Next();
            Assert.AreEqual(reader.Buffer.Length, reader.ElementLength());
            reader.Enter();
            reader.Next();
            Assert.AreEqual(513UL, reader.GetUnsigned(1000));
            Assert.AreEqual(0, reader.Finish());
        }

        [TestMethod]
        public void Exit_SkipsWhatIsLeft()
        {
            TlvReader reader = Reader(Message());
            reader.EnterMessage();
            reader.Next();
            reader.Next();
            reader.Enter();
            reader.Next();
            reader.Enter();
            reader.Exit();
            reader.Exit();
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(3, reader.Tag);
            reader.Exit();
            Assert.IsFalse(reader.Next());
            Assert.AreEqual(0, reader.Error);
            reader.Exit();
            Assert.AreEqual(MatterError.InvalidState, reader.Error);
        }

        [TestMethod]
        public void CopyFrom_ReadsAPartTwice()
        {
            TlvReader reader = Reader(Message());
            reader.EnterMessage();
            reader.Next();
            reader.Next();
            TlvReader second = new TlvReader();
            second.CopyFrom(reader);
            for (int i = 0; i < 2; i++)
            {
                TlvReader each = i == 0 ? second : reader;
                each.Enter();
                Assert.IsTrue(each.Next());
                each.Enter();
                Assert.IsTrue(each.Next());
                Assert.IsTrue(each.GetBoolean());
                Assert.AreEqual(0, each.Finish());
            }
        }

        [TestMethod]
        public void Utf8_IsCheckedStrictly()
        {
            CheckText(true);
            CheckText(true, 0x41, 0x7F, 0x01);
            CheckText(true, 0xC2, 0x80, 0xDF, 0xBF);
            CheckText(true, 0xE0, 0xA0, 0x80, 0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80, 0xEF, 0xBF, 0xBF);
            CheckText(true, 0xF0, 0x90, 0x80, 0x80, 0xF4, 0x8F, 0xBF, 0xBF);
            CheckText(false, 0x00);
            CheckText(false, 0x41, 0x00);
            CheckText(false, 0x80);
            CheckText(false, 0xBF, 0x41);
            CheckText(false, 0xC0, 0x80);
            CheckText(false, 0xC1, 0xBF);
            CheckText(false, 0xC2);
            CheckText(false, 0xC2, 0x41);
            CheckText(false, 0xC2, 0xC0);
            CheckText(false, 0xE0, 0x9F, 0xBF);
            CheckText(false, 0xE1, 0x80);
            CheckText(false, 0xE1, 0x80, 0x7F);
            CheckText(false, 0xED, 0xA0, 0x80);
            CheckText(false, 0xED, 0xBF, 0xBF);
            CheckText(false, 0xF0, 0x8F, 0xBF, 0xBF);
            CheckText(false, 0xF1, 0x80, 0x80);
            CheckText(false, 0xF1, 0x80, 0x80, 0xC0);
            CheckText(false, 0xF4, 0x90, 0x80, 0x80);
            CheckText(false, 0xF5, 0x80, 0x80, 0x80);
            CheckText(false, 0xFF);
        }

        private static void CheckText(bool valid, params byte[] text)
        {
            byte[] tlv = new byte[2 + text.Length];
            tlv[0] = 0x0C;
            tlv[1] = (byte)text.Length;
            text.CopyTo(tlv, 2);
            string hex = TlvText.Hex(text, 0, text.Length);
            Assert.AreEqual(valid, Utf8.IsText(text, 0, text.Length), hex);
            Assert.AreEqual(valid ? "s:" + hex : null, TlvText.Of(tlv), hex);
        }
    }
}
