using System;
using Matter.Nano.Messages;

namespace Matter.Nano.Sessions
{
    /// <summary>
    /// One row of the session table: the session context of Matter Core 4.13.2. Rows are reused, so whoever keeps one
    /// over time keeps its <see cref="Generation"/> too and compares.
    /// </summary>
    public sealed class Session
    {
        /// <summary>Bytes of key material: I2R key, R2I key, attestation challenge, 16 each.</summary>
        public const int KeysLength = 48;

        /// <summary>Where the attestation challenge starts in <see cref="Keys"/>.</summary>
        public const int AttestationChallengeOffset = 32;

        /// <summary>Largest address of a peer in bytes; the driver's own format, opaque here.</summary>
        public const int MaxAddressLength = 28;

        // Phases of a row.
        internal const int Free = 0;
        internal const int Reserved = 1;
        internal const int Active = 2;
        internal const int Closing = 3;

        // A group's node id is this and the group id.
        private const ulong GroupNodeIdPrefix = 0xFFFFFFFFFFFF0000;

        private const int InitiatorKeyOffset = 0;
        private const int ResponderKeyOffset = 16;

        // Every field of every row is 12 bytes of heap, so small values share one: these are parts of _state, ...
        private const int TypeMask = 0x7;
        private const int InitiatorBit = 1 << 3;
        private const int UnresponsiveBit = 1 << 4;
        private const int ClosesWhenDoneBit = 1 << 5;
        private const int PhaseShift = 6;
        private const int PhaseMask = 0x3;
        private const int FabricShift = 8;
        private const int FabricMask = 0xFF;
        private const int CountShift = 16;
        private const int OpenCountShift = 21;
        private const int AddressShift = 26;
        private const int FiveBits = 0x1F;
        private const int HeardBit = 1 << 31;

        // ... these of _intervals: an interval is at most an hour.
        private const int ActiveShift = 22;
        private const int ThresholdShift = 44;
        private const int IntervalMask = 0x3FFFFF;

        private int _state;
        private ulong _numbers;     // NextCounter above the peer's session id above the local one
        private long _intervals;
        private ulong _window;      // of the peer's message counters; without meaning before HeardBit

        internal Session(bool secure)
        {
            if (!secure) return;
            Keys = new byte[KeysLength];
            CaseAuthenticatedTags = new uint[3];
        }

        /// <summary>One of <see cref="SessionType"/>; None while reserved for a handshake.</summary>
        public int Type
        {
            get { return _state & TypeMask; }
            internal set { _state = (_state & ~TypeMask) | value; }
        }

        /// <summary>True if made by PASE or CASE, or a group's.</summary>
        public bool IsSecure { get { return (_state & TypeMask) >= SessionType.Pase; } }

        /// <summary>True once established; false while reserved for a handshake and from the moment it is being closed.</summary>
        public bool IsActive { get { return (_state >> PhaseShift & PhaseMask) == Active; } }

        /// <summary>True if this side began the handshake.</summary>
        public bool IsInitiator
        {
            get { return (_state & InitiatorBit) != 0; }
            internal set { _state = value ? _state | InitiatorBit : _state & ~InitiatorBit; }
        }

        /// <summary>Counts the uses of this row; a kept number that differs marks a stale handle.</summary>
        public int Generation { get; internal set; }

        /// <summary>The session id in messages to this node; 0 if unsecured.</summary>
        public int LocalSessionId
        {
            get { return (int)_numbers & 0xFFFF; }
            internal set { _numbers = (_numbers & ~0xFFFFUL) | (uint)value; }
        }

        /// <summary>The session id in messages to the peer; 0 if unsecured.</summary>
        public int PeerSessionId
        {
            get { return (int)(_numbers >> 16) & 0xFFFF; }
            internal set { _numbers = (_numbers & ~0xFFFF0000UL) | ((uint)value << 16); }
        }

        /// <summary>The fabric's index; 0 if none. A PASE session takes on the fabric that AddNOC makes over it.</summary>
        public int FabricIndex
        {
            get { return _state >> FabricShift & FabricMask; }
            set { _state = (_state & ~(FabricMask << FabricShift)) | (value << FabricShift); }
        }

        /// <summary>This node's operational id under CASE, its ephemeral id as unsecured initiator, the group's node id in a group session, 0 otherwise.</summary>
        public ulong LocalNodeId { get; internal set; }

