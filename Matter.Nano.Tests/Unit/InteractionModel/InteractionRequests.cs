using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>A valid request of each kind, to be damaged.</summary>
    internal static class InteractionRequests
    {
        public const int Count = 7;

        /// <summary>Makes a request and answers its opcode; its bytes are in the client's writer.</summary>
        public static int Make(InteractionScene scene, int kind)
        {
            InteractionClient client = scene.Client;
            TlvWriter writer = client.Writer;
            switch (kind)
            {
                case 0:
                    client.Begin(InteractionOpcode.ReadRequest);
                    PutPaths(writer, 0);
                    PutEvents(writer, 1);
                    writer.PutBoolean(3, true);
                    PutVersions(writer, 4, scene);
                    client.End();
                    return InteractionOpcode.ReadRequest;
                case 1:
                    client.Begin(InteractionOpcode.SubscribeRequest);
                    writer.PutBoolean(0, false);
                    writer.PutUnsigned(1, 2);
                    writer.PutUnsigned(2, 61);
                    PutPaths(writer, 3);
                    PutEvents(writer, 4);
                    writer.PutBoolean(7, true);
                    PutVersions(writer, 8, scene);
                    client.End();
                    return InteractionOpcode.SubscribeRequest;
                case 2:
                    client.BeginWrite(false, false);
                    client.BeginItem(1, TestCluster.ClusterId, TestCluster.Value, false, scene.One.DataVersion);
                    writer.PutUnsigned(2, 5);
                    client.EndItem();
                    client.BeginItem(1, TestCluster.ClusterId, TestCluster.Numbers, false, -1);
                    writer.StartArray(2);
                    writer.PutUnsigned(TlvTag.Anonymous, 1);
                    writer.EndContainer();
                    client.EndItem();
                    client.BeginItem(1, TestCluster.ClusterId, TestCluster.Numbers, true, -1);
                    writer.PutUnsigned(2, 2);
                    client.EndItem();
                    client.EndWrite(false);
                    return InteractionOpcode.WriteRequest;
                case 3:
                    client.BeginInvoke(1, TestCluster.ClusterId, TestCluster.SetValue, false);
                    writer.PutUnsigned(0, 5);
                    client.EndInvoke();
                    return InteractionOpcode.InvokeRequest;
                case 4:
                    client.Begin(InteractionOpcode.TimedRequest);
                    writer.PutUnsigned(0, 500);
                    client.End();
                    return InteractionOpcode.TimedRequest;
                case 5:
                    client.BeginBatch(false, false);
                    client.PutCommand(1, TestCluster.ClusterId, TestCluster.SetValue, 1, 5);
                    client.PutCommand(2, TestCluster.ClusterId, TestCluster.Echo, 2, 5);
                    client.EndBatch();
                    return InteractionOpcode.InvokeRequest;
                default:
                    client.BeginInvoke(-1, TestCluster.ClusterId, TestCluster.Echo, false);
                    writer.PutUnsigned(0, 5);
                    client.EndInvoke();
                    return InteractionOpcode.InvokeRequest;
            }
        }

        /// <summary>Everything that a request can change, in one number.</summary>
        public static long State(InteractionScene scene)
        {
            return scene.One.Number + scene.One.NumberCount * 10000L + (scene.One.Invokes + scene.Two.Invokes) * 1000000L
                + scene.Protocol.SubscriptionCount * 100000000L + scene.One.DataVersion * 1000000000L;
        }

        /// <summary>Fails unless a session still gets what it asks for.</summary>
        public static void AssertAlive(InteractionScene scene, string what)
        {
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 0, InteractionScene.PlainId, 0xFFFD }, true, scene.Now);
            scene.Run(200);
            if (scene.Client.Reports().Last(0, InteractionScene.PlainId, 0xFFFD) != 1) throw new Exception(what + ": dead");
        }

        private static void PutPaths(TlvWriter writer, int tag)
        {
            writer.StartArray(tag);
            writer.StartList(TlvTag.Anonymous);
            writer.PutUnsigned(2, 1);
            writer.PutUnsigned(3, TestCluster.ClusterId);
            writer.PutUnsigned(4, TestCluster.Items);
            writer.EndContainer();
            writer.StartList(TlvTag.Anonymous);
            writer.PutUnsigned(3, InteractionScene.PlainId);
            writer.PutUnsigned(6, 2);
            writer.EndContainer();
            writer.EndContainer();
        }

        private static void PutEvents(TlvWriter writer, int tag)
        {
            writer.StartArray(tag);
            writer.StartList(TlvTag.Anonymous);
            writer.PutBoolean(4, true);
            writer.EndContainer();
            writer.EndContainer();
            writer.StartArray(tag + 1);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(1, 7);
            writer.EndContainer();
            writer.EndContainer();
        }

        private static void PutVersions(TlvWriter writer, int tag, InteractionScene scene)
        {
            writer.StartArray(tag);
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartList(0);
            writer.PutUnsigned(1, 1);
            writer.PutUnsigned(2, TestCluster.ClusterId);
            writer.EndContainer();
            writer.PutUnsigned(1, scene.One.DataVersion);
            writer.EndContainer();
            writer.EndContainer();
        }
    }
}
