using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;

namespace Matter.Nano.Devices
{
    /// <summary>An Aggregator: the endpoint of a bridge, whose parts are the things behind it.</summary>
    public sealed class Aggregator : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = DescriptorCluster.AggregatorDeviceType;

        /// <summary>Creates the endpoint. It must be added to the node before things are added to it.</summary>
        /// <param name="id">Endpoint number.</param>
        public Aggregator(int id)
            : base(id, DeviceType, 2, IdentifyCluster.VisibleIndicator)
        {
        }

        /// <summary>
        /// Adds a thing behind the bridge, also while the node runs: <see cref="Node.Remove"/> takes it away. A new thing's endpoint
        /// has the number <see cref="DataModel.NextEndpointId"/>, which it keeps for ever.
        /// </summary>
        /// <param name="thing">A device, or a <see cref="BridgedNode"/> that is several.</param>
        /// <param name="id">What tells it from all others behind this bridge for ever, such as its address.</param>
        /// <param name="nodeLabel">Its name until a controller renames it, up to 32 bytes in UTF-8.</param>
        /// <returns>What controllers learn about it, to be completed at once.</returns>
        public BridgedDeviceBasicInformationCluster Add(Endpoint thing, string id, string nodeLabel)
        {
            BasicInformationCluster bridge = (BasicInformationCluster)Model.Find(0).Find(BasicInformationCluster.ClusterId);
            BridgedDeviceBasicInformationCluster information = new BridgedDeviceBasicInformationCluster(bridge, id, nodeLabel);
            thing.AddDeviceType(BridgedNode.DeviceType, BridgedNode.DeviceTypeRevision);
            thing.Add(information);
            Add(thing);
            return information;
        }
    }
}
