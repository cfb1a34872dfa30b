using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Network Commissioning with the Ethernet feature (Matter Core 11.9): one network, always configured.</summary>
    public sealed class NetworkCommissioningCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0031;

        private const uint MaxNetworksId = 0x0000;
        private const uint InterfaceEnabledId = 0x0004;
        private const uint LastNetworkingStatusId = 0x0005;
        private const uint LastNetworkIdId = 0x0006;
        private const uint LastConnectErrorValueId = 0x0007;

        private const uint EthernetFeature = 4;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadAdminister, Quality.Fixed,
            0x00, 0x01, Access.ReadAdminister, Quality.List,
            0x00, 0x04, Access.ReadView | Access.WriteAdminister, Quality.NonVolatile,
            0x00, 0x05, Access.ReadAdminister, Quality.Nullable,
            0x00, 0x06, Access.ReadAdminister, Quality.Nullable,
            0x00, 0x07, Access.ReadAdminister, Quality.Nullable,
        };

        private readonly NetworkInterface _network;

        /// <summary>Creates the cluster.</summary>
        /// <param name="network">The node's interface; its name is the NetworkID.</param>
        public NetworkCommissioningCluster(NetworkInterface network)
            : base(ClusterId, 2, EthernetFeature, AttributeTable, null)
        {
            _network = network;
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case MaxNetworksId:
                    writer.PutUnsigned(tag, 1);
                    break;
                case InterfaceEnabledId:
                    writer.PutBoolean(tag, true);
                    break;
                case LastNetworkingStatusId:
                case LastNetworkIdId:
                case LastConnectErrorValueId:
                    writer.PutNull(tag);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            if (index > 0)
            {
                return ImStatus.NotFound;
            }

            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(0, _network.Name, 0, _network.Name.Length);
            writer.PutBoolean(1, _network.IsOperational);
            writer.EndContainer();
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            bool enabled = value.GetBoolean();
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            // The only interface carries this very request: it cannot be switched off.
            return enabled ? ImStatus.Success : ImStatus.InvalidAction;
        }
    }
}
