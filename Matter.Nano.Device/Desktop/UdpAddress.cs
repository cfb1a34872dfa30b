using System;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Peers as the core keeps them: the bytes of the system's own socket address. Two reused objects turn them back.</summary>
    internal sealed class UdpAddress : IPeerAddressing
    {
        private readonly SocketAddress _ipv4 = new SocketAddress(AddressFamily.InterNetwork);
        private readonly SocketAddress _ipv6 = new SocketAddress(AddressFamily.InterNetworkV6);

        /// <summary>Copies an address out. Returns its length in bytes.</summary>
        public static int Copy(SocketAddress address, byte[] peer)
        {
            address.Buffer.Span.Slice(0, address.Size).CopyTo(peer);
            return address.Size;
        }

        /// <summary>The address made of bytes, valid until the next call.</summary>
        public SocketAddress ToSocketAddress(byte[] peer, int length)
        {
            SocketAddress address = length == _ipv4.Size ? _ipv4 : _ipv6;
            peer.AsSpan(0, length).CopyTo(address.Buffer.Span);
            return address;
        }

        /// <inheritdoc/>
        public int Write(byte[] peer, byte[] address, int addressLength, int port, int interfaceId)
        {
            IPAddress ip = new IPAddress(address.AsSpan(0, addressLength));
            if (ip.IsIPv6LinkLocal)
                ip.ScopeId = interfaceId;
            return Copy(new IPEndPoint(ip, port).Serialize(), peer);
        }

        /// <summary>Address and port for people.</summary>
        public string ToText(byte[] peer, int length)
        {
            SocketAddress address = ToSocketAddress(peer, length);
            IPAddress any = address == _ipv4 ? IPAddress.Any : IPAddress.IPv6Any;
            return new IPEndPoint(any, 0).Create(address).ToString();
        }
    }
}
