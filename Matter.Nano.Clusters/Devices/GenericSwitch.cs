using Matter.Nano.Clusters;

namespace Matter.Nano.Devices
{
    /// <summary>A Generic Switch: a button or a knob whose presses controllers make something of.</summary>
    public sealed class GenericSwitch : DeviceEndpoint
    {
        /// <summary>Device type id.</summary>
        public const uint DeviceType = 0x000F;

        /// <summary>Puts together a button that tells long presses and up to three presses in a row.</summary>
        /// <param name="id">Endpoint number.</param>
        public GenericSwitch(int id)
            : this(id, SwitchCluster.PushButton, 2, 3)
        {
        }

        /// <summary>Puts the switch together.</summary>
        /// <param name="id">Endpoint number.</param>
        /// <param name="features">The features of <see cref="SwitchCluster"/> that it has.</param>
        /// <param name="positions">Number of positions.</param>
        /// <param name="maxPresses">How many presses in a row are counted, if any are.</param>
        public GenericSwitch(int id, uint features, int positions, int maxPresses)
            : base(id, DeviceType, 3, IdentifyCluster.VisibleIndicator)
        {
            Switch = new SwitchCluster(features, positions, maxPresses);
            Add(Switch);
        }

        /// <summary>The switch: to be told when it is pressed and released, or turned.</summary>
        public SwitchCluster Switch { get; }
    }
}
