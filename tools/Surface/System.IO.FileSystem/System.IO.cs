namespace System.IO
{
    public static class Directory
    {
        public static extern DirectoryInfo CreateDirectory(string path);
        public static extern bool Exists(string path);
        public static extern string[] GetFiles(string path);
    }

    public sealed class DirectoryInfo : FileSystemInfo
    {
        internal extern DirectoryInfo();
    }

    public static class File
    {
        public static extern void Delete(string path);
        public static extern bool Exists(string path);
    }

    public enum FileAccess
    {
        Read = 1,
        Write = 2,
    }

    public enum FileMode
    {
        Create = 2,
        Open = 3,
    }

    public class FileStream : Stream
    {
        public extern FileStream(string path, FileMode mode, FileAccess access);

        [NeededByCompiler]
        public override extern long Length { get; }

        [NeededByCompiler]
        public override extern int Read(byte[] buffer, int offset, int count);

        [NeededByCompiler]
        public override extern void Write(byte[] buffer, int offset, int count);
    }

    public abstract class FileSystemInfo : MarshalByRefObject
    {
        protected extern FileSystemInfo();
    }
}
