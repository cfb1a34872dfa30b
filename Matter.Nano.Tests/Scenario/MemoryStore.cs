using System;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A key-value store in memory, which a test can make fail.</summary>
    internal sealed class MemoryStore : IKeyValueStore
    {
        private readonly long[] _keys = new long[64];
        private readonly byte[][] _values = new byte[64][];
        private byte[] _spare;

        /// <summary>True to make every read and change fail.</summary>
        public bool Fails { get; set; }

        /// <summary>Values written or deleted so far.</summary>
        public int Changes { get; private set; }

        /// <summary>The value under a key, or null: the store's own array, for a test to damage.</summary>
        public byte[] this[long key]
        {
            get
            {
                int row = Find(key);
                return row < 0 ? null : _values[row];
            }
        }

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            if (Fails)
            {
                return MatterError.StorageFailed;
            }

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
            if (Fails)
            {
                return MatterError.StorageFailed;
            }

            Changes++;
            int row = Find(key);
            for (int i = 0; row < 0; i++)
            {
                row = _values[i] == null ? i : -1;
            }

            // The same room again if it fits: tests count what a device allocates.
            _keys[row] = key;
            if (_values[row] == null)
            {
                _values[row] = _spare;
                _spare = null;
            }

            if (_values[row] == null || _values[row].Length != length)
            {
                _values[row] = new byte[length];
            }

            Array.Copy(buffer, offset, _values[row], 0, length);
            return 0;
        }

        public int Delete(long key)
        {
            if (Fails)
            {
                return MatterError.StorageFailed;
            }

            Changes++;
            int row = Find(key);
            if (row >= 0)
            {
                _spare = _values[row];
                _values[row] = null;
            }

            return 0;
        }

        public int Clear()
        {
            Array.Clear(_values, 0, _values.Length);
            return 0;
        }

        /// <summary>Whether some value contains these bytes.</summary>
        public bool Holds(byte[] bytes)
        {
            for (int row = 0; row < _keys.Length; row++)
            {
                byte[] value = _values[row];
                for (int at = 0; value != null && at + bytes.Length <= value.Length; at++)
                {
                    if (ConstantTime.Equals(value, at, bytes, 0, bytes.Length))
                    {
                        return true;
                    }
                }
            }

            return false;
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
