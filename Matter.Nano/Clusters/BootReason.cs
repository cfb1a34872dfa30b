namespace Matter.Nano.Clusters
{
    /// <summary>Why the node started: BootReasonEnum of General Diagnostics.</summary>
    public static class BootReason
    {
        /// <summary>The platform doesn't tell.</summary>
        public const int Unspecified = 0;

        /// <summary>Power was switched on.</summary>
        public const int PowerOnReboot = 1;

        /// <summary>The supply voltage was too low.</summary>
        public const int BrownOutReset = 2;

        /// <summary>A watchdog in software.</summary>
        public const int SoftwareWatchdogReset = 3;

        /// <summary>A watchdog in hardware.</summary>
        public const int HardwareWatchdogReset = 4;

        /// <summary>An update was installed.</summary>
        public const int SoftwareUpdateCompleted = 5;

        /// <summary>The application restarted the device.</summary>
        public const int SoftwareReset = 6;
    }
}
