using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Write requests of several messages, and how much fits one.</summary>
    [TestClass]
    public class ChunkedWriteTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void ChunkedWrite_OneExchangeAResponseEach()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            for (int chunk = 0; chunk < 4; chunk++)
            {
                client.BeginWrite(false, false);
                if (chunk == 0) TestWrites.PutList(client, TestCluster.Numbers, 2, -1);
                else TestWrites.PutAppend(client, TestCluster.Numbers, (uint)chunk, -1);
                client.EndWrite(chunk < 3);
                if (chunk == 0) client.Send(scene.Session, scene.Now);
                else client.SendOn(client.Exchange, scene.Now);
                scene.Run(500);
                Assert.AreEqual(chunk + 1, client.CountOf(InteractionOpcode.WriteResponse));
                Assert.AreEqual(chunk < 3 ? 1 : 0, scene.Protocol.InteractionCount);
            }
            Assert.AreEqual(5, scene.One.NumberCount);
            scene.AssertIdle("chunked write");
        }

        [TestMethod]
        public void WriteDuringAnothersChunkedWrite_Busy()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 1, 0x1111);
            scene.Client.BeginWrite(false, false);
            TestWrites.PutList(scene.Client, TestCluster.Numbers, 2, -1);
            scene.Client.EndWrite(true);
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
            other.Write(session, 1, Test, TestCluster.Value, 3, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.Busy, other.Status);
            Assert.AreEqual(0u, scene.One.Number);
            scene.Run(60000);
            other.Write(session, 1, Test, TestCluster.Value, 3, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, other.WriteStatus(0));
            scene.AssertIdle("busy");
        }

        [TestMethod]
        public void MoreStatusesThanFitTheResponse_NothingIsWritten()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            for (uint i = 0; i < 46; i++) TestWrites.PutNumber(client, 1, TestCluster.Value, i, -1);
            client.EndWrite(false);
            Assert.IsTrue(client.Writer.Length < 1190);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.ResourceExhausted, client.Status);
            Assert.AreEqual(0u, scene.One.Number);

            client.BeginWrite(false, false);
            for (uint i = 0; i < 30; i++) TestWrites.PutNumber(client, 1, TestCluster.Value, i, -1);
            client.EndWrite(false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.WriteStatus(29));
            Assert.AreEqual(29u, scene.One.Number);
        }

        [TestMethod]
        public void ListsOverSeveralChunks_EndAndBeginInOneMessage()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            TestWrites.PutNumber(client, 1, TestCluster.Value, 1, -1);
            TestWrites.PutList(client, TestCluster.Numbers, 2, scene.One.DataVersion + 1);
            client.EndWrite(true);
            client.Send(scene.Session, scene.Now);
            scene.Run(300);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(0, client.WriteStatus(1));

            // The list goes on, under the version that its writer knew, and the next one begins, of which the version counts.
            client.BeginWrite(false, false);
            TestWrites.PutAppend(client, TestCluster.Numbers, 3, 12345);
            TestWrites.PutAppend(client, TestCluster.Numbers, 4, 12345);
            TestWrites.PutList(client, TestCluster.Scoped, 1, 12345);
            TestWrites.PutList(client, TestCluster.Scoped, 1, -1);
            client.EndWrite(true);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(300);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(0, client.WriteStatus(1));
            Assert.AreEqual(ImStatus.DataVersionMismatch, client.WriteStatus(2));
            Assert.AreEqual(0, client.WriteStatus(3));
            client.BeginWrite(false, false);
            TestWrites.PutAppend(client, TestCluster.Scoped, 9, -1);
            client.EndWrite(false);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(300);
            Assert.AreEqual(0, client.WriteStatus(0));
            Assert.AreEqual(4, scene.One.NumberCount);
            client.Clear();
            client.Read(scene.Session, new long[] { 1, Test, TestCluster.Scoped }, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(2, client.Reports().CountItems(1, Test, TestCluster.Scoped));
        }

        [TestMethod]
        public void ChunkedWriteCutShort_LeavesWhatWasWrittenAndNothingElse()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginWrite(false, false);
            TestWrites.PutList(client, TestCluster.Numbers, 2, -1);
            client.EndWrite(true);
            client.Send(scene.Session, scene.Now);
            scene.Run(300);

            // What is not a write ends it.
            client.BeginInvoke(1, Test, TestCluster.AdministerCommand, false);
            client.EndInvoke();
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(300);
            Assert.AreEqual(ImStatus.InvalidAction, client.Status);
            Assert.AreEqual(0, scene.One.Invokes);
            Assert.AreEqual(2, scene.One.NumberCount);
            scene.AssertIdle("cut short");

            // So does a malformed chunk, and silence.
            for (int kind = 0; kind < 2; kind++)
            {
                client.BeginWrite(false, false);
                TestWrites.PutList(client, TestCluster.Numbers, 1, -1);
                client.EndWrite(true);
                client.Send(scene.Session, scene.Now);
                scene.Run(300);
                Assert.AreEqual(1, scene.Protocol.InteractionCount);
                if (kind == 0) client.SendRaw(client.Exchange, InteractionOpcode.WriteRequest, new byte[] { 0x15 }, 1, scene.Now);
                scene.Run(kind == 0 ? 300 : 30000);
                if (kind == 1) client.Exchange.Close();
                Assert.AreEqual(1, scene.One.NumberCount);
                scene.AssertIdle("cut short " + kind);
            }
        }
    }
}
