using System;
using Matter.Nano.Device.Storage;

namespace Matter.Nano.Tests
{
    /// <summary>
    /// Files in memory whose power can be cut: the operation that is then going on is done in part, all after it fail. Cut
    /// writes leave nothing, the first half, or a file of the right length with rubbish in its end.
    /// </summary>
    internal sealed class MemoryMedium : IFileMedium
    {
        /// <summary>A cut write leaves no file.</summary>
        public const int LeavesNothing = 0;

        /// <summary>A cut write leaves the first half of the file.</summary>
        public const int LeavesHalf = 1;

        /// <summary>A cut write leaves a file whose end is rubbish.</summary>
        public const int LeavesRubbish = 2;

        /// <summary>A cut operation was done just before.</summary>
        public const int LeavesAll = 3;

        /// <summary>The ways in which the power can go.</summary>
        public const int Ways = 4;

        private const int Capacity = 64;

        private readonly string[] _names = new string[Capacity];
        private readonly byte[][] _files = new byte[Capacity][];
        private int _way;

        /// <summary>Writes and removals until the power goes; -1: it stays.</summary>
        public int ChangesLeft { get; private set; } = -1;

        /// <summary>True once the power is gone.</summary>
        public bool IsDead { get; private set; }

        /// <summary>Writes and removals so far.</summary>
        public int Changes { get; private set; }

        /// <summary>True to make every operation fail, though nothing changes.</summary>
        public bool Fails { get; set; }

        /// <summary>Number of files.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int i = 0; i < Capacity; i++) count += _files[i] == null ? 0 : 1;
                return count;
            }
        }

        /// <summary>The bytes of a file, for a test to damage; null if there is none.</summary>
        public byte[] this[string name]
        {
            get { return Find(name) < 0 ? null : _files[Find(name)]; }
            set { Put(name, value); }
        }

        /// <summary>Cuts the power during the next change but some.</summary>
        public void CutAfter(int changes, int way)
        {
            ChangesLeft = changes;
            _way = way;
        }

        /// <summary>The power is back.</summary>
        public void Restore()
        {
            ChangesLeft = -1;
            IsDead = false;
        }

        public int Read(string name, byte[] buffer)
        {
            if (Fails || IsDead) return MatterError.StorageFailed;
            int row = Find(name);
            if (row < 0) return MatterError.NotFound;
            if (_files[row].Length > buffer.Length) return MatterError.BufferTooSmall;
            Array.Copy(_files[row], 0, buffer, 0, _files[row].Length);
            return _files[row].Length;
        }

        public int Write(string name, byte[] buffer, int length)
        {
            if (Fails || IsDead) return MatterError.StorageFailed;
            byte[] file = new byte[length];
            Array.Copy(buffer, 0, file, 0, length);
            if (Dies())
            {
                if (_way == LeavesNothing) Put(name, null);
                if (_way == LeavesAll) Put(name, file);
                if (_way == LeavesRubbish)
                {
                    for (int i = length * 3 / 4; i < length; i++) file[i] ^= 0xFF;
                    Put(name, file);
                }

                if (_way == LeavesHalf)
                {
                    byte[] half = new byte[length / 2];
                    Array.Copy(file, 0, half, 0, half.Length);
                    Put(name, half);
                }

                return MatterError.StorageFailed;
            }

            Put(name, file);
            return 0;
        }

        public int Delete(string name)
        {
            if (Fails || IsDead) return MatterError.StorageFailed;
            if (Find(name) < 0) return 0;
            if (Dies())
            {
                if (_way == LeavesAll) Put(name, null);
                return MatterError.StorageFailed;
            }

            Put(name, null);
            return 0;
        }

        public string[] List()
        {
            if (Fails || IsDead) return null;
            string[] names = new string[Count];
            int next = 0;
            for (int i = 0; i < Capacity; i++)
            {
                if (_files[i] != null) names[next++] = _names[i];
            }

            return names;
        }

        private bool Dies()
        {
            Changes++;
            if (ChangesLeft < 0 || ChangesLeft-- > 0) return false;
            IsDead = true;
            return true;
        }

        private int Find(string name)
        {
            for (int i = 0; i < Capacity; i++)
            {
                if (_files[i] != null && _names[i] == name) return i;
            }

            return -1;
        }

        private void Put(string name, byte[] file)
        {
            int row = Find(name);
            for (int i = 0; row < 0; i++) row = _files[i] == null ? i : -1;
            _names[row] = name;
            _files[row] = file;
        }
    }
}
