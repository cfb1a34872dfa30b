using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>The device begins CASE itself: against a second device, over good and bad networks.</summary>
    [TestClass]
    public class CaseConnectTests
    {
        private const ulong Own = 0x1111222233334444;
        private const ulong Peer = 0x5555666677778888;

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void FullHandshake_MakesTheSameSessionOnBothSides(bool withIntermediate)
        {
            ConnectWorld world = new ConnectWorld(1, withIntermediate);
            Assert.AreEqual(0, world.Connect());
            Assert.IsTrue(world.Device.Protocol.IsConnecting);
            world.Device.Run(10000);
            world.AssertSession("");
            Assert.AreEqual(0, world.CountOf(SecureChannelOpcode.Sigma2Resume));
            world.AssertAtRest(1, 1);
            Assert.AreEqual(1, world.Device.Resumptions.Count);
        }

        [TestMethod]
        public void NextHandshake_IsAResumption_AgainAndAgain()
        {
            ConnectWorld world = new ConnectWorld(2, false);
            Assert.AreEqual(0, world.Connect());
            world.Device.Run(10000);
            for (int i = 1; i <= 3; i++)
            {
                byte[] former = (byte[])world.Device.Established.Keys.Clone();
                Assert.AreEqual(0, world.Connect());
                world.Device.Run(10000);
                world.AssertSession(i.ToString());
                CollectionAssert.AreNotEqual(former, world.Device.Established.Keys);
                Assert.AreEqual(i, world.CountOf(SecureChannelOpcode.Sigma2Resume));
                Assert.AreEqual(i + 1, world.Device.CaseCount);
            }

            Assert.AreEqual(1, world.Device.Resumptions.Count);
        }

        [TestMethod]
        public void PeerThatForgot_GetsTheFullHandshake()
        {
            ConnectWorld world = new ConnectWorld(3, true);
            Assert.AreEqual(0, world.Connect());
            world.Device.Run(10000);
            world.Peer.Resumptions.FabricRemoved(1, world.Device.Now);
            Assert.AreEqual(0, world.Connect());
            world.Device.Run(10000);
            world.AssertSession("");
            Assert.AreEqual(2, world.Device.CaseCount);
            Assert.AreEqual(0, world.CountOf(SecureChannelOpcode.Sigma2Resume));
        }

        [TestMethod]
        public void OldResumptionId_IsNotOfferedTwice()
        {
            ConnectWorld world = new ConnectWorld(4, false);
            Assert.AreEqual(0, world.Connect());
            world.Device.Run(10000);
            Assert.AreEqual(0, world.Device.Resumptions.Flush());
            byte[] stored = (byte[])world.Device.Store[StoreKey.Resumption].Clone();
            Assert.AreEqual(0, world.Connect());
            world.Device.Run(1000);
            byte[] now = world.Device.Store[StoreKey.Resumption];
            Assert.IsTrue(now == null || !SecureEquals(stored, now));
        }

        [TestMethod]
        public void EachMessageLostOrRepeated_TheHandshakeStillSucceeds()
        {
            string[] scripts = { "-", ".-", "..-", "...-", "....-", "2222222222", "l.l.l.l.", "--", ".--" };
            for (int i = 0; i < scripts.Length; i++)
            {
                for (int side = 0; side < 4; side++)
                {
                    ConnectWorld world = new ConnectWorld(5, false);
                    bool isResumption = side >= 2;
                    if (isResumption)
                    {
                        Assert.AreEqual(0, world.Connect());
                        world.Device.Run(20000);
                    }

                    world.Device.Link.Script(side % 2 == 0 ? 1 : world.PeerEnd, scripts[i]);
                    Assert.AreEqual(0, world.Connect());
                    world.Device.Run(40000);
                    string name = scripts[i] + " " + side.ToString();
                    Assert.AreEqual(isResumption ? 2 : 1, world.Device.CaseCount, name);
                    world.AssertSession(name);
                }
            }
        }

        [TestMethod]
        public void NobodyThere_LeavesNothing()
        {
            ConnectWorld world = new ConnectWorld(6, false);
            world.Device.Link.Script(1, "----------------------------");
            Assert.AreEqual(0, world.Connect());
            world.Device.Run(60000);
            Assert.IsFalse(world.Device.Protocol.IsConnecting);
            Assert.AreEqual(0, world.Device.CaseCount);
            world.AssertAtRest(0, 0);
        }

        [TestMethod]
        public void AnotherNode_RefusesAndLeavesNothing()
        {
            ConnectWorld world = new ConnectWorld(7, false);
            Assert.AreEqual(0, world.Connect(Peer + 1));
            world.Device.Run(20000);
            Assert.AreEqual(0, world.Device.CaseCount);
            Assert.AreEqual(0, world.Peer.CaseCount);
            world.AssertAtRest(0, 0);
        }

        [TestMethod]
        public void FabricThatGoesMeanwhile_EndsIt()
        {
            for (int ms = 0; ms < 400; ms += 16)
            {
                ConnectWorld world = new ConnectWorld(8, false);
                Assert.AreEqual(0, world.Connect());
                world.Device.Run(ms);
                int count = world.Device.CaseCount;
                Assert.AreEqual(0, world.Device.Fabrics.Remove(world.Device.Fabrics.GetRow(0), world.Device.Now));
                world.Device.Run(20000);
                Assert.IsFalse(world.Device.Protocol.IsConnecting);
                Assert.AreEqual(count, world.Device.CaseCount, ms.ToString());
            }
        }

        [TestMethod]
        public void OwnHandshake_GivesWayToThoseOfPeers()
        {
            ConnectWorld world = new ConnectWorld(9, false);
            HandshakeWorld device = world.Device;
            device.Link.Script(world.PeerEnd, "--------------------");
            Assert.AreEqual(0, world.Connect());
            device.Run(20);
            Assert.IsTrue(device.Protocol.IsConnecting);
            CaseInitiator[] others = new CaseInitiator[Limits.CaseHandshakes];
            for (int i = 0; i < others.Length; i++)
            {
                others[i] = device.NewCase(i);
                others[i].Begin(device.Dial(i), world.Authority.NewNode(100 + (ulong)i, null), Own, device.Now);
            }

            device.Run(20000);
            Assert.IsFalse(device.Protocol.IsConnecting);
            for (int i = 0; i < others.Length; i++)
            {
                Assert.AreEqual(0, others[i].Result, i.ToString());
            }
        }

        [TestMethod]
        public void NoFreeRow_IsBusyAtOnce()
        {
            ConnectWorld world = new ConnectWorld(10, false);
            HandshakeWorld device = world.Device;
            for (int i = 0; i < Limits.CaseHandshakes; i++)
            {
                device.NewCase(i).Begin(device.Dial(i), world.Authority.NewNode(100 + (ulong)i, null), Own, device.Now);
            }

            device.Run(20);
            Assert.AreEqual(Limits.CaseHandshakes, device.Protocol.HandshakeCount);
            Assert.AreEqual(MatterError.Busy, world.Connect());
            device.Run(20000);
            Assert.AreEqual(Limits.CaseHandshakes, device.CaseCount);
        }

        [TestMethod]
        public void BothAtOnce_MakeTwoSessions()
        {
            ConnectWorld world = new ConnectWorld(11, false);
            Assert.AreEqual(0, world.Connect());
            Assert.AreEqual(0, world.ConnectBack());
            world.Device.Run(20000);
            Assert.AreEqual(2, world.Device.CaseCount);
            Assert.AreEqual(2, world.Peer.CaseCount);
            world.AssertAtRest(2, 2);
        }

        private static bool SecureEquals(byte[] a, byte[] b)
        {
            for (int i = 0; i < a.Length; i++)
            {
                if (a[i] != b[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Two devices on a fabric and on one link.</summary>
        private sealed class ConnectWorld
        {
            public ConnectWorld(uint seed, bool withIntermediate)
            {
                Device = new HandshakeWorld(seed);
                Peer = new HandshakeWorld(seed + 1000);
                PeerEnd = Device.Link.Join(Peer);
                Authority = new TestFabricAuthority(Device.Controller(0).Crypto, 7, withIntermediate);
                Device.Join(Authority, Own);
                Peer.Join(Authority, CaseConnectTests.Peer);
                Device.Run(1);
            }

            public HandshakeWorld Device { get; }

            public HandshakeWorld Peer { get; }

            public int PeerEnd { get; }

            public TestFabricAuthority Authority { get; }

            public int Connect()
            {
                return Connect(CaseConnectTests.Peer);
            }

            public int Connect(ulong nodeId)
            {
                return Connect(Device, PeerEnd, nodeId);
            }

            public int ConnectBack()
            {
                return Connect(Peer, 1, Own);
            }

            /// <summary>Both sides have the session that was made last.</summary>
            public void AssertSession(string name)
            {
                Session own = Device.Established;
                Session other = Peer.Established;
                CollectionAssert.AreEqual(other.Keys, own.Keys, name);
                Assert.IsTrue(own.IsInitiator, name);
                Assert.IsFalse(other.IsInitiator, name);
                Assert.AreEqual(SessionType.Case, own.Type, name);
                Assert.AreEqual(CaseConnectTests.Peer, own.PeerNodeId, name);
                Assert.AreEqual(Own, own.LocalNodeId, name);
                Assert.AreEqual(Own, other.PeerNodeId, name);
                Assert.AreEqual(other.LocalSessionId, own.PeerSessionId, name);
                Assert.AreEqual(own.LocalSessionId, other.PeerSessionId, name);
                Assert.AreEqual(1, own.FabricIndex, name);
                Assert.AreEqual(Peer.Parameters.IdleIntervalMs, own.IdleIntervalMs, name);
            }

            public void AssertAtRest(int sessions, int peerSessions)
            {
                Device.AssertAtRest(sessions);
                Peer.AssertAtRest(peerSessions);
            }

            /// <summary>Answers of this kind that the peer sent, in datagrams without a session.</summary>
            public int CountOf(int opcode)
            {
                int count = 0;
                for (int i = 0; i < Device.Link.SentBy(PeerEnd); i++)
                {
                    // An unsecured datagram of the responder: header, the initiator's node id, then flags and opcode.
                    byte[] datagram = Device.Link.Datagram(PeerEnd, i);
                    count += datagram[1] == 0 && datagram[2] == 0 && datagram[17] == opcode ? 1 : 0;
                }

                return count;
            }

            private int Connect(HandshakeWorld from, int to, ulong nodeId)
            {
                Session carrier = from.Device.Sessions.OpenUnsecured(Device.Link.Address(to), 1, Device.Now);
                Exchange exchange = from.Device.Exchanges.Open(carrier, from.Protocol);
                return from.Protocol.Connect(exchange, from.Fabrics.GetRow(0), nodeId, Device.Now);
            }
        }
    }
}
