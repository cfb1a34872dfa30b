using System;
using Matter.Nano.Fabrics;
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
        private const uint Extension = 0x0001;

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

        [TestMethod]
        public void Extension_OneEntryOfEachFabric()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.AddFabric(2);
            Assert.AreEqual(1, scene.ReadNumber(scene.AccessControl, 0xFFFC));
            Assert.AreEqual(0, scene.Count(scene.AccessControl, Extension));
            uint version = scene.AccessControl.DataVersion;
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, SmallExtension(), true));
            Assert.IsTrue(version != scene.AccessControl.DataVersion);
            CheckExtension(scene, SmallExtension());
            Assert.AreEqual(2, scene.ItemNumber(scene.AccessControl, Extension, 0, 254));
            Assert.AreEqual(ImStatus.ConstraintError, WriteExtension(scene, new byte[] { 0x17, 0x18 }, true));
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, new byte[] { 0x17, 0x18 }, false));
            CheckExtension(scene, new byte[] { 0x17, 0x18 });
            byte[] longest = LongExtension(Fabric.MaxExtensionLength);
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, longest, false));
            CheckExtension(scene, longest);

            // Others see whose it is, at most.
            scene.Act(1);
            Assert.AreEqual(0, scene.Count(scene.AccessControl, Extension));
            scene.Context.IsFabricFiltered = false;
            Assert.AreEqual(1, scene.Count(scene.AccessControl, Extension));
            Assert.AreEqual(2, scene.ItemNumber(scene.AccessControl, Extension, 0, 254));
            Assert.IsTrue(scene.Item(scene.AccessControl, Extension, 0, 1) == null);

            scene.Act(2);
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            value.EndContainer();
            Assert.AreEqual(ImStatus.Success, scene.Write(scene.AccessControl, Extension));
            Assert.AreEqual(0, scene.Count(scene.AccessControl, Extension));
        }

        [TestMethod]
        public void WrongExtensions_ChangeNothing()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, SmallExtension(), false));
            uint before = scene.Sum(scene.AccessControl);
            byte[][] wrong = new byte[][]
            {
                new byte[0],
                new byte[] { 0x17 },                                // not closed
                new byte[] { 0x15, 0x18 },                          // a structure
                new byte[] { 0x37, 1, 0x18 },                       // with a tag
                new byte[] { 0x17, 0x18, 0x00 },                    // trailing bytes
                new byte[] { 0x17, 0x04, 1, 0x18 },                 // an element without a tag
                new byte[] { 0x17, 0x24, 1, 1, 0x18 },              // and with a context tag
                LongExtension(Fabric.MaxExtensionLength + 1),
            };
            for (int i = 0; i < wrong.Length; i++)
            {
                Assert.AreEqual(ImStatus.ConstraintError, WriteExtension(scene, wrong[i], false), i.ToString());
                Assert.AreEqual(before, scene.Sum(scene.AccessControl), i.ToString());
            }

            byte[] small = SmallExtension();
            for (int length = 0; length < small.Length; length++)
            {
                byte[] cut = new byte[length];
                Array.Copy(small, 0, cut, 0, length);
                Assert.AreEqual(ImStatus.ConstraintError, WriteExtension(scene, cut, false), "length " + length);
            }

            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            PutExtension(value, small);
            PutExtension(value, small);
            value.EndContainer();
            Assert.AreEqual(ImStatus.ConstraintError, scene.Write(scene.AccessControl, Extension), "two entries");
            scene.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteItem(scene.AccessControl, Extension), "one more");
            value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            value.PutNull(TlvTag.Anonymous);
            value.EndContainer();
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.AccessControl, Extension), "no structure");
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, WriteExtension(scene, new byte[] { 0x17, 0x18 }, false));
            Assert.AreEqual(before, scene.Sum(scene.AccessControl));
        }

        [TestMethod]
        public void FabricsThatComeAndGo_ChangeTheLists()
        {
            ClusterScene scene = new ClusterScene();
            Fabric fabric = scene.AddFabric(1);
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, SmallExtension(), false));
            uint version = scene.AccessControl.DataVersion;
            scene.AccessControl.FabricAdded(fabric, 0);
            Assert.IsTrue(version != scene.AccessControl.DataVersion);
            version = scene.AccessControl.DataVersion;
            Assert.AreEqual(0, scene.Node.Fabrics.Remove(fabric, 0));
            Assert.IsTrue(version != scene.AccessControl.DataVersion);
            scene.AddFabric(1);
            Assert.AreEqual(0, scene.Count(scene.AccessControl, Extension), "nothing is left for the next one");
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

        // A list with one string under a fully qualified tag.
        private static byte[] SmallExtension()
        {
            return new byte[] { 0x17, 0xD0, 0, 0, 0xF1, 0xFF, 1, 0, 3, 1, 2, 3, 0x18 };
        }

        // The same of a given length.
        private static byte[] LongExtension(int length)
        {
            byte[] data = new byte[length];
            Array.Copy(SmallExtension(), 0, data, 0, 8);
            data[8] = (byte)(length - 10);
            data[length - 1] = 0x18;
            return data;
        }

        private static void PutExtension(TlvWriter value, byte[] data)
        {
            value.StartStructure(TlvTag.Anonymous);
            value.PutBytes(1, data, 0, data.Length);
            value.EndContainer();
        }

        private static int WriteExtension(ClusterScene scene, byte[] data, bool appends)
        {
            TlvWriter value = scene.Value();
            if (!appends) value.StartArray(TlvTag.Anonymous);
            PutExtension(value, data);
            if (!appends) value.EndContainer();
            return appends ? scene.WriteItem(scene.AccessControl, Extension) : scene.Write(scene.AccessControl, Extension);
        }

        private static void CheckExtension(ClusterScene scene, byte[] data)
        {
            TlvReader reader = scene.Item(scene.AccessControl, Extension, 0, 1);
            byte[] read = new byte[reader.ValueLength];
            Array.Copy(reader.Buffer, reader.ValueOffset, read, 0, read.Length);
            CollectionAssert.AreEqual(data, read);
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
