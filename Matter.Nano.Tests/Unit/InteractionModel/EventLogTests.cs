using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>What the event log keeps, in which order, under which numbers.</summary>
    [TestClass]
    public class EventLogTests
    {
        [TestMethod]
        public void Events_AreNumberedOneByOne_AndOneWriteOfTheStoreDoesForMany()
        {
            CountingStore store = new CountingStore();
            TestCluster cluster = OnNode(store);
            EventLog log = cluster.Endpoint.Model.Events;
            Assert.AreEqual(0, store.Writes, "before the first event");
            Assert.AreEqual(0, log.Find(0));
            for (uint i = 0; i < 10; i++)
            {
                Assert.AreEqual(0, cluster.Raise(TestCluster.Note, i));
                Assert.AreEqual((ulong)i + 1, log.End);
            }
            Assert.AreEqual(1, store.Writes);
            ulong number = 0;
            for (int at = 0; at < log.Length; at += log.GetLength(at))
            {
                Assert.AreEqual(number++, log.GetNumber(at));
                Assert.AreEqual(1, log.GetEndpoint(at));
                Assert.AreEqual(TestCluster.ClusterId, log.GetCluster(at));
                Assert.AreEqual(TestCluster.Note, log.GetEvent(at));
                Assert.AreEqual(1, log.GetPriority(at));
            }
            Assert.AreEqual(10ul, number);
            Assert.AreEqual(log.Length, log.Find(10));
            Assert.AreEqual(3ul, log.GetNumber(log.Find(3)));
        }

        [TestMethod]
        public void EventsThatAreNotThere_AreNotRecorded()
        {
            TestCluster cluster = OnNode(new CountingStore());
            EventLog log = cluster.Endpoint.Model.Events;
            Assert.AreEqual(MatterError.NotFound, cluster.Raise(TestCluster.AbsentNote, 1));
            Assert.AreEqual(MatterError.NotFound, cluster.Raise(0x77, 1));
            Assert.AreEqual(MatterError.NotFound, cluster.Raise(0xFFF10000, 1));
            Assert.AreEqual(MatterError.NotFound, cluster.Raise(0x06, 1), "without the vendor's half");
            Assert.AreEqual(MatterError.NotFound, cluster.EndNothing());
            Assert.AreEqual(0, log.Length);
            Assert.AreEqual(0ul, log.End);
            Assert.AreEqual(0, cluster.Raise(TestCluster.CustomNote, 1));
            Assert.AreEqual(TestCluster.CustomNote, log.GetEvent(0));
            Assert.AreEqual(MatterError.NotFound, cluster.EndNothing());
            cluster.BeginOnly(TestCluster.Alarm);
            Assert.AreEqual(0, cluster.Raise(TestCluster.Note, 2));
            Assert.AreEqual(2ul, log.End);
            Assert.AreEqual(TestCluster.Note, log.GetEvent(log.Find(1)));
        }

        [TestMethod]
        public void ClusterOnNoNode_RaisesIntoTheVoid()
        {
            TestCluster alone = new TestCluster();
            Assert.AreEqual(MatterError.NotFound, alone.Raise(TestCluster.Note, 1));
            Endpoint endpoint = new Endpoint(1, 0);
            endpoint.Add(alone);
            Assert.AreEqual(MatterError.NotFound, alone.Raise(TestCluster.Note, 1));
            DataModel model = new DataModel(new SeededRandom(1));
            model.Add(endpoint);
            Assert.AreEqual(MatterError.NotFound, alone.Raise(TestCluster.Note, 1), "no log");
        }

        [TestMethod]
        public void TooLong_IsLostWithoutANumber()
        {
            CountingStore store = new CountingStore();
            TestCluster cluster = OnNode(store);
            EventLog log = cluster.Endpoint.Model.Events;

            // Beside the bytes: structure, its end, tag and length of the bytes.
            int longest = Limits.EventLength - EventLog.HeaderLength - 3 - 3;
            Assert.AreEqual(0, cluster.RaiseLong(TestCluster.Note, longest));
            Assert.AreEqual(Limits.EventLength, log.Length);
            for (int length = longest + 1; length < 400; length++)
            {
                Assert.AreEqual(MatterError.BufferTooSmall, cluster.RaiseLong(TestCluster.Note, length));
            }
            Assert.AreEqual(MatterError.BufferTooSmall, cluster.RaiseLong(TestCluster.Trace, longest), "more than all debug events have");
            Assert.AreEqual(Limits.EventLength, log.Length);
            Assert.AreEqual(1ul, log.End);
            Assert.AreEqual(0, cluster.Raise(TestCluster.Note, 1));
            Assert.AreEqual(1ul, log.GetNumber(log.Find(1)));
        }

        [TestMethod]
        public void EachPriority_LosesItsOldest()
        {
            TestCluster cluster = OnNode(new CountingStore());
            EventLog log = cluster.Endpoint.Model.Events;
            uint[] ids = new uint[] { TestCluster.Trace, TestCluster.Note, TestCluster.Alarm };
            int[] rooms = new int[] { Limits.DebugEventsLength, Limits.InfoEventsLength, Limits.CriticalEventsLength };
            int[] lengths = new int[1000];
            int[] priorities = new int[1000];
            SeededRandom random = new SeededRandom(5);
            byte[] drawn = new byte[2];
            for (int i = 0; i < lengths.Length; i++)
            {
                random.Fill(drawn, 0, 2);
                int priority = drawn[0] % 3;
                int before = log.Length;
                Assert.AreEqual(0, cluster.RaiseLong(ids[priority], drawn[1] % 60));
                lengths[i] = EventLog.HeaderLength + 6 + drawn[1] % 60;
                priorities[i] = priority;
                Assert.IsTrue(log.Length <= before + lengths[i]);
                if (i % 10 == 0) CheckKept(log, lengths, priorities, i + 1, rooms);
            }
            CheckKept(log, lengths, priorities, lengths.Length, rooms);
        }

        [TestMethod]
        public void Flood_LeavesOtherPrioritiesAlone()
        {
            TestCluster cluster = OnNode(new CountingStore());
            EventLog log = cluster.Endpoint.Model.Events;
            cluster.Raise(TestCluster.Alarm, 1);
            cluster.Raise(TestCluster.Trace, 2);
            for (uint i = 0; i < 500; i++) Assert.AreEqual(0, cluster.Raise(TestCluster.Note, i));
            Assert.AreEqual(0ul, log.GetNumber(0));
            Assert.AreEqual(TestCluster.Alarm, log.GetEvent(0));
            Assert.AreEqual(1ul, log.GetNumber(log.Find(1)));
            Assert.IsTrue(log.GetNumber(log.Find(2)) > 450);
        }

        [TestMethod]
        public void Restarts_NeverBringANumberBack()
        {
            CountingStore store = new CountingStore();
            ulong next = 0;
            for (int restart = 0; restart < 30; restart++)
            {
                TestCluster cluster = OnNode(store);
                EventLog log = cluster.Endpoint.Model.Events;
                int count = restart % 4 == 0 ? PersistedCounter.BlockLength + 1 : restart;
                for (int i = 0; i < count; i++)
                {
                    Assert.AreEqual(0, cluster.Raise(TestCluster.Note, 1));
                    Assert.IsTrue(log.End > next);
                    next = log.End;
                }
            }
        }

        [TestMethod]
        public void WithoutANumber_NothingIsRecorded()
        {
            CountingStore store = new CountingStore();
            TestCluster cluster = OnNode(store);
            EventLog log = cluster.Endpoint.Model.Events;
            store.IsBroken = true;
            Assert.AreEqual(MatterError.StorageFailed, cluster.Raise(TestCluster.Note, 1));
            Assert.AreEqual(0, log.Length);
            Assert.AreEqual(0ul, log.End);
            store.IsBroken = false;
            Assert.AreEqual(0, cluster.Raise(TestCluster.Note, 1));

            byte[] mark = new byte[16];
            Assert.AreEqual(16, store.Read(StoreKey.EventNumber, mark, 0, 16));
            mark[3] ^= 0x10;
            store.Write(StoreKey.EventNumber, mark, 0, 16);
            cluster = OnNode(store);
            Assert.AreEqual(MatterError.DamagedRecord, cluster.Raise(TestCluster.Note, 1));
            Assert.AreEqual(0, cluster.Endpoint.Model.Events.Length);
        }

        [TestMethod]
        public void Times_AreUtcOnceItIsKnown_AndStayAsTheyAre()
        {
            CountingStore store = new CountingStore();
            TestCluster cluster = OnNode(store);
            EventLog log = cluster.Endpoint.Model.Events;
            log.StartMs = 1000;
            cluster.Raise(TestCluster.Note, 1);
            log.Stamp(1500);
            Assert.IsFalse(log.IsEpoch(0));
            Assert.AreEqual(500ul, log.GetTime(0));

            UtcClock clock = new UtcClock();
            Endpoint endpoint = new Endpoint(1, 0);
            TestCluster other = new TestCluster();
            endpoint.Add(other);
            DataModel model = new DataModel(new SeededRandom(1));
            model.Add(endpoint);
            model.Events = new EventLog(store, clock);
            other.Raise(TestCluster.Note, 1);
            clock.Set(800000000, 2000);
            other.Raise(TestCluster.Note, 2);
            model.Events.Stamp(2007);
            clock.Set(0, 3000);
            other.Raise(TestCluster.Note, 3);
            model.Events.Stamp(4000);
            log = model.Events;
            int second = log.GetLength(0);
            int third = second + log.GetLength(second);
            Assert.IsTrue(log.IsEpoch(0));
            Assert.AreEqual(800000000007000ul, log.GetTime(0));
            Assert.AreEqual(800000000007000ul, log.GetTime(second));
            Assert.IsFalse(log.IsEpoch(third));
            Assert.AreEqual(4000ul, log.GetTime(third));
        }

        [TestMethod]
        public void FabricRemoved_TakesItsEventsAlong()
        {
            TestCluster cluster = OnNode(new CountingStore());
            DataModel model = cluster.Endpoint.Model;
            cluster.RaiseScoped(2, 1);
            cluster.RaiseScoped(1, 2);
            cluster.Raise(TestCluster.Note, 3);
            cluster.RaiseScoped(2, 4);
            model.FabricRemoved(2);
            EventLog log = model.Events;
            Assert.AreEqual(1ul, log.GetNumber(0));
            Assert.AreEqual(1, log.GetFabric(0));
            Assert.AreEqual(2ul, log.GetNumber(log.GetLength(0)));
            Assert.AreEqual(log.Length, log.Find(3));
            Assert.AreEqual(4ul, log.End);
            cluster.Raise(TestCluster.Note, 5);
            Assert.AreEqual(4ul, log.GetNumber(log.Find(3)));
        }

        private static TestCluster OnNode(CountingStore store)
        {
            TestCluster cluster = new TestCluster();
            Endpoint endpoint = new Endpoint(1, 0);
            endpoint.Add(cluster);
            DataModel model = new DataModel(new SeededRandom(1));
            model.Add(endpoint);
            model.Events = new EventLog(store, new UtcClock());
            return cluster;
        }

        // Of each priority the newest are there, as many as its room holds, all in the order of their numbers.
        private static void CheckKept(EventLog log, int[] lengths, int[] priorities, int count, int[] rooms)
        {
            int[] left = new int[] { rooms[0], rooms[1], rooms[2] };
            bool[] kept = new bool[count];
            int expected = 0;
            for (int i = count - 1; i >= 0; i--)
            {
                int priority = priorities[i];
                left[priority] -= lengths[i];
                kept[i] = left[priority] >= 0;
                if (kept[i]) expected += lengths[i];
                else left[priority] = -1;
            }
            Assert.AreEqual(expected, log.Length);
            int at = 0;
            for (int i = 0; i < count; i++)
            {
                if (!kept[i]) continue;
                Assert.AreEqual((ulong)i, log.GetNumber(at));
                Assert.AreEqual(priorities[i], log.GetPriority(at));
                at += log.GetLength(at);
            }
        }
    }
}
