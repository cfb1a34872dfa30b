using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Sessions and exchanges of one party to a handshake.</summary>
    internal sealed class TestNode : ILinkEnd
    {
        /// <summary>What a Poll costs at least in virtual time, so that computations take theirs.</summary>
        public const int PollMs = 2;

        public TestNode(uint seed, int sessionId)
        {
            Random = new ScriptedRandom(seed);
            if (sessionId != 0)
            {
                Random.Say(new byte[] { (byte)(sessionId - 1), (byte)(sessionId - 1 >> 8), 0, 0 });
            }

            Crypto = new CryptoSuite(Random, null);
            Sessions = new SessionTable(Crypto);
            Exchanges = new ExchangeTable(Crypto, Sessions);
        }

        public ScriptedRandom Random { get; }

        public CryptoSuite Crypto { get; }

        public SessionTable Sessions { get; }

        public ExchangeTable Exchanges { get; }

        /// <summary>Polls so far.</summary>
        public int Polls { get; private set; }

        public OutboxSlot Next()
        {
            return Exchanges.Outbox.Next();
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Exchanges.Receive(buffer, length, peer, peerLength, now);
        }

        public long Poll(long now)
        {
            Polls++;
            long next = Exchanges.Poll(now);
            return next < now + PollMs ? now + PollMs : next;
        }
    }
}
