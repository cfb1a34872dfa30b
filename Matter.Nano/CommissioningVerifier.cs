using System;
using Matter.Nano.Crypto;

namespace Matter.Nano
{
    /// <summary>What a device keeps in the place of its passcode: SPAKE2+ verifier, salt and iterations (Matter Core 3.10.3).</summary>
    public sealed class CommissioningVerifier
    {
        private const int SaltLength = 32;
        private const int MinIterations = 1000;

        /// <summary>
        /// Takes a verifier made earlier, for instance at manufacturing. Whoever made it has to see to it that the passcode is
        /// allowed (<see cref="SetupPayload.IsValidPasscode"/>): a verifier doesn't tell.
        /// </summary>
        /// <param name="verifier">w0 ‖ L, 97 bytes; kept.</param>
        /// <param name="salt">16 to 32 bytes; kept.</param>
        /// <param name="iterations">1000 to 100000.</param>
        public CommissioningVerifier(byte[] verifier, byte[] salt, int iterations)
        {
            Verifier = verifier;
            Salt = salt;
            Iterations = iterations;
        }

        /// <summary>w0 ‖ L, 97 bytes.</summary>
        public byte[] Verifier { get; }

        /// <summary>PBKDF2 salt.</summary>
        public byte[] Salt { get; }

        /// <summary>PBKDF2 iterations.</summary>
        public int Iterations { get; }

        /// <summary>Computes a verifier with a random salt: many seconds on a microcontroller, so better done once and stored.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="passcode">A passcode that <see cref="SetupPayload.IsValidPasscode"/> allows.</param>
        /// <returns>The verifier.</returns>
        /// <exception cref="ArgumentException">A forbidden passcode.</exception>
        public static CommissioningVerifier FromPasscode(CryptoSuite crypto, uint passcode)
        {
            if (!SetupPayload.IsValidPasscode(passcode))
            {
                throw new ArgumentException("passcode");
            }

            byte[] verifier = new byte[Spake2Plus.VerifierLength];
            byte[] salt = new byte[SaltLength];
            crypto.Random.Fill(salt, 0, SaltLength);
            Spake2Plus spake = new Spake2Plus(crypto);
            spake.BeginVerifier(verifier, 0, passcode, salt, 0, SaltLength, MinIterations);
            while (spake.Step() == P256.Running)
            {
            }

            spake.Wipe();
            return new CommissioningVerifier(verifier, salt, MinIterations);
        }
    }
}
