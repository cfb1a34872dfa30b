using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The adapter itself: set-up and data rows reach the test.</summary>
    [TestClass]
    public class TestFrameworkTests
    {
        private static int s_setups;

        [Setup]
        public void CountSetup()
        {
            s_setups++;
        }

        [TestMethod]
        public void Setup_RanOnce()
        {
            Assert.AreEqual(1, s_setups);
        }

        [TestMethod]
        [DataRow(1, "1")]
        [DataRow(23, "23")]
        public void DataRow_ArrivesAsArguments(int number, string text)
        {
            Assert.AreEqual(text, number.ToString());
            Assert.AreEqual(1, s_setups);
        }

        [TestMethod]
        public void ThrowsException_WantsTheExactType()
        {
            Assert.ThrowsException(typeof(System.ArgumentException), () => throw new System.ArgumentException());
        }
    }
}
