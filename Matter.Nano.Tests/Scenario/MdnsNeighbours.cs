using Matter.Nano.Discovery;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>The other nodes on a light's link, as multicast DNS knows them: each by its operational name and the end where it is.</summary>
    internal sealed class MdnsNeighbours
    {
        private const int InterfaceId = 1;
        private const int Max = 8;
        private const int ResponseFlags = 0x8400;

        private readonly DnsName[] _instances = new DnsName[Max];
        private readonly int[] _ends = new int[Max];
        private readonly DnsName _type = new DnsName("_matter", new DnsName("_tcp", new DnsName("local", null)));
        private readonly DnsName _host = new DnsName("0102030405060708", new DnsName("local", null));
        private readonly DnsReader _reader = new DnsReader();
        private readonly byte[] _answer = new byte[500];
        private readonly DnsWriter _writer;
        private int _count;

        public MdnsNeighbours()
        {
            _writer = new DnsWriter(_answer);
        }

        /// <summary>Questions for nodes so far.</summary>
        public int Questions { get; private set; }

        /// <summary>Adds a node.</summary>
        public void Add(byte[] compressedFabricId, ulong nodeId, int end)
        {
            DnsName instance = new DnsName(33, _type);
            for (int i = 0; i < 16; i++)
            {
                instance.Label[i] = Digit(compressedFabricId[i / 2] >> (4 - (4 * (i % 2))));
                instance.Label[17 + i] = Digit((int)(nodeId >> (60 - (4 * i))));
            }

            instance.Label[16] = (byte)'-';
            instance.Length = 33;
            _instances[_count] = instance;
            _ends[_count++] = end;
        }

        /// <summary>Gives a node an interface with a link-local address.</summary>
        public void Attach(Node node, long now)
        {
            node.Discovery.SetInterface(InterfaceId, false, true, null, 0, Address(0xFF), 1, now);
        }

        /// <summary>Answers a question for a node that is there.</summary>
        /// <returns>True if there was one.</returns>
        public bool Answer(MdnsDatagram datagram, Node node, long now)
        {
            DnsReader reader = _reader;
            if (reader.Reset(datagram.Buffer, 0, datagram.Length) != 0 || reader.QuestionCount == 0 || reader.Flags != 0
                || reader.ReadQuestion() != 0 || reader.Type != DnsType.Srv)
            {
                return false;
            }

            Questions++;
            for (int i = 0; i < _count; i++)
            {
                if (reader.NameEquals(_instances[i]))
                {
                    node.Discovery.Receive(_answer, Write(i), InterfaceId, true, new byte[1], 1, MdnsResponder.Port, now);
                    return true;
                }
            }

            return false;
        }

        private int Write(int index)
        {
            DnsWriter writer = _writer;
            writer.Begin(0, ResponseFlags);
            writer.BeginRecord(_instances[index], DnsType.Srv, true, 120);
            writer.WriteUInt16(0);
            writer.WriteUInt16(0);
            writer.WriteUInt16(5540);
            writer.WriteName(_host);
            writer.EndRecord();
            writer.BeginAdditional();
            writer.BeginRecord(_host, DnsType.Aaaa, true, 120);
            writer.WriteBytes(Address(_ends[index]), 0, 16);
            writer.EndRecord();
            return writer.Length;
        }

        private static byte[] Address(int last)
        {
            byte[] address = new byte[16];
            address[0] = 0xFE;
            address[1] = 0x80;
            address[15] = (byte)last;
            return address;
        }

        private static byte Digit(int value)
        {
            value &= 15;
            return (byte)(value < 10 ? '0' + value : 'A' + value - 10);
        }
    }
}
