using System;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>After start-up the server's side of every interaction allocates nothing.</summary>
    [TestClass]
    public class InteractionAllocationTests
    {
        [TestMethod]
        public void EveryInteraction_AllocatesNothing()
        {
            MeasuredNode server = new MeasuredNode();
            InteractionScene scene = new InteractionScene(server);
            scene.One.ItemCount = 60;
            scene.One.ItemLength = 50;
            scene.One.SlowSteps = 3;
            InteractionClient client = scene.Client;
            client.AsksForEvents = true;
            client.Subscribe(scene.Session, new long[] { -1, -1, -1 }, 0, 600, false, scene.Now);
            scene.Run(500);
            long before = 0;
            for (uint round = 0; round < 60; round++)
            {
                // The first rounds compile and fill caches.
                if (round == 30) before = server.Allocated;
                client.Clear();
                client.Read(scene.Session, new long[] { -1, -1, -1 }, true, scene.Now);
                scene.Run(300);
                client.Write(scene.Session, 1, TestCluster.ClusterId, TestCluster.Value, round, scene.Now);
                scene.Run(300);
                client.Exchange.Close();
                client.Invoke(scene.Session, 1, TestCluster.ClusterId, TestCluster.RaiseNote, scene.Now);
                scene.Run(300);
                client.Invoke(scene.Session, 1, TestCluster.ClusterId, TestCluster.Slow, scene.Now);
                scene.Run(300);
                client.Timed(scene.Session, 500, scene.Now);
                scene.Run(100);
                client.BeginInvoke(1, TestCluster.ClusterId, TestCluster.TimedCommand, true);
                client.EndInvoke();
                client.SendOn(client.Exchange, scene.Now);
                scene.Run(300);
                client.Subscribe(scene.Session, new long[] { -1, -1, -1 }, 0, 600, false, scene.Now);
                scene.Run(500);
                byte[] malformed = { 0x15, 0x16, 0 };
                client.SendRaw(scene.Session, InteractionOpcode.ReadRequest, malformed, malformed.Length, scene.Now);
                scene.Run(300);
            }
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            Assert.AreEqual(0L, server.Allocated - before);
        }

        /// <summary>Counts the bytes allocated inside of it.</summary>
        private sealed class MeasuredNode : InteractionNode
        {
            public MeasuredNode()
                : base(1)
            {
            }

            public long Allocated { get; private set; }

            public override void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                base.Receive(buffer, length, peer, peerLength, now);
                Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public override long Poll(long now)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                long next = base.Poll(now);
                Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                return next;
            }
        }
    }
}
