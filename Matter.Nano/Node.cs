using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Discovery;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using Matter.Nano.Platform;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;

namespace Matter.Nano
{
    /// <summary>
    /// A Matter node: owns all tables and its root endpoint. A driver feeds it datagrams and the time, and sends what
    /// <see cref="Outbox"/> and <see cref="Discovery"/> hold after every call.
    /// </summary>
    /// <remarks>One thread at a time. Nothing is allocated after <see cref="Start"/>.</remarks>
    public sealed partial class Node : ISecureChannelListener, IFabricListener, IFailSafeListener, ICommissioningWindowListener
    {
        /// <summary>Device type of the root endpoint.</summary>
        public const uint RootNodeDeviceType = 0x0016;

        private const int RootNodeRevision = 4;

        private readonly NodeOptions _options;
        private readonly ExchangeTable _exchanges;
        private readonly ClusterStore _clusterStore;
        private readonly ResumptionTable _resumptions;
        private readonly GeneralDiagnosticsCluster _generalDiagnostics;
        private readonly BasicInformationCluster _basicInformation;
        private WiFiCommissioningCluster _wifiCommissioning; // null without Wi-Fi
        private WiFiDiagnosticsCluster _wifiDiagnostics;
        private SubscriptionStore _subscriptions; // null for a node that only answers
        private SubscriptionResumer _resumer;
        private GroupCommands _groupCommands;
        private long _quietFromMs;
        private bool _isPrepared;

        /// <summary>Creates a node with its root endpoint; the application then adds its own endpoints.</summary>
        /// <param name="options">Kept.</param>
        public Node(NodeOptions options)
        {
            _options = options;
            CryptoSuite crypto = options.Crypto;
            if (options.PreparesHandshakes)
            {
                crypto.P256.Reserve(Limits.PreparedKeyPairs, Limits.PreparedSignatures, Limits.VerificationTables);
            }

            Sessions = new SessionTable(crypto);
            _exchanges = new ExchangeTable(crypto, Sessions);
            _exchanges.AckPatienceMs = options.AckPatienceMs;
            Fabrics = new FabricTable(crypto, options.Store);
            CommissioningVerifier verifier = options.Verifier;
            _exchanges.Groups = new GroupSessions(crypto, Fabrics, options.Store);
            Window = new CommissioningWindow(Fabrics, options.Discriminator, verifier.Verifier, verifier.Salt, verifier.Iterations);
            FailSafe = new FailSafe(crypto, Fabrics, Window);
            Discovery = new MdnsResponder(CreateMdnsOptions(options), crypto.Random, Fabrics.Scratch);
            Model = new DataModel(crypto.Random);
            Model.Events = new EventLog(options.Store, Fabrics.Clock);
            _clusterStore = new ClusterStore(Model, options.Store, Fabrics.Scratch);
            _resumptions = new ResumptionTable(Fabrics, options.Store);
            SecureChannel = new SecureChannelProtocol(crypto, Sessions, Fabrics, _resumptions, Window, options.Parameters, this);
            _exchanges.Register(SecureChannel);

            _basicInformation = new BasicInformationCluster(options.Product, LoadUniqueId());
            _generalDiagnostics = new GeneralDiagnosticsCluster(
                options.Network, options.BootReason, options.EnableKey, options.TestEventTrigger);
            GroupKeyManagement = new GroupKeyManagementCluster(Fabrics);
            Model.Groups = GroupKeyManagement.Groups;
            Model.Fabrics = Fabrics;
            Model.Add(CreateRoot());
            Fabrics.AddListener(this);
            Fabrics.AddListener(_resumptions);
            FailSafe.AddListener(this);
            Window.AddListener(this);
        }

        /// <summary>The driver reads each datagram into it before <see cref="Receive"/>.</summary>
        public byte[] RxBuffer { get; } = new byte[Limits.ReceivedDatagram];

        /// <summary>What is to be sent.</summary>
        public Outbox Outbox { get { return _exchanges.Outbox; } }

        /// <summary>Multicast DNS, with datagrams of its own; its interfaces are for the driver to set.</summary>
        public MdnsResponder Discovery { get; }

        /// <summary>The endpoints.</summary>
        public DataModel Model { get; }

