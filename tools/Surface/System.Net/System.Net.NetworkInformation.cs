namespace System.Net.NetworkInformation
{
    public enum AuthenticationType : byte
    {
        Open = 4,
        WPA2 = 8,
    }

    public enum EncryptionType : byte
    {
        None = 0,
        WPA2_PSK = 5,
    }

    public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

    public class NetworkAvailabilityEventArgs : EventArgs
    {
        internal extern NetworkAvailabilityEventArgs();
        public extern bool IsAvailable { get; }
    }

    public static class NetworkChange
    {
        public static extern event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged;
    }

    public class NetworkInterface
    {
        internal extern NetworkInterface();
        public extern string IPv4Address { get; }
        public extern string IPv4SubnetMask { get; }
        public extern byte[] PhysicalAddress { get; set; }
        public extern NetworkInterfaceType NetworkInterfaceType { get; }
        public extern void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress);
        public static extern NetworkInterface[] GetAllNetworkInterfaces();
    }

    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    public class WirelessAPConfiguration
    {
        internal extern WirelessAPConfiguration();
        public extern AuthenticationType Authentication { get; set; }
        public extern EncryptionType Encryption { get; set; }
        public extern string Password { get; set; }
        public extern string Ssid { get; set; }
        public extern WirelessAPConfiguration.ConfigurationOptions Options { get; set; }
        public extern byte MaxConnections { get; set; }
        public static extern WirelessAPConfiguration[] GetAllWirelessAPConfigurations();
        public extern void SaveConfiguration();

        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoStart = 6,
        }
    }

    public class Wireless80211Configuration
    {
        internal extern Wireless80211Configuration();
        public extern AuthenticationType Authentication { get; set; }
        public extern EncryptionType Encryption { get; set; }
        public extern Wireless80211Configuration.ConfigurationOptions Options { get; set; }
        public extern string Password { get; set; }
        public extern string Ssid { get; set; }
        public static extern Wireless80211Configuration[] GetAllWireless80211Configurations();
        public extern void SaveConfiguration();

        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
        }
    }
}
