using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;

namespace Matter.Nano.Devices
{
    /// <summary>
    /// A thing behind a bridge that is several devices in one: an endpoint whose parts they are. For a thing that is one
    /// device no such endpoint is needed, see <see cref="Aggregator.Add(Endpoint, string, string)"/>.
    /// </summary>
    public sealed class BridgedNode : Endpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0013;

        /// <summary>Revision of the device type.</summary>
        public const int DeviceTypeRevision = 3;

        /// <summary>Creates the endpoint. Added to a bridge first, it takes its parts: <c>bridge.Add(station, "id", "Garden"); station.Add(new TemperatureSensor(4))</c>.</summary>
        /// <param name="id">Endpoint number.</param>
        public BridgedNode(int id)
            : base(id, 0)
        {
            Add(new DescriptorCluster());
        }
    }
}
