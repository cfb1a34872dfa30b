using System;

namespace Matter.Nano.Discovery
{
    /// <summary>Makes the zone's records into a message: answers, then what their asker will want next.</summary>
    internal sealed class MdnsComposer
    {
        private const int LegacyTtlSeconds = 10;
        private const int FlagsAnswer = 0x8400; // response, authoritative

        private readonly MdnsZone _zone;
        private readonly DnsWriter _writer;
        private readonly int[] _written; // masks of kinds, one per row
        private readonly byte[] _scratch = new byte[8];
        private readonly MdnsDatagram _datagram;

        private MdnsLink _link;
        private bool _isLegacy;

        internal MdnsComposer(MdnsZone zone, byte[] scratch)
        {
            _zone = zone;
            _writer = new DnsWriter(scratch, MdnsDatagram.MaxLength);
            _datagram = new MdnsDatagram(scratch);
            _written = new int[zone.RowCount];
        }

        /// <summary>Starts a message.</summary>
        /// <param name="link">Where it goes out: only addresses valid there are told.</param>
        /// <param name="id">Message id; 0 but for a simple resolver.</param>
        /// <param name="isLegacy">True to answer a simple resolver, which must not keep records for long (RFC 6762 6.7).</param>
        internal void Begin(MdnsLink link, int id, bool isLegacy)
        {
            _link = link;
            _isLegacy = isLegacy;
            _writer.Begin(id, FlagsAnswer);
        }

        /// <summary>Ends the message. Returns its datagram, for the group as yet.</summary>
        internal MdnsDatagram End()
        {
            _datagram.Length = _writer.Length;
            _datagram.InterfaceId = _link.Network.Id;
            _datagram.IsIPv6 = _link.IsIPv6;
            _datagram.PeerLength = 0;
            return _datagram;
        }

        /// <summary>Makes a probe: who has the host's name, which we mean to give these addresses (RFC 6762 8.1)?</summary>
        internal MdnsDatagram MakeProbe(MdnsLink link)
        {
            _link = link;
            _writer.Begin(0, 0);
            _writer.WriteQuestion(_zone.Host, DnsType.Any, false);
            _writer.BeginAuthority();
            WriteHost(MdnsZone.HostA, MdnsResponder.TtlSeconds, false);
            WriteHost(MdnsZone.HostAaaa, MdnsResponder.TtlSeconds, false);
            return End();
        }

        /// <summary>Makes a question for a node.</summary>
        internal MdnsDatagram MakeQuery(MdnsLink link, MdnsResolver resolver)
        {
            _link = link;
            _writer.Begin(0, 0);
            resolver.Write(_writer);
            return End();
        }

        /// <summary>Makes a message of the records that a link has ready, as far as they fit.</summary>
        internal MdnsDatagram MakeMulticast(MdnsLink link, long now)
        {
            Begin(link, 0, false);
            WriteAnswers(link.Ready);
            WriteAdditional(true, now);
            return End();
        }

        /// <summary>Repeats the question that the reader has read.</summary>
        internal void RepeatQuestion(DnsReader reader)
        {
            _writer.WriteQuestion(reader);
        }

        /// <summary>Writes records as long as they fit, and takes those written out of <paramref name="kinds"/>, one mask per row.</summary>
        /// <returns>The number of records.</returns>
        internal int WriteAnswers(int[] kinds)
        {
            Array.Clear(_written, 0, _written.Length);
            for (int row = 0; row < kinds.Length; row++)
            {
                for (int kind = 0; kinds[row] >> kind != 0; kind++)
                {
                    if ((kinds[row] >> kind & 1) == 0)
                        continue;
                    if (!Write(row, kind))
                        return _writer.Count;
                    kinds[row] &= ~(1 << kind);
                    _written[row] |= 1 << kind;
                }
            }
            return _writer.Count;
        }

        /// <summary>Adds, as far as they fit, the records that the asker of the answers written will ask for next.</summary>
        /// <param name="isMulticast">True to leave out those that the link has just heard.</param>
        /// <param name="now">Monotonic ms.</param>
        internal void WriteAdditional(bool isMulticast, long now)
        {
            _writer.BeginAdditional();
            bool isHostWanted = _written[MdnsZone.HostRow] != 0;
            for (int row = 1; row < _written.Length; row++)
            {
                if (_zone.IsWithdrawn(row))
                    continue;
                if ((_written[row] & MdnsZone.PointerKinds) != 0)
                {
                    Add(row, MdnsZone.Srv, isMulticast, now);
                    Add(row, MdnsZone.Txt, isMulticast, now);
                }
                isHostWanted |= (_written[row] & 1 << MdnsZone.Srv) != 0;
            }
            if (!isHostWanted || _zone.IsWithdrawn(MdnsZone.HostRow))
                return;
            int addresses = _link.Network.AddressKinds;
            if ((addresses & 1 << MdnsZone.HostAaaa) != 0)
                Add(MdnsZone.HostRow, MdnsZone.HostAaaa, isMulticast, now);
            if ((addresses & 1 << MdnsZone.HostA) != 0)
                Add(MdnsZone.HostRow, MdnsZone.HostA, isMulticast, now);
            if (addresses == 1 << MdnsZone.HostAaaa || addresses == 1 << MdnsZone.HostA)
                Add(MdnsZone.HostRow, MdnsZone.HostNsec, isMulticast, now); // spares the question for the other family
        }

