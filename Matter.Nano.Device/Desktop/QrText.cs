using System.Collections;
using System.Collections.Generic;
using System.Text;
using QRCoder;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// A QR code as text, two modules to a character cell. On a terminal the colours are set, so that it scans on dark
    /// and light ones alike; as plain text, '█' is a light module, as on a dark terminal.
    /// </summary>
    internal static class QrText
    {
        private const string BlackOnWhite = "\u001b[38;5;16;48;5;231m";
        private const string Reset = "\u001b[0m";

        /// <summary>Draws a code with its quiet zone of four modules.</summary>
        /// <param name="payload">What it says.</param>
        /// <param name="isTerminal">True to set colours.</param>
        public static string Draw(string payload, bool isTerminal)
        {
            using QRCodeData code = QRCodeGenerator.GenerateQrCode(payload, QRCodeGenerator.ECCLevel.M);
            List<BitArray> rows = code.ModuleMatrix; // with quiet zone
            StringBuilder text = new StringBuilder();
            for (int y = 0; y < rows.Count; y += 2)
            {
                if (isTerminal)
                    text.Append(BlackOnWhite);
                for (int x = 0; x < rows.Count; x++)
                {
                    bool upper = rows[y][x];
                    bool lower = y + 1 < rows.Count && rows[y + 1][x];
                    // Set colours paint dark modules; without them the terminal's light text paints light ones.
                    text.Append(Block(upper == isTerminal, lower == isTerminal && (isTerminal || y + 1 < rows.Count)));
                }
                if (isTerminal)
                    text.Append(Reset);
                text.Append('\n');
            }
            return text.ToString();
        }

        private static char Block(bool upper, bool lower)
        {
            if (upper)
                return lower ? '█' : '▀';
            return lower ? '▄' : ' ';
        }
    }
}
