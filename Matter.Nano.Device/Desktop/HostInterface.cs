using System;
using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SystemInterface = System.Net.NetworkInformation.NetworkInterface;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>A network interface of this machine as it is at one time.</summary>
    internal sealed class HostInterface
    {
        private const int MaxAddresses = 32;

        private readonly SystemInterface _interface;
        private readonly List<(byte[] Address, int PrefixLength)> _networks = new List<(byte[] Address, int PrefixLength)>();

        private HostInterface(SystemInterface systemInterface)
        {
            _interface = systemInterface;
            IPInterfaceProperties properties = systemInterface.GetIPProperties();
            HasGateway = properties.GatewayAddresses.Count > 0;
            Index = systemInterface.Supports(NetworkInterfaceComponent.IPv6)
                ? properties.GetIPv6Properties().Index
                : properties.GetIPv4Properties().Index;
            foreach (UnicastIPAddressInformation information in properties.UnicastAddresses)
            {
                IPAddress address = information.Address;
                _networks.Add((address.GetAddressBytes(), information.PrefixLength));
                if (address.AddressFamily == AddressFamily.InterNetwork && IPv4Count < MaxAddresses)
                {
                    if (IPv4Count == 0)
                        IPv4 = address;
                    address.TryWriteBytes(IPv4Addresses.AsSpan(4 * IPv4Count++), out _);
                }
                else if (address.AddressFamily == AddressFamily.InterNetworkV6 && IPv6Count < MaxAddresses)
                {
                    address.TryWriteBytes(IPv6Addresses.AsSpan(16 * IPv6Count++), out _);
                }
            }
        }

        /// <summary>The interface's name.</summary>
        public string Name { get { return _interface.Name; } }

        /// <summary>The system's number of it.</summary>
        public int Index { get; }

        /// <summary>InterfaceTypeEnum of General Diagnostics.</summary>
        public int Type
        {
            get
            {
                switch (_interface.NetworkInterfaceType)
                {
                    case NetworkInterfaceType.Ethernet:
                        return Nano.NetworkInterface.Ethernet;
                    case NetworkInterfaceType.Wireless80211:
                        return Nano.NetworkInterface.WiFi;
                    default:
                        return Nano.NetworkInterface.Unspecified;
                }
            }
        }

        /// <summary>Its hardware address, 6 bytes; zeros where it has none of that length.</summary>
        public byte[] HardwareAddress
        {
            get
            {
                byte[] address = _interface.GetPhysicalAddress().GetAddressBytes();
                return address.Length == Nano.NetworkInterface.HardwareAddressLength ? address : new byte[Nano.NetworkInterface.HardwareAddressLength];
            }
        }

        /// <summary>True if other networks are reached through it.</summary>
        public bool HasGateway { get; }

        /// <summary>One IPv4 address, which names the interface in multicast options; null if there is none.</summary>
        public IPAddress IPv4 { get; }

        /// <summary>The IPv4 addresses, 4 bytes each.</summary>
        public byte[] IPv4Addresses { get; } = new byte[4 * MaxAddresses];

        /// <summary>Number of them.</summary>
        public int IPv4Count { get; }

        /// <summary>The IPv6 addresses, 16 bytes each.</summary>
        public byte[] IPv6Addresses { get; } = new byte[16 * MaxAddresses];

        /// <summary>Number of them.</summary>
        public int IPv6Count { get; }

        /// <summary>Whether an address is one of its own or of its neighbours on the link.</summary>
        public bool IsOnLink(IPAddress address)
        {
            if (address.IsIPv6LinkLocal)
                return true;
            byte[] bytes = address.GetAddressBytes();
            return _networks.Exists(network => IsWithin(bytes, network.Address, network.PrefixLength));
        }

        /// <summary>Whether another state, null for none, has the same addresses.</summary>
        public bool HasAddressesOf(HostInterface other)
        {
            return other != null
                && IPv4Addresses.AsSpan(0, 4 * IPv4Count).SequenceEqual(other.IPv4Addresses.AsSpan(0, 4 * other.IPv4Count))
                && IPv6Addresses.AsSpan(0, 16 * IPv6Count).SequenceEqual(other.IPv6Addresses.AsSpan(0, 16 * other.IPv6Count));
        }

        /// <summary>Reads the interfaces to serve, those with a gateway first.</summary>
        /// <param name="only">Name of the one to serve, or null for all that are up and multicast, but loopback.</param>
        public static List<HostInterface> ReadAll(string only)
        {
            List<HostInterface> found = new List<HostInterface>();
            foreach (SystemInterface candidate in SystemInterface.GetAllNetworkInterfaces())
            {
                if (IsServed(candidate, only))
                    found.Add(new HostInterface(candidate));
            }
            found.Sort((a, b) => a.HasGateway == b.HasGateway ? a.Index.CompareTo(b.Index) : a.HasGateway ? -1 : 1);
            return found;
        }

        /// <summary>Whether the machine has an interface of that name.</summary>
        public static bool Exists(string name)
        {
            return Array.Exists(SystemInterface.GetAllNetworkInterfaces(), candidate => candidate.Name == name);
        }

        private static bool IsWithin(byte[] address, byte[] network, int prefixLength)
        {
            bool isWithin = address.Length == network.Length;
            for (int bit = 0; bit < prefixLength && isWithin; bit++)
                isWithin = ((address[bit / 8] ^ network[bit / 8]) >> (7 - bit % 8) & 1) == 0;
            return isWithin;
        }

        private static bool IsServed(SystemInterface candidate, string only)
        {
            bool isLoopback = candidate.NetworkInterfaceType == NetworkInterfaceType.Loopback; // whose status is unknown
            if (only != null)
                return candidate.Name == only && (isLoopback || candidate.OperationalStatus == OperationalStatus.Up);
            return !isLoopback && candidate.OperationalStatus == OperationalStatus.Up && candidate.SupportsMulticast;
        }
    }
}
