namespace Matter.Nano.Discovery
{
    /// <summary>One datagram that the responder wants sent. A reused object: valid until the next call into the responder or its node.</summary>
    public sealed class MdnsDatagram
    {
        /// <summary>Largest datagram in bytes: fits the IPv6 minimum MTU.</summary>
        public const int MaxLength = Limits.Datagram;

        internal MdnsDatagram(byte[] buffer)
        {
            Buffer = buffer;
        }

        /// <summary>Holds the datagram, from byte 0 on.</summary>
        public byte[] Buffer { get; }

        /// <summary>Its length in bytes.</summary>
        public int Length { get; internal set; }

        /// <summary>The interface to send on, as the driver numbers it.</summary>
        public int InterfaceId { get; internal set; }

        /// <summary>True to send over IPv6, false over IPv4.</summary>
        public bool IsIPv6 { get; internal set; }

        /// <summary>The receiver's address as the driver gave it, <see cref="PeerLength"/> bytes.</summary>
        public byte[] Peer { get; } = new byte[Sessions.Session.MaxAddressLength];

        /// <summary>Length of <see cref="Peer"/>; 0: send to the group, ff02::fb or 224.0.0.251, port 5353.</summary>
        public int PeerLength { get; internal set; }
    }
}
