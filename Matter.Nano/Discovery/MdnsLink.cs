using System;
using Matter.Nano.Sessions;

namespace Matter.Nano.Discovery
{
    /// <summary>One family of one interface: which records are to be multicast on it, and when. Sets of records are masks of kinds, one per row of the zone.</summary>
    internal sealed class MdnsLink
    {
        /// <summary>No record may be multicast again within this time (RFC 6762 section 6).</summary>
        private const int RateLimitMs = 1000;

        /// <summary>A record unheard for a quarter of its time to live is also multicast when asked for by unicast.</summary>
        private const int RefreshMs = MdnsResponder.TtlSeconds * 1000 / 4;

        private const long Never = long.MinValue / 2;

        private readonly int[] _pending;
        private readonly int[] _ready;
        private readonly long[] _sentAt; // row * kinds + kind

        // Whose truncated query the pending records answer, so that the known answers that follow may thin them out.
        private readonly byte[] _asker = new byte[Session.MaxAddressLength];
        private int _askerLength;

        internal MdnsLink(MdnsInterface network, bool isIPv6, int rows)
        {
            Network = network;
            IsIPv6 = isIPv6;
            _pending = new int[rows];
            _ready = new int[rows];
            _sentAt = new long[rows * MdnsZone.KindCount];
            Reset();
        }

        internal MdnsInterface Network { get; }

        internal bool IsIPv6 { get; }

        internal bool IsUsed { get { return Network.IsUsed && (IsIPv6 ? Network.HasIPv6 : Network.HasIPv4); } }

        /// <summary>When pending records go out; MaxValue if there are none.</summary>
        internal long DueAt { get; private set; }

        /// <summary>Records to be multicast now, the rows' masks; who sends them clears them.</summary>
        internal int[] Ready { get { return _ready; } }

        /// <summary>Forgets all.</summary>
        internal void Reset()
        {
            for (int row = 0; row < _ready.Length; row++)
                ResetRow(row, 0);
            DueAt = long.MaxValue;
            _askerLength = 0;
        }

        /// <summary>Forgets a row's history; only <paramref name="ready"/> of it is to be sent.</summary>
        internal void ResetRow(int row, int ready)
        {
            _pending[row] = 0;
            _ready[row] = ready;
            int end = (row + 1) * MdnsZone.KindCount;
            for (int i = end - MdnsZone.KindCount; i < end; i++)
                _sentAt[i] = Never;
        }

        /// <summary>Records to be multicast at <paramref name="dueAt"/>, or with others that are due sooner.</summary>
        internal void Ask(int row, int kinds, long dueAt)
        {
            _pending[row] |= kinds;
            _askerLength = 0;
            if (dueAt < DueAt)
                DueAt = dueAt;
        }

        /// <summary>As <see cref="Ask"/>, but for the records that the link heard within the last second.</summary>
        internal void AskUnheard(int row, int kinds, long now)
        {
            int unheard = 0;
            for (int kind = 0; kinds >> kind != 0; kind++)
            {
                if ((kinds >> kind & 1) != 0 && MaySend(row * MdnsZone.KindCount + kind, now))
                    unheard |= 1 << kind;
            }
            if (unheard != 0)
                Ask(row, unheard, now);
        }

        /// <summary>As <see cref="Ask"/> for all rows, in answer to a truncated query.</summary>
        internal void AskTruncated(int[] kinds, long dueAt, byte[] peer, int peerLength)
        {
            bool isSole = DueAt == long.MaxValue;
            for (int row = 0; row < kinds.Length; row++)
                Ask(row, kinds[row], dueAt);
            if (!isSole)
                return;
            Array.Copy(peer, 0, _asker, 0, peerLength);
            _askerLength = peerLength;
        }

        /// <summary>The pending masks, if they answer nobody but this peer's truncated query; null otherwise.</summary>
        internal int[] FindPendingOf(byte[] peer, int peerLength)
        {
            if (_askerLength == 0 || _askerLength != peerLength)
                return null;
            for (int i = 0; i < peerLength; i++)
            {
                if (_asker[i] != peer[i])
                    return null;
            }
            return _pending;
        }

        /// <summary>Adds to <paramref name="multicast"/> what of <paramref name="unicast"/> the link has not heard for long.</summary>
        internal void AddStale(int[] unicast, int[] multicast, long now)
        {
            for (int row = 0; row < unicast.Length; row++)
            {
                int kinds = unicast[row];
                for (int kind = 0; kinds >> kind != 0; kind++)
                {
                    if ((kinds >> kind & 1) != 0 && now - _sentAt[row * MdnsZone.KindCount + kind] >= RefreshMs)
                        multicast[row] |= 1 << kind;
                }
            }
        }

        /// <summary>Makes pending records ready; those sent within the last second wait until it is over.</summary>
        internal void Release(long now)
        {
            DueAt = long.MaxValue;
            _askerLength = 0;
            for (int row = 0; row < _pending.Length; row++)
            {
                int kinds = _pending[row];
                for (int kind = 0; kinds >> kind != 0; kind++)
                {
                    if ((kinds >> kind & 1) == 0)
                        continue;
                    int record = row * MdnsZone.KindCount + kind;
                    if (MaySend(record, now))
                    {
                        _sentAt[record] = now;
                        _pending[row] &= ~(1 << kind);
                        _ready[row] |= 1 << kind;
                    }
                    else if (_sentAt[record] + RateLimitMs < DueAt)
                    {
                        DueAt = _sentAt[record] + RateLimitMs;
                    }
                }
            }
        }

        /// <summary>Asks leave to add a record to a datagram; if given, it counts as sent.</summary>
        internal bool TrySend(int row, int kind, long now)
        {
            int record = row * MdnsZone.KindCount + kind;
            if (!MaySend(record, now))
                return false;
            _sentAt[record] = now;
            return true;
        }

        private bool MaySend(int record, long now)
        {
            return now - _sentAt[record] >= RateLimitMs;
        }
    }
}
