using System;
using Matter.Nano.Messages;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Message and protocol headers: vectors, every form, and what must be refused.</summary>
    [TestClass]
    public class MessageHeaderTests
    {
        [TestMethod]
        public void Parse_Vectors()
        {
            VectorReader v = new VectorReader(VectorData.MessageHeaders);
            MessageHeader header = new MessageHeader();
            ProtocolHeader protocol = new ProtocolHeader();
            while (v.NextCase())
            {
                byte[] frame = v.Bytes("frame");
                int length = header.Parse(frame, 0, frame.Length);
                Assert.IsTrue(length > 0, v.Name);
                Assert.AreEqual(length, header.Length, v.Name);
                Assert.IsTrue(protocol.Parse(frame, length, frame.Length - length) > 0, v.Name);
                Assert.AreEqual(frame.Length, protocol.PayloadOffset + protocol.PayloadLength, v.Name);
                Assert.AreEqual((byte)0x15, frame[protocol.PayloadOffset], v.Name);
                Assert.AreEqual(0, header.SessionId, v.Name);
                Assert.IsFalse(header.IsGroup, v.Name);
                if (!v.Has("message_counter")) continue;

                Assert.AreEqual((uint)v.Long("message_counter"), header.Counter, v.Name);
                Assert.AreEqual(v.Has("source_node_id"), header.HasSource, v.Name);
                Assert.AreEqual(NodeId(v, "source_node_id"), header.SourceNodeId, v.Name);
                Assert.AreEqual(v.Has("dest_node_id"), header.HasDestination, v.Name);
                Assert.AreEqual(NodeId(v, "dest_node_id"), header.DestinationNodeId, v.Name);
                Assert.AreEqual(v.Int("protocol_opcode"), protocol.Opcode, v.Name);
                Assert.AreEqual(v.Int("exchange_id"), protocol.ExchangeId, v.Name);
                Assert.AreEqual(v.Int("protocol_id"), protocol.ProtocolId, v.Name);
                Assert.AreEqual(v.Has("ack_counter"), protocol.HasAcknowledgment, v.Name);
                Assert.IsTrue(protocol.IsReliable, v.Name);
                if (v.Has("ack_counter")) Assert.AreEqual((uint)v.Long("ack_counter"), protocol.AcknowledgedCounter, v.Name);

                // Written again from its fields it is the same.
                int flags = frame[length];
                byte[] copy = Filled(frame.Length);
                Array.Copy(frame, protocol.PayloadOffset, copy, protocol.PayloadOffset, protocol.PayloadLength);
                int start = ProtocolHeader.Prepend(
                    copy, protocol.PayloadOffset, flags, protocol.Opcode, protocol.ExchangeId, protocol.ProtocolId, protocol.AcknowledgedCounter);
                start = header.HasSource
                    ? MessageHeader.Prepend(copy, start, 0, header.Counter, MessageHeader.SourceFlag, header.SourceNodeId)
                    : MessageHeader.Prepend(copy, start, 0, header.Counter, MessageHeader.DestinationFlag, header.DestinationNodeId);
                Assert.AreEqual(0, start, v.Name);
                CollectionAssert.AreEqual(frame, copy, v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Parse_AllAddressForms()
        {
            // flags, session id, security flags, counter, then whatever the flags ask for
            for (int flags = 0; flags < 0x10; flags++)
            {
                byte[] message = Numbered(40);
                message[0] = (byte)flags;
                message[3] = 0;
                MessageHeader header = new MessageHeader();
                int length = header.Parse(message, 0, message.Length);
                bool source = (flags & 0x04) != 0;
                int destination = flags & 0x03;
                if (destination > 1)
                {
                    Assert.AreEqual(MatterError.InvalidMessage, length);
                    continue;
                }
                Assert.AreEqual(8 + (source ? 8 : 0) + destination * 8, length);
                Assert.AreEqual(0x0201, header.SessionId);
                Assert.AreEqual(0x07060504u, header.Counter);
                Assert.AreEqual(source ? 0x0F0E0D0C0B0A0908ul : 0, header.SourceNodeId);
                Assert.AreEqual(destination == 0 ? 0 : source ? 0x1716151413121110ul : 0x0F0E0D0C0B0A0908ul, header.DestinationNodeId);
            }
        }

        [TestMethod]
        public void Parse_GroupMessage()
        {
            byte[] message = Numbered(40);
            message[0] = 0x06;
            message[3] = 0x01;
            MessageHeader header = new MessageHeader();
            Assert.AreEqual(18, header.Parse(message, 0, message.Length));
            Assert.IsTrue(header.IsGroup);
            Assert.AreEqual(0x1110, header.DestinationGroupId);
            Assert.IsFalse(header.HasDestination);
            Assert.IsFalse(header.IsPrivate);

            message[3] = 0x81;
            Assert.AreEqual(18, header.Parse(message, 0, message.Length));
            Assert.IsTrue(header.IsPrivate);
            message[3] = 0xC1;
            Assert.AreEqual(MatterError.InvalidMessage, header.Parse(message, 0, message.Length));

            message[3] = 0x01;
            message[0] = 0x05;
            Assert.AreEqual(MatterError.InvalidMessage, header.Parse(message, 0, message.Length));
        }

        [TestMethod]
        [DataRow(0x10, 0x00)]   // version
        [DataRow(0xF0, 0x00)]
        [DataRow(0x02, 0x00)]   // group destination of a unicast message
        [DataRow(0x03, 0x00)]   // reserved destination size
        [DataRow(0x03, 0x01)]
        [DataRow(0x00, 0x80)]   // privacy
        [DataRow(0x00, 0x40)]   // control
        [DataRow(0x00, 0x02)]   // reserved session types
        [DataRow(0x00, 0x03)]
        public void Parse_Refuses(int flags, int securityFlags)
        {
            byte[] message = new byte[64];
            message[0] = (byte)flags;
            message[3] = (byte)securityFlags;
            Assert.AreEqual(MatterError.InvalidMessage, new MessageHeader().Parse(message, 0, message.Length));
        }

        [TestMethod]
        public void Parse_EveryTruncationIsRefused()
        {
            byte[] message = new byte[8 + 8 + 8 + 2 + 3];
            message[0] = 0x05;
            message[3] = 0x20;
            message[24] = 3;
            MessageHeader header = new MessageHeader();
            for (int length = 0; length < message.Length; length++)
            {
                byte[] cut = new byte[length];
                Array.Copy(message, 0, cut, 0, length);
                Assert.AreEqual(MatterError.InvalidMessage, header.Parse(cut, 0, length));
            }
            Assert.AreEqual(message.Length, header.Parse(message, 0, message.Length));
            message[25] = 0xFF;
            Assert.AreEqual(MatterError.InvalidMessage, header.Parse(message, 0, message.Length));
        }

        [TestMethod]
        public void Parse_AnyFirstByteAndSecurityFlags_StaysInBounds()
        {
            MessageHeader header = new MessageHeader();
            for (int length = 0; length < 28; length++)
            {
                byte[] message = new byte[length];
                for (int i = 0; i < length; i++) message[i] = 0xFF;
                for (int value = 0; value < 256; value++)
                {
                    if (length > 0) message[0] = (byte)value;
                    if (length > 3) message[3] = (byte)(value * 7);
                    int result = header.Parse(message, 0, length);
                    Assert.IsTrue(result == MatterError.InvalidMessage || result >= 8 && result <= length);
                }
            }
        }

        [TestMethod]
        public void Protocol_AllForms()
        {
            for (int flags = 0; flags < 256; flags++)
            {
                byte[] message = Numbered(40);
                message[0] = (byte)flags;
                bool vendor = (flags & 0x10) != 0;
                bool acknowledges = (flags & 0x02) != 0;
                int extensions = 6 + (vendor ? 2 : 0) + (acknowledges ? 4 : 0);
                bool extended = (flags & 0x08) != 0;
                message[extensions] = 5;
                message[extensions + 1] = 0;
                ProtocolHeader header = new ProtocolHeader();
                int length = header.Parse(message, 0, message.Length);

                Assert.AreEqual(extensions + (extended ? 7 : 0), length);
                Assert.AreEqual(length, header.PayloadOffset);
                Assert.AreEqual(message.Length - length, header.PayloadLength);
                Assert.AreEqual(1, header.Opcode);
                Assert.AreEqual(0x0302, header.ExchangeId);
                Assert.AreEqual(0x0504, header.ProtocolId);
                Assert.AreEqual(vendor ? 0x0706 : 0, header.VendorId);
                Assert.AreEqual(acknowledges ? vendor ? 0x0B0A0908u : 0x09080706u : 0, header.AcknowledgedCounter);
                Assert.AreEqual((flags & 0x01) != 0, header.IsInitiator);
                Assert.AreEqual((flags & 0x04) != 0, header.IsReliable);
                for (int cut = 0; cut < length; cut++)
                {
                    Assert.AreEqual(MatterError.InvalidMessage, header.Parse(message, 0, cut));
                }
            }
        }

        private static ulong NodeId(VectorReader v, string field)
        {
            ulong id = 0;
            if (!v.Has(field)) return id;
            byte[] bytes = v.Bytes(field);
            for (int i = 0; i < bytes.Length; i++) id = id << 8 | bytes[i];
            return id;
        }

        private static byte[] Numbered(int length)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) bytes[i] = (byte)i;
            return bytes;
        }

        private static byte[] Filled(int length)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) bytes[i] = 0xA5;
            return bytes;
        }
    }
}
