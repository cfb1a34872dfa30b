using Matter.Nano.Sessions;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A device whose randomness is given, and the one peer that sends it recorded messages.</summary>
    internal sealed class Replay
    {
        private readonly RawPeer _peer;
        private bool _isOpen;

        /// <param name="sessionId">The first session id that the device gives.</param>
        /// <param name="verifier">Its PASE verifier.</param>
        /// <param name="salt">Salt of the verifier.</param>
        /// <param name="iterations">Iterations of the verifier.</param>
        public Replay(int sessionId, byte[] verifier, byte[] salt, int iterations)
        {
            World = new HandshakeWorld(sessionId, verifier, salt, iterations);
            World.Window.OpenInitial(World.Now);
            _peer = new RawPeer(World.Controller(0));
        }

        public HandshakeWorld World { get; }

        /// <summary>The device's.</summary>
        public ScriptedRandom Random
        {
            get { return World.Device.Random; }
        }

        /// <summary>The last answer's opcode.</summary>
        public int Opcode
        {
            get { return _peer.Opcode; }
        }

        /// <summary>The last answer's payload.</summary>
        public byte[] Payload
        {
            get { return _peer.Payload; }
        }

        /// <summary>Sends a message and waits for the answer.</summary>
        public void Send(int opcode, byte[] payload)
        {
            if (!_isOpen)
            {
                _peer.Open(World.Dial(0));
                _isOpen = true;
            }

            _peer.Send(opcode, payload, World.Now);
            World.Run(5000);
        }
    }
}
