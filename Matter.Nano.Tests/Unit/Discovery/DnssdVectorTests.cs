using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Names, subtypes and TXT keys as the C++ SDK has them.</summary>
    [TestClass]
    public class DnssdVectorTests
    {
        [TestMethod]
        public void Dnssd_Vectors()
        {
            VectorReader vectors = new VectorReader(VectorData.Dnssd);
            while (vectors.NextCase())
            {
                switch (vectors.Text("kind"))
                {
                    case "instance":
                        CheckInstance(vectors);
                        break;
                    case "invalid":
                        CheckInvalid(vectors);
                        break;
                    case "subtype":
                        CheckSubtype(vectors);
                        break;
                    case "service":
                        CheckService(vectors);
                        break;
                    default:
                        CheckKey(vectors);
                        break;
                }
            }
            Assert.IsTrue(vectors.Count > 0);
        }

        private static void CheckInstance(VectorReader vectors)
        {
            byte[] node = vectors.Bytes("node_id");
            ulong nodeId = 0;
            for (int i = 0; i < 8; i++)
                nodeId = nodeId << 8 | node[i];
            MdnsScene scene = new MdnsScene();
            scene.Responder.AddOperational(1, vectors.Bytes("compressed_fabric_id"), nodeId, scene.Now);
            scene.Drain();
            string name = vectors.Text("name");
            Assert.IsTrue(scene.Has("_matter._tcp.local", DnsType.Ptr, name + "._matter._tcp.local"), name);
            // Letters are spelt in upper case, not only equal.
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(0, reader.ReadRecord());
            while (reader.Type != DnsType.Ptr)
                Assert.AreEqual(0, reader.ReadRecord());
            Assert.AreEqual(0, reader.ReadDataName(0));
            byte[] text = new byte[255];
            Assert.AreEqual(1 + name.Length + 20, reader.CopyName(text, 0, text.Length), name);
            char[] letters = name.ToCharArray();
            for (int i = 0; i < letters.Length; i++)
                Assert.AreEqual((int)letters[i], (int)text[1 + i], name);
        }

        private static void CheckInvalid(VectorReader vectors)
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.AddOperational(1, new byte[] { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 }, 0xAABBCCDDEEFF1122, scene.Now);
            scene.Run(3000);
            scene.Ask(new DnsMessageBuilder().Question(vectors.Text("name") + "._matter._tcp.local", DnsType.Srv, 1));
            Assert.AreEqual(0, scene.Run(2000), vectors.Name);
        }

        private static void CheckSubtype(VectorReader vectors)
        {
            MdnsScene scene = new MdnsScene();
            string type = "_matterc._udp.local";
            string instance = MdnsScene.Instance;
            int discriminator = 3840;
            switch (vectors.Text("of"))
            {
                case "long discriminator":
                    discriminator = vectors.Int("value");
                    break;
                case "short discriminator":
                    discriminator = vectors.Int("value") << 8;
                    break;
                case "vendor":
                    scene.Options.VendorId = vectors.Int("value");
                    break;
                case "device type":
                    scene.Options.DeviceType = vectors.Int("value");
                    break;
                case "commissioning mode":
                    break;
                default:
                    type = "_matter._tcp.local";
                    instance = vectors.Text("value") + "-0000000000000001._matter._tcp.local";
                    scene.Responder.AddOperational(1, vectors.Bytes("value"), 1, scene.Now);
                    break;
            }
            scene.Responder.SetCommissionable(1, discriminator, scene.Now);
            scene.Drain();
            Assert.IsTrue(scene.Has(vectors.Text("label") + "._sub." + type, DnsType.Ptr, instance), vectors.Name);
        }

        /// <summary>A device advertises as commissionable and operational; it is no commissioner.</summary>
        private static void CheckService(VectorReader vectors)
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            scene.Responder.AddOperational(1, new byte[8], 1, scene.Now);
            scene.Drain();
            Assert.AreEqual(vectors.Has("instance"), scene.Has(vectors.Text("type"), DnsType.Ptr, null), vectors.Name);
        }

        /// <summary>The longest values that the options allow stay within the key's limit; a key that is not ours does not appear.</summary>
        private static void CheckKey(VectorReader vectors)
        {
            MdnsOptions options = new MdnsOptions();
            options.VendorId = 65535;
            options.ProductId = 65535;
            options.DeviceType = int.MaxValue;
            options.DeviceName = new byte[MdnsOptions.MaxDeviceNameLength];
            options.PairingHint = int.MaxValue;
            options.PairingInstruction = new byte[MdnsOptions.MaxPairingInstructionLength];
            options.IdleIntervalMs = 3600000;
            options.ActiveIntervalMs = 3600000;
            options.ActiveThresholdMs = 65535;
            MdnsScene scene = new MdnsScene(options);
            scene.SetAddresses(1);
            scene.Run(750);
            scene.Responder.SetCommissionable(1, 4095, scene.Now);
            scene.Drain();
            string key = vectors.Text("key");
            bool isOurs = key != "RI" && key != "CP" && key != "ICD" && key != "JF";
            int length = FindKey(scene.FindTxt(MdnsScene.Instance), key + "=");
            Assert.AreEqual(isOurs, length >= 0, key);
            Assert.IsTrue(length <= vectors.Int("max_len"), key);
            if (isOurs && key != "D" && key != "VP")
                Assert.AreEqual(vectors.Int("max_len"), length, key);
        }

        /// <summary>Length of a key's value, or -1.</summary>
        private static int FindKey(byte[] txt, string key)
        {
            char[] prefix = key.ToCharArray();
            for (int at = 0; at < txt.Length; at += txt[at] + 1)
            {
                int i = 0;
                while (i < prefix.Length && i < txt[at] && txt[at + 1 + i] == prefix[i])
                    i++;
                if (i == prefix.Length)
                    return txt[at] - prefix.Length;
            }
            return -1;
        }
    }
}
