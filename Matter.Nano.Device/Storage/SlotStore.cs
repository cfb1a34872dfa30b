using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Storage
{
    /// <summary>
    /// Values as files on a medium that cannot rename one file over another: each key has two slots, which hold the same value.
    /// A write goes first to the slot that doesn't count, with a higher sequence number, then to the other one too. So a power
    /// cut costs at most the write that it interrupts, and damage to one file costs nothing.
    /// </summary>
    /// <remarks>
    /// What counts is the newer of the slots that are whole. One damaged slot alone is what a power cut left of a value's
    /// very first write: there is no such value. Two damaged ones are a value lost, told as <see cref="MatterError.DamagedRecord"/>:
    /// of a counter that must not go back that is another thing than none. A value takes two writes of a file.
    /// Removing everything (factory reset) starts with a marker, so that a power cut midway is made up for at the next start:
    /// half a node's memory is worse than none. The names of files make garbage; reads happen at the start and writes seldom.
    /// </remarks>
    public sealed class SlotStore : IKeyValueStore
    {
        /// <summary>Longest value in bytes: room for a fabric with everything.</summary>
        public const int MaxLength = 2530;

        private const string Slot0 = ".0";
        private const string Slot1 = ".1";
        private const string ClearingMarker = "clearing";

        private readonly IFileMedium _medium;
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
            if (old == MatterError.StorageFailed)
            {
                return old;
            }

            uint sequence = old < 0 ? 0 : SlotFile.Sequence(_file) + 1;
            int fileLength = SlotFile.Encode(_file, sequence, key, buffer, offset, length);
            int result = _medium.Write(name + (_isSecond ? Slot0 : Slot1), _file, fileLength);
            if (result == 0)
            {
                // The new value counts already: a fault here costs only its second copy.
                _medium.Write(name + (_isSecond ? Slot1 : Slot0), _file, fileLength);
            }

            Array.Clear(_file, 0, _file.Length);
            return result;
        }

        /// <inheritdoc/>
        public int Delete(long key)
        {
            string name = NameOf(key);
            int length = Find(name, key);
            Array.Clear(_file, 0, _file.Length);
            if (length == MatterError.StorageFailed)
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
        /// Brings the file that counts into the buffer and notes its slot. Returns the value's length, NotFound, DamagedRecord or
        /// StorageFailed.
        /// </summary>
        private int Find(string name, long key)
        {
            int second = _medium.Read(name + Slot1, _file);
            uint sequence = SlotFile.Sequence(_file);
            _isSecond = false;
            int first = Load(name + Slot0, key);
            if (second == MatterError.StorageFailed || first == MatterError.StorageFailed)
            {
                return MatterError.StorageFailed;
            }

            // As a rule both are the same, and the second isn't looked at any further.
            if (second == MatterError.NotFound || (first >= 0 && (int)(sequence - SlotFile.Sequence(_file)) <= 0))
            {
                return first == MatterError.DamagedRecord ? MatterError.NotFound : first;
            }

            _isSecond = true;
            second = Load(name + Slot1, key);
            if (second >= 0 || second == MatterError.StorageFailed)
            {
                return second;
            }

            _isSecond = false;
            return first >= 0 ? Load(name + Slot0, key) : first == MatterError.NotFound ? first : MatterError.DamagedRecord;
        }

        private int Load(string slot, long key)
        {
            int length = _medium.Read(slot, _file);
            return length == MatterError.BufferTooSmall ? MatterError.DamagedRecord
                : length < 0 ? length : SlotFile.Decode(_file, length, key);
        }

        private static string NameOf(long key)
        {
            return key.ToString("X16");
        }
    }
}
