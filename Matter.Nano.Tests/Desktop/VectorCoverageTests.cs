using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Every vector file is read by a test; prints how many cases each has.</summary>
    [TestClass]
    public class VectorCoverageTests
    {
        [TestMethod]
        public void EveryVectorFile_HasCasesAndATest()
        {
            string tests = Path.Combine(Repository.Root, "Matter.Nano.Tests");
            string sources = string.Concat(new[] { "Unit", "Scenario", "Desktop" }
                .SelectMany(folder => Directory.GetFiles(Path.Combine(tests, folder), "*.cs", SearchOption.AllDirectories))
                .Select(File.ReadAllText));
            string[] files = Directory.GetFiles(Path.Combine(tests, "Vectors"), "*.txt");
            int total = 0;
            foreach (string file in files.OrderBy(name => name, StringComparer.Ordinal))
            {
                string name = Path.GetFileNameWithoutExtension(file);
                FieldInfo data = typeof(VectorData).GetField(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public);
                Assert.IsTrue(data != null, name);
                Assert.IsTrue(Regex.IsMatch(sources, @"VectorData\." + name + @"\b"), name + " is read by no test");
                VectorReader reader = new VectorReader((string)data.GetRawConstantValue());
                int aside = 0;
                while (reader.NextCase())
                {
                    aside += reader.Has("skipped") ? 1 : 0;
                }
                Assert.IsTrue(reader.Count > aside, name);
                string remark = aside == 0 ? "" : ", " + aside + " of them about what the library does not do, see \"skipped\"";
                Console.WriteLine("vectors: " + name + ": " + reader.Count + " cases" + remark);
                total += reader.Count;
            }
            Console.WriteLine("vectors: " + files.Length + " files, " + total + " cases");
        }
    }
}
