using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Matter.Nano.Tools.Runner;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A run on the emulator is green only if every test of the assembly said so.</summary>
    [TestClass]
    public class EmulatorRunTests
    {
        private const string Framework = "namespace nanoFramework.TestFramework {"
            + " public class TestClassAttribute : System.Attribute { }"
            + " public class TestMethodAttribute : System.Attribute { }"
            + " public class SetupAttribute : System.Attribute { }"
            + " public class CleanupAttribute : System.Attribute { }"
            + " [System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)]"
            + " public class DataRowAttribute : System.Attribute { public DataRowAttribute(params object[] row) { } } }";

        private const string Source = "using nanoFramework.TestFramework; namespace N {"
            + " [TestClass] public class A {"
            + " [Setup] public void First() { }"
            + " [TestMethod] public void One() { }"
            + " [TestMethod] [DataRow(1)] [DataRow(2)] public void Two(int i) { }"
            + " public void None() { } }"
            + " public class B { [TestMethod] public void NotRun() { } } }";

        private const string Passed = "Test passed,N.A.First.0,1\r\nTest passed,N.A.One.0,2\r\nTest passed,N.A.Two.0,3\r\n";
        private const string Last = "Test passed,N.A.Two.1,4\r\n";
        private const string End = "Done.\r\nExiting.\r\n";

        [TestMethod]
        public void AllOfAnAssembly_IsKnownBefore()
        {
            Dictionary<string, int> tests = Tests();
            Assert.AreEqual(3, tests.Count);
            Assert.AreEqual(1, tests["N.A.First"]);
            Assert.AreEqual(1, tests["N.A.One"]);
            Assert.AreEqual(2, tests["N.A.Two"]);
        }

        [TestMethod]
        public void FullRun_IsGreen()
        {
            Judge(Passed + Last + End, 0, 4, "");
        }

        [TestMethod]
        [DataRow(Passed + "Test failed,N.A.Two.1,no, not so\r\n" + End, 0, 3, "Test failed,N.A.Two.1,no, not so")]
        [DataRow(Passed + "Test skipped,N.A.Two.1,why\r\n" + End, 0, 3, "Test skipped,N.A.Two.1,why")]
        [DataRow(Passed + End, 0, 3, "Test not run,N.A.Two")]
        [DataRow(Passed + Last, 0, 4, "the run did not come to its end")]
        [DataRow(Passed + Last + End, 139, 4, "nanoclr ended with exit code 139")]
        [DataRow(Passed, 0, 3, "Test not run,N.A.Two|the run did not come to its end")]
        [DataRow(End, 0, 0, "Test not run,N.A.First|Test not run,N.A.One|Test not run,N.A.Two|Test not run,N.A.Two")]
        public void AnythingLess_IsNot(string output, int exitCode, int passed, string failures)
        {
            Judge(output, exitCode, passed, failures);
        }

        [TestMethod]
        public void NoTests_IsAFailure()
        {
            EmulatorRun run = new EmulatorRun(new Dictionary<string, int>());
            run.Judge(End, 0);
            Assert.AreEqual(1, run.Failed);
        }

        [TestMethod]
        public void Image_IsItsFilesAligned()
        {
            byte[] image = DeploymentImage.Concatenate(new[] { new byte[] { 1, 2, 3, 4, 5 }, new byte[] { 6, 7, 8, 9 } });
            CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 8, 9 }, image);
        }

        [TestMethod]
        public void ImageThatLacksAnAssembly_IsRefused()
        {
            string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            Directory.CreateDirectory(folder);
            try
            {
                byte[] framework = GateFixture.Compile("F", Framework);
                string pe = Path.Combine(folder, "A.pe");
                File.WriteAllBytes(Path.Combine(folder, "A.dll"), GateFixture.Compile("A", Source, framework));
                File.WriteAllBytes(pe, new byte[4]);
                List<string> missing = DeploymentImage.FindMissing(new[] { pe });
                Assert.IsTrue(missing.Contains("A.dll needs F"), string.Join("|", missing));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static Dictionary<string, int> Tests()
        {
            byte[] image = GateFixture.Compile("A", Source, GateFixture.Compile("F", Framework));
            using PEReader file = new PEReader(new MemoryStream(image));
            return TestAssembly.Read(file.GetMetadataReader());
        }

        private static void Judge(string output, int exitCode, int passed, string failures)
        {
            EmulatorRun run = new EmulatorRun(Tests());
            run.Judge(output, exitCode);
            Assert.AreEqual(passed, run.Passed);
            Assert.AreEqual(failures, string.Join("|", run.Failures));
            Assert.AreEqual(run.Failures.Count, run.Failed);
        }
    }
}
