using System.IO;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Diagnostics, one line each, from a chosen level up.</summary>
    internal sealed class Log
    {
        private readonly LogLevel _level;
        private readonly TextWriter _output;

        public Log(LogLevel level, TextWriter output)
        {
            _level = level;
            _output = output;
        }

        /// <summary>True if datagrams are to be logged; spares making the text.</summary>
        public bool IsTracing { get { return _level == LogLevel.Trace; } }

        public void Trace(string text)
        {
            Write(LogLevel.Trace, "trace", text);
        }

        public void Debug(string text)
        {
            Write(LogLevel.Debug, "debug", text);
        }

        public void Info(string text)
        {
            Write(LogLevel.Info, "info", text);
        }

        public void Warn(string text)
        {
            Write(LogLevel.Warn, "warn", text);
        }

        private void Write(LogLevel level, string name, string text)
        {
            if (level >= _level)
                _output.WriteLine(name + ": " + text);
        }
    }
}
