using Matter.Nano.Clusters;
using Matter.Nano.Devices;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A sample device: what it is, its endpoints, and what its hardware would tell it.</summary>
    public abstract class SampleDevice
    {
        /// <summary>In <see cref="Set"/>: no value.</summary>
        public const int Unknown = int.MinValue;

        private int _identifying; // devices that make themselves known

        /// <summary>ProductName.</summary>
        public abstract string ProductName { get; }

        /// <summary>The device type by which it is announced.</summary>
        public abstract uint PrimaryDeviceType { get; }

        /// <summary>True while one of its devices makes itself known.</summary>
        public bool IsIdentifying { get { return _identifying > 0; } }

        /// <summary>Adds the sample's endpoints to a node that has not started yet.</summary>
        /// <param name="node">The node.</param>
        public abstract void AddTo(Node node);

        /// <summary>What the hardware would tell: a measurement, a button, a contact.</summary>
        /// <param name="name">What it is about, as the sample names it.</param>
        /// <param name="value">Its value, in the unit that the cluster has on the wire.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>False if the sample doesn't have it or doesn't take the value.</returns>
        public abstract bool Set(string name, int value, long now);

        /// <summary>Has <see cref="IsIdentifying"/> count a device.</summary>
        /// <param name="device">One of the sample's.</param>
        protected void Watch(DeviceEndpoint device)
        {
            device.Identify.Handler = Identified;
        }

        /// <summary>Sets a measurement.</summary>
        /// <param name="measurement">One of the sample's.</param>
        /// <param name="value">The value or <see cref="Unknown"/>.</param>
        protected static void Measure(MeasurementCluster measurement, int value)
        {
            if (value == Unknown)
            {
                measurement.SetUnknown();
            }
            else
            {
                measurement.Set(value);
            }
        }

        private void Identified(IdentifyCluster cluster, int effect, bool isIdentifying)
        {
            if (effect == IdentifyCluster.NoEffect)
            {
                _identifying += isIdentifying ? 1 : -1;
            }
        }
    }
}
