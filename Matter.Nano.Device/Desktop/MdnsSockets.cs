using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
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

        private const int MaxDatagramLength = 9000; // RFC 6762 section 17
        private const int HopLimit = 255;

        /// <summary>How often addresses are looked at: .NET's event tells of IPv4 only on Linux.</summary>
        private const int RefreshIntervalMs = 5000;

        // An interface that has just come up cannot send yet: its addresses are being checked for duplicates.
        private const int RetryIntervalMs = 1000;
        private const int MaxRetries = 3;

        private static readonly IPAddress GroupIPv4 = IPAddress.Parse("224.0.0.251");
        private static readonly IPAddress GroupIPv6 = IPAddress.Parse("ff02::fb");

        private readonly MdnsResponder _responder;
        private readonly string _onlyInterface;
        private readonly Log _log;
        private readonly Socket _ipv4;
        private readonly Socket _ipv6;
        private readonly List<MdnsNetwork> _networks = new List<MdnsNetwork>();
        private readonly byte[] _buffer = new byte[MaxDatagramLength];
        private readonly byte[] _peer = new byte[Session.MaxAddressLength];
        private readonly UdpAddress _destination = new UdpAddress();
        private long _refreshAt = long.MinValue;
        private bool _isAlone;

        /// <summary>Opens the sockets.</summary>
        /// <param name="responder">Gets what comes in.</param>
        /// <param name="onlyInterface">Name of the one interface to serve, or null for all but loopback.</param>
        /// <param name="log">Gets what goes wrong.</param>
        /// <exception cref="SocketException">Port 5353 cannot be shared.</exception>
        public MdnsSockets(MdnsResponder responder, string onlyInterface, Log log)
        {
            _responder = responder;
            _onlyInterface = onlyInterface;
            _log = log;
            try
            {
                _ipv4 = Open(AddressFamily.InterNetwork, IPAddress.Any);
                _ipv4.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, HopLimit);
                _ipv4.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, HopLimit);
                if (Socket.OSSupportsIPv6)
                {
                    _ipv6 = Open(AddressFamily.InterNetworkV6, IPAddress.IPv6Any);
                    _ipv6.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, HopLimit);
                    _ipv6.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.IpTimeToLive, HopLimit);
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        /// <summary>Whether the machine has an interface of that name.</summary>
        public static bool HasInterface(string name)
        {
            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (network.Name == name)
                    return true;
            }
            return false;
        }

        /// <summary>Adds the sockets to those waited for.</summary>
        public void AddTo(List<Socket> sockets)
        {
            if (_ipv6 != null)
                sockets.Add(_ipv6);
            sockets.Add(_ipv4);
        }

        /// <summary>Looks at the machine's interfaces and addresses anew, lets the responder work, and sends what it has ready.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest.</returns>
        public long Poll(long now)
        {
            if (now >= _refreshAt)
            {
                Refresh(now);
                _refreshAt = now + RefreshIntervalMs;
            }
            long deadline = _responder.Poll(now);
            Drain(now);
            return Math.Min(deadline, _refreshAt);
        }

        /// <summary>Takes everything back and sends the goodbyes.</summary>
        public void Stop(long now)
        {
            _responder.Stop();
            Drain(now);
        }

        /// <summary>Reads one datagram that a wait has told of and hands it to the responder. Returns false if the socket isn't ours.</summary>
        public bool Receive(Socket socket, long now)
        {
            if (socket != _ipv4 && socket != _ipv6)
                return false;
            EndPoint source = new IPEndPoint(socket == _ipv4 ? IPAddress.Any : IPAddress.IPv6Any, 0);
            SocketFlags flags = SocketFlags.None;
            try
            {
                int length = socket.ReceiveMessageFrom(_buffer, 0, _buffer.Length, ref flags, ref source, out IPPacketInformation packet);
                // Only the group's datagrams: routers keep those on the link, while a unicast one may come from anywhere.
                if (packet.Address.Equals(GroupIPv4) || packet.Address.Equals(GroupIPv6))
                {
                    int peerLength = UdpAddress.Copy(source.Serialize(), _peer);
                    _responder.Receive(_buffer, length, packet.Interface, socket == _ipv6, _peer, peerLength, ((IPEndPoint)source).Port, now);
                }
            }
            catch (SocketException e)
            {
                if (e.SocketErrorCode != SocketError.WouldBlock)
                    _log.Debug("mdns: receive: " + e.Message);
            }
            return true;
        }

        public void Dispose()
        {
            if (_ipv4 != null)
                _ipv4.Dispose();
            if (_ipv6 != null)
                _ipv6.Dispose();
        }

        private void Refresh(long now)
        {
            List<MdnsNetwork> gone = new List<MdnsNetwork>(_networks);
            _networks.Clear();
            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (!IsServed(network))
                    continue;
                MdnsNetwork state = new MdnsNetwork(network);
                MdnsNetwork before = gone.Find(other => other.Index == state.Index);
                gone.Remove(before);
                Join(state, before);
                if (before != null && before.HasFailed && before.Retries < MaxRetries)
                {
                    state.Retries = before.Retries + 1;
                    _responder.RemoveInterface(state.Index); // so that it is announced on anew
                }
                if (state.Register(_responder, now) == MatterError.TableFull)
                {
                    _log.Warn("mdns: more than " + MaxInterfaces + " interfaces; " + state.Name + " is left out");
                    continue;
                }
                _networks.Add(state);
            }
            foreach (MdnsNetwork network in gone)
            {
                _log.Debug("mdns: " + network.Name + " is gone");
                _responder.RemoveInterface(network.Index);
            }
            if (_networks.Count == 0 && !_isAlone)
                _log.Warn("mdns: no network interface to be found on");
            _isAlone = _networks.Count == 0;
        }

        private void Drain(long now)
        {
            MdnsDatagram datagram = _responder.Next(now);
            while (datagram != null)
            {
                Send(datagram, now);
                datagram = _responder.Next(now);
            }
        }

        private bool IsServed(NetworkInterface network)
        {
            if (network.OperationalStatus != OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                return false;
            if (_onlyInterface != null)
                return network.Name == _onlyInterface;
            return network.SupportsMulticast && network.NetworkInterfaceType != NetworkInterfaceType.Loopback;
        }

        /// <summary>Joins the groups on an interface, unless it was there before.</summary>
        private void Join(MdnsNetwork network, MdnsNetwork before)
        {
            bool hadIPv4 = before != null && before.HasIPv4;
            bool hadIPv6 = before != null && before.HasIPv6;
            if (network.IPv4Count > 0)
                network.HasIPv4 = hadIPv4 || TryJoin(_ipv4, network, SocketOptionLevel.IP, new MulticastOption(GroupIPv4, network.Index));
            if (network.IPv6Count > 0 && _ipv6 != null)
                network.HasIPv6 = hadIPv6 || TryJoin(_ipv6, network, SocketOptionLevel.IPv6, new IPv6MulticastOption(GroupIPv6, network.Index));
        }

        private bool TryJoin(Socket socket, MdnsNetwork network, SocketOptionLevel level, object option)
        {
            try
            {
                socket.SetSocketOption(level, SocketOptionName.AddMembership, option);
                _log.Debug("mdns: on " + network.Name + " over " + level);
                return true;
            }
            catch (SocketException e)
            {
                // An interface that went and came back is still joined.
                if (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                    return true;
                _log.Debug("mdns: not on " + network.Name + " over " + level + ": " + e.Message);
                return false;
            }
        }

        private void Send(MdnsDatagram datagram, long now)
        {
            MdnsNetwork network = _networks.Find(other => other.Index == datagram.InterfaceId);
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
                    socket.SendTo(data, SocketFlags.None, new IPEndPoint(new IPAddress(GroupIPv6.GetAddressBytes(), network.Index), MdnsResponder.Port));
                }
                else
                {
                    // By address: chosen by index, the source address is 0.0.0.0 on loopback.
                    int address = BitConverter.ToInt32(network.IPv4.GetAddressBytes(), 0);
                    socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address);
                    socket.SendTo(data, SocketFlags.None, new IPEndPoint(GroupIPv4, MdnsResponder.Port));
                }
                if (_log.IsTracing)
                    _log.Trace("mdns: sent " + datagram.Length + " bytes on " + network.Name + (datagram.IsIPv6 ? " over IPv6" : " over IPv4"));
            }
            catch (SocketException e)
            {
                _log.Debug("mdns: send on " + network.Name + ": " + e.Message);
                if (datagram.PeerLength == 0 && network.Retries < MaxRetries)
                {
                    network.HasFailed = true;
                    _refreshAt = Math.Min(_refreshAt, now + RetryIntervalMs);
                }
            }
        }

        private static Socket Open(AddressFamily family, IPAddress address)
        {
            Socket socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            if (family == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Blocking = false;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.SetSocketOption(family == AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, true);
            socket.Bind(new IPEndPoint(address, MdnsResponder.Port));
            return socket;
        }
    }
}
