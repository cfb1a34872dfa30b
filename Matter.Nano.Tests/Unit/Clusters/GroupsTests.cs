using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Groups, and what Group Key Management shows and stores of them.</summary>
    [TestClass]
    public class GroupsTests
    {
        private const uint AddGroup = 0x00;
        private const uint ViewGroup = 0x01;
        private const uint GetGroupMembership = 0x02;
        private const uint RemoveGroup = 0x03;
        private const uint RemoveAllGroups = 0x04;
        private const uint AddGroupIfIdentifying = 0x05;

        private const uint GroupTableId = 0x0001;
        private const uint MaxGroupsPerFabric = 0x0002;

        [TestMethod]
        public void AddGroup_TakesAKey()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            Add(scene, 7, ImStatus.UnsupportedAccess);
            scene.Node.Fabrics.GroupKeys.Begin(scene.Node.Fabrics.Find(1));
            scene.Node.Fabrics.GroupKeys.AddGroup(7, 42);
            Assert.AreEqual(0, scene.Node.Fabrics.GroupKeys.Commit());
            Add(scene, 7, ImStatus.UnsupportedAccess);
            Assert.IsFalse(scene.GroupKeyManagement.IsUnsaved);
            GroupKeyManagementTests.WriteSet(scene, 42, 1);
            Add(scene, 7, ImStatus.Success);
            Assert.IsTrue(scene.GroupKeyManagement.IsUnsaved);
            Add(scene, 8, ImStatus.UnsupportedAccess);
        }

        [TestMethod]
        public void AddGroup_ChecksIdAndName()
        {
            ClusterScene scene = NewScene();
            Add(scene, 0, ImStatus.ConstraintError);
            AddNamed(scene, 1, 16, ImStatus.Success);
            AddNamed(scene, 2, 17, ImStatus.ConstraintError);
            uint before = scene.Sum(scene.GroupKeyManagement);
            scene.Fields().PutUnsigned(0, 2);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.Groups, AddGroup), "GroupName is mandatory");
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.Groups, ViewGroup));
            scene.Fields().PutUnsigned(0, 0x10000);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.Groups, RemoveGroup));
            Assert.AreEqual(before, scene.Sum(scene.GroupKeyManagement));
            Assert.AreEqual(0, scene.ReadNumber(scene.Groups, 0));
        }

        [TestMethod]
        public void AddGroupTwice_ChangesNothing()
        {
            ClusterScene scene = NewScene();
            Add(scene, 1, ImStatus.Success);
            uint version = scene.GroupKeyManagement.DataVersion;
            Add(scene, 1, ImStatus.Success);
            Assert.AreEqual(version, scene.GroupKeyManagement.DataVersion);
            Assert.AreEqual(1, scene.Count(scene.GroupKeyManagement, GroupTableId));
        }

        [TestMethod]
        public void ViewAndRemove_FindWhatWasAdded()
        {
            ClusterScene scene = NewScene();
            Add(scene, 1, ImStatus.Success);
            Ask(scene, ViewGroup, 1, ImStatus.Success);
            Assert.AreEqual(TlvType.String, scene.Answer(2).Type);
            Assert.AreEqual(0, scene.Answer(2).ValueLength);
            Ask(scene, ViewGroup, 2, ImStatus.NotFound);
            Ask(scene, ViewGroup, 0, ImStatus.ConstraintError);
            Ask(scene, RemoveGroup, 2, ImStatus.NotFound);
            Ask(scene, RemoveGroup, 0, ImStatus.ConstraintError);
            scene.Act(2);
            Ask(scene, ViewGroup, 1, ImStatus.NotFound);
            Ask(scene, RemoveGroup, 1, ImStatus.NotFound);
            scene.Act(1);
            Ask(scene, RemoveGroup, 1, ImStatus.Success);
            Ask(scene, ViewGroup, 1, ImStatus.NotFound);
        }

        [TestMethod]
        public void AddGroupIfIdentifying_NeedsIdentify()
        {
            ClusterScene scene = NewScene();
            Assert.AreEqual(ImStatus.Success, AddIfIdentifying(scene, 1));
            Ask(scene, ViewGroup, 1, ImStatus.NotFound);
            Assert.AreEqual(ImStatus.ConstraintError, AddIfIdentifying(scene, 0));
            scene.WriteNumber(scene.Identify, 0, 10);
            Assert.AreEqual(ImStatus.Success, AddIfIdentifying(scene, 1));
            Ask(scene, ViewGroup, 1, ImStatus.Success);
            Assert.AreEqual(ImStatus.UnsupportedAccess, AddIfIdentifying(scene, 99));
        }

        [TestMethod]
        public void RemoveAllGroups_LeavesOtherFabrics()
        {
            ClusterScene scene = NewScene();
            Add(scene, 1, ImStatus.Success);
            Add(scene, 2, ImStatus.Success);
            scene.Act(2);
            Add(scene, 1, ImStatus.Success);
            scene.Act(1);
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.Groups, RemoveAllGroups));
            Assert.AreEqual(0, scene.Count(scene.GroupKeyManagement, GroupTableId));
            uint version = scene.GroupKeyManagement.DataVersion;
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.Groups, RemoveAllGroups));
            Assert.AreEqual(version, scene.GroupKeyManagement.DataVersion);
            scene.Act(2);
            Ask(scene, ViewGroup, 1, ImStatus.Success);
        }

        [TestMethod]
        public void GetGroupMembership_AnswersTheIntersection()
        {
            ClusterScene scene = NewScene();
            Add(scene, 1, ImStatus.Success);
            Add(scene, 3, ImStatus.Success);
            CheckMembership(scene, new int[0], new int[] { 1, 3 });
            CheckMembership(scene, new int[] { 3, 4 }, new int[] { 3 });
            CheckMembership(scene, new int[] { 2 }, new int[0]);
            Assert.AreEqual(Limits.GroupsPerFabric - 2, scene.AnswerNumber(0));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.Groups, GetGroupMembership));
            scene.Fields().PutUnsigned(0, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.Groups, GetGroupMembership));
            TlvWriter fields = scene.Fields();
            fields.StartStructure(0);
            fields.EndContainer();
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.Groups, GetGroupMembership));
        }

        [TestMethod]
        public void MaxGroupsPerFabric_IsKept()
        {
            ClusterScene scene = NewScene();
            int most = scene.ReadNumber(scene.GroupKeyManagement, MaxGroupsPerFabric);
            for (int group = 1; group <= most; group++) Add(scene, (uint)group, ImStatus.Success);

            // The old groups have no key any more, but are there.
            GroupKeyTable keys = scene.Node.Fabrics.GroupKeys;
            keys.Begin(scene.Node.Fabrics.Find(1));
            keys.ClearGroups();
            keys.AddGroup(most + 1, 42);
            Assert.AreEqual(0, keys.Commit());
            Add(scene, (uint)most + 1, ImStatus.ResourceExhausted);
            scene.Fields().PutUnsigned(0, 120);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.Identify, 0));
            Assert.AreEqual(ImStatus.ResourceExhausted, AddIfIdentifying(scene, (uint)most + 1));
            Ask(scene, ViewGroup, 1, ImStatus.Success);
            Ask(scene, RemoveGroup, 1, ImStatus.Success);
            Add(scene, (uint)most + 1, ImStatus.Success);
            scene.Act(2);
            Add(scene, 1, ImStatus.Success);
        }

        [TestMethod]
        public void FullTable_IsResourceExhausted()
        {
            ClusterScene scene = NewScene();
            GroupTableFill(scene, 1);
            Add(scene, 0xFFF0, ImStatus.UnsupportedAccess);
            Add(scene, 1, ImStatus.ResourceExhausted);
            Assert.IsTrue(scene.GroupKeyManagement.Groups.Add(1, 0xFFF1, 0xFFF9) < 0, "another endpoint of the same group");
            scene.Act(2);
            Add(scene, 1, ImStatus.Success);
        }

        [TestMethod]
        public void GroupTable_ShowsEachGroupOnceWithItsEndpoints()
        {
            ClusterScene scene = NewScene();
            Add(scene, 2, ImStatus.Success);
            Add(scene, 1, ImStatus.Success);
            scene.GroupKeyManagement.Groups.Add(1, 1, 9);
            Assert.AreEqual(2, scene.Count(scene.GroupKeyManagement, GroupTableId));
            for (int i = 0; i < 2; i++)
            {
                int group = scene.ItemNumber(scene.GroupKeyManagement, GroupTableId, i, 1);
                Assert.AreEqual(1, scene.ItemNumber(scene.GroupKeyManagement, GroupTableId, i, 254));
                Assert.AreEqual(0, scene.Item(scene.GroupKeyManagement, GroupTableId, i, 3).GetString(0, 16), "GroupName");
                TlvReader endpoints = scene.Item(scene.GroupKeyManagement, GroupTableId, i, 2);
                Assert.AreEqual(TlvType.Array, endpoints.Type);
                endpoints.Enter();
                int sum = 0;
                while (endpoints.Next()) sum += (int)endpoints.GetUnsigned(0xFFFF);
                Assert.AreEqual(group == 1 ? ClusterScene.LightEndpoint + 9 : ClusterScene.LightEndpoint, sum);
            }

            scene.Act(2);
            Assert.AreEqual(0, scene.Count(scene.GroupKeyManagement, GroupTableId));
            scene.Context.IsFabricFiltered = false;
            Assert.AreEqual(2, scene.Count(scene.GroupKeyManagement, GroupTableId));
        }

        [TestMethod]
        public void FullTable_IsStoredAndLoaded()
        {
            ClusterScene scene = NewScene();
            for (int fabric = 3; fabric <= Limits.Fabrics; fabric++) scene.AddFabric(fabric);
            for (int fabric = 1; fabric <= Limits.Fabrics; fabric++) GroupTableFill(scene, fabric);
            scene.Act(1);
            ClusterScene restarted = NewScene();
            for (int fabric = 3; fabric <= Limits.Fabrics; fabric++) restarted.AddFabric(fabric);
            restarted.Act(1);
            restarted.Restart(scene.GroupKeyManagement, restarted.GroupKeyManagement);
            Assert.IsTrue(restarted.GroupKeyManagement.Groups.Find(Limits.Fabrics, 0xFFF1, 0xFFF0) >= 0);
            for (int fabric = 1; fabric <= Limits.Fabrics; fabric++)
            {
                Assert.AreEqual(0, restarted.GroupKeyManagement.Groups.GetRoom(fabric));
            }
        }

        [TestMethod]
        public void MembershipsOfAFabricThatIsGone_AreNotLoaded()
        {
            ClusterScene scene = NewScene();
            Add(scene, 1, ImStatus.Success);
            scene.Act(2);
            Add(scene, 1, ImStatus.Success);
            ClusterScene restarted = new ClusterScene();
            restarted.AddFabric(2);
            restarted.Restart(scene.GroupKeyManagement, restarted.GroupKeyManagement);
            Assert.IsTrue(restarted.GroupKeyManagement.Groups.Find(1, 1, ClusterScene.LightEndpoint) < 0);
            Assert.IsTrue(restarted.GroupKeyManagement.Groups.Find(2, 1, ClusterScene.LightEndpoint) >= 0);
        }

        [TestMethod]
        public void RemovedFabric_LosesItsMemberships()
        {
            ClusterScene scene = NewScene();
            Add(scene, 1, ImStatus.Success);
            scene.Act(2);
            Add(scene, 1, ImStatus.Success);
            scene.GroupKeyManagement.FabricRemoved(1);
            Assert.IsTrue(scene.GroupKeyManagement.Groups.Find(1, 1, ClusterScene.LightEndpoint) < 0);
            Assert.IsTrue(scene.GroupKeyManagement.Groups.Find(2, 1, ClusterScene.LightEndpoint) >= 0);
        }

        /// <summary>Two fabrics, each with a key for the groups 1 to 4; the first one asks.</summary>
        internal static ClusterScene NewScene()
        {
            ClusterScene scene = new ClusterScene();
            for (int fabric = 2; fabric >= 1; fabric--)
            {
                scene.AddFabric(fabric);
                GroupKeyManagementTests.WriteSet(scene, 42, 1);
                GroupKeyTable keys = scene.Node.Fabrics.GroupKeys;
                keys.Begin(scene.Node.Fabrics.Find(fabric));
                for (int group = 1; group <= Limits.GroupsPerFabric; group++) keys.AddGroup(group, 42);
                Assert.AreEqual(0, keys.Commit());
            }

            return scene;
        }

        // As many groups as a fabric may have, in endpoints of their own until there is no row left.
        private static void GroupTableFill(ClusterScene scene, int fabric)
        {
            for (int i = 0; i < Limits.GroupMembershipsPerFabric; i++)
            {
                int group = 0xFFF0 + (i % Limits.GroupsPerFabric);
                Assert.AreEqual(0, scene.GroupKeyManagement.Groups.Add(fabric, group, 0xFFF0 + (i / Limits.GroupsPerFabric)));
            }
        }

        private static void Add(ClusterScene scene, uint group, int status)
        {
            AddNamed(scene, group, 0, status);
        }

        private static void AddNamed(ClusterScene scene, uint group, int nameLength, int status)
        {
            PutGroup(scene, group, nameLength);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.Groups, AddGroup));
            Assert.AreEqual(status, scene.AnswerNumber(0));
            Assert.AreEqual((int)group, scene.AnswerNumber(1));
        }

        private static int AddIfIdentifying(ClusterScene scene, uint group)
        {
            PutGroup(scene, group, 3);
            return scene.Invoke(scene.Groups, AddGroupIfIdentifying);
        }

        private static void PutGroup(ClusterScene scene, uint group, int nameLength)
        {
            byte[] name = new byte[nameLength];
            for (int i = 0; i < nameLength; i++) name[i] = (byte)'a';
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, group);
            fields.PutString(1, name, 0, nameLength);
        }

        private static void Ask(ClusterScene scene, uint command, uint group, int status)
        {
            scene.Fields().PutUnsigned(0, group);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.Groups, command));
            Assert.AreEqual(status, scene.AnswerNumber(0));
            Assert.AreEqual((int)group, scene.AnswerNumber(1));
        }

        private static void CheckMembership(ClusterScene scene, int[] asked, int[] expected)
        {
            TlvWriter fields = scene.Fields();
            fields.StartArray(0);
            for (int i = 0; i < asked.Length; i++) fields.PutUnsigned(TlvTag.Anonymous, (uint)asked[i]);
            fields.EndContainer();
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.Groups, GetGroupMembership));
            TlvReader list = scene.Answer(1);
            Assert.AreEqual(TlvType.Array, list.Type);
            int count = 0;
            int sum = 0;
            list.Enter();
            while (list.Next())
            {
                count++;
                sum += (int)list.GetUnsigned(0xFFFF);
            }

            int expectedSum = 0;
            for (int i = 0; i < expected.Length; i++) expectedSum += expected[i];
            Assert.AreEqual(expected.Length, count);
            Assert.AreEqual(expectedSum, sum);
        }
    }
}
