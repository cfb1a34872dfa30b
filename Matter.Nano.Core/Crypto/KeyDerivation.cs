namespace Matter.Nano.Crypto
{
    /// <summary>HKDF-SHA256 (RFC 5869) and PBKDF2-HMAC-SHA256 (RFC 8018).</summary>
    public sealed class KeyDerivation
    {
        /// <summary>Works on an HMAC shared with others; nothing of it is in use between calls.</summary>
        /// <param name="hmac">The HMAC to use.</param>
        public KeyDerivation(Hmac hmac) { }

        /// <summary>HKDF extract and expand. Output must not overlap the inputs.</summary>
        /// <param name="output">Receives the derived bytes.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <param name="outputLength">Length in bytes, at most 255 × 32.</param>
        /// <param name="inputKey">Input keying material.</param>
        /// <param name="inputKeyOffset">First byte.</param>
        /// <param name="inputKeyLength">Length in bytes.</param>
        /// <param name="salt">Salt, or null for none.</param>
        /// <param name="saltOffset">First byte.</param>
        /// <param name="saltLength">Length in bytes; 0 for none.</param>
        /// <param name="info">Info, or null for none.</param>
        /// <param name="infoOffset">First byte.</param>
        /// <param name="infoLength">Length in bytes.</param>
        /// <returns>0 or <see cref="MatterError.OutOfRange"/> for too long an output.</returns>
        public int Hkdf(
            byte[] output, int outputOffset, int outputLength,
            byte[] inputKey, int inputKeyOffset, int inputKeyLength,
            byte[] salt, int saltOffset, int saltLength,
            byte[] info, int infoOffset, int infoLength) { return 0; }

        /// <summary>PBKDF2. On an ESP32 1000 iterations take many seconds: devices store the verifier instead.</summary>
        /// <param name="output">Receives the derived bytes.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <param name="outputLength">Length in bytes.</param>
        /// <param name="password">Password.</param>
        /// <param name="passwordOffset">First byte.</param>
        /// <param name="passwordLength">Length in bytes.</param>
        /// <param name="salt">Salt.</param>
        /// <param name="saltOffset">First byte.</param>
        /// <param name="saltLength">Length in bytes.</param>
        /// <param name="iterations">Iterations, 1 or more.</param>
        public void Pbkdf2(
            byte[] output, int outputOffset, int outputLength,
            byte[] password, int passwordOffset, int passwordLength,
            byte[] salt, int saltOffset, int saltLength,
            int iterations) { }
    }
}
