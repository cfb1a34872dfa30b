using Matter.Nano.Exchanges;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Invoke requests of more than one command.</summary>
    [TestClass]
    public class BatchTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void Batch_EachCommandItsResponse()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.Grant(1, Privilege.Operate, 0x1111, -1, -1, -1);
            client.BeginBatch(false, false);
            client.PutCommand(1, Test, TestCluster.SetValue, 7, 33);
            client.PutCommand(2, Test, TestCluster.Echo, 0xFFFF, 44);
            client.PutCommand(9, Test, TestCluster.Echo, 0, 44);
            client.PutCommand(1, Test, TestCluster.AdministerCommand, 1, -1);
            Send(scene);
            Assert.AreEqual(1, client.Count);
            Assert.IsFalse(client.Has(0, 2));
            Assert.AreEqual(0, client.BatchStatus(7));
            Assert.AreEqual(-2, client.BatchStatus(0xFFFF));
            Assert.AreEqual(ImStatus.UnsupportedEndpoint, client.BatchStatus(0));
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.BatchStatus(1));
            Assert.AreEqual(-1, client.InvokeStatus(4));
            TlvReader fields = new TlvReader();
            Assert.AreEqual((long)TestCluster.EchoResponse, client.SeekResponse(1, fields));
            fields.Enter();
            Assert.IsTrue(fields.Next());
            Assert.AreEqual(44uL, fields.GetUnsigned(1000));
            Assert.AreEqual(33u, scene.One.Number);
            Assert.AreEqual(1, scene.One.Invokes);
            AssertIdle(scene, "batch");
        }

        [TestMethod]
        public void RulesBroken_InvalidActionAndNothingIsExecuted()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;

            // Without a reference, the first or another one.
            CheckInvalid(scene, new int[] { 1, -1, 2, 5 });
            CheckInvalid(scene, new int[] { 1, 5, 2, -1 });

            // The same reference, the same path, no endpoint.
            CheckInvalid(scene, new int[] { 1, 5, 2, 5 });
            CheckInvalid(scene, new int[] { 1, 5, 2, 6, 1, 7 });
            CheckInvalid(scene, new int[] { 1, 5, -1, 6 });
            CheckInvalid(scene, new int[] { -1, 5, -1, 6 });

            // More than is advertised.
            client.BeginBatch(false, false);
            for (int i = 0; i <= Limits.PathsPerInvoke; i++) client.PutCommand(1, Test, (uint)i, i, -1);
            Send(scene);
            Assert.AreEqual(ImStatus.InvalidAction, client.Status);

            // None at all.
            client.BeginBatch(false, false);
            Send(scene);
            Assert.AreEqual(ImStatus.InvalidAction, client.Status);
            Assert.AreEqual(0, scene.One.Invokes + scene.Two.Invokes);

            client.BeginBatch(false, false);
            for (int i = 0; i < Limits.PathsPerInvoke; i++) client.PutCommand(1, Test, TestCluster.CustomCommand + (uint)i, i, -1);
            Send(scene);
            Assert.AreEqual(-2, client.BatchStatus(0));
            Assert.AreEqual(ImStatus.UnsupportedCommand, client.BatchStatus(Limits.PathsPerInvoke - 1));
            AssertIdle(scene, "rules");
        }

        [TestMethod]
        public void ResponsesThatFitNoMessageTogether_ComeInSeveral()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            SendLong(scene, 1000);
            Assert.AreEqual(2, client.Count);
            Assert.IsTrue(client.GetBoolean(0, 2));
            Assert.IsFalse(client.Has(1, 2));
            for (int reference = 1; reference <= 4; reference++) Assert.AreEqual(-2, client.BatchStatus(reference));
            Assert.AreEqual(2, scene.One.Invokes);
            AssertIdle(scene, "long");

            // Just fitting or not, never anything is lost.
            for (int length = 480; length < 560; length++)
            {
                client.Clear();
                SendLong(scene, length);
                for (int reference = 1; reference <= 4; reference++) Assert.AreEqual(-2, client.BatchStatus(reference), length + ": " + reference);
                for (int i = 0; i < client.Count; i++) Assert.IsTrue(client.Length(i) <= Limits.Datagram - 34, "headers and tag fit");
            }

            // One too long even for a message of its own.
            client.Clear();
            SendLong(scene, 2000);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(ImStatus.ResourceExhausted, client.BatchStatus(1));
            Assert.AreEqual(-2, client.BatchStatus(2));
            AssertIdle(scene, "too long");
        }

        [TestMethod]
        public void PeerThatDoesNotConfirm_IsForgotten()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 1, 0x1111);
            client.IsMute = true;
            SendLong(scene, 1000);
            Assert.AreEqual(1, client.Count);

            // Meanwhile there is no second batch, but single commands are none the worse for it.
            other.BeginBatch(false, false);
            other.PutCommand(1, Test, TestCluster.SetValue, 1, 5);
            other.PutCommand(2, Test, TestCluster.SetValue, 2, 5);
            other.EndBatch();
            other.Send(session, scene.Now);
            scene.Run(300);
            Assert.AreEqual(ImStatus.Busy, other.Status);
            Assert.AreEqual(0u, scene.One.Number);
            scene.Two.SlowSteps = 3;
            other.Invoke(session, 2, Test, TestCluster.Slow, scene.Now);
            scene.Run(300);
            Assert.AreEqual(-2, other.InvokeStatus(0));
            other.BeginBatch(false, true);
            other.PutCommand(1, Test, TestCluster.SetValue, 1, 5);
            other.PutCommand(2, Test, TestCluster.SetValue, 2, 5);
            other.EndBatch();
            other.Send(session, scene.Now);
            scene.Run(300);
            Assert.AreEqual(5u, scene.Two.Number);

            scene.Run(30000);
            client.Exchange.Close();
            AssertIdle(scene, "not confirmed");
            Assert.AreEqual(0, scene.One.Cancels);
        }

        [TestMethod]
        public void PeerThatRefuses_GetsNoMore()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.ReportStatus = ImStatus.Failure;
            SendLong(scene, 1000);
            Assert.AreEqual(1, scene.Client.Count);
            AssertIdle(scene, "refused");
        }

        [TestMethod]
        public void PendingCommand_HoldsTheAnswerUp()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.One.SlowSteps = 150;
            client.BeginBatch(false, false);
            client.PutCommand(1, Test, TestCluster.SetValue, 1, 6);
            client.PutCommand(1, Test, TestCluster.Slow, 2, -1);
            client.PutCommand(2, Test, TestCluster.SetValue, 3, 7);
            client.PutCommand(1, Test, TestCluster.AdministerCommand, 4, -1);
            client.EndBatch();
            client.Send(scene.Session, scene.Now);
            scene.Run(20);
            Assert.AreEqual(1, scene.Link.SentBy(InteractionScene.ServerEnd), "acknowledged at once");
            Assert.AreEqual(0, client.Count);
            Assert.AreEqual(7u, scene.Two.Number, "the others do not wait");
            scene.Run(1000);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(0, client.BatchStatus(1));
            Assert.AreEqual(-2, client.BatchStatus(2));
            Assert.AreEqual(0, client.BatchStatus(3));
            Assert.AreEqual(ImStatus.Busy, client.BatchStatus(4), "a cluster does one thing at a time");
            Assert.AreEqual(0, scene.One.Cancels);
            AssertIdle(scene, "pending");
        }

        [TestMethod]
        public void TwoPendingCommands_TheSecondIsBusy()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.One.SlowSteps = 4;
            client.BeginBatch(false, false);
            client.PutCommand(1, Test, TestCluster.Slow, 1, -1);
            client.PutCommand(2, Test, TestCluster.Slow, 2, -1);
            Send(scene);
            Assert.AreEqual(-2, client.BatchStatus(1));
            Assert.AreEqual(ImStatus.Busy, client.BatchStatus(2));
            Assert.AreEqual(1, scene.Two.Cancels);
            AssertIdle(scene, "two pending");
        }

        [TestMethod]
        public void PendingBehindALongResponse_TwoMessages()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.One.SlowSteps = 4;
            scene.Two.LongLength = 1000;
            client.BeginBatch(false, false);
            client.PutCommand(2, Test, TestCluster.Long, 1, -1);
            client.PutCommand(1, Test, TestCluster.Slow, 2, -1);
            Send(scene);
            Assert.AreEqual(-2, client.BatchStatus(1));
            Assert.AreEqual(-2, client.BatchStatus(2));
            AssertIdle(scene, "pending and long");
        }

        [TestMethod]
        public void PeerGoneWhileACommandIsPending_EndsTheBatch()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.One.SlowSteps = 1000000;
            client.BeginBatch(false, false);
            client.PutCommand(2, Test, TestCluster.Echo, 1, 8);
            client.PutCommand(1, Test, TestCluster.Slow, 2, -1);
            Send(scene);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(1, scene.One.Cancels);
            scene.Run(10);
            AssertIdle(scene, "gone");
            scene.Renew();
            SendLong(scene, 1000);
            Assert.AreEqual(2, client.Count);
        }

        [TestMethod]
        public void CommandThatClosesItsSession_EndsTheBatch()
        {
            for (int silent = 0; silent < 2; silent++)
            {
                InteractionScene scene = new InteractionScene();
                scene.One.SessionsToCloseIn = scene.ServerSessions;
                scene.Client.BeginBatch(false, silent == 1);
                scene.Client.PutCommand(2, Test, TestCluster.SetValue, 1, 8);
                scene.Client.PutCommand(1, Test, TestCluster.CustomCommand, 2, -1);
                scene.Client.PutCommand(2, Test, TestCluster.AdministerCommand, 3, -1);
                Send(scene);
                Assert.AreEqual(0, scene.Client.CountOf(InteractionOpcode.InvokeResponse));
                Assert.AreEqual(1, scene.Two.Invokes);
                AssertIdle(scene, "closed");
            }
        }

        [TestMethod]
        public void TimedBatch()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Timed(scene.Session, 500, scene.Now);
            scene.Run(100);
            PutTimed(client, true);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.BatchStatus(1));
            Assert.AreEqual(0, client.BatchStatus(2));
            Assert.IsTrue(scene.One.SeenTimed && scene.Two.SeenTimed);
            client.Clear();
            PutTimed(client, false);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.NeedsTimedInteraction, client.BatchStatus(1));
            Assert.AreEqual(ImStatus.NeedsTimedInteraction, client.BatchStatus(2));
            PutTimed(client, true);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.TimedRequestMismatch, client.Status);
            AssertIdle(scene, "timed");
        }

        [TestMethod]
        public void SuppressResponse_ExecutesAllInSilence()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.SlowSteps = 3;
            scene.Client.BeginBatch(false, true);
            scene.Client.PutCommand(1, Test, TestCluster.SetValue, 1, 5);
            scene.Client.PutCommand(1, Test, TestCluster.Slow, 2, -1);
            scene.Client.PutCommand(2, Test, TestCluster.Long, 3, -1);
            scene.Client.PutCommand(2, Test, TestCluster.SetValue, 4, 6);
            Send(scene);
            Assert.AreEqual(0, scene.Client.Count);
            Assert.AreEqual(0, scene.Client.Aborts);
            Assert.AreEqual(5u, scene.One.Number);
            Assert.AreEqual(6u, scene.Two.Number);
            Assert.AreEqual(3, scene.One.Continues);
            AssertIdle(scene, "suppressed");
        }

        [TestMethod]
        public void OutboxFull_TheRestIsBusyAndNotExecuted()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            Outbox outbox = scene.ServerExchanges.Outbox;
            for (int i = 0; i < Limits.FullSlots - 1; i++) outbox.Take();
            SendLong(scene, 1000);
            Assert.AreEqual(-2, client.BatchStatus(1));
            for (int reference = 2; reference <= 4; reference++) Assert.AreEqual(ImStatus.Busy, client.BatchStatus(reference));
            Assert.AreEqual(1, scene.One.Invokes);
            Assert.AreEqual(0, scene.Two.Invokes);
            scene.AssertIdle("full");
        }

        [TestMethod]
        public void LossyLink_LosesNothing()
        {
            InteractionScene scene = new InteractionScene();
            scene.Link.LossPercent = 20;
            scene.Link.DuplicatePercent = 10;
            for (int i = 0; i < 10; i++)
            {
                scene.Client.Clear();
                SendLong(scene, 900);
                scene.Run(15000);
                for (int reference = 1; reference <= 4; reference++) Assert.AreEqual(-2, scene.Client.BatchStatus(reference));
                AssertIdle(scene, "lossy");
            }
        }

        // Two long responses and two short ones, references 1 to 4.
        private static void SendLong(InteractionScene scene, int length)
        {
            InteractionClient client = scene.Client;
            scene.One.LongLength = length;
            scene.Two.LongLength = length;
            client.BeginBatch(false, false);
            client.PutCommand(1, Test, TestCluster.Long, 1, -1);
            client.PutCommand(1, Test, TestCluster.Echo, 2, 5);
            client.PutCommand(2, Test, TestCluster.Long, 3, -1);
            client.PutCommand(2, Test, TestCluster.Echo, 4, 5);
            Send(scene);
        }

        private static void PutTimed(InteractionClient client, bool isTimed)
        {
            client.BeginBatch(isTimed, false);
            client.PutCommand(1, Test, TestCluster.TimedCommand, 1, -1);
            client.PutCommand(2, Test, TestCluster.TimedCommand, 2, -1);
            client.EndBatch();
        }

        private static void Send(InteractionScene scene)
        {
            scene.Client.EndBatch();
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
        }

        // Endpoints and references two by two; -1 for none.
        private static void CheckInvalid(InteractionScene scene, int[] commands)
        {
            scene.Client.BeginBatch(false, false);
            for (int i = 0; i < commands.Length; i += 2) scene.Client.PutCommand(commands[i], Test, TestCluster.SetValue, commands[i + 1], 5);
            Send(scene);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);
            Assert.AreEqual(0, scene.One.Invokes + scene.Two.Invokes);
            AssertIdle(scene, "invalid");
        }

        private static void AssertIdle(InteractionScene scene, string what)
        {
            scene.AssertIdle(what);
            Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, scene.ServerExchanges.Outbox.FreeCount, what);
        }
    }
}
