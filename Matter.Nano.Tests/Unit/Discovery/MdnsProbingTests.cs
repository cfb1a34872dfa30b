using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>How the host comes to its name and keeps it (RFC 6762 sections 8 and 9).</summary>
    [TestClass]
    public class MdnsProbingTests
    {
        private const int Response = 0x8400;
        private const int Answers = 6;
        private const int Authorities = 8;

        [TestMethod]
        public void NewInterface_IsProbedBeforeItIsAnnouncedOn()
        {
            MdnsScene scene = Probing();
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(2, scene.Drain());
                for (int k = 0; k < 2; k++)
                {
                    DnsReader reader = scene.Read(k);
                    Assert.AreEqual(k == 1, scene.IsIPv6(k));
                    Assert.IsTrue(scene.IsMulticast(k));
                    Assert.AreEqual(0, reader.Id);
                    Assert.AreEqual(0, reader.Flags);
                    Assert.AreEqual(1, reader.QuestionCount);
                    Assert.AreEqual(0, reader.AnswerCount);
                    Assert.AreEqual(2, reader.AuthorityCount);
                    Assert.AreEqual(0, reader.AdditionalCount);
                    Assert.AreEqual(0, reader.ReadQuestion());
                    Assert.IsTrue(reader.NameEquals(MdnsScene.ToName(MdnsScene.Host)));
                    Assert.AreEqual(DnsType.Any, reader.Type);
                    Assert.AreEqual(DnsType.ClassInternet, reader.Class);
                    CheckAddress(reader, DnsType.A, 4, 1);
                    CheckAddress(reader, DnsType.Aaaa, 16, 1);
                }
                Assert.AreEqual(scene.Now + 250, scene.Deadline);
                scene.Now += 250;
            }
            Assert.AreEqual(2, scene.Drain());
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
            scene.Now += 1000;
            Assert.AreEqual(2, scene.Drain());
            Assert.AreEqual(long.MaxValue, scene.Deadline);
        }

        [TestMethod]
        public void ProbedInterface_IsNotAnsweredOn()
        {
            MdnsScene scene = Probing();
            scene.Drain();
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1));
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 0x8001));
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1), 1, 999);
            Assert.AreEqual(0, scene.Drain());
            Assert.AreEqual(scene.Now + 250, scene.Deadline);
        }

        [TestMethod]
        public void NewAddress_IsProbedForWithTheOthers()
        {
            MdnsScene scene = Probing();
            scene.Drain();
            scene.Now += 250;
            scene.SetAddresses(2);
            Assert.AreEqual(2, scene.Drain());
            Assert.AreEqual(3, scene.Read(0).AuthorityCount);
            Assert.AreEqual(2, scene.Run(250));
            Assert.AreEqual(2, scene.Run(250));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
        }

        [TestMethod]
        public void TakenName_IsLeftForANewOne()
        {
            MdnsScene scene = Probing();
            scene.Drain();
            scene.Ask(Rival(MdnsScene.Host));
            Assert.AreEqual(0, scene.Drain());
            long at = scene.Deadline;
            Assert.IsTrue(at >= scene.Now && at < scene.Now + 250);
            scene.Now = at;
            Assert.AreEqual(2, scene.Drain());
            DnsReader reader = scene.Read(0);
            reader.ReadQuestion();
            string name = HostOf(reader);
            Assert.AreEqual(12 + 6, name.Length);
            Assert.IsFalse(name == MdnsScene.Host);

            scene.Ask(Rival(name)); // bad luck
            scene.Now = PollDeadline(scene);
            Assert.AreEqual(2, scene.Drain());
            reader = scene.Read(0);
            reader.ReadQuestion();
            string third = HostOf(reader);
            Assert.IsFalse(third == name || third == MdnsScene.Host);
            scene.Ask(Rival(name)); // says so again
            Assert.AreEqual(2 + 2 + 2, scene.Run(750));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, third));
            Assert.IsTrue(scene.Has(third, DnsType.A, null));
            Assert.IsTrue(scene.Has(third, DnsType.Aaaa, null));
            Assert.AreEqual(-1, scene.FindTtl(MdnsScene.Host, DnsType.Aaaa, null));

            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1));
            Assert.AreEqual(0, scene.Run(1000));
            scene.Ask(new DnsMessageBuilder().Question(third, DnsType.Aaaa, 1));
            Assert.AreEqual(1, scene.Run(1000));
        }

        [TestMethod]
        public void RenamedHost_IsProbedOnEveryLink()
        {
            MdnsScene scene = new MdnsScene(2);
            scene.SetAddresses(1);
            scene.Run(750);
            Assert.AreEqual(0, scene.Responder.SetInterface(9, false, true, null, 0, new byte[16], 1, scene.Now));
            scene.Responder.Poll(scene.Now);
            DnsMessageBuilder rival = Rival(MdnsScene.Host);
            scene.Responder.Receive(rival.Buffer, rival.Length, 9, true, new byte[1], 1, MdnsResponder.Port, scene.Now);
            scene.Now += 250;
            scene.Responder.Poll(scene.Now);
            int probed = 0;
            MdnsDatagram datagram = scene.Responder.Next(scene.Now);
            while (datagram != null)
            {
                Assert.AreEqual(1, datagram.Buffer[5] + datagram.Buffer[7]); // a question or an answer
                probed |= datagram.Buffer[5] << (datagram.InterfaceId + (datagram.IsIPv6 ? 10 : 0));
                datagram = scene.Responder.Next(scene.Now);
            }
            Assert.AreEqual(1 << 7 | 1 << 17 | 1 << 19, probed);
        }

        [TestMethod]
        public void WhatWeSayOurselves_IsNoConflict()
        {
            MdnsScene scene = new MdnsScene(2);
            byte[] elsewhere = LinkLocal(77);
            Assert.AreEqual(0, scene.Responder.SetInterface(9, false, true, null, 0, elsewhere, 1, scene.Now));
            scene.SetAddresses(1);
            DnsMessageBuilder own = new DnsMessageBuilder().Header(0, Response).Address(MdnsScene.Host, new byte[] { 10, 0, 0, 1 }, 120, Answers)
                .Address(MdnsScene.Host, elsewhere, 120, Answers).Address(MdnsScene.Host, LinkLocal(1), 120, Answers);
            DnsMessageBuilder probe = new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1).Address(MdnsScene.Host, elsewhere, 120, Authorities);
            scene.Ask(own);
            scene.Ask(probe);
            scene.Now += 250;
            scene.Ask(own);
            scene.Ask(probe);
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            for (long next = scene.Responder.Poll(scene.Now); next != long.MaxValue; next = scene.Responder.Poll(scene.Now))
            {
                scene.Now = next;
                while (scene.Responder.Next(scene.Now) != null)
                {
                }
            }
            while (scene.Responder.Next(scene.Now) != null)
            {
            }
            scene.Ask(own);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1));
            Assert.AreEqual(1, scene.Run(2000));
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
        }

        [TestMethod]
        public void OtherResponses_AreNoConflict()
        {
            MdnsScene scene = Probing();
            scene.Drain();
            byte[] address = { 10, 0, 0, 2 };
            scene.Ask(new DnsMessageBuilder().Header(0, Response).Address("0A1B2C3D4E5E.local", address, 120, Answers));
            scene.Ask(new DnsMessageBuilder().Header(0, Response).Address(MdnsScene.Host, address, 0, Answers));
            scene.Ask(new DnsMessageBuilder().Header(0, Response | 3).Address(MdnsScene.Host, address, 120, Answers));
            scene.Ask(new DnsMessageBuilder().Header(0, Response | 0x0800).Address(MdnsScene.Host, address, 120, Answers));
            scene.Ask(Rival(MdnsScene.Host), 1, 999);
            DnsMessageBuilder cut = Rival(MdnsScene.Host);
            for (int length = 0; length < cut.Length; length++)
                scene.Responder.Receive(cut.Buffer, length, MdnsScene.InterfaceId, true, new byte[1], 1, MdnsResponder.Port, scene.Now);
            cut.CountUp(10);
            scene.Ask(cut);
            Assert.AreEqual(0, scene.Drain());
            Assert.AreEqual(scene.Now + 250, scene.Deadline);
            Assert.AreEqual(6, scene.Run(750));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
        }

        [TestMethod]
        public void OwnedName_IsProbedAnewWhenAnotherUsesIt()
        {
            MdnsScene scene = Probing();
            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Header(0, Response).Address(MdnsScene.Host, new byte[] { 1 }, 120, 10));
            scene.Now = PollDeadline(scene);
            Assert.AreEqual(1, scene.Drain());
            Assert.AreEqual(1, scene.Read(0).QuestionCount);
            Assert.AreEqual(1 + 1 + 2, scene.Run(750)); // the other one is silent: two probes more, and announced on both links
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));

            scene.Run(5000);
            scene.Ask(Rival(MdnsScene.Host));
            scene.Now = PollDeadline(scene);
            Assert.AreEqual(1, scene.Drain());
            scene.Ask(Rival(MdnsScene.Host)); // the other one stays
            Assert.AreEqual(6 + 2, scene.Run(1000));
            Assert.AreEqual(-1, scene.FindTtl(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.AreEqual(120, scene.FindTtl(MdnsScene.Instance, DnsType.Srv, null));
        }

        /// <summary>Ours are 10.0.0.1, fe80::1 and fe80::2.</summary>
        [TestMethod]
        [DataRow("1 01 02", false)] // the same
        [DataRow("02 1 01", false)] // in another order
        [DataRow("1 01 02 1", false)] // repeated
        [DataRow("2 01 02", true)]
        [DataRow("0 01 02", false)]
        [DataRow("1 01 03", true)]
        [DataRow("1 01", false)] // we have one more
        [DataRow("1 01 02 03", true)] // they have one more
        [DataRow("1 02", true)] // their second one is later
        [DataRow("01 02", true)] // an address of the later type
        [DataRow("0 1 01 02", false)] // earlier at the first place
        [DataRow("1 2", false)]
        [DataRow("2", true)]
        [DataRow("x 1 01 02", false)] // another type, between A and AAAA
        [DataRow("", false)]
        public void SimultaneousProbe_IsDecidedByTheRecords(string records, bool isLost)
        {
            MdnsScene scene = new MdnsScene(1);
            scene.SetAddresses(2);
            scene.Drain();
            DnsMessageBuilder probe = new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1)
                .Address("other.local", new byte[] { 255, 255, 255, 255 }, 120, Authorities);
            char[] text = records.ToCharArray();
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == ' ')
                    continue;
                bool isIPv6 = text[i] == '0' && i + 1 < text.Length && text[i + 1] != ' ';
                i = isIPv6 ? i + 1 : i;
                int number = text[i] - '0';
                byte[] data = isIPv6 ? LinkLocal(number) : text[i] == 'x' ? new byte[2] : new byte[] { 10, 0, 0, (byte)number };
                probe.Address(MdnsScene.Host, data, 120, Authorities);
            }
            scene.Ask(probe);
            Assert.AreEqual(0, scene.Drain());
            scene.Now += 250;
            Assert.AreEqual(isLost ? 1 : 2, scene.Drain(), records); // the other family goes on
            scene.Run(749);
            scene.Now += 1;
            Assert.AreEqual(isLost ? 1 : 0, scene.Drain(), records);
        }

        [TestMethod]
        public void SimultaneousProbe_CutOrBentIsTaken()
        {
            DnsMessageBuilder probe = new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1)
                .Address(MdnsScene.Host, new byte[] { 10, 0, 0, 9 }, 120, Authorities);
            MdnsScene scene = Probing();
            byte[] bent = new byte[probe.Length];
            for (int length = 0; length < bent.Length; length++)
            {
                System.Array.Copy(probe.Buffer, 0, bent, 0, bent.Length);
                scene.Responder.Receive(bent, length, MdnsScene.InterfaceId, true, new byte[1], 1, MdnsResponder.Port, scene.Now);
                bent[length] ^= 0xFF;
                scene.Responder.Receive(bent, bent.Length, MdnsScene.InterfaceId, true, new byte[1], 1, MdnsResponder.Port, scene.Now);
            }
            scene.Run(10000);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Instance, DnsType.Srv, 1));
            Assert.AreEqual(1, scene.Run(1000));
        }

        [TestMethod]
        public void ManyConflicts_SlowTheProbingDown()
        {
            MdnsScene scene = Probing();
            scene.Run(1);
            for (int i = 0; i < 10; i++)
            {
                long before = scene.Now;
                scene.Ask(Rival(NameAsked(scene)));
                scene.Drain();
                while (scene.Count == 0)
                {
                    scene.Now = scene.Deadline;
                    scene.Drain();
                }
                Assert.IsTrue(i == 7 || i == 8 ? scene.Now == before + 5000 : scene.Now < before + 250);
            }
        }

        [TestMethod]
        public void Probe_IsAnsweredThoughTheRecordWasJustSent()
        {
            MdnsScene scene = Probing();
            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1));
            Assert.AreEqual(1, scene.Drain());
            scene.Now += 10;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1).Address(MdnsScene.Host, LinkLocal(9), 120, Authorities));
            scene.Drain();
            Assert.AreEqual(scene.Now + 240, scene.Deadline);
            scene.Now = scene.Deadline;
            Assert.AreEqual(1, scene.Drain());
            Assert.IsTrue(scene.Has(MdnsScene.Host, DnsType.Aaaa, null));
            scene.Now += 10;
            scene.Ask(new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Aaaa, 1));
            Assert.AreEqual(0, scene.Drain());
            Assert.AreEqual(scene.Now + 990, scene.Deadline);
        }

        [TestMethod]
        public void StopWhileProbing_LeavesTheNameToOthers()
        {
            MdnsScene scene = Probing();
            scene.Drain();
            scene.Responder.Stop();
            Assert.AreEqual(2, scene.Drain());
            Assert.AreEqual(0, scene.FindTtl(MdnsScene.Instance, DnsType.Srv, MdnsScene.Host));
            Assert.AreEqual(-1, scene.FindTtl(MdnsScene.Host, DnsType.Aaaa, null));
            Assert.AreEqual(long.MaxValue, scene.Deadline);
            Assert.AreEqual(0, scene.Run(3000));
        }

        [TestMethod]
        public void InterfaceGoneWhileProbing_IsSilent()
        {
            MdnsScene scene = Probing();
            scene.Drain();
            scene.Responder.RemoveInterface(MdnsScene.InterfaceId);
            Assert.AreEqual(0, scene.Run(3000));
            Assert.AreEqual(long.MaxValue, scene.Deadline);
            scene.SetAddresses(1);
            Assert.AreEqual(6 + 2, scene.Run(1000));
        }

        /// <summary>A node that is commissionable from the start, before its first probe.</summary>
        private static MdnsScene Probing()
        {
            MdnsScene scene = new MdnsScene(1);
            scene.SetAddresses(1);
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            return scene;
        }

        private static DnsMessageBuilder Rival(string host)
        {
            return new DnsMessageBuilder().Header(0, Response).Address(host, new byte[] { 10, 0, 0, 2 }, 120, Answers);
        }

        private static byte[] LinkLocal(int number)
        {
            byte[] address = new byte[16];
            address[0] = 0xFE;
            address[1] = 0x80;
            address[15] = (byte)number;
            return address;
        }

        private static long PollDeadline(MdnsScene scene)
        {
            scene.Drain();
            return scene.Deadline > scene.Now ? scene.Deadline : scene.Now;
        }

        private static void CheckAddress(DnsReader reader, int type, int length, int recordClass)
        {
            Assert.AreEqual(0, reader.ReadRecord());
            Assert.IsTrue(reader.NameEquals(MdnsScene.ToName(MdnsScene.Host)));
            Assert.AreEqual(type, reader.Type);
            Assert.AreEqual(recordClass, reader.Class);
            Assert.AreEqual(length, reader.DataLength);
        }

        private static string NameAsked(MdnsScene scene)
        {
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(0, reader.ReadQuestion());
            return HostOf(reader);
        }

        private static string HostOf(DnsReader reader)
        {
            byte[] name = new byte[64];
            Assert.IsTrue(reader.CopyName(name, 0, name.Length) > 0);
            char[] label = new char[name[0]];
            for (int i = 0; i < label.Length; i++)
                label[i] = (char)name[1 + i];
            return new string(label) + ".local";
        }
    }
}
