using System;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Platform;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// The events that a node remembers: of each priority as many bytes as <see cref="Limits"/> gives it, then the oldest of
    /// that priority makes room. They stand in one buffer in the order of their numbers, so that a report is a walk. After a
    /// restart the log is empty, but numbers go on: none is used twice.
    /// </summary>
    /// <remarks>
    /// A record: length (2), endpoint (2), cluster (4), event (4), access (1), fabric index (1), kind of time (1), number (8),
    /// time (8), then the fields as they go into an EventDataIB.
    /// </remarks>
    public sealed class EventLog
    {
        /// <summary>Length of a record without its fields in bytes.</summary>
        internal const int HeaderLength = 31;

        private const int Priorities = 3;

        // Kinds of time: none yet, ms since the node started, µs of UTC since 2000-01-01.
        private const int Unstamped = 0;
        private const int SystemTime = 1;
        private const int EpochTime = 2;

        private const int EndpointOffset = 2;
        private const int ClusterOffset = 4;
        private const int EventOffset = 8;
        private const int AccessOffset = 12;
        private const int FabricOffset = 13;
        private const int KindOffset = 14;
        private const int NumberOffset = 15;
        private const int TimeOffset = 23;

        private const int DataTag = 7;
        private const int FabricIndexTag = 254;
        private const int None = -1;

        private readonly UtcClock _clock;
        private readonly PersistedCounter _numbers;
        private readonly TlvWriter _writer = new TlvWriter();
        private readonly byte[] _buffer = new byte[
            Limits.CriticalEventsLength + Limits.InfoEventsLength + Limits.DebugEventsLength + Limits.EventLength];

        private readonly int[] _used = new int[Priorities];    // bytes of each priority
        private int _length;            // of all records
        private int _open;              // access of the event begun, None if there is none
        private bool _hasUnstamped;

        /// <summary>Creates an empty log.</summary>
        /// <param name="store">Keeps the numbers that may be in use.</param>
        /// <param name="clock">UTC, as far as it is known.</param>
        public EventLog(IKeyValueStore store, UtcClock clock)
        {
            _clock = clock;
            _numbers = new PersistedCounter(store, StoreKey.EventNumber, null, ulong.MaxValue);
            _open = None;
        }

        /// <summary>One more than the number of the latest event; 0 before the first of this start.</summary>
        public ulong End { get; private set; }

        /// <summary>When the node started, monotonic ms: without UTC, times are counted from here.</summary>
        public long StartMs { get; set; }

        /// <summary>The records.</summary>
        internal byte[] Buffer { get { return _buffer; } }

        /// <summary>Length of all records in bytes.</summary>
        internal int Length { get { return _length; } }

        /// <summary>Begins an event; one begun before and not ended is forgotten.</summary>
        /// <param name="cluster">Its cluster, on an endpoint.</param>
        /// <param name="eventId">Its id; without a row in the cluster's table nothing is recorded.</param>
        /// <param name="fabricIndex">The fabric of a fabric-sensitive event; otherwise 0.</param>
        /// <returns>Receives the fields.</returns>
        internal TlvWriter Begin(Cluster cluster, uint eventId, int fabricIndex)
        {
            TlvWriter writer = _writer;
            byte[] buffer = _buffer;
            int at = _length;
            int row = cluster.FindEvent(eventId);
            if (row < 0)
            {
                _open = None;
                writer.Reset(buffer, at, 0);
                return writer;
            }

            _open = cluster.GetEventAccess(row);
            LittleEndian.PutUInt16(buffer, at + EndpointOffset, cluster.Endpoint.Id);
            LittleEndian.PutUInt32(buffer, at + ClusterOffset, cluster.Id);
            LittleEndian.PutUInt32(buffer, at + EventOffset, eventId);
            buffer[at + AccessOffset] = (byte)_open;
            buffer[at + FabricOffset] = (byte)fabricIndex;
            buffer[at + KindOffset] = Unstamped;
            writer.Reset(buffer, at + HeaderLength, Limits.EventLength - HeaderLength);
            writer.StartStructure(DataTag);
            return writer;
        }

        /// <summary>Records the event begun, and lets the oldest of its priority go for it.</summary>
        /// <returns>
        /// 0; <see cref="MatterError.NotFound"/> if none is begun; <see cref="MatterError.BufferTooSmall"/> if it is longer than
        /// <see cref="Limits.EventLength"/> or than all that its priority has; <see cref="MatterError.StorageFailed"/> or
        /// <see cref="MatterError.DamagedRecord"/> if there is no number for it. Then nothing is recorded.
        /// </returns>
        internal int Commit()
        {
            if (_open == None)
            {
                return MatterError.NotFound;
            }

            TlvWriter writer = _writer;
            byte[] buffer = _buffer;
            int at = _length;
            int priority = GetPriority(at);
            if ((_open & EventAccess.FabricSensitive) != 0)
            {
                writer.PutUnsigned(FabricIndexTag, buffer[at + FabricOffset]);
            }

            _open = None;
            writer.EndContainer();
            int length = HeaderLength + writer.Length;
            int room = priority == 0 ? Limits.DebugEventsLength : priority == 1 ? Limits.InfoEventsLength : Limits.CriticalEventsLength;
            if (writer.Error != 0 || length > room)
            {
                return MatterError.BufferTooSmall;
            }

            int result = _numbers.Next();
            if (result != 0)
            {
                return result;
            }

            LittleEndian.PutUInt16(buffer, at, length);
            LittleEndian.PutUInt64(buffer, at + NumberOffset, _numbers.Value);
            _length = at + length;
            _used[priority] += length;
            _hasUnstamped = true;
            End = _numbers.Value + 1;
            while (_used[priority] > room)
            {
                Evict(priority);
            }

            return 0;
        }

        /// <summary>Gives the events recorded since the last call their time.</summary>
        /// <param name="now">Monotonic ms.</param>
        internal void Stamp(long now)
        {
            if (!_hasUnstamped)
            {
                return;
            }

            byte[] buffer = _buffer;
            ulong epoch = _clock.GetMicroseconds(now);
            for (int at = 0; at < _length; at += GetLength(at))
            {
                if (buffer[at + KindOffset] == Unstamped)
                {
                    buffer[at + KindOffset] = epoch == 0 ? (byte)SystemTime : (byte)EpochTime;
                    LittleEndian.PutUInt64(buffer, at + TimeOffset, epoch == 0 ? (ulong)(now - StartMs) : epoch);
                }
            }

            _hasUnstamped = false;
        }

        /// <summary>Forgets the events that are for the eyes of a fabric only.</summary>
        /// <param name="fabricIndex">The fabric: it is gone, and its index may be another one's some day.</param>
        internal void RemoveFabric(int fabricIndex)
        {
            int at = 0;
            while (at < _length)
            {
                if ((GetAccess(at) & EventAccess.FabricSensitive) != 0 && GetFabric(at) == fabricIndex)
                {
                    Remove(at);
                }
                else
                {
                    at += GetLength(at);
                }
            }
        }

        /// <summary>Finds the first event of a number or after it.</summary>
        /// <param name="number">The number.</param>
        /// <returns>Where its record begins; <see cref="Length"/> if there is none.</returns>
        internal int Find(ulong number)
        {
            int at = 0;
            while (at < _length && GetNumber(at) < number)
            {
                at += GetLength(at);
            }

            return at;
        }

        /// <summary>Whether there are events of a number on that paths name. Access is not looked at.</summary>
        /// <param name="number">The first number.</param>
        /// <param name="paths">Path words, see <see cref="AttributePath"/>.</param>
        /// <param name="offset">First word.</param>
        /// <param name="count">Number of paths.</param>
        /// <param name="flags">Flags that a path must have to count: <see cref="AttributePath.Event"/> and, if wanted, Urgent.</param>
        /// <returns>True if there are.</returns>
        internal bool Holds(ulong number, uint[] paths, int offset, int count, uint flags)
        {
            if (number >= End)
            {
                return false;
            }

            for (int at = Find(number); at < _length; at += GetLength(at))
            {
                if (IsNamed(at, paths, offset, count, flags))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether paths name an event.</summary>
        /// <param name="at">Its record.</param>
        /// <param name="paths">Path words.</param>
        /// <param name="offset">First word.</param>
        /// <param name="count">Number of paths.</param>
        /// <param name="flags">Flags that a path must have to count.</param>
        /// <returns>True if one of them does.</returns>
        internal bool IsNamed(int at, uint[] paths, int offset, int count, uint flags)
        {
            int end = offset + (count * AttributePath.Words);
            for (int path = offset; path < end; path += AttributePath.Words)
            {
                if ((paths[path] & flags) == flags
                    && AttributePath.Names(paths, path, GetEndpoint(at), GetCluster(at), GetEvent(at)))
                {
                    return true;
                }
            }

            return false;
        }

        internal int GetLength(int at) { return LittleEndian.GetUInt16(_buffer, at); }

        internal int GetEndpoint(int at) { return LittleEndian.GetUInt16(_buffer, at + EndpointOffset); }

        internal uint GetCluster(int at) { return LittleEndian.GetUInt32(_buffer, at + ClusterOffset); }

        internal uint GetEvent(int at) { return LittleEndian.GetUInt32(_buffer, at + EventOffset); }

        internal int GetAccess(int at) { return _buffer[at + AccessOffset]; }

        internal int GetFabric(int at) { return _buffer[at + FabricOffset]; }

        internal int GetPriority(int at) { return _buffer[at + AccessOffset] >> EventAccess.PriorityShift & EventAccess.PriorityMask; }

        internal bool IsEpoch(int at) { return _buffer[at + KindOffset] == EpochTime; }

        internal ulong GetNumber(int at) { return LittleEndian.GetUInt64(_buffer, at + NumberOffset); }

        internal ulong GetTime(int at) { return LittleEndian.GetUInt64(_buffer, at + TimeOffset); }

        private void Evict(int priority)
        {
            int at = 0;
            while (GetPriority(at) != priority)
            {
                at += GetLength(at);
            }

            Remove(at);
        }

        private void Remove(int at)
        {
            int length = GetLength(at);
            int after = at + length;
            _used[GetPriority(at)] -= length;
            Array.Copy(_buffer, after, _buffer, at, _length - after);
            _length -= length;
        }
    }
}
