using Matter.Nano.Device.Hardware;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class LedPatternTests
    {
        /// <summary>Milliseconds of light, and times 10000 the number of flashes, in one stretch of time.</summary>
        private static int Watch(int pattern, long from, int lengthMs)
        {
            int lit = 0;
            int flashes = 0;
            for (long now = from; now < from + lengthMs; now++)
            {
                bool on = LedPattern.IsOn(pattern, now);
                lit += on ? 1 : 0;
                flashes += on && !LedPattern.IsOn(pattern, now - 1) ? 1 : 0;
            }

            return flashes * 10000 + lit;
        }

        [TestMethod]
        [DataRow(LedPattern.Off, 2048, 0, 0)]
        [DataRow(LedPattern.NoNetwork, 2048, 1, 128)]
        [DataRow(LedPattern.Commissionable, 1024, 1, 512)]
        [DataRow(LedPattern.AccessPoint, 2048, 2, 256)]
        [DataRow(LedPattern.Identify, 512, 1, 256)]
        [DataRow(LedPattern.ResetComing, 256, 1, 128)]
        [DataRow(LedPattern.Fault, 4096, 3, 1152)]
        [DataRow(99, 2048, 0, 0)]
        public void Pattern_RepeatsForever(int pattern, int periodMs, int flashes, int litMs)
        {
            Assert.AreEqual(flashes * 10000 + litMs, Watch(pattern, 1L << 40, periodMs));
            Assert.AreEqual(flashes * 10000 + litMs, Watch(pattern, (1L << 40) + 1000L * periodMs, periodMs));
        }
    }
}
