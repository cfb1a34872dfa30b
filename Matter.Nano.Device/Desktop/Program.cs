using System;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The virtual device: one of the samples on the sockets of this machine.</summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            return new DeviceCommandLine().Invoke(args, Run, Console.Error);
        }

        private static int Run(DeviceOptions options)
        {
            if (OperatingSystem.IsWindows())
                Console.OutputEncoding = Encoding.UTF8;
            Log log = new Log(options.LogLevel, Console.Error);
            using TextWriter text = new StreamWriter(Console.OpenStandardOutput());
            string help = DeviceCommand.HelpOf(options.Device);
            DeviceOutput output = options.IsJson
                ? new JsonOutput(text, help)
                : new PlainOutput(text, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb", help);
            try
            {
                using UdpSockets udp = new UdpSockets(options.Port, log);
                using FileStore files = options.Storage == null ? null : new FileStore(options.Storage, log);
                using MdnsSockets mdns = options.HasMdns ? OpenMdns(log) : null;
                using EventLoop loop = new EventLoop();
                log.Info("storage: " + (files == null ? "memory" : files.DirectoryPath));
                IKeyValueStore store = files == null ? new MemoryStore() : files;
                VirtualDevice device = new VirtualDevice(options, output, log, udp, mdns, store, loop);
                using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Quit(context, device, loop));
                using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Quit(context, device, loop));
                StartReading(device, loop);
                device.Run();
                return ExitCode.Success;
            }
            catch (SocketException e)
            {
                Console.Error.WriteLine(e.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? "UDP port " + options.Port + " is in use. Choose another one with --port."
                    : "UDP port " + options.Port + " cannot be opened: " + e.Message);
                return ExitCode.PortInUse;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                Console.Error.WriteLine("Storage " + options.Storage + " cannot be used: " + e.Message);
                return ExitCode.Failure;
            }
        }

        /// <summary>Without multicast DNS the device still works for who knows its address.</summary>
        private static MdnsSockets OpenMdns(Log log)
        {
            try
            {
                return new MdnsSockets(log);
            }
            catch (SocketException e)
            {
                log.Warn("mdns: port " + Discovery.MdnsResponder.Port + " cannot be opened, so the device won't be found: " + e.Message);
                return null;
            }
        }

        private static void Quit(PosixSignalContext context, VirtualDevice device, EventLoop loop)
        {
            context.Cancel = true;
            loop.Post(device.Quit);
        }

        /// <summary>Hands lines of standard input to the device's thread until they end.</summary>
        private static void StartReading(VirtualDevice device, EventLoop loop)
        {
            Thread reader = new Thread(() =>
            {
                for (string line = Console.In.ReadLine(); line != null; line = Console.In.ReadLine())
                {
                    string command = line.Trim();
                    loop.Post(() => device.Execute(command));
                }
            });
            reader.IsBackground = true;
            reader.Start();
        }
    }
}
