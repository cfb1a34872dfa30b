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
        public void MessagesToGroups_GoOutOnEachInterface()
        {
            List<HostInterface> interfaces = Interfaces();
            if (interfaces == null)
                return;
            byte[] group = new byte[GroupAddress.Length];
            GroupAddress.Write(group, (ulong)Environment.ProcessId, 0x0102);
            using Socket member = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            member.ReceiveTimeout = 1000;
            try
            {
                member.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                member.Bind(new IPEndPoint(IPAddress.IPv6Any, GroupAddress.Port));
                foreach (HostInterface host in interfaces)
                    member.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(new IPAddress(group), host.Index));
                member.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, true);
            }
            catch (SocketException)
            {
                Assert.SkipTest("no multicast here, or the port is taken");
                return;
            }

            using UdpSockets sockets = NewSockets();
            List<Socket> all = new List<Socket>();
            sockets.AddTo(all);
            Assert.IsTrue((int)all[0].GetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive) > 1, "hops");
            byte[] buffer = { 9, 1, 2, 3, 9 };
            sockets.SendToGroup(buffer, 1, 3, group, group.Length, interfaces);
            List<int> arrivals = new List<int>();
            byte[] received = new byte[100];
            try
            {
                for (int i = 0; i < interfaces.Count; i++)
                {
                    SocketFlags flags = SocketFlags.None;
                    EndPoint source = new IPEndPoint(IPAddress.IPv6Any, 0);
                    Assert.AreEqual(3, member.ReceiveMessageFrom(received, 0, received.Length, ref flags, ref source, out IPPacketInformation information));
                    Assert.AreEqual(sockets.Port, ((IPEndPoint)source).Port);
                    Assert.AreEqual(new IPAddress(group), information.Address);
                    Assert.IsTrue(received[0] == 1 && received[2] == 3);
                    arrivals.Add(information.Interface);
                }
            }
            catch (SocketException) when (!CanLoop(interfaces))
            {
                Assert.SkipTest("no multicast here");
                return;
            }

            foreach (HostInterface host in interfaces)
                Assert.IsTrue(arrivals.Contains(host.Index), host.Name);
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

        // Whether this machine lets a socket of its own hear what is multicast from it.
        private static bool CanLoop(List<HostInterface> interfaces)
        {
            byte[] address = new byte[GroupAddress.Length];
            GroupAddress.Write(address, (ulong)Environment.ProcessId, 0x0103);
            IPAddress group = new IPAddress(address);
            using UdpSockets sockets = NewSockets();
            using EventLoop loop = new EventLoop();
            sockets.AddTo(loop.Sockets);
            sockets.SetGroups(new HashSet<IPAddress> { group }, interfaces);
            foreach (HostInterface host in interfaces)
            {
                if (!Arrives(group, host, sockets, loop))
                    return false;
            }
            return true;
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
