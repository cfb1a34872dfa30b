using System.Collections.Generic;
using Matter.Nano.Device.Desktop;
using nanoFramework.TestFramework;
using QRCoder;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The QR code as text shows the code's modules, on a terminal and off it.</summary>
    [TestClass]
    public class QrTextTests
    {
        private const string Payload = "MT:Y.K90AFN00KA0648G00";
        private const string BlackOnWhite = "\u001b[38;5;16;48;5;231m";
        private const string Reset = "\u001b[0m";

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Text_ShowsTheModules(bool isTerminal)
        {
            using QRCodeData code = QRCodeGenerator.GenerateQrCode(Payload, QRCodeGenerator.ECCLevel.M);
            int size = code.ModuleMatrix.Count;
            string[] lines = QrText.Draw(Payload, isTerminal).TrimEnd('\n').Split('\n');

            Assert.AreEqual((size + 1) / 2, lines.Length);
            for (int y = 0; y < size; y++)
            {
                string line = lines[y / 2];
                if (isTerminal)
                {
                    Assert.IsTrue(line.StartsWith(BlackOnWhite) && line.EndsWith(Reset));
                    line = line.Substring(BlackOnWhite.Length, line.Length - BlackOnWhite.Length - Reset.Length);
                }
                Assert.AreEqual(size, line.Length);
                for (int x = 0; x < size; x++)
                {
                    bool isPainted = line[x] == '█' || line[x] == (y % 2 == 0 ? '▀' : '▄');
                    Assert.AreEqual(code.ModuleMatrix[y][x], isPainted == isTerminal, x + "," + y);
                }
            }
        }

        [TestMethod]
        public void QuietZone_IsFourModulesWide()
        {
            string[] lines = QrText.Draw(Payload, false).TrimEnd('\n').Split('\n');
            List<string> outer = new List<string> { lines[0], lines[1] };
            foreach (string line in outer)
                Assert.AreEqual(new string('█', line.Length), line);
            foreach (string line in lines[2..^2])
                Assert.IsTrue(line.StartsWith("████") && line.EndsWith("████"));
        }
    }
}
