using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>An On/Off Plug-in Unit: a switched socket.</summary>
    public sealed class OnOffPlugInUnit : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x010A;

        /// <summary>Puts the plug together.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="switched">Switches the socket: told of every change of state and once of the state at start; may be null.</param>
        public OnOffPlugInUnit(int id, OnOffHandler switched)
            : base(id, DeviceType, 4, IdentifyCluster.VisibleIndicator)
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
