using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A key-value store in memory.</summary>
    internal sealed class MemoryStore : IKeyValueStore
    {
        private readonly long[] _keys = new long[64];
        private readonly byte[][] _values = new byte[64][];

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            int row = Find(key);
            if (row < 0)
            {
                return MatterError.NotFound;
            }

            byte[] value = _values[row];
            if (value.Length > capacity)
            {
                return MatterError.BufferTooSmall;
            }

            Array.Copy(value, 0, buffer, offset, value.Length);
            return value.Length;
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            int row = Find(key);
            for (int i = 0; row < 0; i++)
            {
                row = _values[i] == null ? i : -1;
            }

            _keys[row] = key;
            _values[row] = new byte[length];
            Array.Copy(buffer, offset, _values[row], 0, length);
            return 0;
        }

        public int Delete(long key)
        {
            int row = Find(key);
            if (row >= 0)
            {
                _values[row] = null;
            }

            return 0;
        }

        public int Clear()
        {
            Array.Clear(_values, 0, _values.Length);
            return 0;
        }

        /// <summary>All that is stored, to compare.</summary>
        public override string ToString()
        {
            string text = "";
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_values[i] == null)
                {
                    continue;
                }

                text += _keys[i].ToString() + ":";
                for (int j = 0; j < _values[i].Length; j++)
                {
                    text += _values[i][j].ToString("X2");
                }

                text += "\n";
            }

            return text;
        }

        private int Find(long key)
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_values[i] != null && _keys[i] == key)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
