using System;
using System.IO;
using System.Linq;
using System.Text;
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
        public void DamagedValue_PutsTheWholeStoreAside()
        {
            byte[] good = StoreFile.Encode(Key, new byte[] { 7 });
            for (int at = 0; at < good.Length; at++)
            {
                byte[] bad = (byte[])good.Clone();
                bad[at] ^= 0x10;
                CheckDamaged(bad);
                CheckDamaged(good.AsSpan(0, at).ToArray());
            }
            CheckDamaged(good.Append((byte)0).ToArray());
            CheckDamaged(StoreFile.Encode(Key + 2, new byte[] { 7 })); // another key's
        }

        [TestMethod]
        public void DamageWhileRunning_IsAnError()
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            using FileStore store = Open(directory);
            Assert.AreEqual(0, store.Write(Key, new byte[10], 0, 10));
            string path = Directory.GetFiles(directory.Path, "*.value").Single();
            byte[] file = File.ReadAllBytes(path);
            file[20] ^= 1;
            File.WriteAllBytes(path, file);
            Assert.AreEqual(MatterError.StorageFailed, store.Read(Key, new byte[10], 0, 10));
            CollectionAssert.AreEqual(file, File.ReadAllBytes(path));
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

        private static void CheckDamaged(byte[] file)
        {
            using TemporaryDirectory directory = new TemporaryDirectory();
            Write(directory, 7);
            string name = Key.ToString("x16") + ".value";
            File.WriteAllBytes(Path.Combine(directory.Path, name), file);
            using (FileStore store = Open(directory))
                Assert.AreEqual(0, store.Write(Key + 1, Encoding.ASCII.GetBytes("good"), 0, 4));
            CollectionAssert.AreEqual(file, File.ReadAllBytes(Path.Combine(Directory.GetDirectories(directory.Path, "damaged-*").Single(), name)));

            // The next start finds a good store.
            Assert.AreEqual(-1, Read(directory));
            Assert.AreEqual(1, Directory.GetDirectories(directory.Path, "damaged-*").Length);
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
