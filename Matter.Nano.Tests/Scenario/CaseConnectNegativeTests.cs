using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>The device begins CASE, and who answers is not whom it meant, or says what it may not.</summary>
    [TestClass]
    public class CaseConnectNegativeTests
    {
        private const ulong Own = 1;
        private const ulong Peer = 2;
        private const int ImpostorEnd = 2;

        [TestMethod]
        public void RightAnswer_IsTaken()
        {
            HandshakeWorld world = NewWorld(1, out TestFabricAuthority authority);
            uint[] tags = new uint[] { 0xABCD0002, 0x00010001 };
            CaseImpostor impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, tags));
            Connect(world);
            Assert.AreEqual(SecureChannelOpcode.Sigma3, impostor.Opcode);
            Assert.AreEqual(0, world.CaseCount);
            impostor.Send(SecureChannelOpcode.StatusReport, new byte[StatusReport.MinLength], StatusReport.MinLength, world.Now);
            world.Run(5000);
            Assert.AreEqual(1, world.CaseCount);
            CollectionAssert.AreEqual(new uint[] { tags[0], tags[1], 0 }, world.Established.CaseAuthenticatedTags);
            Assert.AreEqual(impostor.SessionId, world.Established.PeerSessionId);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void OtherNode_IsRefused()
        {
            HandshakeWorld world = NewWorld(2, out TestFabricAuthority authority);
            AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer + 1, null)), "node");
        }

        [TestMethod]
        public void OtherFabricOfTheSameRoot_IsRefused()
        {
            HandshakeWorld world = NewWorld(3, out TestFabricAuthority authority);
            TestCredentials credentials = authority.NewNode(Peer, null);
            byte[] key = new byte[P256.PointLength];
            world.Device.Random.Say(credentials.PrivateKey);
            byte[] privateKey = new byte[P256.ScalarLength];
            world.Device.Crypto.P256.BeginKeyPair(privateKey, 0, key, 0);
            world.Device.Crypto.P256.Run();
            credentials.Noc = authority.NewNoc(key, Peer, authority.FabricId + 1, null);
            AssertRefused(world, new CaseImpostor(world.Controller(0), credentials), "fabric");
        }

        [TestMethod]
        public void OtherRoot_IsRefused()
        {
            HandshakeWorld world = NewWorld(4, out TestFabricAuthority authority);
            TestFabricAuthority other = new TestFabricAuthority(world.Controller(1).Crypto, authority.FabricId, false);
            TestCredentials credentials = other.NewNode(Peer, null);
            authority.OperationalIpk.CopyTo(credentials.OperationalIpk, 0);
            AssertRefused(world, new CaseImpostor(world.Controller(0), credentials), "root");
        }

        [TestMethod]
        public void OtherKeyPair_IsRefused()
        {
            HandshakeWorld world = NewWorld(5, out TestFabricAuthority authority);
            TestCredentials credentials = authority.NewNode(Peer, null);
            credentials.PrivateKey[5] ^= 1;
            AssertRefused(world, new CaseImpostor(world.Controller(0), credentials), "key");
        }

        [TestMethod]
        public void SignatureOverTheOtherOrder_IsRefused()
        {
            HandshakeWorld world = NewWorld(6, out TestFabricAuthority authority);
            AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { SignsAsInitiator = true }, "order");
        }

        [TestMethod]
        public void ExpiredCertificate_IsRefused()
        {
            HandshakeWorld world = NewWorld(7, out TestFabricAuthority authority);
            authority.NotAfter = authority.NotBefore + 1000;
            world.Fabrics.Clock.Set(authority.NotBefore + 2000, world.Now);
            AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)), "expired");
        }

        [TestMethod]
        public void MissingResumptionIdOrSessionId_IsRefused()
        {
            HandshakeWorld world = NewWorld(8, out TestFabricAuthority authority);
            AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { HasNoResumptionId = true }, "resumption id");
            world = NewWorld(8, out authority);
            AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { SessionId = 0 }, "session id");
        }

        /// <summary>Any byte of Sigma2 wrong, and any byte of what is sealed in it.</summary>
        [TestMethod]
        public void WrongByte_IsRefused()
        {
            HandshakeWorld world = NewWorld(9, out TestFabricAuthority authority);
            TestCredentials credentials = authority.NewNode(Peer, null);
            CaseImpostor impostor = new CaseImpostor(world.Controller(0), credentials);
            Connect(world);
            int length = impostor.Sigma2.Length;
            int plainLength = impostor.PlainLength;
            const int step = 29;
            for (int i = 0; i < length; i += step)
            {
                world = NewWorld(9, out authority);
                impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { WrongByte = i };
                Connect(world);

                // The session id is what the peer says; who changes it on the way gets no further than Sigma3, which it is part of.
                Assert.IsTrue(impostor.Opcode != SecureChannelOpcode.Sigma3 || (i >= 35 && i < 40), "byte " + i.ToString());
                Assert.AreEqual(0, world.CaseCount, "byte " + i.ToString());
            }

            for (int i = 0; i < plainLength; i += step)
            {
                // The resumption id, the last, is what the peer says.
                if (i < plainLength - 17)
                {
                    world = NewWorld(9, out authority);
                    impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { WrongPlainByte = i };
                    AssertRefused(world, impostor, "plain byte " + i.ToString());
                }
            }
        }

        [TestMethod]
        public void TruncatedSigma2_IsRefused()
        {
            HandshakeWorld world = NewWorld(10, out TestFabricAuthority authority);
            CaseImpostor impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null));
            Connect(world);
            int length = impostor.Sigma2.Length;
            for (int missing = 1; missing <= length; missing += 31)
            {
                world = NewWorld(10, out authority);
                AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { Missing = missing }, missing.ToString());
            }
        }

        [TestMethod]
        public void Sigma2ResumeThatWasNotOffered_IsRefused()
        {
            HandshakeWorld world = NewWorld(11, out TestFabricAuthority authority);
            AssertRefused(world, new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { ResumptionSecret = new byte[32] }, "resumption");
        }

        [TestMethod]
        public void Sigma2ResumeWithoutTheSecret_IsRefused()
        {
            byte[] secret = new byte[32];
            secret[3] = 7;
            for (int i = -1; i < 44; i++)
            {
                HandshakeWorld world = NewWorld(12, out TestFabricAuthority authority);
                world.Resumptions.Put(world.Fabrics.GetRow(0), Peer, new uint[3], new byte[16], secret, 0, world.Now);
                CaseImpostor impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null))
                {
                    ResumptionSecret = i < 0 ? new byte[32] : secret,
                    WrongByte = i,
                };
                Connect(world);

                // A session id changed on the way makes a session that nobody can use; every MIC is over the resumption id only.
                bool isSessionId = i == 40 || i == 41 || i == 42;
                if (!isSessionId)
                {
                    Assert.AreEqual(0, world.CaseCount, i.ToString());
                    Assert.AreEqual(1, world.Resumptions.Count, i.ToString());
                    world.AssertAtRest(0);
                }
            }
        }

        [TestMethod]
        public void MessagesOutOfTurn_EndIt()
        {
            int[] opcodes =
            {
                SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma2, SecureChannelOpcode.Sigma3, SecureChannelOpcode.Sigma2Resume,
                SecureChannelOpcode.Pake1, SecureChannelOpcode.StatusReport,
            };
            byte[] failure = new byte[StatusReport.MinLength];
            failure[0] = StatusReport.Failure;
            for (int i = 0; i < opcodes.Length; i++)
            {
                HandshakeWorld world = NewWorld(13, out TestFabricAuthority authority);
                CaseImpostor impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null));
                Connect(world);
                Assert.AreEqual(SecureChannelOpcode.Sigma3, impostor.Opcode);
                impostor.Send(opcodes[i], failure, failure.Length, world.Now);
                world.Run(5000);
                Assert.AreEqual(0, world.CaseCount, i.ToString());
                world.AssertAtRest(0);
            }
        }

        /// <summary>Success that comes before Sigma3, or while Sigma3's keys are still being derived.</summary>
        [TestMethod]
        public void SuccessTooEarly_MakesNoSession()
        {
            for (int ms = 0; ms < 300; ms += 10)
            {
                HandshakeWorld world = NewWorld(14, out TestFabricAuthority authority);
                CaseImpostor impostor = new CaseImpostor(world.Controller(0), authority.NewNode(Peer, null)) { SessionId = 9 };
                Begin(world);
                world.Run(ms);
                if (impostor.Sigma1 == null)
                {
                    continue;
                }

                bool isDue = impostor.Opcode == SecureChannelOpcode.Sigma3;
                impostor.Send(SecureChannelOpcode.StatusReport, new byte[StatusReport.MinLength], StatusReport.MinLength, world.Now);
                world.Run(20000);
                Assert.IsTrue(world.CaseCount == 0 || isDue || impostor.Opcode == SecureChannelOpcode.Sigma3, ms.ToString());
                Assert.IsFalse(world.Protocol.IsConnecting);
            }
        }

        private static HandshakeWorld NewWorld(uint seed, out TestFabricAuthority authority)
        {
            HandshakeWorld world = new HandshakeWorld(seed);
            authority = new TestFabricAuthority(world.Controller(1).Crypto, 7, false);
            world.Join(authority, Own);
            return world;
        }

        private static void Begin(HandshakeWorld world)
        {
            Session carrier = world.Device.Sessions.OpenUnsecured(world.Link.Address(ImpostorEnd), 1, world.Now);
            Exchange exchange = world.Device.Exchanges.Open(carrier, world.Protocol);
            Assert.AreEqual(0, world.Protocol.Connect(exchange, world.Fabrics.GetRow(0), Peer, world.Now));
        }

        private static void Connect(HandshakeWorld world)
        {
            Begin(world);
            world.Run(3000);
        }

        private static void AssertRefused(HandshakeWorld world, CaseImpostor impostor, string name)
        {
            Connect(world);
            Assert.AreEqual(SecureChannelOpcode.StatusReport, impostor.Opcode, name);
            Assert.AreEqual((byte)StatusReport.Failure, impostor.Payload[0], name);
            Assert.AreEqual((byte)StatusReport.InvalidParameter, impostor.Payload[6], name);
            Assert.AreEqual(0, world.CaseCount, name);
            Assert.AreEqual(0, world.Resumptions.Count, name);
            world.AssertAtRest(0);
        }
    }
}
