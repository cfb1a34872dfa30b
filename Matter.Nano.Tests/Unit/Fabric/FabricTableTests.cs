using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class FabricTableTests
    {
        [TestMethod]
        public void CompressedIdAndDestination_AreThoseOfTheVectors()
        {
            VectorReader v = new VectorReader(VectorData.CaseDestinationId);
            while (v.NextCase())
            {
                FabricScene scene = new FabricScene();
                Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
                fabric.RootCertificate = v.Bytes("root_public_key");
                fabric.RootPublicKeyOffset = 0;
                fabric.FabricId = Number(v.Bytes("fabric_id"));
                fabric.NodeId = Number(v.Bytes("node_id"));
                byte[] ipk = v.Bytes("operational_ipk");
                GroupKeyTable keys = scene.Fabrics.GroupKeys;
                Array.Copy(ipk, 0, keys.Keys, keys.GetFirstKey(keys.Find(fabric, 0)) * GroupKeyTable.KeyLength, 16);

                byte[] random = v.Bytes("initiator_random");
                byte[] destination = v.Bytes("destination_id");
                byte[] found = new byte[18];
                Assert.AreSame(fabric, scene.Fabrics.FindByDestination(random, 0, destination, 0, found, 1), v.Name);
                Assert.IsTrue(found[0] == 0 && found[17] == 0 && ConstantTime.Equals(ipk, 0, found, 1, 16), v.Name);
                for (int i = 0; i < 32; i++)
                {
                    destination[i] ^= 0x10;
                    Assert.IsNull(scene.Fabrics.FindByDestination(random, 0, destination, 0, found, 1), v.Name);
                    destination[i] ^= 0x10;
                }
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void CompressedId_IsThatOfTheVector()
        {
            VectorReader v = new VectorReader(VectorData.CompressedFabricId);
            int compared = 0;
            while (v.NextCase())
            {
                if (!v.Has("compressed_fabric_id")) continue;
                FabricScene scene = new FabricScene();
                Fabric fabric = scene.Fabrics.GetRow(0);
                fabric.RootCertificate = v.Bytes("root_public_key");
                fabric.RootPublicKeyOffset = 0;
                fabric.FabricId = Number(v.Bytes("fabric_id"));
                scene.Fabrics.DeriveCompressedId(fabric);
                CollectionAssert.AreEqual(v.Bytes("compressed_fabric_id"), fabric.CompressedId, v.Name);
                compared++;
            }

            Assert.IsTrue(compared > 0);
        }

        [TestMethod]
        public void Destination_IsFoundAmongSeveralFabricsAndKeys()
        {
            FabricScene scene = new FabricScene();
            byte[] ipk = new byte[16];
            byte[] random = new byte[40];
            byte[] destination = new byte[40];
            Assert.IsNull(scene.Fabrics.FindByDestination(random, 0, destination, 0, ipk, 0));
            for (int i = 1; i <= Limits.Fabrics; i++) scene.Commission(new TestAdministrator(scene.Crypto, (ulong)i, false));

            GroupKeyTable keys = scene.Fabrics.GroupKeys;
            Fabric third = scene.Fabrics.Find(3);
            byte[] epoch = new byte[16];
            keys.Begin(third);
            keys.BeginSet(0, 0);
            for (int i = 0; i < 3; i++)
            {
                epoch[0] = (byte)i;
                Assert.AreEqual(0, keys.AddKey(epoch, 0, (ulong)i));
            }

            Assert.AreEqual(0, keys.Commit());
            for (int k = 0; k < 3; k++)
            {
                int key = keys.GetFirstKey(keys.Find(third, 0)) + k;
                scene.Crypto.Hmac.Start(keys.Keys, key * 16, 16);
                scene.Crypto.Hmac.Update(random, 8, 32);
                scene.Crypto.Hmac.Update(third.RootCertificate, third.RootPublicKeyOffset, 65);
                scene.Crypto.Hmac.Update(Little(third.FabricId), 0, 8);
                scene.Crypto.Hmac.Update(Little(third.NodeId), 0, 8);
                scene.Crypto.Hmac.Finish(destination, 5);
                Assert.AreSame(third, scene.Fabrics.FindByDestination(random, 8, destination, 5, ipk, 0));
                Assert.IsTrue(ConstantTime.Equals(keys.Keys, key * 16, ipk, 0, 16));
            }
        }

        [TestMethod]
        public void Labels_AreUnique()
        {
            FabricScene scene = new FabricScene();
            Fabric one = scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            Fabric two = scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            byte[] text = new byte[40];
            for (int i = 0; i < text.Length; i++) text[i] = (byte)('a' + i % 26);
            Assert.AreEqual(MatterError.OutOfRange, scene.Fabrics.SetLabel(one, text, 0, 33, 0));
            Assert.AreEqual(0, scene.Fabrics.SetLabel(one, text, 1, 32, 0));
            Assert.AreEqual(1, scene.Updated);
            Assert.AreEqual(MatterError.Duplicate, scene.Fabrics.SetLabel(two, text, 1, 32, 0));
            Assert.AreEqual(0, two.Label.Length);
            Assert.AreEqual(0, scene.Fabrics.SetLabel(one, text, 1, 32, 0), "its own again");
            Assert.AreEqual(0, scene.Fabrics.SetLabel(two, text, 1, 31, 0), "another length");
            Assert.AreEqual(0, scene.Fabrics.SetLabel(one, text, 0, 0, 0));
            Assert.AreEqual(0, scene.Fabrics.SetLabel(two, text, 0, 0, 0), "two without");
            Assert.AreEqual(0, scene.Fabrics.SetLabel(one, text, 0, 5, 0));

            string before = scene.Describe();
            scene.Store.ChangesLeft = 0;
            Assert.AreEqual(MatterError.StorageFailed, scene.Fabrics.SetLabel(one, text, 3, 7, 0));
            Assert.AreEqual(before, scene.Describe());
            Assert.AreEqual(before, new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void VendorVerification_IsKeptOrRefused()
        {
            FabricScene scene = new FabricScene();
            Fabric with = scene.Commission(new TestAdministrator(scene.Crypto, 1, true));
            Fabric without = scene.Commission(new TestAdministrator(scene.Crypto, 2, false));
            byte[] statement = new byte[90];
            byte[] vvsc = new byte[401];
            for (int i = 0; i < 90; i++) statement[i] = (byte)(i + 1);
            for (int i = 0; i < 400; i++) vvsc[i] = (byte)(i * 7);
            FabricTable fabrics = scene.Fabrics;
            Assert.AreEqual(MatterError.OutOfRange, fabrics.SetVendorVerification(without, 1, statement, 0, 84, null, 0, 0, 0));
            Assert.AreEqual(MatterError.OutOfRange, fabrics.SetVendorVerification(without, 1, null, 0, 0, vvsc, 0, 401, 0));
            Assert.AreEqual(MatterError.InvalidState, fabrics.SetVendorVerification(with, 1, null, 0, 0, vvsc, 0, 400, 0));
            Assert.AreEqual(0, scene.Updated);

            Assert.AreEqual(0, fabrics.SetVendorVerification(with, 0x1234, statement, 5, 85, null, 0, 0, 0));
            Assert.AreEqual(0x1234, with.VendorId);
            Assert.AreEqual((byte)6, with.VerificationStatement[0]);
            Assert.AreEqual(85, with.VerificationStatement.Length);
            Assert.AreEqual(0, fabrics.SetVendorVerification(without, without.VendorId, statement, 0, 85, vvsc, 0, 400, 0));
            Assert.AreEqual(400, without.Vvsc.Length);
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());
            Assert.AreEqual(2, scene.Updated);

            // Leaves an ICAC in preparation, which must not matter.
            scene.FailSafe.ArmForPase(0);
            TestAdministrator third = new TestAdministrator(scene.Crypto, 3, true);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            Assert.AreEqual(0, scene.AddRoot(third, 0));
            Assert.AreEqual(NodeOperationalCertStatus.InvalidPublicKey, scene.AddNoc(third, third.NewNoc(third.RootPublicKey), 0));

            string before = scene.Describe();
            scene.Store.ChangesLeft = 0;
            Assert.AreEqual(MatterError.StorageFailed, fabrics.SetVendorVerification(without, 9, statement, 2, 85, vvsc, 1, 300, 0));
            Assert.AreEqual(before, scene.Describe());
            scene.Store.ChangesLeft = 1;
            Assert.AreEqual(0, fabrics.SetVendorVerification(without, 9, statement, 0, 0, vvsc, 0, 0, 0));
            Assert.AreEqual(0, without.Vvsc.Length);
            Assert.AreEqual(0, without.VerificationStatement.Length);
            Assert.AreEqual(scene.Describe(), new FabricScene(scene.Store).Describe());
        }

        [TestMethod]
        public void DamagedRecord_IsReportedAndNotOverwritten()
        {
            FabricScene scene = new FabricScene();
            for (int i = 1; i <= 3; i++) scene.Commission(new TestAdministrator(scene.Crypto, (ulong)i, true));
            byte[] record = scene.Store[StoreKey.Fabric + 1];
            byte[] right = (byte[])record.Clone();
            for (int i = 0; i < record.Length; i += 13)
            {
                record[i] ^= 0x20;
                FabricScene damaged = new FabricScene(scene.Store);
                Assert.AreEqual(MatterError.DamagedRecord, damaged.LoadResult, i.ToString());
                Assert.AreEqual(2, damaged.Fabrics.Count);
                Assert.IsNull(damaged.Fabrics.Find(2));
                Assert.AreEqual(3ul, damaged.Fabrics.Find(3).FabricId);
                record[i] ^= 0x20;
            }

            record[20] ^= 1;
            FabricScene full = new FabricScene(scene.Store);
            full.Commission(new TestAdministrator(full.Crypto, 4, false));
            full.Commission(new TestAdministrator(full.Crypto, 5, false));
            full.FailSafe.ArmForPase(0);
            TestAdministrator sixth = new TestAdministrator(full.Crypto, 6, false);
            Assert.AreEqual(0, full.RequestKey(false, 0));
            Assert.AreEqual(0, full.AddRoot(sixth, 0));
            Assert.AreEqual(NodeOperationalCertStatus.TableFull, full.AddNoc(sixth, 0));
            record[20] ^= 1;
            CollectionAssert.AreEqual(right, scene.Store[StoreKey.Fabric + 1]);
            Assert.AreEqual(5, new FabricScene(scene.Store).Fabrics.Count);
        }

        [TestMethod]
        public void OnlyDamagedRecords_DoNotMakeANodeNew()
        {
            FabricScene scene = new FabricScene();
            scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            scene.Store[StoreKey.Fabric][0] ^= 1;
            FabricScene damaged = new FabricScene(scene.Store);
            Assert.AreEqual(0, damaged.Fabrics.Count);
            Assert.IsFalse(damaged.Fabrics.IsEmpty);
            damaged.Window.OpenInitial(0);
            Assert.IsFalse(damaged.Window.IsOpen);
        }

        [TestMethod]
        public void TruncatedOrForeignRecords_AreDamaged()
        {
            FabricScene scene = new FabricScene();
            scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            byte[] record = scene.Store[StoreKey.Fabric];
            for (int length = 0; length < record.Length; length += 7)
            {
                scene.Store.Write(StoreKey.Fabric, record, 0, length);
                Assert.AreEqual(MatterError.DamagedRecord, new FabricScene(scene.Store).LoadResult, length.ToString());
            }

            scene.Store.Write(StoreKey.Fabric, new byte[5000], 0, 5000);
            Assert.AreEqual(MatterError.DamagedRecord, new FabricScene(scene.Store).LoadResult, "too long");
            scene.Store.Write(StoreKey.Fabric, record, 0, record.Length);
            scene.Store.Write(StoreKey.Fabric + 1, record, 0, record.Length);
            FabricScene twice = new FabricScene(scene.Store);
            Assert.AreEqual(MatterError.DamagedRecord, twice.LoadResult, "the same index twice");
            Assert.AreEqual(1, twice.Fabrics.Count);
        }

        [TestMethod]
        public void BrokenStore_IsReported()
        {
            FabricScene scene = new FabricScene();
            scene.Commission(new TestAdministrator(scene.Crypto, 1, false));
            PowerCutStore store = scene.Store;
            store.FailsToRead = true;
            FabricScene broken = new FabricScene(store);
            Assert.AreEqual(MatterError.StorageFailed, broken.LoadResult);
            Assert.IsFalse(broken.Fabrics.IsEmpty);
            store.FailsToRead = false;
            Assert.AreEqual(0, new FabricScene(store).LoadResult);
        }

        [TestMethod]
        public void Find_KnowsNoFabricZero()
        {
            FabricScene scene = new FabricScene();
            Assert.IsNull(scene.Fabrics.Find(0));
            Assert.IsNull(scene.Fabrics.Find(1));
            Assert.IsTrue(scene.Fabrics.IsEmpty);
            Assert.AreEqual(Limits.Fabrics, scene.Fabrics.Capacity);
        }

        private static ulong Number(byte[] bigEndian)
        {
            ulong value = 0;
            for (int i = 0; i < bigEndian.Length; i++) value = value << 8 | bigEndian[i];
            return value;
        }

        private static byte[] Little(ulong value)
        {
            byte[] bytes = new byte[8];
            for (int i = 0; i < 8; i++) bytes[i] = (byte)(value >> (8 * i));
            return bytes;
        }
    }
}
