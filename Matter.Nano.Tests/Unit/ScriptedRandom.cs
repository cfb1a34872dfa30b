using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests
{
    /// <summary>
    /// A random source that repeats: what a test wants said at requests of certain lengths, in order, and otherwise a
    /// xorshift sequence of its seed.
    /// </summary>
    internal sealed class ScriptedRandom : IRandom
    {
        private readonly byte[][] _script = new byte[32][];
        private int _count;
        private uint _state;

        public ScriptedRandom()
            : this(1)
        {
        }

        public ScriptedRandom(uint seed)
        {
            _state = seed * 2654435761u | 1;
        }

        /// <summary>Answers to the script that were not asked for yet.</summary>
        public int Pending { get; private set; }

        /// <summary>Has the next request of this length that no earlier answer is meant for get these bytes.</summary>
        public void Say(byte[] bytes)
        {
            if (Pending == 0)
            {
                _count = 0;
            }

            _script[_count++] = bytes;
            Pending++;
        }

        public void Fill(byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_script[i] != null && _script[i].Length == length)
                {
                    Array.Copy(_script[i], 0, buffer, offset, length);
                    _script[i] = null;
                    Pending--;
                    return;
                }
            }

            for (int i = 0; i < length; i++)
            {
                _state ^= _state << 13;
                _state ^= _state >> 17;
                _state ^= _state << 5;
                buffer[offset + i] = (byte)(_state >> 11);
            }
        }
    }
}
