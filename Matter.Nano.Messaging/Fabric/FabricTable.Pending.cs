using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    // What the fail-safe does with the table: at most one fabric is pending, added or updated but not yet persisted.
    public sealed partial class FabricTable
    {
        // The row that was added or updated, and whether it was added.
        private int _pendingRow = NoRow;
        private bool _isAdded;

        /// <summary>Where the fail-safe prepares new credentials; after UpdateNOC it holds the former ones.</summary>
        internal Fabric Candidate { get; } = new Fabric(NoRow);

        /// <summary>Whether a row can take one more fabric.</summary>
        internal bool HasRoom { get { return FindFree() != null; } }

        /// <summary>Whether another fabric has this root key and fabric id: such a fabric must not be added twice.</summary>
        internal bool Contains(byte[] rootPublicKey, int offset, ulong fabricId)
        {
            for (int i = 0; i < Rows; i++)
            {
                if (_rows[i].Index != 0 && _rows[i].FabricId == fabricId
                    && ConstantTime.Equals(_rows[i].RootCertificate, _rows[i].RootPublicKeyOffset, rootPublicKey, offset, P256.PointLength))
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>Whether a row was added or updated and is not yet persisted: what others store for it may count for nothing.</summary>
        internal bool IsPending(int row) { return row == _pendingRow; }

        /// <summary>
        /// Takes the next fabric index, which the store learns before anybody else: what is stored under it never means another
        /// fabric, not even after a roll-back and a power cut. Comes back only when all others were used.
        /// </summary>
        /// <returns>The index or <see cref="MatterError.StorageFailed"/>.</returns>
        internal int ClaimIndex()
        {
            int index = _lastIndex;
            do
            {
                index = index >= MaxIndex ? 1 : index + 1;
            }
            while (Find(index) != null);
            Scratch[0] = (byte)index;
            int result = _store.Write(StoreKey.LastFabricIndex, Scratch, 0, 1);
            if (result != 0) return result;
            _lastIndex = index;
            return index;
        }

        /// <summary>
        /// Makes a fabric of the candidate's root, NOC, ICAC, key and ids, the compressed one included, and an operational IPK
        /// with its session id, under a claimed index; pending until <see cref="Commit"/>.
        /// </summary>
        internal void Add(int index, byte[] ipk, int ipkSessionId, ulong administrator, int vendorId, long now)
        {
            Fabric candidate = Candidate;
            Fabric fabric = FindFree();
            fabric.SwapCredentials(candidate);
            fabric.RootCertificate = candidate.RootCertificate;
            fabric.RootPublicKeyOffset = candidate.RootPublicKeyOffset;
            Array.Copy(candidate.CompressedId, 0, fabric.CompressedId, 0, Fabric.CompressedIdLength);
            fabric.FabricId = candidate.FabricId;
            fabric.VendorId = vendorId;
            fabric.Label = Fabric.Copy(candidate.Label, 0, 0);
            AccessControl.SetAdministrator(fabric, administrator);
            GroupKeys.SetIpk(fabric, ipk, ipkSessionId);
            fabric.Index = index;
            _pendingRow = fabric.Row;
            _isAdded = true;
            for (int i = 0; i < _listenerCount; i++) _listeners[i].FabricAdded(fabric, now);
        }

        /// <summary>Gives a fabric the candidate's NOC, ICAC, key and node id; pending until <see cref="Commit"/>.</summary>
        internal void Update(Fabric fabric, long now)
        {
            // UpdateNOC leaves these; SetVIDVerificationStatement may change them before the end of the fail-safe.
            Candidate.VendorId = fabric.VendorId;
            Candidate.VerificationStatement = fabric.VerificationStatement;
            fabric.SwapCredentials(Candidate);
            _pendingRow = fabric.Row;
            _isAdded = false;
            TellUpdated(fabric, now);
        }

        /// <summary>Persists what is pending, in one write. Until it succeeds the store holds the state before.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then it is still pending.</returns>
        internal int Commit()
        {
            if (_pendingRow == NoRow) return 0;
            Fabric fabric = _rows[_pendingRow];
            int result = Write(fabric, fabric, fabric.Row, fabric.Row);
            if (result != 0) return result;
            _pendingRow = NoRow;
            Candidate.Clear();
            return 0;
        }

        /// <summary>True while listeners are told of the end of a fabric that has never been persisted.</summary>
        internal bool IsReverting { get; private set; }

        /// <summary>Undoes what is pending and wipes the candidate.</summary>
        /// <returns>Index of the fabric that has its former credentials back; 0 if none was updated.</returns>
        internal int Revert(long now)
        {
            int updated = 0;
            int row = _pendingRow;
            _pendingRow = NoRow;
            if (row != NoRow)
            {
                Fabric fabric = _rows[row];
                if (_isAdded)
                {
                    IsReverting = true;
                    Drop(fabric, now);
                    IsReverting = false;
                }
                else
                {
                    updated = fabric.Index;
                    fabric.SwapCredentials(Candidate);
                    TellUpdated(fabric, now);
                }
            }
            Candidate.Clear();
            return updated;
        }
    }
}
