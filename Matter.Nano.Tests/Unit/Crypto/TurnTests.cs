using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class TurnTests
    {
        [TestMethod]
        public void WhoIsAlone_HasEveryTurn_ButOne()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            for (int poll = 0; poll < 5; poll++)
            {
                crypto.BeginTurn();
                Assert.IsTrue(crypto.TakeTurn(2), poll.ToString());
                Assert.IsFalse(crypto.TakeTurn(2), poll.ToString());
            }
        }

        [TestMethod]
        public void Several_TakeTurns()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            int[] who = { 0, 1, 5, 30 };
            int[] turns = new int[who.Length];
            for (int poll = 0; poll < 41; poll++)
            {
                crypto.BeginTurn();
                int taken = 0;
                for (int i = 0; i < who.Length; i++)
                {
                    if (!crypto.TakeTurn(who[i])) continue;
                    turns[i]++;
                    taken++;
                }

                Assert.AreEqual(1, taken, poll.ToString());
            }

            for (int i = 0; i < who.Length; i++) Assert.IsTrue(turns[i] >= 10, i + ": " + turns[i]);
        }

        [TestMethod]
        public void WhoDoesNotComeAgain_CostsOnePoll()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            crypto.BeginTurn();
            Assert.IsTrue(crypto.TakeTurn(1));
            Assert.IsFalse(crypto.TakeTurn(3));
            crypto.BeginTurn();
            Assert.IsTrue(crypto.TakeTurn(1));
            Assert.IsFalse(crypto.TakeTurn(3));
            crypto.BeginTurn();
            Assert.IsFalse(crypto.TakeTurn(1), "the other's");
            crypto.BeginTurn();
            Assert.IsTrue(crypto.TakeTurn(1));
            crypto.BeginTurn();
            crypto.BeginTurn();
            Assert.IsTrue(crypto.TakeTurn(3), "whoever comes first");
        }
    }
}
