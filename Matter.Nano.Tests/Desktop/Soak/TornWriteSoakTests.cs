using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Device.Storage;
using Matter.Nano.Platform;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// Stores whose last write is torn: cut off, or its end changed, in the file that was being written or in one that is done.
    /// The value is then the one before or the new one, or just the new one if the write was over; all others are as they were.
    /// </summary>
    [TestClass]
    public class TornWriteSoakTests
    {
        private const int Keys = 5;
        private const int MaxLength = 300;

        [TestMethod]
        public void SlotStore_LosesAtMostTheWriteUnderWay()
        {
            Random random = new Random(1);
            MemoryMedium medium = new MemoryMedium();
            byte[][] values = new byte[Keys][];
            int total = Soak.Count(300, 2000);
            int[] found = new int[2];
            for (int i = 0; i < total; i++)
            {
                int key = random.Next(Keys);
                byte[] next = NewValue(random);
                bool isCut = random.Next(2) == 0;
                if (isCut)
                    medium.CutAfter(random.Next(2), random.Next(MemoryMedium.Ways));
                int result = new SlotStore(medium).Write(key, next, 0, next.Length);
                medium.Restore();
                if (!isCut)
                {
                    string name = ((long)key).ToString("X16") + "." + random.Next(2);
                    medium[name] = Tear(random, medium[name]);
                }
                values[key] = Compare(new SlotStore(medium), values, key, next, result == 0, found, i);
            }
            Console.WriteLine("soak: {0} torn writes of the slot store: {1} left the value before, {2} the new one; lost 0", total, found[0], found[1]);
            Assert.IsTrue(found[0] > 0 && found[1] > 0);
        }

        [TestMethod]
        public void FileStore_LosesAtMostTheWriteUnderWay()
        {
            Random random = new Random(2);
            using TemporaryDirectory directory = new TemporaryDirectory();
            byte[][] values = new byte[Keys][];
            int total = Soak.Count(100, 2000);
            int[] found = new int[2];
            for (int i = 0; i < total; i++)
            {
                int key = random.Next(Keys);
                byte[] next = NewValue(random);
                byte[] file = StoreFile.Encode(key, next);
                string path = Path.Combine(directory.Path, ((long)key).ToString("x16"));
                bool isOver = true;
                switch (random.Next(3))
                {
                    case 0:
                        // In the first of the two files.
                        File.WriteAllBytes(path + ".new", Tear(random, file));
                        isOver = false;
                        break;
                    case 1:
                        // In the second one.
                        File.WriteAllBytes(path + ".value", file);
                        File.WriteAllBytes(path + ".new", Tear(random, file));
                        break;
                    default:
                        using (FileStore store = Open(directory))
                            Assert.AreEqual(0, store.Write(key, next, 0, next.Length));
                        string torn = path + (random.Next(2) == 0 ? ".value" : ".copy");
                        File.WriteAllBytes(torn, Tear(random, File.ReadAllBytes(torn)));
                        break;
                }
                using (FileStore store = Open(directory))
                    values[key] = Compare(store, values, key, next, isOver, found, i);
            }
            Console.WriteLine("soak: {0} torn writes of the file store: {1} left the value before, {2} the new one; lost 0", total, found[0], found[1]);
            Assert.IsTrue(found[0] > 0 && found[1] > 0);
        }

        private static FileStore Open(TemporaryDirectory directory)
        {
            return new FileStore(directory.Path, new Log(LogLevel.Warn, TextWriter.Null));
        }

        private static byte[] NewValue(Random random)
        {
            byte[] value = new byte[random.Next(MaxLength)];
            random.NextBytes(value);
            return value;
        }

        /// <summary>A file cut off somewhere, or with a wrong end.</summary>
        private static byte[] Tear(Random random, byte[] file)
        {
            if (random.Next(2) == 0)
                return file.AsSpan(0, random.Next(file.Length)).ToArray();
            byte[] torn = (byte[])file.Clone();
            for (int at = file.Length - 1 - random.Next(file.Length); at < file.Length; at++)
                torn[at] ^= (byte)random.Next(1, 256);
            return torn;
        }

        /// <summary>Compares all values; returns the one that is there of the key written.</summary>
        private static byte[] Compare(IKeyValueStore store, byte[][] values, int key, byte[] next, bool isOver, int[] found, int round)
        {
            byte[] buffer = new byte[MaxLength];
            for (int other = 0; other < Keys; other++)
            {
                int length = store.Read(other, buffer, 0, buffer.Length);
                Assert.IsTrue(length >= 0 || length == MatterError.NotFound, round + ": " + length);
                byte[] value = length < 0 ? null : buffer.AsSpan(0, length).ToArray();
                if (other != key)
                {
                    Assert.IsTrue(AreEqual(values[other], value), round + ": another value");
                    continue;
                }
                bool isNew = AreEqual(next, value);
                Assert.IsTrue(isNew || (!isOver && AreEqual(values[key], value)), round + ": neither the old value nor the new one");
                found[isNew ? 1 : 0]++;
                values[key] = value;
            }
            return values[key];
        }

        private static bool AreEqual(IEnumerable<byte> left, IEnumerable<byte> right)
        {
            return left == null || right == null ? left == right : left.SequenceEqual(right);
        }
    }
}
