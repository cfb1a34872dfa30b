using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>What the responder says and when.</summary>
    [TestClass]
    public class MdnsResponderTests
    {
        private const string Commissionable = "_matterc._udp.local";
        private const string Operational = "_matter._tcp.local";
        private const string OperationalInstance = "87E1B004E235A130-8FC7772401CD0696._matter._tcp.local";

        [TestMethod]
        public void OpenWindow_IsAnnouncedTwiceOnBothFamilies()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);

            Assert.AreEqual(2, scene.Drain());
            Assert.IsFalse(scene.IsIPv6(0));
            Assert.IsTrue(scene.IsIPv6(1));
            Assert.IsTrue(scene.IsMulticast(0) && scene.IsMulticast(1));
            Assert.IsTrue(scene.Has(Commissionable, DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has("_L3840._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has("_S15._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has("_V65521._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has("_T256._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has("_CM._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Txt, null));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.A, null));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
            Assert.AreEqual(scene.Now + 1000, scene.Deadline);

            scene.Now += 1000;
            Assert.AreEqual(2, scene.Drain());
            Assert.AreEqual(long.MaxValue, scene.Deadline);
        }

        [TestMethod]
        public void Txt_HoldsTheKeysOfACommissionableNode()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(2, 17, scene.Now);
            scene.Drain();

            Assert.AreEqual("D=17 CM=2 VP=65521+32768 DT=256 DN=Li PH=33 SII=500 SAI=300 SAT=4000 T=0", ToText(scene.FindTxt(MdnsScene.Instance)));
        }

        [TestMethod]
        public void Fabric_IsAnnouncedAsOperational()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.AddOperational(1, FabricId(), 0x8FC7772401CD0696, scene.Now);
            scene.Responder.RemoveOperational(2);

            Assert.AreEqual(2, scene.Drain());
            Assert.IsTrue(scene.Has(Operational, DnsType.Ptr, OperationalInstance));
            Assert.IsTrue(scene.Has("_I87E1B004E235A130._sub._matter._tcp.local", DnsType.Ptr, OperationalInstance));
            Assert.IsTrue(scene.Has(OperationalInstance, DnsType.Srv, MdnsScene.Host));
            Assert.AreEqual("SII=500 SAI=300 SAT=4000 T=0", ToText(scene.FindTxt(OperationalInstance)));
        }

        [TestMethod]
        public void ServicesAnnouncedInQuickSuccession_DoNotRepeatTheHost()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            Assert.AreEqual(2, scene.Drain());
            scene.Now += 300;
            scene.Responder.AddOperational(1, FabricId(), 0x8FC7772401CD0696, scene.Now);
            Assert.AreEqual(2, scene.Drain());
            Assert.IsTrue(scene.Has(OperationalInstance, DnsType.Srv, MdnsScene.Host));
            Assert.IsFalse(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
            Assert.AreEqual(4, scene.Run(3000));
        }

        [TestMethod]
        public void KnownFabric_IsNotAnnouncedAgain()
        {
            MdnsScene scene = Operating();
            scene.Responder.AddOperational(1, FabricId(), 0x8FC7772401CD0696, scene.Now);
            Assert.AreEqual(0, scene.Run(3000));
        }

        [TestMethod]
        public void RemovedFabric_SaysGoodbye()
        {
            MdnsScene scene = Operating();
            scene.Responder.RemoveOperational(1);
            Assert.AreEqual(2, scene.Drain());
            Assert.AreEqual(0, scene.FindTtl("_I87E1B004E235A130._sub._matter._tcp.local", DnsType.Ptr, OperationalInstance));
            scene.Ask(new DnsMessageBuilder().Question(OperationalInstance, DnsType.Srv, 1));
            Assert.AreEqual(0, scene.Run(3000));
        }

        [TestMethod]
        public void ClosedWindow_SaysGoodbyeAndAnswersNoMore()
        {
            MdnsScene scene = Commissioning();
            scene.Responder.ClearCommissionable();

            Assert.AreEqual(2, scene.Drain());
            Assert.AreEqual(0, scene.FindTtl(Commissionable, DnsType.Ptr, MdnsScene.Instance));
            Assert.AreEqual(0, scene.FindTtl("_CM._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.AreEqual(0, scene.FindTtl(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.AreEqual(0, scene.FindTtl(MdnsScene.Instance, DnsType.Txt, null));
            Assert.AreEqual(-1, scene.FindTtl(MdnsScene.Host, DnsType.Aaaa, null));

            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1));
            Assert.AreEqual(0, scene.Run(2000));
        }

        [TestMethod]
        public void WindowOpenedAnew_HasANewName()
        {
            MdnsScene scene = Commissioning();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            Assert.AreEqual(0, scene.Drain());

            scene.Responder.SetCommissionable(2, 5, scene.Now);
            scene.Drain();
            Assert.AreEqual(0, scene.FindTtl(Commissionable, DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.FindTtl("_L5._sub._matterc._udp.local", DnsType.Ptr, null) == 120);
            Assert.AreEqual(-1, scene.FindTtl("_L5._sub._matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
        }

        [TestMethod]
        public void WindowOpenedAndClosedOften_NeverRunsOutOfRows()
        {
            MdnsScene scene = new MdnsScene();
            for (int i = 0; i < 20; i++)
            {
                scene.Responder.SetCommissionable(1, i, scene.Now);
                scene.Responder.ClearCommissionable();
            }
            scene.Responder.SetCommissionable(1, 77, scene.Now);
            scene.Run(3000);
            scene.Ask(new DnsMessageBuilder().Question("_L77._sub._matterc._udp.local", DnsType.Ptr, 1));
            Assert.AreEqual(1, scene.Run(200));
        }

        [TestMethod]
        public void Fabrics_UpToTheCapacityAndBack()
        {
            MdnsScene scene = new MdnsScene();
            for (int i = 1; i <= scene.Options.FabricCapacity + 1; i++)
                Assert.AreEqual(0, scene.Responder.AddOperational(i, FabricId(), (ulong)i, scene.Now));
            Assert.AreEqual(MatterError.TableFull, scene.Responder.AddOperational(99, FabricId(), 99, scene.Now));
            scene.Responder.RemoveOperational(3);
            Assert.AreEqual(0, scene.Responder.AddOperational(99, FabricId(), 99, scene.Now));
            scene.Run(3000);

            scene.Ask(new DnsMessageBuilder().Question(Operational, DnsType.Ptr, 1));
            scene.Run(200);
            Assert.IsTrue(scene.Has(Operational, DnsType.Ptr, "87E1B004E235A130-0000000000000063._matter._tcp.local"));
            Assert.IsFalse(scene.Has(Operational, DnsType.Ptr, "87E1B004E235A130-0000000000000003._matter._tcp.local"));
        }

        [TestMethod]
        public void NewNodeId_ReplacesTheOldName()
        {
            MdnsScene scene = Operating();
            scene.Responder.AddOperational(1, FabricId(), 5, scene.Now);
            scene.Drain();
            Assert.AreEqual(0, scene.FindTtl(Operational, DnsType.Ptr, OperationalInstance));
            Assert.AreEqual(120, scene.FindTtl(Operational, DnsType.Ptr, "87E1B004E235A130-0000000000000005._matter._tcp.local"));
        }

        [TestMethod]
        public void Stop_TakesEverythingBack()
        {
            MdnsScene scene = Operating();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            scene.Run(3000);
            scene.Responder.Stop();
            scene.Drain();
            Assert.AreEqual(0, scene.FindTtl(Operational, DnsType.Ptr, OperationalInstance));
            Assert.AreEqual(0, scene.FindTtl(Commissionable, DnsType.Ptr, MdnsScene.Instance));
            Assert.AreEqual(0, scene.FindTtl(MdnsScene.Host, DnsType.Aaaa, null));
            Assert.AreEqual(0, scene.FindTtl(MdnsScene.Host, DnsType.A, null));
            Assert.AreEqual(0, scene.Drain());
            scene.Ask(new DnsMessageBuilder().Question(OperationalInstance, DnsType.Srv, 1));
            Assert.AreEqual(0, scene.Run(2000));
        }

        [TestMethod]
        public void NewAddress_IsAnnouncedOnce()
        {
            MdnsScene scene = Operating();
            scene.SetAddresses(1);
            Assert.AreEqual(0, scene.Run(2000));
            scene.SetAddresses(2);
            Assert.AreEqual(4, scene.Run(2000));
            DnsReader reader = scene.Read(0);
            int addresses = 0;
            for (int i = reader.AnswerCount; i > 0; i--)
            {
                reader.ReadRecord();
                if (reader.Type != DnsType.Aaaa)
                    continue;
                addresses++;
                Assert.AreEqual(0x8001, reader.Class);
                Assert.AreEqual(16, reader.DataLength);
            }
            Assert.AreEqual(2, addresses);
        }

        [TestMethod]
        public void InterfaceGone_IsSilent()
        {
            MdnsScene scene = Operating();
            scene.Responder.AddOperational(2, FabricId(), 2, scene.Now);
            scene.Responder.RemoveInterface(MdnsScene.InterfaceId);
            scene.Ask(new DnsMessageBuilder().Question(Operational, DnsType.Ptr, 1));
            Assert.AreEqual(0, scene.Run(3000));
        }

        [TestMethod]
        public void ManyInterfaces_AreRefused()
        {
            MdnsScene scene = new MdnsScene();
            Assert.AreEqual(MatterError.TableFull, scene.Responder.SetInterface(8, true, true, null, 0, null, 0, 0));
            Assert.AreEqual(0, scene.Responder.SetInterface(MdnsScene.InterfaceId, true, true, null, 0, null, 0, 0));
        }

        [TestMethod]
        public void FullInterface_SplitsIntoDatagramsThatFit()
        {
            MdnsScene scene = new MdnsScene();
            scene.SetAddresses(20); // eight are kept
            for (int i = 1; i <= 5; i++)
                scene.Responder.AddOperational(i, FabricId(), (ulong)i, scene.Now);
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            int count = scene.Drain();
            Assert.IsTrue(count > 2);
            for (int i = 1; i <= 5; i++)
                Assert.IsTrue(scene.Has(Operational, DnsType.Ptr, "87E1B004E235A130-000000000000000" + i.ToString() + "._matter._tcp.local"));
            Assert.IsTrue(scene.Has(Commissionable, DnsType.Ptr, MdnsScene.Instance));
        }

        private static MdnsScene Commissioning()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            scene.Run(5000);
            return scene;
        }

        private static MdnsScene Operating()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.AddOperational(1, FabricId(), 0x8FC7772401CD0696, scene.Now);
            scene.Run(5000);
            return scene;
        }

        private static byte[] FabricId()
        {
            return new byte[] { 0x87, 0xE1, 0xB0, 0x04, 0xE2, 0x35, 0xA1, 0x30 };
        }

        private static string ToText(byte[] txt)
        {
            char[] text = new char[txt.Length - 1];
            int next = 0;
            for (int i = 0; i < txt.Length; i++)
            {
                if (i != next)
                {
                    text[i - 1] = (char)txt[i];
                    continue;
                }
                next += txt[i] + 1;
                if (i > 0)
                    text[i - 1] = ' ';
            }
            return new string(text);
        }
    }
}
