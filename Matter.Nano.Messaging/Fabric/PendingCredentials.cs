using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// The operational credentials that are prepared under the fail-safe: CSR, root, AddNOC, UpdateNOC.
    /// </summary>
    /// <remarks>
    /// Each of these commands begins with a Begin… method, whose result is final unless it is <see cref="Running"/>; then
    /// <see cref="Step"/> is called at each Poll until it answers something else. Results of zero or more are one of
    /// <see cref="NodeOperationalCertStatus"/>; negative ones are <see cref="MatterError.InvalidState"/> (for
    /// FAILSAFE_REQUIRED), <see cref="MatterError.Duplicate"/> (CONSTRAINT_ERROR: not under this fail-safe any more),
    /// <see cref="MatterError.OutOfRange"/> (INVALID_COMMAND), <see cref="MatterError.Busy"/> and <see cref="MatterError.StorageFailed"/>.
    /// </remarks>
    public sealed class PendingCredentials
    {
        /// <summary>Result of a Begin… method or of <see cref="Step"/> while there is more to do.</summary>
        public const int Running = 0x100;

        private const int Idle = 0;
        private const int KeyPair = 1;
        private const int SigningRequest = 2;
        private const int Root = 3;
        private const int NewNoc = 4;
        private const int OtherNoc = 5;

        // What is derived for a new fabric, once its chain holds: each a bounded part of its own.
        private const int CompressedId = 6;
        private const int OperationalIpk = 7;
        private const int IpkSessionId = 8;

        private readonly CryptoSuite _crypto;
        private readonly FabricTable _fabrics;
        private readonly FailSafe _failSafe;
        private readonly byte[] _publicKey = new byte[P256.PointLength];
        private readonly byte[] _ipk = new byte[GroupKeyTable.KeyLength];

        private int _operation;
        private bool _isBegun;
        private bool _hasKey;
        private bool _isKeyForUpdate;
        private bool _hasRoot;
        private bool _hasNoc;
        private ulong _administrator;
        private int _vendorId;

        internal PendingCredentials(CryptoSuite crypto, FabricTable fabrics, FailSafe failSafe)
        {
            _crypto = crypto;
            _fabrics = fabrics;
            _failSafe = failSafe;
            Request = new CertificateSigningRequest(crypto);
        }

        /// <summary>The certificate signing request made last, for CSRResponse.</summary>
        public CertificateSigningRequest Request { get; }

        /// <summary>The fabric that AddNOC made or UpdateNOC changed under this fail-safe; 0 for none.</summary>
        public int NocFabricIndex { get { return _hasNoc ? _failSafe.FabricIndex : 0; } }

        /// <summary>The root certificate that was added under this fail-safe and waits for AddNOC, in Matter TLV; null for none.</summary>
        public byte[] PendingRoot { get { return _hasRoot && !_hasNoc ? _fabrics.Candidate.RootCertificate : null; } }

        /// <summary>CSRRequest: draws a new operational key pair and signs a request with it, to be found in <see cref="Request"/>.</summary>
        /// <param name="isForUpdate">IsForUpdateNOC.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <returns>See the class; OutOfRange for an update without fabric.</returns>
        public int BeginRequest(bool isForUpdate, int fabricIndex)
        {
            int result = Check(fabricIndex);
            if (result != 0) return result;
            if (isForUpdate && fabricIndex == 0) return MatterError.OutOfRange;
            if (_hasNoc) return MatterError.Duplicate;
            _hasKey = false;
            _isKeyForUpdate = isForUpdate;
            return Begin(KeyPair);
        }

        /// <summary>
        /// AddTrustedRootCertificate: checks the certificate and keeps it for AddNOC. Ends with OutOfRange for one that does not
        /// hold, at once with 0 for the one that is kept already.
        /// </summary>
        /// <param name="buffer">Holds the root certificate in Matter TLV; copied.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <returns>See the class.</returns>
        public int BeginRoot(byte[] buffer, int offset, int length, int fabricIndex)
        {
            int result = Check(fabricIndex);
            if (result != 0) return result;
            if (_hasNoc) return MatterError.Duplicate;
            if (_hasRoot)
            {
                byte[] root = _fabrics.Candidate.RootCertificate;
                return root.Length == length && ConstantTime.Equals(root, 0, buffer, offset, length) ? 0 : MatterError.Duplicate;
            }
            if (length == 0 || length > Fabric.MaxCertificateLength) return MatterError.OutOfRange;
            Fabric candidate = _fabrics.Candidate;
            candidate.RootCertificate = Fabric.Copy(buffer, offset, length);
            return Begin(Root);
        }

        /// <summary>AddNOC: checks the chain and makes a fabric of it; its index is then in <see cref="NocFabricIndex"/>.</summary>
        /// <param name="noc">Holds the NOC in Matter TLV; copied.</param>
        /// <param name="nocOffset">First byte.</param>
        /// <param name="nocLength">Length in bytes.</param>
        /// <param name="icac">Holds the ICAC in Matter TLV; copied.</param>
        /// <param name="icacOffset">First byte.</param>
        /// <param name="icacLength">Length in bytes; 0 for none.</param>
        /// <param name="ipk">Holds the IPK epoch key; copied.</param>
        /// <param name="ipkOffset">First byte.</param>
        /// <param name="ipkLength">Length in bytes, 16.</param>
        /// <param name="administrator">CaseAdminSubject.</param>
        /// <param name="vendorId">AdminVendorId.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <returns>See the class.</returns>
        public int BeginAddNoc(
            byte[] noc, int nocOffset, int nocLength, byte[] icac, int icacOffset, int icacLength,
            byte[] ipk, int ipkOffset, int ipkLength, ulong administrator, int vendorId, int fabricIndex)
        {
            if (ipkLength != GroupKeyTable.KeyLength || !IsVendorId(vendorId)) return MatterError.OutOfRange;
            int result = CheckNoc(nocLength, icacLength, fabricIndex);
            if (result != 0) return result;
            if (!_hasKey) return NodeOperationalCertStatus.MissingCsr;
            if (_isKeyForUpdate) return MatterError.Duplicate;
            if (!_hasRoot) return NodeOperationalCertStatus.InvalidNoc;
            if (!OperationalId.IsCaseSubject(administrator)) return NodeOperationalCertStatus.InvalidAdminSubject;
            if (!_fabrics.HasRoom) return NodeOperationalCertStatus.TableFull;
            Array.Copy(ipk, ipkOffset, _ipk, 0, ipkLength);
            _administrator = administrator;
            _vendorId = vendorId;
            CopyNoc(noc, nocOffset, nocLength, icac, icacOffset, icacLength);
            return Begin(NewNoc);
        }

        /// <summary>UpdateNOC: checks the chain and gives the fabric its new credentials.</summary>
        /// <param name="noc">Holds the NOC in Matter TLV; copied.</param>
        /// <param name="nocOffset">First byte.</param>
        /// <param name="nocLength">Length in bytes.</param>
        /// <param name="icac">Holds the ICAC in Matter TLV; copied.</param>
        /// <param name="icacOffset">First byte.</param>
        /// <param name="icacLength">Length in bytes; 0 for none.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <returns>See the class.</returns>
        public int BeginUpdateNoc(byte[] noc, int nocOffset, int nocLength, byte[] icac, int icacOffset, int icacLength, int fabricIndex)
        {
            int result = CheckNoc(nocLength, icacLength, fabricIndex);
            if (result != 0) return result;
            if (_hasRoot) return MatterError.Duplicate;
            if (!_hasKey) return NodeOperationalCertStatus.MissingCsr;
            if (!_isKeyForUpdate) return MatterError.Duplicate;
            if (_fabrics.Find(fabricIndex) == null) return NodeOperationalCertStatus.InvalidFabricIndex;
            CopyNoc(noc, nocOffset, nocLength, icac, icacOffset, icacLength);
            return Begin(OtherNoc);
        }

        /// <summary>Does a bounded part of what was begun; waits while others have the P-256 engine.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="Running"/> or the final result; see the class. InvalidState also if the fail-safe expired meanwhile.</returns>
        public int Step(long now)
        {
            if (_operation == Idle) return MatterError.InvalidState;
            if (!_crypto.P256.TryAcquire(this)) return Running;
            int result = _operation <= SigningRequest ? StepRequest() : _operation <= OtherNoc ? StepChain(now) : StepFabric(now);
            if (result == Running) return Running;
            Cancel();
            return result;
        }

        /// <summary>Gives up what was begun: whoever asked is gone. The fail-safe stays armed.</summary>
        public void Cancel()
        {
            if (_operation == Idle) return;
            _operation = Idle;
            Array.Clear(_ipk, 0, _ipk.Length);
            _crypto.Release(this);
        }

        /// <summary>The fail-safe is over: what was prepared does not count any more.</summary>
        internal void Forget()
        {
            Cancel();
            _hasKey = false;
            _hasRoot = false;
            _hasNoc = false;
        }

        private static bool IsVendorId(int vendorId)
        {
            // 0 means no vendor; those above 0xFFF4 are reserved.
            return vendorId > 0 && vendorId <= 0xFFF4;
        }

        private int Check(int fabricIndex)
        {
            if (!_failSafe.IsArmedBy(fabricIndex)) return MatterError.InvalidState;
            return _operation == Idle ? 0 : MatterError.Busy;
        }

        private int CheckNoc(int nocLength, int icacLength, int fabricIndex)
        {
            if (nocLength == 0 || nocLength > Fabric.MaxCertificateLength || icacLength > Fabric.MaxCertificateLength) return MatterError.OutOfRange;
            int result = Check(fabricIndex);
            return result != 0 ? result : _hasNoc ? MatterError.Duplicate : 0;
        }

        private void CopyNoc(byte[] noc, int nocOffset, int nocLength, byte[] icac, int icacOffset, int icacLength)
        {
            Fabric candidate = _fabrics.Candidate;
            candidate.Noc = Fabric.Copy(noc, nocOffset, nocLength);
            candidate.Icac = Fabric.Copy(icac, icacOffset, icacLength);
        }

        private int Begin(int operation)
        {
            _operation = operation;
            _isBegun = false;
            return Running;
        }

        private int StepRequest()
        {
            Fabric candidate = _fabrics.Candidate;
            if (!_isBegun)
            {
                _crypto.P256.BeginKeyPair(candidate.PrivateKey, 0, _publicKey, 0);
                _isBegun = true;
                return Running;
            }
            if (_operation == SigningRequest)
            {
                int signed = Request.Step();
                _hasKey = signed == 0;
                return signed == P256.Running ? Running : signed;
            }
            int result = _crypto.P256.Step();
            if (result != 0) return result == P256.Running ? Running : result;
            Request.Begin(candidate.PrivateKey, _publicKey);
            _operation = SigningRequest;
            return Running;
        }

        private int StepChain(long now)
        {
            CertificateChain chain = _fabrics.Chain;
            if (_isBegun)
            {
                int result = chain.Step();
                if (result == P256.Running) return Running;
                if (_operation != Root)
                {
                    return result == 0 ? Finish(now)
                        : chain.HasInvalidNodeId ? NodeOperationalCertStatus.InvalidNodeOpId : NodeOperationalCertStatus.InvalidNoc;
                }
                _hasRoot = result == 0;
                return _hasRoot ? 0 : MatterError.OutOfRange;
            }

            _isBegun = true;
            chain.EffectiveTime = 0;
            Fabric candidate = _fabrics.Candidate;
            if (_operation == Root)
            {
                chain.BeginRoot(candidate.RootCertificate, 0, candidate.RootCertificate.Length);
                return Running;
            }
            Fabric trusted = _operation == NewNoc ? candidate : _fabrics.Find(_failSafe.FabricIndex);
            chain.Begin(
                trusted.RootCertificate, 0, trusted.RootCertificate.Length,
                candidate.Icac, 0, candidate.Icac.Length, candidate.Noc, 0, candidate.Noc.Length);
            return Running;
        }

        // The chain holds; the engine is still ours, and so are the chain's results. What AddNOC needs of them later is copied.
        private int Finish(long now)
        {
            CertificateChain chain = _fabrics.Chain;
            if (!ConstantTime.Equals(chain.PublicKey, chain.PublicKeyOffset, _publicKey, 0, P256.PointLength)) return NodeOperationalCertStatus.InvalidPublicKey;
            Fabric candidate = _fabrics.Candidate;
            candidate.NodeId = chain.NodeId;
            if (_operation == OtherNoc)
            {
                Fabric fabric = _fabrics.Find(_failSafe.FabricIndex);
                if (chain.FabricId != fabric.FabricId) return NodeOperationalCertStatus.FabricConflict;
                _fabrics.Update(fabric, now);
                _hasNoc = true;
                return NodeOperationalCertStatus.Ok;
            }
            if (_fabrics.Contains(chain.Root, chain.RootPublicKeyOffset, chain.FabricId)) return NodeOperationalCertStatus.FabricConflict;
            candidate.FabricId = chain.FabricId;
            candidate.RootPublicKeyOffset = chain.RootPublicKeyOffset;
            _operation = CompressedId;
            return Running;
        }

        private int StepFabric(long now)
        {
            Fabric candidate = _fabrics.Candidate;
            if (_operation == CompressedId)
            {
                _fabrics.DeriveCompressedId(candidate);
                _operation = OperationalIpk;
                return Running;
            }
            if (_operation == OperationalIpk)
            {
                _fabrics.GroupKeys.DeriveKey(_ipk, 0, _ipk, 0, candidate.CompressedId);
                _operation = IpkSessionId;
                return Running;
            }
            int index = _fabrics.ClaimIndex();
            if (index < 0) return index;
            _fabrics.Add(index, _ipk, _fabrics.GroupKeys.DeriveSessionId(_ipk, 0), _administrator, _vendorId, now);
            _failSafe.FabricIndex = index;
            _hasNoc = true;
            return NodeOperationalCertStatus.Ok;
        }
    }
}
