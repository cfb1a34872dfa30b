using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class GroupKeyTableTests
    {
        [TestMethod]
        public void OperationalKeysAndSessionIds_AreThoseOfTheVectors()
        {
            VectorReader v = new VectorReader(VectorData.GroupKeys);
            FabricScene scene = new FabricScene();
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            GroupSessions sessions = new GroupSessions(scene.Crypto, scene.Fabrics, scene.Store);
            byte[] privacyKey = new byte[16];
            while (v.NextCase())
            {
                byte[] key = new byte[18];
                keys.DeriveKey(key, 1, v.Bytes("epoch_key"), 0, v.Bytes("compressed_fabric_id"));
                Assert.IsTrue(key[0] == 0 && key[17] == 0 && ConstantTime.Equals(v.Bytes("operational_key"), 0, key, 1, 16), v.Name);
                Assert.AreEqual(v.Int("group_session_id"), keys.DeriveSessionId(key, 1), v.Name);
                if (!v.Has("privacy_key")) continue;
                sessions.DerivePrivacyKey(privacyKey, key, 1);
                CollectionAssert.AreEqual(v.Bytes("privacy_key"), privacyKey, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void IdentityProtectionKey_IsSetZero()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, false);
            Fabric fabric = scene.Commission(administrator);
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            int set = keys.Find(fabric, GroupKeyTable.IpkSetId);
            Assert.IsTrue(set >= 0);
            Assert.AreEqual(1, keys.GetKeyCount(set));
            Assert.AreEqual(0, keys.GetPolicy(set));
            Assert.AreEqual(0ul, keys.GetStartTime(keys.GetFirstKey(set)));
            byte[] expected = new byte[16];
            keys.DeriveKey(expected, 0, administrator.Ipk, 0, fabric.CompressedId);
            Assert.IsTrue(ConstantTime.Equals(expected, 0, keys.Keys, keys.GetFirstKey(set) * 16, 16));
        }

        [TestMethod]
        public void Sets_AreWrittenReplacedAndRemoved()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            Fabric other = scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            Write(keys, fabric, 7, 3);
            Write(keys, fabric, 0x1234, 1);
            keys.Begin(fabric);
            Assert.AreEqual(MatterError.TableFull, keys.BeginSet(8, 0));
            Assert.AreEqual(MatterError.NotFound, keys.Find(other, 7));
            Assert.AreEqual(3, keys.GetKeyCount(keys.Find(fabric, 7)));

            keys.Begin(fabric);
            Assert.AreEqual(0, keys.BeginSet(7, 1));
            for (int i = 0; i < 3; i++) Assert.AreEqual(0, keys.AddKey(new byte[16], 0, 5));
            Assert.AreEqual(MatterError.TableFull, keys.AddKey(new byte[16], 0, 5));
            Write(keys, fabric, 7, 2);
            Assert.AreEqual(2, keys.GetKeyCount(keys.Find(fabric, 7)));

            keys.Begin(fabric);
            Assert.AreEqual(0, keys.AddGroup(1, 7));
            Assert.AreEqual(0, keys.AddGroup(2, 0x1234));
            Assert.AreEqual(MatterError.Duplicate, keys.AddGroup(1, 0x1234));
            Assert.AreEqual(0, keys.AddGroup(3, 7));
            Assert.AreEqual(0, keys.AddGroup(4, 7));
            Assert.AreEqual(MatterError.TableFull, keys.AddGroup(5, 7));
            Assert.AreEqual(0, keys.GetGroupCount(fabric));
            Assert.AreEqual(0, keys.Commit());
            Assert.AreEqual(4, keys.GetGroupCount(fabric));
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());

            keys.Begin(fabric);
            Assert.AreEqual(MatterError.NotFound, keys.RemoveSet(9));
            Assert.AreEqual(0, keys.RemoveSet(7));
            Assert.AreEqual(0, keys.Commit());
            Assert.AreEqual(MatterError.NotFound, keys.Find(fabric, 7));
            Assert.AreEqual(1, keys.GetGroupCount(fabric));
            Assert.AreEqual(2, keys.GetGroupId(fabric, 0));
            Assert.AreEqual(0x1234, keys.GetGroupSetId(fabric, 0));

            keys.Begin(fabric);
            keys.ClearGroups();
            Assert.AreEqual(0, keys.Commit());
            Assert.AreEqual(0, keys.GetGroupCount(fabric));
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void FailedCommit_ChangesNothingAndLeavesNoKeys()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            string before = scene.Describe();
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            scene.Store.ChangesLeft = 0;
            keys.Begin(fabric);
            keys.BeginSet(7, 0);
            keys.AddKey(new byte[16], 0, 1);
            Assert.AreEqual(MatterError.StorageFailed, keys.Commit());
            Assert.AreEqual(before, scene.Describe());
            int staging = GroupKeyTable.StagingRow * Limits.GroupKeySetsPerFabric * GroupKeyTable.KeysPerSet * 16;
            for (int i = staging; i < keys.Keys.Length; i++) Assert.AreEqual((byte)0, keys.Keys[i]);
        }

        private static void Write(GroupKeyTable keys, Fabric fabric, int setId, int count)
        {
            byte[] epoch = new byte[17];
            keys.Begin(fabric);
            Assert.AreEqual(0, keys.BeginSet(setId, 0));
            for (int i = 0; i < count; i++)
            {
                epoch[1] = (byte)(setId + i);
                Assert.AreEqual(0, keys.AddKey(epoch, 1, (ulong)(1000 + i)));
            }

            Assert.AreEqual(0, keys.Commit());
        }
    }
}
