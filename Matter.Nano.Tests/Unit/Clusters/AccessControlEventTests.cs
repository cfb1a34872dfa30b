using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Access Control: what its events tell of changes.</summary>
    [TestClass]
    public class AccessControlEventTests
    {
        private const uint Acl = 0x0000;
        private const uint Extension = 0x0001;

        [TestMethod]
        public void Changes_AreToldEntryByEntry()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            EventLog log = scene.Model.Events;
            Assert.AreEqual(ImStatus.Success, Write(scene, new int[] { 5, 3, 4 }));
            CheckEvent(log, 0, 0, 5);
            CheckEvent(log, 1, 1, 3);
            CheckEvent(log, 2, 1, 4);
            Assert.AreEqual(3ul, log.End);
            Assert.AreEqual(ImStatus.Success, Write(scene, new int[] { 5, 1 }));
            CheckEvent(log, 3, 0, 5);
            CheckEvent(log, 4, 0, 1);
            CheckEvent(log, 5, 2, 4);
            Assert.AreEqual(6ul, log.End);
            AccessControlClusterTests.PutEntry(scene.Value(), 4, 3);
            Assert.AreEqual(ImStatus.Success, scene.WriteItem(scene.AccessControl, Acl));
            CheckEvent(log, 6, 1, 4);

            // What fails tells nothing.
            AccessControlClusterTests.PutEntry(scene.Value(), 5, 3);
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteItem(scene.AccessControl, Acl));
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, Write(scene, new int[] { 1 }));
            Assert.AreEqual(7ul, log.End);
            int at = log.Find(6);
            Assert.AreEqual(1, log.GetFabric(at));
            Assert.AreEqual(EventAccess.FabricSensitive, log.GetAccess(at) & EventAccess.FabricSensitive);
            TlvReader fields = Fields(log, at);
            Seek(fields, 1);
            Assert.AreEqual(0x1111ul, fields.GetUnsigned(ulong.MaxValue), "AdminNodeID");
            Assert.IsTrue(fields.Next());
            Assert.AreEqual(TlvType.Null, fields.Type);
        }

        [TestMethod]
        public void ChangesOverPase_NameThePasscode()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.Act(Sessions.SessionType.Pase, 1);
            Assert.AreEqual(ImStatus.Success, Write(scene, new int[] { 5, 3 }));
            EventLog log = scene.Model.Events;
            CheckEvent(log, 1, 1, 3);
            TlvReader fields = Fields(log, log.Find(1));
            Seek(fields, 1);
            Assert.AreEqual(TlvType.Null, fields.Type);
            Seek(fields, 2);
            Assert.AreEqual(0ul, fields.GetUnsigned(ulong.MaxValue));
            Seek(fields, 254);
            Assert.AreEqual(1ul, fields.GetUnsigned(254));
        }

        [TestMethod]
        public void Extension_IsAddedChangedRemoved()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            EventLog log = scene.Model.Events;
            byte[] one = new byte[] { 0x17, 0x18 };
            byte[] longest = new byte[128];
            longest[0] = 0x17;
            longest[1] = 0xD0;
            longest[2] = 0xF1;
            longest[3] = 0xFF;
            longest[6] = 1;
            longest[8] = 128 - 10;
            longest[127] = 0x18;
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, one));
            CheckExtension(log, 0, 1, one);
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, one));
            Assert.AreEqual(1ul, log.End, "the same");
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, longest));
            CheckExtension(log, 1, 0, longest);
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, WriteExtension(scene, one));
            Assert.AreEqual(2ul, log.End, "not changed");
            scene.Node.Store.ChangesLeft = int.MaxValue;
            Assert.AreEqual(ImStatus.Success, WriteExtension(scene, null));
            CheckExtension(log, 2, 2, longest);
            Assert.AreEqual(3ul, log.End);
        }

        private static int WriteExtension(ClusterScene scene, byte[] data)
        {
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            if (data != null)
            {
                value.StartStructure(TlvTag.Anonymous);
                value.PutBytes(1, data, 0, data.Length);
                value.EndContainer();
            }

            value.EndContainer();
            return scene.Write(scene.AccessControl, Extension);
        }

        private static void CheckExtension(EventLog log, int number, int changeType, byte[] data)
        {
            int at = log.Find((ulong)number);
            Assert.AreEqual((ulong)number, log.GetNumber(at));
            Assert.AreEqual(1u, log.GetEvent(at));
            TlvReader fields = Fields(log, at);
            Seek(fields, 3);
            Assert.AreEqual((ulong)changeType, fields.GetUnsigned(255));
            Seek(fields, 4);
            fields.Enter();
            Seek(fields, 1);
            Assert.AreEqual(data.Length, fields.GetBytes(0, 128));
            for (int i = 0; i < data.Length; i++) Assert.AreEqual(data[i], fields.Buffer[fields.ValueOffset + i]);
            Assert.IsTrue(fields.Next());
            Assert.AreEqual(254, fields.Tag);
        }

        // The event of a number has this ChangeType and this privilege in its LatestValue.
        private static void CheckEvent(EventLog log, int number, int changeType, int privilege)
        {
            int at = log.Find((ulong)number);
            Assert.AreEqual((ulong)number, log.GetNumber(at));
            Assert.AreEqual(0u, log.GetEvent(at));
            TlvReader fields = Fields(log, at);
            Seek(fields, 3);
            Assert.AreEqual((ulong)changeType, fields.GetUnsigned(255));
            Seek(fields, 4);
            fields.Enter();
            Seek(fields, 1);
            Assert.AreEqual((ulong)privilege, fields.GetUnsigned(255));
        }

        private static TlvReader Fields(EventLog log, int at)
        {
            TlvReader fields = new TlvReader();
            fields.Reset(log.Buffer, at + EventLog.HeaderLength, log.GetLength(at) - EventLog.HeaderLength);
            fields.Next();
            Assert.AreEqual(TlvType.Structure, fields.Type);
            Assert.AreEqual(7, fields.Tag);
            fields.Enter();
            return fields;
        }

        private static void Seek(TlvReader fields, int tag)
        {
            while (fields.Next() && fields.Tag != tag)
            {
            }

            Assert.AreEqual(tag, fields.Tag);
        }

        private static int Write(ClusterScene scene, int[] privileges)
        {
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            for (int i = 0; i < privileges.Length; i++) AccessControlClusterTests.PutEntry(value, privileges[i], 2);
            value.EndContainer();
            return scene.Write(scene.AccessControl, Acl);
        }
    }
}
