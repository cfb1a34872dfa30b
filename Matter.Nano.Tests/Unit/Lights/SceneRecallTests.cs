using System;
using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Lights
{
    /// <summary>Scenes Management over On/Off and Level Control: storing and recalling the state, the scene that a light is in, the global scene.</summary>
    [TestClass]
    public class SceneRecallTests
    {
        private const uint StoreScene = 0x04;
        private const uint RecallScene = 0x05;

        private const uint OnOff = OnOffCluster.ClusterId;
        private const uint Level = LevelControlCluster.ClusterId;
        private const int Group = LightScene.Group;
        private const int Room = 7; // (16 - 1) / 2

        private const uint Off = 0x00;
        private const uint On = 0x01;
        private const uint OffWithEffect = 0x40;
        private const uint OnWithRecallGlobalScene = 0x41;

        [TestMethod]
        public void StoreAndRecall_BringTheStateBack()
        {
            LightScene scene = LightScene.WithFabrics(2);
            scene.Level.Dim(33);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            scene.AssertInfo(1, 1, Group, true, Room - 1);
            scene.Switch(Off);
            scene.AssertInfo(1, 1, Group, false, Room - 1);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, 0, 2));
            scene.AssertInfo(2, 2, 0, true, Room - 2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 1));
            scene.AssertLight(true, 33, 33);
            scene.AssertInfo(2, 1, Group, true, Room - 2);
            scene.Level.Dim(34);
            scene.AssertInfo(2, 1, Group, false, Room - 2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, 0, 2));
            scene.AssertLight(false, 33, 0);

            // Another fabric's scene takes the place; its own fields are nobody else's business.
            scene.Node.Act(2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 9));
            scene.AssertInfo(1, 9, Group, true, Room - 1);
            scene.Node.Context.IsFabricFiltered = false;
            Assert.AreEqual(2, scene.Node.Count(scene.Scenes, 2));
            Assert.AreEqual(2, scene.Node.ItemNumber(scene.Scenes, 2, 0, 0));
            for (int tag = 1; tag <= 3; tag++) Assert.IsTrue(scene.Node.Item(scene.Scenes, 2, 0, tag) == null);
            Assert.AreEqual(9, scene.Node.ItemNumber(scene.Scenes, 2, 1, 1));
            scene.Node.Act(1);
            scene.AssertInfo(2, 2, 0, false, Room - 2);
        }

        [TestMethod]
        public void StoreScene_KeepsTheTransitionTime()
        {
            LightScene scene = LightScene.WithFabrics(1);
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 1, 1000, 1, -1));
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            Assert.AreEqual(0, scene.View(Group, 1, OnOff));
            Assert.AreEqual(254, scene.View(Group, 1, Level));
            Assert.AreEqual(1000, scene.Node.AnswerNumber(3));
        }

        [TestMethod]
        public void RecallScene_TakesItsTime()
        {
            LightScene scene = LightScene.WithFabrics(1);
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 1, 1000, 1, 104));
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 2, 1000, 0, 4));
            scene.Level.Dim(204);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 1));
            scene.Wait(500);
            scene.AssertLight(true, 154, 154);
            scene.AssertInfo(2, 1, Group, true, Room - 2);
            scene.Wait(500);
            scene.AssertLight(true, 104, 104);

            // Null is no time, a time takes the place of the scene's; off comes at the end.
            scene.Level.Dim(204);
            Assert.AreEqual(ImStatus.Success, scene.Recall(2, 2000));
            scene.Wait(1000);
            scene.AssertLight(true, 104, 104);
            scene.AssertInfo(2, 2, Group, true, Room - 2);
            scene.Wait(1000);
            scene.AssertLight(false, 4, 0);
            scene.AssertInfo(2, 2, Group, true, Room - 2);
            Assert.AreEqual(ImStatus.Success, scene.Recall(1, 0));
            scene.AssertLight(true, 104, 104);
            TlvWriter fields = scene.Node.Fields();
            fields.PutUnsigned(0, Group);
            fields.PutUnsigned(1, 2);
            fields.PutNull(2);
            Assert.AreEqual(ImStatus.Success, scene.Answer(RecallScene));
            scene.Wait(999);
            Assert.IsTrue(scene.OnOff.IsOn);
            scene.Wait(1);
            scene.AssertLight(false, 4, 0);

            // On is on at once, and a command in between ends all that was to come.
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 1));
            scene.AssertLight(true, 4, 4);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 2));
            scene.Wait(500);
            scene.Switch(Off);
            scene.Switch(On);
            scene.AssertInfo(2, 2, Group, false, Room - 2);
            scene.Wait(5000);
            Assert.IsTrue(scene.OnOff.IsOn);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 2));
            TlvWriter level = scene.Node.Fields();
            level.PutUnsigned(0, 50);
            for (int tag = 1; tag <= 3; tag++) level.PutUnsigned(tag, 0);
            Assert.AreEqual(ImStatus.Success, scene.Node.Invoke(scene.Level, 4));
            scene.Wait(5000);
            scene.AssertLight(true, 50, 50);
        }

        /// <summary>A scene replaced is not the one that the light is in.</summary>
        [TestMethod]
        public void ReplacedScene_IsLeft()
        {
            LightScene scene = LightScene.WithFabrics(1);
            Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 2, 0, 1, 5));
            scene.AssertInfo(2, 1, Group, true, Room - 2);
            Assert.AreEqual(ImStatus.Success, scene.Add(Group, 1, 0, 1, 5));
            scene.AssertInfo(2, 1, Group, false, Room - 2);
            Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 1));
            Assert.AreEqual(ImStatus.Success, scene.Copy(0, Group, 2, Group, 1));
            scene.AssertInfo(2, 1, Group, false, Room - 2);
        }

        [TestMethod]
        public void GlobalScene_ComesBack()
        {
            LightScene scene = LightScene.WithFabrics(1);
            scene.Level.Dim(44);
            Assert.AreEqual(ImStatus.Success, Effect(scene));
            scene.AssertLight(false, 44, 0);
            Assert.AreEqual(44, scene.View(0, 0, Level));
            Assert.AreEqual(1, scene.View(0, 0, OnOff));
            scene.AssertInfo(1, 255, 0, false, Room - 1);
            Assert.AreEqual(ImStatus.Success, Effect(scene));
            Assert.AreEqual(1, scene.View(0, 0, OnOff), "stored once");
            TlvWriter fields = scene.Node.Fields();
            fields.PutUnsigned(0, 99);
            fields.PutUnsigned(1, 0);
            fields.PutUnsigned(2, 1);
            fields.PutUnsigned(3, 1);
            Assert.AreEqual(ImStatus.Success, scene.Node.Invoke(scene.Level, 0));
            scene.AssertLight(false, 99, 0);
            scene.Switch(OnWithRecallGlobalScene);
            scene.AssertLight(true, 44, 44);
            scene.AssertInfo(1, 0, 0, true, Room - 1);
            Assert.IsTrue(scene.Node.Read(scene.OnOff, 0x4000).GetBoolean());

            // Recalled already: nothing more to do.
            scene.Level.Dim(45);
            scene.Switch(OnWithRecallGlobalScene);
            scene.AssertLight(true, 45, 45);

            // Stored while off, it still switches on.
            scene.Switch(Off);
            Assert.AreEqual(ImStatus.Success, Effect(scene));
            Assert.AreEqual(0, scene.View(0, 0, OnOff));
            scene.Switch(OnWithRecallGlobalScene);
            scene.AssertLight(true, 45, 45);
        }

        [TestMethod]
        public void GlobalScene_WithoutRoomOrFabricIsJustOn()
        {
            LightScene scene = LightScene.WithFabrics(1);
            for (int i = 1; i <= Room; i++) Assert.AreEqual(ImStatus.Success, scene.Add(Group, i, 0, 1, 1));
            scene.Level.Dim(44);
            Assert.AreEqual(ImStatus.Success, Effect(scene));
            scene.Switch(OnWithRecallGlobalScene);
            scene.AssertLight(true, 44, 44);
            scene.Node.Context.FabricIndex = 0;
            Assert.AreEqual(ImStatus.Success, Effect(scene));
            scene.Switch(OnWithRecallGlobalScene);
            scene.AssertLight(true, 44, 44);
        }

        private static int Effect(LightScene scene)
        {
            TlvWriter fields = scene.Node.Fields();
            fields.PutUnsigned(0, 0);
            fields.PutUnsigned(1, 0);
            return scene.Node.Invoke(scene.OnOff, OffWithEffect);
        }
    }
}
