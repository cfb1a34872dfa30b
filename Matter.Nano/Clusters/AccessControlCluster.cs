using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// Access Control (Matter Core 9.10) with the feature Extension: who may do what, each fabric its own entries, and data of
    /// its own about them.
    /// </summary>
    public sealed class AccessControlCluster : Cluster, IFabricListener
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x001F;

        private const uint AclId = 0x0000;
        private const uint ExtensionId = 0x0001;
        private const uint SubjectsPerEntryId = 0x0002;
        private const uint TargetsPerEntryId = 0x0003;
        private const uint EntriesPerFabricId = 0x0004;

        private const uint EntryChanged = 0x00;
        private const uint ExtensionChanged = 0x01;

        // ChangeTypeEnum.
        private const uint IsChanged = 0;
        private const uint IsAdded = 1;
        private const uint IsRemoved = 2;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadAdminister | Access.WriteAdminister | Access.FabricScoped, Quality.List,
            0x00, 0x01, Access.ReadAdminister | Access.WriteAdminister | Access.FabricScoped, Quality.List,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
            0x00, 0x04, Access.ReadView, Quality.Fixed,
        };

        private static readonly byte[] EventTable =
        {
            0x00, EventAccess.Administer | EventAccess.Info | EventAccess.FabricSensitive,
            0x01, EventAccess.Administer | EventAccess.Info | EventAccess.FabricSensitive,
        };

        private const uint ExtensionFeature = 1;
        private const int DataTag = 1;
        private const int LatestValueTag = 4;

        private readonly FabricTable _fabrics;
        private int _extensionOffset;

        /// <summary>Creates the cluster.</summary>
        /// <param name="fabrics">The node's fabrics with their entries.</param>
        public AccessControlCluster(FabricTable fabrics)
            : base(ClusterId, 3, ExtensionFeature, AttributeTable, null, EventTable)
        {
            _fabrics = fabrics;
            fabrics.AddListener(this);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case SubjectsPerEntryId:
                    writer.PutUnsigned(tag, Limits.SubjectsPerAccessControlEntry);
                    break;
                case TargetsPerEntryId:
                    writer.PutUnsigned(tag, Limits.TargetsPerAccessControlEntry);
                    break;
                case EntriesPerFabricId:
                    writer.PutUnsigned(tag, Limits.AccessControlEntriesPerFabric);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            int perFabric = attributeId == AclId ? Limits.AccessControlEntriesPerFabric : 1;
            int row = index / perFabric;
            if (row >= _fabrics.Capacity)
            {
                return ImStatus.NotFound;
            }

            Fabric fabric = _fabrics.GetRow(row);
            AccessControlList list = _fabrics.AccessControl;
            index -= row * perFabric;
            int count = attributeId == AclId ? list.GetCount(fabric) : fabric.AccessControlExtension.Length > 0 ? 1 : 0;
            bool isOwn = fabric.Index == context.FabricIndex;
            if (fabric.Index == 0 || index >= count || (!isOwn && context.IsFabricFiltered))
            {
                return ImStatus.Success;
            }

            if (isOwn && attributeId == AclId)
            {
                list.Write(list.GetFirst(fabric) + index, TlvTag.Anonymous, writer, fabric.Index);
                return ImStatus.Success;
            }

            // Every field but the index is fabric-sensitive.
            writer.StartStructure(TlvTag.Anonymous);
            if (isOwn)
            {
                writer.PutBytes(DataTag, fabric.AccessControlExtension, 0, fabric.AccessControlExtension.Length);
            }

            writer.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabric.Index);
            writer.EndContainer();
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            return attributeId == AclId ? WriteEntries(fabric, value, context.Session) : WriteExtensions(fabric, value, context.Session);
        }

        /// <inheritdoc/>
        public override int WriteItem(uint attributeId, TlvReader item, InteractionContext context)
        {
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            if (attributeId == ExtensionId)
            {
                // One is all that a fabric has.
                int length = ReadExtension(item);
                return fabric.AccessControlExtension.Length > 0
                    ? ImStatus.ConstraintError : WriteExtension(fabric, item, _extensionOffset, length, context.Session);
            }

            AccessControlList list = _fabrics.AccessControl;
            list.Begin(fabric, true);
            return Commit(list.Add(item), fabric, list.GetCount(fabric), context.Session);
        }

        /// <inheritdoc/>
        /// <remarks>It comes with an entry for its administrator.</remarks>
        public void FabricAdded(Fabric fabric, long now)
        {
            Changed(AclId);
        }

        /// <inheritdoc/>
        public void FabricUpdated(Fabric fabric, long now)
        {
        }

        /// <inheritdoc/>
        public void FabricRemoved(int fabricIndex, long now)
        {
            Changed(AclId);
            Changed(ExtensionId);
        }

        private int WriteEntries(Fabric fabric, TlvReader value, Session session)
        {
            AccessControlList list = _fabrics.AccessControl;
            list.Begin(fabric, false);
            int result = 0;
            value.Enter();
            while (result == 0 && value.Next())
            {
                result = list.Add(value);
            }

            value.Exit();
            return Commit(result != 0 ? result : value.Error, fabric, 0, session);
        }

        /// <summary>A fabric was added with an entry for its administrator.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="session">The session that added it.</param>
        public void AdministratorAdded(Fabric fabric, Session session)
        {
            RaiseEntryChanged(IsAdded, _fabrics.AccessControl.GetFirst(fabric), fabric.Index, session);
        }

        private int Commit(int staged, Fabric fabric, int kept, Session session)
        {
            AccessControlList list = _fabrics.AccessControl;
            int result = staged == 0 ? list.Persist() : staged;
            if (result == 0)
            {
                RaiseDifference(list, fabric, kept, session);
                list.Apply();
                Changed(AclId);
            }

            return StatusOf(result);
        }

        private int WriteExtensions(Fabric fabric, TlvReader value, Session session)
        {
            value.Enter();
            if (!value.Next())
            {
                return value.Error != 0 ? StatusOf(value.Error) : SetExtension(fabric, value.Buffer, 0, 0, session);
            }

            int length = ReadExtension(value);
            int offset = _extensionOffset;
            bool isAlone = !value.Next();
            return value.Error == 0 && !isAlone ? ImStatus.ConstraintError : WriteExtension(fabric, value, offset, length, session);
        }

        // Reads an AccessControlExtensionStruct; answers the length of its data and leaves their place in a field.
        private int ReadExtension(TlvReader item)
        {
            int length = -1;
            if (item.Type != TlvType.Structure)
            {
                item.Fail(MatterError.WrongType);
                return length;
            }

            item.Enter();
            while (item.Next())
            {
                if (item.Tag == DataTag)
                {
                    length = item.GetBytes(0, Fabric.MaxExtensionLength);
                    _extensionOffset = item.ValueOffset;
                }
            }

            item.Exit();
            return length;
        }

        // The reader is through with its value and goes over the data in it.
        private int WriteExtension(Fabric fabric, TlvReader reader, int offset, int length, Session session)
        {
            if (reader.Error != 0)
            {
                return StatusOf(reader.Error);
            }

            byte[] buffer = reader.Buffer;
            if (length < 0)
            {
                return ImStatus.ConstraintError;
            }

            reader.Reset(buffer, offset, length);
            return IsExtension(reader) ? SetExtension(fabric, buffer, offset, length, session) : ImStatus.ConstraintError;
        }

        // The data are one anonymous list of elements with profile tags.
        private static bool IsExtension(TlvReader reader)
        {
            if (!reader.Next() || reader.Type != TlvType.List || reader.Tag != TlvTag.Anonymous)
            {
                return false;
            }

            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag != TlvTag.Profile)
                {
                    return false;
                }
            }

            return reader.Finish() == 0;
        }

        private int SetExtension(Fabric fabric, byte[] buffer, int offset, int length, Session session)
        {
            byte[] former = fabric.AccessControlExtension;
            bool isSame = former.Length == length && ConstantTime.Equals(former, 0, buffer, offset, length);
            if (!isSame)
            {
                bool isRemoved = length == 0;
                TlvWriter fields = BeginChange(
                    ExtensionChanged, isRemoved ? IsRemoved : former.Length == 0 ? IsAdded : IsChanged, fabric.Index, session);
                fields.StartStructure(LatestValueTag);
                fields.PutBytes(DataTag, isRemoved ? former : buffer, isRemoved ? 0 : offset, isRemoved ? former.Length : length);
                fields.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabric.Index);
                fields.EndContainer();
            }

            int result = _fabrics.SetAccessControlExtension(fabric, buffer, offset, length);
            if (result == 0)
            {
                Changed(ExtensionId);
                if (!isSame)
                {
                    EndEvent();
                }
            }

            return StatusOf(result);
        }

        // Staged entries against those in force, place by place behind those that are kept. A place that is written anew counts
        // as changed: that is what the certification test of the event expects of an entry that comes again as it was.
        private void RaiseDifference(AccessControlList list, Fabric fabric, int kept, Session session)
        {
            int before = list.GetFirst(fabric) + kept;
            int after = list.FirstStaged + kept;
            int beforeEnd = list.GetFirst(fabric) + list.GetCount(fabric);
            int afterEnd = list.FirstStaged + list.StagedCount;
            for (; before < beforeEnd && after < afterEnd; before++, after++)
            {
                RaiseEntryChanged(IsChanged, after, fabric.Index, session);
            }

            for (; before < beforeEnd; before++)
            {
                RaiseEntryChanged(IsRemoved, before, fabric.Index, session);
            }

            for (; after < afterEnd; after++)
            {
                RaiseEntryChanged(IsAdded, after, fabric.Index, session);
            }
        }

        private void RaiseEntryChanged(uint change, int entry, int fabricIndex, Session session)
        {
            _fabrics.AccessControl.Write(entry, LatestValueTag, BeginChange(EntryChanged, change, fabricIndex, session), fabricIndex);
            EndEvent();
        }

        // All fields of an event but LatestValue.
        private TlvWriter BeginChange(uint eventId, uint change, int fabricIndex, Session session)
        {
            TlvWriter fields = BeginEvent(eventId, fabricIndex);
            if (session.Type == SessionType.Pase)
            {
                // The passcode id of commissioning.
                fields.PutNull(1);
                fields.PutUnsigned(2, 0);
            }
            else
            {
                fields.PutUnsigned(1, session.PeerNodeId);
                fields.PutNull(2);
            }

            fields.PutUnsigned(3, change);
            return fields;
        }

        private static int StatusOf(int result)
        {
            switch (result)
            {
                case 0: return ImStatus.Success;
                case MatterError.TableFull: return ImStatus.ResourceExhausted;
                case MatterError.StorageFailed: return ImStatus.Failure;
                default: return ImStatus.OfValue(result);
            }
        }
    }
}