        /// <summary>The sessions.</summary>
        public SessionTable Sessions { get; }

        /// <summary>The fabrics.</summary>
        public FabricTable Fabrics { get; }

        /// <summary>The commissioning window.</summary>
        public CommissioningWindow Window { get; }

        /// <summary>The fail-safe.</summary>
        public FailSafe FailSafe { get; }

        /// <summary>Handshakes.</summary>
        public SecureChannelProtocol SecureChannel { get; }

        /// <summary>Reads, writes, commands and subscriptions; there from <see cref="Start"/> on.</summary>
        public InteractionProtocol Interactions { get; private set; }

        /// <summary>The root endpoint's Group Key Management, which an endpoint's Groups cluster needs.</summary>
        public GroupKeyManagementCluster GroupKeyManagement { get; }

        /// <summary>The exchanges, for whoever counts what was dropped.</summary>
        public ExchangeTable Exchanges { get { return _exchanges; } }

        /// <summary>Is told of new sessions, after the node itself; may be null.</summary>
        public ISecureChannelListener Listener { get; set; }

        /// <summary>
        /// Adds an endpoint, also while the node runs; throws if its number is taken. After <see cref="Start"/> it must be complete
        /// and throws if it isn't; it gets back what was stored under its number, and subscribers hear of it.
        /// </summary>
        /// <param name="endpoint">A device, such as an On/Off Light, or an endpoint put together by hand.</param>
        public void Add(Endpoint endpoint)
        {
            Model.Add(endpoint);
        }

        /// <summary>Removes an endpoint for good, also while the node runs: with its parts, and what is stored of them. Throws if it isn't there.</summary>
        /// <param name="endpoint">What <see cref="Add"/> or another endpoint's Add was given.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        public int Remove(Endpoint endpoint)
        {
            return Model.Remove(endpoint);
        }

        /// <summary>
        /// Loads what is stored and opens for business. All endpoints must be there; throws if one lacks what its device types
        /// require, and says what.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or the first error met while loading; the node then runs with what could be read.</returns>
        public int Start(long now)
        {
            DeclarationCheck.Run(Model);
            int fabrics = Fabrics.Load();
            int resumptions = _resumptions.Load();
            int clusters = _clusterStore.Load();
            int configuration = _clusterStore.LoadConfiguration();
            int network = 0;
            if (_wifiCommissioning != null)
            {
                network = _wifiCommissioning.Recover(now);
                _wifiCommissioning.LinkChanged();
            }

            Interactions = new InteractionProtocol(_exchanges, Sessions, Model, Fabrics, _options.Crypto);
            _groupCommands = new GroupCommands(_exchanges, Interactions);
            int subscriptions = _options.Addressing == null ? 0 : LoadSubscriptions(now);
            _generalDiagnostics.Interactions = Interactions;
            _generalDiagnostics.StartMs = now;
            Model.Events.StartMs = now;
            for (int row = 0; row < Fabrics.Capacity; row++)
            {
                Fabric fabric = Fabrics.GetRow(row);
                if (fabric.Index != 0)
                {
                    FabricAdded(fabric, now);
                }
            }

            _basicInformation.Started();
            _generalDiagnostics.Started();
            _quietFromMs = now;
            Window.OpenInitial(now);
            Model.Started(_clusterStore, Interactions);
            int loaded = fabrics != 0 ? fabrics : resumptions != 0 ? resumptions : clusters != 0 ? clusters : configuration != 0 ? configuration : network;
            return loaded != 0 ? loaded : subscriptions;
        }

        /// <summary>Takes in the datagram in <see cref="RxBuffer"/>.</summary>
        /// <param name="peer">The sender's address; not kept.</param>
        /// <param name="peerLength">Its length in bytes.</param>
        /// <param name="length">Length of the datagram in bytes.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Receive(byte[] peer, int peerLength, int length, long now)
        {
            _quietFromMs = now + _options.QuietMs;
            _isPrepared = false;
            _exchanges.Receive(RxBuffer, length, peer, peerLength, now);
        }

        /// <summary>Does what is due.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; <paramref name="now"/> for at once, long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            // What the application raised since the last call gets its time.
            Model.Events.Stamp(now);

