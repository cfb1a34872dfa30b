using System;
using System.IO;
using System.Linq;
using Matter.Nano.Device.Desktop;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Storage on disk: what a power cut, a fault of the disk or another process do to it.</summary>
    [TestClass]
    public class FileStoreTests
    {
        private const long Key = (2L << 48) + 1;

        [TestMethod]
        public void Values_AreThereAfterReopening()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            byte[] value = { 1, 2, 3, 4, 5 };
            byte[] buffer = new byte[8];
            using (FileStore store = Open(directory))
            {
                Assert.AreEqual(MatterError.NotFound, store.Read(Key, buffer, 0, 8));
                Assert.AreEqual(0, store.Write(Key, value, 1, 3));
                Assert.AreEqual(0, store.Write(Key + 1, value, 0, 0));
                Assert.AreEqual(0, store.Write(long.MaxValue, value, 0, 5));
                Assert.AreEqual(0, store.Delete(long.MaxValue));
                Assert.AreEqual(0, store.Delete(long.MaxValue));
            }
            using (FileStore store = Open(directory))
            {
                Assert.AreEqual(3, store.Read(Key, buffer, 2, 3));
                CollectionAssert.AreEqual(new byte[] { 0, 0, 2, 3, 4, 0, 0, 0 }, buffer);
                Assert.AreEqual(MatterError.BufferTooSmall, store.Read(Key, buffer, 0, 2));
                Assert.AreEqual(0, store.Read(Key + 1, buffer, 0, 8));
                Assert.AreEqual(MatterError.NotFound, store.Read(long.MaxValue, buffer, 0, 8));
                Assert.AreEqual(0, store.Write(Key, value, 0, 5));
                Assert.AreEqual(5, store.Read(Key, buffer, 0, 8));
                Assert.AreEqual(0, store.Clear());
                Assert.AreEqual(MatterError.NotFound, store.Read(Key, buffer, 0, 8));
            }
        }

        [TestMethod]
        public void PowerCutWhileWriting_LeavesTheOldValue()
        {
            byte[] next = StoreFile.Encode(Key, new byte[] { 9, 9, 9 });
            for (int length = 0; length <= next.Length; length++)
            {
                using TemporaryDirectory directory = new TemporaryDirectory();
                Write(directory, 7);
                string unfinished = Path.Combine(directory.Path, Key.ToString("x16") + ".new");
                File.WriteAllBytes(unfinished, next.AsSpan(0, length).ToArray());

                Assert.AreEqual(7, Read(directory));
                Assert.IsFalse(File.Exists(unfinished));
                Assert.AreEqual(0, Directory.GetDirectories(directory.Path).Length);
            }
        }

        [TestMethod]
        public void DamagedFile_IsMadeAnewFromTheOther()
        {
            byte[] good = StoreFile.Encode(Key, new byte[] { 7 });
            foreach (string extension in new[] { ".value", ".copy" })
            {
                for (int at = 0; at < good.Length; at++)
                {
                    byte[] bad = (byte[])good.Clone();
                    bad[at] ^= 0x10;
                    CheckDamaged(extension, bad);
                    CheckDamaged(extension, good.AsSpan(0, at).ToArray());
                }
                CheckDamaged(extension, good.Append((byte)0).ToArray());
                CheckDamaged(extension, StoreFile.Encode(Key + 2, new byte[] { 7 })); // another key's
                CheckDamaged(extension, null);
            }
        }

        [TestMethod]
        public void ValueAndCopyDamaged_CostThatValueAlone()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            Write(directory, 7);
            byte[] buffer = new byte[1];
            using (FileStore store = Open(directory))
                Assert.AreEqual(0, store.Write(Key + 1, new byte[] { 8 }, 0, 1));
            foreach (string extension in new[] { ".value", ".copy" })
                File.WriteAllBytes(PathOf(directory, extension), new byte[30]);
            using (FileStore store = Open(directory))
            {
                Assert.AreEqual(MatterError.DamagedRecord, store.Read(Key, buffer, 0, 1));
                Assert.AreEqual(1, store.Read(Key + 1, buffer, 0, 1));
                Assert.AreEqual((byte)8, buffer[0]);
                Assert.AreEqual(0, store.Write(Key, new byte[] { 9 }, 0, 1));
            }
            Assert.AreEqual(9, Read(directory));
        }

        [TestMethod]
        public void PowerCutBetweenValueAndCopy_LeavesTheNewValue()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            Write(directory, 7);
            byte[] older = File.ReadAllBytes(PathOf(directory, ".copy"));
            Write(directory, 8);
            File.WriteAllBytes(PathOf(directory, ".copy"), older);
            Assert.AreEqual(8, Read(directory));
            File.WriteAllBytes(PathOf(directory, ".value"), new byte[5]);
            Assert.AreEqual(8, Read(directory), "the start brought the copy up to date");
        }

        [TestMethod]
        public void PowerCutInClear_IsMadeUpForAtTheNextStart()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            Write(directory, 7);
            File.WriteAllText(Path.Combine(directory.Path, "clearing"), "");
            File.Delete(PathOf(directory, ".copy"));
            Assert.AreEqual(-1, Read(directory));
            Assert.IsFalse(File.Exists(Path.Combine(directory.Path, "clearing")));
            Write(directory, 5);
            Assert.AreEqual(5, Read(directory));
        }

        [TestMethod]
        public void DamageWhileRunning_IsMadeUpForByTheCopy()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            using FileStore store = Open(directory);
            Assert.AreEqual(0, store.Write(Key, new byte[10], 0, 10));
            Damage(PathOf(directory, ".value"));
            Assert.AreEqual(10, store.Read(Key, new byte[10], 0, 10));
            Damage(PathOf(directory, ".copy"));
            Assert.AreEqual(MatterError.DamagedRecord, store.Read(Key, new byte[10], 0, 10));
        }

        [TestMethod]
        public void OtherFiles_AreLeftAlone()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            string[] others = { "notes.txt", "12.value", "zzzzzzzzzzzzzzzz.value", "x.new" };
            foreach (string name in others)
                File.WriteAllText(Path.Combine(directory.Path, name), name);
            Write(directory, 5);
            using (FileStore store = Open(directory))
                Assert.AreEqual(0, store.Clear());
            foreach (string name in others)
                Assert.AreEqual(name, File.ReadAllText(Path.Combine(directory.Path, name)));
        }

        [TestMethod]
        public void SecondProcess_IsKeptOut()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            using (FileStore store = Open(directory))
            {
                bool refused = false;
                try
                {
                    Open(directory).Dispose();
                }
                catch (IOException)
                {
                    refused = true;
                }
                Assert.IsTrue(refused);
            }
            Open(directory).Dispose();
        }

        [TestMethod]
        public void VanishedDirectory_IsAnErrorNotAnException()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            string path = Path.Combine(directory.Path, "store");
            using FileStore store = new FileStore(path, new Log(LogLevel.Warn, TextWriter.Null));
            Directory.Delete(path, true);
            Assert.AreEqual(MatterError.StorageFailed, store.Write(Key, new byte[1], 0, 1));
            Assert.AreEqual(MatterError.NotFound, store.Read(Key, new byte[1], 0, 1));
            Assert.AreEqual(MatterError.StorageFailed, store.Clear());
        }

        [TestMethod]
        public void Directory_IsTheOwnersAlone()
        {
            if (OperatingSystem.IsWindows())
            {
                Assert.SkipTest("Windows gives a new directory its parent's rights");
                return;
            }
            using TemporaryDirectory directory = new TemporaryDirectory();
            string path = Path.Combine(directory.Path, "store");
            new FileStore(path, new Log(LogLevel.Warn, TextWriter.Null)).Dispose();
            Assert.AreEqual((int)(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute), (int)File.GetUnixFileMode(path));
        }

        /// <summary>Puts other bytes, or no file at all, in place of one of the two.</summary>
        private static void CheckDamaged(string extension, byte[] file)
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            Write(directory, 7);
            byte[] good = File.ReadAllBytes(PathOf(directory, extension));
            if (file == null)
                File.Delete(PathOf(directory, extension));
            else
                File.WriteAllBytes(PathOf(directory, extension), file);
            Assert.AreEqual(7, Read(directory));
            CollectionAssert.AreEqual(good, File.ReadAllBytes(PathOf(directory, extension)));
        }

        private static void Damage(string path)
        {
            byte[] file = File.ReadAllBytes(path);
            file[20] ^= 1;
            File.WriteAllBytes(path, file);
        }

        private static string PathOf(TemporaryDirectory directory, string extension)
        {
            return Path.Combine(directory.Path, Key.ToString("x16") + extension);
        }

        private static FileStore Open(TemporaryDirectory directory)
        {
            return new FileStore(directory.Path, new Log(LogLevel.Warn, TextWriter.Null));
        }

        private static void Write(TemporaryDirectory directory, byte value)
        {
            using FileStore store = Open(directory);
            Assert.AreEqual(0, store.Write(Key, new byte[] { value }, 0, 1));
        }

        /// <summary>The one-byte value, or -1 if there is none.</summary>
        private static int Read(TemporaryDirectory directory)
        {
            using FileStore store = Open(directory);
            byte[] buffer = new byte[1];
            int length = store.Read(Key, buffer, 0, 1);
            return length == 1 ? buffer[0] : -1;
        }
    }
}
