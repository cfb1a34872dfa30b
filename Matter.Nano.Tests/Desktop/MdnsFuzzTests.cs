using System;
using Matter.Nano.Discovery;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Hostile datagrams leave the responder standing, and it allocates nothing for them.</summary>
    [TestClass]
    public class MdnsFuzzTests
    {
        private const int Rounds = 100000;

        [TestMethod]
        public void RandomAndMutatedDatagrams_AreTaken()
        {
            Random random = new Random(1);
            MdnsScene scene = Settled();
            byte[] query = Query();
            byte[] datagram = new byte[2000];
            byte[] peer = new byte[28];
            for (int i = 0; i < Rounds; i++)
            {
                int length = random.Next(3) == 0 ? random.Next(datagram.Length) : query.Length;
                if (length == query.Length)
                {
                    query.CopyTo(datagram, 0);
                    for (int k = random.Next(4); k >= 0; k--)
                        datagram[random.Next(query.Length)] = (byte)random.Next(256);
                }
                else
                {
                    random.NextBytes(datagram.AsSpan(0, length));
                    if (length > 12 && random.Next(2) == 0)
                        datagram.AsSpan(2, 3).Clear(); // get past the flags
                }
                peer[0] = (byte)random.Next(3);
                scene.Responder.Receive(datagram, length, MdnsScene.InterfaceId, (i & 1) != 0, peer, 28, (i & 2) != 0 ? 5353 : 999, scene.Now);
                scene.Now += random.Next(300);
                scene.Drain();
            }
            scene.Run(5000);
            scene.Ask(new DnsMessageBuilder().Question("_matterc._udp.local", DnsType.Ptr, 1));
            Assert.AreEqual(1, scene.Run(200));
            Assert.IsTrue(scene.Has("_matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
        }

        /// <summary>Whatever comes as an answer to a question of ours, the question is asked to its end, and the next one is answered.</summary>
        [TestMethod]
        public void MutatedAnswers_LeaveTheResolverStanding()
        {
            const string instance = "A0A1A2A3A4A5A6A7-00000000000000FF._matter._tcp.local";
            Random random = new Random(3);
            byte[] id = { 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7 };
            byte[] address = { 0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9 };
            byte[] peer = new byte[28];
            MdnsScene scene = Settled();
            MdnsResolver resolver = scene.Responder.Resolver;
            long allocated = 0;
            for (int i = 0; i < Rounds / 2; i++)
            {
                if (!resolver.IsAsking)
                    scene.Responder.Resolve(id, 0xFF, scene.Now);
                DnsMessageBuilder message = new DnsMessageBuilder().Header(0, 0x8400).Srv(instance, 5540, "AABB.local", 6).Address("AABB.local", address, 120, 10);
                for (int k = random.Next(1, 5); k > 0; k--)
                    message.Buffer[random.Next(message.Length)] = (byte)random.Next(256);
                int length = random.Next(4) == 0 ? random.Next(message.Length) : message.Length;
                long before = GC.GetAllocatedBytesForCurrentThread();
                if ((i & 1) != 0)
                    scene.Responder.ReceiveUnicast(message.Buffer, length, MdnsScene.InterfaceId, (i & 2) != 0, 5353, scene.Now);
                else
                    scene.Responder.Receive(message.Buffer, length, MdnsScene.InterfaceId, (i & 2) != 0, peer, 28, 5353, scene.Now);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                scene.Now += random.Next(300);
                scene.Drain();
            }
            Assert.AreEqual(0L, allocated);
            scene.Responder.Resolve(id, 0xFF, scene.Now);
            scene.Drain();
            scene.Ask(new DnsMessageBuilder().Header(0, 0x8400).Srv(instance, 5540, "AABB.local", 6).Address("AABB.local", address, 120, 10));
            Assert.IsFalse(resolver.IsAsking);
            Assert.AreEqual(16, resolver.AddressLength);
        }

        /// <summary>Whatever others say of the host's name, it has one again when they are silent.</summary>
        [TestMethod]
        public void MutatedResponsesAndProbes_LeaveAHostWithAName()
        {
            Random random = new Random(2);
            byte[] address = { 10, 0, 0, 2 };
            byte[] peer = new byte[28];
            MdnsScene scene = Settled();
            long allocated = 0;
            for (int i = 0; i < Rounds / 4; i++)
            {
                DnsMessageBuilder message = (i & 1) != 0
                    ? new DnsMessageBuilder().Question(MdnsScene.Host, DnsType.Any, 1).Address(MdnsScene.Host, address, 120, 8).Address(MdnsScene.Host, peer[..16], 120, 8)
                    : new DnsMessageBuilder().Header(0, 0x8400).Ptr("_services._dns-sd._udp.local", "_matter._tcp.local", 120)
                        .Address(MdnsScene.Host, address, 120, 6).Address(MdnsScene.Host, peer[..16], 120, 10);
                for (int k = random.Next(4); k > 0; k--)
                    message.Buffer[random.Next(message.Length)] = (byte)random.Next(256);
                if (random.Next(8) == 0)
                    scene = Settled();
                long before = GC.GetAllocatedBytesForCurrentThread();
                scene.Responder.Receive(message.Buffer, message.Length, MdnsScene.InterfaceId, (i & 2) != 0, peer, 28, 5353, scene.Now);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                scene.Now += random.Next(300);
                scene.Drain();
            }
            Assert.AreEqual(0L, allocated);
            scene.Run(20000);
            scene.Ask(new DnsMessageBuilder().Question("_matterc._udp.local", DnsType.Ptr, 1));
            Assert.AreEqual(1, scene.Run(200));
            Assert.IsTrue(scene.Has("_matterc._udp.local", DnsType.Ptr, MdnsScene.Instance));
            Assert.IsTrue(scene.Has(MdnsScene.Instance, DnsType.Srv, null));
        }

        [TestMethod]
        public void Answers_AllocateNothing()
        {
            MdnsScene scene = Settled();
            byte[] query = Query();
            byte[] peer = new byte[28];
            Answer(scene, query, peer, 10);
            long before = GC.GetAllocatedBytesForCurrentThread();
            int sent = Answer(scene, query, peer, 1000);
            Assert.AreEqual(0L, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.IsTrue(sent >= 1000);
        }

        private static int Answer(MdnsScene scene, byte[] query, byte[] peer, int rounds)
        {
            int sent = 0;
            for (int i = 0; i < rounds; i++)
            {
                if (scene.Responder.Receive(query, query.Length, MdnsScene.InterfaceId, true, peer, peer.Length, (i & 1) != 0 ? 5353 : 999, scene.Now) != null)
                    sent++;
                scene.Now += 1200;
                scene.Responder.Poll(scene.Now);
                while (scene.Responder.Next(scene.Now) != null)
                    sent++;
            }
            return sent;
        }

        private static MdnsScene Settled()
        {
            MdnsScene scene = new MdnsScene();
            scene.Responder.SetCommissionable(1, 3840, scene.Now);
            scene.Responder.AddOperational(1, new byte[8], 1, scene.Now);
            scene.Run(5000);
            return scene;
        }

        private static byte[] Query()
        {
            DnsMessageBuilder query = new DnsMessageBuilder().Question("_matterc._udp.local", DnsType.Ptr, 1)
                .Question("_L3840._sub._matterc._udp.local", DnsType.Ptr, 0x8001).Question(MdnsScene.Host, DnsType.Aaaa, 1)
                .Ptr("_matterc._udp.local", "1001020304050607._matterc._udp.local", 120).Srv(MdnsScene.Instance, 5540, "b.local", 6);
            return query.Buffer.AsSpan(0, query.Length).ToArray();
        }
    }
}
