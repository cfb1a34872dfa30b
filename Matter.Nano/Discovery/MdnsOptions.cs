namespace Matter.Nano.Discovery
{
    /// <summary>What a node tells about itself by DNS-SD; fixed at start. Arrays are kept, not copied.</summary>
    public sealed class MdnsOptions
    {
        /// <summary>Largest device name in bytes (key DN).</summary>
        public const int MaxDeviceNameLength = 32;

        /// <summary>Largest pairing instruction in bytes (key PI).</summary>
        public const int MaxPairingInstructionLength = 128;

        /// <summary>What names the host: its MAC address or random bytes, 6 or 8 of them; the host name is their hex form.</summary>
        public byte[] HostId { get; set; }

        /// <summary>UDP port of the node.</summary>
        public int Port { get; set; } = 5540;

        /// <summary>Number of network interfaces to serve; about 1.5 KB each with five fabrics.</summary>
        public int InterfaceCapacity { get; set; } = 1;

        /// <summary>Number of fabrics.</summary>
        public int FabricCapacity { get; set; } = Limits.Fabrics;

        /// <summary>Vendor id (key VP and subtype _V).</summary>
        public int VendorId { get; set; }

        /// <summary>Product id (key VP).</summary>
        public int ProductId { get; set; }

        /// <summary>Primary device type (key DT and subtype _T); 0 for none.</summary>
        public int DeviceType { get; set; }

        /// <summary>Device name in UTF-8, up to <see cref="MaxDeviceNameLength"/> bytes (key DN), or null.</summary>
        public byte[] DeviceName { get; set; }

        /// <summary>Pairing hint (key PH): how to bring the device into commissioning mode; 0 for none.</summary>
        public int PairingHint { get; set; }

        /// <summary>Pairing instruction in UTF-8, up to <see cref="MaxPairingInstructionLength"/> bytes (key PI), or null.</summary>
        public byte[] PairingInstruction { get; set; }

        /// <summary>Session idle interval in ms (key SII): what a controller allows for the first answer.</summary>
        public int IdleIntervalMs { get; set; } = 500;

        /// <summary>Session active interval in ms (key SAI).</summary>
        public int ActiveIntervalMs { get; set; } = 300;

        /// <summary>Session active threshold in ms (key SAT).</summary>
        public int ActiveThresholdMs { get; set; } = 4000;
    }
}
