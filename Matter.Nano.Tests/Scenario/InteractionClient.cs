using System;
using Matter.Nano.Exchanges;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>
    /// The Interaction Model protocol of a controller: makes requests, keeps every message that comes back, confirms
    /// reports. -1 stands for a wildcard in a path. Written against the specification's tables, not with the server's code.
    /// </summary>
    internal sealed partial class InteractionClient : ProtocolHandler
    {
        private const int Capacity = 200;

        private readonly ExchangeTable _exchanges;
        private readonly byte[] _request = new byte[1280];
        private readonly byte[][] _messages = new byte[Capacity][];
        private readonly int[] _opcodes = new int[Capacity];
        private readonly bool[] _isUnsolicited = new bool[Capacity];
        private readonly TlvReader _reader = new TlvReader();
        private int _opcode;

        /// <summary>Creates a client and registers it.</summary>
        public InteractionClient(ExchangeTable exchanges)
        {
            _exchanges = exchanges;
            exchanges.Register(this);
        }

        public override int ProtocolId { get { return 1; } }

        /// <summary>The request being made; values go in between Begin and End.</summary>
        public TlvWriter Writer { get; } = new TlvWriter();

        /// <summary>Messages received since <see cref="Clear"/>.</summary>
        public int Count { get; private set; }

        /// <summary>Exchanges lost since <see cref="Clear"/>.</summary>
        public int Aborts { get; private set; }

        /// <summary>The exchange of the last request.</summary>
        public Exchange Exchange { get; private set; }

        /// <summary>The exchange of the last message received.</summary>
        public Exchange LastExchange { get; private set; }

        /// <summary>Leave reports without a StatusResponse.</summary>
        public bool IsMute { get; set; }

        /// <summary>Status with which reports are confirmed.</summary>
        public int ReportStatus { get; set; }

        /// <summary>Endpoint, cluster and version three by three: DataVersionFilters of the next reads and subscriptions.</summary>
        public long[] Versions { get; set; }

        /// <summary>WildcardPathFlags of the next reads; 0 for none.</summary>
        public int WildcardPathFlags { get; set; }

        /// <summary>WildcardFilterConfigurationVersion beside these flags; -1 for none.</summary>
        public long FilterVersion { get; set; } = -1;

        /// <summary>Ask for all events too, urgently.</summary>
        public bool AsksForEvents { get; set; }

        /// <summary>Endpoint, cluster and event three by three: event paths of the next reads and subscriptions.</summary>
        public long[] EventPaths { get; set; }

        /// <summary>Event paths are urgent.</summary>
        public bool IsUrgent { get; set; }

        /// <summary>EventMin of the next reads and subscriptions.</summary>
        public ulong EventMin { get; set; }

        /// <summary>Id of the subscription made last.</summary>
        public uint SubscriptionId { get; private set; }

        /// <summary>MaxInterval of the subscription made last, in s; -1 before.</summary>
        public int MaxInterval { get; private set; }

        /// <summary>Forgets what was received.</summary>
        public void Clear()
        {
            Count = 0;
            Aborts = 0;
            MaxInterval = -1;
        }

        /// <summary>Reads the attributes of paths: endpoint, cluster, attribute three by three.</summary>
        public void Read(Session session, long[] paths, bool isFabricFiltered, long now)
        {
            Begin(InteractionOpcode.ReadRequest);
            PutPaths(0, paths);
            PutEvents(1);
            Writer.PutBoolean(3, isFabricFiltered);
            PutVersions(4);
            End();
            Send(session, now);
        }

        /// <summary>Subscribes to the attributes of paths.</summary>
        public void Subscribe(Session session, long[] paths, int minInterval, int maxInterval, bool keep, long now)
        {
            Begin(InteractionOpcode.SubscribeRequest);
            Writer.PutBoolean(0, keep);
            Writer.PutUnsigned(1, (ulong)minInterval);
            Writer.PutUnsigned(2, (ulong)maxInterval);
            PutPaths(3, paths);
            PutEvents(4);
            Writer.PutBoolean(7, true);
            PutVersions(8);
            End();
            Send(session, now);
        }

        /// <summary>Begins a WriteRequest.</summary>
        public void BeginWrite(bool isTimed, bool isSuppressed)
        {
            Begin(InteractionOpcode.WriteRequest);
            Writer.PutBoolean(0, isSuppressed);
            Writer.PutBoolean(1, isTimed);
            Writer.StartArray(2);
        }

        /// <summary>Begins an AttributeDataIB; the value follows with tag 2.</summary>
        public void BeginItem(int endpoint, uint cluster, uint attribute, bool isAppended, long version)
        {
            Writer.StartStructure(TlvTag.Anonymous);
            if (version >= 0) Writer.PutUnsigned(0, (ulong)version);
            Writer.StartList(1);
            Writer.PutUnsigned(2, (ulong)endpoint);
            Writer.PutUnsigned(3, cluster);
            Writer.PutUnsigned(4, attribute);
            if (isAppended) Writer.PutNull(5);
            Writer.EndContainer();
        }

        /// <summary>Ends an AttributeDataIB.</summary>
        public void EndItem() { Writer.EndContainer(); }

        /// <summary>Ends a WriteRequest.</summary>
        public void EndWrite(bool hasMore)
        {
            Writer.EndContainer();
            if (hasMore) Writer.PutBoolean(3, true);
            End();
        }

        /// <summary>Writes an unsigned attribute by a request of its own.</summary>
        public void Write(Session session, int endpoint, uint cluster, uint attribute, ulong value, long now)
        {
            BeginWrite(false, false);
            BeginItem(endpoint, cluster, attribute, false, -1);
            Writer.PutUnsigned(2, value);
            EndItem();
            EndWrite(false);
            Send(session, now);
        }

        /// <summary>Begins an InvokeRequest of one command; its fields follow.</summary>
        public void BeginInvoke(int endpoint, uint cluster, uint command, bool isTimed)
        {
            Begin(InteractionOpcode.InvokeRequest);
            Writer.PutBoolean(0, false);
            Writer.PutBoolean(1, isTimed);
            Writer.StartArray(2);
            Writer.StartStructure(TlvTag.Anonymous);
            Writer.StartList(0);
            if (endpoint >= 0) Writer.PutUnsigned(0, (ulong)endpoint);
            Writer.PutUnsigned(1, cluster);
            Writer.PutUnsigned(2, command);
            Writer.EndContainer();
            Writer.StartStructure(1);
        }

        /// <summary>Ends an InvokeRequest.</summary>
        public void EndInvoke()
        {
            Writer.EndContainer();
            Writer.EndContainer();
            Writer.EndContainer();
            End();
        }

        /// <summary>Begins an InvokeRequest of several commands; they follow.</summary>
        public void BeginBatch(bool isTimed, bool isSuppressed)
        {
            Begin(InteractionOpcode.InvokeRequest);
            Writer.PutBoolean(0, isSuppressed);
            Writer.PutBoolean(1, isTimed);
            Writer.StartArray(2);
        }

        /// <summary>Puts a command into the request; -1 for no endpoint, no reference, no number as its field 0.</summary>
        public void PutCommand(int endpoint, uint cluster, uint command, int reference, long number)
        {
            Writer.StartStructure(TlvTag.Anonymous);
            Writer.StartList(0);
            if (endpoint >= 0) Writer.PutUnsigned(0, (ulong)endpoint);
            Writer.PutUnsigned(1, cluster);
            Writer.PutUnsigned(2, command);
            Writer.EndContainer();
            Writer.StartStructure(1);
            if (number >= 0) Writer.PutUnsigned(0, (ulong)number);
            Writer.EndContainer();
            if (reference >= 0) Writer.PutUnsigned(2, (ulong)reference);
            Writer.EndContainer();
        }

        /// <summary>Ends an InvokeRequest of several commands.</summary>
        public void EndBatch()
        {
            Writer.EndContainer();
            End();
        }

        /// <summary>Invokes a command without fields.</summary>
        public void Invoke(Session session, int endpoint, uint cluster, uint command, long now)
        {
            BeginInvoke(endpoint, cluster, command, false);
            EndInvoke();
            Send(session, now);
        }

        /// <summary>Sends a TimedRequest; what follows goes out by <see cref="SendOn"/> on the same exchange.</summary>
        public void Timed(Session session, int timeoutMs, long now)
        {
            Begin(InteractionOpcode.TimedRequest);
            Writer.PutUnsigned(0, (ulong)timeoutMs);
            End();
            Send(session, now);
        }

        /// <summary>Begins a message by hand.</summary>
        public void Begin(int opcode)
        {
            _opcode = opcode;
            Writer.Reset(_request, 0, _request.Length);
            Writer.StartStructure(TlvTag.Anonymous);
        }

        /// <summary>Ends a message: InteractionModelRevision and end of container.</summary>
        public void End()
        {
            Writer.PutUnsigned(0xFF, 12);
            Writer.EndContainer();
            if (Writer.Error != 0) throw new Exception("request too long");
        }

        /// <summary>Sends the request made last on a new exchange.</summary>
        public void Send(Session session, long now)
        {
            Exchange = _exchanges.Open(session, this);
            SendOn(Exchange, now);
        }

        /// <summary>Sends the request made last on an exchange that is open.</summary>
        public void SendOn(Exchange exchange, long now) { SendRaw(exchange, _opcode, _request, Writer.Length, now); }

        /// <summary>A copy of the request made last.</summary>
        public byte[] CopyRequest()
        {
            byte[] copy = new byte[Writer.Length];
            Array.Copy(_request, 0, copy, 0, copy.Length);
            return copy;
        }

        /// <summary>Sends any bytes on a new exchange.</summary>
        public void SendRaw(Session session, int opcode, byte[] payload, int length, long now)
        {
            Exchange = _exchanges.Open(session, this);
            SendRaw(Exchange, opcode, payload, length, now);
        }

        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (Count == Capacity) throw new Exception("too many messages");
            byte[] copy = new byte[length];
            Array.Copy(buffer, offset, copy, 0, length);
            _messages[Count] = copy;
            _opcodes[Count] = opcode;
            _isUnsolicited[Count] = !exchange.IsInitiator;
            Count++;
            LastExchange = exchange;
            CheckFormat(Count - 1);
            switch (opcode)
            {
                case InteractionOpcode.ReportData:
                    if (GetBoolean(Count - 1, 4)) exchange.Close();
                    else if (!IsMute) Confirm(exchange, now);
                    break;
                case InteractionOpcode.StatusResponse:
                    // After a TimedRequest the exchange goes on.
                    if (Status != 0) exchange.Close();
                    break;
                case InteractionOpcode.SubscribeResponse:
                    SubscriptionId = (uint)GetUnsigned(Count - 1, 0);
                    MaxInterval = (int)GetUnsigned(Count - 1, 2);
                    exchange.Close();
                    break;
                case InteractionOpcode.InvokeResponse:
                    if (!GetBoolean(Count - 1, 2)) exchange.Close();
                    else if (!IsMute) Confirm(exchange, now);
                    break;
                case InteractionOpcode.WriteResponse:
                    // The exchange may go on with a further chunk.
                    break;
                default:
                    exchange.Close();
                    break;
            }
        }

        public override void Aborted(Exchange exchange, long now) { Aborts++; }

        public override long Poll(long now) { return long.MaxValue; }

        /// <summary>Sends any bytes on an exchange that is open.</summary>
        public void SendRaw(Exchange exchange, int opcode, byte[] payload, int length, long now)
        {
            OutboxSlot slot = exchange.NewMessage();
            Array.Copy(payload, 0, slot.Buffer, slot.PayloadOffset, length);
            if (exchange.Send(slot, opcode, length, true, now) < 0) throw new Exception("request cannot be sent");
        }

        private void Confirm(Exchange exchange, long now)
        {
            bool isOver = ReportStatus != 0 || _isUnsolicited[Count - 1] && !GetBoolean(Count - 1, 3);
            byte[] status = new byte[] { 0x15, 0x24, 0x00, (byte)ReportStatus, 0x24, 0xFF, 12, 0x18 };
            SendRaw(exchange, InteractionOpcode.StatusResponse, status, status.Length, now);
            if (isOver) exchange.Close();
        }

        private void PutPaths(int tag, long[] paths)
        {
            TlvWriter writer = Writer;
            if (paths == null) return;
            writer.StartArray(tag);
            for (int i = 0; i < paths.Length; i += 3)
            {
                writer.StartList(TlvTag.Anonymous);
                if (paths[i] >= 0) writer.PutUnsigned(2, (ulong)paths[i]);
                if (paths[i + 1] >= 0) writer.PutUnsigned(3, (ulong)paths[i + 1]);
                if (paths[i + 2] >= 0) writer.PutUnsigned(4, (ulong)paths[i + 2]);
                if (WildcardPathFlags != 0) writer.PutUnsigned(6, (ulong)WildcardPathFlags);
                if (FilterVersion >= 0) writer.PutUnsigned(7, (ulong)FilterVersion);
                writer.EndContainer();
            }
            writer.EndContainer();
        }

        private void PutEvents(int tag)
        {
            if (!AsksForEvents && EventPaths == null) return;
            long[] paths = AsksForEvents ? new long[] { -1, -1, -1 } : EventPaths;
            Writer.StartArray(tag);
            for (int i = 0; i < paths.Length; i += 3)
            {
                Writer.StartList(TlvTag.Anonymous);
                for (int j = 0; j < 3; j++)
                {
                    if (paths[i + j] >= 0) Writer.PutUnsigned(1 + j, (ulong)paths[i + j]);
                }
                if (AsksForEvents || IsUrgent) Writer.PutBoolean(4, true);
                Writer.EndContainer();
            }
            Writer.EndContainer();
            Writer.StartArray(tag + 1);
            Writer.StartStructure(TlvTag.Anonymous);
            Writer.PutUnsigned(1, EventMin);
            Writer.EndContainer();
            Writer.EndContainer();
        }

        private void PutVersions(int tag)
        {
            long[] versions = Versions;
            if (versions == null) return;
            TlvWriter writer = Writer;
            writer.StartArray(tag);
            for (int i = 0; i < versions.Length; i += 3)
            {
                writer.StartStructure(TlvTag.Anonymous);
                writer.StartList(0);
                writer.PutUnsigned(1, (ulong)versions[i]);
                writer.PutUnsigned(2, (ulong)versions[i + 1]);
                writer.EndContainer();
                writer.PutUnsigned(1, (ulong)versions[i + 2]);
                writer.EndContainer();
            }
            writer.EndContainer();
        }
    }
}
