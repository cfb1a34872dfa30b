using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>MRP between two nodes on a link that does what it is told.</summary>
    [TestClass]
    public class ReliabilityTests
    {
        private const int Client = 1;
        private const int Server = 2;

        [TestMethod]
        public void QuietRun_ThreeDatagramsAndNoRepetition()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Echo.Ask(session, 40, link.Now);
            link.Run(10000);

            // request; answer with the ack; ack
            Assert.AreEqual(2, link.SentBy(Client));
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(0, link.RepeatedBy(Client) + link.RepeatedBy(Server));
            Assert.AreEqual(1, server.Echo.Requests);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.AreEqual(1, client.Echo.Acks);
            AssertIdle(client, server);

            // Short header, and the protected flags of an answer cannot be told from outside.
            byte[] answer = link.Datagram(Server, 0);
            Assert.AreEqual((byte)0, answer[0]);
            Assert.AreEqual(session.LocalSessionId, answer[1] | answer[2] << 8);
            Assert.AreEqual(8 + 10 + 40 + 16, answer.Length);
        }

        [TestMethod]
        public void ManyRequests_NoRepetition()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            for (int i = 0; i < 50; i++)
            {
                client.Echo.Ask(session, i * 20, link.Now);
                link.Run(i * 7);
            }
            link.Run(10000);
            Assert.AreEqual(50, client.Echo.Answers);
            Assert.AreEqual(100, link.SentBy(Client));
            Assert.AreEqual(50, link.SentBy(Server));
            Assert.AreEqual(0, link.RepeatedBy(Client) + link.RepeatedBy(Server));
            AssertIdle(client, server);
        }

        [TestMethod]
        public void LargestMessage_Fits()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Exchange exchange = client.Exchanges.Open(session, client.Echo);
            OutboxSlot slot = exchange.NewMessage();
            int capacity = slot.PayloadCapacity;
            exchange.Discard(slot);
            exchange.Close();
            client.Echo.Ask(session, capacity, link.Now);
            link.Run(1000);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.AreEqual(Limits.Datagram, link.Datagram(Server, 0).Length);
        }

        [TestMethod]
        public void RequestLost_IsResentByteForByte()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            link.Script(Client, "-");
            client.Echo.Ask(session, 40, link.Now);
            link.Run(10000);

            CollectionAssert.AreEqual(link.Datagram(Client, 0), link.Datagram(Client, 1));
            Assert.AreEqual(1, server.Echo.Requests);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.AreEqual(3, link.SentBy(Client));
            AssertIdle(client, server);
        }

        [TestMethod]
        [DataRow(40)]       // kept in a small slot
        [DataRow(900)]      // kept where it was written
        public void AnswerLost_IsResentByteForByte(int length)
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            link.Script(Server, "-");
            client.Echo.Ask(session, length, link.Now);
            link.Run(10000);

            Assert.AreEqual(1, server.Echo.Requests);
            Assert.AreEqual(1, client.Echo.Answers);
            int last = link.SentBy(Server) - 1;
            CollectionAssert.AreEqual(link.Datagram(Server, 0), link.Datagram(Server, last));
            AssertIdle(client, server);
        }

        [TestMethod]
        public void LastAckLost_IsSentAgainForTheDuplicate()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            link.Script(Client, ".-");
            client.Echo.Ask(session, 40, link.Now);
            link.Run(10000);

            Assert.AreEqual(1, client.Echo.Answers);
            Assert.AreEqual(1, client.Exchanges.DuplicateCount);
            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual(3, link.SentBy(Client));
            Assert.AreEqual(1L, link.SentAt(Client, 2) - link.SentAt(Server, 1));
            AssertIdle(client, server);
        }

        [TestMethod]
        public void NobodyAnswers_FiveTransmissionsThenAborted()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            link.Run(5000);     // the peer is idle by now
            link.Script(Client, "-----");
            client.Echo.Ask(session, 40, link.Now);
            link.Run(30000);

            Assert.AreEqual(Mrp.MaxTransmissions, link.SentBy(Client));
            long interval = 500;
            for (int n = 0; n < 4; n++)
            {
                long waited = link.SentAt(Client, n + 1) - link.SentAt(Client, n);
                Assert.IsTrue(waited >= Mrp.BackoffMs((int)interval, n, 0) && waited <= Mrp.BackoffMs((int)interval, n, 255));
                CollectionAssert.AreEqual(link.Datagram(Client, 0), link.Datagram(Client, n + 1));
            }
            Assert.AreEqual(1, client.Echo.Aborts);
            Assert.AreEqual(MatterError.InvalidState, client.Echo.LastResult);
            Assert.IsTrue(session.IsUnresponsive);
            AssertIdle(client, server);

            // The session is still good when the peer comes back.
            client.Echo.Ask(session, 40, link.Now);
            link.Run(1000);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.IsFalse(session.IsUnresponsive);
        }

        [TestMethod]
        public void ActivePeer_IsAskedAgainSooner()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            session.ActiveIntervalMs = 200;
            session.IdleIntervalMs = 3000;
            session.ActiveThresholdMs = 1000;
            client.Echo.Ask(session, 40, link.Now);
            link.Run(800);
            link.ClearLog();
            link.Script(Client, "-");
            client.Echo.Ask(session, 40, link.Now);
            link.Run(10000);
            long waited = link.SentAt(Client, 1) - link.SentAt(Client, 0);
            Assert.IsTrue(waited >= 220 && waited <= 275);

            link.ClearLog();
            link.Script(Client, "-");
            client.Echo.Ask(session, 40, link.Now);
            link.Run(10000);
            waited = link.SentAt(Client, 1) - link.SentAt(Client, 0);
            Assert.IsTrue(waited >= 3300 && waited <= 4125);
            Assert.AreEqual(3, client.Echo.Answers);
        }

        [TestMethod]
        public void SlowAnswer_IsPrecededByOneStandaloneAckAndCarriesAnother()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.DelayMs = 1000;
            client.Echo.Ask(session, 10, link.Now);
            link.Run(10000);

            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual((long)Mrp.StandaloneAckMs, link.SentAt(Server, 0) - link.SentAt(Client, 0) - 1);
            Assert.AreEqual(8 + 10 + 16, link.Datagram(Server, 0).Length);
            Assert.AreEqual(8 + 10 + 10 + 16, link.Datagram(Server, 1).Length);
            Assert.AreEqual(2, link.SentBy(Client));
            Assert.AreEqual(1, client.Echo.Answers);
            AssertIdle(client, server);
        }

        [TestMethod]
        public void SlowAnswerWithItsAckLost_StillAcknowledges()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.DelayMs = 250;
            link.Script(Server, "-");
            client.Echo.Ask(session, 10, link.Now);
            link.Run(10000);

            // The answer's ack arrives before the request would be sent again.
            Assert.AreEqual(2, link.SentBy(Client));
            Assert.AreEqual(1, client.Echo.Acks);
            Assert.AreEqual(1, client.Echo.Answers);
            AssertIdle(client, server);
        }

        [TestMethod]
        public void AcknowledgeBeforeLongWork_GoesOutAtOnce()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.IsMute = true;
            client.Echo.Ask(session, 10, link.Now);
            link.Run(5);
            server.Echo.Last.Acknowledge(link.Now);
            server.Echo.Last.Acknowledge(link.Now);
            link.Run(10000);
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(1, link.SentBy(Client));
            Assert.AreEqual(1, client.Echo.Acks);
        }

        [TestMethod]
        public void AcknowledgeWithPatience_GoesOutWithTheAnswerOrAfterIt()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Exchanges.AckPatienceMs = 30;
            server.Echo.DelayMs = 25;
            client.Echo.Ask(session, 10, link.Now);
            link.Run(5);
            server.Echo.Last.Acknowledge(link.Now);
            link.Run(10000);
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(1, client.Echo.Answers);

            link.ClearLog();
            server.Echo.DelayMs = 50;
            client.Echo.Ask(session, 10, link.Now);
            link.Run(5);
            long asked = link.Now;
            server.Echo.Last.Acknowledge(asked);
            link.Run(10);
            server.Echo.Last.Acknowledge(link.Now);     // no further delay
            link.Run(10000);
            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual(asked + 30, link.SentAt(Server, 0));
            Assert.AreEqual(2, client.Echo.Answers);
            AssertIdle(client, server);
        }

        [TestMethod]
        public void CloseWithoutAnswer_AcknowledgesAtOnce()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.IsMute = true;
            Exchange exchange = client.Echo.Ask(session, 10, link.Now);
            link.Run(5);
            server.Echo.Last.Close();
            exchange.Close();
            link.Run(5);
            Assert.AreEqual(1, link.SentBy(Server));
            AssertIdle(client, server);
        }

        [TestMethod]
        public void SecondReliableMessage_SendsTheFirstAckAtOnce()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.IsMute = true;
            Exchange exchange = client.Echo.Ask(session, 10, link.Now);
            link.Run(5);
            Assert.AreEqual(0, link.SentBy(Server));
            Assert.AreEqual(MatterError.InvalidState, client.Echo.Say(exchange, EchoProtocol.Note, 3, true, link.Now));
            server.Echo.Last.Acknowledge(link.Now);
            link.Run(5);
            Assert.AreEqual(0, client.Echo.Say(exchange, EchoProtocol.Note, 3, true, link.Now));
            link.Run(5);
            Assert.AreEqual(1, link.SentBy(Server));

            // The client sends another although its last one is not acknowledged: as if it came out of order.
            byte[] second = link.Datagram(Client, 1);
            link.Inject(Client, Server, second);
            link.Run(5);
            Assert.AreEqual(2, link.SentBy(Server));
            link.Run(1000);
            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual(1, server.Echo.Notes);
        }

        [TestMethod]
        public void DuplicateWhileOwingTheAck_IsAcknowledgedOnce()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.IsMute = true;
            link.Script(Client, "2");
            client.Echo.Ask(session, 10, link.Now);
            link.Run(3000);
            Assert.AreEqual(1, server.Echo.Requests);
            Assert.AreEqual(1, server.Exchanges.DuplicateCount);
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(2L, link.SentAt(Server, 0) - link.SentAt(Client, 0));
        }

        [TestMethod]
        public void DuplicateAfterTheExchange_IsAcknowledgedAndDropped()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Echo.Ask(session, 10, link.Now);
            link.Run(1000);
            AssertIdle(client, server);
            link.Inject(Client, Server, link.Datagram(Client, 0));
            link.Run(1000);
            Assert.AreEqual(1, server.Echo.Requests);
            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual(8 + 10 + 16, link.Datagram(Server, 1).Length);
            AssertIdle(client, server);
        }

        [TestMethod]
        public void LateAndDamaged_AreSortedOut()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            link.Script(Client, "lx.");
            client.Echo.Ask(session, 10, link.Now);
            client.Echo.Ask(session, 20, link.Now);
            client.Echo.Ask(session, 30, link.Now);
            link.Run(10000);
            Assert.AreEqual(3, server.Echo.Requests);
            Assert.AreEqual(3, client.Echo.Answers);
            Assert.AreEqual(1, server.Exchanges.UnauthenticatedCount + server.Exchanges.UnknownSessionCount + server.Exchanges.MalformedCount);
            AssertIdle(client, server);
        }

        [TestMethod]
        public void MessageOfNoExchange_IsAcknowledgedAndDropped()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.DelayMs = 500;
            Exchange exchange = client.Echo.Ask(session, 10, link.Now);
            exchange.Close();
            link.Run(300);      // the standalone ack has come: nothing holds the client's exchange any longer
            Assert.AreEqual(0, client.Exchanges.Count);
            link.Run(10000);
            Assert.AreEqual(0, client.Echo.Answers);
            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual(2, link.SentBy(Client));
            AssertIdle(client, server);
        }

        [TestMethod]
        public void OneSession_TakesItsShareOfExchangesOnly()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Session back = server.Sessions.Find(session.PeerSessionId);
            link.Script(Server, "----------");      // the server's own two requests: five transmissions each
            server.Echo.Ask(back, 10, link.Now);
            server.Echo.Ask(back, 10, link.Now);
            link.Run(2500);
            server.Echo.DelayMs = 30000;
            for (int i = 0; i < Limits.ExchangesPerSession; i++) Assert.IsNotNull(client.Echo.Ask(session, 10, link.Now));
            Assert.IsNull(client.Exchanges.Open(session, client.Echo));
            link.Run(100);

            // Three of five found room; the others do when the server has given up.
            Assert.AreEqual(Limits.ExchangesPerSession - 2, server.Echo.Requests);
            Assert.AreEqual(2, server.Exchanges.NoRoomCount);
            link.Run(20000);
            Assert.AreEqual(2, server.Echo.Aborts);
            Assert.AreEqual(Limits.ExchangesPerSession, server.Echo.Requests);
            Assert.AreEqual(0, client.Echo.Aborts);
        }

        [TestMethod]
        public void EverySessionAsksAtOnce_AllAreAnsweredAtOnce()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            int sessions = Limits.Fabrics * Limits.SessionsPerFabric;
            for (int i = 0; i < sessions; i++)
            {
                Session session = TransportNode.Pair(link, Client, client, Server, server, 1 + i / Limits.SessionsPerFabric);
                Assert.IsNotNull(client.Echo.Ask(session, 10, link.Now));
            }
            link.Run(link.LatencyMs);       // the requests are there, no answer is acknowledged
            Assert.AreEqual(sessions, server.Exchanges.Count);
            Assert.AreEqual(0, server.Exchanges.NoRoomCount);
            link.Run(20);
            Assert.AreEqual(sessions, client.Echo.Answers);
        }

        [TestMethod]
        public void AllExchangesTaken_OtherSessionsWaitForRoom()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            server.Echo.IsMute = true;
            int asked = 0;
            Session session = null;
            Exchange[] exchanges = new Exchange[Limits.Exchanges];
            while (asked < Limits.Exchanges)
            {
                if (asked % Limits.ExchangesPerSession == 0) session = TransportNode.Pair(link, Client, client, Server, server, 1);
                exchanges[asked++] = client.Echo.Ask(session, 10, link.Now);
                link.Run(20);
            }
            Assert.AreEqual(Limits.Exchanges, server.Exchanges.Count);
            Exchange accepted = server.Echo.Last;
            link.Run(1000);
            for (int i = 0; i < asked; i++) exchanges[i].Close();
            Assert.AreEqual(0, client.Exchanges.Count);

            session = TransportNode.Pair(link, Client, client, Server, server, 2);
            client.Echo.Ask(session, 10, link.Now);
            link.Run(5);
            Assert.AreEqual(1, server.Exchanges.NoRoomCount);
            Assert.AreEqual(Limits.Exchanges, server.Echo.Requests);
            server.Echo.IsMute = false;
            accepted.Close();
            link.Run(1000);
            Assert.AreEqual(1, client.Echo.Answers);
        }

        [TestMethod]
        public void OutboxFull_RequestWaitsForRoom()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Exchange holder = server.Exchanges.Open(server.Sessions.Find(session.PeerSessionId), server.Echo);
            OutboxSlot[] slots = new OutboxSlot[Limits.FullSlots];
            for (int i = 0; i < slots.Length; i++) slots[i] = holder.NewMessage();
            Assert.IsNull(holder.NewMessage());

            client.Echo.Ask(session, 10, link.Now);
            link.Run(100);
            Assert.AreEqual(1, server.Exchanges.NoRoomCount);
            Assert.AreEqual(0, server.Echo.Requests);
            Assert.AreEqual(0, link.SentBy(Server));
            Assert.AreEqual(1, server.Exchanges.Count);
            for (int i = 0; i < slots.Length; i++) holder.Discard(slots[i]);
            holder.Close();
            link.Run(1000);
            Assert.AreEqual(1, server.Echo.Requests);
            Assert.AreEqual(1, client.Echo.Answers);
            AssertIdle(client, server);
        }

        [TestMethod]
        public void StandaloneAckOfThePeer_DoesNotHastenOurs()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Echo.StaysOpen = true;
            server.Echo.StaysOpen = true;
            Exchange exchange = client.Echo.Ask(session, 10, link.Now);
            link.Run(1000);
            server.Echo.IsMute = true;
            link.ClearLog();

            // Both send at once: the acks cross the messages and go with nothing.
            client.Echo.Say(exchange, EchoProtocol.Note, 1, true, link.Now);
            server.Echo.Say(server.Echo.Last, EchoProtocol.Note, 1, true, link.Now);
            link.Run(1000);
            Assert.AreEqual(2, link.SentBy(Client));
            Assert.AreEqual(2, link.SentBy(Server));
            Assert.AreEqual(1, server.Echo.Notes);
            Assert.AreEqual(1, client.Echo.Notes);
            Assert.AreEqual(0, link.RepeatedBy(Client) + link.RepeatedBy(Server));
        }

        [TestMethod]
        public void UnknownProtocol_IsAcknowledgedAndDropped()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            EchoProtocol other = new EchoProtocol(client.Exchanges).As(0x0002);
            other.Ask(session, 10, link.Now);
            link.Run(100);
            Assert.AreEqual(1, other.Acks);
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(0, server.Echo.Requests);
            Assert.AreEqual(0, server.Exchanges.Count);
        }

        [TestMethod]
        [DataRow(10, 10, 5, 10, 99)]
        [DataRow(30, 20, 5, 20, 85)]
        [DataRow(50, 10, 10, 20, 40)]
        public void ChanceLoss_EveryRequestIsServedAtMostOnceAndEverythingIsGivenBack(int loss, int duplicate, int damage, int late, int leastPercent)
        {
            int asked = 0;
            int answered = 0;
            for (uint seed = 1; seed <= 20; seed++)
            {
                MemoryLink link = Join(out TransportNode client, out TransportNode server);
                Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
                link.LossPercent = loss;
                link.DuplicatePercent = duplicate;
                link.DamagePercent = damage;
                link.LatePercent = late;
                int requests = 0;
                for (int i = 0; i < 40; i++)
                {
                    if (client.Echo.Ask(session, i * 29 % 1100, link.Now) != null) requests++;
                    link.Run((i * 131 + (int)seed * 17) % 400);
                }
                link.Run(60000);
                Assert.IsTrue(server.Echo.Requests <= requests);
                Assert.IsTrue(client.Echo.Answers <= server.Echo.Requests);

                // Whoever is still open had its request acknowledged and waits for an answer that was given up.
                Assert.AreEqual(requests, client.Echo.Answers + client.Echo.Aborts + client.Exchanges.Count);
                Assert.AreEqual(0, server.Exchanges.Count);
                AssertNothingKept(client, server);
                asked += requests;
                answered += client.Echo.Answers;
            }
            Assert.IsTrue(answered * 100 >= asked * leastPercent, answered.ToString() + " of " + asked.ToString());
        }

        private static MemoryLink Join(out TransportNode client, out TransportNode server)
        {
            MemoryLink link = new MemoryLink(7);
            client = new TransportNode(1);
            server = new TransportNode(2);
            Assert.AreEqual(Client, link.Join(client));
            Assert.AreEqual(Server, link.Join(server));
            return link;
        }

        private static void AssertIdle(TransportNode client, TransportNode server)
        {
            Assert.AreEqual(0, client.Exchanges.Count);
            Assert.AreEqual(0, server.Exchanges.Count);
            AssertNothingKept(client, server);
        }

        private static void AssertNothingKept(TransportNode client, TransportNode server)
        {
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, client.Exchanges.Outbox.FreeCount);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, server.Exchanges.Outbox.FreeCount);
        }
    }
}
