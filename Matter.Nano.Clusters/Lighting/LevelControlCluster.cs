using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Level Control with the OnOff and Lighting features (Matter Application Clusters 1.6): how bright a light is.</summary>
    /// <remarks>
    /// It and On/Off lead each other: switching fades from and to the minimum, the commands "with On/Off" switch. The lamp
    /// needs to know of neither: <see cref="LevelHandler"/> is told what to show.
    /// </remarks>
    public sealed partial class LevelControlCluster : ScenableCluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0008;

        /// <summary>MinLevel: as lights must have it.</summary>
        public const int MinLevel = 1;

        /// <summary>MaxLevel: as lights must have it.</summary>
        public const int MaxLevel = 254;

        private const uint CurrentLevelId = 0x0000;
        private const uint RemainingTimeId = 0x0001;
        private const uint MinLevelId = 0x0002;
        private const uint MaxLevelId = 0x0003;
        private const uint OptionsId = 0x000F;
        private const uint OnOffTransitionTimeId = 0x0010;
        private const uint OnLevelId = 0x0011;
        private const uint OnTransitionTimeId = 0x0012;
        private const uint OffTransitionTimeId = 0x0013;
        private const uint DefaultMoveRateId = 0x0014;
        private const uint StartUpCurrentLevelId = 0x4000;

        private const uint OnOffFeature = 1;
        private const uint LightingFeature = 2;
        private const int AllOptions = 3;
        private const int Null = -1;
        private const int MsPerTenth = 100;

        // CurrentLevel survives restarts, but is only worth a write when it has come to rest: see Rest.
        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.Nullable,
            0x00, 0x01, Access.ReadView, Quality.None,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
            0x00, 0x0F, Access.ReadView | Access.WriteOperate, Quality.None,
            0x00, 0x10, Access.ReadView | Access.WriteOperate, Quality.None,
            0x00, 0x11, Access.ReadView | Access.WriteOperate, Quality.Nullable,
            0x00, 0x12, Access.ReadView | Access.WriteOperate, Quality.Nullable,
            0x00, 0x13, Access.ReadView | Access.WriteOperate, Quality.Nullable,
            0x00, 0x14, Access.ReadView | Access.WriteOperate, Quality.Nullable,
            0x40, 0x00, Access.ReadView | Access.WriteManage, Quality.Nullable | Quality.NonVolatile,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Operate, CommandAccess.NoResponse,
            0x01, CommandAccess.Operate, CommandAccess.NoResponse,
            0x02, CommandAccess.Operate, CommandAccess.NoResponse,
            0x03, CommandAccess.Operate, CommandAccess.NoResponse,
            0x04, CommandAccess.Operate, CommandAccess.NoResponse,
            0x05, CommandAccess.Operate, CommandAccess.NoResponse,
            0x06, CommandAccess.Operate, CommandAccess.NoResponse,
            0x07, CommandAccess.Operate, CommandAccess.NoResponse,
        };

        private readonly OnOffCluster _onOff;
        private readonly LevelHandler _handler;
        private int _level = MaxLevel;
        private int _options;
        private int _onOffTransitionTime;
        private int _onLevel = Null;
        private int _onTransitionTime = Null;
        private int _offTransitionTime = Null;
        private int _defaultMoveRate = Null;
        private int _startUpLevel = Null;

        /// <summary>Creates the cluster, at full level.</summary>
        /// <param name="onOff">The same endpoint's On/Off.</param>
        /// <param name="handler">Told of every level to show, the first at start; may be null.</param>
        public LevelControlCluster(OnOffCluster onOff, LevelHandler handler)
            : base(ClusterId, 7, OnOffFeature | LightingFeature, AttributeTable, CommandTable)
        {
            _onOff = onOff;
            _handler = handler;
            onOff.Level = this;
        }

        /// <summary>CurrentLevel, 1 to 254: on the way in a transition, and kept while off.</summary>
        public int CurrentLevel { get { return _level; } }

        /// <summary>Dims as a user at the device would, at once: attributes, hardware and subscribers follow, and On/Off.</summary>
        /// <param name="level">1 to 254; 0 switches off.</param>
        public void Dim(int level)
        {
            if (level <= 0)
            {
                _onOff.Switch(false);
                return;
            }

            LeaveScene();
            _onOff.Follow(true);
            Move(level < MaxLevel ? level : MaxLevel, 0, AtEnd.Stay);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            int value;
            switch (attributeId)
            {
                case CurrentLevelId:
                    value = _level;
                    break;
                case RemainingTimeId:
                    value = GetRemainingTime(context.Now);
                    break;
                case MinLevelId:
                    value = MinLevel;
                    break;
                case MaxLevelId:
                    value = MaxLevel;
                    break;
                case OptionsId:
                    value = _options;
                    break;
                case OnOffTransitionTimeId:
                    value = _onOffTransitionTime;
                    break;
                case OnLevelId:
                    value = _onLevel;
                    break;
                case OnTransitionTimeId:
                    value = _onTransitionTime;
                    break;
                case OffTransitionTimeId:
                    value = _offTransitionTime;
                    break;
                case DefaultMoveRateId:
                    value = _defaultMoveRate;
                    break;
                case StartUpCurrentLevelId:
                    value = _startUpLevel;
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            if (value == Null)
            {
                writer.PutNull(tag);
            }
            else
            {
                writer.PutUnsigned(tag, (ulong)value);
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            int number = Null;
            if (value.Type != TlvType.Null || attributeId == OptionsId || attributeId == OnOffTransitionTimeId)
            {
                number = (int)value.GetUnsigned(GetMaximum(attributeId));
                if (value.Error == 0 && number == 0 && (attributeId == OnLevelId || attributeId == DefaultMoveRateId))
                {
                    return ImStatus.ConstraintError;
                }
            }

            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            int former;
            switch (attributeId)
            {
                case OptionsId:
                    former = _options;
                    _options = number;
                    break;
                case OnOffTransitionTimeId:
                    former = _onOffTransitionTime;
                    _onOffTransitionTime = number;
                    break;
                case OnLevelId:
                    former = _onLevel;
                    _onLevel = number;
                    break;
                case OnTransitionTimeId:
                    former = _onTransitionTime;
                    _onTransitionTime = number;
                    break;
                case OffTransitionTimeId:
                    former = _offTransitionTime;
                    _offTransitionTime = number;
                    break;
                case DefaultMoveRateId:
                    former = _defaultMoveRate;
                    _defaultMoveRate = number;
                    break;
                default:
                    former = _startUpLevel;
                    _startUpLevel = number;
                    break;
            }

            if (number != former)
            {
                Changed(attributeId);
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            writer.PutUnsigned(0, (ulong)GetLastingLevel());
            if (_startUpLevel != Null)
            {
                writer.PutUnsigned(1, (ulong)_startUpLevel);
            }
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            int level = MaxLevel;
            int startUp = Null;
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        level = (int)reader.GetUnsigned(MaxLevel);
                        break;
                    case 1:
                        startUp = (int)reader.GetUnsigned(MaxLevel);
                        break;
                }
            }

            if (reader.Error != 0)
            {
                return;
            }

            // StartUpCurrentLevel 0 means the minimum, null the former level.
            _startUpLevel = startUp;
            level = startUp == Null ? level : startUp;
            _level = level < MinLevel ? MinLevel : level;
        }

        /// <inheritdoc/>
        public override int SceneLength { get { return 1; } }

        /// <inheritdoc/>
        public override void StoreScene(byte[] scene, int offset)
        {
            scene[offset] = (byte)GetLastingLevel();
        }

        /// <inheritdoc/>
        public override bool SetSceneAttribute(uint attributeId, int valueTag, long value, byte[] scene, int offset)
        {
            scene[offset] = (byte)(value < MinLevel || value > MaxLevel ? UndefinedLevel : value);
            return attributeId == CurrentLevelId && valueTag == SceneValue.Unsigned8;
        }

        /// <inheritdoc/>
        public override void WriteScene(byte[] scene, int offset, TlvWriter writer)
        {
            SceneValue.Write(writer, CurrentLevelId, SceneValue.Unsigned8, scene[offset]);
        }

        /// <inheritdoc/>
        public override void RecallScene(byte[] scene, int offset, int transitionMs, long now)
        {
            _now = now;
            if (scene[offset] != UndefinedLevel)
            {
                Move(scene[offset], transitionMs, AtEnd.Stay);
            }
        }

        private static ulong GetMaximum(uint attributeId)
        {
            switch (attributeId)
            {
                case OptionsId:
                    return AllOptions;
                case OnOffTransitionTimeId:
                    return 0xFFFF;
                case OnTransitionTimeId:
                case OffTransitionTimeId:
                    return 0xFFFE;
                default:
                    return MaxLevel;
            }
        }
    }
}
