using System;
using System.Buffers;
using System.IO;
using System.Text;
using System.Text.Json;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>One JSON object a line.</summary>
    internal sealed class JsonOutput : DeviceOutput
    {
        private readonly TextWriter _output;
        private readonly string _help;
        private readonly ArrayBufferWriter<byte> _buffer = new ArrayBufferWriter<byte>();
        private readonly Utf8JsonWriter _json;

        /// <param name="output">Receives the lines.</param>
        /// <param name="help">Names the commands.</param>
        public JsonOutput(TextWriter output, string help)
            : base(output)
        {
            _help = help;
            _output = output;
            _json = new Utf8JsonWriter(_buffer);
        }

        public override void Ready(int port, string qrPayload, string manualCode)
        {
            Begin("ready");
            _json.WriteNumber("port", port);
            _json.WriteNumber("pid", Environment.ProcessId);
            _json.WriteString("qr", qrPayload);
            _json.WriteString("manual", manualCode);
            End();
        }

        public override void OnOff(int endpoint, bool on)
        {
            Begin("onoff");
            _json.WriteNumber("endpoint", endpoint);
            _json.WriteBoolean("on", on);
            End();
        }

        public override void Level(int endpoint, int level)
        {
            Begin("level");
            _json.WriteNumber("endpoint", endpoint);
            _json.WriteNumber("level", level);
            End();
        }

        public override void Step(string step, string text, int fabricIndex)
        {
            Begin(step);
            if (fabricIndex != 0)
                _json.WriteNumber("fabric", fabricIndex);
            End();
        }

        public override void UnknownCommand(string command)
        {
            Begin("unknown-command");
            _json.WriteString("command", command);
            _json.WriteString("help", _help);
            End();
        }

        private void Begin(string name)
        {
            _buffer.Clear();
            _json.Reset();
            _json.WriteStartObject();
            _json.WriteString("event", name);
        }

        private void End()
        {
            _json.WriteEndObject();
            _json.Flush();
            _output.WriteLine(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        }
    }
}
