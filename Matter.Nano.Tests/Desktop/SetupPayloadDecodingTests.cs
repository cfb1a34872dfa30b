using System;
using System.Numerics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Decodes random codes by the book: base 38 as one number per chunk, Verhoeff's published tables.</summary>
    [TestClass]
    public class SetupPayloadDecodingTests
    {
        private const string Base38 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.";

        private static readonly string[] Products =
        {
            "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
        };

        private static readonly string[] Permutations =
        {
            "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
        };

        [TestMethod]
        public void RandomPayloads_AreDecoded()
        {
            Random random = new Random(1);
            for (int round = 0; round < 2000; round++)
            {
                // Every other one has a field full of ones, so that none spills over unseen.
                int full = round % 10;
                int vendor = full == 1 ? 0xFFFF : random.Next(0x10000);
                int product = full == 3 ? 0xFFFF : random.Next(0x10000);
                int capabilities = full == 5 ? 0xFF : random.Next(0x100);
                int discriminator = full == 7 ? 0xFFF : random.Next(0x1000);
                uint passcode = full == 9 ? 99999998 : (uint)random.Next(1, 99999999);
                if (!SetupPayload.IsValidPasscode(passcode)) continue;
                SetupPayload payload = new SetupPayload(vendor, product, capabilities, discriminator, passcode);

                BigInteger bits = Decode(payload.QrCode());
                Assert.AreEqual(0, Field(ref bits, 3), "version");
                Assert.AreEqual(vendor, Field(ref bits, 16));
                Assert.AreEqual(product, Field(ref bits, 16));
                Assert.AreEqual(0, Field(ref bits, 2), "flow");
                Assert.AreEqual(capabilities, Field(ref bits, 8));
                Assert.AreEqual(discriminator, Field(ref bits, 12));
                Assert.AreEqual((int)passcode, Field(ref bits, 27));
                Assert.IsTrue(bits.IsZero, "padding");

                string code = payload.ManualPairingCode();
                Assert.AreEqual(0, Checksum(code));
                int first = code[0] - '0';
                int second = int.Parse(code.Substring(1, 5));
                int third = int.Parse(code.Substring(6, 4));
                Assert.AreEqual(discriminator >> 8, first << 2 | second >> 14);
                Assert.AreEqual((int)passcode, third << 14 | second & 0x3FFF);
            }
        }

        private static BigInteger Decode(string qr)
        {
            Assert.IsTrue(qr.StartsWith("MT:") && qr.Length == 22, qr);
            BigInteger bits = BigInteger.Zero;
            for (int chunk = 0; chunk < 4; chunk++)
            {
                string digits = qr.Substring(3 + 5 * chunk, chunk < 3 ? 5 : 4);
                int value = 0;
                for (int i = digits.Length - 1; i >= 0; i--) value = value * 38 + Base38.IndexOf(digits[i]);
                Assert.IsTrue(value < (chunk < 3 ? 1 << 24 : 1 << 16));
                bits |= (BigInteger)value << 24 * chunk;
            }
            return bits;
        }

        private static int Field(ref BigInteger bits, int width)
        {
            int value = (int)(bits & ((1 << width) - 1));
            bits >>= width;
            return value;
        }

        private static int Checksum(string code)
        {
            int sum = 0;
            for (int i = 0; i < code.Length; i++)
            {
                int digit = Permutations[i % 8][code[code.Length - 1 - i] - '0'] - '0';
                sum = Products[sum][digit] - '0';
            }
            return sum;
        }
    }
}
