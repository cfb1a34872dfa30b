using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Platform;
using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Keeps what is needed to take up subscriptions again after a restart: one value of the store for each fabric, with all
    /// of its subscriptions. Written a while after a change, so that many in a row cost one write.
    /// </summary>
    /// <remarks>
    /// After the start the subscriptions are in the table, dormant: without a session, until a report has reached their
    /// subscriber. A subscription that comes or goes within the delay before a power cut is as it was before; its subscriber
    /// refuses the report of one that it doesn't know.
    /// </remarks>
    internal sealed class SubscriptionStore
    {
        /// <summary>How long a change waits at least for others to be written with it, in ms.</summary>
        public const int DelayMs = 2000;

        /// <summary>Shortest time between two rounds of writing in ms: what bounds the wear of flash memory.</summary>
        public const int IntervalMs = 60000;

        // A value: fabric index, then the subscriptions, then the checksum; numbers little-endian.
        private const int HeaderLength = 1;
        private const int IdAt = 0;
        private const int PeerNodeIdAt = 4;
        private const int MinIntervalAt = 12;
        private const int MaxIntervalAt = 14;
        private const int FlagsAt = 16;
        private const int PathCountAt = 17;
        private const int PathsAt = 18;
        private const int WordLength = 4;
        private const int FilteredFlag = 1;

        /// <summary>Fabric index of a value of no fabric.</summary>
        private const byte Unknown = 0xFF;

        private readonly SubscriptionTable _table;
        private readonly FabricTable _fabrics;
        private readonly IKeyValueStore _store;
        private readonly byte[] _buffer;
        private long _deadline = long.MaxValue;
        private long _earliest;
        private readonly byte[] _stored = new byte[Limits.Fabrics]; // the fabric index of each row's value; 0 if there is none

        /// <summary>Creates it.</summary>
        /// <param name="table">The subscriptions.</param>
        /// <param name="fabrics">The fabrics, whose scratch it uses within a call.</param>
        /// <param name="store">Where the values go.</param>
        public SubscriptionStore(SubscriptionTable table, FabricTable fabrics, IKeyValueStore store)
        {
            _table = table;
            _fabrics = fabrics;
            _store = store;
            _buffer = fabrics.Scratch;
        }

        /// <summary>Puts the stored subscriptions into the table, dormant; at start-up and after the fabrics. What is damaged or of no fabric is deleted.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        public int Load()
        {
            int result = 0;
            for (int row = 0; row < _fabrics.Capacity; row++)
            {
                int length = _store.Read(StoreKey.Subscriptions + row, _buffer, 0, _buffer.Length);
                if (length == MatterError.NotFound)
                {
                    continue;
                }

                int fabricIndex = _fabrics.GetRow(row).Index;
                int end = length - Checksum.Length;
                bool isIntact = end > HeaderLength && Checksum.IsRight(_buffer, 0, end)
                    && fabricIndex != 0 && _buffer[0] == fabricIndex && AreIntact(end);
                for (int at = HeaderLength; isIntact && at < end; at += LengthAt(at))
                {
                    Restore(fabricIndex, at);
                }

                _stored[row] = isIntact ? (byte)fabricIndex : Unknown;
                if (!isIntact)
                {
                    int error = length == MatterError.StorageFailed ? length : Save(row, HeaderLength);
                    result = error != 0 ? error : result;
                }
            }

            _table.Unsaved = 0;
            return result;
        }

        /// <summary>Writes what has waited long enough, one fabric at a time.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (_table.Unsaved == 0)
            {
                return long.MaxValue;
            }

            if (_deadline == long.MaxValue)
            {
                _deadline = now + DelayMs > _earliest ? now + DelayMs : _earliest;
            }
            else if (now >= _deadline)
            {
                _earliest = now + IntervalMs;
                _deadline = SaveNext() != 0 ? _earliest : _table.Unsaved != 0 ? now : long.MaxValue;
            }

            return _deadline;
        }

        /// <summary>Writes everything that waits, at once: before the node closes its sessions and goes down.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>; what could not be written still waits.</returns>
        public int Flush()
        {
            int result = 0;
            while (_table.Unsaved != 0 && result == 0)
            {
                result = SaveNext();
            }

            return result;
        }

        /// <summary>Forgets a fabric's subscriptions, in the store too.</summary>
        /// <param name="fabricIndex">The index that it had.</param>
        public void FabricRemoved(int fabricIndex)
        {
            _table.RemoveFabric(fabricIndex);
            for (int row = 0; row < _stored.Length; row++)
            {
                if (_stored[row] == fabricIndex && Save(row, HeaderLength) != 0)
                {
                    _table.Unsaved |= 1 << row; // it is tried again
                }
            }
        }

        private int SaveNext()
        {
            int row = 0;
            while ((_table.Unsaved >> row & 1) == 0)
            {
                row++;
            }

            int result = Save(row, Write(_fabrics.GetRow(row).Index));
            _table.Unsaved &= result == 0 ? ~(1 << row) : -1;
            return result;
        }

        // Without a subscription there is no value either.
        private int Save(int row, int length)
        {
            bool isEmpty = length == HeaderLength;
            if (!isEmpty)
            {
                Checksum.Put(_buffer, 0, length);
            }

            int result = isEmpty && _stored[row] == 0 ? 0
                : isEmpty ? _store.Delete(StoreKey.Subscriptions + row)
                : _store.Write(StoreKey.Subscriptions + row, _buffer, 0, length + Checksum.Length);
            if (result == 0)
            {
                _stored[row] = isEmpty ? (byte)0 : _buffer[0];
            }

            return result;
        }

        // The value of a fabric in the buffer, which all subscriptions together fit into; only the header if it has none.
        private int Write(int fabricIndex)
        {
            byte[] buffer = _buffer;
            int at = HeaderLength;
            buffer[0] = (byte)fabricIndex;
            for (int i = 0; i < _table.Capacity && fabricIndex != 0; i++)
            {
                Subscription row = _table.GetRow(i);
                if (row.FabricIndex != fabricIndex || row.Id == 0 || !(row.IsActive || row.IsDormant))
                {
                    continue;
                }

                LittleEndian.PutUInt32(buffer, at + IdAt, row.Id);
                LittleEndian.PutUInt64(buffer, at + PeerNodeIdAt, row.PeerNodeId);
                LittleEndian.PutUInt16(buffer, at + MinIntervalAt, row.MinIntervalMs / 1000);
                LittleEndian.PutUInt16(buffer, at + MaxIntervalAt, row.MaxIntervalMs / 1000);
                buffer[at + FlagsAt] = (byte)(row.IsFabricFiltered ? FilteredFlag : 0);
                buffer[at + PathCountAt] = (byte)row.PathCount;
                at += PathsAt;
                for (int word = 0; word < row.PathCount * AttributePath.Words; word++)
                {
                    LittleEndian.PutUInt32(buffer, at, _table.Paths[row.PathsOffset + word]);
                    at += WordLength;
                }
            }

            return at;
        }

        // A right checksum says nothing of who wrote it.
        private bool AreIntact(int length)
        {
            int at = HeaderLength;
            AttributePath path = new AttributePath();
            path.Reset();
            while (at < length)
            {
                int count = length - at < PathsAt ? 0 : _buffer[at + PathCountAt];
                if (count == 0 || count > Limits.PathsPerRead || length - at < LengthAt(at) || !IsIntact(at))
                {
                    return false;
                }

                for (int i = 0; i < count; i++)
                {
                    path.Head = Word(at, i, 0);
                    path.ClusterId = Word(at, i, 1);
                    path.AttributeId = Word(at, i, 2);
                    if (!path.IsIntact())
                    {
                        return false;
                    }
                }

                at += LengthAt(at);
            }

            return true;
        }

        private bool IsIntact(int at)
        {
            int max = LittleEndian.GetUInt16(_buffer, at + MaxIntervalAt);
            return LittleEndian.GetUInt32(_buffer, at + IdAt) != 0
                && OperationalId.IsNodeId(LittleEndian.GetUInt64(_buffer, at + PeerNodeIdAt))
                && max != 0 && LittleEndian.GetUInt16(_buffer, at + MinIntervalAt) <= max
                && _buffer[at + FlagsAt] <= FilteredFlag;
        }

        private void Restore(int fabricIndex, int at)
        {
            int count = _buffer[at + PathCountAt];
            Subscription row = _table.Restore(LittleEndian.GetUInt32(_buffer, at + IdAt), fabricIndex, LittleEndian.GetUInt64(_buffer, at + PeerNodeIdAt), count);
            if (row == null)
            {
                return;
            }

            row.SetIntervals(LittleEndian.GetUInt16(_buffer, at + MinIntervalAt), LittleEndian.GetUInt16(_buffer, at + MaxIntervalAt));
            row.IsFabricFiltered = _buffer[at + FlagsAt] == FilteredFlag;
            row.HasEvents = false;
            for (int i = 0; i < count; i++)
            {
                for (int word = 0; word < AttributePath.Words; word++)
                {
                    _table.Paths[row.PathsOffset + (i * AttributePath.Words) + word] = Word(at, i, word);
                }

                row.HasEvents |= (Word(at, i, 0) & AttributePath.Event) != 0;
            }
        }

        private int LengthAt(int at)
        {
            return PathsAt + (_buffer[at + PathCountAt] * AttributePath.Words * WordLength);
        }

        private uint Word(int at, int path, int word)
        {
            return LittleEndian.GetUInt32(_buffer, at + PathsAt + (((path * AttributePath.Words) + word) * WordLength));
        }
    }
}
