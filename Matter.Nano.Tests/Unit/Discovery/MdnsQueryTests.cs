using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>How the responder answers queries (RFC 6762 sections 5 to 7).</summary>
    [TestClass]
    public class MdnsQueryTests
    {
        private const string Commissionable = "_matterc._udp.local";

        [TestMethod]
        [DataRow("_matterc._udp.local")]
        [DataRow("_MatterC._UDP.LOCAL")]
        [DataRow("_L3840._sub._matterc._udp.local")]
        [DataRow("_l3840._SUB._matterc._udp.local")]
        [DataRow("_S15._sub._matterc._udp.local")]
        [DataRow("_V65521._sub._matterc._udp.local")]
        [DataRow("_T256._sub._matterc._udp.local")]
        [DataRow("_CM._sub._matterc._udp.local")]
        public void Pointer_IsAnsweredWithAllThatIsNeeded(string name)
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(name, DnsType.Ptr, 1));

            Assert.AreEqual(0, scene.Drain());
            Assert.IsTrue(scene.Deadline >= scene.Now + 20 && scene.Deadline <= scene.Now + 120);
            scene.Now = scene.Deadline;
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.IsIPv6(0) && scene.IsMulticast(0));
            Assert.IsTrue(scene.Has(name, DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Txt, null));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.A, null));
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(0x8400, reader.Flags);
            Assert.AreEqual(0, reader.Id);
            Assert.AreEqual(0, reader.QuestionCount);
            Assert.AreEqual(1, reader.AnswerCount);
            Assert.AreEqual(4, reader.AdditionalCount);
        }

        [TestMethod]
        [DataRow("_matterd._udp.local", 12)]
        [DataRow("_matterc._tcp.local", 12)]
        [DataRow("_matter._tcp.local", 12)]
        [DataRow("_L3841._sub._matterc._udp.local", 12)]
        [DataRow("_L384._sub._matterc._udp.local", 12)]
        [DataRow("_L3840._matterc._udp.local", 12)]
        [DataRow("_matterc._udp", 12)]
        [DataRow("_matterc._udp.local.local", 12)]
        [DataRow("_matterc._udp.local", 33)]
        [DataRow("local", 255)]
        [DataRow("0A1B2C3D4E5E.local", 28)]
        [DataRow("a.b.c.d.e.f.g.h.i._matterc._udp.local", 12)]
        public void OtherNames_AreLeftAlone(string name, int type)
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(name, type, 1));
            Assert.AreEqual(0, scene.Run(3000));
        }

        [TestMethod]
        public void OtherClassesAndKindsOfMessage_AreLeftAlone()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 3));
            scene.Ask(new DnsMessageBuilder().Header(0, 0x8000).Question(Commissionable, DnsType.Ptr, 1));
            scene.Ask(new DnsMessageBuilder().Header(0, 0x0800).Question(Commissionable, DnsType.Ptr, 1));
            scene.Ask(new DnsMessageBuilder().Header(0, 0x0003).Question(Commissionable, DnsType.Ptr, 1));
            DnsMessageBuilder query = new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1);
            scene.Responder.Receive(query.Buffer, query.Length, 99, true, new byte[1], 1, MdnsResponder.Port, scene.Now);
            scene.Responder.Receive(query.Buffer, query.Length, MdnsScene.InterfaceId, true, new byte[64], 64, MdnsResponder.Port, scene.Now);
            Assert.AreEqual(0, scene.Run(3000));
        }

        [TestMethod]
        public void ServiceAndHost_AreAnsweredAtOnce()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1).Question(MdnsScene.Instance, DnsType.Txt, 1));
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Txt, null));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));

            scene.Now += 5000;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1));
            Assert.AreEqual(1, scene.Drain());
            Assert.AreEqual(1, scene.Read(0).AnswerCount);
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));

            scene.Now += 5000;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, DnsType.ClassAny));
            Assert.AreEqual(1, scene.Drain());
            Assert.AreEqual(2, scene.Read(0).AnswerCount);
        }

        [TestMethod]
        public void MetaQuery_NamesEachTypeOnce()
        {
            MdnsScene scene = Settled();
            byte[] fabric = new byte[8];
            scene.Responder.AddOperational(1, fabric, 1, scene.Now);
            scene.Responder.AddOperational(2, fabric, 2, scene.Now);
            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Question("_services._dns-sd._udp.local", DnsType.Ptr, 1));
            Assert.AreEqual(1, scene.Run(200));
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(2, reader.AnswerCount);
            Assert.AreEqual(0, reader.AdditionalCount);
            Assert.IsTrue(scene.Has("_services._dns-sd._udp.local", DnsType.Ptr, Commissionable));
            Assert.IsTrue(scene.Has("_services._dns-sd._udp.local", DnsType.Ptr, "_matter._tcp.local"));
        }

        [TestMethod]
        public void MissingType_IsDeniedByNsec()
        {
            MdnsScene scene = Settled();
            byte[] ipv6 = new byte[16];
            scene.Responder.SetInterface(MdnsScene.InterfaceId, true, true, null, 0, ipv6, 1, scene.Now);
            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.A, 1));
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Nsec, null));
            DnsReader reader = scene.Read(0);
            reader.ReadRecord();
            Assert.AreEqual(2 + 2 + 4, reader.DataLength);
            Assert.IsFalse(scene.Has(MdnsScene.Host, DnsType.A, null));

            scene.Now += 5000;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Aaaa, 1));
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Nsec, null));
        }

        [TestMethod]
        public void UnicastQuestion_IsAnsweredToItsAskerAlone()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 0x8001), 9, MdnsResponder.Port);
            Assert.AreEqual(1, scene.Drain());
            Assert.IsFalse(scene.IsMulticast(0));
            Assert.AreEqual(9, scene.PeerOf(0));
            Assert.IsTrue(scene.Has(Commissionable, DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
            Assert.AreEqual(long.MaxValue, scene.Deadline);
        }

        [TestMethod]
        public void UnicastQuestion_LongUnheardRecordIsMulticastToo()
        {
            MdnsScene scene = Settled();
            scene.Now += 31000;
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 0x8001));
            Assert.AreEqual(1, scene.Drain());
            Assert.IsFalse(scene.IsMulticast(0));
            scene.Now = scene.Deadline;
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.IsMulticast(0));
        }

        [TestMethod]
        public void SimpleResolver_GetsItsQuestionBackAndShortLives()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Header(0x4711, 0x0100).Question(Commissionable, DnsType.Ptr, 1), 3, 40000);
            Assert.AreEqual(1, scene.Drain());
            Assert.AreEqual(3, scene.PeerOf(0));
            Assert.AreEqual(10, scene.FindTtl(Commissionable, DnsType.Ptr, MdnsScene.Instance));
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(0x4711, reader.Id);
            Assert.AreEqual(1, reader.QuestionCount);
            Assert.AreEqual(0, reader.ReadQuestion());
            Assert.IsTrue(reader.NameEquals(MdnsScene.ToName(Commissionable)));
            for (int i = reader.AnswerCount + reader.AdditionalCount; i > 0; i--)
            {
                Assert.AreEqual(0, reader.ReadRecord());
                Assert.AreEqual(DnsType.ClassInternet, reader.Class);
                Assert.IsTrue(reader.Ttl <= 10);
            }
            Assert.AreEqual(long.MaxValue, scene.Deadline);

            scene.Ask(new DnsMessageBuilder().Header(0x4711, 0x0100).Question("example.local", DnsType.A, 1), 3, 40000);
            Assert.AreEqual(0, scene.Drain());
        }

        [TestMethod]
        public void SimpleResolver_GetsTheTargetInFull()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1), 3, 40000);
            Assert.AreEqual(1, scene.Drain());
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(0, reader.ReadQuestion());
            Assert.AreEqual(0, reader.ReadRecord());
            Assert.AreEqual(6 + 1 + 12 + 1 + 5 + 1, reader.DataLength);
            Assert.AreEqual(0, reader.ReadDataName(6));
            Assert.IsTrue(reader.NameEquals(MdnsScene.ToName(MdnsScene.Host)));
        }

        [TestMethod]
        public void KnownAddresses_AreNotRepeatedIfAllAreKnown()
        {
            MdnsScene scene = Settled();
            scene.SetAddresses(2);
            scene.Run(5000);
            byte[] first = new byte[] { 0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
            byte[] second = new byte[] { 0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 };
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1)
                .Address(MdnsScene.Host, first, 120, 6).Address(MdnsScene.Host, second, 120, 6));
            Assert.AreEqual(0, scene.Run(2000));
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1)
                .Address(MdnsScene.Host, first, 120, 6).Address(MdnsScene.Host, second, 59, 6));
            Assert.AreEqual(1, scene.Run(2000));
            Assert.AreEqual(2, scene.Read(0).AnswerCount);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1).Address(MdnsScene.Host, new byte[] { 10, 0, 0, 1 }, 120, 6)
                .Address(MdnsScene.Host, new byte[] { 10, 0, 0, 2 }, 120, 6).Address("other.local", first, 120, 6).Address(MdnsScene.Host, second, 120, 6));
            Assert.AreEqual(1, scene.Run(2000));
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(2, reader.AnswerCount);
            Assert.AreEqual(0, reader.ReadRecord());
            Assert.AreEqual(DnsType.Aaaa, reader.Type);
        }

        [TestMethod]
        [DataRow(120, 5353, true)]
        [DataRow(119, 5353, false)]
        [DataRow(120, 999, false)]
        public void AnswerOfAnother_IsNotRepeated(int ttl, int port, bool isSuppressed)
        {
            MdnsScene scene = Settled();
            string meta = "_services._dns-sd._udp.local";
            scene.Ask(new DnsMessageBuilder().Question(meta, DnsType.Ptr, 1));
            Assert.AreEqual(0, scene.Drain());
            scene.Ask(new DnsMessageBuilder().Header(0, 0x8400).Ptr(meta, "_other._udp.local", 4500).Ptr(meta, Commissionable, ttl), 2, port);
            Assert.AreEqual(isSuppressed ? 0 : 1, scene.Run(2000));
        }

        [TestMethod]
        public void OnlyAddressFamily_IsSaidToBeTheOnlyOne()
        {
            MdnsScene scene = Settled();
            scene.Responder.SetInterface(MdnsScene.InterfaceId, true, true, null, 0, new byte[16], 1, scene.Now);
            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1));
            Assert.AreEqual(1, scene.Drain());
            Assert.AreEqual(1, scene.Read(0).AnswerCount);
            Assert.AreEqual(1, scene.Read(0).AdditionalCount);
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Nsec, null));
        }

        [TestMethod]
        [DataRow(120, true)]
        [DataRow(60, true)]
        [DataRow(59, false)]
        [DataRow(0, false)]
        public void KnownAnswer_IsNotRepeated(int ttl, bool isSuppressed)
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1).Ptr(Commissionable, MdnsScene.Instance, ttl));
            Assert.AreEqual(isSuppressed ? 0 : 1, scene.Run(2000));
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 0x8001).Ptr(Commissionable, MdnsScene.Instance, ttl));
            Assert.AreEqual(isSuppressed ? 0 : 1, scene.Run(2000));
        }

        [TestMethod]
        public void KnownAnswer_OfAnotherInstanceOrNameCountsNot()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1)
                .Ptr(Commissionable, "1001020304050607._matterc._udp.local", 120)
                .Ptr("_CM._sub._matterc._udp.local", MdnsScene.Instance, 120));
            Assert.AreEqual(1, scene.Run(2000));
            Assert.IsTrue(scene.Has(Commissionable, DnsType.Ptr, MdnsScene.Instance));
        }

        [TestMethod]
        public void KnownSrvAndTxt_AreNotRepeatedIfTheyAreRight()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1).Srv(MdnsScene.Instance, 5540, MdnsScene.Host, 6));
            Assert.AreEqual(0, scene.Run(2000));
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1).Srv(MdnsScene.Instance, 5541, MdnsScene.Host, 6));
            Assert.AreEqual(1, scene.Run(2000));
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1).Srv(MdnsScene.Instance, 5540, "x.local", 6));
            Assert.AreEqual(1, scene.Run(2000));

            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Txt, 1));
            Assert.AreEqual(1, scene.Drain());
            byte[] txt = scene.FindTxt(MdnsScene.Instance);
            scene.Now += 2000;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Txt, 1).Txt(MdnsScene.Instance, txt, txt.Length));
            Assert.AreEqual(0, scene.Run(2000));
            txt[3]++;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Txt, 1).Txt(MdnsScene.Instance, txt, txt.Length));
            Assert.AreEqual(1, scene.Run(2000));
        }

        [TestMethod]
        public void TruncatedQuery_WaitsForItsFurtherKnownAnswers()
        {
            MdnsScene scene = Settled();
            DnsMessageBuilder query = new DnsMessageBuilder().Header(0, 0x0200).Question(Commissionable, DnsType.Ptr, 1);
            scene.Ask(query, 1, MdnsResponder.Port);
            scene.Drain();
            Assert.IsTrue(scene.Deadline >= scene.Now + 400 && scene.Deadline <= scene.Now + 500);
            DnsMessageBuilder rest = new DnsMessageBuilder().Ptr(Commissionable, MdnsScene.Instance, 100);
            scene.Ask(rest, 2, MdnsResponder.Port); // someone else's
            Assert.AreEqual(1, scene.Run(2000));

            scene.Ask(query, 1, MdnsResponder.Port);
            scene.Ask(rest, 1, MdnsResponder.Port);
            Assert.AreEqual(0, scene.Run(2000));

            // Another asker must not lose its answer by it.
            scene.Ask(query, 1, MdnsResponder.Port);
            scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1), 2, MdnsResponder.Port);
            scene.Ask(rest, 1, MdnsResponder.Port);
            Assert.AreEqual(1, scene.Run(2000));
        }

        [TestMethod]
        public void Record_IsMulticastOnceASecond()
        {
            MdnsScene scene = Settled();
            DnsMessageBuilder query = new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1);
            scene.Ask(query);
            Assert.AreEqual(1, scene.Drain());
            scene.Now += 300;
            scene.Ask(query);
            Assert.AreEqual(0, scene.Drain());
            Assert.AreEqual(scene.Now + 700, scene.Deadline);
            scene.Now += 200;
            scene.Ask(query);
            Assert.AreEqual(0, scene.Drain());
            scene.Now += 499;
            Assert.AreEqual(0, scene.Drain());
            scene.Now += 1;
            Assert.AreEqual(1, scene.Drain());
            Assert.AreEqual(long.MaxValue, scene.Deadline);
        }

        [TestMethod]
        public void Probe_IsAnsweredAtOnce()
        {
            MdnsScene scene = Settled();
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Any, 1).Question(Commissionable, DnsType.Ptr, 1)
                .Srv(MdnsScene.Instance, 1, "other.local", 8));
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
        }

        [TestMethod]
        public void ManyAskers_GetOneAnswer()
        {
            MdnsScene scene = Settled();
            for (int i = 0; i < 50; i++)
                scene.Ask(new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1), i, MdnsResponder.Port);
            Assert.AreEqual(1, scene.Run(2000));
        }

        [TestMethod]
        public void BadMessages_GetNoAnswer()
        {
            MdnsScene scene = Settled();
            DnsMessageBuilder query = new DnsMessageBuilder().Question(Commissionable, DnsType.Ptr, 1).Ptr(Commissionable, "a.local", 120);
            byte[] cut = new byte[query.Length];
            System.Array.Copy(query.Buffer, 0, cut, 0, cut.Length);
            for (int length = 0; length < cut.Length; length++)
                scene.Responder.Receive(cut, length, MdnsScene.InterfaceId, true, new byte[1], 1, MdnsResponder.Port, scene.Now);
            Assert.AreEqual(0, scene.Run(2000));
            query.CountUp(4);
            scene.Ask(query);
            Assert.AreEqual(0, scene.Run(2000));
        }

        private static MdnsScene Settled()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            scene.Run(5000);
            return scene;
        }
    }
}
