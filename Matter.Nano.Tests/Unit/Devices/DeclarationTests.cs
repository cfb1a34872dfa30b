using System;
using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Devices
{
    /// <summary>What is wrong with a node's endpoints is said before it starts.</summary>
    [TestClass]
    public class DeclarationTests
    {
        [TestMethod]
        public void AllDevices_AreComplete()
        {
            DeviceScene scene = new DeviceScene();
            scene.Model.Add(new OnOffPlugInUnit(10, null));
            scene.Model.Add(new TemperatureSensor(11));
            scene.Model.Add(new HumiditySensor(12));
            scene.Model.Add(new OccupancySensor(13, OccupancySensingCluster.Radar, 10));
            scene.Model.Add(new ContactSensor(14, false));
            scene.Model.Add(new GenericSwitch(15));
            Aggregator bridge = new Aggregator(16);
            scene.Model.Add(bridge);
            bridge.Add(new OnOffLight(17, null), "1", "One");
            bridge.Add(new OnOffLight(18, null), "2", "Two");
            Assert.AreEqual("", Check(scene));
        }

        [TestMethod]
        public void MissingCluster_IsNamed()
        {
            DeviceScene scene = new DeviceScene();
            Endpoint endpoint = new Endpoint(7, 0);
            endpoint.AddDeviceType(TemperatureSensor.DeviceType, 3);
            scene.Model.Add(endpoint);
            Assert.AreEqual("endpoint 7: device type 0x0302 requires cluster 0x001D", Check(scene));
            endpoint.Add(new DescriptorCluster());
            Assert.AreEqual("endpoint 7: device type 0x0302 requires cluster 0x0003", Check(scene));
            endpoint.Add(new IdentifyCluster(IdentifyCluster.None, null));
            Assert.AreEqual("endpoint 7: device type 0x0302 requires cluster 0x0402", Check(scene));
            endpoint.Add(new TemperatureMeasurementCluster(0, 100, 0));
            Assert.AreEqual("", Check(scene));
            endpoint.AddDeviceType(BridgedNode.DeviceType, 3);
            Assert.AreEqual("endpoint 7: device type 0x0013 requires cluster 0x0039", Check(scene));
        }

        [TestMethod]
        public void NoDeviceType_IsNamed()
        {
            DeviceScene scene = new DeviceScene();
            scene.Model.Add(new Endpoint(7, 0));
            Assert.AreEqual("endpoint 7: no device type", Check(scene));
        }

        [TestMethod]
        public void UnknownParent_IsNamed()
        {
            DeviceScene scene = new DeviceScene();
            Endpoint endpoint = new Endpoint(7, 9);
            endpoint.AddDeviceType(0xFFF10001, 1);
            endpoint.Add(new DescriptorCluster());
            scene.Model.Add(endpoint);
            Assert.AreEqual("endpoint 7: its parent, endpoint 9, is not there", Check(scene));
        }

        [TestMethod]
        public void SiblingsOfOneType_NeedTags()
        {
            DeviceScene scene = new DeviceScene();
            GenericSwitch left = new GenericSwitch(7);
            GenericSwitch right = new GenericSwitch(8);
            scene.Model.Add(left);
            scene.Model.Add(right);
            Assert.AreEqual("endpoint 7: a tag must tell it from endpoint 8, also 0x000F", Check(scene));
            left.AddTag(SemanticTag.Position, SemanticTag.Left);
            Assert.AreEqual("endpoint 8: a tag must tell it from endpoint 7, also 0x000F", Check(scene));
            right.AddTag(SemanticTag.Position, SemanticTag.Right);
            Assert.AreEqual("", Check(scene));
            DescriptorCluster descriptor = scene.DescriptorOf(8);
            Assert.AreEqual(1u, descriptor.Features);
            Assert.AreEqual(1, scene.Node.Count(descriptor, 4));
            Assert.AreEqual(8, scene.Node.ItemNumber(descriptor, 4, 0, 1));
            Assert.AreEqual(1, scene.Node.ItemNumber(descriptor, 4, 0, 2));
            Assert.IsTrue(scene.Node.LightDescriptor.FindAttribute(4) < 0, "no tags, no list");
            Assert.AreEqual(0u, scene.Node.LightDescriptor.Features);
        }

        [TestMethod]
        public void WhatIsAddedTwice_IsNamed()
        {
            DeviceScene scene = new DeviceScene();
            string message = "";
            try
            {
                scene.Model.Add(new ContactSensor(ClusterScene.LightEndpoint, true));
            }
            catch (ArgumentException e)
            {
                message = e.Message;
            }

            Assert.AreEqual("endpoint 3 added twice", message);
            ContactSensor door = new ContactSensor(7, true);
            try
            {
                door.Add(new BooleanStateCluster(true));
            }
            catch (ArgumentException e)
            {
                message = e.Message;
            }

            Assert.AreEqual("endpoint 7: cluster 0x0045 added twice", message);
            try
            {
                door.Add(new TemperatureSensor(8));
            }
            catch (InvalidOperationException e)
            {
                message = e.Message;
            }

            Assert.AreEqual("endpoint 7 is not added yet", message);
        }

        // What the check says; nothing if all is well.
        private static string Check(DeviceScene scene)
        {
            try
            {
                DeclarationCheck.Run(scene.Model);
                return "";
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
        }
    }
}
