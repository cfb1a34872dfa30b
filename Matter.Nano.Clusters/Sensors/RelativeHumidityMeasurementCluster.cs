using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Relative Humidity Measurement, in hundredths of a percent: 4550 is 45.5 %.</summary>
    public sealed class RelativeHumidityMeasurementCluster : MeasurementCluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0405;

        /// <summary>100 %.</summary>
        public const int Highest = 10000;

        /// <summary>Creates the cluster; the value is unknown. Throws if the limits make no sense.</summary>
        /// <param name="minimum">The lowest humidity that the sensor can measure, from 0.</param>
        /// <param name="maximum">The highest, up to <see cref="Highest"/>.</param>
        /// <param name="tolerance">By how much it may be wrong, 0 to 2048.</param>
        public RelativeHumidityMeasurementCluster(int minimum, int maximum, int tolerance)
            : base(ClusterId, 5, minimum < 0 ? int.MaxValue : minimum, maximum > Highest ? int.MinValue : maximum, tolerance)
        {
        }

        /// <inheritdoc/>
        protected override void Put(TlvWriter writer, int tag, int value)
        {
            writer.PutUnsigned(tag, (ulong)value);
        }
    }
}
