using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Matter.Nano.Device;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The virtual device as a process of its own, without multicast DNS.</summary>
    internal sealed class VirtualDeviceProcess : IDisposable
    {
        private const int TimeoutMs = 60000;

        private readonly Process _process;
        private readonly Task<string> _errors;

        public VirtualDeviceProcess(params string[] arguments)
        {
            // A shell's background job, and all that it starts, ignores SIGINT unless somebody takes that back.
            ProcessStartInfo start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (OperatingSystem.IsLinux())
            {
                start.ArgumentList.Add("--default-signal=INT");
                start.ArgumentList.Add("dotnet");
            }
            start.ArgumentList.Add(typeof(OnboardingData).Assembly.Location);
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            _process = Process.Start(start);
            _errors = _process.StandardError.ReadToEndAsync();
        }

        public int Id { get { return _process.Id; } }

        /// <summary>What it wrote on standard error; waits for its end.</summary>
        public string Errors { get { return _errors.Result; } }

        public void Send(string line)
        {
            _process.StandardInput.WriteLine(line);
        }

        public void EndInput()
        {
            _process.StandardInput.Close();
        }

        /// <summary>The next line of standard output; null at its end.</summary>
        public string ReadLine()
        {
            Task<string> line = _process.StandardOutput.ReadLineAsync();
            if (!line.Wait(TimeoutMs))
                throw new TimeoutException("The device printed nothing");
            return line.Result;
        }

        /// <summary>The next line as JSON; it must be of this event.</summary>
        public JsonElement ReadEvent(string name)
        {
            string line = ReadLine();
            JsonElement json = JsonDocument.Parse(line).RootElement;
            if (json.GetProperty("event").GetString() != name)
                throw new InvalidDataException("Expected " + name + ": " + line);
            return json;
        }

        /// <summary>Waits for the end. Returns the exit code.</summary>
        public int WaitForExit()
        {
            if (!_process.WaitForExit(TimeoutMs))
                throw new TimeoutException("The device did not end");
            return _process.ExitCode;
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }
    }
}
