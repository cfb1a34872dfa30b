using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Groups without group names (Matter Application Clusters 1.3).</summary>
    public sealed class GroupsCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0004;

        private const uint AddGroup = 0x00;
        private const uint ViewGroup = 0x01;
        private const uint GetGroupMembership = 0x02;
        private const uint RemoveGroup = 0x03;
        private const uint RemoveAllGroups = 0x04;
        private const uint AddGroupIfIdentifying = 0x05;

        private const int MaxNameLength = 16;

        private static readonly byte[] AttributeTable = { 0x00, 0x00, Access.ReadView, Quality.Fixed };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Manage | CommandAccess.FabricScoped, 0x00,
            0x01, CommandAccess.Operate | CommandAccess.FabricScoped, 0x01,
            0x02, CommandAccess.Operate | CommandAccess.FabricScoped, 0x02,
            0x03, CommandAccess.Manage | CommandAccess.FabricScoped, 0x03,
            0x04, CommandAccess.Manage | CommandAccess.FabricScoped, CommandAccess.NoResponse,
            0x05, CommandAccess.Manage | CommandAccess.FabricScoped, CommandAccess.NoResponse,
        };

        private GroupKeyManagementCluster _management; // null until it is needed
        private readonly IdentifyCluster _identify;

        /// <summary>Creates the cluster.</summary>
        /// <param name="management">The node's Group Key Management, which keeps the memberships; null for that of the root endpoint.</param>
        /// <param name="identify">The same endpoint's Identify.</param>
        public GroupsCluster(GroupKeyManagementCluster management, IdentifyCluster identify)
            : base(ClusterId, 4, 0, AttributeTable, CommandTable)
        {
            _management = management;
            _identify = identify;
        }

        private GroupKeyManagementCluster Management
        {
            get
            {
                if (_management == null)
                {
                    _management = (GroupKeyManagementCluster)Endpoint.Model.Find(0).Find(GroupKeyManagementCluster.ClusterId);
                }

                return _management;
            }
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            writer.PutUnsigned(tag, 0);
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            if (commandId == RemoveAllGroups)
            {
                RemoveAll(context.FabricIndex);
                return ImStatus.Success;
            }

            if (commandId == GetGroupMembership)
            {
                return InvokeGetGroupMembership(fields, response, context.FabricIndex);
            }

            bool adds = commandId == AddGroup || commandId == AddGroupIfIdentifying;
            int present = 0;
            int groupId = 0;
            int nameLength = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        groupId = (int)fields.GetUnsigned(0xFFFF);
                        present |= 1;
                        break;
                    case 1:
                        if (adds)
                        {
                            nameLength = fields.GetString(0, int.MaxValue);
                            present |= 2;
                        }

                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != (adds ? 3 : 1))
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            int status = groupId == 0 || nameLength > MaxNameLength
                ? ImStatus.ConstraintError
                : Execute(commandId, groupId, context.FabricIndex);
            if (commandId == AddGroupIfIdentifying)
            {
                return status;
            }

            response.PutUnsigned(0, (ulong)status);
            response.PutUnsigned(1, (ulong)groupId);
            if (commandId == ViewGroup)
            {
                response.PutString(2, response.Buffer, 0, 0);
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override void Removed()
        {
            GroupTable groups = Management.Groups;
            bool hasChanged = false;
            for (int row = 0; row < GroupTable.Capacity; row++)
            {
                if (groups.GetFabricIndex(row) != 0 && groups.GetEndpointId(row) == Endpoint.Id)
                {
                    groups.Remove(row);
                    hasChanged = true;
                }
            }

            if (hasChanged)
            {
                Management.GroupsChanged();
            }
        }

        private int Execute(uint commandId, int groupId, int fabricIndex)
        {
            GroupTable groups = Management.Groups;
            int row = groups.Find(fabricIndex, groupId, Endpoint.Id);
            switch (commandId)
            {
                case AddGroup:
                    return Add(row, groupId, fabricIndex);
                case AddGroupIfIdentifying:
                    return _identify.IsIdentifying ? Add(row, groupId, fabricIndex) : ImStatus.Success;
                case RemoveGroup:
                    if (row >= 0)
                    {
                        groups.Remove(row);
                        Endpoint.GroupRemoved(fabricIndex, groupId);
                        Management.GroupsChanged();
                    }

                    break;
            }

            return row >= 0 ? ImStatus.Success : ImStatus.NotFound;
        }

        private int Add(int row, int groupId, int fabricIndex)
        {
            if (!Management.HasKey(fabricIndex, groupId))
            {
                return ImStatus.UnsupportedAccess;
            }

            if (row >= 0)
            {
                return ImStatus.Success;
            }

            if (Management.Groups.Add(fabricIndex, groupId, Endpoint.Id) != 0)
            {
                return ImStatus.ResourceExhausted;
            }

            Management.GroupsChanged();
            return ImStatus.Success;
        }

        private void RemoveAll(int fabricIndex)
        {
            GroupTable groups = Management.Groups;
            bool hasChanged = false;
            for (int row = 0; row < GroupTable.Capacity; row++)
            {
                if (groups.GetFabricIndex(row) == fabricIndex && groups.GetEndpointId(row) == Endpoint.Id)
                {
                    groups.Remove(row);
                    hasChanged = true;
                }
            }

            Endpoint.GroupRemoved(fabricIndex, 0);
            if (hasChanged)
            {
                Management.GroupsChanged();
            }
        }

        private int InvokeGetGroupMembership(TlvReader fields, TlvWriter response, int fabricIndex)
        {
            GroupTable groups = Management.Groups;
            bool hasList = false;
            bool isEmpty = true;
            response.PutUnsigned(0, (ulong)groups.GetRoom(fabricIndex));
            response.StartArray(1);
            fields.Enter();
            while (fields.Next())
            {
                if (fields.Tag != 0)
                {
                    continue;
                }

                hasList = true;
                if (fields.Type != TlvType.Array)
                {
                    fields.Fail(MatterError.WrongType);
                }

                fields.Enter();
                while (fields.Next())
                {
                    isEmpty = false;
                    int groupId = (int)fields.GetUnsigned(0xFFFF);
                    if (groups.Find(fabricIndex, groupId, Endpoint.Id) >= 0)
                    {
                        response.PutUnsigned(TlvTag.Anonymous, (ulong)groupId);
                    }
                }

                fields.Exit();
            }

            fields.Exit();
            if (fields.Error != 0 || !hasList)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            for (int row = 0; isEmpty && row < GroupTable.Capacity; row++)
            {
                if (groups.GetFabricIndex(row) == fabricIndex && groups.GetEndpointId(row) == Endpoint.Id)
                {
                    response.PutUnsigned(TlvTag.Anonymous, (ulong)groups.GetGroupId(row));
                }
            }

            response.EndContainer();
            return ImStatus.Success;
        }
    }
}
