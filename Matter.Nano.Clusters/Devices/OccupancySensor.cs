using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>An Occupancy Sensor.</summary>
    public sealed class OccupancySensor : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0107;

        /// <summary>Puts the sensor together.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="sensing">How it senses, such as <see cref="OccupancySensingCluster.PassiveInfrared"/>.</param>
        /// <param name="holdTime">How long after the last detection it counts as occupied, in s, until a controller changes it.</param>
        public OccupancySensor(int id, uint sensing, int holdTime)
            : base(id, DeviceType, 4, IdentifyCluster.VisibleIndicator)
        {
            Occupancy = new OccupancySensingCluster(sensing, holdTime);
            Add(Occupancy);
        }

        /// <summary>Occupancy: <see cref="OccupancySensingCluster.Set"/> tells what is detected.</summary>
        public OccupancySensingCluster Occupancy { get; }
    }
}
