using System;
using System.Collections.Generic;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Makes hostile datagrams: noise, and recorded ones with bits, lengths and header fields wrong, replayed and spliced.</summary>
    internal sealed class DatagramMutator
    {
        private readonly Random _random;
        private readonly int _maxLength;
        private readonly List<byte[]> _recorded;

        public DatagramMutator(int seed, int maxLength, List<byte[]> recorded)
        {
            _random = new Random(seed);
            _maxLength = maxLength;
            _recorded = recorded;
        }

        public byte[] Next()
        {
            byte[] bytes = (byte[])_recorded[_random.Next(_recorded.Count)].Clone();
            switch (_random.Next(8))
            {
                case 0:
                    bytes = new byte[_random.Next(_maxLength)];
                    _random.NextBytes(bytes);
                    break;
                case 1:
                    break; // a replay
                case 2:
                    Array.Resize(ref bytes, _random.Next(bytes.Length + 1));
                    break;
                case 3:
                    Array.Resize(ref bytes, Math.Min(_maxLength, bytes.Length + _random.Next(200)));
                    break;
                case 4:
                    byte[] other = _recorded[_random.Next(_recorded.Count)];
                    int at = _random.Next(Math.Min(bytes.Length, other.Length));
                    Array.Copy(other, at, bytes, at, Math.Min(bytes.Length, other.Length) - at);
                    break;
                case 5:
                    // A counter not seen before, so that the duplicate filter does not hide the rest.
                    for (int i = 4; i < 8 && i < bytes.Length; i++)
                        bytes[i] = (byte)_random.Next(256);
                    Flip(bytes, 8);
                    break;
                default:
                    for (int i = _random.Next(4); i >= 0; i--)
                        Flip(bytes, 0);
                    break;
            }
            return bytes;
        }

        private void Flip(byte[] bytes, int from)
        {
            if (bytes.Length > from)
                bytes[_random.Next(from, bytes.Length)] ^= (byte)(1 << _random.Next(8));
        }
    }
}
