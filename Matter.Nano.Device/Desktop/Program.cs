using System.CommandLine;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The virtual device: an On/Off Light on the sockets of this machine.</summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            RootCommand command = new RootCommand("A virtual Matter On/Off Light.");
            return command.Parse(args).Invoke();
        }
    }
}
