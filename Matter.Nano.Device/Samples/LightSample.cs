using Matter.Nano.Clusters;
using Matter.Nano.Devices;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A lamp that is switched on and off.</summary>
    public sealed class LightSample : SampleDevice
    {
        private readonly OnOffLight _light;

        /// <summary>Puts the sample together.</summary>
        /// <param name="switched">Switches the lamp; may be null.</param>
        public LightSample(OnOffHandler switched)
        {
            _light = new OnOffLight(1, switched);
            Watch(_light);
        }

        /// <inheritdoc/>
        public override string ProductName { get { return "Matter.Nano Light"; } }

        /// <inheritdoc/>
        public override uint PrimaryDeviceType { get { return OnOffLight.DeviceType; } }

        /// <inheritdoc/>
        public override void AddTo(Node node)
        {
            node.Add(_light);
        }

        /// <inheritdoc/>
        public override bool Set(string name, int value, long now)
        {
            if (name != "toggle")
            {
                return false;
            }

            _light.OnOff.Switch(!_light.OnOff.IsOn);
            return true;
        }
    }
}
