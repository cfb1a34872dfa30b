namespace Matter.Nano.Discovery
{
    /// <summary>
    /// Finds a node of a fabric by its operational name: SRV tells its host and port, AAAA and A where the host is (RFC 6762
    /// sections 5 and 6). One question at a time, asked four times at most, on every link. Anybody on the link can answer it:
    /// who really is there only CASE tells.
    /// </summary>
    internal sealed class MdnsResolver
    {
        /// <summary>How often it is asked: at first for an answer by unicast, then after 1, 2 and 4 seconds for anybody's ears.</summary>
        private const int Attempts = 4;

        private const int FirstIntervalMs = 1000;
        private const int LastWaitMs = 2000;

        private const int PortInSrv = 4;
        private const int NameInSrv = 6;

        // How an address is liked: one on the link needs neither route nor router.
        private const int Unusable = 0;
        private const int IPv4 = 1;
        private const int Routed = 2;
        private const int LinkLocal = 3;

        private readonly MdnsZone _zone;
        private readonly MdnsLink[] _links;
        private readonly DnsName _instance;
        private readonly DnsName _target;
        private readonly byte[] _address = new byte[MdnsInterface.IPv6Length];
        private int _attempt;
        private long _deadline;

        internal MdnsResolver(MdnsZone zone, MdnsLink[] links)
        {
            _zone = zone;
            _links = links;
            _instance = new DnsName(MdnsZone.OperationalNameLength, zone.OperationalType);
            _target = new DnsName(DnsName.MaxLabelLength, zone.Host.Parent);
        }

        /// <summary>True until an answer has come or is no longer waited for.</summary>
        internal bool IsAsking { get; private set; }

        /// <summary>Length of <see cref="Address"/> in bytes, 4 or 16; 0 if nobody has answered.</summary>
        internal int AddressLength { get; private set; }

        /// <summary>The node's address.</summary>
        internal byte[] Address { get { return _address; } }

        /// <summary>Its UDP port.</summary>
        internal int Port { get; private set; }

        /// <summary>The interface that it is on, as the driver numbers it.</summary>
        internal int InterfaceId { get; private set; }

        /// <summary>Asks for a node, and for no other any more.</summary>
        internal void Begin(byte[] compressedFabricId, ulong nodeId, long now)
        {
            _instance.Length = _zone.PutOperationalName(_instance.Label, compressedFabricId, nodeId);
            _target.Length = 0;
            _attempt = 0;
            _deadline = now;
            AddressLength = 0;
            IsAsking = true;
        }

        /// <summary>Readies the next question.</summary>
        /// <returns>When to call again at the latest.</returns>
        internal long Poll(long now)
        {
            if (!IsAsking)
                return long.MaxValue;
            if (now < _deadline)
                return _deadline;
            if (_attempt == Attempts)
            {
                IsAsking = false;
                return long.MaxValue;
            }
            _attempt++;
            _deadline = now + (_attempt == Attempts ? LastWaitMs : FirstIntervalMs << (_attempt - 1));
            for (int i = 0; i < _links.Length; i++)
                _links[i].IsQueryReady = _links[i].IsUsed;
            return _deadline;
        }

        /// <summary>Writes the questions.</summary>
        internal void Write(DnsWriter writer)
        {
            bool isUnicast = _attempt == 1;
            writer.WriteQuestion(_instance, DnsType.Srv, isUnicast);
            if (_target.Length == 0)
                return;
            writer.WriteQuestion(_target, DnsType.Aaaa, isUnicast);
            writer.WriteQuestion(_target, DnsType.A, isUnicast);
        }

        /// <summary>Looks for an answer in a response; one that is malformed anywhere counts as none.</summary>
        /// <param name="reader">Free to use.</param>
        /// <param name="message">Holds the response.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="network">Where it came in.</param>
        /// <param name="now">Monotonic ms.</param>
        internal void Read(DnsReader reader, byte[] message, int length, MdnsInterface network, long now)
        {
            bool isNew = _target.Length == 0;
            if (!ReadService(reader, message, length))
                _target.Length = 0; // of a message that breaks off nothing counts
            if (_target.Length == 0)
                return;
            if (ReadAddresses(reader, message, length, network))
            {
                InterfaceId = network.Id;
                IsAsking = false;
            }
            else if (isNew && _attempt < Attempts)
            {
                _deadline = now; // the host is known, but not where it is
            }
        }

        // False if the message is malformed.
        private bool ReadService(DnsReader reader, byte[] message, int length)
        {
            int records = Begin(reader, message, length);
            for (; records > 0 && reader.ReadRecord() == 0; records--)
            {
                if (!IsMeant(reader, DnsType.Srv, _instance) || reader.DataLength <= NameInSrv)
                    continue;
                int at = reader.DataOffset + PortInSrv;
                int port = message[at] << 8 | message[at + 1];
                if (port == 0 || reader.ReadDataName(NameInSrv) != 0 || !reader.CopyLabel(_target))
                    continue;
                Port = port;
            }
            return records == 0;
        }

        // True if there was an address that can be used: the best one is taken.
        private bool ReadAddresses(DnsReader reader, byte[] message, int length, MdnsInterface network)
        {
            int best = Unusable;
            for (int records = Begin(reader, message, length); records > 0 && reader.ReadRecord() == 0; records--)
            {
                int rank = Unusable;
                if (IsMeant(reader, DnsType.Aaaa, _target) && reader.DataLength == MdnsInterface.IPv6Length)
                    rank = RankIPv6(message, reader.DataOffset, network);
                else if (IsMeant(reader, DnsType.A, _target) && reader.DataLength == MdnsInterface.IPv4Length)
                    rank = RankIPv4(message, reader.DataOffset, network);
                if (rank <= best)
                    continue;
                best = rank;
                AddressLength = reader.DataLength;
                System.Array.Copy(message, reader.DataOffset, _address, 0, reader.DataLength);
            }
            return best != Unusable;
        }

        // The number of records; behind the questions.
        private static int Begin(DnsReader reader, byte[] message, int length)
        {
            reader.Reset(message, 0, length);
            for (int i = reader.QuestionCount; i > 0; i--)
            {
                if (reader.ReadQuestion() != 0)
                    return -1;
            }
            return reader.AnswerCount + reader.AuthorityCount + reader.AdditionalCount;
        }

        private static bool IsMeant(DnsReader reader, int type, DnsName name)
        {
            return reader.Type == type && (reader.Class & ~DnsType.ClassTopBit) == DnsType.ClassInternet && reader.Ttl != 0 && reader.NameEquals(name);
        }

        private static int RankIPv4(byte[] message, int at, MdnsInterface network)
        {
            bool isOwn = network.Find(DnsType.A, message, at, MdnsInterface.IPv4Length) >= 0;
            int first = message[at];
            bool isUnusual = first == 0 || first >= 224 || (first == 127 && !isOwn);
            return isUnusual || !network.HasIPv4 ? Unusable : IPv4;
        }

        private static int RankIPv6(byte[] message, int at, MdnsInterface network)
        {
            if (!network.HasIPv6 || message[at] == 0xFF)
                return Unusable;
            if (IsLinkLocal(message, at))
                return LinkLocal;

            // ::, ::1, IPv4-mapped and the like; this host itself may have ::1, on a link that it shares with nobody.
            bool isOwn = network.Find(DnsType.Aaaa, message, at, MdnsInterface.IPv6Length) >= 0;
            if (message[at] == 0 && !isOwn)
                return Unusable;

            // Without an address beyond the link there is no way to one.
            for (int i = 0; i < network.IPv6Count; i++)
            {
                if (!IsLinkLocal(network.IPv6, i * MdnsInterface.IPv6Length))
                    return Routed;
            }
            return Unusable;
        }

        private static bool IsLinkLocal(byte[] address, int at)
        {
            return address[at] == 0xFE && (address[at + 1] & 0xC0) == 0x80;
        }
    }
}
