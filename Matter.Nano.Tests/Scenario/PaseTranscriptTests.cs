using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Published PASE runs, replayed against the responder with their randomness: every byte that it sends.</summary>
    [TestClass]
    public class PaseTranscriptTests
    {
        [TestMethod]
        public void Transcripts_AreReproduced()
        {
            VectorReader v = new VectorReader(VectorData.PaseTranscripts);
            int replayed = 0;
            while (v.NextCase())
            {
                if (v.Has("y"))
                {
                    Check(v);
                    replayed++;
                }
            }

            Assert.IsTrue(replayed > 0);
        }

        /// <summary>The context alone, of a request and response that also carry session parameters.</summary>
        [TestMethod]
        public void Contexts_Agree()
        {
            byte[] prefix = { 0x43, 0x48, 0x49, 0x50, 0x20, 0x50, 0x41, 0x4B, 0x45, 0x20, 0x56, 0x31, 0x20, 0x43, 0x6F, 0x6D, 0x6D, 0x69, 0x73, 0x73, 0x69, 0x6F, 0x6E, 0x69, 0x6E, 0x67 };
            VectorReader v = new VectorReader(VectorData.PaseTranscripts);
            Sha256 hash = new Sha256();
            byte[] context = new byte[Sha256.HashLength];
            while (v.NextCase())
            {
                byte[] request = v.Bytes("pbkdf_param_request");
                byte[] response = v.Bytes("pbkdf_param_response");
                hash.Start();
                hash.Update(prefix, 0, prefix.Length);
                hash.Update(request, 0, request.Length);
                hash.Update(response, 0, response.Length);
                hash.Finish(context, 0);
                CollectionAssert.AreEqual(v.Bytes("context"), context, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        private static void Check(VectorReader v)
        {
            byte[] expected = v.Bytes("pbkdf_param_response");
            byte[] random = new byte[32];
            byte[] salt = null;
            int sessionId = 0;
            int iterations = 0;
            TlvReader reader = new TlvReader();
            reader.Reset(expected, 0, expected.Length);
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 2:
                        reader.CopyBytes(random, 0, 32);
                        break;
                    case 3:
                        sessionId = (int)reader.GetUnsigned(0xFFFF);
                        break;
                    case 4:
                        reader.Enter();
                        reader.Next();
                        iterations = (int)reader.GetUnsigned(100000);
                        reader.Next();
                        salt = new byte[reader.GetBytes(16, 32)];
                        reader.CopyBytes(salt, 0, salt.Length);
                        reader.Exit();
                        break;
                }
            }

            Assert.AreEqual(0, reader.Finish(), v.Name);
            byte[] verifier = new byte[Spake2Plus.VerifierLength];
            v.Bytes("w0").CopyTo(verifier, 0);
            v.Bytes("L").CopyTo(verifier, 32);

            Replay device = new Replay(sessionId, verifier, salt, iterations);
            device.Random.Say(random);
            device.Random.Say(v.Bytes("y"));
            device.Send(SecureChannelOpcode.PbkdfParamRequest, v.Bytes("pbkdf_param_request"));
            Assert.AreEqual(SecureChannelOpcode.PbkdfParamResponse, device.Opcode, v.Name);
            CollectionAssert.AreEqual(expected, device.Payload, v.Name);

            device.Send(SecureChannelOpcode.Pake1, Message(v.Bytes("pA"), null));
            Assert.AreEqual(SecureChannelOpcode.Pake2, device.Opcode, v.Name);
            CollectionAssert.AreEqual(Message(v.Bytes("pB"), v.Bytes("cB")), device.Payload, v.Name);

            device.Send(SecureChannelOpcode.Pake3, Message(v.Bytes("cA"), null));
            Assert.AreEqual(SecureChannelOpcode.StatusReport, device.Opcode, v.Name);
            CollectionAssert.AreEqual(new byte[8], device.Payload, v.Name);
            byte[] keys = new byte[Session.KeysLength];
            v.Bytes("i2r_key").CopyTo(keys, 0);
            v.Bytes("r2i_key").CopyTo(keys, 16);
            v.Bytes("attestation_challenge").CopyTo(keys, 32);
            CollectionAssert.AreEqual(keys, device.World.Established.Keys, v.Name);
            Assert.AreEqual(0, device.Random.Pending, v.Name);
        }

        private static byte[] Message(byte[] first, byte[] second)
        {
            byte[] buffer = new byte[128];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, first, 0, first.Length);
            if (second != null)
            {
                writer.PutBytes(2, second, 0, second.Length);
            }

            writer.EndContainer();
            byte[] message = new byte[writer.Length];
            System.Array.Copy(buffer, message, message.Length);
            return message;
        }
    }
}
