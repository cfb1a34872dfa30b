using System;

namespace Matter.Nano.Discovery
{
    /// <summary>
    /// One network interface: which families it has and what the host's addresses on it are. Its address records are
    /// numbered: IPv4 from 0, IPv6 from <see cref="MaxAddresses"/> on.
    /// </summary>
    internal sealed class MdnsInterface
    {
        /// <summary>Addresses kept of each family; further ones are left out.</summary>
        internal const int MaxAddresses = 8;

        internal const int IPv4Length = 4;
        internal const int IPv6Length = 16;

        private readonly byte[] _ipv4 = new byte[MaxAddresses * IPv4Length];
        private readonly byte[] _ipv6 = new byte[MaxAddresses * IPv6Length];

        internal bool IsUsed { get; private set; }

        internal int Id { get; private set; }

        internal bool HasIPv4 { get; private set; }

        internal bool HasIPv6 { get; private set; }

        internal int IPv4Count { get; private set; }

        internal int IPv6Count { get; private set; }

        /// <summary>The kinds of address records that there are here, as a mask.</summary>
        internal int AddressKinds
        {
            get { return (IPv4Count > 0 ? 1 << MdnsZone.HostA : 0) | (IPv6Count > 0 ? 1 << MdnsZone.HostAaaa : 0); }
        }

        /// <summary>The numbers of the address records that there are here, as a mask.</summary>
        internal int Records
        {
            get { return (1 << IPv4Count) - 1 | ((1 << IPv6Count) - 1) << MaxAddresses; }
        }

        internal byte[] IPv4 { get { return _ipv4; } }

        internal byte[] IPv6 { get { return _ipv6; } }

        /// <summary>Takes over the state of an interface. Returns true if anything changed.</summary>
        internal bool Set(int id, bool hasIPv4, bool hasIPv6, byte[] ipv4, int ipv4Count, byte[] ipv6, int ipv6Count)
        {
            if (ipv4Count > MaxAddresses)
                ipv4Count = MaxAddresses;
            if (ipv6Count > MaxAddresses)
                ipv6Count = MaxAddresses;
            bool same = IsUsed && Id == id && HasIPv4 == hasIPv4 && HasIPv6 == hasIPv6
                && IPv4Count == ipv4Count && IPv6Count == ipv6Count
                && Same(_ipv4, 0, ipv4, 0, ipv4Count * IPv4Length) && Same(_ipv6, 0, ipv6, 0, ipv6Count * IPv6Length);
            if (same)
                return false;
            IsUsed = true;
            Id = id;
            HasIPv4 = hasIPv4;
            HasIPv6 = hasIPv6;
            IPv4Count = ipv4Count;
            IPv6Count = ipv6Count;
            if (ipv4Count > 0)
                Array.Copy(ipv4, 0, _ipv4, 0, ipv4Count * IPv4Length);
            if (ipv6Count > 0)
                Array.Copy(ipv6, 0, _ipv6, 0, ipv6Count * IPv6Length);
            return true;
        }

        internal void Free()
        {
            IsUsed = false;
        }

        /// <summary>The number of the address record with this data, or -1.</summary>
        internal int Find(int type, byte[] buffer, int offset, int length)
        {
            if (type == DnsType.A && length == IPv4Length)
                return Find(_ipv4, IPv4Count, buffer, offset, length);
            int index = type == DnsType.Aaaa && length == IPv6Length ? Find(_ipv6, IPv6Count, buffer, offset, length) : -1;
            return index < 0 ? index : index + MaxAddresses;
        }

        /// <summary>Where the data of an address record stands.</summary>
        internal byte[] AddressesOf(int record, out int offset, out int length)
        {
            if (record < MaxAddresses)
            {
                offset = record * IPv4Length;
                length = IPv4Length;
                return _ipv4;
            }
            offset = (record - MaxAddresses) * IPv6Length;
            length = IPv6Length;
            return _ipv6;
        }

        private static int Find(byte[] addresses, int count, byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < count; i++)
            {
                if (Same(addresses, i * length, buffer, offset, length))
                    return i;
            }
            return -1;
        }

        private static bool Same(byte[] a, int aOffset, byte[] b, int bOffset, int length)
        {
            for (int i = 0; i < length; i++)
            {
                if (a[aOffset + i] != b[bOffset + i])
                    return false;
            }
            return true;
        }
    }
}
