using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Group Key Management: key sets and the map.</summary>
    [TestClass]
    public class GroupKeyManagementTests
    {
        private const uint GroupKeyMap = 0x0000;
        private const uint KeySetWrite = 0x00;
        private const uint KeySetRead = 0x01;
        private const uint KeySetRemove = 0x03;
        private const uint KeySetReadAllIndices = 0x04;

        [TestMethod]
        public void KeySets_AreWrittenReadAndRemoved()
        {
            ClusterScene scene = NewScene();
            for (int keys = 1; keys <= 3; keys++)
            {
                WriteSet(scene, 42, keys);
                scene.Fields().PutUnsigned(0, 42);
                Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.GroupKeyManagement, KeySetRead));
                TlvReader set = scene.Answer(0);
                set.Enter();
                int fields = 0;
                while (set.Next())
                {
                    int tag = set.Tag;
                    fields |= 1 << tag;
                    if (tag == 0) Assert.AreEqual(42ul, set.GetUnsigned(100));
                    else if (tag == 1) Assert.AreEqual(0ul, set.GetUnsigned(100));
                    else if ((tag & 1) == 0 || (tag - 2) / 2 >= keys) Assert.AreEqual(TlvType.Null, set.Type);
                    else Assert.AreEqual((ulong)tag, set.GetUnsigned(100));
                }

                Assert.AreEqual(0xFF, fields);
            }

            CheckIndices(scene, 2);
            WriteSet(scene, 43, 1);
            CheckIndices(scene, 3);
            Assert.AreEqual(ImStatus.ResourceExhausted, TryWriteSet(scene, 44, 1));
            WriteSet(scene, 43, 3);
            CheckIndices(scene, 3);
            Assert.AreEqual(ImStatus.Success, ById(scene, KeySetRemove, 42));
            Assert.AreEqual(ImStatus.NotFound, ById(scene, KeySetRemove, 42));
            Assert.AreEqual(ImStatus.NotFound, ById(scene, KeySetRead, 42));
            CheckIndices(scene, 2);
            Assert.AreEqual(ImStatus.InvalidCommand, ById(scene, KeySetRemove, 0));
            Assert.AreEqual(ImStatus.Success, ById(scene, KeySetRead, 0));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.GroupKeyManagement, KeySetRead));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.GroupKeyManagement, KeySetRemove));
            Assert.AreEqual(ImStatus.ConstraintError, ById(scene, KeySetRead, 0x10000));
        }

        [TestMethod]
        public void KeySets_BelongToTheirFabric()
        {
            ClusterScene scene = NewScene();
            WriteSet(scene, 42, 1);
            scene.AddFabric(2);
            Assert.AreEqual(ImStatus.NotFound, ById(scene, KeySetRead, 42));
            Assert.AreEqual(ImStatus.NotFound, ById(scene, KeySetRemove, 42));
            CheckIndices(scene, 0);
            scene.Act(1);
            Assert.AreEqual(ImStatus.Success, ById(scene, KeySetRead, 42));
        }

        [TestMethod]
        public void IdentityProtectionKey_IsRenewed()
        {
            ClusterScene scene = NewScene();
            WriteSet(scene, 0, 3);
            GroupKeyTable keys = scene.Node.Fabrics.GroupKeys;
            Assert.AreEqual(3, keys.GetKeyCount(keys.Find(scene.Node.Fabrics.Find(1), 0)));
            CheckIndices(scene, 1);
        }

        [TestMethod]
        public void WrongKeySets_ChangeNothing()
        {
            // Keys and times: bits of those that are there; the steps from one start time to the next; status.
            Try(1, 0, 1, ImStatus.InvalidCommand);
            Try(0, 1, 1, ImStatus.InvalidCommand);
            Try(0, 0, 1, ImStatus.InvalidCommand);
            Try(2, 2, 1, ImStatus.InvalidCommand);
            Try(5, 5, 1, ImStatus.InvalidCommand);
            Try(3, 1, 1, ImStatus.InvalidCommand);
            Try(1, 3, 1, ImStatus.InvalidCommand);
            Try(7, 3, 1, ImStatus.InvalidCommand);
            Try(3, 7, 1, ImStatus.InvalidCommand);
            Try(6, 6, 1, ImStatus.InvalidCommand);
            Try(3, 3, 0, ImStatus.InvalidCommand);
            Try(7, 7, 0, ImStatus.InvalidCommand);
            Try(3, 3, -1, ImStatus.InvalidCommand);
            Try(7, 7, 1, ImStatus.Success);
        }

        [TestMethod]
        public void WrongKeySetFields_ChangeNothing()
        {
            ClusterScene scene = NewScene();
            Check(scene, 42, 1, 16, 1, ImStatus.InvalidCommand);
            Check(scene, 42, 2, 16, 1, ImStatus.ConstraintError);
            Check(scene, 0x10000, 0, 16, 1, ImStatus.ConstraintError);
            Check(scene, 42, 0, 15, 1, ImStatus.ConstraintError);
            Check(scene, 42, 0, 17, 1, ImStatus.ConstraintError);
            Check(scene, 42, 0, 0, 1, ImStatus.ConstraintError);
            Check(scene, 42, 0, 16, 0, ImStatus.InvalidCommand);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.GroupKeyManagement, KeySetWrite));
            scene.Fields().PutUnsigned(0, 42);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.GroupKeyManagement, KeySetWrite));
            TlvWriter fields = scene.Fields();
            fields.StartStructure(0);
            fields.EndContainer();
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.GroupKeyManagement, KeySetWrite));
            CheckIndices(scene, 1);
            Check(scene, 42, 0, 16, 1, ImStatus.Success);
        }

        [TestMethod]
        public void BrokenStore_LeavesTheFormerState()
        {
            ClusterScene scene = NewScene();
            WriteSet(scene, 42, 1);
            Assert.AreEqual(ImStatus.Success, WriteMap(scene, new int[] { 7, 42 }));
            string before = scene.Node.Describe();
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, TryWriteSet(scene, 43, 1));
            Assert.AreEqual(ImStatus.Failure, TryWriteSet(scene, 42, 2));
            Assert.AreEqual(ImStatus.Failure, ById(scene, KeySetRemove, 42));
            Assert.AreEqual(ImStatus.Failure, WriteMap(scene, new int[] { 8, 42 }));
            Assert.AreEqual(before, scene.Node.Describe());
        }

        [TestMethod]
        public void Map_IsReplacedAndAppended()
        {
            ClusterScene scene = NewScene();
            Assert.AreEqual(0, scene.Count(scene.GroupKeyManagement, GroupKeyMap));
            Assert.AreEqual(ImStatus.Success, WriteMap(scene, new int[] { 7, 42, 8, 43 }));
            Assert.AreEqual(ImStatus.Success, Append(scene, 9, 42));
            CheckMap(scene, new int[] { 7, 42, 8, 43, 9, 42 });
            Assert.AreEqual(ImStatus.Success, WriteMap(scene, new int[] { 0xFFFF, 0xFFFF }));
            CheckMap(scene, new int[] { 0xFFFF, 0xFFFF });
            scene.AddFabric(2);
            Assert.AreEqual(0, scene.Count(scene.GroupKeyManagement, GroupKeyMap));
            Assert.AreEqual(ImStatus.Success, Append(scene, 1, 2));
            CheckMap(scene, new int[] { 1, 2 });
            scene.Context.IsFabricFiltered = false;
            Assert.AreEqual(2, scene.Count(scene.GroupKeyManagement, GroupKeyMap));
            Assert.AreEqual(1, scene.ItemNumber(scene.GroupKeyManagement, GroupKeyMap, 0, 254));
            scene.Context.IsFabricFiltered = true;
            Assert.AreEqual(ImStatus.Success, WriteMap(scene, new int[0]));
            Assert.AreEqual(0, scene.Count(scene.GroupKeyManagement, GroupKeyMap));
            scene.Act(1);
            CheckMap(scene, new int[] { 0xFFFF, 0xFFFF });
        }

        [TestMethod]
        public void WrongMap_ChangesNothing()
        {
            ClusterScene scene = NewScene();
            Assert.AreEqual(ImStatus.Success, WriteMap(scene, new int[] { 7, 42 }));
            uint before = scene.Sum(scene.GroupKeyManagement);
            Assert.AreEqual(ImStatus.ConstraintError, WriteMap(scene, new int[] { 8, 42, 0, 42 }));
            Assert.AreEqual(ImStatus.ConstraintError, WriteMap(scene, new int[] { 8, 42, 9, 0 }));
            Assert.AreEqual(ImStatus.ConstraintError, WriteMap(scene, new int[] { 8, 42, 8, 43 }));
            Assert.AreEqual(ImStatus.ConstraintError, WriteMap(scene, new int[] { 0x10000, 42 }));
            Assert.AreEqual(ImStatus.ResourceExhausted, WriteMap(scene, new int[] { 1, 1, 2, 1, 3, 1, 4, 1, 5, 1 }));
            Assert.AreEqual(ImStatus.ConstraintError, Append(scene, 7, 42));
            Assert.AreEqual(ImStatus.ConstraintError, Append(scene, 8, 0));
            scene.Value().PutUnsigned(TlvTag.Anonymous, 1);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.WriteItem(scene.GroupKeyManagement, GroupKeyMap));
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            value.StartList(TlvTag.Anonymous);
            value.PutUnsigned(1, 8);
            value.PutUnsigned(2, 42);
            value.EndContainer();
            value.EndContainer();
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.GroupKeyManagement, GroupKeyMap));
            Assert.AreEqual(before, scene.Sum(scene.GroupKeyManagement));
            Assert.AreEqual(Limits.GroupsPerFabric, scene.ReadNumber(scene.GroupKeyManagement, 2));
            Assert.AreEqual(Limits.GroupKeySetsPerFabric, scene.ReadNumber(scene.GroupKeyManagement, 3));
        }

        [TestMethod]
        public void KeySetRemove_TakesItsGroupsAlong()
        {
            ClusterScene scene = NewScene();
            WriteSet(scene, 42, 1);
            WriteSet(scene, 43, 1);
            Assert.AreEqual(ImStatus.Success, WriteMap(scene, new int[] { 7, 42, 8, 43, 9, 42 }));
            uint version = scene.GroupKeyManagement.DataVersion;
            Assert.AreEqual(ImStatus.Success, ById(scene, KeySetRemove, 42));
            CheckMap(scene, new int[] { 8, 43 });
            Assert.IsTrue(version != scene.GroupKeyManagement.DataVersion);
        }

        /// <summary>Writes a key set with one to three keys, whose start times are 3, 5 and 7.</summary>
        internal static void WriteSet(ClusterScene scene, uint setId, int keys)
        {
            Assert.AreEqual(ImStatus.Success, TryWriteSet(scene, setId, keys));
        }

        /// <summary>Begins the fields of such a KeySetWrite.</summary>
        internal static void PutSet(ClusterScene scene, uint setId, int keys)
        {
            int bits = (1 << keys) - 1;
            PutSet(scene, setId, 0, bits, bits, 16, 3, 2);
        }

        private static ClusterScene NewScene()
        {
            ClusterScene scene = new ClusterScene();
            Fabric fabric = scene.AddFabric(1);
            scene.Node.Fabrics.GroupKeys.SetIpk(fabric, new byte[16], 0);
            return scene;
        }

        private static int TryWriteSet(ClusterScene scene, uint setId, int keys)
        {
            PutSet(scene, setId, keys);
            return scene.Invoke(scene.GroupKeyManagement, KeySetWrite);
        }

        private static void PutSet(ClusterScene scene, uint setId, uint policy, int keys, int times, int length, int start, int step)
        {
            byte[] key = new byte[32];
            TlvWriter fields = scene.Fields();
            fields.StartStructure(0);
            fields.PutUnsigned(0, setId);
            fields.PutUnsigned(1, policy);
            for (int i = 0; i < 3; i++)
            {
                key[0] = (byte)(i + 1);
                if ((keys >> i & 1) != 0) fields.PutBytes(2 + 2 * i, key, 0, length);
                else fields.PutNull(2 + 2 * i);
                if ((times >> i & 1) != 0) fields.PutUnsigned(3 + 2 * i, (ulong)(start + i * step));
                else fields.PutNull(3 + 2 * i);
            }

            fields.PutUnsigned(8, 0);
            fields.EndContainer();
        }

        private static void Try(int keys, int times, int step, int status)
        {
            ClusterScene scene = NewScene();
            string before = scene.Node.Describe();
            PutSet(scene, 42, 0, keys, times, 16, 3, step);
            string name = keys.ToString() + " " + times.ToString();
            Assert.AreEqual(status, scene.Invoke(scene.GroupKeyManagement, KeySetWrite), name);
            Assert.AreEqual(status == ImStatus.Success, before != scene.Node.Describe(), name);
        }

        private static void Check(ClusterScene scene, uint setId, uint policy, int length, int start, int status)
        {
            PutSet(scene, setId, policy, 1, 1, length, start, 1);
            Assert.AreEqual(status, scene.Invoke(scene.GroupKeyManagement, KeySetWrite));
        }

        private static int ById(ClusterScene scene, uint command, uint setId)
        {
            scene.Fields().PutUnsigned(0, setId);
            return scene.Invoke(scene.GroupKeyManagement, command);
        }

        private static void CheckIndices(ClusterScene scene, int count)
        {
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.GroupKeyManagement, KeySetReadAllIndices));
            TlvReader ids = scene.Answer(0);
            Assert.AreEqual(TlvType.Array, ids.Type);
            ids.Enter();
            while (ids.Next()) count--;
            Assert.AreEqual(0, count);
        }

        private static int WriteMap(ClusterScene scene, int[] entries)
        {
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            for (int i = 0; i < entries.Length; i += 2) PutEntry(value, entries[i], entries[i + 1]);
            value.EndContainer();
            return scene.Write(scene.GroupKeyManagement, GroupKeyMap);
        }

        private static int Append(ClusterScene scene, int group, int set)
        {
            PutEntry(scene.Value(), group, set);
            return scene.WriteItem(scene.GroupKeyManagement, GroupKeyMap);
        }

        private static void PutEntry(TlvWriter value, int group, int set)
        {
            value.StartStructure(TlvTag.Anonymous);
            value.PutUnsigned(1, (uint)group);
            value.PutUnsigned(2, (uint)set);
            value.EndContainer();
        }

        private static void CheckMap(ClusterScene scene, int[] entries)
        {
            Assert.AreEqual(entries.Length / 2, scene.Count(scene.GroupKeyManagement, GroupKeyMap));
            for (int i = 0; i < entries.Length; i += 2)
            {
                Assert.AreEqual(entries[i], scene.ItemNumber(scene.GroupKeyManagement, GroupKeyMap, i / 2, 1));
                Assert.AreEqual(entries[i + 1], scene.ItemNumber(scene.GroupKeyManagement, GroupKeyMap, i / 2, 2));
                Assert.AreEqual(scene.Context.FabricIndex, scene.ItemNumber(scene.GroupKeyManagement, GroupKeyMap, i / 2, 254));
            }
        }
    }
}
