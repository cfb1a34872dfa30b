using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Matter.Nano.Tests.Desktop.Kill
{
    /// <summary>A <see cref="KilledDevice"/> as seen by who kills it; what it reported before its death counts.</summary>
    internal sealed class DeviceProcess : IDisposable
    {
        private const int TimeoutMs = 120000;

        private readonly Process _process;
        private readonly Thread _reader;
        private readonly Task<string> _errors;
        private readonly List<string> _lines = new List<string>();
        private readonly object _lock = new object();
        private KillPlan _plan;
        private Timer _timer;
        private volatile bool _isKilled;

        public DeviceProcess(string directory)
        {
            ProcessStartInfo start = new ProcessStartInfo("dotnet", new[] { typeof(KilledDevice).Assembly.Location, KilledDevice.Argument, directory })
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["DOTNET_TieredPGO"] = "0";
            _process = Process.Start(start);
            _process.StandardInput.AutoFlush = true;
            _errors = _process.StandardError.ReadToEndAsync();
            _reader = new Thread(ReadAll) { IsBackground = true };
            _reader.Start();
            Port = JsonDocument.Parse(WaitFor("{\"event\":\"ready\"", 0)).RootElement.GetProperty("port").GetInt32();
        }

        public int Port { get; }

        public bool IsKilled { get { return _isKilled; } }

        /// <summary>Writes of the operation that have begun.</summary>
        public int Begun { get; private set; }

        /// <summary>Whether the deciding one has begun.</summary>
        public bool HasCommitBegun { get; private set; }

        /// <summary>Whether it was done.</summary>
        public bool HasCommitEnded { get; private set; }

        /// <summary>From now on a kill is due.</summary>
        public void Begin(KillPlan plan)
        {
            lock (_lock)
            {
                _plan = plan;
                if (plan.AtWrite == 0)
                    _timer = new Timer(_ => Kill(), null, TimeSpan.FromMilliseconds(plan.DelayMs), Timeout.InfiniteTimeSpan);
            }
        }

        /// <summary>SIGKILL.</summary>
        public void Kill()
        {
            try
            {
                _process.Kill();
            }
            catch (InvalidOperationException)
            {
                // A timer came late: it has been dead for long.
            }
            _isKilled = true;
        }

        /// <summary>Why it may have failed, for a message.</summary>
        public string Describe()
        {
            lock (_lock)
                return (_isKilled ? "dead; " + _errors.Result : "alive") + "; its last lines: " + string.Join(" ", _lines.GetRange(Math.Max(0, _lines.Count - 12), Math.Min(12, _lines.Count)));
        }

        /// <summary>Waits until it is dead and all of its reports are in.</summary>
        public void WaitForEnd()
        {
            if (!_process.WaitForExit(TimeoutMs) || !_reader.Join(TimeoutMs))
                throw new TimeoutException("it does not die");
        }

        /// <summary>Gives a command and waits for a line that begins with one of the words; null if it died meanwhile.</summary>
        public string Ask(string command, params string[] answers)
        {
            int since;
            lock (_lock)
                since = _lines.Count;
            try
            {
                _process.StandardInput.WriteLine(command);
            }
            catch (IOException)
            {
                return null;
            }
            return WaitFor(since, answers);
        }

        public void Dispose()
        {
            _timer?.Dispose();
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }

        private string WaitFor(string answer, int since)
        {
            return WaitFor(since, answer) ?? throw new InvalidDataException("it died by itself");
        }

        private string WaitFor(int since, params string[] answers)
        {
            Stopwatch time = Stopwatch.StartNew();
            lock (_lock)
            {
                for (int i = since; ; i++)
                {
                    while (i == _lines.Count)
                    {
                        if (_isKilled)
                            return null;
                        if (time.ElapsedMilliseconds > TimeoutMs)
                            throw new TimeoutException("no answer: " + answers[0]);
                        Monitor.Wait(_lock, 100);
                    }
                    if (_lines[i] == null)
                        return null;
                    if (Array.Exists(answers, _lines[i].StartsWith))
                        return _lines[i];
                }
            }
        }

        private void ReadAll()
        {
            string line;
            do
            {
                line = _process.StandardOutput.ReadLine();
                bool isTime = false;
                lock (_lock)
                {
                    if (line != null && _plan != null && (line[0] == '+' || line[0] == '-'))
                        isTime = Count(line[0] == '+', long.Parse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
                    _lines.Add(line);
                    Monitor.PulseAll(_lock);
                }
                if (isTime)
                    KillAfter(_plan.DelayMs);
            }
            while (line != null);
            _isKilled = true;
        }

        private bool Count(bool isBegin, long key)
        {
            if (!_plan.IsPart(key) && !_plan.IsCommit(key))
                return false;
            if (!isBegin)
            {
                HasCommitEnded |= _plan.IsCommit(key);
                return false;
            }
            HasCommitBegun |= _plan.IsCommit(key);
            return ++Begun == _plan.AtWrite;
        }

        private void KillAfter(double milliseconds)
        {
            if (milliseconds > 15)
            {
                _timer = new Timer(_ => Kill(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
                return;
            }
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
                Thread.SpinWait(20);
            Kill();
        }
    }
}
