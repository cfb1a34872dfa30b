using System;
using System.Security.Cryptography;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// The firmware's AES and HMAC (mbedTLS). Its classes take whole arrays and answer with new ones: input goes through arrays
    /// of a few sizes that are kept, longer than need be as the blocks behind don't change those before.
    /// </summary>
    public sealed class NativeCrypto : ICryptoAccelerator
    {
        private const int BlockLength = 16;

        // Acks and status; most requests and answers; a whole datagram.
        private const int SmallBlocks = 5;
        private const int MediumBlocks = 20;
        private const int LargeBlocks = 84;

        private readonly Aes _ecb = new Aes(CipherMode.ECB);
        private readonly Aes _cbc = new Aes(CipherMode.CBC);
        private readonly byte[] _key = new byte[BlockLength];
        private readonly byte[] _small = new byte[SmallBlocks * BlockLength];
        private readonly byte[] _medium = new byte[MediumBlocks * BlockLength];
        private readonly byte[] _large = new byte[LargeBlocks * BlockLength];

        /// <summary>Sets the ciphers up.</summary>
        public NativeCrypto()
        {
            _ecb.Key = _key;
            _cbc.Key = _key;
            _cbc.IV = new byte[BlockLength];
        }

        /// <inheritdoc/>
        public int AesEcb(byte[] output, int outputOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            return Encrypt(_ecb, output, outputOffset, 0, blocks, input, inputOffset, blocks, key, keyOffset);
        }

        /// <inheritdoc/>
        public int AesCbcMac(byte[] mac, int macOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            // CBC under a zero initial vector: the MAC is the last block of the ciphertext.
            return Encrypt(_cbc, mac, macOffset, blocks - 1, 1, input, inputOffset, blocks, key, keyOffset);
        }

        /// <inheritdoc/>
        public int HmacSha256(byte[] mac, int macOffset, byte[] key, byte[] message, int length)
        {
            byte[] source = new byte[length];
            Array.Copy(message, 0, source, 0, length);
            int result = 0;
            try
            {
                byte[] computed = HMACSHA256.HashData(key, source);
                Array.Copy(computed, 0, mac, macOffset, computed.Length);
                Array.Clear(computed, 0, computed.Length);
            }
            catch (Exception)
            {
                result = MatterError.InvalidState;
            }

            Array.Clear(source, 0, length);
            return result;
        }

        /// <inheritdoc/>
        public void ForgetKeys()
        {
            // Each call has wiped its own.
        }

        /// <summary>Encrypts blocks and copies some of the result out.</summary>
        private int Encrypt(
            Aes aes, byte[] output, int outputOffset, int firstBlock, int outputBlocks,
            byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            byte[] data = blocks <= SmallBlocks ? _small : blocks <= MediumBlocks ? _medium : _large;
            if (blocks > LargeBlocks)
            {
                return MatterError.OutOfRange;
            }

            int result = 0;
            Array.Copy(key, keyOffset, _key, 0, BlockLength);
            Array.Copy(input, inputOffset, data, 0, blocks * BlockLength);
            try
            {
                // It may be out of memory, or not be what it seems.
                byte[] encrypted = aes.Encrypt(data);
                Array.Copy(encrypted, firstBlock * BlockLength, output, outputOffset, outputBlocks * BlockLength);
                Array.Clear(encrypted, 0, encrypted.Length);
            }
            catch (Exception)
            {
                result = MatterError.InvalidState;
            }

            Array.Clear(data, 0, data.Length);
            Array.Clear(_key, 0, BlockLength);
            return result;
        }
    }
}
