using System;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>
    /// A node's clusters without a network: the root endpoint and a light, called the way the interaction model calls them.
    /// </summary>
    internal sealed class ClusterScene
    {
        public const int LightEndpoint = 3;

        public readonly FabricScene Node;
        public readonly SessionTable Sessions;
        public readonly DataModel Model;
        public readonly InteractionContext Context = new InteractionContext();
        public readonly NetworkInterface Network = new NetworkInterface("eth0", NetworkInterface.Ethernet, new byte[] { 2, 0, 0, 0, 0, 1 });

        public readonly DescriptorCluster Descriptor = new DescriptorCluster();
        public readonly AccessControlCluster AccessControl;
        public readonly BasicInformationCluster BasicInformation;
        public readonly GeneralCommissioningCluster GeneralCommissioning;
        public readonly NetworkCommissioningCluster NetworkCommissioning;
        public readonly GeneralDiagnosticsCluster GeneralDiagnostics;
        public readonly AdministratorCommissioningCluster AdministratorCommissioning;
        public readonly OperationalCredentialsCluster OperationalCredentials;
        public readonly GroupKeyManagementCluster GroupKeyManagement;
        public readonly DescriptorCluster LightDescriptor = new DescriptorCluster();
        public readonly IdentifyCluster Identify;
        public readonly GroupsCluster Groups;
        public readonly OnOffCluster OnOff;

        /// <summary>What tests must know, and the last test event trigger that came with it.</summary>
        public readonly byte[] EnableKey = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
        public ulong Trigger;

        /// <summary>Calls of the On/Off handler, and the state in the last one.</summary>
        public int Shown;
        public bool IsShownOn;

        /// <summary>Calls of the Identify handler, and what the last one said.</summary>
        public int Identified;
        public int Effect;
        public bool IsIdentifying;

        private readonly byte[] _request = new byte[1200];
        private readonly byte[] _answer = new byte[1200];
        private readonly byte[] _dump = new byte[8000];
        private readonly TlvWriter _fields = new TlvWriter();
        private readonly TlvWriter _response = new TlvWriter();
        private readonly TlvReader _reader = new TlvReader();
        private int _items;

        public ClusterScene()
            : this(new PowerCutStore())
        {
        }

        /// <summary>Starts the node on what a store holds.</summary>
        public ClusterScene(PowerCutStore store)
        {
            Node = new FabricScene(store);
            CryptoSuite crypto = Node.Crypto;
            Sessions = new SessionTable(crypto);
            Model = new DataModel(crypto.Random);
            Model.Events = new EventLog(new PowerCutStore(), Node.Fabrics.Clock);
            BasicInformation = new BasicInformationCluster(Product(), new byte[BasicInformationCluster.UniqueIdLength]);
            AccessControl = new AccessControlCluster(Node.Fabrics);
            GeneralCommissioning = new GeneralCommissioningCluster(Node.FailSafe, Sessions, BasicInformation);
            NetworkCommissioning = new NetworkCommissioningCluster(Network);
            GeneralDiagnostics = new GeneralDiagnosticsCluster(Network, BootReason.SoftwareReset, EnableKey, TakeTrigger);
            AdministratorCommissioning = new AdministratorCommissioningCluster(Node.Fabrics, Node.Window, Node.FailSafe);
            OperationalCredentials = new OperationalCredentialsCluster(
                crypto, TestAttestation.Create(crypto), Node.Fabrics, Node.FailSafe, Sessions);
            GroupKeyManagement = new GroupKeyManagementCluster(Node.Fabrics);
            Endpoint root = new Endpoint(0, 0);
            root.AddDeviceType(0x16, 4);
            root.Add(Descriptor);
            root.Add(AccessControl);
            root.Add(BasicInformation);
            root.Add(GeneralCommissioning);
            root.Add(NetworkCommissioning);
            root.Add(GeneralDiagnostics);
            root.Add(AdministratorCommissioning);
            root.Add(OperationalCredentials);
            root.Add(GroupKeyManagement);
            Model.Add(root);

            Identify = new IdentifyCluster(IdentifyCluster.LightOutput, ShowIdentify);
            Groups = new GroupsCluster(GroupKeyManagement, Identify);
            OnOff = new OnOffCluster(Show);
            Endpoint light = new Endpoint(LightEndpoint, 0);
            light.AddDeviceType(0x100, 3);
            light.Add(LightDescriptor);
            light.Add(Identify);
            light.Add(Groups);
            light.Add(OnOff);
            Model.Add(light);
            GeneralDiagnostics.Interactions = new InteractionProtocol(
                new ExchangeTable(crypto, Sessions), Sessions, Model, Node.Fabrics, crypto);
        }

        /// <summary>Status of the last <see cref="Invoke"/>.</summary>
        public int Status { get; private set; }

        public long Now
        {
            get { return Context.Now; }
            set { Context.Now = value; }
        }

        /// <summary>Makes a fabric that the context then acts for.</summary>
        public Fabric AddFabric(int index)
        {
            Fabric fabric = Node.Fabrics.GetRow(index - 1);
            fabric.Index = index;
            fabric.RootCertificate = new byte[P256.PointLength];
            fabric.FabricId = (ulong)index;
            fabric.VendorId = 0xFFF1;
            Node.Fabrics.AccessControl.SetAdministrator(fabric, 0x1111);
            Act(index);
            return fabric;
        }

        /// <summary>From now on a fabric asks, on a session of its own.</summary>
        public void Act(int fabricIndex)
        {
            Act(SessionType.Case, fabricIndex);
        }

        public void Act(int sessionType, int fabricIndex)
        {
            byte[] keys = new byte[Session.KeysLength];
            for (int i = 0; i < keys.Length; i++) keys[i] = (byte)i;
            Session unsecured = Sessions.OpenUnsecured(new byte[] { 1 }, 1, Now);
            Session session = Sessions.Reserve(fabricIndex, Now);
            session.Establish(sessionType, false, unsecured, 1, keys, 0, fabricIndex, 0, 0x1111, Now);
            Sessions.Close(unsecured, Now);
            Context.Session = session;
            Context.FabricIndex = fabricIndex;
            Context.IsFabricFiltered = true;
        }

        /// <summary>Begins a command's fields; write them, then <see cref="Invoke"/>.</summary>
        public TlvWriter Fields()
        {
            _fields.Reset(_request, 0, _request.Length);
            _fields.StartStructure(TlvTag.Anonymous);
            return _fields;
        }

        /// <summary>Begins an attribute's value: one anonymous element, then <see cref="Write"/>.</summary>
        public TlvWriter Value()
        {
            _fields.Reset(_request, 0, _request.Length);
            return _fields;
        }

        /// <summary>Invokes with the fields written, and goes on until there is an answer.</summary>
        public int Invoke(Cluster cluster, uint commandId)
        {
            _fields.EndContainer();
            Assert.AreEqual(0, _fields.Error);
            return Invoke(cluster, commandId, _request, _fields.Length);
        }

        /// <summary>Invokes without fields.</summary>
        public int InvokePlain(Cluster cluster, uint commandId)
        {
            Fields();
            return Invoke(cluster, commandId);
        }

        public int Invoke(Cluster cluster, uint commandId, byte[] fields, int length)
        {
            _reader.Reset(fields, 0, length);
            _reader.Next();
            StartAnswer();
            Status = cluster.Invoke(commandId, _reader, _response, Context);
            for (int i = 0; Status == ImStatus.Pending; i++)
            {
                Assert.IsTrue(i < 5000, "never ends");
                StartAnswer();
                Status = cluster.Continue(_response, Context);
            }

            if (Status == ImStatus.Success)
            {
                _response.EndContainer();
                Assert.AreEqual(0, _response.Error);
            }

            return Status;
        }

        /// <summary>The fields written, for a test to damage.</summary>
        public byte[] TakeFields()
        {
            _fields.EndContainer();
            byte[] fields = new byte[_fields.Length];
            Array.Copy(_request, 0, fields, 0, fields.Length);
            return fields;
        }

        /// <summary>The value written, for a test to damage.</summary>
        public byte[] TakeValue()
        {
            byte[] value = new byte[_fields.Length];
            Array.Copy(_request, 0, value, 0, value.Length);
            return value;
        }

        /// <summary>A reader that stands on a field of the last response.</summary>
        public TlvReader Answer(int tag)
        {
            Assert.AreEqual(ImStatus.Success, Status);
            _reader.Reset(_answer, 0, _response.Length);
            _reader.EnterMessage();
            while (_reader.Next())
            {
                if (_reader.Tag == tag) return _reader;
            }

            Assert.AreEqual(0, _reader.Error);
            return null;
        }

        public int AnswerNumber(int tag) { return (int)Answer(tag).GetUnsigned(int.MaxValue); }

        /// <summary>Writes the value put into <see cref="Value"/>.</summary>
        public int Write(Cluster cluster, uint attributeId)
        {
            Assert.AreEqual(0, _fields.Error);
            return Write(cluster, attributeId, _request, _fields.Length, false);
        }

        /// <summary>Appends the value put into <see cref="Value"/> to a list.</summary>
        public int WriteItem(Cluster cluster, uint attributeId)
        {
            Assert.AreEqual(0, _fields.Error);
            return Write(cluster, attributeId, _request, _fields.Length, true);
        }

        public int Write(Cluster cluster, uint attributeId, byte[] value, int length, bool appends)
        {
            _reader.Reset(value, 0, length);
            _reader.Next();
            return appends ? cluster.WriteItem(attributeId, _reader, Context) : cluster.Write(attributeId, _reader, Context);
        }

        public int WriteNumber(Cluster cluster, uint attributeId, uint value)
        {
            Value().PutUnsigned(TlvTag.Anonymous, value);
            return Write(cluster, attributeId);
        }

        /// <summary>A reader that stands on an attribute's value, for a list on an array of its items.</summary>
        public TlvReader Read(Cluster cluster, uint attributeId)
        {
            TlvWriter writer = _response;
            writer.Reset(_answer, 0, _answer.Length);
            int row = cluster.FindAttribute(attributeId);
            Assert.IsTrue(row >= 0, "no such attribute");
            ReadRow(cluster, row, writer);
            Assert.AreEqual(0, writer.Error);
            _reader.Reset(_answer, 0, writer.Length);
            Assert.IsTrue(_reader.Next());
            Assert.AreEqual(writer.Length, _reader.ElementLength(), "one element");
            return _reader;
        }

        public int ReadNumber(Cluster cluster, uint attributeId)
        {
            return (int)Read(cluster, attributeId).GetUnsigned(int.MaxValue);
        }

        public bool IsNull(Cluster cluster, uint attributeId)
        {
            return Read(cluster, attributeId).Type == TlvType.Null;
        }

        /// <summary>Number of a list's items.</summary>
        public int Count(Cluster cluster, uint attributeId)
        {
            Read(cluster, attributeId);
            return _items;
        }

        /// <summary>A reader that stands on a field of a list's item.</summary>
        public TlvReader Item(Cluster cluster, uint attributeId, int index, int tag)
        {
            TlvReader reader = Read(cluster, attributeId);
            reader.Enter();
            for (int i = 0; i <= index; i++) Assert.IsTrue(reader.Next(), "no such item");
            if (tag < 0) return reader;
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag == tag) return reader;
            }

            return null;
        }

        public int ItemNumber(Cluster cluster, uint attributeId, int index, int tag)
        {
            return (int)Item(cluster, attributeId, index, tag).GetUnsigned(int.MaxValue);
        }

        /// <summary>Everything that a cluster shows and stores, as a checksum.</summary>
        public uint Sum(Cluster cluster)
        {
            bool isFiltered = Context.IsFabricFiltered;
            Context.IsFabricFiltered = false;
            TlvWriter writer = _response;
            writer.Reset(_dump, 0, _dump.Length);
            for (int row = 0; row < cluster.TableRows; row++)
            {
                if (cluster.IsPresent(row)) ReadRow(cluster, row, writer);
            }

            cluster.Save(writer);
            Context.IsFabricFiltered = isFiltered;
            Assert.AreEqual(0, writer.Error);
            uint sum = 2166136261;
            for (int i = 0; i < writer.Length; i++) sum = (sum ^ _dump[i]) * 16777619;
            return sum;
        }

        /// <summary>Saves a cluster and loads the state into that of another scene.</summary>
        public void Restart(Cluster from, Cluster to)
        {
            TlvWriter writer = _response;
            writer.Reset(_dump, 0, Limits.ClusterStateLength);
            writer.StartStructure(TlvTag.Anonymous);
            from.Save(writer);
            writer.EndContainer();
            Assert.AreEqual(0, writer.Error, "state too long");
            Load(to, _dump, writer.Length);
            Assert.AreEqual(0, _reader.Error);
        }

        /// <summary>Loads a state, right or wrong, into a cluster.</summary>
        public void Load(Cluster cluster, byte[] state, int length)
        {
            _reader.Reset(state, 0, length);
            _reader.EnterMessage();
            cluster.Load(_reader);
        }

        /// <summary>Polls a cluster whenever it wants until a time.</summary>
        public void Run(Cluster cluster, long until)
        {
            for (long next = cluster.Poll(Now); next <= until; next = cluster.Poll(Now))
            {
                Assert.IsTrue(next > Now, "polled in vain");
                Now = next;
            }

            Now = until;
        }

        // Knows triggers up to 100.
        private bool TakeTrigger(ulong trigger)
        {
            Trigger = trigger;
            return trigger <= 100;
        }

        private static ProductInformation Product()
        {
            return new ProductInformation { SerialNumber = "42" };
        }

        private void ReadRow(Cluster cluster, int row, TlvWriter writer)
        {
            if ((cluster.GetQuality(row) & Quality.List) == 0)
            {
                Assert.AreEqual(ImStatus.Success, cluster.ReadRow(row, writer, TlvTag.Anonymous, Context));
                return;
            }

            writer.StartArray(TlvTag.Anonymous);
            _items = 0;
            for (int i = 0, length = writer.Length; cluster.ReadRowItem(row, i, writer, Context) == ImStatus.Success; i++)
            {
                if (writer.Length > length) _items++;
                length = writer.Length;
            }

            writer.EndContainer();
        }

        private void StartAnswer()
        {
            _response.Reset(_answer, 0, _answer.Length);
            _response.StartStructure(TlvTag.Anonymous);
        }

        private void Show(OnOffCluster cluster, bool on)
        {
            Shown++;
            IsShownOn = on;
        }

        private void ShowIdentify(IdentifyCluster cluster, int effect, bool isIdentifying)
        {
            Identified++;
            Effect = effect;
            IsIdentifying = isIdentifying;
        }
    }
}
