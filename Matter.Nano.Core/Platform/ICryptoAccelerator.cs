namespace Matter.Nano.Platform
{
    /// <summary>
    /// The platform's own AES-128 and HMAC-SHA256, where it has them. Managed code stands in where a node is given none or
    /// where the start-up known answers fail, for each of the two by itself.
    /// </summary>
    public interface ICryptoAccelerator
    {
        /// <summary>Encrypts blocks independently (ECB); input and output may be the same place.</summary>
        /// <param name="output">Receives <paramref name="blocks"/> × 16 bytes.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <param name="input">Holds <paramref name="blocks"/> × 16 bytes.</param>
        /// <param name="inputOffset">Where they start.</param>
        /// <param name="blocks">Number of 16-byte blocks.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">Where it starts.</param>
        /// <returns>0, or a negative <see cref="MatterError"/>: managed code then takes over.</returns>
        int AesEcb(byte[] output, int outputOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset);

        /// <summary>CBC-MAC under a zero initial vector: the last ciphertext block of <paramref name="blocks"/> blocks.</summary>
        /// <param name="mac">Receives 16 bytes.</param>
        /// <param name="macOffset">Where they go.</param>
        /// <param name="input">Holds <paramref name="blocks"/> × 16 bytes.</param>
        /// <param name="inputOffset">Where they start.</param>
        /// <param name="blocks">Number of 16-byte blocks.</param>
        /// <param name="key">Holds the 16-byte key.</param>
        /// <param name="keyOffset">Where it starts.</param>
        /// <returns>0, or a negative <see cref="MatterError"/>: managed code then takes over.</returns>
        int AesCbcMac(byte[] mac, int macOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset);

        /// <summary>HMAC-SHA256 of a whole message.</summary>
        /// <param name="mac">Receives 32 bytes.</param>
        /// <param name="macOffset">Where they go.</param>
        /// <param name="key">The key in 64 bytes, padded with zeros (RFC 2104); not kept.</param>
        /// <param name="message">Holds the message; not kept.</param>
        /// <param name="length">Its length in bytes, from byte 0 on.</param>
        /// <returns>0, or a negative <see cref="MatterError"/>: managed code then takes over.</returns>
        int HmacSha256(byte[] mac, int macOffset, byte[] key, byte[] message, int length);

        /// <summary>Wipes whatever it still has of keys.</summary>
        void ForgetKeys();
    }
}
