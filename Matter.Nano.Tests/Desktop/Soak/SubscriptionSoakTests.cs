using System;
using System.Linq;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// Days of virtual time: five fabrics with three subscriptions each, a change each second, one datagram of twenty lost,
    /// subscribers that vanish and come back.
    /// </summary>
    [TestClass]
    public class SubscriptionSoakTests
    {
        [TestMethod]
        public void ManySubscribers_NeverMissWhatHolds()
        {
            int minutes = Soak.Count(2, 24 * 4) * SubscriptionWorld.PeriodMinutes;
            SubscriptionWorld world = new SubscriptionWorld(5, 5);
            for (int i = 0; i < minutes / SubscriptionWorld.PeriodMinutes; i++)
            {
                world.RunPeriod(i);
            }

            world.End();
            Assert.AreEqual(minutes * 60, world.Seconds, "virtual time");
            Console.WriteLine(
                "soak: {0} subscriptions for {1:0.0} virtual hours, {2} changes, {3} % loss: {4} datagrams, {5} reports, {6} renewed after a silence, " +
                "{7} subscribers gone and back, {8} comparisons; a report came at most {9:0.0} s after its longest interval",
                Limits.Subscriptions, world.Seconds / 3600.0, world.Changes, 5, world.Datagrams, world.Subscribers.Sum(each => each.Reports), world.Renewals,
                world.Returns, world.Comparisons, world.Subscribers.Max(each => each.LongestDelayMs) / 1000.0);
        }
    }
}
