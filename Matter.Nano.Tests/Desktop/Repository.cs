using System;
using System.IO;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Where the sources are, for tests that need more of them than the assemblies.</summary>
    internal static class Repository
    {
        /// <summary>The folder that holds the solution.</summary>
        public static string Root { get; } = FindRoot();

        private static string FindRoot()
        {
            DirectoryInfo folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Matter.Nano.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }
}
