using System;
using Matter.Nano.Crypto;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// The group key sets of all fabrics and which set each group uses, in fixed rows, persistent with their fabric. Only
    /// operational keys are kept: epoch keys are never read out again. Key set 0 holds the identity protection key.
    /// Changes are staged: <see cref="Begin"/>, what is to be different, <see cref="Commit"/>.
    /// </summary>
    public sealed class GroupKeyTable
    {
        /// <summary>Length of an epoch key or operational key in bytes.</summary>
        public const int KeyLength = 16;

        /// <summary>Epoch keys of a key set.</summary>
        public const int KeysPerSet = 3;

        /// <summary>Id of the identity protection key set.</summary>
        public const int IpkSetId = 0;

        /// <summary>Row of what is being changed, behind those of the fabrics.</summary>
        internal const int StagingRow = Limits.Fabrics;

        private const ulong MicrosecondsPerSecond = 1000000;
        private const int SetsPerFabric = Limits.GroupKeySetsPerFabric;
        private const int GroupsPerFabric = Limits.GroupsPerFabric;
        private const int KeysPerFabric = SetsPerFabric * KeysPerSet;
        private const int Rows = Limits.Fabrics + 1;

        // "GroupKey v1.0", then "GroupKeyHash"
        private static readonly byte[] Infos =
        {
            0x47, 0x72, 0x6F, 0x75, 0x70, 0x4B, 0x65, 0x79, 0x20, 0x76, 0x31, 0x2E, 0x30,
            0x47, 0x72, 0x6F, 0x75, 0x70, 0x4B, 0x65, 0x79, 0x48, 0x61, 0x73, 0x68,
        };

        private const int KeyInfoLength = 13;
        private const int HashInfoLength = 12;

        private readonly FabricTable _fabrics;
        private readonly KeyDerivation _derivation;
        private readonly byte[] _sessionId = new byte[2];

        private readonly ushort[] _setIds = new ushort[Rows * SetsPerFabric];
        private readonly byte[] _policies = new byte[Rows * SetsPerFabric];
        private readonly byte[] _keyCounts = new byte[Rows * SetsPerFabric];   // 0 marks a free set
        private readonly ulong[] _startTimes = new ulong[Rows * KeysPerFabric];
        private readonly byte[] _keys = new byte[Rows * KeysPerFabric * KeyLength];
        private readonly ushort[] _sessionIds = new ushort[Rows * KeysPerFabric];

        private readonly byte[] _groupCounts = new byte[Rows];
        private readonly ushort[] _groupIds = new ushort[Rows * GroupsPerFabric];
        private readonly ushort[] _groupSets = new ushort[Rows * GroupsPerFabric];
        private Fabric _staged;
        private int _stagedSet;

        internal GroupKeyTable(FabricTable fabrics, KeyDerivation derivation)
        {
            _fabrics = fabrics;
            _derivation = derivation;
        }

        /// <summary>All operational keys; a key starts at its number times <see cref="KeyLength"/>. Owned by the table.</summary>
        public byte[] Keys { get { return _keys; } }

        /// <summary>Number of a fabric's first place for a key set; <see cref="Limits.GroupKeySetsPerFabric"/> places follow one another.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <returns>Number of a place.</returns>
        public int GetFirst(Fabric fabric) { return fabric.Row * SetsPerFabric; }

        /// <summary>Finds a key set.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="setId">GroupKeySetID.</param>
        /// <returns>Number of its place or <see cref="MatterError.NotFound"/>.</returns>
        public int Find(Fabric fabric, int setId) { return Find(fabric.Row, setId); }

        /// <summary>Number of keys in a set; 0 if the place is free.</summary>
        /// <param name="set">Number of a place.</param>
        /// <returns>0 to 3.</returns>
        public int GetKeyCount(int set) { return _keyCounts[set]; }

        /// <summary>GroupKeySetID of a set.</summary>
        /// <param name="set">Number of its place.</param>
        /// <returns>The id.</returns>
        public int GetSetId(int set) { return _setIds[set]; }

        /// <summary>GroupKeySecurityPolicy of a set.</summary>
        /// <param name="set">Number of its place.</param>
        /// <returns>0 for TrustFirst.</returns>
        public int GetPolicy(int set) { return _policies[set]; }

        /// <summary>Number of a set's first key; the others follow it. For <see cref="Keys"/> and the getters by key number.</summary>
        /// <param name="set">Number of its place.</param>
        /// <returns>Key number.</returns>
        public int GetFirstKey(int set) { return set * KeysPerSet; }

        /// <summary>
        /// The key of a set to send with: that with the latest start time that is not in the future. Who doesn't know the time
        /// takes the second newest of several: administrators write the newest ahead of its time.
        /// </summary>
        /// <param name="set">A set in use.</param>
        /// <param name="seconds">UTC in seconds since 2000-01-01; 0 if unknown.</param>
        /// <returns>The key's index.</returns>
        internal int GetCurrentKey(int set, uint seconds)
        {
            int first = GetFirstKey(set);
            int last = first + GetKeyCount(set) - 1;
            if (seconds == 0) return last > first ? last - 1 : last;
            while (last > first && GetStartTime(last) > seconds * MicrosecondsPerSecond) last--;
            return last;
        }

        /// <summary>Epoch start time of a key in µs since 2000-01-01 UTC.</summary>
        /// <param name="key">Key number.</param>
        /// <returns>The time; 0 for the key from AddNOC.</returns>
        public ulong GetStartTime(int key) { return _startTimes[key]; }

        /// <summary>Group session id of a key.</summary>
        /// <param name="key">Key number.</param>
        /// <returns>16 bits.</returns>
        public int GetSessionId(int key) { return _sessionIds[key]; }

        /// <summary>Number of a fabric's groups with a key set.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <returns>0 to <see cref="Limits.GroupsPerFabric"/>.</returns>
        public int GetGroupCount(Fabric fabric) { return _groupCounts[fabric.Row]; }

        /// <summary>Group id of an entry of the GroupKeyMap.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="index">Position.</param>
        /// <returns>Group id.</returns>
        public int GetGroupId(Fabric fabric, int index) { return _groupIds[fabric.Row * GroupsPerFabric + index]; }

        /// <summary>Key set id of an entry of the GroupKeyMap.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="index">Position.</param>
        /// <returns>GroupKeySetID.</returns>
        public int GetGroupSetId(Fabric fabric, int index) { return _groupSets[fabric.Row * GroupsPerFabric + index]; }

        /// <summary>Begins to change a fabric's keys or map; forgets what was staged before. Nothing counts before <see cref="Commit"/>.</summary>
        /// <param name="fabric">The fabric.</param>
        public void Begin(Fabric fabric)
        {
            _staged = fabric;
            CopyRow(StagingRow, fabric.Row);
        }

        /// <summary>Opens a key set for new keys: empties the one of that id or takes a free place.</summary>
        /// <param name="setId">GroupKeySetID.</param>
        /// <param name="policy">GroupKeySecurityPolicy.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        public int BeginSet(int setId, int policy)
        {
            int set = Find(StagingRow, setId);
            if (set < 0) set = FindFree(StagingRow);
            if (set < 0) return MatterError.TableFull;
            WipeSet(set);
            _setIds[set] = (ushort)setId;
            _policies[set] = (byte)policy;
            _stagedSet = set;
            return 0;
        }

        /// <summary>Derives the operational key of an epoch key and adds it to the set opened last.</summary>
        /// <param name="epochKey">Holds 16 bytes; not kept.</param>
        /// <param name="epochKeyOffset">First byte.</param>
        /// <param name="startTime">Epoch start time in µs since 2000-01-01 UTC.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        public int AddKey(byte[] epochKey, int epochKeyOffset, ulong startTime)
        {
            int key = TakeKey(startTime);
            if (key < 0) return key;
            DeriveKey(_keys, key * KeyLength, epochKey, epochKeyOffset, _staged.CompressedId);
            _sessionIds[key] = (ushort)DeriveSessionId(_keys, key * KeyLength);
            return 0;
        }

        /// <summary>As <see cref="AddKey"/>, for who derived operational key and session id already.</summary>
        /// <param name="key">Holds the operational key, 16 bytes; copied.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <param name="sessionId">Its group session id.</param>
        /// <param name="startTime">Epoch start time in µs since 2000-01-01 UTC.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        internal int AddOperationalKey(byte[] key, int keyOffset, int sessionId, ulong startTime)
        {
            int taken = TakeKey(startTime);
            if (taken < 0) return taken;
            Array.Copy(key, keyOffset, _keys, taken * KeyLength, KeyLength);
            _sessionIds[taken] = (ushort)sessionId;
            return 0;
        }

        /// <summary>Removes a key set and wipes it; the groups that use it lose their entry.</summary>
        /// <param name="setId">GroupKeySetID, not <see cref="IpkSetId"/>.</param>
        /// <returns>0 or <see cref="MatterError.NotFound"/>.</returns>
        public int RemoveSet(int setId)
        {
            int set = Find(StagingRow, setId);
            if (set < 0) return set;
            WipeSet(set);
            int first = StagingRow * GroupsPerFabric;
            int kept = 0;
            for (int i = 0; i < _groupCounts[StagingRow]; i++)
            {
                if (_groupSets[first + i] == setId) continue;
                _groupIds[first + kept] = _groupIds[first + i];
                _groupSets[first + kept++] = _groupSets[first + i];
            }
            _groupCounts[StagingRow] = (byte)kept;
            return 0;
        }

        /// <summary>Empties the GroupKeyMap.</summary>
        public void ClearGroups() { _groupCounts[StagingRow] = 0; }

        /// <summary>Adds an entry to the GroupKeyMap.</summary>
        /// <param name="groupId">Group id.</param>
        /// <param name="setId">GroupKeySetID.</param>
        /// <returns>0, <see cref="MatterError.Duplicate"/> for a group that has an entry, or <see cref="MatterError.TableFull"/>.</returns>
        public int AddGroup(int groupId, int setId) { return AddGroup(StagingRow, groupId, setId); }

        /// <summary>Persists the staged keys and map with their fabric and puts them in force.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then the former ones stay.</returns>
        public int Commit()
        {
            int result = _fabrics.Save(_staged, _staged.Row, StagingRow);
            if (result == 0) CopyRow(_staged.Row, StagingRow);
            Clear(StagingRow);
            return result;
        }

        /// <summary>Derives an operational key from an epoch key.</summary>
        /// <param name="key">Receives 16 bytes; may be those of the epoch key.</param>
        /// <param name="keyOffset">Where they go.</param>
        /// <param name="epochKey">Holds 16 bytes.</param>
        /// <param name="epochKeyOffset">First byte.</param>
        /// <param name="compressedId">The fabric's compressed id, 8 bytes.</param>
        internal void DeriveKey(byte[] key, int keyOffset, byte[] epochKey, int epochKeyOffset, byte[] compressedId)
        {
            _derivation.Hkdf(
                key, keyOffset, KeyLength, epochKey, epochKeyOffset, KeyLength,
                compressedId, 0, Fabric.CompressedIdLength, Infos, 0, KeyInfoLength);
        }

        /// <summary>Derives the group session id of an operational key.</summary>
        /// <param name="key">Holds 16 bytes.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <returns>16 bits.</returns>
        internal int DeriveSessionId(byte[] key, int keyOffset)
        {
            byte[] id = _sessionId;
            _derivation.Hkdf(id, 0, id.Length, key, keyOffset, KeyLength, null, 0, 0, Infos, KeyInfoLength, HashInfoLength);
            return id[0] << 8 | id[1];
        }

        /// <summary>Puts the one key set in force that AddNOC makes, of an operational key and its session id.</summary>
        internal void SetIpk(Fabric fabric, byte[] key, int sessionId)
        {
            Clear(fabric.Row);
            Begin(fabric);
            BeginSet(IpkSetId, 0);
            AddOperationalKey(key, 0, sessionId, 0);
            CopyRow(fabric.Row, StagingRow);
            Clear(StagingRow);
        }

        /// <summary>Empties a row and wipes its keys.</summary>
        internal void Clear(int row)
        {
            for (int i = 0; i < SetsPerFabric; i++) WipeSet(row * SetsPerFabric + i);
            _groupCounts[row] = 0;
        }

        /// <summary>Writes a row's key sets and map as two arrays, for the fabric's record.</summary>
        internal void WriteRow(int row, int setsTag, int groupsTag, TlvWriter writer)
        {
            writer.StartArray(setsTag);
            for (int set = row * SetsPerFabric; set < (row + 1) * SetsPerFabric; set++)
            {
                if (_keyCounts[set] == 0) continue;
                writer.StartStructure(TlvTag.Anonymous);
                writer.PutUnsigned(0, _setIds[set]);
                writer.PutUnsigned(1, _policies[set]);
                for (int i = 0; i < _keyCounts[set]; i++)
                {
                    int key = set * KeysPerSet + i;
                    writer.PutBytes(2 + 2 * i, _keys, key * KeyLength, KeyLength);
                    writer.PutUnsigned(3 + 2 * i, _startTimes[key]);
                }
                writer.EndContainer();
            }
            writer.EndContainer();

            writer.StartArray(groupsTag);
            for (int i = 0; i < _groupCounts[row]; i++)
            {
                writer.PutUnsigned(TlvTag.Anonymous, (uint)_groupIds[row * GroupsPerFabric + i] << 16 | _groupSets[row * GroupsPerFabric + i]);
            }
            writer.EndContainer();
        }

        /// <summary>Reads a row's key sets from a fabric's record. Faults stay in the reader.</summary>
        internal void ReadSets(int row, TlvReader reader)
        {
            for (int i = 0; i < SetsPerFabric; i++) WipeSet(row * SetsPerFabric + i);
            if (reader.Type != TlvType.Array) reader.Fail(MatterError.WrongType);
            reader.Enter();
            for (int set = row * SetsPerFabric; reader.Next(); set++)
            {
                if (set == (row + 1) * SetsPerFabric)
                {
                    reader.Fail(MatterError.TableFull);
                    break;
                }
                ReadSet(set, reader);
            }
            reader.Exit();
        }

        /// <summary>Reads a row's map from a fabric's record. Faults stay in the reader.</summary>
        internal void ReadGroups(int row, TlvReader reader)
        {
            _groupCounts[row] = 0;
            if (reader.Type != TlvType.Array) reader.Fail(MatterError.WrongType);
            reader.Enter();
            while (reader.Next())
            {
                uint entry = (uint)reader.GetUnsigned(uint.MaxValue);
                int result = AddGroup(row, (int)(entry >> 16), (int)(entry & 0xFFFF));
                if (result != 0) reader.Fail(result);
            }
            reader.Exit();
        }

        private void ReadSet(int set, TlvReader reader)
        {
            int keys = 0;
            if (reader.Type != TlvType.Structure) reader.Fail(MatterError.WrongType);
            reader.Enter();
            while (reader.Next())
            {
                int tag = reader.Tag;
                if (tag == 0)
                {
                    _setIds[set] = (ushort)reader.GetUnsigned(0xFFFF);
                }
                else if (tag == 1)
                {
                    _policies[set] = (byte)reader.GetUnsigned(0xFF);
                }
                else if (tag == 2 + 2 * keys && keys < KeysPerSet)
                {
                    reader.CopyBytes(_keys, (set * KeysPerSet + keys) * KeyLength, KeyLength);
                }
                else if (tag == 3 + 2 * keys && keys < KeysPerSet)
                {
                    _startTimes[set * KeysPerSet + keys] = reader.GetUnsigned(ulong.MaxValue);
                    keys++;
                }
            }
            reader.Exit();
            if (keys == 0) reader.Fail(MatterError.OutOfRange);
            if (reader.Error != 0) return;
            _keyCounts[set] = (byte)keys;
            for (int i = 0; i < keys; i++)
            {
                int key = set * KeysPerSet + i;
                _sessionIds[key] = (ushort)DeriveSessionId(_keys, key * KeyLength);
            }
        }

        // The next place for a key of the set opened last.
        private int TakeKey(ulong startTime)
        {
            if (_keyCounts[_stagedSet] == KeysPerSet) return MatterError.TableFull;
            int key = _stagedSet * KeysPerSet + _keyCounts[_stagedSet]++;
            _startTimes[key] = startTime;
            return key;
        }

        private int Find(int row, int setId)
        {
            for (int set = row * SetsPerFabric; set < (row + 1) * SetsPerFabric; set++)
            {
                if (_keyCounts[set] != 0 && _setIds[set] == setId) return set;
            }
            return MatterError.NotFound;
        }

        private int FindFree(int row)
        {
            for (int set = row * SetsPerFabric; set < (row + 1) * SetsPerFabric; set++)
            {
                if (_keyCounts[set] == 0) return set;
            }
            return MatterError.TableFull;
        }

        private int AddGroup(int row, int groupId, int setId)
        {
            int count = _groupCounts[row];
            int first = row * GroupsPerFabric;
            for (int i = 0; i < count; i++)
            {
                if (_groupIds[first + i] == groupId) return MatterError.Duplicate;
            }
            if (count == GroupsPerFabric) return MatterError.TableFull;
            _groupIds[first + count] = (ushort)groupId;
            _groupSets[first + count] = (ushort)setId;
            _groupCounts[row] = (byte)(count + 1);
            return 0;
        }

        private void WipeSet(int set)
        {
            _keyCounts[set] = 0;
            Array.Clear(_keys, set * KeysPerSet * KeyLength, KeysPerSet * KeyLength);
        }

        private void CopyRow(int to, int from)
        {
            Array.Copy(_setIds, from * SetsPerFabric, _setIds, to * SetsPerFabric, SetsPerFabric);
            Array.Copy(_policies, from * SetsPerFabric, _policies, to * SetsPerFabric, SetsPerFabric);
            Array.Copy(_keyCounts, from * SetsPerFabric, _keyCounts, to * SetsPerFabric, SetsPerFabric);
            Array.Copy(_startTimes, from * KeysPerFabric, _startTimes, to * KeysPerFabric, KeysPerFabric);
            Array.Copy(_keys, from * KeysPerFabric * KeyLength, _keys, to * KeysPerFabric * KeyLength, KeysPerFabric * KeyLength);
            Array.Copy(_sessionIds, from * KeysPerFabric, _sessionIds, to * KeysPerFabric, KeysPerFabric);
            _groupCounts[to] = _groupCounts[from];
            Array.Copy(_groupIds, from * GroupsPerFabric, _groupIds, to * GroupsPerFabric, GroupsPerFabric);
            Array.Copy(_groupSets, from * GroupsPerFabric, _groupSets, to * GroupsPerFabric, GroupsPerFabric);
        }
    }
}
