using System;
using System.Text;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// A Wi-Fi station that is none: three networks are in reach. What it stores is forgotten at the end
    /// of the program.
    /// </summary>
    internal sealed class SimulatedWiFi : IWiFiDriver
    {
        public const string Ssid = "Matter.Nano";
        public const string Password = "correct horse";

        private const int ScanMs = 400;
        private const int ConnectMs = 600;
        private const int FirstRssi = -48;
        private const int RssiStep = 11;
        private const int WrongPassword = 15; // 4-way handshake timeout

        private static readonly string[] Names = { Ssid, "Café & Söhne <3>", "far away" };
        private static readonly string[] Passwords = { Password, "", "unknown to all" };

        private readonly Action<string> _changed;
        private readonly WiFiNetwork _stored = new WiFiNetwork();
        private readonly WiFiNetwork _connected = new WiFiNetwork();
        private readonly WiFiNetwork _target = new WiFiNetwork();
        private long _doneAt = long.MaxValue;

        /// <summary>Creates a station without a network.</summary>
        /// <param name="changed">Told of each new connection, or of none by an empty name.</param>
        public SimulatedWiFi(Action<string> changed)
        {
            _changed = changed;
        }

        public int ScanMaxSeconds { get { return 5; } }

        public int ConnectMaxSeconds { get { return 10; } }

        public int Bands { get { return 1 << WiFiBand.Band2G4; } }

        public int ErrorValue { get; private set; }

        public int ScanResultCount { get { return Names.Length; } }

        /// <summary>Forgets everything.</summary>
        public void Reset()
        {
            _stored.Clear();
            _connected.Clear();
            _doneAt = long.MaxValue;
        }

        public int GetStored(byte[] ssid) { return CopyName(_stored, ssid); }

        public int GetConnected(byte[] ssid) { return CopyName(_connected, ssid); }

        public int BeginScan(long now)
        {
            _doneAt = now + ScanMs;
            return NetworkingStatus.Success;
        }

        public int PollScan(long now)
        {
            return now < _doneAt ? NetworkingStatus.Running : NetworkingStatus.Success;
        }

        public void GetScanResult(int index, WiFiScanResult result)
        {
            result.SsidLength = Encoding.UTF8.GetBytes(Names[index], 0, Names[index].Length, result.Ssid, 0);
            Array.Clear(result.Bssid);
            result.Bssid[0] = 2;
            result.Bssid[5] = (byte)index;
            result.Security = Passwords[index].Length == 0 ? WiFiSecurity.Unencrypted : WiFiSecurity.Wpa2Personal;
            result.Channel = 1 + 5 * index;
            result.Band = WiFiBand.Band2G4;
            result.Rssi = FirstRssi - RssiStep * index;
        }

        public int BeginConnect(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength, long now)
        {
            _target.Set(ssid, 0, ssidLength, credentials, 0, credentialsLength);
            _doneAt = now + ConnectMs;
            return NetworkingStatus.Success;
        }

        public int BeginStored(long now)
        {
            BeginConnect(_stored.Ssid, _stored.SsidLength, _stored.Credentials, _stored.CredentialsLength, now);
            _doneAt = now;
            Join();
            _changed(NameOf(_connected));
            return NetworkingStatus.Success;
        }

        public int PollConnect(long now)
        {
            if (now < _doneAt)
                return NetworkingStatus.Running;
            int status = Join();
            _changed(NameOf(_connected));
            return status;
        }

        public int Store(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength)
        {
            _stored.Set(ssid, 0, ssidLength, credentials, 0, credentialsLength);
            return 0;
        }

        public void GetLink(WiFiLink link)
        {
            int index = IndexOf(_connected);
            if (index < 0)
                return;
            link.HasBssid = true;
            Array.Clear(link.Bssid);
            link.Bssid[0] = 2;
            link.Bssid[5] = (byte)index;
            link.SecurityType = Passwords[index].Length == 0 ? 1 : 4;
            link.Channel = 1 + 5 * index;
            link.Rssi = FirstRssi - RssiStep * index;
        }

        private int Join()
        {
            ErrorValue = 0;
            _connected.Clear();
            int index = IndexOf(_target);
            if (index < 0)
                return _target.SsidLength == 0 ? NetworkingStatus.Success : NetworkingStatus.NetworkNotFound;
            if (Encoding.UTF8.GetString(_target.Credentials, 0, _target.CredentialsLength) != Passwords[index])
            {
                ErrorValue = WrongPassword;
                return NetworkingStatus.AuthFailure;
            }
            _connected.Set(_target.Ssid, 0, _target.SsidLength, _target.Credentials, 0, _target.CredentialsLength);
            return NetworkingStatus.Success;
        }

        private static int IndexOf(WiFiNetwork network) { return Array.IndexOf(Names, NameOf(network)); }

        private static string NameOf(WiFiNetwork network) { return Encoding.UTF8.GetString(network.Ssid, 0, network.SsidLength); }

        private static int CopyName(WiFiNetwork network, byte[] ssid)
        {
            Array.Copy(network.Ssid, ssid, network.SsidLength);
            return network.SsidLength;
        }
    }
}
