using System;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Device.Network;
using Matter.Nano.Sessions;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>One UDP socket of one family. What cannot be sent or received is lost, as any datagram may be.</summary>
    /// <remarks>The platform makes two objects for each datagram that is received, and two are made for one sent.</remarks>
    internal sealed class UdpSocket
    {
        private const int HopLimit = 255;
        private const int ReceiveTimeoutMs = 50;
        private const SocketOptionName IPv6Only = (SocketOptionName)27; // lwIP's number of IPV6_V6ONLY

        private readonly Socket _socket;
        private readonly byte[] _request;
        private EndPoint _source;

        private UdpSocket(bool isIPv6, int port)
        {
            IsIPv6 = isIPv6;
            _request = new byte[isIPv6 ? MulticastRequest.IPv6Length : MulticastRequest.IPv4Length];
            _source = new IPEndPoint(isIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port);
            _socket = new Socket(isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        }

        /// <summary>The address family.</summary>
        public bool IsIPv6 { get; }

        /// <summary>The sender of the last datagram.</summary>
        public byte[] Peer { get; } = new byte[Session.MaxAddressLength];

        /// <summary>Its length in bytes.</summary>
        public int PeerLength { get; private set; }

        /// <summary>Opens a socket; null where the firmware has not got that family or no socket is left.</summary>
        public static UdpSocket Open(bool isIPv6, int port)
        {
            UdpSocket socket = null;
            try
            {
                socket = new UdpSocket(isIPv6, port);
                if (isIPv6)
                {
                    // Otherwise it would take the port of IPv4 too.
                    socket.TrySet(SocketOptionLevel.IPv6, IPv6Only, 1);
                }

                socket.TrySet(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, HopLimit);
                socket._socket.Bind(socket._source);
                socket._socket.ReceiveTimeout = ReceiveTimeoutMs;
                return socket;
            }
            catch (Exception e)
            {
                Log.Write((isIPv6 ? "no IPv6 on port " : "no IPv4 on port ") + port.ToString() + ": " + e.Message);
                if (socket != null)
                {
                    socket.Close();
                }

                return null;
            }
        }

        /// <summary>Waits until there is something to read.</summary>
        /// <param name="waitMs">At most so long, in ms; 0 only looks.</param>
        /// <returns>True if there is. A network that is down has nothing.</returns>
        public bool Wait(int waitMs)
        {
            try
            {
                return _socket.Poll(waitMs * 1000, SelectMode.SelectRead);
            }
            catch (SocketException)
            {
                return false;
            }
        }

        /// <summary>Reads the datagram that is there and notes its sender.</summary>
        /// <returns>Its length, or -1.</returns>
        public int Receive(byte[] buffer)
        {
            try
            {
                int length = _socket.ReceiveFrom(buffer, 0, buffer.Length, SocketFlags.None, ref _source);
                IPEndPoint source = (IPEndPoint)_source;
                byte[] address = source.Address.GetAddressBytes();
                PeerLength = PeerAddress.Write(Peer, address, address.Length, source.Port, IsIPv6 ? source.Address.ScopeId : 0);
                return length;
            }
            catch (SocketException)
            {
                return -1;
            }
        }

        /// <summary>Sends a datagram to a peer.</summary>
        public void Send(byte[] buffer, int offset, int length, byte[] peer, int peerLength)
        {
            byte[] address = new byte[IsIPv6 ? LinkLocalAddress.Length : 4];
            Array.Copy(peer, 0, address, 0, address.Length);
            Send(buffer, offset, length, address, IsIPv6 ? PeerAddress.Scope(peer) : 0, PeerAddress.Port(peer, peerLength));
        }

        /// <summary>Sends a datagram to an address; the scope counts for IPv6 only.</summary>
        public void Send(byte[] buffer, int offset, int length, byte[] address, int scope, int port)
        {
            try
            {
                IPAddress destination = IsIPv6 ? new IPAddress(address, scope) : new IPAddress(address);
                _socket.SendTo(buffer, offset, length, SocketFlags.None, new IPEndPoint(destination, port));
            }
            catch (SocketException)
            {
            }
        }

        /// <summary>Joins or leaves a multicast group.</summary>
        /// <param name="group">Its address.</param>
        /// <param name="interfaceIndex">Where; IPv4 takes every interface.</param>
        /// <param name="join">False to leave it.</param>
        /// <returns>False if that isn't possible.</returns>
        public bool SetMembership(byte[] group, int interfaceIndex, bool join)
        {
            if (IsIPv6)
            {
                MulticastRequest.WriteIPv6(_request, group, interfaceIndex);
            }
            else
            {
                MulticastRequest.WriteIPv4(_request, group);
            }

            try
            {
                _socket.SetSocketOption(
                    IsIPv6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP,
                    join ? SocketOptionName.AddMembership : SocketOptionName.DropMembership,
                    _request);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        /// <summary>Closes the socket.</summary>
        public void Close()
        {
            _socket.Close();
        }

        private void TrySet(SocketOptionLevel level, SocketOptionName name, int value)
        {
            try
            {
                _socket.SetSocketOption(level, name, value);
            }
            catch (SocketException)
            {
                // It works without, if less well.
            }
        }
    }
}
