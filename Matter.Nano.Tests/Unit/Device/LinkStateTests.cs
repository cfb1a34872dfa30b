using Matter.Nano.Device.Network;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class LinkStateTests
    {
        private static byte[] IPv6(int last)
        {
            byte[] address = new byte[16];
            address[0] = 0xFE;
            address[1] = 0x80;
            address[15] = (byte)last;
            return address;
        }

        private static bool Read(LinkState link, byte[] ipv4, int first, int count)
        {
            link.Begin();
            if (ipv4 != null) link.SetIPv4(ipv4, new byte[] { 255, 255, 240, 0 });
            for (int i = 0; i < count; i++) link.AddIPv6(IPv6(first + i));
            return link.End();
        }

        [TestMethod]
        public void Changes_AreSeen()
        {
            LinkState link = new LinkState();
            byte[] one = { 10, 0, 17, 1 };
            byte[] other = { 10, 0, 17, 2 };
            Assert.IsFalse(Read(link, null, 0, 0));
            Assert.IsFalse(link.IsUp);
            Assert.IsTrue(Read(link, null, 1, 1), "first address");
            Assert.IsTrue(link.IsUp);
            Assert.IsFalse(Read(link, null, 1, 1), "nothing new");
            Assert.IsTrue(Read(link, one, 1, 1), "IPv4");
            Assert.IsFalse(Read(link, one, 1, 1), "nothing new");
            Assert.IsTrue(Read(link, other, 1, 1), "another IPv4");
            Assert.IsTrue(Read(link, other, 2, 1), "another IPv6");
            Assert.IsTrue(Read(link, other, 2, 2), "one more");
            Assert.AreEqual(2, link.IPv6Count);
            Assert.IsTrue(Read(link, other, 2, 1), "one less");
            Assert.IsTrue(Read(link, null, 0, 0), "down");
            Assert.IsFalse(link.IsUp);
        }

        [TestMethod]
        public void NoAddresses_Repetitions_AndTooMany_DontCount()
        {
            LinkState link = new LinkState();
            link.Begin();
            link.SetIPv4(new byte[4], new byte[4]);
            link.AddIPv6(new byte[16]);
            Assert.AreEqual(0, link.IPv4Count + link.IPv6Count);
            for (int i = 0; i < 20; i++) link.AddIPv6(IPv6(1 + i / 2));
            Assert.AreEqual(LinkState.MaxIPv6Addresses, link.IPv6Count);
            for (int i = 0; i < link.IPv6Count; i++) Assert.AreEqual(i + 1, link.IPv6[16 * i + 15]);
            Assert.IsTrue(link.End());
        }

        [TestMethod]
        public void Link_EndsAtTheMask()
        {
            LinkState link = new LinkState();
            Assert.IsFalse(link.IsOnLink(new byte[] { 0, 0, 0, 0 }));
            Read(link, new byte[] { 10, 0, 17, 1 }, 0, 0);
            Assert.IsTrue(link.IsOnLink(new byte[] { 10, 0, 16, 0 }));
            Assert.IsTrue(link.IsOnLink(new byte[] { 10, 0, 31, 255, 0x15, 0xA4 }));
            Assert.IsFalse(link.IsOnLink(new byte[] { 10, 0, 32, 0 }));
            Assert.IsFalse(link.IsOnLink(new byte[] { 11, 0, 17, 1 }));
        }
    }
}
