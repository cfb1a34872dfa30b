using Matter.Nano.Clusters;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>The events of a light's life.</summary>
    [TestClass]
    public class EventTests
    {
        private const ulong LightId = 0x1234;

        [TestMethod]
        public void Start_IsTold_UnderHigherNumbersEachTime()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            ulong last = 0;
            for (int start = 0; start < 3; start++)
            {
                if (start > 0) light.Restart(link.Now);
                light.Poll(link.Now);
                EventLog log = light.Node.Model.Events;
                Check(log, 0, BasicInformationCluster.ClusterId, 0, 2);
                int second = log.GetLength(0);
                Check(log, second, GeneralDiagnosticsCluster.ClusterId, 3, 2);
                Assert.AreEqual(log.Length, second + log.GetLength(second));
                Assert.IsFalse(log.IsEpoch(0));
                Assert.AreEqual(0ul, log.GetTime(0), "since the start");
                Assert.IsTrue(start == 0 || log.GetNumber(0) > last);
                last = log.GetNumber(second);
                link.Run(5000);
            }
        }

        [TestMethod]
        public void Commissioning_TellsOfTheAdministrator_RemovalOfTheFabric()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = CommissioningTests.Join(link, light, 3, 0xFAB1);
            Commissioner two = CommissioningTests.Join(link, light, 4, 0xFAB2);
            one.Commission(VirtualLight.Passcode, LightId);
            EventLog log = light.Node.Model.Events;
            Assert.AreEqual(1, Count(log, AccessControlCluster.ClusterId, 0));
            int at = log.Find(2);
            Check(log, at, AccessControlCluster.ClusterId, 0, 1);
            Assert.AreEqual(one.FabricIndex, log.GetFabric(at));

            Assert.AreEqual(ImStatus.Success, CommissioningTests.OpenBasicWindow(one, true));
            two.Commission(VirtualLight.Passcode, LightId + 1);
            Assert.AreEqual(2, Count(log, AccessControlCluster.ClusterId, 0));
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.RemoveFabric(two.FabricIndex));
            Assert.AreEqual(1, Count(log, AccessControlCluster.ClusterId, 0), "its own are gone with it");
            Assert.AreEqual(1, Count(log, BasicInformationCluster.ClusterId, 2), "Leave");
        }

        [TestMethod]
        public void RolledBackFabric_LeavesNoTrace()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = CommissioningTests.Join(link, light, 3, 0xFAB1);
            one.Pase(VirtualLight.Passcode);
            one.ArmFailSafe(60);
            byte[] key = one.RequestCsr();
            one.AddRoot();
            one.AddNoc(key, LightId);
            EventLog log = light.Node.Model.Events;
            Assert.AreEqual(1, Count(log, AccessControlCluster.ClusterId, 0));
            link.Run(130000);
            Assert.AreEqual(0, light.Node.Fabrics.Count);
            Assert.AreEqual(0, Count(log, AccessControlCluster.ClusterId, 0));
            Assert.AreEqual(0, Count(log, BasicInformationCluster.ClusterId, 2));
            Assert.AreEqual(3ul, log.End);
        }

        [TestMethod]
        public void Stop_IsTheLastWord()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            light.Node.SetUtcTime(800000000, link.Now);
            light.Poll(link.Now);
            link.Run(1000);
            Assert.AreEqual(0, light.Node.Stop(link.Now));
            EventLog log = light.Node.Model.Events;
            Assert.IsTrue(log.IsEpoch(0));
            Assert.AreEqual(800000000ul, log.GetTime(0) / 1000000);
            Check(log, log.Find(log.End - 1), BasicInformationCluster.ClusterId, 1, 2);
        }

        private static void Check(EventLog log, int at, uint clusterId, uint eventId, int priority)
        {
            Assert.IsTrue(at < log.Length);
            Assert.AreEqual(0, log.GetEndpoint(at));
            Assert.AreEqual(clusterId, log.GetCluster(at));
            Assert.AreEqual(eventId, log.GetEvent(at));
            Assert.AreEqual(priority, log.GetPriority(at));
        }

        private static int Count(EventLog log, uint clusterId, uint eventId)
        {
            int count = 0;
            for (int at = 0; at < log.Length; at += log.GetLength(at))
            {
                if (log.GetCluster(at) == clusterId && log.GetEvent(at) == eventId) count++;
            }

            return count;
        }
    }
}
