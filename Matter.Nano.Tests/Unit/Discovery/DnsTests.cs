using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>DNS messages in and out.</summary>
    [TestClass]
    public class DnsTests
    {
        [TestMethod]
        public void Reader_ReadsHeaderQuestionsAndRecords()
        {
            DnsMessageBuilder message = new DnsMessageBuilder().Header(0x1234, 0x8400)
                .Question("_matterc._udp.local", DnsType.Ptr, 0x8001).Srv("a.local", 5540, "b.local", 6);
            DnsReader reader = new DnsReader();

            Assert.AreEqual(0, reader.Reset(message.Buffer, 0, message.Length));
            Assert.AreEqual(0x1234, reader.Id);
            Assert.AreEqual(0x8400, reader.Flags);
            Assert.AreEqual(1, reader.QuestionCount);
            Assert.AreEqual(1, reader.AnswerCount);
            Assert.AreEqual(0, reader.ReadQuestion());
            Assert.AreEqual(3, reader.LabelCount);
            Assert.AreEqual(DnsType.Ptr, reader.Type);
            Assert.AreEqual(0x8001, reader.Class);
            Assert.IsTrue(reader.NameEquals(Name("_matterc", "_udp", "local")));
            Assert.AreEqual(0, reader.ReadRecord());
            Assert.AreEqual(DnsType.Srv, reader.Type);
            Assert.AreEqual(120, reader.Ttl);
            Assert.AreEqual(15, reader.DataLength);
            Assert.AreEqual(0, reader.ReadDataName(6));
            Assert.IsTrue(reader.NameEquals(new DnsName("b", new DnsName("local", null))));
            Assert.AreEqual(MatterError.InvalidMessage, reader.ReadRecord());
            Assert.AreEqual(MatterError.InvalidMessage, reader.Error);
        }

        [TestMethod]
        [DataRow("_matterc", "_udp", true)]
        [DataRow("_MATTERC", "_Udp", true)]
        [DataRow("_matterd", "_udp", false)]
        [DataRow("_matter", "_udp", false)]
        [DataRow("_matterc", "_tcp", false)]
        [DataRow("?matterc", "_udp", false)]
        public void NameEquals_IgnoresTheCaseOfLettersOnly(string first, string second, bool expected)
        {
            DnsMessageBuilder message = new DnsMessageBuilder().Question("_matterc._udp.local", DnsType.Ptr, 1);
            DnsReader reader = new DnsReader();
            reader.Reset(message.Buffer, 0, message.Length);
            reader.ReadQuestion();

            Assert.AreEqual(expected, reader.NameEquals(Name(first, second, "local")));
        }

        [TestMethod]
        public void NameEquals_AtAndBacktickDiffer()
        {
            DnsMessageBuilder message = new DnsMessageBuilder().Question("@.local", DnsType.A, 1);
            DnsReader reader = new DnsReader();
            reader.Reset(message.Buffer, 0, message.Length);
            reader.ReadQuestion();

            Assert.IsTrue(reader.NameEquals(new DnsName("@", new DnsName("local", null))));
            Assert.IsFalse(reader.NameEquals(new DnsName("`", new DnsName("local", null))));
        }

        [TestMethod]
        public void Reader_FollowsPointersBackOnly()
        {
            // Question 1 at 12: a.local; question 2 is "b" and a pointer to "local" at 14.
            DnsMessageBuilder message = new DnsMessageBuilder().Question("a.local", DnsType.A, 1).Byte(1).Byte('b').UInt16(0xC00E)
                .UInt16(1).UInt16(1).CountUp(4);
            DnsReader reader = new DnsReader();
            reader.Reset(message.Buffer, 0, message.Length);
            reader.ReadQuestion();
            Assert.AreEqual(0, reader.ReadQuestion());
            Assert.IsTrue(reader.NameEquals(new DnsName("b", new DnsName("local", null))));

            // To itself, to its own label, forward, into the header.
            Assert.AreEqual(MatterError.InvalidMessage, ReadName(0xC00C));
            Assert.AreEqual(MatterError.InvalidMessage, ReadName(0xC00E));
            Assert.AreEqual(MatterError.InvalidMessage, ReadName(0xC0FF));
            Assert.AreEqual(MatterError.InvalidMessage, ReadName(0xC002));
            Assert.AreEqual(MatterError.InvalidMessage, ReadName(0x4000));
            Assert.AreEqual(MatterError.InvalidMessage, ReadName(0x8000));
        }

        [TestMethod]
        public void Reader_RefusesTwoPointersThatLoop()
        {
            // 12: pointer to 14, 14: pointer to 12.
            DnsMessageBuilder message = new DnsMessageBuilder().UInt16(0xC00E).UInt16(0xC00C).UInt16(1).UInt16(1).CountUp(4);
            DnsReader reader = new DnsReader();
            reader.Reset(message.Buffer, 0, message.Length);
            Assert.AreEqual(MatterError.InvalidMessage, reader.ReadQuestion());
        }

        [TestMethod]
        public void Reader_RefusesNamesOver255Bytes()
        {
            Assert.AreEqual(0, ReadLongName(126));
            Assert.AreEqual(0, ReadLongName(127));
            Assert.AreEqual(MatterError.InvalidMessage, ReadLongName(128));
        }

        [TestMethod]
        public void Reader_TakesEveryTruncation()
        {
            DnsMessageBuilder message = FullMessage();
            for (int length = 0; length < message.Length; length++)
            {
                byte[] cut = new byte[length];
                System.Array.Copy(message.Buffer, 0, cut, 0, length);
                Assert.AreEqual(MatterError.InvalidMessage, Walk(cut, length), "length " + length.ToString());
            }
            Assert.AreEqual(0, Walk(message.Buffer, message.Length));
        }

        [TestMethod]
        public void Reader_TakesEveryByteFlipped()
        {
            DnsMessageBuilder message = FullMessage();
            byte[] copy = new byte[message.Length];
            for (int at = 0; at < message.Length; at++)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    System.Array.Copy(message.Buffer, 0, copy, 0, copy.Length);
                    copy[at] ^= (byte)(1 << bit);
                    int result = Walk(copy, copy.Length);
                    Assert.IsTrue(result == 0 || result == MatterError.InvalidMessage);
                }
            }
        }

        [TestMethod]
        public void Writer_CompressesNamesAndCounts()
        {
            byte[] buffer = new byte[200];
            DnsWriter writer = new DnsWriter(buffer);
            DnsName local = new DnsName("local", null);
            DnsName type = new DnsName("_matterc", new DnsName("_udp", local));
            DnsName instance = new DnsName("ABCD", type);
            writer.Begin(7, 0x8400);
            writer.BeginRecord(type, DnsType.Ptr, false, 120);
            writer.WriteName(instance);
            Assert.IsTrue(writer.EndRecord());
            int once = writer.Length;
            writer.BeginAdditional();
            writer.BeginRecord(instance, DnsType.Txt, true, 120);
            writer.WriteBytes(new byte[1], 0, 1);
            Assert.IsTrue(writer.EndRecord());

            Assert.AreEqual(12 + 21 + 10 + 5 + 2, once);
            Assert.AreEqual(once + 2 + 10 + 1, writer.Length);
            DnsReader reader = new DnsReader();
            reader.Reset(buffer, 0, writer.Length);
            Assert.AreEqual(7, reader.Id);
            Assert.AreEqual(1, reader.AnswerCount);
            Assert.AreEqual(1, reader.AdditionalCount);
            Assert.AreEqual(0, reader.ReadRecord());
            Assert.IsTrue(reader.NameEquals(type));
            Assert.AreEqual(0, reader.ReadDataName(0));
            Assert.IsTrue(reader.NameEquals(instance));
            Assert.AreEqual(0, reader.ReadRecord());
            Assert.IsTrue(reader.NameEquals(instance));
            Assert.AreEqual(0x8001, reader.Class);
        }

        [TestMethod]
        public void Writer_TakesBackWhatDoesNotFit()
        {
            for (int capacity = 12; capacity < 80; capacity++)
            {
                DnsName host = new DnsName("host", new DnsName("local", null));
                byte[] buffer = new byte[capacity];
                DnsWriter writer = new DnsWriter(buffer);
                writer.Begin(0, 0);
                int whole = writer.Length;
                int count = 0;
                for (int i = 0; i < 4; i++)
                {
                    writer.BeginRecord(host, DnsType.A, true, 120);
                    writer.WriteBytes(new byte[4], 0, 4);
                    if (!writer.EndRecord())
                        break;
                    whole = writer.Length;
                    count++;
                }
                Assert.AreEqual(whole, writer.Length);
                Assert.AreEqual(count, writer.Count);
                Assert.AreEqual(count < 4, writer.IsFull);
                DnsReader reader = new DnsReader();
                reader.Reset(buffer, 0, writer.Length);
                Assert.AreEqual(count, reader.AnswerCount);
                for (int i = 0; i < count; i++)
                {
                    Assert.AreEqual(0, reader.ReadRecord());
                    Assert.IsTrue(reader.NameEquals(host));
                }
            }
        }

        private static DnsName Name(string first, string second, string third)
        {
            return new DnsName(first, new DnsName(second, new DnsName(third, null)));
        }

        private static int ReadName(int pointer)
        {
            DnsMessageBuilder message = new DnsMessageBuilder().UInt16(pointer).UInt16(1).UInt16(1).CountUp(4);
            DnsReader reader = new DnsReader();
            reader.Reset(message.Buffer, 0, message.Length);
            return reader.ReadQuestion();
        }

        private static int ReadLongName(int labels)
        {
            DnsMessageBuilder message = new DnsMessageBuilder();
            for (int i = 0; i < labels; i++)
                message.Byte(1).Byte('a');
            message.Byte(0).UInt16(1).UInt16(1).CountUp(4);
            DnsReader reader = new DnsReader();
            reader.Reset(message.Buffer, 0, message.Length);
            return reader.ReadQuestion();
        }

        private static DnsMessageBuilder FullMessage()
        {
            return new DnsMessageBuilder().Question("_matterc._udp.local", DnsType.Ptr, 1).Question("x.local", DnsType.A, 1)
                .Ptr("_matterc._udp.local", "0123456789ABCDEF._matterc._udp.local", 120).Srv("x.local", 5540, "y.local", 8);
        }

        private static int Walk(byte[] message, int length)
        {
            DnsReader reader = new DnsReader();
            if (reader.Reset(message, 0, length) < 0)
                return reader.Error;
            for (int i = reader.QuestionCount; i > 0 && reader.Error == 0; i--)
                reader.ReadQuestion();
            for (int i = reader.AnswerCount + reader.AuthorityCount + reader.AdditionalCount; i > 0 && reader.ReadRecord() == 0; i--)
                reader.ReadDataName(reader.Type == DnsType.Srv ? 6 : 0);
            return reader.Error;
        }
    }
}
