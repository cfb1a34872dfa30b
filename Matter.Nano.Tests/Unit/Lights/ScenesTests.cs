using System;
using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Lights
{
    /// <summary>Scenes Management over On/Off and Level Control: the table, its limits, commands, restarts.</summary>
    [TestClass]
    public class ScenesTests
    {
        private const uint AddScene = 0x00;
        private const uint ViewScene = 0x01;
        private const uint RemoveScene = 0x02;
        private const uint RemoveAllScenes = 0x03;
        private const uint StoreScene = 0x04;
        private const uint RecallScene = 0x05;
        private const uint GetSceneMembership = 0x06;
        private const uint CopyScene = 0x40;

        private const uint OnOff = OnOffCluster.ClusterId;
        private const uint Level = LevelControlCluster.ClusterId;
        private const int Group = LightScene.Group;
        private const int Room = 7; // (16 - 1) / 2

        private const uint Off = 0x00;
        private const uint On = 0x01;

        [TestMethod]
        public void AddScene_IsViewed()
        {
            LightScene scene = LightScene.WithFabrics(1);
            Assert.AreEqual(16, scene.Node.ReadNumber(scene.Scenes, 1));
            scene.AssertInfo(0, 255, 0, false, Room);
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 254, 60000000, 1, 100));
            Assert.AreEqual(Group, scene.Node.AnswerNumber(1));
            Assert.AreEqual(254, scene.Node.AnswerNumber(2));
            Assert.AreEqual(ImStatus.Success, scene.Add(0, 1, 0, -1, 3));
            Assert.AreEqual(ImStatus.Success, scene.Add(0, 2, 500, 0, -1));
            scene.AssertInfo(3, 255, 0, false, Room - 3);
            Assert.AreEqual(1, scene.View(Group, 254, OnOff));
            Assert.AreEqual(100, scene.View(Group, 254, Level));
            Assert.AreEqual(60000000, scene.Node.AnswerNumber(3));
            Assert.AreEqual(0, scene.Node.Answer(4).GetString(0, 0), "names are not kept");
            Assert.AreEqual(-1, scene.View(0, 1, OnOff));
            Assert.AreEqual(3, scene.View(0, 1, Level));
            Assert.AreEqual(0, scene.View(0, 2, OnOff));
            Assert.AreEqual(-1, scene.View(0, 2, Level));
            Assert.AreEqual(500, scene.Node.AnswerNumber(3));

            // Once more: in its place, as a whole.
            Assert.AreEqual(ImStatus.Success, scene.Add(0, 2, 7, -1, 9));
            Assert.AreEqual(-1, scene.View(0, 2, OnOff));
            Assert.AreEqual(9, scene.View(0, 2, Level));
            scene.AssertInfo(3, 255, 0, false, Room - 3);
        }

        [TestMethod]
        public void Commands_AnswerWhatIsWrong()
        {
            LightScene scene = LightScene.WithFabrics(1);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Add(Group, 255, 0, 1, 1));
            Assert.AreEqual(255, scene.Node.AnswerNumber(2));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Add(Group, 1, 60000001, 1, 1));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Add(Group, 1, uint.MaxValue, 1, 1));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Add(Group + 1, 1, 0, 1, 1));
            byte[] name = new byte[17];
            for (int i = 0; i < name.Length; i++) name[i] = 65;
            TlvWriter fields = scene.Node.Fields();
            fields.PutUnsigned(0, 0);
            fields.PutUnsigned(1, 1);
            fields.PutUnsigned(2, 0);
            fields.PutString(3, name, 0, name.Length);
            fields.StartArray(4);
            fields.EndContainer();
            Assert.AreEqual(ImStatus.ConstraintError, scene.Answer(AddScene));
            scene.AssertInfo(0, 255, 0, false, Room);
            uint[] commands = new uint[] { ViewScene, RemoveScene, RecallScene };
            for (int i = 0; i < commands.Length; i++)
            {
                Assert.AreEqual(ImStatus.NotFound, scene.Ask(commands[i], Group, 1));
                Assert.AreEqual(ImStatus.InvalidCommand, scene.Ask(commands[i], Group + 1, 1));
                Assert.AreEqual(ImStatus.ConstraintError, scene.Ask(commands[i], Group, 255));
                Assert.AreEqual(ImStatus.ConstraintError, scene.Ask(commands[i], 0x10000, 1));
                Assert.AreEqual(ImStatus.InvalidCommand, scene.Ask(commands[i], Group, -1));
            }

            Assert.AreEqual(ImStatus.ConstraintError, scene.Ask(StoreScene, Group, 255));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Ask(StoreScene, Group + 1, 1));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Ask(RemoveAllScenes, Group + 1, -1));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Ask(GetSceneMembership, Group + 1, -1));
            Assert.AreEqual(TlvType.Null, scene.Node.Answer(1).Type);
            Assert.IsTrue(scene.Node.Answer(3) == null);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Recall(1, 60000001));
        }

        /// <summary>Fields that say nothing of this endpoint are no fault, fields that this endpoint cannot have are one.</summary>
        [TestMethod]
        public void ExtensionFieldSets_AreChecked()
        {
            LightScene scene = LightScene.WithFabrics(1);
            TlvWriter fields = Begin(scene);
            LightScene.PutSet(fields, 0x300, 7, SceneValue.Unsigned16, 300);
            LightScene.PutSet(fields, OnOff, 0, SceneValue.Unsigned8, 1);
            LightScene.PutSet(fields, OnOff, 0, SceneValue.Unsigned8, 0);
            Assert.AreEqual(ImStatus.Success, End(scene));
            Assert.AreEqual(0, scene.View(0, 1, OnOff), "the last one counts");
            Assert.AreEqual(-1, scene.View(0, 1, 0x300));

            uint before = scene.Node.Sum(scene.Scenes);
            LightScene.PutSet(Begin(scene), OnOff, 0x4003, SceneValue.Unsigned8, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, End(scene));
            LightScene.PutSet(Begin(scene), OnOff, 0, SceneValue.Unsigned16, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, End(scene));
            LightScene.PutSet(Begin(scene), Level, 0, SceneValue.Signed8, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, End(scene));
            LightScene.PutSet(Begin(scene), Level, 1, SceneValue.Unsigned8, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, End(scene));

            // Two values, none, no attribute, no cluster, no list.
            for (int fault = 0; fault < 5; fault++)
            {
                fields = Begin(scene);
                fields.StartStructure(TlvTag.Anonymous);
                if (fault != 3) fields.PutUnsigned(0, OnOff);
                if (fault != 4)
                {
                    fields.StartArray(1);
                    fields.StartStructure(TlvTag.Anonymous);
                    if (fault != 2) fields.PutUnsigned(0, 0);
                    if (fault != 1) fields.PutUnsigned(1, 1);
                    if (fault == 0) fields.PutUnsigned(3, 1);
                    fields.EndContainer();
                    fields.EndContainer();
                }

                fields.EndContainer();
                Assert.AreEqual(ImStatus.InvalidCommand, End(scene), fault.ToString());
            }

            Assert.AreEqual(before, scene.Node.Sum(scene.Scenes));

            // In any order, out of range or empty.
            fields = Begin(scene);
            fields.StartStructure(TlvTag.Anonymous);
            fields.StartArray(1);
            fields.StartStructure(TlvTag.Anonymous);
            fields.PutUnsigned(1, 255);
            fields.PutUnsigned(0, 0);
            fields.EndContainer();
            fields.EndContainer();
            fields.PutUnsigned(0, Level);
            fields.EndContainer();
            LightScene.PutSet(fields, OnOff, 0, SceneValue.Unsigned8, 2);
            Assert.AreEqual(ImStatus.Success, End(scene));
            Assert.AreEqual(255, scene.View(0, 1, Level), "undefined");
            Assert.AreEqual(0, scene.View(0, 1, OnOff));
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, 0, 1));
            scene.AssertLight(false, 254, 0);
            fields = Begin(scene);
            fields.StartStructure(TlvTag.Anonymous);
            fields.PutUnsigned(0, Level);
            fields.StartArray(1);
            fields.EndContainer();
            fields.EndContainer();
            Assert.AreEqual(ImStatus.Success, End(scene));
            Assert.AreEqual(-1, scene.View(0, 1, Level));
        }

        [TestMethod]
        [DataRow(SceneValue.Unsigned8, 255L)]
        [DataRow(SceneValue.Signed8, -128L)]
        [DataRow(SceneValue.Unsigned16, 65535L)]
        [DataRow(SceneValue.Signed16, -32768L)]
        [DataRow(SceneValue.Unsigned32, 4294967295L)]
        [DataRow(SceneValue.Signed32, -2147483648L)]
        [DataRow(SceneValue.Unsigned64, -1L)]
        [DataRow(SceneValue.Signed64, long.MinValue)]
        [DataRow(SceneValue.Signed64, long.MaxValue)]
        public void Values_AreReadBack(int valueTag, long value)
        {
            byte[] buffer = new byte[32];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            SceneValue.Write(writer, 5, valueTag, value);
            TlvReader reader = new TlvReader();
            reader.Reset(buffer, 0, writer.Length);
            reader.EnterMessage();
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(5, (int)reader.GetUnsigned(9));
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(valueTag, reader.Tag);
            Assert.AreEqual(value, SceneValue.Read(reader));
            Assert.AreEqual(0, reader.Error);
        }

        [TestMethod]
        public void EachFabric_HasItsPart()
        {
            LightScene scene = LightScene.WithFabrics(3);
            for (int i = 0; i < Room; i++) Assert.AreEqual(ImStatus.Success, scene.Add(Group, i, 0, 1, 1));
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.Add(Group, Room, 0, 1, 1));
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.Ask(StoreScene, Group, Room));
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 0, 0, 0, 1), "in its place");
            scene.AssertInfo(Room, 255, 0, false, 0);
            scene.Node.Act(2);
            scene.AssertInfo(0, 255, 0, false, Room);
            for (int i = 0; i < Room; i++) Assert.AreEqual(ImStatus.Success, scene.Add(Group, i, 0, 1, 1));
            scene.Node.Act(3);
            scene.AssertInfo(0, 255, 0, false, 2);
            Assert.AreEqual(ImStatus.NotFound, scene.Ask(ViewScene, Group, 0));
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 0, 0, 1, 1));
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 1, 0, 1, 1));
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.Add(Group, 2, 0, 1, 1));
            scene.AssertInfo(2, 255, 0, false, 0);
            Assert.IsTrue(Saved(scene) <= Limits.ClusterStateLength);
        }

        [TestMethod]
        public void Remove_TakesScenesOut()
        {
            LightScene scene = LightScene.WithFabrics(1);
            scene.Join(1, Group + 1);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 2));
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group + 1, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, 0, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(RemoveScene, Group, 1));
            scene.AssertInfo(3, 1, 0, true, Room - 3);
            Assert.AreEqual(ImStatus.NotFound, scene.Ask(RecallScene, Group, 1));
            AssertMembership(scene, Group, 2, -1);
            AssertMembership(scene, Group + 1, 1, -1);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RemoveScene, 0, 1));
            scene.AssertInfo(2, 1, 0, false, Room - 2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 3));
            AssertMembership(scene, Group, 3, 2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RemoveAllScenes, Group, -1));
            scene.AssertInfo(1, 3, Group, false, Room - 1);
            AssertMembership(scene, Group, -1, -1);
            AssertMembership(scene, Group + 1, 1, -1);
        }

        [TestMethod]
        public void RemovedGroupsAndFabrics_TakeTheirScenes()
        {
            LightScene scene = LightScene.WithFabrics(2);
            scene.Join(1, Group + 1);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, 0, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group + 1, 1));
            scene.Node.Act(2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            scene.Node.Act(1);
            scene.Scenes.IsUnsaved = false;
            scene.Node.Fields().PutUnsigned(0, Group);
            Assert.AreEqual(ImStatus.Success, scene.Node.Invoke(scene.Groups, 0x03));
            Assert.IsTrue(scene.Scenes.IsUnsaved);
            scene.Join(1, Group);
            Assert.AreEqual(ImStatus.NotFound, scene.Ask(ViewScene, Group, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(ViewScene, Group + 1, 1));
            Assert.AreEqual(ImStatus.Success, scene.Node.InvokePlain(scene.Groups, 0x04));
            scene.AssertInfo(0, 1, Group + 1, false, Room);
            scene.Node.Act(2);
            scene.AssertInfo(1, 1, Group, true, Room - 1);
            scene.Node.Model.FabricRemoved(2);
            scene.Join(2, Group);
            scene.AssertInfo(0, 255, 0, false, Room);
        }

        [TestMethod]
        public void CopyScene_CopiesOneOrAll()
        {
            LightScene scene = LightScene.WithFabrics(1);
            scene.Join(1, Group + 1);
            for (int i = 1; i <= 3; i++) Assert.AreEqual(ImStatus.Success, scene.Add(Group, i, (uint)i, 1, 100 + i));
            Assert.AreEqual(ImStatus.Success, scene.Copy(0, Group, 1, Group + 1, 9));
            Assert.AreEqual(Group, scene.Node.AnswerNumber(1));
            Assert.AreEqual(1, scene.Node.AnswerNumber(2));
            Assert.AreEqual(101, scene.View(Group + 1, 9, Level));
            Assert.AreEqual(1, scene.Node.AnswerNumber(3));
            Assert.AreEqual(ImStatus.Success, scene.Copy(0, Group, 2, Group, 1));
            Assert.AreEqual(102, scene.View(Group, 1, Level));
            Assert.AreEqual(ImStatus.Success, scene.Copy(1, Group, 0, Group + 1, 0));
            AssertMembership(scene, Group + 1, 9, 1);
            Assert.AreEqual(103, scene.View(Group + 1, 3, Level));
            scene.AssertInfo(Room, 255, 0, false, 0);

            // Again is no more, a new one is too much, and all or nothing.
            Assert.AreEqual(ImStatus.Success, scene.Copy(1, Group, 0, Group + 1, 0));
            Assert.AreEqual(ImStatus.Success, scene.Copy(1, Group, 0, Group, 0));
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.Copy(0, Group, 1, 0, 1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(RemoveScene, Group + 1, 9));
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.Copy(1, Group, 0, 0, 0));
            scene.AssertInfo(Room - 1, 255, 0, false, 1);

            Assert.AreEqual(ImStatus.NotFound, scene.Copy(0, Group, 77, Group + 1, 1));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Copy(0, Group + 2, 1, Group, 1));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Copy(0, Group, 1, Group + 2, 1));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Copy(0, Group, 255, Group, 1));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Copy(0, Group, 1, Group, 255));
            Assert.AreEqual(ImStatus.ConstraintError, scene.Copy(2, Group, 1, Group, 1));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Node.InvokePlain(scene.Scenes, CopyScene));
        }

        [TestMethod]
        public void Scenes_SurviveARestart()
        {
            LightScene scene = LightScene.WithFabrics(2);
            scene.Level.Dim(55);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            Assert.AreEqual(ImStatus.Success, scene.Add(0, 2, 70000, 1, -1));
            scene.Node.Act(2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 3));
            Assert.IsTrue(scene.Scenes.IsUnsaved);
            LightScene restarted = LightScene.WithFabrics(2);
            restarted.Node.Restart(scene.Scenes, restarted.Scenes);
            restarted.AssertInfo(2, 255, 0, false, Room - 2);
            Assert.AreEqual(55, restarted.View(Group, 1, Level));
            Assert.AreEqual(-1, restarted.View(0, 2, Level));
            Assert.AreEqual(1, restarted.View(0, 2, OnOff));
            Assert.AreEqual(70000, restarted.Node.AnswerNumber(3));
            restarted.Node.Act(2);
            Assert.AreEqual(55, restarted.View(Group, 3, Level));

            // Without the second fabric, and without the group of the first.
            LightScene less = new LightScene();
            less.Node.AddFabric(1);
            less.Node.Restart(scene.Scenes, less.Scenes);
            less.AssertInfo(1, 255, 0, false, Room - 1);
            Assert.AreEqual(ImStatus.Success, less.Ask(ViewScene, 0, 2));
        }

        /// <summary>What was saved by an earlier version whose scenes kept less of it is still good.</summary>
        [TestMethod]
        public void ShorterRows_AreFilledUp()
        {
            LightScene scene = LightScene.WithFabrics(1);
            byte[] state = new byte[] { 0x15, 0x36, 0, 0x10, 10, 1, Group, 0, 4, 0xE8, 3, 0, 0, 1, 1, 0x18, 0x18 };
            scene.Node.Load(scene.Scenes, state, state.Length);
            Assert.AreEqual(1, scene.View(Group, 4, OnOff));
            Assert.AreEqual(1000, scene.Node.AnswerNumber(3));
            Assert.AreEqual(-1, scene.View(Group, 4, Level));
        }

        [TestMethod]
        public void DamagedState_IsNoHarm()
        {
            byte[] state = new byte[] { 0x15, 0x36, 0, 0x10, 11, 1, Group, 0, 4, 0xE8, 3, 0, 0, 3, 1, 9, 0x18, 0x18 };
            byte[] damaged = new byte[state.Length];
            LightScene scene = LightScene.WithFabrics(1);
            for (int i = 0; i < state.Length * 8; i++)
            {
                Array.Copy(state, 0, damaged, 0, state.Length);
                damaged[i / 8] ^= (byte)(1 << (i % 8));
                scene.Node.Load(scene.Scenes, damaged, damaged.Length);
                scene.Node.Sum(scene.Scenes);
                scene.Node.Load(scene.Scenes, state, i / 8);
            }

            Assert.IsTrue(scene.Node.ItemNumber(scene.Scenes, 2, 0, 0) <= Room);
        }

        [TestMethod]
        public void DamagedFields_ChangeNothing()
        {
            for (uint command = 0; command <= 7; command++)
            {
                LightScene scene = LightScene.WithFabrics(1);
                Assert.AreEqual(ImStatus.Success, scene.Add(Group, 3, 300, 1, 100));
                TlvWriter fields = scene.Add(Group, 3, 300);
                if (command == 7)
                {
                    fields = scene.Node.Fields();
                    for (int tag = 0; tag < 5; tag++) fields.PutUnsigned(tag, tag == 2 ? 3ul : tag == 0 ? 0ul : Group);
                }
                else
                {
                    fields.StartArray(4);
                    LightScene.PutSet(fields, OnOff, 0, SceneValue.Unsigned8, 1);
                    LightScene.PutSet(fields, Level, 0, SceneValue.Unsigned8, 77);
                    fields.EndContainer();
                }

                Damage(scene, command == 7 ? CopyScene : command);
            }
        }

        private static void Damage(LightScene scene, uint command)
        {
            byte[] fields = scene.Node.TakeFields();
            byte[] damaged = new byte[fields.Length];
            int refused = 0;
            for (int variant = 0; variant < fields.Length * 9; variant++)
            {
                int length = variant % 9 == 8 ? variant / 9 : fields.Length;
                Array.Copy(fields, 0, damaged, 0, fields.Length);
                if (variant % 9 < 8) damaged[variant / 9] ^= (byte)(1 << (variant % 9));
                uint before = scene.Node.Sum(scene.Scenes);
                int status = scene.Node.Invoke(scene.Scenes, command, damaged, length);
                if (status == ImStatus.Success && command != RecallScene) status = scene.Node.AnswerNumber(0);
                if (status == ImStatus.Success) continue;
                refused++;
                Assert.AreEqual(before, scene.Node.Sum(scene.Scenes), command.ToString() + " " + variant.ToString());
            }

            Assert.IsTrue(refused > 0);
        }

        private static TlvWriter Begin(LightScene scene)
        {
            TlvWriter fields = scene.Add(0, 1, 0);
            fields.StartArray(4);
            return fields;
        }

        private static int End(LightScene scene)
        {
            scene.EndFields();
            return scene.Answer(AddScene);
        }

        private static void AssertMembership(LightScene scene, int group, int first, int second)
        {
            Assert.AreEqual(ImStatus.Success, scene.Ask(GetSceneMembership, group, -1));
            Assert.AreEqual(group, scene.Node.AnswerNumber(2));
            TlvReader list = scene.Node.Answer(3);
            list.Enter();
            if (first >= 0)
            {
                Assert.IsTrue(list.Next());
                Assert.AreEqual(first, (int)list.GetUnsigned(255));
            }

            if (second >= 0)
            {
                Assert.IsTrue(list.Next());
                Assert.AreEqual(second, (int)list.GetUnsigned(255));
            }

            if (first < 0 || second < 0) Assert.IsFalse(list.Next());
        }

        private static int Saved(LightScene scene)
        {
            TlvWriter writer = new TlvWriter();
            writer.Reset(new byte[2000], 0, 2000);
            writer.StartStructure(TlvTag.Anonymous);
            scene.Scenes.Save(writer);
            writer.EndContainer();
            return writer.Length;
        }
    }
}
