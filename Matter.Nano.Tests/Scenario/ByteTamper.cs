namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Flips bits of one byte of one message, or changes its length.</summary>
    internal sealed class ByteTamper : MessageTamper
    {
        private readonly int _opcode;
        private readonly int _position;
        private readonly int _flip;
        private readonly int _more;

        private ByteTamper(int opcode, int position, int flip, int more)
        {
            _opcode = opcode;
            _position = position;
            _flip = flip;
            _more = more;
        }

        /// <summary>Length of the message before it was changed; 0 if none was.</summary>
        public int SeenLength { get; private set; }

        public static ByteTamper Flip(int opcode, int position, int bits)
        {
            return new ByteTamper(opcode, position, bits, 0);
        }

        /// <summary>Cuts the message off at a length.</summary>
        public static ByteTamper Cut(int opcode, int length)
        {
            return new ByteTamper(opcode, length, 0, -1);
        }

        /// <summary>Puts a zero behind the message.</summary>
        public static ByteTamper Prolong(int opcode)
        {
            return new ByteTamper(opcode, 0, 0, 1);
        }

        public override int Change(int opcode, byte[] buffer, int offset, int length)
        {
            if (opcode != _opcode)
            {
                return length;
            }

            SeenLength = length;
            if (_more > 0)
            {
                buffer[offset + length] = 0;
                return length + 1;
            }

            if (_more < 0)
            {
                return _position < length ? _position : length;
            }

            if (_position < length)
            {
                buffer[offset + _position] ^= (byte)_flip;
            }

            return length;
        }
    }
}
