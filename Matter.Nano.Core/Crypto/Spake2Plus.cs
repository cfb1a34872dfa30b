namespace Matter.Nano.Crypto
{
    /// <summary>
    /// SPAKE2+ verifier role over P-256 as Matter uses it (Matter Core 3.10, draft-bar-cfrg-spake2plus-01): pB, cB and Ke
    /// from the stored verifier w0 ‖ L and the prover's pA. Runs in bounded steps on the P-256 engine.
    /// </summary>
    public sealed class Spake2Plus
    {
        /// <summary>Length of a verifier w0 ‖ L in bytes.</summary>
        public const int VerifierLength = 97;

        /// <summary>Length of Ke in bytes.</summary>
        public const int KeyLength = 16;

        /// <summary>Creates the verifier role.</summary>
        /// <param name="crypto">The node's primitives.</param>
        public Spake2Plus(CryptoSuite crypto) { }

        /// <summary>Begins to answer pA with a fresh y. The caller has acquired the P-256 engine.</summary>
        /// <param name="context">Holds the 32-byte context hash.</param>
        /// <param name="contextOffset">First byte.</param>
        /// <param name="verifier">Holds w0 ‖ L, 97 bytes; read while running, not kept.</param>
        /// <param name="verifierOffset">First byte.</param>
        /// <param name="pA">Holds the prover's 65 bytes; copied.</param>
        /// <param name="pAOffset">First byte.</param>
        public void BeginAnswer(byte[] context, int contextOffset, byte[] verifier, int verifierOffset, byte[] pA, int pAOffset) { }

        /// <summary>Begins to compute a verifier w0 ‖ L from a passcode (Matter Core 3.10.3): slow, start-up and tools only.</summary>
        /// <param name="verifier">Receives 97 bytes.</param>
        /// <param name="verifierOffset">Where they go.</param>
        /// <param name="passcode">The setup passcode.</param>
        /// <param name="salt">Holds the salt.</param>
        /// <param name="saltOffset">First byte.</param>
        /// <param name="saltLength">16 to 32 bytes.</param>
        /// <param name="iterations">1000 to 100000.</param>
        public void BeginVerifier(byte[] verifier, int verifierOffset, uint passcode, byte[] salt, int saltOffset, int saltLength, int iterations) { }

        /// <summary>Does a bounded part of what was begun.</summary>
        /// <returns><see cref="P256.Running"/>, 0 when done, or <see cref="MatterError.InvalidPoint"/> for a bad pA.</returns>
        public int Step() { return 0; }

        /// <summary>Copies pB and cB once <see cref="BeginAnswer"/> has run to its end.</summary>
        /// <param name="pB">Receives 65 bytes.</param>
        /// <param name="pBOffset">Where they go.</param>
        /// <param name="cB">Receives 32 bytes.</param>
        /// <param name="cBOffset">Where they go.</param>
        public void GetAnswer(byte[] pB, int pBOffset, byte[] cB, int cBOffset) { }

        /// <summary>Checks the prover's confirmation in constant time and hands out Ke; wipes the rest either way.</summary>
        /// <param name="key">Receives Ke, 16 bytes, if cA is right.</param>
        /// <param name="keyOffset">Where it goes.</param>
        /// <param name="cA">Holds the prover's 32 bytes.</param>
        /// <param name="cAOffset">First byte.</param>
        /// <returns>0 or <see cref="MatterError.AuthenticationFailed"/>.</returns>
        public int Confirm(byte[] key, int keyOffset, byte[] cA, int cAOffset) { return 0; }

        /// <summary>Forgets everything.</summary>
        public void Wipe() { }
    }
}
