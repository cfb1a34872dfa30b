using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Event reports where a message ends, byte by byte.</summary>
    [TestClass]
    public class EventBoundaryTests
    {
        [TestMethod]
        public void MessageFullAtAnyPoint_LosesNothing()
        {
            EventReadTests.CheckFullMessages(500, 1140, 1);
        }
    }
}
