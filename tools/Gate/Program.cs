using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// The nanoFramework gate: reads compiled assemblies and tells what stable nanoFramework 1.x would take silently and
    /// break on, and how much room each assembly takes. Exit code 1 if it found anything.
    /// </summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            int split = Array.IndexOf(args, "--surface");
            if (split < 1)
            {
                Console.Error.WriteLine("usage: Gate ASSEMBLY... --surface SURFACE-ASSEMBLY...");
                return 2;
            }

            string[] paths = args[..split];
            string[] surfacePaths = args[(split + 1)..];
            NanoAssembly[] surface = Open(surfacePaths);
            NanoAssembly[] assemblies = Open(paths);
            Findings findings = new();
            AssemblySizes[] sizes = Inspect(assemblies, findings);
            new SurfaceUse(assemblies).Check(surface, findings);
            PrintSizes(assemblies, sizes, paths, surfacePaths);
            foreach (string line in findings.Lines)
            {
                Console.WriteLine(line);
            }

            Console.WriteLine(assemblies.Length + " assemblies, " + findings.Lines.Count + " findings");
            return findings.Lines.Count == 0 ? 0 : 1;
        }

        /// <summary>Applies every rule to the assemblies, which are all of ours.</summary>
        internal static AssemblySizes[] Inspect(NanoAssembly[] assemblies, Findings findings)
        {
            StaticOrderRule order = new(assemblies, findings);
            AssemblySizes[] sizes = new AssemblySizes[assemblies.Length];
            for (int i = 0; i < assemblies.Length; i++)
            {
                LanguageRules.Check(assemblies[i], findings);
                order.Check(assemblies[i]);
                sizes[i] = AssemblySizes.Check(assemblies[i], assemblies, findings);
            }

            return sizes;
        }

        private static NanoAssembly[] Open(string[] paths)
        {
            return [.. paths.Select(path => new NanoAssembly(LabelOf(path, paths), File.OpenRead(path)))];
        }

        /// <summary>The file's name; where several have it, with the folder that holds the project.</summary>
        private static string LabelOf(string path, string[] paths)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (paths.Count(other => Path.GetFileNameWithoutExtension(other) == name) == 1)
            {
                return name;
            }

            DirectoryInfo project = new FileInfo(path).Directory?.Parent?.Parent;
            return name + " (" + project?.Name + ")";
        }

        private static void PrintSizes(NanoAssembly[] assemblies, AssemblySizes[] sizes, string[] paths, string[] surfacePaths)
        {
            MetadataProcessor processor = MetadataProcessor.Find();
            string bound = processor == null ? "at most" : "at most, and as made by the metadata processor";
            Console.WriteLine("Bytes of the " + AssemblySizes.TableBytes + " that each table holds (" + bound + "):");
            Console.WriteLine($"{"",-28} {"IL",22} {"strings",22} {"signatures + data",22}");
            for (int i = 0; i < assemblies.Length; i++)
            {
                int[] real = null;
                string output = "";
                if (processor != null)
                {
                    IEnumerable<string> references = surfacePaths.Concat(paths.Where(path => path != paths[i]));
                    real = processor.TableSizes(paths[i], references, out output);
                }

                Console.WriteLine($"{assemblies[i].Label,-28} {Cell(sizes[i].Il, real?[0])} {Cell(sizes[i].Strings, real?[1])} {Cell(sizes[i].Signatures, real?[2])}");
                if (processor != null && real == null)
                {
                    Console.WriteLine("the metadata processor refuses it: " + output.Trim());
                }
            }
        }

        private static string Cell(int bytes, int? real)
        {
            string text = bytes + " (" + bytes * 100L / AssemblySizes.TableBytes + " %)";
            return $"{(real == null ? text : text + " " + real),22}";
        }
    }
}
