using System;
using Matter.Nano.Device.Storage;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class SlotStoreTests
    {
        private const long Key = 0x0002_0000_0000_0001;
        private const long OtherKey = 0x0003_0001_0000_0006;

        private static byte[] Value(int number)
        {
            byte[] value = new byte[number % 40];
            for (int i = 0; i < value.Length; i++) value[i] = (byte)(number + i);
            return value;
        }

        private static int Write(SlotStore store, long key, int number)
        {
            byte[] value = Value(number);
            return store.Write(key, value, 0, value.Length);
        }

        /// <summary>The number of the value, -1 if there is none; fails on anything else.</summary>
        private static int ReadNumber(SlotStore store, long key, int first, int last)
        {
            byte[] buffer = new byte[64];
            int length = store.Read(key, buffer, 4, 60);
            if (length == MatterError.NotFound) return -1;
            for (int number = first; number <= last; number++)
            {
                if (TlvText.Hex(Value(number), 0, Value(number).Length) == TlvText.Hex(buffer, 4, length < 0 ? 0 : length) && length >= 0) return number;
            }

            Assert.IsTrue(false, "neither the old value nor the new one");
            return 0;
        }

        [TestMethod]
        public void Values_AreKept_Replaced_AndRemoved()
        {
            MemoryMedium medium = new MemoryMedium();
            SlotStore store = new SlotStore(medium);
            Assert.AreEqual(-1, ReadNumber(store, Key, 0, 0));
            for (int number = 1; number < 12; number++)
            {
                Assert.AreEqual(0, Write(store, Key, number));
                Assert.AreEqual(0, Write(store, OtherKey, 20 + number));
                Assert.AreEqual(number, ReadNumber(store, Key, number, number));
                Assert.AreEqual(number, ReadNumber(new SlotStore(medium), Key, number, number), "after a restart");
                Assert.AreEqual(4, medium.Count, "two files for each value");
            }

            Assert.AreEqual(31, ReadNumber(store, OtherKey, 31, 31));
            Assert.AreEqual(0, store.Delete(Key));
            Assert.AreEqual(-1, ReadNumber(store, Key, 0, 0));
            Assert.AreEqual(0, store.Delete(Key), "a missing one");
            Assert.AreEqual(31, ReadNumber(store, OtherKey, 31, 31));
        }

        [TestMethod]
        public void Lengths_HaveLimits()
        {
            Assert.IsTrue(SlotStore.MaxLength >= FabricRecord.Capacity && SlotStore.MaxLength >= Limits.ClusterStateLength);
            SlotStore store = new SlotStore(new MemoryMedium());
            byte[] value = new byte[SlotStore.MaxLength + 1];
            value[SlotStore.MaxLength - 1] = 7;
            Assert.AreEqual(MatterError.StorageFailed, store.Write(Key, value, 0, SlotStore.MaxLength + 1));
            Assert.AreEqual(0, store.Write(Key, value, 0, SlotStore.MaxLength));
            byte[] buffer = new byte[SlotStore.MaxLength];
            Assert.AreEqual(MatterError.BufferTooSmall, store.Read(Key, buffer, 0, SlotStore.MaxLength - 1));
            Assert.AreEqual((byte)0, buffer[SlotStore.MaxLength - 1]);
            Assert.AreEqual(SlotStore.MaxLength, store.Read(Key, buffer, 0, SlotStore.MaxLength));
            Assert.AreEqual((byte)7, buffer[SlotStore.MaxLength - 1]);
            Assert.AreEqual(0, store.Write(Key, value, 0, 0));
            Assert.AreEqual(0, store.Read(Key, buffer, 0, 0), "an empty value is one");
        }

        [TestMethod]
        public void PowerCut_LeavesTheOldValueOrTheNewOne()
        {
            for (int way = 0; way < MemoryMedium.Ways; way++)
            {
                for (int before = 0; before < 4; before++)
                {
                    for (int cut = 0; cut < 3; cut++)
                    {
                        string name = way + "/" + before + "/" + cut;
                        MemoryMedium medium = new MemoryMedium();
                        SlotStore store = new SlotStore(medium);
                        Write(store, OtherKey, 30);
                        for (int number = 1; number <= before; number++) Write(store, Key, number);
                        medium.CutAfter(cut, way);
                        int result = Write(store, Key, before + 1);
                        bool died = medium.IsDead;
                        medium.Restore();
                        store = new SlotStore(medium);
                        int found = ReadNumber(store, Key, before, before + 1);
                        if (!died || result == 0) Assert.AreEqual(before + 1, found, name);
                        else Assert.IsTrue(found == before + 1 || found == (before == 0 ? -1 : before), name);
                        Assert.AreEqual(30, ReadNumber(store, OtherKey, 30, 30), name);

                        // What the cut left behind doesn't get in the way.
                        for (int number = 10; number < 13; number++)
                        {
                            Assert.AreEqual(0, Write(store, Key, number), name);
                            Assert.AreEqual(number, ReadNumber(new SlotStore(medium), Key, number, number), name);
                        }
                    }
                }
            }
        }

        [TestMethod]
        public void PowerCutInEachOfManyWrites_NeverGoesBack()
        {
            for (int way = 0; way < MemoryMedium.Ways; way++)
            {
                MemoryMedium medium = new MemoryMedium();
                Write(new SlotStore(medium), Key, 1);
                int last = 1;
                for (int round = 0; round < 30; round++)
                {
                    medium.CutAfter(round % 2, way);
                    int result = Write(new SlotStore(medium), Key, last + 1);
                    medium.Restore();
                    int found = ReadNumber(new SlotStore(medium), Key, last, last + 1);
                    Assert.IsTrue(result != 0 || found == last + 1, way + "/" + round);
                    last = found;
                }

                Assert.IsTrue(last > 10, way.ToString());
            }
        }

        [TestMethod]
        public void PowerCutInADelete_BringsNoOlderValueBack()
        {
            for (int way = 0; way < MemoryMedium.Ways; way++)
            {
                for (int cut = 0; cut < 2; cut++)
                {
                    // Two good slots with different values: the second write was cut before it began.
                    MemoryMedium medium = new MemoryMedium();
                    Write(new SlotStore(medium), Key, 1);
                    byte[] older = medium[Key.ToString("X16") + ".0"];
                    Assert.AreEqual(0, Write(new SlotStore(medium), Key, 2));
                    medium[Key.ToString("X16") + ".0"] = older;

                    medium.CutAfter(cut, way);
                    new SlotStore(medium).Delete(Key);
                    medium.Restore();
                    int found = ReadNumber(new SlotStore(medium), Key, 2, 2);
                    Assert.IsTrue(found == 2 || found == -1, way + "/" + cut);
                    Assert.AreEqual(0, new SlotStore(medium).Delete(Key));
                    Assert.AreEqual(-1, ReadNumber(new SlotStore(medium), Key, 0, 0));
                    Assert.AreEqual(0, medium.Count);
                }
            }
        }

        [TestMethod]
        public void PowerCutInClear_IsMadeUpForAtTheNextStart()
        {
            for (int way = 0; way < MemoryMedium.Ways; way++)
            {
                for (int cut = 0; cut < 13; cut++)
                {
                    MemoryMedium medium = new MemoryMedium();
                    SlotStore store = new SlotStore(medium);
                    for (int i = 0; i < 5; i++) Write(store, Key + i, 1 + i);
                    medium.CutAfter(cut, way);
                    int result = store.Clear();
                    bool died = medium.IsDead;
                    medium.Restore();
                    store = new SlotStore(medium);
                    int left = 0;
                    for (int i = 0; i < 5; i++) left += ReadNumber(store, Key + i, 1 + i, 1 + i) >= 0 ? 1 : 0;
                    Assert.IsTrue(left == 0 || left == 5, "all or nothing: " + way + "/" + cut);
                    Assert.IsTrue(died || (result == 0 && left == 0), way + "/" + cut);
                    Assert.AreEqual(left * 2, medium.Count, "nothing else stays");
                }
            }
        }

        [TestMethod]
        public void Failures_AreTold_AndChangeNothing()
        {
            MemoryMedium medium = new MemoryMedium();
            SlotStore store = new SlotStore(medium);
            Write(store, Key, 5);
            medium.Fails = true;
            byte[] buffer = new byte[64];
            Assert.AreEqual(MatterError.StorageFailed, store.Read(Key, buffer, 0, 64));
            Assert.AreEqual(MatterError.StorageFailed, Write(store, Key, 6));
            Assert.AreEqual(MatterError.StorageFailed, store.Delete(Key));
            Assert.AreEqual(MatterError.StorageFailed, store.Clear());
            new SlotStore(medium);
            medium.Fails = false;
            Assert.AreEqual(5, ReadNumber(new SlotStore(medium), Key, 5, 5), "a medium that cannot be read is not cleared");
        }

        [TestMethod]
        public void SequenceNumbers_Wrap()
        {
            MemoryMedium medium = new MemoryMedium();
            byte[] file = new byte[64];
            byte[] value = Value(3);
            int length = SlotFile.Encode(file, 0xFFFFFFFF, Key, value, 0, value.Length);
            medium.Write(Key.ToString("X16") + ".0", file, length);
            byte[] older = medium[Key.ToString("X16") + ".0"];
            Assert.AreEqual(0, Write(new SlotStore(medium), Key, 4));
            medium[Key.ToString("X16") + ".0"] = older;
            Assert.AreEqual(4, ReadNumber(new SlotStore(medium), Key, 3, 4));
        }

        [TestMethod]
        public void DamageToOneFile_CostsNothing()
        {
            for (int number = 1; number < 4; number++)
            {
                MemoryMedium medium = new MemoryMedium();
                for (int i = 1; i <= number; i++) Write(new SlotStore(medium), Key, i);
                for (int slot = 0; slot < 2; slot++)
                {
                    string name = Key.ToString("X16") + "." + slot;
                    byte[] good = medium[name];
                    for (int at = 0; at < good.Length; at++)
                    {
                        string run = number + "/" + slot + "/" + at;
                        byte[] bad = (byte[])good.Clone();
                        bad[at] ^= 0x40;
                        medium[name] = bad;
                        Assert.AreEqual(number, ReadNumber(new SlotStore(medium), Key, number, number), run);
                        bad = new byte[at];
                        Array.Copy(good, 0, bad, 0, at);
                        medium[name] = bad;
                        Assert.AreEqual(number, ReadNumber(new SlotStore(medium), Key, number, number), run);
                    }

                    // The next write makes both good again, and doesn't begin with the only good one.
                    medium.CutAfter(0, MemoryMedium.LeavesHalf);
                    Write(new SlotStore(medium), Key, number + 1);
                    medium.Restore();
                    Assert.AreEqual(number, ReadNumber(new SlotStore(medium), Key, number, number), "the good one is still there");
                    medium[name] = good;
                }
            }
        }

        [TestMethod]
        public void DamageToBothFiles_IsSaid_AndStaysWithOneValue()
        {
            MemoryMedium medium = new MemoryMedium();
            SlotStore store = new SlotStore(medium);
            Write(store, Key, 5);
            Write(store, OtherKey, 6);
            medium[Key.ToString("X16") + ".0"][20] ^= 1;
            medium[Key.ToString("X16") + ".1"] = new byte[3];
            byte[] buffer = new byte[64];
            Assert.AreEqual(MatterError.DamagedRecord, store.Read(Key, buffer, 0, 64));
            Assert.AreEqual(6, ReadNumber(store, OtherKey, 6, 6));
            medium.CutAfter(0, MemoryMedium.LeavesRubbish);
            Write(store, Key, 7);
            medium.Restore();
            Assert.AreEqual(MatterError.DamagedRecord, store.Read(Key, buffer, 0, 64), "not as if there had been none");
            Assert.AreEqual(0, Write(store, Key, 7));
            Assert.AreEqual(7, ReadNumber(new SlotStore(medium), Key, 7, 7));
            medium[Key.ToString("X16") + ".0"][20] ^= 1;
            medium[Key.ToString("X16") + ".1"][20] ^= 1;
            Assert.AreEqual(0, store.Delete(Key));
            Assert.AreEqual(MatterError.NotFound, store.Read(Key, buffer, 0, 64));
        }

        [TestMethod]
        public void TornFirstWrite_LeavesNoValue()
        {
            for (int way = 0; way < MemoryMedium.Ways - 1; way++)
            {
                MemoryMedium medium = new MemoryMedium();
                medium.CutAfter(0, way);
                Assert.AreEqual(MatterError.StorageFailed, Write(new SlotStore(medium), Key, 9));
                medium.Restore();
                Assert.AreEqual(-1, ReadNumber(new SlotStore(medium), Key, 9, 9), way.ToString());
            }
        }
    }
}
