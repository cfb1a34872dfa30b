using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using Matter.Nano.Tlv;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// The station as Network Commissioning and set-up see it. The firmware keeps the network, so that one given by nanoff
    /// counts as well. Names and passwords are strings there: what is no text cannot be joined.
    /// </summary>
    internal sealed class WifiDriver : IWiFiDriver
    {
        // A passive scan of 13 channels, half a second each.
        private const int ScanSeconds = 10;

        // The firmware gives up after 20 s.
        private const int ConnectSeconds = 25;

        // The firmware's fields have 32 and 64 bytes and end with a zero, so a key in 64 digits finds no room.
        private const int MaxSsidLength = 31;
        private const int MaxPasswordLength = 63;

        private readonly WifiStation _station;
        private WifiAvailableNetwork[] _found = new WifiAvailableNetwork[0];
        private bool _isScanDone; // set by the firmware's event

        /// <summary>Takes the station.</summary>
        public WifiDriver(WifiStation station)
        {
            _station = station;
            station.Adapter.AvailableNetworksChanged += ScanDone;
        }

        /// <inheritdoc/>
        public int ScanMaxSeconds { get { return ScanSeconds; } }

        /// <inheritdoc/>
        public int ConnectMaxSeconds { get { return ConnectSeconds; } }

        /// <inheritdoc/>
        public int Bands { get { return 1 << WiFiBand.Band2G4; } }

        /// <inheritdoc/>
        public int ErrorValue { get { return (int)_station.LastStatus; } }

        /// <inheritdoc/>
        public int ScanResultCount { get { return _found.Length; } }

        /// <inheritdoc/>
        public int GetStored(byte[] ssid)
        {
            Wireless80211Configuration stored = WifiStation.Stored();
            return stored == null ? 0 : Copy(stored.Ssid, ssid);
        }

        /// <inheritdoc/>
        public int GetConnected(byte[] ssid)
        {
            return _station.IsConnected ? Copy(_station.Ssid, ssid) : 0;
        }

        /// <inheritdoc/>
        public int BeginScan(long now)
        {
            _isScanDone = false;
            try
            {
                _station.Adapter.ScanAsync();
                return NetworkingStatus.Success;
            }
            catch (Exception e)
            {
                Log.Write("no scan: " + e.Message);
                return NetworkingStatus.UnknownError;
            }
        }

        /// <inheritdoc/>
        public int PollScan(long now)
        {
            if (!_isScanDone)
            {
                return NetworkingStatus.Running;
            }

            // The firmware tells it once only, the strongest first.
            _isScanDone = false;
            _found = _station.Adapter.NetworkReport.AvailableNetworks;
            return NetworkingStatus.Success;
        }

        /// <inheritdoc/>
        public void GetScanResult(int index, WiFiScanResult result)
        {
            WifiAvailableNetwork network = _found[index];
            result.SsidLength = Copy(network.Ssid, result.Ssid);
            HardwareAddress(network.Bsid, result.Bssid);
            result.Rssi = (int)network.NetworkRssiInDecibelMilliwatts;
            result.Band = WiFiBand.Band2G4;

            // The firmware does not hand these on.
            result.Security = 0;
            result.Channel = 0;
        }

        /// <inheritdoc/>
        public int BeginConnect(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength, long now)
        {
            // What doesn't fit is left out silently, and another network would be joined.
            if (!Utf8.IsText(ssid, 0, ssidLength) || ssidLength > MaxSsidLength)
            {
                return NetworkingStatus.OtherConnectionFailure;
            }

            if (!Utf8.IsText(credentials, 0, credentialsLength) || credentialsLength > MaxPasswordLength)
            {
                return NetworkingStatus.UnsupportedSecurity;
            }

            _station.Connect(Encoding.UTF8.GetString(ssid, 0, ssidLength), Encoding.UTF8.GetString(credentials, 0, credentialsLength));
            return NetworkingStatus.Success;
        }

        /// <inheritdoc/>
        public int BeginStored(long now)
        {
            Wireless80211Configuration stored = WifiStation.Stored();
            if (stored == null)
            {
                _station.Disconnect();
            }
            else
            {
                _station.Connect(stored.Ssid, stored.Password);
            }

            return NetworkingStatus.Success;
        }

        /// <inheritdoc/>
        public int PollConnect(long now)
        {
            if (_station.Attempts == 0 && _station.Ssid != null)
            {
                return NetworkingStatus.Running;
            }

            switch (_station.LastStatus)
            {
                case WifiConnectionStatus.Success: return NetworkingStatus.Success;
                case WifiConnectionStatus.InvalidCredential: return NetworkingStatus.AuthFailure;
                case WifiConnectionStatus.NetworkNotAvailable: return NetworkingStatus.NetworkNotFound;
                case WifiConnectionStatus.UnsupportedAuthenticationProtocol: return NetworkingStatus.UnsupportedSecurity;
                default: return NetworkingStatus.OtherConnectionFailure;
            }
        }

        /// <inheritdoc/>
        public int Store(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength)
        {
            try
            {
                WifiStation.Store(Encoding.UTF8.GetString(ssid, 0, ssidLength), Encoding.UTF8.GetString(credentials, 0, credentialsLength));
                return 0;
            }
            catch (Exception e)
            {
                Log.Write("Wi-Fi is not stored: " + e.Message);
                return MatterError.StorageFailed;
            }
        }

        /// <inheritdoc/>
        /// <remarks>The firmware tells nothing of a connection.</remarks>
        public void GetLink(WiFiLink link)
        {
        }

        private static int Copy(string name, byte[] ssid)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            int length = bytes.Length < ssid.Length ? bytes.Length : ssid.Length;
            Array.Copy(bytes, 0, ssid, 0, length);
            return length;
        }

        // Six pairs of hexadecimal digits with a sign between them.
        private static void HardwareAddress(string text, byte[] address)
        {
            char[] letters = text.ToCharArray();
            for (int i = 0; i < address.Length && (3 * i) + 1 < letters.Length; i++)
            {
                address[i] = (byte)(Digit(letters[3 * i]) << 4 | Digit(letters[(3 * i) + 1]));
            }
        }

        private static int Digit(char letter)
        {
            return letter <= '9' ? letter - '0' : (letter | 0x20) - 'a' + 10;
        }

        private void ScanDone(WifiAdapter sender, object e)
        {
            _isScanDone = true;
        }
    }
}
