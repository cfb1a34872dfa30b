using System;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Endpoints, the memory of changes, and what clusters keep.</summary>
    [TestClass]
    public class DataModelTests
    {
        [TestMethod]
        public void Endpoints_StandInTheirOrder()
        {
            InteractionScene scene = new InteractionScene();
            Assert.AreEqual(3, scene.Model.EndpointCount);
            for (int i = 0; i < 3; i++) Assert.AreEqual(i, scene.Model.GetEndpoint(i).Id);
            Assert.AreEqual(4, scene.Model.ClusterCount);
            Assert.IsTrue(scene.Model.Find(3) == null);
            Assert.IsTrue(scene.Model.Find(1).Find(TestCluster.ClusterId) == scene.One);
        }

        [TestMethod]
        public void WrongDeclarations_Throw()
        {
            InteractionScene scene = new InteractionScene();
            Assert.IsTrue(Throws(scene, 0));
            Assert.IsTrue(Throws(scene, 1));
            Assert.IsTrue(Throws(scene, 2));
            Assert.IsTrue(Throws(scene, 3));
            Assert.IsTrue(Throws(scene, 4));
        }

        [TestMethod]
        public void EndpointAddedLater_IsReadToo()
        {
            // Beyond the clusters of the start a reader's version is not remembered: it gets what it has once more.
            InteractionScene scene = new InteractionScene();
            for (int i = 0; i < 40; i++)
            {
                Endpoint late = new Endpoint(7 + i, 0);
                scene.Model.Add(late);
                late.Add(new PlainCluster(0x77));
                scene.Client.Versions = new long[] { 7 + i, 0x77, late.Find(0x77).DataVersion };
                CheckCount(scene, new long[] { 7 + i, 0x77, 0xFFFD }, late.Find(0x77).Ordinal < 32 ? 0 : 1);
            }
            CheckCount(scene, new long[] { -1, -1, 0xFFFD }, 4 + 40);
        }

        [TestMethod]
        public void Changes_AreFoundSinceAnyStamp()
        {
            InteractionScene scene = new InteractionScene();
            DataModel model = scene.Model;
            int value = scene.One.FindAttribute(TestCluster.Value);
            int bytes = scene.One.FindAttribute(TestCluster.Bytes);
            int start = model.Stamp;
            Assert.IsFalse(model.HasChanged(scene.One, value, start));
            scene.One.Set(1);
            int middle = model.Stamp;
            Assert.IsTrue(model.HasChanged(scene.One, value, start));
            Assert.IsFalse(model.HasChanged(scene.One, value, middle));
            Assert.IsFalse(model.HasChanged(scene.One, bytes, start));
            Assert.IsFalse(model.HasChanged(scene.Two, value, start));
            scene.One.Touch(TestCluster.Bytes);
            Assert.IsTrue(model.HasChanged(scene.One, bytes, middle));
            Assert.IsFalse(model.HasChanged(scene.One, value, middle));
            scene.One.Set(2);
            Assert.IsTrue(model.HasChanged(scene.One, value, middle));
        }

        [TestMethod]
        public void ForgottenChanges_CountForTheWholeCluster()
        {
            InteractionScene scene = new InteractionScene();
            DataModel model = scene.Model;
            int start = model.Stamp;
            scene.One.Touch(TestCluster.Secret);
            int after = model.Stamp;
            for (int i = 0; i < 3; i++)
            {
                for (uint attribute = 0; attribute < 13; attribute++) scene.Two.Touch(attribute);
                scene.One.Touch(TestCluster.Items);
                scene.One.Touch(TestCluster.Numbers);
                scene.One.Touch(TestCluster.Timed);
                scene.One.Touch(TestCluster.WriteOnly);
                scene.One.Touch(TestCluster.Scoped);
                scene.One.Touch(TestCluster.Failing);
            }
            Assert.IsTrue(model.HasChanged(scene.One, scene.One.FindAttribute(TestCluster.Secret), start));
            Assert.IsTrue(model.HasChanged(scene.One, scene.One.FindAttribute(TestCluster.Items), after));
            Assert.IsFalse(model.HasChanged(scene.One, scene.One.FindAttribute(TestCluster.Constant), start));
            Assert.IsFalse(model.HasChanged(scene.One, scene.One.FindAttribute(0xFFFD), start));
            Assert.IsFalse(model.HasChanged(scene.One, scene.One.FindAttribute(TestCluster.Secret), model.Stamp));
            Assert.IsTrue(model.MayHaveChanged(new uint[] { 0, 0, 0 }, 0, 1, start));
            Assert.IsFalse(model.MayHaveChanged(new uint[] { 0, 0, 0 }, 0, 1, model.Stamp));
        }

        [TestMethod]
        public void FabricRemoved_ReachesEveryCluster()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            client.BeginItem(1, TestCluster.ClusterId, TestCluster.Scoped, true, -1);
            client.Writer.PutUnsigned(2, 3);
            client.EndItem();
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(300);
            scene.Model.FabricRemoved(2);
            Assert.AreEqual(1, CountScoped(scene));
            scene.Model.FabricRemoved(1);
            Assert.AreEqual(0, CountScoped(scene));
        }

        [TestMethod]
        public void ClusterTimers_RunWhenDueOrWoken()
        {
            InteractionScene scene = new InteractionScene();
            Assert.AreEqual(long.MaxValue, scene.Model.Poll(scene.Now));
            int polls = scene.One.Polls;
            Assert.AreEqual(long.MaxValue, scene.Model.Poll(scene.Now + 1000));
            Assert.AreEqual(polls, scene.One.Polls);
            scene.Model.Wake();
            scene.Model.Poll(scene.Now + 1000);
            Assert.AreEqual(polls + 1, scene.One.Polls);
            scene.Client.Invoke(scene.Session, 2, TestCluster.ClusterId, TestCluster.AdministerCommand, scene.Now);
            scene.Run(300);
            Assert.AreEqual(polls + 2, scene.One.Polls);
        }

        [TestMethod]
        public void SavedState_ComesBack()
        {
            InteractionScene scene = new InteractionScene();
            ClusterStore store = new ClusterStore(scene.Model, scene.Store, scene.Fabrics.Scratch);
            int writes = scene.Store.Writes;
            Assert.AreEqual(long.MaxValue, store.Poll(0));
            scene.One.Set(321);
            Assert.AreEqual(5000L + ClusterStore.DelayMs, store.Poll(5000));
            scene.One.Set(322);
            Assert.AreEqual(5000L + ClusterStore.DelayMs, store.Poll(5500));
            Assert.AreEqual(writes, scene.Store.Writes);
            store.Poll(6000);
            Assert.AreEqual(writes + 1, scene.Store.Writes);
            Assert.AreEqual(long.MaxValue, store.Poll(6000));
            Assert.AreEqual(long.MaxValue, store.Poll(60000));

            scene.Two.Set(100);
            Assert.AreEqual(0, store.Flush());
            InteractionScene restarted = new InteractionScene();
            Assert.AreEqual(0, new ClusterStore(restarted.Model, scene.Store, restarted.Fabrics.Scratch).Load());
            Assert.AreEqual(322u, restarted.One.Number);
            Assert.AreEqual(100u, restarted.Two.Number);
            Assert.AreEqual(long.MaxValue, new ClusterStore(restarted.Model, scene.Store, restarted.Fabrics.Scratch).Poll(0));
        }

        [TestMethod]
        public void ManyRoundsInARow_WaitTheirTime()
        {
            InteractionScene scene = new InteractionScene();
            ClusterStore store = new ClusterStore(scene.Model, scene.Store, scene.Fabrics.Scratch);
            long now = 1000000;
            for (int minute = 0; minute < 2; minute++)
            {
                long begin = now;
                for (int round = 0; round < ClusterStore.SavedUpRounds; round++, now += ClusterStore.DelayMs)
                {
                    Assert.AreEqual(now + ClusterStore.DelayMs, RoundOf(scene, store, now));
                }

                long next = begin + ClusterStore.DelayMs + ClusterStore.IntervalMs;
                Assert.AreEqual(next, RoundOf(scene, store, now));
                Assert.AreEqual(next + ClusterStore.IntervalMs, RoundOf(scene, store, next));
                now += 1000000;
            }
        }

        // When a change made now is stored.
        private static long RoundOf(InteractionScene scene, ClusterStore store, long now)
        {
            int writes = scene.Store.Writes;
            scene.One.Set(scene.One.Number + 1);
            long at = store.Poll(now);
            store.Poll(at - 1);
            Assert.AreEqual(writes, scene.Store.Writes);
            while (store.Poll(at) != long.MaxValue)
            {
            }
            Assert.AreEqual(writes + 1, scene.Store.Writes);
            return at;
        }

        [TestMethod]
        public void BrokenStore_IsTriedAgain()
        {
            InteractionScene scene = new InteractionScene();
            ClusterStore store = new ClusterStore(scene.Model, scene.Store, scene.Fabrics.Scratch);
            scene.One.Set(5);
            scene.Store.IsBroken = true;
            store.Poll(0);
            store.Poll(ClusterStore.DelayMs);
            Assert.AreEqual(MatterError.StorageFailed, store.Flush());
            Assert.AreEqual(MatterError.StorageFailed, new ClusterStore(scene.Model, scene.Store, scene.Fabrics.Scratch).Load());
            scene.Store.IsBroken = false;
            Assert.AreEqual(0, store.Flush());
            InteractionScene restarted = new InteractionScene();
            Assert.AreEqual(0, new ClusterStore(restarted.Model, scene.Store, restarted.Fabrics.Scratch).Load());
            Assert.AreEqual(5u, restarted.One.Number);
        }

        [TestMethod]
        public void DamagedState_IsReportedAndLeavesTheDefault()
        {
            InteractionScene scene = new InteractionScene();
            ClusterStore store = new ClusterStore(scene.Model, scene.Store, scene.Fabrics.Scratch);
            scene.One.Set(5);
            scene.Two.Set(6);
            store.Flush();
            byte[] value = new byte[100];
            long key = StoreKey.Cluster + (1L << 32) + TestCluster.ClusterId;
            int length = scene.Store.Read(key, value, 0, 100);
            Assert.IsTrue(length > 0);
            for (int i = 0; i < length; i++)
            {
                scene.Store.Write(key, value, 0, i);
                InteractionScene restarted = new InteractionScene();
                Assert.AreEqual(MatterError.DamagedRecord, new ClusterStore(restarted.Model, scene.Store, restarted.Fabrics.Scratch).Load(), "length " + i);
                Assert.AreEqual(0u, restarted.One.Number);
                Assert.AreEqual(6u, restarted.Two.Number);
            }
            byte[] wrongType = new byte[] { 0x15, 0x2C, 0, 0, 0x18 };
            scene.Store.Write(key, wrongType, 0, wrongType.Length);
            InteractionScene last = new InteractionScene();
            Assert.AreEqual(MatterError.DamagedRecord, new ClusterStore(last.Model, scene.Store, last.Fabrics.Scratch).Load());
            scene.Store.Write(key, new byte[2000], 0, 2000);
            Assert.AreEqual(MatterError.DamagedRecord, new ClusterStore(last.Model, scene.Store, last.Fabrics.Scratch).Load());
            Assert.AreEqual(0u, last.One.Number);
        }

        private static void CheckCount(InteractionScene scene, long[] paths, int count)
        {
            scene.Client.Clear();
            scene.Client.Read(scene.Session, paths, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(count, scene.Client.Reports().CountAll());
        }

        private static int CountScoped(InteractionScene scene)
        {
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Scoped }, false, scene.Now);
            scene.Run(300);
            return scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Scoped);
        }

        private static bool Throws(InteractionScene scene, int declaration)
        {
            try
            {
                switch (declaration)
                {
                    case 0: scene.Model.Add(new Endpoint(1, 0)); break;
                    case 1: scene.Model.Find(1).Add(new PlainCluster(InteractionScene.PlainId + 1)); break;
                    case 2: scene.Model.Find(2).Add(scene.One); break;
                    case 3: scene.Model.Add(scene.Model.Find(1)); break;
                    default: new Endpoint(0xFFFF, 0).AddDeviceType(1, 1); break;
                }
            }
            catch (ArgumentException)
            {
                return true;
            }
            return false;
        }
    }
}
