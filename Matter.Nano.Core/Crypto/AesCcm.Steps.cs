using System;

namespace Matter.Nano.Crypto
{
    // The same in bounded steps, without associated data: one such computation at a time, between whose steps messages may be
    // sealed and opened under other keys. It belongs to whoever holds the P-256 engine.
    public sealed partial class AesCcm
    {
        // Below 60 000 instructions of the interpreter together with expanding the key.
        private const int PassesPerStep = 6;

        private readonly ulong[] _kept = new ulong[4];
        private int _pass;
        private bool _isSealing;
        private byte[] _buffer;                        // null: nothing was begun
        private int _offset;
        private int _length;
        private byte[] _key;
        private byte[] _nonce;
        private int _nonceOffset;

        /// <summary>Begins what <see cref="Seal"/> does at once. The arrays must stay as they are until the end.</summary>
        /// <param name="buffer">Holds the plaintext and has 16 bytes of room behind it.</param>
        /// <param name="offset">First plaintext byte.</param>
        /// <param name="length">Plaintext length in bytes, up to <see cref="MaxLength"/>.</param>
        /// <param name="key">The 16-byte key.</param>
        /// <param name="nonce">Holds the 13-byte nonce.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        public void BeginSeal(byte[] buffer, int offset, int length, byte[] key, byte[] nonce, int nonceOffset)
        {
            Begin(true, buffer, offset, length, key, nonce, nonceOffset);
        }

        /// <summary>
        /// Begins what <see cref="Open"/> does at once. The arrays must stay as they are until the end, and before it nothing
        /// of the buffer is to be trusted.
        /// </summary>
        /// <param name="buffer">Holds ciphertext and tag.</param>
        /// <param name="offset">First ciphertext byte.</param>
        /// <param name="length">Length of ciphertext and tag in bytes, 16 at least.</param>
        /// <param name="key">The 16-byte key.</param>
        /// <param name="nonce">Holds the 13-byte nonce.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        public void BeginOpen(byte[] buffer, int offset, int length, byte[] key, byte[] nonce, int nonceOffset)
        {
            Begin(false, buffer, offset, length - TagLength, key, nonce, nonceOffset);
        }

        /// <summary>Does a bounded part of what was begun; an accelerator does it all at once.</summary>
        /// <returns>
        /// <see cref="P256.Running"/>, 0 when done, <see cref="MatterError.AuthenticationFailed"/> for a wrong tag: the buffer
        /// then holds no plaintext; <see cref="MatterError.InvalidState"/> if nothing was begun.
        /// </returns>
        public int Step()
        {
            if (_buffer == null) return MatterError.InvalidState;
            int result = 0;
            if (_accelerator != null && _pass == 0)
            {
                result = _isSealing
                    ? Seal(_buffer, _offset, _length, _key, 0, _nonce, _nonceOffset, null, 0, 0)
                    : Open(_buffer, _offset, _length + TagLength, _key, 0, _nonce, _nonceOffset, null, 0, 0);
            }
            else
            {
                UseKey(_key, 0);
                bool isDone = Compute(_kept, _pass, PassesPerStep, _isSealing, _buffer, _offset, _length, _nonce, _nonceOffset, null, 0, 0, 0);
                Array.Clear(_block, 0, BlockLength);
                _pass += PassesPerStep;
                if (!isDone) return P256.Running;
                if (_isSealing)
                {
                    Array.Copy(_mac, 0, _buffer, _offset + _length, TagLength);
                }
                else if (!ConstantTime.Equals(_mac, 0, _buffer, _offset + _length, TagLength))
                {
                    Array.Clear(_buffer, _offset, _length);
                    result = MatterError.AuthenticationFailed;
                }
                // The right tag of a forged message is nobody's business.
                Array.Clear(_mac, 0, TagLength);
            }
            Cancel();
            return result < 0 ? result : 0;
        }

        /// <summary>Gives up what was begun; the buffer's content is then of no use.</summary>
        public void Cancel()
        {
            Array.Clear(_kept, 0, 4);
            _buffer = null;
            _key = null;
            _nonce = null;
        }

        private void Begin(bool sealing, byte[] buffer, int offset, int length, byte[] key, byte[] nonce, int nonceOffset)
        {
            Array.Clear(_kept, 0, 4);
            _pass = 0;
            _isSealing = sealing;
            _buffer = buffer;
            _offset = offset;
            _length = length;
            _key = key;
            _nonce = nonce;
            _nonceOffset = nonceOffset;
        }
    }
}
