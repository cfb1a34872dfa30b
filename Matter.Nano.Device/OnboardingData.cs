using Matter.Nano.Fabrics;

namespace Matter.Nano.Device
{
    /// <summary>
    /// What a commissioner needs to know and what the device keeps of it: the well-known test passcode. A product gives every
    /// device a passcode, a discriminator and a verifier of its own.
    /// </summary>
    public static class OnboardingData
    {
        /// <summary>Passcode; the device itself works with the verifier only.</summary>
        public const uint Passcode = 20202021;

        /// <summary>Discriminator, 12 bits.</summary>
        public const int Discriminator = 3840;

        /// <summary>UDP port.</summary>
        public const int Port = 5540;

        private const int Iterations = 1000;

        private static readonly byte[] Salt = { 0x53, 0x50, 0x41, 0x4B, 0x45, 0x32, 0x50, 0x20, 0x4B, 0x65, 0x79, 0x20, 0x53, 0x61, 0x6C, 0x74 };

        private static readonly byte[] Verifier =
        {
            0xB9, 0x61, 0x70, 0xAA, 0xE8, 0x03, 0x34, 0x68, 0x84, 0x72, 0x4F, 0xE9, 0xA3, 0xB2, 0x87, 0xC3,
            0x03, 0x30, 0xC2, 0xA6, 0x60, 0x37, 0x5D, 0x17, 0xBB, 0x20, 0x5A, 0x8C, 0xF1, 0xAE, 0xCB, 0x35,
            0x04, 0x57, 0xF8, 0xAB, 0x79, 0xEE, 0x25, 0x3A, 0xB6, 0xA8, 0xE4, 0x6B, 0xB0, 0x9E, 0x54, 0x3A,
            0xE4, 0x22, 0x73, 0x6D, 0xE5, 0x01, 0xE3, 0xDB, 0x37, 0xD4, 0x41, 0xFE, 0x34, 0x49, 0x20, 0xD0,
            0x95, 0x48, 0xE4, 0xC1, 0x82, 0x40, 0x63, 0x0C, 0x4F, 0xF4, 0x91, 0x3C, 0x53, 0x51, 0x38, 0x39,
            0xB7, 0xC0, 0x7F, 0xCC, 0x06, 0x27, 0xA1, 0xB8, 0x57, 0x3A, 0x14, 0x9F, 0xCD, 0x1F, 0xA4, 0x66,
            0xCF,
        };

        /// <summary>The verifier, which takes many seconds to compute on a microcontroller.</summary>
        /// <returns>A new object over the shared arrays.</returns>
        public static CommissioningVerifier CreateVerifier()
        {
            return new CommissioningVerifier(Verifier, Salt, Iterations);
        }

        /// <summary>What the QR code and the manual pairing code say.</summary>
        /// <returns>The payload of the test product, found on the network.</returns>
        public static SetupPayload CreatePayload()
        {
            return new SetupPayload(TestAttestation.VendorId, TestAttestation.ProductId, SetupPayload.DiscoverOnNetwork, Discriminator, Passcode);
        }
    }
}