        /// <summary>The peer's operational id under CASE and in a group session, its ephemeral id if it is the unsecured initiator, 0 otherwise.</summary>
        public ulong PeerNodeId { get; internal set; }

        /// <summary>The peer's CASE authenticated tags; 0 where unused. Null in a row for unsecured sessions.</summary>
        public uint[] CaseAuthenticatedTags { get; }

        /// <summary>I2R key, R2I key, attestation challenge. Owned by the session; null in a row for unsecured sessions.</summary>
        public byte[] Keys { get; }

        /// <summary>The peer's address, <see cref="PeerAddressLength"/> bytes. Follows the peer's last valid new message.</summary>
        public byte[] PeerAddress { get; } = new byte[MaxAddressLength];

        /// <summary>Length of <see cref="PeerAddress"/> in bytes.</summary>
        public int PeerAddressLength
        {
            get { return _state >> AddressShift & FiveBits; }
            internal set { _state = (_state & ~(FiveBits << AddressShift)) | (value << AddressShift); }
        }

        /// <summary>The peer's SESSION_IDLE_INTERVAL in ms, at most <see cref="SessionParameters.MaxIntervalMs"/>.</summary>
        public int IdleIntervalMs
        {
            get { return (int)_intervals & IntervalMask; }
            set { _intervals = (_intervals & ~(long)IntervalMask) | (long)value; }
        }

        /// <summary>The peer's SESSION_ACTIVE_INTERVAL in ms, at most <see cref="SessionParameters.MaxIntervalMs"/>.</summary>
        public int ActiveIntervalMs
        {
            get { return (int)(_intervals >> ActiveShift) & IntervalMask; }
            set { _intervals = (_intervals & ~((long)IntervalMask << ActiveShift)) | ((long)value << ActiveShift); }
        }

        /// <summary>The peer's SESSION_ACTIVE_THRESHOLD in ms, 16 bits.</summary>
        public int ActiveThresholdMs
        {
            get { return (int)(_intervals >> ThresholdShift); }
            set { _intervals = (_intervals & (((long)1 << ThresholdShift) - 1)) | ((long)value << ThresholdShift); }
        }

        /// <summary>When the peer was last heard; far in the past if never.</summary>
        public long LastReceivedMs { get; internal set; }

        /// <summary>True from a reliable message given up until the peer is heard again.</summary>
        public bool IsUnresponsive
        {
            get { return (_state & UnresponsiveBit) != 0; }
            internal set { _state = value ? _state | UnresponsiveBit : _state & ~UnresponsiveBit; }
        }

        /// <summary>Exchanges that hold on to the session, those of them included that only wait for an ack.</summary>
        public int ExchangeCount
        {
            get { return _state >> CountShift & FiveBits; }
            internal set { _state = (_state & ~(FiveBits << CountShift)) | (value << CountShift); }
        }

        /// <summary>The group that a group session's message was sent to; of no meaning in others.</summary>
        public int GroupId { get { return (int)(LocalNodeId & 0xFFFF); } }

        internal int Phase
        {
            get { return _state >> PhaseShift & PhaseMask; }
            set { _state = (_state & ~(PhaseMask << PhaseShift)) | (value << PhaseShift); }
        }

        // Exchanges that a protocol has not closed yet.
        internal int OpenExchangeCount
        {
            get { return _state >> OpenCountShift & FiveBits; }
            set { _state = (_state & ~(FiveBits << OpenCountShift)) | (value << OpenCountShift); }
        }

        internal bool ClosesWhenDone
        {
            get { return (_state & ClosesWhenDoneBit) != 0; }
            set { _state = value ? _state | ClosesWhenDoneBit : _state & ~ClosesWhenDoneBit; }
        }

        // Counter of the next message sent; of no use in a row for unsecured sessions, which share the node's.
        internal uint NextCounter
        {
            get { return (uint)(_numbers >> 32); }
            set { _numbers = (_numbers & 0xFFFFFFFF) | (ulong)value << 32; }
        }

        private int WindowRule { get { return IsSecure ? ReceptionWindow.SecureUnicast : ReceptionWindow.Unsecured; } }

        internal int EncryptKeyOffset { get { return IsInitiator ? InitiatorKeyOffset : ResponderKeyOffset; } }

        internal int DecryptKeyOffset { get { return IsInitiator ? ResponderKeyOffset : InitiatorKeyOffset; } }

