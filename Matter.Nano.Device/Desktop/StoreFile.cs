using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// The bytes of one value on disk: magic, key (8 bytes), length of the value (4), value, SHA-256 of all before; numbers
    /// big-endian. The key inside tells a renamed file.
    /// </summary>
    internal static class StoreFile
    {
        private const uint Magic = 0x4D4E5331; // "MNS1"
        private const int KeyAt = 4;
        private const int LengthAt = 12;
        private const int ValueAt = 16;

        /// <summary>Bytes around a value.</summary>
        public const int Overhead = ValueAt + SHA256.HashSizeInBytes;

        /// <summary>Makes the file of a value.</summary>
        public static byte[] Encode(long key, ReadOnlySpan<byte> value)
        {
            byte[] file = new byte[Overhead + value.Length];
            BinaryPrimitives.WriteUInt32BigEndian(file, Magic);
            BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(KeyAt), key);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(LengthAt), value.Length);
            value.CopyTo(file.AsSpan(ValueAt));
            SHA256.HashData(file.AsSpan(0, ValueAt + value.Length), file.AsSpan(ValueAt + value.Length));
            return file;
        }

        /// <summary>Checks a file. Returns false if it isn't whole or not of this key.</summary>
        public static bool TryDecode(byte[] file, long key, out ReadOnlySpan<byte> value)
        {
            value = default;
            int length = file.Length - Overhead;
            if (length < 0
                || BinaryPrimitives.ReadUInt32BigEndian(file) != Magic
                || BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(KeyAt)) != key
                || BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(LengthAt)) != length
                || !SHA256.HashData(file.AsSpan(0, ValueAt + length)).AsSpan().SequenceEqual(file.AsSpan(ValueAt + length)))
                return false;
            value = file.AsSpan(ValueAt, length);
            return true;
        }
    }
}
