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

        /// <summary>One of <see cref="SessionType"/>.</summary>
        public int Type { get; internal set; }

        /// <summary>True once established; false while reserved for a handshake.</summary>
        public bool IsActive { get; internal set; }

        /// <summary>Counts the uses of this row; a kept number that differs marks a stale handle.</summary>
        public int Generation { get; internal set; }

        /// <summary>The session id in messages to this node; 0 if unsecured.</summary>
        public int LocalSessionId { get; internal set; }

        /// <summary>The session id in messages to the peer; 0 if unsecured.</summary>
        public int PeerSessionId { get; internal set; }

        /// <summary>The fabric's index; 0 if none. A PASE session takes on the fabric that AddNOC makes over it.</summary>
        public int FabricIndex { get; set; }

        /// <summary>This node's operational id under CASE; 0 otherwise.</summary>
        public ulong LocalNodeId { get; internal set; }

        /// <summary>The peer's operational id under CASE, its ephemeral id if unsecured, 0 under PASE.</summary>
        public ulong PeerNodeId { get; internal set; }

        /// <summary>The peer's CASE authenticated tags; 0 where unused.</summary>
        public uint[] CaseAuthenticatedTags { get; } = new uint[3];

        /// <summary>I2R key, R2I key, attestation challenge. Owned by the session.</summary>
        public byte[] Keys { get; } = new byte[KeysLength];

        /// <summary>The peer's address, <see cref="PeerAddressLength"/> bytes. Follows the peer's last valid message.</summary>
        public byte[] PeerAddress { get; } = new byte[MaxAddressLength];

        /// <summary>Length of <see cref="PeerAddress"/> in bytes.</summary>
        public int PeerAddressLength { get; internal set; }

        /// <summary>The peer's SESSION_IDLE_INTERVAL in ms.</summary>
        public int IdleIntervalMs { get; set; }

        /// <summary>The peer's SESSION_ACTIVE_INTERVAL in ms.</summary>
        public int ActiveIntervalMs { get; set; }

        /// <summary>The peer's SESSION_ACTIVE_THRESHOLD in ms.</summary>
        public int ActiveThresholdMs { get; set; }

        /// <summary>When the peer was last heard.</summary>
        public long LastReceivedMs { get; internal set; }

        /// <summary>Turns a reserved row into a usable secure session.</summary>
        /// <param name="type"><see cref="SessionType.Pase"/> or <see cref="SessionType.Case"/>.</param>
        /// <param name="initiator">True if this side began the handshake: it then encrypts with the I2R key.</param>
        /// <param name="peerSessionId">The id that the peer chose.</param>
        /// <param name="keys">Holds 48 bytes: I2R key, R2I key, attestation challenge; copied.</param>
        /// <param name="keysOffset">First byte.</param>
        /// <param name="fabricIndex">The fabric's index; 0 for PASE.</param>
        /// <param name="localNodeId">This node's operational id; 0 for PASE.</param>
        /// <param name="peerNodeId">The peer's operational id; 0 for PASE.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Establish(int type, bool initiator, int peerSessionId, byte[] keys, int keysOffset, int fabricIndex, ulong localNodeId, ulong peerNodeId, long now) { }
    }
}
