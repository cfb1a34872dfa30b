using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Assert = nanoFramework.TestFramework.Assert;
using OutputHelper = nanoFramework.TestFramework.OutputHelper;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// The suite in interop/: an independent controller against the running virtual device, in a network namespace of its
    /// own, a browser at the set-up page, and another responder on the same link. Skipped, with the reason, where Node,
    /// Chromium, avahi or the right to make a namespace is missing.
    /// </summary>
    [nanoFramework.TestFramework.TestClass]
    public class RealControllerTests
    {
        [nanoFramework.TestFramework.TestMethod]
        [TestCategory("RealController")]
        public void Interop_Passes()
        {
            string folder = Path.Combine(Repository.Root, "interop");
            string name = "matter-nano-probe-" + Environment.ProcessId;
            SkipUnless("Node is missing", "node", "--version");
            SkipUnless("npm is missing", "npm", "--version");
            SkipUnless("tcpdump is missing", "tcpdump", "--version");
            SkipUnless("Chromium is missing", "chromium", "--version");
            SkipUnless("avahi-daemon is missing", "avahi-daemon", "--version");
            SkipUnless("avahi-utils is missing", "avahi-browse", "--version");
            SkipUnless("dbus-daemon is missing", "dbus-daemon", "--version");
            SkipUnless("no right to make a network namespace", "ip", "netns", "add", name);
            SkipUnless("no right to remove a network namespace", "ip", "netns", "delete", name);
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                SkipUnless("npm ci failed", "npm", "ci", "--prefix", folder, "--no-audit", "--no-fund");
            }

            int exitCode = Run(out string output, "node", Path.Combine(folder, "run.mjs"));
            OutputHelper.WriteLine(output);
            Assert.AreEqual(0, exitCode, output);
        }

        private static void SkipUnless(string reason, string program, params string[] arguments)
        {
            int exitCode;
            string output = "";
            try
            {
                exitCode = Run(out output, program, arguments);
            }
            catch (Win32Exception)
            {
                exitCode = -1;
            }

            if (exitCode != 0)
            {
                string message = "Real controllers are left out: " + reason + ". " + output;
#pragma warning disable MSTESTEXP // The alternative is a property, and test classes have no instance state.
                TestContext.Current.DisplayMessage(MessageLevel.Warning, message);
#pragma warning restore MSTESTEXP
                Assert.SkipTest(message);
            }
        }

        private static int Run(out string output, string program, params string[] arguments)
        {
            ProcessStartInfo start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using (Process process = Process.Start(start))
            {
                System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
                output = process.StandardOutput.ReadToEnd() + errors.Result;
                process.WaitForExit();
                return process.ExitCode;
            }
        }
    }
}
