using System;
using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Devices
{
    /// <summary>A bridge: its parts, and what it tells about things behind it.</summary>
    [TestClass]
    public class BridgeTests
    {
        private const uint VendorName = 0x01;
        private const uint ProductName = 0x03;
        private const uint NodeLabel = 0x05;
        private const uint Reachable = 0x11;
        private const uint UniqueId = 0x12;

        [TestMethod]
        public void PartsLists_FollowTheTree()
        {
            DeviceScene scene = new DeviceScene();
            Aggregator bridge = new Aggregator(10);
            BridgedNode station = new BridgedNode(12);
            scene.Model.Add(bridge);
            bridge.Add(new ContactSensor(11, true), "door", "Door");
            bridge.Add(station, "station", "Station");
            station.Add(new TemperatureSensor(13));
            station.Add(new HumiditySensor(14));
            Assert.AreEqual("3 10 11 12 13 14 ", scene.PartsOf(0));
            Assert.AreEqual("11 12 13 14 ", scene.PartsOf(10), "an aggregator lists the parts of its parts");
            Assert.AreEqual("13 14 ", scene.PartsOf(12));
            Assert.AreEqual("", scene.PartsOf(11));
            Assert.AreEqual(2, scene.Node.Count(scene.DescriptorOf(11), 0), "contact sensor and bridged node");
            DeclarationCheck.Run(scene.Model);
        }

        [TestMethod]
        public void Information_IsWhatIsKnown()
        {
            DeviceScene scene = new DeviceScene();
            BridgedDeviceBasicInformationCluster door = AddDoor(scene, "Front door");
            Assert.AreEqual(10, scene.Node.Read(door, NodeLabel).GetString(0, 32));
            Assert.AreEqual(32, scene.Node.Read(door, UniqueId).GetString(0, 32));
            Assert.IsTrue(door.FindAttribute(VendorName) < 0);
            Assert.IsTrue(door.FindAttribute(ProductName) < 0);
            door.VendorName = "Acme";
            Assert.AreEqual(4, scene.Node.Read(door, VendorName).GetString(0, 32));
            bool isRefused = false;
            try
            {
                door.ProductName = "123456789 123456789 123456789 123";
            }
            catch (ArgumentException)
            {
                isRefused = true;
            }

            Assert.IsTrue(isRefused);
            Assert.IsTrue(door.FindAttribute(ProductName) < 0);
        }

        [TestMethod]
        public void UniqueIds_Differ()
        {
            DeviceScene scene = new DeviceScene();
            byte[] first = UniqueIdOf(scene.Node.BasicInformation, "1");
            byte[] again = UniqueIdOf(scene.Node.BasicInformation, "1");
            byte[] second = UniqueIdOf(scene.Node.BasicInformation, "2");
            byte[] reset = UniqueIdOf(new BasicInformationCluster(new ProductInformation(), new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }), "1");
            CollectionAssert.AreEqual(first, again);
            Assert.IsFalse(AreEqual(first, second));
            Assert.IsFalse(AreEqual(first, reset), "a factory reset renews it");
        }

        [TestMethod]
        public void Reachable_TellsEachChange()
        {
            DeviceScene scene = new DeviceScene();
            BridgedDeviceBasicInformationCluster door = AddDoor(scene, "Door");
            Assert.IsTrue(scene.Node.Read(door, Reachable).GetBoolean());
            door.SetReachable(true);
            Assert.AreEqual("", scene.TakeEvents());
            door.SetReachable(false);
            Assert.IsFalse(scene.Node.Read(door, Reachable).GetBoolean());
            door.SetReachable(true);
            Assert.AreEqual("3(false) 3(true) ", scene.TakeEvents());
        }

        [TestMethod]
        public void NodeLabel_IsWrittenAndKept()
        {
            DeviceScene scene = new DeviceScene();
            BridgedDeviceBasicInformationCluster door = AddDoor(scene, "Door");
            Assert.AreEqual(ImStatus.ConstraintError, WriteLabel(scene, door, 33));
            Assert.AreEqual(4, scene.Node.Read(door, NodeLabel).GetString(0, 32));
            Assert.AreEqual(ImStatus.Success, WriteLabel(scene, door, 32));
            uint version = door.DataVersion;
            Assert.AreEqual(ImStatus.Success, WriteLabel(scene, door, 32));
            Assert.AreEqual(version, door.DataVersion);
            BridgedDeviceBasicInformationCluster restarted = AddDoor(new DeviceScene(), "Door");
            scene.Node.Restart(door, restarted);
            Assert.AreEqual(32, scene.Node.Read(restarted, NodeLabel).GetString(0, 32));
            Assert.AreEqual(ImStatus.Success, WriteLabel(scene, door, 0));
            Assert.AreEqual(0, scene.Node.Read(door, NodeLabel).GetString(0, 32));
        }

        private static BridgedDeviceBasicInformationCluster AddDoor(DeviceScene scene, string label)
        {
            Aggregator bridge = new Aggregator(10);
            scene.Model.Add(bridge);
            return bridge.Add(new ContactSensor(11, true), "door-1", label);
        }

        private static int WriteLabel(DeviceScene scene, Cluster cluster, int length)
        {
            byte[] text = new byte[length];
            for (int i = 0; i < length; i++) text[i] = (byte)'a';
            scene.Node.Value().PutString(TlvTag.Anonymous, text, 0, length);
            return scene.Node.Write(cluster, NodeLabel);
        }

        private static byte[] UniqueIdOf(BasicInformationCluster bridge, string id)
        {
            BridgedDeviceBasicInformationCluster cluster = new BridgedDeviceBasicInformationCluster(bridge, id, "");
            byte[] buffer = new byte[64];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            cluster.Read(UniqueId, writer, TlvTag.Anonymous, null);
            return buffer;
        }

        private static bool AreEqual(byte[] left, byte[] right)
        {
            for (int i = 0; i < left.Length; i++)
            {
                if (left[i] != right[i]) return false;
            }

            return true;
        }
    }
}
