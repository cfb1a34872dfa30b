using System;
using Matter.Nano.Exchanges;

namespace Matter.Nano.Tests
{
    /// <summary>
    /// A network in memory with virtual time: carries the datagrams of its ends to each other, late, twice, damaged or not at
    /// all, as a script or a seed has it. Addresses are one byte: the number of the end, from 1.
    /// </summary>
    /// <remarks>
    /// A script is a word with one letter for each datagram that an end sends: '.' arrives, '-' is lost, '2' arrives
    /// twice, 'l' arrives <see cref="LateMs"/> later than it should, 'x' arrives with a bit wrong. What comes after the
    /// word is left to chance (<see cref="LossPercent"/> and so on, all 0 at first).
    /// </remarks>
    internal sealed class MemoryLink
    {
        /// <summary>How much later a late datagram arrives, in ms.</summary>
        public const int LateMs = 50;

        private const int MaxEnds = 20;
        private const int MaxInFlight = 256;
        private const int MaxDatagram = 1280;

        private readonly ILinkEnd[] _ends = new ILinkEnd[MaxEnds];
        private readonly byte[][] _addresses = new byte[MaxEnds][];
        private readonly char[][] _scripts = new char[MaxEnds][];
        private readonly int[] _sent = new int[MaxEnds];
        private readonly long[] _deadlines = new long[MaxEnds];
        private readonly byte[][] _bytes = new byte[MaxInFlight][];     // null: free
        private readonly int[] _from = new int[MaxInFlight];
        private readonly int[] _to = new int[MaxInFlight];
        private readonly long[] _due = new long[MaxInFlight];
        private readonly long[] _order = new long[MaxInFlight];
        private readonly byte[] _buffer = new byte[MaxDatagram];
        private readonly SeededRandom _random;
        private byte[][] _log = new byte[64][];
        private int[] _logFrom = new int[64];
        private long[] _logTime = new long[64];
        private int _count;
        private long _orders;

        /// <summary>Creates a link without ends; time stands at 1000.</summary>
        public MemoryLink(uint seed)
        {
            _random = new SeededRandom(seed);
            Now = 1000;
        }

        /// <summary>Virtual time in ms.</summary>
        public long Now { get; private set; }

        /// <summary>Time that a datagram takes, in ms.</summary>
        public int LatencyMs { get; set; } = 1;

        /// <summary>How many of a hundred datagrams are lost.</summary>
        public int LossPercent { get; set; }

        /// <summary>How many of a hundred arrive twice.</summary>
        public int DuplicatePercent { get; set; }

        /// <summary>How many of a hundred arrive late, by up to <see cref="LateMs"/>.</summary>
        public int LatePercent { get; set; }

        /// <summary>
        /// How many of a hundred copies, whatever else becomes of them, are held up by up to <see cref="MaxDelayMs"/>: those
        /// sent later overtake them.
        /// </summary>
        public int DelayPercent { get; set; }

        /// <summary>Longest delay by <see cref="DelayPercent"/>, in ms.</summary>
        public int MaxDelayMs { get; set; } = 500;

        /// <summary>How many of a hundred arrive with a bit wrong.</summary>
        public int DamagePercent { get; set; }

        /// <summary>Number of ends.</summary>
        public int Ends { get; private set; }

        /// <summary>Datagrams sent by all ends, lost ones included.</summary>
        public int Sent { get { return _count; } }

        /// <summary>Joins an end.</summary>
        /// <returns>Its number.</returns>
        public int Join(ILinkEnd end)
        {
            Ends++;
            _ends[Ends] = end;
            _addresses[Ends] = new byte[] { (byte)Ends };
            _deadlines[Ends] = Now;
            return Ends;
        }

        /// <summary>The address of an end.</summary>
        public byte[] Address(int end) { return _addresses[end]; }

        /// <summary>Sets what becomes of the next datagrams of an end.</summary>
        public void Script(int end, string word)
        {
            _scripts[end] = word.ToCharArray();
            _sent[end] = 0;
        }

        /// <summary>Datagrams sent by one end, lost ones included.</summary>
        public int SentBy(int end)
        {
            int count = 0;
            for (int i = 0; i < _count; i++)
            {
                if (_logFrom[i] == end) count++;
            }
            return count;
        }

        /// <summary>The bytes of a datagram sent by an end.</summary>
        /// <param name="end">The end.</param>
        /// <param name="index">From 0.</param>
        public byte[] Datagram(int end, int index) { return _log[Find(end, index)]; }

        /// <summary>When an end sent a datagram.</summary>
        public long SentAt(int end, int index) { return _logTime[Find(end, index)]; }

        /// <summary>How many datagrams of an end are the same as an earlier one of it.</summary>
        public int RepeatedBy(int end)
        {
            int repeated = 0;
            for (int i = 0; i < _count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (_logFrom[i] != end || _logFrom[j] != end || !Same(_log[i], _log[j])) continue;
                    repeated++;
                    break;
                }
            }
            return repeated;
        }

        /// <summary>Forgets what was sent so far.</summary>
        public void ClearLog() { _count = 0; }

        /// <summary>Puts a datagram on its way as if an end had sent it.</summary>
        public void Inject(int from, int to, byte[] datagram)
        {
            Carry(from, to, datagram, 0, datagram.Length, Now + LatencyMs);
        }

        /// <summary>Lets time pass, with all that happens in it. Everybody is polled first: the test may have done something.</summary>
        public void Run(long milliseconds)
        {
            long until = Now + milliseconds;
            for (int end = 1; end <= Ends; end++) _deadlines[end] = Now;
            for (; ; )
            {
                Collect();
                long next = NextEvent();
                if (next > until) break;
                if (next > Now) Now = next;
                Deliver();
                PollDue();
            }
            Now = until;
        }

