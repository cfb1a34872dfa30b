using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// What CASE needs to resume a session (Matter Core 4.14.2): for each peer the secret of its last full handshake, under
    /// the resumption id told it last. Rows belong to the fabrics, <see cref="Limits.ResumptionsPerFabric"/> each; a fabric's
    /// least recently used one gives way.
    /// </summary>
    /// <remarks>
    /// A row is a value of the store, byte by byte. It is written a while after its handshake, so that a peer in a hurry
    /// does not wear out flash memory: who comes back after a power cut in between just does the full handshake. But a
    /// resumption id leaves the store before its session begins: one that came back with a power cut would let the
    /// recorded Sigma1, and with it the session's keys and messages, be used again. Like a fabric's private key, a secret
    /// lies in the store in clear: that should be encrypted flash.
    /// </remarks>
    public sealed class ResumptionTable : IFabricListener
    {
        /// <summary>How long a new row waits at least for others to be written with it, in ms.</summary>
        public const int DelayMs = 2000;

        /// <summary>Shortest time between two rounds of writing in ms: what bounds the wear of flash memory.</summary>
        public const int IntervalMs = 60000;

        /// <summary>Length of a resumption id in bytes.</summary>
        internal const int IdLength = 16;

        internal const int NotFound = -1;

        private const int RowsPerFabric = Limits.ResumptionsPerFabric;
        private const int Rows = Limits.Fabrics * RowsPerFabric;
        private const int Tags = 3;

        // Parts of a row, numbers little-endian. Fabric index 0 marks a free row.
        private const int FabricIndexOffset = 0;
        private const int UseOffset = FabricIndexOffset + 1;
        private const int PeerNodeIdOffset = UseOffset + 4;
        private const int TagsOffset = PeerNodeIdOffset + 8;
        private const int IdOffset = TagsOffset + (Tags * 4);
        private const int SecretOffset = IdOffset + IdLength;
        private const int NotAfterOffset = SecretOffset + P256.ScalarLength;
        private const int CheckOffset = NotAfterOffset + 4;
        private const int RowLength = CheckOffset + Checksum.Length;

        private readonly FabricTable _fabrics;
        private readonly IKeyValueStore _store;
        private readonly byte[] _rows = new byte[Rows * RowLength];
        private readonly bool[] _isStored = new bool[Rows];      // the store has a value, this or an older one
        private readonly bool[] _isUnsaved = new bool[Rows];     // the store is to have this value, or none if the row is free
        private readonly int[] _credentials = new int[Rows];
        private bool _isHeld;           // rows were passed over when something to save was looked for last
        private uint _lastUse;
        private long _deadline = long.MaxValue;
        private long _earliest;

        /// <summary>Creates the rows, all free.</summary>
        /// <param name="fabrics">Whose rows they are; to be told of this listener.</param>
        /// <param name="store">Where they persist.</param>
        public ResumptionTable(FabricTable fabrics, IKeyValueStore store)
        {
            _fabrics = fabrics;
            _store = store;
        }

        /// <summary>Number of peers that can resume.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int row = 0; row < Rows; row++)
                {
                    count += _rows[(row * RowLength) + FabricIndexOffset] == 0 ? 0 : 1;
                }

                return count;
            }
        }

        /// <summary>Reads the rows from the store, at start-up and after the fabrics. What is damaged or of no fabric is deleted.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        public int Load()
        {
            int result = 0;
            for (int row = 0; row < Rows; row++)
            {
                int at = row * RowLength;
                int length = _store.Read(StoreKey.Resumption + row, _rows, at, RowLength);
                if (length == MatterError.NotFound)
                {
                    continue;
                }

                _isStored[row] = true;
                if (length == RowLength && IsIntact(row))
                {
                    uint use = (uint)Get(at + UseOffset, 4);
                    _lastUse = use > _lastUse ? use : _lastUse;
                    _credentials[row] = _fabrics.GetRow(row / RowsPerFabric).CredentialsVersion;
                    continue;
                }

                Array.Clear(_rows, at, RowLength);
                int error = length == MatterError.StorageFailed ? length : Save(row);
                result = error != 0 ? error : result;
            }

            return result;
        }

        /// <summary>Writes what has waited long enough, one row at a time.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (now >= _deadline)
            {
                _earliest = now + IntervalMs;
                int row = FindUnsaved();
                if (row != NotFound && Save(row) != 0)
                {
                    _deadline = _earliest;
                }
                else
                {
                    _deadline = FindUnsaved() != NotFound ? now : _isHeld ? now + DelayMs : long.MaxValue;
                }
            }

            return _deadline;
        }

        /// <summary>Writes everything that waits, at once: before the node goes down.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>; what could not be written still waits.</returns>
        public int Flush()
        {
            int result = 0;
            for (int row = FindUnsaved(); row != NotFound && result == 0; row = FindUnsaved())
            {
                result = Save(row);
            }

            return result;
        }

        /// <inheritdoc/>
        public void FabricAdded(Fabric fabric, long now)
        {
        }

        /// <summary>Forgets the fabric's peers if its credentials are others: what they once proved was to another identity.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricUpdated(Fabric fabric, long now)
        {
            int first = fabric.Row * RowsPerFabric;
            for (int row = first; row < first + RowsPerFabric; row++)
            {
                if (_credentials[row] != fabric.CredentialsVersion)
                {
                    Forget(row, now);
                }
            }
        }

        /// <inheritdoc/>
        public void FabricRemoved(int fabricIndex, long now)
        {
            for (int row = 0; row < Rows; row++)
            {
                if (_rows[(row * RowLength) + FabricIndexOffset] == fabricIndex)
                {
                    Forget(row, now);
                }
            }
        }

        /// <summary>Finds the row of a resumption id.</summary>
        /// <param name="id">Holds the id.</param>
        /// <param name="offset">First byte.</param>
        /// <returns>The row or <see cref="NotFound"/>.</returns>
        internal int Find(byte[] id, int offset)
        {
            for (int row = 0; row < Rows; row++)
            {
                int at = row * RowLength;
                if (_rows[at + FabricIndexOffset] != 0 && ConstantTime.Equals(_rows, at + IdOffset, id, offset, IdLength))
                {
                    return row;
                }
            }

            return NotFound;
        }

        /// <summary>Finds the row of a peer.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="peerNodeId">The peer.</param>
        /// <returns>The row or <see cref="NotFound"/>.</returns>
        internal int Find(Fabric fabric, ulong peerNodeId)
        {
            int row = FindPlace(fabric, peerNodeId);
            int at = row * RowLength;
            return _rows[at + FabricIndexOffset] != 0 && Get(at + PeerNodeIdOffset, 8) == peerNodeId ? row : NotFound;
        }

        /// <summary>The fabric that a used row belongs to.</summary>
        internal Fabric GetFabric(int row)
        {
            return _fabrics.GetRow(row / RowsPerFabric);
        }

        /// <summary>The peer's node id in a used row.</summary>
        internal ulong GetPeerNodeId(int row)
        {
            return Get((row * RowLength) + PeerNodeIdOffset, 8);
        }

        /// <summary>When the first of the certificates that the peer of a used row proved itself with expires; 0 for never.</summary>
        internal uint GetNotAfter(int row)
        {
            return (uint)Get((row * RowLength) + NotAfterOffset, 4);
        }

        /// <summary>Copies the secret of a used row; the copy is the caller's to wipe.</summary>
        internal void CopySecret(int row, byte[] secret)
        {
            Array.Copy(_rows, (row * RowLength) + SecretOffset, secret, 0, P256.ScalarLength);
        }

        /// <summary>Copies the resumption id of a used row.</summary>
        internal void CopyId(int row, byte[] id, int offset)
        {
            Array.Copy(_rows, (row * RowLength) + IdOffset, id, offset, IdLength);
        }

        /// <summary>Copies the peer's CASE authenticated tags from a used row.</summary>
        internal void CopyTags(int row, uint[] tags)
        {
            int at = (row * RowLength) + TagsOffset;
            for (int i = 0; i < Tags; i++)
            {
                tags[i] = (uint)Get(at + (4 * i), 4);
            }
        }

        /// <summary>Forgets the row of a resumption id, of which a session is about to be made.</summary>
        /// <param name="id">Holds the id.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>False if the id has been used or replaced meanwhile, or the store does not let it go: it is no good then.</returns>
        internal bool Spend(byte[] id, int offset, long now)
        {
            int row = Find(id, offset);
            return row != NotFound && Forget(row, now);
        }

        /// <summary>Remembers how a peer can resume from now on, in place of what was known of it.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="peerNodeId">The peer.</param>
        /// <param name="tags">Its CASE authenticated tags.</param>
        /// <param name="id">The resumption id told it, 16 bytes.</param>
        /// <param name="secret">The secret of the full handshake, 32 bytes.</param>
        /// <param name="notAfter">When the first of the peer's certificates expires, in seconds since 2000-01-01 UTC; 0 for never.</param>
        /// <param name="now">Monotonic ms.</param>
        internal void Put(Fabric fabric, ulong peerNodeId, uint[] tags, byte[] id, byte[] secret, uint notAfter, long now)
        {
            int row = FindPlace(fabric, peerNodeId);
            int at = row * RowLength;
            _lastUse++;
            _rows[at + FabricIndexOffset] = (byte)fabric.Index;
            Set(at + UseOffset, _lastUse, 4);
            Set(at + PeerNodeIdOffset, peerNodeId, 8);
            for (int i = 0; i < Tags; i++)
            {
                Set(at + TagsOffset + (4 * i), tags[i], 4);
            }

            Array.Copy(id, 0, _rows, at + IdOffset, IdLength);
            Array.Copy(secret, 0, _rows, at + SecretOffset, P256.ScalarLength);
            Set(at + NotAfterOffset, notAfter, 4);
            _credentials[row] = fabric.CredentialsVersion;
            SaveLater(row, now);
        }

        /// <summary>The fabric's row with this peer, else a free one, else the one used longest ago.</summary>
        private int FindPlace(Fabric fabric, ulong peerNodeId)
        {
            int first = fabric.Row * RowsPerFabric;
            int place = first;
            ulong oldest = ulong.MaxValue;
            for (int row = first; row < first + RowsPerFabric; row++)
            {
                int at = row * RowLength;
                bool isFree = _rows[at + FabricIndexOffset] == 0;
                if (!isFree && Get(at + PeerNodeIdOffset, 8) == peerNodeId)
                {
                    return row;
                }

                ulong use = isFree ? 0 : Get(at + UseOffset, 4);
                if (use < oldest)
                {
                    oldest = use;
                    place = row;
                }
            }

            return place;
        }

        // A secret that belongs to credentials under the fail-safe waits until those are stored: if they are taken back, by a power
        // cut too, nothing comes of it.
        private int FindUnsaved()
        {
            _isHeld = false;
            for (int row = 0; row < Rows; row++)
            {
                if (!_isUnsaved[row])
                {
                    continue;
                }

                if (_rows[(row * RowLength) + FabricIndexOffset] == 0 || !_fabrics.IsPending(row / RowsPerFabric))
                {
                    return row;
                }

                _isHeld = true;
            }

            return NotFound;
        }

        private void SaveLater(int row, long now)
        {
            _isUnsaved[row] = true;
            if (_deadline == long.MaxValue)
            {
                _deadline = now + DelayMs > _earliest ? now + DelayMs : _earliest;
            }
        }

        private int Save(int row)
        {
            int at = row * RowLength;
            bool isUsed = _rows[at + FabricIndexOffset] != 0;
            if (isUsed)
            {
                Checksum.Put(_rows, at, CheckOffset);
            }

            int result = isUsed
                ? _store.Write(StoreKey.Resumption + row, _rows, at, RowLength)
                : _store.Delete(StoreKey.Resumption + row);
            if (result == 0)
            {
                _isUnsaved[row] = false;
                _isStored[row] = isUsed;
            }

            return result;
        }

        /// <summary>Wipes a row, in the store too.</summary>
        /// <returns>False if the store failed; it is tried again then.</returns>
        private bool Forget(int row, long now)
        {
            Array.Clear(_rows, row * RowLength, RowLength);
            _isUnsaved[row] = false;
            if (!_isStored[row] || Save(row) == 0)
            {
                return true;
            }

            SaveLater(row, now);
            return false;
        }

        /// <summary>Whether a row just read is as it was written, and its fabric is there.</summary>
        private bool IsIntact(int row)
        {
            int at = row * RowLength;
            int index = _rows[at + FabricIndexOffset];
            return index != 0
                && _fabrics.GetRow(row / RowsPerFabric).Index == index
                && Checksum.IsRight(_rows, at, CheckOffset);
        }

        private ulong Get(int at, int length)
        {
            ulong value = 0;
            for (int i = length - 1; i >= 0; i--)
            {
                value = value << 8 | _rows[at + i];
            }

            return value;
        }

        private void Set(int at, ulong value, int length)
        {
            for (int i = 0; i < length; i++)
            {
                _rows[at + i] = (byte)(value >> (8 * i));
            }
        }
    }
}
