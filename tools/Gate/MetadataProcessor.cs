using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Matter.Nano.Tools
{
    /// <summary>The nanoFramework metadata processor, if this machine has one: it makes the target's form of an assembly.</summary>
    internal sealed class MetadataProcessor
    {
        private const int FirstTableOffset = 40;
        private const int StringTable = 11;
        private const int SignatureTable = 12;
        private const int ByteCodeTable = 13;
        private static readonly string[] Names = ["mdp", "nanoFramework.Tools.MetadataProcessor"];

        private readonly string _program;

        private MetadataProcessor(string program)
        {
            _program = program;
        }

        /// <summary>Looks along PATH; null if there is none.</summary>
        public static MetadataProcessor Find()
        {
            foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            {
                foreach (string name in Names)
                {
                    string program = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
                    if (folder.Length > 0 && File.Exists(program))
                    {
                        return new MetadataProcessor(program);
                    }
                }
            }

            return null;
        }

        /// <summary>Sizes of the assembly's IL, string and signature tables; null, with the processor's own words, if it refuses.</summary>
        public int[] TableSizes(string assembly, IEnumerable<string> references, out string output)
        {
            string target = Path.GetTempFileName();
            try
            {
                ProcessStartInfo start = new(_program) { RedirectStandardOutput = true, RedirectStandardError = true };
                foreach (string reference in references)
                {
                    start.ArgumentList.Add("-loadHints");
                    start.ArgumentList.Add(Path.GetFileNameWithoutExtension(reference));
                    start.ArgumentList.Add(reference);
                }

                foreach (string argument in new[] { "-parse", assembly, "-compile", target, "false" })
                {
                    start.ArgumentList.Add(argument);
                }

                using Process process = Process.Start(start);
                System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
                output = process.StandardOutput.ReadToEnd() + errors.Result;
                process.WaitForExit();
                byte[] image = File.ReadAllBytes(target);
                return process.ExitCode != 0 || image.Length == 0
                    ? null
                    : [TableSize(image, ByteCodeTable), TableSize(image, StringTable), TableSize(image, SignatureTable)];
            }
            finally
            {
                File.Delete(target);
            }
        }

        private static int TableSize(byte[] image, int table)
        {
            int offset = FirstTableOffset + 4 * table;
            return BitConverter.ToInt32(image, offset + 4) - BitConverter.ToInt32(image, offset);
        }
    }
}
