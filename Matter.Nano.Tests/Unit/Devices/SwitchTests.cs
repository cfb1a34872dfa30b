using System;
using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Devices
{
    /// <summary>Switch: which events come from which presses, and when.</summary>
    [TestClass]
    public class SwitchTests
    {
        private const uint NumberOfPositions = 0;
        private const uint CurrentPosition = 1;
        private const uint MultiPressMax = 2;

        [TestMethod]
        public void OnePress_IsCompleteWhenNoOtherFollows()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster button = Add(scene, SwitchCluster.PushButton);
            Assert.AreEqual(long.MaxValue, button.Poll(0));
            button.Press(1000);
            Assert.AreEqual("1(1) ", scene.TakeEvents());
            Assert.AreEqual(1, scene.Node.ReadNumber(button, CurrentPosition));
            Assert.AreEqual(2000L, button.Poll(1000));
            button.Release(1100);
            Assert.AreEqual("3(1) ", scene.TakeEvents());
            Assert.AreEqual(0, scene.Node.ReadNumber(button, CurrentPosition));
            Assert.AreEqual(1500L, button.Poll(1499));
            Assert.AreEqual("", scene.TakeEvents());
            Assert.AreEqual(long.MaxValue, button.Poll(1500));
            Assert.AreEqual("6(1,1) ", scene.TakeEvents());
        }

        [TestMethod]
        public void PressesInARow_AreCounted()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster button = Add(scene, SwitchCluster.PushButton);
            Click(button, 0, 3);
            Assert.AreEqual("1(1) 3(1) 1(1) 5(1,2) 3(1) 1(1) 5(1,3) 3(1) ", scene.TakeEvents());
            button.Poll(10000);
            Assert.AreEqual("6(1,3) ", scene.TakeEvents());
            Click(button, 20000, 2);
            button.Poll(30000);
            Assert.AreEqual("1(1) 3(1) 1(1) 5(1,2) 3(1) 6(1,2) ", scene.TakeEvents());
        }

        [TestMethod]
        public void MoreThanMultiPressMax_IsAbortedAndSilentUntilIdle()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster button = Add(scene, SwitchCluster.PushButton);
            Click(button, 0, 3);
            scene.TakeEvents();
            Click(button, 600, 3);
            Assert.AreEqual("1(1) 6(1,0) 3(1) ", scene.TakeEvents());
            button.Poll(10000);
            Assert.AreEqual("", scene.TakeEvents());
            Click(button, 20000, 1);
            button.Poll(30000);
            Assert.AreEqual("1(1) 3(1) 6(1,1) ", scene.TakeEvents());
        }

        [TestMethod]
        public void LongPress_IsASequenceOfItsOwn()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster button = Add(scene, SwitchCluster.PushButton);
            button.Press(500);
            button.Poll(1499);
            Assert.AreEqual("1(1) ", scene.TakeEvents());
            button.Poll(1500);
            Assert.AreEqual("2(1) ", scene.TakeEvents());
            Assert.AreEqual(long.MaxValue, button.Poll(5000));
            button.Release(6000);
            Assert.AreEqual(long.MaxValue, button.Poll(9000));
            Assert.AreEqual("4(1) ", scene.TakeEvents());

            // Also if nobody polled in time.
            button.Press(10000);
            button.Release(11000);
            button.Poll(12000);
            Assert.AreEqual("1(1) 2(1) 4(1) ", scene.TakeEvents());
        }

        [TestMethod]
        public void SecondPressHeldLong_IsCounted()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster button = Add(scene, SwitchCluster.PushButton);
            Click(button, 0, 1);
            button.Press(200);
            button.Poll(5000);
            button.Release(5000);
            button.Poll(6000);
            Assert.AreEqual("1(1) 3(1) 1(1) 5(1,2) 3(1) 6(1,2) ", scene.TakeEvents());
        }

        [TestMethod]
        public void LessFeatures_GiveLessEvents()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster plain = Add(scene, SwitchCluster.MomentarySwitch);
            Click(plain, 0, 2);
            plain.Poll(10000);
            Assert.AreEqual("1(1) 1(1) ", scene.TakeEvents());
            Assert.IsTrue(plain.FindAttribute(MultiPressMax) < 0);

            scene = new DeviceScene();
            SwitchCluster released = Add(scene, SwitchCluster.MomentarySwitch | SwitchCluster.MomentarySwitchRelease);
            released.Press(0);
            released.Poll(5000);
            released.Release(5000);
            Assert.AreEqual("1(1) 3(1) ", scene.TakeEvents());

            scene = new DeviceScene();
            SwitchCluster action = Add(scene, SwitchCluster.MomentarySwitch | SwitchCluster.MomentarySwitchMultiPress | SwitchCluster.MomentarySwitchLongPress | SwitchCluster.ActionSwitch);
            Click(action, 0, 2);
            action.Poll(10000);
            Assert.AreEqual("1(1) 6(1,2) ", scene.TakeEvents());
            action.Press(20000);
            action.Poll(22000);
            action.Release(23000);
            Assert.AreEqual("1(1) 2(1) 4(1) ", scene.TakeEvents());
        }

        [TestMethod]
        public void Latching_KeepsItsPosition()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster knob = Add(scene, SwitchCluster.LatchingSwitch);
            Assert.AreEqual(3, scene.Node.ReadNumber(knob, NumberOfPositions));
            knob.Turn(2);
            knob.Turn(2);
            Assert.AreEqual("0(2) ", scene.TakeEvents());
            Assert.AreEqual(2, scene.Node.ReadNumber(knob, CurrentPosition));
            SwitchCluster restarted = Add(new DeviceScene(), SwitchCluster.LatchingSwitch);
            scene.Node.Restart(knob, restarted);
            Assert.AreEqual(2, restarted.Position);
            SwitchCluster button = Add(new DeviceScene(), SwitchCluster.PushButton);
            button.Press(0);
            SwitchCluster other = Add(new DeviceScene(), SwitchCluster.PushButton);
            scene.Node.Restart(button, other);
            Assert.AreEqual(0, other.Position, "a button is never found pressed");
        }

        [TestMethod]
        public void AnotherPosition_IsAReleaseAndAPress()
        {
            DeviceScene scene = new DeviceScene();
            SwitchCluster rocker = Add(scene, SwitchCluster.MomentarySwitch | SwitchCluster.MomentarySwitchRelease);
            rocker.Press(1, 0);
            rocker.Press(1, 10);
            rocker.Press(2, 20);
            rocker.Press(0, 30);
            Assert.AreEqual("1(1) 3(1) 1(2) 3(2) ", scene.TakeEvents());
            Assert.AreEqual(0, rocker.Position);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(3)] // latching and momentary
        [DataRow(5)] // latching, release
        [DataRow(4)]
        [DataRow(10)] // long press without release
        [DataRow(18)] // multi press without release
        [DataRow(34)] // action without multi press
        [DataRow(54)] // action with release
        [DataRow(66)] // unknown
        public void FeaturesThatDoNotGoTogether_AreRefused(int features)
        {
            bool isRefused = false;
            try
            {
                new SwitchCluster((uint)features, 2, 2);
            }
            catch (ArgumentException)
            {
                isRefused = true;
            }

            Assert.IsTrue(isRefused);
        }

        [TestMethod]
        public void WrongCalls_Throw()
        {
            SwitchCluster knob = Add(new DeviceScene(), SwitchCluster.LatchingSwitch);
            SwitchCluster button = Add(new DeviceScene(), SwitchCluster.PushButton);
            int refused = 0;
            for (int i = 0; i < 6; i++)
            {
                try
                {
                    switch (i)
                    {
                        case 0: knob.Press(0); break;
                        case 1: knob.Release(0); break;
                        case 2: knob.Turn(3); break;
                        case 3: knob.Turn(-1); break;
                        case 4: button.Turn(1); break;
                        case 5: button.Press(3, 0); break;
                    }
                }
                catch (ArgumentException)
                {
                    refused++;
                }
            }

            Assert.AreEqual(6, refused);
            Assert.AreEqual(0, knob.Position);
            Assert.AreEqual(0, button.Position);
        }

        private static SwitchCluster Add(DeviceScene scene, uint features)
        {
            GenericSwitch device = new GenericSwitch(7, features, 3, 3);
            scene.Model.Add(device);
            return device.Switch;
        }

        // Presses of 100 ms, 100 ms apart.
        private static void Click(SwitchCluster button, long start, int times)
        {
            for (int i = 0; i < times; i++)
            {
                button.Press(start + (200 * i));
                button.Release(start + (200 * i) + 100);
            }
        }
    }
}
