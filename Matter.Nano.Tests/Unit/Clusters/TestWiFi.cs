using System;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>A Wi-Fi station on paper: what it finds, how it ends and how long it takes is for the test to say.</summary>
    internal sealed class TestWiFi : IWiFiDriver
    {
        /// <summary>What is stored, and what it is connected to.</summary>
        public readonly WiFiNetwork Stored = new WiFiNetwork();
        public readonly WiFiNetwork Connected = new WiFiNetwork();

        /// <summary>Names of the networks in reach.</summary>
        public byte[][] InReach = new byte[0][];

        /// <summary>How a scan or connection begins and ends, and after how many questions.</summary>
        public int BeginStatus;
        public int EndStatus;
        public int Steps = 3;

        public int StoreResult;
        public int Scans;
        public int Connects;
        public int StoredConnects;
        public int Stores;
        public bool HasLink = true;

        private readonly WiFiNetwork _target = new WiFiNetwork();
        private int _left;

        public int ScanMaxSeconds { get { return 10; } }

        public int ConnectMaxSeconds { get { return 30; } }

        public int Bands { get { return 1 << WiFiBand.Band2G4 | 1 << WiFiBand.Band5G; } }

        public int ErrorValue { get { return -7; } }

        public int ScanResultCount { get { return InReach.Length; } }

        public static byte[] Bytes(string text)
        {
            char[] letters = text.ToCharArray();
            byte[] bytes = new byte[letters.Length];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)letters[i];
            return bytes;
        }

        public static void Set(WiFiNetwork network, string ssid, string credentials)
        {
            byte[] name = Bytes(ssid);
            byte[] secret = Bytes(credentials);
            network.Set(name, 0, name.Length, secret, 0, secret.Length);
        }

        public int GetStored(byte[] ssid) { return Name(Stored, ssid); }

        public int GetConnected(byte[] ssid) { return Name(Connected, ssid); }

        public int BeginScan(long now)
        {
            Scans++;
            _left = Steps;
            return BeginStatus;
        }

        public int PollScan(long now) { return --_left > 0 ? NetworkingStatus.Running : EndStatus; }

        public void GetScanResult(int index, WiFiScanResult result)
        {
            byte[] name = InReach[index];
            Array.Copy(name, 0, result.Ssid, 0, name.Length);
            result.SsidLength = name.Length;
            for (int i = 0; i < result.Bssid.Length; i++) result.Bssid[i] = (byte)(index + i);
            result.Security = WiFiSecurity.Wpa2Personal;
            result.Channel = 6;
            result.Band = WiFiBand.Band2G4;
            result.Rssi = -40 - index;
        }

        public int BeginConnect(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength, long now)
        {
            Connects++;
            _target.Set(ssid, 0, ssidLength, credentials, 0, credentialsLength);
            Connected.Clear();
            _left = Steps;
            return BeginStatus;
        }

        public int BeginStored(long now)
        {
            StoredConnects++;
            _target.Set(Stored.Ssid, 0, Stored.SsidLength, Stored.Credentials, 0, Stored.CredentialsLength);
            Connected.Clear();
            _left = Steps;
            return BeginStatus;
        }

        public int PollConnect(long now)
        {
            if (--_left > 0) return NetworkingStatus.Running;
            if (EndStatus == NetworkingStatus.Success)
            {
                Connected.Set(_target.Ssid, 0, _target.SsidLength, _target.Credentials, 0, _target.CredentialsLength);
            }

            return EndStatus;
        }

        public int Store(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength)
        {
            Stores++;
            if (StoreResult == 0) Stored.Set(ssid, 0, ssidLength, credentials, 0, credentialsLength);
            return StoreResult;
        }

        public void GetLink(WiFiLink link)
        {
            if (!HasLink) return;
            link.HasBssid = true;
            for (int i = 0; i < link.Bssid.Length; i++) link.Bssid[i] = (byte)i;
            link.SecurityType = 4;
            link.Version = 3;
            link.Channel = 11;
            link.Rssi = -61;
        }

        private static int Name(WiFiNetwork network, byte[] ssid)
        {
            Array.Copy(network.Ssid, 0, ssid, 0, network.SsidLength);
            return network.SsidLength;
        }
    }
}
