using System;
using System.Text;

namespace Matter.Nano
{
    /// <summary>The network interface that the node is reached at, as its driver sees it. The driver keeps it up to date.</summary>
    public sealed class NetworkInterface
    {
        /// <summary>InterfaceTypeEnum: unspecified.</summary>
        public const int Unspecified = 0;

        /// <summary>InterfaceTypeEnum: Wi-Fi.</summary>
        public const int WiFi = 1;

        /// <summary>InterfaceTypeEnum: Ethernet.</summary>
        public const int Ethernet = 2;

        /// <summary>IPv4 addresses kept at most.</summary>
        public const int MaxIPv4Addresses = 4;

        /// <summary>IPv6 addresses kept at most.</summary>
        public const int MaxIPv6Addresses = 8;

        /// <summary>Length of an IPv4 address in bytes.</summary>
        public const int IPv4Length = 4;

        /// <summary>Length of an IPv6 address in bytes.</summary>
        public const int IPv6Length = 16;

        /// <summary>Length of a hardware address in bytes.</summary>
        public const int HardwareAddressLength = 6;

        private const int MaxNameLength = 32;

        /// <summary>Describes an interface without addresses.</summary>
        /// <param name="name">Its name, 1 to 32 bytes in UTF-8; a longer one is cut.</param>
        /// <param name="type">One of <see cref="Unspecified"/>, <see cref="WiFi"/>, <see cref="Ethernet"/>.</param>
        /// <param name="hardwareAddress">6 bytes; kept.</param>
        public NetworkInterface(string name, int type, byte[] hardwareAddress)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            Name = new byte[bytes.Length > MaxNameLength ? MaxNameLength : bytes.Length];
            Array.Copy(bytes, Name, Name.Length);
            Type = type;
            HardwareAddress = hardwareAddress;
        }

        /// <summary>Its name in UTF-8; also the NetworkID of Network Commissioning on Ethernet.</summary>
        public byte[] Name { get; }

        /// <summary>InterfaceTypeEnum.</summary>
        public int Type { get; }

        /// <summary>6 bytes.</summary>
        public byte[] HardwareAddress { get; }

        /// <summary>True while it is connected.</summary>
        public bool IsOperational { get; private set; }

        /// <summary>IPv4 addresses, 4 bytes each.</summary>
        public byte[] IPv4Addresses { get; } = new byte[MaxIPv4Addresses * IPv4Length];

        /// <summary>Number of IPv4 addresses.</summary>
        public int IPv4Count { get; private set; }

        /// <summary>IPv6 addresses, 16 bytes each.</summary>
        public byte[] IPv6Addresses { get; } = new byte[MaxIPv6Addresses * IPv6Length];

        /// <summary>Number of IPv6 addresses.</summary>
        public int IPv6Count { get; private set; }

        /// <summary>Takes over the present addresses; those beyond the capacity are left out.</summary>
        /// <param name="ipv4">Holds the IPv4 addresses; not kept.</param>
        /// <param name="ipv4Count">Their number.</param>
        /// <param name="ipv6">Holds the IPv6 addresses; not kept.</param>
        /// <param name="ipv6Count">Their number.</param>
        public void SetAddresses(byte[] ipv4, int ipv4Count, byte[] ipv6, int ipv6Count)
        {
            IPv4Count = ipv4Count > MaxIPv4Addresses ? MaxIPv4Addresses : ipv4Count;
            IPv6Count = ipv6Count > MaxIPv6Addresses ? MaxIPv6Addresses : ipv6Count;
            Array.Copy(ipv4, 0, IPv4Addresses, 0, IPv4Count * IPv4Length);
            Array.Copy(ipv6, 0, IPv6Addresses, 0, IPv6Count * IPv6Length);
            IsOperational = IPv4Count + IPv6Count > 0;
        }
    }
}
