using Matter.Nano.Clusters;
using Matter.Nano.Devices;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A socket that is switched on and off.</summary>
    public sealed class PlugSample : SampleDevice
    {
        private readonly OnOffPlugInUnit _plug;

        /// <summary>Puts the sample together.</summary>
        /// <param name="switched">Switches the socket; may be null.</param>
        public PlugSample(OnOffHandler switched)
        {
            _plug = new OnOffPlugInUnit(1, switched);
            Watch(_plug);
        }

        /// <inheritdoc/>
        public override string ProductName { get { return "Matter.Nano Plug"; } }

        /// <inheritdoc/>
        public override uint PrimaryDeviceType { get { return OnOffPlugInUnit.DeviceType; } }

        /// <inheritdoc/>
        public override void AddTo(Node node)
        {
            node.Add(_plug);
        }

        /// <inheritdoc/>
        public override bool Set(string name, int value, long now)
        {
            if (name != "toggle")
            {
                return false;
            }

            _plug.OnOff.Switch(!_plug.OnOff.IsOn);
            return true;
        }
    }
}
