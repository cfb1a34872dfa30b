using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What each device takes of a board's heap is what docs/devices.md says.</summary>
    [TestClass]
    public class DeviceMemoryTests
    {
        private const int BoardBlock = 12;
        private const int ToleranceBytes = 48;

        [TestMethod]
        public void Devices_TakeWhatIsTold()
        {
            Endpoint[] devices =
            {
                new OnOffLight(1, null),
                new DimmableLight(1, null),
                new OnOffPlugInUnit(1, null),
                new TemperatureSensor(1),
                new HumiditySensor(1),
                new OccupancySensor(1, OccupancySensingCluster.Radar, 10),
                new ContactSensor(1, true),
                new GenericSwitch(1),
                new Aggregator(1),
            };
            string wrong = "";
            foreach (Endpoint device in devices)
                wrong += Difference(device.GetType().Name, BytesOf(device));
            Assert.AreEqual("", wrong);
        }

        [TestMethod]
        public void Tables_TakeWhatIsTold()
        {
            HeapAccount account = new HeapAccount(BoardBlock, typeof(OnOffCluster).Assembly);
            account.AddStatics();
            Assert.AreEqual("", Difference("tables of all clusters in `Matter.Nano.Clusters`", account.Total));
        }

        private static int BytesOf(Endpoint device)
        {
            // Static tables count apart.
            HeapAccount account = new HeapAccount(BoardBlock, typeof(CryptoSuite).Assembly, typeof(Limits).Assembly, typeof(Node).Assembly, typeof(OnOffCluster).Assembly);
            account.AddStatics();
            int before = account.Total;
            account.Add(device);
            return account.Total - before;
        }

        // Nothing if the document is right, otherwise the row that it should have.
        private static string Difference(string name, int bytes)
        {
            string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "devices.md"));
            Match row = Regex.Match(document, @"^\| " + Regex.Escape(name) + @" \| (\d+) \|\r?$", RegexOptions.Multiline);
            bool isTold = row.Success && Math.Abs(int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture) - bytes) <= ToleranceBytes;
            return isTold ? "" : "| " + name + " | " + bytes + " |\n";
        }
    }
}
