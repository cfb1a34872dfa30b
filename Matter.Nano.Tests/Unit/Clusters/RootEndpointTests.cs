using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Descriptor, Basic Information, General Diagnostics, Network Commissioning.</summary>
    [TestClass]
    public class RootEndpointTests
    {
        private const uint NodeLabel = 0x0005;
        private const uint Location = 0x0006;
        private const uint RebootCount = 0x0001;

        [TestMethod]
        public void Descriptor_TellsWhatIsThere()
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(1, scene.Count(scene.Descriptor, 0));
            Assert.AreEqual(0x16, scene.ItemNumber(scene.Descriptor, 0, 0, 0));
            Assert.AreEqual(4, scene.ItemNumber(scene.Descriptor, 0, 0, 1));
            Assert.AreEqual(0x100, scene.ItemNumber(scene.LightDescriptor, 0, 0, 0));
            Assert.AreEqual(3, scene.ItemNumber(scene.LightDescriptor, 0, 0, 1));
            Endpoint root = scene.Model.Find(0);
            Assert.AreEqual(root.ClusterCount, scene.Count(scene.Descriptor, 1));
            for (int i = 0; i < root.ClusterCount; i++)
            {
                Assert.AreEqual((int)root.GetCluster(i).Id, scene.ItemNumber(scene.Descriptor, 1, i, -1));
            }

            Assert.AreEqual(4, scene.Count(scene.LightDescriptor, 1));
            Assert.AreEqual(0, scene.Count(scene.Descriptor, 2));
            Assert.AreEqual(1, scene.Count(scene.Descriptor, 3));
            Assert.AreEqual(ClusterScene.LightEndpoint, scene.ItemNumber(scene.Descriptor, 3, 0, -1));
            Assert.AreEqual(0, scene.Count(scene.LightDescriptor, 3));

            Endpoint part = new Endpoint(9, ClusterScene.LightEndpoint);
            scene.Model.Add(part);
            Assert.AreEqual(2, scene.Count(scene.Descriptor, 3), "the root lists all");
            Assert.AreEqual(1, scene.Count(scene.LightDescriptor, 3));
            Assert.AreEqual(9, scene.ItemNumber(scene.LightDescriptor, 3, 0, -1));
        }

        [TestMethod]
        public void BasicInformation_StatesTheSpecificationVersion()
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(21, scene.ReadNumber(scene.BasicInformation, 0x00));
            Assert.AreEqual(0x01060000, scene.ReadNumber(scene.BasicInformation, 0x15));
            Assert.AreEqual(Limits.PathsPerInvoke, scene.ReadNumber(scene.BasicInformation, 0x16));
            Assert.AreEqual(0xFFF1, scene.ReadNumber(scene.BasicInformation, 0x02));
            Assert.AreEqual(32, scene.Read(scene.BasicInformation, 0x12).GetString(1, 32));
            Assert.AreEqual(2, scene.Read(scene.BasicInformation, 0x0F).GetString(1, 32));
            int[] minima = new int[] { 3, 3, 1, 1, 9, 3 };
            for (int tag = 0; tag < minima.Length; tag++)
            {
                TlvReader reader = scene.Read(scene.BasicInformation, 0x13);
                reader.Enter();
                while (reader.Next() && reader.Tag != tag)
                {
                }

                int value = (int)reader.GetUnsigned(10000);
                Assert.AreEqual(0, reader.Error);
                Assert.IsTrue(value >= minima[tag], tag.ToString());
            }

            ProductInformation product = new ProductInformation();
            BasicInformationCluster unnumbered = new BasicInformationCluster(product, new byte[16]);
            Assert.IsTrue(unnumbered.FindAttribute(0x0F) < 0, "no SerialNumber");
        }

        [TestMethod]
        public void LabelAndLocation_AreWrittenAndKept()
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(0, scene.Read(scene.BasicInformation, NodeLabel).GetString(0, 32));
            CheckText(scene, Location, 2, (byte)'X');
            Assert.AreEqual(ImStatus.Success, WriteText(scene, NodeLabel, 32));
            Assert.AreEqual(ImStatus.Success, WriteText(scene, Location, 2));
            Assert.IsTrue(scene.BasicInformation.IsUnsaved);
            uint version = scene.BasicInformation.DataVersion;
            Assert.AreEqual(ImStatus.Success, WriteText(scene, NodeLabel, 32));
            Assert.AreEqual(ImStatus.Success, WriteText(scene, Location, 2));
            Assert.AreEqual(version, scene.BasicInformation.DataVersion, "the same once more is no change");
            Assert.AreEqual(ImStatus.Success, WriteText(scene, NodeLabel, 31));
            Assert.AreEqual(version + 1, scene.BasicInformation.DataVersion);
            Assert.AreEqual(ImStatus.Success, WriteText(scene, NodeLabel, 32));
            Assert.AreEqual(ImStatus.ConstraintError, WriteText(scene, NodeLabel, 33));
            Assert.AreEqual(ImStatus.ConstraintError, WriteText(scene, Location, 1));
            Assert.AreEqual(ImStatus.ConstraintError, WriteText(scene, Location, 3));
            scene.Value().PutBytes(TlvTag.Anonymous, new byte[2], 0, 2);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.BasicInformation, Location));
            scene.Value().PutString(TlvTag.Anonymous, new byte[] { 0xC3, 0x28 }, 0, 2);
            Assert.IsTrue(scene.Write(scene.BasicInformation, NodeLabel) != ImStatus.Success, "not UTF-8");
            CheckText(scene, NodeLabel, 32, (byte)'q');

            ClusterScene restarted = new ClusterScene();
            restarted.Restart(scene.BasicInformation, restarted.BasicInformation);
            CheckText(restarted, NodeLabel, 32, (byte)'q');
            CheckText(restarted, Location, 2, (byte)'q');
            Assert.AreEqual(ImStatus.Success, WriteText(restarted, NodeLabel, 0));
            CheckText(restarted, NodeLabel, 0, 0);
            restarted.Load(restarted.BasicInformation, new byte[] { 0x15, 0x2C, 6, 3, 65, 65, 65, 0x18 }, 8);
            CheckText(restarted, Location, 2, (byte)'q');
        }

        [TestMethod]
        public void RebootCount_GrowsWithEveryStart()
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(1, scene.ReadNumber(scene.GeneralDiagnostics, RebootCount));
            for (int count = 2; count < 5; count++)
            {
                scene.GeneralDiagnostics.Poll(0);
                Assert.IsTrue(scene.GeneralDiagnostics.IsUnsaved);
                ClusterScene restarted = new ClusterScene();
                restarted.Restart(scene.GeneralDiagnostics, restarted.GeneralDiagnostics);
                Assert.AreEqual(count, restarted.ReadNumber(restarted.GeneralDiagnostics, RebootCount));
                scene = restarted;
            }

            scene.Load(scene.GeneralDiagnostics, new byte[] { 0x15, 0x25, 1, 0xFF, 0xFF, 0x18 }, 6);
            Assert.AreEqual(0xFFFF, scene.ReadNumber(scene.GeneralDiagnostics, RebootCount));
        }

        [TestMethod]
        public void Diagnostics_TellTimeNetworkAndLoad()
        {
            ClusterScene scene = new ClusterScene();
            scene.GeneralDiagnostics.StartMs = 5000;
            scene.Now = 66999;
            Assert.AreEqual(61, scene.ReadNumber(scene.GeneralDiagnostics, 2));
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.GeneralDiagnostics, 1));
            Assert.AreEqual(61999, scene.AnswerNumber(0));
            Assert.AreEqual(TlvType.Null, scene.Answer(1).Type);

            Assert.AreEqual(1, scene.Count(scene.GeneralDiagnostics, 0));
            Assert.IsFalse(scene.Item(scene.GeneralDiagnostics, 0, 0, 1).GetBoolean());
            uint version = scene.GeneralDiagnostics.DataVersion;
            scene.Network.SetAddresses(new byte[8], 2, new byte[48], 3);
            scene.GeneralDiagnostics.NetworkChanged();
            Assert.IsTrue(version != scene.GeneralDiagnostics.DataVersion);
            Assert.IsTrue(scene.Item(scene.GeneralDiagnostics, 0, 0, 1).GetBoolean());
            Assert.AreEqual(6, scene.Item(scene.GeneralDiagnostics, 0, 0, 4).GetBytes(6, 6));
            Assert.AreEqual(2, Length(scene.Item(scene.GeneralDiagnostics, 0, 0, 5), 4));
            Assert.AreEqual(3, Length(scene.Item(scene.GeneralDiagnostics, 0, 0, 6), 16));
            Assert.AreEqual(2, scene.ItemNumber(scene.GeneralDiagnostics, 0, 0, 7));
            Assert.IsTrue(scene.Read(scene.GeneralDiagnostics, 8).GetBoolean());
            TlvReader load = scene.Read(scene.GeneralDiagnostics, 0x0A);
            load.Enter();
            for (int tag = 0; tag < 5; tag++)
            {
                Assert.IsTrue(load.Next());
                Assert.AreEqual(tag, load.Tag);
                Assert.AreEqual(0ul, load.GetUnsigned(0));
            }

            Assert.AreEqual(0, load.Error);
        }

        [TestMethod]
        public void NetworkCommissioning_HasOneNetwork()
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(1, scene.ReadNumber(scene.NetworkCommissioning, 0));
            Assert.AreEqual(1, scene.Count(scene.NetworkCommissioning, 1));
            Assert.AreEqual(4, scene.Item(scene.NetworkCommissioning, 1, 0, 0).GetBytes(1, 32));
            Assert.IsFalse(scene.Item(scene.NetworkCommissioning, 1, 0, 1).GetBoolean());
            for (uint attribute = 5; attribute <= 7; attribute++) Assert.IsTrue(scene.IsNull(scene.NetworkCommissioning, attribute));
            scene.Value().PutBoolean(TlvTag.Anonymous, true);
            Assert.AreEqual(ImStatus.Success, scene.Write(scene.NetworkCommissioning, 4));
            scene.Value().PutBoolean(TlvTag.Anonymous, false);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Write(scene.NetworkCommissioning, 4));
            Assert.AreEqual(ImStatus.InvalidDataType, scene.WriteNumber(scene.NetworkCommissioning, 4, 1));
            Assert.IsTrue(scene.Read(scene.NetworkCommissioning, 4).GetBoolean());
        }

        private static int Length(TlvReader list, int itemLength)
        {
            int count = 0;
            list.Enter();
            while (list.Next())
            {
                Assert.AreEqual(itemLength, list.GetBytes(itemLength, itemLength));
                count++;
            }

            Assert.AreEqual(0, list.Error);
            return count;
        }

        private static int WriteText(ClusterScene scene, uint attribute, int length)
        {
            byte[] text = new byte[40];
            for (int i = 0; i < length; i++) text[i] = (byte)'q';
            scene.Value().PutString(TlvTag.Anonymous, text, 0, length);
            return scene.Write(scene.BasicInformation, attribute);
        }

        private static void CheckText(ClusterScene scene, uint attribute, int length, byte letter)
        {
            TlvReader reader = scene.Read(scene.BasicInformation, attribute);
            Assert.AreEqual(length, reader.GetString(0, 40));
            for (int i = 0; i < length; i++) Assert.AreEqual(letter, reader.Buffer[reader.ValueOffset + i]);
        }
    }
}
