using System;

namespace Matter.Nano.Device.Network
{
    /// <summary>The IPv6 address that an interface gives itself (RFC 4291 2.5.6, appendix A).</summary>
    public static class LinkLocalAddress
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 16;

        /// <summary>Writes fe80::/64 with the interface identifier made of a hardware address (modified EUI-64).</summary>
        /// <param name="address">Receives 16 bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="hardwareAddress">6 bytes.</param>
        public static void Write(byte[] address, int offset, byte[] hardwareAddress)
        {
            Array.Clear(address, offset, Length);
            address[offset] = 0xFE;
            address[offset + 1] = 0x80;
            Array.Copy(hardwareAddress, 0, address, offset + 8, 3);
            address[offset + 8] ^= 0x02;
            address[offset + 11] = 0xFF;
            address[offset + 12] = 0xFE;
            Array.Copy(hardwareAddress, 3, address, offset + 13, 3);
        }

        /// <summary>Whether an address is link-local unicast (fe80::/10).</summary>
        /// <param name="address">Holds 16 bytes.</param>
        /// <param name="offset">Where they start.</param>
        /// <returns>True if it is.</returns>
        public static bool Is(byte[] address, int offset)
        {
            return address[offset] == 0xFE && (address[offset + 1] & 0xC0) == 0x80;
        }
    }
}
