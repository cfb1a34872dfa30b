using Matter.Nano.Crypto;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>CASE with initiators that break the rules: each is told so, and nothing of it stays.</summary>
    [TestClass]
    public class CaseNegativeTests
    {
        private const ulong FabricId = 0xFAB000000000001D;
        private const ulong DeviceId = 0x1111;
        private const ulong ControllerId = 0x2222;
        private const int Sigma1 = SecureChannelOpcode.Sigma1;
        private const int Sigma3 = SecureChannelOpcode.Sigma3;
        private const int Sigma3Data = MessageTamper.Sigma3Data;

        [TestMethod]
        public void Sigma1WithoutAField_IsRefused()
        {
            Case run = new Case();
            for (int tag = 1; tag <= 4; tag++)
            {
                run.AssertRefused(FieldTamper.Remove(Sigma1, tag), "tag " + tag.ToString());
            }
        }

        [TestMethod]
        public void Sigma1WithoutParameters_IsFine()
        {
            Case run = new Case();
            run.AssertAccepted(FieldTamper.Remove(Sigma1, 5), "no parameters");
            run.AssertAccepted(FieldTamper.Put(Sigma1, 99, 1), "unknown field");
        }

        [TestMethod]
        public void Sigma1WithWrongValues_IsRefused()
        {
            Case run = new Case();
            run.AssertRefused(FieldTamper.Put(Sigma1, 1, new byte[31]), "random of 31 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma1, 1, new byte[33]), "random of 33 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma1, 2, 0), "session id 0");
            run.AssertRefused(FieldTamper.Put(Sigma1, 2, 0x10000), "session id of 17 bits");
            run.AssertRefused(FieldTamper.Put(Sigma1, 2, new byte[2]), "session id of bytes");
            run.AssertRefused(FieldTamper.Put(Sigma1, 3, new byte[31]), "destination of 31 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma1, 4, new byte[64]), "key of 64 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma1, 4, 4), "key of a number");
            run.AssertRefused(FieldTamper.Put(Sigma1, 5, 1), "parameters of a number");
        }

        [TestMethod]
        public void Sigma1WithHalfAResumption_IsRefused()
        {
            Case run = new Case();
            run.AssertRefused(FieldTamper.Put(Sigma1, 6, new byte[16]), "id alone");
            run.AssertRefused(FieldTamper.Put(Sigma1, 7, new byte[16]), "MIC alone");
            run.Controller.ClaimedResumptionId = new byte[16];
            run.Controller.ResumeMic = new byte[15];
            run.AssertRefused(null, "MIC of 15 bytes");
            run.Controller.ClaimedResumptionId = new byte[17];
            run.Controller.ResumeMic = new byte[16];
            run.AssertRefused(null, "id of 17 bytes");
        }

        [TestMethod]
        public void Sigma1WithABadPoint_IsRefused()
        {
            Case run = new Case();
            byte[] point = new byte[P256.PointLength];
            run.AssertRefused(FieldTamper.Put(Sigma1, 4, point), "zeros");
            point[0] = 4;
            run.AssertRefused(FieldTamper.Put(Sigma1, 4, point), "off the curve");
            for (int i = 1; i < point.Length; i++)
            {
                point[i] = 0xFF;
            }

            run.AssertRefused(FieldTamper.Put(Sigma1, 4, point), "coordinates above p");
        }

        [TestMethod]
        public void Sigma1CutOffOrProlonged_IsRefused()
        {
            Case run = new Case();
            ByteTamper longer = ByteTamper.Prolong(Sigma1);
            run.AssertRefused(longer, "longer");
            Assert.IsTrue(longer.SeenLength > 100);
            for (int length = 0; length < longer.SeenLength; length++)
            {
                run.AssertRefused(ByteTamper.Cut(Sigma1, length), "length " + length.ToString());
            }
        }

        [TestMethod]
        public void Sigma3CutOffOrProlonged_IsRefused()
        {
            Case run = new Case();
            ByteTamper longer = ByteTamper.Prolong(Sigma3);
            run.AssertRefused(longer, "longer");
            Assert.IsTrue(longer.SeenLength > 300);
            for (int length = 0; length < longer.SeenLength; length += 13)
            {
                run.AssertRefused(ByteTamper.Cut(Sigma3, length), "length " + length.ToString());
            }
        }

        [TestMethod]
        public void Sigma3WithAChangedByte_IsRefused()
        {
            Case run = new Case();
            for (int position = 0; position < 370; position += 11)
            {
                run.AssertRefused(ByteTamper.Flip(Sigma3, position, 1 << position % 8), "byte " + position.ToString());
            }
        }

        [TestMethod]
        public void Sigma3WithWrongField_IsRefused()
        {
            Case run = new Case();
            run.AssertRefused(FieldTamper.Remove(Sigma3, 1), "no field");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, 7), "number");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, new byte[0]), "empty");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, new byte[15]), "shorter than a tag");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, new byte[16]), "a tag alone");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, new byte[Limits.CaseDataLength]), "as long as the buffer");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, new byte[Limits.CaseDataLength + 1]), "longer than the buffer");
            run.AssertRefused(FieldTamper.Put(Sigma3, 1, new byte[1080]), "as long as a datagram");
        }

        [TestMethod]
        public void Sigma3DataWithWrongFields_AreRefused()
        {
            Case run = new Case();
            run.AssertRefused(FieldTamper.Remove(Sigma3Data, 1), "no NOC");
            run.AssertRefused(FieldTamper.Remove(Sigma3Data, 2), "no ICAC");
            run.AssertRefused(FieldTamper.Remove(Sigma3Data, 3), "no signature");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 1, new byte[0]), "empty NOC");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 1, new byte[400]), "NOC of zeros");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 1, new byte[401]), "NOC of 401 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 2, new byte[0]), "empty ICAC");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 2, new byte[401]), "ICAC of 401 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 2, run.Credentials.Root), "root as ICAC");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 3, new byte[64]), "signature of zeros");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 3, new byte[63]), "signature of 63 bytes");
            run.AssertRefused(FieldTamper.Put(Sigma3Data, 3, new byte[65]), "signature of 65 bytes");
            run.AssertRefused(ByteTamper.Prolong(Sigma3Data), "trailing byte");
            run.AssertRefused(ByteTamper.Cut(Sigma3Data, 0), "nothing");
            run.AssertAccepted(FieldTamper.Put(Sigma3Data, 9, 1), "unknown field");
        }

        [TestMethod]
        public void EveryPartOfSigma3Data_CountsForTheSignatures()
        {
            Case run = new Case();
            for (int position = 0; position < 600; position += 17)
            {
                ByteTamper tamper = ByteTamper.Flip(Sigma3Data, position, 1);
                if (run.Run(tamper) == 0)
                {
                    Assert.IsTrue(tamper.SeenLength <= position, "byte " + position.ToString());
                    run.Forget();
                }
            }
        }

        [TestMethod]
        public void NocOfOthers_IsRefused()
        {
            Case run = new Case();
            TestCredentials own = run.Credentials;
            TestFabricAuthority stranger = new TestFabricAuthority(run.World.Controller(3).Crypto, FabricId, true);
            TestCredentials strange = stranger.NewNode(ControllerId, null);

            run.Credentials = With(own, strange.Noc, strange.Icac, strange.PrivateKey);
            run.AssertRefused(null, "chain to another root with the same names");
            run.Credentials = With(own, strange.Noc, own.Icac, strange.PrivateKey);
            run.AssertRefused(null, "NOC of another ICAC with the same names");
            run.Credentials = With(own, own.Noc, own.Icac, strange.PrivateKey);
            run.AssertRefused(null, "another private key");
            run.Credentials = With(own, run.Authority.NewNoc(PublicKeyOf(strange.PrivateKey), ControllerId, FabricId + 1, null), own.Icac, strange.PrivateKey);
            run.AssertRefused(null, "another fabric of the same root");
            run.Credentials = With(own, own.Icac, own.Icac, own.PrivateKey);
            run.AssertRefused(null, "ICAC as NOC");
            run.Credentials = own;
            run.AssertAccepted(null, "own");
        }

        /// <summary>Seen with matter.js: tag 2 there but empty, and signed like that.</summary>
        [TestMethod]
        public void EmptyIcac_CountsAsNone()
        {
            Case run = new Case(false);
            run.Credentials.Icac = new byte[0];
            run.AssertAccepted(null, "empty ICAC");
        }

        [TestMethod]
        public void MessagesOutOfOrder_AreRefused()
        {
            Case run = new Case();
            int[] first = { SecureChannelOpcode.Sigma2, Sigma3, SecureChannelOpcode.Sigma2Resume, SecureChannelOpcode.Pake1, SecureChannelOpcode.Pake3, 0x02, 0xFF };
            RawPeer peer = new RawPeer(run.World.Controller(1));
            for (int i = 0; i < first.Length; i++)
            {
                peer.Open(run.World.Dial(1));
                peer.Send(first[i], new byte[] { 0x15, 0x18 }, run.World.Now);
                run.World.Run(1000);
                Assert.AreEqual(StatusReport.InvalidParameter, peer.ReportedCode, first[i].ToString());
                peer.Close();
            }

            int[] second = { Sigma1, SecureChannelOpcode.Sigma2, SecureChannelOpcode.PbkdfParamRequest, SecureChannelOpcode.Pake1, 0x00 };
            for (int i = 0; i < second.Length; i++)
            {
                run.AssertRefused(new OpcodeTamper(second[i]), second[i].ToString());
            }
        }

        [TestMethod]
        public void CounterSynchronisation_IsIgnored()
        {
            Case run = new Case();
            RawPeer peer = new RawPeer(run.World.Controller(1));
            for (int opcode = 0; opcode <= 1; opcode++)
            {
                peer.Open(run.World.Dial(1));
                peer.Send(opcode, new byte[12], run.World.Now);
                run.World.Run(1000);
                Assert.AreEqual(0, peer.Count);
                Assert.IsFalse(peer.IsSending);
                peer.Close();
            }
        }

        private static TestCredentials With(TestCredentials own, byte[] noc, byte[] icac, byte[] privateKey)
        {
            return new TestCredentials
            {
                FabricId = own.FabricId,
                NodeId = own.NodeId,
                Root = own.Root,
                RootPublicKey = own.RootPublicKey,
                OperationalIpk = own.OperationalIpk,
                Noc = noc,
                Icac = icac,
                PrivateKey = privateKey,
            };
        }

        private static byte[] PublicKeyOf(byte[] privateKey)
        {
            byte[] publicKey = new byte[P256.PointLength];
            P256 engine = new P256(new ScriptedRandom());
            engine.BeginPublicKey(publicKey, 0, privateKey, 0);
            engine.Run();
            return publicKey;
        }

        /// <summary>A device on a fabric, and a controller that tries again and again.</summary>
        private sealed class Case
        {
            public readonly HandshakeWorld World = new HandshakeWorld(1);
            public readonly TestFabricAuthority Authority;
            public readonly CaseInitiator Controller;
            public TestCredentials Credentials;

            public Case()
                : this(true)
            {
            }

            public Case(bool withIntermediate)
            {
                Authority = new TestFabricAuthority(World.Controller(3).Crypto, FabricId, withIntermediate);
                Controller = World.NewCase(0);
                Credentials = Authority.NewNode(ControllerId, null);
                World.Join(Authority, DeviceId);
            }

            public int Run(MessageTamper tamper)
            {
                Controller.Tamper = tamper;
                Session carrier = World.Dial(0);
                Controller.Begin(carrier, Credentials, DeviceId, World.Now);
                World.Run(5000);
                return Controller.Result;
            }

            /// <summary>Closes the session that a success made.</summary>
            public void Forget()
            {
                World.Device.Sessions.Discard(World.Established, World.Now);
                World.Controller(0).Sessions.Discard(Controller.Session, World.Now);
                World.AssertAtRest(0);
            }

            public void AssertRefused(MessageTamper tamper, string what)
            {
                int before = World.CaseCount;
                Assert.IsTrue(Run(tamper) < 0, what);
                Assert.AreEqual(StatusReport.Failure, Controller.ReportedGeneralCode, what);
                Assert.AreEqual(StatusReport.InvalidParameter, Controller.ReportedCode, what);
                Assert.AreEqual(before, World.CaseCount, what);
                World.AssertAtRest(0);
            }

            public void AssertAccepted(MessageTamper tamper, string what)
            {
                Assert.AreEqual(0, Run(tamper), what);
                Forget();
            }
        }

        /// <summary>Has Sigma3 go out under another opcode.</summary>
        private sealed class OpcodeTamper : MessageTamper
        {
            private readonly int _opcode;

            public OpcodeTamper(int opcode)
            {
                _opcode = opcode;
            }

            public override int Opcode(int opcode)
            {
                return opcode == Sigma3 ? _opcode : opcode;
            }
        }
    }
}
