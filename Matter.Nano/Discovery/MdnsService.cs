using System;

namespace Matter.Nano.Discovery
{
    /// <summary>One advertised service instance: its names, TXT and announcements to come. A reused row.</summary>
    internal sealed class MdnsService
    {
        internal const int Free = 0;
        internal const int Active = 1;

        /// <summary>Withdrawn; its goodbyes are not out yet.</summary>
        internal const int Leaving = 2;

        private readonly byte[] _txt;

        // Every field is 12 bytes of heap: state in bits 0 to 3, announcements left in 4 to 7, length of TXT above.
        private int _state;

        /// <summary>Creates a free row.</summary>
        /// <param name="type">The service type's name.</param>
        /// <param name="instanceCapacity">Room for the instance's label.</param>
        /// <param name="txt">Room for TXT data; kept, rows of equal TXT share it.</param>
        internal MdnsService(DnsName type, int instanceCapacity, byte[] txt)
        {
            Type = type;
            Instance = new DnsName(instanceCapacity, type);
            _txt = txt;
        }

        internal int State
        {
            get { return _state & 0xF; }
            set { _state = (_state & ~0xF) | value; }
        }

        internal int AnnouncementsLeft
        {
            get { return _state >> 4 & 0xF; }
            set { _state = (_state & ~0xF0) | value << 4; }
        }

        /// <summary>What the service stands for: a fabric index, or for the commissionable one its mode and discriminator.</summary>
        internal int Key { get; set; }

        internal long AnnounceAt { get; set; }

        internal DnsName Type { get; }

        internal DnsName Instance { get; }

        /// <summary>TXT data: length-prefixed strings.</summary>
        internal byte[] Txt { get { return _txt; } }

        internal int TxtLength
        {
            get { return _state >> 8; }
            private set { _state = (_state & 0xFF) | value << 8; }
        }

        /// <summary>Forgets TXT.</summary>
        internal void ClearTxt()
        {
            TxtLength = 0;
        }

        /// <summary>Adds "key=number" to TXT.</summary>
        internal void AddTxt(string key, int value)
        {
            int start = TxtLength;
            int end = DnsText.PutText(_txt, start + 1, key);
            EndTxt(start, DnsText.PutDecimal(_txt, end, value));
        }

        /// <summary>Adds "key=number+number" to TXT.</summary>
        internal void AddTxt(string key, int first, int second)
        {
            int start = TxtLength;
            int end = DnsText.PutText(_txt, start + 1, key);
            end = DnsText.PutDecimal(_txt, end, first);
            _txt[end++] = (byte)'+';
            EndTxt(start, DnsText.PutDecimal(_txt, end, second));
        }

        /// <summary>Adds "key=bytes" to TXT; null adds nothing.</summary>
        internal void AddTxt(string key, byte[] value)
        {
            if (value == null)
                return;
            int start = TxtLength;
            int end = DnsText.PutText(_txt, start + 1, key);
            Array.Copy(value, 0, _txt, end, value.Length);
            EndTxt(start, end + value.Length);
        }

        private void EndTxt(int start, int end)
        {
            _txt[start] = (byte)(end - start - 1);
            TxtLength = end;
        }
    }
}
