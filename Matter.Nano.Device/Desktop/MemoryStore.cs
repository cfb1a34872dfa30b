using System;
using System.Collections.Generic;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Storage that ends with the program.</summary>
    internal sealed class MemoryStore : IKeyValueStore
    {
        private readonly Dictionary<long, byte[]> _values = new Dictionary<long, byte[]>();

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            if (!_values.TryGetValue(key, out byte[] value))
                return MatterError.NotFound;
            if (value.Length > capacity)
                return MatterError.BufferTooSmall;
            value.CopyTo(buffer, offset);
            return value.Length;
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            _values[key] = buffer.AsSpan(offset, length).ToArray();
            return 0;
        }

        public int Delete(long key)
        {
            _values.Remove(key);
            return 0;
        }

        public int Clear()
        {
            _values.Clear();
            return 0;
        }
    }
}
