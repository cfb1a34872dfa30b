using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>Fields of a form.</summary>
    [TestClass]
    public class FormReaderTests
    {
        [TestMethod]
        [DataRow("ssid=home", "home")]
        [DataRow("a=b&ssid=home&ssid=other", "home")]
        [DataRow("assid=x&ssidb=y&ssid=home", "home")]
        [DataRow("&&ssid=a+b%20c&", "a b c")]
        [DataRow("ssid=%c3%A4%26%3D%2B", "\u00e4&=+")]
        [DataRow("ssid=a=b", "a=b")]
        [DataRow("ssid=", "")]
        [DataRow("ssid", "")]
        [DataRow("", "")]
        [DataRow("SSID=x", "")]
        public void Decodes(string form, string expected)
        {
            byte[] value = new byte[32];
            byte[] wanted = Text.Bytes(expected);
            Assert.AreEqual(wanted.Length, Read(form, value));
            for (int i = 0; i < wanted.Length; i++) Assert.AreEqual(wanted[i], value[i]);
        }

        [TestMethod]
        [DataRow("ssid=%")]
        [DataRow("ssid=%4")]
        [DataRow("ssid=%&a=41")]
        [DataRow("ssid=%4g")]
        [DataRow("ssid=%g4")]
        [DataRow("ssid=%00")]
        [DataRow("ssid=%ff")]
        [DataRow("ssid=%c3")]
        [DataRow("ssid=%ed%a0%80")]
        public void Refuses(string form)
        {
            Assert.AreEqual(MatterError.InvalidMessage, Read(form, new byte[32]));
        }

        [TestMethod]
        public void KeepsToTheRoom()
        {
            byte[] value = new byte[4];
            Assert.AreEqual(4, Read("ssid=%41%42%43%44", value));
            Assert.AreEqual(MatterError.BufferTooSmall, Read("ssid=%41%42%43%44%45", value));
        }

        private static int Read(string form, byte[] value)
        {
            byte[] body = Text.Bytes(form);
            return FormReader.Read(body, body.Length, "ssid", value);
        }
    }
}
