using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>CASE between a device and controllers that keep the rules, on networks that need not.</summary>
    [TestClass]
    public class CaseScenarioTests
    {
        private const ulong FabricId = 0xFAB000000000001D;
        private const ulong DeviceId = 0x1111;
        private const ulong ControllerId = 0x2222;
        private const int Patience = 20000;

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void FullHandshake_MakesTheSameSessionOnBothSides(bool withIntermediate)
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, withIntermediate);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, new uint[] { 0xABCD0002, 0x00010001 }), DeviceId, world.Now);
            world.Run(Patience);

            Assert.AreEqual(0, controller.Result);
            Session session = world.Established;
            CollectionAssert.AreEqual(session.Keys, controller.Session.Keys);
            Assert.AreEqual(session.LocalSessionId, controller.Session.PeerSessionId);
            Assert.AreEqual(session.PeerSessionId, controller.Session.LocalSessionId);
            Assert.AreEqual(SessionType.Case, session.Type);
            Assert.AreEqual(world.Fabrics.GetRow(0).Index, session.FabricIndex);
            Assert.AreEqual(DeviceId, session.LocalNodeId);
            Assert.AreEqual(ControllerId, session.PeerNodeId);
            Assert.AreEqual(0xABCD0002u, session.CaseAuthenticatedTags[0]);
            Assert.AreEqual(0x00010001u, session.CaseAuthenticatedTags[1]);
            Assert.AreEqual(0u, session.CaseAuthenticatedTags[2]);
            world.AssertAtRest(1);
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(20, 20)]
        [DataRow(199, -1)]
        public void AckOfTheMessageThatBeginsTheWork_WaitsForTheAnswerNoLongerThanItMay(int patienceMs, int waitedMs)
        {
            const int AckLength = 26;
            const int Device = 1;
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            world.Device.Exchanges.AckPatienceMs = patienceMs;
            CaseInitiator controller = world.NewCase(0);
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
            MemoryLink link = world.Link;
            if (waitedMs < 0)
            {
                Assert.AreEqual(2, link.SentBy(Device), "Sigma2, StatusReport");
                return;
            }

            // The controller's answers leave when Sigma2 and the StatusReport come.
            Assert.AreEqual(4, link.SentBy(Device));
            for (int i = 0; i < 4; i += 2)
            {
                Assert.AreEqual(AckLength, link.Datagram(Device, i).Length);
                Assert.AreEqual((byte)Mrp.StandaloneAckOpcode, link.Datagram(Device, i)[17]);
                Assert.IsTrue(link.SentAt(Device, i + 1) - link.SentAt(Device, i) > 20, "there is work to do");
            }

            long waited = link.SentAt(Device, 0) - link.SentAt(2, 0) - link.LatencyMs;
            Assert.IsTrue(waited >= waitedMs && waited <= waitedMs + TestNode.PollMs, waited.ToString());
        }

        [TestMethod]
        public void LargestCertificates_Fit()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = new TestFabricAuthority(world.Controller(3).Crypto, FabricId, true, 70);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            TestCredentials credentials = authority.NewNode(ControllerId, null);
            Assert.AreEqual(Fabric.MaxCertificateLength, credentials.Noc.Length);
            controller.Begin(world.Dial(0), credentials, DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
        }

        [TestMethod]
        public void UnknownResumption_FallsThroughToTheFullHandshake()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            controller.ClaimedResumptionId = new byte[16];
            controller.ResumeMic = new byte[16];
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
        }

        [TestMethod]
        public void OtherFabricOrNode_HasNoSharedTrustRoots()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            TestFabricAuthority stranger = NewAuthority(world, false);
            CaseInitiator controller = world.NewCase(0);
            AssertNoSharedTrustRoots(world, controller, authority.NewNode(ControllerId, null), DeviceId);
            world.Join(authority, DeviceId);
            AssertNoSharedTrustRoots(world, controller, authority.NewNode(ControllerId, null), DeviceId + 1);
            AssertNoSharedTrustRoots(world, controller, stranger.NewNode(ControllerId, null), DeviceId);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void TwoHandshakesAtOnce_TheThirdIsToldBusy_AndServedLater()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, true);
            world.Join(authority, DeviceId);
            CaseInitiator[] controllers = new CaseInitiator[3];
            for (int i = 0; i < 3; i++)
            {
                controllers[i] = world.NewCase(i);
                controllers[i].Begin(world.Dial(i), authority.NewNode(ControllerId + (ulong)i, null), DeviceId, world.Now);
            }

            world.Run(3);
            Assert.AreEqual(2, world.Protocol.HandshakeCount);
            world.Run(Patience);
            Assert.AreEqual(0, controllers[0].Result);
            Assert.AreEqual(0, controllers[1].Result);
            Assert.AreEqual(MatterError.Busy, controllers[2].Result);
            Assert.AreEqual(5000, controllers[2].WaitMs);

            controllers[2].Begin(world.Dial(2), authority.NewNode(ControllerId + 2, null), DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controllers[2].Result);
            Assert.AreEqual(3, world.CaseCount);
            world.AssertAtRest(3);
        }

        [TestMethod]
        public void PaseAndCaseAtOnce_ShareTheEngine()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            Assert.AreEqual(0, world.Window.OpenBasic(180, world.Fabrics.GetRow(0), world.Now));
            CaseInitiator first = world.NewCase(0);
            PaseInitiator second = world.NewPase(1);
            CaseInitiator third = world.NewCase(2);
            first.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            second.Begin(world.Dial(1), HandshakeWorld.Passcode, world.Now);
            third.Begin(world.Dial(2), authority.NewNode(ControllerId + 1, null), DeviceId, world.Now);
            world.Run(3);
            Assert.AreEqual(3, world.Protocol.HandshakeCount);
            world.Run(Patience);
            Assert.AreEqual(0, first.Result);
            Assert.AreEqual(0, second.Result);
            Assert.AreEqual(0, third.Result);
            world.AssertAtRest(3);
        }

        [TestMethod]
        public void EngineTakenByOthers_IsWaitedFor()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            Assert.IsTrue(world.Device.Crypto.P256.TryAcquire(world));
            CaseInitiator controller = world.NewCase(0);
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(200);

            Assert.AreEqual(Initiator.Running, controller.Result);
            world.Device.Crypto.P256.Release(world);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
        }

        [TestMethod]
        public void NewSigma1OnTheSameSession_ReplacesThePendingHandshake()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            Session carrier = world.Dial(0);
            CaseInitiator first = world.NewCase(0);
            CaseInitiator second = world.NewCase(0);
            first.Begin(carrier, authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(3);
            second.Begin(carrier, authority.NewNode(ControllerId, null), DeviceId, world.Now);
            first.GiveUp(world.Now, true);
            world.Run(3);
            Assert.AreEqual(1, world.Protocol.HandshakeCount);
            world.Run(Patience);
            Assert.AreEqual(0, second.Result);
            Assert.AreEqual(1, world.CaseCount);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void HandshakesThatTheirPeerForsook_MakeRoomForItsNextOne()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            TestCredentials credentials = authority.NewNode(ControllerId, null);
            CaseInitiator[] silent = new CaseInitiator[2];
            for (int i = 0; i < 2; i++)
            {
                silent[i] = world.NewCase(0);
                silent[i].Tamper = new SilentTamper(SecureChannelOpcode.Sigma3);
                silent[i].Begin(world.Dial(0), credentials, DeviceId, world.Now);
            }

            world.Run(1000);
            Assert.AreEqual(2, world.Protocol.HandshakeCount);
            CaseInitiator other = world.NewCase(1);
            CaseInitiator same = world.NewCase(0);
            same.Begin(world.Dial(0), credentials, DeviceId, world.Now);
            world.Run(1000);
            Assert.AreEqual(MatterError.Busy, same.Result);

            world.Run(4000);
            other.Begin(world.Dial(1), authority.NewNode(ControllerId + 1, null), DeviceId, world.Now);
            world.Run(1000);
            Assert.AreEqual(MatterError.Busy, other.Result);
            same.Begin(world.Dial(0), credentials, DeviceId, world.Now);
            world.Run(1000);
            Assert.AreEqual(0, same.Result);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void SilentController_IsForgottenAfterSixtySeconds()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator silent = world.NewCase(0);
            silent.Tamper = new SilentTamper(SecureChannelOpcode.Sigma3);
            silent.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(59000);
            Assert.AreEqual(1, world.Protocol.HandshakeCount);
            world.Run(2000);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            Assert.AreEqual(Initiator.Running, silent.Result);
            silent.GiveUp(world.Now, true);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void VanishedController_IsGivenUpWithItsSigma2()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator vanishing = world.NewCase(0);
            vanishing.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(3);
            world.Link.LossPercent = 100;
            world.Run(30000);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            vanishing.GiveUp(world.Now, true);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void Sigma2Lost_IsResentByteByByte()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            world.Link.Script(1, ".-");
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
            Assert.AreEqual(1, world.Link.RepeatedBy(1));
            CollectionAssert.AreEqual(world.Link.Datagram(1, 1), world.Link.Datagram(1, 2));
        }

        [TestMethod]
        public void EveryMessageTwice_IsOneHandshake()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            world.Link.DuplicatePercent = 100;
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
            Assert.AreEqual(1, world.CaseCount);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void FabricRemovedMeanwhile_EndsTheHandshake()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(3);
            Assert.AreEqual(1, world.Protocol.HandshakeCount);
            Assert.AreEqual(0, world.Fabrics.Remove(world.Fabrics.GetRow(0), world.Now));
            world.Run(3);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            Assert.AreEqual(0, world.CaseCount);
            controller.GiveUp(world.Now, true);
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void FullSessionTable_IsNoObstacle()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            for (int i = 0; i < Limits.SecureSessions + 2; i++)
            {
                CaseInitiator controller = world.NewCase(i % 4);
                controller.Begin(world.Dial(i % 4), authority.NewNode(ControllerId + (ulong)i, null), DeviceId, world.Now);
                world.Run(Patience);
                Assert.AreEqual(0, controller.Result, i.ToString());
            }

            world.AssertAtRest(Limits.SecureSessions);
        }

        [TestMethod]
        public void PeerClosesSession_FreesItWithoutAnAnswer()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);

            RawPeer peer = new RawPeer(world.Controller(0));
            byte[] close = new byte[StatusReport.MinLength];
            StatusReport.Write(close, 0, StatusReport.Success, SecureChannelProtocol.Id, StatusReport.CloseSession);

            // Neither too short a report nor one of another protocol closes it.
            peer.Open(controller.Session);
            peer.Send(SecureChannelOpcode.StatusReport, new byte[] { 0, 0, 0, 0, 0, 0, 3 }, world.Now);
            peer.Close();
            peer.Open(controller.Session);
            peer.Send(SecureChannelOpcode.StatusReport, new byte[] { 0, 0, 1, 0, 0, 0, 3, 0 }, world.Now);
            peer.Close();
            world.Run(1000);
            Assert.IsTrue(world.Established.IsActive);

            peer.Open(controller.Session);
            peer.Send(SecureChannelOpcode.StatusReport, close, world.Now);
            peer.Close();
            world.Run(1000);
            Assert.IsFalse(world.Established.IsActive);
            Assert.AreEqual(0, peer.Count);
        }

        [TestMethod]
        public void CloseSessionOutsideASecureSession_ClosesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            RawPeer peer = new RawPeer(world.Controller(0));
            peer.Open(world.Dial(0));
            peer.Send(SecureChannelOpcode.StatusReport, new byte[] { 0, 0, 0, 0, 0, 0, 3, 0 }, world.Now);
            world.Run(1000);
            Assert.IsFalse(peer.IsSending);
            Assert.AreEqual(0, peer.Count);
            peer.Close();
            world.AssertAtRest(0);
        }

        [TestMethod]
        public void HandshakeInsideASecureSession_IsRefused()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world, false);
            world.Join(authority, DeviceId);
            CaseInitiator controller = world.NewCase(0);
            controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);
            Session session = controller.Session;
            controller.Begin(session, authority.NewNode(ControllerId, null), DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.InvalidParameter, controller.ReportedCode);
            Assert.AreEqual(1, world.CaseCount);
            Assert.IsTrue(session.IsActive);
        }

        [TestMethod]
        [DataRow(10)]
        [DataRow(30)]
        public void LossyNetwork_StillSucceedsOrEndsClean(int percent)
        {
            int succeeded = 0;
            for (uint seed = 1; seed <= 6; seed++)
            {
                HandshakeWorld world = new HandshakeWorld(seed);
                TestFabricAuthority authority = NewAuthority(world, true);
                world.Join(authority, DeviceId);
                world.Link.LossPercent = percent;
                world.Link.DuplicatePercent = percent;
                world.Link.LatePercent = percent;
                CaseInitiator controller = world.NewCase(0);
                controller.Begin(world.Dial(0), authority.NewNode(ControllerId, null), DeviceId, world.Now);
                world.Run(60000);
                controller.GiveUp(world.Now, true);
                if (controller.Result == 0)
                {
                    succeeded++;
                    CollectionAssert.AreEqual(world.Established.Keys, controller.Session.Keys);
                }

                world.Link.LossPercent = 0;
                world.AssertAtRest(world.CaseCount);
            }

            Assert.IsTrue(percent > 10 ? succeeded > 0 : succeeded == 6, succeeded.ToString() + " of 6");
        }

        private static TestFabricAuthority NewAuthority(HandshakeWorld world, bool withIntermediate)
        {
            return new TestFabricAuthority(world.Controller(3).Crypto, FabricId, withIntermediate);
        }

        private static void AssertNoSharedTrustRoots(HandshakeWorld world, CaseInitiator controller, TestCredentials credentials, ulong deviceId)
        {
            controller.Begin(world.Dial(0), credentials, deviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.NoSharedTrustRoots, controller.ReportedCode);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
        }
    }
}
