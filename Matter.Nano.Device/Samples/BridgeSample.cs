using Matter.Nano.Clusters;
using Matter.Nano.Devices;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A bridge to a lamp, a door contact, and a weather station that is two sensors.</summary>
    public sealed class BridgeSample : SampleDevice
    {
        private readonly Aggregator _bridge = new Aggregator(1);
        private readonly OnOffLight _lamp;
        private readonly ContactSensor _door = new ContactSensor(3, true);
        private readonly BridgedNode _station = new BridgedNode(4);
        private readonly TemperatureSensor _air = new TemperatureSensor(5);
        private readonly HumiditySensor _damp = new HumiditySensor(6);
        private BridgedDeviceBasicInformationCluster _doorInformation;

        /// <summary>Puts the sample together.</summary>
        /// <param name="switched">Switches the lamp; may be null.</param>
        public BridgeSample(OnOffHandler switched)
        {
            _lamp = new OnOffLight(2, switched);
            Watch(_bridge);
            Watch(_lamp);
            Watch(_door);
            Watch(_air);
            Watch(_damp);
        }

        /// <inheritdoc/>
        public override string ProductName { get { return "Matter.Nano Bridge"; } }

        /// <inheritdoc/>
        public override uint PrimaryDeviceType { get { return Aggregator.DeviceType; } }

        /// <inheritdoc/>
        public override void AddTo(Node node)
        {
            node.Add(_bridge);
            _bridge.Add(_lamp, "lamp-1", "Lamp").VendorName = "Acme";
            _doorInformation = _bridge.Add(_door, "door-1", "Front door");
            _bridge.Add(_station, "station-1", "Weather station");
            _station.Add(_air);
            _station.Add(_damp);
        }

        /// <inheritdoc/>
        public override bool Set(string name, int value, long now)
        {
            switch (name)
            {
                case "toggle":
                    _lamp.OnOff.Switch(!_lamp.OnOff.IsOn);
                    return true;
                case "closed":
                    _door.Contact.Set(value != 0);
                    return true;
                case "reachable":
                    _doorInformation.SetReachable(value != 0);
                    return true;
                case "temperature":
                    Measure(_air.Temperature, value);
                    return true;
                case "humidity":
                    Measure(_damp.Humidity, value);
                    return true;
                default:
                    return false;
            }
        }
    }
}
