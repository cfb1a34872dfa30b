using System;
using System.Threading;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Hardware;
using Matter.Nano.Device.Network;
using Matter.Nano.Device.Runtime;
using Matter.Nano.Device.Samples;
using Matter.Nano.Device.Storage;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;
using nanoFramework.Runtime.Native;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// A sample, the light, on an ESP32's network, pins, clock and flash. One thread does all the work in steps of at most
    /// <see cref="SliceMs"/>; an exception ends a step, too many of them in a short time restart the device.
    /// </summary>
    internal sealed class Firmware : IPeerAddressing
    {
        private const int SliceMs = 20;
        private const int LinkIntervalMs = 5000;
        private const int AddressIntervalMs = 1000; // while DHCP has not answered

        private readonly TickClock _clock = new TickClock();
        private readonly FaultCounter _faults = new FaultCounter();
        private readonly LinkState _link = new LinkState();
        private readonly Pins _pins;
        private readonly PushButton _button;
        private readonly SlotStore _store;
        private readonly WifiStation _station; // null over Ethernet
        private readonly WifiDriver _driver; // null too
        private readonly int _bootReason;
        private NetworkInterface _network;
        private Node _node; // null until there is a random source
        private SampleDevice _sample;
        private Sockets _sockets; // null while the link is down
        private long _deadline; // the node's
        private long _linkAt;
        private bool _wasConnected;
        private int _groupStamp;

        /// <summary>Takes the board's hardware.</summary>
        public Firmware()
        {
            _pins = new Pins();
            _button = new PushButton(_pins.IsButtonDown, _clock.NowMs);
            _store = new SlotStore(new FlashMedium());
            _bootReason = BootMarker.Take(_store);
            if (!Board.IsEthernet)
            {
                _station = new WifiStation();
                _driver = new WifiDriver(_station);
            }
        }

        /// <inheritdoc/>
        public int Write(byte[] peer, byte[] address, int addressLength, int port, int interfaceId)
        {
            return _sockets == null ? 0 : _sockets.WritePeer(peer, address, addressLength, port);
        }

        /// <summary>Runs until the device restarts.</summary>
        public void Run()
        {
            if (_station != null && !_station.HasCredentials)
            {
                new SetupMode(_clock, _pins, _station, _driver).Run();
            }
            else if (_station != null && SoftAccessPoint.SwitchOff())
            {
                // The network came from elsewhere while the access point was on.
                Power.RebootDevice();
            }

            while (true)
            {
                try
                {
                    Step();
                }
                catch (Exception e)
                {
                    Log.Write("fault " + (_faults.Total + 1).ToString() + ": " + e.Message);
                    if (_faults.Add(_clock.NowMs))
                    {
                        Restart();
                    }

                    Thread.Sleep(SliceMs);
                }
            }
        }

        // The wall clock, which the firmware's SNTP sets, is not used: nobody vouches for its servers, and who could set the
        // time could lock controllers out whose certificates would seem to have expired.
        private void Step()
        {
            long now = _clock.NowMs;
            int press = _button.Poll(_pins.IsButtonDown, now);
            if (press == PushButton.LongPress)
            {
                FactoryReset();
            }
            else if (press == PushButton.ShortPress)
            {
                OpenWindow(now);
            }

            _pins.SetStatus(LedPattern.IsOn(Pattern(now), now));
            if (_station != null)
            {
                _station.Poll(now);
            }

            if (_node == null && IsRandomReady())
            {
                Start(now);
            }

            if (_node == null)
            {
                Thread.Sleep(SliceMs);
            }
            else
            {
                Serve(now);
            }
        }

        /// <summary>
        /// Keys need a true random source, which the radio feeds. A board that has none is refused until it is proven that its
        /// firmware has another one.
        /// </summary>
        private bool IsRandomReady()
        {
            return _station != null && _station.HasRadioRun;
        }

        private void Start(long now)
        {
            System.Net.NetworkInformation.NetworkInterface found = LinkReader.Find();
            _network = Board.IsEthernet
                ? new NetworkInterface("eth", NetworkInterface.Ethernet, found.PhysicalAddress)
                : new NetworkInterface("wifi", NetworkInterface.WiFi, found.PhysicalAddress);
            NativeCrypto native = new NativeCrypto();
            CryptoSuite crypto = new CryptoSuite(new HardwareRandom(), native);
            Log.Write("AES is " + (crypto.AesCcm.IsAccelerated ? "the firmware's" : "managed code: the firmware's failed its check"));
            Log.Write("HMAC is " + (crypto.Hmac.IsAccelerated ? "the firmware's" : "managed code: the firmware's failed its check"));
            SampleDevice sample = new LightSample(LightSwitched);
            Node node = new Node(new NodeOptions
            {
                Product = new ProductInformation { ProductName = sample.ProductName, DeviceType = (int)sample.PrimaryDeviceType },
                Crypto = crypto,
                Store = _store,
                Attestation = TestAttestation.Create(crypto),
                Network = _network,
                WiFi = _driver,
                Verifier = OnboardingData.CreateVerifier(),
                Discriminator = OnboardingData.Discriminator,
                BootReason = _bootReason,
                Addressing = this,
            });
            sample.AddTo(node);
            if (node.Start(now) < 0)
            {
                Log.Write("storage: not everything could be read");
            }

            _node = node;
            _sample = sample;
            _deadline = now;
            SetupPayload payload = OnboardingData.CreatePayload();
            Log.Write(payload.QrCode() + ", manual code " + payload.ManualPairingCode());
            Log.Write("free managed memory: " + GC.Run(false).ToString());
        }

        private void Serve(long now)
        {
            bool isConnected = _station == null || _station.IsConnected;
            if (now >= _linkAt || isConnected != _wasConnected)
            {
                UpdateLink(isConnected, now);
            }

            if (now >= _deadline)
            {
                _deadline = _node.Poll(now);
            }

            if (_sockets == null)
            {
                Thread.Sleep(SliceMs);
                return;
            }

            _sockets.Drain(_node, now);
            if (_groupStamp != _node.GroupKeyManagement.Groups.Stamp)
            {
                UpdateGroups();
            }

            long wait = _deadline - _clock.NowMs;
            int waitMs = wait < 0 ? 0 : wait > SliceMs ? SliceMs : (int)wait;
            if (_sockets.Receive(_node, _link, waitMs, _clock))
            {
                _deadline = now;
            }
            else if (waitMs > 0 && _clock.NowMs == now)
            {
                // The sockets don't wait: the network went down under them.
                Thread.Sleep(waitMs);
            }
        }

        private void UpdateLink(bool isConnected, long now)
        {
            _wasConnected = isConnected;
            bool hasChanged = LinkReader.Read(_link, isConnected);
            _linkAt = now + (_link.IPv4Count > 0 ? LinkIntervalMs : AddressIntervalMs);
            if (hasChanged)
            {
                _network.SetAddresses(_link.IPv4, _link.IPv4Count, _link.IPv6, _link.IPv6Count);
                _node.NetworkChanged();
            }

            if (!_link.IsUp)
            {
                CloseSockets();
                return;
            }

            // Sockets that could not be opened before are tried again.
            bool isNew = _sockets == null;
            if (isNew)
            {
                Log.Write("network is up");
                _sockets = new Sockets(OnboardingData.Port);
                UpdateGroups();
            }

            if (isNew || hasChanged)
            {
                _sockets.Announce(_node, _link, now);
                _deadline = now;
            }
        }

        private void CloseSockets()
        {
            if (_sockets == null)
            {
                return;
            }

            Log.Write("network is down");
            Sockets sockets = _sockets;
            _sockets = null;
            sockets.Withdraw(_node);
            sockets.Close();
        }

        private void UpdateGroups()
        {
            _groupStamp = _node.GroupKeyManagement.Groups.Stamp;
            _sockets.UpdateGroups(_node);
        }

        private int Pattern(long now)
        {
            if (_button.HeldMs(now) >= PushButton.LongPressMs / 3)
            {
                return LedPattern.ResetComing;
            }

            if (_station == null)
            {
                return LedPattern.Fault;
            }

            if (_node == null || !_link.IsUp)
            {
                return LedPattern.NoNetwork;
            }

            return _sample.IsIdentifying ? LedPattern.Identify : _node.Window.IsOpen ? LedPattern.Commissionable : LedPattern.Off;
        }

        private void LightSwitched(OnOffCluster cluster, bool on)
        {
            _pins.SetLight(on);
        }

        private void OpenWindow(long now)
        {
            if (_node != null && _node.Window.OpenByUser(now) != 0)
            {
                Log.Write("a commissioning is running: no window is opened");
            }
        }

        /// <summary>Forgets everything and starts as new, whatever goes wrong in between.</summary>
        private void FactoryReset()
        {
            Log.Write("factory reset");
            try
            {
                StopNode();
                if (_store.Clear() < 0)
                {
                    Log.Write("storage: not everything could be removed");
                }

                if (_station != null)
                {
                    _station.Disconnect();
                    _station.Store();
                }

                BootMarker.Leave(_store);
            }
            catch (Exception e)
            {
                Log.Write(e.Message);
            }

            Power.RebootDevice();
        }

        private void Restart()
        {
            Log.Write("too many faults: restarting");
            try
            {
                StopNode();
                BootMarker.Leave(_store);
            }
            catch (Exception e)
            {
                Log.Write(e.Message);
            }

            Power.RebootDevice();
        }

        private void StopNode()
        {
            if (_node == null)
            {
                return;
            }

            long now = _clock.NowMs;
            if (_node.Stop(now) < 0)
            {
                Log.Write("storage: not everything could be saved");
            }

            if (_sockets != null)
            {
                _sockets.Drain(_node, now);
            }
        }
    }
}
