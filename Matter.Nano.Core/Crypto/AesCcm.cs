using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// AES-128-CCM with a 13-byte nonce and a 16-byte tag, in place (Matter Core 3.6.1; NIST SP 800-38C). Time depends on
    /// lengths only, and on whether the key is one of the last two: these stay expanded until <see cref="ForgetKeys"/>, for
    /// expanding one takes as long as encrypting three blocks.
    /// </summary>
    public sealed partial class AesCcm
    {
        /// <summary>Length of a key in bytes.</summary>
        public const int KeyLength = 16;

        /// <summary>Length of a nonce in bytes.</summary>
        public const int NonceLength = 13;

        /// <summary>Length of a tag in bytes.</summary>
        public const int TagLength = 16;

        /// <summary>Longest plaintext in bytes: its length has two bytes beside a 13-byte nonce.</summary>
        public const int MaxLength = 0xFFFF;

        // Longer associated data has its length coded otherwise.
        private const int MaxAssociatedLength = 0xFF00 - 1;
        private const int BlockLength = Aes128.BlockLength;

        // Room for a whole Matter message: 1280 bytes, first block and associated data.
        private const int AcceleratedBlocks = 84;

        private Aes128 _aes = new Aes128();            // has the key used last, _other the one before
        private Aes128 _other = new Aes128();
        private readonly ulong[] _words = new ulong[4];
        private readonly byte[] _block = new byte[BlockLength];
        private readonly byte[] _mac = new byte[BlockLength];
        private readonly byte[] _blocks;               // the accelerator's input and output
        private ICryptoAccelerator _accelerator;       // null: managed code only

        /// <summary>Uses the accelerator, if there is one and its known answers come out right, else managed bitsliced AES.</summary>
        /// <param name="accelerator">The platform's AES or null.</param>
        public AesCcm(ICryptoAccelerator accelerator)
        {
            if (accelerator == null) return;
            _blocks = new byte[AcceleratedBlocks * BlockLength];
            if (Agrees(accelerator)) _accelerator = accelerator;
            else _blocks = null;
            Array.Clear(_words, 0, 4);
            ForgetKeys();
        }

        /// <summary>Whether the accelerator is in use: false without one, or once it has given a wrong answer or an error.</summary>
        public bool IsAccelerated { get { return _accelerator != null; } }

        /// <summary>Wipes the expanded keys: whenever a key goes out of use.</summary>
        public void ForgetKeys()
        {
            _aes.Wipe();
            _other.Wipe();
            if (_accelerator != null) _accelerator.ForgetKeys();
        }

        /// <summary>Encrypts in place and writes the tag behind the ciphertext.</summary>
        /// <param name="buffer">Holds the plaintext and has 16 bytes of room behind it.</param>
        /// <param name="offset">First plaintext byte.</param>
        /// <param name="length">Plaintext length in bytes, up to <see cref="MaxLength"/>.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nonce">Holds the 13-byte nonce; must not lie in what is encrypted.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        /// <param name="associated">Associated data, or null for none; may lie in <paramref name="buffer"/> before the plaintext.</param>
        /// <param name="associatedOffset">First byte.</param>
        /// <param name="associatedLength">Length in bytes, below 65280.</param>
        /// <returns>Length of ciphertext and tag, or <see cref="MatterError.OutOfRange"/>.</returns>
        public int Seal(
            byte[] buffer, int offset, int length,
            byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength)
        {
            if (length < 0 || length > MaxLength || associatedLength > MaxAssociatedLength) return MatterError.OutOfRange;
            Crypt(true, buffer, offset, length, key, keyOffset, nonce, nonceOffset, associated, associatedOffset, associatedLength);
            Array.Copy(_mac, 0, buffer, offset + length, TagLength);
            return length + TagLength;
        }

        /// <summary>Checks the tag and decrypts in place. After a wrong tag the buffer holds no plaintext.</summary>
        /// <param name="buffer">Holds ciphertext and tag.</param>
        /// <param name="offset">First ciphertext byte.</param>
        /// <param name="length">Length of ciphertext and tag in bytes.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nonce">Holds the 13-byte nonce; must not lie in what is decrypted.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        /// <param name="associated">Associated data, or null for none.</param>
        /// <param name="associatedOffset">First byte.</param>
        /// <param name="associatedLength">Length in bytes, below 65280.</param>
        /// <returns>Plaintext length or <see cref="MatterError.AuthenticationFailed"/>, also for what is too short or long to be sealed.</returns>
        public int Open(
            byte[] buffer, int offset, int length,
            byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength)
        {
            length -= TagLength;
            if (length < 0 || length > MaxLength || associatedLength > MaxAssociatedLength) return MatterError.AuthenticationFailed;
            if (Decrypt(buffer, offset, length, key, keyOffset, nonce, nonceOffset, associated, associatedOffset, associatedLength)) return length;
            Array.Clear(buffer, offset, length);
            return MatterError.AuthenticationFailed;
        }

        /// <summary>Like Open, but after a wrong tag the buffer is as it was: for a receiver with several keys to try.</summary>
        /// <param name="buffer">Holds ciphertext and tag.</param>
        /// <param name="offset">First ciphertext byte.</param>
        /// <param name="length">Length of ciphertext and tag in bytes.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nonce">Holds the 13-byte nonce; must not lie in what is decrypted.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        /// <param name="associated">Associated data, or null for none.</param>
        /// <param name="associatedOffset">First byte.</param>
        /// <param name="associatedLength">Length in bytes, below 65280.</param>
        /// <returns>Plaintext length or <see cref="MatterError.AuthenticationFailed"/>, also for what is too short or long to be sealed.</returns>
        public int TryOpen(
            byte[] buffer, int offset, int length,
            byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength)
        {
            length -= TagLength;
            if (length < 0 || length > MaxLength || associatedLength > MaxAssociatedLength) return MatterError.AuthenticationFailed;
            if (Decrypt(buffer, offset, length, key, keyOffset, nonce, nonceOffset, associated, associatedOffset, associatedLength)) return length;
            ApplyKeyStream(buffer, offset, length, key, keyOffset, nonce, nonceOffset);
            return MatterError.AuthenticationFailed;
        }

        /// <summary>Encrypts or decrypts in place without a tag, by the key stream of Seal: AES-CTR whose first counter is 1.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes, up to <see cref="MaxLength"/>.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nonce">Holds the 13-byte nonce.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        public void ApplyKeyStream(byte[] buffer, int offset, int length, byte[] key, int keyOffset, byte[] nonce, int nonceOffset)
        {
            Crypt(true, buffer, offset, length, key, keyOffset, nonce, nonceOffset, null, 0, 0);
            Array.Clear(_mac, 0, TagLength);
        }

        // Decrypts in place in any case; true if the tag is right.
        private bool Decrypt(
            byte[] buffer, int offset, int length,
            byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength)
        {
            Crypt(false, buffer, offset, length, key, keyOffset, nonce, nonceOffset, associated, associatedOffset, associatedLength);
            bool authentic = ConstantTime.Equals(_mac, 0, buffer, offset + length, TagLength);
            // The right tag of a forged message is nobody's business.
            Array.Clear(_mac, 0, TagLength);
            return authentic;
        }

        // Encrypts or decrypts in place and leaves the tag in _mac.
        private void Crypt(
            bool sealing, byte[] buffer, int offset, int length, byte[] key, int keyOffset,
            byte[] nonce, int nonceOffset, byte[] associated, int associatedOffset, int associatedLength)
        {
            // CBC-MAC runs over the first block, this many blocks of associated data and the data.
            int associatedBlocks = associatedLength == 0 ? 0 : Blocks(2 + associatedLength);
            if (_accelerator != null && 1 + associatedBlocks + Blocks(length) <= AcceleratedBlocks)
            {
                int error = Accelerate(
                    sealing, buffer, offset, length, key, keyOffset, nonce, nonceOffset,
                    associated, associatedOffset, associatedLength, associatedBlocks);
                Array.Clear(_blocks, 0, _blocks.Length);
                Array.Clear(_block, 0, BlockLength);
                if (error >= 0) return;
                _accelerator = null;
            }
            UseKey(key, keyOffset);
            Compute(
                _words, 0, int.MaxValue, sealing, buffer, offset, length, nonce, nonceOffset,
                associated, associatedOffset, associatedLength, associatedBlocks);
            Array.Clear(_words, 0, 4);
            Array.Clear(_block, 0, BlockLength);
        }

        private void UseKey(byte[] key, int keyOffset)
        {
            if (_aes.HasKey(key, keyOffset)) return;
            Aes128 other = _other;
            _other = _aes;
            _aes = other;
            if (!other.HasKey(key, keyOffset)) other.SetKey(key, keyOffset);
        }

        // Each pass of the cipher takes the next block of the CBC-MAC and the counter block whose key stream the next pass
        // needs: data block i is met in pass associatedBlocks + i, the tag's mask comes out of the last pass. Between passes
        // the words hold the CBC-MAC and the key stream, zeros at first. True after the last pass: the tag is in _mac.
        private bool Compute(
            ulong[] words, int pass, int passes, bool sealing, byte[] buffer, int offset, int length, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength, int associatedBlocks)
        {
            byte[] block = _block;
            Aes128 aes = _aes;
            PutCounter(block, 0, nonce, nonceOffset, 0);
            ulong counter0 = BitConverter.ToUInt64(block, 0), counter1 = BitConverter.ToUInt64(block, 8);
            PutFirst(block, nonce, nonceOffset, associatedLength, length);
            ulong input0 = BitConverter.ToUInt64(block, 0), input1 = BitConverter.ToUInt64(block, 8);
            int last = associatedBlocks + Blocks(length);
            int end = passes > last - pass ? last : pass + passes - 1;
            if (pass > associatedBlocks)
            {
                int done = (pass - associatedBlocks - 1) * BlockLength;
                offset += done;
                length -= done;
            }
            for (; pass <= end; pass++)
            {
                if (pass > associatedBlocks)
                {
                    int part = length < BlockLength ? length : BlockLength;
                    if (part < BlockLength) Array.Clear(block, 0, BlockLength);
                    Array.Copy(buffer, offset, block, 0, part);
                    input0 = BitConverter.ToUInt64(block, 0);
                    input1 = BitConverter.ToUInt64(block, 8);
                    PutWord(block, 0, input0 ^ words[2]);
                    PutWord(block, 8, input1 ^ words[3]);
                    Array.Copy(block, 0, buffer, offset, part);
                    if (!sealing)
                    {
                        Array.Clear(block, part, BlockLength - part);
                        input0 = BitConverter.ToUInt64(block, 0);
                        input1 = BitConverter.ToUInt64(block, 8);
                    }
                    offset += part;
                    length -= part;
                }
                else if (pass > 0)
                {
                    PutAssociated(block, 0, associated, associatedOffset, associatedLength, pass);
                    input0 = BitConverter.ToUInt64(block, 0);
                    input1 = BitConverter.ToUInt64(block, 8);
                }

                int number = pass < associatedBlocks || pass == last ? 0 : pass - associatedBlocks + 1;
                words[0] ^= input0;
                words[1] ^= input1;
                words[2] = counter0;
                words[3] = counter1 | (ulong)(number >> 8) << 48 | (ulong)number << 56;
                aes.Encrypt(words);
            }
            if (pass <= last) return false;
            PutWord(_mac, 0, words[0] ^ words[2]);
            PutWord(_mac, 8, words[1] ^ words[3]);
            return true;
        }

        // The same by the accelerator's two calls; the buffer changes only after both have succeeded.
        private int Accelerate(
            bool sealing, byte[] buffer, int offset, int length, byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength, int associatedBlocks)
        {
            byte[] blocks = _blocks;
            int dataOffset = (1 + associatedBlocks) * BlockLength;
            int dataBlocks = Blocks(length);
            int error = 0;
            for (int step = 0; step < 2 && error >= 0; step++)
            {
                if (sealing == (step == 0))
                {
                    // CBC-MAC over what is plaintext by now.
                    if (sealing) Array.Copy(buffer, offset, blocks, dataOffset, length);
                    Array.Clear(blocks, dataOffset + length, dataBlocks * BlockLength - length);
                    PutFirst(blocks, nonce, nonceOffset, associatedLength, length);
                    for (int i = 1; i <= associatedBlocks; i++)
                    {
                        PutAssociated(blocks, i * BlockLength, associated, associatedOffset, associatedLength, i);
                    }
                    error = _accelerator.AesCbcMac(_mac, 0, blocks, 0, 1 + associatedBlocks + dataBlocks, key, keyOffset);
                    continue;
                }

                // Key stream where the data stands, the tag's mask one block before.
                int streamOffset = dataOffset - BlockLength;
                for (int i = 0; i <= dataBlocks; i++) PutCounter(blocks, streamOffset + i * BlockLength, nonce, nonceOffset, i);
                error = _accelerator.AesEcb(blocks, streamOffset, blocks, streamOffset, 1 + dataBlocks, key, keyOffset);
                Array.Copy(blocks, streamOffset, _block, 0, BlockLength);
                for (int i = 0; i < length; i++) blocks[dataOffset + i] ^= buffer[offset + i];
            }
            if (error < 0) return error;
            Array.Copy(blocks, dataOffset, buffer, offset, length);
            for (int i = 0; i < TagLength; i++) _mac[i] ^= _block[i];
            return 0;
        }

        // B0: flags, nonce, length.
        private static void PutFirst(byte[] block, byte[] nonce, int nonceOffset, int associatedLength, int length)
        {
            PutCounter(block, 0, nonce, nonceOffset, length);
            // A 16-byte tag and 2 bytes of length; bit 6: associated data follow.
            block[0] = (byte)((TagLength - 2) / 2 << 3 | 1 | (associatedLength > 0 ? 0x40 : 0));
        }

        // A counter block: flags (2 bytes of counter), nonce, counter.
        private static void PutCounter(byte[] block, int blockOffset, byte[] nonce, int nonceOffset, int counter)
        {
            block[blockOffset] = 1;
            Array.Copy(nonce, nonceOffset, block, blockOffset + 1, NonceLength);
            block[blockOffset + 14] = (byte)(counter >> 8);
            block[blockOffset + 15] = (byte)counter;
        }

        // Block number 1 or later of the associated data, which start with their length and end with zeros.
        private static void PutAssociated(byte[] block, int blockOffset, byte[] associated, int associatedOffset, int associatedLength, int number)
        {
            int done = (number - 1) * BlockLength - 2;
            int start = 0;
            if (done < 0)
            {
                block[blockOffset] = (byte)(associatedLength >> 8);
                block[blockOffset + 1] = (byte)associatedLength;
                start = 2;
                done = 0;
            }
            int part = BlockLength - start;
            if (part > associatedLength - done) part = associatedLength - done;
            Array.Copy(associated, associatedOffset + done, block, blockOffset + start, part);
            Array.Clear(block, blockOffset + start + part, BlockLength - start - part);
        }

        private static void PutWord(byte[] block, int offset, ulong word)
        {
            block[offset] = (byte)word;
            block[offset + 1] = (byte)(word >> 8);
            block[offset + 2] = (byte)(word >> 16);
            block[offset + 3] = (byte)(word >> 24);
            block[offset + 4] = (byte)(word >> 32);
            block[offset + 5] = (byte)(word >> 40);
            block[offset + 6] = (byte)(word >> 48);
            block[offset + 7] = (byte)(word >> 56);
        }

        private static int Blocks(int length) { return (length + BlockLength - 1) / BlockLength; }

        // Whether the accelerator answers as the managed code does, under two keys one after the other.
        private bool Agrees(ICryptoAccelerator accelerator)
        {
            const int blocks = 3;
            byte[] input = _blocks;
            byte[] output = new byte[blocks * BlockLength];
            for (int key = 0; key < 2; key++)
            {
                for (int i = 0; i < 64; i++) input[i] = (byte)(i * 89 + key * 151 + 7);
                int keyOffset = blocks * BlockLength;
                _aes.SetKey(input, keyOffset);
                if (accelerator.AesEcb(output, 0, input, 0, blocks, input, keyOffset) < 0) return false;
                if (accelerator.AesCbcMac(_mac, 0, input, 0, blocks, input, keyOffset) < 0) return false;
                ulong mac0 = 0, mac1 = 0;
                for (int i = 0; i < blocks * BlockLength; i += BlockLength)
                {
                    _words[0] = BitConverter.ToUInt64(input, i);
                    _words[1] = BitConverter.ToUInt64(input, i + 8);
                    _words[2] = mac0 ^ _words[0];
                    _words[3] = mac1 ^ _words[1];
                    _aes.Encrypt(_words);
                    if (BitConverter.ToUInt64(output, i) != _words[0] || BitConverter.ToUInt64(output, i + 8) != _words[1]) return false;
                    mac0 = _words[2];
                    mac1 = _words[3];
                }
                if (BitConverter.ToUInt64(_mac, 0) != mac0 || BitConverter.ToUInt64(_mac, 8) != mac1) return false;
            }
            return true;
        }
    }
}
