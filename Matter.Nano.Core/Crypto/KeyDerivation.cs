using System;

namespace Matter.Nano.Crypto
{
    /// <summary>HKDF-SHA256 (RFC 5869) and PBKDF2-HMAC-SHA256 (RFC 8018). Time depends on lengths and iterations only.</summary>
    public sealed class KeyDerivation
    {
        private const int MaxHkdfBlocks = 255;

        private readonly Hmac _hmac;
        private readonly byte[] _key = new byte[Hmac.MacLength];
        private readonly byte[] _block = new byte[Hmac.MacLength];
        private readonly byte[] _counter = new byte[4];   // big-endian

        /// <summary>Works on an HMAC shared with others; nothing of it is in use between calls.</summary>
        /// <param name="hmac">The HMAC to use.</param>
        public KeyDerivation(Hmac hmac) { _hmac = hmac; }

        /// <summary>HKDF extract and expand. Output must not overlap the info; it may overlap input key and salt.</summary>
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
            byte[] info, int infoOffset, int infoLength)
        {
            if (outputLength > MaxHkdfBlocks * Hmac.MacLength) return MatterError.OutOfRange;
            Extract(_key, 0, inputKey, inputKeyOffset, inputKeyLength, salt, saltOffset, saltLength);
            Expand(output, outputOffset, outputLength, _key, 0, info, infoOffset, infoLength);
            Array.Clear(_key, 0, Hmac.MacLength);
            return 0;
        }

        /// <summary>HKDF's first half by itself, for who does the two in two steps. The output may overlap input key and salt.</summary>
        /// <param name="key">Receives the 32-byte pseudorandom key.</param>
        /// <param name="keyOffset">Where it goes.</param>
        /// <param name="inputKey">Input keying material.</param>
        /// <param name="inputKeyOffset">First byte.</param>
        /// <param name="inputKeyLength">Length in bytes.</param>
        /// <param name="salt">Salt, or null for none.</param>
        /// <param name="saltOffset">First byte.</param>
        /// <param name="saltLength">Length in bytes; 0 for none.</param>
        public void Extract(
            byte[] key, int keyOffset, byte[] inputKey, int inputKeyOffset, int inputKeyLength, byte[] salt, int saltOffset, int saltLength)
        {
            Hmac hmac = _hmac;
            hmac.Start(salt, saltOffset, saltLength);
            hmac.Update(inputKey, inputKeyOffset, inputKeyLength);
            hmac.Finish(key, keyOffset);
        }

        /// <summary>HKDF's second half by itself. The output may overlap the key, but not the info.</summary>
        /// <param name="output">Receives the derived bytes.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <param name="outputLength">Length in bytes, at most 255 × 32.</param>
        /// <param name="key">Holds the 32-byte pseudorandom key.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <param name="info">Info, or null for none.</param>
        /// <param name="infoOffset">First byte.</param>
        /// <param name="infoLength">Length in bytes.</param>
        public void Expand(
            byte[] output, int outputOffset, int outputLength, byte[] key, int keyOffset, byte[] info, int infoOffset, int infoLength)
        {
            Hmac hmac = _hmac;
            hmac.Start(key, keyOffset, Hmac.MacLength);
            for (int block = 1; outputLength > 0; block++)
            {
                if (block > 1) hmac.Update(_block, 0, Hmac.MacLength);
                hmac.Update(info, infoOffset, infoLength);
                _counter[3] = (byte)block;
                hmac.Update(_counter, 3, 1);
                hmac.FinishAndRestart(_block, 0);

                int part = outputLength < Hmac.MacLength ? outputLength : Hmac.MacLength;
                Array.Copy(_block, 0, output, outputOffset, part);
                outputOffset += part;
                outputLength -= part;
            }
            hmac.Wipe();
            Array.Clear(_block, 0, Hmac.MacLength);
        }

        /// <summary>PBKDF2. On an ESP32 1000 iterations take many seconds: devices store the verifier instead.</summary>
        /// <param name="output">Receives the derived bytes; must not overlap the salt.</param>
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
            int iterations)
        {
            Hmac hmac = _hmac;
            hmac.Start(password, passwordOffset, passwordLength);
            for (int block = 1; outputLength > 0; block++)
            {
                for (int i = 0; i < 4; i++) _counter[i] = (byte)(block >> (24 - 8 * i));
                hmac.Update(salt, saltOffset, saltLength);
                hmac.Update(_counter, 0, 4);
                hmac.FinishAndRestart(_block, 0);
                Array.Copy(_block, 0, _key, 0, Hmac.MacLength);
                for (int iteration = 1; iteration < iterations; iteration++)
                {
                    hmac.Update(_block, 0, Hmac.MacLength);
                    hmac.FinishAndRestart(_block, 0);
                    for (int i = 0; i < Hmac.MacLength; i++) _key[i] ^= _block[i];
                }

                int part = outputLength < Hmac.MacLength ? outputLength : Hmac.MacLength;
                Array.Copy(_key, 0, output, outputOffset, part);
                outputOffset += part;
                outputLength -= part;
            }
            hmac.Wipe();
            Array.Clear(_key, 0, Hmac.MacLength);
            Array.Clear(_block, 0, Hmac.MacLength);
        }
    }
}
