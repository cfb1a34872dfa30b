using System;
using System.IO;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A directory that is gone after the test.</summary>
    internal sealed class TemporaryDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("matter-nano-test-").FullName;

        public void Dispose()
        {
            Directory.Delete(Path, true);
        }
    }
}
