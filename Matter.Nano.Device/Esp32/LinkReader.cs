using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Matter.Nano.Device.Network;
using SystemInterface = System.Net.NetworkInformation.NetworkInterface;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>Reads the addresses of the board's network interface.</summary>
    internal static class LinkReader
    {
        /// <summary>The interface as it is now; null if the firmware has none of the board's kind.</summary>
        public static SystemInterface Find()
        {
            NetworkInterfaceType type = Board.IsEthernet ? NetworkInterfaceType.Ethernet : NetworkInterfaceType.Wireless80211;
            SystemInterface[] all = SystemInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == type)
                {
                    return all[i];
                }
            }

            return null;
        }

        /// <summary>Takes over the present addresses.</summary>
        /// <param name="link">Gets them.</param>
        /// <param name="isConnected">False if the link is down, whatever addresses are left of it.</param>
        /// <returns>True if there was a change.</returns>
        public static bool Read(LinkState link, bool isConnected)
        {
            link.Begin();
            SystemInterface network = isConnected ? Find() : null;
            if (network != null)
            {
                link.SetIPv4(IPAddress.Parse(network.IPv4Address).GetAddressBytes(), IPAddress.Parse(network.IPv4SubnetMask).GetAddressBytes());
                if (Board.HasIPv6)
                {
                    ReadIPv6(link, network);
                }
            }

            return link.End();
        }

        // The name of nobody resolves to the device's own addresses. Where it doesn't, the one it must have is computed.
        private static void ReadIPv6(LinkState link, SystemInterface network)
        {
            byte[] address = new byte[LinkLocalAddress.Length];
            LinkLocalAddress.Write(address, 0, network.PhysicalAddress);
            link.AddIPv6(address);
            try
            {
                IPAddress[] all = Dns.GetHostEntry(string.Empty).AddressList;
                for (int i = 0; i < all.Length; i++)
                {
                    if (all[i].AddressFamily == AddressFamily.InterNetworkV6)
                    {
                        address = all[i].GetAddressBytes();
                        if (!LinkLocalAddress.Is(address, 0))
                        {
                            link.AddIPv6(address);
                        }
                    }
                }
            }
            catch (Exception)
            {
            }
        }
    }
}
