using System;
using System.IO;

namespace Matter.Nano.Tools.P256Generator
{
    /// <summary>Writes the generated sources of the P-256 arithmetic, or checks that those in place are up to date.</summary>
    public static class Program
    {
        /// <summary>Names of the files written, relative to the output folder.</summary>
        public static readonly string[] FileNames = { "P256Arithmetic.Generated.cs", "P256Comb.Generated.cs", "P256Window.Generated.cs" };

        /// <summary>The text of a generated file.</summary>
        /// <param name="fileName">One of <see cref="FileNames"/>.</param>
        /// <returns>Its text, with LF line ends.</returns>
        public static string Generate(string fileName)
        {
            return fileName == FileNames[0] ? ArithmeticSource.Write() : fileName == FileNames[1] ? CombSource.Write() : WindowSource.Write();
        }

        /// <summary>Entry point: <c>[--check] folder</c>.</summary>
        /// <param name="arguments">The command line.</param>
        /// <returns>0, or 1 if a file is out of date or the command line is wrong.</returns>
        public static int Main(string[] arguments)
        {
            bool check = arguments.Length == 2 && arguments[0] == "--check";
            if (!check && arguments.Length != 1)
            {
                Console.Error.WriteLine("usage: P256Generator [--check] <folder of the generated files>");
                return 1;
            }

            int result = 0;
            foreach (string fileName in FileNames)
            {
                string path = Path.Combine(arguments[arguments.Length - 1], fileName);
                string text = Generate(fileName);
                if (!check)
                {
                    File.WriteAllText(path, text);
                }
                else if (!File.Exists(path) || File.ReadAllText(path) != text)
                {
                    Console.Error.WriteLine(path + " is not what the generator writes");
                    result = 1;
                }
            }

            return result;
        }
    }
}
