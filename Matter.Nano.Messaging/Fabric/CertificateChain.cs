using System;
using Matter.Nano.Crypto;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// Checks a NOC, its optional ICAC and the root they lead to (Matter Core 6.5): names, key identifiers, extensions,
    /// signatures. In bounded steps on the P-256 engine, which the caller has acquired and keeps while it reads the
    /// results: a node has one such checker, and who holds the engine holds it too.
    /// </summary>
    /// <remarks>
    /// Validity times count only against a known <see cref="EffectiveTime"/>. A node without a clock can tell neither that
    /// a certificate has expired nor that it is not valid yet, and a last known good time may be years behind, or far ahead
    /// if one administrator's clock was wrong: it would only turn away valid certificates. So without a clock both bounds are
    /// passed over, as they are for credentials being installed: who installs them may well be the one with the better
    /// clock, and if they are no use CASE fails and the fail-safe takes them back.
    /// A signature once verified is remembered by its hash, the last eight of them, so that an administrator who comes
    /// back costs no verification; and of the last four peers the whole chain, so that it isn't even read.
    /// </remarks>
    public sealed partial class CertificateChain
    {
        private const int HashLength = Sha256.HashLength;
        private const int RememberedSignatures = 8;
        private const int HashedPerStep = 8 * Sha256.BlockLength;

        private const int Failed = 0;
        private const int ReadRoot = 1;
        private const int ReadIntermediate = 2;
        private const int ReadLeaf = 3;
        private const int Intermediate = 4;
        private const int Leaf = 5;
        private const int Done = 6;

        private readonly CryptoSuite _crypto;
        private readonly byte[] _der;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvReader _other = new TlvReader();
        private readonly DerWriter _writer = new DerWriter();
        private readonly MatterCertificate _root = new MatterCertificate();
        private readonly MatterCertificate _icac = new MatterCertificate();
        private readonly MatterCertificate _noc = new MatterCertificate();
        private readonly byte[] _icacHash = new byte[HashLength];
        private readonly byte[] _leafHash = new byte[HashLength];
        private readonly byte[] _identity = new byte[HashLength];
        private readonly byte[] _verified = new byte[RememberedSignatures * HashLength];
        private int _nextVerified;

        private byte[] _rootBuffer;
        private int _rootOffset;
        private int _rootLength;
        private byte[] _icacBuffer;
        private int _icacOffset;
        private int _icacLength;
        private byte[] _nocBuffer;
        private int _nocOffset;
        private int _nocLength;
        private MatterCertificate _leaf;
        private MatterCertificate _issuer;
        private int _state;
        private int _error = MatterError.InvalidState;
        private bool _isVerifying;
        private int _hashed;

        /// <summary>Creates a checker with buffers of its own.</summary>
        /// <param name="crypto">Primitives.</param>
        public CertificateChain(CryptoSuite crypto)
            : this(crypto, new byte[MatterCertificate.MaxDerLength])
        {
        }

        /// <summary>Creates a checker that borrows a buffer during <see cref="Step"/>.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="der">Room for <see cref="MatterCertificate.MaxDerLength"/> bytes.</param>
        internal CertificateChain(CryptoSuite crypto, byte[] der)
        {
            _crypto = crypto;
            _der = der;
        }

        /// <summary>UTC in seconds since 2000-01-01 that validity is judged by; 0 to pass it over. To be set before each check.</summary>
        public uint EffectiveTime { get; set; }

        /// <summary>Node id of the NOC's subject, after success.</summary>
        public ulong NodeId { get; private set; }

        /// <summary>Fabric id of the NOC's subject, after success.</summary>
        public ulong FabricId { get; private set; }

        /// <summary>CASE authenticated tags of the NOC's subject; 0 where unused. Owned by the checker.</summary>
        public uint[] CaseAuthenticatedTags { get; } = new uint[DistinguishedName.MaxCaseAuthenticatedTags];

        /// <summary>When the first of the chain's certificates expires, in seconds since 2000-01-01 UTC, after success; 0 for never.</summary>
        public uint NotAfter { get; private set; }

        /// <summary>After a failure: true if the NOC's node id is not an operational one.</summary>
        internal bool HasInvalidNodeId { get { return _noc.Subject.HasInvalidNodeId; } }

        /// <summary>The array with the NOC's public key: the one given to <see cref="Begin"/>, not a copy.</summary>
        public byte[] PublicKey { get { return _nocBuffer; } }

        /// <summary>First of the NOC's public key's 65 bytes in <see cref="PublicKey"/>.</summary>
        public int PublicKeyOffset { get; private set; }

        /// <summary>The array with the root certificate: the one given to <see cref="Begin"/> or <see cref="BeginRoot"/>, not a copy.</summary>
        public byte[] Root { get { return _root.Buffer; } }

        /// <summary>First of the root's public key's 65 bytes in <see cref="Root"/>.</summary>
        public int RootPublicKeyOffset { get { return _root.PublicKeyOffset; } }

        /// <summary>Begins to check a chain. The arrays must stay unchanged until the end.</summary>
        /// <param name="root">Root certificate in Matter TLV, itself already trusted.</param>
        /// <param name="rootOffset">First byte.</param>
        /// <param name="rootLength">Length in bytes.</param>
        /// <param name="icac">Intermediate certificate in Matter TLV.</param>
        /// <param name="icacOffset">First byte.</param>
        /// <param name="icacLength">Length in bytes; 0 for none.</param>
        /// <param name="noc">NOC in Matter TLV.</param>
        /// <param name="nocOffset">First byte.</param>
        /// <param name="nocLength">Length in bytes.</param>
        public void Begin(
            byte[] root, int rootOffset, int rootLength,
            byte[] icac, int icacOffset, int icacLength,
            byte[] noc, int nocOffset, int nocLength)
        {
            Start(root, rootOffset, rootLength, _noc);
            _icacBuffer = icac;
            _icacOffset = icacOffset;
            _icacLength = icacLength;
            _nocBuffer = noc;
            _nocOffset = nocOffset;
            _nocLength = nocLength;
        }

        /// <summary>Begins to check a root certificate by itself: it becomes trusted when this succeeds. The array must stay unchanged until the end.</summary>
        /// <param name="root">Root certificate in Matter TLV.</param>
        /// <param name="rootOffset">First byte.</param>
        /// <param name="rootLength">Length in bytes.</param>
        public void BeginRoot(byte[] root, int rootOffset, int rootLength)
        {
            Start(root, rootOffset, rootLength, _root);
        }

        /// <summary>Does a bounded part of the check.</summary>
        /// <returns>
        /// <see cref="P256.Running"/>, 0 when the chain holds, <see cref="MatterError.InvalidCertificate"/>,
        /// <see cref="MatterError.InvalidPoint"/> or <see cref="MatterError.AuthenticationFailed"/>.
        /// </returns>
        public int Step()
        {
            switch (_state)
            {
                case ReadRoot: return Advance(TakeRoot());
                case ReadIntermediate: return Advance(TakeIntermediate());
                case ReadLeaf: return Advance(TakeNoc());
                case Intermediate: return Verify(_icac, _icacHash, _root, Leaf);
                case Leaf: return Verify(_leaf, _leafHash, _issuer, Done);
                case Done: return 0;
                case Failed: return _error;
                default: return Recall();
            }
        }

        private void Start(byte[] root, int rootOffset, int rootLength, MatterCertificate leaf)
        {
            _state = ReadRoot;
            _isVerifying = false;
            _hashed = 0;
            _rootBuffer = root;
            _rootOffset = rootOffset;
            _rootLength = rootLength;
            _leaf = leaf;
            _issuer = _root;
            NotAfter = 0;
            _notBefore = 0;
            _isRemembering = false;
            _noc.Subject.HasInvalidNodeId = false;
        }

        private int Advance(int next)
        {
            _state = next;
            if (next != Failed) return P256.Running;
            _error = MatterError.InvalidCertificate;
            return _error;
        }

        // The Take… methods answer with the next state.
        private int TakeRoot()
        {
            bool isLeaf = _leaf == _root;
            int result = Parse(_root, _rootBuffer, _rootOffset, _rootLength, isLeaf ? _leafHash : null);
            if (result != 0) return result < 0 ? Failed : ReadRoot;
            if (!IsAuthority(_root, CertificateType.Root) || !IsIssuedBy(_root, _root)) return Failed;
            return isLeaf ? Leaf : _icacLength > 0 ? ReadIntermediate : ReadLeaf;
        }

        private int TakeIntermediate()
        {
            int result = Parse(_icac, _icacBuffer, _icacOffset, _icacLength, _icacHash);
            if (result != 0) return result < 0 ? Failed : ReadIntermediate;
            if (!IsAuthority(_icac, CertificateType.Intermediate) || !IsIssuedBy(_icac, _root)) return Failed;
            if (_root.Extensions.PathLength == 0) return Failed;
            _issuer = _icac;
            return ReadLeaf;
        }

        private int TakeNoc()
        {
            int result = Parse(_noc, _nocBuffer, _nocOffset, _nocLength, _leafHash);
            if (result != 0) return result < 0 ? Failed : ReadLeaf;
            if (!IsNoc(_noc) || !IsIssuedBy(_noc, _issuer)) return Failed;
            ulong fabricId = _noc.Subject.FabricId;
            if (!IsOf(fabricId, _root) || !IsOf(fabricId, _issuer)) return Failed;
            return _issuer == _icac ? Intermediate : Leaf;
        }

        private int Verify(MatterCertificate certificate, byte[] hash, MatterCertificate issuer, int next)
        {
            if (!_isVerifying)
            {
                // What verifies is this key over this hash with this signature: their hash stands for all three.
                Sha256 sha = _crypto.Sha256;
                sha.Start();
                sha.Update(issuer.Buffer, issuer.PublicKeyOffset, P256.PointLength);
                sha.Update(hash, 0, HashLength);
                sha.Update(certificate.Buffer, certificate.SignatureOffset, P256.SignatureLength);
                sha.Finish(_identity, 0);
                if (IsRemembered()) return Conclude(next);
                _crypto.P256.BeginVerify(certificate.Buffer, certificate.SignatureOffset, hash, 0, issuer.Buffer, issuer.PublicKeyOffset);
                _isVerifying = true;
                return P256.Running;
            }

            int result = _crypto.P256.Step();
            if (result == P256.Running) return result;
            _isVerifying = false;
            if (result < 0)
            {
                _state = Failed;
                _error = result;
                return result;
            }
            Array.Copy(_identity, 0, _verified, _nextVerified * HashLength, HashLength);
            _nextVerified = (_nextVerified + 1) % RememberedSignatures;
            return Conclude(next);
        }

        private int Conclude(int next)
        {
            _state = next;
            if (next != Done) return P256.Running;
            if (_leaf == _noc) TakeNumbers();
            return 0;
        }

        private void TakeNumbers()
        {
            DistinguishedName subject = _noc.Subject;
            NodeId = subject.MatterId;
            FabricId = subject.FabricId;
            PublicKeyOffset = _noc.PublicKeyOffset;
            Array.Copy(subject.CaseAuthenticatedTags, CaseAuthenticatedTags, CaseAuthenticatedTags.Length);
            if (_isRemembering) Remember();
        }

        private bool IsRemembered()
        {
            for (int i = 0; i < RememberedSignatures; i++)
            {
                if (ConstantTime.Equals(_verified, i * HashLength, _identity, 0, HashLength)) return true;
            }
            return false;
        }

        // Running while there is more to hash: then the buffer, which is not the checker's between steps, is written anew.
        private int Parse(MatterCertificate certificate, byte[] buffer, int offset, int length, byte[] hash)
        {
            _writer.Reset(_der, 0, MatterCertificate.MaxDerLength);
            int result = certificate.Parse(buffer, offset, length, _reader, _writer);
            if (result == 0 && hash != null && HashDer(hash, _writer.Length)) return P256.Running;
            uint notAfter = certificate.NotAfter;
            if (notAfter != 0 && (NotAfter == 0 || notAfter < NotAfter)) NotAfter = notAfter;
            if (certificate.NotBefore > _notBefore) _notBefore = certificate.NotBefore;
            return result;
        }

        // True if that was not all.
        private bool HashDer(byte[] hash, int length)
        {
            Sha256 sha = _crypto.SteppedSha256;
            if (_hashed == 0) sha.Start();
            int part = length - _hashed;
            if (part > HashedPerStep) part = HashedPerStep;
            sha.Update(_der, _hashed, part);
            _hashed += part;
            if (_hashed < length) return true;
            sha.Finish(hash, 0);
            _hashed = 0;
            return false;
        }

        private bool IsAuthority(MatterCertificate certificate, int type)
        {
            return IsUsable(certificate, type) && certificate.Extensions.IsCa
                && (certificate.Extensions.KeyUsage & CertificateExtensions.KeyCertSign) != 0;
        }

        private bool IsNoc(MatterCertificate certificate)
        {
            const int purposes = CertificateExtensions.ServerAuth | CertificateExtensions.ClientAuth;
            return IsUsable(certificate, CertificateType.Node) && !certificate.Extensions.IsCa
                && (certificate.Extensions.KeyUsage & CertificateExtensions.DigitalSignature) != 0
                && (certificate.Extensions.ExtendedKeyUsage & purposes) == purposes;
        }

        private bool IsUsable(MatterCertificate certificate, int type)
        {
            uint time = EffectiveTime;
            return certificate.Subject.CertificateType == type
                && certificate.Extensions.HasBasicConstraints
                && certificate.Extensions.SubjectKeyIdOffset >= 0 && certificate.Extensions.AuthorityKeyIdOffset >= 0
                && !certificate.Extensions.HasCriticalExtension
                && (time == 0 || time >= certificate.NotBefore && (certificate.NotAfter == 0 || time <= certificate.NotAfter));
        }

        private bool IsIssuedBy(MatterCertificate certificate, MatterCertificate issuer)
        {
            if (!ConstantTime.Equals(
                certificate.Buffer, certificate.Extensions.AuthorityKeyIdOffset,
                issuer.Buffer, issuer.Extensions.SubjectKeyIdOffset, CertificateExtensions.KeyIdLength))
            {
                return false;
            }
            _reader.Reset(certificate.Buffer, certificate.IssuerOffset, certificate.IssuerLength);
            _other.Reset(issuer.Buffer, issuer.SubjectOffset, issuer.SubjectLength);
            return _reader.Next() && _other.Next() && DistinguishedName.AreEqual(_reader, _other);
        }

        private static bool IsOf(ulong fabricId, MatterCertificate authority)
        {
            ulong own = authority.Subject.FabricId;
            return own == 0 || own == fabricId;
        }
    }
}
