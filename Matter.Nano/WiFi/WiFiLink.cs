namespace Matter.Nano
{
    /// <summary>A connection as Wi-Fi Network Diagnostics shows it. What is unknown is <see cref="Unknown"/>.</summary>
    public sealed class WiFiLink
    {
        /// <summary>Not told by the platform; outside the range of all of these.</summary>
        public const int Unknown = 1 << 30;

        /// <summary>Address of the access point, 6 bytes.</summary>
        public byte[] Bssid { get; } = new byte[WiFiNetwork.BssidLength];

        /// <summary>True if <see cref="Bssid"/> is known.</summary>
        public bool HasBssid { get; set; }

        /// <summary>SecurityTypeEnum: 0 unspecified, 1 none, 2 WEP, 3 WPA, 4 WPA2, 5 WPA3.</summary>
        public int SecurityType { get; set; } = Unknown;

        /// <summary>WiFiVersionEnum: 0 a, 1 b, 2 g, 3 n, 4 ac, 5 ax, 6 ah.</summary>
        public int Version { get; set; } = Unknown;

        /// <summary>Channel number.</summary>
        public int Channel { get; set; } = Unknown;

        /// <summary>Strength in dBm, -120 to 0.</summary>
        public int Rssi { get; set; } = Unknown;

        /// <summary>Makes everything unknown.</summary>
        public void Clear()
        {
            HasBssid = false;
            SecurityType = Unknown;
            Version = Unknown;
            Channel = Unknown;
            Rssi = Unknown;
        }
    }
}
