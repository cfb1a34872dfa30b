using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>GroupKeyMap and GroupTable.</content>
    public sealed partial class GroupKeyManagementCluster
    {
        private int ReadMapEntry(int index, TlvWriter writer, InteractionContext context)
        {
            int row = index / Limits.GroupsPerFabric;
            if (row >= _fabrics.Capacity)
            {
                return ImStatus.NotFound;
            }

            Fabric fabric = _fabrics.GetRow(row);
            GroupKeyTable keys = _fabrics.GroupKeys;
            index -= row * Limits.GroupsPerFabric;
            if (fabric.Index != 0 && index < keys.GetGroupCount(fabric)
                && (fabric.Index == context.FabricIndex || !context.IsFabricFiltered))
            {
                writer.StartStructure(TlvTag.Anonymous);
                writer.PutUnsigned(1, (ulong)keys.GetGroupId(fabric, index));
                writer.PutUnsigned(2, (ulong)keys.GetGroupSetId(fabric, index));
                writer.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabric.Index);
                writer.EndContainer();
            }

            return ImStatus.Success;
        }

        /// <summary>A group shows at the first row that names it, with the endpoints of all its rows.</summary>
        private int ReadGroup(int index, TlvWriter writer, InteractionContext context)
        {
            if (index >= GroupTable.Capacity)
            {
                return ImStatus.NotFound;
            }

            int fabricIndex = Groups.GetFabricIndex(index);
            int groupId = Groups.GetGroupId(index);
            if (fabricIndex == 0 || (fabricIndex != context.FabricIndex && context.IsFabricFiltered))
            {
                return ImStatus.Success;
            }

            for (int row = 0; row < index; row++)
            {
                if (IsMember(row, fabricIndex, groupId))
                {
                    return ImStatus.Success;
                }
            }

            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(1, (ulong)groupId);
            writer.StartArray(2);
            for (int row = index; row < GroupTable.Capacity; row++)
            {
                if (IsMember(row, fabricIndex, groupId))
                {
                    writer.PutUnsigned(TlvTag.Anonymous, (ulong)Groups.GetEndpointId(row));
                }
            }

            writer.EndContainer();
            writer.PutString(3, writer.Buffer, 0, 0); // GroupName: names aren't kept
            writer.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabricIndex);
            writer.EndContainer();
            return ImStatus.Success;
        }

        private bool IsMember(int row, int fabricIndex, int groupId)
        {
            return Groups.GetFabricIndex(row) == fabricIndex && Groups.GetGroupId(row) == groupId;
        }

        private int AddMapEntry(TlvReader item)
        {
            int groupId = 0;
            int setId = 0;
            if (item.Type != TlvType.Structure)
            {
                item.Fail(MatterError.WrongType);
            }

            item.Enter();
            while (item.Next())
            {
                switch (item.Tag)
                {
                    case 1:
                        groupId = (int)item.GetUnsigned(0xFFFF);
                        break;
                    case 2:
                        setId = (int)item.GetUnsigned(0xFFFF);
                        break;
                }
            }

            item.Exit();
            if (item.Error != 0)
            {
                return ImStatus.OfValue(item.Error);
            }

            if (groupId == 0 || setId == GroupKeyTable.IpkSetId)
            {
                return ImStatus.ConstraintError;
            }

            switch (_fabrics.GroupKeys.AddGroup(groupId, setId))
            {
                case 0:
                    return ImStatus.Success;
                case MatterError.TableFull:
                    return ImStatus.ResourceExhausted;
                default:
                    return ImStatus.ConstraintError;
            }
        }

        private int CommitMap()
        {
            if (_fabrics.GroupKeys.Commit() != 0)
            {
                return ImStatus.Failure;
            }

            Changed(GroupKeyMapId);
            return ImStatus.Success;
        }
    }
}
