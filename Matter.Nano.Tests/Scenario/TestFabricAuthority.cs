using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// The certificate authority of a test's fabric: a root, on wish an intermediate, and NOCs, all in Matter TLV with
    /// signatures over their X.509 form.
    /// </summary>
    internal sealed class TestFabricAuthority
    {
        private const int CommonName = 1;
        private const int Node = 17;
        private const int Intermediate = 19;
        private const int Root = 20;
        private const int FabricIdAttribute = 21;
        private const int CaseAuthenticatedTag = 22;
        private const int KeyCertSignAndCrlSign = 0x60;
        private const int DigitalSignature = 0x01;
        private const int KeyIdLength = 20;

        private static readonly byte[] CompressedFabric =
        {
            (byte)'C', (byte)'o', (byte)'m', (byte)'p', (byte)'r', (byte)'e', (byte)'s', (byte)'s', (byte)'e', (byte)'d',
            (byte)'F', (byte)'a', (byte)'b', (byte)'r', (byte)'i', (byte)'c',
        };

        private static readonly byte[] GroupKey =
        {
            (byte)'G', (byte)'r', (byte)'o', (byte)'u', (byte)'p', (byte)'K', (byte)'e', (byte)'y', (byte)' ', (byte)'v', (byte)'1', (byte)'.', (byte)'0',
        };

        private readonly CryptoSuite _crypto;
        private readonly byte[] _rootPrivateKey = new byte[P256.ScalarLength];
        private readonly byte[] _icacPrivateKey = new byte[P256.ScalarLength];
        private readonly byte[] _icacPublicKey = new byte[P256.PointLength];
        private readonly int _filler;
        private byte _serial;

        /// <summary>Draws keys and makes the authorities' certificates.</summary>
        public TestFabricAuthority(CryptoSuite crypto, ulong fabricId, bool withIntermediate)
            : this(crypto, fabricId, withIntermediate, 0)
        {
        }

        /// <summary>The same, all certificates with a common name of <paramref name="filler"/> bytes in subject and issuer.</summary>
        public TestFabricAuthority(CryptoSuite crypto, ulong fabricId, bool withIntermediate, int filler)
        {
            _crypto = crypto;
            _filler = filler;
            FabricId = fabricId;
            NewKeyPair(_rootPrivateKey, RootPublicKey);
            RootCertificate = Issue(Root, RootId, RootPublicKey, RootPublicKey, _rootPrivateKey, Root, RootId, null);
            if (withIntermediate)
            {
                NewIntermediate();
            }

            _crypto.Random.Fill(IpkEpochKey, 0, IpkEpochKey.Length);
            byte[] bigEndian = new byte[8];
            for (int i = 0; i < 8; i++)
            {
                bigEndian[i] = (byte)(fabricId >> 8 * (7 - i));
            }

            _crypto.KeyDerivation.Hkdf(CompressedId, 0, 8, RootPublicKey, 1, 64, bigEndian, 0, 8, CompressedFabric, 0, CompressedFabric.Length);
            _crypto.KeyDerivation.Hkdf(OperationalIpk, 0, 16, IpkEpochKey, 0, 16, CompressedId, 0, 8, GroupKey, 0, GroupKey.Length);
        }

        public ulong FabricId { get; }

        public ulong RootId
        {
            get { return 0xCACACACA00000001; }
        }

        public ulong IntermediateId
        {
            get { return 0xCACACACA00000003; }
        }

        /// <summary>When the NOCs issued from now on become valid, in seconds since 2000.</summary>
        public uint NotBefore { get; set; } = 0x2A000000;

        /// <summary>When they expire; 0 for never.</summary>
        public uint NotAfter { get; set; }

        /// <summary>65 bytes.</summary>
        public byte[] RootPublicKey { get; } = new byte[P256.PointLength];

        /// <summary>In Matter TLV.</summary>
        public byte[] RootCertificate { get; }

        /// <summary>In Matter TLV, or null.</summary>
        public byte[] IntermediateCertificate { get; private set; }

        /// <summary>As in AddNOC, 16 bytes.</summary>
        public byte[] IpkEpochKey { get; } = new byte[16];

        /// <summary>As derived for use, 16 bytes.</summary>
        public byte[] OperationalIpk { get; } = new byte[16];

        /// <summary>8 bytes, big-endian.</summary>
        public byte[] CompressedId { get; } = new byte[8];

        /// <summary>Makes an intermediate authority in place of the former one.</summary>
        public void NewIntermediate()
        {
            NewKeyPair(_icacPrivateKey, _icacPublicKey);
            IntermediateCertificate = Issue(Intermediate, IntermediateId, _icacPublicKey, RootPublicKey, _rootPrivateKey, Root, RootId, null);
        }

        /// <summary>Makes a node with a key pair of its own.</summary>
        public TestCredentials NewNode(ulong nodeId, uint[] tags)
        {
            byte[] privateKey = new byte[P256.ScalarLength];
            byte[] publicKey = new byte[P256.PointLength];
            NewKeyPair(privateKey, publicKey);
            return new TestCredentials
            {
                FabricId = FabricId,
                NodeId = nodeId,
                Root = RootCertificate,
                RootPublicKey = RootPublicKey,
                Icac = IntermediateCertificate,
                Noc = NewNoc(publicKey, nodeId, FabricId, tags),
                PrivateKey = privateKey,
                IpkEpochKey = IpkEpochKey,
                OperationalIpk = OperationalIpk,
            };
        }

        /// <summary>Issues a NOC for a public key; the fabric id is the authority's unless a test wants a wrong one.</summary>
        public byte[] NewNoc(byte[] publicKey, ulong nodeId, ulong fabricId, uint[] tags)
        {
            return IntermediateCertificate == null
                ? Issue(Node, nodeId, publicKey, RootPublicKey, _rootPrivateKey, Root, RootId, new NocNames(fabricId, tags))
                : Issue(Node, nodeId, publicKey, _icacPublicKey, _icacPrivateKey, Intermediate, IntermediateId, new NocNames(fabricId, tags));
        }

        private void NewKeyPair(byte[] privateKey, byte[] publicKey)
        {
            _crypto.P256.BeginKeyPair(privateKey, 0, publicKey, 0);
            Run();
        }

        private void Run()
        {
            if (_crypto.P256.Run() != 0)
            {
                throw new Exception("P-256");
            }
        }

        private byte[] Issue(int type, ulong id, byte[] publicKey, byte[] issuerKey, byte[] issuerPrivateKey, int issuerType, ulong issuerId, NocNames names)
        {
            byte[] tlv = new byte[MatterCertificate.MaxLength];
            TlvWriter writer = new TlvWriter();
            writer.Reset(tlv, 0, tlv.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, new byte[] { 1, ++_serial }, 0, 2);
            writer.PutUnsigned(2, 1);
            writer.StartList(3);
            writer.PutUnsigned(issuerType, issuerId);
            PutFiller(writer);
            writer.EndContainer();
            writer.PutUnsigned(4, NotBefore);
            writer.PutUnsigned(5, NotAfter);
            writer.StartList(6);
            writer.PutUnsigned(type, id);
            if (names != null)
            {
                names.Write(writer);
            }

            PutFiller(writer);
            writer.EndContainer();
            writer.PutUnsigned(7, 1);
            writer.PutUnsigned(8, 1);
            writer.PutBytes(9, publicKey, 0, publicKey.Length);
            writer.StartList(10);
            writer.StartStructure(1);
            writer.PutBoolean(1, type != Node);
            writer.EndContainer();
            writer.PutUnsigned(2, (ulong)(type == Node ? DigitalSignature : KeyCertSignAndCrlSign));
            if (type == Node)
            {
                writer.StartArray(3);
                writer.PutUnsigned(TlvTag.Anonymous, 2);
                writer.PutUnsigned(TlvTag.Anonymous, 1);
                writer.EndContainer();
            }

            writer.PutBytes(4, KeyId(publicKey), 0, KeyIdLength);
            writer.PutBytes(5, KeyId(issuerKey), 0, KeyIdLength);
            writer.EndContainer();
            writer.PutBytes(11, new byte[P256.SignatureLength], 0, P256.SignatureLength);
            writer.EndContainer();

            byte[] certificate = new byte[writer.Length];
            Array.Copy(tlv, certificate, certificate.Length);
            Sign(certificate, issuerPrivateKey);
            return certificate;
        }

        private void PutFiller(TlvWriter writer)
        {
            byte[] name = new byte[_filler];
            for (int i = 0; i < _filler; i++)
            {
                name[i] = (byte)'m';
            }

            if (_filler > 0)
            {
                writer.PutString(CommonName, name, 0, _filler);
            }
        }

        /// <summary>Puts the signature over the X.509 form in its place.</summary>
        private void Sign(byte[] certificate, byte[] privateKey)
        {
            byte[] der = new byte[MatterCertificate.MaxDerLength];
            byte[] hash = new byte[Sha256.HashLength];
            DerWriter writer = new DerWriter();
            writer.Reset(der, 0, der.Length);
            MatterCertificate parsed = new MatterCertificate();
            if (parsed.Parse(certificate, 0, certificate.Length, new TlvReader(), writer) != 0)
            {
                throw new Exception("certificate");
            }

            _crypto.Sha256.Hash(hash, 0, der, 0, writer.Length);
            _crypto.P256.BeginSign(certificate, parsed.SignatureOffset, hash, 0, privateKey, 0);
            Run();
        }

        private byte[] KeyId(byte[] publicKey)
        {
            byte[] hash = new byte[Sha256.HashLength];
            _crypto.Sha256.Hash(hash, 0, publicKey, 0, publicKey.Length);
            return hash;
        }

        /// <summary>What a NOC's subject has besides the node id.</summary>
        private sealed class NocNames
        {
            private readonly ulong _fabricId;
            private readonly uint[] _tags;

            public NocNames(ulong fabricId, uint[] tags)
            {
                _fabricId = fabricId;
                _tags = tags;
            }

            public void Write(TlvWriter writer)
            {
                writer.PutUnsigned(FabricIdAttribute, _fabricId);
                for (int i = 0; _tags != null && i < _tags.Length; i++)
                {
                    writer.PutUnsigned(CaseAuthenticatedTag, _tags[i]);
                }
            }
        }
    }
}
