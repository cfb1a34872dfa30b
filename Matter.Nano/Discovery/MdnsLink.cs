using System;
using Matter.Nano.Sessions;

namespace Matter.Nano.Discovery
{
    /// <summary>One family of one interface: which records are to be multicast on it, and when. Sets of records are masks of kinds, one per row of the zone.</summary>
    internal sealed class MdnsLink
    {
        /// <summary>No record may be multicast again within this time (RFC 6762 section 6).</summary>
        private const int RateLimitMs = 1000;

        /// <summary>The same for the answer to a probe, whose sender doesn't wait longer.</summary>
        private const int ProbedRateLimitMs = 250;

        /// <summary>A record unheard for a quarter of its time to live is also multicast when asked for by unicast.</summary>
        private const int RefreshMs = MdnsResponder.TtlSeconds * 1000 / 4;

        private const int ProbeCount = 3;
        private const int ProbeIntervalMs = 250;

        private readonly int[] _pending;
        private readonly int[] _ready;
        private readonly int[] _sentAt; // of each record in ms, the low 32 bits; 0: never

        // Whose truncated query the pending records answer, so that the known answers that follow may thin them out.
        private readonly byte[] _asker = new byte[Session.MaxAddressLength];
        private int _askerLength;

        private int _probesLeft; // and one for the wait behind the last
        private int _probedRows; // a mask: rows that a prober waits for

        internal MdnsLink(MdnsInterface network, bool isIPv6, int rows)
        {
            Network = network;
            IsIPv6 = isIPv6;
            _pending = new int[rows];
            _ready = new int[rows];
            _sentAt = new int[MdnsZone.FirstRecord(rows)];
            Reset();
        }

        internal MdnsInterface Network { get; }

        internal bool IsIPv6 { get; }

        internal bool IsUsed { get { return Network.IsUsed && (IsIPv6 ? Network.HasIPv6 : Network.HasIPv4); } }

        /// <summary>True while it is asked whether another has the host's name: until then nothing of ours is told here.</summary>
        internal bool IsProbing { get { return _probesLeft > 0; } }

        /// <summary>True if a probe is to be sent now; who sends it clears this.</summary>
        internal bool IsProbeReady { get; set; }

        /// <summary>True if a question for a node is to be sent now; who sends it clears this.</summary>
        internal bool IsQueryReady { get; set; }

        /// <summary>When pending records, or the next probe, go out; MaxValue if there are none.</summary>
        internal long DueAt { get; private set; }

        /// <summary>The pending masks, or null if nothing is pending.</summary>
        internal int[] Pending { get { return DueAt == long.MaxValue || IsProbing ? null : _pending; } }

        /// <summary>Records to be multicast now, the rows' masks; who sends them clears them.</summary>
        internal int[] Ready { get { return _ready; } }

        /// <summary>Forgets all.</summary>
        internal void Reset()
        {
            for (int row = 0; row < _ready.Length; row++)
                ResetRow(row, 0);
            IsQueryReady = false;
            Hush();
        }

        /// <summary>Forgets a row's history; only <paramref name="ready"/> of it is to be sent.</summary>
        internal void ResetRow(int row, int ready)
        {
            _pending[row] = 0;
            _ready[row] = ready;
            int start = MdnsZone.FirstRecord(row);
            Array.Clear(_sentAt, start, MdnsZone.FirstRecord(row + 1) - start);
        }

        /// <summary>Drops what waits: answers and probes.</summary>
        internal void Hush()
        {
            Array.Clear(_pending, 0, _pending.Length);
            DueAt = long.MaxValue;
            IsProbeReady = false;
            _probesLeft = 0;
            _probedRows = 0;
            _askerLength = 0;
        }

        /// <summary>Probes for the host's name from a time on; answers that wait go unsaid, goodbyes of services don't.</summary>
        internal void BeginProbing(long at)
        {
            Hush();
            _ready[MdnsZone.HostRow] = 0;
            _probesLeft = ProbeCount + 1;
            DueAt = at;
        }

        /// <summary>Readies the next probe.</summary>
        /// <returns>False if the wait behind the last is over: the name is ours.</returns>
        internal bool StepProbing(long now)
        {
            _probesLeft--;
            IsProbeReady = _probesLeft > 0;
            DueAt = IsProbeReady ? now + ProbeIntervalMs : long.MaxValue;
            return IsProbeReady;
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
            int first = MdnsZone.FirstRecord(row);
            for (int kind = 0; kinds >> kind != 0; kind++)
            {
                if ((kinds >> kind & 1) != 0 && IsOlder(first + kind, RateLimitMs, now))
                    unheard |= 1 << kind;
            }
            if (unheard != 0)
                Ask(row, unheard, now);
        }

        /// <summary>As <see cref="Ask"/>, in answer to a probe: at once, or a quarter of a second after the last time.</summary>
        internal void AskProbed(int row, int kinds, long now)
        {
            _probedRows |= 1 << row;
            Ask(row, kinds, now);
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
                int first = MdnsZone.FirstRecord(row);
                for (int kind = 0; kinds >> kind != 0; kind++)
                {
                    if ((kinds >> kind & 1) != 0 && IsOlder(first + kind, RefreshMs, now))
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
                if (kinds == 0)
                    continue;
                int first = MdnsZone.FirstRecord(row);
                int limit = (_probedRows >> row & 1) != 0 ? ProbedRateLimitMs : RateLimitMs;
                for (int kind = 0; kinds >> kind != 0; kind++)
                {
                    if ((kinds >> kind & 1) == 0)
                        continue;
                    if (IsOlder(first + kind, limit, now))
                    {
                        NoteSent(first + kind, now);
                        _pending[row] &= ~(1 << kind);
                        _ready[row] |= 1 << kind;
                    }
                    else
                    {
                        long at = now + limit - AgeOf(first + kind, now);
                        DueAt = at < DueAt ? at : DueAt;
                    }
                }
                if (_pending[row] == 0)
                    _probedRows &= ~(1 << row);
            }
        }

        /// <summary>Asks leave to add a record to a datagram; if given, it counts as sent.</summary>
        internal bool TrySend(int row, int kind, long now)
        {
            int record = MdnsZone.FirstRecord(row) + kind;
            if (!IsOlder(record, RateLimitMs, now))
                return false;
            NoteSent(record, now);
            return true;
        }

        private bool IsOlder(int record, int ms, long now)
        {
            return _sentAt[record] == 0 || AgeOf(record, now) >= (uint)ms;
        }

        // Right for 49 days; a record that age is young again for as long as a limit lasts.
        private uint AgeOf(int record, long now)
        {
            return (uint)((int)now - _sentAt[record]);
        }

        private void NoteSent(int record, long now)
        {
            _sentAt[record] = (int)now == 0 ? 1 : (int)now;
        }
    }
}
