using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>HMAC-SHA256 (RFC 2104). Time depends on lengths only.</summary>
    public sealed class Hmac
    {
        /// <summary>Length of a MAC in bytes.</summary>
        public const int MacLength = 32;

        // Room for all that Matter hashes under a key but certificates and transcripts, which it doesn't.
        private const int AcceleratedLength = 192;
        private const int Managed = -1;

        private readonly Sha256 _hash = new Sha256();
        private readonly uint[] _inner = new uint[8];   // state after the key's inner pad, and after its outer one
        private readonly uint[] _outer = new uint[8];
        private readonly byte[] _scratch = new byte[Sha256.BlockLength];
        private readonly byte[] _key;                   // padded, for the accelerator; null like the next without one
        private readonly byte[] _message;
        private ICryptoAccelerator _accelerator;        // null: managed code only
        private int _length = Managed;                  // bytes in _message; Managed where the message goes into _hash

        /// <summary>Uses managed code.</summary>
        public Hmac()
        {
        }

        /// <summary>Uses the accelerator, if there is one and its known answers come out right, else managed code.</summary>
        /// <param name="accelerator">The platform's HMAC or null.</param>
        public Hmac(ICryptoAccelerator accelerator)
        {
            if (accelerator == null) return;
            _key = new byte[Sha256.BlockLength];
            _message = new byte[AcceleratedLength];
            if (Agrees(accelerator)) _accelerator = accelerator;
            Wipe();
        }

        /// <summary>Whether the accelerator is in use: false without one, or once it has given a wrong answer or an error.</summary>
        public bool IsAccelerated { get { return _accelerator != null; } }

        /// <summary>Starts a new MAC.</summary>
        /// <param name="key">Holds the key; not kept. May be null if empty.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <param name="keyLength">Length in bytes; any.</param>
        public void Start(byte[] key, int keyOffset, int keyLength)
        {
            byte[] pad = _scratch;
            Array.Clear(pad, 0, Sha256.BlockLength);
            if (keyLength > Sha256.BlockLength) _hash.Hash(pad, 0, key, keyOffset, keyLength);
            else if (keyLength > 0) Array.Copy(key, keyOffset, pad, 0, keyLength);

            if (_accelerator == null)
            {
                StartManaged();
                return;
            }
            Array.Copy(pad, 0, _key, 0, Sha256.BlockLength);
            Array.Clear(pad, 0, Sha256.BlockLength);
            _length = 0;
        }

        /// <summary>Adds bytes.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Update(byte[] buffer, int offset, int length)
        {
            if (_length != Managed)
            {
                if (length <= AcceleratedLength - _length)
                {
                    if (length > 0) Array.Copy(buffer, offset, _message, _length, length);
                    _length += length;
                    return;
                }
                TakeOver();
            }
            _hash.Update(buffer, offset, length);
        }

        /// <summary>Ends the MAC, writes it and wipes the key from the state.</summary>
        /// <param name="mac">Receives 32 bytes.</param>
        /// <param name="macOffset">Where they go.</param>
        public void Finish(byte[] mac, int macOffset)
        {
            FinishAndRestart(mac, macOffset);
            Wipe();
        }

        /// <summary>
        /// Ends the MAC, writes it and starts another one under the same key, which costs two blocks of hashing less than
        /// <see cref="Start"/>. <see cref="Wipe"/> or <see cref="Finish"/> forgets the key in the end.
        /// </summary>
        /// <param name="mac">Receives 32 bytes.</param>
        /// <param name="macOffset">Where they go.</param>
        public void FinishAndRestart(byte[] mac, int macOffset)
        {
            if (_length != Managed)
            {
                if (_accelerator.HmacSha256(mac, macOffset, _key, _message, _length) >= 0)
                {
                    _length = 0;
                    return;
                }
                _accelerator = null;
                TakeOver();
            }
            _hash.Finish(_scratch, 0);
            _hash.StartFromBlock(_outer);
            _hash.Update(_scratch, 0, Sha256.HashLength);
            _hash.Finish(mac, macOffset);
            _hash.StartFromBlock(_inner);
        }

        /// <summary>Forgets the key and what was added.</summary>
        public void Wipe()
        {
            _hash.Wipe();
            Array.Clear(_inner, 0, 8);
            Array.Clear(_outer, 0, 8);
            Array.Clear(_scratch, 0, Sha256.BlockLength);
            _length = Managed;
            if (_key == null) return;
            Array.Clear(_key, 0, Sha256.BlockLength);
            Array.Clear(_message, 0, AcceleratedLength);
        }

        // Managed code goes on with what was gathered for the accelerator.
        private void TakeOver()
        {
            Array.Copy(_key, 0, _scratch, 0, Sha256.BlockLength);
            StartManaged();
            _hash.Update(_message, 0, _length);
            _length = Managed;
        }

        // The padded key is in the scratch.
        private void StartManaged()
        {
            _hash.HashBlock(_scratch, 0x3636363636363636, _inner);
            _hash.HashBlock(_scratch, 0x5C5C5C5C5C5C5C5C, _outer);
            Array.Clear(_scratch, 0, Sha256.BlockLength);
            _hash.StartFromBlock(_inner);
        }

        // Whether the accelerator answers as the managed code does: short and long messages, under two keys.
        private bool Agrees(ICryptoAccelerator accelerator)
        {
            byte[] expected = new byte[MacLength];
            byte[] found = new byte[MacLength];
            for (int round = 0; round < 3; round++)
            {
                int length = round * 70;
                for (int i = 0; i < Sha256.BlockLength / 2; i++) _key[i] = (byte)(i * 89 + round * 151 + 7);
                for (int i = 0; i < length; i++) _message[i] = (byte)(i * 57 + round);
                Start(_key, 0, Sha256.BlockLength);
                Update(_message, 0, length);
                FinishAndRestart(expected, 0);
                if (accelerator.HmacSha256(found, 0, _key, _message, length) < 0 || !ConstantTime.Equals(expected, 0, found, 0, MacLength)) return false;
            }
            return true;
        }
    }
}
