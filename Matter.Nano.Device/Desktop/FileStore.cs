using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// Values as files of one directory, each of them twice. A write makes a new file, brings it to the disk and renames it
    /// over the old one, so that a power cut leaves one or the other; then it does the same with the copy, which makes up for
    /// a value that is damaged. If both are, that value is lost, and said to be, and the others are there. Removing everything
    /// starts with a marker, so that the next start ends what a power cut interrupts. Other files are left alone.
    /// </summary>
    internal sealed class FileStore : IKeyValueStore, IDisposable
    {
        private const string Extension = ".value";
        private const string CopyExtension = ".copy";
        private const string NewExtension = ".new";
        private const string LockName = "lock";
        private const string ClearingName = "clearing";
        private const int MaxFileLength = 1 << 20;
        private const int OpenReadOnly = 0;

        private readonly string _directory;
        private readonly Log _log;
        private readonly FileStream _lock;

        /// <summary>Opens the store, making the directory if it isn't there.</summary>
        /// <param name="directory">Its path.</param>
        /// <param name="log">Gets a warning for each thing amiss.</param>
        /// <exception cref="IOException">It is in use by another process or cannot be used.</exception>
        /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
        public FileStore(string directory, Log log)
        {
            _directory = Path.GetFullPath(directory);
            _log = log;
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(_directory);
            else
                Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // it holds private keys
            _lock = new FileStream(Path.Combine(_directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                DeleteAll(NewExtension);
                if (File.Exists(ClearingPath))
                    RemoveAll();
                CheckAll();
            }
            catch
            {
                _lock.Dispose();
                throw;
            }
        }

        /// <summary>The directory's full path.</summary>
        public string DirectoryPath { get { return _directory; } }

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            try
            {
                string path = PathOf(key, Extension);
                string copy = PathOf(key, CopyExtension);
                if (!File.Exists(path) && !File.Exists(copy))
                    return MatterError.NotFound;
                if (!TryRead(path, key, out ReadOnlySpan<byte> value) && !TryRead(copy, key, out value))
                {
                    _log.Warn("storage: " + path + " is damaged and so is its copy");
                    return MatterError.DamagedRecord;
                }
                if (value.Length > capacity)
                    return MatterError.BufferTooSmall;
                value.CopyTo(buffer.AsSpan(offset));
                return value.Length;
            }
            catch (Exception e) when (IsIo(e))
            {
                return Fail(e);
            }
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            try
            {
                byte[] file = StoreFile.Encode(key, buffer.AsSpan(offset, length));
                Put(key, Extension, file);
                PutCopy(key, file);
                return 0;
            }
            catch (Exception e) when (IsIo(e))
            {
                return Fail(e);
            }
        }

        public int Delete(long key)
        {
            try
            {
                // The copy goes first, or it could bring back the value alone.
                File.Delete(PathOf(key, CopyExtension));
                FlushDirectory();
                File.Delete(PathOf(key, Extension));
                FlushDirectory();
                return 0;
            }
            catch (Exception e) when (IsIo(e))
            {
                return Fail(e);
            }
        }

        public int Clear()
        {
            try
            {
                File.WriteAllBytes(ClearingPath, Array.Empty<byte>());
                FlushDirectory();
                RemoveAll();
                return 0;
            }
            catch (Exception e) when (IsIo(e))
            {
                return Fail(e);
            }
        }

        public void Dispose()
        {
            _lock.Dispose();
        }

        private string ClearingPath { get { return Path.Combine(_directory, ClearingName); } }

        private void Put(long key, string extension, byte[] bytes)
        {
            string unfinished = PathOf(key, NewExtension);
            using (FileStream file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 0))
            {
                file.Write(bytes);
                file.Flush(true);
            }
            File.Move(unfinished, PathOf(key, extension), true);
            FlushDirectory();
        }

        private void RemoveAll()
        {
            DeleteAll(CopyExtension);
            DeleteAll(Extension);
            FlushDirectory();
            File.Delete(ClearingPath);
            FlushDirectory();
        }

        private void DeleteAll(string extension)
        {
            foreach (string path in Directory.GetFiles(_directory, "*" + extension))
            {
                if (TryParse(path, extension, out _))
                    File.Delete(path);
            }
        }

        /// <summary>The value counts already: a fault here costs only its copy.</summary>
        private void PutCopy(long key, byte[] file)
        {
            try
            {
                Put(key, CopyExtension, file);
            }
            catch (Exception e) when (IsIo(e))
            {
                Fail(e);
            }
        }

        /// <summary>Reads everything once and makes values and copies the same again where a power cut or the disk parted them.</summary>
        private void CheckAll()
        {
            foreach (string path in Directory.GetFiles(_directory, "*" + CopyExtension))
            {
                if (TryParse(path, CopyExtension, out long key) && !TryRead(PathOf(key, Extension), key, out _) && TryRead(path, key, out ReadOnlySpan<byte> value))
                {
                    _log.Warn("storage: " + PathOf(key, Extension) + " is damaged and made anew from its copy");
                    Put(key, Extension, StoreFile.Encode(key, value));
                }
            }
            foreach (string path in Directory.GetFiles(_directory, "*" + Extension))
            {
                if (TryParse(path, Extension, out long key) && TryRead(path, key, out ReadOnlySpan<byte> value)
                    && !(TryRead(PathOf(key, CopyExtension), key, out ReadOnlySpan<byte> copy) && copy.SequenceEqual(value)))
                    PutCopy(key, StoreFile.Encode(key, value));
            }
        }

        private static bool TryRead(string path, long key, out ReadOnlySpan<byte> value)
        {
            value = default;
            FileInfo file = new FileInfo(path);
            return file.Exists && file.Length <= MaxFileLength && StoreFile.TryDecode(File.ReadAllBytes(path), key, out value);
        }

        private string PathOf(long key, string extension)
        {
            return Path.Combine(_directory, key.ToString("x16", CultureInfo.InvariantCulture) + extension);
        }

        private static bool TryParse(string path, string extension, out long key)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            key = 0;
            return Path.GetExtension(path) == extension && name.Length == 16
                && long.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
        }

        /// <summary>Brings a rename or removal to the disk. Windows has no such call, nor need of it.</summary>
        private void FlushDirectory()
        {
            if (OperatingSystem.IsWindows())
                return;
            int directory = OpenDirectory(_directory, OpenReadOnly);
            if (directory < 0)
                return;
            Synchronize(directory);
            CloseDirectory(directory);
        }

        private int Fail(Exception e)
        {
            _log.Warn("storage: " + e.Message);
            return MatterError.StorageFailed;
        }

        private static bool IsIo(Exception e)
        {
            return e is IOException || e is UnauthorizedAccessException;
        }

        [DllImport("libc", EntryPoint = "open")]
        private static extern int OpenDirectory([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync")]
        private static extern int Synchronize(int file);

        [DllImport("libc", EntryPoint = "close")]
        private static extern int CloseDirectory(int file);
    }
}
