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
    internal sealed class InteractionClient : ProtocolHandler
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

        /// <summary>Opcode of a message received.</summary>
        public int Opcode(int index) { return index < Count ? _opcodes[index] : -1; }

        /// <summary>Opcode of the last message received; -1 if there is none.</summary>
        public int LastOpcode { get { return Count == 0 ? -1 : _opcodes[Count - 1]; } }

        /// <summary>Length of a message received in bytes.</summary>
        public int Length(int index) { return _messages[index].Length; }

        /// <summary>Bytes of a message received.</summary>
        public byte[] Message(int index) { return _messages[index]; }

        /// <summary>How many messages of an opcode were received.</summary>
        public int CountOf(int opcode)
        {
            int count = 0;
            for (int i = 0; i < Count; i++)
            {
                if (_opcodes[i] == opcode) count++;
            }
            return count;
        }

        /// <summary>How many messages came on exchanges that the server opened.</summary>
        public int UnsolicitedCount
        {
            get
            {
                int count = 0;
                for (int i = 0; i < Count; i++)
                {
                    if (_isUnsolicited[i]) count++;
                }
                return count;
            }
        }

        /// <summary>Status of the last message if it is a StatusResponse, otherwise -1.</summary>
        public int Status
        {
            get
            {
                if (LastOpcode != InteractionOpcode.StatusResponse || !Seek(Count - 1, 0)) return -1;
                return (int)_reader.GetUnsigned(0xFF);
            }
        }

        /// <summary>A boolean member of a message; false if it is missing.</summary>
        public bool GetBoolean(int index, int tag) { return Seek(index, tag) && _reader.GetBoolean(); }

        /// <summary>A number of a message; -1 if it is missing.</summary>
        public long GetUnsigned(int index, int tag) { return Seek(index, tag) ? (long)_reader.GetUnsigned(0xFFFFFFFF) : -1; }

        /// <summary>Whether a message has a member.</summary>
        public bool Has(int index, int tag) { return Seek(index, tag); }

        /// <summary>Reader of all that was received; see <see cref="ReportReader"/>.</summary>
        public ReportReader Reports() { return new ReportReader(this); }

        /// <summary>Reader of the events in all that was received.</summary>
        public EventReader Events() { return new EventReader(this); }

        /// <summary>Status of an attribute in the WriteResponse that came last, by position; -1 if there is none.</summary>
        public int WriteStatus(int position)
        {
            if (LastOpcode != InteractionOpcode.WriteResponse || !Seek(Count - 1, 0)) return -1;
            TlvReader reader = _reader;
            reader.Enter();
            for (int i = 0; reader.Next(); i++)
            {
                if (i == position) return StatusIn(reader, 1);
            }
            return -1;
        }

        /// <summary>
        /// Status of a command in the InvokeResponse that came last, by position: -1 if there is none, -2 if there is a
        /// response command instead.
        /// </summary>
        public int InvokeStatus(int position)
        {
            if (!SeekInvokeResponse(position)) return -1;
            _reader.Enter();
            _reader.Next();
            return _reader.Tag == 0 ? -2 : StatusIn(_reader, 1);
        }

        /// <summary>
        /// Status of the command with a reference in the InvokeResponses since <see cref="Clear"/>: -1 if there is none, -2 if
        /// there is a response command instead.
        /// </summary>
        public int BatchStatus(int reference)
        {
            TlvReader reader = _reader;
            TlvReader member = new TlvReader();
            int found = -1;
            for (int i = 0; i < Count; i++)
            {
                if (_opcodes[i] != InteractionOpcode.InvokeResponse || !Seek(i, 1)) continue;
                reader.Enter();
                while (reader.Next())
                {
                    reader.Enter();
                    reader.Next();
                    bool isResponse = reader.Tag == 0;
                    member.CopyFrom(reader);
                    int status = isResponse ? -2 : StatusIn(member, 1);
                    reader.Enter();
                    while (reader.Next())
                    {
                        if (reader.Tag != 2 || (int)reader.GetUnsigned(0xFFFF) != reference) continue;
                        if (found != -1) throw new Exception("two responses to " + reference);
                        found = status;
                    }
                    reader.Exit();
                    reader.Exit();
                }
            }
            return found;
        }

        /// <summary>Moves a reader to the fields of the response command in the InvokeResponse that came last.</summary>
        /// <returns>The response command's id, or -1 if there is none.</returns>
        public long SeekResponse(int position, TlvReader fields)
        {
            if (!SeekInvokeResponse(position)) return -1;
            TlvReader reader = _reader;
            reader.Enter();
            reader.Next();
            if (reader.Tag != 0) return -1;
            long command = -1;
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag == 1) fields.CopyFrom(reader);
                if (reader.Tag != 0) continue;
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 2) command = (long)reader.GetUnsigned(0xFFFFFFFF);
                }
                reader.Exit();
            }
            return command;
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

        /// <summary>Moves a reader to a message.</summary>
        internal void Open(int index, TlvReader reader)
        {
            reader.Reset(_messages[index], 0, _messages[index].Length);
            reader.EnterMessage();
        }

        private void Confirm(Exchange exchange, long now)
        {
            bool isOver = ReportStatus != 0 || _isUnsolicited[Count - 1] && !GetBoolean(Count - 1, 3);
            byte[] status = new byte[] { 0x15, 0x24, 0x00, (byte)ReportStatus, 0x24, 0xFF, 12, 0x18 };
            SendRaw(exchange, InteractionOpcode.StatusResponse, status, status.Length, now);
            if (isOver) exchange.Close();
        }

        // Every message is one structure with nothing behind it that ends with the revision.
        private void CheckFormat(int index)
        {
            TlvReader reader = _reader;
            Open(index, reader);
            int last = -1;
            while (reader.Next())
            {
                if (reader.Tag <= last) throw new Exception("tags out of order");
                last = reader.Tag;
            }
            if (reader.Finish() != 0 || last != 0xFF) throw new Exception("malformed message");
        }

        private bool Seek(int index, int tag)
        {
            Open(index, _reader);
            while (_reader.Next())
            {
                if (_reader.Tag == tag) return true;
            }
            return false;
        }

        private bool SeekInvokeResponse(int position)
        {
            if (LastOpcode != InteractionOpcode.InvokeResponse || !Seek(Count - 1, 1)) return false;
            _reader.Enter();
            for (int i = 0; _reader.Next(); i++)
            {
                if (i == position) return true;
            }
            return false;
        }

        // The status in a StatusIB that is a member of the container entered or about to be: status | cluster status << 8.
        internal static int StatusIn(TlvReader reader, int tag)
        {
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag != tag) continue;
                int status = -1;
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 0) status = (int)reader.GetUnsigned(0xFF);
                    if (reader.Tag == 1) status |= (int)reader.GetUnsigned(0xFF) << 8;
                }
                return status;
            }
            return -1;
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
