using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Descriptor (Matter Core 9.5): what an endpoint is and has, read off the endpoint itself.</summary>
    public sealed class DescriptorCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x001D;

        /// <summary>Device type of an aggregator, the endpoint of a bridge.</summary>
        public const uint AggregatorDeviceType = 0x000E;

        private const uint DeviceTypeListId = 0x0000;
        private const uint ServerListId = 0x0001;
        private const uint ClientListId = 0x0002;
        private const uint PartsListId = 0x0003;
        private const uint TagListId = 0x0004;

        private const uint TagListFeature = 1;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.List | Quality.Fixed,
            0x00, 0x01, Access.ReadView, Quality.List | Quality.Fixed,
            0x00, 0x02, Access.ReadView, Quality.List | Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.List,
            0x00, 0x04, Access.ReadView, Quality.List | Quality.Fixed | Quality.Optional,
        };

        /// <summary>Creates the cluster.</summary>
        public DescriptorCluster()
            : base(ClusterId, 3, 0, AttributeTable, null)
        {
        }

        /// <inheritdoc/>
        public override uint Features { get { return HasTags ? TagListFeature : 0; } }

        private bool HasTags { get { return Endpoint != null && Endpoint.TagCount > 0; } }

        /// <inheritdoc/>
        public override bool Has(uint attributeId)
        {
            return HasTags;
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            return ImStatus.UnsupportedAttribute;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            Endpoint endpoint = Endpoint;
            switch (attributeId)
            {
                case DeviceTypeListId:
                    if (index >= endpoint.DeviceTypeCount)
                    {
                        return ImStatus.NotFound;
                    }

                    writer.StartStructure(TlvTag.Anonymous);
                    writer.PutUnsigned(0, endpoint.GetDeviceType(index));
                    writer.PutUnsigned(1, (ulong)endpoint.GetDeviceTypeRevision(index));
                    writer.EndContainer();
                    return ImStatus.Success;

                case ServerListId:
                    if (index >= endpoint.ClusterCount)
                    {
                        return ImStatus.NotFound;
                    }

                    writer.PutUnsigned(TlvTag.Anonymous, endpoint.GetCluster(index).Id);
                    return ImStatus.Success;

                case PartsListId:
                    if (index >= endpoint.Model.EndpointCount)
                    {
                        return ImStatus.NotFound;
                    }

                    Endpoint part = endpoint.Model.GetEndpoint(index);
                    if (IsPart(part))
                    {
                        writer.PutUnsigned(TlvTag.Anonymous, (ulong)part.Id);
                    }

                    return ImStatus.Success;

                case TagListId:
                    if (index >= endpoint.TagCount)
                    {
                        return ImStatus.NotFound;
                    }

                    writer.StartStructure(TlvTag.Anonymous);
                    writer.PutNull(0); // MfgCode: a standard namespace
                    writer.PutUnsigned(1, (ulong)endpoint.GetTagNamespace(index));
                    writer.PutUnsigned(2, (ulong)endpoint.GetTag(index));
                    writer.EndContainer();
                    return ImStatus.Success;

                case ClientListId:
                default:
                    return ImStatus.NotFound;
            }
        }

        /// <inheritdoc/>
        public override void PartsChanged()
        {
            Changed(PartsListId);
        }

        // The root and an aggregator list all endpoints below them, others their own parts.
        private bool IsPart(Endpoint part)
        {
            Endpoint endpoint = Endpoint;
            if (part.Id == 0 || endpoint.Id == 0)
            {
                return part.Id != 0;
            }

            if (!endpoint.Is(AggregatorDeviceType))
            {
                return part.ParentId == endpoint.Id;
            }

            while (part != null && part.Id != 0 && part.ParentId != endpoint.Id)
            {
                part = endpoint.Model.Find(part.ParentId);
            }

            return part != null && part.Id != 0;
        }
    }
}
