using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Access Control: the list as an attribute.</summary>
    [TestClass]
    public class AccessControlClusterTests
    {
        private const uint Acl = 0x0000;

        [TestMethod]
        public void List_IsReplacedAndAppended()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            Assert.AreEqual(1, scene.Count(scene.AccessControl, Acl));
            Assert.AreEqual(5, scene.ItemNumber(scene.AccessControl, Acl, 0, 1));
            Assert.AreEqual(ImStatus.Success, Write(scene, new int[] { 5, 2, 3 }));
            uint version = scene.AccessControl.DataVersion;
            PutEntry(scene.Value(), 4, 3);
            Assert.AreEqual(ImStatus.Success, scene.WriteItem(scene.AccessControl, Acl));
            Assert.IsTrue(version != scene.AccessControl.DataVersion);
            Assert.AreEqual(4, scene.Count(scene.AccessControl, Acl));
            Assert.AreEqual(3, scene.ItemNumber(scene.AccessControl, Acl, 3, 2));
            Assert.AreEqual(1, scene.ItemNumber(scene.AccessControl, Acl, 3, 254));
            Assert.AreEqual(TlvType.Null, scene.Item(scene.AccessControl, Acl, 3, 4).Type);
            PutEntry(scene.Value(), 1, 2);
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.WriteItem(scene.AccessControl, Acl));
            Assert.AreEqual(ImStatus.ResourceExhausted, Write(scene, new int[] { 1, 1, 1, 1, 1 }));
            Assert.AreEqual(4, scene.Count(scene.AccessControl, Acl));
            Assert.AreEqual(ImStatus.Success, Write(scene, new int[0]));
            Assert.AreEqual(0, scene.Count(scene.AccessControl, Acl));
        }

        [TestMethod]
        public void OtherFabrics_AreHiddenOrShowTheirIndexOnly()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.AddFabric(2);
            Assert.AreEqual(ImStatus.Success, Write(scene, new int[] { 5, 1 }));
            Assert.AreEqual(2, scene.Count(scene.AccessControl, Acl));
            scene.Context.IsFabricFiltered = false;
            Assert.AreEqual(3, scene.Count(scene.AccessControl, Acl));
            Assert.AreEqual(1, scene.ItemNumber(scene.AccessControl, Acl, 0, 254));
            for (int tag = 1; tag <= 4; tag++)
            {
                Assert.IsTrue(scene.Item(scene.AccessControl, Acl, 0, tag) == null, "fabric-sensitive");
                Assert.IsTrue(scene.Item(scene.AccessControl, Acl, 1, tag) != null);
            }

            scene.Act(1);
            Assert.AreEqual(1, scene.Count(scene.AccessControl, Acl));
        }

        [TestMethod]
        public void WrongEntries_ChangeNothing()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            uint before = scene.Sum(scene.AccessControl);
            Assert.AreEqual(ImStatus.ConstraintError, Write(scene, new int[] { 5, 6 }));
            Assert.AreEqual(ImStatus.ConstraintError, Write(scene, new int[] { 5, 0 }));
            PutEntry(scene.Value(), 1, 1);
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteItem(scene.AccessControl, Acl));
            PutEntry(scene.Value(), 5, 3);
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteItem(scene.AccessControl, Acl));
            scene.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.WriteItem(scene.AccessControl, Acl));
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, Write(scene, new int[] { 1 }));
            Assert.AreEqual(before, scene.Sum(scene.AccessControl));
            Assert.AreEqual(Limits.SubjectsPerAccessControlEntry, scene.ReadNumber(scene.AccessControl, 2));
            Assert.AreEqual(Limits.TargetsPerAccessControlEntry, scene.ReadNumber(scene.AccessControl, 3));
            Assert.AreEqual(Limits.AccessControlEntriesPerFabric, scene.ReadNumber(scene.AccessControl, 4));
        }

        /// <summary>Writes an entry with one subject for the whole node.</summary>
        internal static void PutEntry(TlvWriter value, int privilege, int authMode)
        {
            value.StartStructure(TlvTag.Anonymous);
            value.PutUnsigned(1, (uint)privilege);
            value.PutUnsigned(2, (uint)authMode);
            value.StartArray(3);
            value.PutUnsigned(TlvTag.Anonymous, 0x1111);
            value.EndContainer();
            value.PutNull(4);
            value.EndContainer();
        }

        private static int Write(ClusterScene scene, int[] privileges)
        {
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            for (int i = 0; i < privileges.Length; i++) PutEntry(value, privileges[i], 2);
            value.EndContainer();
            return scene.Write(scene.AccessControl, Acl);
        }
    }
}
