using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Storage
{
    /// <summary>
    /// The bytes of one value in a file: magic, sequence number (4 bytes each), key (8), value, the
    /// <see cref="Checksum"/> of all before; numbers big-endian. The key inside tells a renamed file.
    /// </summary>
    public static class SlotFile
    {
        /// <summary>Where the value starts in the file.</summary>
        public const int ValueAt = 16;

        /// <summary>Bytes around a value.</summary>
        public const int Overhead = ValueAt + Checksum.Length;

        private const int SequenceAt = 4;
        private const int KeyAt = 8;
        private const uint Magic = 0x4D4E5333; // "MNS3"

        /// <summary>Makes the file of a value.</summary>
        /// <param name="file">Receives the file; its length is at least that of the value and <see cref="Overhead"/>.</param>
        /// <param name="sequence">Number of this write.</param>
        /// <param name="key">The value's key.</param>
        /// <param name="value">Holds the value.</param>
        /// <param name="offset">First byte of it.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>Length of the file in bytes.</returns>
        public static int Encode(byte[] file, uint sequence, long key, byte[] value, int offset, int length)
        {
            PutWord(file, 0, Magic);
            PutWord(file, SequenceAt, sequence);
            PutWord(file, KeyAt, (uint)(key >> 32));
            PutWord(file, KeyAt + 4, (uint)key);
            Array.Copy(value, offset, file, ValueAt, length);
            Checksum.Put(file, 0, ValueAt + length);
            return Overhead + length;
        }

        /// <summary>Checks a file.</summary>
        /// <param name="file">Holds the file.</param>
        /// <param name="fileLength">Its length in bytes.</param>
        /// <param name="key">The key that it should have.</param>
        /// <returns>Length of the value at <see cref="ValueAt"/>, or <see cref="MatterError.DamagedRecord"/>.</returns>
        public static int Decode(byte[] file, int fileLength, long key)
        {
            int length = fileLength - Overhead;
            if (length < 0 || GetWord(file, 0) != Magic || GetWord(file, KeyAt) != (uint)(key >> 32) || GetWord(file, KeyAt + 4) != (uint)key)
            {
                return MatterError.DamagedRecord;
            }

            return Checksum.IsRight(file, 0, ValueAt + length) ? length : MatterError.DamagedRecord;
        }

        /// <summary>The sequence number of a file that was decoded.</summary>
        /// <param name="file">Holds the file.</param>
        /// <returns>Number of the write; it wraps.</returns>
        public static uint Sequence(byte[] file)
        {
            return GetWord(file, SequenceAt);
        }

        private static void PutWord(byte[] file, int offset, uint word)
        {
            file[offset] = (byte)(word >> 24);
            file[offset + 1] = (byte)(word >> 16);
            file[offset + 2] = (byte)(word >> 8);
            file[offset + 3] = (byte)word;
        }

        private static uint GetWord(byte[] file, int offset)
        {
            return (uint)file[offset] << 24 | (uint)file[offset + 1] << 16 | (uint)file[offset + 2] << 8 | file[offset + 3];
        }
    }
}
