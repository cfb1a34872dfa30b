using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// A recorded CASE handshake with certificates of the C++ SDK, replayed against the responder with its randomness. The
    /// recording's Sigma2 ends with session parameters of three fields, which this node never sends: up to there it is
    /// compared byte for byte. The keys of Sigma3 and of the session hash all of Sigma2, so that sigma-3-tbedata of the
    /// recording (certificates, signature) is sealed anew and the session keys are derived anew; those recorded are
    /// checked against the recorded messages in CaseKeyScheduleTests. Keys of a resumption do not depend on Sigma2Resume:
    /// all but its session parameters, and the session, are the recording's.
    /// </summary>
    [TestClass]
    public class CaseTranscriptTests
    {
        [TestMethod]
        public void FullHandshake_IsReproduced()
        {
            VectorReader v = new VectorReader(VectorData.CaseFull);
            int replayed = 0;
            while (v.NextCase())
            {
                if (v.Text("kind") == "full")
                {
                    Check(v);
                    replayed++;
                }
            }

            Assert.IsTrue(replayed > 0);
        }

        [TestMethod]
        public void Resumption_IsReproduced()
        {
            VectorReader v = new VectorReader(VectorData.CaseFull);
            int replayed = 0;
            while (v.NextCase())
            {
                if (v.Text("kind") == "resumption")
                {
                    CheckResumption(v);
                    replayed++;
                }
            }

            Assert.IsTrue(replayed > 0);
        }

        /// <summary>A responder without the record goes on with the full handshake.</summary>
        [TestMethod]
        public void UnknownResumption_FallsThroughToSigma2()
        {
            VectorReader v = new VectorReader(VectorData.CaseFull);
            while (v.NextCase())
            {
                if (v.Text("kind") == "resumption")
                {
                    Replay device = Join(v, 1);
                    device.Send(SecureChannelOpcode.Sigma1, v.Bytes("sigma1"));
                    Assert.AreEqual(SecureChannelOpcode.Sigma2, device.Opcode, v.Name);
                }
            }

            Assert.IsTrue(v.Count > 0);
        }

        private static void CheckResumption(VectorReader v)
        {
            Replay device = Join(v, v.Int("responder_session_id"));
            HandshakeWorld world = device.World;
            uint[] tags = new uint[] { 0xABCD0002, 1, 0 };
            ulong peer = Number(v.Bytes("controller_node_id"));
            world.Resumptions.Put(world.Fabrics.GetRow(0), peer, tags, v.Bytes("old_resumption_id"), v.Bytes("shared_secret"), 0, world.Now);
            device.Random.Say(v.Bytes("new_resumption_id"));
            device.Send(SecureChannelOpcode.Sigma1, v.Bytes("sigma1"));
            Assert.AreEqual(SecureChannelOpcode.Sigma2Resume, device.Opcode, v.Name);
            Assert.AreEqual(0, device.Random.Pending, v.Name);
            Assert.AreEqual(0, world.CaseCount, v.Name);

            // All of the recorded Sigma2Resume but its session parameters, the last field.
            byte[] answer = device.Payload;
            byte[] recorded = v.Bytes("sigma2_resume");
            for (int i = 0; i < answer.Length - 1; i++)
            {
                Assert.AreEqual(recorded[i], answer[i], v.Name);
            }

            device.Send(SecureChannelOpcode.StatusReport, new byte[StatusReport.MinLength]);
            Assert.AreEqual(1, world.CaseCount, v.Name);
            Session session = world.Established;
            byte[] keys = new byte[Session.KeysLength];
            v.Bytes("i2r_key").CopyTo(keys, 0);
            v.Bytes("r2i_key").CopyTo(keys, 16);
            v.Bytes("attestation_challenge").CopyTo(keys, 32);
            CollectionAssert.AreEqual(keys, session.Keys, v.Name);
            Assert.AreEqual(peer, session.PeerNodeId, v.Name);
            Assert.AreEqual(Number(v.Bytes("device_node_id")), session.LocalNodeId, v.Name);
            Assert.AreEqual(v.Int("initiator_session_id"), session.PeerSessionId, v.Name);
            CollectionAssert.AreEqual(tags, session.CaseAuthenticatedTags, v.Name);
        }

        private static void Check(VectorReader v)
        {
            Replay device = Join(v, v.Int("responder_session_id"));
            device.Random.Say(v.Bytes("responder_eph_priv"));
            device.Random.Say(v.Bytes("signature2_nonce"));
            device.Random.Say(v.Bytes("responder_random"));
            device.Random.Say(v.Bytes("resumption_id"));
            byte[] sigma1 = v.Bytes("sigma1");
            device.Send(SecureChannelOpcode.Sigma1, sigma1);
            Assert.AreEqual(SecureChannelOpcode.Sigma2, device.Opcode, v.Name);
            Assert.AreEqual(0, device.Random.Pending, v.Name);

            // All of the recorded Sigma2 but its session parameters, the last field.
            byte[] sigma2 = device.Payload;
            byte[] recorded = v.Bytes("sigma2");
            byte[] same = new byte[sigma2.Length - 1];
            byte[] expected = new byte[sigma2.Length - 1];
            Array.Copy(sigma2, same, same.Length);
            Array.Copy(recorded, expected, expected.Length);
            CollectionAssert.AreEqual(expected, same, v.Name);

            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            CaseKeys schedule = new CaseKeys(crypto);
            Sha256 transcript = new Sha256();
            transcript.Start();
            transcript.Update(sigma1, 0, sigma1.Length);
            transcript.Update(sigma2, 0, sigma2.Length);
            byte[] secret = v.Bytes("shared_secret");
            byte[] ipk = v.Bytes("operational_ipk");
            byte[] plain = v.Bytes("tbedata3");
            byte[] data = new byte[plain.Length + AesCcm.TagLength];
            plain.CopyTo(data, 0);
            schedule.DeriveSigma3Key(secret, ipk, transcript);
            schedule.Seal(data, 0, plain.Length);
            byte[] buffer = new byte[1000];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, data, 0, data.Length);
            writer.EndContainer();
            byte[] sigma3 = new byte[writer.Length];
            Array.Copy(buffer, sigma3, sigma3.Length);
            transcript.Update(sigma3, 0, sigma3.Length);

            device.Send(SecureChannelOpcode.Sigma3, sigma3);
            Assert.AreEqual(SecureChannelOpcode.StatusReport, device.Opcode, v.Name);
            CollectionAssert.AreEqual(new byte[8], device.Payload, v.Name);
            byte[] keys = new byte[Session.KeysLength];
            schedule.DeriveSessionKeys(keys, secret, ipk, transcript);
            CollectionAssert.AreEqual(keys, device.World.Established.Keys, v.Name);
            Assert.AreEqual(Number(v.Bytes("controller_node_id")), device.World.Established.PeerNodeId, v.Name);
            Assert.AreEqual(Number(v.Bytes("device_node_id")), device.World.Established.LocalNodeId, v.Name);
        }

        private static Replay Join(VectorReader v, int sessionId)
        {
            Replay device = new Replay(sessionId, new byte[Spake2Plus.VerifierLength], new byte[16], 1000);
            device.World.Join(v.Bytes("root"), v.Bytes("icac"), v.Bytes("device_noc"), v.Bytes("device_private_key"), v.Bytes("ipk_epoch_key"));
            Fabric fabric = device.World.Fabrics.GetRow(0);
            Assert.AreEqual(Number(v.Bytes("fabric_id")), fabric.FabricId, v.Name);
            CollectionAssert.AreEqual(v.Bytes("compressed_fabric_id"), fabric.CompressedId, v.Name);
            return device;
        }

        private static ulong Number(byte[] bigEndian)
        {
            ulong value = 0;
            for (int i = 0; i < bigEndian.Length; i++)
            {
                value = value << 8 | bigEndian[i];
            }

            return value;
        }
    }
}
