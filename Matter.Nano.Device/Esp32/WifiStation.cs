using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Matter.Nano.Device.Network;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// The Wi-Fi station: connects with the credentials that the firmware keeps, and again whenever the link is lost.
    /// Connecting takes up to 20 s and happens on a thread of its own, which only leaves a result behind.
    /// </summary>
    /// <remarks>
    /// The firmware itself reconnects when a link is lost, but after a first failure of its own only if it is told to; and it
    /// never pauses, so that no scan gets through. Hence attempts are ended here when they have failed.
    /// </remarks>
    internal sealed class WifiStation
    {
        private const int NoResult = -1;

        /// <summary>How long the firmware may try to bring a lost link back before the attempts start anew, in ms.</summary>
        private const int LossMs = 15000;

        private readonly WifiAdapter _adapter;
        private readonly Backoff _backoff = new Backoff();
        private string _ssid;
        private string _password;
        private int _result = NoResult; // of the attempt that has ended, left by its thread
        private bool _isConnecting;
        private bool _isStale; // the attempt under way is for what is no longer wanted
        private bool _isConnected; // by an attempt here
        private bool _hasLink; // as the firmware last said
        private bool _wasConnected;
        private long _lostAt;

        /// <summary>Takes the first adapter and the stored credentials.</summary>
        /// <exception cref="InvalidOperationException">There is no Wi-Fi here.</exception>
        public WifiStation()
        {
            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            if (adapters.Length == 0)
            {
                throw new InvalidOperationException("the firmware has no Wi-Fi");
            }

            _adapter = adapters[0];
            Wireless80211Configuration stored = Stored();
            if (stored != null)
            {
                _ssid = stored.Ssid;
                _password = stored.Password ?? string.Empty;
            }

            NetworkChange.NetworkAvailabilityChanged += AvailabilityChanged;
        }

        /// <summary>The adapter, for scans.</summary>
        public WifiAdapter Adapter { get { return _adapter; } }

        /// <summary>True if there is a network to connect to.</summary>
        public bool HasCredentials { get { return _ssid != null; } }

        /// <summary>True while there is a link.</summary>
        public bool IsConnected { get { return _isConnected && _hasLink; } }

        /// <summary>True once the radio has been at work, which the random generator needs.</summary>
        public bool HasRadioRun { get; private set; }

        /// <summary>How the attempt before ended.</summary>
        public WifiConnectionStatus LastStatus { get; private set; } = WifiConnectionStatus.UnspecifiedFailure;

        /// <summary>The network that it is, or tries to be, connected to; null for none.</summary>
        public string Ssid { get { return _ssid; } }

        /// <summary>Attempts that have ended since the network was chosen.</summary>
        public int Attempts { get; private set; }

        /// <summary>Connects to another network; credentials that should last are to be stored by <see cref="Store"/>.</summary>
        public void Connect(string ssid, string password)
        {
            Drop();
            _ssid = ssid;
            _password = password;
            Attempts = 0;
            _backoff.Reset();
        }

        /// <summary>Ends the connection and makes no further one.</summary>
        public void Disconnect()
        {
            Drop();
            _ssid = null;
            _password = null;
        }

        /// <summary>The network stored.</summary>
        /// <returns>Null if there is none.</returns>
        public static Wireless80211Configuration Stored()
        {
            Wireless80211Configuration stored = Configuration();
            return stored == null || stored.Ssid == null || stored.Ssid.Length == 0 ? null : stored;
        }

        /// <summary>Keeps the present credentials over a restart.</summary>
        public void Store()
        {
            Store(_ssid, _password);
        }

        /// <summary>Keeps credentials over a restart.</summary>
        /// <param name="ssid">The network's name; null for none.</param>
        /// <param name="password">Null or empty for an open network.</param>
        public static void Store(string ssid, string password)
        {
            Wireless80211Configuration stored = Configuration();
            if (stored == null)
            {
                return;
            }

            bool isOpen = password == null || password.Length == 0;
            stored.Ssid = ssid ?? string.Empty;
            stored.Password = password ?? string.Empty;
            stored.Authentication = isOpen ? AuthenticationType.Open : AuthenticationType.WPA2;
            stored.Encryption = isOpen ? EncryptionType.None : EncryptionType.WPA2_PSK;
            stored.Options = Wireless80211Configuration.ConfigurationOptions.Enable;
            stored.SaveConfiguration();
        }

        /// <summary>Does what is due.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Poll(long now)
        {
            if (_isConnecting)
            {
                if (_result != NoResult)
                {
                    Ended((WifiConnectionStatus)_result, now);
                }

                return;
            }

            if (_isConnected)
            {
                Watch(now);
            }
            else if (_ssid != null && now >= _backoff.RetryAt)
            {
                Log.Write("connecting to Wi-Fi");
                _result = NoResult;
                _isConnecting = true;
                new Thread(Attempt).Start();
            }
        }

        private void Ended(WifiConnectionStatus status, long now)
        {
            _isConnecting = false;
            _result = NoResult;
            if (_isStale)
            {
                _isStale = false;
                _adapter.Disconnect();
                return;
            }

            Attempts++;
            LastStatus = status;
            HasRadioRun |= status != WifiConnectionStatus.UnspecifiedFailure;
            if (status == WifiConnectionStatus.Success)
            {
                Log.Write("Wi-Fi is connected");
                _isConnected = true;
                _hasLink = true;
                _wasConnected = true;
                _backoff.Reset();
                return;
            }

            _backoff.Failed(now);
            Log.Write("no Wi-Fi (" + ((int)status).ToString() + "), next attempt in " + ((_backoff.RetryAt - now) / 1000).ToString() + " s");
            _adapter.Disconnect();
        }

        // A link that is lost for longer is made anew.
        private void Watch(long now)
        {
            if (_hasLink)
            {
                _wasConnected = true;
            }
            else if (_wasConnected)
            {
                _wasConnected = false;
                _lostAt = now;
            }
            else if (now - _lostAt >= LossMs)
            {
                Log.Write("Wi-Fi is lost");
                Drop();
            }
        }

        private void Drop()
        {
            _isConnected = false;
            _isStale = _isConnecting;
            try
            {
                _adapter.Disconnect();
            }
            catch (Exception e)
            {
                Log.Write("Wi-Fi: " + e.Message);
            }
        }

        private void Attempt()
        {
            int result;
            try
            {
                result = (int)_adapter.Connect(_ssid, WifiReconnectionKind.Automatic, _password).ConnectionStatus;
            }
            catch (Exception)
            {
                result = (int)WifiConnectionStatus.UnspecifiedFailure;
            }

            _result = result;
        }

        private void AvailabilityChanged(object sender, NetworkAvailabilityEventArgs e)
        {
            _hasLink = e.IsAvailable;
        }

        private static Wireless80211Configuration Configuration()
        {
            Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
            return all.Length > 0 ? all[0] : null;
        }
    }
}
