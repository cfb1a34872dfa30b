namespace Matter.Nano
{
    /// <summary>
    /// Every capacity of a node. All rows and buffers are made at start-up, so each number costs RAM for good; the cost
    /// given is that on a 32-bit target, where an object is 12 bytes plus 12 per field and an array is rounded up to 12.
    /// </summary>
    public static class Limits
    {
        /// <summary>
        /// Fabrics that a node can be on at once, about 1.3 KB each with access control, group keys and certificates of the
        /// usual size (0.8 KB more with the largest), and as much once more for one in preparation; the specification asks
        /// for 5.
        /// </summary>
        public const int Fabrics = 5;

        /// <summary>CASE sessions that each fabric is sure of; the specification asks for 3.</summary>
        public const int SessionsPerFabric = 3;

        /// <summary>Rows for secure sessions, about 300 bytes each: every fabric's, one for PASE, one for a handshake.</summary>
        public const int SecureSessions = Fabrics * SessionsPerFabric + 2;

        /// <summary>Rows for unsecured sessions, about 192 bytes each: handshakes that run or are being turned down.</summary>
        public const int UnsecuredSessions = 4;

        /// <summary>Exchanges open at once, about 120 bytes each: every peer may ask at the same moment.</summary>
        public const int Exchanges = SecureSessions;

        /// <summary>Exchanges open at once on one session: one peer cannot take them all.</summary>
        public const int ExchangesPerSession = 5;

        /// <summary>Exchanges open at once on unsecured sessions: strangers cannot take them all.</summary>
        public const int UnsecuredExchanges = 4;

        /// <summary>Largest datagram sent in bytes: what the IPv6 minimum MTU of 1280 leaves for UDP payload.</summary>
        public const int Datagram = 1232;

        /// <summary>Largest datagram taken in bytes; the one receive buffer of a node.</summary>
        public const int ReceivedDatagram = 1280;

        /// <summary>
        /// Outgoing messages of any size, about 1332 bytes each, at least 3. One that is too long for a small slot stays in its
        /// slot until acknowledged; reports wait for room rather than keep the last one.
        /// </summary>
        public const int FullSlots = 4;

        /// <summary>Outgoing messages of up to <see cref="SmallDatagram"/> bytes, about 264 bytes each: acks, and short answers on their way.</summary>
        public const int SmallSlots = 12;

        /// <summary>Largest datagram of a small slot in bytes.</summary>
        public const int SmallDatagram = 160;

        /// <summary>Protocols that can be registered, 12 bytes each.</summary>
        public const int Protocols = 4;

        /// <summary>Listeners to the end of sessions, 12 bytes each.</summary>
        public const int SessionListeners = 4;

        /// <summary>CASE handshakes at a time; about 2244 bytes each.</summary>
        public const int CaseHandshakes = 2;

        /// <summary>Key pairs computed ahead of need for CASE and for signing requests, 97 bytes each; may be 0.</summary>
        public const int PreparedKeyPairs = 2;

        /// <summary>Signatures prepared ahead of need, 216 bytes each; may be 0.</summary>
        public const int PreparedSignatures = 2;

        /// <summary>Public keys of peers with a table that halves the time to verify their signatures, about 2370 bytes each; may be 0.</summary>
        public const int VerificationTables = 2;

        /// <summary>Peers of each fabric that can resume CASE, about 90 bytes each.</summary>
        public const int ResumptionsPerFabric = 3;

        /// <summary>
        /// Largest encrypted part of Sigma2 and Sigma3 in bytes: two certificates of 400 bytes, signature, resumption id,
        /// TLV around them and the tag.
        /// </summary>
        public const int CaseDataLength = 912;

        /// <summary>Access control entries of each fabric, at least 4; about 60 bytes each.</summary>
        public const int AccessControlEntriesPerFabric = 4;

        /// <summary>Subjects of an access control entry, at least 4.</summary>
        public const int SubjectsPerAccessControlEntry = 4;

        /// <summary>Targets of an access control entry, at least 3.</summary>
        public const int TargetsPerAccessControlEntry = 3;

        /// <summary>Group key sets of each fabric, the identity protection key among them; about 90 bytes each.</summary>
        public const int GroupKeySetsPerFabric = 3;

        /// <summary>Groups of each fabric that have a key set.</summary>
        public const int GroupsPerFabric = 4;

        /// <summary>Senders to groups whose message counters are remembered for each fabric, 24 bytes each.</summary>
        public const int GroupSendersPerFabric = 4;

        /// <summary>Objects that are told of changes in the fabric table, the fail-safe or the commissioning window, each.</summary>
        public const int Listeners = 12;

        /// <summary>Attribute paths of one read or subscribe request, at least 9; 12 bytes each in every interaction's row.</summary>
        public const int PathsPerRead = 16;

        /// <summary>
        /// Commands of one InvokeRequest (MaxPathsPerInvoke), 24 bytes each. A batch of which a command is pending, or whose
        /// responses take several messages, keeps full slots meanwhile.
        /// </summary>
        public const int PathsPerInvoke = 4;

        /// <summary>
        /// Interactions of more than one message at once (chunked, timed or pending ones, reports on their way), about 640
        /// bytes each: one for each fabric, and one that reports of subscriptions leave to who asks for something.
        /// </summary>
        public const int Interactions = Fabrics + 1;

        /// <summary>Subscriptions that each fabric is sure of, at least 3.</summary>
        public const int SubscriptionsPerFabric = 3;

        /// <summary>Subscriptions in all, about 108 bytes each.</summary>
        public const int Subscriptions = Fabrics * SubscriptionsPerFabric;

        /// <summary>Attribute paths that each subscription is sure of, at least 3.</summary>
        public const int PathsPerSubscription = 3;

        /// <summary>Attribute paths of all subscriptions, 12 bytes each: what they are sure of, and some for those with more.</summary>
        public const int SubscriptionPaths = (Subscriptions * PathsPerSubscription) + 51;

        /// <summary>Changed attributes remembered one by one until all subscribers know, 24 bytes each; of older ones only the cluster.</summary>
        public const int RememberedChanges = 16;

        /// <summary>Bytes for events of priority CRITICAL: about 12 of 40 bytes, a start of the node takes two.</summary>
        public const int CriticalEventsLength = 512;

        /// <summary>Bytes for events of priority INFO, such as presses of a switch: about 20 of 36 bytes.</summary>
        public const int InfoEventsLength = 768;

        /// <summary>Bytes for events of priority DEBUG, which the standard clusters have none of; may be 0, then they are not recorded.</summary>
        public const int DebugEventsLength = 128;

        /// <summary>Largest event in bytes, 31 bytes beside its fields included; once in RAM.</summary>
        public const int EventLength = 256;

        /// <summary>Largest saved state of a cluster in bytes; up to 2 KB it takes no RAM of its own.</summary>
        public const int ClusterStateLength = 512;

        /// <summary>Group memberships of each fabric's endpoints, 5 bytes each.</summary>
        public const int GroupMembershipsPerFabric = 8;

        /// <summary>
        /// Scenes of each endpoint with Scenes Management, at least 16: 9 bytes each and what their clusters keep (a byte each
        /// for On/Off and Level Control). The state saved must fit into <see cref="ClusterStateLength"/>.
        /// </summary>
        public const int Scenes = 16;
    }
}
