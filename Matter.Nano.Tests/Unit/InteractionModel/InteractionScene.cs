using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>
    /// A server with three endpoints of test clusters and controllers with sessions to it, on a link in memory. Endpoint 0
    /// has a plain cluster, 1 and 2 a test cluster each and a plain one.
    /// </summary>
    internal sealed class InteractionScene
    {
        public const int ServerEnd = 1;
        public const uint PlainId = 0x33;
        public const uint DeviceType = 0x0100;

        private const int MaxClients = 8;

        private readonly InteractionNode[] _clients = new InteractionNode[MaxClients];
        private readonly InteractionNode _server;
        private int _clientCount;

        /// <summary>A server, and one client with a CASE session on fabric 1 that may do everything.</summary>
        public InteractionScene()
            : this(new InteractionNode(1))
        {
        }

        /// <summary>The same with a server node of the caller's.</summary>
        public InteractionScene(InteractionNode server)
        {
            _server = server;
            Store = new CountingStore();
            Fabrics = new FabricTable(_server.Crypto, Store);
            Model = new DataModel(_server.Crypto.Random);
            Model.Events = new EventLog(Store, Fabrics.Clock);
            One = new TestCluster();
            Two = new TestCluster();
            Endpoint root = new Endpoint(0, 0);
            root.Add(new PlainCluster(PlainId));
            Endpoint first = new Endpoint(1, 0);
            first.AddDeviceType(DeviceType, 3);
            first.Add(One);
            first.Add(new PlainCluster(PlainId + 1));
            Endpoint second = new Endpoint(2, 0);
            second.Add(Two);
            Model.Add(second);
            Model.Add(root);
            Model.Add(first);
            Protocol = new InteractionProtocol(_server.Exchanges, _server.Sessions, Model, Fabrics, _server.Crypto);
            Link.Join(_server);
            AddFabric(1);
            Client = AddClient();
            Session = Pair(Client, SessionType.Case, 1, 0x1111);
        }

        public MemoryLink Link { get; } = new MemoryLink(1);

        public CountingStore Store { get; }

        public FabricTable Fabrics { get; }

        public DataModel Model { get; }

        public InteractionProtocol Protocol { get; }

        /// <summary>The test cluster of endpoint 1.</summary>
        public TestCluster One { get; }

        /// <summary>The test cluster of endpoint 2.</summary>
        public TestCluster Two { get; }

        public InteractionClient Client { get; }

        /// <summary>The first client's session.</summary>
        public Session Session { get; private set; }

        public SessionTable ServerSessions { get { return _server.Sessions; } }

        public ExchangeTable ServerExchanges { get { return _server.Exchanges; } }

        public long Now { get { return Link.Now; } }

        /// <summary>The path of all there is.</summary>
        public static long[] Everything() { return new long[] { -1, -1, -1 }; }

        /// <summary>A scene whose client has subscribed to everything and was told it.</summary>
        public static InteractionScene Subscribed(int minInterval, int maxInterval, out InteractionClient client)
        {
            InteractionScene scene = new InteractionScene();
            client = scene.Client;
            client.Subscribe(scene.Session, Everything(), minInterval, maxInterval, false, scene.Now);
            scene.Run(900);
            if (scene.Protocol.SubscriptionCount != 1) throw new Exception("no subscription");
            client.Clear();
            return scene;
        }

        public void Run(long milliseconds) { Link.Run(milliseconds); }

        /// <summary>Makes a fabric whose node 0x1111 may do everything.</summary>
        public void AddFabric(int index)
        {
            Fabric fabric = Fabrics.GetRow(index - 1);
            fabric.Index = index;
            fabric.RootCertificate = new byte[P256.PointLength];
            Fabrics.AccessControl.SetAdministrator(fabric, 0x1111);
        }

        /// <summary>Replaces the entries of a fabric by one; 0 and -1 stand for any subject, cluster, endpoint, device type.</summary>
        public void Grant(int fabricIndex, int privilege, ulong subject, long cluster, int endpoint, long deviceType)
        {
            Add(fabricIndex, false, privilege, AccessControlEntry.AuthModeCase, subject, cluster, endpoint, deviceType);
        }

        /// <summary>Adds an entry to those of a fabric.</summary>
        public void AddEntry(int fabricIndex, int privilege, ulong subject, long cluster, int endpoint, long deviceType)
        {
            Add(fabricIndex, true, privilege, AccessControlEntry.AuthModeCase, subject, cluster, endpoint, deviceType);
        }

        /// <summary>Replaces the entries of a fabric by one for a group.</summary>
        public void GrantGroup(int fabricIndex, int privilege, ulong group)
        {
            Add(fabricIndex, false, privilege, AccessControlEntry.AuthModeGroup, group, -1, -1, -1);
        }

        /// <summary>Adds a controller.</summary>
        public InteractionClient AddClient()
        {
            InteractionNode node = new InteractionNode((uint)_clientCount + 2);
            _clients[_clientCount++] = node;
            node.End = Link.Join(node);
            InteractionClient client = new InteractionClient(node.Exchanges);
            node.Client = client;
            return client;
        }

        /// <summary>Gives a controller a session.</summary>
        public Session Pair(InteractionClient client, int type, int fabricIndex, ulong nodeId)
        {
            InteractionNode node = NodeOf(client);
            ulong clientId = type == SessionType.Case ? nodeId : 0;
            ulong serverId = type == SessionType.Case ? 0x2222u : 0;
            byte[] keys = new byte[Session.KeysLength];
            node.Crypto.Random.Fill(keys, 0, keys.Length);
            Session here = node.Sessions.OpenUnsecured(Link.Address(ServerEnd), 1, Now);
            Session there = _server.Sessions.OpenUnsecured(Link.Address(node.End), 1, Now);
            Session session = node.Sessions.Reserve(fabricIndex, Now);
            Session served = _server.Sessions.Reserve(fabricIndex, Now);
            session.Establish(type, true, here, served.LocalSessionId, keys, 0, fabricIndex, clientId, serverId, Now);
            served.Establish(type, false, there, session.LocalSessionId, keys, 0, fabricIndex, serverId, clientId, Now);
            node.Sessions.Close(here, Now);
            _server.Sessions.Close(there, Now);
            return session;
        }

        /// <summary>An unsecured session of the first controller to the server.</summary>
        public Session OpenUnsecured() { return _clients[0].Sessions.OpenUnsecured(Link.Address(ServerEnd), 1, Now); }

        /// <summary>Gives the first client a new session in place of the one that is gone.</summary>
        public void Renew()
        {
            _clients[0].Sessions.Discard(Session, Now);
            Session = Pair(Client, SessionType.Case, 1, 0x1111);
        }

        /// <summary>Has a controller forget its session, of which the server hears nothing.</summary>
        public void Leave(InteractionClient client, Session session) { NodeOf(client).Sessions.Discard(session, Now); }

        /// <summary>The server's row of a client's session.</summary>
        public Session Served(Session session) { return _server.Sessions.Find(session.PeerSessionId); }

        /// <summary>Fails unless everything that a request occupies is free again.</summary>
        public void AssertIdle(string what)
        {
            if (ServerExchanges.Count != 0) throw new Exception(what + ": exchange left");
            if (Protocol.InteractionCount != 0) throw new Exception(what + ": interaction left");
        }

        private InteractionNode NodeOf(InteractionClient client)
        {
            for (int i = 0; i < _clientCount; i++)
            {
                if (_clients[i].Client == client) return _clients[i];
            }
            throw new Exception("not of this scene");
        }

        private void Add(
            int fabricIndex, bool keep, int privilege, int authMode, ulong subject, long cluster, int endpoint, long deviceType)
        {
            AccessControlEntry entry = new AccessControlEntry();
            entry.Privilege = privilege;
            entry.AuthMode = authMode;
            if (subject != 0)
            {
                entry.SubjectCount = 1;
                entry.Subjects[0] = subject;
            }
            if (cluster >= 0 || endpoint >= 0 || deviceType >= 0)
            {
                entry.TargetCount = 1;
                entry.Clusters[0] = cluster < 0 ? AccessControlEntry.AnyId : (uint)cluster;
                entry.Endpoints[0] = endpoint < 0 ? (ushort)AccessControlEntry.AnyEndpoint : (ushort)endpoint;
                entry.DeviceTypes[0] = deviceType < 0 ? AccessControlEntry.AnyId : (uint)deviceType;
            }
            AccessControlList list = Fabrics.AccessControl;
            list.Begin(Fabrics.Find(fabricIndex), keep);
            if (list.Add(entry) != 0 || list.Commit() != 0) throw new Exception("no entry");
        }
    }
}
