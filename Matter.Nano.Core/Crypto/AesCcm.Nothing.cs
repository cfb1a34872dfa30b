using System;

namespace Matter.Nano.Crypto
{
    // Two tags of nothing at once, which is what a resumption of CASE takes.
    public sealed partial class AesCcm
    {
        /// <summary>
        /// Makes the tags of two empty plaintexts, each under a key of its own, without associated data: as <see cref="Seal"/>
        /// does, but both keys are expanded together, which takes as long as one, and forgotten.
        /// </summary>
        /// <param name="tags">Receives the tags, 32 bytes.</param>
        /// <param name="keys">Holds the keys, 32 bytes; another array.</param>
        /// <param name="nonces">Holds the 13-byte nonces.</param>
        /// <param name="first">First byte of the first one.</param>
        /// <param name="second">First byte of the second one.</param>
        public void SealNothing(byte[] tags, byte[] keys, byte[] nonces, int first, int second)
        {
            if (_accelerator != null)
            {
                Seal(tags, 0, 0, keys, 0, nonces, first, null, 0, 0);
                Seal(tags, TagLength, 0, keys, KeyLength, nonces, second, null, 0, 0);
                return;
            }
            Aes128 aes = _other;
            ulong[] words = _words;
            aes.SetKeys(keys, 0, KeyLength);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int i = 0; i < 2; i++)
                {
                    if (pass == 0) PutFirst(_block, nonces, i == 0 ? first : second, 0, 0);
                    else PutCounter(_block, 0, nonces, i == 0 ? first : second, 0);
                    words[2 * i] = BitConverter.ToUInt64(_block, 0);
                    words[2 * i + 1] = BitConverter.ToUInt64(_block, 8);
                }
                aes.Encrypt(words);
                for (int i = 0; i < 4; i++) PutWord(tags, 8 * i, pass == 0 ? words[i] : words[i] ^ BitConverter.ToUInt64(tags, 8 * i));
            }
            Array.Clear(words, 0, 4);
            Array.Clear(_block, 0, BlockLength);
            aes.Wipe();
        }
    }
}
