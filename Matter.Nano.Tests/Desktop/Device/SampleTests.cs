using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Device.Samples;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;
using MemoryStore = Matter.Nano.Tests.Scenario.MemoryStore;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The samples: each starts, and does what the commands on standard input say.</summary>
    [TestClass]
    public class SampleTests
    {
        [TestMethod]
        public void AllSamples_AreCompleteAndIdentify()
        {
            foreach (string name in SampleKind.Names)
            {
                SampleDevice sample = SampleKind.Create(name, null, null);
                Node node = Start(sample);
                Assert.IsTrue(node.Model.EndpointCount > 1, name);
                bool hasPrimary = false;
                for (int i = 0; i < node.Model.EndpointCount; i++)
                    hasPrimary |= node.Model.GetEndpoint(i).Is(sample.PrimaryDeviceType);
                Assert.IsTrue(hasPrimary, name);
                Assert.IsTrue(sample.ProductName.Length > 0 && SampleKind.HelpOf(name).Length > 0, name);
                Assert.IsFalse(sample.IsIdentifying, name);
            }
        }

        [TestMethod]
        [DataRow("light", "toggle")]
        [DataRow("plug", " toggle ")]
        [DataRow("dimmable", "toggle")]
        [DataRow("dimmable", "set level 0")]
        [DataRow("sensor", "set temperature -40")]
        [DataRow("sensor", "set temperature unknown")]
        [DataRow("sensor", "set humidity 100")]
        [DataRow("sensor", "set occupied true")]
        [DataRow("sensor", "open")]
        [DataRow("switch", "press")]
        [DataRow("switch", "release 2")]
        [DataRow("switch", "set position 2")]
        [DataRow("bridge", "set reachable off")]
        [DataRow("bridge", "close")]
        [DataRow("bridge", "add lamp")]
        [DataRow("bridge", "remove 2")]
        public void Commands_AreTaken(string name, string command)
        {
            SampleDevice sample = SampleKind.Create(name, null, null);
            Start(sample);
            Assert.IsTrue(SampleCommand.Execute(sample, command, 0));
        }

        [TestMethod]
        [DataRow("light", "open")]
        [DataRow("light", "set")]
        [DataRow("light", "set level 128")]
        [DataRow("light", "toggle toggle")]
        [DataRow("sensor", "temperature")]
        [DataRow("sensor", "set temperature")]
        [DataRow("sensor", "set temperature warm")]
        [DataRow("sensor", "set temperature 1e9")]
        [DataRow("sensor", "set temperature 99999999999999999999999999999999")]
        [DataRow("sensor", "set temperature on")]
        [DataRow("sensor", "set occupied unknown")]
        [DataRow("sensor", "set temperature 21 5")]
        [DataRow("switch", "press 3")]
        [DataRow("switch", "press x")]
        [DataRow("switch", "set position 3")]
        [DataRow("switch", "set position -1")]
        [DataRow("dimmable", "set level unknown")]
        [DataRow("bridge", "add door")]
        [DataRow("bridge", "remove 1")]
        [DataRow("bridge", "remove 5")]
        [DataRow("bridge", "remove 7")]
        [DataRow("bridge", "remove lamp")]
        public void OtherCommands_AreRefused(string name, string command)
        {
            SampleDevice sample = SampleKind.Create(name, null, null);
            Start(sample);
            Assert.IsFalse(SampleCommand.Execute(sample, command, 0));
        }

        [TestMethod]
        public void Temperature_IsTakenInDegrees()
        {
            SampleDevice sample = new SensorSample();
            Node node = Start(sample);
            MeasurementCluster cluster = (MeasurementCluster)node.Model.Find(1).Find(TemperatureMeasurementCluster.ClusterId);
            Assert.IsTrue(SampleCommand.Execute(sample, "set temperature 21.5", 0));
            Assert.AreEqual(2150, cluster.Value);
            Assert.IsTrue(SampleCommand.Execute(sample, "set temperature unknown", 0));
            Assert.IsFalse(cluster.IsKnown);
        }

        private static Node Start(SampleDevice sample)
        {
            CryptoSuite crypto = new CryptoSuite(new SeededRandom(1), null);
            byte[] address = { 2, 0, 0, 0, 0, 1 };
            Node node = new Node(new NodeOptions
            {
                Crypto = crypto,
                Store = new MemoryStore(),
                Attestation = TestAttestation.Create(crypto),
                Network = new NetworkInterface("test", NetworkInterface.Ethernet, address),
                HostId = address,
                Verifier = CommissioningVerifier.FromPasscode(crypto, VirtualLight.Passcode),
            });
            sample.AddTo(node);
            Assert.AreEqual(0, node.Start(0));
            node.Poll(0);
            return node;
        }
    }
}
