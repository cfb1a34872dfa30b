using System;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;
using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// All subscriptions in fixed rows, their paths in one pool. Each fabric is sure of
    /// <see cref="Limits.SubscriptionsPerFabric"/> with <see cref="Limits.PathsPerSubscription"/> paths each; it may take
    /// more rows and paths as long as they are free, and loses its oldest one when a fabric claims its due. A dormant
    /// subscription of its own makes room before that.
    /// </summary>
    internal sealed class SubscriptionTable
    {
        private readonly Subscription[] _rows = new Subscription[Limits.Subscriptions];
        private readonly FabricTable _fabrics;
        private uint _lastId;

        /// <summary>Creates the rows.</summary>
        /// <param name="random">Gives the first id.</param>
        /// <param name="fabrics">Whose subscriptions they are.</param>
        public SubscriptionTable(IRandom random, FabricTable fabrics)
        {
            _fabrics = fabrics;
            byte[] first = new byte[4];
            random.Fill(first, 0, 4);
            _lastId = (uint)(first[0] | first[1] << 8 | first[2] << 16 | first[3] << 24);
            for (int i = 0; i < _rows.Length; i++)
            {
                _rows[i] = new Subscription();
            }
        }

        /// <summary>Paths of all subscriptions, see <see cref="AttributePath"/>.</summary>
        public uint[] Paths { get; } = new uint[Limits.SubscriptionPaths * AttributePath.Words];

        /// <summary>Number of rows.</summary>
        public int Capacity { get { return _rows.Length; } }

        /// <summary>Number of subscriptions in force.</summary>
        public int Count { get { return CountOf(0); } }

        /// <summary>Subscriptions that came into force since start-up.</summary>
        public uint Established { get; private set; }

        /// <summary>A mask of rows of the fabric table: those whose subscriptions are others than those stored.</summary>
        public int Unsaved { get; set; }

        /// <summary>Number of a fabric's subscriptions in force.</summary>
        /// <param name="fabricIndex">Fabric index; 0 for all fabrics.</param>
        /// <returns>The number.</returns>
        public int CountOf(int fabricIndex)
        {
            int count = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].IsActive && (fabricIndex == 0 || _rows[i].FabricIndex == fabricIndex))
                {
                    count++;
                }
            }

            return count;
        }

        /// <summary>A row by position.</summary>
        /// <param name="index">0 to <see cref="Capacity"/> - 1.</param>
        /// <returns>The row; its id is 0 if it is free.</returns>
        public Subscription GetRow(int index)
        {
            return _rows[index];
        }

        /// <summary>Takes a row for a new subscription and copies its paths into the pool.</summary>
        /// <param name="session">The subscriber's session.</param>
        /// <param name="paths">Path words.</param>
        /// <param name="pathCount">Number of paths.</param>
        /// <returns>The row, not yet active, or null if there is no room for it.</returns>
        public Subscription Add(Session session, uint[] paths, int pathCount)
        {
            int fabricIndex = session.FabricIndex;
            bool isDue = fabricIndex != 0
                && CountOfFabric(fabricIndex) - CountDormant(fabricIndex) < Limits.SubscriptionsPerFabric
                && pathCount <= Limits.PathsPerSubscription;
            Subscription dormant = FindDormant(fabricIndex);
            while (dormant != null && (Find(0) == null || (!isDue && UnclaimedPaths() < pathCount)))
            {
                Remove(dormant);
                dormant = FindDormant(fabricIndex);
            }

            if (Find(0) == null && isDue)
            {
                Remove(FindOverQuota());
            }

            if (Find(0) == null || (!isDue && UnclaimedPaths() < pathCount))
            {
                return null;
            }

            Subscription row = Take(NextId(), session, fabricIndex, session.PeerNodeId, pathCount);
            Array.Copy(paths, 0, Paths, row.PathsOffset, pathCount * AttributePath.Words);
            return row;
        }

        /// <summary>Takes a row for a subscription from before a restart.</summary>
        /// <param name="id">Subscription id.</param>
        /// <param name="fabricIndex">The subscriber's fabric.</param>
        /// <param name="peerNodeId">The subscriber's node id.</param>
        /// <param name="pathCount">Number of paths, which the caller puts into the pool.</param>
        /// <returns>The row, dormant, or null if there is no room for it or the id is taken.</returns>
        public Subscription Restore(uint id, int fabricIndex, ulong peerNodeId, int pathCount)
        {
            return Find(0) == null || Find(id) != null || UnclaimedPaths() < pathCount ? null : Take(id, null, fabricIndex, peerNodeId, pathCount);
        }

        /// <summary>A subscription is in force from now on.</summary>
        /// <param name="row">The row.</param>
        /// <param name="session">The session that its reports go over.</param>
        public void Activate(Subscription row, Session session)
        {
            row.Session = session;
            row.IsActive = true;
            Established++;
            NoteChange(row.FabricIndex);
        }

        /// <summary>Frees a row and its paths. Nothing is sent: the subscriber misses its reports.</summary>
        /// <param name="row">The row; null and a free one do nothing.</param>
        public void Remove(Subscription row)
        {
            if (row == null || row.Id == 0)
            {
                return;
            }

            int words = row.PathCount * AttributePath.Words;
            int after = row.PathsOffset + words;
            Array.Copy(Paths, after, Paths, row.PathsOffset, UsedWords() - after);
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].PathsOffset >= after)
                {
                    _rows[i].PathsOffset -= words;
                }
            }

            if (row.IsActive || row.IsDormant)
            {
                NoteChange(row.FabricIndex);
            }

            row.Id = 0;
            row.IsActive = false;
            row.PathsOffset = 0;
            row.PathCount = 0;
        }

        /// <summary>Frees the rows of a fabric.</summary>
        /// <param name="fabricIndex">Fabric index.</param>
        public void RemoveFabric(int fabricIndex)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].FabricIndex == fabricIndex)
                {
                    Remove(_rows[i]);
                }
            }
        }

        /// <summary>Frees a subscriber's rows.</summary>
        /// <param name="session">A session of the subscriber: the same node on the same fabric, under PASE the session itself.</param>
        public void RemoveSubscriber(Session session)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                Subscription row = _rows[i];
                if (row.Id != 0 && row.FabricIndex == session.FabricIndex && row.PeerNodeId == session.PeerNodeId
                    && (row.FabricIndex != 0 || row.Session == session))
                {
                    Remove(row);
                }
            }
        }

        /// <summary>Frees the rows of a session.</summary>
        /// <param name="session">The session.</param>
        public void RemoveSession(Session session)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].Session == session)
                {
                    Remove(_rows[i]);
                }
            }
        }

        private Subscription Take(uint id, Session session, int fabricIndex, ulong peerNodeId, int pathCount)
        {
            int offset = UsedWords();
            Subscription row = Find(0);
            row.Id = id;
            row.IsActive = false;
            row.IsReporting = false;
            row.Session = session;
            row.FabricIndex = fabricIndex;
            row.PeerNodeId = peerNodeId;
            row.PathsOffset = offset;
            row.PathCount = pathCount;
            return row;
        }

        // Those under PASE, and those of a fabric that is gone, are not stored.
        private void NoteChange(int fabricIndex)
        {
            Fabric fabric = fabricIndex == 0 ? null : _fabrics.Find(fabricIndex);
            if (fabric != null)
            {
                Unsaved |= 1 << fabric.Row;
            }
        }

        private int CountDormant(int fabricIndex)
        {
            int count = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                count += _rows[i].IsDormant && _rows[i].FabricIndex == fabricIndex ? 1 : 0;
            }

            return count;
        }

        private Subscription FindDormant(int fabricIndex)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].IsDormant && _rows[i].FabricIndex == fabricIndex)
                {
                    return _rows[i];
                }
            }

            return null;
        }

        private Subscription Find(uint id)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].Id == id)
                {
                    return _rows[i];
                }
            }

            return null;
        }

        private int CountOfFabric(int fabricIndex)
        {
            int count = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].Id != 0 && _rows[i].FabricIndex == fabricIndex)
                {
                    count++;
                }
            }

            return count;
        }

        // The oldest subscription of the fabric that has the most over its due; those under PASE are all over it.
        private Subscription FindOverQuota()
        {
            Subscription found = null;
            int foundExcess = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                Subscription row = _rows[i];
                int excess = CountOfFabric(row.FabricIndex) - (row.FabricIndex == 0 ? 0 : Limits.SubscriptionsPerFabric);
                if (row.Id != 0 && (excess > foundExcess || (excess == foundExcess && found != null && (int)(row.Id - found.Id) < 0)))
                {
                    found = row;
                    foundExcess = excess;
                }
            }

            return found;
        }

        // Paths beyond those that the rows are sure of: each row counts with its due at least. A row's due is always there.
        private int UnclaimedPaths()
        {
            int unclaimed = Limits.SubscriptionPaths;
            for (int i = 0; i < _rows.Length; i++)
            {
                int count = _rows[i].PathCount;
                unclaimed -= count > Limits.PathsPerSubscription ? count : Limits.PathsPerSubscription;
            }

            // The row to be taken brings its own due.
            return unclaimed + Limits.PathsPerSubscription;
        }

        private int UsedWords()
        {
            int count = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                count += _rows[i].PathCount;
            }

            return count * AttributePath.Words;
        }

        private uint NextId()
        {
            do
            {
                _lastId++;
            }
            while (_lastId == 0 || Find(_lastId) != null);

            return _lastId;
        }
    }
}
