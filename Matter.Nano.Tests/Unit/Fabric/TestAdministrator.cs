using Matter.Nano.Crypto;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>An administrator with a fabric: its root, an intermediate on wish, NOCs for whoever asks.</summary>
    internal sealed class TestAdministrator
    {
        private readonly CryptoSuite _crypto;
        private readonly TestKey _rootKey;
        private readonly TestKey _icacKey;

        public TestAdministrator(CryptoSuite crypto, ulong fabricId, bool hasIcac)
        {
            _crypto = crypto;
            _rootKey = new TestKey(crypto);
            FabricId = fabricId;
            RootCertificate = CertificateBuilder.Root(_rootKey).Build(crypto, _rootKey);
            Icac = new byte[0];
            if (hasIcac)
            {
                _icacKey = new TestKey(crypto);
                Icac = CertificateBuilder.Intermediate(_icacKey, _rootKey).Build(crypto, _rootKey);
            }

            crypto.Random.Fill(Ipk, 0, Ipk.Length);
        }

        public ulong FabricId { get; set; }

        /// <summary>Node id of the next NOC.</summary>
        public ulong NodeId { get; set; } = 0xDEDEDEDE00010001;

        public byte[] RootCertificate { get; }

        public byte[] RootPublicKey
        {
            get { return _rootKey.Public; }
        }

        public byte[] Icac { get; }

        /// <summary>Epoch key of the identity protection key.</summary>
        public byte[] Ipk { get; } = new byte[16];

        public byte[] NewNoc(byte[] publicKey)
        {
            TestKey issuer = _icacKey == null ? _rootKey : _icacKey;
            return CertificateBuilder.Noc(publicKey, NodeId, FabricId, issuer, _icacKey != null).Build(_crypto, issuer);
        }

        /// <summary>A NOC signed by the root, also where there is an intermediate.</summary>
        public byte[] NewNocOfRoot(byte[] publicKey)
        {
            return CertificateBuilder.Noc(publicKey, NodeId, FabricId, _rootKey, false).Build(_crypto, _rootKey);
        }
    }
}
