using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Every command in boards/ has options that exist, and the right ones for its board.</summary>
    [TestClass]
    public class BoardCommandTests
    {
        // README.md and nanoFirmwareFlasher.Tool/Options.cs of github.com/nanoframework/nanoFirmwareFlasher, baccab8 (2.5).
        private static readonly string[] Switches = { "update", "masserase", "deploy", "nanodevice", "devicedetails", "checkpsram", "listports" };
        private static readonly string[] Valued = { "target", "platform", "serialport", "image", "address", "networkdeployment" };

        // The same, "Wireless Client options".
        private static readonly string[] WifiKeys = { "SerialPort", "WirelessClient", "Ssid", "Password", "ConfigurationOption" };
        private static readonly string[] WifiOptions = { "None", "Disable", "Enable", "AutoConnect", "SmartConfig" };

        private static readonly string[] MadeFiles = { "Matter.Nano.Device/bin/Release/Matter.Nano.Device.bin" };

        [TestMethod]
        public void EveryOption_Exists()
        {
            XElement[] project = XDocument.Load(Path.Combine(Repository.Root, "nf.proj")).Descendants().ToArray();
            string[] targets = project.Where(element => element.Name.LocalName == "Target").Select(element => (string)element.Attribute("Name")).ToArray();
            int count = 0;
            foreach (string path in Directory.GetFiles(BoardFacts.Root, "*.md", SearchOption.AllDirectories))
            {
                foreach (string command in new BoardPage(path).Commands)
                {
                    string[] words = command.Split(' ');
                    switch (words[0])
                    {
                        case "nanoff":
                            CheckFlasher(command, Options(command));
                            break;
                        case "dotnet" when words[1] == "build":
                            Assert.AreEqual("nf.proj", words[2], command);
                            foreach (string word in words.Skip(3))
                                CheckBuild(command, word, targets);
                            break;
                        case "dotnet":
                            Assert.AreEqual("dotnet tool install -g nanoff", command);
                            break;
                        case "nuget" when words[1] == "restore":
                            Assert.IsTrue(words.Length == 3 && File.Exists(Path.Combine(Repository.Root, words[2])), command);
                            break;
                        default:
                            Assert.AreEqual("nuget install nanoFramework.Tools.MetadataProcessor.CLI -OutputDirectory packages", command);
                            break;
                    }
                    count++;
                }
            }
            Assert.IsTrue(count > 6 * 5, "commands: " + count);
        }

        [TestMethod]
        public void EachBoard_HasItsOwnCommands()
        {
            foreach (BoardFacts board in BoardFacts.All)
            {
                string[] commands = new BoardPage(Path.Combine(board.Folder, "README.md")).Commands.ToArray();
                Dictionary<string, string>[] flashing = commands.Where(command => command.StartsWith("nanoff")).Select(Options).ToArray();
                foreach (Dictionary<string, string> options in flashing.Where(options => options.ContainsKey("target")))
                {
                    Assert.AreEqual(board.Image, options["target"], board.Name);
                    Assert.AreEqual(options.ContainsKey("deploy"), options.ContainsKey("address"), board.Name);
                    if (options.ContainsKey("address"))
                        Assert.AreEqual(board.DeployAddress, options["address"], board.Name);
                }
                Assert.AreEqual(1, flashing.Count(options => options.ContainsKey("update")), board.Name);
                Assert.AreEqual(1, flashing.Count(options => options.ContainsKey("deploy")), board.Name);
                Assert.AreEqual(board.IsEthernet ? 0 : 1, flashing.Count(options => options.ContainsKey("networkdeployment")), board.Name);
                Assert.AreEqual(1, commands.Count(command => command == "dotnet build nf.proj -t:Image -p:Board=" + board.Id), board.Name);
                Assert.AreEqual(1, commands.Count(command => command.StartsWith("dotnet build nf.proj -t:Flash -p:Board=" + board.Id + " -p:NanoSerialPort=")), board.Name);
            }
        }

        [TestMethod]
        public void WifiFile_HasKnownKeys()
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(BoardFacts.Root, "wifi.json")));
            JsonElement client = file.RootElement.GetProperty("WirelessClient");
            foreach (JsonProperty property in file.RootElement.EnumerateObject().Concat(client.EnumerateObject()))
                Assert.IsTrue(WifiKeys.Contains(property.Name), property.Name);
            Assert.IsTrue(WifiOptions.Contains(client.GetProperty("ConfigurationOption").GetString()));
            Assert.IsTrue(client.GetProperty("Ssid").GetString().Length <= 32);
        }

        private static void CheckFlasher(string command, Dictionary<string, string> options)
        {
            foreach (KeyValuePair<string, string> option in options)
                Assert.IsTrue((option.Value == null ? Switches : Valued).Contains(option.Key), command + ": " + option.Key);

            // What Program.cs and Options.cs refuse or ignore.
            Assert.IsFalse(options.ContainsKey("nanodevice") && (options.ContainsKey("target") || options.ContainsKey("platform")), command);
            Assert.IsFalse(options.ContainsKey("update") && options.ContainsKey("deploy"), command + ": writes to 0x1B0000");
            Assert.AreEqual(options.ContainsKey("deploy"), options.ContainsKey("image"), command);
            foreach (string name in new[] { "image", "networkdeployment" })
            {
                if (options.TryGetValue(name, out string file))
                    Assert.IsTrue(MadeFiles.Contains(file) || File.Exists(Path.Combine(BoardFacts.Root, file)), command);
            }
            if (options.TryGetValue("platform", out string platform))
                Assert.AreEqual("esp32", platform, command);
            if (options.TryGetValue("target", out string target))
                Assert.IsTrue(BoardFacts.All.Any(board => board.Image == target), command);
        }

        private static void CheckBuild(string command, string word, string[] targets)
        {
            Match option = Regex.Match(word, "^-(t:|p:Board=|p:NanoSerialPort=|p:NanoTarget=|p:NanoUpdate=)(.+)$");
            Assert.IsTrue(option.Success, command + ": " + word);
            if (option.Groups[1].Value == "t:")
                Assert.IsTrue(targets.Contains(option.Groups[2].Value), command);
            if (option.Groups[1].Value == "p:Board=")
                Assert.IsTrue(BoardFacts.All.Any(board => board.Id == option.Groups[2].Value), command);
        }

        /// <summary>Names without their dashes; null where no value follows.</summary>
        private static Dictionary<string, string> Options(string command)
        {
            string[] words = command.Split(' ').Skip(1).ToArray();
            Dictionary<string, string> options = new Dictionary<string, string>();
            for (int i = 0; i < words.Length; i++)
            {
                Assert.IsTrue(words[i].StartsWith("--"), command);
                bool hasValue = i + 1 < words.Length && !words[i + 1].StartsWith("--");
                options.Add(words[i].Substring(2), hasValue ? words[i + 1] : null);
                i += hasValue ? 1 : 0;
            }
            return options;
        }
    }
}
