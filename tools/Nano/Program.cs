using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Matter.Nano.Tools.Runner
{
    /// <summary>
    /// What nf.proj does with .pe files beyond making them: runs test assemblies on nanoCLR, puts firmware images together.
    /// A list names the .pe files of one assembly in each line, what it needs first, itself last, with a bar between them.
    /// </summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            switch (args)
            {
                case ["test", string clr, string list]:
                    return Test(clr, Read(list));
                case ["image", string image, string list]:
                    return Image(image, Read(list)[0]);
                default:
                    Console.Error.WriteLine("usage: Nano test NANOCLR LIST | Nano image IMAGE LIST");
                    return 2;
            }
        }

        private static List<string[]> Read(string list)
        {
            return [.. File.ReadLines(list).Where(line => line.Length > 0).Select(line => line.Split('|'))];
        }

        private static int Test(string clr, List<string[]> assemblies)
        {
            int passed = 0;
            int failed = 0;
            foreach (string[] files in assemblies)
            {
                string own = files[^1];
                string label = new FileInfo(own).Directory.Parent.Parent.Name;
                EmulatorRun run = new(TestAssembly.Read(Path.ChangeExtension(own, "dll")));
                run.Execute(clr, files, Path.ChangeExtension(own, "log"));
                foreach (string line in run.Failures)
                {
                    Console.WriteLine("emulator: " + label + ": " + line);
                }

                Console.WriteLine($"emulator: {label}: {run.Passed} passed, {run.Failed} failed ({run.Duration.TotalSeconds:F0} s)");
                passed += run.Passed;
                failed += run.Failed;
            }

            Console.WriteLine($"emulator: {passed} passed, {failed} failed");
            return failed == 0 && passed > 0 ? 0 : 1;
        }

        private static int Image(string path, string[] files)
        {
            List<string> missing = DeploymentImage.FindMissing(files);
            foreach (string line in missing)
            {
                Console.Error.WriteLine("image: " + line);
            }

            if (missing.Count > 0)
            {
                return 1;
            }

            byte[] image = DeploymentImage.Concatenate(files.Select(File.ReadAllBytes));
            File.WriteAllBytes(path, image);
            Console.WriteLine("image: " + path + ", " + files.Length + " assemblies, " + image.Length + " bytes");
            return 0;
        }
    }
}
