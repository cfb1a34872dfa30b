using System;
using System.IO;
using Matter.Nano.Device.Storage;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>Files in one directory of the internal file system (littlefs), which also keeps the Wi-Fi credentials: it is never formatted here.</summary>
    internal sealed class FlashMedium : IFileMedium
    {
        private const string DirectoryPath = "I:\\matter";
        private const string Prefix = DirectoryPath + "\\";

        /// <summary>Makes the directory if it isn't there.</summary>
        public FlashMedium()
        {
            if (!Directory.Exists(DirectoryPath))
            {
                Directory.CreateDirectory(DirectoryPath);
            }
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            string path = Prefix + name;
            try
            {
                if (!File.Exists(path))
                {
                    return MatterError.NotFound;
                }

                using (FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read))
                {
                    int length = (int)file.Length;
                    if (length > buffer.Length)
                    {
                        return MatterError.BufferTooSmall;
                    }

                    return length == 0 || file.Read(buffer, 0, length) == length ? length : MatterError.StorageFailed;
                }
            }
            catch (Exception e)
            {
                return Fail(e);
            }
        }

        /// <inheritdoc/>
        public int Write(string name, byte[] buffer, int length)
        {
            try
            {
                // Closing is what brings it to the flash.
                using (FileStream file = new FileStream(Prefix + name, FileMode.Create, FileAccess.Write))
                {
                    if (length > 0)
                    {
                        file.Write(buffer, 0, length);
                    }
                }

                return 0;
            }
            catch (Exception e)
            {
                return Fail(e);
            }
        }

        /// <inheritdoc/>
        public int Delete(string name)
        {
            string path = Prefix + name;
            try
            {
                if (File.Exists(path))
                {
                    File.Delete(path);
                }

                return 0;
            }
            catch (Exception e)
            {
                return Fail(e);
            }
        }

        /// <inheritdoc/>
        public string[] List()
        {
            try
            {
                string[] paths = Directory.GetFiles(DirectoryPath);
                for (int i = 0; i < paths.Length; i++)
                {
                    if (paths[i].StartsWith(Prefix))
                    {
                        paths[i] = paths[i].Substring(Prefix.Length);
                    }
                }

                return paths;
            }
            catch (Exception e)
            {
                Fail(e);
                return null;
            }
        }

        private static int Fail(Exception e)
        {
            Log.Write("storage: " + e.Message);
            return MatterError.StorageFailed;
        }
    }
}
