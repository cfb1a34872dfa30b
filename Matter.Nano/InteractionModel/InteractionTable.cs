using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>The interactions under way in fixed rows. An exchange's State is its row's handle, 0 if it has none.</summary>
    internal sealed class InteractionTable
    {
        // Longer than a peer's five transmissions and its two seconds of work; none of ours is busy for a minute.
        private const int TimeoutMs = 20000;

        private readonly Interaction[] _rows = new Interaction[Limits.Interactions];

        /// <summary>Creates the rows.</summary>
        /// <param name="clusters">Number of clusters of the node.</param>
        public InteractionTable(int clusters)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                _rows[i] = new Interaction(i + 1, clusters);
            }
        }

        /// <summary>Number of rows.</summary>
        public int Capacity { get { return _rows.Length; } }

        /// <summary>Number of rows in use.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int i = 0; i < _rows.Length; i++)
                {
                    if (_rows[i].Kind != Interaction.None)
                    {
                        count++;
                    }
                }

                return count;
            }
        }

        /// <summary>When the first row must be given up; long.MaxValue if all are free.</summary>
        public long DeadlineMs
        {
            get
            {
                long deadline = long.MaxValue;
                for (int i = 0; i < _rows.Length; i++)
                {
                    if (_rows[i].Kind != Interaction.None && _rows[i].DeadlineMs < deadline)
                    {
                        deadline = _rows[i].DeadlineMs;
                    }
                }

                return deadline;
            }
        }

        /// <summary>A row by position.</summary>
        /// <param name="index">0 to <see cref="Capacity"/> - 1.</param>
        /// <returns>The row, perhaps free.</returns>
        public Interaction GetRow(int index)
        {
            return _rows[index];
        }

        /// <summary>The row of an exchange.</summary>
        /// <param name="exchange">The exchange.</param>
        /// <returns>The row, or null if it has none.</returns>
        public Interaction Find(Exchange exchange)
        {
            return exchange.State == 0 ? null : _rows[exchange.State - 1];
        }

        /// <summary>The row of a kind, of which there is at most one.</summary>
        /// <param name="kind"><see cref="Interaction.Write"/> or <see cref="Interaction.Invoke"/>.</param>
        /// <returns>The row or null.</returns>
        public Interaction FindKind(int kind)
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].Kind == kind)
                {
                    return _rows[i];
                }
            }

            return null;
        }

        /// <summary>True if more than one row is free: what can wait leaves the last one to who asks for something.</summary>
        public bool HasSpare { get { return Count < _rows.Length - 1; } }

        /// <summary>
        /// Takes a row. If none is free, a read or timed interaction of a fabric with more rows makes room: no fabric keeps
        /// the others out. If there is none either, one that the same peer began on another session does: a peer that
        /// reconnects in a hurry leaves half of them behind, and not always a word.
        /// </summary>
        /// <param name="kind">What for.</param>
        /// <param name="exchange">Its exchange.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The row, or null if none is free.</returns>
        public Interaction Take(int kind, Exchange exchange, long now)
        {
            Interaction row = FindKind(Interaction.None);
            if (row == null)
            {
                row = MakeRoom(exchange.Session);
            }

            if (row != null)
            {
                row.Kind = kind;
                row.Exchange = exchange;
                row.IsBlocked = false;
                row.NeedsSpare = false;
                row.IsBegun = false;
                row.IsLastSent = false;
                row.Subscription = null;
                row.Cluster = null;
                exchange.State = row.Handle;
                Await(row, now);
            }

            return row;
        }

        /// <summary>Gives the peer time for its next message.</summary>
        /// <param name="row">The row.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Await(Interaction row, long now)
        {
            row.DeadlineMs = now + TimeoutMs;
        }

        /// <summary>Frees a row; its exchange stays open.</summary>
        /// <param name="row">The row.</param>
        public void Release(Interaction row)
        {
            row.Exchange.State = 0;
            row.Exchange = null;
            row.Subscription = null;
            row.Cluster = null;
            row.Kind = Interaction.None;
        }

        private Interaction MakeRoom(Session session)
        {
            Interaction victim = null;
            Interaction orphan = null;
            int own = CountOf(session.FabricIndex);
            for (int i = 0; i < _rows.Length; i++)
            {
                Interaction row = _rows[i];
                if (row.Kind != Interaction.Read && row.Kind != Interaction.Timed)
                {
                    continue;
                }

                Session other = row.Exchange.Session;
                if (CountOf(other.FabricIndex) > own + 1)
                {
                    victim = Earlier(victim, row);
                }
                else if (other != session && other.FabricIndex == session.FabricIndex
                    && other.PeerNodeId == session.PeerNodeId && session.Type == SessionType.Case)
                {
                    orphan = Earlier(orphan, row);
                }
            }

            if (victim == null)
            {
                victim = orphan;
            }

            if (victim != null)
            {
                Exchange exchange = victim.Exchange;
                Release(victim);
                exchange.Close();
            }

            return victim;
        }

        private static Interaction Earlier(Interaction a, Interaction b)
        {
            return a == null || b.DeadlineMs < a.DeadlineMs ? b : a;
        }

        private int CountOf(int fabricIndex)
        {
            int count = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                if (_rows[i].Kind != Interaction.None && _rows[i].Exchange.Session.FabricIndex == fabricIndex)
                {
                    count++;
                }
            }

            return count;
        }
    }
}
