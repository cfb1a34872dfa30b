using Matter.Nano.Messages;
using Matter.Nano.Tests.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class PersistedCounterTests
    {
        private const long Key = 0x7001;
        private const uint Largest32 = uint.MaxValue;

        [TestMethod]
        public void Values_FollowOneAnother_AndEachBlockIsOneWrite()
        {
            PowerCutStore store = new PowerCutStore();
            PersistedCounter counter = new PersistedCounter(store, Key, new ScriptedRandom(), Largest32);
            Assert.AreEqual(0, store.Changes, "before the first value");
            ulong value = Take(counter);
            for (int i = 1; i < 3 * PersistedCounter.BlockLength; i++)
            {
                Assert.AreEqual(value + 1, Take(counter));
                value++;
                Assert.AreEqual(1 + i / PersistedCounter.BlockLength, store.Changes);
            }
        }

        [TestMethod]
        public void FirstValue_IsRandomFrom1To2Pow28()
        {
            Assert.AreEqual(1ul, First(new byte[] { 0, 0, 0, 0 }));
            Assert.AreEqual(1ul, First(new byte[] { 0, 0, 0, 0xF0 }));
            Assert.AreEqual(0x10000000ul, First(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }));
            Assert.AreEqual(0x04030202ul, First(new byte[] { 0x01, 0x02, 0x03, 0x14 }));
            Assert.AreEqual(0ul, Take(new PersistedCounter(new PowerCutStore(), Key, null, ulong.MaxValue)));
        }

        [TestMethod]
        public void Restarts_NeverBringAValueBack()
        {
            PowerCutStore store = new PowerCutStore();
            ulong next = 0;
            for (int restart = 0; restart < 50; restart++)
            {
                PersistedCounter counter = new PersistedCounter(store, Key, new ScriptedRandom((uint)restart), Largest32);
                // Also with nothing taken, and with a block used up to its last value.
                int count = restart % 5 == 0 ? 0 : restart % 5 == 1 ? PersistedCounter.BlockLength : restart * 7;
                int writes = store.Changes;
                for (int i = 0; i < count; i++) next = TakeNew(counter, next);
                Assert.IsTrue(store.Changes - writes <= 1 + count / PersistedCounter.BlockLength);
            }
        }

        [TestMethod]
        public void PowerCutAtEachWrite_NeverBringsAValueBack()
        {
            PowerCutStore store = new PowerCutStore();
            ulong next = 0;
            for (int cut = 0; cut < 12; cut++)
            {
                store.ChangesLeft = cut % 4;
                store.LosesAnswer = cut >= 4;
                PersistedCounter counter = new PersistedCounter(store, Key, new ScriptedRandom((uint)cut), Largest32);
                int taken = 0;
                while (counter.Next() == 0)
                {
                    Assert.IsTrue(counter.Value >= next, cut.ToString());
                    next = counter.Value + 1;
                    taken++;
                }

                Assert.AreEqual(cut % 4 * PersistedCounter.BlockLength, taken, cut.ToString());
                Assert.AreEqual(MatterError.StorageFailed, counter.Next(), "still none");

                store.ChangesLeft = 1;
                store.LosesAnswer = false;
                next = TakeNew(counter, next);
            }
        }

        [TestMethod]
        public void StoreThatCannotBeRead_IsAskedAgain()
        {
            PowerCutStore store = new PowerCutStore();
            ulong last = Take(new PersistedCounter(store, Key, new ScriptedRandom(), Largest32));
            PersistedCounter counter = new PersistedCounter(store, Key, new ScriptedRandom(), Largest32);
            store.FailsToRead = true;
            Assert.AreEqual(MatterError.StorageFailed, counter.Next());
            Assert.AreEqual(1, store.Changes);
            store.FailsToRead = false;
            Assert.AreEqual(last + PersistedCounter.BlockLength, Take(counter));
        }

        [TestMethod]
        public void DamagedMark_StopsTheCounterAndStays()
        {
            PowerCutStore store = new PowerCutStore();
            Take(new PersistedCounter(store, Key, new ScriptedRandom(), Largest32));
            byte[] record = store[Key];
            for (int bit = 0; bit < record.Length * 8; bit++)
            {
                record[bit / 8] ^= (byte)(1 << (bit & 7));
                PersistedCounter counter = new PersistedCounter(store, Key, new ScriptedRandom(), Largest32);
                Assert.AreEqual(MatterError.DamagedRecord, counter.Next());
                Assert.AreEqual(MatterError.DamagedRecord, counter.Next());
                record[bit / 8] ^= (byte)(1 << (bit & 7));
            }

            for (int length = 0; length < 20; length++)
            {
                if (length == record.Length) continue;
                store.Write(Key, new byte[20], 0, length);
                Assert.AreEqual(MatterError.DamagedRecord, new PersistedCounter(store, Key, new ScriptedRandom(), Largest32).Next());
                Assert.AreEqual(length, store[Key].Length);
            }

            Put(store, 0x100000000);
            Assert.AreEqual(MatterError.DamagedRecord, new PersistedCounter(store, Key, new ScriptedRandom(), Largest32).Next(), "too large");
            store.Clear();
            Assert.AreEqual(0, new PersistedCounter(store, Key, new ScriptedRandom(), Largest32).Next());
        }

        [TestMethod]
        public void LargestValue_IsFollowedBy0()
        {
            PowerCutStore store = new PowerCutStore();
            Put(store, Largest32 - 499);
            PersistedCounter counter = new PersistedCounter(store, Key, null, Largest32);
            for (ulong i = 0; i < 500; i++) Assert.AreEqual(Largest32 - 499 + i, Take(counter));
            Assert.AreEqual(0ul, Take(counter));
            Assert.AreEqual(1, store.Changes - 1);
            Assert.AreEqual(500ul, Take(new PersistedCounter(store, Key, null, Largest32)), "after a restart");

            Put(store, Largest32);
            counter = new PersistedCounter(store, Key, null, ulong.MaxValue);
            Take(counter);
            Assert.AreEqual(0x100000000ul, Take(counter), "64 bits");
        }

        private static ulong First(byte[] random)
        {
            ScriptedRandom source = new ScriptedRandom();
            source.Say(random);
            return Take(new PersistedCounter(new PowerCutStore(), Key, source, Largest32));
        }

        private static ulong Take(PersistedCounter counter)
        {
            Assert.AreEqual(0, counter.Next());
            return counter.Value;
        }

        // Takes a value that is not less than the least allowed, and returns the least allowed one after it.
        private static ulong TakeNew(PersistedCounter counter, ulong least)
        {
            ulong value = Take(counter);
            Assert.IsTrue(value >= least);
            return value + 1;
        }

        private static void Put(PowerCutStore store, ulong mark)
        {
            byte[] record = new byte[16];
            LittleEndian.PutUInt64(record, 0, mark);
            LittleEndian.PutUInt64(record, 8, ~mark);
            store.Write(Key, record, 0, record.Length);
        }
    }
}
