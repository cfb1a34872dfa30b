using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Reports of more than one message.</summary>
    [TestClass]
    public class ChunkTests
    {
        [TestMethod]
        public void LengthsOfAListAndItsItems_ArriveWhole()
        {
            ChunkChecks.CheckListLengths(13);
            ChunkChecks.CheckItemLengths(211);
            ChunkChecks.CheckShifts(12, 173);
        }

        [TestMethod]
        public void PositionsWithoutAnEntry_AreNoItems()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemLength = 90;
            scene.One.Gaps = 3;
            for (int count = 0; count <= 40; count++)
            {
                scene.One.ItemCount = count;
                ChunkChecks.CheckItems(scene, count - (count + 2) / 3);
            }
            scene.One.Gaps = 1;
            ChunkChecks.CheckItems(scene, 0);
            Assert.AreEqual(1, scene.Client.Count);
        }

        [TestMethod]
        public void ListThatFitsOneMessage_IsNotSplit()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.BytesLength = 900;
            scene.One.ItemCount = 30;
            scene.One.ItemLength = 20;
            scene.Client.Read(
                scene.Session,
                new long[] { 1, TestCluster.ClusterId, TestCluster.Bytes, 1, TestCluster.ClusterId, TestCluster.Items },
                true,
                scene.Now);
            scene.Run(300);
            Assert.AreEqual(2, scene.Client.Count);
            ReportReader reports = scene.Client.Reports();
            int count = 0;
            while (reports.Next()) count++;
            Assert.AreEqual(2, count);
        }

        [TestMethod]
        public void ItemsThatFitNoMessage_ResourceExhausted()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 3;
            scene.One.ItemLength = 1300;
            CheckExhausted(scene, TestCluster.Items);
            scene.One.BytesLength = 1300;
            CheckExhausted(scene, TestCluster.Bytes);
        }

        [TestMethod]
        public void WildcardRead_OfManyChunks()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 60;
            scene.One.ItemLength = 50;
            scene.One.BytesLength = 600;
            scene.Two.ItemCount = 3;
            scene.Two.ItemLength = 600;
            scene.Client.Read(scene.Session, new long[] { -1, -1, -1 }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(16 + 16 + 6 + 6, scene.Client.Reports().CountAll());
            Assert.AreEqual(60, scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Items));
            Assert.AreEqual(3, scene.Client.Reports().CountItems(2, TestCluster.ClusterId, TestCluster.Items));
            ChunkChecks.CheckMessages(scene);
            scene.AssertIdle("wildcard");
        }

        [TestMethod]
        public void ListChangedBetweenChunks_IsSentAnew()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            scene.Client.IsMute = true;
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(1, scene.Client.Count);
            scene.One.ItemCount = 90;
            scene.One.Touch(TestCluster.Items);
            scene.Client.IsMute = false;
            Confirm(scene, 0);
            scene.Run(1000);
            Assert.AreEqual(90, scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Items));
            ReportReader reports = scene.Client.Reports();
            int arrays = 0;
            while (reports.Next())
            {
                if (!reports.IsAppend) arrays++;
            }
            Assert.AreEqual(2, arrays);
            scene.AssertIdle("changed list");
        }

        [TestMethod]
        public void ClientThatGivesUp_EndsTheRead()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            scene.Client.ReportStatus = ImStatus.InvalidAction;
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Client.Count);
            scene.AssertIdle("refused");
        }

        [TestMethod]
        public void ClientThatFallsSilent_EndsTheReadInTime()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            scene.Client.IsMute = true;
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            scene.Run(60000);
            scene.AssertIdle("silence");
        }

        [TestMethod]
        public void SecondRequestOnTheExchangeOfARead_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            scene.Client.IsMute = true;
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(300);
            scene.Client.SendOn(scene.Client.Exchange, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);
            scene.AssertIdle("second request");
        }

        [TestMethod]
        public void AllInteractionsTaken_Busy()
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.View, 0, -1, -1, -1);
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            InteractionClient[] clients = new InteractionClient[3];
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i] = scene.AddClient();
                clients[i].IsMute = true;
                Sessions.Session session = scene.Pair(clients[i], Sessions.SessionType.Case, 1, (ulong)(0x3331 + i));
                for (int j = 0; j < 2; j++)
                {
                    clients[i].Read(session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
                    scene.Run(300);
                }
            }
            Assert.AreEqual(Limits.Interactions, scene.Protocol.InteractionCount);
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(ImStatus.Busy, scene.Client.Status);

            // Another fabric gets its share, but not more than it leaves.
            scene.AddFabric(2);
            InteractionClient other = scene.AddClient();
            Sessions.Session otherSession = scene.Pair(other, Sessions.SessionType.Case, 2, 0x1111);
            other.IsMute = true;
            for (int i = 0; i < 4; i++)
            {
                other.Clear();
                other.Read(otherSession, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
                scene.Run(300);
                Assert.AreEqual(i < 3 ? InteractionOpcode.ReportData : InteractionOpcode.StatusResponse, other.LastOpcode, "read " + i);
            }
            Assert.AreEqual(ImStatus.Busy, other.Status);
            Assert.AreEqual(Limits.Interactions, scene.Protocol.InteractionCount);
            scene.Run(60000);
            scene.AssertIdle("busy");
        }

        [TestMethod]
        public void PeerThatReconnects_IsNotKeptOutByWhatItLeftBehind()
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.View, 0, -1, -1, -1);
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 50;
            InteractionClient client = scene.AddClient();
            client.IsMute = true;
            for (int i = 0; i < Limits.Interactions + 2; i++)
            {
                Sessions.Session session = scene.Pair(client, Sessions.SessionType.Case, 1, 0x1111);
                client.Clear();
                client.Read(session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
                scene.Run(300);
                Assert.AreEqual(InteractionOpcode.ReportData, client.LastOpcode, "read " + i);
            }
            Assert.AreEqual(Limits.Interactions, scene.Protocol.InteractionCount);

            // Another peer of the fabric has no claim to them.
            InteractionClient other = scene.AddClient();
            Sessions.Session otherSession = scene.Pair(other, Sessions.SessionType.Case, 1, 0x4444);
            other.Read(otherSession, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(ImStatus.Busy, other.Status);
            scene.Run(60000);
            scene.AssertIdle("reconnecting");
        }

        private static void CheckExhausted(InteractionScene scene, uint attribute)
        {
            scene.Client.Clear();
            scene.Client.Read(
                scene.Session,
                new long[] { 1, TestCluster.ClusterId, 0, 1, TestCluster.ClusterId, attribute, 1, TestCluster.ClusterId, 0 },
                true,
                scene.Now);
            scene.Run(300);
            ReportReader reports = scene.Client.Reports();
            Assert.IsTrue(reports.Next());
            Assert.IsTrue(reports.Next());
            Assert.AreEqual(ImStatus.ResourceExhausted, reports.Status);
            Assert.IsTrue(reports.Next());
            Assert.IsFalse(reports.Next());
            scene.AssertIdle("exhausted");
        }

        private static void Confirm(InteractionScene scene, byte status)
        {
            byte[] message = new byte[] { 0x15, 0x24, 0x00, status, 0x24, 0xFF, 12, 0x18 };
            scene.Client.SendRaw(scene.Client.Exchange, InteractionOpcode.StatusResponse, message, message.Length, scene.Now);
        }
    }
}
