using Matter.Nano.Clusters;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Network Commissioning and diagnostics of a Wi-Fi node, beside the other clusters of a <see cref="ClusterScene"/>.</summary>
    internal sealed class WiFiScene
    {
        public const uint Scan = 0x00;
        public const uint AddOrUpdate = 0x02;
        public const uint Remove = 0x04;
        public const uint Connect = 0x06;
        public const uint Reorder = 0x08;

        public const uint Networks = 1;
        public const uint LastNetworkingStatus = 5;
        public const uint LastNetworkId = 6;
        public const uint LastConnectErrorValue = 7;

        public readonly ClusterScene Node;
        public readonly TestWiFi Driver;
        public readonly WiFiCommissioningCluster Cluster;
        public readonly WiFiDiagnosticsCluster Diagnostics;

        /// <summary>Starts on PASE, as a commissioner does.</summary>
        public WiFiScene(bool isArmed)
            : this(new PowerCutStore(), new TestWiFi())
        {
            Node.Act(SessionType.Pase, 0);
            if (isArmed) Node.Node.FailSafe.ArmForPase(0);
        }

        /// <summary>Starts on what a store and a driver hold.</summary>
        public WiFiScene(PowerCutStore store, TestWiFi driver)
        {
            Node = new ClusterScene(store);
            Driver = driver;
            Cluster = new WiFiCommissioningCluster(Driver, Node.Node.FailSafe, Node.GeneralCommissioning, Node.Node.Fabrics, Node.Node.Store);
            Diagnostics = new WiFiDiagnosticsCluster(Driver);
            Cluster.Diagnostics = Diagnostics;
            Node.Model.Events = new EventLog(new PowerCutStore(), new UtcClock());
            Node.Model.Find(0).Add(Diagnostics);
            Endpoint second = new Endpoint(9, 0);
            second.Add(Cluster);
            Node.Model.Add(second);
        }

        /// <summary>Adds or updates a network.</summary>
        /// <returns>NetworkingStatus, or the status of the interaction model as a negative number.</returns>
        public int Add(string ssid, string credentials)
        {
            byte[] name = TestWiFi.Bytes(ssid);
            byte[] secret = TestWiFi.Bytes(credentials);
            TlvWriter fields = Node.Fields();
            fields.PutBytes(0, name, 0, name.Length);
            fields.PutBytes(1, secret, 0, secret.Length);
            fields.PutUnsigned(2, 11);
            return Finish(AddOrUpdate);
        }

        /// <summary>Invokes what takes a network's id.</summary>
        public int Name(uint command, string ssid)
        {
            byte[] name = TestWiFi.Bytes(ssid);
            TlvWriter fields = Node.Fields();
            fields.PutBytes(0, name, 0, name.Length);
            if (command == Reorder) fields.PutUnsigned(1, 0);
            fields.PutUnsigned(command == Reorder ? 2 : 1, 12);
            return Finish(command);
        }

        /// <summary>Invokes with the fields written.</summary>
        public int Finish(uint command)
        {
            int status = Node.Invoke(Cluster, command);
            return status == ImStatus.Success ? Node.AnswerNumber(0) : -status;
        }

        /// <summary>Number of configured networks.</summary>
        public int Count { get { return Node.Count(Cluster, Networks); } }

        /// <summary>Whether the one configured network has this name, and whether it is connected.</summary>
        public void AssertNetwork(string ssid, bool isConnected)
        {
            Assert.AreEqual(1, Count);
            byte[] name = TestWiFi.Bytes(ssid);
            TlvReader reader = Node.Item(Cluster, Networks, 0, 0);
            Assert.AreEqual(name.Length, reader.GetBytes(1, 32));
            for (int i = 0; i < name.Length; i++) Assert.AreEqual(name[i], reader.Buffer[reader.ValueOffset + i]);
            Assert.AreEqual(isConnected, Node.Item(Cluster, Networks, 0, 1).GetBoolean());
        }

        public int Breadcrumb { get { return Node.ReadNumber(Node.GeneralCommissioning, 0); } }
    }
}
