using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>A cluster with an attribute and a command of each kind.</summary>
    internal sealed class TestCluster : Cluster
    {
        public const uint ClusterId = 0xFFF1FC01;

        public const uint Value = 0x0000;           // read View, write Operate, non-volatile
        public const uint Bytes = 0x0001;           // an octet string of BytesLength
        public const uint Items = 0x0002;           // list of ItemCount octet strings of ItemLength
        public const uint Numbers = 0x0003;         // list, written
        public const uint Secret = 0x0004;          // read and write Administer
        public const uint Timed = 0x0005;           // written timed only
        public const uint WriteOnly = 0x0006;
        public const uint Scoped = 0x0007;          // fabric-scoped list, written
        public const uint Ticks = 0x0008;           // changes omitted
        public const uint Constant = 0x0009;        // fixed
        public const uint Absent = 0x000A;          // optional, not there
        public const uint Failing = 0x000B;         // read fails
        public const uint Sensitive = 0x000C;       // fabric-sensitive
        public const uint Custom = 0xFFF10000;      // manufacturer's id

        public const uint SetValue = 0x00;          // {0: value}
        public const uint Echo = 0x01;              // {0: number} gives response 0x02 {0: number}
        public const uint EchoResponse = 0x02;
        public const uint Slow = 0x03;              // pending for SlowSteps Polls, then response 0x02 {0: 42}
        public const uint TimedCommand = 0x04;
        public const uint ScopedCommand = 0x05;
        public const uint AdministerCommand = 0x06;
        public const uint AbsentCommand = 0x07;
        public const uint Long = 0x08;              // response of LongLength, longer than a message
        public const uint CustomCommand = 0xFFF10009;
        public const uint RaiseNote = 0x0A;         // raises Note

        public const uint Note = 0x00;              // event, INFO, View
        public const uint Alarm = 0x01;             // event, CRITICAL, View
        public const uint Trace = 0x02;             // event, DEBUG, View
        public const uint SecretNote = 0x03;        // event, INFO, Administer
        public const uint ScopedNote = 0x04;        // event, INFO, View, fabric-sensitive
        public const uint AbsentNote = 0x05;        // event, optional, not there
        public const uint CustomNote = 0xFFF10006;  // event, INFO, Operate, manufacturer's id

        public const int MaxNumbers = 8;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView | Access.WriteOperate, Quality.NonVolatile,
            0x00, 0x01, Access.ReadView, Quality.None,
            0x00, 0x02, Access.ReadView, Quality.List,
            0x00, 0x03, Access.ReadView | Access.WriteManage, Quality.List,
            0x00, 0x04, Access.ReadAdminister | Access.WriteAdminister, Quality.None,
            0x00, 0x05, Access.ReadView | Access.WriteOperate | Access.TimedWrite, Quality.Nullable,
            0x00, 0x06, Access.WriteOperate, Quality.None,
            0x00, 0x07, Access.ReadView | Access.WriteAdminister | Access.FabricScoped, Quality.List,
            0x00, 0x08, Access.ReadView, Quality.ChangesOmitted,
            0x00, 0x09, Access.ReadView, Quality.Fixed,
            0x00, 0x0A, Access.ReadView, Quality.Optional,
            0x00, 0x0B, Access.ReadView, Quality.None,
            0x00, 0x0C, Access.ReadView, Quality.FabricSensitive,
            0x00, 0x00, Access.ReadView, Quality.Vendor,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Operate, CommandAccess.NoResponse,
            0x01, CommandAccess.Operate, 0x02,
            0x03, CommandAccess.Operate, 0x02,
            0x04, CommandAccess.Operate | CommandAccess.Timed, CommandAccess.NoResponse,
            0x05, CommandAccess.Operate | CommandAccess.FabricScoped, CommandAccess.NoResponse,
            0x06, CommandAccess.Administer, CommandAccess.NoResponse,
            0x07, CommandAccess.Operate | CommandAccess.Optional, 0x0E,
            0x08, CommandAccess.Operate, 0x02,
            0x09, CommandAccess.Manage | CommandAccess.Vendor, 0x0A,
            0x0A, CommandAccess.Operate, CommandAccess.NoResponse,
        };

        private static readonly byte[] EventTable =
        {
            0x00, EventAccess.View | EventAccess.Info,
            0x01, EventAccess.View | EventAccess.Critical,
            0x02, EventAccess.View | EventAccess.Debug,
            0x03, EventAccess.Administer | EventAccess.Info,
            0x04, EventAccess.View | EventAccess.Info | EventAccess.FabricSensitive,
            0x05, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x06, EventAccess.Operate | EventAccess.Info | EventAccess.Vendor,
        };

        private readonly byte[] _pattern = new byte[2000];
        private readonly uint[] _numbers = new uint[MaxNumbers];
        private readonly uint[] _scoped = new uint[MaxNumbers];
        private readonly int[] _scopedFabrics = new int[MaxNumbers];
        private int _scopedCount;
        private int _remainingSteps;

        public TestCluster()
            : base(ClusterId, 7, 5, AttributeTable, CommandTable, EventTable)
        {
            for (int i = 0; i < _pattern.Length; i++) _pattern[i] = (byte)i;
        }

        public uint Number { get; private set; }

        public int BytesLength { get; set; }

        public int ItemCount { get; set; }

        public int ItemLength { get; set; }

        /// <summary>Every so many items of Items is a position without an entry; 0 for none.</summary>
        public int Gaps { get; set; }

        public int NumberCount { get; private set; }

        public int SlowSteps { get; set; }

        public int LongLength { get; set; } = 2000;

        /// <summary>If not null, CustomCommand closes its session there.</summary>
        public SessionTable SessionsToCloseIn { get; set; }

        /// <summary>Time between two of them, in ms.</summary>
        public int SlowStepMs { get; set; }

        /// <summary>Clusters that see to their session: called inside Slow.</summary>
        public int Invokes { get; private set; }

        public int Continues { get; private set; }

        public int Cancels { get; private set; }

        public int Polls { get; private set; }

        /// <summary>FabricIndex that the last command saw.</summary>
        public int SeenFabric { get; private set; }

        public bool SeenTimed { get; private set; }

        /// <summary>Status with which writes of Value are refused; 0 for none.</summary>
        public int WriteStatus { get; set; }

        public override bool Has(uint attributeId) { return attributeId != Absent; }

        public override bool HasCommand(uint commandId) { return commandId != AbsentCommand; }

        public override bool HasEvent(uint eventId) { return eventId != AbsentNote; }

        /// <summary>Raises an event with one number.</summary>
        public int Raise(uint eventId, uint number)
        {
            BeginEvent(eventId).PutUnsigned(0, number);
            return EndEvent();
        }

        /// <summary>Raises the fabric-sensitive event.</summary>
        public int RaiseScoped(int fabricIndex, uint number)
        {
            BeginEvent(ScopedNote, fabricIndex).PutUnsigned(0, number);
            return EndEvent();
        }

        /// <summary>Raises an event with so many bytes.</summary>
        public int RaiseLong(uint eventId, int length)
        {
            BeginEvent(eventId).PutBytes(1, _pattern, 0, length);
            return EndEvent();
        }

        /// <summary>Ends an event that was not begun.</summary>
        public int EndNothing() { return EndEvent(); }

        /// <summary>Begins one and leaves it.</summary>
        public void BeginOnly(uint eventId) { BeginEvent(eventId).PutUnsigned(0, 1); }

        public void Set(uint number)
        {
            Number = number;
            Changed(Value);
        }

        public void Touch(uint attribute) { Changed(attribute); }

        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case Value: writer.PutUnsigned(tag, Number); break;
                case Bytes: writer.PutBytes(tag, _pattern, 0, BytesLength); break;
                case Secret: writer.PutUnsigned(tag, 1234); break;
                case Timed: writer.PutNull(tag); break;
                case Ticks: writer.PutUnsigned(tag, (ulong)context.Now); break;
                case Constant: writer.PutUnsigned(tag, 9); break;
                case Sensitive: writer.PutUnsigned(tag, (ulong)context.FabricIndex); break;
                case Custom: writer.PutBoolean(tag, true); break;
                default: return ImStatus.Failure;
            }
            return ImStatus.Success;
        }

        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            switch (attributeId)
            {
                case Items:
                    if (index >= ItemCount) return ImStatus.NotFound;
                    if (Gaps == 0 || index % Gaps != 0) writer.PutBytes(TlvTag.Anonymous, _pattern, index & 0xFF, ItemLength);
                    return ImStatus.Success;
                case Numbers:
                    if (index >= NumberCount) return ImStatus.NotFound;
                    writer.PutUnsigned(TlvTag.Anonymous, _numbers[index]);
                    return ImStatus.Success;
                case Scoped:
                    if (index >= _scopedCount) return ImStatus.NotFound;
                    if (context.IsFabricFiltered && _scopedFabrics[index] != context.FabricIndex) return ImStatus.Success;
                    writer.StartStructure(TlvTag.Anonymous);
                    writer.PutUnsigned(1, _scoped[index]);
                    writer.PutUnsigned(254, (ulong)_scopedFabrics[index]);
                    writer.EndContainer();
                    return ImStatus.Success;
                default:
                    return ImStatus.Failure;
            }
        }

        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            SeenFabric = context.FabricIndex;
            SeenTimed = context.IsTimed;
            switch (attributeId)
            {
                case Value:
                    uint number = (uint)value.GetUnsigned(1000);
                    if (value.Error != 0) return ImStatus.OfValue(value.Error);
                    if (WriteStatus != 0) return WriteStatus;
                    Set(number);
                    return ImStatus.Success;
                case Numbers:
                    return Replace(value);
                case Scoped:
                    RemoveScoped(context.FabricIndex);
                    value.Enter();
                    while (value.Next()) AddScoped((uint)value.GetUnsigned(1000), context.FabricIndex);
                    Changed(Scoped);
                    return ImStatus.OfValue(value.Error);
                default:
                    Changed(attributeId);
                    return ImStatus.Success;
            }
        }

        public override int WriteItem(uint attributeId, TlvReader item, InteractionContext context)
        {
            uint number = (uint)item.GetUnsigned(1000);
            if (item.Error != 0) return ImStatus.OfValue(item.Error);
            if (attributeId == Scoped)
            {
                AddScoped(number, context.FabricIndex);
                Changed(Scoped);
                return ImStatus.Success;
            }
            if (NumberCount == MaxNumbers) return ImStatus.ResourceExhausted;
            _numbers[NumberCount++] = number;
            Changed(Numbers);
            return ImStatus.Success;
        }

        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            Invokes++;
            SeenFabric = context.FabricIndex;
            SeenTimed = context.IsTimed;
            switch (commandId)
            {
                case SetValue:
                case Echo:
                    uint number = 0;
                    bool hasNumber = false;
                    fields.Enter();
                    while (fields.Next())
                    {
                        if (fields.Tag != 0) continue;
                        number = (uint)fields.GetUnsigned(1000);
                        hasNumber = true;
                    }
                    if (fields.Error != 0) return ImStatus.OfFields(fields.Error);
                    if (!hasNumber) return ImStatus.InvalidCommand;
                    if (commandId == SetValue) Set(number);
                    else response.PutUnsigned(0, number);
                    return number == 999 ? ImStatus.ClusterSpecific(77) : ImStatus.Success;
                case Slow:
                    _remainingSteps = SlowSteps;
                    response.PutUnsigned(0, 1);
                    return ImStatus.Pending;
                case Long:
                    response.PutBytes(0, _pattern, 0, LongLength);
                    return ImStatus.Success;
                case RaiseNote:
                    return Raise(Note, 1) == 0 ? ImStatus.Success : ImStatus.Failure;
                case CustomCommand:
                    if (SessionsToCloseIn != null) SessionsToCloseIn.Close(context.Session, context.Now);
                    response.PutBoolean(0, true);
                    return ImStatus.Success;
                default:
                    return ImStatus.Success;
            }
        }

        public override int Continue(TlvWriter response, InteractionContext context)
        {
            Continues++;
            if (--_remainingSteps > 0) return ImStatus.Pending;
            response.PutUnsigned(0, 42);
            return ImStatus.Success;
        }

        public override long ContinueAt(long now) { return now + SlowStepMs; }

        public override void Cancel() { Cancels++; }

        public override long Poll(long now)
        {
            Polls++;
            return long.MaxValue;
        }

        public override void FabricRemoved(int fabricIndex) { RemoveScoped(fabricIndex); }

        public override void Save(TlvWriter writer) { writer.PutUnsigned(0, Number); }

        public override void Load(TlvReader reader)
        {
            uint number = 0;
            while (reader.Next())
            {
                if (reader.Tag == 0) number = (uint)reader.GetUnsigned(1000);
            }
            if (reader.Error == 0) Number = number;
        }

        private int Replace(TlvReader value)
        {
            int count = 0;
            uint[] numbers = new uint[MaxNumbers];
            value.Enter();
            while (value.Next())
            {
                if (count == MaxNumbers) return ImStatus.ResourceExhausted;
                numbers[count++] = (uint)value.GetUnsigned(1000);
            }
            if (value.Error != 0) return ImStatus.OfValue(value.Error);
            for (int i = 0; i < count; i++) _numbers[i] = numbers[i];
            NumberCount = count;
            Changed(Numbers);
            return ImStatus.Success;
        }

        private void AddScoped(uint number, int fabricIndex)
        {
            _scoped[_scopedCount] = number;
            _scopedFabrics[_scopedCount++] = fabricIndex;
        }

        private void RemoveScoped(int fabricIndex)
        {
            int kept = 0;
            for (int i = 0; i < _scopedCount; i++)
            {
                if (_scopedFabrics[i] == fabricIndex) continue;
                _scoped[kept] = _scoped[i];
                _scopedFabrics[kept++] = _scopedFabrics[i];
            }
            _scopedCount = kept;
        }
    }
}
