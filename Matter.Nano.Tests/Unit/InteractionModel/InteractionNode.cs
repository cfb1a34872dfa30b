using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests
{
    /// <summary>Sessions and exchanges without protocols.</summary>
    internal class InteractionNode : ILinkEnd
    {
        public InteractionNode(uint seed)
        {
            Crypto = new CryptoSuite(new SeededRandom(seed), null);
            Sessions = new SessionTable(Crypto);
            Exchanges = new ExchangeTable(Crypto, Sessions);
        }

        public CryptoSuite Crypto { get; }

        public SessionTable Sessions { get; }

        public ExchangeTable Exchanges { get; }

        /// <summary>Its number on the link.</summary>
        public int End { get; set; }

        public InteractionClient Client { get; set; }

        public OutboxSlot Next() { return Exchanges.Outbox.Next(); }

        public virtual void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Exchanges.Receive(buffer, length, peer, peerLength, now);
        }

        /// <summary>Being polled takes a millisecond: whoever wants to be called again at once is called then.</summary>
        public virtual long Poll(long now)
        {
            long next = Exchanges.Poll(now);
            return next <= now ? now + 1 : next;
        }
    }
}
