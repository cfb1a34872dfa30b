using System;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Devices;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Devices;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The code that the documents show does what they say.</summary>
    [TestClass]
    public class ShownCodeTests
    {
        [TestMethod]
        public void Readme_DeviceRuns()
        {
            Node node = CreateNode();
            Greenhouse greenhouse = new Greenhouse(node);
            Assert.AreEqual(0, node.Start(0));
            node.Poll(0);
            OnOffCluster pump = (OnOffCluster)node.Model.Find(1).Find(OnOffCluster.ClusterId);
            MeasurementCluster air = (MeasurementCluster)node.Model.Find(2).Find(TemperatureMeasurementCluster.ClusterId);
            Assert.IsFalse(greenhouse.IsPumping);
            pump.Switch(true);
            Assert.IsTrue(greenhouse.IsPumping, "the handler is called");
            greenhouse.ButtonPressed();
            Assert.IsFalse(pump.IsOn);
            Assert.IsFalse(greenhouse.IsPumping);
            Assert.IsFalse(air.IsKnown);
            greenhouse.Measured(2150);
            Assert.AreEqual(2150, air.Value);
        }

        [TestMethod]
        public void Readme_DeviceIsAbout20Lines()
        {
            int lines = 0;
            foreach (string line in System.IO.File.ReadAllLines(System.IO.Path.Combine(Repository.Root, "README.md")))
            {
                if (line.StartsWith("```csharp", StringComparison.Ordinal))
                    lines = 1;
                else if (line.StartsWith("```", StringComparison.Ordinal) && lines > 0)
                    break;
                else if (lines > 0 && line.Trim().Length > 1)
                    lines++;
            }

            Assert.IsTrue(lines > 10 && lines <= 20, lines.ToString());
        }

        [TestMethod]
        public void Devices_ClusterRuns()
        {
            DeviceScene scene = new DeviceScene();
            FilterCluster filter = new FilterCluster();
            ContactSensor fan = new ContactSensor(7, true);
            fan.Add(filter);
            scene.Model.Add(fan);
            for (int i = 0; i < 999; i++)
                filter.CountHour();
            Assert.AreEqual(999, scene.Node.ReadNumber(filter, 0));
            Assert.AreEqual(0, scene.Log.Length);
            filter.CountHour();
            Assert.IsTrue(scene.Log.Length > 0, "an event");
            FilterCluster restarted = new FilterCluster();
            scene.Node.Restart(filter, restarted);
            Assert.AreEqual(1000, scene.Node.ReadNumber(restarted, 0));
            Assert.AreEqual(ImStatus.Success, scene.Node.InvokePlain(filter, 0));
            Assert.AreEqual(0, scene.Node.ReadNumber(filter, 0));
            Assert.IsTrue(scene.Log.GetCluster(0) == FilterCluster.ClusterId && scene.Log.GetEvent(0) == 0);
        }

        [TestMethod]
        public void Start_SaysWhatIsMissing()
        {
            Node node = CreateNode();
            Endpoint endpoint = new Endpoint(7, 0);
            endpoint.AddDeviceType(TemperatureSensor.DeviceType, 3);
            endpoint.Add(new DescriptorCluster());
            endpoint.Add(new IdentifyCluster(IdentifyCluster.None, null));
            node.Add(endpoint);
            InvalidOperationException said = null;
            try
            {
                node.Start(0);
            }
            catch (InvalidOperationException e)
            {
                said = e;
            }

            Assert.AreEqual("endpoint 7: device type 0x0302 requires cluster 0x0402", said.Message);
        }

        private static Node CreateNode()
        {
            CryptoSuite crypto = new CryptoSuite(new SeededRandom(1), null);
            byte[] address = { 2, 0, 0, 0, 0, 1 };
            return new Node(new NodeOptions
            {
                Crypto = crypto,
                Store = new MemoryStore(),
                Attestation = TestAttestation.Create(crypto),
                Network = new NetworkInterface("test", NetworkInterface.Ethernet, address),
                HostId = address,
                Verifier = CommissioningVerifier.FromPasscode(crypto, VirtualLight.Passcode),
            });
        }
    }
}
