using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Lights;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>After a warm-up scenes are stored, recalled and copied, and levels moved, without allocating.</summary>
    [TestClass]
    public class LightAllocationTests
    {
        private const uint StoreScene = 0x04;
        private const uint RecallScene = 0x05;
        private const int Group = LightScene.Group;

        [TestMethod]
        public void ScenesAndLevels_AllocateNothing()
        {
            LightScene scene = LightScene.WithFabrics(1);
            scene.Node.WriteNumber(scene.Level, 0x10, 20);
            long before = 0;
            for (int round = 0; round < 60; round++)
            {
                // The first rounds compile and fill caches.
                if (round == 30) before = GC.GetAllocatedBytesForCurrentThread();
                scene.Level.Dim(100 + round);
                Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, Group, 1));
                scene.Switch(0);
                scene.Wait(1000);
                Assert.AreEqual(ImStatus.Success, scene.Ask(StoreScene, 0, 2));
                Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, Group, 1));
                scene.Wait(3000);
                Assert.AreEqual(100 + round, scene.ShownLevel);
                Assert.AreEqual(ImStatus.Success, scene.Ask(RecallScene, 0, 2));
                Assert.AreEqual(ImStatus.Success, scene.Ask(0x01, Group, 1));
                scene.Switch(1);
                scene.Wait(3000);
            }

            Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
