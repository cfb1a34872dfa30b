using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Requests that break the rules: INVALID_ACTION, and nothing changes.</summary>
    [TestClass]
    public class MalformedRequestTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        [DataRow(4)]
        [DataRow(5)]
        [DataRow(6)]
        public void EveryTruncation_InvalidAction(int kind)
        {
            InteractionScene scene = new InteractionScene();
            int opcode = InteractionRequests.Make(scene, kind);
            byte[] request = scene.Client.CopyRequest();
            long state = InteractionRequests.State(scene);
            for (int length = 0; length < request.Length; length++)
            {
                CheckInvalid(scene, opcode, request, length, "length " + length);
                Assert.AreEqual(state, InteractionRequests.State(scene));
            }
            byte[] longer = new byte[request.Length + 1];
            Array.Copy(request, 0, longer, 0, request.Length);
            CheckInvalid(scene, opcode, longer, longer.Length, "trailing byte");
            Assert.AreEqual(state, InteractionRequests.State(scene));
            InteractionRequests.AssertAlive(scene, "truncations");
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        [DataRow(4)]
        [DataRow(5)]
        [DataRow(6)]
        public void UnknownMembers_AreSkipped(int kind)
        {
            InteractionScene scene = new InteractionScene();
            int opcode = InteractionRequests.Make(scene, kind);
            byte[] request = scene.Client.CopyRequest();

            // A structure with tag 99 in front of the revision: 24 FF 0C 18.
            byte[] longer = new byte[request.Length + 6];
            Array.Copy(request, 0, longer, 0, request.Length - 4);
            byte[] unknown = new byte[] { 0x35, 99, 0x24, 1, 2, 0x18 };
            Array.Copy(unknown, 0, longer, request.Length - 4, 6);
            Array.Copy(request, request.Length - 4, longer, request.Length + 2, 4);
            scene.Client.SendRaw(scene.Session, opcode, longer, longer.Length, scene.Now);
            scene.Run(300);
            Assert.IsTrue(scene.Client.Count > 0);
            Assert.IsTrue(scene.Client.Status <= 0);
        }

        [TestMethod]
        public void MissingMembers_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            CheckMembers(scene, InteractionOpcode.ReadRequest, 0);
            CheckMembers(scene, InteractionOpcode.TimedRequest, 0);
            CheckMembers(scene, InteractionOpcode.WriteRequest, 0);
            CheckMembers(scene, InteractionOpcode.WriteRequest, 2);         // no WriteRequests
            CheckMembers(scene, InteractionOpcode.InvokeRequest, 0);
            CheckMembers(scene, InteractionOpcode.InvokeRequest, 1);
            CheckMembers(scene, InteractionOpcode.InvokeRequest, 2);
            CheckMembers(scene, InteractionOpcode.InvokeRequest, 3);        // no InvokeRequests
            CheckMembers(scene, InteractionOpcode.SubscribeRequest, 3);
        }

        [TestMethod]
        public void UnknownOpcodes_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            byte[] empty = new byte[] { 0x15, 0x24, 0xFF, 12, 0x18 };
            for (int opcode = 0; opcode < 256; opcode++)
            {
                if (opcode == InteractionOpcode.StatusResponse) continue;
                CheckInvalid(scene, opcode, empty, empty.Length, "opcode " + opcode);
            }
        }

        [TestMethod]
        public void StatusResponseOutOfTheBlue_GetsNoAnswer()
        {
            InteractionScene scene = new InteractionScene();
            byte[] status = new byte[] { 0x15, 0x24, 0, 0, 0x24, 0xFF, 12, 0x18 };
            scene.Client.SendRaw(scene.Session, InteractionOpcode.StatusResponse, status, status.Length, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, scene.Client.Count);
            scene.AssertIdle("status");
            scene.Client.Exchange.Close();
        }

        [TestMethod]
        public void MalformedStatusInARead_EndsIt()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 100;
            scene.One.ItemLength = 60;
            byte[][] messages = new byte[][]
            {
                new byte[0], new byte[] { 0x15 }, new byte[] { 0x15, 0x18 }, new byte[] { 0x15, 0x2C, 0, 0, 0x18 },
                new byte[] { 0x15, 0x24, 0, 0, 0x18, 0 }, new byte[] { 0x16, 0x18 }, new byte[] { 0x15, 0x25, 0, 0, 1, 0x18 },
            };
            for (int i = 0; i < messages.Length; i++)
            {
                scene.Client.IsMute = true;
                scene.Client.Clear();
                scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
                scene.Run(300);
                Assert.AreEqual(1, scene.Client.Count);
                scene.Client.SendRaw(scene.Client.Exchange, InteractionOpcode.StatusResponse, messages[i], messages[i].Length, scene.Now);
                scene.Run(300);
                Assert.AreEqual(1, scene.Client.Count, "message " + i);
                scene.AssertIdle("message " + i);
                scene.Client.Exchange.Close();
            }
        }

        [TestMethod]
        public void NestedTooDeep_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            byte[] request = new byte[1000];
            for (int i = 0; i < request.Length; i++) request[i] = (byte)(i % 2 == 0 ? 0x35 : 0);
            request[0] = 0x15;
            request[1] = 0x35;
            request[2] = 99;
            CheckInvalid(scene, InteractionOpcode.ReadRequest, request, request.Length, "deep");
            CheckInvalid(scene, InteractionOpcode.WriteRequest, request, request.Length, "deep");
            CheckInvalid(scene, InteractionOpcode.InvokeRequest, request, request.Length, "deep");
            CheckInvalid(scene, InteractionOpcode.SubscribeRequest, request, request.Length, "deep");
            CheckInvalid(scene, InteractionOpcode.TimedRequest, request, request.Length, "deep");
        }

        [TestMethod]
        public void FieldsThatAreNoStructure_InvalidCommand()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.BeginInvoke(1, TestCluster.ClusterId, TestCluster.SetValue, false);
            scene.Client.EndInvoke();
            byte[] request = scene.Client.CopyRequest();

            // Fields 35 01 18 are the last of the command: an array in their place.
            int at = request.Length - 4 - 2 - 3;
            Assert.AreEqual((byte)0x35, request[at]);
            request[at] = 0x36;
            scene.Client.SendRaw(scene.Session, InteractionOpcode.InvokeRequest, request, request.Length, scene.Now);
            scene.Run(300);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Client.InvokeStatus(0));
            Assert.AreEqual(0, scene.One.Invokes);
        }

        [TestMethod]
        public void CommandWithoutFields_GetsAnEmptyStructure()
        {
            InteractionScene scene = new InteractionScene();
            InteractionClient client = scene.Client;
            client.Begin(InteractionOpcode.InvokeRequest);
            client.Writer.PutBoolean(0, false);
            client.Writer.PutBoolean(1, false);
            client.Writer.StartArray(2);
            client.Writer.StartStructure(TlvTag.Anonymous);
            client.Writer.StartList(0);
            client.Writer.PutUnsigned(0, 1);
            client.Writer.PutUnsigned(1, TestCluster.ClusterId);
            client.Writer.PutUnsigned(2, TestCluster.SetValue);
            client.Writer.EndContainer();
            client.Writer.EndContainer();
            client.Writer.EndContainer();
            client.End();
            client.Send(scene.Session, scene.Now);
            scene.Run(300);
            Assert.AreEqual(ImStatus.InvalidCommand, client.InvokeStatus(0));
            Assert.AreEqual(1, scene.One.Invokes);
        }

        [TestMethod]
        public void UnsecuredSession_IsIgnored()
        {
            InteractionScene scene = new InteractionScene();
            Session unsecured = scene.OpenUnsecured();
            scene.Client.Read(unsecured, new long[] { -1, -1, -1 }, true, scene.Now);
            scene.Run(500);
            Assert.AreEqual(0, scene.Client.Count);
            scene.AssertIdle("unsecured");
        }

        private static void CheckMembers(InteractionScene scene, int opcode, int booleans)
        {
            scene.Client.Begin(opcode);
            for (int i = 0; i < booleans; i++) scene.Client.Writer.PutBoolean(i == 2 ? 0x77 : i, false);
            scene.Client.End();
            byte[] request = scene.Client.CopyRequest();
            CheckInvalid(scene, opcode, request, request.Length, opcode + " with " + booleans);
        }

        private static void CheckInvalid(InteractionScene scene, int opcode, byte[] request, int length, string what)
        {
            scene.Client.Clear();
            scene.Client.SendRaw(scene.Session, opcode, request, length, scene.Now);
            scene.Run(250);
            Assert.AreEqual(1, scene.Client.Count, what);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status, what);
            scene.AssertIdle(what);
        }
    }
}
