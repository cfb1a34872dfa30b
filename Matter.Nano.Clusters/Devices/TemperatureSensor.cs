using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>A Temperature Sensor.</summary>
    public sealed class TemperatureSensor : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x0302;

        /// <summary>Puts together a sensor that measures from -40 °C to 125 °C, exact to half a degree.</summary>
        /// <param name="id">Endpoint number.</param>
        public TemperatureSensor(int id)
            : this(id, -4000, 12500, 50)
        {
        }

        /// <summary>Puts the sensor together; in hundredths of a degree Celsius.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="minimum">The lowest temperature that it can measure.</param>
        /// <param name="maximum">The highest.</param>
        /// <param name="tolerance">By how much it may be wrong.</param>
        public TemperatureSensor(int id, int minimum, int maximum, int tolerance)
            : base(id, DeviceType, 3, IdentifyCluster.VisibleIndicator)
        {
            Temperature = new TemperatureMeasurementCluster(minimum, maximum, tolerance);
            Add(Temperature);
        }

        /// <summary>The temperature: <see cref="MeasurementCluster.Set"/> tells a new one.</summary>
        public TemperatureMeasurementCluster Temperature { get; }
    }
}
