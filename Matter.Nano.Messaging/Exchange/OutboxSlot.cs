using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>
    /// One outgoing datagram. The payload is written straight into it, headers are put before and the tag behind it;
    /// it is also the retransmission copy, so resends are byte-identical.
    /// </summary>
    public sealed class OutboxSlot
    {
        // What a slot is at.
        internal const int Free = 0;
        internal const int Writing = 1;     // handed out, being filled
        internal const int Queued = 2;      // to be sent
        internal const int Waiting = 3;     // sent, for its ack

        internal OutboxSlot(int bufferLength)
        {
            Buffer = new byte[bufferLength];
        }

        /// <summary>The slot's bytes.</summary>
        public byte[] Buffer { get; }

        /// <summary>Where the payload starts: before it lies room for the headers.</summary>
        public int PayloadOffset { get { return Outbox.Headroom; } }

        /// <summary>Room for the payload in bytes, headers and tag already taken off.</summary>
        public int PayloadCapacity { get { return Buffer.Length - Outbox.Overhead; } }

        /// <summary>First byte of the finished datagram, for the driver.</summary>
        public int DatagramOffset { get; internal set; }

        /// <summary>Length of the finished datagram, for the driver.</summary>
        public int DatagramLength { get; internal set; }

        /// <summary>
        /// True for a message to a group: <see cref="PeerAddress"/> is then no address of the driver's but an IPv6 multicast
        /// address, 16 bytes, to be sent to at UDP port <see cref="Messages.GroupAddress.Port"/>.
        /// </summary>
        public bool IsToGroup { get; internal set; }

        /// <summary>The receiver's address, for the driver.</summary>
        public byte[] PeerAddress { get; } = new byte[Session.MaxAddressLength];

        /// <summary>Length of <see cref="PeerAddress"/> in bytes.</summary>
        public int PeerAddressLength { get; internal set; }

        internal int Phase { get; set; }

        // Place in the queue; smaller goes first.
        internal int Order { get; set; }

        // True while an exchange holds on to the slot for retransmission.
        internal bool IsKept { get; set; }

        internal uint Counter { get; set; }
    }
}
