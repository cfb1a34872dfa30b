using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Matter.Nano.Tools.Runner
{
    /// <summary>
    /// One test assembly on nanoCLR. Its launcher says what passed and failed, but a run that dies says nothing at all:
    /// so the tests are known before, and each that did not report counts as failed.
    /// </summary>
    internal sealed class EmulatorRun(Dictionary<string, int> tests)
    {
        private const string End = "Done.";
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

        /// <summary>Tests that passed.</summary>
        public int Passed { get; private set; }

        /// <summary>Everything that went wrong, in words, one each.</summary>
        public List<string> Failures { get; } = [];

        /// <summary>How many that are.</summary>
        public int Failed => Failures.Count;

        /// <summary>How long the run took, starting nanoCLR included.</summary>
        public TimeSpan Duration { get; private set; }

        /// <summary>Runs the .pe files and writes down what came out.</summary>
        public void Execute(string clr, string[] files, string log)
        {
            ProcessStartInfo start = new(clr) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in new[] { "run", "--assemblies" }.Concat(files))
            {
                start.ArgumentList.Add(argument);
            }

            Stopwatch watch = Stopwatch.StartNew();
            using Process process = Process.Start(start);
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            bool ended = process.WaitForExit(Limit);
            if (!ended)
            {
                process.Kill(true);
                process.WaitForExit();
            }

            Duration = watch.Elapsed;
            string text = output.Result + errors.Result;
            File.WriteAllText(log, text);
            Judge(text, ended ? process.ExitCode : -1);
        }

        /// <summary>Counts what a run printed.</summary>
        public void Judge(string output, int exitCode)
        {
            string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
            Dictionary<string, int> missing = new(tests);
            foreach (string line in lines)
            {
                string[] fields = line.Split(',', 3);
                if (fields.Length < 2 || fields[0] is not ("Test passed" or "Test failed" or "Test skipped"))
                {
                    continue;
                }

                if (fields[0] == "Test passed")
                {
                    Passed++;
                }
                else
                {
                    Failures.Add(line);
                }

                int dot = fields[1].LastIndexOf('.');
                string name = dot < 0 ? fields[1] : fields[1][..dot];
                missing[name] = missing.GetValueOrDefault(name) - 1;
            }

            Failures.AddRange(missing.Where(test => test.Value > 0).SelectMany(test => Enumerable.Repeat("Test not run," + test.Key, test.Value)));
            if (tests.Count == 0)
            {
                Failures.Add("no tests");
            }

            if (!lines.Contains(End))
            {
                Failures.Add("the run did not come to its end");
            }

            if (exitCode != 0)
            {
                Failures.Add("nanoclr ended with exit code " + exitCode);
            }
        }
    }
}
