using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Identify (Matter Application Clusters 1.2) with TriggerEffect, which lights must have.</summary>
    public sealed class IdentifyCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0003;

        /// <summary>IdentifyTypeEnum None: nothing shows.</summary>
        public const int None = 0;

        /// <summary>IdentifyTypeEnum LightOutput.</summary>
        public const int LightOutput = 1;

        /// <summary>IdentifyTypeEnum VisibleIndicator: a small light, such as a status LED.</summary>
        public const int VisibleIndicator = 2;

        /// <summary>IdentifyTypeEnum AudibleBeep.</summary>
        public const int AudibleBeep = 3;

        /// <summary>IdentifyTypeEnum Display.</summary>
        public const int Display = 4;

        /// <summary>IdentifyTypeEnum Actuator: it moves or switches what it is there for.</summary>
        public const int Actuator = 5;

        /// <summary>What the handler gets when IdentifyTime starts or ends.</summary>
        public const int NoEffect = -1;

        private const uint IdentifyTimeId = 0x0000;
        private const uint IdentifyTypeId = 0x0001;
        private const uint Identify = 0x00;
        private const uint TriggerEffect = 0x40;
        private const int FinishEffect = 0xFE;
        private const int StopEffect = 0xFF;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView | Access.WriteOperate, Quality.None,
            0x00, 0x01, Access.ReadView, Quality.Fixed,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Manage, CommandAccess.NoResponse,
            0x40, CommandAccess.Manage, CommandAccess.NoResponse,
        };

        private readonly int _identifyType;
        private long _until;

        /// <summary>Creates the cluster.</summary>
        /// <param name="identifyType">IdentifyTypeEnum, such as <see cref="LightOutput"/>.</param>
        /// <param name="handler">Told when to begin, to end and to play an effect; may be null.</param>
        public IdentifyCluster(int identifyType, IdentifyHandler handler)
            : base(ClusterId, 6, 0, AttributeTable, CommandTable)
        {
            _identifyType = identifyType;
            Handler = handler;
        }

        /// <summary>Told when to begin, to end and to play an effect; may be null.</summary>
        public IdentifyHandler Handler { get; set; }

        /// <summary>True while the device makes itself known.</summary>
        public bool IsIdentifying { get { return _until != 0; } }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case IdentifyTimeId:
                    writer.PutUnsigned(tag, _until <= context.Now ? 0 : (ulong)((_until - context.Now + 999) / 1000));
                    return ImStatus.Success;
                case IdentifyTypeId:
                    writer.PutUnsigned(tag, (ulong)_identifyType);
                    return ImStatus.Success;
                default:
                    return ImStatus.UnsupportedAttribute;
            }
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            int seconds = (int)value.GetUnsigned(0xFFFF);
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            Start(seconds, context.Now);
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            int present = 0;
            int first = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        first = (int)fields.GetUnsigned(commandId == Identify ? 0xFFFFu : 0xFFu);
                        present |= 1;
                        break;
                    case 1:
                        if (commandId == TriggerEffect)
                        {
                            fields.GetUnsigned(0xFF);
                            present |= 2;
                        }

                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != (commandId == Identify ? 1 : 3))
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            if (commandId == Identify)
            {
                Start(first, context.Now);
                return ImStatus.Success;
            }

            if (!IsEffect(first))
            {
                return ImStatus.ConstraintError;
            }

            if (Handler != null)
            {
                Handler(this, first, IsIdentifying);
            }

            if (first == FinishEffect || first == StopEffect)
            {
                Start(0, context.Now);
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            if (_until == 0)
            {
                return long.MaxValue;
            }

            if (now < _until)
            {
                return _until;
            }

            Start(0, now);
            return long.MaxValue;
        }

        private static bool IsEffect(int effect)
        {
            switch (effect)
            {
                case 0x00: // Blink
                case 0x01: // Breathe
                case 0x02: // Okay
                case 0x0B: // ChannelChange
                case FinishEffect:
                case StopEffect:
                    return true;
                default:
                    return false;
            }
        }

        private void Start(int seconds, long now)
        {
            bool was = IsIdentifying;
            if (!was && seconds == 0)
            {
                return;
            }

            _until = seconds == 0 ? 0 : now + (seconds * 1000L);
            Changed(IdentifyTimeId);
            Wake();
            if (Handler != null && was != IsIdentifying)
            {
                Handler(this, NoEffect, IsIdentifying);
            }
        }
    }
}
