using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Certificates that are not valid yet or any more, at a device that knows the time and at one that doesn't.</summary>
    [TestClass]
    public class CaseValidityTests
    {
        private const ulong FabricId = 0xFAB000000000001D;
        private const ulong DeviceId = 0x1111;
        private const ulong ControllerId = 0x2222;
        private const uint NotBefore = 0x30000000;
        private const uint NotAfter = 0x31000000;

        [TestMethod]
        public void WithoutClock_ValidityTimesAreNotLookedAt()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials controller = NewController(world);
            Assert.AreEqual(0u, world.Fabrics.Clock.GetSeconds(world.Now));
            Assert.AreEqual(0, Connect(world, controller));
        }

        [TestMethod]
        public void WithClock_BothBoundsCount()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials controller = NewController(world);
            AssertRefused(world, controller, NotBefore - 600, "not valid yet");
            AssertAccepted(world, controller, NotBefore, "valid from now on");
            AssertAccepted(world, controller, NotAfter - 600, "still valid");
            AssertRefused(world, controller, NotAfter + 1, "expired");
            AssertRefused(world, controller, uint.MaxValue - 600, "long ago");

            // The clock goes on by itself: this one is valid for ten minutes more.
            AssertAccepted(world, controller, NotAfter - 600, "ten minutes before");
            world.Run(601000);
            Assert.AreEqual(StatusReport.InvalidParameter, Connect(world, controller), "ten minutes later");

            AssertAccepted(world, controller, 0, "clock lost");
        }

        [TestMethod]
        public void WithClock_TheAuthoritiesCountToo()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = new TestFabricAuthority(world.Controller(3).Crypto, FabricId, true);
            world.Join(authority, DeviceId);
            TestCredentials controller = authority.NewNode(ControllerId, null);
            // Root and intermediate, like the NOC, are valid from 0x2A000000 on.
            AssertRefused(world, controller, authority.NotBefore - 600, "before");
            AssertAccepted(world, controller, authority.NotBefore, "after");
            uint validFrom = authority.NotBefore;
            authority.NotBefore = 1;
            controller = authority.NewNode(ControllerId, null);
            AssertRefused(world, controller, validFrom - 600, "only the authorities are not valid yet");
            AssertAccepted(world, controller, validFrom, "now they are");
        }

        [TestMethod]
        public void WithClock_AnExpiredPeerCannotResumeEither()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials controller = NewController(world);
            CaseInitiator initiator = world.NewCase(0);
            world.Fabrics.Clock.Set(NotAfter - 600, world.Now);
            Assert.AreEqual(0, Connect(world, controller, initiator));
            for (int i = 0; i < 3; i++)
            {
                initiator.Resumes = true;
                Assert.AreEqual(0, Connect(world, controller, initiator));
                Assert.IsTrue(initiator.IsResumed, "before it expires");
            }

            world.Fabrics.Clock.Set(NotAfter + 1, world.Now);
            Assert.AreEqual(StatusReport.InvalidParameter, Connect(world, controller, initiator));
            Assert.IsFalse(initiator.IsResumed, "expired");

            world.Fabrics.Clock.Set(0, world.Now);
            Assert.AreEqual(0, Connect(world, controller, initiator), "clock lost");
        }

        [TestMethod]
        public void CredentialsBeingInstalled_AreNotJudgedByTheClock()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials controller = NewController(world);
            AssertRefused(world, controller, NotAfter + 1, "the clock was looked at");
            TestFabricAuthority other = new TestFabricAuthority(world.Controller(3).Crypto, FabricId + 1, true);
            other.NotAfter = other.NotBefore;
            world.Join(other, DeviceId);
            Assert.AreEqual(2, world.Fabrics.Count);
            world.Fabrics.Clock.Set(1, world.Now);
            other = new TestFabricAuthority(world.Controller(3).Crypto, FabricId + 2, false);
            world.Join(other, DeviceId);
            Assert.AreEqual(3, world.Fabrics.Count);
        }

        [TestMethod]
        public void Node_PassesTheTimeOn()
        {
            VirtualLight light = new VirtualLight(1, new MemoryStore(), 5000);
            UtcClock clock = light.Node.Fabrics.Clock;
            Assert.AreEqual(0u, clock.GetSeconds(5000));
            light.Node.SetUtcTime(NotBefore, 5000);
            Assert.AreEqual(NotBefore, clock.GetSeconds(5999));
            Assert.AreEqual(NotBefore + 1, clock.GetSeconds(6000));
            Assert.AreEqual(NotBefore - 1, clock.GetSeconds(4999));
            light.Node.SetUtcTime(uint.MaxValue, 6000);
            Assert.AreEqual(uint.MaxValue, clock.GetSeconds(6000));
            light.Node.SetUtcTime(0, 7000);
            Assert.AreEqual(0u, clock.GetSeconds(8000));
        }

        // A device on a fabric, and a controller with a NOC that was valid for a while.
        private static TestCredentials NewController(HandshakeWorld world)
        {
            TestFabricAuthority authority = new TestFabricAuthority(world.Controller(3).Crypto, FabricId, false);
            world.Join(authority, DeviceId);
            authority.NotBefore = NotBefore;
            authority.NotAfter = NotAfter;
            return authority.NewNode(ControllerId, null);
        }

        private static void AssertAccepted(HandshakeWorld world, TestCredentials controller, uint time, string what)
        {
            int before = world.CaseCount;
            world.Fabrics.Clock.Set(time, world.Now);
            Assert.AreEqual(0, Connect(world, controller), what);
            Assert.AreEqual(before + 1, world.CaseCount, what);
        }

        private static void AssertRefused(HandshakeWorld world, TestCredentials controller, uint time, string what)
        {
            int before = world.CaseCount;
            world.Fabrics.Clock.Set(time, world.Now);
            Assert.AreEqual(StatusReport.InvalidParameter, Connect(world, controller), what);
            Assert.AreEqual(before, world.CaseCount, what);
            world.AssertAtRest(0);
        }

        // Returns 0, or the code of the StatusReport that refused it. No session stays.
        private static int Connect(HandshakeWorld world, TestCredentials controller)
        {
            return Connect(world, controller, world.NewCase(0));
        }

        private static int Connect(HandshakeWorld world, TestCredentials controller, CaseInitiator initiator)
        {
            initiator.Begin(world.Dial(0), controller, DeviceId, world.Now);
            world.Run(5000);
            if (initiator.Result < 0)
            {
                Assert.AreEqual(StatusReport.Failure, initiator.ReportedGeneralCode);
                return initiator.ReportedCode;
            }

            world.Device.Sessions.Discard(world.Established, world.Now);
            world.Controller(0).Sessions.Discard(initiator.Session, world.Now);
            world.AssertAtRest(0);
            return 0;
        }
    }
}
