using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A light restarts, and its subscribers hear of it again without doing anything.</summary>
    [TestClass]
    public class SubscriptionResumptionTests
    {
        private const ulong LightId = 0x1234;
        private const uint OnOff = 6;
        private const int SaveMs = 3000;

        [TestMethod]
        public void SubscriberIsFound_AndHearsOfChangesUnderTheOldId()
        {
            Home home = new Home(1, 1);
            home.Restart();
            home.Run(8000);
            home.AssertTakenUp(0, 1);
            Assert.AreEqual(1, home.Hub(0).CaseCount);
            Assert.AreEqual(1u, home.Light.Node.Interactions.SubscriptionsEstablished);

            home.Client(0).Clear();
            home.Light.OnOff.Switch(true);
            home.Run(1000);
            Assert.AreEqual(1, home.Client(0).Count);
            Assert.AreEqual((long)home.Id(0), home.Client(0).GetUnsigned(0, 0));
            Assert.AreEqual(1L, home.Client(0).Reports().Last(1, OnOff, 0));

            // Again, by the session's resumption; and it never rests.
            home.Run(70000);
            home.Restart();
            home.Run(8000);
            home.AssertTakenUp(0, 1);
            Assert.AreEqual(2, home.Hub(0).CaseCount);
            home.Client(0).Clear();
            home.Run(200000);
            Assert.IsTrue(home.Client(0).Count >= 3);
            Assert.AreEqual(1, home.Light.Node.Interactions.SubscriptionCount);
        }

        [TestMethod]
        public void NodeThatWasStopped_TakesThemUpToo()
        {
            Home home = new Home(2, 1);
            home.Light.Node.Stop(home.Now);
            home.Restart();
            home.Run(8000);
            home.AssertTakenUp(0, 1);
        }

        [TestMethod]
        public void RestartBeforeItIsTakenUp_ChangesNothing()
        {
            Home home = new Home(3, 1);
            for (int ms = 0; ms < 3000; ms += 200)
            {
                home.Restart();
                home.Run(ms);
            }

            home.Restart();
            home.Run(15000);
            home.AssertTakenUp(0, 1);
        }

        [TestMethod]
        public void SubscriberThatSubscribesItself_IsLeftAlone()
        {
            Home home = new Home(4, 1);
            home.Restart();
            home.Run(1);
            home.Subscribe(0);
            uint id = home.One(0).Client.SubscriptionId;
            Assert.AreNotEqual(home.Id(0), id);
            home.Run(30000);
            Assert.AreEqual(0, home.Hub(0).CaseCount);
            Assert.AreEqual(0, home.Client(0).Count);
            Assert.AreEqual(1, home.Light.Node.Interactions.SubscriptionCount);
        }

        [TestMethod]
        public void SessionThatIsThere_IsUsed()
        {
            Home home = new Home(5, 1);
            home.Restart();
            home.Run(1);
            home.One(0).Case(LightId);
            home.One(0).Client.Clear();
            home.Run(8000);
            Assert.AreEqual(0, home.Hub(0).CaseCount);
            Assert.AreEqual(0, home.Neighbours.Questions);
            Assert.AreEqual(1, home.One(0).Client.Count);
            Assert.AreEqual((long)home.Id(0), home.One(0).Client.GetUnsigned(0, 0));
            Assert.AreEqual(1, home.Light.Node.Interactions.SubscriptionCount);
        }

        [TestMethod]
        public void SubscriberThatDoesNotKnowIt_IsNotAskedTwice()
        {
            Home home = new Home(6, 1);
            home.Client(0).ReportStatus = ImStatus.InvalidSubscription;
            home.Restart();
            home.Run(120000);
            Assert.AreEqual(1, home.Client(0).Count);
            Assert.AreEqual(1, home.Hub(0).CaseCount);
            Assert.AreEqual(0, home.Light.Node.Interactions.SubscriptionCount);
            Assert.IsTrue(home.Store[StoreKey.Subscriptions] == null);
        }

        [TestMethod]
        public void NobodyThere_IsTriedAgain_LessAndLessOften_ThenNoMore()
        {
            Home home = new Home(7, 1);
            home.Light.Neighbours = new MdnsNeighbours();
            home.Restart();
            MdnsNeighbours neighbours = home.Light.Neighbours;
            home.Run(20000);
            Assert.AreEqual(4, neighbours.Questions);
            home.Run(30 * 60000);
            Assert.AreEqual(8 * 4, neighbours.Questions);
            Assert.IsTrue(home.Store[StoreKey.Subscriptions] == null);
            home.Run(30 * 60000);
            Assert.AreEqual(8 * 4, neighbours.Questions);
            Assert.AreEqual(0, home.Light.Node.Interactions.InteractionCount);
        }

        [TestMethod]
        public void SubscriberThatComesLater_IsFoundInTheEnd()
        {
            Home home = new Home(8, 1);
            MdnsNeighbours later = home.Neighbours;
            home.Light.Neighbours = new MdnsNeighbours();
            home.Restart();
            home.Run(40000);
            Assert.AreEqual(0, home.Client(0).Count);
            home.Light.Neighbours = later;
            home.Run(60000);
            home.AssertTakenUp(0, 1);
        }

        [TestMethod]
        public void SubscriberThatIsSilent_DoesNotKeepOthersWaitingForLong()
        {
            Home home = new Home(9, 2);
            home.Link.Script(home.HubEnd(0), "------------------------------");
            home.Restart();
            home.Run(60000);
            home.AssertTakenUp(1, 1);
            Assert.AreEqual(0, home.Client(0).Count);
            home.Run(300000);
            home.AssertTakenUp(0, 2);
        }

        [TestMethod]
        public void BadNetwork_OnlyTakesLonger()
        {
            for (uint seed = 20; seed < 26; seed++)
            {
                Home home = new Home(seed, 2);
                home.Restart();
                home.Link.LossPercent = 20;
                home.Link.DuplicatePercent = 10;
                home.Link.LatePercent = 20;
                home.Run(300000);
                home.Link.LossPercent = 0;
                home.Run(60000);
                home.AssertTakenUp(0, 2);
                home.AssertTakenUp(1, 2);
            }
        }

        [TestMethod]
        public void RemovedFabric_AndFactoryReset_LeaveNothing()
        {
            Home home = new Home(10, 2);
            home.One(0).RemoveFabric(home.One(0).FabricIndex);
            home.Run(1000);
            Assert.IsTrue(home.Store[StoreKey.Subscriptions] == null);
            Assert.IsTrue(home.Store[StoreKey.Subscriptions + 1] != null);
            home.Restart();
            home.Run(10000);
            home.AssertTakenUp(1, 1);
            Assert.AreEqual(0, home.Client(0).Count);

            home = new Home(11, 1);
            home.Light.Node.Stop(home.Now);
            Assert.AreEqual(0, home.Store.Clear());
            home.Restart();
            home.Run(10000);
            Assert.AreEqual(0, home.Client(0).Count);
            Assert.AreEqual(0, home.Neighbours.Questions);
        }

        [TestMethod]
        public void FabricRemovedMeanwhile_EndsIt()
        {
            for (int ms = 0; ms < 9000; ms += 300)
            {
                Home home = new Home(12, 1);
                home.Restart();
                home.Run(ms);
                FabricTable fabrics = home.Light.Node.Fabrics;
                Assert.AreEqual(0, fabrics.Remove(fabrics.GetRow(0), home.Now));
                home.Run(60000);
                Assert.AreEqual(0, home.Light.Node.Interactions.SubscriptionCount, ms.ToString());
                Assert.AreEqual(0, home.Light.Node.SecureChannel.HandshakeCount, ms.ToString());
                Assert.IsTrue(home.Store[StoreKey.Subscriptions] == null, ms.ToString());
            }
        }

        /// <summary>A light, and administrators that subscribed; each has a hub of the same node id, which can be found and answers.</summary>
        private sealed class Home
        {
            private readonly Commissioner[] _ones;
            private readonly HandshakeWorld[] _hubs;
            private readonly InteractionClient[] _clients;
            private readonly int[] _ends;
            private readonly uint[] _ids;

            public Home(uint seed, int count)
            {
                Link = new MemoryLink(seed);
                Store = new MemoryStore();
                Light = new VirtualLight(seed, Store, Now);
                Link.Join(Light);
                _ones = new Commissioner[count];
                _hubs = new HandshakeWorld[count];
                _clients = new InteractionClient[count];
                _ends = new int[count];
                _ids = new uint[count];
                for (int i = 0; i < count; i++)
                {
                    Add(seed, i);
                }

                Run(SaveMs + 60000);
            }

            public MemoryLink Link { get; }

            public MemoryStore Store { get; }

            public VirtualLight Light { get; }

            public MdnsNeighbours Neighbours { get; } = new MdnsNeighbours();

            public long Now
            {
                get { return Link.Now; }
            }

            public Commissioner One(int index)
            {
                return _ones[index];
            }

            public HandshakeWorld Hub(int index)
            {
                return _hubs[index];
            }

            public InteractionClient Client(int index)
            {
                return _clients[index];
            }

            public int HubEnd(int index)
            {
                return _ends[index];
            }

            /// <summary>The id of a subscription before the first restart.</summary>
            public uint Id(int index)
            {
                return _ids[index];
            }

            public void Run(int milliseconds)
            {
                Link.Run(milliseconds);
            }

            /// <summary>Power off and on again.</summary>
            public void Restart()
            {
                if (Light.Neighbours == null)
                {
                    Light.Neighbours = Neighbours;
                }

                Light.Restart(Now);
            }

            /// <summary>An administrator connects and subscribes.</summary>
            public void Subscribe(int index)
            {
                Commissioner one = _ones[index];
                one.Case(LightId);
                one.Client.Clear();
                one.Client.Subscribe(one.Session, new long[] { 1, OnOff, 0 }, 0, 60, false, Now);
                one.Await(InteractionOpcode.SubscribeResponse);
            }

            /// <summary>The last report that a hub got is of this subscription, and so many are in force.</summary>
            public void AssertTakenUp(int index, int count)
            {
                InteractionClient client = _clients[index];
                Assert.IsTrue(client.Count > 0, "no report");
                Assert.AreEqual((long)_ids[index], client.GetUnsigned(client.Count - 1, 0));
                Assert.AreEqual(count, Light.Node.Interactions.SubscriptionCount);
            }

            private void Add(uint seed, int index)
            {
                WaitHandler wait = new WaitHandler(new LinkTime(Link).Wait);
                Commissioner one = new Commissioner(seed + 100 + (uint)index, 0xFAB1 + (ulong)index, Link.Address(1), wait);
                Link.Join(one);
                _ones[index] = one;
                Run(1);
                if (!Light.Node.Window.IsOpen)
                {
                    Light.Node.Window.OpenByUser(Now);
                }

                one.Commission(VirtualLight.Passcode, LightId);
                Subscribe(index);
                _ids[index] = one.Client.SubscriptionId;

                HandshakeWorld hub = new HandshakeWorld(seed + 200 + (uint)index);
                hub.Join(one.Authority, one.Credentials.NodeId);
                _hubs[index] = hub;
                _clients[index] = new InteractionClient(hub.Device.Exchanges);
                hub.Device.Exchanges.Register(_clients[index]);
                _ends[index] = Link.Join(hub);
                Neighbours.Add(one.Authority.CompressedId, one.Credentials.NodeId, _ends[index]);
            }
        }
    }
}
