using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Lights
{
    /// <summary>A node's clusters without a network, with a dimmable light that has scenes.</summary>
    internal sealed class LightScene
    {
        public const int EndpointId = 5;
        public const int Group = 7;

        public readonly ClusterScene Node;
        public readonly OnOffCluster OnOff;
        public readonly LevelControlCluster Level;
        public readonly ScenesManagementCluster Scenes;
        public readonly GroupsCluster Groups;

        private TlvWriter _fields;

        /// <summary>Calls of the level handler, and the level in the last one.</summary>
        public int Shown;
        public int ShownLevel = -1;

        public LightScene()
        {
            Node = new ClusterScene();
            IdentifyCluster identify = new IdentifyCluster(IdentifyCluster.LightOutput, null);
            OnOff = new OnOffCluster(null);
            Level = new LevelControlCluster(OnOff, Show);
            Scenes = new ScenesManagementCluster(OnOff, Level);
            Groups = new GroupsCluster(Node.GroupKeyManagement, identify);
            Endpoint light = new Endpoint(EndpointId, 0);
            light.AddDeviceType(0x101, 3);
            light.Add(new DescriptorCluster());
            light.Add(identify);
            light.Add(Groups);
            light.Add(OnOff);
            light.Add(Level);
            light.Add(Scenes);
            Node.Model.Fabrics = Node.Node.Fabrics;
            Node.Model.Groups = Node.GroupKeyManagement.Groups;
            Node.Model.Add(light);
        }

        public long Now { get { return Node.Now; } }

        /// <summary>A light of fabrics 1 to some number, in a group of each; fabric 1 asks.</summary>
        public static LightScene WithFabrics(int count)
        {
            LightScene scene = new LightScene();
            for (int fabric = count; fabric > 0; fabric--)
            {
                scene.Node.AddFabric(fabric);
                scene.Join(fabric, Group);
            }

            scene.Run(0);
            return scene;
        }

        public void Join(int fabric, int group)
        {
            Assert.AreEqual(0, Node.GroupKeyManagement.Groups.Add(fabric, group, EndpointId));
        }

        /// <summary>Polls the node whenever it wants until a time.</summary>
        public void Run(long until)
        {
            int vain = 0;
            for (long next = Node.Model.Poll(Node.Now); next <= until; next = Node.Model.Poll(Node.Now))
            {
                vain = next <= Node.Now ? vain + 1 : 0;
                Assert.IsTrue(vain < 5, "polled in vain");
                Node.Now = next < Node.Now ? Node.Now : next;
            }

            Node.Now = until;
        }

        /// <summary>Goes on for some time.</summary>
        public void Wait(long ms)
        {
            Run(Node.Now + ms);
        }

        public void Switch(uint command)
        {
            Assert.AreEqual(ImStatus.Success, Node.InvokePlain(OnOff, command));
        }

        /// <summary>Asserts the state of the light, at once.</summary>
        public void AssertLight(bool on, int level, int shown)
        {
            Node.Model.Poll(Node.Now);
            Assert.AreEqual(on, OnOff.IsOn, "OnOff");
            Assert.AreEqual(level, Node.ReadNumber(Level, 0), "CurrentLevel");
            Assert.AreEqual(shown, ShownLevel, "shown");
        }

        /// <summary>A scene command with a group and a scene; returns the status, wherever it comes.</summary>
        public int Ask(uint command, int group, int scene)
        {
            TlvWriter fields = Node.Fields();
            fields.PutUnsigned(0, (ulong)group);
            if (scene >= 0) fields.PutUnsigned(1, (ulong)scene);
            return Answer(command);
        }

        /// <summary>Invokes Scenes Management with the fields written; returns the status, wherever it comes.</summary>
        public int Answer(uint command)
        {
            int status = Node.Invoke(Scenes, command);
            return status != ImStatus.Success || command == 0x05 ? status : Node.AnswerNumber(0);
        }

        /// <summary>Begins AddScene with all fields but the extension field sets.</summary>
        public TlvWriter Add(int group, int scene, uint transitionMs)
        {
            TlvWriter fields = Node.Fields();
            fields.PutUnsigned(0, (ulong)group);
            fields.PutUnsigned(1, (ulong)scene);
            fields.PutUnsigned(2, transitionMs);
            fields.PutString(3, new byte[] { 65 }, 0, 1);
            _fields = fields;
            return fields;
        }

        /// <summary>Ends a container of the fields begun by <see cref="Add(int, int, uint)"/>.</summary>
        public void EndFields()
        {
            _fields.EndContainer();
        }

        /// <summary>AddScene with values for both clusters, each left out by -1.</summary>
        public int Add(int group, int scene, uint transitionMs, int onOff, int level)
        {
            TlvWriter fields = Add(group, scene, transitionMs);
            fields.StartArray(4);
            if (onOff >= 0) PutSet(fields, OnOffCluster.ClusterId, 0, SceneValue.Unsigned8, onOff);
            if (level >= 0) PutSet(fields, LevelControlCluster.ClusterId, 0, SceneValue.Unsigned8, level);
            fields.EndContainer();
            return Answer(0x00);
        }

        public static void PutSet(TlvWriter fields, uint cluster, uint attribute, int valueTag, int value)
        {
            fields.StartStructure(TlvTag.Anonymous);
            fields.PutUnsigned(0, cluster);
            fields.StartArray(1);
            SceneValue.Write(fields, attribute, valueTag, value);
            fields.EndContainer();
            fields.EndContainer();
        }

        /// <summary>RecallScene of the group with a transition time.</summary>
        public int Recall(int id, uint transitionMs)
        {
            TlvWriter fields = Node.Fields();
            fields.PutUnsigned(0, Group);
            fields.PutUnsigned(1, (ulong)id);
            fields.PutUnsigned(2, transitionMs);
            return Answer(0x05);
        }

        /// <summary>CopyScene; mode 1 copies all scenes of the group.</summary>
        public int Copy(int mode, int fromGroup, int fromScene, int toGroup, int toScene)
        {
            TlvWriter fields = Node.Fields();
            fields.PutUnsigned(0, (ulong)mode);
            fields.PutUnsigned(1, (ulong)fromGroup);
            fields.PutUnsigned(2, (ulong)fromScene);
            fields.PutUnsigned(3, (ulong)toGroup);
            fields.PutUnsigned(4, (ulong)toScene);
            return Answer(0x40);
        }

        /// <summary>ViewScene: the value stored for a cluster's attribute 0, or -1.</summary>
        public int View(int group, int scene, uint cluster)
        {
            Assert.AreEqual(ImStatus.Success, Ask(0x01, group, scene));
            TlvReader reader = Node.Answer(5);
            reader.Enter();
            while (reader.Next())
            {
                uint id = 0;
                int value = -1;
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 0) id = (uint)reader.GetUnsigned(uint.MaxValue);
                    if (reader.Tag != 1) continue;
                    reader.Enter();
                    Assert.IsTrue(reader.Next());
                    reader.Enter();
                    while (reader.Next())
                    {
                        if (reader.Tag == SceneValue.Unsigned8) value = (int)reader.GetUnsigned(255);
                    }

                    reader.Exit();
                    Assert.IsFalse(reader.Next(), "one attribute");
                    reader.Exit();
                }

                reader.Exit();
                if (id == cluster) return value;
            }

            Assert.AreEqual(0, reader.Error);
            return -1;
        }

        /// <summary>Asserts the asking fabric's SceneInfoStruct.</summary>
        public void AssertInfo(int count, int scene, int group, bool isValid, int room)
        {
            Assert.AreEqual(1, Node.Count(Scenes, 2));
            Assert.AreEqual(count, Node.ItemNumber(Scenes, 2, 0, 0), "SceneCount");
            Assert.AreEqual(scene, Node.ItemNumber(Scenes, 2, 0, 1), "CurrentScene");
            Assert.AreEqual(group, Node.ItemNumber(Scenes, 2, 0, 2), "CurrentGroup");
            Assert.AreEqual(isValid, Node.Item(Scenes, 2, 0, 3).GetBoolean(), "SceneValid");
            Assert.AreEqual(room, Node.ItemNumber(Scenes, 2, 0, 4), "RemainingCapacity");
            Assert.AreEqual(Node.Context.FabricIndex, Node.ItemNumber(Scenes, 2, 0, 254));
        }

        private void Show(LevelControlCluster cluster, int level)
        {
            Shown++;
            Assert.IsTrue(level != ShownLevel, "shown twice");
            ShownLevel = level;
        }
    }
}
