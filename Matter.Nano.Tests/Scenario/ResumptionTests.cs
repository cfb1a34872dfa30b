using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Controllers that come back and resume their session, or would like to.</summary>
    [TestClass]
    public class ResumptionTests
    {
        private const ulong FabricId = 0xFAB000000000001D;
        private const ulong DeviceId = 0x1111;
        private const ulong ControllerId = 0x2222;
        private const ulong LightId = 0x1234;
        private const uint OnOff = 0x06;
        private const uint Toggle = 0x02;
        private const int Patience = 20000;

        [TestMethod]
        public void Resumption_MakesTheSameSessionOnBothSides_UnderANewIdEachTime()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, new uint[] { 0xABCD0002, 0x00010001 });
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            byte[][] ids = new byte[6][];
            for (int i = 0; i < ids.Length; i++)
            {
                ids[i] = (byte[])controller.ResumptionId.Clone();
                for (int j = 0; j < i; j++)
                {
                    Assert.IsFalse(AreSame(ids[i], ids[j]), "resumption id");
                }

                byte[] former = (byte[])world.Established.Keys.Clone();
                int polls = world.Device.Polls;
                controller.Resumes = true;
                controller.Begin(world.Dial(0), own, DeviceId, world.Now);
                world.Run(100);
                Assert.AreEqual(0, controller.Result);
                Assert.IsTrue(controller.IsResumed);
                Assert.IsTrue(world.Device.Polls - polls < 20, "computes at length");

                Session session = world.Established;
                Assert.AreEqual(i + 2, world.CaseCount);
                CollectionAssert.AreEqual(session.Keys, controller.Session.Keys);
                Assert.IsFalse(AreSame(former, session.Keys));
                Assert.AreEqual(session.LocalSessionId, controller.Session.PeerSessionId);
                Assert.AreEqual(session.PeerSessionId, controller.Session.LocalSessionId);
                Assert.AreEqual(SessionType.Case, session.Type);
                Assert.AreEqual(world.Fabrics.GetRow(0).Index, session.FabricIndex);
                Assert.AreEqual(DeviceId, session.LocalNodeId);
                Assert.AreEqual(ControllerId, session.PeerNodeId);
                Assert.AreEqual(0xABCD0002u, session.CaseAuthenticatedTags[0]);
                Assert.AreEqual(0x00010001u, session.CaseAuthenticatedTags[1]);
                Assert.AreEqual(0u, session.CaseAuthenticatedTags[2]);
            }

            Assert.AreEqual(1, world.Resumptions.Count);
            world.AssertAtRest(1 + ids.Length);
        }

        [TestMethod]
        [DataRow(6)]
        [DataRow(7)]
        public void WrongIdOrMic_FallsThroughToTheFullHandshake(int field)
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            controller.Tamper = FieldTamper.Put(SecureChannelOpcode.Sigma1, field, new byte[16]);
            Connect(world, 0, controller, own, false);
            controller.Tamper = null;
            Connect(world, 0, controller, own, true);
            Assert.AreEqual(1, world.Resumptions.Count);
            world.AssertAtRest(3);
        }

        [TestMethod]
        [DataRow(6)]
        [DataRow(7)]
        public void IdWithoutMicOrMicWithoutId_IsRefused(int field)
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            controller.Tamper = FieldTamper.Remove(SecureChannelOpcode.Sigma1, field);
            controller.Begin(world.Dial(0), own, DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.InvalidParameter, controller.ReportedCode);
            world.AssertAtRest(1);
        }

        [TestMethod]
        public void RemovedFabric_TakesItsOwnRowsAlong()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            TestFabricAuthority other = new TestFabricAuthority(world.Controller(3).Crypto, FabricId + 1, false);
            world.Join(other, DeviceId);
            TestCredentials others = other.NewNode(ControllerId, null);
            CaseInitiator one = world.NewCase(0);
            CaseInitiator two = world.NewCase(1);
            Connect(world, 0, one, own, false);
            Connect(world, 1, two, others, false);
            world.Run(ResumptionTable.IntervalMs);
            Assert.AreEqual(2, world.Resumptions.Count);
            Assert.AreEqual(2, Reload(world).Count);

            Assert.AreEqual(0, world.Fabrics.Remove(world.Fabrics.GetRow(0), world.Now));
            Assert.AreEqual(1, world.Resumptions.Count);
            Assert.AreEqual(1, Reload(world).Count);
            Assert.IsFalse(world.Store.Holds(one.ResumptionId));
            one.Resumes = true;
            one.Begin(world.Dial(0), own, DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(StatusReport.NoSharedTrustRoots, one.ReportedCode);
            two.Resumes = true;
            Connect(world, 1, two, others, true);
        }

        [TestMethod]
        public void NewCredentials_EndResumption_ANewLabelDoesNot()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            Connect(world, 0, world.NewCase(0), own, false);
            Fabric fabric = world.Fabrics.GetRow(0);
            Assert.AreEqual(0, world.Fabrics.SetLabel(fabric, new byte[] { 65 }, 0, 1, world.Now));
            Assert.AreEqual(1, world.Resumptions.Count);
            world.Fabrics.Update(fabric, world.Now);
            Assert.AreEqual(0, world.Resumptions.Count);
        }

        [TestMethod]
        public void FourthPeer_ReplacesTheOneOfLongestAgo()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = NewAuthority(world);
            world.Join(authority, DeviceId);
            CaseInitiator[] controllers = new CaseInitiator[4];
            TestCredentials[] own = new TestCredentials[4];
            for (int i = 0; i < 4; i++)
            {
                controllers[i] = world.NewCase(i);
                own[i] = authority.NewNode(ControllerId + (ulong)i, null);
                Connect(world, i, controllers[i], own[i], false);
                controllers[i].Resumes = true;
                if (i == 2)
                {
                    Connect(world, 0, controllers[0], own[0], true);
                }
            }

            Assert.AreEqual(Limits.ResumptionsPerFabric, world.Resumptions.Count);
            Connect(world, 3, controllers[3], own[3], true);
            Connect(world, 0, controllers[0], own[0], true);
            Connect(world, 2, controllers[2], own[2], true);
            Connect(world, 1, controllers[1], own[1], false);
            Connect(world, 3, controllers[3], own[3], false);
        }

        [TestMethod]
        public void Sigma2ResumeLost_IsResentByteByByte()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            world.Link.ClearLog();
            world.Link.Script(1, "-");
            Connect(world, 0, controller, own, true);
            Assert.AreEqual(1, world.Link.RepeatedBy(1));
            CollectionAssert.AreEqual(world.Link.Datagram(1, 0), world.Link.Datagram(1, 1));
            world.AssertAtRest(2);
        }

        [TestMethod]
        public void ControllerWithoutALastWord_IsForgottenAfterSixtySeconds()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            controller.Tamper = new SilentTamper(SecureChannelOpcode.StatusReport);
            controller.Begin(world.Dial(0), own, DeviceId, world.Now);
            world.Run(1000);
            Assert.AreEqual(1, world.Protocol.HandshakeCount);
            Assert.AreEqual(1, world.CaseCount);
            world.AssertAtRest(1);

            // Its new id is unknown here, so all begins anew.
            controller.Tamper = null;
            Connect(world, 0, controller, own, false);
            Connect(world, 0, controller, own, true);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(2)]
        [DataRow(6)]
        [DataRow(7)]
        public void FailureAsLastWord_FreesEverything(int position)
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            controller.Tamper = ByteTamper.Flip(SecureChannelOpcode.StatusReport, position, 1);
            controller.Begin(world.Dial(0), own, DeviceId, world.Now);
            world.Run(1000);
            Assert.AreEqual(0, world.Protocol.HandshakeCount);
            Assert.AreEqual(1, world.CaseCount);
            world.AssertAtRest(1);
            controller.Tamper = null;
            Connect(world, 0, controller, own, false);
            Connect(world, 0, controller, own, true);
        }

        [TestMethod]
        public void SameSigma1OnTwoExchanges_MakesOneSession()
        {
            VectorReader v = new VectorReader(VectorData.CaseFull);
            while (v.NextCase())
            {
                if (v.Text("kind") != "resumption")
                {
                    continue;
                }

                HandshakeWorld world = new HandshakeWorld(1);
                world.Join(v.Bytes("root"), v.Bytes("icac"), v.Bytes("device_noc"), v.Bytes("device_private_key"), v.Bytes("ipk_epoch_key"));
                world.Resumptions.Put(world.Fabrics.GetRow(0), ControllerId, new uint[3], v.Bytes("old_resumption_id"), v.Bytes("shared_secret"), 0, world.Now);
                RawPeer[] peers = new RawPeer[3];
                for (int i = 0; i < 2; i++)
                {
                    peers[i] = new RawPeer(world.Controller(i));
                    peers[i].Open(world.Dial(i));
                    peers[i].Send(SecureChannelOpcode.Sigma1, v.Bytes("sigma1"), world.Now);
                    world.Run(1000);
                    Assert.AreEqual(SecureChannelOpcode.Sigma2Resume, peers[i].Opcode);
                }

                peers[0].Send(SecureChannelOpcode.StatusReport, new byte[StatusReport.MinLength], world.Now);
                peers[1].Send(SecureChannelOpcode.StatusReport, new byte[StatusReport.MinLength], world.Now);
                world.Run(1000);
                Assert.AreEqual(1, world.CaseCount);
                Assert.AreEqual(0, world.Protocol.HandshakeCount);

                peers[2] = new RawPeer(world.Controller(2));
                peers[2].Open(world.Dial(2));
                peers[2].Send(SecureChannelOpcode.Sigma1, v.Bytes("sigma1"), world.Now);
                world.Run(5000);
                Assert.AreEqual(SecureChannelOpcode.Sigma2, peers[2].Opcode);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void UsedId_LeavesTheStoreBeforeTheSessionBegins()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            byte[] former = (byte[])controller.ResumptionId.Clone();
            Assert.IsTrue(world.Store.Holds(former));

            controller.Begin(world.Dial(0), own, DeviceId, world.Now);
            world.Run(100);
            Assert.IsTrue(controller.IsResumed);
            Assert.IsFalse(world.Store.Holds(former));
            Assert.AreEqual(0, Reload(world).Count);
            world.Run(ResumptionTable.IntervalMs);
            Assert.IsTrue(world.Store.Holds(controller.ResumptionId));
            Assert.AreEqual(1, Reload(world).Count);
        }

        [TestMethod]
        [DataRow(10)]
        [DataRow(30)]
        public void LossyNetwork_StillSucceedsOrEndsClean(int percent)
        {
            HandshakeWorld world = new HandshakeWorld((uint)percent);
            TestCredentials own = NewController(world, null);
            CaseInitiator controller = world.NewCase(0);
            Connect(world, 0, controller, own, false);
            controller.Resumes = true;
            world.Link.LossPercent = percent;
            world.Link.DuplicatePercent = percent;
            world.Link.LatePercent = percent;
            int resumed = 0;
            for (int i = 0; i < 12; i++)
            {
                controller.Begin(world.Dial(0), own, DeviceId, world.Now);
                world.Run(Patience);
                controller.GiveUp(world.Now, true);
                resumed += controller.IsResumed ? 1 : 0;
            }

            Assert.IsTrue(resumed > 6, resumed.ToString());
            world.AssertAtRest(world.CaseCount);
        }

        [TestMethod]
        public void Restart_KeepsWhoCanResume()
        {
            MemoryLink link = new MemoryLink(1);
            MemoryStore store = new MemoryStore();
            VirtualLight light = new VirtualLight(2, store, link.Now);
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            one.Commission(VirtualLight.Passcode, LightId);
            one.Resumes = true;
            link.Run(ResumptionTable.IntervalMs);

            light.Restart(link.Now);
            AssertConnects(one, true);
            Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));

            // The power fails before the new id is written.
            light.Restart(link.Now);
            AssertConnects(one, false);

            // An orderly end writes it.
            Assert.AreEqual(0, light.Node.Stop(link.Now));
            link.Run(1000);
            light.Restart(link.Now);
            AssertConnects(one, true);
        }

        private static void AssertConnects(Commissioner commissioner, bool resumed)
        {
            commissioner.Case(LightId);
            Assert.AreEqual(resumed, commissioner.IsResumed);
        }

        /// <summary>What a restart would find.</summary>
        private static ResumptionTable Reload(HandshakeWorld world)
        {
            ResumptionTable table = new ResumptionTable(world.Fabrics, world.Store);
            Assert.AreEqual(0, table.Load());
            return table;
        }

        private static void Connect(HandshakeWorld world, int number, CaseInitiator controller, TestCredentials own, bool resumed)
        {
            controller.Begin(world.Dial(number), own, DeviceId, world.Now);
            world.Run(Patience);
            Assert.AreEqual(0, controller.Result);
            Assert.AreEqual(resumed, controller.IsResumed);
            Assert.AreEqual(controller.Session.LocalSessionId, world.Established.PeerSessionId);
        }

        private static TestFabricAuthority NewAuthority(HandshakeWorld world)
        {
            return new TestFabricAuthority(world.Controller(3).Crypto, FabricId, false);
        }

        private static TestCredentials NewController(HandshakeWorld world, uint[] tags)
        {
            TestFabricAuthority authority = NewAuthority(world);
            world.Join(authority, DeviceId);
            return authority.NewNode(ControllerId, tags);
        }

        private static bool AreSame(byte[] left, byte[] right)
        {
            return ConstantTime.Equals(left, 0, right, 0, left.Length);
        }
    }
}
