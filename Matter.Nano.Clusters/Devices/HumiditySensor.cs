using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>A Humidity Sensor.</summary>
    public sealed class HumiditySensor : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0307;

        /// <summary>Puts together a sensor that measures from 0 % to 100 %, exact to three percent.</summary>
        /// <param name="id">Endpoint number.</param>
        public HumiditySensor(int id)
            : this(id, 0, RelativeHumidityMeasurementCluster.Highest, 300)
        {
        }

        /// <summary>Puts the sensor together; in hundredths of a percent.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="minimum">The lowest humidity that it can measure.</param>
        /// <param name="maximum">The highest.</param>
        /// <param name="tolerance">By how much it may be wrong.</param>
        public HumiditySensor(int id, int minimum, int maximum, int tolerance)
            : base(id, DeviceType, 3, IdentifyCluster.VisibleIndicator)
        {
            Humidity = new RelativeHumidityMeasurementCluster(minimum, maximum, tolerance);
            Add(Humidity);
        }

        /// <summary>The humidity: <see cref="MeasurementCluster.Set"/> tells a new one.</summary>
        public RelativeHumidityMeasurementCluster Humidity { get; }
    }
}
