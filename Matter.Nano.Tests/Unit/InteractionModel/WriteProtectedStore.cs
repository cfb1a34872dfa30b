using Matter.Nano.Platform;

namespace Matter.Nano.Tests
{
    /// <summary>A store that shows what another one holds and takes nothing.</summary>
    internal sealed class WriteProtectedStore : IKeyValueStore
    {
        private readonly IKeyValueStore _store;

        public WriteProtectedStore(IKeyValueStore store)
        {
            _store = store;
        }

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            return _store.Read(key, buffer, offset, capacity);
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            return MatterError.StorageFailed;
        }

        public int Delete(long key)
        {
            return MatterError.StorageFailed;
        }

        public int Clear()
        {
            return MatterError.StorageFailed;
        }
    }
}