        /// <summary>Turns a reserved row into a usable secure session.</summary>
        /// <param name="type"><see cref="SessionType.Pase"/> or <see cref="SessionType.Case"/>.</param>
        /// <param name="initiator">True if this side began the handshake: it then encrypts with the I2R key.</param>
        /// <param name="handshake">The unsecured session of the handshake: gives the peer's address and MRP intervals.</param>
        /// <param name="peerSessionId">The id that the peer chose.</param>
        /// <param name="keys">Holds 48 bytes: I2R key, R2I key, attestation challenge; copied.</param>
        /// <param name="keysOffset">First byte.</param>
        /// <param name="fabricIndex">The fabric's index; 0 for PASE.</param>
        /// <param name="localNodeId">This node's operational id; 0 for PASE.</param>
        /// <param name="peerNodeId">The peer's operational id; 0 for PASE.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or <see cref="MatterError.InvalidState"/> if the row is not reserved.</returns>
        public int Establish(
            int type, bool initiator, Session handshake, int peerSessionId, byte[] keys, int keysOffset,
            int fabricIndex, ulong localNodeId, ulong peerNodeId, long now)
        {
            if (Phase != Reserved) return MatterError.InvalidState;
            Type = type;
            IsInitiator = initiator;
            PeerSessionId = peerSessionId;
            Array.Copy(keys, keysOffset, Keys, 0, KeysLength);
            FabricIndex = fabricIndex;
            LocalNodeId = localNodeId;
            PeerNodeId = peerNodeId;
            SetPeerAddress(handshake.PeerAddress, handshake.PeerAddressLength);
            IdleIntervalMs = handshake.IdleIntervalMs;
            ActiveIntervalMs = handshake.ActiveIntervalMs;
            ActiveThresholdMs = handshake.ActiveThresholdMs;
            LastReceivedMs = now;
            _window = ReceptionWindow.UpTo(0);
            _state |= HeardBit;
            Phase = Active;
            return 0;
        }

        // A group session lasts for one message and is never active: nothing can be sent on it.
        internal void BeginGroup(int fabricIndex, int groupId, ulong sourceNodeId, long now)
        {
            Type = SessionType.Group;
            FabricIndex = fabricIndex;
            LocalNodeId = GroupNodeIdPrefix | (uint)groupId;
            PeerNodeId = sourceNodeId;
            LastReceivedMs = now;
        }

        /// <summary>Whether the peer is active, that is, answers within its active interval (Matter Core 4.12.2).</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>True if it was heard less than its active threshold ago.</returns>
        public bool IsPeerActive(long now)
        {
            return now - LastReceivedMs < ActiveThresholdMs;
        }

        // Whether the peer's message is new; of an unsecured peer not yet heard any is.
        internal bool IsNew(uint counter)
        {
            return (_state & HeardBit) == 0 || ReceptionWindow.IsNew(_window, WindowRule, counter);
        }

        internal void Accept(uint counter)
        {
            _window = (_state & HeardBit) == 0
                ? ReceptionWindow.StartAt(WindowRule, counter)
                : ReceptionWindow.Accept(_window, WindowRule, counter);
            _state |= HeardBit;
        }

        internal void SetPeerAddress(byte[] address, int length)
        {
            Array.Copy(address, 0, PeerAddress, 0, length);
            PeerAddressLength = length;
        }

        internal bool HasPeerAddress(byte[] address, int length)
        {
            if (length != PeerAddressLength) return false;
            byte[] own = PeerAddress;
            for (int i = 0; i < length; i++)
            {
                if (own[i] != address[i]) return false;
            }
            return true;
        }

        // Back to a free row without any trace of the peer.
        internal void Wipe()
        {
            Phase = Free;
            Generation++;
            Type = SessionType.None;
            _state &= ~HeardBit;
            IsInitiator = false;
            LocalSessionId = 0;
            PeerSessionId = 0;
            FabricIndex = 0;
            LocalNodeId = 0;
            PeerNodeId = 0;
            PeerAddressLength = 0;
            IdleIntervalMs = SessionParameters.DefaultIdleIntervalMs;
            ActiveIntervalMs = SessionParameters.DefaultActiveIntervalMs;
            ActiveThresholdMs = SessionParameters.DefaultActiveThresholdMs;
            IsUnresponsive = false;
            ClosesWhenDone = false;
            NextCounter = 0;
            if (Keys == null) return;
            Array.Clear(Keys, 0, KeysLength);
            Array.Clear(CaseAuthenticatedTags, 0, CaseAuthenticatedTags.Length);
        }
    }
}
