namespace Matter.Nano.Exchanges
{
    /// <summary>
    /// One outgoing datagram. The payload is written straight into it, headers are put before and the tag behind it;
    /// it is also the retransmission copy, so resends are byte-identical.
    /// </summary>
    public sealed class OutboxSlot
    {
        /// <summary>The slot's bytes.</summary>
        public byte[] Buffer { get; internal set; }

        /// <summary>Where the payload starts: before it lies room for the headers.</summary>
        public int PayloadOffset { get; internal set; }

        /// <summary>Room for the payload in bytes, headers and tag already taken off.</summary>
        public int PayloadCapacity { get; internal set; }

        /// <summary>First byte of the finished datagram, for the driver.</summary>
        public int DatagramOffset { get; internal set; }

        /// <summary>Length of the finished datagram, for the driver.</summary>
        public int DatagramLength { get; internal set; }

        /// <summary>The receiver's address, for the driver.</summary>
        public byte[] PeerAddress { get; internal set; }

        /// <summary>Length of <see cref="PeerAddress"/> in bytes.</summary>
        public int PeerAddressLength { get; internal set; }
    }
}
