namespace Matter.Nano.Device.Desktop
{
    /// <summary>The commands on standard input.</summary>
    internal static class DeviceCommand
    {
        /// <summary>The physical switch.</summary>
        public const string Toggle = "toggle";

        /// <summary>The button that opens a commissioning window.</summary>
        public const string Button = "button";

        public const string FactoryReset = "factory-reset";

        public const string Quit = "quit";

        public const string Help = "Commands: toggle (switch the light), button (open a commissioning window), factory-reset, quit.";
    }
}
