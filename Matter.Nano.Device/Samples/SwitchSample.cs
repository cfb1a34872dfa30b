using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;

namespace Matter.Nano.Device.Samples
{
    /// <summary>A wall switch: two buttons side by side and a knob with three positions between them.</summary>
    public sealed class SwitchSample : SampleDevice
    {
        private readonly GenericSwitch _left = new GenericSwitch(1);
        private readonly GenericSwitch _right = new GenericSwitch(2);
        private readonly GenericSwitch _knob = new GenericSwitch(3, SwitchCluster.LatchingSwitch, 3, 0);

        /// <summary>Puts the sample together.</summary>
        public SwitchSample()
        {
            Declare(_left, SemanticTag.Left);
            Declare(_right, SemanticTag.Right);
            Declare(_knob, SemanticTag.Middle);
        }

        /// <inheritdoc/>
        public override string ProductName { get { return "Matter.Nano Switch"; } }

        /// <inheritdoc/>
        public override uint PrimaryDeviceType { get { return GenericSwitch.DeviceType; } }

        /// <inheritdoc/>
        public override void AddTo(Node node)
        {
            node.Add(_left);
            node.Add(_right);
            node.Add(_knob);
        }

        /// <inheritdoc/>
        public override bool Set(string name, int value, long now)
        {
            SwitchCluster button = value == 1 ? _left.Switch : value == 2 ? _right.Switch : null;
            if (name == "press" && button != null)
            {
                button.Press(now);
                return true;
            }

            if (name == "release" && button != null)
            {
                button.Release(now);
                return true;
            }

            if (name != "position" || value < 0 || value > 2)
            {
                return false;
            }

            _knob.Switch.Turn(value);
            return true;
        }

        private void Declare(GenericSwitch part, int position)
        {
            part.AddTag(SemanticTag.Position, position);
            Watch(part);
        }
    }
}
