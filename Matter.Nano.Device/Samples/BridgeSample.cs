using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;

namespace Matter.Nano.Device.Samples
{
    /// <summary>
    /// A bridge to a lamp, a door contact, and a weather station that is two sensors; further lamps come and go while it runs.
    /// A real bridge remembers what it is paired with, with the endpoint number of each; these lamps last until it stops.
    /// </summary>
    public sealed class BridgeSample : SampleDevice
    {
        private const int MaxEndpoints = 16;

        private readonly Aggregator _bridge = new Aggregator(1);
        private readonly OnOffHandler _switched;
        private readonly OnOffLight _lamp;
        private readonly ContactSensor _door = new ContactSensor(3, true);
        private readonly BridgedNode _station = new BridgedNode(4);
        private readonly TemperatureSensor _air = new TemperatureSensor(5);
        private readonly HumiditySensor _damp = new HumiditySensor(6);
        private BridgedDeviceBasicInformationCluster _doorInformation;
        private Node _node;

        /// <summary>Puts the sample together.</summary>
        /// <param name="switched">Switches the lamp; may be null.</param>
        public BridgeSample(OnOffHandler switched)
        {
            _switched = switched;
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
            _node = node;
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
                case "add":
                    return AddLamp();
                case "remove":
                    return Remove(value);
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

        private bool AddLamp()
        {
            DataModel model = _node.Model;
            if (model.EndpointCount == MaxEndpoints)
            {
                return false;
            }

            string number = model.NextEndpointId.ToString();
            OnOffLight lamp = new OnOffLight(model.NextEndpointId, _switched);
            Watch(lamp);
            _bridge.Add(lamp, "lamp-" + number, "Lamp " + number);
            return true;
        }

        private bool Remove(int endpointId)
        {
            Endpoint thing = _node.Model.Find(endpointId);
            if (thing == null || thing.ParentId != _bridge.Id)
            {
                return false;
            }

            _node.Remove(thing);
            return true;
        }
    }
}
