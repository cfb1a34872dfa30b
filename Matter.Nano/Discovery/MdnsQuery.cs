using System;

namespace Matter.Nano.Discovery
{
    /// <summary>One message as the zone sees it: which of our records it asks for, by unicast or multicast, less those it knows.</summary>
    internal sealed class MdnsQuery
    {
        private const int FlagResponse = 0x8000;
        private const int FlagTruncated = 0x0200;
        private const int OpcodeAndRcode = 0x780F;

        private readonly MdnsZone _zone;
        private readonly DnsReader _reader = new DnsReader();
        private readonly int[] _unicast;
        private readonly int[] _multicast;
        private readonly int[] _candidates;
        private MdnsInterface _network;
        private int _knownAddresses; // a mask of the network's address records

        internal MdnsQuery(MdnsZone zone)
        {
            _zone = zone;
            _unicast = new int[zone.RowCount];
            _multicast = new int[zone.RowCount];
            _candidates = new int[zone.RowCount];
        }

        /// <summary>Records to answer with by unicast: masks of kinds, one per row.</summary>
        internal int[] Unicast { get { return _unicast; } }

        /// <summary>Records to answer with by multicast, likewise.</summary>
        internal int[] Multicast { get { return _multicast; } }

        /// <summary>The message's reader.</summary>
        internal DnsReader Reader { get { return _reader; } }

        /// <summary>Message id.</summary>
        internal int Id { get { return _reader.Id; } }

        /// <summary>True for a message that only adds known answers to an earlier one.</summary>
        internal bool HasNoQuestions { get { return _reader.QuestionCount == 0; } }

        /// <summary>True if more known answers follow in another message.</summary>
        internal bool IsTruncated { get { return (_reader.Flags & FlagTruncated) != 0; } }

        /// <summary>True if the asker wants a name for itself and must be told at once whose it is.</summary>
        internal bool IsProbe { get { return _reader.AuthorityCount != 0; } }

        /// <summary>True if it asks nothing, but tells what others have.</summary>
        internal bool IsResponse { get { return (_reader.Flags & FlagResponse) != 0; } }

        /// <summary>Starts on a message.</summary>
        /// <param name="message">Holds it; used until the next message.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="network">Where it came in.</param>
        /// <returns>False if it is none of multicast DNS.</returns>
        internal bool Begin(byte[] message, int length, MdnsInterface network)
        {
            _network = network;
            _knownAddresses = 0;
            return _reader.Reset(message, 0, length) == 0 && (_reader.Flags & OpcodeAndRcode) == 0;
        }

        /// <summary>Reads a response: takes out of <paramref name="pending"/>, which may be null, what it says in our stead (RFC 6762 7.4).</summary>
        /// <returns>True if it gives our host's name to another.</returns>
        internal bool ReadResponse(int[] pending, MdnsClaim claim)
        {
            DnsReader reader = _reader;
            if (!SkipQuestions())
                return false;
            bool isRival = false;
            for (int i = reader.AnswerCount + reader.AuthorityCount + reader.AdditionalCount; i > 0; i--)
            {
                if (reader.ReadRecord() < 0)
                    return false;
                isRival |= claim.IsRival(reader);
                if (pending == null || reader.Type != DnsType.Ptr || reader.Ttl < MdnsResponder.TtlSeconds)
                    continue;
                int said = FindPointer(out int row);
                pending[row] &= ~said;
            }
            return isRival;
        }

        /// <summary>True if it is a probe for our host's name whose sender wins over us.</summary>
        internal bool IsLost(MdnsClaim claim)
        {
            if (!IsProbe || !SkipQuestions())
                return false;
            for (int i = _reader.AnswerCount; i > 0; i--)
            {
                if (_reader.ReadRecord() < 0)
                    return false;
            }
            return claim.IsLost(_reader, _network);
        }

        /// <summary>Reads questions and known answers into <see cref="Unicast"/> and <see cref="Multicast"/>.</summary>
        /// <param name="legacyAnswer">The message that repeats the questions if a simple resolver asks, null otherwise.</param>
        /// <returns>False for a bad message, or if nothing is asked of us.</returns>
        internal bool Read(MdnsComposer legacyAnswer)
        {
            int rows = _unicast.Length;
            Array.Clear(_unicast, 0, rows);
            Array.Clear(_multicast, 0, rows);
            DnsReader reader = _reader;
            for (int i = reader.QuestionCount; i > 0; i--)
            {
                if (reader.ReadQuestion() < 0)
                    return false;
                int questionClass = reader.Class & ~DnsType.ClassTopBit;
                if (questionClass != DnsType.ClassInternet && questionClass != DnsType.ClassAny)
                    continue;
                if (legacyAnswer != null)
                    legacyAnswer.RepeatQuestion(reader);
                Match(legacyAnswer != null || reader.Class != questionClass ? _unicast : _multicast);
            }
            int asked = 0;
            for (int row = 0; row < rows; row++)
                asked |= _unicast[row] | _multicast[row];
            return asked != 0 && ReadKnownAnswers(_multicast);
        }

        /// <summary>Takes out of <paramref name="kinds"/>, and of <see cref="Unicast"/>, what the asker knows already (RFC 6762 7.1).</summary>
        /// <returns>False for a bad message.</returns>
        internal bool ReadKnownAnswers(int[] kinds)
        {
            for (int i = _reader.AnswerCount; i > 0; i--)
            {
                if (_reader.ReadRecord() < 0)
                    return false;
                if (_reader.Ttl < MdnsResponder.TtlSeconds / 2)
                    continue;
                int known = FindKnown(out int row);
                kinds[row] &= ~known;
                _unicast[row] &= ~known;
            }
            return true;
        }

