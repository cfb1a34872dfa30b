using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop.AppleHome
{
    /// <summary>
    /// Apple Home's side of a recorded commissioning, said to a whole node that draws what the recorded device drew. All that the
    /// handshakes send, Sigma2 with its certificate and signature included, is the recording's, byte for byte: the operational
    /// keys are known, and the recorded device signed with the nonces of RFC 6979. In the interaction model the two devices
    /// are different products of different conformance, so their answers are compared as far as the questions decide them.
    /// </summary>
    [TestClass]
    public class AppleHomeReplayTests
    {
        /// <summary>
        /// What this node answers where it is not, revision apart, what the recorded device did: text of the payload as in
        /// <see cref="TlvText"/>, or its beginning.
        /// </summary>
        private static readonly Dictionary<int, string> OwnAnswers = new Dictionary<int, string>
        {
            // Attestation is the device's own: PAI, DAC, AttestationResponse.
            { 45, "{0=false 1=[{0={0=(0=0u 1=62u 2=3u) 1={0=b:30" },
            { 48, "{0=false 1=[{0={0=(0=0u 1=62u 2=3u) 1={0=b:30" },
            { 51, "{0=false 1=[{0={0=(0=0u 1=62u 2=1u) 1={0=b:15" },
            // CSRResponse: the same key under another subject (O=CSR, as the C++ SDK has it) and without attributes.
            { 58, "{0=false 1=[{0={0=(0=0u 1=62u 2=5u) 1={0=b:153001" },
            { 104, "{0=false 1=[{0={0=(0=0u 1=62u 2=5u) 1={0=b:153001" },
            // NOCResponse: this node tells the fabric index.
            { 67, "{0=false 1=[{0={0=(0=0u 1=62u 2=8u) 1={0=0u 1=1u}}}]}" },
            { 111, "{0=false 1=[{0={0=(0=0u 1=62u 2=8u) 1={0=0u 1=2u}}}]}" },
            { 237, "{0=false 1=[{0={0=(0=0u 1=62u 2=8u) 1={0=0u 1=1u}}}]}" },
            // UpdateFabricLabel, which the recorded device did not have.
            { 138, "{0=false 1=[{0={0=(0=0u 1=62u 2=8u) 1={0=0u 1=1u}}}]}" },
            { 195, "{0=false 1=[{0={0=(0=0u 1=62u 2=8u) 1={0=0u 1=1u}}}]}" },
            { 204, "{0=false 1=[{0={0=(0=0u 1=62u 2=8u) 1={0=0u 1=1u}}}]}" },
            // WriteResponse: StatusIB without the optional ClusterStatus.
            { 83, "{0=[{0=(2=0u 3=31u 4=0u) 1={0=0u}} {0=(2=0u 3=31u 4=0u) 1={0=0u}}]}" },
            { 155, "{0=[{0=(2=0u 3=31u 4=0u) 1={0=0u}} {0=(2=0u 3=31u 4=0u) 1={0=0u}}]}" },
            // On and Off come from the phone, which the hub has just written out of the access control list: the
            // recorded device did not look into it, this node answers UNSUPPORTED_ACCESS.
            { 210, "{0=false 1=[{1={0=(0=1u 1=6u 2=1u) 1={0=126u}}}]}" },
            { 213, "{0=false 1=[{1={0=(0=1u 1=6u 2=0u) 1={0=126u}}}]}" },
        };

        [TestMethod]
        public void EverySession_IsTheRecordedOne()
        {
            AppleHomeReplay replay = new AppleHomeReplay();
            RecordedSecrets pase = replay.Secrets("PASE");
            CollectionAssert.AreEqual(pase.Bytes("w0").Concat(pase.Bytes("L")).ToArray(), replay.Verifier.Verifier);
            ExchangeTable exchanges = replay.Light.Node.Exchanges;
            int same = 0;
            int answered = 0;
            int secured = 0;
            int retransmissions = 0;
            foreach (RecordedFrame frame in replay.Frames.Where(frame => frame.IsToDevice))
            {
                bool isRetransmission = replay.IsRetransmission(frame);
                RecordedFrame recorded = isRetransmission ? null : replay.AnswerTo(frame);
                Session session = replay.SessionOf(frame);
                Assert.AreEqual(frame.SessionId != 0, session != null, frame.Name);
                if (frame.SessionId != 0)
                {
                    AssertKeys(replay, frame, session);
                    Assert.AreEqual(!isRetransmission, session.IsNew(frame.Counter), frame.Name);
                    secured++;
                }
                retransmissions += isRetransmission ? 1 : 0;

                List<NodeDatagram> sent = replay.Play(frame);
                AssertNothingDropped(exchanges, retransmissions, frame.Name);
                if (session != null && session.IsActive) Assert.IsFalse(session.IsNew(frame.Counter), frame.Name);
                NodeDatagram answer = sent.FirstOrDefault(datagram => datagram.IsAnswer);
                Assert.AreEqual(recorded != null, answer != null, frame.Name);
                if (recorded == null) continue;
                answered++;
                if (frame.ProtocolId == ProtocolHeader.SecureChannel) CollectionAssert.AreEqual(recorded.Datagram, answer.Datagram, frame.Name);
                else same += AssertAnswers(frame, recorded, answer) ? 1 : 0;
                if (frame.Opcode == SecureChannelOpcode.Sigma1 && frame.ProtocolId == ProtocolHeader.SecureChannel) AssertDestination(replay, frame);
                if (replay.Secrets("fabric 1").Int("first") == frame.Number) AssertFabric(replay, "fabric 1", 1);
                if (replay.Secrets("fabric 2").Int("first") == frame.Number) AssertFabric(replay, "fabric 2", 2);
            }

            // The last command took the first fabric away, and the ack of its answer the sessions on it.
            Node node = replay.Light.Node;
            replay.Wait(replay.Now);
            Assert.IsNull(node.Fabrics.Find(1));
            AssertFabric(replay, "fabric 2", 2);
            Assert.IsNull(node.Sessions.Find(1), "PASE");
            Assert.IsNull(node.Sessions.Find(2), "CASE1");
            Assert.AreEqual(2, node.Sessions.Find(3).FabricIndex, "CASE2");
            Assert.IsNull(node.Sessions.Find(4), "CASE3");
            replay.Wait(replay.Now + 90000);
            NodeState.AssertAtRest(replay.Light, 1, "Apple Home");
            Assert.AreEqual(2, retransmissions);
            Console.WriteLine($"Apple Home: {answered} answers to {secured} secured and {replay.Frames.Count(f => f.IsToDevice) - secured} other messages; of the interaction model's {same} say the same");
        }

        /// <summary>Each datagram comes a second time, at once.</summary>
        [TestMethod]
        public void EveryDatagramOnceMore_IsADuplicate()
        {
            AppleHomeReplay replay = new AppleHomeReplay();
            ExchangeTable exchanges = replay.Light.Node.Exchanges;
            int duplicates = 0;
            foreach (RecordedFrame frame in replay.Frames.Where(frame => frame.IsToDevice))
            {
                duplicates += replay.IsRetransmission(frame) ? 1 : 0;
                replay.Play(frame);
                replay.Wait(replay.Now);
                bool isSessionThere = frame.SessionId == 0 || replay.SessionOf(frame) != null;
                List<NodeDatagram> sent = replay.Play(frame);
                duplicates += isSessionThere ? 1 : 0;
                Assert.AreEqual(duplicates, exchanges.DuplicateCount, frame.Name);
                Assert.AreEqual(isSessionThere ? 0 : 1, exchanges.UnknownSessionCount, frame.Name);
                Assert.IsFalse(sent.Any(datagram => datagram.IsAnswer), frame.Name);
            }
            Assert.AreEqual(0, exchanges.UnauthenticatedCount);
            AssertFabric(replay, "fabric 2", 2);
        }

        /// <summary>A device of another passcode, with the same randomness: its keys are others, and nothing of the recording gets in.</summary>
        [TestMethod]
        public void AnotherPasscode_ComesToNothing()
        {
            AppleHomeReplay replay = new AppleHomeReplay(1);
            int dropped = 0;
            foreach (RecordedFrame frame in replay.Frames.Where(frame => frame.IsToDevice))
            {
                NodeDatagram answer = replay.Play(frame).FirstOrDefault(datagram => datagram.IsAnswer);
                dropped += frame.SessionId != 0 ? 1 : 0;
                Assert.AreEqual(dropped, replay.Light.Node.Exchanges.UnknownSessionCount, frame.Name);
                if (frame.Number == 11) Assert.AreEqual(SecureChannelOpcode.Pake2, answer.Opcode);
                if (frame.Number == 14) AssertStatus(answer, StatusReport.InvalidParameter);
                if (frame.Opcode == SecureChannelOpcode.Sigma1 && frame.SessionId == 0) AssertStatus(answer, StatusReport.NoSharedTrustRoots);
            }
            Assert.AreEqual(0, NodeState.Sessions(replay.Light.Node));
            Assert.IsTrue(replay.Light.Node.Fabrics.IsEmpty);
        }

        private static void AssertStatus(NodeDatagram answer, int protocolCode)
        {
            Assert.AreEqual(SecureChannelOpcode.StatusReport, answer.Opcode);
            Assert.AreEqual(protocolCode, answer.Payload[6] | answer.Payload[7] << 8);
        }

        private static void AssertKeys(AppleHomeReplay replay, RecordedFrame frame, Session session)
        {
            RecordedSecrets secrets = replay.SecretsOf(frame.SessionId);
            CollectionAssert.AreEqual(secrets.Keys(), session.Keys, frame.Name);
            Assert.AreEqual(secrets.Int("peer_session"), session.PeerSessionId, frame.Name);
            Assert.AreEqual(secrets.Id("local_node_id"), session.LocalNodeId, frame.Name);
            Assert.AreEqual(secrets.Id("peer_node_id"), session.PeerNodeId, frame.Name);
        }

        private static void AssertNothingDropped(ExchangeTable exchanges, int retransmissions, string name)
        {
            Assert.AreEqual(0, exchanges.MalformedCount, name);
            Assert.AreEqual(0, exchanges.UnknownSessionCount, name);
            Assert.AreEqual(0, exchanges.UnauthenticatedCount, name);
            Assert.AreEqual(0, exchanges.NoRoomCount, name);
            Assert.AreEqual(retransmissions, exchanges.DuplicateCount, name);
        }

        /// <returns>True if the answer says what the recorded one does.</returns>
        private static bool AssertAnswers(RecordedFrame frame, RecordedFrame recorded, NodeDatagram answer)
        {
            string own = WithoutRevision(answer.Payload);
            string theirs = WithoutRevision(recorded.Payload);
            Assert.AreEqual(ProtocolHeader.InteractionModel, answer.ProtocolId, frame.Name);
            if (recorded.Opcode == InteractionOpcode.SubscribeResponse)
            {
                // This node has more attributes than fit the recorded number of reports: the subscription is still priming.
                Assert.AreEqual(InteractionOpcode.ReportData, answer.Opcode, frame.Name);
                return false;
            }

            Assert.AreEqual(recorded.Opcode, answer.Opcode, frame.Name);
            if (recorded.Opcode == InteractionOpcode.ReportData)
            {
                // Data or a status for each path without wildcards.
                Assert.AreEqual("", string.Join(" ", Paths(TlvText.Of(frame.Payload)).Except(Paths(own))), frame.Name);
                return IsSameReport(own, theirs);
            }

            if (OwnAnswers.TryGetValue(frame.Number, out string expected))
            {
                Assert.IsTrue(own.StartsWith(expected, StringComparison.Ordinal), frame.Name + ": " + own);
                if (frame.Number == 58 || frame.Number == 104) AssertSameKey(own, theirs);
                return false;
            }

            Assert.AreEqual(theirs, own, frame.Name);
            return true;
        }

        /// <summary>The uncompressed point of both requests.</summary>
        private static void AssertSameKey(string own, string theirs)
        {
            const string pattern = "034200(04[0-9a-f]{128})a0";
            string key = Regex.Match(own, pattern).Groups[1].Value;
            Assert.AreEqual(130, key.Length);
            Assert.AreEqual(key, Regex.Match(theirs, pattern).Groups[1].Value);
        }

        private static string WithoutRevision(byte[] payload)
        {
            string text = TlvText.Of(payload);
            Assert.IsNotNull(text);
            return Regex.Replace(text, " ?255=1[12]u", "");
        }

        private static List<string> Paths(string report)
        {
            return Regex.Matches(report, @"\(2=\d+u 3=\d+u 4=\d+u\)").Select(match => match.Value).Distinct().ToList();
        }

        /// <summary>Data versions, this node's SuppressResponse and fields that a fabric-scoped reader sees are left out.</summary>
        private static bool IsSameReport(string own, string theirs)
        {
            string Bare(string report) => Regex.Replace(report, @"0=\d+u (?=1=\(2=)| 4=true(?=\}$)| 254=\d+u", "");
            return Bare(own) == Bare(theirs);
        }

        private static void AssertFabric(AppleHomeReplay replay, string name, int index)
        {
            RecordedSecrets expected = replay.Secrets(name);
            Fabric fabric = replay.Light.Node.Fabrics.Find(index);
            Assert.AreEqual(expected.Id("fabric_id"), fabric.FabricId, name);
            Assert.AreEqual(expected.Id("node_id"), fabric.NodeId, name);
            Assert.AreEqual(expected.Int("vendor"), fabric.VendorId, name);
            CollectionAssert.AreEqual(expected.Bytes("compressed_fabric_id"), fabric.CompressedId, name);
            CollectionAssert.AreEqual(expected.Bytes("private_key"), fabric.PrivateKey, name);
            CollectionAssert.AreEqual(expected.Bytes("root"), fabric.RootCertificate, name);
            CollectionAssert.AreEqual(expected.Bytes("noc"), fabric.Noc, name);
            Assert.AreEqual(0, fabric.Icac.Length, name);
        }

        /// <summary>The recorded destination id names the recorded fabric under its identity protection key.</summary>
        private static void AssertDestination(AppleHomeReplay replay, RecordedFrame frame)
        {
            Sigma1 sigma1 = new Sigma1();
            byte[] payload = frame.Payload;
            byte[] ipk = new byte[16];
            Assert.IsTrue(sigma1.Read(new TlvReader(), new SessionParameters(), payload, 0, payload.Length), frame.Name);
            Fabric fabric = replay.Light.Node.Fabrics.FindByDestination(
                payload, sigma1.InitiatorRandomOffset, payload, sigma1.DestinationIdOffset, ipk, 0);
            CollectionAssert.AreEqual(replay.Secrets("fabric " + fabric.Index).Bytes("ipk"), ipk, frame.Name);
        }
    }
}
