namespace Matter.Nano.Device.Desktop
{
    /// <summary>What the command line asks for.</summary>
    internal sealed class DeviceOptions
    {
        /// <summary>Which device it is, one of <see cref="SampleKind.Names"/>.</summary>
        public string Device { get; set; }

        public int Port { get; set; }

        public int Passcode { get; set; }

        public int Discriminator { get; set; }

        /// <summary>Directory, or null for memory.</summary>
        public string Storage { get; set; }

        /// <summary>Name of the one interface to be found on, or null for all.</summary>
        public string Interface { get; set; }

        /// <summary>True to be a Wi-Fi device whose station is simulated.</summary>
        public bool HasWiFi { get; set; }

        /// <summary>TCP port of the set-up page to begin with, as a factory-new board does; -1 for none.</summary>
        public int SetupPort { get; set; }

        /// <summary>What names the host, 6 bytes; null for random ones.</summary>
        public byte[] HostId { get; set; }

        /// <summary>What certification tests must know, 16 bytes; null for none.</summary>
        public byte[] EnableKey { get; set; }

        public bool HasMdns { get; set; }

        public LogLevel LogLevel { get; set; }

        /// <summary>Whether .NET's cryptography is used where it can be.</summary>
        public bool HasPlatformCrypto { get; set; }

        public bool IsJson { get; set; }
    }
}
