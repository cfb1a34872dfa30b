using Matter.Nano.Device.Provisioning;
using Matter.Nano.Tests.Clusters;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>From the set-up page to a network that is joined and stored.</summary>
    [TestClass]
    public class WiFiSetupTests
    {
        [TestMethod]
        public void ScansThenJoinsAndStores()
        {
            TestWiFi driver = new TestWiFi();
            driver.InReach = new byte[][] { TestWiFi.Bytes("home") };
            ProvisioningPage page = NewPage();
            WiFiSetup setup = new WiFiSetup(driver, page);
            Run(setup, 0, 1000);
            Assert.AreEqual(1, driver.Scans);
            Assert.AreEqual(1, page.Networks.Count);
            Assert.IsFalse(page.WantsScan);
            page.Respond(Text.Post("/scan", ""));
            Run(setup, 1000, 2000);
            Assert.AreEqual(2, driver.Scans);
            page.Respond(Text.Post("/", "ssid=home&password=password"));
            Run(setup, 2000, 5000);
            Assert.AreEqual(0, driver.Connects, "not before the user has the code");
            page.Respond(Text.Post("/connect", ""));
            setup.Poll(5000);
            Assert.AreEqual(0, driver.Connects, "not before the last page is out");
            Run(setup, 5000, 8000);
            Assert.IsTrue(setup.IsFinished);
            Assert.IsTrue(driver.Stored.IsNamed(TestWiFi.Bytes("home"), 0, 4));
            Assert.AreEqual(8, driver.Stored.CredentialsLength);
            Assert.AreEqual(0, page.Chosen.CredentialsLength, "wiped");
        }

        [TestMethod]
        [DataRow(0, 7, 0)]
        [DataRow(8, 0, 0)]
        [DataRow(0, 0, -11)]
        public void Failure_IsToldOnThePage(int beginStatus, int endStatus, int storeResult)
        {
            TestWiFi driver = new TestWiFi();
            ProvisioningPage page = NewPage();
            WiFiSetup setup = new WiFiSetup(driver, page);
            Run(setup, 0, 1000);
            driver.BeginStatus = beginStatus;
            driver.EndStatus = endStatus;
            driver.StoreResult = storeResult;
            page.Respond(Text.Post("/", "other=home&password=password"));
            page.Respond(Text.Post("/connect", ""));
            Run(setup, 1000, 4000);
            Assert.IsFalse(setup.IsFinished);
            Assert.IsFalse(page.IsConfirmed || page.IsDone);
            Assert.AreEqual(1, driver.StoredConnects);
            Text.AssertAnswers(page, Text.Get("/"), endStatus == 7 ? "refused the password" : "could not be joined");
            driver.BeginStatus = 0;
            driver.EndStatus = 0;
            driver.StoreResult = 0;
            page.Respond(Text.Post("/", "other=home&password=password"));
            page.Respond(Text.Post("/connect", ""));
            Run(setup, 4000, 8000);
            Assert.IsTrue(setup.IsFinished);
        }

        [TestMethod]
        public void WhatNeverEnds_IsGivenUp()
        {
            TestWiFi driver = new TestWiFi { Steps = int.MaxValue };
            ProvisioningPage page = NewPage();
            WiFiSetup setup = new WiFiSetup(driver, page);
            Run(setup, 0, 9900);
            Assert.IsTrue(page.WantsScan);
            Run(setup, 9900, 10100);
            Assert.IsFalse(page.WantsScan);
            page.Respond(Text.Post("/", "other=home&password=password"));
            page.Respond(Text.Post("/connect", ""));
            Run(setup, 10100, 50000);
            Assert.IsFalse(page.IsConfirmed);
        }

        private static ProvisioningPage NewPage()
        {
            return new ProvisioningPage("192.168.4.1", "MT:Y.K90AFN00KA0648G00", "34970112332");
        }

        private static void Run(WiFiSetup setup, long now, long until)
        {
            while (now < until)
            {
                long next = setup.Poll(now);
                Assert.IsTrue(next > now);
                now = next;
            }
        }
    }
}