            // Commands that continue here may set the deadlines that are asked for after them.
            long deadline = _exchanges.Poll(now);
            deadline = Earlier(deadline, FailSafe.Poll(now));
            deadline = Earlier(deadline, Window.Poll(now));
            deadline = Earlier(deadline, _clusterStore.Poll(now));
            deadline = Earlier(deadline, _resumptions.Poll(now));
            deadline = Earlier(deadline, Discovery.Poll(now));

            if (_resumer != null)
            {
                deadline = Earlier(deadline, _subscriptions.Poll(now));
                deadline = Earlier(deadline, _resumer.Poll(now));
            }

            // Subscribers hear at once of what changed since their reports were looked at.
            deadline = Interactions.HasNews ? now : deadline;
            return deadline <= now || _isPrepared || !_options.PreparesHandshakes ? deadline : Earlier(deadline, Prepare(now));
        }

        // Work ahead of need has no hurry: it waits until all is quiet and everything is out.
        private long Prepare(long now)
        {
            if (now < _quietFromMs || !Outbox.IsEmpty)
            {
                return now < _quietFromMs ? _quietFromMs : now;
            }

            int result = SecureChannel.Prepare();
            _isPrepared = result == 0;
            return result == P256.Running ? now : long.MaxValue;
        }

        /// <summary>
        /// Tells the node the time, or that it isn't known any more. From then on certificates of peers must be valid at this
        /// time, and messages to groups get the key that is current. Without it neither expiry nor a start in the future
        /// counts, and of several group keys the second newest is used.
        /// </summary>
        /// <param name="seconds">UTC in seconds since 2000-01-01, from a source that can be trusted; 0 for unknown.</param>
        /// <param name="now">Monotonic ms.</param>
        public void SetUtcTime(uint seconds, long now)
        {
            Fabrics.Clock.Set(seconds, now);
        }

        /// <summary>
        /// Sends a command to a group; there from <see cref="Start"/> on. It goes out once, and nobody answers. The node needn't
        /// be a member itself; if it is, it doesn't execute its own command. The administrator has to give it the group's
        /// keys, as to any member.
        /// </summary>
        /// <param name="fabricIndex">The group's fabric.</param>
        /// <param name="groupId">The group.</param>
        /// <param name="clusterId">Cluster id.</param>
        /// <param name="commandId">Command id.</param>
        /// <param name="fields">Holds the command's fields: an anonymous structure in TLV; not kept.</param>
        /// <param name="fieldsOffset">First byte.</param>
        /// <param name="fieldsLength">Length in bytes; 0 for a command without fields.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// 0; <see cref="MatterError.NotFound"/> if there is no such fabric or it has no key for the group;
        /// <see cref="MatterError.Busy"/> if the outbox is full; <see cref="MatterError.BufferTooSmall"/> or a TLV error for the
        /// fields; <see cref="MatterError.StorageFailed"/> or <see cref="MatterError.DamagedRecord"/> if the message counter
        /// cannot be kept. Then nothing is sent.
        /// </returns>
        public int InvokeGroup(
            int fabricIndex, int groupId, uint clusterId, uint commandId, byte[] fields, int fieldsOffset, int fieldsLength, long now)
        {
            Fabric fabric = Fabrics.Find(fabricIndex);
            return fabric == null
                ? MatterError.NotFound
                : _groupCommands.Invoke(fabric, groupId, clusterId, commandId, fields, fieldsOffset, fieldsLength, now);
        }

        /// <summary>Tells the multicast address of a group that an endpoint belongs to; messages to it go to UDP port 5540.</summary>
        /// <param name="row">A row of <see cref="GroupTable"/>, whose <see cref="GroupTable.Stamp"/> tells of changes; groups may come repeatedly.</param>
        /// <param name="address">Receives the IPv6 address, 16 bytes.</param>
        /// <returns>False if the row is free.</returns>
        public bool GetGroupAddress(int row, byte[] address)
        {
            GroupTable groups = GroupKeyManagement.Groups;
            Fabric fabric = groups.GetFabricIndex(row) == 0 ? null : Fabrics.Find(groups.GetFabricIndex(row));
            if (fabric == null)
            {
                return false;
            }

            GroupAddress.Write(address, fabric.FabricId, groups.GetGroupId(row));
            return true;
        }

