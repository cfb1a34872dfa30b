using System.IO;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Text for people.</summary>
    internal sealed class PlainOutput : DeviceOutput
    {
        private readonly TextWriter _output;
        private readonly bool _isTerminal;

        /// <param name="output">Receives the text.</param>
        /// <param name="isTerminal">True if it is a terminal that takes colours.</param>
        public PlainOutput(TextWriter output, bool isTerminal)
            : base(output)
        {
            _output = output;
            _isTerminal = isTerminal;
        }

        public override void Ready(int port, string qrPayload, string manualCode)
        {
            _output.Write(QrText.Draw(qrPayload, _isTerminal));
            _output.WriteLine("QR code payload:     " + qrPayload);
            _output.WriteLine("Manual pairing code: " + manualCode);
            _output.WriteLine("Listening on UDP [::]:" + port + " and 0.0.0.0:" + port);
            _output.WriteLine(DeviceCommand.Help);
        }

        public override void OnOff(int endpoint, bool on)
        {
            _output.WriteLine("Light (endpoint " + endpoint + ") is " + (on ? "ON" : "OFF"));
        }

        public override void Step(string step, string text, int fabricIndex)
        {
            _output.WriteLine(fabricIndex == 0 ? text : text + " (fabric " + fabricIndex + ")");
        }

        public override void UnknownCommand(string command)
        {
            _output.WriteLine("Unknown command '" + command + "'. " + DeviceCommand.Help);
        }
    }
}
