using System;
using Matter.Nano.Discovery;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests
{
    /// <summary>A responder on one interface with virtual time; keeps the datagrams it sent last.</summary>
    internal sealed class MdnsScene : IRandom
    {
        /// <summary>The interface's number.</summary>
        public const int InterfaceId = 7;

        /// <summary>The host name of the scene.</summary>
        public const string Host = "0A1B2C3D4E5F.local";

        /// <summary>The first commissionable instance's name under the scene's random numbers.</summary>
        public const string Instance = "0102030405060708._matterc._udp.local";

        private const int MaxKept = 8;

        private readonly byte[][] _kept = new byte[MaxKept][];
        private byte[] _answer;
        private byte _next;

        /// <summary>Creates the responder; its interface multicasts in both families and is probed.</summary>
        public MdnsScene()
            : this(1)
        {
            SetAddresses(1);
            Run(750);
        }

        /// <summary>Creates the responder without telling it an interface.</summary>
        public MdnsScene(int interfaces)
            : this(CreateOptions(interfaces))
        {
        }

        /// <summary>Creates the responder of other options, but for the host id, without telling it an interface.</summary>
        public MdnsScene(MdnsOptions options)
        {
            Options = options;
            Options.HostId = new byte[] { 0x0A, 0x1B, 0x2C, 0x3D, 0x4E, 0x5F };
            Responder = new MdnsResponder(Options, this);
        }

        /// <summary>What the node tells about itself.</summary>
        public MdnsOptions Options { get; }

        /// <summary>The responder.</summary>
        public MdnsResponder Responder { get; }

        /// <summary>Virtual time in ms.</summary>
        public long Now { get; set; } = 1000;

        /// <summary>What Poll said last.</summary>
        public long Deadline { get; private set; }

        /// <summary>Number of datagrams that the last <see cref="Drain"/> gave.</summary>
        public int Count { get; private set; }

        /// <summary>Bytes of the random source: 0, 1, 2 and so on.</summary>
        public void Fill(byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < length; i++)
                buffer[offset + i] = _next++;
        }

        /// <summary>Gives the interface 10.0.0.1 and a number of IPv6 addresses from fe80::1 on.</summary>
        public void SetAddresses(int ipv6Count)
        {
            byte[] ipv6 = new byte[16 * ipv6Count];
            for (int i = 0; i < ipv6Count; i++)
            {
                ipv6[16 * i] = 0xFE;
                ipv6[16 * i + 1] = 0x80;
                ipv6[16 * i + 15] = (byte)(i + 1);
            }
            Assert(Responder.SetInterface(InterfaceId, true, true, new byte[] { 10, 0, 0, 1 }, 1, ipv6, ipv6Count, Now) == 0);
        }

        /// <summary>Hands in a query over IPv6 from a peer that is told by one byte.</summary>
        public void Ask(DnsMessageBuilder query, int peer, int port)
        {
            MdnsDatagram answer = Responder.Receive(query.Buffer, query.Length, InterfaceId, true, new byte[] { (byte)peer }, 1, port, Now);
            if (answer != null)
                _answer = Copy(answer);
        }

        /// <summary>Hands in a query over IPv6 from port 5353.</summary>
        public void Ask(DnsMessageBuilder query)
        {
            Ask(query, 1, MdnsResponder.Port);
        }

        /// <summary>Polls and takes all datagrams. Returns their number.</summary>
        public int Drain()
        {
            Count = 0;
            if (_answer != null)
                _kept[Count++] = _answer;
            _answer = null;
            Deadline = Responder.Poll(Now);
            MdnsDatagram datagram = Responder.Next(Now);
            while (datagram != null)
            {
                Assert(Count < MaxKept);
                _kept[Count++] = Copy(datagram);
                datagram = Responder.Next(Now);
            }
            return Count;
        }

        /// <summary>Lets time pass, draining at each deadline. Returns the number of datagrams; the last batch is kept.</summary>
        public int Run(int ms)
        {
            long end = Now + ms;
            int total = Drain();
            while (Deadline <= end)
            {
                Assert(Deadline > Now);
                Now = Deadline;
                total += Drain();
            }
            Now = end;
            return total;
        }

        private static byte[] Copy(MdnsDatagram datagram)
        {
            Assert(datagram.Length > 12 && datagram.Length <= MdnsDatagram.MaxLength && datagram.InterfaceId == InterfaceId);
            byte[] copy = new byte[datagram.Length + 3];
            copy[0] = (byte)(datagram.IsIPv6 ? 1 : 0);
            copy[1] = (byte)datagram.PeerLength;
            copy[2] = datagram.Peer[0];
            Array.Copy(datagram.Buffer, 0, copy, 3, datagram.Length);
            return copy;
        }

        /// <summary>True if a datagram went to the group.</summary>
        public bool IsMulticast(int datagram)
        {
            return _kept[datagram][1] == 0;
        }

        /// <summary>The byte of the peer that a unicast datagram went to.</summary>
        public int PeerOf(int datagram)
        {
            return _kept[datagram][2];
        }

        /// <summary>True if a datagram went out over IPv6.</summary>
        public bool IsIPv6(int datagram)
        {
            return _kept[datagram][0] != 0;
        }

        /// <summary>A reader at the start of a kept datagram.</summary>
        public DnsReader Read(int datagram)
        {
            DnsReader reader = new DnsReader();
            Assert(reader.Reset(_kept[datagram], 3, _kept[datagram].Length - 3) == 0);
            return reader;
        }

        /// <summary>Time to live of a record in the last batch, in any datagram; -1 if it isn't there. A target is compared for PTR and SRV.</summary>
        public long FindTtl(string name, int type, string target)
        {
            for (int i = 0; i < Count; i++)
            {
                DnsReader reader = Read(i);
                DnsName wanted = ToName(name);
                for (int questions = reader.QuestionCount; questions > 0; questions--)
                    Assert(reader.ReadQuestion() == 0);
                for (int records = reader.AnswerCount + reader.AuthorityCount + reader.AdditionalCount; records > 0; records--)
                {
                    Assert(reader.ReadRecord() == 0);
                    if (reader.Type != type || !reader.NameEquals(wanted))
                        continue;
                    if (target == null)
                        return reader.Ttl;
                    Assert(reader.ReadDataName(type == DnsType.Srv ? 6 : 0) == 0);
                    if (reader.NameEquals(ToName(target)))
                        return reader.Ttl;
                }
            }
            return -1;
        }

        /// <summary>True if the last batch has a live record.</summary>
        public bool Has(string name, int type, string target)
        {
            return FindTtl(name, type, target) > 0;
        }

        /// <summary>The TXT data of a name in the last batch; null if it isn't there.</summary>
        public byte[] FindTxt(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                DnsReader reader = Read(i);
                for (int records = reader.AnswerCount + reader.AuthorityCount + reader.AdditionalCount; records > 0; records--)
                {
                    Assert(reader.ReadRecord() == 0);
                    if (reader.Type != DnsType.Txt || !reader.NameEquals(ToName(name)))
                        continue;
                    byte[] txt = new byte[reader.DataLength];
                    Array.Copy(_kept[i], reader.DataOffset, txt, 0, txt.Length);
                    return txt;
                }
            }
            return null;
        }

        private static MdnsOptions CreateOptions(int interfaces)
        {
            MdnsOptions options = new MdnsOptions();
            options.VendorId = 0xFFF1;
            options.ProductId = 0x8000;
            options.DeviceType = 256;
            options.DeviceName = new byte[] { (byte)'L', (byte)'i' };
            options.PairingHint = 33;
            options.InterfaceCapacity = interfaces;
            return options;
        }

        /// <summary>A name given with dots.</summary>
        public static DnsName ToName(string dotted)
        {
            int dot = dotted.IndexOf('.');
            return dot < 0 ? new DnsName(dotted, null) : new DnsName(dotted.Substring(0, dot), ToName(dotted.Substring(dot + 1)));
        }

        private static void Assert(bool condition)
        {
            nanoFramework.TestFramework.Assert.IsTrue(condition);
        }
    }
}
