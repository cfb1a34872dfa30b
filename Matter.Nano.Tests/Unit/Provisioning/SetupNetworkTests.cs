using System;
using Matter.Nano.Device.Provisioning;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Provisioning
{
    /// <summary>Name server and DHCP server of the set-up network.</summary>
    [TestClass]
    public class SetupNetworkTests
    {
        [TestMethod]
        [DataRow(1, true)]
        [DataRow(255, true)]
        [DataRow(28, false)]
        [DataRow(65, false)]
        public void EveryName_IsTheBoard(int type, bool hasAnswer)
        {
            DnsRedirect server = new DnsRedirect(Address());
            byte[] message = Query(type);
            int length = server.Respond(message, QueryLength);
            Assert.AreEqual(QueryLength + (hasAnswer ? 16 : 0), length);
            Assert.AreEqual(0x12, (int)message[0]);
            Assert.AreEqual(0x85, (int)message[2], "response, authoritative, recursion desired");
            Assert.AreEqual(0, (int)message[3]);
            Assert.AreEqual(1, (int)message[5]);
            Assert.AreEqual(hasAnswer ? 1 : 0, (int)message[7]);
            Assert.AreEqual(0, (int)message[11]);
            if (!hasAnswer) return;
            byte[] answer = new byte[] { 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 192, 168, 4, 1 };
            for (int i = 0; i < answer.Length; i++) Assert.AreEqual(answer[i], message[QueryLength + i]);
        }

        [TestMethod]
        public void WhatFollowsTheQuestion_IsLeftOut()
        {
            DnsRedirect server = new DnsRedirect(Address());
            byte[] message = Query(1);
            message[11] = 1;
            Assert.AreEqual(QueryLength + 16, server.Respond(message, QueryLength + 11));
            Assert.AreEqual(0, (int)message[11]);
        }

        [TestMethod]
        public void DamagedQueries_AreDroppedOrAnswered()
        {
            DnsRedirect server = new DnsRedirect(Address());
            for (int length = 0; length < QueryLength; length++)
            {
                Assert.AreEqual(0, server.Respond(Query(1), length));
            }

            Assert.AreEqual(0, server.Respond(Query(1), 500), "no room for the answer");
            byte[] response = Query(1);
            response[2] |= 0x80;
            Assert.AreEqual(0, server.Respond(response, QueryLength), "no query");
            for (int bit = 0; bit < 8 * QueryLength; bit++)
            {
                byte[] message = Query(1);
                message[bit / 8] ^= (byte)(1 << bit % 8);
                int length = server.Respond(message, QueryLength);
                Assert.IsTrue(length == 0 || (length > 12 && length <= QueryLength + 16), "bit " + bit.ToString());
            }
        }

        [TestMethod]
        public void Dhcp_OffersAndGrants()
        {
            DhcpServer server = new DhcpServer(Address());
            byte[] message = Dhcp(1, 7);
            int length = server.Respond(message, 244);
            Assert.IsTrue(length >= 300);
            Assert.AreEqual(2, (int)message[0]);
            Assert.AreEqual(0x44, (int)message[4], "transaction");
            Assert.AreEqual(2, (int)message[19]);
            Assert.AreEqual(192, (int)message[16]);
            AssertOption(message, 53, 2);
            AssertOption(message, 1, 0);
            AssertOption(message, 3, 1);
            AssertOption(message, 6, 1);
            AssertOption(message, 54, 1);

            message = Dhcp(3, 7);
            PutRequested(message, 2);
            Assert.IsTrue(server.Respond(message, 256) >= 300);
            AssertOption(message, 53, 5);
            Assert.AreEqual(2, (int)message[19]);
            AssertOption(message, 51, 88);

            // Renewal by the client's address, then what is not its own.
            message = Dhcp(3, 7);
            message[12] = 192;
            message[13] = 168;
            message[14] = 4;
            message[15] = 2;
            server.Respond(message, 244);
            AssertOption(message, 53, 5);
            message = Dhcp(3, 7);
            PutRequested(message, 3);
            server.Respond(message, 256);
            AssertOption(message, 53, 6);
            Assert.AreEqual(0, (int)message[19]);

            // The choice of another server.
            message = Dhcp(3, 7);
            PutRequested(message, 2);
            message[255] = 9;
            Assert.AreEqual(0, server.Respond(message, 256));
        }

        [TestMethod]
        public void Dhcp_MoreClientsThanAddresses()
        {
            DhcpServer server = new DhcpServer(Address());
            for (int client = 0; client < 6; client++)
            {
                byte[] message = Dhcp(1, (byte)client);
                server.Respond(message, 244);
                Assert.AreEqual((2 + client % DhcpServer.Capacity), (int)message[19]);
                server.Respond(message = Dhcp(1, (byte)client), 244);
                Assert.AreEqual((2 + client % DhcpServer.Capacity), (int)message[19], "keeps it");
            }
        }

        [TestMethod]
        public void Dhcp_DamagedMessages()
        {
            DhcpServer server = new DhcpServer(Address());
            byte[] whole = Dhcp(3, 7);
            PutRequested(whole, 2);
            for (int length = 0; length < 256; length++)
            {
                byte[] message = new byte[DhcpServer.MaxLength];
                Array.Copy(whole, 0, message, 0, length);
                int answer = server.Respond(message, length);
                Assert.IsTrue(answer == 0 || answer >= 300);
                Assert.IsTrue(length >= 243 || answer == 0);
            }

            Assert.AreEqual(0, server.Respond(new byte[DhcpServer.MaxLength], DhcpServer.MaxLength + 1));
            for (int bit = 0; bit < 8 * 256; bit++)
            {
                byte[] message = new byte[DhcpServer.MaxLength];
                Array.Copy(whole, 0, message, 0, 256);
                message[bit / 8] ^= (byte)(1 << bit % 8);
                int answer = server.Respond(message, 256);
                Assert.IsTrue(answer == 0 || answer >= 300);
            }
        }

        private const int QueryLength = 12 + 3 + 4 + 1 + 4;

        private static byte[] Address() { return new byte[] { 192, 168, 4, 1 }; }

        private static byte[] Query(int type)
        {
            byte[] message = new byte[DnsRedirect.MaxLength];
            byte[] query = new byte[] { 0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 97, 98, 3, 99, 111, 109, 0, 0, (byte)type, 0, 1 };
            Array.Copy(query, 0, message, 0, query.Length);
            return message;
        }

        private static byte[] Dhcp(byte type, byte client)
        {
            byte[] message = new byte[DhcpServer.MaxLength];
            byte[] head = new byte[] { 1, 1, 6, 0, 0x44, 1, 2, 3, 0, 9, 0x80, 0 };
            byte[] options = new byte[] { 0x63, 0x82, 0x53, 0x63, 53, 1, type, 255 };
            Array.Copy(head, 0, message, 0, head.Length);
            Array.Copy(options, 0, message, 236, options.Length);
            message[28] = 2;
            message[33] = client;
            return message;
        }

        private static void PutRequested(byte[] message, byte host)
        {
            byte[] options = new byte[] { 50, 4, 192, 168, 4, host, 0, 54, 4, 192, 168, 4, 1 };
            Array.Copy(options, 0, message, 243, options.Length);
        }

        // The last byte of an option's value.
        private static void AssertOption(byte[] message, byte option, byte last)
        {
            int at = 240;
            while (message[at] != option)
            {
                Assert.IsTrue(message[at] != 255, "option missing");
                at += 2 + message[at + 1];
            }

            Assert.AreEqual(last, (int)message[at + 1 + message[at + 1]]);
        }
    }
}
