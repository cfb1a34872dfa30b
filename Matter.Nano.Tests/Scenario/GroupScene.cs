using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A commissioned light whose administrator gives it groups, and senders to these.</summary>
    internal sealed class GroupScene
    {
        public const uint OnOff = 0x06;
        public const uint Toggle = 0x02;
        public const int Group = 0x0101;
        public const int KeySetId = 42;

        private const ulong LightNodeId = 0x1234;
        private const ulong SwitchNodeId = 0x5678;

        private const uint Groups = 0x04;
        private const uint AccessControl = 0x1F;
        private const uint GroupKeyManagement = 0x3F;

        private int _sent;
        private int _switches;

        /// <summary>Commissions a light.</summary>
        public GroupScene()
        {
            Link = new MemoryLink(1);
            Light = new VirtualLight(2, new MemoryStore(), Link.Now);
            Link.Join(Light);
            Administrator = new Commissioner(3, 0xFAB1, Link.Address(1), new WaitHandler(new LinkTime(Link).Wait));
            Link.Join(Administrator);
            Link.Run(1);
            Administrator.Commission(VirtualLight.Passcode, LightNodeId);
        }

        public MemoryLink Link { get; }

        public VirtualLight Light { get; }

        public Commissioner Administrator { get; }

        /// <summary>What the switch remembers.</summary>
        public MemoryStore SwitchStore { get; } = new MemoryStore();

        /// <summary>A second node on the fabric, end 3 of the link, once there is one.</summary>
        public VirtualLight Switch { get; private set; }

        /// <summary>The light's fabric.</summary>
        public Fabric Fabric { get { return Light.Node.Fabrics.Find(Administrator.FabricIndex); } }

        /// <summary>An epoch key.</summary>
        public static byte[] EpochKey(int seed)
        {
            byte[] key = new byte[16];
            new SeededRandom((uint)seed).Fill(key, 0, key.Length);
            return key;
        }

        /// <summary>Gives the light all that it needs: key set, map, membership, access.</summary>
        public void SetUp()
        {
            WriteKeySet(KeySetId, EpochKey(1), null);
            Map(Group, KeySetId);
            AddGroup(Group);
            Grant(Group, 3);
        }

        /// <summary>Commissions a second node, to send to groups, into the fabric.</summary>
        public void AddSwitch()
        {
            Switch = new VirtualLight(4, SwitchStore, Link.Now);
            Link.Join(Switch);
            Administrator.Device = Link.Address(3);
            Link.Run(1);
            Administrator.Commission(VirtualLight.Passcode, SwitchNodeId);
        }

        /// <summary>Gives the light all that it needs, and adds a switch with the group's key of this seed.</summary>
        public void AddReadySwitch(int keySeed)
        {
            SetUp();
            AddSwitch();
            WriteKeySet(KeySetId, EpochKey(keySeed), null);
            Map(Group, KeySetId);
            Link.ClearLog();
        }

        /// <summary>A sender to a group under a key.</summary>
        public GroupSender Sender(int keySeed, int groupId)
        {
            return new GroupSender(EpochKey(keySeed), Fabric.CompressedId, groupId);
        }

        /// <summary>KeySetWrite.</summary>
        public void WriteKeySet(int setId, byte[] epochKey, byte[] secondKey)
        {
            TlvWriter writer = Administrator.Client.Writer;
            Administrator.BeginInvoke(0, GroupKeyManagement, 0x00);
            writer.StartStructure(0);
            writer.PutUnsigned(0, (ulong)setId);
            writer.PutUnsigned(1, 0);
            writer.PutBytes(2, epochKey, 0, epochKey.Length);
            writer.PutUnsigned(3, 1);
            if (secondKey != null)
            {
                writer.PutBytes(4, secondKey, 0, secondKey.Length);
                writer.PutUnsigned(5, 2);
            }

            writer.EndContainer();
            Administrator.EndInvoke(-1);
            Assert.AreEqual(ImStatus.Success, Administrator.Client.InvokeStatus(0), "KeySetWrite");
        }

        /// <summary>KeySetRemove.</summary>
        public void RemoveKeySet(int setId)
        {
            Administrator.BeginInvoke(0, GroupKeyManagement, 0x03);
            Administrator.Client.Writer.PutUnsigned(0, (ulong)setId);
            Administrator.EndInvoke(-1);
            Assert.AreEqual(ImStatus.Success, Administrator.Client.InvokeStatus(0), "KeySetRemove");
        }

        /// <summary>Appends to GroupKeyMap.</summary>
        public void Map(int groupId, int setId)
        {
            TlvWriter writer = BeginAppend(GroupKeyManagement, 0x00);
            writer.PutUnsigned(1, (ulong)groupId);
            writer.PutUnsigned(2, (ulong)setId);
            EndAppend();
        }

        /// <summary>Appends an access control entry for a group.</summary>
        public void Grant(int groupId, int privilege)
        {
            TlvWriter writer = BeginAppend(AccessControl, 0x00);
            writer.PutUnsigned(1, (ulong)privilege);
            writer.PutUnsigned(2, AccessControlEntry.AuthModeGroup);
            writer.StartArray(3);
            writer.PutUnsigned(TlvTag.Anonymous, (ulong)groupId);
            writer.EndContainer();
            writer.PutNull(4);
            EndAppend();
        }

        /// <summary>AddGroup on endpoint 1.</summary>
        public void AddGroup(int groupId)
        {
            AddGroupUnseen(groupId);
            Assert.IsTrue(Light.Node.GroupKeyManagement.Groups.IsMember(Administrator.FabricIndex, groupId, 1), "AddGroup");
        }

        /// <summary>AddGroup on endpoint 1 of whichever node the administrator talks to.</summary>
        public void AddGroupUnseen(int groupId)
        {
            Administrator.BeginInvoke(1, Groups, 0x00);
            Administrator.Client.Writer.PutUnsigned(0, (ulong)groupId);
            Administrator.Client.Writer.PutString(1, new byte[0], 0, 0);
            Administrator.EndInvoke(0x00);
        }

        /// <summary>A toggle command without an endpoint.</summary>
        public byte[] ToggleRequest() { return Request(-1, false); }

        /// <summary>A toggle command.</summary>
        public byte[] Request(int endpoint, bool isTimed)
        {
            InteractionClient client = Administrator.Client;
            client.BeginInvoke(endpoint, OnOff, Toggle, isTimed);
            client.EndInvoke();
            return client.CopyRequest();
        }

        /// <summary>Sends a message: the lamp switches once, and nothing is sent.</summary>
        public void AssertSwitches(byte[] message, string what)
        {
            Send(message);
            Assert.AreEqual(_switches + 1, Light.Switches, what);
            AssertSilent(what);
        }

        /// <summary>Sends a message: nothing at all happens.</summary>
        public void AssertIgnored(byte[] message, string what)
        {
            Send(message);
            Assert.AreEqual(_switches, Light.Switches, what);
            AssertSilent(what);
        }

        private void Send(byte[] message)
        {
            _sent = Link.SentBy(1);
            _switches = Light.Switches;
            Link.Inject(2, 1, message);
            Link.Run(Link.LatencyMs + 1);
        }

        private void AssertSilent(string what)
        {
            Assert.AreEqual(_sent, Link.SentBy(1), what);
            Assert.AreEqual(0, Light.Node.Interactions.InteractionCount, what);
            Assert.AreEqual(0, Light.Node.Exchanges.Groups.Session.ExchangeCount, what);
        }

        private TlvWriter BeginAppend(uint cluster, uint attribute)
        {
            InteractionClient client = Administrator.Client;
            client.Clear();
            client.BeginWrite(false, false);
            client.BeginItem(0, cluster, attribute, true, -1);
            client.Writer.StartStructure(2);
            return client.Writer;
        }

        private void EndAppend()
        {
            InteractionClient client = Administrator.Client;
            client.Writer.EndContainer();
            client.EndItem();
            client.EndWrite(false);
            client.Send(Administrator.Session, Administrator.Now);
            Administrator.Await(InteractionOpcode.WriteResponse);
            Assert.AreEqual(ImStatus.Success, client.WriteStatus(0), "write");
            Link.Run(1000);
        }
    }
}
