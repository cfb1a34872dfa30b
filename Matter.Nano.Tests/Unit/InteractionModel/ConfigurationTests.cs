using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>ConfigurationVersion: goes up with what a node is made of, and with nothing else.</summary>
    [TestClass]
    public class ConfigurationTests
    {
        [TestMethod]
        public void SameNode_KeepsItsVersion()
        {
            CountingStore store = new CountingStore();
            Assert.AreEqual(1u, Start(store, new InteractionScene()));
            Assert.AreEqual(1, store.Writes);
            InteractionScene changed = new InteractionScene();
            changed.One.Set(77);
            Assert.AreEqual(1u, Start(store, changed), "no part of the configuration");
            Assert.AreEqual(1, store.Writes);
        }

        [TestMethod]
        public void OtherNode_HasTheNextVersion()
        {
            CountingStore store = new CountingStore();
            Start(store, new InteractionScene());
            InteractionScene grown = new InteractionScene();
            grown.Model.Add(NewEndpoint(3, 0, 0x77));
            Assert.AreEqual(2u, Start(store, grown), "one endpoint more");
            Assert.AreEqual(2u, Start(store, grown));
            InteractionScene moved = new InteractionScene();
            moved.Model.Add(NewEndpoint(4, 0, 0x77));
            Assert.AreEqual(3u, Start(store, moved), "under another number");
            InteractionScene below = new InteractionScene();
            below.Model.Add(NewEndpoint(4, 1, 0x77));
            Assert.AreEqual(4u, Start(store, below), "of another parent");
            InteractionScene other = new InteractionScene();
            other.Model.Add(NewEndpoint(4, 1, 0x78));
            Assert.AreEqual(5u, Start(store, other), "with another cluster");
            InteractionScene longer = new InteractionScene();
            longer.Model.Add(NewEndpoint(4, 1, 0x78));
            longer.Model.Find(4).Add(new PlainCluster(0x79));
            Assert.AreEqual(6u, Start(store, longer), "with one more");
            Assert.AreEqual(7u, Start(store, new InteractionScene()), "back, but never to a number of before");
            Assert.AreEqual(7, store.Writes);
        }

        [TestMethod]
        public void BrokenStore_FindsTheSameVersionAgain()
        {
            CountingStore store = new CountingStore();
            Start(store, new InteractionScene());
            InteractionScene grown = new InteractionScene();
            grown.Model.Add(NewEndpoint(3, 0, 0x77));
            ClusterStore clusters = new ClusterStore(grown.Model, new WriteProtectedStore(store), grown.Fabrics.Scratch);
            Assert.AreEqual(MatterError.StorageFailed, clusters.LoadConfiguration());
            Assert.AreEqual(2u, grown.Model.ConfigurationVersion);
            Assert.AreEqual(2u, Start(store, grown));
        }

        private static uint Start(CountingStore store, InteractionScene scene)
        {
            Assert.AreEqual(0, new ClusterStore(scene.Model, store, scene.Fabrics.Scratch).LoadConfiguration());
            return scene.Model.ConfigurationVersion;
        }

        private static Endpoint NewEndpoint(int id, int parent, uint clusterId)
        {
            Endpoint endpoint = new Endpoint(id, parent);
            endpoint.Add(new PlainCluster(clusterId));
            return endpoint;
        }
    }
}
