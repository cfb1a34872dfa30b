namespace Matter.Nano.Messages
{
    /// <summary>The IPv6 multicast address of a group: ff35:40:fd, fabric id, 00, group id.</summary>
    public static class GroupAddress
    {
        /// <summary>Length of an address in bytes.</summary>
        public const int Length = 16;

        /// <summary>UDP port of messages to groups.</summary>
        public const int Port = 5540;

        /// <summary>Writes the address of a group.</summary>
        /// <param name="address">Receives 16 bytes.</param>
        /// <param name="fabricId">Fabric id.</param>
        /// <param name="groupId">Group id.</param>
        public static void Write(byte[] address, ulong fabricId, int groupId)
        {
            address[0] = 0xFF;
            address[1] = 0x35;      // transient, prefix-based; site-local scope
            address[2] = 0x00;
            address[3] = 0x40;      // 64 bits of prefix
            address[4] = 0xFD;
            for (int i = 0; i < 8; i++) address[5 + i] = (byte)(fabricId >> 56 - 8 * i);
            address[13] = 0x00;
            address[14] = (byte)(groupId >> 8);
            address[15] = (byte)groupId;
        }
    }
}
