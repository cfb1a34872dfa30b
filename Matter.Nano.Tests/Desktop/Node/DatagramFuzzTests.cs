using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Matter.Nano.Device.Desktop;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>20 000 hostile datagrams leave a commissioned device as it was: no exception, nothing stored, nothing held.</summary>
    [TestClass]
    public class DatagramFuzzTests
    {
        private const int Datagrams = 20000;
        private const int Strangers = 6;
        private const int LargestDatagram = 2000;
        private const int BusyMs = 5000;
        private const uint OnOff = 0x06;
        private const uint Toggle = 0x02;
        private const ulong LightId = 0x1234;

        [TestMethod]
        public void InProcess()
        {
            MemoryLink link = new MemoryLink(1);
            Scenario.MemoryStore store = new Scenario.MemoryStore();
            VirtualLight light = new VirtualLight(2, store, link.Now);
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new LinkTime(link).Wait);
            int end = link.Join(one);
            for (int i = 0; i < Strangers; i++)
                link.Join(new Silence());
            link.Run(1);
            one.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            link.Run(30000); // what is to be saved is saved
            List<byte[]> recorded = Recorded(link, end);
            string attributes = Attributes(one);
            string stored = store.ToString();
            link.ClearLog();

            DatagramMutator mutator = new DatagramMutator(4, Limits.ReceivedDatagram, recorded);
            Random random = new Random(5);
            using (ExceptionCount exceptions = new ExceptionCount(Environment.CurrentManagedThreadId))
            {
                for (int i = 0; i < Datagrams; i++)
                {
                    // From the administrator's own address too: a session must not follow a forged datagram.
                    link.Inject(end + random.Next(Strangers + 1), 1, mutator.Next());
                    link.Run(random.Next(4));
                    if (i % 100 == 0)
                        link.ClearLog();
                }
                link.Run(60000);
                Assert.AreEqual(0, exceptions.Count, exceptions.First?.ToString());
            }

            NodeState.AssertAtRest(light, 1, "fuzz");
            Assert.AreEqual(stored, store.ToString(), "store");
            Assert.AreEqual(attributes, Attributes(one), "attributes");
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            one.Case(LightId);
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            Console.WriteLine("soak: " + Datagrams + " hostile datagrams in process: no exception, nothing held or stored");
        }

        [TestMethod]
        public void OverUdp()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            Log log = new Log(LogLevel.Warn, Console.Error);
            using FileStore store = new FileStore(directory.Path, log);
            using UdpSockets udp = new UdpSockets(0, log);
            using EventLoop loop = new EventLoop();
            DeviceOptions options = new DeviceOptions { Passcode = (int)VirtualLight.Passcode, Discriminator = 3840, Interface = null, HasMdns = false };
            VirtualDevice device = new VirtualDevice(options, new NoOutput(), log, udp, null, store, loop);
            Thread thread = new Thread(device.Run) { IsBackground = true };
            using ExceptionCount exceptions = new ExceptionCount(thread.ManagedThreadId);
            thread.Start();
            try
            {
                using UdpPeer peer = new UdpPeer(new IPEndPoint(IPAddress.IPv6Loopback, udp.Port));
                Commissioner one = new Commissioner(3, 0xFAB1, new byte[] { 1 }, peer.Wait);
                peer.Attach(one);
                one.Commission(VirtualLight.Passcode, LightId);
                peer.Wait(3 * ClusterStore.DelayMs); // what is to be saved is saved
                string attributes = Attributes(one);
                string stored = Contents(directory.Path);

                DatagramMutator mutator = new DatagramMutator(6, LargestDatagram, peer.Sent);
                using (Socket stranger = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp))
                {
                    for (int i = 0; i < Datagrams; i++)
                    {
                        stranger.SendTo(mutator.Next(), new IPEndPoint(IPAddress.IPv6Loopback, udp.Port));
                        // Now and then a moment, so that few are lost before they are read.
                        if (i % 50 == 0)
                            peer.Wait(5);
                    }
                }
                peer.Wait(1000);
                Assert.AreEqual(attributes, Attributes(one), "attributes");
                Assert.AreEqual(stored, Contents(directory.Path), "store");
                Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
                // Replayed Sigma1 may still hold the handshakes' places.
                int result = one.TryCase(LightId);
                for (int i = 0; i < 60000 / BusyMs && result == MatterError.Busy; i++)
                {
                    peer.Wait(BusyMs);
                    result = one.TryCase(LightId);
                }
                Assert.AreEqual(0, result, "CASE");
                Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            }
            finally
            {
                loop.Post(device.Quit);
                thread.Join();
            }
            Assert.AreEqual(0, exceptions.Count, exceptions.First?.ToString());
            Console.WriteLine("soak: " + Datagrams + " hostile datagrams over UDP: no exception, nothing changed");
        }

        private static List<byte[]> Recorded(MemoryLink link, int end)
        {
            List<byte[]> recorded = new List<byte[]>();
            for (int i = 0; i < link.SentBy(end); i++)
                recorded.Add(link.Datagram(end, i));
            for (int i = 0; i < link.SentBy(1); i++)
                recorded.Add(link.Datagram(1, i));
            return recorded;
        }

        /// <summary>Everything that the administrator can read and that stays by itself, as text.</summary>
        private static string Attributes(Commissioner administrator)
        {
            InteractionClient client = administrator.Client;
            client.Clear();
            client.Read(administrator.Session, new long[] { -1, -1, -1 }, true, administrator.Now);
            administrator.AwaitLastReport();
            List<string> values = new List<string>();
            ReportReader reports = client.Reports();
            while (reports.Next())
            {
                // UpTime and DeviceLoadStatus move on by themselves.
                if (reports.Cluster == 0x33 && (reports.Attribute == 2 || reports.Attribute == 10))
                    continue;
                int length = reports.Value.ElementLength();
                values.Add(reports.Endpoint + "/" + reports.Cluster + "/" + reports.Attribute + "="
                    + Convert.ToHexString(reports.Value.Buffer, reports.Value.ElementOffset, length));
            }
            Assert.IsTrue(values.Count > 100, "attributes");
            return string.Join("\n", values);
        }

        private static string Contents(string directory)
        {
            List<string> files = new List<string>();
            foreach (string file in Directory.GetFiles(directory))
            {
                // The running device holds its lock.
                if (Path.GetFileName(file) != "lock")
                    files.Add(Path.GetFileName(file) + "=" + Convert.ToHexString(File.ReadAllBytes(file)));
            }
            files.Sort(StringComparer.Ordinal);
            Assert.IsTrue(files.Count > 1, "files");
            return string.Join("\n", files);
        }

        /// <summary>An end that says nothing and hears nothing.</summary>
        private sealed class Silence : ILinkEnd
        {
            public Exchanges.OutboxSlot Next() { return null; }

            public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
            {
            }

            public long Poll(long now) { return long.MaxValue; }
        }

        private sealed class NoOutput : DeviceOutput
        {
            public NoOutput()
                : base(TextWriter.Null)
            {
            }

            public override void Ready(int port, string qrPayload, string manualCode)
            {
            }

            public override void OnOff(int endpoint, bool on)
            {
            }

            public override void Level(int endpoint, int level)
            {
            }

            public override void Step(string step, string text, int fabricIndex)
            {
            }

            public override void UnknownCommand(string command)
            {
            }
        }
    }
}
