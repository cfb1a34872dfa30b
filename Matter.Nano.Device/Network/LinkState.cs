using System;

namespace Matter.Nano.Device.Network
{
    /// <summary>The addresses of the network interface: read anew now and then, between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public sealed class LinkState
    {
        /// <summary>IPv6 addresses kept at most: lwIP has three for each interface.</summary>
        public const int MaxIPv6Addresses = 6;

        private const int IPv4Length = NetworkInterface.IPv4Length;
        private const int IPv6Length = NetworkInterface.IPv6Length;

        private readonly byte[] _mask = new byte[IPv4Length];
        private readonly byte[] _before = new byte[IPv4Length + MaxIPv6Addresses * IPv6Length];
        private int _ipv4Before;
        private int _ipv6Before;

        /// <summary>The IPv4 address, 4 bytes.</summary>
        public byte[] IPv4 { get; } = new byte[IPv4Length];

        /// <summary>1, or 0 if there is no IPv4 address.</summary>
        public int IPv4Count { get; private set; }

        /// <summary>The IPv6 addresses, 16 bytes each.</summary>
        public byte[] IPv6 { get; } = new byte[MaxIPv6Addresses * IPv6Length];

        /// <summary>Number of IPv6 addresses.</summary>
        public int IPv6Count { get; private set; }

        /// <summary>True if there is any address.</summary>
        public bool IsUp { get { return IPv4Count + IPv6Count > 0; } }

        /// <summary>Forgets the addresses, to be given those of now.</summary>
        public void Begin()
        {
            Array.Copy(IPv4, 0, _before, 0, IPv4Length);
            Array.Copy(IPv6, 0, _before, IPv4Length, IPv6.Length);
            _ipv4Before = IPv4Count;
            _ipv6Before = IPv6Count;
            IPv4Count = 0;
            IPv6Count = 0;
        }

        /// <summary>Takes the IPv4 address; 0.0.0.0 is none.</summary>
        /// <param name="address">4 bytes.</param>
        /// <param name="mask">4 bytes.</param>
        public void SetIPv4(byte[] address, byte[] mask)
        {
            if (IsZero(address, IPv4Length))
            {
                return;
            }

            Array.Copy(address, 0, IPv4, 0, IPv4Length);
            Array.Copy(mask, 0, _mask, 0, IPv4Length);
            IPv4Count = 1;
        }

        /// <summary>Takes an IPv6 address. :: is none; one that is there already, or too many, doesn't count.</summary>
        /// <param name="address">16 bytes.</param>
        public void AddIPv6(byte[] address)
        {
            if (IPv6Count == MaxIPv6Addresses || IsZero(address, IPv6Length))
            {
                return;
            }

            for (int i = 0; i < IPv6Count; i++)
            {
                if (Same(IPv6, i * IPv6Length, address, 0, IPv6Length))
                {
                    return;
                }
            }

            Array.Copy(address, 0, IPv6, IPv6Count * IPv6Length, IPv6Length);
            IPv6Count++;
        }

        /// <summary>All addresses were given.</summary>
        /// <returns>True if they differ from those before.</returns>
        public bool End()
        {
            return IPv4Count != _ipv4Before || IPv6Count != _ipv6Before
                || !Same(IPv4, 0, _before, 0, IPv4Count * IPv4Length)
                || !Same(IPv6, 0, _before, IPv4Length, IPv6Count * IPv6Length);
        }

        /// <summary>Whether an IPv4 address belongs to this link's network.</summary>
        /// <param name="address">Holds the 4 bytes first.</param>
        /// <returns>True if it does.</returns>
        public bool IsOnLink(byte[] address)
        {
            for (int i = 0; i < IPv4Length; i++)
            {
                if (((address[i] ^ IPv4[i]) & _mask[i]) != 0)
                {
                    return false;
                }
            }

            return IPv4Count > 0;
        }

        private static bool IsZero(byte[] address, int length)
        {
            for (int i = 0; i < length; i++)
            {
                if (address[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        private static bool Same(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        {
            for (int i = 0; i < length; i++)
            {
                if (left[leftOffset + i] != right[rightOffset + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
