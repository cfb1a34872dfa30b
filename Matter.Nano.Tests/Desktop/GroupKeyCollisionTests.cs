using System;
using System.Collections.Generic;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What the emulator has no time or means for: keys with the same session id, and what a message costs.</summary>
    [TestClass]
    public class GroupKeyCollisionTests
    {
        [TestMethod]
        [DataRow(0x01)]
        [DataRow(0x81)]
        public void KeysWithTheSameSessionId_AreAllTried(int securityFlags)
        {
            GroupScene scene = new GroupScene();
            Dictionary<int, int> seeds = new Dictionary<int, int>();
            int second = 1;
            int first;
            while (!seeds.TryGetValue(scene.Sender(second, GroupScene.Group).SessionId, out first))
            {
                seeds.Add(scene.Sender(second, GroupScene.Group).SessionId, second);
                second++;
            }

            const int other = 0x0102;
            scene.WriteKeySet(1, GroupScene.EpochKey(first), null);
            scene.WriteKeySet(2, GroupScene.EpochKey(second), null);
            scene.Map(other, 1);
            scene.Map(GroupScene.Group, 2);
            scene.AddGroup(GroupScene.Group);
            scene.AddGroup(other);
            scene.Grant(GroupScene.Group, 3);
            scene.Grant(other, 3);
            foreach (bool isRight in new bool[] { false, true })
            {
                GroupSender one = scene.Sender(first, isRight ? other : GroupScene.Group);
                GroupSender two = scene.Sender(second, isRight ? GroupScene.Group : other);
                one.SecurityFlags = securityFlags;
                two.SecurityFlags = securityFlags;
                two.Source = 2;
                Assert.AreEqual(one.SessionId, two.SessionId);
                byte[] messageOne = one.Seal(InteractionOpcode.InvokeRequest, scene.ToggleRequest());
                byte[] messageTwo = two.Seal(InteractionOpcode.InvokeRequest, scene.ToggleRequest());
                if (isRight)
                {
                    scene.AssertSwitches(messageOne, "first key");
                    scene.AssertSwitches(messageTwo, "second key");
                }
                else
                {
                    scene.AssertIgnored(messageOne, "first key for the second's group");
                    scene.AssertIgnored(messageTwo, "second key for the first's group");
                }
            }

            // One set with both keys: the second is found behind the first.
            scene.WriteKeySet(2, GroupScene.EpochKey(first), GroupScene.EpochKey(second));
            GroupSender sender = scene.Sender(second, GroupScene.Group);
            sender.Source = 3;
            sender.SecurityFlags = securityFlags;
            scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, scene.ToggleRequest()), "second key of a set");
        }

        [TestMethod]
        public void Messages_AllocateNothing()
        {
            GroupScene scene = new GroupScene();
            scene.SetUp();
            byte[] toggle = scene.ToggleRequest();
            GroupSender sender = scene.Sender(1, GroupScene.Group);
            Node node = scene.Light.Node;
            int switches = scene.Light.Switches;
            long allocated = 0;
            for (int i = 0; i < 40; i++)
            {
                sender.SecurityFlags = i % 2 == 0 ? 0x01 : 0x81;
                sender.Source = (ulong)(1 + i % 6);
                byte[] message = sender.Seal(InteractionOpcode.InvokeRequest, toggle);
                Array.Copy(message, node.RxBuffer, message.Length);
                long before = GC.GetAllocatedBytesForCurrentThread();
                node.Receive(toggle, 1, message.Length, scene.Link.Now);
                node.Poll(scene.Link.Now);
                if (i >= 20) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.AreEqual(switches + 40, scene.Light.Switches);
            Assert.AreEqual(0L, allocated);
        }
    }
}
