using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// One access control entry taken out of or about to go into <see cref="AccessControlList"/>.
    /// </summary>
    public sealed class AccessControlEntry
    {
        /// <summary>AuthMode: passcode sessions; never in an entry.</summary>
        public const int AuthModePase = 1;

        /// <summary>AuthMode: nodes and CASE authenticated tags.</summary>
        public const int AuthModeCase = 2;

        /// <summary>AuthMode: group messages.</summary>
        public const int AuthModeGroup = 3;

        /// <summary>Null in <see cref="Clusters"/> and <see cref="DeviceTypes"/>: any.</summary>
        public const uint AnyId = 0xFFFFFFFF;

        /// <summary>Null in <see cref="Endpoints"/>: any.</summary>
        public const int AnyEndpoint = 0xFFFF;

        private const int MinPrivilege = 1;
        private const int Administer = 5;
        private const int FabricIndexTag = 254;

        // That of the last of the manufacturers for tests.
        private const uint MaxVendorId = 0xFFF4;

        /// <summary>Privilege, 1 (View) to 5 (Administer).</summary>
        public int Privilege { get; set; }

        /// <summary><see cref="AuthModeCase"/> or <see cref="AuthModeGroup"/>.</summary>
        public int AuthMode { get; set; }

        /// <summary>Subjects used; 0 for null: any subject of that AuthMode.</summary>
        public int SubjectCount { get; set; }

        /// <summary>Node ids and tags, or group ids.</summary>
        public ulong[] Subjects { get; } = new ulong[Limits.SubjectsPerAccessControlEntry];

        /// <summary>Targets used; 0 for null: the whole node.</summary>
        public int TargetCount { get; set; }

        /// <summary>Cluster of each target or <see cref="AnyId"/>.</summary>
        public uint[] Clusters { get; } = new uint[Limits.TargetsPerAccessControlEntry];

        /// <summary>Endpoint of each target or <see cref="AnyEndpoint"/>.</summary>
        public ushort[] Endpoints { get; } = new ushort[Limits.TargetsPerAccessControlEntry];

        /// <summary>Device type of each target or <see cref="AnyId"/>.</summary>
        public uint[] DeviceTypes { get; } = new uint[Limits.TargetsPerAccessControlEntry];

        /// <summary>Reads an AccessControlEntryStruct and checks it. An empty list counts as null; unknown fields are skipped.</summary>
        /// <param name="reader">Stands on the structure. Faults stay in it.</param>
        /// <returns>
        /// 0, the reader's fault, <see cref="MatterError.OutOfRange"/> for a value that the specification forbids, or
        /// <see cref="MatterError.TableFull"/> for too many subjects or targets.
        /// </returns>
        public int Read(TlvReader reader)
        {
            Privilege = 0;
            AuthMode = 0;
            SubjectCount = 0;
            TargetCount = 0;
            int seen = 0;
            int result = 0;
            if (reader.Type != TlvType.Structure) reader.Fail(MatterError.WrongType);
            reader.Enter();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 1:
                        Privilege = (int)reader.GetUnsigned(0xFF);
                        seen |= 1;
                        break;
                    case 2:
                        AuthMode = (int)reader.GetUnsigned(0xFF);
                        seen |= 2;
                        break;
                    case 3:
                        if (!ReadSubjects(reader)) result = MatterError.TableFull;
                        seen |= 4;
                        break;
                    case 4:
                        if (!ReadTargets(reader)) result = MatterError.TableFull;
                        seen |= 8;
                        break;
                }
            }
            reader.Exit();
            // A write within a fabric may leave out what is null, but not what the entry grants to whom.
            if ((seen & 3) != 3) reader.Fail(MatterError.OutOfRange);
            if (reader.Error != 0) return reader.Error;
            return result != 0 ? result : Validate();
        }

        /// <summary>Writes an AccessControlEntryStruct.</summary>
        /// <param name="tag">Its tag.</param>
        /// <param name="writer">Receives it.</param>
        /// <param name="fabricIndex">The fabric index to write along; 0 for none.</param>
        public void Write(int tag, TlvWriter writer, int fabricIndex)
        {
            writer.StartStructure(tag);
            writer.PutUnsigned(1, (ulong)Privilege);
            writer.PutUnsigned(2, (ulong)AuthMode);
            if (SubjectCount == 0)
            {
                writer.PutNull(3);
            }
            else
            {
                writer.StartArray(3);
                for (int i = 0; i < SubjectCount; i++) writer.PutUnsigned(TlvTag.Anonymous, Subjects[i]);
                writer.EndContainer();
            }

            if (TargetCount == 0)
            {
                writer.PutNull(4);
            }
            else
            {
                writer.StartArray(4);
                for (int i = 0; i < TargetCount; i++)
                {
                    writer.StartStructure(TlvTag.Anonymous);
                    PutOrNull(writer, 0, Clusters[i], AnyId);
                    PutOrNull(writer, 1, Endpoints[i], AnyEndpoint);
                    PutOrNull(writer, 2, DeviceTypes[i], AnyId);
                    writer.EndContainer();
                }
                writer.EndContainer();
            }
            if (fabricIndex != 0) writer.PutUnsigned(FabricIndexTag, (ulong)fabricIndex);
            writer.EndContainer();
        }

        private static void PutOrNull(TlvWriter writer, int tag, uint value, uint any)
        {
            if (value == any) writer.PutNull(tag);
            else writer.PutUnsigned(tag, value);
        }

        private bool ReadSubjects(TlvReader reader)
        {
            SubjectCount = 0;
            if (reader.Type == TlvType.Null) return true;
            if (reader.Type != TlvType.Array) reader.Fail(MatterError.WrongType);
            reader.Enter();
            bool fits = true;
            while (reader.Next())
            {
                ulong subject = reader.GetUnsigned(ulong.MaxValue);
                if (SubjectCount == Limits.SubjectsPerAccessControlEntry) fits = false;
                else Subjects[SubjectCount++] = subject;
            }
            reader.Exit();
            return fits;
        }

        private bool ReadTargets(TlvReader reader)
        {
            TargetCount = 0;
            if (reader.Type == TlvType.Null) return true;
            if (reader.Type != TlvType.Array) reader.Fail(MatterError.WrongType);
            reader.Enter();
            bool fits = true;
            while (reader.Next())
            {
                uint cluster = AnyId;
                uint endpoint = AnyEndpoint;
                uint deviceType = AnyId;
                if (reader.Type != TlvType.Structure) reader.Fail(MatterError.WrongType);
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Type == TlvType.Null) continue;
                    switch (reader.Tag)
                    {
                        case 0: cluster = (uint)reader.GetUnsigned(AnyId - 1); break;
                        case 1: endpoint = (uint)reader.GetUnsigned(AnyEndpoint - 1); break;
                        case 2: deviceType = (uint)reader.GetUnsigned(AnyId - 1); break;
                    }
                }
                reader.Exit();
                if (TargetCount == Limits.TargetsPerAccessControlEntry)
                {
                    fits = false;
                    continue;
                }
                Clusters[TargetCount] = cluster;
                Endpoints[TargetCount] = (ushort)endpoint;
                DeviceTypes[TargetCount++] = deviceType;
            }
            reader.Exit();
            return fits;
        }

        private int Validate()
        {
            bool isGroup = AuthMode == AuthModeGroup;
            if (Privilege < MinPrivilege || Privilege > Administer) return MatterError.OutOfRange;
            // Entries never grant by passcode, and never let a group administer.
            if (!isGroup && AuthMode != AuthModeCase || isGroup && Privilege == Administer) return MatterError.OutOfRange;
            for (int i = 0; i < SubjectCount; i++)
            {
                ulong subject = Subjects[i];
                bool valid = isGroup ? subject >= 1 && subject <= 0xFFFF : OperationalId.IsCaseSubject(subject);
                if (!valid) return MatterError.OutOfRange;
            }
            for (int i = 0; i < TargetCount; i++)
            {
                bool hasEndpoint = Endpoints[i] != AnyEndpoint;
                bool hasDeviceType = DeviceTypes[i] != AnyId;
                if (Clusters[i] != AnyId && !IsClusterId(Clusters[i]) || hasDeviceType && !IsDeviceType(DeviceTypes[i])) return MatterError.OutOfRange;
                // A target names something, and an endpoint or a device type but not both.
                if (hasEndpoint && hasDeviceType || !hasEndpoint && !hasDeviceType && Clusters[i] == AnyId) return MatterError.OutOfRange;
            }
            return 0;
        }

        // A standard cluster, or one of a manufacturer.
        private static bool IsClusterId(uint id)
        {
            uint suffix = id & 0xFFFF;
            return id >> 16 == 0 ? suffix <= 0x7FFF : id >> 16 <= MaxVendorId && suffix >= 0xFC00 && suffix <= 0xFFFE;
        }

        private static bool IsDeviceType(uint id)
        {
            return id >> 16 <= MaxVendorId && (id & 0xFFFF) <= 0xBFFF;
        }
    }
}
