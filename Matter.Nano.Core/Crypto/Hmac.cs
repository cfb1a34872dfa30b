using System;

namespace Matter.Nano.Crypto
{
    /// <summary>HMAC-SHA256 (RFC 2104). Time depends on lengths only.</summary>
    public sealed class Hmac
    {
        /// <summary>Length of a MAC in bytes.</summary>
        public const int MacLength = 32;

        private readonly Sha256 _hash = new Sha256();
        private readonly uint[] _inner = new uint[8];   // state after the key's inner pad, and after its outer one
        private readonly uint[] _outer = new uint[8];
        private readonly byte[] _scratch = new byte[Sha256.BlockLength];

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

            KeyState(_inner, 0x36);
            KeyState(_outer, 0x36 ^ 0x5C);
            Array.Clear(pad, 0, Sha256.BlockLength);
            _hash.StartFromBlock(_inner);
        }

        /// <summary>Adds bytes.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Update(byte[] buffer, int offset, int length) { _hash.Update(buffer, offset, length); }

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
        }

        // Turns the pad into the next one and keeps the state of hashing it.
        private void KeyState(uint[] state, int change)
        {
            byte[] pad = _scratch;
            for (int i = 0; i < Sha256.BlockLength; i++) pad[i] ^= (byte)change;
            _hash.Start();
            _hash.Update(pad, 0, Sha256.BlockLength);
            _hash.SaveState(state);
        }
    }
}
