namespace Matter.Nano
{
    /// <summary>What a product tells about itself in Basic Information; set by the application before the node starts.</summary>
    public sealed class ProductInformation
    {
        /// <summary>Vendor id; the public test vendor by default.</summary>
        public int VendorId { get; set; } = 0xFFF1;

        /// <summary>Vendor name, up to 32 bytes in UTF-8.</summary>
        public string VendorName { get; set; } = "Matter.Nano";

        /// <summary>Product id.</summary>
        public int ProductId { get; set; } = 0x8000;

        /// <summary>Product name, up to 32 bytes in UTF-8.</summary>
        public string ProductName { get; set; } = "Matter.Nano Light";

        /// <summary>Hardware version.</summary>
        public int HardwareVersion { get; set; }

        /// <summary>Hardware version as text, 1 to 64 bytes in UTF-8.</summary>
        public string HardwareVersionString { get; set; } = "1.0";

        /// <summary>Software version; grows with each release.</summary>
        public uint SoftwareVersion { get; set; } = 1;

        /// <summary>Software version as text, 1 to 64 bytes in UTF-8.</summary>
        public string SoftwareVersionString { get; set; } = "0.1.0";

        /// <summary>Serial number, up to 32 bytes in UTF-8; null to leave it out.</summary>
        public string SerialNumber { get; set; }

        /// <summary>Primary device type to advertise, such as 0x0100 for an On/Off Light.</summary>
        public int DeviceType { get; set; } = 0x0100;
    }
}
