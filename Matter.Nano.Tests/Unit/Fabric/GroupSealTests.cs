using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>Messages to groups as they leave: header, key, counter.</summary>
    [TestClass]
    public class GroupSealTests
    {
        private const int Group = 0x0102;
        private const int SetId = 7;
        private const int HeaderLength = 18;

        [TestMethod]
        public void RecordedMessages_AreReproduced()
        {
            VectorReader v = new VectorReader(VectorData.MessageEncryption);
            byte[] compressedId = { 0x87, 0xE1, 0xB0, 0x04, 0xE2, 0x35, 0xA1, 0x30 };   // of the vectors' fabric
            int messages = 0;
            while (v.NextCase())
            {
                if (!v.Has("groupId") || !v.Has("encryptKey") || v.Int("expectedMessageCount") == 0) continue;
                messages++;
                byte[] plain = v.Bytes("plain");
                byte[] expected = v.Bytes("privacy");
                FabricScene scene = new FabricScene();
                Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
                Array.Copy(compressedId, 0, fabric.CompressedId, 0, compressedId.Length);
                fabric.NodeId = LittleEndian.GetUInt64(v.Bytes("nonce"), 5);
                GroupKeyTable keys = scene.Fabrics.GroupKeys;
                keys.Begin(fabric);
                keys.BeginSet(SetId, 0);
                keys.AddKey(v.Bytes("epochKey"), 0, 0);
                keys.AddGroup(v.Int("groupId"), SetId);
                Assert.AreEqual(0, keys.Commit());
                PutMark(scene.Store, LittleEndian.GetUInt32(plain, MessageHeader.CounterOffset));

                GroupSessions groups = NewSessions(scene);
                groups.HidesHeaders = (plain[MessageHeader.SecurityFlagsOffset] & 0x80) != 0;
                byte[] message = new byte[expected.Length];
                Array.Copy(plain, HeaderLength, message, HeaderLength, plain.Length - HeaderLength);
                Assert.AreEqual(expected.Length, groups.Seal(message, HeaderLength, plain.Length - HeaderLength, fabric, v.Int("groupId"), 0), v.Name);
                CollectionAssert.AreEqual(expected, message, v.Name);
            }

            Assert.IsTrue(messages > 0);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Message_HasHeaderAndTag(bool hidesHeaders)
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = CommissionWithKeys(scene, 1);
            GroupSessions groups = NewSessions(scene);
            groups.HidesHeaders = hidesHeaders;
            byte[] plaintext = { 1, 2, 3, 4, 5, 6, 7 };
            byte[] buffer = Blank();
            Array.Copy(plaintext, 0, buffer, HeaderLength, plaintext.Length);
            int length = groups.Seal(buffer, HeaderLength, plaintext.Length, fabric, Group, 0);
            Assert.AreEqual(HeaderLength + plaintext.Length + AesCcm.TagLength, length);
            Assert.AreEqual((byte)0xA5, buffer[length]);

            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            int key = keys.GetFirstKey(keys.Find(fabric, SetId));
            MessageHeader header = new MessageHeader();
            Assert.AreEqual(HeaderLength, header.Parse(buffer, 0, length));
            Assert.IsTrue(header.IsGroup);
            Assert.AreEqual(hidesHeaders, header.IsPrivate);
            Assert.AreEqual(keys.GetSessionId(key), header.SessionId);
            Assert.AreEqual(!hidesHeaders, header.SourceNodeId == fabric.NodeId);
            MessageSecurity security = new MessageSecurity(scene.Crypto.AesCcm);
            if (hidesHeaders)
            {
                byte[] privacyKey = new byte[16];
                groups.DerivePrivacyKey(privacyKey, keys.Keys, key * 16);
                security.ToggleHeaderPrivacy(buffer, 0, header, length, privacyKey, 0);
                header.Parse(buffer, 0, length);
            }

            Assert.AreEqual(fabric.NodeId, header.SourceNodeId);
            Assert.AreEqual(Group, header.DestinationGroupId);
            Assert.IsTrue(header.Counter >= 1 && header.Counter <= 0x10000000);
            length = security.Open(buffer, 0, HeaderLength, length, keys.Keys, key * 16, fabric.NodeId);
            Assert.AreEqual(HeaderLength + plaintext.Length, length);
            Assert.IsTrue(ConstantTime.Equals(plaintext, 0, buffer, HeaderLength, plaintext.Length));
        }

        [TestMethod]
        public void CurrentKey_IsTheLatestThatBegan_OrTheSecondNewest()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = CommissionWithKeys(scene, 1);
            UtcClock clock = scene.Fabrics.Clock;
            Assert.AreEqual(0, KeyUsed(scene, fabric, 0));
            Write(scene, fabric, 2);
            Assert.AreEqual(0, KeyUsed(scene, fabric, 0));
            Write(scene, fabric, 3);
            Assert.AreEqual(1, KeyUsed(scene, fabric, 0), "no clock");

            // They begin at 1000, 2000 and 3000 s.
            clock.Set(500, 0);
            Assert.AreEqual(0, KeyUsed(scene, fabric, 0), "all in the future");
            Assert.AreEqual(0, KeyUsed(scene, fabric, 1499999));
            Assert.AreEqual(1, KeyUsed(scene, fabric, 1500000));
            Assert.AreEqual(1, KeyUsed(scene, fabric, 2499999));
            Assert.AreEqual(2, KeyUsed(scene, fabric, 2500000));
            clock.Set(uint.MaxValue, 2500000);
            Assert.AreEqual(2, KeyUsed(scene, fabric, 2500000));
            clock.Set(0, 2500000);
            Assert.AreEqual(1, KeyUsed(scene, fabric, 2500000), "clock lost");
        }

        [TestMethod]
        public void KeysOrMapMissing_NothingIsSealedNorCounted()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = CommissionWithKeys(scene, 1);
            Fabric other = scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            GroupSessions groups = NewSessions(scene);
            int changes = scene.Store.Changes;
            byte[] buffer = Blank();
            Assert.AreEqual(MatterError.NotFound, groups.Seal(buffer, HeaderLength, 8, fabric, Group + 1, 0));
            Assert.AreEqual(MatterError.NotFound, groups.Seal(buffer, HeaderLength, 8, other, Group, 0));
            Assert.AreEqual(changes, scene.Store.Changes);
            for (int i = 0; i < buffer.Length; i++) Assert.AreEqual((byte)0xA5, buffer[i]);
        }

        [TestMethod]
        public void PowerCuts_NeverBringACounterBack()
        {
            FabricScene scene = new FabricScene();
            Fabric fabric = CommissionWithKeys(scene, 1);
            long least = 0;
            for (int cut = 0; cut < 20; cut++)
            {
                GroupSessions groups = NewSessions(scene);
                int changes = scene.Store.Changes;
                scene.Store.LosesAnswer = cut % 2 == 0;
                scene.Store.ChangesLeft = cut % 3;
                int sent = 0;
                for (; sent < 2 * PersistedCounter.BlockLength; sent++)
                {
                    byte[] buffer = Blank();
                    int length = groups.Seal(buffer, HeaderLength, 8, fabric, Group, 0);
                    if (length < 0) break;
                    uint counter = LittleEndian.GetUInt32(buffer, MessageHeader.CounterOffset);
                    Assert.IsTrue(counter >= least, cut.ToString());
                    least = counter + 1L;
                    if (cut >= 3 && sent == 20) break;
                }

                if (cut < 3) Assert.AreEqual(cut * PersistedCounter.BlockLength, sent, cut.ToString());
                Assert.IsTrue(scene.Store.Changes - changes <= 1 + sent / PersistedCounter.BlockLength, "writes");
            }
        }

        private static void PutMark(PowerCutStore store, ulong mark)
        {
            byte[] record = new byte[16];
            LittleEndian.PutUInt64(record, 0, mark);
            LittleEndian.PutUInt64(record, 8, ~mark);
            Assert.AreEqual(0, store.Write(StoreKey.GroupDataCounter, record, 0, record.Length));
        }

        private static byte[] Blank()
        {
            byte[] buffer = new byte[HeaderLength + 8 + AesCcm.TagLength + 1];
            for (int i = 0; i < buffer.Length; i++) buffer[i] = 0xA5;
            return buffer;
        }

        private static GroupSessions NewSessions(FabricScene scene)
        {
            return new GroupSessions(scene.Crypto, scene.Fabrics, scene.Store);
        }

        private static Fabric CommissionWithKeys(FabricScene scene, int count)
        {
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            Write(scene, fabric, count);
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            keys.Begin(fabric);
            Assert.AreEqual(0, keys.AddGroup(Group, SetId));
            Assert.AreEqual(0, keys.Commit());
            return fabric;
        }

        private static void Write(FabricScene scene, Fabric fabric, int count)
        {
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            keys.Begin(fabric);
            Assert.AreEqual(0, keys.BeginSet(SetId, 0));
            for (int i = 0; i < count; i++)
            {
                byte[] epochKey = new byte[16];
                epochKey[0] = (byte)(i + 1);
                Assert.AreEqual(0, keys.AddKey(epochKey, 0, (ulong)(i + 1) * 1000000000));
            }

            Assert.AreEqual(0, keys.Commit());
        }

        // Which key of the set a message gets, told by its session id.
        private static int KeyUsed(FabricScene scene, Fabric fabric, long now)
        {
            byte[] buffer = Blank();
            Assert.IsTrue(NewSessions(scene).Seal(buffer, HeaderLength, 8, fabric, Group, now) > 0);
            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            int set = keys.Find(fabric, SetId);
            for (int i = 0; i < keys.GetKeyCount(set); i++)
            {
                if (keys.GetSessionId(keys.GetFirstKey(set) + i) == LittleEndian.GetUInt16(buffer, 1)) return i;
            }

            return -1;
        }
    }
}
