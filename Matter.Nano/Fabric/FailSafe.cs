using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// The fail-safe (Matter Core 11.10.7.2) and the credentials that are prepared under it (Matter Core 11.18.6): CSR, root,
    /// AddNOC, UpdateNOC. What is added or updated works at once; CommissioningComplete persists it in one write, expiry
    /// takes it back.
    /// </summary>
    /// <remarks>
    /// Commands with elliptic-curve work begin with a Begin… method, whose result is final unless it is
    /// <see cref="Running"/>; then <see cref="Step"/> is called at each Poll until it answers something else. Results of
    /// zero or more are one of <see cref="NodeOperationalCertStatus"/>; negative ones are
    /// <see cref="MatterError.InvalidState"/> (FAILSAFE_REQUIRED), <see cref="MatterError.Duplicate"/> (CONSTRAINT_ERROR:
    /// not a second time under one fail-safe), <see cref="MatterError.OutOfRange"/> (INVALID_COMMAND) and
    /// <see cref="MatterError.Busy"/>.
    /// </remarks>
    public sealed class FailSafe : IFabricListener
    {
        /// <summary>FailSafeExpiryLengthSeconds of BasicCommissioningInfo; what PASE arms the fail-safe for.</summary>
        public const int ExpiryLengthSeconds = 60;

        /// <summary>MaxCumulativeFailsafeSeconds of BasicCommissioningInfo: longest time from first arming to expiry.</summary>
        public const int MaxCumulativeSeconds = 900;

        /// <summary>Result of a Begin… method or of <see cref="Step"/> while there is more to do.</summary>
        public const int Running = 0x100;

        private const int Idle = 0;
        private const int KeyPair = 1;
        private const int SigningRequest = 2;
        private const int Root = 3;
        private const int NewNoc = 4;
        private const int OtherNoc = 5;

        private readonly CryptoSuite _crypto;
        private readonly FabricTable _fabrics;
        private readonly CommissioningWindow _window;
        private readonly IFailSafeListener[] _listeners = new IFailSafeListener[Limits.Listeners];
        private readonly byte[] _publicKey = new byte[P256.PointLength];
        private readonly byte[] _ipk = new byte[GroupKeyTable.KeyLength];
        private int _listenerCount;

        private long _deadline = long.MaxValue;
        private long _lastDeadline;

        private int _operation;
        private bool _isChecking;
        private bool _hasKey;
        private bool _isKeyForUpdate;
        private bool _hasRoot;
        private bool _hasNoc;
        private ulong _administrator;
        private int _vendorId;

        /// <summary>Creates the fail-safe, disarmed.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="fabrics">The node's fabrics.</param>
        /// <param name="window">The commissioning window: pauses while armed, closes when commissioning is complete.</param>
        public FailSafe(CryptoSuite crypto, FabricTable fabrics, CommissioningWindow window)
        {
            _crypto = crypto;
            _fabrics = fabrics;
            _window = window;
            Request = new CertificateSigningRequest(crypto);
            fabrics.AddListener(this);
        }

        /// <summary>True from arming to completion or expiry.</summary>
        public bool IsArmed { get { return _deadline != long.MaxValue; } }

        /// <summary>The fabric that the fail-safe belongs to while armed: the one that armed it or that AddNOC made; 0 under PASE before.</summary>
        public int FabricIndex { get; private set; }

        /// <summary>Breadcrumb of the GeneralCommissioning cluster; 0 after completion or expiry.</summary>
        public ulong Breadcrumb { get; set; }

        /// <summary>The certificate signing request made last, for CSRResponse.</summary>
        public CertificateSigningRequest Request { get; }

        /// <summary>The fabric that AddNOC made or UpdateNOC changed under this fail-safe; 0 for none.</summary>
        public int NocFabricIndex { get { return _hasNoc ? FabricIndex : 0; } }

        /// <summary>Adds a listener; at start-up only.</summary>
        /// <param name="listener">Told of completion and expiry, in the order of adding.</param>
        public void AddListener(IFailSafeListener listener) { _listeners[_listenerCount++] = listener; }

        /// <summary>Whether a session on a fabric may use the fail-safe.</summary>
        /// <param name="fabricIndex">The session's fabric index; 0 for PASE.</param>
        /// <returns>True if it is armed and belongs to that fabric.</returns>
        public bool IsArmedBy(int fabricIndex) { return IsArmed && FabricIndex == fabricIndex; }

        /// <summary>Arms the fail-safe for 60 s: a PASE session is up.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void ArmForPase(long now)
        {
            if (!IsArmed) Start(0, ExpiryLengthSeconds, now);
        }

        /// <summary>ArmFailSafe: arms, arms again or, for 0 seconds, lets it expire at once.</summary>
        /// <param name="expirySeconds">ExpiryLengthSeconds; cut off at <see cref="MaxCumulativeSeconds"/> from the first arming.</param>
        /// <param name="breadcrumb">New Breadcrumb.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <param name="isPase">True on a PASE session.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>One of <see cref="CommissioningError"/>.</returns>
        public int Arm(int expirySeconds, ulong breadcrumb, int fabricIndex, bool isPase, long now)
        {
            if (IsArmed)
            {
                if (FabricIndex != fabricIndex) return CommissioningError.BusyWithOtherAdmin;
                if (expirySeconds == 0)
                {
                    Expire(now);
                    return CommissioningError.Ok;
                }
                SetDeadline(expirySeconds, now);
            }
            else
            {
                if (expirySeconds == 0) return CommissioningError.Ok;
                // Whoever comes through an open window goes first.
                if (!isPase && _window.IsOpen) return CommissioningError.BusyWithOtherAdmin;
                Start(fabricIndex, expirySeconds, now);
            }
            Breadcrumb = breadcrumb;
            return CommissioningError.Ok;
        }

        /// <summary>CommissioningComplete: persists everything and disarms.</summary>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <param name="isCase">True on a CASE session.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// One of <see cref="CommissioningError"/>, or <see cref="MatterError.StorageFailed"/>: then the fail-safe stays
        /// armed and the store holds the state before.
        /// </returns>
        public int Complete(int fabricIndex, bool isCase, long now)
        {
            if (!IsArmed) return CommissioningError.NoFailSafe;
            if (!isCase || fabricIndex == 0 || FabricIndex != fabricIndex) return CommissioningError.InvalidAuthentication;
            for (int i = 0; i < _listenerCount; i++)
            {
                int result = _listeners[i].FailSafeCompleting(now);
                if (result != 0) return result;
            }
            int committed = _fabrics.Commit();
            if (committed != 0) return committed;
            Disarm();
            _window.Close(now);
            _window.SetPaused(false, now);
            return CommissioningError.Ok;
        }

        /// <summary>Takes back everything that was done under the fail-safe, and disarms.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Expire(long now)
        {
            if (!IsArmed) return;
            Disarm();
            _fabrics.Revert(now);
            for (int i = 0; i < _listenerCount; i++) _listeners[i].FailSafeExpired(now);
            _window.SetPaused(false, now);
        }

        /// <summary>Lets the fail-safe expire when its time is over.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (now >= _deadline) Expire(now);
            return _deadline;
        }

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

        /// <summary>AddTrustedRootCertificate: checks the certificate and keeps it for AddNOC. Ends with OutOfRange for one that does not hold.</summary>
        /// <param name="buffer">Holds the root certificate in Matter TLV; copied.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <returns>See the class.</returns>
        public int BeginRoot(byte[] buffer, int offset, int length, int fabricIndex)
        {
            int result = Check(fabricIndex);
            if (result != 0) return result;
            if (_hasRoot || _hasNoc) return MatterError.Duplicate;
            if (length == 0 || length > Fabric.MaxCertificateLength) return MatterError.OutOfRange;
            Fabric candidate = _fabrics.Candidate;
            Array.Copy(buffer, offset, candidate.RootCertificate, 0, length);
            candidate.RootCertificateLength = length;
            return Begin(Root);
        }

        /// <summary>AddNOC: checks the chain and makes a fabric of it; its index is then in <see cref="FabricIndex"/>.</summary>
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
            int result = _operation <= SigningRequest ? StepRequest() : StepChain();
            if (result == P256.Running) return Running;
            if (_operation == Root)
            {
                result = result == 0 ? 0 : MatterError.OutOfRange;
                _hasRoot = result == 0;
            }
            else if (_operation > Root)
            {
                result = result == 0 ? Finish(now) : NodeOperationalCertStatus.InvalidNoc;
            }
            Cancel();
            return result;
        }

        /// <summary>Gives up what was begun: whoever asked is gone. The fail-safe stays armed.</summary>
        public void Cancel()
        {
            if (_operation == Idle) return;
            _operation = Idle;
            Array.Clear(_ipk, 0, _ipk.Length);
            _crypto.P256.Release(this);
        }

        /// <summary>Nothing to do.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricAdded(Fabric fabric, long now)
        {
        }

        /// <summary>Nothing to do.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricUpdated(Fabric fabric, long now)
        {
        }

        /// <summary>Expires if its fabric is removed: nobody else could complete or disarm it.</summary>
        /// <param name="fabricIndex">The index that it had.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricRemoved(int fabricIndex, long now)
        {
            if (IsArmedBy(fabricIndex)) Expire(now);
        }

        private static bool IsVendorId(int vendorId)
        {
            // 0 means no vendor; those above 0xFFF4 are reserved (Matter Core 2.5.2).
            return vendorId > 0 && vendorId <= 0xFFF4;
        }

        private int Check(int fabricIndex)
        {
            if (!IsArmedBy(fabricIndex)) return MatterError.InvalidState;
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
            Array.Copy(noc, nocOffset, candidate.Noc, 0, nocLength);
            candidate.NocLength = nocLength;
            if (icacLength > 0) Array.Copy(icac, icacOffset, candidate.Icac, 0, icacLength);
            candidate.IcacLength = icacLength;
            candidate.VvscLength = 0;
        }

        private int Begin(int operation)
        {
            _operation = operation;
            _isChecking = false;
            return Running;
        }

        private int StepRequest()
        {
            Fabric candidate = _fabrics.Candidate;
            if (!_isChecking)
            {
                _crypto.P256.BeginKeyPair(candidate.PrivateKey, 0, _publicKey, 0);
                _isChecking = true;
                return P256.Running;
            }
            if (_operation == SigningRequest)
            {
                int signed = Request.Step();
                _hasKey = signed == 0;
                return signed;
            }
            int result = _crypto.P256.Step();
            if (result != 0) return result;
            Request.Begin(candidate.PrivateKey, _publicKey);
            _operation = SigningRequest;
            return P256.Running;
        }

        private int StepChain()
        {
            CertificateChain chain = _fabrics.Chain;
            if (_isChecking) return chain.Step();

            _isChecking = true;
            Fabric candidate = _fabrics.Candidate;
            if (_operation == Root)
            {
                chain.BeginRoot(candidate.RootCertificate, 0, candidate.RootCertificateLength);
                return P256.Running;
            }
            Fabric trusted = _operation == NewNoc ? candidate : _fabrics.Find(FabricIndex);
            chain.Begin(
                trusted.RootCertificate, 0, trusted.RootCertificateLength,
                candidate.Icac, 0, candidate.IcacLength, candidate.Noc, 0, candidate.NocLength);
            return P256.Running;
        }

        // The chain holds; the engine is still ours, and so are the chain's results.
        private int Finish(long now)
        {
            CertificateChain chain = _fabrics.Chain;
            if (!ConstantTime.Equals(chain.PublicKey, chain.PublicKeyOffset, _publicKey, 0, P256.PointLength)) return NodeOperationalCertStatus.InvalidPublicKey;
            Fabric candidate = _fabrics.Candidate;
            candidate.NodeId = chain.NodeId;
            if (_operation == OtherNoc)
            {
                Fabric fabric = _fabrics.Find(FabricIndex);
                if (chain.FabricId != fabric.FabricId) return NodeOperationalCertStatus.FabricConflict;
                _fabrics.Update(fabric, now);
            }
            else
            {
                byte[] root = chain.Root;
                if (_fabrics.Contains(root, chain.RootPublicKeyOffset, chain.FabricId)) return NodeOperationalCertStatus.FabricConflict;
                candidate.FabricId = chain.FabricId;
                FabricIndex = _fabrics.Add(root, chain.RootPublicKeyOffset, _ipk, _administrator, _vendorId, now).Index;
            }
            _hasNoc = true;
            return NodeOperationalCertStatus.Ok;
        }

        private void Start(int fabricIndex, int expirySeconds, long now)
        {
            FabricIndex = fabricIndex;
            _lastDeadline = now + MaxCumulativeSeconds * 1000L;
            SetDeadline(expirySeconds, now);
            _window.SetPaused(true, now);
        }

        private void SetDeadline(int expirySeconds, long now)
        {
            long deadline = now + expirySeconds * 1000L;
            _deadline = deadline < _lastDeadline ? deadline : _lastDeadline;
        }

        private void Disarm()
        {
            Cancel();
            _deadline = long.MaxValue;
            FabricIndex = 0;
            Breadcrumb = 0;
            _hasKey = false;
            _hasRoot = false;
            _hasNoc = false;
        }
    }
}
