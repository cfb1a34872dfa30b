using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Device.Desktop;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The node's sockets and the loop that waits for them.</summary>
    [TestClass]
    public class UdpSocketsTests
    {
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Datagrams_ComeAndGoBackWithoutAllocation(bool isIPv6)
        {
            if (isIPv6 && !Socket.OSSupportsIPv6)
            {
                Assert.SkipTest("no IPv6 here");
                return;
            }
            using UdpSockets sockets = new UdpSockets(0, new Log(LogLevel.Warn, TextWriter.Null));
            using EventLoop loop = new EventLoop();
            sockets.AddTo(loop.Sockets);
            using Socket peer = new Socket(isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            peer.Connect(isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, sockets.Port);
            peer.ReceiveTimeout = 10000;
            byte[] buffer = new byte[1280];
            byte[] sent = new byte[1232];
            for (int i = 0; i < sent.Length; i++)
                sent[i] = (byte)i;

            long allocated = 0;
            for (int i = 0; i < 200; i++)
            {
                peer.Send(sent, 0, i, SocketFlags.None);
                long before = GC.GetAllocatedBytesForCurrentThread();
                int length = -1;
                List<Socket> ready = loop.Wait(10000);
                for (int k = 0; k < ready.Count; k++)
                    length = sockets.Receive(ready[k], buffer);
                sockets.Send(buffer, 0, Math.Max(length, 0), sockets.Peer, sockets.PeerLength);
                if (i >= 100)
                    allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.AreEqual(i, length);
                Assert.AreEqual(i, peer.Receive(buffer));
                Assert.IsTrue(buffer.AsSpan(0, i).SequenceEqual(sent.AsSpan(0, i)));
            }
            Assert.AreEqual(0L, allocated);
        }

        /// <summary>What was found on the network is written as the address of what comes from there.</summary>
        [TestMethod]
        public void AddressOfAPeerFound_IsThatOfItsDatagrams()
        {
            UdpAddress addressing = new UdpAddress();
            byte[] peer = new byte[28];
            string[] addresses = { "192.0.2.7", "2001:db8::7", "fe80::7" };
            for (int i = 0; i < addresses.Length; i++)
            {
                byte[] address = IPAddress.Parse(addresses[i]).GetAddressBytes();
                int length = addressing.Write(peer, address, address.Length, 5541, 3);
                IPAddress expected = i == 2 ? new IPAddress(address, 3) : new IPAddress(address);
                byte[] written = new byte[28];
                Assert.AreEqual(UdpAddress.Copy(new IPEndPoint(expected, 5541).Serialize(), written), length);
                Assert.IsTrue(written.AsSpan(0, length).SequenceEqual(peer.AsSpan(0, length)), addresses[i]);
            }
        }

        [TestMethod]
        public void OnLink_IsWhatTheInterfacesPrefixesCover()
        {
            string name = OperatingSystem.IsLinux() ? "lo" : null;
            List<HostInterface> interfaces = HostInterface.ReadAll(name);
            if (name == null || interfaces.Count == 0 || interfaces[0].IPv4Count == 0)
            {
                Assert.SkipTest("no loopback interface of a known name");
                return;
            }
            HostInterface loopback = interfaces[0];
            Assert.IsTrue(loopback.IsOnLink(IPAddress.Loopback));
            Assert.IsTrue(loopback.IsOnLink(IPAddress.Parse("127.255.0.1")));
            Assert.IsTrue(loopback.IsOnLink(IPAddress.Parse("fe80::1")));
            Assert.IsFalse(loopback.IsOnLink(IPAddress.Parse("128.0.0.1")));
            Assert.IsFalse(loopback.IsOnLink(IPAddress.Parse("2001:db8::1")));
        }
    }
}
