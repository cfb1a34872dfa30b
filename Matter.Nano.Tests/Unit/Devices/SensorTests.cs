using System;
using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Devices
{
    /// <summary>The sensors' clusters.</summary>
    [TestClass]
    public class SensorTests
    {
        private const uint HoldTime = 3;

        [TestMethod]
        public void Temperature_IsUnknownUntilMeasured()
        {
            DeviceScene scene = new DeviceScene();
            TemperatureSensor sensor = new TemperatureSensor(7, -4000, 8500, 50);
            scene.Model.Add(sensor);
            TemperatureMeasurementCluster cluster = sensor.Temperature;
            Assert.IsTrue(scene.Node.IsNull(cluster, 0));
            Assert.AreEqual(-4000L, scene.Node.Read(cluster, 1).GetSigned(-32768, 32767));
            Assert.AreEqual(8500L, scene.Node.Read(cluster, 2).GetSigned(-32768, 32767));
            Assert.AreEqual(50, scene.Node.ReadNumber(cluster, 3));
            Check(scene, cluster, 2150, 2150);
            Check(scene, cluster, -1, -1);
            Check(scene, cluster, -5000, -4000);
            Check(scene, cluster, 9000, 8500);
            uint version = cluster.DataVersion;
            cluster.Set(9001);
            Assert.AreEqual(version, cluster.DataVersion, "the same value");
            cluster.SetUnknown();
            Assert.IsTrue(scene.Node.IsNull(cluster, 0));
            Assert.AreEqual(version + 1, cluster.DataVersion);
            Assert.IsFalse(cluster.IsKnown);
        }

        [TestMethod]
        public void Humidity_IsUnsigned()
        {
            DeviceScene scene = new DeviceScene();
            HumiditySensor sensor = new HumiditySensor(7);
            scene.Model.Add(sensor);
            Assert.IsTrue(scene.Node.IsNull(sensor.Humidity, 0));
            sensor.Humidity.Set(4550);
            Assert.AreEqual(4550, scene.Node.ReadNumber(sensor.Humidity, 0));
            sensor.Humidity.Set(10001);
            Assert.AreEqual(10000, scene.Node.ReadNumber(sensor.Humidity, 0));
            sensor.Humidity.Set(-1);
            Assert.AreEqual(0, scene.Node.ReadNumber(sensor.Humidity, 0));
            Assert.AreEqual(10000, scene.Node.ReadNumber(sensor.Humidity, 2));
        }

        [TestMethod]
        public void Limits_AreChecked()
        {
            int refused = 0;
            for (int i = 0; i < 7; i++)
            {
                try
                {
                    switch (i)
                    {
                        case 0: new TemperatureMeasurementCluster(-27316, 0, 0); break;
                        case 1: new TemperatureMeasurementCluster(0, 32768, 0); break;
                        case 2: new TemperatureMeasurementCluster(100, 100, 0); break;
                        case 3: new TemperatureMeasurementCluster(0, 100, 2049); break;
                        case 4: new RelativeHumidityMeasurementCluster(-1, 100, 0); break;
                        case 5: new RelativeHumidityMeasurementCluster(0, 10001, 0); break;
                        case 6: new RelativeHumidityMeasurementCluster(0, 100, -1); break;
                    }
                }
                catch (ArgumentException)
                {
                    refused++;
                }
            }

            Assert.AreEqual(7, refused);
        }

        [TestMethod]
        public void Contact_TellsEachChange()
        {
            DeviceScene scene = new DeviceScene();
            ContactSensor door = new ContactSensor(7, true);
            scene.Model.Add(door);
            Assert.IsTrue(scene.Node.Read(door.Contact, 0).GetBoolean());
            door.Contact.Set(true);
            Assert.AreEqual("", scene.TakeEvents());
            door.Contact.Set(false);
            Assert.IsFalse(scene.Node.Read(door.Contact, 0).GetBoolean());
            door.Contact.Set(true);
            Assert.AreEqual("0(false) 0(true) ", scene.TakeEvents());
        }

        [TestMethod]
        public void Occupancy_LastsForHoldTime()
        {
            DeviceScene scene = new DeviceScene();
            OccupancySensingCluster cluster = AddOccupancy(scene);
            Assert.AreEqual(0, scene.Node.ReadNumber(cluster, 0));
            Assert.AreEqual(long.MaxValue, cluster.Poll(0));
            cluster.Set(true);
            Assert.AreEqual("0(1) ", scene.TakeEvents());
            Assert.AreEqual(1, scene.Node.ReadNumber(cluster, 0));
            Assert.AreEqual(long.MaxValue, cluster.Poll(100000));
            cluster.Set(false);
            Assert.AreEqual(110000L, cluster.Poll(100000));
            Assert.AreEqual(110000L, cluster.Poll(109999));
            Assert.IsTrue(cluster.IsOccupied);

            // A detection in between prolongs it.
            cluster.Set(true);
            cluster.Set(false);
            Assert.AreEqual(119999L, cluster.Poll(109999));
            Assert.AreEqual("", scene.TakeEvents());
            Assert.AreEqual(long.MaxValue, cluster.Poll(119999));
            Assert.AreEqual("0(0) ", scene.TakeEvents());
            Assert.AreEqual(0, scene.Node.ReadNumber(cluster, 0));
        }

        [TestMethod]
        public void HoldTime_IsWrittenWithinItsLimitsAndKept()
        {
            DeviceScene scene = new DeviceScene();
            OccupancySensingCluster cluster = AddOccupancy(scene);
            Assert.AreEqual(10, scene.Node.ReadNumber(cluster, HoldTime));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Node.WriteNumber(cluster, HoldTime, 0));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Node.WriteNumber(cluster, HoldTime, 3601));
            Assert.AreEqual(10, scene.Node.ReadNumber(cluster, HoldTime));
            cluster.Set(true);
            cluster.Set(false);
            Assert.AreEqual(10000L, cluster.Poll(0));
            Assert.AreEqual(ImStatus.Success, scene.Node.WriteNumber(cluster, HoldTime, 60));
            Assert.AreEqual(60000L, cluster.Poll(11000), "counts from the end of the detection");
            Assert.AreEqual(ImStatus.Success, scene.Node.WriteNumber(cluster, HoldTime, 5));
            Assert.AreEqual(long.MaxValue, cluster.Poll(11000));
            Assert.IsFalse(cluster.IsOccupied);

            OccupancySensingCluster restarted = AddOccupancy(new DeviceScene());
            scene.Node.Restart(cluster, restarted);
            Assert.AreEqual(5, scene.Node.ReadNumber(restarted, HoldTime));
            TlvReader limits = scene.Node.Read(cluster, 4);
            limits.Enter();
            Assert.IsTrue(limits.Next());
            Assert.AreEqual(1UL, limits.GetUnsigned(0xFFFF));
            Assert.IsTrue(limits.Next());
            Assert.AreEqual(3600UL, limits.GetUnsigned(0xFFFF));
            Assert.IsTrue(limits.Next());
            Assert.AreEqual(10UL, limits.GetUnsigned(0xFFFF), "default");
            Assert.IsFalse(limits.Next());
        }

        [TestMethod]
        [DataRow(0x02, 0, 1)]
        [DataRow(0x04, 1, 2)]
        [DataRow(0x06, 2, 3)]
        [DataRow(0x08, 3, 4)]
        [DataRow(0x20, 0, 1)]
        public void LegacyTypes_FollowTheFeatures(int sensing, int type, int bitmap)
        {
            DeviceScene scene = new DeviceScene();
            OccupancySensor sensor = new OccupancySensor(7, (uint)sensing, 10);
            scene.Model.Add(sensor);
            Assert.AreEqual(type, scene.Node.ReadNumber(sensor.Occupancy, 1));
            Assert.AreEqual(bitmap, scene.Node.ReadNumber(sensor.Occupancy, 2));
        }

        private static OccupancySensingCluster AddOccupancy(DeviceScene scene)
        {
            OccupancySensor sensor = new OccupancySensor(7, OccupancySensingCluster.PassiveInfrared, 10);
            scene.Model.Add(sensor);
            return sensor.Occupancy;
        }

        private static void Check(DeviceScene scene, MeasurementCluster cluster, int value, int expected)
        {
            cluster.Set(value);
            Assert.AreEqual((long)expected, scene.Node.Read(cluster, 0).GetSigned(-32768, 32767));
            Assert.AreEqual(expected, cluster.Value);
        }
    }
}
