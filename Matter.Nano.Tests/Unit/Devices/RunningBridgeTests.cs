using System;
using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using Matter.Nano.Tests.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Devices
{
    /// <summary>Things that come and go behind a bridge while the node runs.</summary>
    [TestClass]
    public class RunningBridgeTests
    {
        private const uint ConfigurationVersion = 0x18;
        private const uint PartsList = 0x03;

        [TestMethod]
        public void NewThing_IsListed()
        {
            DeviceScene scene = Running(new PowerCutStore(), out Aggregator bridge);
            Assert.AreEqual(11, scene.Model.NextEndpointId);
            Assert.AreEqual(1, scene.Node.ReadNumber(scene.Node.BasicInformation, ConfigurationVersion));
            int stamp = scene.Model.Stamp;
            bridge.Add(new ContactSensor(scene.Model.NextEndpointId, true), "door", "Door").VendorName = "Acme";
            Assert.AreEqual("3 10 11 ", scene.PartsOf(0));
            Assert.AreEqual("11 ", scene.PartsOf(10));
            Assert.IsTrue(HasChanged(scene, scene.DescriptorOf(0), PartsList, stamp));
            Assert.IsTrue(HasChanged(scene, scene.DescriptorOf(10), PartsList, stamp));
            Assert.IsFalse(HasChanged(scene, scene.DescriptorOf(ClusterScene.LightEndpoint), PartsList, stamp));
            Assert.IsTrue(HasChanged(scene, scene.Node.BasicInformation, ConfigurationVersion, stamp));
            Assert.AreEqual(2, scene.Node.ReadNumber(scene.Node.BasicInformation, ConfigurationVersion));

            // Its parts are added one by one.
            BridgedNode station = new BridgedNode(scene.Model.NextEndpointId);
            bridge.Add(station, "station", "Station");
            station.Add(new TemperatureSensor(scene.Model.NextEndpointId));
            station.Add(new HumiditySensor(scene.Model.NextEndpointId));
            Assert.AreEqual("11 12 13 14 ", scene.PartsOf(10));
            Assert.AreEqual("13 14 ", scene.PartsOf(12));
            Assert.AreEqual(5, scene.Node.ReadNumber(scene.Node.BasicInformation, ConfigurationVersion));
        }

        [TestMethod]
        public void IncompleteThing_IsRefused()
        {
            DeviceScene scene = Running(new PowerCutStore(), out Aggregator bridge);
            int endpoints = scene.Model.EndpointCount;
            int refused = 0;
            for (int i = 0; i < 6; i++)
            {
                Endpoint thing = new Endpoint(20, 0);
                thing.AddDeviceType(0x0302, 3);
                thing.Add(new DescriptorCluster());
                try
                {
                    switch (i)
                    {
                        case 0: bridge.Add(thing, "1", "no measurement"); break;
                        case 1: scene.Model.Add(new BridgedNode(21)); break;
                        case 2: bridge.Add(new ContactSensor(10, true), "2", "a number that is taken"); break;
                        case 3: scene.Model.Find(10).Add(new BooleanStateCluster(true)); break;
                        case 4: scene.Model.Remove(thing); break;
                        case 5: scene.Model.Remove(scene.Model.Find(0)); break;
                    }
                }
                catch (InvalidOperationException)
                {
                    refused++;
                }
                catch (ArgumentException)
                {
                    refused++;
                }
            }

            Assert.AreEqual(6, refused);
            Assert.AreEqual(endpoints, scene.Model.EndpointCount);
            Assert.AreEqual(1, scene.Node.ReadNumber(scene.Node.BasicInformation, ConfigurationVersion));
        }

        [TestMethod]
        public void RemovedThing_LeavesNothing()
        {
            PowerCutStore store = new PowerCutStore();
            DeviceScene scene = Running(store, out Aggregator bridge);
            OnOffLight lamp = new OnOffLight(11, null);
            BridgedNode station = new BridgedNode(12);
            TemperatureSensor part = new TemperatureSensor(13);
            bridge.Add(lamp, "lamp", "Lamp");
            bridge.Add(station, "station", "Station");
            station.Add(part);
            GroupTable groups = scene.Node.GroupKeyManagement.Groups;
            groups.Add(1, 5, 11);
            groups.Add(2, 6, 11);
            groups.Add(1, 5, ClusterScene.LightEndpoint);
            store.Write(KeyOf(lamp.OnOff), new byte[] { 0x15, 0x18 }, 0, 2);
            int stamp = scene.Model.Stamp;

            Assert.AreEqual(0, scene.Model.Remove(lamp));
            Assert.AreEqual("12 13 ", scene.PartsOf(10));
            Assert.IsNull(scene.Model.Find(11));
            Assert.IsTrue(groups.Find(1, 5, 11) < 0);
            Assert.IsTrue(groups.Find(2, 6, 11) < 0);
            Assert.IsTrue(groups.Find(1, 5, ClusterScene.LightEndpoint) >= 0);
            Assert.IsTrue(scene.Node.GroupKeyManagement.IsUnsaved);
            Assert.IsNull(store[KeyOf(lamp.OnOff)]);
            Assert.IsTrue(HasChanged(scene, scene.DescriptorOf(10), PartsList, stamp));

            // Who still has it may go on, to no effect.
            stamp = scene.Model.Stamp;
            lamp.OnOff.Switch(true);
            Assert.AreEqual(stamp, scene.Model.Stamp);

            // A thing goes with its parts, the number of none comes again.
            Assert.AreEqual(0, scene.Model.Remove(station));
            Assert.AreEqual("", scene.PartsOf(10));
            Assert.IsNull(part.Model);
            Assert.AreEqual(14, scene.Model.NextEndpointId);
            Assert.AreEqual(7, scene.Node.ReadNumber(scene.Node.BasicInformation, ConfigurationVersion));

            DeviceScene restarted = Running(store, out bridge);
            Assert.AreEqual(14, restarted.Model.NextEndpointId);
            Assert.AreEqual(7, restarted.Node.ReadNumber(restarted.Node.BasicInformation, ConfigurationVersion));
        }

        [TestMethod]
        public void KnownThing_GetsItsStateBack()
        {
            PowerCutStore store = new PowerCutStore();
            DeviceScene scene = Running(store, out Aggregator bridge);
            OnOffLight lamp = new OnOffLight(11, null);
            store.Write(KeyOf(11, OnOffCluster.ClusterId), new byte[] { 0x15, 0x29, 0x00, 0x18 }, 0, 4);
            bridge.Add(lamp, "lamp", "Lamp");
            Assert.IsTrue(lamp.OnOff.IsOn);
        }

        [TestMethod]
        public void BrokenStore_IsTold()
        {
            PowerCutStore store = new PowerCutStore();
            DeviceScene scene = Running(store, out Aggregator bridge);
            ContactSensor door = new ContactSensor(11, true);
            bridge.Add(door, "door", "Door");
            store.ChangesLeft = 0;
            Assert.AreEqual(MatterError.StorageFailed, scene.Model.Remove(door));
            Assert.AreEqual("", scene.PartsOf(10));
        }

        [TestMethod]
        public void RememberedChanges_AreOfWhatIsThere()
        {
            DeviceScene scene = Running(new PowerCutStore(), out Aggregator bridge);
            ContactSensor[] doors = new ContactSensor[4];
            for (int i = 0; i < doors.Length; i++)
            {
                doors[i] = new ContactSensor(11 + i, true);
                bridge.Add(doors[i], i.ToString(), "Door");
            }

            int stamp = scene.Model.Stamp;
            for (int i = 0; i < doors.Length; i++) doors[i].Contact.Set(false);
            scene.Model.Remove(doors[1]);
            scene.Model.Remove(doors[3]);
            Assert.IsTrue(HasChanged(scene, doors[0].Contact, 0, stamp));
            Assert.IsTrue(HasChanged(scene, doors[2].Contact, 0, stamp));
            stamp = scene.Model.Stamp;
            doors[2].Contact.Set(true);
            Assert.IsFalse(HasChanged(scene, doors[0].Contact, 0, stamp));
            Assert.IsTrue(HasChanged(scene, doors[2].Contact, 0, stamp));
            for (int i = 0; i < Limits.RememberedChanges; i++) doors[0].Contact.Set((i & 1) == 0);
            Assert.IsFalse(HasChanged(scene, doors[2].Contact, 0, scene.Model.Stamp));
            Assert.IsTrue(HasChanged(scene, doors[2].Contact, 0, stamp));
        }

        private static DeviceScene Running(PowerCutStore store, out Aggregator bridge)
        {
            DeviceScene scene = new DeviceScene();
            bridge = new Aggregator(10);
            scene.Model.Add(bridge);
            ClusterStore clusters = new ClusterStore(scene.Model, store, scene.Node.Node.Fabrics.Scratch);
            Assert.AreEqual(0, clusters.Load());
            Assert.AreEqual(0, clusters.LoadConfiguration());
            scene.Model.Started(clusters, scene.Node.GeneralDiagnostics.Interactions);
            return scene;
        }

        private static bool HasChanged(DeviceScene scene, Cluster cluster, uint attribute, int since)
        {
            return scene.Model.HasChanged(cluster, cluster.FindAttribute(attribute), since);
        }

        private static long KeyOf(Cluster cluster)
        {
            return KeyOf(cluster.Endpoint.Id, cluster.Id);
        }

        private static long KeyOf(int endpoint, uint cluster)
        {
            return StoreKey.Cluster + ((long)endpoint << 32) + cluster;
        }
    }
}
