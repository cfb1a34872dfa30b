namespace Matter.Nano
{
    /// <summary>A network in reach, as a scan shows it. Reused from one to the next.</summary>
    public sealed class WiFiScanResult
    {
        /// <summary>Its name (SSID), in whatever encoding; the first <see cref="SsidLength"/> of 32 bytes.</summary>
        public byte[] Ssid { get; } = new byte[WiFiNetwork.MaxSsidLength];

        /// <summary>Length of the name; 0 if it is hidden.</summary>
        public int SsidLength { get; set; }

        /// <summary>Address of the access point, 6 bytes.</summary>
        public byte[] Bssid { get; } = new byte[WiFiNetwork.BssidLength];

        /// <summary><see cref="WiFiSecurity"/>; 0 if unknown.</summary>
        public int Security { get; set; }

        /// <summary>Channel number; 0 if unknown.</summary>
        public int Channel { get; set; }

        /// <summary><see cref="WiFiBand"/>.</summary>
        public int Band { get; set; }

        /// <summary>Strength in dBm, -120 to 0.</summary>
        public int Rssi { get; set; }
    }
}
