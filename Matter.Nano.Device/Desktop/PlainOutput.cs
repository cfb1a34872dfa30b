using System.IO;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Text for people.</summary>
    internal sealed class PlainOutput : DeviceOutput
    {
        private readonly TextWriter _output;
        private readonly bool _isTerminal;
        private readonly string _help;

        /// <param name="output">Receives the text.</param>
        /// <param name="isTerminal">True if it is a terminal that takes colours.</param>
        /// <param name="help">Names the commands.</param>
        public PlainOutput(TextWriter output, bool isTerminal, string help)
            : base(output)
        {
            _help = help;
            _output = output;
            _isTerminal = isTerminal;
        }

        public override void Ready(int port, string qrPayload, string manualCode)
        {
            _output.Write(QrText.Draw(qrPayload, _isTerminal));
            _output.WriteLine("QR code payload:     " + qrPayload);
            _output.WriteLine("Manual pairing code: " + manualCode);
            _output.WriteLine("Listening on UDP [::]:" + port + " and 0.0.0.0:" + port);
            _output.WriteLine(_help);
        }

        public override void OnOff(int endpoint, bool on)
        {
            _output.WriteLine("Endpoint " + endpoint + " is " + (on ? "ON" : "OFF"));
        }

        public override void Level(int endpoint, int level)
        {
            _output.WriteLine("Endpoint " + endpoint + " is at level " + level);
        }

        public override void Step(string step, string text, int fabricIndex)
        {
            _output.WriteLine(fabricIndex == 0 ? text : text + " (fabric " + fabricIndex + ")");
        }

        public override void UnknownCommand(string command)
        {
            _output.WriteLine("Unknown command '" + command + "'. " + _help);
        }
    }
}
