using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The virtual device as its user meets it: lines in, lines out, exit codes, signals.</summary>
    [TestClass]
    public class VirtualDeviceTests
    {
        [TestMethod]
        public void Json_TellsReadyThenWhatHappens()
        {
            using VirtualDeviceProcess device = Start("--json", "--storage", "memory", "--log", "warn");
            JsonElement ready = device.ReadEvent("ready");
            Assert.AreEqual(device.Id, ready.GetProperty("pid").GetInt32());
            Assert.IsTrue(ready.GetProperty("port").GetInt32() > 0);
            Assert.AreEqual("MT:Y.K90AFN00KA0648G00", ready.GetProperty("qr").GetString());
            Assert.AreEqual("34970112332", ready.GetProperty("manual").GetString());

            device.Send("toggle");
            JsonElement change = device.ReadEvent("onoff");
            Assert.AreEqual(1, change.GetProperty("endpoint").GetInt32());
            Assert.IsTrue(change.GetProperty("on").GetBoolean());
            device.Send("  toggle ");
            Assert.IsFalse(device.ReadEvent("onoff").GetProperty("on").GetBoolean());
            device.Send("");
            device.Send("dance");
            Assert.AreEqual("dance", device.ReadEvent("unknown-command").GetProperty("command").GetString());
            device.Send("button");
            device.ReadEvent("window-open");
            device.Send("toggle");
            Assert.IsTrue(device.ReadEvent("onoff").GetProperty("on").GetBoolean());
            device.Send("factory-reset");
            device.ReadEvent("factory-reset");
            Assert.IsFalse(device.ReadEvent("onoff").GetProperty("on").GetBoolean());
            device.Send("quit");
            Assert.AreEqual(0, device.WaitForExit());
            Assert.IsNull(device.ReadLine());
            Assert.AreEqual("", device.Errors);
        }

        [TestMethod]
        public void PlainText_IsForPeople()
        {
            using VirtualDeviceProcess device = Start("--storage", "memory");
            string line = device.ReadLine();
            int qrLines = 0;
            while (line.StartsWith('█') || line.StartsWith('▀'))
            {
                qrLines++;
                line = device.ReadLine();
            }
            Assert.AreEqual(17, qrLines);
            Assert.Contains("MT:Y.K90AFN00KA0648G00", line);
            Assert.Contains("34970112332", device.ReadLine());
            Assert.Contains("0.0.0.0:", device.ReadLine());
            Assert.Contains("toggle", device.ReadLine());
            device.Send("toggle");
            Assert.Contains("ON", device.ReadLine());
            device.Send("dance");
            Assert.Contains("dance", device.ReadLine());
            device.Send("quit");
            Assert.AreEqual(0, device.WaitForExit());
        }

        [TestMethod]
        public void EndOfInput_MeansNothing()
        {
            using VirtualDeviceProcess device = Start("--json", "--storage", "memory");
            int port = device.ReadEvent("ready").GetProperty("port").GetInt32();
            device.EndInput();
            using UdpClient client = new UdpClient(AddressFamily.InterNetwork);
            client.Connect(IPAddress.Loopback, port);
            client.Client.ReceiveTimeout = 30000;
            client.Send(PbkdfParamRequest());
            IPEndPoint source = null;
            Assert.IsTrue(client.Receive(ref source).Length > 0);
            Terminate(device, "TERM");
            Assert.AreEqual(0, device.WaitForExit());
        }

        [TestMethod]
        [DataRow("TERM")]
        [DataRow("INT")]
        public void Signal_EndsItCleanly(string signal)
        {
            using VirtualDeviceProcess device = Start("--json", "--storage", "memory");
            device.ReadEvent("ready");
            Terminate(device, signal);
            Assert.AreEqual(0, device.WaitForExit());
        }

        [TestMethod]
        public void PortInUse_IsExitCode3()
        {
            using UdpClient other = new UdpClient(new IPEndPoint(IPAddress.Any, 0));
            string port = ((IPEndPoint)other.Client.LocalEndPoint).Port.ToString();
            using VirtualDeviceProcess device = new VirtualDeviceProcess("--no-mdns", "--storage", "memory", "--port", port);
            Assert.AreEqual(3, device.WaitForExit());
            Assert.Contains(port, device.Errors);
            Assert.AreEqual(1, device.Errors.TrimEnd().Split('\n').Length);
            Assert.IsNull(device.ReadLine());
        }

        [TestMethod]
        public void BadOption_IsExitCode2()
        {
            using VirtualDeviceProcess device = new VirtualDeviceProcess("--passcode", "11111111");
            Assert.AreEqual(2, device.WaitForExit());
            Assert.AreEqual(1, device.Errors.TrimEnd().Split('\n').Length);
            Assert.IsNull(device.ReadLine());
        }

        [TestMethod]
        public void DamagedStore_IsReportedAndMadeGood()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            RunOnce(directory);
            string path = Directory.GetFiles(directory.Path, "*.value").First();
            byte[] file = File.ReadAllBytes(path);
            file[^1] ^= 1;
            File.WriteAllBytes(path, file);
            Assert.Contains("damaged", RunOnce(directory));
            Assert.AreEqual("", RunOnce(directory));
        }

        [TestMethod]
        public void StoreInUse_IsSaid()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            using VirtualDeviceProcess first = Start("--json", "--storage", directory.Path);
            first.ReadEvent("ready");
            using VirtualDeviceProcess second = Start("--json", "--storage", directory.Path);
            Assert.AreEqual(1, second.WaitForExit());
            Assert.Contains(directory.Path, second.Errors);
            first.Send("quit");
            Assert.AreEqual(0, first.WaitForExit());
        }

        private static VirtualDeviceProcess Start(params string[] arguments)
        {
            return new VirtualDeviceProcess(arguments.Concat(new[] { "--no-mdns", "--port", "0" }).ToArray());
        }

        /// <summary>Starts and quits a device. Returns what it wrote on standard error.</summary>
        private static string RunOnce(TemporaryDirectory directory)
        {
            using VirtualDeviceProcess device = Start("--json", "--storage", directory.Path, "--log", "warn");
            device.ReadEvent("ready");
            device.Send("quit");
            Assert.AreEqual(0, device.WaitForExit());
            return device.Errors;
        }

        private static void Terminate(VirtualDeviceProcess device, string signal)
        {
            if (OperatingSystem.IsWindows())
                Assert.SkipTest("Windows has no signals to send");
            Process.Start("kill", new[] { "-" + signal, device.Id.ToString() }).WaitForExit();
        }

        /// <summary>The first message of a commissioner, unsecured: initiator random, session id 1, passcode id 0, no parameters known.</summary>
        private static byte[] PbkdfParamRequest()
        {
            byte[] payload = Convert.FromHexString("15" + "300120" + new string('A', 64) + "25020100" + "240300" + "2804" + "18");
            byte[] headers = Convert.FromHexString("0400000001000000" + "1122334455667788" + "0520" + "3412" + "0000");
            return headers.Concat(payload).ToArray();
        }
    }
}
