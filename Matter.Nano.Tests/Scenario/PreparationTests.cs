using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Work ahead of need in a node: when it is done, for how long, what it is good for.</summary>
    [TestClass]
    public class PreparationTests
    {
        [TestMethod]
        public void AnIdleNode_PreparesAll_ThenSleepsAsBefore()
        {
            long now = 1000;
            VirtualLight light = new VirtualLight(2, new MemoryStore(), now);
            int polls = 0;
            while (light.Node.Poll(now) <= now)
            {
                Drain(light, now);
                Assert.IsTrue(++polls < 400);
            }

            P256 engine = light.Crypto.P256;
            Assert.AreEqual(Limits.PreparedKeyPairs, engine.PreparedKeyPairs);
            Assert.AreEqual(Limits.PreparedSignatures, engine.PreparedSignatures);
            Assert.IsTrue(engine.TryAcquire(light), "nobody computes any more");
            engine.Release(light);
            int steps = engine.StepCount;
            long end = now + 600000;
            for (polls = 0; now < end; polls++)
            {
                long next = light.Node.Poll(now);
                Drain(light, now);
                now = next < end ? next : end;
            }

            // mDNS announces itself.
            Assert.IsTrue(polls < 30, "polls: " + polls);
            Assert.AreEqual(steps, engine.StepCount);
        }

        [TestMethod]
        public void NoPollTakesMoreThanOneStep()
        {
            MemoryLink link = new MemoryLink(1);
            StepCounter light = new StepCounter(new VirtualLight(2, new MemoryStore(), link.Now));
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            one.Commission(VirtualLight.Passcode, 0x1234);
            link.Run(5000);
            one.Invoke(1, 6, 2);
            link.Run(5000);
            Assert.AreEqual(1, light.MostSteps);
            Assert.IsTrue(light.Steps > 100);
        }

        [TestMethod]
        public void PreparedMaterial_MakesTheAnswersFaster_AndIsReplaced()
        {
            int[] steps = new int[2];
            for (int round = 0; round < 2; round++)
            {
                MemoryLink link = new MemoryLink(1);
                VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
                link.Join(light);
                if (round == 1) link.Run(2000);
                Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
                link.Join(one);
                P256 engine = light.Crypto.P256;
                Assert.AreEqual(round == 1 ? Limits.PreparedKeyPairs : 0, engine.PreparedKeyPairs);
                int before = engine.StepCount;
                one.Commission(VirtualLight.Passcode, 0x1234);
                steps[round] = engine.StepCount - before;
                link.Run(5000);
                Assert.AreEqual(Limits.PreparedKeyPairs, engine.PreparedKeyPairs);
                Assert.AreEqual(Limits.PreparedSignatures, engine.PreparedSignatures);
            }

            Assert.IsTrue(steps[1] * 4 < steps[0] * 3, "steps prepared: " + steps[1]);
        }

        private static void Drain(VirtualLight light, long now)
        {
            while (light.Next() != null || light.Node.Discovery.Next(now) != null)
            {
            }
        }
    }
}
