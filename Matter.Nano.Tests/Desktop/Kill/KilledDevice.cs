using System;
using System.IO;
using System.Threading;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Fabrics;

namespace Matter.Nano.Tests.Desktop.Kill
{
    /// <summary>
    /// A process to be killed: the virtual device on a store that says when it writes. Beside the device's own commands it
    /// understands some about what it holds.
    /// </summary>
    internal static class KilledDevice
    {
        /// <summary>First argument; the second is the directory of its store.</summary>
        public const string Argument = "killed-device";

        /// <summary>Answered by "s", then for each fabric: id:node:label length:entries:subjects of the first:keys.</summary>
        public const string State = "state";

        /// <summary>Sends a message to a group; answered by "g" and its counter, or "g" alone.</summary>
        public const string Group = "group";

        /// <summary>Answered by "e" and one more than the number of the last event of this start, 0 for none.</summary>
        public const string Events = "events";

        private const int GroupId = 1;
        private const int GroupSet = 1;
        private const uint OnOff = 6;
        private const uint Toggle = 2;

        private static int Main(string[] args)
        {
            if (args.Length != 2 || args[0] != Argument)
            {
                Console.Error.WriteLine("These are tests: dotnet test");
                return 2;
            }
            Log log = new Log(LogLevel.Warn, Console.Error);
            using UdpSockets udp = new UdpSockets(0, log);
            using FileStore files = new FileStore(args[1], log);
            using EventLoop loop = new EventLoop();
            DeviceOptions options = new DeviceOptions
            {
                Device = SampleKind.Names[0],
                Passcode = (int)Scenario.VirtualLight.Passcode,
                Discriminator = 3840,
                SetupPort = -1,
                HasPlatformCrypto = true,
            };
            VirtualDevice device = new VirtualDevice(options, new JsonOutput(Console.Out, ""), log, udp, null, new ReportingStore(files, Console.Out), loop);
            Thread reader = new Thread(() =>
            {
                for (string line = Console.In.ReadLine(); line != null; line = Console.In.ReadLine())
                {
                    string command = line;
                    loop.Post(() => Execute(device, command));
                }
                // Whoever would have killed it is gone.
                Environment.Exit(1);
            });
            reader.IsBackground = true;
            reader.Start();
            device.Run();
            return 0;
        }

        private static void Execute(VirtualDevice device, string command)
        {
            switch (command)
            {
                case State:
                    Console.Out.WriteLine("s" + Describe(device.Node.Fabrics));
                    break;
                case Group:
                    int sent = Send(device.Node);
                    Console.Out.WriteLine(sent < 0 ? "g" : "g" + device.Node.Exchanges.Groups.LastCounter);
                    break;
                case Events:
                    Console.Out.WriteLine("e" + device.Node.Model.Events.End);
                    break;
                default:
                    device.Execute(command);
                    break;
            }
        }

        private static string Describe(FabricTable fabrics)
        {
            string text = "";
            for (int row = 0; row < fabrics.Capacity; row++)
            {
                Fabric fabric = fabrics.GetRow(row);
                if (fabric.Index == 0)
                    continue;
                AccessControlList list = fabrics.AccessControl;
                int entries = list.GetCount(fabric);
                text += string.Join(
                    ':', " " + fabric.FabricId, fabric.NodeId, fabric.Label.Length, entries,
                    entries == 0 ? 0 : list.GetSubjectCount(list.GetFirst(fabric)),
                    fabrics.GroupKeys.Find(fabric, GroupKeyTable.IpkSetId) < 0 ? 0 : 1);
            }
            return text;
        }

        private static int Send(Node node)
        {
            for (int row = 0; row < node.Fabrics.Capacity; row++)
            {
                Fabric fabric = node.Fabrics.GetRow(row);
                if (fabric.Index == 0)
                    continue;
                GroupKeyTable keys = node.Fabrics.GroupKeys;
                if (keys.GetGroupCount(fabric) == 0)
                {
                    keys.Begin(fabric);
                    if (keys.BeginSet(GroupSet, 0) != 0 || keys.AddKey(new byte[GroupKeyTable.KeyLength], 0, 1) != 0
                        || keys.AddGroup(GroupId, GroupSet) != 0 || keys.Commit() != 0)
                        throw new InvalidDataException("no group key");
                }
                return node.InvokeGroup(fabric.Index, GroupId, OnOff, Toggle, null, 0, 0, Environment.TickCount64);
            }
            return MatterError.NotFound;
        }
    }
}
