namespace Matter.Nano.Fabrics
{
    /// <summary>What a certificate is, told by the Matter attributes of its subject (Matter Core 6.5).</summary>
    public static class CertificateType
    {
        /// <summary>Subject attributes that make no certificate of Matter's, or of more than one kind.</summary>
        public const int None = 0;

        /// <summary>Node operational certificate (NOC).</summary>
        public const int Node = 17;

        /// <summary>Firmware signing certificate.</summary>
        public const int FirmwareSigning = 18;

        /// <summary>Intermediate certificate (ICAC).</summary>
        public const int Intermediate = 19;

        /// <summary>Root certificate (RCAC).</summary>
        public const int Root = 20;

        /// <summary>Vendor id verification signer certificate (VVSC).</summary>
        public const int VendorVerificationSigner = 23;
    }
}
