using System;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Storage
{
    /// <summary>
    /// Values as files on a medium that cannot rename one file over another: each key has two slots. A write goes to the slot
    /// that is not in use, with a higher sequence number, then the old one is removed; a power cut leaves one good slot or
    /// two, of which the newer one counts.
    /// </summary>
    /// <remarks>
    /// Removing everything (factory reset) starts with a marker, so that a power cut midway is made up for at the next start:
    /// half a node's memory is worse than none. The names of files make garbage; reads happen at the start and writes seldom.
    /// </remarks>
    public sealed class SlotStore : IKeyValueStore
    {
        /// <summary>Longest value in bytes: room for a fabric with everything.</summary>
        public const int MaxLength = 2400;

        private const string Slot0 = ".0";
        private const string Slot1 = ".1";
        private const string ClearingMarker = "clearing";

        private readonly IFileMedium _medium;
        private readonly Sha256 _hash = new Sha256();
        private readonly byte[] _digest = new byte[Sha256.HashLength];
        private readonly byte[] _file = new byte[MaxLength + SlotFile.Overhead];
        private bool _isSecond; // whether the slot found last is the second one

        /// <summary>Opens a store, and brings a removal to its end that a power cut interrupted.</summary>
        /// <param name="medium">Where the files go; no other files must be there.</param>
        public SlotStore(IFileMedium medium)
        {
            _medium = medium;
            if (medium.Read(ClearingMarker, _file) >= 0)
            {
                Clear();
            }
        }

        /// <inheritdoc/>
        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            int length = Find(NameOf(key), key);
            if (length >= 0 && length <= capacity)
            {
                Array.Copy(_file, SlotFile.ValueAt, buffer, offset, length);
            }

            Array.Clear(_file, 0, _file.Length);
            return length <= capacity ? length : MatterError.BufferTooSmall;
        }

        /// <inheritdoc/>
        public int Write(long key, byte[] buffer, int offset, int length)
        {
            if (length > MaxLength)
            {
                return MatterError.StorageFailed;
            }

            string name = NameOf(key);
            int old = Find(name, key);
            if (old < 0 && old != MatterError.NotFound)
            {
                return old;
            }

            uint sequence = old < 0 ? 0 : SlotFile.Sequence(_file) + 1;
            string oldSlot = name + (_isSecond ? Slot1 : Slot0);
            string newSlot = name + (_isSecond ? Slot0 : Slot1);
            int fileLength = SlotFile.Encode(_file, sequence, key, buffer, offset, length, _hash, _digest);
            int result = _medium.Write(newSlot, _file, fileLength);
            Array.Clear(_file, 0, _file.Length);
            if (result == 0 && old >= 0)
            {
                // The new value counts already: if the old one stays, that is only a waste of room.
                _medium.Delete(oldSlot);
            }

            return result;
        }

        /// <inheritdoc/>
        public int Delete(long key)
        {
            string name = NameOf(key);
            int length = Find(name, key);
            Array.Clear(_file, 0, _file.Length);
            if (length < 0 && length != MatterError.NotFound)
            {
                return length;
            }

            // The slot that doesn't count goes first, or a power cut would bring its older value back.
            int result = _medium.Delete(name + (_isSecond ? Slot0 : Slot1));
            return result != 0 ? result : _medium.Delete(name + (_isSecond ? Slot1 : Slot0));
        }

        /// <inheritdoc/>
        public int Clear()
        {
            if (_medium.Write(ClearingMarker, _file, 0) != 0)
            {
                return MatterError.StorageFailed;
            }

            string[] names = _medium.List();
            if (names == null)
            {
                return MatterError.StorageFailed;
            }

            for (int i = 0; i < names.Length; i++)
            {
                if (names[i] != ClearingMarker && _medium.Delete(names[i]) != 0)
                {
                    return MatterError.StorageFailed;
                }
            }

            return _medium.Delete(ClearingMarker);
        }

        /// <summary>
        /// Brings the file that counts into the buffer and notes its slot. A slot that isn't whole is as good as empty: it is
        /// what a power cut left of a write. Returns the value's length, NotFound or StorageFailed.
        /// </summary>
        private int Find(string name, long key)
        {
            _isSecond = true;
            int second = Load(name + Slot1, key);
            if (second == MatterError.StorageFailed)
            {
                return second;
            }

            uint sequence = SlotFile.Sequence(_file);
            _isSecond = false;
            int first = Load(name + Slot0, key);
            if (first == MatterError.StorageFailed)
            {
                return first;
            }

            if (second < 0 || (first >= 0 && (int)(SlotFile.Sequence(_file) - sequence) > 0))
            {
                return first < 0 ? MatterError.NotFound : first;
            }

            // The buffer has it still, unless the first slot was there too.
            _isSecond = true;
            return first == MatterError.NotFound ? second : Load(name + Slot1, key);
        }

        private int Load(string slot, long key)
        {
            int length = _medium.Read(slot, _file);
            return length < 0 ? length : SlotFile.Decode(_file, length, key, _hash, _digest);
        }

        private static string NameOf(long key)
        {
            return key.ToString("X16");
        }
    }
}
