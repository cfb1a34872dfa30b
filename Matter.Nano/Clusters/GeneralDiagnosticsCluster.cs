using System;
using Matter.Nano.Crypto;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// General Diagnostics (Matter Core 11.12) with the feature DataModelTest, which a node that takes batches of commands must
    /// have. What is there for tests only works with the enable key, if there is one.
    /// </summary>
    public sealed class GeneralDiagnosticsCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0033;

        /// <summary>Length of an enable key in bytes.</summary>
        public const int EnableKeyLength = 16;

        private const uint NetworkInterfacesId = 0x0000;
        private const uint RebootCountId = 0x0001;
        private const uint UpTimeId = 0x0002;
        private const uint BootReasonId = 0x0004;
        private const uint TestEventTriggersEnabledId = 0x0008;
        private const uint DeviceLoadStatusId = 0x000A;

        private const uint BootReasonEvent = 0x03;

        private const uint TestEventTrigger = 0x00;
        private const uint TimeSnapshot = 0x01;
        private const byte TimeSnapshotResponse = 0x02;
        private const uint PayloadTestRequest = 0x03;
        private const byte PayloadTestResponse = 0x04;

        private const uint DataModelTestFeature = 1;
        private const int MaxPayloadLength = 2048;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.List,
            0x00, 0x01, Access.ReadView, Quality.NonVolatile,
            0x00, 0x02, Access.ReadView, Quality.ChangesOmitted,
            0x00, 0x04, Access.ReadView, Quality.None,
            0x00, 0x08, Access.ReadView, Quality.None,
            0x00, 0x0A, Access.ReadView, Quality.ChangesOmitted,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Manage, CommandAccess.NoResponse,
            0x01, CommandAccess.Operate, TimeSnapshotResponse,
            0x03, CommandAccess.Manage, PayloadTestResponse,
        };

        private static readonly byte[] EventTable =
        {
            0x03, EventAccess.View | EventAccess.Critical,
        };

        private readonly NetworkInterface _network;
        private readonly int _bootReason;
        private readonly byte[] _enableKey;
        private readonly TestEventTriggerHandler _trigger;
        private int _rebootCount = 1;
        private bool _counted;

        /// <summary>Creates the cluster; throws if the enable key has another length or only zeros.</summary>
        /// <param name="network">The node's interface.</param>
        /// <param name="bootReason">One of <see cref="BootReason"/>.</param>
        /// <param name="enableKey">What tests must know, <see cref="EnableKeyLength"/> bytes; kept. Null for none: there are no tests.</param>
        /// <param name="trigger">Takes test event triggers; null for none.</param>
        public GeneralDiagnosticsCluster(NetworkInterface network, int bootReason, byte[] enableKey, TestEventTriggerHandler trigger)
            : base(ClusterId, 3, DataModelTestFeature, AttributeTable, CommandTable, EventTable)
        {
            if (enableKey != null
                && (enableKey.Length != EnableKeyLength || ConstantTime.Equals(enableKey, 0, new byte[EnableKeyLength], 0, EnableKeyLength)))
            {
                throw new ArgumentException("enableKey");
            }

            _network = network;
            _bootReason = bootReason;
            _enableKey = enableKey;
            _trigger = trigger;
        }

        /// <summary>Whose load DeviceLoadStatus shows; set before the node starts.</summary>
        public InteractionProtocol Interactions { get; set; }

        /// <summary>When the node started, monotonic ms: UpTime counts from here.</summary>
        public long StartMs { get; set; }

        /// <summary>The node starts.</summary>
        public void Started()
        {
            BeginEvent(BootReasonEvent).PutUnsigned(0, (ulong)_bootReason);
            EndEvent();
        }

        /// <summary>The driver changed the interface's addresses.</summary>
        public void NetworkChanged()
        {
            Changed(NetworkInterfacesId);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case RebootCountId:
                    writer.PutUnsigned(tag, (ulong)_rebootCount);
                    break;
                case UpTimeId:
                    writer.PutUnsigned(tag, (ulong)((context.Now - StartMs) / 1000));
                    break;
                case BootReasonId:
                    writer.PutUnsigned(tag, (ulong)_bootReason);
                    break;
                case TestEventTriggersEnabledId:
                    writer.PutBoolean(tag, _enableKey != null);
                    break;
                case DeviceLoadStatusId:
                    writer.StartStructure(tag);
                    writer.PutUnsigned(0, (ulong)Interactions.SubscriptionCount);
                    writer.PutUnsigned(1, (ulong)Interactions.CountSubscriptions(context.FabricIndex));
                    writer.PutUnsigned(2, Interactions.SubscriptionsEstablished);
                    writer.PutUnsigned(3, Interactions.MessagesSent);
                    writer.PutUnsigned(4, Interactions.MessagesReceived);
                    writer.EndContainer();
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            if (index > 0)
            {
                return ImStatus.NotFound;
            }

            NetworkInterface network = _network;
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutString(0, network.Name, 0, network.Name.Length);
            writer.PutBoolean(1, network.IsOperational);
            writer.PutNull(2);
            writer.PutNull(3);
            writer.PutBytes(4, network.HardwareAddress, 0, network.HardwareAddress.Length);
            PutAddresses(writer, 5, network.IPv4Addresses, network.IPv4Count, NetworkInterface.IPv4Length);
            PutAddresses(writer, 6, network.IPv6Addresses, network.IPv6Count, NetworkInterface.IPv6Length);
            writer.PutUnsigned(7, (ulong)network.Type);
            writer.EndContainer();
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            if (commandId == TimeSnapshot)
            {
                response.PutUnsigned(0, (ulong)(context.Now - StartMs));
                response.PutNull(1);
                return ImStatus.Success;
            }

            int present = 0;
            bool isEnabled = false;
            ulong number = 0;   // EventTrigger or Value
            int count = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        fields.GetBytes(EnableKeyLength, EnableKeyLength);
                        isEnabled = fields.Error == 0 && IsEnableKey(fields.Buffer, fields.ValueOffset);
                        present |= 1;
                        break;
                    case 1:
                        number = fields.GetUnsigned(commandId == TestEventTrigger ? ulong.MaxValue : 0xFF);
                        present |= 2;
                        break;
                    case 2:
                        if (commandId == PayloadTestRequest)
                        {
                            count = (int)fields.GetUnsigned(MaxPayloadLength);
                            present |= 4;
                        }

                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != (commandId == TestEventTrigger ? 3 : 7))
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            if (!isEnabled)
            {
                return ImStatus.ConstraintError;
            }

            if (commandId == TestEventTrigger)
            {
                return _trigger != null && _trigger(number) ? ImStatus.Success : ImStatus.InvalidCommand;
            }

            return PutPayload(response, (byte)number, count);
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            if (!_counted)
            {
                _counted = true;
                SaveSoon();
            }

            return long.MaxValue;
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            writer.PutUnsigned((int)RebootCountId, (ulong)_rebootCount);
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag == (int)RebootCountId)
                {
                    int stored = (int)reader.GetUnsigned(0xFFFF);
                    _rebootCount = stored == 0xFFFF ? stored : stored + 1;
                }
            }
        }

        private static int PutPayload(TlvWriter response, byte value, int length)
        {
            int offset = response.ReserveBytes(0, length);
            if (response.Error != 0)
            {
                return ImStatus.ResourceExhausted;
            }

            byte[] buffer = response.Buffer;
            for (int end = offset + length; offset < end; offset++)
            {
                buffer[offset] = value;
            }

            return ImStatus.Success;
        }

        private bool IsEnableKey(byte[] buffer, int offset)
        {
            return _enableKey != null && ConstantTime.Equals(buffer, offset, _enableKey, 0, EnableKeyLength);
        }

        private static void PutAddresses(TlvWriter writer, int tag, byte[] addresses, int count, int length)
        {
            writer.StartArray(tag);
            for (int i = 0; i < count; i++)
            {
                writer.PutBytes(TlvTag.Anonymous, addresses, i * length, length);
            }

            writer.EndContainer();
        }
    }
}