        private void Add(int row, int kind, bool isMulticast, long now)
        {
            if (_writer.IsFull || (_written[row] & 1 << kind) != 0 || (isMulticast && !_link.TrySend(row, kind, now)))
                return;
            if (Write(row, kind))
                _written[row] |= 1 << kind;
        }

        /// <summary>Writes one record or record set. Returns true if it stands; the writer is full otherwise.</summary>
        private bool Write(int row, int kind)
        {
            int ttl = _isLegacy ? LegacyTtlSeconds : MdnsResponder.TtlSeconds;
            if (_zone.IsWithdrawn(row))
                ttl = 0;
            bool flush = !_isLegacy;
            if (row == MdnsZone.HostRow)
                return WriteHost(kind, ttl, flush);
            MdnsService service = _zone.GetService(row);
            switch (kind)
            {
                case MdnsZone.Meta:
                    _writer.BeginRecord(_zone.MetaQuery, DnsType.Ptr, false, ttl);
                    _writer.WriteName(service.Type);
                    break;
                case MdnsZone.Srv:
                    _writer.BeginRecord(service.Instance, DnsType.Srv, flush, ttl);
                    _writer.WriteUInt16(0); // priority
                    _writer.WriteUInt16(0); // weight
                    _writer.WriteUInt16(_zone.Port);
                    if (_isLegacy)
                        _writer.WriteFullName(_zone.Host); // RFC 6762 18.14
                    else
                        _writer.WriteName(_zone.Host);
                    break;
                case MdnsZone.Txt:
                    _writer.BeginRecord(service.Instance, DnsType.Txt, flush, ttl);
                    _writer.WriteBytes(service.Txt, 0, service.TxtLength);
                    break;
                case MdnsZone.Nsec:
                    _writer.BeginRecord(service.Instance, DnsType.Nsec, flush, ttl);
                    WriteTypes(service.Instance, DnsType.Txt, DnsType.Srv);
                    break;
                default:
                    _writer.BeginRecord(kind == MdnsZone.TypePtr ? service.Type : _zone.GetSubtype(row, kind - MdnsZone.FirstSubtype), DnsType.Ptr, false, ttl);
                    _writer.WriteName(service.Instance);
                    break;
            }
            return _writer.EndRecord();
        }

        private bool WriteHost(int kind, int ttl, bool flush)
        {
            MdnsInterface network = _link.Network;
            if (kind == MdnsZone.HostNsec)
            {
                int first = network.IPv4Count > 0 ? DnsType.A : DnsType.Aaaa;
                _writer.BeginRecord(_zone.Host, DnsType.Nsec, flush, ttl);
                WriteTypes(_zone.Host, first, network.IPv6Count > 0 ? DnsType.Aaaa : first);
                return _writer.EndRecord();
            }
            bool isIPv6 = kind == MdnsZone.HostAaaa;
            int type = isIPv6 ? DnsType.Aaaa : DnsType.A;
            int length = isIPv6 ? MdnsInterface.IPv6Length : MdnsInterface.IPv4Length;
            int count = isIPv6 ? network.IPv6Count : network.IPv4Count;
            byte[] addresses = isIPv6 ? network.IPv6 : network.IPv4;
            for (int i = 0; i < count; i++)
            {
                _writer.BeginRecord(_zone.Host, type, flush, ttl);
                _writer.WriteBytes(addresses, i * length, length);
                if (!_writer.EndRecord())
                    return false;
            }
            return true;
        }

        /// <summary>NSEC data (RFC 4034 4.1): the name itself as the next one, and a bit map of two types, lower first.</summary>
        private void WriteTypes(DnsName name, int low, int high)
        {
            _writer.WriteName(name);
            int length = high / 8 + 1;
            Array.Clear(_scratch, 0, _scratch.Length);
            _scratch[1] = (byte)length; // behind window 0
            _scratch[2 + low / 8] |= (byte)(0x80 >> (low & 7));
            _scratch[2 + high / 8] |= (byte)(0x80 >> (high & 7));
            _writer.WriteBytes(_scratch, 0, 2 + length);
        }
    }
}
