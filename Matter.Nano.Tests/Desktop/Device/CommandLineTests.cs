using System.IO;
using Matter.Nano.Device.Desktop;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Options of the virtual device.</summary>
    [TestClass]
    public class CommandLineTests
    {
        [TestMethod]
        public void NoOptions_AreTheDefaults()
        {
            DeviceOptions options = Parse();
            Assert.AreEqual("light", options.Device);
            Assert.AreEqual(5540, options.Port);
            Assert.AreEqual(20202021, options.Passcode);
            Assert.AreEqual(3840, options.Discriminator);
            Assert.IsTrue(Path.IsPathFullyQualified(options.Storage));
            Assert.IsNull(options.Interface);
            Assert.IsTrue(options.HasMdns);
            Assert.IsNull(options.HostId);
            Assert.IsNull(options.EnableKey);
            Assert.AreEqual((int)LogLevel.Info, (int)options.LogLevel);
            Assert.IsFalse(options.HasPlatformCrypto);
            Assert.IsFalse(options.IsJson);
        }

        [TestMethod]
        public void EachDevice_HasStorageOfItsOwn()
        {
            Assert.AreNotEqual(Parse().Storage, Parse("--device", "plug").Storage);
        }

        [TestMethod]
        public void AllOptions_AreTaken()
        {
            DeviceOptions options = Parse(
                "--device", "bridge", "--port", "0", "--passcode", "1", "--discriminator", "4095", "--storage", "memory", "--no-mdns", "--host-id", "0A1b2C3d4E5f", "--enable-key", "000102030405060708090a0b0c0d0e0f", "--log", "trace", "--crypto", "platform", "--json");
            Assert.AreEqual("bridge", options.Device);
            Assert.AreEqual(0, options.Port);
            Assert.AreEqual(1, options.Passcode);
            Assert.AreEqual(4095, options.Discriminator);
            Assert.IsNull(options.Storage);
            Assert.IsFalse(options.HasMdns);
            Assert.AreEqual("0A1B2C3D4E5F", System.Convert.ToHexString(options.HostId));
            Assert.AreEqual("000102030405060708090A0B0C0D0E0F", System.Convert.ToHexString(options.EnableKey));
            Assert.AreEqual((int)LogLevel.Trace, (int)options.LogLevel);
            Assert.IsTrue(options.HasPlatformCrypto);
            Assert.IsTrue(options.IsJson);
        }

        [TestMethod]
        [DataRow("--device toaster")]
        [DataRow("--device Light")]
        [DataRow("--device")]
        [DataRow("--port 65536")]
        [DataRow("--port -1")]
        [DataRow("--port x")]
        [DataRow("--port 5540.5")]
        [DataRow("--port 99999999999")]
        [DataRow("--port")]
        [DataRow("--port 1 --port 2")]
        [DataRow("--passcode 0")]
        [DataRow("--passcode 99999999")]
        [DataRow("--passcode 100000000")]
        [DataRow("--passcode 11111111")]
        [DataRow("--passcode 88888888")]
        [DataRow("--passcode 12345678")]
        [DataRow("--passcode 87654321")]
        [DataRow("--passcode 0x10")]
        [DataRow("--discriminator 4096")]
        [DataRow("--storage")]
        [DataRow("--interface no-such-interface")]
        [DataRow("--interface")]
        [DataRow("--host-id 0A1B2C3D4E5")]
        [DataRow("--host-id 0A1B2C3D4E5G")]
        [DataRow("--host-id")]
        [DataRow("--enable-key 000102030405060708090a0b0c0d0e0")]
        [DataRow("--enable-key 000102030405060708090a0b0c0d0e0g")]
        [DataRow("--enable-key 00000000000000000000000000000000")]
        [DataRow("--log loud")]
        [DataRow("--log Info")]
        [DataRow("--log 0")]
        [DataRow("--crypto none")]
        [DataRow("--crypto")]
        [DataRow("--json=perhaps")]
        [DataRow("--prot 5540")]
        [DataRow("5540")]
        public void BadOptions_GetOneLine(string arguments)
        {
            StringWriter error = new StringWriter();
            int result = new DeviceCommandLine().Invoke(arguments.Split(' '), _ => throw new System.InvalidOperationException(), error);
            Assert.AreEqual(2, result);
            string text = error.ToString();
            Assert.AreEqual(text.Length - System.Environment.NewLine.Length, text.IndexOf(System.Environment.NewLine), text);
            Assert.IsTrue(text.Length > 20);
        }

        private static DeviceOptions Parse(params string[] arguments)
        {
            DeviceOptions parsed = null;
            StringWriter error = new StringWriter();
            int result = new DeviceCommandLine().Invoke(
                arguments,
                options =>
                {
                    parsed = options;
                    return 42;
                },
                error);
            Assert.AreEqual(42, result);
            Assert.AreEqual("", error.ToString());
            return parsed;
        }
    }
}
