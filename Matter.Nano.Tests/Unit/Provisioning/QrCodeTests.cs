using System;
using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>The QR code against the drawing of another encoder, whose mask was set to 0.</summary>
    [TestClass]
    public class QrCodeTests
    {
        [TestMethod]
        public void OnboardingPayload()
        {
            AssertDrawn("MT:Y.K90AFN00KA0648G00", new uint[]
            {
                0x1FCB47F, 0x1056841, 0x174F25D, 0x174485D, 0x175695D,
                0x1045641, 0x1FD557F, 0x000E200, 0x1547112, 0x1B90A05,
                0x0B6855C, 0x11B8EA5, 0x115C58E, 0x0AA26C5, 0x166097C,
                0x0EA622D, 0x13D91F6, 0x001B915, 0x1FC7755, 0x1045D1D,
                0x17527F0, 0x17467AE, 0x17509CD, 0x1046387, 0x1FD91DD,
            });
        }

        [TestMethod]
        [DataRow("a")]
        [DataRow("MT;")]
        [DataRow("123456789012345678901234567890123456789")]
        public void WrongText_Throws(string text)
        {
            bool threw = false;
            try
            {
                new QrCode(text);
            }
            catch (ArgumentException)
            {
                threw = true;
            }

            Assert.IsTrue(threw);
        }

        private static void AssertDrawn(string text, uint[] rows)
        {
            QrCode code = new QrCode(text);
            Assert.AreEqual(QrCode.Size, rows.Length);
            for (int y = 0; y < rows.Length; y++)
            {
                for (int x = 0; x < QrCode.Size; x++)
                {
                    Assert.AreEqual((rows[y] >> (QrCode.Size - 1 - x) & 1) != 0, code.IsDark(x, y));
                }
            }
        }
    }
}
