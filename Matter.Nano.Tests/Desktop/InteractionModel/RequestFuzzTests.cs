using System;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Damaged requests by the thousand: never a throw, never a change without a fit answer, all slots free again.</summary>
    [TestClass]
    public class RequestFuzzTests
    {
        [TestMethod]
        public void EveryBitOfEveryRequest()
        {
            for (int kind = 0; kind < InteractionRequests.Count; kind++)
            {
                InteractionScene scene = new InteractionScene();
                int opcode = InteractionRequests.Make(scene, kind);
                byte[] request = scene.Client.CopyRequest();
                for (int bit = 0; bit < request.Length * 8; bit++)
                {
                    byte[] damaged = (byte[])request.Clone();
                    damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                    Try(scene, opcode, damaged, damaged.Length, "kind " + kind + " bit " + bit);
                }
            }
        }

        [TestMethod]
        public void RandomDamage()
        {
            Random random = new Random(20260801);
            for (int kind = 0; kind < InteractionRequests.Count; kind++)
            {
                InteractionScene scene = new InteractionScene();
                int opcode = InteractionRequests.Make(scene, kind);
                byte[] request = scene.Client.CopyRequest();
                for (int round = 0; round < 1500; round++)
                {
                    byte[] damaged = new byte[request.Length + 20];
                    Array.Copy(request, damaged, request.Length);
                    int length = request.Length;
                    for (int i = random.Next(1, 6); i > 0; i--) length = Damage(random, damaged, length);
                    Try(scene, opcode, damaged, length, "kind " + kind + " round " + round);
                }
            }
        }

        [TestMethod]
        public void RandomBytesWithEveryOpcode()
        {
            Random random = new Random(20260802);
            InteractionScene scene = new InteractionScene();
            byte[] types = { 0x15, 0x16, 0x17, 0x18, 0x24, 0x28, 0x29, 0x30, 0x34, 0x35, 0x36, 0x37, 0, 1, 2, 3, 4 };
            for (int round = 0; round < 6000; round++)
            {
                byte[] bytes = new byte[random.Next(1, 120)];
                random.NextBytes(bytes);
                for (int i = 0; i < bytes.Length; i++)
                {
                    if (random.Next(4) != 0) bytes[i] = types[random.Next(types.Length)];
                }
                bytes[0] = 0x15;
                Try(scene, random.Next(0, 12), bytes, bytes.Length, "round " + round);
            }
        }

        private static int Damage(Random random, byte[] bytes, int length)
        {
            int at = random.Next(length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    return length;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    return length;
                case 2:
                    Array.Copy(bytes, at + 1, bytes, at, length - at - 1);
                    return length - 1;
                case 3:
                    if (length == bytes.Length) return length;
                    Array.Copy(bytes, at, bytes, at + 1, length - at);
                    bytes[at] = (byte)random.Next(0x14, 0x19);
                    return length + 1;
                default:
                    bytes[at] = bytes[random.Next(length)];
                    return length;
            }
        }

        private static void Try(InteractionScene scene, int opcode, byte[] bytes, int length, string what)
        {
            if (length < 1) return;
            long state = InteractionRequests.State(scene);
            scene.Client.Clear();
            scene.Client.SendRaw(scene.Session, opcode, bytes, length, scene.Now);
            scene.Run(100);
            scene.Client.Exchange.Close();
            bool refused = scene.Client.Status == ImStatus.InvalidAction;
            if (refused) Assert.AreEqual(state, InteractionRequests.State(scene), what);
            if (opcode != InteractionOpcode.StatusResponse && scene.Client.Count == 0)
            {
                Assert.IsTrue(opcode == InteractionOpcode.WriteRequest || opcode == InteractionOpcode.InvokeRequest, what + ": no answer");
            }

            // What is left open runs out: a chunked write, a timed interaction.
            scene.Client.IsMute = true;
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            scene.AssertIdle(what);
            Assert.AreEqual(0, scene.Protocol.SubscriptionCount);
            scene.Renew();
            scene.Client.IsMute = false;
        }
    }
}
