using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Discovery;
using Matter.Nano.Sessions;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// The responder's sockets: port 5353, shared with other responders of this machine, in the groups ff02::fb and
    /// 224.0.0.251 on each interface served.
    /// </summary>
    internal sealed class MdnsSockets : IDisposable
    {
        /// <summary>Interfaces that are served at most.</summary>
        public const int MaxInterfaces = 16;

        /// <summary>An interface that has just come up cannot send yet, its addresses are being checked: it is announced on again, so often at most.</summary>
        private const int MaxRetries = 3;

        private const int MaxDatagramLength = 9000; // RFC 6762 section 17
        private const int HopLimit = 255;

        private static readonly IPAddress GroupIPv4 = IPAddress.Parse("224.0.0.251");
        private static readonly IPAddress GroupIPv6 = IPAddress.Parse("ff02::fb");

        private readonly Log _log;
        private readonly Socket _ipv4;
        private readonly Socket _ipv6;
        private readonly byte[] _buffer = new byte[MaxDatagramLength];
        private readonly byte[] _peer = new byte[Session.MaxAddressLength];
        private readonly UdpAddress _destination = new UdpAddress();
        private List<MdnsMembership> _memberships = new List<MdnsMembership>();

        /// <summary>Opens the sockets.</summary>
        /// <param name="log">Gets what goes wrong.</param>
        /// <exception cref="SocketException">Port 5353 cannot be shared.</exception>
        public MdnsSockets(Log log)
        {
            _log = log;
            try
            {
                _ipv4 = Open(AddressFamily.InterNetwork, SocketOptionLevel.IP, IPAddress.Any);
                if (Socket.OSSupportsIPv6)
                    _ipv6 = Open(AddressFamily.InterNetworkV6, SocketOptionLevel.IPv6, IPAddress.IPv6Any);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        /// <summary>True if an interface is to be looked at again soon, as it could not send.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>Adds the sockets to those waited for.</summary>
        public void AddTo(List<Socket> sockets)
        {
            if (_ipv6 != null)
                sockets.Add(_ipv6);
            sockets.Add(_ipv4);
        }

        /// <summary>Joins the groups on interfaces that are new and tells a responder of all: at start and whenever interfaces were read.</summary>
        public void Update(List<HostInterface> interfaces, MdnsResponder responder, long now)
        {
            HasFailed = false;
            List<MdnsMembership> gone = _memberships;
            _memberships = new List<MdnsMembership>();
            foreach (HostInterface host in interfaces)
            {
                MdnsMembership before = gone.Find(other => other.Host.Index == host.Index);
                gone.Remove(before);
                MdnsMembership membership = Join(host, before);
                if (before != null)
                    membership.Retries = before.Retries;
                if (before != null && before.HasFailed && before.Retries < MaxRetries)
                {
                    membership.Retries++;
                    responder.RemoveInterface(host.Index); // so that it is announced on anew
                }
                int result = responder.SetInterface(
                    host.Index, membership.HasIPv4, membership.HasIPv6, host.IPv4Addresses, host.IPv4Count, host.IPv6Addresses, host.IPv6Count, now);
                if (result == 0)
                    _memberships.Add(membership);
                else if (before == null)
                    _log.Warn("mdns: more than " + MaxInterfaces + " interfaces; " + host.Name + " is left out");
            }
            foreach (MdnsMembership membership in gone)
            {
                _log.Debug("mdns: " + membership.Host.Name + " is gone");
                responder.RemoveInterface(membership.Host.Index);
            }
        }

        /// <summary>Reads one datagram that a wait has told of and hands it to the responder. Returns false if the socket isn't ours.</summary>
        public bool Receive(Socket socket, MdnsResponder responder, long now)
        {
            if (socket != _ipv4 && socket != _ipv6)
                return false;
            EndPoint source = new IPEndPoint(socket == _ipv4 ? IPAddress.Any : IPAddress.IPv6Any, 0);
            SocketFlags flags = SocketFlags.None;
            try
            {
                int length = socket.ReceiveMessageFrom(_buffer, 0, _buffer.Length, ref flags, ref source, out IPPacketInformation packet);
                // Only the group's datagrams: routers keep those on the link, while a unicast one may come from anywhere. One from the
                // link may be the answer to a question.
                if (!packet.Address.Equals(GroupIPv4) && !packet.Address.Equals(GroupIPv6))
                {
                    IPEndPoint sender = (IPEndPoint)source;
                    MdnsMembership membership = _memberships.Find(other => other.Host.Index == packet.Interface);
                    if (membership != null && membership.Host.IsOnLink(sender.Address))
                        responder.ReceiveUnicast(_buffer, length, packet.Interface, socket == _ipv6, sender.Port, now);
                    return true;
                }
                int peerLength = UdpAddress.Copy(source.Serialize(), _peer);
                MdnsDatagram answer = responder.Receive(_buffer, length, packet.Interface, socket == _ipv6, _peer, peerLength, ((IPEndPoint)source).Port, now);
                if (answer != null)
                    Send(answer);
            }
            catch (SocketException e)
            {
                if (e.SocketErrorCode != SocketError.WouldBlock)
                    _log.Debug("mdns: receive: " + e.Message);
            }
            return true;
        }

        /// <summary>Sends what a responder has ready.</summary>
        public void Drain(MdnsResponder responder, long now)
        {
            MdnsDatagram datagram = responder.Next(now);
            while (datagram != null)
            {
                Send(datagram);
                datagram = responder.Next(now);
            }
        }

        public void Dispose()
        {
            if (_ipv4 != null)
                _ipv4.Dispose();
            if (_ipv6 != null)
                _ipv6.Dispose();
        }

        private void Send(MdnsDatagram datagram)
        {
            MdnsMembership membership = _memberships.Find(other => other.Host.Index == datagram.InterfaceId);
            if (membership != null)
                Send(datagram, membership);
        }

        private MdnsMembership Join(HostInterface host, MdnsMembership before)
        {
            MdnsMembership membership = new MdnsMembership(host);
            if (host.IPv4Count > 0)
            {
                membership.HasIPv4 = (before != null && before.HasIPv4)
                    || TryJoin(_ipv4, SocketOptionLevel.IP, new MulticastOption(GroupIPv4, host.Index), host);
            }
            if (host.IPv6Count > 0 && _ipv6 != null)
            {
                membership.HasIPv6 = (before != null && before.HasIPv6)
                    || TryJoin(_ipv6, SocketOptionLevel.IPv6, new IPv6MulticastOption(GroupIPv6, host.Index), host);
            }
            return membership;
        }

        private bool TryJoin(Socket socket, SocketOptionLevel level, object option, HostInterface host)
        {
            try
            {
                socket.SetSocketOption(level, SocketOptionName.AddMembership, option);
                _log.Debug("mdns: on " + host.Name + " over " + level);
                return true;
            }
            catch (SocketException e)
            {
                // An interface that went and came back is joined still.
                if (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                    return true;
                _log.Debug("mdns: not on " + host.Name + " over " + level + ": " + e.Message);
                return false;
            }
        }

        private void Send(MdnsDatagram datagram, MdnsMembership membership)
        {
            HostInterface host = membership.Host;
            Socket socket = datagram.IsIPv6 ? _ipv6 : _ipv4;
            ReadOnlySpan<byte> data = datagram.Buffer.AsSpan(0, datagram.Length);
            try
            {
                if (datagram.PeerLength != 0)
                {
                    socket.SendTo(data, SocketFlags.None, _destination.ToSocketAddress(datagram.Peer, datagram.PeerLength));
                }
                else if (datagram.IsIPv6)
                {
                    socket.SendTo(data, SocketFlags.None, new IPEndPoint(new IPAddress(GroupIPv6.GetAddressBytes(), host.Index), MdnsResponder.Port));
                }
                else
                {
                    // By address: chosen by index, the source address is 0.0.0.0 on loopback.
                    int address = BitConverter.ToInt32(host.IPv4.GetAddressBytes(), 0);
                    socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address);
                    socket.SendTo(data, SocketFlags.None, new IPEndPoint(GroupIPv4, MdnsResponder.Port));
                }
                if (_log.IsTracing)
                    _log.Trace("mdns: sent " + datagram.Length + " bytes on " + host.Name + (datagram.IsIPv6 ? " over IPv6" : " over IPv4"));
            }
            catch (SocketException e)
            {
                _log.Debug("mdns: send on " + host.Name + ": " + e.Message);
                membership.HasFailed |= datagram.PeerLength == 0;
                HasFailed |= membership.HasFailed && membership.Retries < MaxRetries;
            }
        }

        private static Socket Open(AddressFamily family, SocketOptionLevel level, IPAddress any)
        {
            Socket socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            if (family == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Blocking = false;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.SetSocketOption(level, SocketOptionName.PacketInformation, true);
            socket.SetSocketOption(level, SocketOptionName.MulticastTimeToLive, HopLimit);
            socket.SetSocketOption(level, SocketOptionName.IpTimeToLive, HopLimit);
            socket.Bind(new IPEndPoint(any, MdnsResponder.Port));
            return socket;
        }
    }
}
