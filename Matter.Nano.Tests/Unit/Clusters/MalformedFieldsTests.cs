using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Damaged fields and values: truncated, flipped, of the wrong type. No throw, and no change unless they count as right.</summary>
    [TestClass]
    public class MalformedFieldsTests
    {
        [TestMethod]
        public void OnOffCommands()
        {
            ClusterScene scene = new ClusterScene();
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, 1);
            fields.PutUnsigned(1, 30000);
            fields.PutUnsigned(2, 300);
            DamageFields(scene, scene.OnOff, 0x42);
            fields = scene.Fields();
            fields.PutUnsigned(0, 1);
            fields.PutUnsigned(1, 0);
            DamageFields(scene, scene.OnOff, 0x40);
            scene.Value().PutUnsigned(TlvTag.Anonymous, 2);
            DamageValue(scene, scene.OnOff, 0x4003, false);
        }

        [TestMethod]
        public void IdentifyCommands()
        {
            ClusterScene scene = new ClusterScene();
            scene.Fields().PutUnsigned(0, 300);
            DamageFields(scene, scene.Identify, 0x00);
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, 0xFE);
            fields.PutUnsigned(1, 0);
            DamageFields(scene, scene.Identify, 0x40);
        }

        [TestMethod]
        public void GroupsCommands()
        {
            ClusterScene scene = GroupsTests.NewScene();
            for (uint command = 0; command <= 5; command++)
            {
                // RemoveAllGroups has no fields.
                if (command == 4) continue;
                TlvWriter fields = scene.Fields();
                if (command == 2)
                {
                    fields.StartArray(0);
                    fields.PutUnsigned(TlvTag.Anonymous, 1);
                    fields.PutUnsigned(TlvTag.Anonymous, 300);
                    fields.EndContainer();
                }
                else
                {
                    fields.PutUnsigned(0, 1);
                    fields.PutString(1, new byte[] { 65, 0xC3, 0xA4 }, 0, 3);
                }

                DamageFields(scene, scene.Groups, command);
            }
        }

        [TestMethod]
        public void GroupKeyManagementCommands()
        {
            ClusterScene scene = GroupsTests.NewScene();
            GroupKeyManagementTests.PutSet(scene, 42, 2);
            DamageFields(scene, scene.GroupKeyManagement, 0x00);
            scene.Fields().PutUnsigned(0, 42);
            DamageFields(scene, scene.GroupKeyManagement, 0x01);
            scene.Fields().PutUnsigned(0, 42);
            DamageFields(scene, scene.GroupKeyManagement, 0x03);
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            value.StartStructure(TlvTag.Anonymous);
            value.PutUnsigned(1, 1);
            value.PutUnsigned(2, 300);
            value.EndContainer();
            value.EndContainer();
            DamageValue(scene, scene.GroupKeyManagement, 0, false);
            value = scene.Value();
            value.StartStructure(TlvTag.Anonymous);
            value.PutUnsigned(1, 300);
            value.PutUnsigned(2, 42);
            value.EndContainer();
            DamageValue(scene, scene.GroupKeyManagement, 0, true);
        }

        [TestMethod]
        public void AccessControlValues()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            TlvWriter value = scene.Value();
            value.StartArray(TlvTag.Anonymous);
            AccessControlClusterTests.PutEntry(value, 5, 2);
            value.EndContainer();
            DamageValue(scene, scene.AccessControl, 0, false);
            AccessControlClusterTests.PutEntry(scene.Value(), 3, 2);
            DamageValue(scene, scene.AccessControl, 0, true);
        }

        [TestMethod]
        public void CommissioningCommands()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.Context.Session.ExchangeCount = 1;
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, 300);
            fields.PutUnsigned(1, 1);
            DamageFields(scene, scene.GeneralCommissioning, 0x00);
            fields = scene.Fields();
            fields.PutUnsigned(0, 1);
            fields.PutString(1, new byte[] { 65, 66 }, 0, 2);
            fields.PutUnsigned(2, 1);
            DamageFields(scene, scene.GeneralCommissioning, 0x02);
            scene.Node.FailSafe.Expire(0);
            fields = scene.Fields();
            fields.PutUnsigned(0, 300);
            fields.PutBytes(1, new byte[97], 0, 97);
            fields.PutUnsigned(2, 3840);
            fields.PutUnsigned(3, 2000);
            fields.PutBytes(4, new byte[16], 0, 16);
            DamageFields(scene, scene.AdministratorCommissioning, 0x00);
            scene.Fields().PutUnsigned(0, 300);
            DamageFields(scene, scene.AdministratorCommissioning, 0x01);
            fields = scene.Fields();
            fields.PutBytes(0, new byte[16], 0, 16);
            fields.PutUnsigned(1, 1);
            DamageFields(scene, scene.GeneralDiagnostics, 0x00);
        }

        [TestMethod]
        public void CredentialCommands()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.Node.FailSafe.Arm(60, 0, 1, false, 0);
            scene.Context.Session.ExchangeCount = 1;
            scene.Fields().PutUnsigned(0, 1);
            DamageFields(scene, scene.OperationalCredentials, 0x02);
            TlvWriter fields = scene.Fields();
            fields.PutBytes(0, new byte[20], 0, 20);
            fields.PutBytes(1, new byte[20], 0, 20);
            fields.PutBytes(2, new byte[16], 0, 16);
            fields.PutUnsigned(3, 1);
            fields.PutUnsigned(4, 0xFFF1);
            DamageFields(scene, scene.OperationalCredentials, 0x06);
            fields = scene.Fields();
            fields.PutBytes(0, new byte[20], 0, 20);
            fields.PutBytes(1, new byte[20], 0, 20);
            DamageFields(scene, scene.OperationalCredentials, 0x07);
            scene.Fields().PutString(0, new byte[] { 65, 66 }, 0, 2);
            DamageFields(scene, scene.OperationalCredentials, 0x09);
            scene.Fields().PutUnsigned(0, 2);
            DamageFields(scene, scene.OperationalCredentials, 0x0A);
            scene.Fields().PutBytes(0, new byte[20], 0, 20);
            DamageFields(scene, scene.OperationalCredentials, 0x0B);
            scene.AddFabric(1);
            fields = scene.Fields();
            fields.PutUnsigned(0, 0xFFF1);
            fields.PutBytes(1, new byte[85], 0, 85);
            fields.PutBytes(2, new byte[8], 0, 8);
            DamageFields(scene, scene.OperationalCredentials, 0x0C);
        }

        [TestMethod]
        public void SavedStates()
        {
            DamageState(0, new byte[] { 0x15, 0x29, 0, 0x24, 1, 2, 0x18 });
            DamageState(1, new byte[] { 0x15, 0x2C, 5, 3, 65, 66, 67, 0x2C, 6, 2, 68, 69, 0x18 });
            DamageState(2, new byte[] { 0x15, 0x25, 1, 1, 2, 0x18 });
            DamageState(3, new byte[] { 0x15, 0x36, 1, 0x07, 3, 0, 5, 0, 1, 0, 0, 0, 0x18, 0x18 });
        }

        private static void DamageFields(ClusterScene scene, Cluster cluster, uint command)
        {
            byte[] right = scene.TakeFields();
            byte[] fields = new byte[right.Length];
            int refused = 0;
            for (int variant = 0; variant < right.Length * 9; variant++)
            {
                int length = Damage(right, fields, variant);
                uint before = scene.Sum(cluster);
                int status = scene.Invoke(cluster, command, fields, length);
                if (status != ImStatus.Success)
                {
                    refused++;
                    Assert.AreEqual(before, scene.Sum(cluster), command.ToString() + " " + variant.ToString());
                }
            }

            Assert.IsTrue(refused > 0);
        }

        private static void DamageValue(ClusterScene scene, Cluster cluster, uint attribute, bool appends)
        {
            byte[] right = scene.TakeValue();
            byte[] value = new byte[right.Length];
            int refused = 0;
            for (int variant = 0; variant < right.Length * 9; variant++)
            {
                int length = Damage(right, value, variant);
                uint before = scene.Sum(cluster);
                if (scene.Write(cluster, attribute, value, length, appends) != ImStatus.Success)
                {
                    refused++;
                    Assert.AreEqual(before, scene.Sum(cluster), attribute.ToString() + " " + variant.ToString());
                }
            }

            Assert.IsTrue(refused > 0);
        }

        private static void DamageState(int number, byte[] right)
        {
            byte[] state = new byte[right.Length];
            for (int variant = 0; variant < right.Length * 9; variant++)
            {
                int length = Damage(right, state, variant);
                ClusterScene scene = new ClusterScene();
                scene.AddFabric(1);
                Cluster[] clusters = new Cluster[] { scene.OnOff, scene.BasicInformation, scene.GeneralDiagnostics, scene.GroupKeyManagement };
                Cluster cluster = clusters[number];
                scene.Load(cluster, state, length);
                scene.Sum(cluster);
            }
        }

        // For each byte: cut off before it, or one of its bits flipped.
        private static int Damage(byte[] right, byte[] damaged, int variant)
        {
            int at = variant / 9;
            Array.Copy(right, 0, damaged, 0, right.Length);
            if (variant % 9 == 8)
            {
                return at;
            }

            damaged[at] ^= (byte)(1 << (variant % 9));
            return right.Length;
        }
    }
}
