using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>On/Off with the Lighting feature (Matter Application Clusters 1.5).</summary>
    /// <remarks>
    /// OnTime and OffWaitTime are kept as points in time and worked out when read: subscribers hear of them when a
    /// command or a client changes them and when they are over, not ten times a second.
    /// </remarks>
    public sealed partial class OnOffCluster : ScenableCluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0006;

        private const uint OnOffId = 0x0000;
        private const uint GlobalSceneControlId = 0x4000;
        private const uint OnTimeId = 0x4001;
        private const uint OffWaitTimeId = 0x4002;
        private const uint StartUpOnOffId = 0x4003;

        private const uint Off = 0x00;
        private const uint On = 0x01;
        private const uint Toggle = 0x02;
        private const uint OffWithEffect = 0x40;
        private const uint OnWithRecallGlobalScene = 0x41;
        private const uint OnWithTimedOff = 0x42;

        private const uint LightingFeature = 1;
        private const int MsPerTenth = 100;
        private const int Unlimited = 0xFFFF;
        private const int StartUpNull = -1;
        private const int StartUpToggle = 2;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.NonVolatile,
            0x40, 0x00, Access.ReadView, Quality.None,
            0x40, 0x01, Access.ReadView | Access.WriteOperate, Quality.None,
            0x40, 0x02, Access.ReadView | Access.WriteOperate, Quality.None,
            0x40, 0x03, Access.ReadView | Access.WriteManage, Quality.Nullable | Quality.NonVolatile,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Operate, CommandAccess.NoResponse,
            0x01, CommandAccess.Operate, CommandAccess.NoResponse,
            0x02, CommandAccess.Operate, CommandAccess.NoResponse,
            0x40, CommandAccess.Operate, CommandAccess.NoResponse,
            0x41, CommandAccess.Operate, CommandAccess.NoResponse,
            0x42, CommandAccess.Operate, CommandAccess.NoResponse,
        };

        private readonly OnOffHandler _handler;
        private bool _on;
        private bool _globalSceneControl = true;
        private int _startUp = StartUpNull;
        private bool _shown;

        // StartUpOnOff has changed the state that is stored.
        private bool _isRestarted;

        /// <summary>Creates the cluster, off.</summary>
        /// <param name="handler">Told of every change of state and once of the state at start; may be null.</param>
        public OnOffCluster(OnOffHandler handler)
            : base(ClusterId, 6, LightingFeature, AttributeTable, CommandTable)
        {
            _handler = handler;
        }

        /// <summary>True while on.</summary>
        public bool IsOn { get { return _on; } }

        /// <summary>Switches as a user at the device would: attribute, hardware and subscribers follow.</summary>
        /// <param name="on">True for on.</param>
        public void Switch(bool on)
        {
            bool changes = on != _on;
            if (changes)
            {
                LeaveScene();
            }

            Follow(on);
            if (changes && Level != null)
            {
                Level.Follow(on);
            }
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case OnOffId:
                    writer.PutBoolean(tag, _on);
                    break;
                case GlobalSceneControlId:
                    writer.PutBoolean(tag, _globalSceneControl);
                    break;
                case OnTimeId:
                    writer.PutUnsigned(tag, (ulong)(_on ? Left(_onTime, context.Now) : _onTime));
                    break;
                case OffWaitTimeId:
                    writer.PutUnsigned(tag, (ulong)(_on ? _offWaitTime : Left(_offWaitTime, context.Now)));
                    break;
                case StartUpOnOffId:
                    if (_startUp == StartUpNull)
                    {
                        writer.PutNull(tag);
                    }
                    else
                    {
                        writer.PutUnsigned(tag, (ulong)_startUp);
                    }

                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            int number = StartUpNull;
            if (attributeId != StartUpOnOffId)
            {
                number = (int)value.GetUnsigned(0xFFFF);
            }
            else if (value.Type != TlvType.Null)
            {
                number = (int)value.GetUnsigned(StartUpToggle);
            }

            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            Settle(context.Now);
            int former;
            switch (attributeId)
            {
                case OnTimeId:
                    former = _onTime;
                    _onTime = number;
                    break;
                case OffWaitTimeId:
                    former = _offWaitTime;
                    _offWaitTime = number;
                    break;
                default:
                    former = _startUp;
                    _startUp = number;
                    break;
            }

            Run(context.Now);
            if (number != former)
            {
                Changed(attributeId);
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            Settle(context.Now);
            switch (commandId)
            {
                case Off:
                    Switch(false);
                    return ImStatus.Success;
                case On:
                    Switch(true);
                    return ImStatus.Success;
                case Toggle:
                    Switch(!_on);
                    return ImStatus.Success;
                case OffWithEffect:
                    return InvokeOffWithEffect(fields, context.FabricIndex);
                case OnWithRecallGlobalScene:
                    if (!_globalSceneControl)
                    {
                        RecallGlobalScene(context.FabricIndex, context.Now);
                    }

                    return ImStatus.Success;
                case OnWithTimedOff:
                    return InvokeOnWithTimedOff(fields, context.Now);
                default:
                    return ImStatus.UnsupportedCommand;
            }
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            if (!_shown)
            {
                Show();
                if (_isRestarted)
                {
                    SaveSoon();
                }
            }

            if (_until != 0 && now >= _until)
            {
                Settle(now);
            }

            if (_isDue)
            {
                Run(now);
            }

            if (_offAt != 0 && now >= _offAt)
            {
                Follow(false);
            }

            long next = _until != 0 ? _until : long.MaxValue;
            return _offAt != 0 && _offAt < next ? _offAt : next;
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            writer.PutBoolean((int)OnOffId, _on);
            if (_startUp != StartUpNull)
            {
                writer.PutUnsigned(1, (ulong)_startUp);
            }
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            int startUp = StartUpNull;
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        _on = reader.GetBoolean();
                        break;
                    case 1:
                        startUp = (int)reader.GetUnsigned(StartUpToggle);
                        break;
                }
            }

            if (reader.Error != 0 || startUp == StartUpNull)
            {
                return;
            }

            _startUp = startUp;
            bool on = startUp == StartUpToggle ? !_on : startUp == 1;
            _isRestarted = on != _on;
            _on = on;
        }

        private int InvokeOffWithEffect(TlvReader fields, int fabricIndex)
        {
            int present = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        fields.GetUnsigned(1);
                        present |= 1;
                        break;
                    case 1:
                        fields.GetUnsigned(0xFF);
                        present |= 2;
                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != 3)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            if (_globalSceneControl)
            {
                StoreGlobalScene(fabricIndex);
                _globalSceneControl = false;
                Changed(GlobalSceneControlId);
            }

            Switch(false);
            return ImStatus.Success;
        }

        /// <summary>Switches as another cluster of the endpoint asks: a scene, or a level that leads.</summary>
        internal void Follow(bool on)
        {
            if (on)
            {
                TurnOn();
            }
            else
            {
                TurnOff();
            }
        }

        private void TurnOn()
        {
            if (_onTime == 0)
            {
                SetOffWaitTime(0);
            }

            Set(true);
            AllowGlobalScene();
        }

        private void TurnOff()
        {
            if (_onTime != 0)
            {
                _onTime = 0;
                Changed(OnTimeId);
            }

            Set(false);
        }

        private void AllowGlobalScene()
        {
            if (!_globalSceneControl)
            {
                _globalSceneControl = true;
                Changed(GlobalSceneControlId);
            }
        }

        private void SetOffWaitTime(int tenths)
        {
            if (_offWaitTime != tenths)
            {
                _offWaitTime = tenths;
                Changed(OffWaitTimeId);
            }
        }

        private void Set(bool on)
        {
            _offAt = 0;
            if (_on == on)
            {
                return;
            }

            _on = on;
            _until = 0;
            _isDue = true;
            Changed(OnOffId);
            Show();
            Wake();
        }

        private void Show()
        {
            _shown = true;
            if (_handler != null)
            {
                _handler(this, _on);
            }
        }
    }
}
