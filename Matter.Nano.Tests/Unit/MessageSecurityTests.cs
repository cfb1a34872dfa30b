using System;
using Matter.Nano.Crypto;
using Matter.Nano.Messages;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Protection of messages against published frames.</summary>
    [TestClass]
    public class MessageSecurityTests
    {
        [TestMethod]
        public void SecuredFrames()
        {
            VectorReader v = new VectorReader(VectorData.MessageFrames);
            MessageSecurity security = new MessageSecurity(new AesCcm(null));
            MessageHeader header = new MessageHeader();
            while (v.NextCase())
            {
                byte[] key = v.Bytes("key");
                byte[] frame = v.Bytes("frame");
                byte[] message = Copy(frame);
                int headerLength = header.Parse(message, 0, message.Length);
                Assert.AreEqual(8, headerLength, v.Name);
                int length = security.Open(message, 0, headerLength, message.Length, key, 0, 0);
                if (v.Text("result") == "reject")
                {
                    Assert.AreEqual(MatterError.AuthenticationFailed, length, v.Name);
                    continue;
                }

                byte[] plaintext = v.Bytes("plaintext");
                Assert.AreEqual(headerLength + plaintext.Length, length, v.Name);
                AssertRange(plaintext, message, headerLength, v.Name);

                Assert.AreEqual(frame.Length, security.Seal(message, 0, headerLength, length, key, 0, 0), v.Name);
                CollectionAssert.AreEqual(frame, message, v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void ProtectionSamples()
        {
            VectorReader v = new VectorReader(VectorData.MessageEncryption);
            MessageSecurity security = new MessageSecurity(new AesCcm(null));
            MessageHeader header = new MessageHeader();
            ReceptionWindow groupWindow = new ReceptionWindow();
            groupWindow.ResetToTrust(ReceptionWindow.Group);
            while (v.NextCase())
            {
                // The privacy nonce on its own belongs to what is not supported: a message that needs one is refused.
                if (!v.Has("privacy")) continue;
                byte[] message = v.Bytes("privacy");
                int headerLength = header.Parse(message, 0, message.Length);
                if ((message[3] & 0x80) != 0)
                {
                    Assert.AreEqual(MatterError.InvalidMessage, headerLength, v.Name);
                    continue;
                }

                Assert.AreEqual(v.Int("sessionId"), header.SessionId, v.Name);
                Assert.AreEqual(v.Has("groupId"), header.IsGroup, v.Name);
                byte[] key = v.Bytes("encryptKey");
                ulong nodeId = header.IsGroup ? header.SourceNodeId : (ulong)v.Long("peerNodeId");
                int length = security.Open(message, 0, headerLength, message.Length, key, 0, nodeId);
                bool isNew = true;
                if (length > 0 && header.IsGroup)
                {
                    isNew = groupWindow.IsNew(header.Counter);
                    if (isNew) groupWindow.Accept(header.Counter);
                }
                Assert.AreEqual(v.Int("expectedMessageCount") == 1, length > 0 && isNew, v.Name);
                if (length < 0) continue;

                byte[] plain = v.Bytes("plain");
                Assert.AreEqual(plain.Length, length, v.Name);
                AssertRange(plain, message, 0, v.Name);
                Assert.AreEqual(message.Length, security.Seal(message, 0, headerLength, length, key, 0, nodeId), v.Name);
                CollectionAssert.AreEqual(v.Bytes("encrypted"), message, v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Open_EveryFlippedByteAndTruncationIsRefused()
        {
            MessageSecurity security = new MessageSecurity(new AesCcm(null));
            byte[] key = new byte[16];
            byte[] frame = new byte[8 + 16 + 12 + 16];
            for (int i = 0; i < 36; i++) frame[i] = (byte)(i * 11);
            frame[3] = 0;
            Assert.AreEqual(frame.Length, security.Seal(frame, 0, 24, 36, key, 0, 0x1122334455667788));

            byte[] message = Copy(frame);
            Assert.AreEqual(36, security.Open(message, 0, 24, message.Length, key, 0, 0x1122334455667788));
            message = Copy(frame);
            Assert.AreEqual(MatterError.AuthenticationFailed, security.Open(message, 0, 24, message.Length, key, 0, 0x1122334455667789));

            for (int i = 0; i < frame.Length; i++)
            {
                message = Copy(frame);
                message[i] ^= (byte)(1 << (i & 7));
                Assert.AreEqual(MatterError.AuthenticationFailed, security.Open(message, 0, 24, message.Length, key, 0, 0x1122334455667788));
            }
            for (int length = 24; length < frame.Length; length++)
            {
                message = Copy(frame);
                int expected = length < 24 + AesCcm.TagLength ? MatterError.InvalidMessage : MatterError.AuthenticationFailed;
                Assert.AreEqual(expected, security.Open(message, 0, 24, length, key, 0, 0x1122334455667788));
            }
        }

        private static byte[] Copy(byte[] bytes)
        {
            byte[] copy = new byte[bytes.Length];
            Array.Copy(bytes, 0, copy, 0, bytes.Length);
            return copy;
        }

        private static void AssertRange(byte[] expected, byte[] actual, int offset, string name)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], actual[offset + i], name);
            }
        }
    }
}
