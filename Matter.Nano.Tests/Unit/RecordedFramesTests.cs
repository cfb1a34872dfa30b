using System;
using Matter.Nano.Crypto;
using Matter.Nano.Messages;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>What Apple Home and a device said to each other, message by message.</summary>
    [TestClass]
    public class RecordedFramesTests
    {
        [TestMethod]
        public void AppleHome_EveryFrameIsUnderstoodAndMadeAgain()
        {
            VectorReader v = new VectorReader(VectorData.AppleHomeFrames);
            MessageSecurity security = new MessageSecurity(new AesCcm(null));
            MessageHeader header = new MessageHeader();
            ProtocolHeader protocol = new ProtocolHeader();
            while (v.NextCase())
            {
                byte[] frame = v.Bytes("frame");
                byte[] message = new byte[frame.Length];
                Array.Copy(frame, 0, message, 0, frame.Length);
                int start = header.Parse(message, 0, message.Length);
                int length = message.Length;
                byte[] key = v.Has("key") ? v.Bytes("key") : null;
                ulong nodeId = 0;
                if (key != null)
                {
                    byte[] id = v.Bytes("nodeId");
                    for (int i = 0; i < id.Length; i++) nodeId = nodeId << 8 | id[i];
                    length = security.Open(message, 0, start, length, key, 0, nodeId);
                    AssertRange(v.Bytes("plaintext"), message, start, length, v.Name);
                }
                Assert.IsTrue(protocol.Parse(message, start, length - start) > 0, v.Name);
                if (key == null) AssertRange(v.Bytes("payload"), message, protocol.PayloadOffset, length, v.Name);

                Assert.AreEqual(v.Int("session"), header.SessionId, v.Name);
                Assert.AreEqual((uint)v.Long("counter"), header.Counter, v.Name);
                Assert.AreEqual(v.Int("exchange"), protocol.ExchangeId, v.Name);
                Assert.AreEqual((v.Int("flags") & ProtocolHeader.InitiatorFlag) != 0, protocol.IsInitiator, v.Name);
                Assert.AreEqual((v.Int("flags") & ProtocolHeader.ReliabilityFlag) != 0, protocol.IsReliable, v.Name);
                Assert.AreEqual(v.Has("ack"), protocol.HasAcknowledgment, v.Name);
                if (v.Has("ack")) Assert.AreEqual((uint)v.Long("ack"), protocol.AcknowledgedCounter, v.Name);

                byte[] again = new byte[frame.Length];
                Array.Copy(message, protocol.PayloadOffset, again, protocol.PayloadOffset, protocol.PayloadLength);
                int end = ProtocolHeader.Prepend(
                    again, protocol.PayloadOffset, v.Int("flags"), protocol.Opcode, protocol.ExchangeId, protocol.ProtocolId, protocol.AcknowledgedCounter);
                int nodeIdFlag = header.HasSource ? MessageHeader.SourceFlag : header.HasDestination ? MessageHeader.DestinationFlag : 0;
                ulong named = header.HasSource ? header.SourceNodeId : header.DestinationNodeId;
                Assert.AreEqual(0, MessageHeader.Prepend(again, end, header.SessionId, header.Counter, nodeIdFlag, named), v.Name);
                if (key != null) security.Seal(again, 0, start, length, key, 0, nodeId);
                CollectionAssert.AreEqual(frame, again, v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        private static void AssertRange(byte[] expected, byte[] actual, int offset, int end, string name)
        {
            Assert.AreEqual(expected.Length, end - offset, name);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], actual[offset + i], name);
            }
        }
    }
}
