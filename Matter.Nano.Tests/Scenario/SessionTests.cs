using Matter.Nano.Exchanges;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Sessions: their rows, who makes room, how they end, what of them can be replayed.</summary>
    [TestClass]
    public class SessionTests
    {
        private const int Client = 1;
        private const int Server = 2;

        [TestMethod]
        public void Reserve_IdsAreDifferentAndNeverZero()
        {
            SessionTable sessions = new TransportNode(5).Sessions;
            bool[] seen = new bool[0x10000];
            Session first = sessions.Reserve(0, 0);
            for (int i = 0; i < 0xFFFE; i++)
            {
                Session session = sessions.Reserve(0, 0);
                Assert.IsTrue(session.LocalSessionId > 0 && session.LocalSessionId <= 0xFFFF);
                Assert.AreNotEqual(first.LocalSessionId, session.LocalSessionId);
                Assert.IsFalse(seen[session.LocalSessionId]);
                seen[session.LocalSessionId] = true;
                sessions.Close(session, 0);
            }
        }

        [TestMethod]
        public void Reserve_AllRowsReserved_IsRefused()
        {
            SessionTable sessions = new TransportNode(5).Sessions;
            for (int i = 0; i < Limits.SecureSessions; i++)
            {
                Assert.IsNotNull(sessions.Reserve(0, 0));
            }
            Assert.IsNull(sessions.Reserve(0, 0));
        }

        [TestMethod]
        public void Establish_OnlyWhatIsReserved()
        {
            SessionTable sessions = new TransportNode(5).Sessions;
            Session handshake = sessions.OpenUnsecured(new byte[] { 1 }, 1, 0);
            Session session = sessions.Reserve(0, 0);
            sessions.Close(session, 0);
            Assert.AreEqual(
                MatterError.InvalidState, session.Establish(SessionType.Case, false, handshake, 5, new byte[48], 0, 1, 2, 3, 0));
            Assert.IsFalse(session.IsActive);
        }

        [TestMethod]
        public void Close_WipesTheRowAndOutdatesHandles()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            session.CaseAuthenticatedTags[1] = 0x00010001;
            int generation = session.Generation;
            int id = session.LocalSessionId;
            client.Sessions.Close(session, link.Now);

            Assert.AreNotEqual(generation, session.Generation);
            Assert.IsFalse(session.IsActive);
            Assert.IsNull(client.Sessions.Find(id));
            Assert.AreEqual(SessionType.None, session.Type);
            Assert.AreEqual(0ul, session.PeerNodeId);
            Assert.AreEqual(0u, session.CaseAuthenticatedTags[1]);
            for (int i = 0; i < Session.KeysLength; i++) Assert.AreEqual((byte)0, session.Keys[i]);
            Assert.IsNull(client.Exchanges.Open(session, client.Echo));
        }

        [TestMethod]
        public void Close_TellsThePeerOnceAndUnreliably()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Sessions.Close(session, link.Now);
            client.Sessions.Close(session, link.Now);
            link.Run(30000);
            Assert.AreEqual(1, link.SentBy(Client));
            Assert.AreEqual(8 + 6 + 8 + 16, link.Datagram(Client, 0).Length);
            Assert.AreEqual(0, link.SentBy(Server));
            Assert.AreEqual(1, server.Unsecured.Notes);
        }

        [TestMethod]
        public void Close_OfAPaseSession_TellsNobody()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            session.Type = SessionType.Pase;
            client.Sessions.Close(session, link.Now);
            link.Run(1000);
            Assert.AreEqual(0, link.SentBy(Client));
            Assert.IsFalse(session.IsActive);
        }

        [TestMethod]
        public void Discard_TellsNobody()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Sessions.Discard(session, link.Now);
            link.Run(1000);
            Assert.AreEqual(0, link.SentBy(Client));
        }

        [TestMethod]
        public void Close_AbortsExchangesAndTellsListeners()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Session other = TransportNode.Pair(link, Client, client, Server, server, 2);
            CountingListener listener = new CountingListener();
            client.Sessions.AddListener(listener);
            server.Echo.IsMute = true;
            Exchange first = client.Echo.Ask(session, 10, link.Now);
            client.Echo.Ask(session, 10, link.Now);
            Exchange kept = client.Echo.Ask(other, 10, link.Now);
            link.Run(10);
            int generation = first.Generation;
            client.Sessions.Close(session, link.Now);

            Assert.AreEqual(2, client.Echo.Aborts);
            Assert.AreEqual(MatterError.InvalidState, client.Echo.LastResult);
            Assert.AreEqual(1, listener.Calls);
            Assert.AreEqual(1, listener.LastFabric);
            Assert.AreNotEqual(generation, first.Generation);
            Assert.IsNull(first.Session);
            Assert.AreSame(other, kept.Session);
            Assert.AreEqual(1, client.Exchanges.Count);
        }

        [TestMethod]
        public void CloseInTheMiddleOfAnAnswer_TheAnswerStillGoesOut()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            server.Echo.ClosesSession = server.Sessions;
            client.Echo.Ask(session, 10, link.Now);
            link.Run(1000);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.AreEqual(1, server.Echo.Aborts);     // the exchange was open when its session went
            Assert.AreEqual(0, server.Exchanges.Count);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, server.Exchanges.Outbox.FreeCount);
        }

        [TestMethod]
        public void CloseFabric_TheSessionInUseGoesLastAndItsAnswerIsResent()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Session sibling = TransportNode.Pair(link, Client, client, Server, server, 1);
            Session other = TransportNode.Pair(link, Client, client, Server, server, 2);
            server.Echo.DelayMs = 50;
            client.Echo.Ask(session, 10, link.Now);
            link.Run(10);
            Session serverSession = server.Echo.Last.Session;
            link.Script(Server, ".-");      // CloseSession of the sibling arrives, the answer does not
            server.Sessions.CloseFabric(1, serverSession, link.Now);
            Assert.IsTrue(serverSession.IsActive);
            Assert.AreEqual(2, ActiveCount(server));

            // No new exchange on a session that is on its way out.
            client.Echo.Ask(session, 10, link.Now);
            link.Run(200);
            Assert.AreEqual(1, server.Echo.Requests);
            Assert.IsTrue(serverSession.IsActive);
            link.Run(20000);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.IsFalse(serverSession.IsActive);
            Assert.AreEqual(1, ActiveCount(server));
            Assert.IsTrue(sibling.IsActive && other.IsActive);
            Assert.AreEqual(0, server.Exchanges.Count);
        }

        [TestMethod]
        public void CloseWhenDone_WithoutExchange_ClosesAtOnce()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Sessions.CloseWhenDone(session, link.Now);
            Assert.IsFalse(session.IsActive);
        }

        [TestMethod]
        public void ClosePase_LeavesCaseAndTheExceptedOne()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session first = TransportNode.Pair(link, Client, client, Server, server, SessionType.Pase, 0, 0);
            Session second = TransportNode.Pair(link, Client, client, Server, server, SessionType.Pase, 0, 0);
            Session third = TransportNode.Pair(link, Client, client, Server, server, 1);
            client.Sessions.ClosePase(second, link.Now);
            Assert.IsFalse(first.IsActive);
            Assert.IsTrue(second.IsActive && third.IsActive);
        }

        [TestMethod]
        public void Pase_WorksBothWays()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, SessionType.Pase, 0, 0);
            client.Echo.Ask(session, 10, link.Now);
            link.Run(100);
            server.Echo.Ask(server.Sessions.Find(session.PeerSessionId), 10, link.Now);
            link.Run(100);
            Assert.AreEqual(1, client.Echo.Answers);
            Assert.AreEqual(1, server.Echo.Answers);
        }

        [TestMethod]
        public void Eviction_FabricWithMostSessionsThenPeerWithMostThenLongestUnheard()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session[] small = new Session[5];
            for (int i = 0; i < 5; i++) small[i] = Accept(link, client, server, SessionType.Case, 1, 0x50);
            Session[] large = new Session[Limits.SecureSessions - 5];
            for (int i = 0; i < large.Length; i++)
            {
                link.Run(10);
                large[i] = Accept(link, client, server, SessionType.Case, 2, i < 3 ? 0x60ul : i < 8 ? 0x70ul : 0x80ul + (ulong)i);
            }

            // Fabric 2 has most; there 0x70 with five. Its first one was unheard longest.
            AssertEvicts(server, large[3], 0, link.Now);
            AssertEvicts(server, large[4], 0, link.Now);

            // Now 0x60 and 0x70 have three each: whoever does not answer, then the longest unheard.
            AssertEvicts(server, large[0], 0, link.Now);
            AssertEvicts(server, large[5], 0, link.Now);
        }

        [TestMethod]
        public void Eviction_AtATieTheFabricThatAsksMakesRoom()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session[] rows = new Session[16];
            for (int i = 0; i < 16; i++)
            {
                link.Run(1);
                rows[i] = Accept(link, client, server, SessionType.Case, 1 + i % 4, (ulong)i + 1);
            }
            Assert.IsNotNull(server.Sessions.Reserve(0, link.Now));
            AssertEvicts(server, rows[2], 3, link.Now);
            AssertEvicts(server, rows[0], 3, link.Now);     // fabric 3 is smaller now
        }

        [TestMethod]
        public void Eviction_UnresponsivePeerGoesFirst()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session[] rows = new Session[Limits.SecureSessions];
            for (int i = 0; i < rows.Length; i++)
            {
                link.Run(1);
                rows[i] = Accept(link, client, server, SessionType.Case, 1, (ulong)i + 1);
            }
            link.Script(Server, "-----");
            server.Echo.Ask(rows[9], 10, link.Now);
            link.Run(60000);
            AssertEvicts(server, rows[9], 1, link.Now);
        }

        [TestMethod]
        public void Eviction_NeverASessionWithAnExchange_PaseLast()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session pase = Accept(link, client, server, SessionType.Pase, 0, 0);
            Session[] rows = new Session[Limits.SecureSessions - 1];
            for (int i = 0; i < rows.Length; i++)
            {
                link.Run(1);
                rows[i] = Accept(link, client, server, SessionType.Case, 1 + i % 5, (ulong)i + 1);
            }
            for (int i = 0; i < 3; i++) Assert.IsNotNull(server.Exchanges.Open(rows[i], server.Echo));
            for (int i = 3; i < rows.Length; i++)
            {
                Assert.IsNotNull(server.Sessions.Reserve(1, link.Now));
                Assert.IsTrue(pase.IsActive);
            }
            for (int i = 0; i < rows.Length; i++) Assert.AreEqual(i < 3, rows[i].IsActive && rows[i].Type == SessionType.Case);
            Assert.AreSame(pase, server.Sessions.Reserve(1, link.Now));
            Assert.IsNull(server.Sessions.Reserve(1, link.Now));
        }

        [TestMethod]
        public void Eviction_TellsThePeer()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            for (int i = 0; i < Limits.SecureSessions - 1; i++) Assert.IsNotNull(server.Sessions.Reserve(1, link.Now));
            Assert.AreEqual(1, ActiveCount(server));
            Assert.IsNotNull(server.Sessions.Reserve(1, link.Now));
            link.Run(10);
            Assert.AreEqual(1, link.SentBy(Server));
            Assert.AreEqual(1, client.Unsecured.Notes);
            Assert.AreEqual(session.LocalSessionId, link.Datagram(Server, 0)[1] | link.Datagram(Server, 0)[2] << 8);
        }

        [TestMethod]
        public void AnyPlaintextOfAnAuthenticPeer_NeverThrowsAndLeavesNothing()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            SeededRandom random = new SeededRandom(5);
            MessageSecurity security = new MessageSecurity(client.Crypto.AesCcm);
            byte[] message = new byte[Limits.ReceivedDatagram];
            long now = link.Now;
            for (uint counter = 0x20000000; counter < 0x20000000 + 1000; counter++)
            {
                int length = 24 + (int)(random.Next() % 24);
                random.Fill(message, 24, length - 24);
                if ((counter & 3) != 0) message[25] = EchoProtocol.Note;
                if ((counter & 4) != 0)
                {
                    message[26] = (byte)(counter & 1);      // few exchanges
                    message[27] = 0;
                    message[28] = 1;
                    message[29] = 0;
                    message[24] &= 0x07;
                }
                if (message[25] == EchoProtocol.Request || message[25] == EchoProtocol.Answer) message[25] = EchoProtocol.Note;

                // With source and destination in the header, as some controllers have it.
                message[0] = 0x05;
                message[1] = (byte)session.PeerSessionId;
                message[2] = (byte)(session.PeerSessionId >> 8);
                message[3] = 0;
                for (int i = 0; i < 4; i++) message[4 + i] = (byte)(counter >> 8 * i);
                for (int i = 8; i < 24; i++) message[i] = (byte)i;
                length = security.Seal(message, 0, 24, length, session.Keys, 0, session.LocalNodeId);
                server.Exchanges.Receive(message, length, link.Address(Client), 1, now++);
                server.Exchanges.Poll(now);
                while (server.Exchanges.Outbox.Next() != null)
                {
                }
            }
            Assert.AreEqual(0, server.Exchanges.UnauthenticatedCount);
            Assert.IsTrue(server.Echo.Notes > 100);
            server.Sessions.CloseFabric(1, null, now);
            while (server.Exchanges.Outbox.Next() != null)
            {
            }
            Assert.AreEqual(0, server.Exchanges.Count);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, server.Exchanges.Outbox.FreeCount);
        }

        [TestMethod]
        public void Address_FollowsTheLastNewMessage()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            TransportNode elsewhere = new TransportNode(9);
            int third = link.Join(elsewhere);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Session serverSession = server.Sessions.Find(session.PeerSessionId);
            client.Echo.Ask(session, 10, link.Now);
            link.Run(100);
            byte[] old = link.Datagram(Client, 0);

            // A replay does not move the session, a wrong tag neither.
            link.Inject(third, Server, old);
            old[old.Length - 1] ^= 1;
            link.Inject(third, Server, old);
            link.Run(10);
            Assert.AreEqual((byte)Client, serverSession.PeerAddress[0]);

            // A new message from the new place does.
            link.Script(Client, "-");
            client.Echo.Ask(session, 10, link.Now);
            link.Run(1);
            link.Inject(third, Server, link.Datagram(Client, 2));
            link.Run(10);
            Assert.AreEqual((byte)third, serverSession.PeerAddress[0]);
        }

        [TestMethod]
        public void Replay_NothingIsAnsweredButAnAck()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Session second = TransportNode.Pair(link, Client, client, Server, server, 1);
            for (int i = 0; i < 40; i++)
            {
                client.Echo.Ask(session, 10, link.Now);
                link.Run(10);
            }
            int sent = link.SentBy(Client);
            int answered = link.SentBy(Server);

            // On the session itself: the requests get an ack, the acks nothing.
            for (int i = 0; i < sent; i++)
            {
                link.Inject(Client, Server, link.Datagram(Client, i));
                link.Run(5);
            }
            Assert.AreEqual(40, server.Echo.Requests);
            Assert.AreEqual(answered + 40, link.SentBy(Server));
            for (int i = answered; i < answered + 40; i++) Assert.AreEqual(8 + 10 + 16, link.Datagram(Server, i).Length);

            // On another session, and after the end of both: nothing at all.
            answered = link.SentBy(Server);
            for (int i = 0; i < sent; i++)
            {
                byte[] moved = link.Datagram(Client, i);
                moved[1] = (byte)second.PeerSessionId;
                moved[2] = (byte)(second.PeerSessionId >> 8);
                link.Inject(Client, Server, moved);
                link.Run(5);
            }
            Assert.AreEqual(sent, server.Exchanges.UnauthenticatedCount);
            server.Sessions.CloseFabric(1, null, link.Now);
            link.Run(5);
            answered += 2;
            for (int i = 0; i < sent; i++)
            {
                link.Inject(Client, Server, link.Datagram(Client, i));
                link.Run(5);
            }
            Assert.AreEqual(sent, server.Exchanges.UnknownSessionCount);
            Assert.AreEqual(answered, link.SentBy(Server));
            Assert.AreEqual(40, server.Echo.Requests);
        }

        [TestMethod]
        public void TwoNodes_ShareNothing()
        {
            MemoryLink link = Join(out TransportNode client, out TransportNode server);
            Session session = TransportNode.Pair(link, Client, client, Server, server, 1);
            Assert.IsNull(new TransportNode(1).Sessions.Find(session.LocalSessionId));
            client.Sessions.Close(session, link.Now);
            Assert.AreEqual(1, ActiveCount(server));
        }

        private static Session Accept(MemoryLink link, TransportNode client, TransportNode server, int type, int fabricIndex, ulong nodeId)
        {
            // The client's row is of no interest and makes room for the next.
            Session session = TransportNode.Pair(link, Client, client, Server, server, type, fabricIndex, nodeId);
            Session accepted = server.Sessions.Find(session.PeerSessionId);
            client.Sessions.Discard(session, link.Now);
            return accepted;
        }

        private static void AssertEvicts(TransportNode node, Session victim, int fabricIndex, long now)
        {
            int generation = victim.Generation;
            Assert.AreSame(victim, node.Sessions.Reserve(fabricIndex, now));
            Assert.AreNotEqual(generation, victim.Generation);
        }

        private static int ActiveCount(TransportNode node)
        {
            int count = 0;
            for (int i = 0; i < node.Sessions.Capacity; i++)
            {
                if (node.Sessions.GetRow(i).IsActive) count++;
            }
            return count;
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

        private sealed class CountingListener : ISessionListener
        {
            public int Calls;
            public int LastFabric;

            public void SessionClosing(Session session, bool tellPeer, long now)
            {
                Calls++;
                LastFabric = session.FabricIndex;
            }
        }
    }
}
