using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class SetupPayloadTests
    {
        [TestMethod]
        public void Vectors()
        {
            VectorReader v = new VectorReader(VectorData.SetupPayload);
            int codes = 0;
            while (v.NextCase())
            {
                if (v.Has("skipped") || !v.Has("passcode")) continue;
                codes++;
                uint passcode = (uint)v.Long("passcode");
                int capabilities = v.Has("discovery_capabilities") ? v.Int("discovery_capabilities") : SetupPayload.DiscoverOnNetwork;
                if (v.Has("result"))
                {
                    Assert.IsFalse(SetupPayload.IsValidPasscode(passcode), v.Name);
                    Assert.IsTrue(IsRefused(v.Int("vendor_id"), v.Int("product_id"), capabilities, v.Int("discriminator"), passcode), v.Name);
                    continue;
                }
                SetupPayload payload = new SetupPayload(v.Int("vendor_id"), v.Int("product_id"), capabilities, v.Int("discriminator"), passcode);
                if (v.Has("qr")) Assert.AreEqual(v.Text("qr"), payload.QrCode(), v.Name);
                else Assert.AreEqual(v.Text("manual"), payload.ManualPairingCode(), v.Name);
            }
            Assert.IsTrue(codes > 0);
        }

        [TestMethod]
        public void TestDevice_HasItsWellKnownCodes()
        {
            SetupPayload payload = new SetupPayload(0xFFF1, 0x8000, SetupPayload.DiscoverOnNetwork, 3840, 20202021);
            Assert.AreEqual("MT:Y.K90AFN00KA0648G00", payload.QrCode());
            Assert.AreEqual("34970112332", payload.ManualPairingCode());
        }

        [TestMethod]
        public void Passcodes_ThatAnyoneWouldTry_AreInvalid()
        {
            Assert.IsFalse(SetupPayload.IsValidPasscode(0));
            for (uint i = 1; i <= 9; i++) Assert.IsFalse(SetupPayload.IsValidPasscode(11111111 * i), i.ToString());
            Assert.IsFalse(SetupPayload.IsValidPasscode(12345678));
            Assert.IsFalse(SetupPayload.IsValidPasscode(87654321));
            Assert.IsFalse(SetupPayload.IsValidPasscode(100000000));
            Assert.IsFalse(SetupPayload.IsValidPasscode(uint.MaxValue));
            Assert.IsTrue(SetupPayload.IsValidPasscode(1));
            Assert.IsTrue(SetupPayload.IsValidPasscode(99999998));
            Assert.IsTrue(SetupPayload.IsValidPasscode(11111112));
            Assert.IsTrue(SetupPayload.IsValidPasscode(20202021));
        }

        [TestMethod]
        [DataRow(0u)]
        [DataRow(11111111u)]
        [DataRow(99999999u)]
        [DataRow(12345678u)]
        [DataRow(87654321u)]
        [DataRow(100000000u)]
        public void ForbiddenPasscode_HasNoVerifier(uint passcode)
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            try
            {
                CommissioningVerifier.FromPasscode(crypto, passcode);
            }
            catch (ArgumentException)
            {
                return;
            }

            Assert.IsTrue(false, passcode.ToString());
        }

        [TestMethod]
        public void NumbersOutOfRange_AreRefused()
        {
            Assert.IsTrue(IsRefused(0x10000, 0, 4, 0, 1));
            Assert.IsTrue(IsRefused(-1, 0, 4, 0, 1));
            Assert.IsTrue(IsRefused(0, 0x10000, 4, 0, 1));
            Assert.IsTrue(IsRefused(0, 0, 256, 0, 1));
            Assert.IsTrue(IsRefused(0, 0, 4, 4096, 1));
            Assert.IsTrue(IsRefused(0, 0, 4, -1, 1));
            Assert.IsTrue(IsRefused(0, 0, 4, 0, 0));
            Assert.IsFalse(IsRefused(0xFFFF, 0xFFFF, 255, 4095, 1));
        }

        private static bool IsRefused(int vendorId, int productId, int capabilities, int discriminator, uint passcode)
        {
            try
            {
                new SetupPayload(vendorId, productId, capabilities, discriminator, passcode);
                return false;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    }
}
