using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Temperature Measurement, in hundredths of a degree Celsius: 2150 is 21.5 °C.</summary>
    public sealed class TemperatureMeasurementCluster : MeasurementCluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0402;

        /// <summary>Absolute zero.</summary>
        public const int Lowest = -27315;

        /// <summary>The highest value on the wire.</summary>
        public const int Highest = 32767;

        /// <summary>Creates the cluster; the value is unknown. Throws if the limits make no sense.</summary>
        /// <param name="minimum">The lowest temperature that the sensor can measure, from <see cref="Lowest"/>.</param>
        /// <param name="maximum">The highest, up to <see cref="Highest"/>.</param>
        /// <param name="tolerance">By how much it may be wrong, 0 to 2048.</param>
        public TemperatureMeasurementCluster(int minimum, int maximum, int tolerance)
            : base(ClusterId, 6, minimum < Lowest ? int.MaxValue : minimum, maximum > Highest ? int.MinValue : maximum, tolerance)
        {
        }

        /// <inheritdoc/>
        protected override void Put(TlvWriter writer, int tag, int value)
        {
            writer.PutSigned(tag, value);
        }
    }
}
