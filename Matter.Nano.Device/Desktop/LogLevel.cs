namespace Matter.Nano.Device.Desktop
{
    /// <summary>How much is logged: the level named and those after it.</summary>
    internal enum LogLevel
    {
        /// <summary>Each datagram.</summary>
        Trace,

        /// <summary>What the drivers do.</summary>
        Debug,

        /// <summary>What happens to the node.</summary>
        Info,

        /// <summary>Only what is wrong.</summary>
        Warn,
    }
}