        // What everybody wants to send now, and when they want to be asked again.
        private void Collect()
        {
            for (int end = 1; end <= Ends; end++)
            {
                for (OutboxSlot slot = _ends[end].Next(); slot != null; slot = _ends[end].Next())
                {
                    if (slot.IsToGroup) SendToAll(end, slot);
                    else Send(end, slot.PeerAddress[0], slot.Buffer, slot.DatagramOffset, slot.DatagramLength);
                }
            }
        }

        private void Send(int from, int to, byte[] buffer, int offset, int length)
        {
            Log(from, buffer, offset, length);
            char[] script = _scripts[from];
            int index = _sent[from]++;
            char fate = script != null && index < script.Length ? script[index] : Chance();
            long due = Now + LatencyMs;
            switch (fate)
            {
                case '-':
                    return;
                case '2':
                    Carry(from, to, buffer, offset, length, due + Delay());
                    Carry(from, to, buffer, offset, length, due + 1 + Delay());
                    return;
                case 'l':
                    Carry(from, to, buffer, offset, length, due + LateMs + Delay());
                    return;
                case 'x':
                    byte[] damaged = Carry(from, to, buffer, offset, length, due + Delay());
                    uint bit = _random.Next() % (uint)(length * 8);
                    damaged[bit / 8] ^= (byte)(1 << (int)(bit % 8));
                    return;
                default:
                    Carry(from, to, buffer, offset, length, due + Delay());
                    return;
            }
        }

        // Multicast: everybody gets it whatever the address, the sender too.
        private void SendToAll(int from, OutboxSlot slot)
        {
            Log(from, slot.Buffer, slot.DatagramOffset, slot.DatagramLength);
            for (int to = 1; to <= Ends; to++)
            {
                Carry(from, to, slot.Buffer, slot.DatagramOffset, slot.DatagramLength, Now + LatencyMs);
            }
        }

        private char Chance()
        {
            int dice = (int)(_random.Next() % 100);
            if ((dice -= LossPercent) < 0) return '-';
            if ((dice -= DuplicatePercent) < 0) return '2';
            if ((dice -= DamagePercent) < 0) return 'x';
            return dice - LatePercent < 0 ? 'l' : '.';
        }

        // No random number is drawn for a link without delays.
        private int Delay()
        {
            if (DelayPercent == 0 || (int)(_random.Next() % 100) >= DelayPercent) return 0;
            return 1 + (int)(_random.Next() % (uint)MaxDelayMs);
        }

        private byte[] Carry(int from, int to, byte[] buffer, int offset, int length, long due)
        {
            byte[] bytes = new byte[length];
            Array.Copy(buffer, offset, bytes, 0, length);
            for (int i = 0; i < MaxInFlight; i++)
            {
                if (_bytes[i] != null) continue;
                _bytes[i] = bytes;
                _from[i] = from;
                _to[i] = to;
                _due[i] = due;
                _order[i] = _orders++;
                return bytes;
            }
            throw new Exception("too many datagrams in flight");
        }

        // Receivers are polled at once: what they received changes what they wait for.
        private void Deliver()
        {
            for (; ; )
            {
                int first = -1;
                for (int i = 0; i < MaxInFlight; i++)
                {
                    if (_bytes[i] == null || _due[i] > Now) continue;
                    if (first < 0 || _due[i] < _due[first] || _due[i] == _due[first] && _order[i] < _order[first]) first = i;
                }
                if (first < 0) return;
                byte[] bytes = _bytes[first];
                _bytes[first] = null;
                int to = _to[first];
                if (to < 1 || to > Ends) continue;
                Array.Copy(bytes, 0, _buffer, 0, bytes.Length);
                byte[] peer = _addresses[_from[first]];
                _ends[to].Receive(_buffer, bytes.Length, peer, peer.Length, Now);
                _deadlines[to] = Now;
            }
        }

        private void PollDue()
        {
            for (int end = 1; end <= Ends; end++)
            {
                if (_deadlines[end] <= Now) _deadlines[end] = _ends[end].Poll(Now);
            }
        }

        private long NextEvent()
        {
            long next = long.MaxValue;
            for (int end = 1; end <= Ends; end++)
            {
                if (_deadlines[end] < next) next = _deadlines[end];
            }
            for (int i = 0; i < MaxInFlight; i++)
            {
                if (_bytes[i] != null && _due[i] < next) next = _due[i];
            }
            return next;
        }

        private void Log(int from, byte[] buffer, int offset, int length)
        {
            if (_count == _log.Length)
            {
                byte[][] log = new byte[_count * 2][];
                int[] logFrom = new int[_count * 2];
                long[] logTime = new long[_count * 2];
                Array.Copy(_log, 0, log, 0, _count);
                Array.Copy(_logFrom, 0, logFrom, 0, _count);
                Array.Copy(_logTime, 0, logTime, 0, _count);
                _log = log;
                _logFrom = logFrom;
                _logTime = logTime;
            }
            byte[] bytes = new byte[length];
            Array.Copy(buffer, offset, bytes, 0, length);
            _log[_count] = bytes;
            _logFrom[_count] = from;
            _logTime[_count++] = Now;
        }

        private int Find(int end, int index)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_logFrom[i] == end && index-- == 0) return i;
            }
            throw new Exception("that end has not sent so many datagrams");
        }

        private static bool Same(byte[] a, byte[] b)
        {
            if (a.Length != b.Length) return false;
            for (int i = 0; i < a.Length; i++)
            {
                if (a[i] != b[i]) return false;
            }
            return true;
        }
    }
}
