using System;
using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Discovery
{
    /// <summary>A node is looked for: what is asked, which answers count, which address is taken.</summary>
    [TestClass]
    public class MdnsResolverTests
    {
        private const string Instance = "A0A1A2A3A4A5A6A7-00000000000000FF._matter._tcp.local";
        private const string Target = "AABBCCDDEEFF.local";
        private const int Response = 0x8400;
        private const int Answers = 6;
        private const int Additional = 10;

        [TestMethod]
        public void Question_GoesOutFourTimes_ThenNobodyIsThere()
        {
            MdnsScene scene = Ask();
            long begin = scene.Now;
            int[] times = { 0, 1000, 3000, 7000 };
            for (int i = 0; i < times.Length; i++)
            {
                scene.Now = begin + times[i];
                Assert.AreEqual(2, scene.Drain(), i.ToString());
                for (int k = 0; k < 2; k++)
                {
                    Assert.IsTrue(scene.IsMulticast(k));
                    DnsReader reader = scene.Read(k);
                    Assert.AreEqual(1, reader.QuestionCount);
                    Assert.AreEqual(0, reader.Flags);
                    Assert.AreEqual(0, reader.ReadQuestion());
                    Assert.IsTrue(reader.NameEquals(MdnsScene.ToName(Instance)));
                    Assert.AreEqual(DnsType.Srv, reader.Type);
                    Assert.AreEqual(i == 0 ? 0x8001 : 1, reader.Class);
                }

                Assert.AreEqual(0, scene.Drain());
                Assert.IsTrue(scene.Deadline == begin + (i == 3 ? 9000 : times[i + 1]), i.ToString());
                Assert.IsTrue(scene.Responder.Resolver.IsAsking);
            }

            scene.Now = begin + 9000;
            Assert.AreEqual(0, scene.Drain());
            Assert.IsFalse(scene.Responder.Resolver.IsAsking);
            Assert.AreEqual(0, scene.Responder.Resolver.AddressLength);
            Assert.AreEqual(0, scene.Run(20000));
        }

        [TestMethod]
        public void Answer_IsTaken_ByMulticastAndByUnicast()
        {
            for (int i = 0; i < 2; i++)
            {
                MdnsScene scene = Ask();
                scene.Drain();
                DnsMessageBuilder answer = Service(Target).Address(Target, LinkLocal(9), 120, Additional);
                Receive(scene, answer, i == 1);
                AssertFound(scene, LinkLocal(9), 5541);
                Assert.AreEqual(MdnsScene.InterfaceId, scene.Responder.Resolver.InterfaceId);
                Assert.AreEqual(0, scene.Run(20000));
            }
        }

        [TestMethod]
        public void AddressInFrontOfTheService_IsTaken()
        {
            MdnsScene scene = Ask();
            scene.Drain();
            Receive(scene, new DnsMessageBuilder().Header(0, Response).Address(Target, LinkLocal(9), 120, Answers).Srv(Instance, 5541, Target, Answers), false);
            AssertFound(scene, LinkLocal(9), 5541);
        }

        [TestMethod]
        public void HostWithoutAddress_IsAskedForIt()
        {
            MdnsScene scene = Ask();
            scene.Drain();
            Receive(scene, Service(Target), false);
            Assert.IsTrue(scene.Responder.Resolver.IsAsking);
            Assert.AreEqual(2, scene.Drain());
            DnsReader reader = scene.Read(0);
            Assert.AreEqual(3, reader.QuestionCount);
            Assert.AreEqual(0, reader.ReadQuestion());
            int[] types = { DnsType.Aaaa, DnsType.A };
            for (int i = 0; i < types.Length; i++)
            {
                Assert.AreEqual(0, reader.ReadQuestion());
                Assert.IsTrue(reader.NameEquals(MdnsScene.ToName(Target)));
                Assert.AreEqual(types[i], reader.Type);
            }

            // Said again it brings nothing forward.
            Receive(scene, Service(Target), false);
            Assert.AreEqual(0, scene.Drain());
            Receive(scene, new DnsMessageBuilder().Header(0, Response).Address(Target, new byte[] { 10, 0, 0, 9 }, 120, Answers), false);
            AssertFound(scene, new byte[] { 10, 0, 0, 9 }, 5541);
        }

        [TestMethod]
        public void BestAddress_IsTaken()
        {
            MdnsScene scene = Ask();
            scene.Drain();
            byte[] routed = LinkLocal(9);
            routed[0] = 0x20;
            Receive(
                scene,
                Service(Target).Address(Target, new byte[] { 10, 0, 0, 9 }, 120, Additional).Address(Target, routed, 120, Additional)
                    .Address(Target, LinkLocal(7), 120, Additional).Address(Target, LinkLocal(8), 120, Additional),
                false);
            AssertFound(scene, LinkLocal(7), 5541);
        }

        /// <summary>A host with nothing but a link-local address reaches nothing beyond its link.</summary>
        [TestMethod]
        public void RoutedAddress_NeedsOneOfOurOwn()
        {
            byte[] routed = LinkLocal(9);
            routed[0] = 0x20;
            for (int own = 0; own < 2; own++)
            {
                MdnsScene scene = Ask();
                if (own == 1)
                {
                    byte[] ipv6 = LinkLocal(1);
                    ipv6[0] = 0xFD;
                    Assert.AreEqual(0, scene.Responder.SetInterface(MdnsScene.InterfaceId, true, true, new byte[] { 10, 0, 0, 1 }, 1, ipv6, 1, scene.Now));
                }

                scene.Drain();
                Receive(scene, Service(Target).Address(Target, routed, 120, Additional).Address(Target, new byte[] { 10, 0, 0, 9 }, 120, Additional), false);
                AssertFound(scene, own == 1 ? routed : new byte[] { 10, 0, 0, 9 }, 5541);
            }
        }

        [TestMethod]
        public void AddressesThatLeadNowhere_AreNotTaken()
        {
            byte[][] addresses =
            {
                new byte[16], LinkLocal(1), LinkLocal(1), LinkLocal(1), new byte[4], new byte[] { 127, 0, 0, 1 }, new byte[] { 224, 0, 0, 251 },
                new byte[] { 255, 255, 255, 255 },
            };
            addresses[1] = new byte[16];
            addresses[1][15] = 1;   // ::1
            addresses[2][0] = 0xFF; // multicast
            addresses[3] = new byte[16];
            addresses[3][10] = 0xFF;
            addresses[3][11] = 0xFF; // IPv4-mapped
            for (int i = 0; i < addresses.Length; i++)
            {
                MdnsScene scene = Ask();
                scene.Drain();
                Receive(scene, Service(Target).Address(Target, addresses[i], 120, Additional), false);
                Assert.IsTrue(scene.Responder.Resolver.IsAsking, i.ToString());
            }
        }

        [TestMethod]
        public void WrongAnswers_DontCount()
        {
            byte[] address = LinkLocal(9);
            for (int i = 0; i < 10; i++)
            {
                MdnsScene scene = Ask();
                scene.Drain();
                DnsMessageBuilder answer = new DnsMessageBuilder().Header(0, i == 0 ? 0x8403 : i == 1 ? 0 : i == 2 ? 0xF800 : Response);
                answer.Srv(i == 3 ? "A0A1A2A3A4A5A6A7-00000000000000FE._matter._tcp.local" : Instance, i == 4 ? 0 : 5541, i == 5 ? "A.B.local" : i == 6 ? "local" : Target, Answers);
                answer.Address(i == 7 ? "OTHER.local" : Target, address, i == 8 ? 0 : 120, Additional);
                if (i == 9)
                {
                    answer.Byte(0xC0).CountUp(Additional);  // one more record than there is
                }

                Receive(scene, answer, false);
                Assert.IsTrue(scene.Responder.Resolver.IsAsking, i.ToString());
                Receive(scene, Service(Target).Address(Target, address, 120, Additional), false);
                AssertFound(scene, address, 5541);
            }
        }

        [TestMethod]
        public void SimpleResolversPort_DoesntCount()
        {
            MdnsScene scene = Ask();
            scene.Drain();
            DnsMessageBuilder answer = Service(Target).Address(Target, LinkLocal(9), 120, Additional);
            scene.Responder.Receive(answer.Buffer, answer.Length, MdnsScene.InterfaceId, true, new byte[] { 1 }, 1, 999, scene.Now);
            scene.Responder.ReceiveUnicast(answer.Buffer, answer.Length, MdnsScene.InterfaceId, true, 999, scene.Now);
            scene.Responder.ReceiveUnicast(answer.Buffer, answer.Length, MdnsScene.InterfaceId + 1, true, 5353, scene.Now);
            Assert.IsTrue(scene.Responder.Resolver.IsAsking);
        }

        /// <summary>A service that nobody asks for, and a question that came by unicast: neither is answered or remembered.</summary>
        [TestMethod]
        public void UnicastThatNobodyAskedFor_IsIgnored()
        {
            MdnsScene scene = new MdnsScene();
            DnsMessageBuilder answer = Service(Target).Address(Target, LinkLocal(9), 120, Additional);
            scene.Responder.ReceiveUnicast(answer.Buffer, answer.Length, MdnsScene.InterfaceId, true, 5353, scene.Now);
            Assert.AreEqual(0, scene.Responder.Resolver.AddressLength);
            scene.Responder.Resolve(new byte[] { 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7 }, 0xFF, scene.Now);
            scene.Drain();
            DnsMessageBuilder question = new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 0x8001);
            scene.Responder.ReceiveUnicast(question.Buffer, question.Length, MdnsScene.InterfaceId, true, 5353, scene.Now);
            Assert.AreEqual(0, scene.Drain());
        }

        [TestMethod]
        public void EveryTruncation_AndEveryByteFlipped_AreTaken()
        {
            DnsMessageBuilder answer = Service(Target).Address(Target, LinkLocal(9), 120, Additional);
            for (int length = 0; length < answer.Length; length++)
            {
                MdnsScene scene = Ask();
                scene.Drain();
                scene.Responder.ReceiveUnicast(answer.Buffer, length, MdnsScene.InterfaceId, true, 5353, scene.Now);
                Assert.IsTrue(scene.Responder.Resolver.IsAsking, length.ToString());
            }

            for (int at = 0; at < answer.Length; at++)
            {
                MdnsScene scene = Ask();
                scene.Drain();
                answer.Buffer[at] ^= 0xC0;
                scene.Responder.ReceiveUnicast(answer.Buffer, answer.Length, MdnsScene.InterfaceId, true, 5353, scene.Now);
                answer.Buffer[at] ^= 0xC0;
            }
        }

        [TestMethod]
        public void NewQuestion_ForgetsTheOldOne()
        {
            MdnsScene scene = Ask();
            scene.Drain();
            Receive(scene, Service(Target).Address(Target, LinkLocal(9), 120, Additional), false);
            scene.Responder.Resolve(new byte[8], 1, scene.Now);
            Assert.IsTrue(scene.Responder.Resolver.IsAsking);
            Assert.AreEqual(0, scene.Responder.Resolver.AddressLength);
            Receive(scene, Service(Target).Address(Target, LinkLocal(9), 120, Additional), false);
            Assert.IsTrue(scene.Responder.Resolver.IsAsking);
        }

        private static MdnsScene Ask()
        {
            MdnsScene scene = new MdnsScene();
            scene.Run(2000);
            scene.Responder.Resolve(new byte[] { 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7 }, 0xFF, scene.Now);
            return scene;
        }

        private static DnsMessageBuilder Service(string target)
        {
            return new DnsMessageBuilder().Header(0, Response).Srv(Instance, 5541, target, Answers);
        }

        private static void Receive(MdnsScene scene, DnsMessageBuilder message, bool isUnicast)
        {
            if (isUnicast)
            {
                scene.Responder.ReceiveUnicast(message.Buffer, message.Length, MdnsScene.InterfaceId, true, 5353, scene.Now);
            }
            else
            {
                scene.Ask(message);
            }
        }

        private static void AssertFound(MdnsScene scene, byte[] address, int port)
        {
            MdnsResolver resolver = scene.Responder.Resolver;
            Assert.IsFalse(resolver.IsAsking);
            Assert.AreEqual(address.Length, resolver.AddressLength);
            Assert.AreEqual(port, resolver.Port);
            for (int i = 0; i < address.Length; i++)
            {
                Assert.AreEqual(address[i], resolver.Address[i]);
            }
        }

        private static byte[] LinkLocal(int last)
        {
            byte[] address = new byte[16];
            address[0] = 0xFE;
            address[1] = 0x80;
            address[15] = (byte)last;
            return address;
        }
    }
}
