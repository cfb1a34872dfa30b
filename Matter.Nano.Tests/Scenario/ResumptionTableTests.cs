using System;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Who can resume CASE, over restarts and bad stores.</summary>
    [TestClass]
    public class ResumptionTableTests
    {
        private const ulong Peer = 0xFEDCBA9876543210;

        [TestMethod]
        public void Row_ComesBackFromTheStoreAsItWas()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore();
            ResumptionTable table = New(world, store);
            uint[] tags = new uint[] { 0xFFFF0001, 0x00010002, 3 };
            table.Put(world.Fabrics.GetRow(0), Peer, tags, Bytes(16, 1), Bytes(32, 2), 0x31020304, 1000);
            Assert.AreEqual(0, table.Flush());
            Assert.AreEqual(1, store.Changes);
            Assert.AreEqual(0, table.Flush());
            Assert.AreEqual(1, store.Changes);

            ResumptionTable reloaded = New(world, store);
            Assert.AreEqual(0, reloaded.Load());
            int row = reloaded.Find(Bytes(16, 1), 0);
            Assert.IsTrue(row >= 0);
            Assert.IsTrue(reloaded.GetFabric(row) == world.Fabrics.GetRow(0));
            Assert.AreEqual(Peer, reloaded.GetPeerNodeId(row));
            uint[] tagsAgain = new uint[3];
            reloaded.CopyTags(row, tagsAgain);
            CollectionAssert.AreEqual(tags, tagsAgain);
            byte[] secret = new byte[32];
            reloaded.CopySecret(row, secret);
            CollectionAssert.AreEqual(Bytes(32, 2), secret);
            Assert.AreEqual(0x31020304u, reloaded.GetNotAfter(row));
            Assert.AreEqual(1, store.Changes);
        }

        [TestMethod]
        public void Order_SurvivesARestart()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore();
            ResumptionTable table = New(world, store);
            Fabric fabric = world.Fabrics.GetRow(0);
            for (int i = 0; i < 3; i++)
            {
                table.Put(fabric, Peer + (ulong)i, new uint[3], Bytes(16, i), Bytes(32, i), 0, 0);
            }

            table.Put(fabric, Peer, new uint[3], Bytes(16, 10), Bytes(32, 10), 0, 0);
            Assert.AreEqual(0, table.Flush());
            table = New(world, store);
            Assert.AreEqual(0, table.Load());
            table.Put(fabric, Peer + 3, new uint[3], Bytes(16, 3), Bytes(32, 3), 0, 0);
            Assert.AreEqual(3, table.Count);
            Assert.IsTrue(table.Find(Bytes(16, 0), 0) < 0);
            Assert.IsTrue(table.Find(Bytes(16, 1), 0) < 0);
            Assert.IsTrue(table.Find(Bytes(16, 2), 0) >= 0);
            Assert.IsTrue(table.Find(Bytes(16, 3), 0) >= 0);
            Assert.IsTrue(table.Find(Bytes(16, 10), 0) >= 0);
        }

        [TestMethod]
        public void DamagedValue_IsDeleted()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore();
            byte[] value = null;
            for (int i = 0; value == null || i < value.Length; i++)
            {
                ResumptionTable table = New(world, store);
                table.Put(world.Fabrics.GetRow(0), Peer, new uint[3], Bytes(16, 1), Bytes(32, 2), 0, 0);
                Assert.AreEqual(0, table.Flush());
                value = store[StoreKey.Resumption];
                value[i] ^= 0x40;
                table = New(world, store);
                Assert.AreEqual(0, table.Load(), i.ToString());
                Assert.AreEqual(0, table.Count, i.ToString());
                Assert.IsTrue(store[StoreKey.Resumption] == null, i.ToString());
            }

            Assert.AreEqual(85, value.Length);
            for (int length = 0; length <= value.Length + 1; length++)
            {
                byte[] other = new byte[length];
                Array.Copy(value, other, length < value.Length ? length : value.Length);
                Assert.AreEqual(0, store.Write(StoreKey.Resumption, other, 0, length));
                ResumptionTable table = New(world, store);
                Assert.AreEqual(0, table.Load());
                Assert.AreEqual(0, table.Count);
                Assert.IsTrue(store[StoreKey.Resumption] == null);
            }
        }

        [TestMethod]
        public void RowOfAnotherFabric_IsDeleted()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore();
            ResumptionTable table = New(world, store);
            table.Put(world.Fabrics.GetRow(0), Peer, new uint[3], Bytes(16, 1), Bytes(32, 2), 0, 0);
            Assert.AreEqual(0, table.Flush());
            Assert.AreEqual(0, world.Fabrics.Remove(world.Fabrics.GetRow(0), world.Now));
            world.Join(new TestFabricAuthority(world.Controller(0).Crypto, 2, false), 2);
            Assert.AreEqual(2, world.Fabrics.GetRow(0).Index);
            table = New(world, store);
            Assert.AreEqual(0, table.Load());
            Assert.AreEqual(0, table.Count);
            Assert.IsTrue(store[StoreKey.Resumption] == null);
        }

        [TestMethod]
        public void IdThatTheStoreKeeps_MakesNoSession_AndIsDeletedLater()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore();
            ResumptionTable table = New(world, store);
            table.Put(world.Fabrics.GetRow(0), Peer, new uint[3], Bytes(16, 1), Bytes(32, 2), 0, 0);
            Assert.AreEqual(0, table.Flush());
            store.Fails = true;
            Assert.IsFalse(table.Spend(Bytes(16, 1), 0, 1000000));
            Assert.AreEqual(0, table.Count);
            Assert.AreEqual(MatterError.StorageFailed, table.Flush());
            Assert.IsTrue(store[StoreKey.Resumption] != null);

            long deadline = table.Poll(1000000);
            Assert.IsTrue(deadline > 1000000 && deadline < long.MaxValue);
            long later = table.Poll(deadline);
            Assert.AreEqual(deadline + ResumptionTable.IntervalMs, later, "a store that fails is left alone for a while");
            store.Fails = false;
            Assert.AreEqual(long.MaxValue, table.Poll(later));
            Assert.IsTrue(store[StoreKey.Resumption] == null);
        }

        [TestMethod]
        public void PeerInAHurry_DoesNotWearOutTheStore()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore();
            ResumptionTable table = New(world, store);
            Fabric fabric = world.Fabrics.GetRow(0);
            long now = 0;
            for (int i = 0; i < 6000; i++)
            {
                table.Put(fabric, Peer, new uint[3], Bytes(16, i), Bytes(32, 2), 0, now);
                table.Poll(now);
                now += 100;
                Assert.IsTrue(table.Spend(Bytes(16, i), 0, now));
            }

            // Ten minutes: a write and a deletion each.
            Assert.IsTrue(store.Changes > 2 && store.Changes <= 22, store.Changes.ToString());
        }

        [TestMethod]
        public void UnreadableStore_IsReported()
        {
            HandshakeWorld world = NewWorld();
            MemoryStore store = new MemoryStore { Fails = true };
            ResumptionTable table = New(world, store);
            Assert.AreEqual(MatterError.StorageFailed, table.Load());
            Assert.AreEqual(0, table.Count);
        }

        private static HandshakeWorld NewWorld()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            world.Join(new TestFabricAuthority(world.Controller(0).Crypto, 1, false), 1);
            return world;
        }

        private static ResumptionTable New(HandshakeWorld world, MemoryStore store)
        {
            return new ResumptionTable(world.Fabrics, store);
        }

        private static byte[] Bytes(int length, int value)
        {
            byte[] bytes = new byte[length];
            bytes[0] = (byte)value;
            bytes[1] = (byte)(value >> 8);
            bytes[length - 1] = 0x5A;
            return bytes;
        }
    }
}
