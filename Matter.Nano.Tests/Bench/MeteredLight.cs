using Matter.Nano.Exchanges;
using Matter.Nano.Messages;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tests.Scenario;

namespace Matter.Nano.Tests.Bench
{
    /// <summary>A light that measures what it does from a message of a kind to the next of another kind.</summary>
    internal sealed class MeteredLight : ILinkEnd
    {
        /// <summary>What stands for the opcode of an encrypted message.</summary>
        public const int Encrypted = -1;

        private readonly VirtualLight _light;
        private readonly MessageHeader _header = new MessageHeader();
        private Meter _meter;
        private int _from;
        private int _to;
        private int _count;
        private bool _isRunning;

        public MeteredLight(VirtualLight light)
        {
            _light = light;
        }

        /// <summary>Measures from now on.</summary>
        /// <param name="meter">Where to.</param>
        /// <param name="from">Opcode of the message received that starts it.</param>
        /// <param name="to">Opcode of the message sent that ends it.</param>
        public void Measure(Meter meter, int from, int to)
        {
            Measure(meter, from, to, 1);
        }

        /// <summary>Measures from now on, until the last of several answers.</summary>
        public void Measure(Meter meter, int from, int to, int count)
        {
            _count = count;
            _meter = meter;
            _from = from;
            _to = to;
        }

        /// <summary>Leaves out what comes until <see cref="Resume"/>.</summary>
        public void Pause()
        {
            if (_isRunning) _meter.Stop();
        }

        /// <summary>Measures again.</summary>
        public void Resume()
        {
            if (_isRunning) _meter.Start();
        }

        public OutboxSlot Next()
        {
            OutboxSlot slot = _light.Next();
            if (_isRunning && slot != null && Opcode(slot.Buffer, slot.DatagramOffset, slot.DatagramLength) == _to && --_count == 0)
            {
                _meter.End();
                _isRunning = false;
                _meter = null;
            }

            return slot;
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            if (_meter != null && !_isRunning && Opcode(buffer, 0, length) == _from)
            {
                _meter.Begin();
                _isRunning = true;
            }

            if (_isRunning) _meter.Start();
            _light.Receive(buffer, length, peer, peerLength, now);
            if (_isRunning) _meter.Stop();
        }

        public long Poll(long now)
        {
            if (_isRunning) _meter.Start();
            long next = _light.Poll(now);
            if (_isRunning) _meter.Stop();
            return next;
        }

        private int Opcode(byte[] buffer, int offset, int length)
        {
            if (_header.Parse(buffer, offset, length) < 0) return 0;
            return _header.SessionId != 0 ? Encrypted : buffer[offset + _header.Length + 1];
        }
    }
}
