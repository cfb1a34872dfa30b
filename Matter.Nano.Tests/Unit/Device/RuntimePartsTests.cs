using Matter.Nano.Clusters;
using Matter.Nano.Device.Runtime;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class RuntimePartsTests
    {
        [TestMethod]
        public void Time_NeverGoesBack()
        {
            MonotonicTime time = new MonotonicTime();
            Assert.AreEqual(100L, time.Advance(100));
            Assert.AreEqual(100L, time.Advance(100));
            Assert.AreEqual(42949672950L, time.Advance(42949672950));
            Assert.AreEqual(42949672950L, time.Advance(0), "the counter started again");
            Assert.AreEqual(42949672960L, time.Advance(10));
            Assert.AreEqual(42949672960L, time.Advance(5));
            Assert.AreEqual(42949672965L, time.Advance(10));
        }

        [TestMethod]
        public void Faults_AreBorne_UntilTheyAreTooMany()
        {
            FaultCounter faults = new FaultCounter();
            for (int i = 0; i < FaultCounter.Limit; i++) Assert.IsFalse(faults.Add(1000 + i));
            Assert.IsTrue(faults.Add(1000 + FaultCounter.Limit));
            Assert.AreEqual((uint)FaultCounter.Limit + 1, faults.Total);
        }

        [TestMethod]
        public void RareFaults_AreBorneForever()
        {
            FaultCounter faults = new FaultCounter();
            for (int i = 0; i < 1000; i++) Assert.IsFalse(faults.Add(i * (long)FaultCounter.WindowMs / FaultCounter.Limit));
            Assert.AreEqual(1000U, faults.Total);
        }

        [TestMethod]
        public void BootMarker_IsTakenOnce()
        {
            MemoryStore store = new MemoryStore();
            Assert.AreEqual(BootReason.Unspecified, BootMarker.Take(store));
            Assert.AreEqual(0, BootMarker.Leave(store));
            Assert.AreEqual(BootReason.SoftwareReset, BootMarker.Take(store));
            Assert.AreEqual(BootReason.Unspecified, BootMarker.Take(store));
        }

        [TestMethod]
        public void DamagedBootMarker_SaysNothing()
        {
            MemoryStore store = new MemoryStore();
            store.Write(StoreKey.BootReason, new byte[] { BootReason.PowerOnReboot }, 0, 1);
            Assert.AreEqual(BootReason.Unspecified, BootMarker.Take(store));
            store.Write(StoreKey.BootReason, new byte[2], 0, 2);
            Assert.AreEqual(BootReason.Unspecified, BootMarker.Take(store));
            store.Fails = true;
            Assert.AreEqual(MatterError.StorageFailed, BootMarker.Leave(store));
            Assert.AreEqual(BootReason.Unspecified, BootMarker.Take(store));
        }
    }
}
