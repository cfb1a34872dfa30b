using Matter.Nano.Clusters;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Whole lives of a light: commissioned, switched, shared, restarted, given away.</summary>
    [TestClass]
    public class CommissioningTests
    {
        private const uint OnOff = 0x06;
        private const uint Toggle = 0x02;
        private const uint OperationalCredentials = 0x3E;
        private const uint AdministratorCommissioning = 0x3C;
        private const int CommissionedFabrics = 3;
        private const ulong LightId = 0x1234;

        [TestMethod]
        public void Light_IsCommissionedAndSwitched()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            Assert.AreEqual(1, light.Node.Window.CommissioningMode);
            one.Commission(VirtualLight.Passcode, LightId);

            Assert.AreEqual(0, light.Node.Window.CommissioningMode);
            Assert.AreEqual(1, light.Node.Fabrics.Count);
            Assert.IsFalse(light.Node.FailSafe.IsArmed);
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            Assert.IsTrue(light.OnOff.IsOn);
            Assert.AreEqual(1, one.Read(1, OnOff, 0));
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            Assert.AreEqual(0, one.Read(1, OnOff, 0));
            Assert.AreEqual(0, link.RepeatedBy(1), "needless resends");
        }

        [TestMethod]
        public void Restart_KeepsFabricAndState()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            one.Commission(VirtualLight.Passcode, LightId);
            one.Invoke(1, OnOff, Toggle);
            link.Run(ClusterStore.DelayMs * 2);

            light.Restart(link.Now);
            Assert.AreEqual(1, light.Node.Fabrics.Count);
            Assert.AreEqual(0, light.Node.Window.CommissioningMode);
            one.Case(LightId);
            Assert.AreEqual(1, one.Read(1, OnOff, 0));
            Assert.AreEqual(2, one.Read(0, GeneralDiagnosticsCluster.ClusterId, 1), "RebootCount");
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            Assert.IsFalse(light.OnOff.IsOn);
        }

        [TestMethod]
        public void SecondFabric_ComesThroughAWindow_AndLeaves()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            Commissioner two = Join(link, light, 4, 0xFAB2);
            one.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(ImStatus.NeedsTimedInteraction, OpenBasicWindow(one, false));
            Assert.AreEqual(ImStatus.Success, OpenBasicWindow(one, true));
            Assert.AreEqual(CommissioningWindow.Basic, light.Node.Window.Status);
            two.Commission(VirtualLight.Passcode, LightId + 1);

            Assert.AreEqual(CommissioningWindow.NotOpen, light.Node.Window.Status);
            Assert.AreEqual(2, two.Read(0, OperationalCredentials, CommissionedFabrics));
            Assert.AreEqual(ImStatus.Success, two.Invoke(1, OnOff, Toggle));
            Assert.AreEqual(1, one.Read(1, OnOff, 0));
            Assert.AreEqual(NodeOperationalCertStatus.Ok, two.RemoveFabric(two.FabricIndex));
            Assert.AreEqual(1, one.Read(0, OperationalCredentials, CommissionedFabrics));
        }

        [TestMethod]
        public void LastFabricRemoved_LeavesAFactoryNewLight()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            one.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.RemoveFabric(one.FabricIndex));

            Assert.AreEqual(0, light.Node.Fabrics.Count);
            Assert.AreEqual(1, light.Node.Window.CommissioningMode);
            link.Run(60000);
            AssertAtRest(light, 0);
            Commissioner two = Join(link, light, 4, 0xFAB2);
            two.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(1, light.Node.Fabrics.Count);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void CommissionerThatVanishes_LeavesNothing(int step)
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            one.Pase(VirtualLight.Passcode);
            one.ArmFailSafe(60);
            if (step >= 1)
            {
                byte[] key = one.RequestCsr();
                one.AddRoot();
                if (step >= 2)
                {
                    one.AddNoc(key, LightId);
                }
            }

            if (step == 3)
            {
                one.Case(LightId);
            }

            Assert.AreEqual(0, light.Node.Window.CommissioningMode, "paused");
            link.Run(130000);
            Assert.IsFalse(light.Node.FailSafe.IsArmed);
            Assert.AreEqual(0, light.Node.Fabrics.Count);
            Assert.AreEqual(1, light.Node.Window.CommissioningMode);
            AssertAtRest(light, 0);
            Commissioner two = Join(link, light, 4, 0xFAB2);
            two.Commission(VirtualLight.Passcode, LightId);
        }

        [TestMethod]
        public void GivingUp_LetsTheNextOneIn()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            one.Pase(VirtualLight.Passcode);
            byte[] key = one.RequestCsr();
            one.AddRoot();
            one.AddNoc(key, LightId);
            Assert.AreEqual(0, one.ArmFailSafe(0), "the answer still arrives");
            link.Run(5000);
            Assert.AreEqual(0, light.Node.Fabrics.Count);
            Commissioner two = Join(link, light, 4, 0xFAB2);
            two.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(1, light.Node.Fabrics.Count);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void UpdateNocTakenBack_EndsTheFabricsSessions(int wayOut)
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            one.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.UpdateNoc(one.RequestCsr(true), LightId));
            one.Resumes = true;
            one.Case(LightId);
            Assert.IsFalse(one.IsResumed, "another identity, though under the same node id");
            Assert.AreEqual(2, Sessions(light));
            if (wayOut == 0)
            {
                Assert.AreEqual(0, one.ArmFailSafe(0), "the answer still arrives");
            }
            else
            {
                link.Run(60000);
            }

            link.Run(20000);
            Assert.AreEqual(0, Sessions(light));
            Assert.AreEqual(1, light.Node.Fabrics.Count);
            one.HangUp();
            one.Case(LightId);
            Assert.IsFalse(one.IsResumed, "what was agreed on meanwhile is forgotten");
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void UpdateNocAndAPowerCut_LeaveOneIdentityOrTheOther(bool isCompleted)
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            one.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.UpdateNoc(one.RequestCsr(true), LightId + 1));
            one.Resumes = true;
            one.Case(LightId + 1);
            link.Run(10000);
            if (isCompleted)
            {
                Assert.AreEqual(0, one.Complete());
                link.Run(70000);
            }

            light.Restart(link.Now);
            one.HangUp();
            Assert.IsTrue(isCompleted == (one.TryCase(LightId + 1) == 0));
            Assert.AreEqual(isCompleted, one.IsResumed, "the secret was stored with the credentials that it belongs to");
            one.HangUp();
            one.Resumes = false;
            Assert.IsTrue(isCompleted != (one.TryCase(LightId) == 0));
        }

        [TestMethod]
        public void RemovedByAnother_EverythingOfTheFabricGoesAtOnce()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, 3, 0xFAB1);
            Commissioner two = Join(link, light, 4, 0xFAB2);
            one.Commission(VirtualLight.Passcode, LightId);
            Assert.AreEqual(ImStatus.Success, OpenBasicWindow(one, true));
            two.Commission(VirtualLight.Passcode, LightId + 1);
            two.Resumes = true;
            two.Case(LightId + 1);
            Assert.IsTrue(two.IsResumed);
            two.Client.Clear();
            two.Client.Subscribe(two.Session, new long[] { 1, OnOff, 0 }, 0, 60, true, two.Now);
            two.Await(InteractionOpcode.SubscribeResponse);
            Assert.AreEqual(1, light.Node.Interactions.SubscriptionCount);
            Assert.AreEqual(3, Sessions(light));

            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.RemoveFabric(two.FabricIndex));
            Assert.AreEqual(1, Sessions(light));
            Assert.AreEqual(0, light.Node.Interactions.SubscriptionCount);
            link.Run(5000);
            two.HangUp();
            Assert.IsTrue(two.TryCase(LightId + 1) != 0);
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
            light.Restart(link.Now);
            Assert.AreEqual(1, light.Node.Fabrics.Count);
            Assert.IsTrue(two.TryCase(LightId + 1) != 0);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void PoorNetwork_IsOvercome(int seed)
        {
            MemoryLink link = new MemoryLink((uint)seed);
            link.LossPercent = 10;
            link.DuplicatePercent = 10;
            link.LatePercent = 10;
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, (uint)seed + 2, 0xFAB1);
            one.Commission(VirtualLight.Passcode, LightId);
            // Only now: a handshake's messages are not authenticated, so a wrong bit in them makes it fail, as it should.
            link.DamagePercent = 10;
            int before = light.Switches;
            for (int i = 1; i <= 20; i++)
            {
                Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
                Assert.AreEqual(before + i, light.Switches, "each command counts once");
            }
        }

        internal static Commissioner Join(MemoryLink link, VirtualLight light, uint seed, ulong fabricId)
        {
            if (link.Ends == 0)
            {
                link.Join(light);
            }

            Commissioner commissioner = new Commissioner(seed, fabricId, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(commissioner);
            link.Run(1);
            return commissioner;
        }

        internal static int OpenBasicWindow(Commissioner administrator, bool isTimed)
        {
            InteractionClient client = administrator.Client;
            client.Clear();
            if (isTimed)
            {
                client.Timed(administrator.Session, 5000, administrator.Now);
                administrator.Await(InteractionOpcode.StatusResponse);
                client.Clear();
            }

            client.BeginInvoke(0, AdministratorCommissioning, 0x01, isTimed);
            client.Writer.PutUnsigned(0, 180);
            client.EndInvoke();
            if (isTimed)
            {
                client.SendOn(client.Exchange, administrator.Now);
            }
            else
            {
                client.Send(administrator.Session, administrator.Now);
            }

            administrator.Await(InteractionOpcode.InvokeResponse);
            return client.InvokeStatus(0);
        }

        private static void AssertAtRest(VirtualLight light, int sessions)
        {
            Node node = light.Node;
            Assert.AreEqual(0, node.Exchanges.Count, "exchanges");
            Assert.AreEqual(0, node.SecureChannel.HandshakeCount, "handshakes");
            Assert.AreEqual(0, node.Interactions.InteractionCount, "interactions");
            Assert.AreEqual(sessions, Sessions(light), "sessions");
        }

        private static int Sessions(VirtualLight light)
        {
            int used = 0;
            for (int row = 0; row < light.Node.Sessions.Capacity; row++)
            {
                used += light.Node.Sessions.GetRow(row).LocalSessionId == 0 ? 0 : 1;
            }

            return used;
        }
    }
}
