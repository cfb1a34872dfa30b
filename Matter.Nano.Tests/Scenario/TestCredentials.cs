namespace Matter.Nano.Tests.Scenario
{
    /// <summary>What a node needs to be on a fabric.</summary>
    internal sealed class TestCredentials
    {
        public ulong FabricId;
        public ulong NodeId;

        /// <summary>Root certificate in Matter TLV.</summary>
        public byte[] Root;

        /// <summary>The root's public key, 65 bytes.</summary>
        public byte[] RootPublicKey;

        /// <summary>Intermediate certificate in Matter TLV, or null.</summary>
        public byte[] Icac;

        /// <summary>NOC in Matter TLV.</summary>
        public byte[] Noc;

        /// <summary>Operational private key, 32 bytes; null if the authority only saw the public one.</summary>
        public byte[] PrivateKey;

        /// <summary>IPK epoch key as in AddNOC, 16 bytes.</summary>
        public byte[] IpkEpochKey;

        /// <summary>IPK as derived for use, 16 bytes.</summary>
        public byte[] OperationalIpk;
    }
}
