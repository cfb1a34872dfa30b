using Matter.Nano.Platform;

namespace Matter.Nano.Discovery
{
    /// <summary>Our claim to the host's name against those of others (RFC 6762 sections 8.1, 8.2 and 9).</summary>
    internal sealed class MdnsClaim
    {
        // Fifteen conflicts within any ten seconds would oblige to wait: half as many in each stretch of ten never are.
        private const int FreeContests = 7;
        private const int ContestSpanMs = 10000;
        private const int PenaltyMs = 5000;
        private const int ProbeDelaySpanMs = 250;

        private readonly DnsName _host;
        private readonly MdnsNetworks _networks;
        private readonly IRandom _random;
        private readonly byte[] _randomByte = new byte[1];
        private int _contests;
        private long _contestsSince;

        internal MdnsClaim(DnsName host, MdnsNetworks networks, IRandom random)
        {
            _host = host;
            _networks = networks;
            _random = random;
        }

        /// <summary>When to begin probing: hosts that were switched on together spread over a quarter of a second.</summary>
        internal long ProbeAt(long now)
        {
            _random.Fill(_randomByte, 0, 1);
            return now + (_randomByte[0] * ProbeDelaySpanMs >> 8);
        }

        /// <summary>When to begin probing after a conflict: late if there were many.</summary>
        internal long ContestedProbeAt(long now)
        {
            if (_contests == 0 || now - _contestsSince >= ContestSpanMs)
            {
                _contests = 0;
                _contestsSince = now;
            }
            _contests++;
            return _contests > FreeContests ? now + PenaltyMs : ProbeAt(now);
        }

        /// <summary>True if the record just read gives our host's name to somebody else. What we said ourselves on another interface does not.</summary>
        internal bool IsRival(DnsReader record)
        {
            if (record.Ttl == 0 || record.Type == DnsType.Nsec || !record.NameEquals(_host)
                || (record.Class & ~DnsType.ClassTopBit) != DnsType.ClassInternet)
            {
                return false;
            }
            return !_networks.Have(record.Type, record.Buffer, record.DataOffset, record.DataLength);
        }

        /// <summary>
        /// Compares another's probe with ours: of two sorted lists of records the one with the later record at the
        /// first difference wins, or the longer one (8.2). Equal ones are no conflict, such as our own probe come back.
        /// </summary>
        /// <param name="probe">Stands before the message's authority section.</param>
        /// <param name="network">Where it came in.</param>
        /// <returns>True if the other wins; false also for a bad message.</returns>
        internal bool IsLost(DnsReader probe, MdnsInterface network)
        {
            // The lists first differ at the least record that only one of them has.
            int common = 0;
            int key = 0; // of the least that only the other has: class, type
            int offset = 0;
            int length = -1;
            byte[] buffer = probe.Buffer;
            for (int i = probe.AuthorityCount; i > 0; i--)
            {
                if (probe.ReadRecord() < 0)
                    return false;
                if (!probe.NameEquals(_host))
                    continue;
                int index = network.Find(probe.Type, buffer, probe.DataOffset, probe.DataLength);
                if (index >= 0)
                    common |= 1 << index;
                if (index >= 0 || _networks.Have(probe.Type, buffer, probe.DataOffset, probe.DataLength))
                    continue;
                int candidate = (probe.Class & ~DnsType.ClassTopBit) << 16 | probe.Type;
                if (length < 0 || candidate < key
                    || (candidate == key && Compare(buffer, probe.DataOffset, probe.DataLength, buffer, offset, length) < 0))
                {
                    key = candidate;
                    offset = probe.DataOffset;
                    length = probe.DataLength;
                }
            }
            int own = FindLeast(network, network.Records & ~common);
            if (length < 0)
            {
                if (own < 0)
                    return false;
                byte[] addresses = network.AddressesOf(own, out offset, out length);
                return HasLater(network, common, KeyOf(own), addresses, offset, length);
            }
            if (own < 0)
                return !HasLater(network, common, key, buffer, offset, length);
            return CompareOwn(network, own, key, buffer, offset, length) < 0;
        }

        /// <summary>The record of ours that sorts before the others of a set, or -1.</summary>
        private static int FindLeast(MdnsInterface network, int records)
        {
            int least = -1;
            for (int i = 0; records >> i != 0; i++)
            {
                if ((records >> i & 1) == 0)
                    continue;
                if (least >= 0)
                {
                    byte[] addresses = network.AddressesOf(least, out int offset, out int length);
                    if (CompareOwn(network, i, KeyOf(least), addresses, offset, length) > 0)
                        continue;
                }
                least = i;
            }
            return least;
        }

        /// <summary>True if any of a set of our records sorts behind a record.</summary>
        private static bool HasLater(MdnsInterface network, int records, int key, byte[] buffer, int offset, int length)
        {
            for (int i = 0; records >> i != 0; i++)
            {
                if ((records >> i & 1) != 0 && CompareOwn(network, i, key, buffer, offset, length) > 0)
                    return true;
            }
            return false;
        }

        private static int CompareOwn(MdnsInterface network, int own, int key, byte[] buffer, int offset, int length)
        {
            int difference = KeyOf(own) - key;
            if (difference != 0)
                return difference;
            byte[] addresses = network.AddressesOf(own, out int ownOffset, out int ownLength);
            return Compare(addresses, ownOffset, ownLength, buffer, offset, length);
        }

        private static int KeyOf(int own)
        {
            return DnsType.ClassInternet << 16 | (own < MdnsInterface.MaxAddresses ? DnsType.A : DnsType.Aaaa);
        }

        private static int Compare(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength)
        {
            int length = aLength < bLength ? aLength : bLength;
            for (int i = 0; i < length; i++)
            {
                int difference = a[aOffset + i] - b[bOffset + i];
                if (difference != 0)
                    return difference;
            }
            return aLength - bLength;
        }
    }
}
