using System;
using Matter.Nano.Crypto;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>PASE between a device and commissioners, good and bad.</summary>
    [TestClass]
    public class PaseScenarioTests
    {
        private const int Patience = 20000;

        [TestMethod]
        public void RightPasscode_MakesTheSameSessionOnBothSides()
        {
            HandshakeWorld world = NewWorld();
            world.Parameters.IdleIntervalMs = 800;
            PaseInitiator pase = world.NewPase(0);
            pase.Begin(world.Dial(0), HandshakeWorld.Passcode, world.Now);
            world.Run(Patience);

            Assert.AreEqual(0, pase.Result);
            Assert.AreEqual(1, world.PaseCount);
            Session device = world.Established;
            CollectionAssert.AreEqual(device.Keys, pase.Session.Keys);
            Assert.AreEqual(device.LocalSessionId, pase.Session.PeerSessionId);
            Assert.AreEqual(device.PeerSessionId, pase.Session.LocalSessionId);
            Assert.AreEqual(SessionType.Pase, device.Type);
            Assert.AreEqual(0, device.FabricIndex);
            Assert.AreEqual(1, device.PeerAddressLength);
            Assert.AreEqual((byte)2, device.PeerAddress[0]);
            Assert.AreEqual(800, pase.Session.IdleIntervalMs);
            Assert.IsTrue(world.FailSafe.IsArmed);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void KnownPbkdfParameters_AreNotSentAgain()
        {
            HandshakeWorld world = NewWorld();
            PaseInitiator pase = world.NewPase(0);
            pase.KnownSalt = world.Salt;
            pase.KnownIterations = HandshakeWorld.Iterations;
            pase.Begin(world.Dial(0), HandshakeWorld.Passcode, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, pase.Result);
        }

        [TestMethod]
        public void WrongPasscode_FailsAtCommissioner_CountsAndFreesEverything()
        {
            HandshakeWorld world = NewWorld();
            PaseInitiator pase = world.NewPase(0);
            pase.Begin(world.Dial(0), HandshakeWorld.Passcode + 1, world.Now);
            world.Run(Patience);
            Assert.AreEqual(MatterError.AuthenticationFailed, pase.Result);
            Assert.AreEqual(-1, pase.ReportedCode);
            Assert.AreEqual(0, world.PaseCount);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void WrongConfirmation_IsReported()
        {
            HandshakeWorld world = NewWorld();
            PaseInitiator pase = world.NewPase(0);
            pase.IgnoresConfirmation = true;
            pase.Begin(world.Dial(0), HandshakeWorld.Passcode + 1, world.Now);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.InvalidParameter, pase.ReportedCode);
            Assert.AreEqual(0, world.PaseCount);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void TwentyFailures_CloseTheWindow()
        {
            HandshakeWorld world = NewWorld();
            PaseInitiator wrong = world.NewPase(0);
            for (int i = 0; i < 20; i++)
            {
                Assert.IsTrue(world.Window.IsOpen);

                // Whether a commissioner says so or not: after Pake2 it knows.
                wrong.IgnoresConfirmation = (i & 1) == 0;
                wrong.Begin(world.Dial(0), HandshakeWorld.Passcode + 1, world.Now);
                world.Run(Patience);
                Assert.IsTrue(wrong.Result < 0);
            }

            Assert.IsFalse(world.Window.IsOpen);
            PaseInitiator right = world.NewPase(0);
            right.Begin(world.Dial(0), HandshakeWorld.Passcode, world.Now);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.InvalidParameter, right.ReportedCode);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void ClosedWindow_RefusesAndAllocatesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(7);
            PaseInitiator pase = world.NewPase(0);
            pase.Begin(world.Dial(0), HandshakeWorld.Passcode, world.Now);
            world.Run(3);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.Failure, pase.ReportedGeneralCode);
            Assert.AreEqual(StatusReport.InvalidParameter, pase.ReportedCode);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void WindowClosedMeanwhile_EndsTheHandshake()
        {
            HandshakeWorld world = NewWorld();
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(100);
            Assert.AreEqual(1, world.Protocol.HandshakeCount);
            world.Window.Close(world.Now);
            world.Run(3);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            peer.Close();
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void SecondCommissioner_IsToldBusy_ThenServed()
        {
            HandshakeWorld world = NewWorld();
            RawPeer first = new RawPeer(world.Controller(0));
            first.Open(world.Dial(0));
            first.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(100);

            PaseInitiator second = world.NewPase(1);
            second.Begin(world.Dial(1), HandshakeWorld.Passcode, world.Now);
            world.Run(1000);
            Assert.AreEqual(MatterError.Busy, second.Result);
            Assert.AreEqual(5000, second.WaitMs);

            first.Send(SecureChannelOpcode.StatusReport, new byte[] { 1, 0, 0, 0, 0, 0, 2, 0 }, world.Now);
            first.Close();
            world.Run(1000);
            second.Begin(world.Dial(1), HandshakeWorld.Passcode, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, second.Result);
        }

        [TestMethod]
        public void NewRequestOnTheSameSession_ReplacesThePendingOne()
        {
            HandshakeWorld world = NewWorld();
            Session carrier = world.Dial(0);
            RawPeer first = new RawPeer(world.Controller(0));
            first.Open(carrier);
            first.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(1000);
            first.Close();
            PaseInitiator second = world.NewPase(0);
            second.Begin(carrier, HandshakeWorld.Passcode, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, second.Result);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void SilentCommissioner_IsForgottenAfterSixtySeconds()
        {
            HandshakeWorld world = NewWorld();
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(59000);
            Assert.AreEqual(1, world.Protocol.HandshakeCount);
            Assert.AreEqual(1, peer.Count);
            world.Run(2000);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            Assert.AreEqual(1, peer.Count);
            peer.Close();
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void Pake1_IsAcknowledgedBeforeTheComputation_AndStepsAreBounded()
        {
            HandshakeWorld world = NewWorld();
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(100);
            int polls = world.Device.Polls;
            peer.Send(SecureChannelOpcode.Pake1, Field(Generator()), world.Now);
            world.Run(2);
            Assert.IsFalse(peer.IsSending, "the ack goes out before the computation");
            Assert.IsTrue(world.Device.Polls - polls <= 3);
            world.Run(Patience);
            Assert.AreEqual(SecureChannelOpcode.Pake2, peer.Opcode);
            Assert.IsTrue(world.Device.Polls - polls > 10, "the computation takes many Polls");
            peer.Close();
            world.AssertAtRest(0);
        }

        /// <summary>Each bit of the mask is a field of the request that is there.</summary>
        [TestMethod]
        public void IncompleteRequest_IsRefused()
        {
            HandshakeWorld world = NewWorld();
            for (int mask = 0; mask < 15; mask++)
            {
                AssertRequestRefused(world, Request(mask), "fields " + mask.ToString());
            }
        }

        [TestMethod]
        public void MalformedRequest_IsRefusedAtEveryLength()
        {
            HandshakeWorld world = NewWorld();
            byte[] request = Request(31);
            for (int length = 0; length < request.Length; length++)
            {
                byte[] cut = new byte[length];
                Array.Copy(request, cut, length);
                AssertRequestRefused(world, cut, "length " + length.ToString());
            }

            byte[] longer = new byte[request.Length + 1];
            request.CopyTo(longer, 0);
            AssertRequestRefused(world, longer, "trailing byte");
        }

        [TestMethod]
        public void RequestWithWrongValues_IsRefused()
        {
            HandshakeWorld world = NewWorld();
            AssertRequestRefused(world, Request(31, 31, 1, 0), "random of 31 bytes");
            AssertRequestRefused(world, Request(31, 33, 1, 0), "random of 33 bytes");
            AssertRequestRefused(world, Request(31, 32, 0, 0), "session id 0");
            AssertRequestRefused(world, Request(31, 32, 0x10000, 0), "session id of 17 bits");
            AssertRequestRefused(world, Request(31, 32, 1, 1), "passcode id 1");
        }

        [TestMethod]
        public void BadPake1_IsRefusedAndCostsNoAttempt()
        {
            HandshakeWorld world = NewWorld();
            byte[] offCurve = Generator();
            offCurve[64] ^= 1;
            byte[] compressed = Generator();
            compressed[0] = 2;
            byte[] infinity = new byte[65];
            AssertPake1Refused(world, Field(offCurve), "off the curve");
            AssertPake1Refused(world, Field(compressed), "compressed");
            AssertPake1Refused(world, Field(infinity), "infinity");
            AssertPake1Refused(world, Field(new byte[64]), "64 bytes");
            AssertPake1Refused(world, Field(new byte[66]), "66 bytes");
            AssertPake1Refused(world, new byte[] { 0x15, 0x18 }, "no field");
            AssertPake1Refused(world, new byte[0], "nothing");
            byte[] whole = Field(Generator());
            for (int length = 1; length < whole.Length; length += 7)
            {
                byte[] cut = new byte[length];
                Array.Copy(whole, cut, length);
                AssertPake1Refused(world, cut, "length " + length.ToString());
            }

            // More of them than an open window forgives.
            Assert.IsTrue(world.Window.IsOpen);
        }

        [TestMethod]
        public void MessagesOutOfOrder_AreRefused()
        {
            int[] opcodes =
            {
                SecureChannelOpcode.PbkdfParamRequest, SecureChannelOpcode.PbkdfParamResponse, SecureChannelOpcode.Pake2, SecureChannelOpcode.Pake3,
                SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma3, 0x00, 0x7F,
            };
            HandshakeWorld world = NewWorld();
            foreach (int opcode in opcodes)
            {
                AssertRefusedAfterRequest(world, opcode, Field(new byte[32]), "opcode " + opcode.ToString());
            }
        }

        [TestMethod]
        public void WrongPake3_IsRefused()
        {
            AssertPake3Refused(Field(new byte[31]), "31 bytes");
            AssertPake3Refused(Field(new byte[33]), "33 bytes");
            AssertPake3Refused(Field(new byte[32]), "wrong");
            AssertPake3Refused(new byte[0], "nothing");
        }

        [TestMethod]
        [DataRow(10)]
        [DataRow(30)]
        public void LossyNetwork_StillSucceedsOrEndsClean(int percent)
        {
            int succeeded = 0;
            for (uint seed = 1; seed <= 6; seed++)
            {
                HandshakeWorld world = NewWorld(seed);
                world.Link.LossPercent = percent;
                world.Link.DuplicatePercent = percent;
                world.Link.LatePercent = percent;
                PaseInitiator pase = world.NewPase(0);
                pase.Begin(world.Dial(0), HandshakeWorld.Passcode, world.Now);
                world.Run(60000);
                pase.GiveUp(world.Now, true);
                succeeded += pase.Result == 0 ? 1 : 0;
                Assert.IsTrue(pase.Result != 0 || world.PaseCount == 1, "seed " + seed.ToString());
                if (pase.Result == 0)
                {
                    CollectionAssert.AreEqual(world.Established.Keys, pase.Session.Keys);
                }

                world.Link.LossPercent = 0;
                world.AssertAtRest(world.PaseCount);
            }

            Assert.IsTrue(percent > 10 ? succeeded > 0 : succeeded == 6, succeeded.ToString() + " of 6");
        }

        private static HandshakeWorld NewWorld()
        {
            return NewWorld(1);
        }

        private static HandshakeWorld NewWorld(uint seed)
        {
            HandshakeWorld world = new HandshakeWorld(seed);
            world.Window.InitialTimeoutSeconds = 0;
            world.Window.OpenInitial(world.Now);
            return world;
        }

        private static byte[] Generator()
        {
            byte[] one = new byte[P256.ScalarLength];
            byte[] point = new byte[P256.PointLength];
            one[31] = 1;
            P256 engine = new P256(new ScriptedRandom());
            engine.BeginPublicKey(point, 0, one, 0);
            engine.Run();
            return point;
        }

        private static byte[] Request(int mask)
        {
            return Request(mask, 32, 0x1234, 0);
        }

        private static byte[] Request(int mask, int randomLength, int sessionId, int passcodeId)
        {
            byte[] buffer = new byte[128];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.StartStructure(TlvTag.Anonymous);
            if ((mask & 1) != 0)
            {
                writer.PutBytes(1, new byte[randomLength], 0, randomLength);
            }

            if ((mask & 2) != 0)
            {
                writer.PutUnsigned(2, (ulong)sessionId);
            }

            if ((mask & 4) != 0)
            {
                writer.PutUnsigned(3, (ulong)passcodeId);
            }

            if ((mask & 8) != 0)
            {
                writer.PutBoolean(4, false);
            }

            if ((mask & 16) != 0)
            {
                new SessionParameters().Write(5, writer);
            }

            if ((mask & 32) != 0)
            {
                writer.PutUnsigned(77, 5);
            }

            writer.EndContainer();
            byte[] request = new byte[writer.Length];
            Array.Copy(buffer, request, request.Length);
            return request;
        }

        private static byte[] Field(byte[] value)
        {
            byte[] buffer = new byte[value.Length + 8];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, value, 0, value.Length);
            writer.EndContainer();
            byte[] message = new byte[writer.Length];
            Array.Copy(buffer, message, message.Length);
            return message;
        }

        private static void AssertRequestRefused(HandshakeWorld world, byte[] request, string what)
        {
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.PbkdfParamRequest, request, world.Now);
            world.Run(1000);
            Assert.AreEqual(StatusReport.InvalidParameter, peer.ReportedCode, what);
            Assert.AreEqual(0, world.Protocol.HandshakeCount, what);
            peer.Close();
            world.AssertAtRest(0);
        }

        private static void AssertPake1Refused(HandshakeWorld world, byte[] pake1, string what)
        {
            AssertRefusedAfterRequest(world, SecureChannelOpcode.Pake1, pake1, what);
        }

        private static void AssertRefusedAfterRequest(HandshakeWorld world, int opcode, byte[] message, string what)
        {
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(1000);
            Assert.AreEqual(SecureChannelOpcode.PbkdfParamResponse, peer.Opcode, what);
            peer.Send(opcode, message, world.Now);
            world.Run(2000);
            Assert.AreEqual(StatusReport.InvalidParameter, peer.ReportedCode, what);
            Assert.AreEqual(0, world.Protocol.HandshakeCount, what);
            peer.Close();
            world.AssertAtRest(0);
        }

        private static void AssertPake3Refused(byte[] pake3, string what)
        {
            HandshakeWorld world = NewWorld();
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.PbkdfParamRequest, Request(63), world.Now);
            world.Run(1000);
            peer.Send(SecureChannelOpcode.Pake1, Field(Generator()), world.Now);
            world.Run(Patience);
            Assert.AreEqual(SecureChannelOpcode.Pake2, peer.Opcode, what);
            peer.Send(SecureChannelOpcode.Pake3, pake3, world.Now);
            world.Run(1000);
            Assert.AreEqual(StatusReport.InvalidParameter, peer.ReportedCode, what);
            Assert.AreEqual(0, world.PaseCount, what);
            peer.Close();
            world.AssertAtRest(0);
        }
    }
}
