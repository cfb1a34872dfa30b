using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Sessions and exchanges of one party, at an address of one byte.</summary>
    internal sealed class TestNode
    {
        public TestNode(byte address, uint seed)
            : this(address, seed, 0)
        {
        }

        /// <param name="address">Its address.</param>
        /// <param name="seed">Where its random numbers start.</param>
        /// <param name="sessionId">The first session id that it gives; 0 for a random one.</param>
        public TestNode(byte address, uint seed, int sessionId)
        {
            Address = new byte[] { address };
            Random = new ScriptedRandom(seed);
            if (sessionId != 0)
            {
                Random.Say(new byte[] { (byte)(sessionId - 1), (byte)(sessionId - 1 >> 8), 0, 0 });
            }

            Crypto = new CryptoSuite(Random, null);
            Sessions = new SessionTable(Crypto);
            Exchanges = new ExchangeTable(Crypto, Sessions);
        }

        public byte[] Address { get; }

        public ScriptedRandom Random { get; }

        public CryptoSuite Crypto { get; }

        public SessionTable Sessions { get; }

        public ExchangeTable Exchanges { get; }
    }
}
