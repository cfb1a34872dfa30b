using System;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Messages to groups: what the members do, and that nothing else does anything.</summary>
    [TestClass]
    public class GroupTests
    {
        private const int Other = 0x0102;
        private const uint OnTime = 0x4001;

        [TestMethod]
        public void Members_AreSwitched_WithAndWithoutPrivacy()
        {
            GroupScene scene = new GroupScene();
            GroupSender sender = scene.Sender(1, GroupScene.Group);
            byte[] toggle = scene.ToggleRequest();
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "no key");
            scene.WriteKeySet(GroupScene.KeySetId, GroupScene.EpochKey(1), GroupScene.EpochKey(2));
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "no map");
            scene.Map(GroupScene.Group, GroupScene.KeySetId);
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "no member");
            scene.AddGroup(GroupScene.Group);
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "no access");
            scene.Grant(Other, 3);
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "access of another group");
            scene.Grant(GroupScene.Group, 3);

            scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "plain");
            sender.SecurityFlags = 0x81;
            scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "private");
            GroupSender second = scene.Sender(2, GroupScene.Group);
            second.Source = 2;
            scene.AssertSwitches(second.Seal(InteractionOpcode.InvokeRequest, toggle), "second key");
            second.SecurityFlags = 0x81;
            scene.AssertSwitches(second.Seal(InteractionOpcode.InvokeRequest, toggle), "second key, private");

            Assert.IsFalse(scene.Light.OnOff.IsOn);
            Assert.AreEqual(ImStatus.Success, scene.Administrator.Invoke(1, GroupScene.OnOff, GroupScene.Toggle));
            scene.RemoveKeySet(GroupScene.KeySetId);
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "key removed");
        }

        [TestMethod]
        [DataRow(0x01)]
        [DataRow(0x81)]
        public void WhatIsWrong_IsIgnored(int securityFlags)
        {
            GroupScene scene = new GroupScene();
            scene.SetUp();
            scene.Map(Other, GroupScene.KeySetId);
            byte[] toggle = scene.ToggleRequest();
            GroupSender good = scene.Sender(1, GroupScene.Group);
            good.SecurityFlags = securityFlags;
            byte[] message = good.Seal(InteractionOpcode.InvokeRequest, toggle);
            for (int i = 0; i < message.Length; i++)
            {
                byte[] damaged = Copy(message, message.Length);
                damaged[i] ^= (byte)(1 << (i & 7));
                scene.AssertIgnored(damaged, "damaged");
                scene.AssertIgnored(Copy(message, i), "truncated");
            }

            scene.AssertSwitches(Copy(message, message.Length), "untouched");
            scene.AssertIgnored(Copy(message, message.Length), "replayed");
            byte[] later = good.Seal(InteractionOpcode.InvokeRequest, toggle);
            byte[] last = good.Seal(InteractionOpcode.InvokeRequest, toggle);
            scene.AssertSwitches(last, "last");
            scene.AssertSwitches(later, "overtaken");
            scene.AssertIgnored(Copy(message, message.Length), "replayed later");
            good.Counter += 100;
            scene.AssertSwitches(good.Seal(InteractionOpcode.InvokeRequest, toggle), "ahead");
            good.Counter -= 50;
            scene.AssertIgnored(good.Seal(InteractionOpcode.InvokeRequest, toggle), "behind the window");

            for (int fault = 0; fault < 20; fault++)
            {
                GroupSender sender = scene.Sender(fault == 0 ? 9 : 1, GroupScene.Group);
                sender.Counter = 2000 + (uint)fault;
                sender.SecurityFlags = securityFlags;
                int opcode = InteractionOpcode.InvokeRequest;
                byte[] payload = toggle;
                switch (fault)
                {
                    case 0: sender.SessionId = good.SessionId; break;      // wrong key
                    case 1: sender.SessionId ^= 1; break;
                    case 2: sender.GroupId = Other; break;                  // nobody is a member
                    case 3: sender.GroupId = 0x0103; break;                 // not mapped
                    case 4: sender.GroupId = 0; break;
                    case 5: sender.Source = 0; break;
                    case 6: sender.Source = 0xFFFFFFFFFFFF0101; break;
                    case 7: sender.Flags = 0x02; break;                     // no source
                    case 8: sender.Flags = 0x04; break;                     // no group
                    case 9: sender.SecurityFlags |= 0x40; break;            // control
                    case 10: sender.ExchangeFlags |= ProtocolHeader.ReliabilityFlag; break;
                    case 11: sender.ExchangeFlags |= ProtocolHeader.AcknowledgmentFlag; break;
                    case 12: sender.ExchangeFlags = 0; break;
                    case 13: sender.ProtocolId = ProtocolHeader.SecureChannel; break;
                    case 14: opcode = InteractionOpcode.ReadRequest; break;
                    case 15: opcode = InteractionOpcode.TimedRequest; break;
                    case 16: opcode = InteractionOpcode.StatusResponse; break;
                    case 17: payload = scene.Request(1, false); break;      // an endpoint
                    case 18: payload = scene.Request(-1, true); break;      // timed
                    default: payload = new byte[] { 0x15 }; break;
                }

                scene.AssertIgnored(sender.Seal(opcode, payload), "fault " + fault);
            }

            good.Counter = 3000;
            scene.AssertSwitches(good.Seal(InteractionOpcode.InvokeRequest, toggle), "at last");
        }

        [TestMethod]
        public void Counters_AreKeptForEachSender()
        {
            GroupScene scene = new GroupScene();
            scene.SetUp();
            byte[] toggle = scene.ToggleRequest();
            GroupSender sender = scene.Sender(1, GroupScene.Group);
            byte[][] messages = new byte[Limits.GroupSendersPerFabric + 1][];
            for (int i = 0; i < messages.Length; i++)
            {
                sender.Source = (ulong)(i + 1);
                sender.Counter = i == 0 ? 0xFFFFFFFF : 1000;
                messages[i] = sender.Seal(InteractionOpcode.InvokeRequest, toggle);
                scene.AssertSwitches(Copy(messages[i], messages[i].Length), "first of a sender");
                if (i == 0) scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "counter rolled over");
                scene.AssertIgnored(Copy(messages[i], messages[i].Length), "replayed");
            }

            // One more than there is room for: the first sender is forgotten, and nobody else.
            for (int i = messages.Length - 1; i > 0; i--)
            {
                scene.AssertIgnored(Copy(messages[i], messages[i].Length), "replayed of the others");
            }

            scene.AssertSwitches(Copy(messages[0], messages[0].Length), "trusted again");
        }

        [TestMethod]
        public void Restart_KeepsGroups_AndFabricRemovalEndsThem()
        {
            GroupScene scene = new GroupScene();
            scene.SetUp();
            byte[] toggle = scene.ToggleRequest();
            GroupSender sender = scene.Sender(1, GroupScene.Group);
            scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "before");
            scene.Link.Run(ClusterStore.DelayMs * 2);
            scene.Light.Restart(scene.Link.Now);
            scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, toggle), "after a restart");

            byte[] message = sender.Seal(InteractionOpcode.InvokeRequest, toggle);
            scene.Administrator.Case(0x1234);
            scene.Administrator.RemoveFabric(scene.Administrator.FabricIndex);
            scene.Link.Run(60000);
            scene.AssertIgnored(message, "after the fabric");
        }

        [TestMethod]
        public void Batch_IsExecutedOnTheMembers()
        {
            GroupScene scene = new GroupScene();
            scene.SetUp();
            GroupSender sender = scene.Sender(1, GroupScene.Group);
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, OffAndToggle(scene, 1, 2)), "a path with an endpoint");
            scene.AssertIgnored(sender.Seal(InteractionOpcode.InvokeRequest, OffAndToggle(scene, -1, 1)), "the same reference");
            scene.AssertSwitches(sender.Seal(InteractionOpcode.InvokeRequest, OffAndToggle(scene, -1, 2)), "off and toggled");
            Assert.IsTrue(scene.Light.OnOff.IsOn);
        }

        [TestMethod]
        public void Attributes_AreWritten()
        {
            GroupScene scene = new GroupScene();
            scene.SetUp();
            GroupSender sender = scene.Sender(1, GroupScene.Group);
            Write(scene, sender, -1, 77);
            Assert.AreEqual(77, scene.Administrator.Read(1, GroupScene.OnOff, OnTime));
            Write(scene, sender, 1, 88);
            Assert.AreEqual(77, scene.Administrator.Read(1, GroupScene.OnOff, OnTime), "a path with an endpoint");
            sender.GroupId = Other;
            Write(scene, sender, -1, 88);
            Assert.AreEqual(77, scene.Administrator.Read(1, GroupScene.OnOff, OnTime), "not a member");
        }

        [TestMethod]
        public void MulticastAddress_IsThatOfFabricAndGroup()
        {
            byte[] address = new byte[GroupAddress.Length];
            GroupAddress.Write(address, 0xA1A2A4A8B1B2B4B8, 0xE10F);
            CollectionAssert.AreEqual(
                new byte[] { 0xFF, 0x35, 0x00, 0x40, 0xFD, 0xA1, 0xA2, 0xA4, 0xA8, 0xB1, 0xB2, 0xB4, 0xB8, 0x00, 0xE1, 0x0F }, address);

            GroupScene scene = new GroupScene();
            Node node = scene.Light.Node;
            int stamp = node.GroupKeyManagement.Groups.Stamp;
            Assert.IsFalse(FindAddress(node, address));
            scene.SetUp();
            Assert.IsTrue(stamp != node.GroupKeyManagement.Groups.Stamp);
            GroupAddress.Write(address, 0xFAB1, GroupScene.Group);
            Assert.IsTrue(FindAddress(node, address));
        }

        private static bool FindAddress(Node node, byte[] address)
        {
            byte[] other = new byte[GroupAddress.Length];
            for (int row = 0; row < GroupTable.Capacity; row++)
            {
                if (node.GetGroupAddress(row, other) && ConstantTime.Equals(address, 0, other, 0, other.Length)) return true;
            }

            return false;
        }

        private static byte[] OffAndToggle(GroupScene scene, int endpoint, int secondReference)
        {
            InteractionClient client = scene.Administrator.Client;
            client.BeginBatch(false, false);
            client.PutCommand(endpoint, GroupScene.OnOff, 0, 1, -1);
            client.PutCommand(-1, GroupScene.OnOff, GroupScene.Toggle, secondReference, -1);
            client.EndBatch();
            return client.CopyRequest();
        }

        private static void Write(GroupScene scene, GroupSender sender, int endpoint, int value)
        {
            InteractionClient client = scene.Administrator.Client;
            TlvWriter writer = client.Writer;
            client.BeginWrite(false, false);
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartList(1);
            if (endpoint >= 0) writer.PutUnsigned(2, (ulong)endpoint);
            writer.PutUnsigned(3, GroupScene.OnOff);
            writer.PutUnsigned(4, OnTime);
            writer.EndContainer();
            writer.PutUnsigned(2, (ulong)value);
            client.EndItem();
            client.EndWrite(false);
            scene.AssertIgnored(sender.Seal(InteractionOpcode.WriteRequest, client.CopyRequest()), "a write switches nothing");
        }

        private static byte[] Copy(byte[] bytes, int length)
        {
            byte[] copy = new byte[length];
            Array.Copy(bytes, 0, copy, 0, length);
            return copy;
        }
    }
}
