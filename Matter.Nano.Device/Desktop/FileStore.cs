using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// Values as files of one directory. A write makes a new file, brings it to the disk and renames it over the old
    /// one, so that a power cut leaves one or the other. Whole directories that hold a damaged value are put aside at
    /// start: half a node's memory is worse than none. Other files in the directory are left alone.
    /// </summary>
    internal sealed class FileStore : IKeyValueStore, IDisposable
    {
        private const string Extension = ".value";
        private const string NewExtension = ".new";
        private const string LockName = "lock";
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
                foreach (string unfinished in Directory.GetFiles(_directory, "*" + NewExtension))
                {
                    if (TryParse(unfinished, NewExtension, out _))
                        File.Delete(unfinished);
                }
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
                if (!File.Exists(path))
                    return MatterError.NotFound;
                if (!TryRead(path, key, out ReadOnlySpan<byte> value))
                {
                    _log.Warn("storage: " + path + " is damaged");
                    return MatterError.StorageFailed;
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
                string unfinished = PathOf(key, NewExtension);
                using (FileStream file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 0))
                {
                    file.Write(StoreFile.Encode(key, buffer.AsSpan(offset, length)));
                    file.Flush(true);
                }
                File.Move(unfinished, PathOf(key, Extension), true);
                FlushDirectory();
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
                foreach (string path in Directory.GetFiles(_directory, "*" + Extension))
                {
                    if (TryParse(path, Extension, out _))
                        File.Delete(path);
                }
                FlushDirectory();
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

        /// <summary>Reads every value once; if one is damaged, all are put aside.</summary>
        private void CheckAll()
        {
            string damaged = null;
            string[] paths = Directory.GetFiles(_directory, "*" + Extension);
            foreach (string path in paths)
            {
                if (TryParse(path, Extension, out long key) && !TryRead(path, key, out _))
                    damaged = path;
            }
            if (damaged == null)
                return;
            string aside = Path.Combine(_directory, "damaged-" + DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture));
            Directory.CreateDirectory(aside);
            foreach (string path in paths)
            {
                if (TryParse(path, Extension, out _))
                    File.Move(path, Path.Combine(aside, Path.GetFileName(path)));
            }
            FlushDirectory();
            _log.Warn("storage: " + damaged + " is damaged; the store is kept in " + aside + " and the device starts as new");
        }

        private static bool TryRead(string path, long key, out ReadOnlySpan<byte> value)
        {
            value = default;
            return new FileInfo(path).Length <= MaxFileLength && StoreFile.TryDecode(File.ReadAllBytes(path), key, out value);
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
