using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// Checks that the reference surface declares nothing that the real nanoFramework assemblies lack: run it when a
    /// member was added. Takes the folder of API lists (one member a line) and the folder of compiled surface assemblies.
    /// </summary>
    internal static class Program
    {
        private static int Main(string[] args)
        {
            if (args.Length != 2)
            {
                Console.Error.WriteLine("usage: SurfaceCheck API-LISTS SURFACE-ASSEMBLIES");
                return 2;
            }

            Dictionary<string, ApiList> lists = Directory.GetFiles(args[0], "*.txt").Select(path => new ApiList(path)).ToDictionary(list => list.AssemblyName);
            int faults = 0;
            foreach (string path in Directory.GetFiles(args[1], "*.dll"))
            {
                SurfaceAssembly surface = new(path);
                IEnumerable<string> found = lists.TryGetValue(surface.Name, out ApiList list) ? surface.Check(list) : ["no API list"];
                foreach (string fault in found)
                {
                    Console.WriteLine(surface.Name + ": " + fault);
                    faults++;
                }
            }

            Console.WriteLine(faults == 0 ? "The surface is part of the API." : faults + " faults");
            return faults == 0 ? 0 : 1;
        }
    }
}
