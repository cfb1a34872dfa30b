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

        /// <summary>Creates a free row.</summary>
        /// <param name="type">The service type's name.</param>
        /// <param name="subtypeParent">"_sub" under it.</param>
        /// <param name="instanceCapacity">Room for the instance's label.</param>
        /// <param name="subtypes">Number of subtypes.</param>
        /// <param name="subtypeCapacity">Room for a subtype's label.</param>
        /// <param name="txtCapacity">Room for TXT data in bytes.</param>
        internal MdnsService(DnsName type, DnsName subtypeParent, int instanceCapacity, int subtypes, int subtypeCapacity, int txtCapacity)
        {
            Type = type;
            Instance = new DnsName(instanceCapacity, type);
            Subtypes = new DnsName[subtypes];
            for (int i = 0; i < subtypes; i++)
                Subtypes[i] = new DnsName(subtypeCapacity, subtypeParent);
            _txt = new byte[txtCapacity];
        }

        internal int State { get; set; }

        /// <summary>What the service stands for: a fabric index, or for the commissionable one its mode and discriminator.</summary>
        internal int Key { get; set; }

        internal int AnnouncementsLeft { get; set; }

        internal long AnnounceAt { get; set; }

        internal DnsName Type { get; }

        internal DnsName Instance { get; }

        internal DnsName[] Subtypes { get; }

        internal int SubtypeCount { get; private set; }

        /// <summary>TXT data: length-prefixed strings.</summary>
        internal byte[] Txt { get { return _txt; } }

        internal int TxtLength { get; private set; }

        /// <summary>Forgets subtypes and TXT.</summary>
        internal void Clear()
        {
            SubtypeCount = 0;
            TxtLength = 0;
        }

        /// <summary>Adds a subtype: a prefix and a decimal number.</summary>
        internal void AddSubtype(string prefix, int value)
        {
            DnsName subtype = Subtypes[SubtypeCount++];
            int length = DnsText.PutText(subtype.Label, 0, prefix);
            subtype.Length = DnsText.PutDecimal(subtype.Label, length, value);
        }

        /// <summary>Adds a subtype of fixed text and, behind it, bytes in hex.</summary>
        internal void AddSubtype(string prefix, byte[] hex, int hexLength)
        {
            DnsName subtype = Subtypes[SubtypeCount++];
            int length = DnsText.PutText(subtype.Label, 0, prefix);
            subtype.Length = DnsText.PutHex(subtype.Label, length, hex, 0, hexLength);
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
