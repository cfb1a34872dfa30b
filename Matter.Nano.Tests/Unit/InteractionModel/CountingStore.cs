using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests
{
    /// <summary>A key-value store in memory that counts its writes and fails when told to.</summary>
    internal sealed class CountingStore : IKeyValueStore
    {
        private readonly long[] _keys = new long[16];
        private readonly byte[][] _values = new byte[16][];

        public int Writes { get; private set; }

        public bool IsBroken { get; set; }

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            int row = Find(key);
            if (IsBroken) return MatterError.StorageFailed;
            if (row < 0) return MatterError.NotFound;
            if (_values[row].Length > capacity) return MatterError.BufferTooSmall;
            Array.Copy(_values[row], 0, buffer, offset, _values[row].Length);
            return _values[row].Length;
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            Writes++;
            if (IsBroken) return MatterError.StorageFailed;
            int row = Find(key);
            for (int i = 0; row < 0; i++)
            {
                if (_values[i] == null) row = i;
            }
            _keys[row] = key;
            _values[row] = new byte[length];
            Array.Copy(buffer, offset, _values[row], 0, length);
            return 0;
        }

        public int Delete(long key)
        {
            if (IsBroken) return MatterError.StorageFailed;
            int row = Find(key);
            if (row >= 0) _values[row] = null;
            return 0;
        }

        public int Clear()
        {
            for (int i = 0; i < _values.Length; i++) _values[i] = null;
            return 0;
        }

        private int Find(long key)
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_values[i] != null && _keys[i] == key) return i;
            }
            return -1;
        }
    }
}
