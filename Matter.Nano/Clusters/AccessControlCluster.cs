using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Access Control (Matter Core 9.10): who may do what, each fabric its own entries.</summary>
    public sealed class AccessControlCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x001F;

        private const uint AclId = 0x0000;
        private const uint SubjectsPerEntryId = 0x0002;
        private const uint TargetsPerEntryId = 0x0003;
        private const uint EntriesPerFabricId = 0x0004;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadAdminister | Access.WriteAdminister | Access.FabricScoped, Quality.List,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
            0x00, 0x04, Access.ReadView, Quality.Fixed,
        };

        private readonly FabricTable _fabrics;

        /// <summary>Creates the cluster.</summary>
        /// <param name="fabrics">The node's fabrics with their entries.</param>
        public AccessControlCluster(FabricTable fabrics)
            : base(ClusterId, 3, 0, AttributeTable, null)
        {
            _fabrics = fabrics;
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
            int row = index / Limits.AccessControlEntriesPerFabric;
            if (row >= _fabrics.Capacity)
            {
                return ImStatus.NotFound;
            }

            Fabric fabric = _fabrics.GetRow(row);
            AccessControlList list = _fabrics.AccessControl;
            index -= row * Limits.AccessControlEntriesPerFabric;
            if (fabric.Index == 0 || index >= list.GetCount(fabric))
            {
                return ImStatus.Success;
            }

            if (fabric.Index == context.FabricIndex)
            {
                list.Write(list.GetFirst(fabric) + index, TlvTag.Anonymous, writer, fabric.Index);
            }
            else if (!context.IsFabricFiltered)
            {
                // Every other field is fabric-sensitive.
                writer.StartStructure(TlvTag.Anonymous);
                writer.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabric.Index);
                writer.EndContainer();
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            AccessControlList list = _fabrics.AccessControl;
            list.Begin(_fabrics.Find(context.FabricIndex), false);
            int result = 0;
            value.Enter();
            while (result == 0 && value.Next())
            {
                result = list.Add(value);
            }

            value.Exit();
            return Commit(result != 0 ? result : value.Error);
        }

        /// <inheritdoc/>
        public override int WriteItem(uint attributeId, TlvReader item, InteractionContext context)
        {
            AccessControlList list = _fabrics.AccessControl;
            list.Begin(_fabrics.Find(context.FabricIndex), true);
            return Commit(list.Add(item));
        }

        private int Commit(int staged)
        {
            int result = staged == 0 ? _fabrics.AccessControl.Commit() : staged;
            switch (result)
            {
                case 0:
                    Changed(AclId);
                    return ImStatus.Success;
                case MatterError.TableFull:
                    return ImStatus.ResourceExhausted;
                case MatterError.StorageFailed:
                    return ImStatus.Failure;
                default:
                    return ImStatus.OfValue(result);
            }
        }
    }
}
