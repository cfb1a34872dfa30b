namespace System.Device.Wifi
{
    public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

    public sealed class WifiAdapter
    {
        internal extern WifiAdapter();
        public extern WifiNetworkReport NetworkReport { get; }
        public extern event AvailableNetworksChangedEventHandler AvailableNetworksChanged;
        public extern WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential);
        public extern void Disconnect();
        public static extern WifiAdapter[] FindAllAdapters();
        public extern void ScanAsync();
    }

    public class WifiAvailableNetwork
    {
        public extern WifiAvailableNetwork();
        public extern string Bsid { get; }
        public extern string Ssid { get; }
        public extern double NetworkRssiInDecibelMilliwatts { get; }
    }

    public class WifiConnectionResult
    {
        internal extern WifiConnectionResult();
        public extern WifiConnectionStatus ConnectionStatus { get; }
    }

    public enum WifiConnectionStatus
    {
        AccessRevoked = 0,
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
        Success = 3,
        Timeout = 4,
        UnspecifiedFailure = 5,
        UnsupportedAuthenticationProtocol = 6,
    }

    public class WifiNetworkReport
    {
        internal extern WifiNetworkReport();
        public extern WifiAvailableNetwork[] AvailableNetworks { get; }
    }

    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }
}
