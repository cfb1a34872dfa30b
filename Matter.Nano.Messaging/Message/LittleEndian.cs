namespace Matter.Nano.Messages
{
    /// <summary>Integers of the message layer: little-endian, at any offset. Bounds are the caller's business.</summary>
    internal static class LittleEndian
    {
        internal static int GetUInt16(byte[] buffer, int offset)
        {
            return buffer[offset] | buffer[offset + 1] << 8;
        }

        internal static uint GetUInt32(byte[] buffer, int offset)
        {
            return (uint)(buffer[offset] | buffer[offset + 1] << 8 | buffer[offset + 2] << 16 | buffer[offset + 3] << 24);
        }

        internal static ulong GetUInt64(byte[] buffer, int offset)
        {
            return GetUInt32(buffer, offset) | (ulong)GetUInt32(buffer, offset + 4) << 32;
        }

        internal static void PutUInt16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }

        internal static void PutUInt32(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
            buffer[offset + 3] = (byte)(value >> 24);
        }

        internal static void PutUInt64(byte[] buffer, int offset, ulong value)
        {
            PutUInt32(buffer, offset, (uint)value);
            PutUInt32(buffer, offset + 4, (uint)(value >> 32));
        }
    }
}
