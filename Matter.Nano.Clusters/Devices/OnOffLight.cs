using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>An On/Off Light (Matter Device Library 4.1).</summary>
    public sealed class OnOffLight : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0100;

        /// <summary>Puts the light together.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="switched">Switches the lamp: told of every change of state and once of the state at start; may be null.</param>
        public OnOffLight(int id, OnOffHandler switched)
            : base(id, DeviceType, 3, IdentifyCluster.LightOutput)
        {
            OnOff = new OnOffCluster(switched);
            Add(new GroupsCluster(null, Identify));
            Add(OnOff);
            Add(new ScenesManagementCluster(OnOff));
        }

        /// <summary>On/Off: <see cref="OnOffCluster.Switch"/> tells that it was switched by hand.</summary>
        public OnOffCluster OnOff { get; }
    }
}
