using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A device allocates nothing for a handshake.</summary>
    [TestClass]
    public class HandshakeAllocationTests
    {
        [TestMethod]
        public void Pase_AllocatesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            world.Window.OpenInitial(world.Now);
            PaseInitiator pase = world.NewPase(0);
            long allocated = 0;
            for (int i = 0; i < 3; i++)
            {
                // A wrong passcode goes the whole way without closing the window.
                pase.IgnoresConfirmation = true;
                pase.Begin(world.Dial(0), HandshakeWorld.Passcode + 1, i * 100000);
                allocated = Finish(world, pase, i * 100000);
                Assert.IsTrue(pase.Result < 0);
            }

            Assert.AreEqual(0L, allocated);
            pase.Begin(world.Dial(0), HandshakeWorld.Passcode, 300000);
            allocated = Finish(world, pase, 300000);
            Assert.AreEqual(0, pase.Result);
            Assert.AreEqual(0L, allocated);
        }

        [TestMethod]
        public void Case_AllocatesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = new TestFabricAuthority(world.Controller(1).Crypto, 1, true);
            world.Join(authority, 1);
            CaseInitiator controller = world.NewCase(0);
            long allocated = 0;
            for (int i = 0; i < 6; i++)
            {
                controller.Begin(world.Dial(0), authority.NewNode(2 + (ulong)i, null), 1, i * 100000);
                allocated = Finish(world, controller, i * 100000);
                Assert.AreEqual(0, controller.Result);
            }

            Assert.AreEqual(0L, allocated);
        }

        [TestMethod]
        public void Resumption_AllocatesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = new TestFabricAuthority(world.Controller(1).Crypto, 1, true);
            world.Join(authority, 1);
            CaseInitiator controller = world.NewCase(0);
            TestCredentials credentials = authority.NewNode(2, null);
            long allocated = 0;
            for (int i = 0; i < 4; i++)
            {
                controller.Resumes = i > 0;
                controller.Begin(world.Dial(0), credentials, 1, i * 100000);
                allocated = Finish(world, controller, i * 100000);
                Assert.AreEqual(0, controller.Result);
                Assert.AreEqual(i > 0, controller.IsResumed);
            }

            Assert.AreEqual(0L, allocated);
        }

        /// <summary>A handshake that the device begins, in full, then resumed.</summary>
        [TestMethod]
        public void Connect_AllocatesNothing()
        {
            HandshakeWorld device = new HandshakeWorld(1);
            HandshakeWorld peer = new HandshakeWorld(1000);
            TestFabricAuthority authority = new TestFabricAuthority(device.Controller(1).Crypto, 1, true);
            device.Join(authority, 1);
            peer.Join(authority, 2);
            MemoryLink link = new MemoryLink(1);
            Measured measured = new Measured(device);
            link.Join(measured);
            link.Join(peer);
            link.Run(1);
            for (int i = 0; i < 4; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Sessions.Session carrier = device.Device.Sessions.OpenUnsecured(link.Address(2), 1, link.Now);
                Exchange exchange = device.Device.Exchanges.Open(carrier, device.Protocol);
                Assert.AreEqual(0, device.Protocol.Connect(exchange, device.Fabrics.GetRow(0), 2, link.Now));
                measured.Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                link.Run(20000);
                Assert.AreEqual(i + 1, device.CaseCount);
            }

            Assert.AreEqual(0L, measured.Allocated);
        }

        /// <summary>Carries the handshake to its end without the link, which allocates.</summary>
        private static long Finish(HandshakeWorld world, Initiator initiator, long now)
        {
            byte[] buffer = new byte[Limits.ReceivedDatagram];
            TestNode controller = world.Controller(0);
            byte[] deviceAddress = world.Link.Address(1);
            byte[] controllerAddress = world.Link.Address(2);
            long allocated = 0;
            while (initiator.Result == Initiator.Running || world.Protocol.HandshakeCount > 0)
            {
                now++;
                controller.Poll(now);
                for (OutboxSlot slot = controller.Next(); slot != null; slot = controller.Next())
                {
                    Array.Copy(slot.Buffer, slot.DatagramOffset, buffer, 0, slot.DatagramLength);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    world.Receive(buffer, slot.DatagramLength, controllerAddress, 1, now);
                    allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                }

                long start = GC.GetAllocatedBytesForCurrentThread();
                world.Poll(now);
                allocated += GC.GetAllocatedBytesForCurrentThread() - start;
                for (OutboxSlot slot = world.Next(); slot != null; slot = world.Next())
                {
                    Array.Copy(slot.Buffer, slot.DatagramOffset, buffer, 0, slot.DatagramLength);
                    controller.Receive(buffer, slot.DatagramLength, deviceAddress, 1, now);
                }
            }

            return allocated;
        }

        /// <summary>Counts what a device allocates in its calls, but for writing its store.</summary>
        private sealed class Measured : ILinkEnd
        {
            private readonly HandshakeWorld _world;

            public Measured(HandshakeWorld world)
            {
                _world = world;
            }

            public long Allocated { get; set; }

            public OutboxSlot Next()
            {
                return _world.Next();
            }

            public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                _world.Receive(buffer, length, peer, peerLength, now);
                Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public long Poll(long now)
            {
                // The store is a test's, and allocates.
                long before = GC.GetAllocatedBytesForCurrentThread();
                long next = _world.Device.Poll(now);
                Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                return Math.Min(next, _world.Poll(now));
            }
        }
    }
}
