using System;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Commands to groups are sent without allocating anything, the block of the counter that a write begins included.</summary>
    [TestClass]
    public class GroupAllocationTests
    {
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void InvokeGroup_AllocatesNothing(bool hidesHeaders)
        {
            GroupScene scene = new GroupScene();
            scene.AddReadySwitch(1);
            Node node = scene.Switch.Node;
            node.Exchanges.Groups.HidesHeaders = hidesHeaders;
            byte[] fields = new byte[20];
            TlvWriter writer = new TlvWriter();
            writer.Reset(fields, 0, fields.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, 0);
            writer.PutUnsigned(1, 0);
            writer.EndContainer();
            int fabric = scene.Administrator.FabricIndex;
            int changes = 0;
            long allocated = 0;
            for (int i = 0; i < 4000; i++)
            {
                if (i == 1500)
                {
                    allocated = GC.GetAllocatedBytesForCurrentThread();
                    changes = scene.SwitchStore.Changes;
                }
                Assert.AreEqual(0, node.InvokeGroup(fabric, GroupScene.Group, GroupScene.OnOff, 0x40, fields, 0, writer.Length, i));
                Assert.IsTrue(node.Outbox.Next() != null);
            }
            Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - allocated);
            Assert.AreEqual(2, scene.SwitchStore.Changes - changes);
        }
    }
}
