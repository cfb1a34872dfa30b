using Matter.Nano.Device.Network;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class NetworkPartsTests
    {
        [TestMethod]
        public void Backoff_DoublesUpToAMinute_AndStartsAnew()
        {
            Backoff backoff = new Backoff();
            Assert.IsTrue(backoff.RetryAt <= 0);
            long now = 5000;
            int[] waits = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
            for (int i = 0; i < waits.Length; i++)
            {
                backoff.Failed(now);
                Assert.AreEqual(now + waits[i], backoff.RetryAt);
                now = backoff.RetryAt;
            }

            for (int i = 0; i < 1000; i++) backoff.Failed(now);
            Assert.AreEqual(now + Backoff.LongestMs, backoff.RetryAt);
            backoff.Reset();
            Assert.IsTrue(backoff.RetryAt <= 0);
            backoff.Failed(now);
            Assert.AreEqual(now + Backoff.FirstMs, backoff.RetryAt);
        }

        [TestMethod]
        public void LinkLocalAddress_IsMadeOfTheHardwareAddress()
        {
            // RFC 4291 appendix A: the universal bit is turned over, ff:fe goes between.
            byte[] address = new byte[20];
            for (int i = 0; i < 20; i++) address[i] = 0xA5;
            LinkLocalAddress.Write(address, 2, new byte[] { 0x24, 0x0A, 0xC4, 0x12, 0x34, 0x56 });
            Assert.AreEqual("a5a5fe80000000000000260ac4fffe123456a5a5", TlvText.Hex(address, 0, 20));
            Assert.IsTrue(LinkLocalAddress.Is(address, 2));
            LinkLocalAddress.Write(address, 0, new byte[] { 0x02, 0, 0, 0, 0, 1 });
            Assert.AreEqual("fe80000000000000000000fffe000001", TlvText.Hex(address, 0, 16));
        }

        [TestMethod]
        [DataRow(0xFE, 0x80, true)]
        [DataRow(0xFE, 0xBF, true)]
        [DataRow(0xFE, 0xC0, false)]
        [DataRow(0xFE, 0x7F, false)]
        [DataRow(0xFF, 0x80, false)]
        [DataRow(0x20, 0x01, false)]
        public void LinkLocal_IsTenBits(int first, int second, bool expected)
        {
            byte[] address = new byte[16];
            address[0] = (byte)first;
            address[1] = (byte)second;
            Assert.AreEqual(expected, LinkLocalAddress.Is(address, 0));
        }

        [TestMethod]
        public void MulticastRequests_AreLaidOutAsLwipTakesThem()
        {
            byte[] request = new byte[MulticastRequest.IPv4Length];
            for (int i = 0; i < request.Length; i++) request[i] = 0xA5;
            MulticastRequest.WriteIPv4(request, new byte[] { 224, 0, 0, 251 });
            Assert.AreEqual("e00000fb00000000", TlvText.Hex(request, 0, 8));

            request = new byte[MulticastRequest.IPv6Length];
            for (int i = 0; i < request.Length; i++) request[i] = 0xA5;
            byte[] group = new byte[16];
            group[0] = 0xFF;
            group[1] = 0x02;
            group[15] = 0xFB;
            MulticastRequest.WriteIPv6(request, group, 2);
            Assert.AreEqual("ff0200000000000000000000000000fb02000000", TlvText.Hex(request, 0, 20));
        }

        [TestMethod]
        public void PeerAddress_KeepsAddressPortAndScope()
        {
            byte[] peer = new byte[28];
            byte[] address = new byte[16];
            for (int i = 0; i < 16; i++) address[i] = (byte)(i + 1);
            Assert.AreEqual(PeerAddress.IPv6Length, PeerAddress.Write(peer, address, address.Length, 5540, 2));
            Assert.AreEqual("0102030405060708090a0b0c0d0e0f1015a402", TlvText.Hex(peer, 0, PeerAddress.IPv6Length));
            Assert.AreEqual(5540, PeerAddress.Port(peer, PeerAddress.IPv6Length));
            Assert.AreEqual(2, PeerAddress.Scope(peer));

            Assert.AreEqual(PeerAddress.IPv4Length, PeerAddress.Write(peer, new byte[] { 192, 0, 2, 7 }, 4, 65535, 9));
            Assert.AreEqual("c0000207ffff", TlvText.Hex(peer, 0, PeerAddress.IPv4Length));
            Assert.AreEqual(65535, PeerAddress.Port(peer, PeerAddress.IPv4Length));
        }

        [TestMethod]
        public void InterfaceScope_TriesAll_UntilADatagramTells()
        {
            InterfaceScope scope = new InterfaceScope();
            Assert.AreEqual(0, scope.Next(0));
            scope.Join(1);
            scope.Join(3);
            scope.Join(InterfaceScope.Highest);
            Assert.AreEqual(1, scope.Next(0));
            Assert.AreEqual(3, scope.Next(1));
            Assert.AreEqual(InterfaceScope.Highest, scope.Next(3));
            Assert.AreEqual(0, scope.Next(InterfaceScope.Highest));
            Assert.IsTrue(scope.IsJoined(3));
            Assert.IsFalse(scope.IsJoined(2));
            Assert.IsFalse(scope.IsJoined(7));

            Assert.IsFalse(scope.Learn(0));
            Assert.IsTrue(scope.Learn(3));
            Assert.IsFalse(scope.Learn(3));
            Assert.AreEqual(3, scope.Known);
            Assert.AreEqual(3, scope.Next(0));
            Assert.AreEqual(0, scope.Next(3));

            // An interface that was started anew has another one, perhaps one that nobody tried.
            Assert.IsTrue(scope.Learn(7));
            Assert.AreEqual(7, scope.Next(0));
            Assert.AreEqual(0, scope.Next(7));
            scope.Join(7);
            Assert.IsTrue(scope.IsJoined(7));
        }
    }
}
