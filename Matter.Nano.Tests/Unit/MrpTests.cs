using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Arithmetic of retransmission.</summary>
    [TestClass]
    public class MrpTests
    {
        [TestMethod]
        public void Backoff_Vectors()
        {
            VectorReader v = new VectorReader(VectorData.MrpBackoff);
            while (v.NextCase())
            {
                long before = 0;
                for (int random = 0; random < 256; random++)
                {
                    long backoff = Mrp.BackoffMs(v.Int("baseIntervalMs"), v.Int("sendCount"), random);
                    Assert.IsTrue(backoff >= v.Int("minMs") && backoff <= v.Int("maxMs") && backoff >= before, v.Name);
                    before = backoff;
                }
                Assert.AreEqual((long)v.Int("minMs"), Mrp.BackoffMs(v.Int("baseIntervalMs"), v.Int("sendCount"), 0), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Backoff_LargestIntervalDoesNotOverflow()
        {
            // 3600000 × 1.1 × 1.6^4 = 25952256, and that × (1 + 255/1024)
            Assert.AreEqual(32414976L, Mrp.BackoffMs(SessionParameters.MaxIntervalMs, 5, 255));
            Assert.AreEqual(25952256L, Mrp.BackoffMs(SessionParameters.MaxIntervalMs, 5, 0));
        }
    }
}
