using Matter.Nano.Crypto;
using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>
    /// The message layer's way in and out: takes datagrams apart, finds session and exchange, keeps MRP's promises, hands
    /// messages to the protocols.
    /// </summary>
    public sealed class ExchangeTable
    {
        /// <summary>Creates the rows.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="sessions">The node's sessions.</param>
        public ExchangeTable(CryptoSuite crypto, SessionTable sessions) { }

        /// <summary>What is to be sent.</summary>
        public Outbox Outbox { get { return null; } }

        /// <summary>Adds a protocol; at start-up only.</summary>
        /// <param name="handler">The protocol.</param>
        public void Register(ProtocolHandler handler) { }

        /// <summary>Takes in one datagram, decrypting it in place. Anything invalid is dropped in silence.</summary>
        /// <param name="buffer">Holds the datagram; overwritten.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="peer">The sender's address.</param>
        /// <param name="peerLength">Its length in bytes.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now) { }

        /// <summary>Opens an exchange as initiator.</summary>
        /// <param name="session">An active session.</param>
        /// <param name="handler">The protocol that gets the answers.</param>
        /// <returns>The exchange, or null if all rows are taken.</returns>
        public Exchange Open(Session session, ProtocolHandler handler) { return null; }

        /// <summary>Resends, standalone acks, timeouts, then each protocol's Poll.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest.</returns>
        public long Poll(long now) { return long.MaxValue; }
    }
}
