using System;

namespace Matter.Nano.Device.Network
{
    /// <summary>The socket options that join and leave multicast groups, laid out as lwIP takes them.</summary>
    public static class MulticastRequest
    {
        /// <summary>Length of struct ip_mreq in bytes.</summary>
        public const int IPv4Length = 8;

        /// <summary>Length of struct ipv6_mreq in bytes.</summary>
        public const int IPv6Length = 20;

        /// <summary>Fills a struct ip_mreq: the group, then the interface's address; zeros for any interface.</summary>
        /// <param name="request">Receives 8 bytes.</param>
        /// <param name="group">4 bytes.</param>
        public static void WriteIPv4(byte[] request, byte[] group)
        {
            Array.Copy(group, 0, request, 0, 4);
            Array.Clear(request, 4, 4);
        }

        /// <summary>Fills a struct ipv6_mreq: the group, then the interface's index, 32 bits little-endian. There is no interface 0.</summary>
        /// <param name="request">Receives 20 bytes.</param>
        /// <param name="group">16 bytes.</param>
        /// <param name="interfaceIndex">1 to 255.</param>
        public static void WriteIPv6(byte[] request, byte[] group, int interfaceIndex)
        {
            Array.Copy(group, 0, request, 0, 16);
            request[16] = (byte)interfaceIndex;
            Array.Clear(request, 17, 3);
        }
    }
}
