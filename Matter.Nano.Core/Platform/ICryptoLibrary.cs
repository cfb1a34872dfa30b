namespace Matter.Nano.Platform
{
    /// <summary>
    /// The platform's own SHA-256 and P-256, where it comes with a whole cryptographic library. Who makes one has compared it
    /// with known answers. Points and scalars come in checked: on the curve, from 1 to n - 1. Arrays are not kept.
    /// </summary>
    /// <remarks>
    /// Apart from what is named, each method returns 0, or a negative <see cref="MatterError"/> if it could not do its work:
    /// managed code then takes over for good.
    /// </remarks>
    public interface ICryptoLibrary
    {
        /// <summary>SHA-256 of one range; output and input may overlap.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="hashOffset">Where they go.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        int Sha256(byte[] hash, int hashOffset, byte[] buffer, int offset, int length);

        /// <summary>Draws a private key and computes its public key.</summary>
        /// <param name="privateKey">Receives 32 bytes.</param>
        /// <param name="privateKeyOffset">Where they go.</param>
        /// <param name="publicKey">Receives 65 bytes.</param>
        /// <param name="publicKeyOffset">Where they go.</param>
        int KeyPair(byte[] privateKey, int privateKeyOffset, byte[] publicKey, int publicKeyOffset);

        /// <summary>ECDH: the x coordinate of private key times peer's public key.</summary>
        /// <param name="secret">Receives 32 bytes.</param>
        /// <param name="secretOffset">Where they go.</param>
        /// <param name="publicKey">Peer's 65 bytes.</param>
        /// <param name="publicKeyOffset">First byte.</param>
        /// <param name="privateKey">Holds 32 bytes.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        int Ecdh(byte[] secret, int secretOffset, byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset);

        /// <summary>ECDSA signature of a SHA-256 hash with a nonce of the library's own.</summary>
        /// <param name="signature">Receives r, s: 64 bytes.</param>
        /// <param name="signatureOffset">Where they go.</param>
        /// <param name="hash">Holds 32 bytes.</param>
        /// <param name="hashOffset">First byte.</param>
        /// <param name="privateKey">Holds 32 bytes.</param>
        /// <param name="privateKeyOffset">First byte.</param>
        int Sign(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] privateKey, int privateKeyOffset);

        /// <summary>ECDSA verification. A wrong signature is <see cref="MatterError.AuthenticationFailed"/>.</summary>
        /// <param name="signature">Holds r, s: 64 bytes, each from 1 to n - 1.</param>
        /// <param name="signatureOffset">First byte.</param>
        /// <param name="hash">Holds 32 bytes.</param>
        /// <param name="hashOffset">First byte.</param>
        /// <param name="publicKey">Holds 65 bytes.</param>
        /// <param name="publicKeyOffset">First byte.</param>
        int Verify(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] publicKey, int publicKeyOffset);
    }
}
