using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>A Dimmable Light.</summary>
    public sealed class DimmableLight : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0101;

        /// <summary>Puts the light together.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="dimmed">Makes the lamp as bright as asked for, 0 for off: told of every change and once of the level at start; may be null.</param>
        public DimmableLight(int id, LevelHandler dimmed)
            : base(id, DeviceType, 3, IdentifyCluster.LightOutput)
        {
            OnOff = new OnOffCluster(null);
            Level = new LevelControlCluster(OnOff, dimmed);
            Add(new GroupsCluster(null, Identify));
            Add(OnOff);
            Add(Level);
            Add(new ScenesManagementCluster(OnOff, Level));
        }

        /// <summary>On/Off: <see cref="OnOffCluster.Switch"/> tells that it was switched by hand.</summary>
        public OnOffCluster OnOff { get; }

        /// <summary>Level Control: <see cref="LevelControlCluster.Dim"/> tells that it was dimmed by hand.</summary>
        public LevelControlCluster Level { get; }
    }
}
