namespace Matter.Nano.Device.Desktop
{
    /// <summary>The commands on standard input that every device has.</summary>
    internal static class DeviceCommand
    {
        /// <summary>The button that opens a commissioning window.</summary>
        public const string Button = "button";

        public const string FactoryReset = "factory-reset";

        public const string Quit = "quit";

        /// <summary>One line about all commands of a device.</summary>
        /// <param name="device">One of <see cref="SampleKind.Names"/>.</param>
        public static string HelpOf(string device)
        {
            return "Commands: " + SampleKind.HelpOf(device) + ", button (open a commissioning window), factory-reset, quit.";
        }
    }
}
