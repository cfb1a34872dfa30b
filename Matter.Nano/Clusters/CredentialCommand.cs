namespace Matter.Nano.Clusters
{
    /// <summary>Ids of the commands that Operational Credentials accepts (Matter Core 11.18.6).</summary>
    internal static class CredentialCommand
    {
        public const uint AttestationRequest = 0x00;
        public const uint CertificateChainRequest = 0x02;
        public const uint CsrRequest = 0x04;
        public const uint AddNoc = 0x06;
        public const uint UpdateNoc = 0x07;
        public const uint UpdateFabricLabel = 0x09;
        public const uint RemoveFabric = 0x0A;
        public const uint AddTrustedRootCertificate = 0x0B;
        public const uint SetVidVerificationStatement = 0x0C;
        public const uint SignVidVerificationRequest = 0x0D;
    }
}
