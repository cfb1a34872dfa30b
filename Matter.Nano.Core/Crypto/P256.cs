using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// NIST P-256: key pairs, ECDH, ECDSA with SHA-256, general point arithmetic. One computation at a time, in bounded
    /// steps: Begin… takes its arguments in, <see cref="Step"/> is called until it no longer answers
    /// <see cref="Running"/>, outputs are written at the end only. Constant time in every secret.
    /// </summary>
    /// <remarks>
    /// A user that spreads a computation over several Polls acquires the engine first and releases it afterwards;
    /// whoever finds it taken waits for a later Poll. Scratch is wiped when a computation ends.
    /// </remarks>
    public sealed class P256
    {
        /// <summary>Length of a private key, scalar or shared secret in bytes, big-endian.</summary>
        public const int ScalarLength = 32;

        /// <summary>Length of an uncompressed point (0x04, x, y) in bytes.</summary>
        public const int PointLength = 65;

        /// <summary>Length of a signature r, s in bytes.</summary>
        public const int SignatureLength = 64;

        /// <summary>What <see cref="Step"/> answers while there is more to do.</summary>
        public const int Running = 1;

        /// <summary>Creates an engine with scratch of its own.</summary>
        /// <param name="random">Source of private keys, nonces and blinds.</param>
        public P256(IRandom random) { }

        /// <summary>Takes the engine for <paramref name="owner"/> if it is free or already the owner's.</summary>
        /// <param name="owner">Whoever computes next.</param>
        /// <returns>True if the engine is now the owner's.</returns>
        public bool TryAcquire(object owner) { return false; }

        /// <summary>Gives the engine back, abandoning and wiping a running computation; nothing happens if it is not the owner's.</summary>
        /// <param name="owner">Whoever acquired it.</param>
        public void Release(object owner) { }

        /// <summary>Draws a private key and computes its public key.</summary>
        /// <param name="privateKey">Receives 32 bytes.</param>
        /// <param name="privateKeyOffset">Where they go.</param>
        /// <param name="publicKey">Receives 65 bytes.</param>
        /// <param name="publicKeyOffset">Where they go.</param>
        public void BeginKeyPair(byte[] privateKey, int privateKeyOffset, byte[] publicKey, int publicKeyOffset) { }

        /// <summary>Computes the public key of a private key.</summary>
        /// <param name="publicKey">Receives 65 bytes.</param>
        /// <param name="publicKeyOffset">Where they go.</param>
        /// <param name="privateKey">Holds 32 bytes, 1 to n - 1, else <see cref="MatterError.OutOfRange"/>.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        public void BeginPublicKey(byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset) { }

        /// <summary>ECDH: the x coordinate of private key times peer's public key.</summary>
        /// <param name="secret">Receives 32 bytes.</param>
        /// <param name="secretOffset">Where they go.</param>
        /// <param name="publicKey">Peer's 65 bytes; <see cref="MatterError.InvalidPoint"/> if not on the curve.</param>
        /// <param name="publicKeyOffset">First byte.</param>
        /// <param name="privateKey">Holds 32 bytes.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        public void BeginEcdh(byte[] secret, int secretOffset, byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset) { }

        /// <summary>ECDSA signature of a SHA-256 hash with a random nonce.</summary>
        /// <param name="signature">Receives r, s: 64 bytes.</param>
        /// <param name="signatureOffset">Where they go.</param>
        /// <param name="hash">Holds 32 bytes.</param>
        /// <param name="hashOffset">First byte.</param>
        /// <param name="privateKey">Holds 32 bytes.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        public void BeginSign(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] privateKey, int privateKeyOffset) { }

        /// <summary>ECDSA verification; public inputs only. Ends with 0 or <see cref="MatterError.AuthenticationFailed"/> or <see cref="MatterError.InvalidPoint"/>.</summary>
        /// <param name="signature">Holds r, s: 64 bytes.</param>
        /// <param name="signatureOffset">First byte.</param>
        /// <param name="hash">Holds 32 bytes.</param>
        /// <param name="hashOffset">First byte.</param>
        /// <param name="publicKey">Holds 65 bytes.</param>
        /// <param name="publicKeyOffset">First byte.</param>
        public void BeginVerify(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] publicKey, int publicKeyOffset) { }

        /// <summary>k1·P1 + k2·P2 as an uncompressed point; <see cref="MatterError.InvalidPoint"/> if a point is off the curve or the sum is infinity.</summary>
        /// <param name="result">Receives 65 bytes.</param>
        /// <param name="resultOffset">Where they go.</param>
        /// <param name="scalar1">Holds 32 bytes, below n; 0 leaves this term out.</param>
        /// <param name="scalar1Offset">First byte.</param>
        /// <param name="point1">Holds 65 bytes, or null for the generator.</param>
        /// <param name="point1Offset">First byte.</param>
        /// <param name="scalar2">Holds 32 bytes, below n, or null to leave this term out.</param>
        /// <param name="scalar2Offset">First byte.</param>
        /// <param name="point2">Holds 65 bytes, or null for the generator.</param>
        /// <param name="point2Offset">First byte.</param>
        public void BeginMultiplyAdd(
            byte[] result, int resultOffset,
            byte[] scalar1, int scalar1Offset, byte[] point1, int point1Offset,
            byte[] scalar2, int scalar2Offset, byte[] point2, int point2Offset) { }

        /// <summary>Does a bounded part of the computation begun last.</summary>
        /// <returns><see cref="Running"/>, 0 when done, or the computation's negative <see cref="MatterError"/>.</returns>
        public int Step() { return 0; }

        /// <summary>Steps to the end: for tests, tools and start-up.</summary>
        /// <returns>0 or the computation's negative <see cref="MatterError"/>.</returns>
        public int Run() { return 0; }
    }
}
