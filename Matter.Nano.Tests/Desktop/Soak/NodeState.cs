using System.Reflection;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What a node holds, counted.</summary>
    internal static class NodeState
    {
        /// <summary>Secure sessions and those reserved for a handshake.</summary>
        public static int Sessions(Node node)
        {
            int used = 0;
            for (int row = 0; row < node.Sessions.Capacity; row++)
                used += node.Sessions.GetRow(row).LocalSessionId == 0 ? 0 : 1;
            return used;
        }

        /// <summary>The table of subscriptions, which a node keeps to itself.</summary>
        public static SubscriptionTable Subscriptions(Node node)
        {
            FieldInfo field = typeof(InteractionProtocol).GetField("_subscriptions", BindingFlags.Instance | BindingFlags.NonPublic);
            return (SubscriptionTable)field.GetValue(node.Interactions);
        }

        /// <summary>Nothing is held but sessions.</summary>
        public static void AssertAtRest(Scenario.VirtualLight light, int sessions, string run)
        {
            Node node = light.Node;
            Assert.AreEqual(0, node.Exchanges.Count, "exchanges: " + run);
            Assert.AreEqual(0, node.SecureChannel.HandshakeCount, "handshakes: " + run);
            Assert.AreEqual(0, node.Interactions.InteractionCount, "interactions: " + run);
            Assert.AreEqual(sessions, Sessions(node), "sessions: " + run);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, node.Outbox.FreeCount, "outbox: " + run);
            Assert.IsFalse(node.FailSafe.IsArmed, "fail-safe: " + run);
            Assert.IsTrue(light.Crypto.P256.TryAcquire(light), "engine: " + run);
            light.Crypto.P256.Release(light);
        }
    }
}
