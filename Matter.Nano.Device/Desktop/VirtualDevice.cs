using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Provisioning;
using Matter.Nano.Device.Samples;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The device on this machine's sockets, clock and storage. Everything happens on the thread of <see cref="Run"/>.</summary>
    internal sealed class VirtualDevice
    {
        /// <summary>How often addresses are looked at: .NET's event of their change leaves out IPv6 on Linux.</summary>
        private const int InterfacesIntervalMs = 5000;

        // What the certification tests' own sample devices take.
        private const ulong SampleTrigger = 0xFFFFFFFFFFF10000;

        private const int InterfacesRetryMs = 1000;

        /// <summary>Steps of a computation between two looks at the sockets: about 2 ms, as each is meant for slow processors.</summary>
        private const int StepsAtOnce = 64;

        /// <summary>What is computed ahead of need takes about a millisecond in all.</summary>
        private const int QuietMs = 2;

        /// <summary>A computation takes less, if the machine isn't very slow or busy.</summary>
        private const int AckPatienceMs = 30;

        private readonly DeviceOptions _options;
        private readonly DeviceOutput _output;
        private readonly Log _log;
        private readonly UdpSockets _udp;
        private readonly MdnsSockets _mdns; // null if it is off
        private readonly IKeyValueStore _store;
        private readonly EventLoop _loop;
        private readonly SimulatedWiFi _wifi; // null if it is no Wi-Fi device
        private readonly MonotonicClock _clock = new MonotonicClock();
        private readonly SystemRandom _random = new SystemRandom();
        private readonly PlatformCrypto _platformCrypto; // null: managed code does it all
        private readonly byte[] _hostId;
        private Node _node;
        private NodeNetwork _network;
        private SampleDevice _sample;
        private long _interfacesAt;
        private List<HostInterface> _interfaces;
        private int _groupStamp; // of the groups joined last
        private readonly HashSet<int> _lit = new HashSet<int>(); // endpoints shown as on
        private bool _isQuitting;

        /// <summary>Takes what the device runs on; all of it is closed by its owner.</summary>
        public VirtualDevice(DeviceOptions options, DeviceOutput output, Log log, UdpSockets udp, MdnsSockets mdns, IKeyValueStore store, EventLoop loop)
        {
            _options = options;
            _output = output;
            _log = log;
            _udp = udp;
            _mdns = mdns;
            _store = store;
            _loop = loop;
            _wifi = options.HasWiFi ? new SimulatedWiFi(Connected) : null;
            if (options.HasPlatformCrypto)
            {
                _platformCrypto = PlatformCrypto.Create();
                if (_platformCrypto == null)
                    log.Warn("crypto: .NET's gives wrong answers or none here; managed code does it all");
            }
            _hostId = options.HostId;
            if (_hostId == null)
            {
                // Random, so that several devices on one machine don't take each other's addresses back.
                _hostId = new byte[NetworkInterface.HardwareAddressLength];
                _random.Fill(_hostId, 0, _hostId.Length);
            }
        }

        /// <summary>The node, once it runs; for the thread of <see cref="Run"/>.</summary>
        public Node Node { get { return _node; } }

        /// <summary>Runs until <see cref="Quit"/>.</summary>
        public void Run()
        {
            SetupPayload payload = new SetupPayload(
                TestAttestation.VendorId, TestAttestation.ProductId, SetupPayload.DiscoverOnNetwork, _options.Discriminator, (uint)_options.Passcode);
            if (_options.SetupPort > 0)
                SetUp(payload);
            if (_isQuitting)
                return;
            _udp.AddTo(_loop.Sockets);
            if (_mdns != null)
                _mdns.AddTo(_loop.Sockets);
            Start();
            _output.Ready(_udp.Port, payload.QrCode(), payload.ManualPairingCode());
            while (!_isQuitting)
            {
                long deadline = Poll();
                for (int step = 1; step < StepsAtOnce && deadline <= _clock.NowMs; step++)
                    deadline = Poll();
                _output.Flush();
                List<Socket> ready = _loop.Wait(deadline - _clock.NowMs);
                for (int i = 0; i < ready.Count; i++)
                    Receive(ready[i]);
            }
            Stop();
        }

        /// <summary>
        /// What the node is told of the system's clock: seconds since 2000, or 0, unknown, for one that must be wrong: it is before
        /// this program was written, as on a machine that was never told the time, or after what 32 bits can say.
        /// </summary>
        public static uint MatterTime(DateTime utc)
        {
            double seconds = (utc - new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds;
            return utc < new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) || seconds > uint.MaxValue ? 0 : (uint)seconds;
        }

        /// <summary>Ends <see cref="Run"/>; on its thread.</summary>
        public void Quit()
        {
            _isQuitting = true;
        }

        /// <summary>Does what a line of standard input asks for.</summary>
        public void Execute(string command)
        {
            if (_node == null && command != DeviceCommand.Quit)
            {
                _output.Step("busy", "First a network has to be chosen", 0);
                return;
            }
            switch (command)
            {
                case "":
                    break;
                case DeviceCommand.Button:
                    OpenWindow();
                    break;
                case DeviceCommand.FactoryReset:
                    FactoryReset();
                    break;
                case DeviceCommand.Quit:
                    Quit();
                    break;
                default:
                    if (!SampleCommand.Execute(_sample, command, _clock.NowMs))
                        _output.UnknownCommand(command);
                    break;
            }
        }

        /// <summary>What a factory-new board does on its own access point: until the user has chosen a network.</summary>
        private void SetUp(SetupPayload payload)
        {
            IPEndPoint endPoint = new IPEndPoint(IPAddress.Loopback, _options.SetupPort);
            ProvisioningPage page = new ProvisioningPage(endPoint.ToString(), payload.QrCode(), payload.ManualPairingCode());
            PageServer server = new PageServer(page, endPoint);
            _output.Step("setup", "Choose a network at http://" + endPoint + "/", 0);
            WiFiSetup setup = new WiFiSetup(_wifi, page);
            while (!setup.IsFinished && !_isQuitting)
            {
                server.Poll();
                _output.Flush();
                _loop.Wait(setup.Poll(_clock.NowMs) - _clock.NowMs);
            }
            server.Close();
        }

        private void Start()
        {
            long now = _clock.NowMs;
            List<HostInterface> interfaces = HostInterface.ReadAll(_options.Interface);
            _network = new NodeNetwork(interfaces);
            CryptoSuite crypto = new CryptoSuite(_random, _platformCrypto, _platformCrypto);
            _sample = SampleKind.Create(_options.Device, Switched, Dimmed);
            _node = new Node(new NodeOptions
            {
                Product = new ProductInformation { ProductName = _sample.ProductName, DeviceType = (int)_sample.PrimaryDeviceType },
                Crypto = crypto,
                Store = _store,
                Attestation = TestAttestation.Create(crypto),
                Network = _network.Interface,
                WiFi = _wifi,
                HostId = _hostId,
                EnableKey = _options.EnableKey,
                TestEventTrigger = Triggered,
                Verifier = CommissioningVerifier.FromPasscode(crypto, (uint)_options.Passcode),
                Discriminator = _options.Discriminator,
                Port = _udp.Port,
                QuietMs = QuietMs,
                AckPatienceMs = AckPatienceMs,
                Addressing = _mdns != null ? new UdpAddress() : null,
                DiscoveryInterfaces = _mdns != null ? MdnsSockets.MaxInterfaces : 1,
            });
            _node.SetUtcTime(MatterTime(DateTime.UtcNow), now);
            _sample.AddTo(_node);
            if (_node.Start(now) < 0)
                _log.Warn("storage: not everything could be read");
            new CommissioningStory(_node, _output);
            if (interfaces.Count == 0 && _mdns != null)
                _log.Warn("mdns: there is no network interface to be found on");
            UpdateInterfaces(interfaces, now);
        }

        private bool Triggered(ulong eventTrigger)
        {
            _log.Info("test event trigger: " + eventTrigger.ToString("X16"));
            return eventTrigger == SampleTrigger;
        }

        private long Poll()
        {
            long now = _clock.NowMs;
            if (now >= _interfacesAt)
                UpdateInterfaces(HostInterface.ReadAll(_options.Interface), now);
            long deadline = _node.Poll(now);
            Drain(now);
            if (_groupStamp != _node.GroupKeyManagement.Groups.Stamp)
                UpdateGroups();
            if (_mdns != null && _mdns.HasFailed)
                _interfacesAt = Math.Min(_interfacesAt, now + InterfacesRetryMs);
            return Math.Min(deadline, _interfacesAt);
        }

        private void Receive(Socket socket)
        {
            long now = _clock.NowMs;
            if (_mdns != null && _mdns.Receive(socket, _node.Discovery, now))
                return;
            int length = _udp.Receive(socket, _node.RxBuffer);
            if (length >= 0)
                _node.Receive(_udp.Peer, _udp.PeerLength, length, now);
            Drain(now);
        }

        private void Drain(long now)
        {
            OutboxSlot slot = _node.Outbox.Next();
            while (slot != null)
            {
                if (slot.IsToGroup)
                    _udp.SendToGroup(slot.Buffer, slot.DatagramOffset, slot.DatagramLength, slot.PeerAddress, slot.PeerAddressLength, _interfaces);
                else
                    _udp.Send(slot.Buffer, slot.DatagramOffset, slot.DatagramLength, slot.PeerAddress, slot.PeerAddressLength);
                slot = _node.Outbox.Next();
            }
            if (_mdns != null)
                _mdns.Drain(_node.Discovery, now);
        }

        private void Stop()
        {
            long now = _clock.NowMs;
            if (_node.Stop(now) < 0)
                _log.Warn("storage: not everything could be saved");
            Drain(now);
        }

        private void UpdateInterfaces(List<HostInterface> interfaces, long now)
        {
            _interfacesAt = now + InterfacesIntervalMs;
            if (_mdns != null)
                _mdns.Update(interfaces, _node.Discovery, now);
            if (_network.Update(interfaces))
                _node.NetworkChanged();
            _interfaces = interfaces;
            UpdateGroups();
        }

        private void UpdateGroups()
        {
            _groupStamp = _node.GroupKeyManagement.Groups.Stamp;
            HashSet<IPAddress> groups = new HashSet<IPAddress>();
            byte[] address = new byte[GroupAddress.Length];
            for (int row = 0; row < GroupTable.Capacity; row++)
            {
                if (_node.GetGroupAddress(row, address))
                    groups.Add(new IPAddress(address));
            }
            _udp.SetGroups(groups, _interfaces);
        }

        private void Switched(OnOffCluster cluster, bool on)
        {
            int endpoint = cluster.Endpoint.Id;
            if (on ? _lit.Add(endpoint) : _lit.Remove(endpoint))
                _output.OnOff(endpoint, on);
        }

        private void Dimmed(LevelControlCluster cluster, int level)
        {
            int endpoint = cluster.Endpoint.Id;
            if (level > 0 ? _lit.Add(endpoint) : _lit.Remove(endpoint))
                _output.OnOff(endpoint, level > 0);
            if (level > 0)
                _output.Level(endpoint, level);
        }

        private void Connected(string ssid)
        {
            if (_node != null)
                _node.NetworkChanged();
            _output.Step("wifi", ssid.Length == 0 ? "Wi-Fi: not connected" : "Wi-Fi: connected to " + ssid, 0);
        }

        private void OpenWindow()
        {
            bool wasOpen = _node.Window.IsOpen;
            if (_node.Window.OpenByUser(_clock.NowMs) != 0)
                _output.Step("busy", "A commissioning is running: no window is opened", 0);
            else if (wasOpen)
                _output.Step("window-open", "The commissioning window is open already", 0);
        }

        /// <summary>Forgets everything and starts as new.</summary>
        private void FactoryReset()
        {
            Stop();
            if (_wifi != null)
                _wifi.Reset();
            if (_store.Clear() < 0)
                _log.Warn("storage: not everything could be removed");
            Start();
            _output.Step("factory-reset", "The device is as new and can be commissioned", 0);
        }
    }
}
