using System;

namespace Matter.Nano.Tests
{
    /// <summary>Writes DNS messages for tests, name by name as given, with a counter for each section.</summary>
    internal sealed class DnsMessageBuilder
    {
        private int _count = 4;

        /// <summary>Starts a message with a header of zeros.</summary>
        public DnsMessageBuilder()
        {
            Length = 12;
        }

        /// <summary>The message.</summary>
        public byte[] Buffer { get; } = new byte[2048];

        /// <summary>Its length in bytes.</summary>
        public int Length { get; private set; }

        /// <summary>Sets id and flags.</summary>
        public DnsMessageBuilder Header(int id, int flags)
        {
            Put16(0, id);
            Put16(2, flags);
            return this;
        }

        /// <summary>Adds a question.</summary>
        public DnsMessageBuilder Question(string name, int type, int questionClass)
        {
            Name(name);
            UInt16(type).UInt16(questionClass);
            CountUp(4);
            return this;
        }

        /// <summary>Adds a PTR record to the answer section.</summary>
        public DnsMessageBuilder Ptr(string name, string target, int ttl)
        {
            int length = RecordHead(name, 12, ttl, 6);
            Name(target);
            return EndData(length);
        }

        /// <summary>Adds an SRV record to a section: 6 for answers, 8 for authorities.</summary>
        public DnsMessageBuilder Srv(string name, int port, string target, int section)
        {
            int length = RecordHead(name, 33, 120, section);
            UInt16(0).UInt16(0).UInt16(port);
            Name(target);
            return EndData(length);
        }

        /// <summary>Adds a record of the host's addresses: A for 4 bytes, AAAA for 16, any other type for other lengths.</summary>
        public DnsMessageBuilder Address(string name, byte[] address, int ttl, int section)
        {
            int length = RecordHead(name, address.Length == 4 ? 1 : address.Length == 16 ? 28 : 13, ttl, section);
            Array.Copy(address, 0, Buffer, Length, address.Length);
            Length += address.Length;
            return EndData(length);
        }

        /// <summary>Adds a TXT record to the answer section.</summary>
        public DnsMessageBuilder Txt(string name, byte[] data, int dataLength)
        {
            int length = RecordHead(name, 16, 120, 6);
            Array.Copy(data, 0, Buffer, Length, dataLength);
            Length += dataLength;
            return EndData(length);
        }

        /// <summary>Adds a byte.</summary>
        public DnsMessageBuilder Byte(int value)
        {
            Buffer[Length++] = (byte)value;
            return this;
        }

        /// <summary>Adds 16 bits.</summary>
        public DnsMessageBuilder UInt16(int value)
        {
            Put16(Length, value);
            Length += 2;
            return this;
        }

        /// <summary>Adds an uncompressed name given with dots.</summary>
        public DnsMessageBuilder Name(string dotted)
        {
            int lengthAt = Length++;
            char[] text = dotted.ToCharArray();
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '.')
                {
                    Buffer[lengthAt] = (byte)(Length - lengthAt - 1);
                    lengthAt = Length++;
                }
                else
                {
                    Buffer[Length++] = (byte)text[i];
                }
            }
            Buffer[lengthAt] = (byte)(Length - lengthAt - 1);
            return Byte(0);
        }

        /// <summary>Counts one up in a section: 4 questions, 6 answers, 8 authorities, 10 additional.</summary>
        public DnsMessageBuilder CountUp(int section)
        {
            Put16(section, (Buffer[section] << 8 | Buffer[section + 1]) + 1);
            return this;
        }

        private int RecordHead(string name, int type, int ttl, int section)
        {
            _count = section;
            Name(name);
            UInt16(type).UInt16(1).UInt16(ttl >> 16).UInt16(ttl).UInt16(0);
            return Length;
        }

        private DnsMessageBuilder EndData(int start)
        {
            Put16(start - 2, Length - start);
            return CountUp(_count);
        }

        private void Put16(int at, int value)
        {
            Buffer[at] = (byte)(value >> 8);
            Buffer[at + 1] = (byte)value;
        }
    }
}
