using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Matter.Nano.Device.Hardware;
using Matter.Nano.Device.Provisioning;
using nanoFramework.Runtime.Native;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// What a board without a network does: opens an access point "Matter-" and its discriminator, whose password is the
    /// manual pairing code on its label, and serves the set-up page there until a network is joined. Then it restarts.
    /// </summary>
    internal sealed class SetupMode
    {
        private const int PagePort = 80;
        private const int RetryMs = 1000;
        private const int LastPageMs = 500;

        private readonly TickClock _clock;
        private readonly Pins _pins;
        private readonly WifiStation _station;
        private readonly WifiDriver _driver;
        private readonly string _ssid = "Matter-" + OnboardingData.Discriminator.ToString();
        private readonly byte[] _address = IPAddress.Parse(SoftAccessPoint.Address).GetAddressBytes();
        private readonly byte[] _message = new byte[DhcpServer.MaxLength];
        private readonly DhcpServer _dhcp;
        private readonly DnsRedirect _dns;
        private readonly EndPoint _everybody; // on this network: who asks for an address has none
        private Socket _dhcpSocket;
        private Socket _dnsSocket;

        /// <summary>Takes the board's hardware.</summary>
        public SetupMode(TickClock clock, Pins pins, WifiStation station, WifiDriver driver)
        {
            _clock = clock;
            _pins = pins;
            _station = station;
            _driver = driver;
            _dhcp = new DhcpServer(_address);
            _dns = new DnsRedirect(_address);
            byte[] broadcast = IPAddress.Parse(SoftAccessPoint.Address).GetAddressBytes();
            broadcast[3] = 255;
            _everybody = new IPEndPoint(new IPAddress(broadcast), DhcpServer.ClientPort);
        }

        /// <summary>Runs until the board restarts; comes back only if the firmware has no access point.</summary>
        public void Run()
        {
            SetupPayload payload = OnboardingData.CreatePayload();
            if (!SoftAccessPoint.IsOn(_ssid))
            {
                if (!SoftAccessPoint.SwitchOn(_ssid, payload.ManualPairingCode()))
                {
                    Log.Write("no set-up: the firmware has no access point");
                    return;
                }

                // The station must be on for scans, without a network to join.
                WifiStation.Store(null, null);
                Power.RebootDevice();
            }

            Log.Write("set-up: join the Wi-Fi network " + _ssid + ", its password is the manual pairing code; then http://" + SoftAccessPoint.Address + "/");
            ProvisioningPage page = new ProvisioningPage(SoftAccessPoint.Address, payload.QrCode(), payload.ManualPairingCode());
            WiFiSetup setup = new WiFiSetup(_driver, page);
            PageServer server = Open(page);
            while (!setup.IsFinished)
            {
                long now = _clock.NowMs;
                _pins.SetStatus(LedPattern.IsOn(LedPattern.AccessPoint, now));
                _station.Poll(now);
                server.Poll();
                ServeDhcp();
                ServeDns();
                long wait = setup.Poll(now) - _clock.NowMs;
                Thread.Sleep(wait > 0 ? (int)wait : 0);
            }

            Log.Write("set-up is done");
            Thread.Sleep(LastPageMs);
            server.Close();
            SoftAccessPoint.SwitchOff();
            Power.RebootDevice();
        }

        // Until the access point is up, nothing can be opened.
        private PageServer Open(ProvisioningPage page)
        {
            while (true)
            {
                try
                {
                    _dhcpSocket = _dhcpSocket ?? Bind(DhcpServer.ServerPort);
                    _dnsSocket = _dnsSocket ?? Bind(DnsRedirect.Port);
                    return new PageServer(page, new IPEndPoint(IPAddress.Any, PagePort));
                }
                catch (SocketException)
                {
                    Thread.Sleep(RetryMs);
                }
            }
        }

        private static Socket Bind(int port)
        {
            Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, 1);
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return socket;
            }
            catch (SocketException)
            {
                socket.Close();
                throw;
            }
        }

        private void ServeDhcp()
        {
            EndPoint source = new IPEndPoint(IPAddress.Any, DhcpServer.ClientPort);
            int length = Receive(_dhcpSocket, ref source);
            length = length > 0 ? _dhcp.Respond(_message, length) : 0;
            if (length > 0)
            {
                Send(_dhcpSocket, length, _everybody);
            }
        }

        private void ServeDns()
        {
            EndPoint source = new IPEndPoint(IPAddress.Any, DnsRedirect.Port);
            int length = Receive(_dnsSocket, ref source);
            length = length > 0 ? _dns.Respond(_message, length) : 0;
            if (length > 0)
            {
                Send(_dnsSocket, length, source);
            }
        }

        private int Receive(Socket socket, ref EndPoint source)
        {
            try
            {
                return socket.Poll(0, SelectMode.SelectRead) ? socket.ReceiveFrom(_message, 0, _message.Length, SocketFlags.None, ref source) : 0;
            }
            catch (SocketException)
            {
                return 0;
            }
        }

        private void Send(Socket socket, int length, EndPoint destination)
        {
            try
            {
                socket.SendTo(_message, 0, length, SocketFlags.None, destination);
            }
            catch (SocketException e)
            {
                Log.Write("set-up: " + e.Message);
            }
        }
    }
}
