namespace Matter.Nano.Crypto
{
    /// <summary>SHA-256 (FIPS 180-4). Own state, no static; a running transcript owns one.</summary>
    public sealed class Sha256
    {
        /// <summary>Length of a hash in bytes.</summary>
        public const int HashLength = 32;

        /// <summary>Length of a block in bytes.</summary>
        public const int BlockLength = 64;

        /// <summary>Starts a new hash.</summary>
        public void Start() { }

        /// <summary>Adds bytes.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Update(byte[] buffer, int offset, int length) { }

        /// <summary>Ends the hash, writes it and wipes the state. Call <see cref="Start"/> before the next one.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="hashOffset">Where they go.</param>
        public void Finish(byte[] hash, int hashOffset) { }

        /// <summary>Hashes one range; output and input may overlap.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="hashOffset">Where they go.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Hash(byte[] hash, int hashOffset, byte[] buffer, int offset, int length) { }

        /// <summary>Takes over another hash's running state, so that a transcript can be finished and continued.</summary>
        /// <param name="other">The running hash; unchanged.</param>
        public void CopyFrom(Sha256 other) { }
    }
}
