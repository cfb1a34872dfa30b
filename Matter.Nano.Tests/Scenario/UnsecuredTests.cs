using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Sessions without security: how they are told apart, and what strangers can do.</summary>
    [TestClass]
    public class UnsecuredTests
    {
        private const int Client = 1;
        private const int Server = 2;
        private const int Initiator = ProtocolHeader.InitiatorFlag;
        private const int Reliable = ProtocolHeader.ReliabilityFlag;

        [TestMethod]
        public void RequestAndAnswer_NameTheInitiator()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = client.Sessions.OpenUnsecured(link.Address(Server), 1, link.Now);
            Echo(client).Ask(session, 20, link.Now);
            link.Run(2000);

            byte[] request = link.Datagram(Client, 0);
            byte[] answer = link.Datagram(Server, 0);
            Assert.AreEqual((byte)0x04, request[0]);
            Assert.AreEqual((byte)0x01, answer[0]);
            Assert.AreEqual(16 + 6 + 20, request.Length);
            Assert.AreEqual(16 + 10 + 20, answer.Length);
            for (int i = 1; i < 4; i++) Assert.AreEqual((byte)0, (byte)(request[i] | answer[i]));
            for (int i = 8; i < 16; i++) Assert.AreEqual(request[i], answer[i]);
            Assert.AreEqual(1, Echo(client).Answers);
            Assert.AreEqual(2, link.SentBy(Client));
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(0, client.Exchanges.Count + server.Exchanges.Count);

            // Another initiator has another ephemeral id.
            Session second = client.Sessions.OpenUnsecured(link.Address(Server), 1, link.Now);
            Assert.AreNotEqual(session.LocalNodeId, second.LocalNodeId);
            Assert.AreNotEqual(0ul, second.LocalNodeId);
            Assert.IsTrue(second.LocalNodeId < 0xFFFFFFF000000000);
        }

        [TestMethod]
        public void Loss_IsMadeGood()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = client.Sessions.OpenUnsecured(link.Address(Server), 1, link.Now);
            link.Script(Client, "-.-");
            link.Script(Server, "-");
            Echo(client).Ask(session, 20, link.Now);
            link.Run(20000);
            Assert.AreEqual(1, Echo(server).Requests);
            Assert.AreEqual(1, Echo(client).Answers);
            Assert.AreEqual(0, client.Exchanges.Count + server.Exchanges.Count);
        }

        [TestMethod]
        [DataRow(0x00, Initiator | Reliable, 0)]    // neither source nor destination
        [DataRow(0x05, Initiator | Reliable, 0)]    // both
        [DataRow(0x04, Reliable, 0)]                // not from an initiator
        [DataRow(0x01, Reliable, 0)]                // an answer to a question never asked
        [DataRow(0x04, Initiator | Reliable, 1)]    // the interaction model needs a session
        [DataRow(0x04, Initiator | Reliable, 7)]    // a protocol nobody speaks
        public void WhatOpensNothing_IsDroppedInSilence(int messageFlags, int exchangeFlags, int protocolId)
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            byte[] message = new byte[8 + 8 + 8 + 6];
            message[0] = (byte)messageFlags;
            message[4] = 9;
            int header = 8 + ((messageFlags & 4) != 0 ? 8 : 0) + (messageFlags & 1) * 8;
            for (int i = 8; i < header; i++) message[i] = (byte)i;
            message[header] = (byte)exchangeFlags;
            message[header + 1] = EchoProtocol.Request;
            message[header + 4] = (byte)protocolId;
            byte[] datagram = new byte[header + 6];
            Array.Copy(message, 0, datagram, 0, datagram.Length);
            link.Inject(Client, Server, datagram);
            link.Run(10000);
            Assert.AreEqual(0, link.SentBy(Server));
            Assert.AreEqual(0, server.Echo.Requests + Echo(server).Requests);
            Assert.AreEqual(0, server.Exchanges.Count);
        }

        [TestMethod]
        public void StandaloneAckOfAStranger_OpensNothing()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            byte[] ack = Frame(1, 5, 1, Mrp.StandaloneAckOpcode, Initiator | Reliable);
            link.Inject(Client, Server, ack);
            link.Run(1000);
            Assert.AreEqual(0, link.SentBy(Server));
            Assert.AreEqual(1, server.Exchanges.UnknownSessionCount);
        }

        [TestMethod]
        public void SameEphemeralIdFromElsewhere_IsAnotherSession()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            int third = link.Join(new TransportNode(3));
            Echo(server).IsMute = true;
            link.Inject(Client, Server, Frame(1, 5, 1, EchoProtocol.Request, Initiator | Reliable));
            link.Run(5);
            Exchange first = Echo(server).Last;
            link.Inject(third, Server, Frame(1, 6, 1, EchoProtocol.Request, Initiator | Reliable));
            link.Run(5);
            Assert.AreEqual(2, Echo(server).Requests);
            Assert.AreNotSame(first.Session, Echo(server).Last.Session);
            Assert.AreEqual((byte)Client, first.Session.PeerAddress[0]);
            Assert.AreEqual((byte)third, Echo(server).Last.Session.PeerAddress[0]);
        }

        [TestMethod]
        public void RestartedPeer_MayBeginWithASmallerCounter()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            link.Inject(Client, Server, Frame(1, 5000, 1, EchoProtocol.Request, Initiator));
            link.Run(5);
            link.Inject(Client, Server, Frame(1, 4990, 2, EchoProtocol.Request, Initiator));
            link.Run(5);
            link.Inject(Client, Server, Frame(1, 4990, 2, EchoProtocol.Request, Initiator));
            link.Run(5);
            Assert.AreEqual(2, Echo(server).Requests);      // inside the window: new once
            link.Inject(Client, Server, Frame(1, 17, 3, EchoProtocol.Request, Initiator));
            link.Run(5);
            Assert.AreEqual(3, Echo(server).Requests);
        }

        [TestMethod]
        public void AnswerOvertakenByItsAck_StillArrives()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            link.Script(Client, "2");
            link.Script(Server, "l");
            Echo(client).Ask(client.Sessions.OpenUnsecured(link.Address(Server), 1, link.Now), 20, link.Now);
            link.Run(20);
            Assert.AreEqual(2, link.SentBy(Server), "the answer, and an ack for the duplicate");
            Assert.AreEqual(0, Echo(client).Answers);
            link.Run(1000);
            Assert.AreEqual(1, Echo(client).Answers);
            Assert.AreEqual(1, Echo(server).Requests);
        }

        [TestMethod]
        public void Flood_NeverTakesARunningHandshakeNorASession()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session secured = TransportNode.Pair(link, Client, client, Server, server, 1);

            // A handshake is under way: its exchange is open at both ends.
            Session handshake = client.Sessions.OpenUnsecured(link.Address(Server), 1, link.Now);
            Echo(server).IsMute = true;
            Exchange exchange = Echo(client).Ask(handshake, 10, link.Now);
            link.Run(300);
            Exchange accepted = Echo(server).Last;
            int generation = accepted.Generation;
            Echo(server).IsMute = false;

            // Strangers ask from everywhere, get reliable answers and never acknowledge them.
            for (uint stranger = 0; stranger < 500; stranger++)
            {
                link.Inject(Client, Server, Frame(1000 + stranger, 1, 1, EchoProtocol.Request, Initiator | Reliable));
                link.Run(3);
                if (stranger % 50 == 0) client.Echo.Ask(secured, 100, link.Now);
            }
            link.Run(100);
            Assert.AreEqual(500, Echo(server).Requests - 1);
            Assert.AreEqual(10, client.Echo.Answers);
            Assert.AreEqual(generation, accepted.Generation);

            // The handshake goes on.
            Assert.AreEqual(0, Echo(server).Say(accepted, EchoProtocol.Answer, 10, true, link.Now));
            link.Run(5000);
            Assert.AreEqual(1, Echo(client).Answers);
            Assert.IsNull(exchange.Session);
            link.Run(30000);
            accepted.Close();
            Assert.AreEqual(0, server.Exchanges.Count);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, server.Exchanges.Outbox.FreeCount);
        }

        [TestMethod]
        public void AllHandshakesRunning_NextStrangerIsNotHeard()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Echo(server).IsMute = true;
            for (uint stranger = 0; stranger < Limits.UnsecuredSessions; stranger++)
            {
                link.Inject(Client, Server, Frame(1000 + stranger, 1, 1, EchoProtocol.Request, Initiator));
            }
            link.Run(5);
            Exchange last = Echo(server).Last;
            link.Inject(Client, Server, Frame(5000, 1, 1, EchoProtocol.Request, Initiator));
            link.Run(5);
            Assert.AreEqual(Limits.UnsecuredSessions, Echo(server).Requests);
            Assert.AreEqual(1, server.Exchanges.NoRoomCount);
            Assert.IsNull(server.Sessions.OpenUnsecured(link.Address(Client), 1, link.Now));

            // One is over, and the same stranger is heard.
            last.Close();
            link.Inject(Client, Server, Frame(5000, 1, 1, EchoProtocol.Request, Initiator));
            link.Run(5);
            Assert.AreEqual(Limits.UnsecuredSessions + 1, Echo(server).Requests);
        }

        [TestMethod]
        public void ExchangesOnUnsecuredSessions_AreLimitedTogether()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Echo(server).IsMute = true;
            for (int id = 0; id < Limits.UnsecuredExchanges + 3; id++)
            {
                link.Inject(Client, Server, Frame(1000, (uint)id + 1, id, EchoProtocol.Request, Initiator));
                link.Run(5);
            }
            Assert.AreEqual(Limits.UnsecuredExchanges, Echo(server).Requests);
            Assert.AreEqual(Limits.UnsecuredExchanges, server.Exchanges.Count);
        }

        [TestMethod]
        public void AnyBytes_NeverThrowAndLeaveNothing()
        {
            SeededRandom random = new SeededRandom(77);
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            byte[] peer = new byte[] { 1 };
            byte[] good = Frame(1, 5, 1, EchoProtocol.Note, Initiator);
            for (int i = 0; i < 3000; i++)
            {
                byte[] message = new byte[1280];
                int length = (int)(random.Next() % 80);
                int valid = (int)(random.Next() % 23);
                random.Fill(message, 0, length);
                Array.Copy(good, 0, message, 0, valid);
                if (valid > 17) message[17] = EchoProtocol.Note;
                server.Exchanges.Receive(message, length, peer, 1, i);
                while (server.Exchanges.Outbox.Next() != null) { }
            }
            long now = 3000;
            while (now < 100000)
            {
                now += 100;
                server.Exchanges.Poll(now);
                while (server.Exchanges.Outbox.Next() != null) { }
            }
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, server.Exchanges.Outbox.FreeCount);
            Assert.IsTrue(server.Exchanges.Count <= Limits.UnsecuredExchanges);
            server.Exchanges.Receive(new byte[100], 100, new byte[40], 40, now);    // an address too long
            server.Exchanges.Receive(new byte[0], 0, peer, 1, now);
        }

        // A message of a stranger whose ephemeral id is a number.
        private static byte[] Frame(uint nodeId, uint counter, int exchangeId, int opcode, int flags)
        {
            byte[] frame = new byte[16 + 6];
            int end = ProtocolHeader.Prepend(frame, frame.Length, flags, opcode, exchangeId, ProtocolHeader.SecureChannel, 0);
            MessageHeader.Prepend(frame, end, 0, counter, MessageHeader.SourceFlag, nodeId);
            return frame;
        }

        private static EchoProtocol Echo(TransportNode node) { return node.Unsecured; }

        private static MemoryLink Join(out TransportNode client, out TransportNode server)
        {
            MemoryLink link = new MemoryLink(7);
            client = new TransportNode(1);
            server = new TransportNode(2);
            Assert.AreEqual(Client, link.Join(client));
            Assert.AreEqual(Server, link.Join(server));
            return link;
        }
    }
}
