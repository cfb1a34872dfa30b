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

        // Every field of every row is 12 bytes of heap, so these share one.
        private const int OffsetMask = 0x7FF;
        private const int LengthMask = 0x7FF;
        private const int LengthShift = 11;
        private const int ToGroupBit = 1 << 22;
        private const int AddressShift = 24;
        private const int AddressMask = 0x1F;
        private const int PhaseShift = 29;
        private const int PhaseMask = 0x3;
        private const int KeptBit = 1 << 31;

        private int _state;
        private long _counters;     // place in the queue above the message counter

        internal OutboxSlot(int datagramLength)
        {
            Buffer = new byte[Session.MaxAddressLength + datagramLength];
        }

        /// <summary>The slot's bytes: the receiver's address, then the datagram.</summary>
        public byte[] Buffer { get; }

        /// <summary>Where the payload starts: before it lies room for the headers.</summary>
        public int PayloadOffset { get { return Session.MaxAddressLength + Outbox.Headroom; } }

        /// <summary>Room for the payload in bytes, headers and tag already taken off.</summary>
        public int PayloadCapacity { get { return Buffer.Length - Session.MaxAddressLength - Outbox.Overhead; } }

        /// <summary>First byte of the finished datagram, for the driver.</summary>
        public int DatagramOffset
        {
            get { return _state & OffsetMask; }
            internal set { _state = (_state & ~OffsetMask) | value; }
        }

        /// <summary>Length of the finished datagram, for the driver.</summary>
        public int DatagramLength
        {
            get { return _state >> LengthShift & LengthMask; }
            internal set { _state = (_state & ~(LengthMask << LengthShift)) | (value << LengthShift); }
        }

        /// <summary>
        /// True for a message to a group: <see cref="PeerAddress"/> is then no address of the driver's but an IPv6 multicast
        /// address, 16 bytes, to be sent to at UDP port <see cref="Messages.GroupAddress.Port"/>.
        /// </summary>
        public bool IsToGroup
        {
            get { return (_state & ToGroupBit) != 0; }
            internal set { _state = value ? _state | ToGroupBit : _state & ~ToGroupBit; }
        }

        /// <summary>Holds the receiver's address in its first bytes, for the driver.</summary>
        public byte[] PeerAddress { get { return Buffer; } }

        /// <summary>Length of the address in bytes.</summary>
        public int PeerAddressLength
        {
            get { return _state >> AddressShift & AddressMask; }
            internal set { _state = (_state & ~(AddressMask << AddressShift)) | (value << AddressShift); }
        }

        internal int Phase
        {
            get { return _state >> PhaseShift & PhaseMask; }
            set { _state = (_state & ~(PhaseMask << PhaseShift)) | (value << PhaseShift); }
        }

        // Place in the queue; smaller goes first.
        internal int Order
        {
            get { return (int)(_counters >> 32); }
            set { _counters = (long)value << 32 | Counter; }
        }

        // True while an exchange holds on to the slot for retransmission.
        internal bool IsKept
        {
            get { return _state < 0; }
            set { _state = value ? _state | KeptBit : _state & ~KeptBit; }
        }

        internal uint Counter
        {
            get { return (uint)_counters; }
            set { _counters = (long)Order << 32 | value; }
        }
    }
}
