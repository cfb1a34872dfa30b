using System.Reflection;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A session ends before its message counter wraps. The counter is set by force: nobody sends 2^32 messages in a test.</summary>
    [TestClass]
    public class CounterExhaustionTests
    {
        [TestMethod]
        [DataRow(true)]     // the side that asks: request and ack are one counter each
        [DataRow(false)]    // the side that answers: one counter each time
        public void SpentSession_IsClosedAndThePeerTold(bool asking)
        {
            MemoryLink link = new MemoryLink(1);
            TransportNode client = new TransportNode(1);
            TransportNode server = new TransportNode(2);
            link.Join(client);
            link.Join(server);
            Session session = TransportNode.Pair(link, 1, client, 2, server, 1);
            Session spent = asking ? session : server.Sessions.Find(session.PeerSessionId);
            Counter.SetValue(spent, asking ? 0xFFFFFEFC : 0xFFFFFEFE);
            for (int i = 1; i <= 3; i++)
            {
                client.Echo.Ask(session, 10, link.Now);
                link.Run(100);
                Assert.AreEqual(i < 2 ? 1 : 2, client.Echo.Answers);
            }
            Assert.IsFalse(spent.IsActive);
            Assert.AreEqual(1, server.Unsecured.Notes + client.Unsecured.Notes);
        }

        [TestMethod]
        public void FirstCounter_IsRandomFrom1To2Pow28()
        {
            SessionTable sessions = new TransportNode(3).Sessions;
            uint least = 0xFFFFFFFF;
            uint most = 0;
            for (int i = 0; i < 2000; i++)
            {
                Session session = sessions.Reserve(0, 0);
                uint counter = (uint)Counter.GetValue(session);
                least = counter < least ? counter : least;
                most = counter > most ? counter : most;
                sessions.Close(session, 0);
            }
            Assert.IsTrue(least >= 1 && least < 0x00400000);
            Assert.IsTrue(most <= 0x10000000 && most > 0x0FC00000);
        }

        private static PropertyInfo Counter
        {
            get { return typeof(Session).GetProperty("NextCounter", BindingFlags.Instance | BindingFlags.NonPublic); }
        }
    }
}