        private bool SkipQuestions()
        {
            for (int i = _reader.QuestionCount; i > 0; i--)
            {
                if (_reader.ReadQuestion() < 0)
                    return false;
            }
            return true;
        }

        /// <summary>Adds to <paramref name="kinds"/>, one mask per row, what answers the question that the reader has read.</summary>
        private void Match(int[] kinds)
        {
            DnsReader question = _reader;
            int type = question.Type;
            if (question.NameEquals(_zone.Host))
            {
                int addresses = _network.AddressKinds;
                if (type != DnsType.Any)
                    addresses &= type == DnsType.A ? 1 << MdnsZone.HostA : type == DnsType.Aaaa ? 1 << MdnsZone.HostAaaa : 0;
                kinds[MdnsZone.HostRow] |= addresses != 0 ? addresses : 1 << MdnsZone.HostNsec;
                return;
            }
            bool pointers = type == DnsType.Ptr || type == DnsType.Any;
            bool isMeta = pointers && question.NameEquals(_zone.MetaQuery);
            for (int row = 1; row < _zone.RowCount; row++)
            {
                MdnsService service = _zone.GetService(row);
                if (service.State != MdnsService.Active)
                    continue;
                if (isMeta)
                    kinds[row] |= _zone.IsFirstOfType(row) ? 1 << MdnsZone.Meta : 0;
                else if (question.NameEquals(service.Instance))
                    kinds[row] |= MatchInstance(type);
                else if (pointers)
                    kinds[row] |= _zone.FindPointer(row, question);
            }
        }

        /// <summary>Finds the record that the known answer just read repeats. Returns its kind as a mask, or 0 if it is none of ours or differs.</summary>
        private int FindKnown(out int row)
        {
            switch (_reader.Type)
            {
                case DnsType.Ptr:
                    return FindPointer(out row);
                case DnsType.Srv:
                case DnsType.Txt:
                    return FindUnique(out row);
                default:
                    row = MdnsZone.HostRow;
                    return FindAddresses();
            }
        }

        /// <summary>Notes a known address. Returns the kind as a mask once all of its family are known: they are only told together.</summary>
        private int FindAddresses()
        {
            DnsReader known = _reader;
            int type = known.Type;
            if ((type != DnsType.A && type != DnsType.Aaaa) || !known.NameEquals(_zone.Host))
                return 0;
            int record = _network.Find(type, known.Buffer, known.DataOffset, known.DataLength);
            if (record < 0)
                return 0;
            _knownAddresses |= 1 << record;
            int kinds = _network.AddressKinds;
            int unknown = _network.Records & ~_knownAddresses;
            if (unknown >> MdnsInterface.MaxAddresses != 0)
                kinds &= ~(1 << MdnsZone.HostAaaa);
            if ((unknown & (1 << MdnsInterface.MaxAddresses) - 1) != 0)
                kinds &= ~(1 << MdnsZone.HostA);
            return kinds;
        }

        private static int MatchInstance(int type)
        {
            switch (type)
            {
                case DnsType.Srv:
                    return 1 << MdnsZone.Srv;
                case DnsType.Txt:
                    return 1 << MdnsZone.Txt;
                case DnsType.Any:
                    return 1 << MdnsZone.Srv | 1 << MdnsZone.Txt;
                default:
                    return 1 << MdnsZone.Nsec;
            }
        }

        private int FindPointer(out int found)
        {
            DnsReader known = _reader;
            // First the record's own name, for every row; then the name in its data, which is one row's.
            bool isMeta = known.NameEquals(_zone.MetaQuery);
            int[] candidates = _candidates;
            for (int row = 1; row < candidates.Length; row++)
            {
                MdnsService service = _zone.GetService(row);
                if (service.State != MdnsService.Active)
                    candidates[row] = 0;
                else if (isMeta)
                    candidates[row] = _zone.IsFirstOfType(row) ? 1 << MdnsZone.Meta : 0;
                else
                    candidates[row] = _zone.FindPointer(row, known);
            }
            if (known.ReadDataName(0) == 0)
            {
                for (int row = 1; row < candidates.Length; row++)
                {
                    MdnsService service = _zone.GetService(row);
                    if (candidates[row] == 0 || !known.NameEquals(isMeta ? service.Type : service.Instance))
                        continue;
                    found = row;
                    return candidates[row];
                }
            }
            found = 0;
            return 0;
        }

        private int FindUnique(out int found)
        {
            DnsReader known = _reader;
            found = 0;
            for (int row = 1; row < _zone.RowCount; row++)
            {
                MdnsService service = _zone.GetService(row);
                if (service.State != MdnsService.Active || !known.NameEquals(service.Instance))
                    continue;
                found = row;
                if (known.Type == DnsType.Txt)
                    return IsSameTxt(service) ? 1 << MdnsZone.Txt : 0;
                return IsSameSrv() ? 1 << MdnsZone.Srv : 0;
            }
            return 0;
        }

        private bool IsSameTxt(MdnsService service)
        {
            int length = service.TxtLength;
            int offset = _reader.DataOffset;
            byte[] message = _reader.Buffer;
            if (_reader.DataLength != length)
                return false;
            for (int i = 0; i < length; i++)
            {
                if (message[offset + i] != service.Txt[i])
                    return false;
            }
            return true;
        }

        private bool IsSameSrv()
        {
            int port = _reader.DataOffset + 4;
            byte[] message = _reader.Buffer;
            return _reader.ReadDataName(6) == 0
                && (message[port] << 8 | message[port + 1]) == _zone.Port
                && _reader.NameEquals(_zone.Host);
        }
    }
}
