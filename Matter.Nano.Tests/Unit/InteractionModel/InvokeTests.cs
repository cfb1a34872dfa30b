using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Invoke requests and timed interactions.</summary>
    [TestClass]
    public class InvokeTests
    {
        private const uint Test = TestCluster.ClusterId;

        [TestMethod]
        public void CommandWithoutResponse_Status()
        {
            InteractionScene scene = new InteractionScene();
            InvokeNumber(scene, 1, TestCluster.SetValue, 33);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.AreEqual(0, scene.Client.InvokeStatus(0));
            Assert.IsTrue(scene.Client.Has(0, 0));
            Assert.IsFalse(scene.Client.GetBoolean(0, 0));
            Assert.AreEqual(33u, scene.One.Number);
            scene.AssertIdle("invoke");
        }

        [TestMethod]
        public void CommandWithResponse_ItsFields()
        {
            InteractionScene scene = new InteractionScene();
            InvokeNumber(scene, 2, TestCluster.Echo, 44);
            TlvReader fields = new TlvReader();
            Assert.AreEqual((long)TestCluster.EchoResponse, scene.Client.SeekResponse(0, fields));
            Assert.AreEqual(TlvType.Structure, fields.Type);
            fields.Enter();
            Assert.IsTrue(fields.Next());
            Assert.AreEqual(0, fields.Tag);
            Assert.AreEqual(44uL, fields.GetUnsigned(1000));
            Assert.IsFalse(fields.Next());
            Assert.AreEqual(0, scene.One.Invokes);
            Assert.AreEqual(1, scene.Two.Invokes);
        }

        [TestMethod]
        public void ResponseOfAFailure_IsDropped()
        {
            InteractionScene scene = new InteractionScene();
            InvokeNumber(scene, 1, TestCluster.Echo, 999);
            Assert.AreEqual(ImStatus.ClusterSpecific(77), scene.Client.InvokeStatus(0));
            InvokeNumber(scene, 1, TestCluster.Echo, 1001);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Client.InvokeStatus(0));
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Echo, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Client.InvokeStatus(0));
        }

        [TestMethod]
        public void Errors_InTheirOrder()
        {
            InteractionScene scene = new InteractionScene();
            CheckStatus(scene, 9, Test, 0, ImStatus.UnsupportedEndpoint);
            CheckStatus(scene, 1, 6, 0, ImStatus.UnsupportedCluster);
            CheckStatus(scene, 1, Test, 0x99, ImStatus.UnsupportedCommand);
            CheckStatus(scene, 1, Test, TestCluster.EchoResponse, ImStatus.UnsupportedCommand);
            CheckStatus(scene, 1, Test, TestCluster.AbsentCommand, ImStatus.UnsupportedCommand);
            CheckStatus(scene, 1, Test, 0x09, ImStatus.UnsupportedCommand);
            CheckStatus(scene, 1, Test, TestCluster.TimedCommand, ImStatus.NeedsTimedInteraction);
            CheckStatus(scene, 1, Test, TestCluster.AdministerCommand, ImStatus.Success);
            CheckStatus(scene, 1, Test, TestCluster.CustomCommand, -2);

            scene.Grant(1, Privilege.Operate, 0x1111, Test, 1, -1);
            CheckStatus(scene, 1, Test, TestCluster.AdministerCommand, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, Test, TestCluster.CustomCommand, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, Test, TestCluster.TimedCommand, ImStatus.NeedsTimedInteraction);
            CheckStatus(scene, 1, Test, 0x99, ImStatus.UnsupportedCommand);
            CheckStatus(scene, 2, Test, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 9, Test, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, 6, 0, ImStatus.UnsupportedAccess);
            int invokes = scene.One.Invokes;
            scene.Grant(1, Privilege.View, 0x1111, -1, -1, -1);
            CheckStatus(scene, 1, Test, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 1, Test, TestCluster.TimedCommand, ImStatus.UnsupportedAccess);
            Assert.AreEqual(invokes, scene.One.Invokes);
        }

        [TestMethod]
        public void FabricScopedCommandOverPase_UnsupportedAccess()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.AddClient();
            Session session = scene.Pair(client, SessionType.Pase, 0, 0);
            client.Invoke(session, 1, Test, TestCluster.ScopedCommand, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.InvokeStatus(0));
            client.Invoke(session, 1, Test, TestCluster.AdministerCommand, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.InvokeStatus(0));

            // As AddNOC does.
            scene.Served(session).FabricIndex = 1;
            client.Invoke(session, 1, Test, TestCluster.ScopedCommand, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, client.InvokeStatus(0));
            Assert.AreEqual(1, scene.One.SeenFabric);

            // As after RemoveFabric, while the session still has exchanges.
            scene.Served(session).FabricIndex = 2;
            client.Invoke(session, 1, Test, TestCluster.ScopedCommand, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.UnsupportedAccess, client.InvokeStatus(0));
            Assert.AreEqual(1, scene.One.SeenFabric);
        }

        [TestMethod]
        public void WithoutAnEndpoint_AllThatHaveTheCommand()
        {
            InteractionScene scene = new InteractionScene();
            InvokeNumber(scene, -1, TestCluster.Echo, 6);
            Assert.AreEqual(1, scene.One.Invokes);
            Assert.AreEqual(1, scene.Two.Invokes);
            Assert.AreEqual(-2, scene.Client.InvokeStatus(0));
            Assert.AreEqual(-2, scene.Client.InvokeStatus(1));
            Assert.AreEqual(-1, scene.Client.InvokeStatus(2));

            scene.Grant(1, Privilege.Operate, 0x1111, Test, 2, -1);
            InvokeNumber(scene, -1, TestCluster.SetValue, 7);
            Assert.AreEqual(0, scene.Client.InvokeStatus(0));
            Assert.AreEqual(-1, scene.Client.InvokeStatus(1));
            Assert.AreEqual(0u, scene.One.Number);
            Assert.AreEqual(7u, scene.Two.Number);

            InvokeNumber(scene, -1, 0x99, 7);
            Assert.AreEqual(InteractionOpcode.InvokeResponse, scene.Client.LastOpcode);
            Assert.AreEqual(-1, scene.Client.InvokeStatus(0));
        }

        [TestMethod]
        public void CommandReference_ComesBack()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            uint[] commands = new uint[] { TestCluster.AdministerCommand, TestCluster.Slow, 0x99 };
            scene.One.SlowSteps = 2;
            for (int i = 0; i < commands.Length; i++)
            {
                client.Begin(InteractionOpcode.InvokeRequest);
                client.Writer.PutBoolean(0, false);
                client.Writer.PutBoolean(1, false);
                client.Writer.StartArray(2);
                client.Writer.StartStructure(TlvTag.Anonymous);
                client.Writer.StartList(0);
                client.Writer.PutUnsigned(0, 1);
                client.Writer.PutUnsigned(1, Test);
                client.Writer.PutUnsigned(2, commands[i]);
                client.Writer.EndContainer();
                client.Writer.PutUnsigned(2, 0x1234);
                client.Writer.EndContainer();
                client.Writer.EndContainer();
                client.End();
                client.Send(scene.Session, scene.Now);
                scene.Run(500);
                byte[] message = client.Message(client.Count - 1);
                bool found = false;
                for (int j = 0; j + 4 < message.Length; j++)
                {
                    found |= message[j] == 0x25 && message[j + 1] == 2 && message[j + 2] == 0x34 && message[j + 3] == 0x12 && message[j + 4] == 0x18;
                }
                Assert.IsTrue(found, "command " + commands[i]);
            }
        }

        [TestMethod]
        public void ResponseThatFitsNoMessage_ResourceExhausted()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Long, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.ResourceExhausted, scene.Client.InvokeStatus(0));
        }

        [TestMethod]
        public void SuppressResponse_InvokesInSilence()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            scene.One.SlowSteps = 3;
            for (uint command = TestCluster.Slow; command <= TestCluster.AdministerCommand; command += 3)
            {
                client.BeginInvoke(1, Test, command, false);
                client.EndInvoke();
                byte[] request = client.CopyRequest();
                request[1] = 0x29;
                client.SendRaw(scene.Session, InteractionOpcode.InvokeRequest, request, request.Length, scene.Now);
                scene.Run(1000);
            }
            Assert.AreEqual(0, client.Count);
            Assert.AreEqual(0, client.Aborts);
            Assert.AreEqual(2, scene.One.Invokes);
            Assert.AreEqual(3, scene.One.Continues);
            scene.AssertIdle("suppressed");
        }

        [TestMethod]
        public void PendingCommand_IsContinuedAndThenAnswered()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.SlowSteps = 20;
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Slow, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(20, scene.One.Continues);
            TlvReader fields = new TlvReader();
            Assert.AreEqual((long)TestCluster.EchoResponse, scene.Client.SeekResponse(0, fields));
            fields.Enter();
            Assert.IsTrue(fields.Next());
            Assert.AreEqual(42uL, fields.GetUnsigned(1000));
            Assert.IsFalse(fields.Next());
            Assert.AreEqual(0, scene.One.Cancels);
            scene.AssertIdle("pending");
        }

        [TestMethod]
        public void PendingCommand_IsAcknowledgedAtOnce()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.SlowSteps = 150;
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Slow, scene.Now);
            scene.Run(10);
            Assert.AreEqual(1, scene.Link.SentBy(InteractionScene.ServerEnd));
            Assert.AreEqual(0, scene.Client.Count);
            scene.Run(1000);
            Assert.AreEqual(-2, scene.Client.InvokeStatus(0));
            Assert.AreEqual(2, scene.Link.SentBy(InteractionScene.ServerEnd));
        }

        [TestMethod]
        public void PendingCommandThatWaits_LetsTheNodeSleepAndIsKept()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.SlowSteps = 4;
            scene.One.SlowStepMs = 15000;
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Slow, scene.Now);
            scene.Run(44000);
            Assert.AreEqual(3, scene.One.Continues);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            Assert.IsTrue(scene.Protocol.Poll(scene.Now) > scene.Now, "asleep");
            scene.Run(2000);
            Assert.AreEqual(4, scene.One.Continues);
            Assert.AreEqual(-2, scene.Client.InvokeStatus(0));
            scene.AssertIdle("waited");
        }

        [TestMethod]
        public void OnePendingCommandAtATime()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 1, 0x1111);
            scene.One.SlowSteps = 1000000;
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.Slow, scene.Now);
            scene.Run(20);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);

            // The same cluster is not asked, another one may do what needs no time.
            Invoke(scene, other, session, 1, TestCluster.AdministerCommand);
            Assert.AreEqual(ImStatus.Busy, other.InvokeStatus(0));
            Assert.AreEqual(1, scene.One.Invokes);
            Invoke(scene, other, session, 2, TestCluster.AdministerCommand);
            Assert.AreEqual(0, other.InvokeStatus(0));
            Invoke(scene, other, session, 2, TestCluster.Slow);
            Assert.AreEqual(ImStatus.Busy, other.InvokeStatus(0));
            Assert.AreEqual(1, scene.Two.Cancels);
            Assert.AreEqual(0, scene.One.Cancels);
            Assert.AreEqual(0, scene.Two.Continues);

            // Its session gone, the command is given up and another one may come.
            scene.ServerSessions.Close(scene.Served(scene.Session), scene.Now);
            Assert.AreEqual(1, scene.One.Cancels);
            scene.One.SlowSteps = 3;
            Invoke(scene, other, session, 1, TestCluster.Slow);
            scene.Run(500);
            Assert.AreEqual(-2, other.InvokeStatus(0));
            scene.AssertIdle("pending");
        }

        [TestMethod]
        public void SlowOnAllEndpoints_Busy()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Invoke(scene.Session, -1, Test, TestCluster.Slow, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.Busy, scene.Client.InvokeStatus(0));
            Assert.AreEqual(ImStatus.Busy, scene.Client.InvokeStatus(1));
            Assert.AreEqual(1, scene.One.Cancels);
            Assert.AreEqual(1, scene.Two.Cancels);
        }

        [TestMethod]
        public void TimedInvokeAndWrite()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Timed(scene.Session, 500, scene.Now);
            scene.Run(400);
            Assert.AreEqual(0, client.Status);
            client.BeginInvoke(1, Test, TestCluster.TimedCommand, true);
            client.EndInvoke();
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(400);
            Assert.AreEqual(0, client.InvokeStatus(0));
            Assert.IsTrue(scene.One.SeenTimed);
            scene.AssertIdle("timed invoke");

            client.Timed(scene.Session, 500, scene.Now);
            scene.Run(400);
            PutTimed(client, true);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(0, client.WriteStatus(0));
            client.Exchange.Close();
            scene.AssertIdle("timed write");

            // The next one is not timed.
            scene.Client.Invoke(scene.Session, 1, Test, TestCluster.AdministerCommand, scene.Now);
            scene.Run(500);
            Assert.IsFalse(scene.One.SeenTimed);
        }

        [TestMethod]
        public void TimedTooLate_Timeout()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Timed(scene.Session, 500, scene.Now);
            scene.Run(600);
            client.BeginInvoke(1, Test, TestCluster.TimedCommand, true);
            client.EndInvoke();
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.Timeout, client.Status);
            client.Timed(scene.Session, 0, scene.Now);
            scene.Run(50);
            PutTimed(client, true);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.Timeout, client.Status);
            Assert.AreEqual(0, scene.One.Invokes);
            scene.AssertIdle("too late");
        }

        [TestMethod]
        public void Timed_ToTheMillisecond()
        {
            for (int late = 0; late <= 1; late++)
            {
                for (int kind = 0; kind < 3; kind++)
                {
                    InteractionScene scene = new InteractionScene();
                    InteractionClient client = scene.Client;
                    client.Timed(scene.Session, 500, scene.Now);
                    scene.Run(500 + late);
                    Assert.AreEqual(0, client.Status);
                    if (kind == 0)
                    {
                        client.BeginInvoke(1, Test, TestCluster.TimedCommand, true);
                        client.EndInvoke();
                    }
                    else if (kind == 1)
                    {
                        PutTimed(client, true);
                    }
                    else
                    {
                        client.BeginBatch(true, false);
                        client.PutCommand(1, Test, TestCluster.TimedCommand, 1, -1);
                        client.PutCommand(2, Test, TestCluster.TimedCommand, 2, -1);
                        client.EndBatch();
                    }
                    client.SendOn(client.Exchange, scene.Now);
                    scene.Run(500);
                    Assert.AreEqual(late == 1 ? ImStatus.Timeout : -1, client.Status, late + "/" + kind);
                    Assert.AreEqual(late == 0, scene.One.SeenTimed, late + "/" + kind);
                }
            }
        }

        [TestMethod]
        public void TimedNeverUsed_IsForgotten()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Timed(scene.Session, 1000, scene.Now);
            scene.Run(500);
            Assert.AreEqual(1, scene.Protocol.InteractionCount);
            scene.Run(60000);
            scene.AssertIdle("forgotten");
        }

        [TestMethod]
        public void TimedRequestMismatch_BothWays()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.BeginInvoke(1, Test, TestCluster.TimedCommand, true);
            client.EndInvoke();
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.TimedRequestMismatch, client.Status);
            PutTimed(client, true);
            client.Send(scene.Session, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.TimedRequestMismatch, client.Status);

            client.Timed(scene.Session, 1000, scene.Now);
            scene.Run(100);
            client.BeginInvoke(1, Test, TestCluster.AdministerCommand, false);
            client.EndInvoke();
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.TimedRequestMismatch, client.Status);
            client.Timed(scene.Session, 1000, scene.Now);
            scene.Run(100);
            PutTimed(client, false);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.TimedRequestMismatch, client.Status);
            Assert.AreEqual(0, scene.One.Invokes);
            scene.AssertIdle("mismatch");
        }

        [TestMethod]
        public void TimedFollowedByARead_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Timed(scene.Session, 1000, scene.Now);
            scene.Run(100);
            client.Begin(InteractionOpcode.ReadRequest);
            client.Writer.PutBoolean(3, true);
            client.End();
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidAction, client.Status);
            client.Timed(scene.Session, 1000, scene.Now);
            scene.Run(100);
            client.SendOn(client.Exchange, scene.Now);
            scene.Run(500);
            Assert.AreEqual(ImStatus.InvalidAction, client.Status);
            scene.AssertIdle("timed read");
        }

        private static void PutTimed(InteractionClient client, bool isTimed)
        {
            client.BeginWrite(isTimed, false);
            client.BeginItem(1, Test, TestCluster.Timed, false, -1);
            client.Writer.PutNull(2);
            client.EndItem();
            client.EndWrite(false);
        }

        private static void InvokeNumber(InteractionScene scene, int endpoint, uint command, uint number)
        {
            scene.Client.Clear();
            scene.Client.BeginInvoke(endpoint, Test, command, false);
            scene.Client.Writer.PutUnsigned(0, number);
            scene.Client.EndInvoke();
            scene.Client.Send(scene.Session, scene.Now);
            scene.Run(500);
        }

        private static void Invoke(InteractionScene scene, InteractionClient client, Session session, int endpoint, uint command)
        {
            client.Invoke(session, endpoint, Test, command, scene.Now);
            scene.Run(20);
        }

        private static void CheckStatus(InteractionScene scene, int endpoint, uint cluster, uint command, int status)
        {
            scene.Client.Clear();
            scene.Client.Invoke(scene.Session, endpoint, cluster, command, scene.Now);
            scene.Run(500);
            Assert.AreEqual(status, scene.Client.InvokeStatus(0), endpoint + "/" + cluster + "/" + command);
        }
    }
}
