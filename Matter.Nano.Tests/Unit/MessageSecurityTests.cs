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
        public void SecuredFrames() { CheckFrames(new AesCcm(null)); }

        internal static void CheckFrames(AesCcm ccm)
        {
            VectorReader v = new VectorReader(VectorData.MessageFrames);
            MessageSecurity security = new MessageSecurity(ccm);
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
        public void ProtectionSamples() { CheckSamples(new AesCcm(null)); }

        internal static void CheckSamples(AesCcm ccm)
        {
            VectorReader v = new VectorReader(VectorData.MessageEncryption);
            MessageSecurity security = new MessageSecurity(ccm);
            MessageHeader header = new MessageHeader();
            ulong groupWindow = 0;
            bool isHeard = false;
            while (v.NextCase())
            {
                if (!v.Has("privacy"))
                {
                    AssertPrivacyNonce(v, header, ccm);
                    continue;
                }

                byte[] message = v.Bytes("privacy");
                int headerLength = header.Parse(message, 0, message.Length);
                bool isPrivate = (message[3] & 0x80) != 0;
                if (isPrivate && (!v.Has("groupId") || !v.Has("encryptKey")))
                {
                    // Privacy of a unicast message, or a header cut short.
                    Assert.AreEqual(MatterError.InvalidMessage, headerLength, v.Name);
                    continue;
                }

                Assert.AreEqual(v.Int("sessionId"), header.SessionId, v.Name);
                Assert.AreEqual(v.Has("groupId"), header.IsGroup, v.Name);
                Assert.AreEqual(isPrivate, header.IsPrivate, v.Name);
                if (isPrivate)
                {
                    security.ToggleHeaderPrivacy(message, 0, header, message.Length, v.Bytes("privacyKey"), 0);
                    Assert.AreEqual(headerLength, header.Parse(message, 0, message.Length), v.Name);
                }

                // With a wrong tag a hidden header comes out wrong too.
                if (header.IsGroup && v.Int("expectedMessageCount") == 1)
                {
                    CollectionAssert.AreEqual(v.Bytes("encrypted"), message, v.Name);
                    Assert.AreEqual(v.Int("groupId"), header.DestinationGroupId, v.Name);
                    Assert.AreEqual(LittleEndian.GetUInt64(v.Bytes("nonce"), 5), header.SourceNodeId, v.Name);
                }

                byte[] key = v.Bytes("encryptKey");
                ulong nodeId = header.IsGroup ? header.SourceNodeId : (ulong)v.Long("peerNodeId");
                int length = security.Open(message, 0, headerLength, message.Length, key, 0, nodeId);
                bool isNew = true;
                if (length > 0 && header.IsGroup)
                {
                    isNew = !isHeard || ReceptionWindow.IsNew(groupWindow, ReceptionWindow.Group, header.Counter);
                    if (isNew && isHeard) groupWindow = ReceptionWindow.Accept(groupWindow, ReceptionWindow.Group, header.Counter);
                    else if (isNew) groupWindow = ReceptionWindow.StartAt(ReceptionWindow.Group, header.Counter);
                    isHeard = true;
                }
                Assert.AreEqual(v.Int("expectedMessageCount") == 1, length > 0 && isNew, v.Name);
                if (length < 0) continue;

                byte[] plain = v.Bytes("plain");
                Assert.AreEqual(plain.Length, length, v.Name);
                AssertRange(plain, message, 0, v.Name);
                Assert.AreEqual(message.Length, security.Seal(message, 0, headerLength, length, key, 0, nodeId), v.Name);
                CollectionAssert.AreEqual(v.Bytes("encrypted"), message, v.Name);
                if (isPrivate)
                {
                    security.ToggleHeaderPrivacy(message, 0, header, message.Length, v.Bytes("privacyKey"), 0);
                    CollectionAssert.AreEqual(v.Bytes("privacy"), message, v.Name);
                }
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void TryOpen_LeavesWhatDoesNotVerifyAsItWas()
        {
            MessageSecurity security = new MessageSecurity(new AesCcm(null));
            byte[] key = new byte[16];
            byte[] frame = new byte[18 + 20 + 16];
            for (int i = 0; i < 38; i++) frame[i] = (byte)(i * 11);
            Assert.AreEqual(frame.Length, security.Seal(frame, 0, 18, 38, key, 0, 5));
            byte[] message = Copy(frame);
            Assert.AreEqual(MatterError.AuthenticationFailed, security.TryOpen(message, 0, 18, message.Length, key, 0, 6));
            CollectionAssert.AreEqual(frame, message);
            for (int length = 0; length < frame.Length; length++)
            {
                Assert.AreEqual(MatterError.AuthenticationFailed, security.TryOpen(message, 0, 18, length, key, 0, 5));
                CollectionAssert.AreEqual(frame, message);
            }
            Assert.AreEqual(38, security.TryOpen(message, 0, 18, message.Length, key, 0, 5));
        }

        // Hides the header of a message with the tag and session id of the vector as plain AES-CTR under its nonce does.
        private static void AssertPrivacyNonce(VectorReader v, MessageHeader header, AesCcm cipher)
        {
            byte[] nonce = v.Bytes("privacyNonce");
            byte[] tag = v.Bytes("mic");
            byte[] message = new byte[18 + 16];
            message[0] = 0x06;
            message[1] = (byte)v.Int("sessionId");
            message[2] = (byte)(v.Int("sessionId") >> 8);
            message[3] = 0x81;
            Array.Copy(tag, 0, message, 18, 16);
            byte[] expected = Copy(message);
            byte[] key = new byte[16];
            cipher.Seal(expected, 4, 14, key, 0, nonce, 0, null, 0, 0);
            Array.Copy(tag, 0, expected, 18, 16);
            Assert.AreEqual(18, header.Parse(message, 0, message.Length), v.Name);
            new MessageSecurity(cipher).ToggleHeaderPrivacy(message, 0, header, message.Length, key, 0);
            CollectionAssert.AreEqual(expected, message, v.Name);
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
