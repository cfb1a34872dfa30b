using System;

namespace Matter.Nano.Crypto
{
    // What is computed ahead of need. Each record serves once: it is out of the store and wiped there before its use.
    public sealed partial class P256
    {
        private const int KeyComb = 8;
        private const int KeyPairLength = ScalarLength + PointLength;
        private const int NonceLength = 3 * P256Limbs.Length;

        private byte[] _keyPairs;   // private key, public key
        private int _keyPairCount;
        private long[] _nonces;     // r, 1/k, r/k
        private int _nonceCount;
        private P256KeyCombs _combs;
        private int _comb;
        private bool _isPreparing;

        /// <summary>Key pairs that <see cref="BeginKeyPair"/> can hand out at once.</summary>
        public int PreparedKeyPairs { get { return _keyPairCount; } }

        /// <summary>Signatures that <see cref="BeginSign"/> can make at once.</summary>
        public int PreparedSignatures { get { return _nonceCount; } }

        /// <summary>
        /// Makes room for what <see cref="BeginPreparation"/> computes, none at first: at start-up only, for it drops what
        /// there is. Nothing of it is ever stored elsewhere.
        /// </summary>
        /// <param name="keyPairs">Key pairs, 97 bytes each.</param>
        /// <param name="signatures">Nonces of signatures with their inverse, 216 bytes each.</param>
        /// <param name="keys">Public keys that signatures are verified with often: a table of about 2.4 kB each.</param>
        public void Reserve(int keyPairs, int signatures, int keys)
        {
            if (_multiplier != null) End(MatterError.InvalidState);
            _owner = null;
            Drop();
            _multiplier = new P256Multiplier(_random, keys);
            _file = _multiplier.Registers.File;
            _combs = new P256KeyCombs(_multiplier, keys);
            _keyPairs = new byte[keyPairs * KeyPairLength];
            _nonces = new long[signatures * NonceLength];
        }

        /// <summary>Begins to compute something ahead of need: a key pair, a signature's nonce or the table of a public key.</summary>
        /// <returns>False if nothing is missing: with a library nothing ever is.</returns>
        public bool BeginPreparation()
        {
            Begin(null, 0);
            if (_library != null) return false;
            if (_keyPairCount * KeyPairLength < _keyPairs.Length)
            {
                _keyOutput = _keyPairs;
                _keyOutputOffset = _keyPairCount * KeyPairLength;
                _output = _keyPairs;
                _outputOffset = _keyOutputOffset + ScalarLength;
                StartKeyPair();
            }
            else if (_nonceCount * NonceLength < _nonces.Length)
            {
                StartNonce();
            }
            else if (_combs.Begin())
            {
                _state = KeyComb;
            }
            else
            {
                return false;
            }

            _isPreparing = true;
            return true;
        }

        /// <summary>Wipes the prepared key pairs and nonces: when the node stops.</summary>
        public void Drop()
        {
            _keyPairCount = 0;
            _nonceCount = 0;
            if (_keyPairs == null) return;
            Array.Clear(_keyPairs, 0, _keyPairs.Length);
            Array.Clear(_nonces, 0, _nonces.Length);
        }

        private bool TakeKeyPair(byte[] privateKey, int privateKeyOffset, byte[] publicKey, int publicKeyOffset)
        {
            if (_keyPairCount == 0) return false;
            int record = --_keyPairCount * KeyPairLength;
            Array.Copy(_keyPairs, record, privateKey, privateKeyOffset, ScalarLength);
            Array.Copy(_keyPairs, record + ScalarLength, publicKey, publicKeyOffset, PointLength);
            Array.Clear(_keyPairs, record, KeyPairLength);
            End(0);
            return true;
        }

        private bool TakeNonce()
        {
            if (_nonceCount == 0) return false;
            int record = --_nonceCount * NonceLength;
            Array.Copy(_nonces, record, _file, R, P256Limbs.Length);
            Array.Copy(_nonces, record + P256Limbs.Length, _file, Nonce, P256Limbs.Length);
            Array.Copy(_nonces, record + 2 * P256Limbs.Length, _file, Ratio, P256Limbs.Length);
            Array.Clear(_nonces, record, NonceLength);
            return true;
        }

        private void KeepNonce()
        {
            int record = _nonceCount++ * NonceLength;
            Array.Copy(_file, R, _nonces, record, P256Limbs.Length);
            Array.Copy(_file, Nonce, _nonces, record + P256Limbs.Length, P256Limbs.Length);
            Array.Copy(_file, Ratio, _nonces, record + 2 * P256Limbs.Length, P256Limbs.Length);
        }
    }
}
