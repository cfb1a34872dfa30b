using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Matter.Nano.Device;
using nanoFramework.TestFramework;
using QRCoder;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The pages in boards/ say what the sources say. That the firmware compiles for each board, the gate sees.</summary>
    [TestClass]
    public class BoardTests
    {
        private const int FirmwareAddress = 0x10000;

        [TestMethod]
        public void Boards_AreTheSameEverywhere()
        {
            string[] ids = BoardFacts.All.Select(board => board.Id).ToArray();
            Assert.IsTrue(ids.Length > 0);
            AreSame(ids.Select(id => "BOARD_" + id), BoardFacts.Symbols);
            AreSame(BoardFacts.All.Select(board => board.Name), Directory.GetDirectories(BoardFacts.Root).Select(Path.GetFileName));
            BoardPage overview = new BoardPage(Path.Combine(BoardFacts.Root, "README.md"));
            foreach (BoardFacts board in BoardFacts.All)
            {
                Assert.AreEqual(board.Image, board.ProjectImage);
                Assert.IsTrue(overview.Links.Contains(board.Name + "/README.md"), board.Name);
            }
        }

        [TestMethod]
        public void EachFolder_IsComplete()
        {
            string[] headings = { "What it has", "Pins", "Flash it", "Verified" };
            foreach (BoardFacts board in BoardFacts.All)
            {
                BoardPage page = Page(board);
                Assert.AreEqual(string.Join("|", headings), string.Join("|", page.Headings), board.Name);
                Assert.AreEqual("`" + board.Id + "`", page.Fact("`Board`"), board.Name);
                Assert.AreEqual("`" + board.Image + "`", page.Fact("Firmware image"), board.Name);
                Assert.AreEqual(board.HasIPv6, Word(page.Fact("IPv6")) == "yes", board.Name);
                Assert.AreEqual(board.IsEthernet, Word(page.Fact("Network")) == "Ethernet", board.Name);
                Assert.AreEqual(board.Pin("Light").ToString(), page.Fact("Light"), board.Name);
                Assert.AreEqual(board.Pin("Status").ToString(), page.Fact("Status LED"), board.Name);
                Assert.AreEqual(board.Pin("Button").ToString(), Word(page.Fact("Button")), board.Name);
                foreach (string fact in new[] { "Bluetooth LE", "PSRAM", "Expected managed heap", "on paper", "nanoCLR on a computer", "compiler" })
                    Assert.IsTrue(page.Fact(fact).Length > 0, board.Name + ": " + fact);
                Assert.AreEqual("**nothing**", page.Fact("hardware"), board.Name);
            }
        }

        [TestMethod]
        public void Partitions_FollowOneAnother()
        {
            foreach (BoardFacts board in BoardFacts.All)
            {
                List<string[]> rows = Page(board).Rows.ToList();
                int head = rows.FindIndex(row => row[0] == "flash");
                Assert.AreEqual("application at " + board.DeployAddress, rows[head][2], board.Name);
                int address = int.Parse(board.DeployAddress.Substring(2), NumberStyles.HexNumber);
                int flashes = 0;
                foreach (string[] row in rows.Skip(head + 2).TakeWhile(row => row[0].EndsWith(" MB")))
                {
                    Assert.AreEqual(address - FirmwareAddress, Size(row[1]), board.Name);
                    int end = address + Size(row[2]) + Size(row[3]);
                    Assert.IsTrue(end > address && end <= Size(row[0]), board.Name + ": " + row[0]);
                    flashes++;
                }
                Assert.IsTrue(flashes > 0, board.Name);
            }
        }

        [TestMethod]
        public void Wiring_ShowsTheBoardsPins()
        {
            foreach (BoardFacts board in BoardFacts.All)
            {
                XElement picture = XDocument.Load(Path.Combine(board.Folder, "wiring.svg")).Root;
                Assert.AreEqual("svg", picture.Name.LocalName);
                string[] texts = picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
                Assert.IsTrue(texts.Contains("Light: GPIO" + board.Pin("Light")), board.Name);
                Assert.IsTrue(texts.Contains("Status LED: GPIO" + board.Pin("Status")), board.Name);
                Assert.IsTrue(texts.Any(text => Regex.IsMatch(text, "^Button: .*GPIO" + board.Pin("Button") + "$")), board.Name);
                foreach (string pin in new[] { "Light", "Status" })
                    Assert.IsTrue(texts.Contains(board.Pin(pin).ToString()), board.Name + ": header pin of " + pin);
                Assert.IsTrue(Page(board).Links.Contains("wiring.svg"), board.Name);
            }
        }

        [TestMethod]
        public void Links_Resolve()
        {
            int files = 0;
            foreach (string path in Directory.GetFiles(BoardFacts.Root, "*.md", SearchOption.AllDirectories))
            {
                foreach (string link in new BoardPage(path).Links.Where(link => !link.StartsWith("https://")))
                {
                    string target = Path.Combine(Path.GetDirectoryName(path), link.Split('#')[0]);
                    Assert.IsTrue(File.Exists(target), path + ": " + link);
                    if (link.Contains('#'))
                    {
                        string heading = link.Split('#')[1];
                        Assert.IsTrue(new BoardPage(target).Headings.Any(text => Regex.Replace(text.ToLowerInvariant(), "[^a-z0-9 -]", "").Replace(' ', '-') == heading), link);
                    }
                    files++;
                }
            }
            Assert.IsTrue(files > 0);
        }

        [TestMethod]
        public void Memory_IsAsCounted()
        {
            BoardPage memory = new BoardPage(Path.Combine(Repository.Root, "docs", "memory.md"));
            int assemblies = memory.Rows.SkipWhile(row => row[0] != "assembly").Skip(2).TakeWhile(row => row.Length == 3).Sum(row => int.Parse(row[2].Replace(" ", "")));
            int needed = int.Parse(memory.Fact("at start")) + assemblies;
            Assert.IsTrue(assemblies > 0 && needed > 100 * 1024, "well over 100 KB? " + needed);
        }

        [TestMethod]
        public void SetupCode_IsTheFirmwares()
        {
            SetupPayload payload = OnboardingData.CreatePayload();
            string[] lines = File.ReadAllLines(Path.Combine(BoardFacts.Root, "README.md"));
            Assert.IsTrue(lines.Contains(payload.QrCode()));
            Assert.IsTrue(lines.Contains(payload.ManualPairingCode()));
            Assert.IsTrue(lines.Any(line => line.Contains("`Matter-" + OnboardingData.Discriminator + "`") && line.Contains("`" + payload.ManualPairingCode() + "`")));
            Assert.AreEqual(Picture(payload.QrCode()), File.ReadAllText(Path.Combine(BoardFacts.Root, "setup-code.svg")));
        }

        /// <summary>The code as SVG: a dark module is one unit wide, the quiet zone four.</summary>
        private static string Picture(string text)
        {
            using QRCodeData code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
            int size = code.ModuleMatrix.Count;
            string modules = string.Concat(Enumerable.Range(0, size * size)
                .Where(i => code.ModuleMatrix[i / size][i % size]).Select(i => "M" + (i % size) + " " + (i / size) + "h1v1h-1z"));
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size + "\" width=\"264\" height=\"264\" role=\"img\">\n"
                + "  <title>" + text + "</title>\n  <rect width=\"" + size + "\" height=\"" + size + "\" fill=\"#fff\"/>\n"
                + "  <path d=\"" + modules + "\" shape-rendering=\"crispEdges\"/>\n</svg>\n";
        }

        private static BoardPage Page(BoardFacts board)
        {
            return new BoardPage(Path.Combine(board.Folder, "README.md"));
        }

        private static string Word(string text)
        {
            return Regex.Match(text, @"^\w+").Value;
        }

        private static int Size(string text)
        {
            string[] parts = text.Split(' ');
            return int.Parse(parts[0]) * (parts[1] == "MB" ? 1024 * 1024 : 1024);
        }

        private static void AreSame(IEnumerable<string> expected, IEnumerable<string> actual)
        {
            Assert.AreEqual(string.Join(" ", expected.OrderBy(s => s, StringComparer.Ordinal)), string.Join(" ", actual.OrderBy(s => s, StringComparer.Ordinal)));
        }
    }
}
