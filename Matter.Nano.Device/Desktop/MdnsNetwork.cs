using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Matter.Nano.Discovery;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>One network interface as the system has it now.</summary>
    internal sealed class MdnsNetwork
    {
        private const int MaxAddresses = 32;

        /// <summary>Reads an interface's state.</summary>
        public MdnsNetwork(NetworkInterface network)
        {
            Name = network.Name;
            foreach (UnicastIPAddressInformation information in network.GetIPProperties().UnicastAddresses)
            {
                IPAddress address = information.Address;
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
            IPInterfaceProperties properties = network.GetIPProperties();
            Index = network.Supports(NetworkInterfaceComponent.IPv6)
                ? properties.GetIPv6Properties().Index
                : properties.GetIPv4Properties().Index;
        }

        /// <summary>The interface's name.</summary>
        public string Name { get; }

        /// <summary>The system's number of it.</summary>
        public int Index { get; }

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

        /// <summary>True once the groups are joined.</summary>
        public bool HasIPv4 { get; set; }

        /// <summary>True once the groups are joined.</summary>
        public bool HasIPv6 { get; set; }

        /// <summary>True if something could not be sent.</summary>
        public bool HasFailed { get; set; }

        /// <summary>How often the interface was announced on anew after that.</summary>
        public int Retries { get; set; }

        /// <summary>Tells the responder.</summary>
        public int Register(MdnsResponder responder, long now)
        {
            return responder.SetInterface(Index, HasIPv4, HasIPv6, IPv4Addresses, IPv4Count, IPv6Addresses, IPv6Count, now);
        }
    }
}
