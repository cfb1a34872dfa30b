using System;
using System.Collections;
using System.Collections.Generic;
using System.Text;
using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;
using QRCoder;

namespace Matter.Nano.Tests.Desktop.Device
{
    /// <summary>The set-up page with what only the desktop has: another QR encoder, many hostile requests.</summary>
    [TestClass]
    public class ProvisioningTests
    {
        private const int QuietZone = 4;
        private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

        [TestMethod]
        public void QrCode_EqualsAnotherEncodersButForTheMask()
        {
            Random random = new Random(1);
            for (int i = 0; i < 300; i++)
            {
                char[] letters = new char[21 + i % 18];
                for (int j = 0; j < letters.Length; j++) letters[j] = Alphabet[random.Next(Alphabet.Length)];
                letters[0] = 'M';
                string text = new string(letters);
                QrCode code = new QrCode(text);
                using QRCodeData other = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, requestedVersion: 2);
                List<BitArray> rows = other.ModuleMatrix;
                Assert.AreEqual(QrCode.Size + 2 * QuietZone, rows.Count);
                int mask = MaskOf(rows);
                for (int y = 0; y < QrCode.Size; y++)
                {
                    for (int x = 0; x < QrCode.Size; x++)
                    {
                        bool expected = rows[y + QuietZone][x + QuietZone];
                        if (IsFormat(x, y) && mask != 0) continue;
                        if (!code.IsFixed(x, y)) expected ^= IsMasked(mask, x, y) ^ IsMasked(0, x, y);
                        Assert.AreEqual(expected, code.IsDark(x, y), text + " at " + x + ", " + y);
                    }
                }
            }
        }

        [TestMethod]
        public void HostileRequests_AreAnsweredWithinBounds()
        {
            Random random = new Random(2);
            byte[][] seeds =
            {
                Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Length: 36\r\n\r\nssid=home&other=&password=%41%42%43xyz"),
                Encoding.ASCII.GetBytes("GET /generate_204 HTTP/1.1\r\nHost: x\r\nUser-Agent: y\r\n\r\n"),
                Encoding.ASCII.GetBytes("POST /scan HTTP/1.0\r\ncontent-length: 0\r\n\r\n"),
            };
            HttpRequest request = new HttpRequest();
            for (int i = 0; i < 20000; i++)
            {
                ProvisioningPage page = i % 50 == 0 ? null : new ProvisioningPage("192.168.4.1", "MT:Y.K90AFN00KA0648G00", "34970112332");
                byte[] bytes = (byte[])seeds[i % seeds.Length].Clone();
                for (int changes = random.Next(6); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                request.Reset();
                int length = random.Next(4) == 0 ? random.Next(bytes.Length + 1) : bytes.Length;
                int status = request.Receive(bytes, 0, length);
                if (status == HttpRequest.Incomplete || page == null) continue;
                int answer = page.Respond(request);
                Assert.IsTrue(answer > 0 && page.ResponseOffset >= 0 && page.ResponseOffset + answer <= ProvisioningPage.MaxResponseLength);
                Assert.AreEqual("HTTP/1.1 ", Encoding.ASCII.GetString(page.Response, page.ResponseOffset, 9));
            }
        }

        private static bool IsFormat(int x, int y)
        {
            return (y == 8 && (x < 9 || x >= QrCode.Size - 8)) || (x == 8 && (y < 9 || y >= QrCode.Size - 8));
        }

        // Bits 10 to 12 of the format, which stand in (8, 0) upward, under the pattern that masks the format itself.
        private static int MaskOf(List<BitArray> rows)
        {
            int format = 0;
            for (int bit = 14; bit >= 9; bit--)
            {
                format = format << 1 | (rows[8 + QuietZone][14 - bit + QuietZone] ? 1 : 0);
            }
            return (format << 9 ^ 0x5412) >> 10 & 7;
        }

        private static bool IsMasked(int mask, int x, int y)
        {
            return mask switch
            {
                0 => (x + y) % 2 == 0,
                1 => y % 2 == 0,
                2 => x % 3 == 0,
                3 => (x + y) % 3 == 0,
                4 => (y / 2 + x / 3) % 2 == 0,
                5 => x * y % 2 + x * y % 3 == 0,
                6 => (x * y % 2 + x * y % 3) % 2 == 0,
                _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
            };
        }
    }
}
