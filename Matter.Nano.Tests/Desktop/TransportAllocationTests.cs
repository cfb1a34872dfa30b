using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>After start-up the way of a message through sessions and exchanges allocates nothing.</summary>
    [TestClass]
    public class TransportAllocationTests
    {
        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void RequestAnswerAck_AllocateNothing(bool secure)
        {
            MemoryLink link = new MemoryLink(1);
            TransportNode client = new TransportNode(1);
            TransportNode server = new TransportNode(2);
            link.Join(client);
            link.Join(server);
            Session session = secure
                ? TransportNode.Pair(link, 1, client, 2, server, 1)
                : client.Sessions.OpenUnsecured(link.Address(2), 1, 0);
            EchoProtocol echo = secure ? client.Echo : client.Unsecured;
            byte[] buffer = new byte[Limits.ReceivedDatagram];
            byte[] clientAddress = link.Address(1);
            byte[] serverAddress = link.Address(2);

            const int Rounds = 200;
            long allocated = 0;
            for (int i = 0; i < Rounds * 2; i++)
            {
                if (i == Rounds) allocated = GC.GetAllocatedBytesForCurrentThread();
                long now = i * 1000;
                echo.Ask(session, i % 2 == 0 ? 40 : 1000, now);
                Carry(client, server, buffer, clientAddress, now, i % 5 == 0);
                client.Poll(now + 500);     // resends, where the request was lost
                Carry(client, server, buffer, clientAddress, now + 500, false);
                Carry(server, client, buffer, serverAddress, now + 501, false);
                client.Poll(now + 750);
                Carry(client, server, buffer, clientAddress, now + 750, false);
                server.Poll(now + 999);
            }
            Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - allocated);
            Assert.AreEqual(Rounds * 2, echo.Answers);
        }

        private static void Carry(TransportNode from, TransportNode to, byte[] buffer, byte[] address, long now, bool lost)
        {
            for (OutboxSlot slot = from.Next(); slot != null; slot = from.Next())
            {
                if (lost) continue;
                Array.Copy(slot.Buffer, slot.DatagramOffset, buffer, 0, slot.DatagramLength);
                to.Receive(buffer, slot.DatagramLength, address, address.Length, now);
            }
        }
    }
}
