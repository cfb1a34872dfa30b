using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>A key-value store in memory whose power a test can cut: after so many changes all later ones fail.</summary>
    internal sealed class PowerCutStore : IKeyValueStore
    {
        private const int Capacity = 32;
        private readonly long[] _keys = new long[Capacity];
        private readonly byte[][] _values = new byte[Capacity][];

        /// <summary>Changes that still succeed.</summary>
        public int ChangesLeft { get; set; } = int.MaxValue;

        /// <summary>Changes that succeeded so far.</summary>
        public int Changes { get; private set; }

        /// <summary>True if the change at which the power goes takes place, though it is reported as failed.</summary>
        public bool LosesAnswer { get; set; }

        /// <summary>True to make every read fail.</summary>
        public bool FailsToRead { get; set; }

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
            if (FailsToRead) return MatterError.StorageFailed;
            byte[] value = this[key];
            if (value == null) return MatterError.NotFound;
            if (value.Length > capacity) return MatterError.BufferTooSmall;
            Array.Copy(value, 0, buffer, offset, value.Length);
            return value.Length;
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            bool changes = Change();
            if (!changes && !LosesAnswer) return MatterError.StorageFailed;
            int row = Find(key);
            for (int i = 0; row < 0; i++)
            {
                if (_values[i] == null) row = i;
            }

            _keys[row] = key;
            _values[row] = new byte[length];
            Array.Copy(buffer, offset, _values[row], 0, length);
            return changes ? 0 : MatterError.StorageFailed;
        }

        public int Delete(long key)
        {
            if (!Change()) return MatterError.StorageFailed;
            int row = Find(key);
            if (row >= 0) _values[row] = null;
            return 0;
        }

        public int Clear()
        {
            if (!Change()) return MatterError.StorageFailed;
            for (int i = 0; i < Capacity; i++) _values[i] = null;
            return 0;
        }

        private bool Change()
        {
            if (ChangesLeft == 0) return false;
            ChangesLeft--;
            Changes++;
            return true;
        }

        private int Find(long key)
        {
            for (int i = 0; i < Capacity; i++)
            {
                if (_values[i] != null && _keys[i] == key) return i;
            }

            return -1;
        }
    }
}
