using Matter.Nano.Clusters;
using Matter.Nano.Devices;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A multi-sensor: temperature, humidity, presence, and a contact on a door.</summary>
    public sealed class SensorSample : SampleDevice
    {
        private readonly TemperatureSensor _air = new TemperatureSensor(1);
        private readonly HumiditySensor _damp = new HumiditySensor(2);
        private readonly OccupancySensor _presence = new OccupancySensor(3, OccupancySensingCluster.PassiveInfrared, 10);
        private readonly ContactSensor _door = new ContactSensor(4, true);

        /// <summary>Puts the sample together.</summary>
        public SensorSample()
        {
            Watch(_air);
            Watch(_damp);
            Watch(_presence);
            Watch(_door);
        }

        /// <inheritdoc/>
        public override string ProductName { get { return "Matter.Nano Sensor"; } }

        /// <inheritdoc/>
        public override uint PrimaryDeviceType { get { return TemperatureSensor.DeviceType; } }

        /// <inheritdoc/>
        public override void AddTo(Node node)
        {
            node.Add(_air);
            node.Add(_damp);
            node.Add(_presence);
            node.Add(_door);
        }

        /// <inheritdoc/>
        public override bool Set(string name, int value, long now)
        {
            switch (name)
            {
                case "temperature":
                    Measure(_air.Temperature, value);
                    return true;
                case "humidity":
                    Measure(_damp.Humidity, value);
                    return true;
                case "occupied":
                    _presence.Occupancy.Set(value != 0);
                    return true;
                case "closed":
                    _door.Contact.Set(value != 0);
                    return true;
                default:
                    return false;
            }
        }
    }
}
