using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// What a runtime is measured by: the launcher prints the ticks (100 ns) of every test, those of others are to be compared
    /// with these.
    /// </summary>
    [TestClass]
    public class CalibrationTests
    {
        [TestMethod]
        public void TwoMillionAdditions()
        {
            int sum = 0;
            for (int i = 0; i < 2000000; i++)
            {
                sum += i;
            }

            Assert.AreEqual(-1455759936, sum);
        }
    }
}
