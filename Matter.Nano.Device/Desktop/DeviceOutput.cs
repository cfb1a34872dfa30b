using System.IO;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>What the device tells on standard output, once it is flushed: answers to peers come first.</summary>
    internal abstract class DeviceOutput
    {
        private readonly TextWriter _output;

        /// <param name="output">Receives the text.</param>
        protected DeviceOutput(TextWriter output)
        {
            _output = output;
        }

        /// <summary>Shows what was told.</summary>
        public void Flush()
        {
            _output.Flush();
        }

        /// <summary>The device listens.</summary>
        /// <param name="port">UDP port.</param>
        /// <param name="qrPayload">Content of the QR code.</param>
        /// <param name="manualCode">Manual pairing code.</param>
        public abstract void Ready(int port, string qrPayload, string manualCode);

        /// <summary>The light changed.</summary>
        public abstract void OnOff(int endpoint, bool on);

        /// <summary>A lamp is to be as bright: 0 for off, else 1 to 254.</summary>
        public abstract void Level(int endpoint, int level);

        /// <summary>A step of commissioning, or another thing that happened to the node.</summary>
        /// <param name="step">Its name in JSON.</param>
        /// <param name="text">A line for people.</param>
        /// <param name="fabricIndex">The fabric that it is about; 0 for none.</param>
        public abstract void Step(string step, string text, int fabricIndex);

        /// <summary>A command on standard input that isn't one.</summary>
        public abstract void UnknownCommand(string command);
    }
}
