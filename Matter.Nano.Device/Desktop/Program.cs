using System;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The virtual device: an On/Off Light on the sockets of this machine.</summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            return new DeviceCommandLine().Invoke(args, Run, Console.Error);
        }

        private static int Run(DeviceOptions options)
        {
            return ExitCode.Success;
        }
    }
}
