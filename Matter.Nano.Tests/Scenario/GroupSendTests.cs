using Matter.Nano.Clusters;
using Matter.Nano.Exchanges;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Commands that a node sends to groups, and what a light that is a member does.</summary>
    [TestClass]
    public class GroupSendTests
    {
        private const uint OffWithEffect = 0x40;
        private const int SwitchEnd = 3;


        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Switch_TogglesTheLight(bool hidesHeaders)
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            Node node = scene.Switch.Node;
            node.Exchanges.Groups.HidesHeaders = hidesHeaders;
            // It could execute its own command, and doesn't.
            scene.AddGroupUnseen(GroupScene.Group);
            scene.Grant(GroupScene.Group, 3);

            int switches = scene.Light.Switches;
            int ownSwitches = scene.Switch.Switches;
            int duplicates = node.Exchanges.DuplicateCount;
            for (int i = 1; i <= 3; i++)
            {
                scene.Link.ClearLog();
                Assert.AreEqual(0, Toggle(scene));
                scene.Link.Run(5000);
                Assert.AreEqual(switches + i, scene.Light.Switches);
                Assert.AreEqual(1, scene.Link.SentBy(SwitchEnd), "once");
                Assert.AreEqual(0, scene.Link.SentBy(1), "no answer");
            }

            Assert.AreEqual(ownSwitches, scene.Switch.Switches);
            Assert.AreEqual(duplicates + 3, node.Exchanges.DuplicateCount, "its own messages");
            byte[] message = scene.Link.Datagram(SwitchEnd, 0);
            Assert.AreEqual(hidesHeaders ? 0x81 : 0x01, message[3]);
            scene.AssertIgnored(message, "replayed");
            Assert.AreEqual(ImStatus.Success, scene.Administrator.Invoke(1, GroupScene.OnOff, GroupScene.Toggle), "unicast goes on");
        }

        [TestMethod]
        public void Message_GoesToTheGroupsAddress()
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            Outbox outbox = scene.Switch.Node.Outbox;
            int free = outbox.FreeCount;
            Assert.AreEqual(0, Toggle(scene));
            OutboxSlot slot = outbox.Next();
            Assert.IsTrue(slot.IsToGroup);
            Assert.AreEqual(GroupAddress.Length, slot.PeerAddressLength);
            byte[] address = new byte[GroupAddress.Length];
            GroupAddress.Write(address, 0xFAB1, GroupScene.Group);
            for (int i = 0; i < address.Length; i++) Assert.AreEqual(address[i], slot.PeerAddress[i]);
            Assert.AreEqual(free, outbox.FreeCount, "sent once");
            Assert.IsNull(outbox.Next());

            // The slot is used for an ordinary message again.
            Assert.AreEqual(ImStatus.Success, scene.Administrator.Invoke(1, GroupScene.OnOff, GroupScene.Toggle));
            Assert.IsTrue(scene.Switch.OnOff.IsOn);
        }

        [TestMethod]
        public void Fields_AreSent()
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            Toggle(scene);
            scene.Link.Run(10);
            Assert.IsTrue(scene.Light.OnOff.IsOn);
            byte[] buffer = new byte[20];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 3, 17);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, 0);
            writer.PutUnsigned(1, 0);
            writer.EndContainer();
            Assert.AreEqual(0, Invoke(scene, OffWithEffect, buffer, 3, writer.Length));
            scene.Link.Run(10);
            Assert.IsFalse(scene.Light.OnOff.IsOn);
        }

        [TestMethod]
        public void OtherKey_IsNotUnderstood()
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(2);
            Assert.AreEqual(0, Toggle(scene));
            int switches = scene.Light.Switches;
            scene.Link.Run(5000);
            Assert.AreEqual(switches, scene.Light.Switches);
            Assert.AreEqual(1, scene.Link.SentBy(SwitchEnd));
        }

        [TestMethod]
        public void WhatCannotBeSent_LeavesNothingBehind()
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            Node node = scene.Switch.Node;
            int free = node.Outbox.FreeCount;
            int fabric = scene.Administrator.FabricIndex;
            byte[] empty = { 0x15, 0x18 };
            Assert.AreEqual(MatterError.NotFound, node.InvokeGroup(fabric + 1, GroupScene.Group, 6, 2, empty, 0, 2, 0), "fabric");
            Assert.AreEqual(MatterError.NotFound, node.InvokeGroup(0, GroupScene.Group, 6, 2, empty, 0, 2, 0), "no fabric");
            Assert.AreEqual(MatterError.NotFound, node.InvokeGroup(fabric, GroupScene.Group + 1, 6, 2, empty, 0, 2, 0), "no key for the group");
            Assert.AreEqual(MatterError.WrongType, Invoke(scene, GroupScene.Toggle, new byte[] { 0x04, 0x01 }, 0, 2), "no structure");
            Assert.IsTrue(Invoke(scene, GroupScene.Toggle, empty, 0, 1) < 0, "truncated");
            Assert.IsTrue(Invoke(scene, GroupScene.Toggle, new byte[] { 0x18 }, 0, 1) < 0, "no element");
            Assert.AreEqual(MatterError.BufferTooSmall, Invoke(scene, GroupScene.Toggle, LongFields(1200), 0, 1206), "too long");
            scene.SwitchStore.Fails = true;
            Assert.AreEqual(MatterError.StorageFailed, Toggle(scene), "no counter");
            scene.SwitchStore.Fails = false;
            Assert.AreEqual(free, node.Outbox.FreeCount);
            Assert.IsNull(node.Outbox.Next());
            Assert.AreEqual(0, Toggle(scene));

            // The last slot is left to an answer.
            int switches = scene.Light.Switches;
            int sent = 1;
            while (Toggle(scene) == 0) sent++;
            Assert.AreEqual(Limits.FullSlots - 1, sent);
            Assert.AreEqual(MatterError.Busy, Toggle(scene));
            scene.Link.Run(10);
            Assert.AreEqual(switches + sent, scene.Light.Switches, "all that were sent");
            Assert.AreEqual(free, node.Outbox.FreeCount);

            scene.RemoveKeySet(GroupScene.KeySetId);
            Assert.AreEqual(MatterError.NotFound, Toggle(scene), "key removed");
        }

        [TestMethod]
        public void LongestFields_FitIntoADatagram()
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            int length = 1200;
            while (Invoke(scene, GroupScene.Toggle, LongFields(length), 0, length + 6) != 0) length--;
            Assert.AreEqual(Limits.Datagram, scene.Switch.Node.Outbox.Next().DatagramLength);
        }

        [TestMethod]
        public void Restarts_CostTheLightNoMessage()
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            scene.Link.Run(ClusterStore.DelayMs * 2);
            int switches = scene.Light.Switches;
            for (int restart = 0; restart < 5; restart++)
            {
                int changes = scene.SwitchStore.Changes;
                for (int i = 0; i < 10; i++)
                {
                    Assert.AreEqual(0, Toggle(scene));
                    scene.Link.Run(10);
                }

                Assert.AreEqual(switches + 10 * (restart + 1), scene.Light.Switches);
                Assert.AreEqual(changes + 1, scene.SwitchStore.Changes, "one write for all of them");
                scene.Switch.Restart(scene.Link.Now);
            }
        }

        private static int Toggle(GroupScene scene)
        {
            return Invoke(scene, GroupScene.Toggle, null, 0, 0);
        }

        private static int Invoke(GroupScene scene, uint command, byte[] fields, int offset, int length)
        {
            return scene.Switch.Node.InvokeGroup(
                scene.Administrator.FabricIndex, GroupScene.Group, GroupScene.OnOff, command, fields, offset, length, scene.Link.Now);
        }

        // A structure of one long octet string, more than 255 bytes: it has six bytes more.
        private static byte[] LongFields(int length)
        {
            byte[] fields = new byte[length + 6];
            TlvWriter writer = new TlvWriter();
            writer.Reset(fields, 0, fields.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(0, new byte[length], 0, length);
            writer.EndContainer();
            return fields;
        }
    }
}
