using Matter.Nano.Clusters;
using Matter.Nano.Devices;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A lamp that is dimmed.</summary>
    public sealed class DimmableSample : SampleDevice
    {
        private readonly DimmableLight _light;

        /// <summary>Puts the sample together.</summary>
        /// <param name="dimmed">Makes the lamp as bright as asked for; may be null.</param>
        public DimmableSample(LevelHandler dimmed)
        {
            _light = new DimmableLight(1, dimmed);
            Watch(_light);
        }

        /// <inheritdoc/>
        public override string ProductName { get { return "Matter.Nano Dimmer"; } }

        /// <inheritdoc/>
        public override uint PrimaryDeviceType { get { return DimmableLight.DeviceType; } }

        /// <inheritdoc/>
        public override void AddTo(Node node)
        {
            node.Add(_light);
        }

        /// <inheritdoc/>
        public override bool Set(string name, int value, long now)
        {
            switch (name)
            {
                case "toggle":
                    _light.OnOff.Switch(!_light.OnOff.IsOn);
                    return true;
                case "level":
                    _light.Level.Dim(value);
                    return true;
                default:
                    return false;
            }
        }
    }
}
