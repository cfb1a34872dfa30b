using System;
using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>The set-up page: what is asked and what comes back.</summary>
    [TestClass]
    public class ProvisioningPageTests
    {
        private const string Ok = "HTTP/1.1 200 OK\r\n";
        private const string ToPage = "HTTP/1.1 303 See Other\r\n";
        private const string Location = "\r\nLocation: http://192.168.4.1/\r\n\r\n";

        [TestMethod]
        public void Page_ListsTheNetworks()
        {
            ProvisioningPage page = NewPage();
            Add(page, "weak", -90, WiFiSecurity.Wpa2Personal);
            Add(page, "home", -50, WiFiSecurity.Unencrypted);
            int length = Text.AssertAnswers(page, Text.Get("/"), Ok);
            int home = Find(page, length, "value=\"home\"><span>home</span><small>open, strong<");
            Assert.IsTrue(home > 0);
            Assert.IsTrue(Find(page, length, "value=\"weak\"><span>weak</span><small>weak<") > home);
            int body = Find(page, length, "\r\n\r\n") + 4;
            Assert.IsTrue(Find(page, length, "\r\nContent-Length: " + (length - body).ToString() + "\r\n") > 0);
            Assert.AreEqual(body, page.Respond(Text.Request("HEAD / HTTP/1.1\r\n\r\n")));
            Assert.AreEqual(-1, Find(page, length, "script"));
        }

        [TestMethod]
        [DataRow("/generate_204")]
        [DataRow("/hotspot-detect.html")]
        [DataRow("/connecttest.txt")]
        [DataRow("/canonical.html?x=%")]
        [DataRow("/connect")]
        [DataRow("http://example.com/")]
        public void OtherPaths_LeadToThePage(string path)
        {
            ProvisioningPage page = NewPage();
            int length = Text.AssertAnswers(page, Text.Get(path), "HTTP/1.1 302 Found\r\n");
            Assert.IsTrue(Find(page, length, Location) > 0);
        }

        [TestMethod]
        public void Choice_ShowsTheCodeAndThenConnects()
        {
            ProvisioningPage page = NewPage();
            Text.AssertAnswers(page, Text.Post("/connect", ""), ToPage);
            Assert.IsFalse(page.IsConfirmed, "nothing is chosen");
            int length = Text.AssertAnswers(page, Text.Post("/", "ssid=a%26b&other=&password=%22pass%22word"), ToPage);
            Assert.IsTrue(Find(page, length, Location) > 0);
            Assert.IsTrue(page.IsDone);
            Assert.IsTrue(page.Chosen.IsNamed(Text.Bytes("a&b"), 0, 3));
            Assert.AreEqual(10, page.Chosen.CredentialsLength);
            Assert.AreEqual((byte)'"', page.Chosen.Credentials[0]);
            length = Text.AssertAnswers(page, Text.Get("/"), "<svg ");
            Assert.IsTrue(Find(page, length, "3497-011-2332") > 0);
            Assert.IsTrue(Find(page, length, "MT:Y.K90AFN00KA0648G00") > 0);
            Assert.IsTrue(Find(page, length, "<b>a&amp;b</b>") > 0);
            Assert.AreEqual(-1, Find(page, length, "pass"), "no password on the page");

            // A form sent twice changes nothing.
            Text.AssertAnswers(page, Text.Post("/", "ssid=other&password="), ToPage);
            Assert.IsTrue(page.Chosen.IsNamed(Text.Bytes("a&b"), 0, 3));
            Assert.IsFalse(page.IsConfirmed);
            Text.AssertAnswers(page, Text.Post("/change", ""), ToPage);
            Assert.IsFalse(page.IsDone);
            Text.AssertAnswers(page, Text.Get("/"), "<form method=\"post\" action=\"/\"");
            Text.AssertAnswers(page, Text.Post("/", "ssid=other&password="), ToPage);
            Text.AssertAnswers(page, Text.Post("/connect", ""), ToPage);
            Assert.IsTrue(page.IsConfirmed);
            Text.AssertAnswers(page, Text.Get("/"), "<h1>Connecting</h1>");
            Text.AssertAnswers(page, Text.Post("/change", ""), ToPage);
            Assert.IsTrue(page.IsDone, "too late");
        }

        [TestMethod]
        [DataRow("", "Choose a network")]
        [DataRow("other=", "Choose a network")]
        [DataRow("ssid=%00", "1 to 32 bytes")]
        [DataRow("ssid=%ff", "1 to 32 bytes")]
        [DataRow("other=123456789012345678901234567890123", "1 to 32 bytes")]
        [DataRow("ssid=123456789012345678901234567890123", "1 to 32 bytes")]
        [DataRow("ssid=a&other=b", "one of the list")]
        [DataRow("ssid=a&password=1234567", "8 to 63")]
        [DataRow("ssid=a&password=%00%01%02%03%04%05%06%07", "8 to 63")]
        [DataRow("ssid=a&password=0123456789012345678901234567890123456789012345678901234567890123x", "8 to 63")]
        public void FaultyChoice_IsExplained(string form, string message)
        {
            ProvisioningPage page = NewPage();
            Text.AssertAnswers(page, Text.Post("/", form), ToPage);
            Assert.IsFalse(page.IsDone);
            Text.AssertAnswers(page, Text.Get("/"), message);
        }

        [TestMethod]
        public void FaultyChoice_IsShownAgain()
        {
            ProvisioningPage page = NewPage();
            Add(page, "<home>", -50, 0);
            page.Respond(Text.Post("/", "ssid=%3chome%3e&password=short12"));
            Text.AssertAnswers(page, Text.Get("/"), "value=\"&lt;home&gt;\" checked>");
            page.Respond(Text.Post("/", "other=%22%3e%3cscript%3e&password=short12"));
            int length = Text.AssertAnswers(page, Text.Get("/"), "value=\"&quot;&gt;&lt;script&gt;\"");
            Assert.AreEqual(-1, Find(page, length, "<script"));
            Assert.AreEqual(-1, Find(page, length, "checked"));
            Assert.AreEqual(-1, Find(page, length, "short12"));
        }

        [TestMethod]
        [DataRow(7, "refused the password")]
        [DataRow(5, "out of reach")]
        [DataRow(9, "could not be joined")]
        public void FormerFailure_IsExplained(int status, string message)
        {
            ProvisioningPage page = NewPage();
            page.Respond(Text.Post("/", "ssid=home&password=password"));
            page.Respond(Text.Post("/connect", ""));
            page.Refuse(status);
            Assert.IsFalse(page.IsDone || page.IsConfirmed);
            Assert.AreEqual(0, page.Chosen.CredentialsLength);
            Text.AssertAnswers(page, Text.Get("/"), message);
            Text.AssertAnswers(page, Text.Get("/"), "value=\"home\"");
        }

        [TestMethod]
        public void Scan_IsAskedFor()
        {
            ProvisioningPage page = NewPage();
            int length = page.Respond(Text.Get("/"));
            Assert.AreEqual(-1, Find(page, length, "refresh"));
            Text.AssertAnswers(page, Text.Post("/scan", ""), ToPage);
            Assert.IsTrue(page.WantsScan);
            length = Text.AssertAnswers(page, Text.Get("/"), "http-equiv=\"refresh\"");
            Assert.AreEqual(-1, Find(page, length, "<form"), "nothing typed is lost");
        }

        [TestMethod]
        public void BadRequest_IsAnswered()
        {
            Text.AssertAnswers(NewPage(), Text.Request("PUT / HTTP/1.1\r\n\r\n"), "HTTP/1.1 501 Error\r\n");
        }

        [TestMethod]
        public void LongestNames_StayWithinTheResponse()
        {
            ProvisioningPage page = NewPage();
            WiFiScanResult found = new WiFiScanResult { SsidLength = 32 };
            for (int i = 0; i < 32; i++) found.Ssid[i] = (byte)'"';
            for (int i = 0; i < NetworkList.Capacity; i++)
            {
                found.Ssid[0] = (byte)('a' + i);
                page.Networks.Add(found);
            }

            page.Respond(Text.Post("/", "other=%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22&password=x"));
            int length = Text.AssertAnswers(page, Text.Get("/"), "</form></body></html>");
            Assert.IsTrue(page.ResponseOffset + length <= ProvisioningPage.MaxResponseLength);
            page.Respond(Text.Post("/", "other=%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22%22&password="));
            Text.AssertAnswers(page, Text.Get("/"), "</form></body></html>");
        }

        [TestMethod]
        public void NetworkList_KeepsTheStrongestOnceEach()
        {
            NetworkList list = new NetworkList();
            WiFiScanResult found = new WiFiScanResult { SsidLength = 2 };
            found.Ssid[0] = (byte)'n';
            for (int i = 0; i < 40; i++)
            {
                found.Ssid[1] = (byte)('A' + (i * 7) % 40);
                found.Rssi = -30 - (i * 7) % 40;
                list.Add(found);
                found.Rssi -= 20;
                list.Add(found);
            }

            Assert.AreEqual(NetworkList.Capacity, list.Count);
            for (int i = 0; i < list.Count; i++)
            {
                Assert.AreEqual(-30 - i, list.Get(i).Rssi);
                Assert.AreEqual((byte)('A' + i), list.Get(i).Ssid[1]);
            }

            found.Ssid[1] = (byte)'A';
            found.Rssi = -20;
            list.Add(found);
            Assert.AreEqual(-20, list.Get(0).Rssi);
            Assert.AreEqual(-31, list.Get(1).Rssi);
            Assert.AreEqual(NetworkList.Capacity, list.Count);
            list.Clear();
            found.Ssid[1] = 0xFF;
            list.Add(found);
            found.SsidLength = 0;
            list.Add(found);
            Assert.AreEqual(0, list.Count, "no text, hidden");
        }

        private static ProvisioningPage NewPage()
        {
            return new ProvisioningPage("192.168.4.1", "MT:Y.K90AFN00KA0648G00", "34970112332");
        }

        private static void Add(ProvisioningPage page, string name, int rssi, int security)
        {
            byte[] bytes = Text.Bytes(name);
            WiFiScanResult found = new WiFiScanResult { SsidLength = bytes.Length, Rssi = rssi, Security = security };
            Array.Copy(bytes, 0, found.Ssid, 0, bytes.Length);
            page.Networks.Add(found);
        }

        private static int Find(ProvisioningPage page, int length, string text)
        {
            return Text.Find(page.Response, page.ResponseOffset, length, text);
        }
    }
}
