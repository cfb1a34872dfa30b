using Matter.Nano.Crypto;
using Matter.Nano.Device;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class OnboardingDataTests
    {
        [TestMethod]
        public void Verifier_BelongsToThePasscode()
        {
            CommissioningVerifier verifier = OnboardingData.CreateVerifier();
            byte[] expected = new byte[Spake2Plus.VerifierLength];
            Spake2Plus spake = new Spake2Plus(new CryptoSuite(new ScriptedRandom(), null));
            spake.BeginVerifier(expected, 0, OnboardingData.Passcode, verifier.Salt, 0, verifier.Salt.Length, verifier.Iterations);
            while (spake.Step() == P256.Running)
            {
            }

            CollectionAssert.AreEqual(expected, verifier.Verifier);
        }

        [TestMethod]
        public void Codes_SayTheSame()
        {
            SetupPayload payload = OnboardingData.CreatePayload();
            Assert.IsTrue(SetupPayload.IsValidPasscode(OnboardingData.Passcode));
            Assert.AreEqual("34970112332", payload.ManualPairingCode());
            Assert.AreEqual("MT:", payload.QrCode().Substring(0, 3));
        }
    }
}
