using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Matter.Nano.Crypto;
using Matter.Nano.Tests.Scenario;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A light whose cryptography is counted for each call into the node, in instructions of the interpreter.</summary>
    internal sealed class CryptographyCounter : ILinkEnd
    {
        /// <summary>Instructions of cryptography that a call may take.</summary>
        public const int Bound = 60000;

        /// <summary>As measured: a block of SHA-256, two blocks of AES with what CCM does around them.</summary>
        private const int InstructionsPerBlock = 6200;
        private const int InstructionsPerPair = 7700;

        private readonly VirtualLight _light;
        private readonly List<Sha256> _hashes = new List<Sha256>();
        private readonly List<Aes128> _ciphers = new List<Aes128>();
        private bool _isShaking;

        public CryptographyCounter(VirtualLight light)
        {
            _light = light;
            HashSet<object> seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
            Collect(light.Crypto, seen);
            Collect(light.Node, seen);
        }

        /// <summary>Whether what sessions' messages take counts, too.</summary>
        public bool CountsAll { get; set; }

        /// <summary>Instructions of the longest call.</summary>
        public int Most { get; set; }

        /// <summary>Instructions of the call that hashed longest, in sessions too.</summary>
        public int MostHashed { get; set; }

        /// <summary>Steps of the engine in the call that made most of them.</summary>
        public int MostSteps { get; private set; }

        /// <summary>Instructions of the call that hashed longest of those that made a step of the engine's.</summary>
        public int MostBesideStep { get; private set; }

        /// <summary>Counts anew.</summary>
        public void Reset()
        {
            Most = 0;
            MostHashed = 0;
            MostSteps = 0;
            MostBesideStep = 0;
        }

        /// <summary>The light begins a handshake of its own.</summary>
        public void BeginOwn()
        {
            _isShaking = true;
            Most = 0;
        }

        public Exchanges.OutboxSlot Next()
        {
            return _light.Next();
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            // The session id behind the flags: 0 for messages of handshakes.
            _isShaking = buffer[1] == 0 && buffer[2] == 0;
            int hashing = Hashing();
            int ciphering = Ciphering();
            int steps = _light.Crypto.P256.StepCount;
            _light.Receive(buffer, length, peer, peerLength, now);
            Count(hashing, ciphering, steps);
        }

        public long Poll(long now)
        {
            int hashing = Hashing();
            int ciphering = Ciphering();
            int steps = _light.Crypto.P256.StepCount;
            long next = _light.Poll(now);
            Count(hashing, ciphering, steps);
            return next;
        }

        // What sessions' messages take does not count: each is sealed and opened in one go.
        private void Count(int hashing, int ciphering, int steps)
        {
            steps = _light.Crypto.P256.StepCount - steps;
            MostSteps = Math.Max(MostSteps, steps);
            if (steps > 0)
            {
                MostBesideStep = Math.Max(MostBesideStep, Hashing() - hashing);
            }

            MostHashed = Math.Max(MostHashed, Hashing() - hashing);
            if (_isShaking || CountsAll)
            {
                Most = Math.Max(Most, Hashing() - hashing + Ciphering() - ciphering);
            }
        }

        private int Hashing()
        {
            return _hashes.Sum(hash => hash.BlockCount) * InstructionsPerBlock;
        }

        private int Ciphering()
        {
            return _ciphers.Sum(cipher => cipher.PairCount) * InstructionsPerPair;
        }

        private void Collect(object value, HashSet<object> seen)
        {
            if (value == null || value is string || value.GetType().IsPrimitive || value is Delegate || !seen.Add(value))
            {
                return;
            }

            if (value is Sha256 hash)
            {
                _hashes.Add(hash);
            }
            else if (value is Aes128 cipher)
            {
                _ciphers.Add(cipher);
            }
            else if (value is Array array)
            {
                if (!array.GetType().GetElementType().IsPrimitive)
                {
                    foreach (object item in (IEnumerable)array)
                    {
                        Collect(item, seen);
                    }
                }
            }
            else if (value.GetType().Namespace.StartsWith(nameof(Matter), StringComparison.Ordinal))
            {
                foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .Concat(value.GetType().BaseType.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)))
                {
                    Collect(field.GetValue(value), seen);
                }
            }
        }
    }
}
