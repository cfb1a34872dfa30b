using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Group Key Management (Matter Core 11.2): key sets, which group uses which, which endpoints are in which group.</summary>
    public sealed partial class GroupKeyManagementCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x003F;

        private const uint GroupKeyMapId = 0x0000;
        private const uint GroupTableId = 0x0001;
        private const uint MaxGroupsPerFabricId = 0x0002;
        private const uint MaxGroupKeysPerFabricId = 0x0003;

        private const uint KeySetWrite = 0x00;
        private const uint KeySetRead = 0x01;
        private const byte KeySetReadResponse = 0x02;
        private const uint KeySetRemove = 0x03;
        private const uint KeySetReadAllIndices = 0x04;
        private const byte KeySetReadAllIndicesResponse = 0x05;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView | Access.WriteManage | Access.FabricScoped, Quality.List,
            0x00, 0x01, Access.ReadView | Access.FabricScoped, Quality.List,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Administer | CommandAccess.FabricScoped, CommandAccess.NoResponse,
            0x01, CommandAccess.Administer | CommandAccess.FabricScoped, KeySetReadResponse,
            0x03, CommandAccess.Administer | CommandAccess.FabricScoped, CommandAccess.NoResponse,
            0x04, CommandAccess.Administer | CommandAccess.FabricScoped, KeySetReadAllIndicesResponse,
        };

        private readonly FabricTable _fabrics;
        private readonly KeySetFields _keySet = new KeySetFields();

        /// <summary>Creates the cluster.</summary>
        /// <param name="fabrics">The node's fabrics with their key sets.</param>
        public GroupKeyManagementCluster(FabricTable fabrics)
            : base(ClusterId, 3, 0, AttributeTable, CommandTable)
        {
            _fabrics = fabrics;
        }

        /// <summary>Which endpoints are in which groups.</summary>
        public GroupTable Groups { get; } = new GroupTable();

        /// <summary>A Groups cluster changed <see cref="Groups"/>.</summary>
        public void GroupsChanged()
        {
            Changed(GroupTableId);
            SaveSoon();
        }

        /// <summary>Whether a group has a key set.</summary>
        /// <param name="fabricIndex">Fabric index.</param>
        /// <param name="groupId">Group id.</param>
        /// <returns>True if the GroupKeyMap names a set that exists.</returns>
        public bool HasKey(int fabricIndex, int groupId)
        {
            Fabric fabric = _fabrics.Find(fabricIndex);
            GroupKeyTable keys = _fabrics.GroupKeys;
            for (int i = 0; i < keys.GetGroupCount(fabric); i++)
            {
                if (keys.GetGroupId(fabric, i) == groupId)
                {
                    return keys.Find(fabric, keys.GetGroupSetId(fabric, i)) >= 0;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case MaxGroupsPerFabricId:
                    writer.PutUnsigned(tag, Limits.GroupsPerFabric);
                    break;
                case MaxGroupKeysPerFabricId:
                    writer.PutUnsigned(tag, Limits.GroupKeySetsPerFabric);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            return attributeId == GroupKeyMapId ? ReadMapEntry(index, writer, context) : ReadGroup(index, writer, context);
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            GroupKeyTable keys = _fabrics.GroupKeys;
            keys.Begin(_fabrics.Find(context.FabricIndex));
            keys.ClearGroups();
            int status = ImStatus.Success;
            value.Enter();
            while (status == ImStatus.Success && value.Next())
            {
                status = AddMapEntry(value);
            }

            value.Exit();
            if (status == ImStatus.Success)
            {
                status = ImStatus.OfValue(value.Error);
            }

            return status == ImStatus.Success ? CommitMap() : status;
        }

        /// <inheritdoc/>
        public override int WriteItem(uint attributeId, TlvReader item, InteractionContext context)
        {
            _fabrics.GroupKeys.Begin(_fabrics.Find(context.FabricIndex));
            int status = AddMapEntry(item);
            return status == ImStatus.Success ? CommitMap() : status;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            if (commandId == KeySetWrite)
            {
                int status = _keySet.Read(fields);
                if (status == ImStatus.Success)
                {
                    return ImStatus.Pending;
                }

                _keySet.Wipe();
                return status;
            }

            if (commandId == KeySetReadAllIndices)
            {
                response.StartArray(0);
                GroupKeyTable keys = _fabrics.GroupKeys;
                int first = keys.GetFirst(fabric);
                for (int set = first; set < first + Limits.GroupKeySetsPerFabric; set++)
                {
                    if (keys.GetKeyCount(set) != 0)
                    {
                        response.PutUnsigned(TlvTag.Anonymous, (ulong)keys.GetSetId(set));
                    }
                }

                response.EndContainer();
                return ImStatus.Success;
            }

            int setId = -1;
            fields.Enter();
            while (fields.Next())
            {
                if (fields.Tag == 0)
                {
                    setId = (int)fields.GetUnsigned(0xFFFF);
                }
            }

            fields.Exit();
            if (fields.Error != 0 || setId < 0)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            return commandId == KeySetRead ? InvokeKeySetRead(fabric, setId, response) : InvokeKeySetRemove(fabric, setId);
        }

        /// <inheritdoc/>
        public override int Continue(TlvWriter response, InteractionContext context)
        {
            // KeySetWrite, whose fabric another administrator may have removed.
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            int status = ImStatus.Failure;
            if (fabric != null)
            {
                if (_keySet.Derive(_fabrics.GroupKeys, fabric))
                {
                    return ImStatus.Pending;
                }

                status = _keySet.Store(_fabrics.GroupKeys, fabric);
            }

            _keySet.Wipe();
            return status;
        }

        /// <inheritdoc/>
        public override void Cancel()
        {
            _keySet.Wipe();
        }

        /// <inheritdoc/>
        public override void FabricRemoved(int fabricIndex)
        {
            Groups.RemoveFabric(fabricIndex);
            GroupsChanged();
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            Groups.Write((int)GroupTableId, writer);
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag == (int)GroupTableId)
                {
                    Groups.Read(reader);
                }
            }

            // Without the fabrics that a power cut let go before this could be stored.
            for (int row = 0; row < GroupTable.Capacity; row++)
            {
                if (_fabrics.Find(Groups.GetFabricIndex(row)) == null)
                {
                    Groups.Remove(row);
                }
            }
        }

        private int InvokeKeySetRead(Fabric fabric, int setId, TlvWriter response)
        {
            GroupKeyTable keys = _fabrics.GroupKeys;
            int set = keys.Find(fabric, setId);
            if (set < 0)
            {
                return ImStatus.NotFound;
            }

            response.StartStructure(0);
            response.PutUnsigned(0, (ulong)setId);
            response.PutUnsigned(1, (ulong)keys.GetPolicy(set));
            for (int i = 0; i < GroupKeyTable.KeysPerSet; i++)
            {
                // Epoch keys are never read back.
                response.PutNull(2 + (2 * i));
                if (i < keys.GetKeyCount(set))
                {
                    response.PutUnsigned(3 + (2 * i), keys.GetStartTime(keys.GetFirstKey(set) + i));
                }
                else
                {
                    response.PutNull(3 + (2 * i));
                }
            }

            response.EndContainer();
            return ImStatus.Success;
        }

        private int InvokeKeySetRemove(Fabric fabric, int setId)
        {
            if (setId == GroupKeyTable.IpkSetId)
            {
                return ImStatus.InvalidCommand;
            }

            GroupKeyTable keys = _fabrics.GroupKeys;
            keys.Begin(fabric);
            if (keys.RemoveSet(setId) != 0)
            {
                return ImStatus.NotFound;
            }

            return CommitMap();
        }
    }
}
