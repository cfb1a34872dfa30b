using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>AES-128-CCM with a 13-byte nonce and a 16-byte tag, in place (Matter Core 3.6.1).</summary>
    public sealed class AesCcm
    {
        /// <summary>Length of a key in bytes.</summary>
        public const int KeyLength = 16;

        /// <summary>Length of a nonce in bytes.</summary>
        public const int NonceLength = 13;

        /// <summary>Length of a tag in bytes.</summary>
        public const int TagLength = 16;

        /// <summary>Uses the accelerator, if there is one and its known answers come out right, else managed bitsliced AES.</summary>
        /// <param name="accelerator">The platform's AES or null.</param>
        public AesCcm(ICryptoAccelerator accelerator) { }

        /// <summary>Encrypts in place and writes the tag behind the ciphertext.</summary>
        /// <param name="buffer">Holds the plaintext and has 16 bytes of room behind it.</param>
        /// <param name="offset">First plaintext byte.</param>
        /// <param name="length">Plaintext length in bytes.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nonce">Holds the 13-byte nonce.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        /// <param name="associated">Associated data, or null for none; may lie in <paramref name="buffer"/> before the plaintext.</param>
        /// <param name="associatedOffset">First byte.</param>
        /// <param name="associatedLength">Length in bytes, below 65280.</param>
        /// <returns>Length of ciphertext and tag.</returns>
        public int Seal(
            byte[] buffer, int offset, int length,
            byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength) { return 0; }

        /// <summary>Checks the tag and decrypts in place. After a wrong tag the buffer holds no plaintext.</summary>
        /// <param name="buffer">Holds ciphertext and tag.</param>
        /// <param name="offset">First ciphertext byte.</param>
        /// <param name="length">Length of ciphertext and tag in bytes.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nonce">Holds the 13-byte nonce.</param>
        /// <param name="nonceOffset">First nonce byte.</param>
        /// <param name="associated">Associated data, or null for none.</param>
        /// <param name="associatedOffset">First byte.</param>
        /// <param name="associatedLength">Length in bytes, below 65280.</param>
        /// <returns>Plaintext length or <see cref="MatterError.AuthenticationFailed"/>.</returns>
        public int Open(
            byte[] buffer, int offset, int length,
            byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
            byte[] associated, int associatedOffset, int associatedLength) { return 0; }
    }
}
