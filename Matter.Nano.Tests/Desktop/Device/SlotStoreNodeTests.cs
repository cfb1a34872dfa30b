using System;
using Matter.Nano.Clusters;
using Matter.Nano.Device.Storage;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A whole light over the store of the ESP32, whose power is cut at every change of a file.</summary>
    [TestClass]
    public class SlotStoreNodeTests
    {
        private const ulong LightId = 0x1234;
        private const uint Toggle = 2;

        private static Commissioner Join(MemoryLink link, VirtualLight light, uint seed)
        {
            link.Join(light);
            Commissioner commissioner = new Commissioner(seed, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(commissioner);
            link.Run(1);
            return commissioner;
        }

        [TestMethod]
        public void Light_RemembersEverything()
        {
            MemoryMedium medium = new MemoryMedium();
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new SlotStore(medium), link.Now);
            Commissioner one = Join(link, light, 3);
            one.Commission(VirtualLight.Passcode, LightId);
            one.Invoke(1, OnOffCluster.ClusterId, Toggle);
            link.Run(ClusterStore.IntervalMs + ClusterStore.DelayMs);

            light.Restart(link.Now);
            Assert.AreEqual(1, light.Node.Fabrics.Count);
            one.Case(LightId);
            Assert.AreEqual(1, one.Read(1, OnOffCluster.ClusterId, 0));
            int files = medium.Count;
            link.Run(100000);
            Assert.AreEqual(files, medium.Count, "two files for each value");
        }

        [TestMethod]
        public void PowerCutAtEveryChange_LeavesALightThatIsNewOrCommissioned()
        {
            int asNew = 0;
            int commissioned = 0;
            for (int way = 0; way < MemoryMedium.Ways; way++)
            {
                bool died = true;
                for (int cut = 0; died; cut++)
                {
                    string name = way + "/" + cut;
                    MemoryMedium medium = new MemoryMedium();
                    MemoryLink link = new MemoryLink(1);
                    VirtualLight light = new VirtualLight(2, new SlotStore(medium), link.Now);
                    Commissioner one = Join(link, light, 3);
                    medium.CutAfter(cut, way);
                    try
                    {
                        one.Commission(VirtualLight.Passcode, LightId);
                        one.Invoke(1, OnOffCluster.ClusterId, Toggle);
                        link.Run(ClusterStore.IntervalMs + ClusterStore.DelayMs);
                    }
                    catch (Exception e)
                    {
                        // The administrator isn't answered, or learns that something cannot be stored.
                        Assert.IsTrue(medium.IsDead, name + ": " + e);
                    }

                    died = medium.IsDead;
                    medium.Restore();
                    Assert.AreEqual(0, new FabricTable(light.Crypto, new SlotStore(medium)).Load(), name);
                    link = new MemoryLink(1);
                    light = new VirtualLight(2, new SlotStore(medium), link.Now);
                    if (light.Node.Fabrics.Count == 0)
                    {
                        asNew++;
                        Assert.IsTrue(light.Node.Window.IsOpen, name);
                        Join(link, light, 4).Commission(VirtualLight.Passcode, LightId);
                    }
                    else
                    {
                        commissioned++;
                        Assert.AreEqual(LightId, light.Node.Fabrics.GetRow(0).NodeId, name);
                    }

                    Assert.AreEqual(1, light.Node.Fabrics.Count, name);
                }
            }

            Assert.IsTrue(asNew > 0 && commissioned > 0, asNew + " as new, " + commissioned + " commissioned");
        }
    }
}
