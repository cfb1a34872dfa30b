using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// Computes ahead of need what the next handshakes take: key pairs, signatures' nonces, combs of peers' keys, and while
    /// a commissioning window is open the next PASE answer. On the engine's background: whoever needs it takes it away.
    /// </summary>
    internal sealed class HandshakePreparation : ICommissioningWindowListener
    {
        private const int Nothing = 0;
        private const int Engine = 1;
        private const int Pase = 2;
        private const int Stopped = 3;

        private readonly P256 _engine;
        private readonly Spake2Plus _spake;
        private readonly CommissioningWindow _window;
        private int _task;

        internal HandshakePreparation(P256 engine, Spake2Plus spake, CommissioningWindow window)
        {
            _engine = engine;
            _spake = spake;
            _window = window;
            window.AddListener(this);
        }

        /// <inheritdoc/>
        public void CommissioningWindowChanged(CommissioningWindow window, long now)
        {
            if (_task == Pase)
            {
                _engine.Release(this);
            }

            _spake.ForgetPreparation();
        }

        /// <summary>Does a bounded part.</summary>
        /// <returns><see cref="P256.Running"/>, 0 if nothing is missing, <see cref="MatterError.InvalidState"/> if the engine is taken.</returns>
        internal int Step()
        {
            if (_task == Stopped)
            {
                return 0;
            }

            if (!_engine.IsOwner(this))
            {
                // Nothing begun, or the engine was taken away since.
                if (!_engine.TryAcquireInBackground(this))
                {
                    return MatterError.InvalidState;
                }

                _task = Begin();
            }
            else
            {
                int result = _task == Pase ? _spake.StepPreparation() : _engine.Step();
                if (result == P256.Running)
                {
                    return P256.Running;
                }

                // The engine's own work fails only if the random source is broken.
                _task = result < 0 && _task == Engine ? Stopped : Begin();
            }

            if (_task == Engine || _task == Pase)
            {
                return P256.Running;
            }

            _engine.Release(this);
            return 0;
        }

        private int Begin()
        {
            if (_window.IsOpen && _spake.BeginPreparation(_window.Verifier, 0))
            {
                return Pase;
            }

            return _engine.BeginPreparation() ? Engine : Nothing;
        }
    }
}
