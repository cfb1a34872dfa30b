namespace Matter.Nano.Fabrics
{
    /// <summary>One row of the fabric table. Its arrays are owned by the row; keys are wiped when it is freed.</summary>
    public sealed class Fabric
    {
        /// <summary>Largest Matter certificate in TLV, in bytes.</summary>
        public const int MaxCertificateLength = 400;

        /// <summary>Largest label in bytes.</summary>
        public const int MaxLabelLength = 32;

        /// <summary>Fabric index, 1 to 254; 0 marks a free row.</summary>
        public int Index { get; internal set; }

        /// <summary>Fabric id.</summary>
        public ulong FabricId { get; internal set; }

        /// <summary>This node's operational id on the fabric.</summary>
        public ulong NodeId { get; internal set; }

        /// <summary>Vendor id of the administrator that added it.</summary>
        public int VendorId { get; internal set; }

        /// <summary>The root's public key, 65 bytes.</summary>
        public byte[] RootPublicKey { get; } = new byte[65];

        /// <summary>Compressed fabric id, 8 bytes big-endian.</summary>
        public byte[] CompressedId { get; } = new byte[8];

        /// <summary>Identity protection key as derived for use on the fabric, 16 bytes.</summary>
        public byte[] OperationalIpk { get; } = new byte[16];

        /// <summary>This node's operational private key, 32 bytes.</summary>
        public byte[] PrivateKey { get; } = new byte[32];

        /// <summary>Root certificate in Matter TLV.</summary>
        public byte[] RootCertificate { get; } = new byte[MaxCertificateLength];

        /// <summary>Its length in bytes.</summary>
        public int RootCertificateLength { get; internal set; }

        /// <summary>This node's NOC in Matter TLV.</summary>
        public byte[] Noc { get; } = new byte[MaxCertificateLength];

        /// <summary>Its length in bytes.</summary>
        public int NocLength { get; internal set; }

        /// <summary>The intermediate certificate in Matter TLV.</summary>
        public byte[] Icac { get; } = new byte[MaxCertificateLength];

        /// <summary>Its length in bytes; 0 if there is none.</summary>
        public int IcacLength { get; internal set; }

        /// <summary>Label in UTF-8.</summary>
        public byte[] Label { get; } = new byte[MaxLabelLength];

        /// <summary>Its length in bytes.</summary>
        public int LabelLength { get; internal set; }
    }
}
