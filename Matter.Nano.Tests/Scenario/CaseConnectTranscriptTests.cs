using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// The recorded CASE handshake of <see cref="CaseTranscriptTests"/> with the initiator's credentials and randomness. The
    /// recording's Sigma1 has session parameters of three fields, which this node never sends: the rest of it is compared
    /// byte for byte. Keys of the full handshake hash all of it, so that the recorded sigma-2-tbedata (certificates, signature) is
    /// sealed anew; those of a resumption do not, and the recorded Sigma2Resume is sent as it is.
    /// </summary>
    [TestClass]
    public class CaseConnectTranscriptTests
    {
        private const int PeerEnd = 2;
        private const int ResumptionFieldsLength = 39;  // tags 6 and 7, and the end of the structure

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
            byte[] privateKey = null;
            int replayed = 0;
            while (v.NextCase())
            {
                if (v.Text("kind") == "full")
                {
                    privateKey = v.Bytes("initiator_eph_priv");
                }
                else if (v.Text("kind") == "resumption")
                {
                    CheckResumption(v, privateKey);
                    replayed++;
                }
            }

            Assert.IsTrue(replayed > 0);
        }

        private static void Check(VectorReader v)
        {
            HandshakeWorld world = Join(v);
            RawPeer peer = Connect(world, v, v.Bytes("initiator_eph_priv"));
            byte[] sigma1 = peer.Payload;
            AssertSame(v.Bytes("sigma1"), 0, sigma1, 0, sigma1.Length - 1, v.Name);

            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            CaseKeys schedule = new CaseKeys(crypto);
            Sha256 transcript = new Sha256();
            transcript.Start();
            transcript.Update(sigma1, 0, sigma1.Length);
            byte[] secret = v.Bytes("shared_secret");
            byte[] ipk = v.Bytes("operational_ipk");
            byte[] peerKey = v.Bytes("responder_eph_pub");
            byte[] plain = v.Bytes("tbedata2");
            byte[] data = new byte[plain.Length + AesCcm.TagLength];
            plain.CopyTo(data, 0);
            schedule.DeriveSigma2Key(secret, ipk, v.Bytes("responder_random"), peerKey, transcript);
            schedule.Seal(data, 0, plain.Length);
            byte[] sigma2 = MakeSigma2(v, peerKey, data);
            transcript.Update(sigma2, 0, sigma2.Length);
            peer.Send(SecureChannelOpcode.Sigma2, sigma2, world.Now);
            world.Run(5000);
            Assert.AreEqual(SecureChannelOpcode.Sigma3, peer.Opcode, v.Name);
            CheckSigma3(v, peer.Payload, schedule, crypto, transcript);

            transcript.Update(peer.Payload, 0, peer.Payload.Length);
            peer.Send(SecureChannelOpcode.StatusReport, new byte[StatusReport.MinLength], world.Now);
            world.Run(5000);
            Assert.AreEqual(1, world.CaseCount, v.Name);
            byte[] keys = new byte[Session.KeysLength];
            schedule.DeriveSessionKeys(keys, secret, ipk, transcript);
            Session session = world.Established;
            CollectionAssert.AreEqual(keys, session.Keys, v.Name);
            Assert.IsTrue(session.IsInitiator, v.Name);
            Assert.AreEqual(Number(v.Bytes("device_node_id")), session.PeerNodeId, v.Name);
            Assert.AreEqual(Number(v.Bytes("controller_node_id")), session.LocalNodeId, v.Name);
            Assert.AreEqual(v.Int("responder_session_id"), session.PeerSessionId, v.Name);

            // The recorded resumption id is what the next handshake would offer.
            Assert.IsTrue(world.Resumptions.Find(v.Bytes("resumption_id"), 0) >= 0, v.Name);
        }

        private static void CheckSigma3(VectorReader v, byte[] sigma3, CaseKeys schedule, CryptoSuite crypto, Sha256 transcript)
        {
            TlvReader reader = new TlvReader();
            reader.Reset(sigma3, 0, sigma3.Length);
            reader.EnterMessage();
            Assert.IsTrue(reader.Next());
            byte[] data = new byte[reader.GetBytes(AesCcm.TagLength, 1000)];
            reader.CopyBytes(data, 0, data.Length);
            schedule.DeriveSigma3Key(v.Bytes("shared_secret"), v.Bytes("operational_ipk"), transcript);
            int length = schedule.Open(data, 0, data.Length);
            byte[] plain = v.Bytes("tbedata3");
            Assert.AreEqual(plain.Length, length, v.Name);

            // All of it but the signature, 64 bytes before the end of the structure, which has randomness of its own.
            int signatureOffset = length - 1 - P256.SignatureLength;
            AssertSame(plain, 0, data, 0, signatureOffset, v.Name);
            byte[] noc = v.Bytes("controller_noc");
            byte[] hash = new byte[Sha256.HashLength];
            schedule.HashSignedData(
                hash, noc, 0, noc.Length, null, 0, CaseKeySchedule.NoIcac, v.Bytes("initiator_eph_pub"), v.Bytes("responder_eph_pub"));
            byte[] publicKey = new byte[P256.PointLength];
            ScriptedRandom random = new ScriptedRandom();
            random.Say(v.Bytes("controller_private_key"));
            CryptoSuite signer = new CryptoSuite(random, null);
            signer.P256.BeginKeyPair(new byte[P256.ScalarLength], 0, publicKey, 0);
            signer.P256.Run();
            crypto.P256.BeginVerify(data, signatureOffset, hash, 0, publicKey, 0);
            Assert.AreEqual(0, crypto.P256.Run(), v.Name);
        }

        private static void CheckResumption(VectorReader v, byte[] privateKey)
        {
            HandshakeWorld world = Join(v);
            uint[] tags = new uint[] { 0xABCD0002, 1, 0 };
            ulong peerNodeId = Number(v.Bytes("device_node_id"));
            world.Resumptions.Put(world.Fabrics.GetRow(0), peerNodeId, tags, v.Bytes("old_resumption_id"), v.Bytes("shared_secret"), 0, world.Now);
            RawPeer peer = Connect(world, v, privateKey);
            byte[] sigma1 = peer.Payload;
            byte[] recorded = v.Bytes("sigma1");
            int head = sigma1.Length - ResumptionFieldsLength;
            AssertSame(recorded, 0, sigma1, 0, head, v.Name);
            AssertSame(recorded, recorded.Length - ResumptionFieldsLength, sigma1, head, ResumptionFieldsLength, v.Name);

            peer.Send(SecureChannelOpcode.Sigma2Resume, v.Bytes("sigma2_resume"), world.Now);
            world.Run(5000);
            Assert.AreEqual(SecureChannelOpcode.StatusReport, peer.Opcode, v.Name);
            Assert.AreEqual(0, peer.ReportedCode, v.Name);
            Assert.AreEqual(1, world.CaseCount, v.Name);
            byte[] keys = new byte[Session.KeysLength];
            v.Bytes("i2r_key").CopyTo(keys, 0);
            v.Bytes("r2i_key").CopyTo(keys, 16);
            v.Bytes("attestation_challenge").CopyTo(keys, 32);
            Session session = world.Established;
            CollectionAssert.AreEqual(keys, session.Keys, v.Name);
            CollectionAssert.AreEqual(tags, session.CaseAuthenticatedTags, v.Name);
            Assert.AreEqual(peerNodeId, session.PeerNodeId, v.Name);
            Assert.AreEqual(v.Int("responder_session_id"), session.PeerSessionId, v.Name);
            Assert.IsTrue(world.Resumptions.Find(v.Bytes("old_resumption_id"), 0) < 0, v.Name);
            Assert.IsTrue(world.Resumptions.Find(v.Bytes("new_resumption_id"), 0) >= 0, v.Name);
        }

        /// <summary>Sends Sigma1 with the recorded randomness.</summary>
        private static RawPeer Connect(HandshakeWorld world, VectorReader v, byte[] privateKey)
        {
            RawPeer peer = new RawPeer(world.Controller(0));
            world.Controller(0).Exchanges.Register(peer);
            world.Device.Random.Say(privateKey);
            world.Device.Random.Say(v.Bytes("initiator_random"));
            Session carrier = world.Device.Sessions.OpenUnsecured(world.Link.Address(PeerEnd), 1, world.Now);
            Exchange exchange = world.Device.Exchanges.Open(carrier, world.Protocol);
            Assert.AreEqual(0, world.Protocol.Connect(exchange, world.Fabrics.GetRow(0), Number(v.Bytes("device_node_id")), world.Now));
            world.Run(3000);
            Assert.AreEqual(SecureChannelOpcode.Sigma1, peer.Opcode, v.Name);
            Assert.AreEqual(0, world.Device.Random.Pending, v.Name);
            return peer;
        }

        private static byte[] MakeSigma2(VectorReader v, byte[] peerKey, byte[] data)
        {
            byte[] buffer = new byte[1200];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, v.Bytes("responder_random"), 0, 32);
            writer.PutUnsigned(2, (ulong)v.Int("responder_session_id"));
            writer.PutBytes(3, peerKey, 0, P256.PointLength);
            writer.PutBytes(4, data, 0, data.Length);
            writer.EndContainer();
            byte[] sigma2 = new byte[writer.Length];
            Array.Copy(buffer, sigma2, sigma2.Length);
            return sigma2;
        }

        private static HandshakeWorld Join(VectorReader v)
        {
            HandshakeWorld world = new HandshakeWorld(v.Int("initiator_session_id"), new byte[Spake2Plus.VerifierLength], new byte[16], 1000);
            world.Join(v.Bytes("root"), null, v.Bytes("controller_noc"), v.Bytes("controller_private_key"), v.Bytes("ipk_epoch_key"));
            Fabric fabric = world.Fabrics.GetRow(0);
            CollectionAssert.AreEqual(v.Bytes("compressed_fabric_id"), fabric.CompressedId, v.Name);
            world.Run(1);
            return world;
        }

        private static void AssertSame(byte[] expected, int expectedOffset, byte[] actual, int actualOffset, int length, string name)
        {
            for (int i = 0; i < length; i++)
            {
                Assert.AreEqual(expected[expectedOffset + i], actual[actualOffset + i], name);
            }
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
