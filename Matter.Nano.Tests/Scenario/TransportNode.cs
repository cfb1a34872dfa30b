using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests
{
    /// <summary>A node that consists of sessions and exchanges only.</summary>
    internal sealed class TransportNode : ILinkEnd
    {
        public TransportNode(uint seed)
        {
            Crypto = new CryptoSuite(new SeededRandom(seed), null);
            Sessions = new SessionTable(Crypto);
            Exchanges = new ExchangeTable(Crypto, Sessions);
            Echo = new EchoProtocol(Exchanges);
            Exchanges.Register(Echo);
            Unsecured = new EchoProtocol(Exchanges).As(ProtocolHeader.SecureChannel);
            Exchanges.Register(Unsecured);
        }

        public CryptoSuite Crypto { get; }

        public SessionTable Sessions { get; }

        public ExchangeTable Exchanges { get; }

        /// <summary>In the place of the interaction model.</summary>
        public EchoProtocol Echo { get; }

        /// <summary>In the place of Secure Channel, the only one that unsecured sessions carry.</summary>
        public EchoProtocol Unsecured { get; }

        /// <summary>Makes a CASE session between two nodes on a link, as a handshake would; answers the one of <paramref name="client"/>.</summary>
        public static Session Pair(MemoryLink link, int clientEnd, TransportNode client, int serverEnd, TransportNode server, int fabricIndex)
        {
            return Pair(link, clientEnd, client, serverEnd, server, SessionType.Case, fabricIndex, 0x1000 + (ulong)clientEnd);
        }

        public static Session Pair(
            MemoryLink link, int clientEnd, TransportNode client, int serverEnd, TransportNode server, int type, int fabricIndex, ulong clientNodeId)
        {
            ulong clientId = type == SessionType.Case ? clientNodeId : 0;
            ulong serverId = type == SessionType.Case ? 0x2000 + (ulong)serverEnd : 0;
            byte[] keys = new byte[Session.KeysLength];
            client.Crypto.Random.Fill(keys, 0, keys.Length);
            Session clientHandshake = client.Sessions.OpenUnsecured(link.Address(serverEnd), 1, link.Now);
            Session serverHandshake = server.Sessions.OpenUnsecured(link.Address(clientEnd), 1, link.Now);
            Session clientSession = client.Sessions.Reserve(fabricIndex, link.Now);
            Session serverSession = server.Sessions.Reserve(fabricIndex, link.Now);
            clientSession.Establish(type, true, clientHandshake, serverSession.LocalSessionId, keys, 0, fabricIndex, clientId, serverId, link.Now);
            serverSession.Establish(type, false, serverHandshake, clientSession.LocalSessionId, keys, 0, fabricIndex, serverId, clientId, link.Now);
            client.Sessions.Close(clientHandshake, link.Now);
            server.Sessions.Close(serverHandshake, link.Now);
            return clientSession;
        }

        public OutboxSlot Next() { return Exchanges.Outbox.Next(); }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Exchanges.Receive(buffer, length, peer, peerLength, now);
        }

        public long Poll(long now) { return Exchanges.Poll(now); }
    }
}
