using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class AccessControlListTests
    {
        [TestMethod]
        public void Entries_ComeBackAsTheyWere()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            AccessControlList list = scene.Fabrics.AccessControl;
            list.Begin(fabric, false);
            Assert.AreEqual(0, list.Add(Full(5)));
            Assert.AreEqual(0, list.Add(Full(3)));
            AccessControlEntry entry = new AccessControlEntry();
            entry.Privilege = 3;
            entry.AuthMode = AccessControlEntry.AuthModeGroup;
            entry.SubjectCount = 1;
            entry.Subjects[0] = 0x102;
            Assert.AreEqual(0, list.Add(entry));
            Assert.AreEqual(1, list.GetCount(fabric), "nothing before Commit");
            Assert.AreEqual(0, list.Commit());
            Assert.AreEqual(3, list.GetCount(fabric));
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());

            int first = list.GetFirst(fabric);
            Assert.AreEqual(4, list.GetSubjectCount(first));
            Assert.AreEqual(3, list.GetTargetCount(first));
            Assert.AreEqual(6u, list.GetCluster(first, 0));
            Assert.AreEqual(AccessControlEntry.AnyEndpoint, list.GetEndpoint(first, 0));
            Assert.AreEqual(AccessControlEntry.AnyId, list.GetCluster(first, 1));
            Assert.AreEqual(1, list.GetEndpoint(first, 1));
            Assert.AreEqual(0x0100u, list.GetDeviceType(first, 2));
            Assert.AreEqual(AccessControlEntry.AuthModeGroup, list.GetAuthMode(first + 2));
            Assert.AreEqual(0x102ul, list.GetSubject(first + 2, 0));

            byte[] written = Written(list, first, 7);
            TlvReader reader = new TlvReader();
            reader.Reset(written, 0, written.Length);
            Assert.IsTrue(reader.Next());
            list.Begin(fabric, true);
            Assert.AreEqual(0, list.Add(reader));
            Assert.AreEqual(MatterError.TableFull, list.Add(entry));
            Assert.AreEqual(0, list.Commit());
            Assert.AreEqual(4, list.GetCount(fabric));
            CollectionAssert.AreEqual(written, Written(list, first + 3, 7));
        }

        [TestMethod]
        public void FailedCommit_ChangesNothing()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            string before = scene.Describe();
            AccessControlList list = scene.Fabrics.AccessControl;
            scene.Store.ChangesLeft = 0;
            list.Begin(fabric, false);
            Assert.AreEqual(0, list.Add(Full(5)));
            Assert.AreEqual(MatterError.StorageFailed, list.Commit());
            Assert.AreEqual(before, scene.Describe());
            Assert.AreEqual(before, new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void LargestFabric_FitsIntoItsRecord()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, ulong.MaxValue, true));
            byte[] root = new byte[Fabric.MaxCertificateLength];
            Array.Copy(fabric.RootCertificate, 0, root, 0, fabric.RootCertificate.Length);
            fabric.RootCertificate = root;
            fabric.Noc = new byte[Fabric.MaxCertificateLength];
            fabric.Icac = new byte[Fabric.MaxCertificateLength];
            fabric.NodeId = OperationalId.MaxNodeId;
            Assert.AreEqual(0, scene.Fabrics.SetVendorVerification(fabric, 0xFFF1, new byte[85], 0, 85, null, 0, 0, 0));
            byte[] label = new byte[32];
            for (int i = 0; i < 32; i++) label[i] = (byte)'x';
            Assert.AreEqual(0, scene.Fabrics.SetLabel(fabric, label, 0, 32, 0));
            Assert.AreEqual(0, scene.Fabrics.SetAccessControlExtension(fabric, new byte[128], 0, 128));
            AccessControlList list = scene.Fabrics.AccessControl;
            list.Begin(fabric, false);
            for (int i = 0; i < Limits.AccessControlEntriesPerFabric; i++)
            {
                AccessControlEntry entry = Full(5);
                for (int k = 0; k < Limits.TargetsPerAccessControlEntry; k++)
                {
                    entry.Clusters[k] = 0xFFF1FC00;
                    entry.Endpoints[k] = (ushort)(k == 0 ? AccessControlEntry.AnyEndpoint : 0xFFFE);
                    entry.DeviceTypes[k] = k == 0 ? 0xFFF10000 : AccessControlEntry.AnyId;
                }

                Assert.AreEqual(0, list.Add(entry));
            }

            Assert.AreEqual(0, list.Commit());
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            keys.Begin(fabric);
            for (int i = 0; i < Limits.GroupKeySetsPerFabric; i++)
            {
                Assert.AreEqual(0, keys.BeginSet(i == 0 ? 0 : 0xFFF0 + i, 0));
                for (int k = 0; k < GroupKeyTable.KeysPerSet; k++) Assert.AreEqual(0, keys.AddKey(new byte[16], 0, ulong.MaxValue - 5 + (ulong)k));
            }

            for (int i = 0; i < Limits.GroupsPerFabric; i++) Assert.AreEqual(0, keys.AddGroup(0xFF00 + i, 0xFFF1));
            Assert.AreEqual(0, keys.Commit());
            int length = scene.Store[StoreKey.Fabric].Length;
            Assert.IsTrue(length <= FabricRecord.Capacity && length > FabricRecord.Capacity - 300, length.ToString());
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        [DataRow(0, 2, 0)]   // no privilege
        [DataRow(6, 2, 0)]
        [DataRow(5, 0, 0)]   // no such AuthMode
        [DataRow(5, 1, 0)]   // PASE
        [DataRow(5, 3, 1)]   // a group that administers
        [DataRow(3, 4, 1)]
        public void Entry_OutOfRangeIsRefused(int privilege, int authMode, int subject)
        {
            TlvWriter writer = NewEntry(privilege, authMode);
            if (subject == 0)
            {
                writer.PutNull(3);
            }
            else
            {
                writer.StartArray(3);
                writer.PutUnsigned(TlvTag.Anonymous, (ulong)subject);
                writer.EndContainer();
            }

            writer.PutNull(4);
            writer.EndContainer();
            Assert.AreEqual(MatterError.OutOfRange, Read(writer));
        }

        [TestMethod]
        public void Subjects_AreOfTheirAuthMode()
        {
            ulong[] wrong = { 0, 0xFFFFFFFD00010000, 0xFFFFFFFFFFFF0001, 0xFFFFFFFB00000000, 0xFFFFFFFE00000001 };
            for (int i = 0; i < wrong.Length; i++) Assert.AreEqual(MatterError.OutOfRange, Read(WithSubject(2, wrong[i])), i.ToString());
            ulong[] wrongGroups = { 0, 0x10000, 0xFFFFFFFD00010001 };
            for (int i = 0; i < wrongGroups.Length; i++) Assert.AreEqual(MatterError.OutOfRange, Read(WithSubject(3, wrongGroups[i])), i.ToString());
            Assert.AreEqual(0, Read(WithSubject(2, 1)));
            Assert.AreEqual(0, Read(WithSubject(2, 0xFFFFFFFD00010001)));
            Assert.AreEqual(0, Read(WithSubject(3, 0xFFFF)));
        }

        [TestMethod]
        public void Targets_NameSomethingButNotTwoPlaces()
        {
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(-1, -1, -1)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(6, 1, 0x100)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(-1, 1, 0x100)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(0xFFFFFFFF, -1, -1)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(-1, 0xFFFF, -1)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(0x8000, -1, -1)), "between standard and manufacturer's");
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(0xFFF10000, -1, -1)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(0xFFF1FFFF, -1, -1)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(0xFFF5FC00, -1, -1)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(-1, -1, 0xC000)));
            Assert.AreEqual(MatterError.OutOfRange, Read(WithTarget(-1, -1, 0xFFF50000)));
            Assert.AreEqual(0, Read(WithTarget(0x7FFF, -1, -1)));
            Assert.AreEqual(0, Read(WithTarget(0xFFF1FFFE, -1, -1)));
            Assert.AreEqual(0, Read(WithTarget(-1, -1, 0xFFF4BFFF)));
            Assert.AreEqual(0, Read(WithTarget(6, -1, -1)));
            Assert.AreEqual(0, Read(WithTarget(-1, 0, -1)));
            Assert.AreEqual(0, Read(WithTarget(6, -1, 0x100)));
        }

        [TestMethod]
        public void TooManySubjectsOrTargets_AreTold()
        {
            TlvWriter writer = NewEntry(5, 2);
            writer.StartArray(3);
            for (int i = 0; i < 5; i++) writer.PutUnsigned(TlvTag.Anonymous, 1);
            writer.EndContainer();
            writer.EndContainer();
            Assert.AreEqual(MatterError.TableFull, Read(writer));

            writer = NewEntry(5, 2);
            writer.StartArray(4);
            for (int i = 0; i < 4; i++)
            {
                writer.StartStructure(TlvTag.Anonymous);
                writer.PutUnsigned(0, 6);
                writer.EndContainer();
            }

            writer.EndContainer();
            writer.EndContainer();
            Assert.AreEqual(MatterError.TableFull, Read(writer));
        }

        [TestMethod]
        public void MalformedEntry_NeverThrows()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            AccessControlList list = scene.Fabrics.AccessControl;
            list.Begin(fabric, false);
            list.Add(Full(5));
            list.Commit();
            byte[] tlv = Written(list, list.GetFirst(fabric), 1);
            AccessControlEntry entry = new AccessControlEntry();
            TlvReader reader = new TlvReader();
            for (int length = 0; length < tlv.Length; length++)
            {
                reader.Reset(tlv, 0, length);
                bool accepted = reader.Next() && entry.Read(reader) == 0 && reader.Finish() == 0;
                Assert.IsFalse(accepted && length > 0, length.ToString());
            }

            for (int i = 0; i < tlv.Length * 8; i++)
            {
                tlv[i / 8] ^= (byte)(1 << (i & 7));
                reader.Reset(tlv, 0, tlv.Length);
                if (reader.Next()) entry.Read(reader);
                tlv[i / 8] ^= (byte)(1 << (i & 7));
            }

            reader.Reset(tlv, 0, tlv.Length);
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(0, entry.Read(reader));
        }

        private static AccessControlEntry Full(int privilege)
        {
            AccessControlEntry entry = new AccessControlEntry();
            entry.Privilege = privilege;
            entry.AuthMode = AccessControlEntry.AuthModeCase;
            entry.SubjectCount = 4;
            entry.Subjects[0] = 1;
            entry.Subjects[1] = OperationalId.MaxNodeId;
            entry.Subjects[2] = 0xFFFFFFFDABCD0001;
            entry.Subjects[3] = 0x1234567812345678;
            entry.TargetCount = 3;
            for (int i = 0; i < 3; i++)
            {
                entry.Clusters[i] = i == 0 ? 6 : AccessControlEntry.AnyId;
                entry.Endpoints[i] = (ushort)(i == 1 ? 1 : AccessControlEntry.AnyEndpoint);
                entry.DeviceTypes[i] = i == 2 ? 0x100 : AccessControlEntry.AnyId;
            }

            return entry;
        }

        private static byte[] Written(AccessControlList list, int entry, int fabricIndex)
        {
            TlvWriter writer = new TlvWriter();
            byte[] buffer = new byte[200];
            writer.Reset(buffer, 0, buffer.Length);
            list.Write(entry, TlvTag.Anonymous, writer, fabricIndex);
            Assert.AreEqual(0, writer.Error);
            byte[] bytes = new byte[writer.Length];
            System.Array.Copy(buffer, 0, bytes, 0, bytes.Length);
            return bytes;
        }

        private static TlvWriter NewEntry(int privilege, int authMode)
        {
            TlvWriter writer = new TlvWriter();
            writer.Reset(new byte[200], 0, 200);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(1, (ulong)privilege);
            writer.PutUnsigned(2, (ulong)authMode);
            return writer;
        }

        private static TlvWriter WithSubject(int authMode, ulong subject)
        {
            TlvWriter writer = NewEntry(3, authMode);
            writer.StartArray(3);
            writer.PutUnsigned(TlvTag.Anonymous, subject);
            writer.EndContainer();
            writer.PutNull(4);
            writer.EndContainer();
            return writer;
        }

        // -1 stands for null.
        private static TlvWriter WithTarget(long cluster, long endpoint, long deviceType)
        {
            TlvWriter writer = NewEntry(3, 2);
            writer.PutNull(3);
            writer.StartArray(4);
            writer.StartStructure(TlvTag.Anonymous);
            Put(writer, 0, cluster);
            Put(writer, 1, endpoint);
            Put(writer, 2, deviceType);
            writer.EndContainer();
            writer.EndContainer();
            writer.EndContainer();
            return writer;
        }

        private static void Put(TlvWriter writer, int tag, long value)
        {
            if (value < 0) writer.PutNull(tag);
            else writer.PutUnsigned(tag, (ulong)value);
        }

        private static int Read(TlvWriter writer)
        {
            Assert.AreEqual(0, writer.Error);
            TlvReader reader = new TlvReader();
            reader.Reset(writer.Buffer, 0, writer.Length);
            Assert.IsTrue(reader.Next());
            return new AccessControlEntry().Read(reader);
        }
    }
}
