namespace Matter.Nano
{
    /// <summary>WiFiSecurityBitmap (Matter Core 11.9): what a network asks for, joined by |; 0 if unknown.</summary>
    public static class WiFiSecurity
    {
        /// <summary>Nothing: an open network.</summary>
        public const int Unencrypted = 1;

        /// <summary>WEP.</summary>
        public const int Wep = 2;

        /// <summary>WPA with a passphrase.</summary>
        public const int WpaPersonal = 4;

        /// <summary>WPA2 with a passphrase.</summary>
        public const int Wpa2Personal = 8;

        /// <summary>WPA3 with a passphrase.</summary>
        public const int Wpa3Personal = 16;
    }
}
