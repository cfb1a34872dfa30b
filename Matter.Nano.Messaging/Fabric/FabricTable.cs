using System;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// The node's fabrics in fixed rows, persistent. Each fabric is one value of the store with all that belongs to it,
    /// access control entries and group keys too, so that after a power cut it is there in full, as it was, or not at all.
    /// </summary>
    /// <remarks>
    /// What <see cref="FailSafe"/> adds or updates is in force at once, but reaches the store only with
    /// CommissioningComplete. A value that fails its integrity check blocks its row, unread and not overwritten, until
    /// <see cref="IKeyValueStore.Clear"/>: <see cref="Load"/> reports it.
    /// </remarks>
    public sealed partial class FabricTable
    {
        /// <summary>Largest fabric index.</summary>
        public const int MaxIndex = 254;

        private const int Rows = Limits.Fabrics;
        private const int NoRow = -1;

        // "CompressedFabric"
        private static readonly byte[] CompressedFabric =
        {
            0x43, 0x6F, 0x6D, 0x70, 0x72, 0x65, 0x73, 0x73, 0x65, 0x64, 0x46, 0x61, 0x62, 0x72, 0x69, 0x63,
        };

        private readonly CryptoSuite _crypto;
        private readonly IKeyValueStore _store;
        private readonly FabricRecord _record;
        private readonly Fabric[] _rows = new Fabric[Rows];
        private readonly bool[] _isDamaged = new bool[Rows];
        private readonly IFabricListener[] _listeners = new IFabricListener[Limits.Listeners];
        private int _listenerCount;
        private int _lastIndex;

        /// <summary>Creates the rows, all free.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="store">Where fabrics persist.</param>
        public FabricTable(CryptoSuite crypto, IKeyValueStore store)
        {
            _crypto = crypto;
            _store = store;
            for (int i = 0; i < Rows; i++) _rows[i] = new Fabric(i);
            AccessControl = new AccessControlList(this);
            GroupKeys = new GroupKeyTable(this, crypto.KeyDerivation);
            Chain = new CertificateChain(crypto, Scratch);
            _record = new FabricRecord(this);
        }

        /// <summary>Number of rows (SupportedFabrics).</summary>
        public int Capacity { get { return Rows; } }

        /// <summary>Number of fabrics (CommissionedFabrics), one under the fail-safe included.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int i = 0; i < Rows; i++)
                {
                    if (_rows[i].Index != 0) count++;
                }
                return count;
            }
        }

        /// <summary>True if there is no fabric, and no damaged value that may have been one.</summary>
        public bool IsEmpty
        {
            get
            {
                for (int i = 0; i < Rows; i++)
                {
                    if (_isDamaged[i]) return false;
                }
                return Count == 0;
            }
        }

        /// <summary>The access control entries.</summary>
        public AccessControlList AccessControl { get; }

        /// <summary>The group keys.</summary>
        public GroupKeyTable GroupKeys { get; }

        /// <summary>UTC, for the validity of certificates and group keys; unknown at first.</summary>
        public UtcClock Clock { get; } = new UtcClock();

        /// <summary>The node's checker of certificate chains; belongs to whoever holds the P-256 engine.</summary>
        public CertificateChain Chain { get; }

        /// <summary>
        /// Room for the largest record of a fabric, more than 2 KB, lent to the node's other parts too: whoever writes into it
        /// is through with it before it returns and calls nobody meanwhile who may use it, such as this table. A datagram of
        /// multicast DNS lies there until it is sent, which comes before any other call.
        /// </summary>
        public byte[] Scratch { get; } = new byte[FabricRecord.Capacity];

        /// <summary>Adds a listener; at start-up only.</summary>
        /// <param name="listener">Told of every change, in the order of adding.</param>
        public void AddListener(IFabricListener listener) { _listeners[_listenerCount++] = listener; }

        /// <summary>Reads the fabrics from the store; at start-up only. Listeners are not told.</summary>
        /// <returns>0, <see cref="MatterError.DamagedRecord"/> or <see cref="MatterError.StorageFailed"/>: then the other fabrics are in place.</returns>
        public int Load()
        {
            int result = 0;
            int length = _store.Read(StoreKey.LastFabricIndex, Scratch, 0, 1);
            _lastIndex = length == 1 ? Scratch[0] : 0;
            if (length < 0 && length != MatterError.NotFound) result = length;
            for (int row = 0; row < Rows; row++)
            {
                length = _store.Read(StoreKey.Fabric + row, Scratch, 0, Scratch.Length);
                if (length == MatterError.NotFound) continue;
                int read = length < 0 ? length : Read(row, length);
                if (read == 0) continue;
                Free(_rows[row]);
                _isDamaged[row] = true;
                result = read == MatterError.StorageFailed ? read : MatterError.DamagedRecord;
            }
            Array.Clear(Scratch, 0, Scratch.Length);
            return result;
        }

        /// <summary>The row at a position; its Index is 0 if it is free.</summary>
        /// <param name="row">0 to Capacity - 1.</param>
        /// <returns>The row.</returns>
        public Fabric GetRow(int row) { return _rows[row]; }

        /// <summary>Finds a fabric by its index.</summary>
        /// <param name="fabricIndex">1 to 254.</param>
        /// <returns>The fabric or null.</returns>
        public Fabric Find(int fabricIndex)
        {
            if (fabricIndex == 0) return null;
            for (int i = 0; i < Rows; i++)
            {
                if (_rows[i].Index == fabricIndex) return _rows[i];
            }
            return null;
        }

        /// <summary>Gives a fabric its label.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="buffer">Holds the label in UTF-8.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes, at most <see cref="Fabric.MaxLabelLength"/>; 0 for none.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// 0, <see cref="MatterError.Duplicate"/> if another fabric has it, <see cref="MatterError.OutOfRange"/> or
        /// <see cref="MatterError.StorageFailed"/>; the label has not changed then.
        /// </returns>
        public int SetLabel(Fabric fabric, byte[] buffer, int offset, int length, long now)
        {
            if (length > Fabric.MaxLabelLength) return MatterError.OutOfRange;
            for (int i = 0; i < Rows && length > 0; i++)
            {
                Fabric other = _rows[i];
                if (other != fabric && other.Index != 0 && other.Label.Length == length
                    && ConstantTime.Equals(other.Label, 0, buffer, offset, length))
                {
                    return MatterError.Duplicate;
                }
            }

            byte[] former = fabric.Label;
            fabric.Label = Fabric.Copy(buffer, offset, length);
            int result = Save(fabric);
            if (result != 0)
            {
                fabric.Label = former;
                return result;
            }
            TellUpdated(fabric, now);
            return 0;
        }

        /// <summary>Sets what belongs to the verification of a fabric's vendor id: vendor id, statement, signer's certificate.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="vendorId">The new vendor id; <paramref name="fabric"/>'s own to leave it.</param>
        /// <param name="statement">Holds the statement; null to leave it.</param>
        /// <param name="statementOffset">First byte.</param>
        /// <param name="statementLength"><see cref="Fabric.VerificationStatementLength"/>, or 0 to remove it.</param>
        /// <param name="vvsc">Holds the signer's certificate in Matter TLV; null to leave it.</param>
        /// <param name="vvscOffset">First byte.</param>
        /// <param name="vvscLength">Length in bytes, at most <see cref="Fabric.MaxCertificateLength"/>; 0 to remove it.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// 0, <see cref="MatterError.OutOfRange"/>, <see cref="MatterError.InvalidState"/> for a signer's certificate beside
        /// an ICAC, or <see cref="MatterError.StorageFailed"/>; nothing has changed then. What a pending fabric gets is
        /// persisted or reverted together with its credentials.
        /// </returns>
        public int SetVendorVerification(
            Fabric fabric, int vendorId,
            byte[] statement, int statementOffset, int statementLength,
            byte[] vvsc, int vvscOffset, int vvscLength, long now)
        {
            if (statement != null && statementLength != 0 && statementLength != Fabric.VerificationStatementLength
                || vvsc != null && vvscLength > Fabric.MaxCertificateLength)
            {
                return MatterError.OutOfRange;
            }
            if (vvsc != null && fabric.Icac.Length > 0) return MatterError.InvalidState;

            int formerVendorId = fabric.VendorId;
            byte[] formerStatement = fabric.VerificationStatement;
            byte[] formerVvsc = fabric.Vvsc;
            fabric.VendorId = vendorId;
            if (statement != null) fabric.VerificationStatement = Fabric.Copy(statement, statementOffset, statementLength);
            if (vvsc != null) fabric.Vvsc = Fabric.Copy(vvsc, vvscOffset, vvscLength);
            int result = IsPending(fabric.Row) ? 0 : Save(fabric);
            if (result == 0)
            {
                TellUpdated(fabric, now);
                return 0;
            }
            fabric.VendorId = formerVendorId;
            fabric.VerificationStatement = formerStatement;
            fabric.Vvsc = formerVvsc;
            return result;
        }

        /// <summary>Gives a fabric its access control extension.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="buffer">Holds the data, valid TLV.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes, at most <see cref="Fabric.MaxExtensionLength"/>; 0 to remove it.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then the former one stays.</returns>
        public int SetAccessControlExtension(Fabric fabric, byte[] buffer, int offset, int length)
        {
            byte[] former = fabric.AccessControlExtension;
            fabric.AccessControlExtension = Fabric.Copy(buffer, offset, length);
            int result = Save(fabric);
            if (result != 0) fabric.AccessControlExtension = former;
            return result;
        }

        /// <summary>Removes a fabric from the store and the table. Its sessions are for listeners to close, but for one that still has to answer.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then it is still there.</returns>
        public int Remove(Fabric fabric, long now)
        {
            int row = fabric.Row;
            bool isPending = row == _pendingRow;
            if (!(isPending && _isAdded))
            {
                int result = _store.Delete(StoreKey.Fabric + row);
                if (result != 0) return result;
            }
            if (isPending)
            {
                _pendingRow = NoRow;
                Candidate.Clear();
            }
            Drop(fabric, now);
            return 0;
        }

        /// <summary>Persists a fabric as it is now.</summary>
        internal int Save(Fabric fabric) { return Save(fabric, fabric.Row, fabric.Row); }

        /// <summary>Persists a fabric with the access control entries and group keys of other rows.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        internal int Save(Fabric fabric, int accessRow, int keysRow)
        {
            bool isPending = fabric.Row == _pendingRow;
            if (isPending && _isAdded) return 0;
            // Pending credentials stay out of the store: in place of them go the former ones, which the candidate holds.
            return Write(fabric, isPending ? Candidate : fabric, accessRow, keysRow);
        }

        internal void DeriveCompressedId(Fabric fabric)
        {
            byte[] salt = _ids;
            ulong fabricId = fabric.FabricId;
            for (int i = 0; i < 8; i++) salt[i] = (byte)(fabricId >> (56 - 8 * i));
            _crypto.KeyDerivation.Hkdf(
                fabric.CompressedId, 0, Fabric.CompressedIdLength, fabric.RootCertificate, fabric.RootPublicKeyOffset + 1, P256.PointLength - 1,
                salt, 0, 8, CompressedFabric, 0, CompressedFabric.Length);
        }

        private static void PutLittleEndian(byte[] buffer, int offset, ulong value)
        {
            for (int i = 0; i < 8; i++) buffer[offset + i] = (byte)(value >> (8 * i));
        }

        private int Read(int row, int length)
        {
            Fabric fabric = _rows[row];
            int result = _record.Read(fabric, Scratch, length);
            if (result != 0) return result;
            DeriveCompressedId(fabric);
            for (int i = 0; i < row; i++)
            {
                if (_rows[i].Index == fabric.Index) return MatterError.DamagedRecord;
            }
            return 0;
        }

        private int Write(Fabric fabric, Fabric credentials, int accessRow, int keysRow)
        {
            int length = _record.Write(Scratch, fabric, credentials, accessRow, keysRow);
            int result = length < 0 ? length : _store.Write(StoreKey.Fabric + fabric.Row, Scratch, 0, length);
            Array.Clear(Scratch, 0, Scratch.Length);
            return result;
        }

        private Fabric FindFree()
        {
            for (int i = 0; i < Rows; i++)
            {
                if (_rows[i].Index == 0 && !_isDamaged[i]) return _rows[i];
            }
            return null;
        }

        private void Drop(Fabric fabric, long now)
        {
            int index = fabric.Index;
            Free(fabric);
            for (int i = 0; i < _listenerCount; i++) _listeners[i].FabricRemoved(index, now);
        }

        private void Free(Fabric fabric)
        {
            fabric.Clear();
            Chain.Forget();
            AccessControl.Clear(fabric.Row);
            GroupKeys.Clear(fabric.Row);
            GroupKeys.Clear(GroupKeyTable.StagingRow);
        }

        private void TellUpdated(Fabric fabric, long now)
        {
            for (int i = 0; i < _listenerCount; i++) _listeners[i].FabricUpdated(fabric, now);
        }
    }
}
