using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// The access control entries of all fabrics in fixed rows, persistent with their fabric. Entries are read one by one by
    /// number; they change by staging: <see cref="Begin"/>, <see cref="Add(AccessControlEntry)"/> for each entry,
    /// <see cref="Commit"/>. Nothing changes before Commit, and nothing at all if it fails.
    /// </summary>
    public sealed class AccessControlList
    {
        /// <summary>Row of the entries being staged, behind those of the fabrics.</summary>
        internal const int StagingRow = Limits.Fabrics;

        private const int PerFabric = Limits.AccessControlEntriesPerFabric;
        private const int Subjects = Limits.SubjectsPerAccessControlEntry;
        private const int Targets = Limits.TargetsPerAccessControlEntry;
        private const int Entries = (Limits.Fabrics + 1) * PerFabric;

        private readonly FabricTable _fabrics;
        private readonly AccessControlEntry _entry = new AccessControlEntry();
        private readonly byte[] _counts = new byte[Limits.Fabrics + 1];
        private readonly byte[] _privileges = new byte[Entries];
        private readonly byte[] _authModes = new byte[Entries];
        private readonly byte[] _subjectCounts = new byte[Entries];
        private readonly byte[] _targetCounts = new byte[Entries];
        private readonly ulong[] _subjects = new ulong[Entries * Subjects];
        private readonly uint[] _clusters = new uint[Entries * Targets];
        private readonly ushort[] _endpoints = new ushort[Entries * Targets];
        private readonly uint[] _deviceTypes = new uint[Entries * Targets];
        private Fabric _staged;

        internal AccessControlList(FabricTable fabrics)
        {
            _fabrics = fabrics;
        }

        /// <summary>Number of a fabric's entries.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <returns>0 to <see cref="Limits.AccessControlEntriesPerFabric"/>.</returns>
        public int GetCount(Fabric fabric) { return _counts[fabric.Row]; }

        /// <summary>Number of a fabric's first entry; the others follow it. For the getters by entry number.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <returns>Entry number.</returns>
        public int GetFirst(Fabric fabric) { return fabric.Row * PerFabric; }

        /// <summary>Privilege that an entry grants.</summary>
        /// <param name="entry">Entry number.</param>
        /// <returns>1 (View) to 5 (Administer).</returns>
        public int GetPrivilege(int entry) { return _privileges[entry]; }

        /// <summary>AuthMode of an entry.</summary>
        /// <param name="entry">Entry number.</param>
        /// <returns><see cref="AccessControlEntry.AuthModeCase"/> or <see cref="AccessControlEntry.AuthModeGroup"/>.</returns>
        public int GetAuthMode(int entry) { return _authModes[entry]; }

        /// <summary>Number of an entry's subjects; 0 for any subject.</summary>
        /// <param name="entry">Entry number.</param>
        /// <returns>The number.</returns>
        public int GetSubjectCount(int entry) { return _subjectCounts[entry]; }

        /// <summary>A subject of an entry.</summary>
        /// <param name="entry">Entry number.</param>
        /// <param name="index">Position, below <see cref="GetSubjectCount"/>.</param>
        /// <returns>Node id, tag or group id.</returns>
        public ulong GetSubject(int entry, int index) { return _subjects[entry * Subjects + index]; }

        /// <summary>Number of an entry's targets; 0 for the whole node.</summary>
        /// <param name="entry">Entry number.</param>
        /// <returns>The number.</returns>
        public int GetTargetCount(int entry) { return _targetCounts[entry]; }

        /// <summary>Cluster of a target.</summary>
        /// <param name="entry">Entry number.</param>
        /// <param name="index">Position, below <see cref="GetTargetCount"/>.</param>
        /// <returns>Cluster id or <see cref="AccessControlEntry.AnyId"/>.</returns>
        public uint GetCluster(int entry, int index) { return _clusters[entry * Targets + index]; }

        /// <summary>Endpoint of a target.</summary>
        /// <param name="entry">Entry number.</param>
        /// <param name="index">Position, below <see cref="GetTargetCount"/>.</param>
        /// <returns>Endpoint id or <see cref="AccessControlEntry.AnyEndpoint"/>.</returns>
        public int GetEndpoint(int entry, int index) { return _endpoints[entry * Targets + index]; }

        /// <summary>Device type of a target.</summary>
        /// <param name="entry">Entry number.</param>
        /// <param name="index">Position, below <see cref="GetTargetCount"/>.</param>
        /// <returns>Device type id or <see cref="AccessControlEntry.AnyId"/>.</returns>
        public uint GetDeviceType(int entry, int index) { return _deviceTypes[entry * Targets + index]; }

        /// <summary>Copies an entry out.</summary>
        /// <param name="entry">Entry number.</param>
        /// <param name="copy">Receives it.</param>
        public void Get(int entry, AccessControlEntry copy)
        {
            copy.Privilege = _privileges[entry];
            copy.AuthMode = _authModes[entry];
            copy.SubjectCount = _subjectCounts[entry];
            copy.TargetCount = _targetCounts[entry];
            Array.Copy(_subjects, entry * Subjects, copy.Subjects, 0, Subjects);
            Array.Copy(_clusters, entry * Targets, copy.Clusters, 0, Targets);
            Array.Copy(_endpoints, entry * Targets, copy.Endpoints, 0, Targets);
            Array.Copy(_deviceTypes, entry * Targets, copy.DeviceTypes, 0, Targets);
        }

        /// <summary>Writes an entry as AccessControlEntryStruct.</summary>
        /// <param name="entry">Entry number.</param>
        /// <param name="tag">Its tag.</param>
        /// <param name="writer">Receives it.</param>
        /// <param name="fabricIndex">The fabric index to write along; 0 for none.</param>
        public void Write(int entry, int tag, TlvWriter writer, int fabricIndex)
        {
            Get(entry, _entry);
            _entry.Write(tag, writer, fabricIndex);
        }

        /// <summary>Begins to stage a fabric's entries; forgets what was staged before.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="keep">True to add to the present entries, false to replace them.</param>
        public void Begin(Fabric fabric, bool keep)
        {
            _staged = fabric;
            _counts[StagingRow] = 0;
            if (keep) CopyRow(StagingRow, fabric.Row);
        }

        /// <summary>Stages one more entry from an AccessControlEntryStruct.</summary>
        /// <param name="reader">Stands on the structure. Faults stay in it.</param>
        /// <returns>0, an error of <see cref="AccessControlEntry.Read"/>, or <see cref="MatterError.TableFull"/>.</returns>
        public int Add(TlvReader reader)
        {
            int result = _entry.Read(reader);
            return result != 0 ? result : Add(_entry);
        }

        /// <summary>Stages one more entry.</summary>
        /// <param name="entry">A valid entry; copied.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        public int Add(AccessControlEntry entry) { return Add(StagingRow, entry); }

        /// <summary>Persists the staged entries with their fabric and puts them in force.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then the former ones stay.</returns>
        public int Commit()
        {
            int result = Persist();
            if (result == 0) Apply();
            return result;
        }

        /// <summary>The first half of <see cref="Commit"/>: persists the staged entries, and still has the former ones in force.</summary>
        internal int Persist() { return _fabrics.Save(_staged, StagingRow, _staged.Row); }

        /// <summary>The second half of <see cref="Commit"/>.</summary>
        internal void Apply() { CopyRow(_staged.Row, StagingRow); }

        /// <summary>Number of the first staged entry.</summary>
        internal int FirstStaged { get { return StagingRow * PerFabric; } }

        /// <summary>Number of staged entries.</summary>
        internal int StagedCount { get { return _counts[StagingRow]; } }

        /// <summary>Puts the one entry in force that AddNOC makes: the administrator may administer the whole node.</summary>
        internal void SetAdministrator(Fabric fabric, ulong subject)
        {
            _entry.Privilege = 5;
            _entry.AuthMode = AccessControlEntry.AuthModeCase;
            _entry.SubjectCount = 1;
            _entry.Subjects[0] = subject;
            _entry.TargetCount = 0;
            Clear(fabric.Row);
            Add(fabric.Row, _entry);
        }

        internal void Clear(int row) { _counts[row] = 0; }

        /// <summary>Writes a row's entries as an array, for the fabric's record.</summary>
        internal void WriteRow(int row, int tag, TlvWriter writer)
        {
            writer.StartArray(tag);
            for (int i = 0; i < _counts[row]; i++) Write(row * PerFabric + i, TlvTag.Anonymous, writer, 0);
            writer.EndContainer();
        }

        /// <summary>Reads a row's entries from a fabric's record. Faults stay in the reader.</summary>
        internal void ReadRow(int row, TlvReader reader)
        {
            Clear(row);
            if (reader.Type != TlvType.Array) reader.Fail(MatterError.WrongType);
            reader.Enter();
            while (reader.Next())
            {
                int result = _entry.Read(reader);
                if (result == 0) result = Add(row, _entry);
                if (result != 0) reader.Fail(result);
            }
            reader.Exit();
        }

        private int Add(int row, AccessControlEntry source)
        {
            int count = _counts[row];
            if (count == PerFabric) return MatterError.TableFull;
            int entry = row * PerFabric + count;
            _privileges[entry] = (byte)source.Privilege;
            _authModes[entry] = (byte)source.AuthMode;
            _subjectCounts[entry] = (byte)source.SubjectCount;
            _targetCounts[entry] = (byte)source.TargetCount;
            Array.Copy(source.Subjects, 0, _subjects, entry * Subjects, Subjects);
            Array.Copy(source.Clusters, 0, _clusters, entry * Targets, Targets);
            Array.Copy(source.Endpoints, 0, _endpoints, entry * Targets, Targets);
            Array.Copy(source.DeviceTypes, 0, _deviceTypes, entry * Targets, Targets);
            _counts[row] = (byte)(count + 1);
            return 0;
        }

        private void CopyRow(int to, int from)
        {
            int target = to * PerFabric;
            int source = from * PerFabric;
            _counts[to] = _counts[from];
            Array.Copy(_privileges, source, _privileges, target, PerFabric);
            Array.Copy(_authModes, source, _authModes, target, PerFabric);
            Array.Copy(_subjectCounts, source, _subjectCounts, target, PerFabric);
            Array.Copy(_targetCounts, source, _targetCounts, target, PerFabric);
            Array.Copy(_subjects, source * Subjects, _subjects, target * Subjects, PerFabric * Subjects);
            Array.Copy(_clusters, source * Targets, _clusters, target * Targets, PerFabric * Targets);
            Array.Copy(_endpoints, source * Targets, _endpoints, target * Targets, PerFabric * Targets);
            Array.Copy(_deviceTypes, source * Targets, _deviceTypes, target * Targets, PerFabric * Targets);
        }
    }
}
