using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>A Contact Sensor, as on doors and windows.</summary>
    public sealed class ContactSensor : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0015;

        /// <summary>Puts the sensor together.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="isClosed">The state at start.</param>
        public ContactSensor(int id, bool isClosed)
            : base(id, DeviceType, 2, IdentifyCluster.VisibleIndicator)
        {
            Contact = new BooleanStateCluster(isClosed);
            Add(Contact);
        }

        /// <summary>The contact: <see cref="BooleanStateCluster.Set"/> tells whether it is closed.</summary>
        public BooleanStateCluster Contact { get; }
    }
}