        /// <summary>The driver changed the addresses of the interface that the options name, or its Wi-Fi connection changed.</summary>
        public void NetworkChanged()
        {
            _generalDiagnostics.NetworkChanged();
            if (_wifiCommissioning != null)
            {
                _wifiCommissioning.LinkChanged();
                _wifiDiagnostics.LinkChanged();
            }
        }

        /// <summary>
        /// Saves what waits, tells subscribers of the ShutDown event where there is room, closes all sessions and takes back
        /// all mDNS records: send what is queued, then stop.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        public int Stop(long now)
        {
            int result = _clusterStore.Flush();
            FailSafe.Expire(now);
            int resumptions = _resumptions.Flush();
            int subscriptions = _subscriptions == null ? 0 : _subscriptions.Flush();
            _basicInformation.Stopping();
            Interactions.Poll(now);
            for (int row = 0; row < Sessions.Capacity; row++)
            {
                Session session = Sessions.GetRow(row);
                if (session.IsActive)
                {
                    Sessions.Close(session, now);
                }
            }

            Discovery.Stop();
            _options.Crypto.P256.Drop();
            return result != 0 ? result : resumptions != 0 ? resumptions : subscriptions;
        }

        private static long Earlier(long left, long right)
        {
            return left < right ? left : right;
        }

        private static MdnsOptions CreateMdnsOptions(NodeOptions options)
        {
            ProductInformation product = options.Product;
            SessionParameters parameters = options.Parameters;
            return new MdnsOptions
            {
                HostId = options.HostId ?? options.Network.HardwareAddress,
                Port = options.Port,
                InterfaceCapacity = options.DiscoveryInterfaces,
                FabricCapacity = Limits.Fabrics,
                VendorId = product.VendorId,
                ProductId = product.ProductId,
                DeviceType = product.DeviceType,
                IdleIntervalMs = parameters.IdleIntervalMs,
                ActiveIntervalMs = parameters.ActiveIntervalMs,
                ActiveThresholdMs = parameters.ActiveThresholdMs,
            };
        }

        private Endpoint CreateRoot()
        {
            NodeOptions options = _options;
            GeneralCommissioningCluster generalCommissioning = new GeneralCommissioningCluster(FailSafe, Sessions, _basicInformation);
            Endpoint root = new Endpoint(0, 0);
            root.AddDeviceType(RootNodeDeviceType, RootNodeRevision);
            root.Add(new DescriptorCluster());
            root.Add(new AccessControlCluster(Fabrics));
            root.Add(_basicInformation);
            root.Add(generalCommissioning);
            if (options.WiFi == null)
            {
                root.Add(new NetworkCommissioningCluster(options.Network));
            }
            else
            {
                _wifiCommissioning = new WiFiCommissioningCluster(options.WiFi, FailSafe, generalCommissioning, Fabrics, options.Store);
                _wifiDiagnostics = new WiFiDiagnosticsCluster(options.WiFi);
                _wifiCommissioning.Diagnostics = _wifiDiagnostics;
                root.Add(_wifiCommissioning);
                root.Add(_wifiDiagnostics);
            }

            root.Add(_generalDiagnostics);
            root.Add(new AdministratorCommissioningCluster(Fabrics, Window, FailSafe));
            root.Add(new OperationalCredentialsCluster(options.Crypto, options.Attestation, Fabrics, FailSafe, Sessions));
            root.Add(GroupKeyManagement);
            return root;
        }

        private int LoadSubscriptions(long now)
        {
            _subscriptions = new SubscriptionStore(Interactions.Subscriptions, Fabrics, _options.Store);
            _resumer = new SubscriptionResumer(this, _options.Addressing, _options.Crypto.Random);
            int result = _subscriptions.Load();
            _resumer.Start(now);
            return result;
        }

        private byte[] LoadUniqueId()
        {
            byte[] id = new byte[BasicInformationCluster.UniqueIdLength];
            IKeyValueStore store = _options.Store;
            if (store.Read(StoreKey.UniqueId, id, 0, id.Length) != id.Length)
            {
                _options.Crypto.Random.Fill(id, 0, id.Length);
                store.Write(StoreKey.UniqueId, id, 0, id.Length);
            }

            return id;
        }
    }
}
