using Matter.Nano.Platform;

namespace Matter.Nano.Messages
{
    /// <summary>
    /// A counter that hands out no value twice, also not after a power cut. The store holds a mark, which is moved a block
    /// ahead before the first value of the block is handed out: one write for <see cref="BlockLength"/> values, and a
    /// restart skips what was left of the block.
    /// </summary>
    /// <remarks>
    /// The store is first asked when the first value is: who counts nothing wears no flash. A mark that fails its integrity
    /// check stays as it is and stops the counter until <see cref="IKeyValueStore.Clear"/>: what it was cannot be guessed,
    /// and a lower one would repeat values.
    /// After the largest value comes 0. Message counters of groups, 32 bits, roll over so; their keys must be renewed before
    /// the four thousand millionth message or the four millionth restart. A counter of 64 bits never gets there.
    /// </remarks>
    public sealed class PersistedCounter
    {
        /// <summary>Values for one write of the store.</summary>
        public const int BlockLength = 1000;

        private const uint FirstMask = 0x0FFFFFFF;
        private const int ValueLength = 8;

        private readonly IKeyValueStore _store;
        private readonly long _key;
        private readonly IRandom _random;
        private readonly ulong _largest;
        private readonly byte[] _record = new byte[2 * ValueLength];   // the mark, then its complement
        private ulong _next;
        private int _left;          // values before the mark
        private bool _isRead;

        /// <summary>Creates a counter; nothing is read yet.</summary>
        /// <param name="store">Where the mark persists.</param>
        /// <param name="key">Its key.</param>
        /// <param name="random">Gives the very first value, 1 to 2^28 (Matter Core 4.6.1.1); null to begin with 0.</param>
        /// <param name="largest">Largest value, 2^n - 1.</param>
        public PersistedCounter(IKeyValueStore store, long key, IRandom random, ulong largest)
        {
            _store = store;
            _key = key;
            _random = random;
            _largest = largest;
        }

        /// <summary>The value handed out last; of no meaning before the first.</summary>
        public ulong Value { get; private set; }

        /// <summary>Goes on to the next value, to be found in <see cref="Value"/>.</summary>
        /// <returns>
        /// 0, <see cref="MatterError.StorageFailed"/> or <see cref="MatterError.DamagedRecord"/>: then there is none, and the
        /// next call tries again.
        /// </returns>
        public int Next()
        {
            if (_left == 0)
            {
                int result = _isRead ? 0 : Read();
                if (result == 0) result = Reserve();
                if (result != 0) return result;
            }
            Value = _next;
            _next = _next + 1 & _largest;
            _left--;
            return 0;
        }

        private int Read()
        {
            byte[] record = _record;
            int length = _store.Read(_key, record, 0, record.Length);
            if (length == MatterError.NotFound)
            {
                _next = _random == null ? 0 : First();
            }
            else if (length == MatterError.StorageFailed)
            {
                return length;
            }
            else
            {
                ulong mark = LittleEndian.GetUInt64(record, 0);
                if (length != record.Length || mark > _largest || LittleEndian.GetUInt64(record, ValueLength) != ~mark) return MatterError.DamagedRecord;
                _next = mark;
            }
            _isRead = true;
            return 0;
        }

        private ulong First()
        {
            _random.Fill(_record, 0, 4);
            return (LittleEndian.GetUInt32(_record, 0) & FirstMask) + 1;
        }

        private int Reserve()
        {
            ulong mark = _next + BlockLength & _largest;
            LittleEndian.PutUInt64(_record, 0, mark);
            LittleEndian.PutUInt64(_record, ValueLength, ~mark);
            int result = _store.Write(_key, _record, 0, _record.Length);
            if (result == 0) _left = BlockLength;
            return result;
        }
    }
}
