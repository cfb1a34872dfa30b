using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Messages;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Multicast addresses of groups on the node's sockets.</summary>
    [TestClass]
    public class UdpGroupTests
    {
        [TestMethod]
        public void Groups_AreJoinedAndLeft()
        {
            List<HostInterface> interfaces = Interfaces();
            if (interfaces == null)
                return;
            byte[] address = new byte[GroupAddress.Length];
            GroupAddress.Write(address, (ulong)Environment.ProcessId, 0x0101);
            IPAddress group = new IPAddress(address);
            using UdpSockets sockets = NewSockets();
            using EventLoop loop = new EventLoop();
            sockets.AddTo(loop.Sockets);
            Assert.IsFalse(Arrives(group, interfaces[0], sockets, loop), "before");
            sockets.SetGroups(new HashSet<IPAddress> { group }, interfaces);
            if (!Arrives(group, interfaces[0], sockets, loop))
            {
                Assert.SkipTest("no multicast here");
                return;
            }
            sockets.SetGroups(new HashSet<IPAddress> { group }, interfaces);
            Assert.IsTrue(Arrives(group, interfaces[0], sockets, loop), "still");
            sockets.SetGroups(new HashSet<IPAddress>(), interfaces);
            Assert.IsFalse(Arrives(group, interfaces[0], sockets, loop), "left");
            sockets.SetGroups(new HashSet<IPAddress> { group }, interfaces);
            Assert.IsTrue(Arrives(group, interfaces[0], sockets, loop), "again");
        }

        [TestMethod]
        public void WhatCannotBeJoined_IsTriedAgainInSilence()
        {
            List<HostInterface> interfaces = Interfaces();
            if (interfaces == null)
                return;
            using StringWriter lines = new StringWriter();
            using UdpSockets sockets = new UdpSockets(0, new Log(LogLevel.Debug, lines));
            HashSet<IPAddress> groups = new HashSet<IPAddress> { IPAddress.IPv6Loopback };
            sockets.SetGroups(groups, interfaces);
            int length = lines.ToString().Length;
            Assert.IsTrue(length > 0);
            sockets.SetGroups(groups, interfaces);
            Assert.IsTrue(lines.ToString().Length > length, "tried again");
            length = lines.ToString().Length;
            sockets.SetGroups(new HashSet<IPAddress>(), interfaces);
            Assert.AreEqual(length, lines.ToString().Length, "nothing to leave");
        }

        private static List<HostInterface> Interfaces()
        {
            List<HostInterface> interfaces = Socket.OSSupportsIPv6 ? HostInterface.ReadAll(null).FindAll(host => host.IPv6Count > 0) : new List<HostInterface>();
            if (interfaces.Count > 0)
                return interfaces;
            Assert.SkipTest("no interface with IPv6 here");
            return null;
        }

        private static UdpSockets NewSockets()
        {
            return new UdpSockets(0, new Log(LogLevel.Warn, TextWriter.Null));
        }

        private static bool Arrives(IPAddress group, HostInterface host, UdpSockets sockets, EventLoop loop)
        {
            using Socket peer = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            peer.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, host.Index);
            try
            {
                peer.SendTo(new byte[] { 1, 2, 3 }, new IPEndPoint(group, sockets.Port));
            }
            catch (SocketException)
            {
                return false;
            }
            List<Socket> ready = loop.Wait(300);
            return ready.Count > 0 && sockets.Receive(ready[0], new byte[100]) == 3;
        }
    }
}
