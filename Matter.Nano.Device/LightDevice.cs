using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;

namespace Matter.Nano.Device
{
    /// <summary>An On/Off Light (Matter Device Library 4.1) on endpoint 1 of a node.</summary>
    public sealed class LightDevice
    {
        /// <summary>The light's endpoint.</summary>
        public const int EndpointId = 1;

        /// <summary>Device type On/Off Light.</summary>
        public const uint DeviceType = 0x0100;

        private const int DeviceTypeRevision = 3;

        /// <summary>Puts the light together on a node that has not started yet.</summary>
        /// <param name="node">The node.</param>
        /// <param name="light">Switches the lamp; may be null.</param>
        /// <param name="identify">Makes the lamp known; may be null.</param>
        public LightDevice(Node node, OnOffHandler light, IdentifyHandler identify)
        {
            Identify = new IdentifyCluster(IdentifyCluster.LightOutput, identify);
            OnOff = new OnOffCluster(light);
            Endpoint endpoint = new Endpoint(EndpointId, 0);
            endpoint.AddDeviceType(DeviceType, DeviceTypeRevision);
            endpoint.Add(new DescriptorCluster());
            endpoint.Add(Identify);
            endpoint.Add(new GroupsCluster(node.GroupKeyManagement, Identify));
            endpoint.Add(OnOff);
            endpoint.Add(new ScenesManagementCluster(OnOff));
            node.Model.Add(endpoint);
        }

        /// <summary>The light's On/Off cluster.</summary>
        public OnOffCluster OnOff { get; }

        /// <summary>The light's Identify cluster.</summary>
        public IdentifyCluster Identify { get; }
    }
}
