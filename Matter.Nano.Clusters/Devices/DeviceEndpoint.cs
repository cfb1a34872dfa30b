using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;

namespace Matter.Nano.Devices
{
    /// <summary>An endpoint with a device type, Descriptor and Identify; derived classes add what their device type requires.</summary>
    /// <remarks>
    /// Put together, then added: <c>node.Add(new OnOffLight(1, LampSwitched))</c>. Further clusters of its own, optional or
    /// manufacturer-specific, are added likewise: <c>light.Add(new FilterCluster())</c>.
    /// </remarks>
    public abstract class DeviceEndpoint : Endpoint
    {
        /// <summary>Creates the endpoint.</summary>
        /// <param name="id">Endpoint number, 1 to 0xFFFE, different from all others of the node.</param>
        /// <param name="deviceType">Device type id.</param>
        /// <param name="revision">Its revision.</param>
        /// <param name="identifyType">How the device makes itself known, such as <see cref="IdentifyCluster.VisibleIndicator"/>.</param>
        protected DeviceEndpoint(int id, uint deviceType, int revision, int identifyType)
            : base(id, 0)
        {
            AddDeviceType(deviceType, revision);
            Identify = new IdentifyCluster(identifyType, null);
            Add(new DescriptorCluster());
            Add(Identify);
        }

        /// <summary>Identify; its handler is for the application to set.</summary>
        public IdentifyCluster Identify { get; }
    }
}
