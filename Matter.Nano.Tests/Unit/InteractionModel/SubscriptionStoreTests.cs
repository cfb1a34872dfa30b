using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Platform;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Subscriptions are stored with their fabric, come back dormant, and are taken up by a report under their old id.</summary>
    [TestClass]
    public class SubscriptionStoreTests
    {
        private const int HeaderLength = 1;
        private const int SubscriptionLength = 18;
        private const int PathLength = 12;

        [TestMethod]
        public void Subscription_ComesBackAsItWas()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, scene.Client, scene.Session, 3, 60);
            SubscriptionStore store = New(scene);
            Assert.AreEqual(0, store.Flush());
            byte[] value = Read(scene, 0);
            Assert.AreEqual(HeaderLength + SubscriptionLength + PathLength + Checksum.Length, value.Length);
            Subscription before = scene.Protocol.Subscriptions.GetRow(0);

            InteractionScene next = Restart(value, 0);
            SubscriptionTable table = next.Protocol.Subscriptions;
            Subscription after = table.GetRow(0);
            Assert.IsTrue(after.IsDormant);
            Assert.AreEqual(0, table.Count);
            Assert.AreEqual(before.Id, after.Id);
            Assert.AreEqual(0x1111UL, after.PeerNodeId);
            Assert.AreEqual(1, after.FabricIndex);
            Assert.AreEqual(3000, after.MinIntervalMs);
            Assert.AreEqual(60000, after.MaxIntervalMs);
            Assert.AreEqual(before.IsFabricFiltered, after.IsFabricFiltered);
            Assert.AreEqual(before.HasEvents, after.HasEvents);
            Assert.AreEqual(1, after.PathCount);
            for (int i = 0; i < AttributePath.Words; i++)
            {
                Assert.AreEqual(scene.Protocol.Subscriptions.Paths[i], table.Paths[i]);
            }

            Assert.AreEqual(0, table.Unsaved);
        }

        [TestMethod]
        public void ChangesAreWritten_AWhileAfter_AndNotOften()
        {
            InteractionScene scene = new InteractionScene();
            SubscriptionStore store = New(scene);
            Assert.AreEqual(long.MaxValue, store.Poll(scene.Now));
            int before = scene.Store.Writes;
            long begin = scene.Now;
            for (int i = 0; i < 100; i++)
            {
                // Each takes the place of the one before.
                Subscribe(scene, scene.Client, scene.Session, 0, 60);
                long due = store.Poll(scene.Now);
                Assert.IsTrue(due > scene.Now - 1000, i.ToString());
                scene.Run(3000);
                store.Poll(scene.Now);
            }

            int minutes = (int)((scene.Now - begin) / SubscriptionStore.IntervalMs);
            Assert.IsTrue(scene.Store.Writes - before >= minutes && scene.Store.Writes - before <= minutes + 1, (scene.Store.Writes - before).ToString());
        }

        [TestMethod]
        public void SubscriptionThatEnds_LeavesTheStore()
        {
            InteractionScene scene = new InteractionScene();
            SubscriptionStore store = New(scene);
            Subscribe(scene, scene.Client, scene.Session, 0, 60);
            Assert.AreEqual(0, store.Flush());
            Assert.IsTrue(Read(scene, 0) != null);
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(0, store.Flush());
            Assert.IsTrue(Read(scene, 0) == null);
        }

        [TestMethod]
        public void RemovedFabric_TakesItsSubscriptionsAlong()
        {
            InteractionScene scene = new InteractionScene();
            scene.AddFabric(2);
            Session other = scene.Pair(scene.Client, SessionType.Case, 2, 0x1111);
            SubscriptionStore store = New(scene);
            Subscribe(scene, scene.Client, scene.Session, 0, 60);
            Subscribe(scene, scene.Client, other, 0, 60);
            Assert.AreEqual(0, store.Flush());
            Assert.IsTrue(Read(scene, 0) != null && Read(scene, 1) != null);
            scene.Fabrics.GetRow(0).Index = 0;
            store.FabricRemoved(1);
            Assert.IsTrue(Read(scene, 0) == null && Read(scene, 1) != null);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
        }

        [TestMethod]
        public void PaseSubscription_IsNotStored()
        {
            InteractionScene scene = new InteractionScene();
            Session pase = scene.Pair(scene.Client, SessionType.Pase, 0, 0);
            SubscriptionStore store = New(scene);
            Subscribe(scene, scene.Client, pase, 0, 60);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            Assert.AreEqual(long.MaxValue, store.Poll(scene.Now));
        }

        [TestMethod]
        public void DamagedValue_IsDeletedOrStillOfAPathThatCanBeAskedFor()
        {
            byte[] value = NewValue();
            for (int left = 0; left < value.Length; left++)
            {
                byte[] part = new byte[left];
                Array.Copy(value, part, left);
                AssertDropped(part, left.ToString());
            }

            byte[] longer = new byte[value.Length + 1];
            Array.Copy(value, longer, value.Length);
            AssertDropped(longer, "longer");
            for (int at = 0; at < value.Length; at++)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    byte[] wrong = (byte[])value.Clone();
                    wrong[at] ^= (byte)(1 << bit);
                    AssertDropped(wrong, at.ToString());
                    InteractionScene scene = Restart(Sealed(wrong, value.Length - Checksum.Length), 0);
                    Subscription row = scene.Protocol.Subscriptions.GetRow(0);
                    Assert.IsTrue(row.Id == 0 || (row.PathCount == 1 && row.MinIntervalMs <= row.MaxIntervalMs), at.ToString());
                    scene.Run(1000);
                }
            }

            byte[] anyId = (byte[])value.Clone();
            int length = value.Length - Checksum.Length;
            Array.Clear(anyId, HeaderLength, 4);
            AssertDropped(Sealed(anyId, length), "id 0");
            byte[] noPath = (byte[])value.Clone();
            noPath[HeaderLength + 17] = 0;
            AssertDropped(Sealed(noPath, HeaderLength + SubscriptionLength), "no path");
            for (int shorter = 0; shorter < length; shorter++)
            {
                AssertDropped(Sealed(value, shorter), shorter.ToString());
            }

            byte[] groupPeer = (byte[])value.Clone();
            for (int i = 0; i < 8; i++)
            {
                groupPeer[HeaderLength + 4 + i] = 0xFF;
            }

            AssertDropped(Sealed(groupPeer, length), "peer");
        }

        /// <summary>More than there is room for, the same id twice, a fabric of another row.</summary>
        [TestMethod]
        public void ValuesThatDontFit_AreTakenAsFarAsTheyDo()
        {
            byte[] one = NewValue();
            const int each = SubscriptionLength + PathLength;
            byte[] many = new byte[HeaderLength + (40 * each) + Checksum.Length];
            many[0] = one[0];
            for (int i = 0; i < 40; i++)
            {
                Array.Copy(one, HeaderLength, many, HeaderLength + (i * each), each);
                many[HeaderLength + (i * each)] = (byte)(i / 2);
            }

            InteractionScene scene = Restart(Sealed(many, many.Length - Checksum.Length), 0);
            SubscriptionTable table = scene.Protocol.Subscriptions;
            for (int i = 0; i < table.Capacity; i++)
            {
                Assert.IsTrue(table.GetRow(i).IsDormant);
                Assert.IsFalse(i > 0 && table.GetRow(i).Id == table.GetRow(i - 1).Id);
            }

            AssertDropped(one, 1, "another row");
        }

        [TestMethod]
        public void Report_TakesItUp_WithTheOldId()
        {
            InteractionScene scene = Restart(NewValue(), 0);
            InteractionClient client = scene.Client;
            Subscription row = scene.Protocol.Subscriptions.GetRow(0);
            uint id = row.Id;
            Assert.IsTrue(scene.Protocol.Resume(row, scene.Served(scene.Session), scene.Now));
            Assert.IsTrue(row.IsDormant && row.IsReporting);
            scene.Run(200);
            Assert.IsTrue(row.IsActive && !row.IsDormant && !row.IsReporting);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            Assert.AreEqual(1u, scene.Protocol.SubscriptionsEstablished);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(1, client.UnsolicitedCount);
            Assert.AreEqual(InteractionOpcode.ReportData, client.Opcode(0));
            Assert.AreEqual((long)id, client.GetUnsigned(0, 0));
            Assert.IsFalse(client.GetBoolean(0, 4));
            Assert.AreEqual(0L, client.Reports().Last(1, Test, TestCluster.Value));

            // From now on it is like any other; what is stored has not changed.
            client.Clear();
            scene.One.Set(7);
            scene.Run(200);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual((long)id, client.GetUnsigned(0, 0));
            Assert.AreEqual(7L, client.Reports().Last(1, Test, TestCluster.Value));
            scene.AssertIdle("report");
        }

        [TestMethod]
        public void ReportWithoutData_IsSentAllTheSame()
        {
            InteractionScene scene = Restart(NewValue(), 0);
            scene.Grant(1, Privilege.View, 0x1111, 0x33, -1, -1);
            Subscription row = scene.Protocol.Subscriptions.GetRow(0);
            Assert.IsTrue(scene.Protocol.Resume(row, scene.Served(scene.Session), scene.Now));
            scene.Run(200);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.IsTrue(row.IsActive);
        }

        [TestMethod]
        public void InvalidSubscription_EndsIt()
        {
            byte[] value = NewValue();
            InteractionScene scene = new InteractionScene();
            Assert.AreEqual(0, scene.Store.Write(StoreKey.Subscriptions, value, 0, value.Length));
            SubscriptionStore store = New(scene);
            Assert.AreEqual(0, store.Load());
            scene.Client.ReportStatus = ImStatus.InvalidSubscription;
            Subscription row = scene.Protocol.Subscriptions.GetRow(0);
            Assert.IsTrue(scene.Protocol.Resume(row, scene.Served(scene.Session), scene.Now));
            scene.Run(200);
            Assert.AreEqual(0u, row.Id);
            Assert.AreEqual(0, store.Flush());
            Assert.IsTrue(Read(scene, 0) == null);
            scene.AssertIdle("refused");
        }

        [TestMethod]
        public void ReportThatDoesNotArrive_LeavesItDormant()
        {
            for (int i = 0; i < 3; i++)
            {
                InteractionScene scene = Restart(NewValue(), 0);
                scene.Client.IsMute = i == 0;
                scene.Client.ReportStatus = i == 1 ? ImStatus.Busy : ImStatus.Success;
                Subscription row = scene.Protocol.Subscriptions.GetRow(0);
                Session session = scene.Served(scene.Session);
                Assert.IsTrue(scene.Protocol.Resume(row, session, scene.Now));
                if (i == 2)
                {
                    scene.ServerSessions.Discard(session, scene.Now);
                }

                scene.Run(30000);
                Assert.IsTrue(row.IsDormant && !row.IsReporting, i.ToString());
                Assert.AreEqual(0, scene.Protocol.Subscriptions.Unsaved, i.ToString());
                scene.AssertIdle(i.ToString());

                // The next attempt does.
                scene.Client.IsMute = false;
                scene.Client.ReportStatus = ImStatus.Success;
                scene.Renew();
                Assert.IsTrue(scene.Protocol.Resume(row, scene.Served(scene.Session), scene.Now));
                scene.Run(200);
                Assert.IsTrue(row.IsActive, i.ToString());
            }
        }

        [TestMethod]
        public void SubscriberThatComesByItself_ReplacesIt()
        {
            InteractionScene scene = Restart(NewValue(), 0);
            Subscribe(scene, scene.Client, scene.Session, 0, 60);
            SubscriptionTable table = scene.Protocol.Subscriptions;
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            for (int i = 0; i < table.Capacity; i++)
            {
                Assert.IsFalse(table.GetRow(i).IsDormant);
            }

            // Also in the middle of the report that takes it up.
            scene = Restart(NewValue(), 0);
            Subscription row = scene.Protocol.Subscriptions.GetRow(0);
            Assert.IsTrue(scene.Protocol.Resume(row, scene.Served(scene.Session), scene.Now));
            Subscribe(scene, scene.Client, scene.Session, 0, 60);
            Assert.AreEqual(1, scene.Protocol.SubscriptionCount);
            scene.AssertIdle("both");
        }

        /// <summary>Dormant ones never keep a fabric from what it is sure of.</summary>
        [TestMethod]
        public void DormantOnes_MakeRoom()
        {
            byte[] one = NewValue();
            const int length = SubscriptionLength + PathLength;
            byte[] full = new byte[HeaderLength + (Limits.Subscriptions * length) + Checksum.Length];
            full[0] = one[0];
            for (int i = 0; i < Limits.Subscriptions; i++)
            {
                Array.Copy(one, HeaderLength, full, HeaderLength + (i * length), length);
                full[HeaderLength + (i * length)] = (byte)(i + 1);
                full[HeaderLength + (i * length) + 4] = 0x77;   // another subscriber
            }

            InteractionScene scene = Restart(Sealed(full, full.Length - Checksum.Length), 0);
            scene.AddFabric(2);
            Session other = scene.Pair(scene.Client, SessionType.Case, 2, 0x1111);
            for (int i = 0; i < Limits.SubscriptionsPerFabric; i++)
            {
                scene.Client.Clear();
                scene.Client.Subscribe(scene.Session, Value(), 0, 60, true, scene.Now);
                scene.Run(500);
                Assert.AreEqual(InteractionOpcode.SubscribeResponse, scene.Client.LastOpcode, i.ToString());
                scene.Client.Clear();
                scene.Client.Subscribe(other, Value(), 0, 60, true, scene.Now);
                scene.Run(500);
                Assert.AreEqual(InteractionOpcode.SubscribeResponse, scene.Client.LastOpcode, i.ToString());
            }

            Assert.AreEqual(2 * Limits.SubscriptionsPerFabric, scene.Protocol.SubscriptionCount);
        }

        private const uint Test = TestCluster.ClusterId;

        private static long[] Value()
        {
            return new long[] { 1, Test, TestCluster.Value };
        }

        private static void Subscribe(InteractionScene scene, InteractionClient client, Session session, int min, int max)
        {
            client.Clear();
            client.Subscribe(session, Value(), min, max, false, scene.Now);
            scene.Run(500);
            Assert.AreEqual(InteractionOpcode.SubscribeResponse, client.LastOpcode);
        }

        private static SubscriptionStore New(InteractionScene scene)
        {
            return new SubscriptionStore(scene.Protocol.Subscriptions, scene.Fabrics, scene.Store);
        }

        /// <summary>A value as a subscription makes it.</summary>
        private static byte[] NewValue()
        {
            InteractionScene scene = new InteractionScene();
            Subscribe(scene, scene.Client, scene.Session, 0, 60);
            Assert.AreEqual(0, New(scene).Flush());
            return Read(scene, 0);
        }

        /// <summary>The first bytes of a value with the checksum that they would have.</summary>
        private static byte[] Sealed(byte[] value, int length)
        {
            byte[] made = new byte[length + Checksum.Length];
            Array.Copy(value, made, length);
            Checksum.Put(made, 0, length);
            return made;
        }

        /// <summary>A server that finds this value.</summary>
        private static InteractionScene Restart(byte[] value, int row)
        {
            InteractionScene scene = new InteractionScene();
            Assert.AreEqual(0, scene.Store.Write(StoreKey.Subscriptions + row, value, 0, value.Length));
            Assert.AreEqual(0, New(scene).Load());
            return scene;
        }

        private static void AssertDropped(byte[] value, string name)
        {
            AssertDropped(value, 0, name);
        }

        private static void AssertDropped(byte[] value, int row, string name)
        {
            InteractionScene scene = Restart(value, row);
            Assert.AreEqual(0u, scene.Protocol.Subscriptions.GetRow(0).Id, name);
            Assert.IsTrue(Read(scene, row) == null, name);
        }

        private static byte[] Read(InteractionScene scene, int row)
        {
            byte[] buffer = new byte[2000];
            int length = scene.Store.Read(StoreKey.Subscriptions + row, buffer, 0, buffer.Length);
            if (length < 0)
            {
                return null;
            }

            byte[] value = new byte[length];
            Array.Copy(buffer, value, length);
            return value;
        }
    }
}
