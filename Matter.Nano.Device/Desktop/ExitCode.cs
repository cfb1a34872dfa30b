namespace Matter.Nano.Device.Desktop
{
    /// <summary>What the program ends with.</summary>
    internal static class ExitCode
    {
        public const int Success = 0;

        /// <summary>Something failed that no other code names.</summary>
        public const int Failure = 1;

        public const int BadOptions = 2;

        public const int PortInUse = 3;
    }
}
