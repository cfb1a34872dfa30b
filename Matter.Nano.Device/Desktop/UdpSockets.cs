using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The node's sockets: one port on [::] and on 0.0.0.0. Nothing is allocated for a datagram, but one to a group.</summary>
    internal sealed class UdpSockets : IDisposable
    {
        private const int GroupHops = 64; // the system's own default of 1 doesn't leave the link, nor a Thread node's parent

        private const int ConnectionResetControl = unchecked((int)0x9800000C); // SIO_UDP_CONNRESET

        private readonly Log _log;
        private readonly Socket _ipv4;
        private readonly Socket _ipv6;
        private readonly SocketAddress _sourceIPv4 = new SocketAddress(AddressFamily.InterNetwork);
        private readonly SocketAddress _sourceIPv6 = new SocketAddress(AddressFamily.InterNetworkV6);
        private readonly UdpAddress _destination = new UdpAddress();
        private readonly HashSet<(IPAddress Group, int Interface)> _memberships = new HashSet<(IPAddress Group, int Interface)>();

        /// <summary>Opens the sockets.</summary>
        /// <param name="port">UDP port; 0 for any free one.</param>
        /// <param name="log">Gets what goes wrong, and each datagram.</param>
        /// <exception cref="SocketException">The port is taken or not allowed.</exception>
        public UdpSockets(int port, Log log)
        {
            _log = log;
            try
            {
                if (Socket.OSSupportsIPv6)
                {
                    _ipv6 = Open(AddressFamily.InterNetworkV6);
                    _ipv6.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, GroupHops);
                    _ipv6.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
                    port = ((IPEndPoint)_ipv6.LocalEndPoint).Port;
                }
                else
                {
                    log.Warn("this machine has no IPv6; only IPv4 is served");
                }
                _ipv4 = Open(AddressFamily.InterNetwork);
                _ipv4.Bind(new IPEndPoint(IPAddress.Any, port));
                Port = ((IPEndPoint)_ipv4.LocalEndPoint).Port;
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        /// <summary>The port that both sockets have.</summary>
        public int Port { get; }

        /// <summary>The sender of the last datagram.</summary>
        public byte[] Peer { get; } = new byte[Session.MaxAddressLength];

        /// <summary>Its length in bytes.</summary>
        public int PeerLength { get; private set; }

        /// <summary>Adds the sockets to those waited for.</summary>
        public void AddTo(List<Socket> sockets)
        {
            if (_ipv6 != null)
                sockets.Add(_ipv6);
            sockets.Add(_ipv4);
        }

        /// <summary>Reads one datagram that a wait has told of. Returns its length, or -1 if the socket isn't ours or had none.</summary>
        public int Receive(Socket socket, byte[] buffer)
        {
            if (socket != _ipv4 && socket != _ipv6)
                return -1;
            SocketAddress source = socket == _ipv4 ? _sourceIPv4 : _sourceIPv6;
            try
            {
                int length = socket.ReceiveFrom(buffer, SocketFlags.None, source);
                PeerLength = UdpAddress.Copy(source, Peer);
                if (_log.IsTracing)
                    _log.Trace("received " + length + " bytes from " + _destination.ToText(Peer, PeerLength));
                return length;
            }
            catch (SocketException e)
            {
                // WouldBlock: the kernel dropped it for a bad checksum. MessageSize: too long for any Matter message.
                if (e.SocketErrorCode != SocketError.WouldBlock)
                    _log.Debug("receive: " + e.Message);
                return -1;
            }
        }

        /// <summary>Sends a datagram; one that cannot be sent is lost as any may be.</summary>
        public void Send(byte[] buffer, int offset, int length, byte[] peer, int peerLength)
        {
            SocketAddress destination = _destination.ToSocketAddress(peer, peerLength);
            Socket socket = destination.Family == AddressFamily.InterNetwork ? _ipv4 : _ipv6;
            try
            {
                socket.SendTo(buffer.AsSpan(offset, length), SocketFlags.None, destination);
                if (_log.IsTracing)
                    _log.Trace("sent " + length + " bytes to " + _destination.ToText(peer, peerLength));
            }
            catch (SocketException e)
            {
                _log.Debug("send: " + e.Message);
            }
        }

        /// <summary>Sends a datagram to a group on each interface that has IPv6; other nodes on this machine get it too.</summary>
        public void SendToGroup(byte[] buffer, int offset, int length, byte[] group, int groupLength, List<HostInterface> interfaces)
        {
            IPEndPoint destination = new IPEndPoint(new IPAddress(group.AsSpan(0, groupLength)), GroupAddress.Port);
            foreach (HostInterface host in interfaces)
            {
                if (_ipv6 == null || host.IPv6Count == 0)
                    continue;
                try
                {
                    _ipv6.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, host.Index);
                    _ipv6.SendTo(buffer.AsSpan(offset, length), SocketFlags.None, destination);
                    if (_log.IsTracing)
                        _log.Trace("sent " + length + " bytes to " + destination + " on interface " + host.Index);
                }
                catch (SocketException e)
                {
                    _log.Debug("groups: send on interface " + host.Index + ": " + e.Message);
                }
            }
        }

        /// <summary>Joins multicast groups on interfaces and leaves all others; where that fails nothing is received.</summary>
        public void SetGroups(HashSet<IPAddress> groups, List<HostInterface> interfaces)
        {
            if (_ipv6 == null)
                return;
            HashSet<(IPAddress Group, int Interface)> wanted = new HashSet<(IPAddress Group, int Interface)>();
            foreach (HostInterface host in interfaces)
            {
                if (host.IPv6Count == 0)
                    continue;
                foreach (IPAddress group in groups)
                    wanted.Add((group, host.Index));
            }
            foreach ((IPAddress Group, int Interface) gone in _memberships)
            {
                if (!wanted.Contains(gone))
                    TrySetMembership(SocketOptionName.DropMembership, gone.Group, gone.Interface);
            }
            wanted.RemoveWhere(membership => !_memberships.Contains(membership)
                && !TrySetMembership(SocketOptionName.AddMembership, membership.Group, membership.Interface));
            _memberships.Clear();
            _memberships.UnionWith(wanted);
        }

        public void Dispose()
        {
            if (_ipv6 != null)
                _ipv6.Dispose();
            if (_ipv4 != null)
                _ipv4.Dispose();
        }

        private bool TrySetMembership(SocketOptionName option, IPAddress group, int index)
        {
            try
            {
                _ipv6.SetSocketOption(SocketOptionLevel.IPv6, option, new IPv6MulticastOption(group, index));
                _log.Debug("groups: " + option + " of " + group + " on interface " + index);
                return true;
            }
            catch (SocketException e)
            {
                _log.Debug("groups: no " + option + " of " + group + " on interface " + index + ": " + e.Message);
                // An interface that went and came back is joined still.
                return e.SocketErrorCode == SocketError.AddressAlreadyInUse;
            }
        }

        private static Socket Open(AddressFamily family)
        {
            Socket socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            socket.Blocking = false;
            if (family == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            if (OperatingSystem.IsWindows())
                socket.IOControl(ConnectionResetControl, new byte[4], null); // else a peer gone makes receiving fail
            return socket;
        }
    }
}
