using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>The commands (Matter Application Clusters 1.6).</content>
    public sealed partial class LevelControlCluster
    {
        private const uint MoveToLevel = 0x00;
        private const uint MoveUpOrDown = 0x01;
        private const uint StepUpOrDown = 0x02;
        private const uint Stop = 0x03;

        // Added to the id of a command that goes with On/Off.
        private const uint WithOnOff = 0x04;

        private const int Up = 0;
        private const int ExecuteIfOff = 1;
        private const int MsPerSecond = 1000;

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            // Level, MoveMode or StepMode; StepSize; TransitionTime or Rate: in this order, then mask and override.
            uint kind = commandId & ~WithOnOff;
            int optionsTag = kind == Stop ? 0 : kind == StepUpOrDown ? 3 : 2;
            int timeTag = kind == Stop ? -1 : optionsTag - 1;
            int present = 0;
            int goal = 0;
            int size = 0;
            int time = Null;
            int mask = 0;
            int options = 0;
            fields.Enter();
            while (fields.Next())
            {
                int tag = fields.Tag;
                if (tag == optionsTag)
                {
                    mask = (int)fields.GetUnsigned(0xFF);
                }
                else if (tag == optionsTag + 1)
                {
                    options = (int)fields.GetUnsigned(0xFF);
                }
                else if (tag == timeTag)
                {
                    time = fields.Type == TlvType.Null ? Null : (int)fields.GetUnsigned(kind == MoveUpOrDown ? 0xFEul : 0xFFFEul);
                }
                else if (tag == 0)
                {
                    goal = (int)fields.GetUnsigned(kind == MoveToLevel ? (ulong)MaxLevel : 1);
                }
                else if (tag == 1)
                {
                    size = (int)fields.GetUnsigned(0xFF);
                }
                else
                {
                    continue;
                }

                present |= 1 << tag;
            }

            fields.Exit();
            if (fields.Error != 0 || present != (1 << (optionsTag + 2)) - 1)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            if ((kind == MoveUpOrDown && time == 0) || (kind == StepUpOrDown && size == 0))
            {
                return ImStatus.InvalidCommand;
            }

            bool leads = (commandId & WithOnOff) != 0;
            bool isExecuted = leads || _onOff.IsOn || (((_options & ~mask) | (options & mask)) & ExecuteIfOff) != 0;
            if (isExecuted)
            {
                _now = context.Now;
                if (_isMoving && _startAt != Null)
                {
                    Step(_now);
                }

                Execute(kind, leads, goal, size, time);
            }

            return ImStatus.Success;
        }

        private void Execute(uint kind, bool leads, int goal, int size, int time)
        {
            if (kind == Stop)
            {
                if (_atEnd != AtEnd.ComeBack)
                {
                    Halt();
                }

                return;
            }

            if (kind != MoveToLevel && goal != Up && leads && !_onOff.IsOn)
            {
                // Below the minimum already.
                return;
            }

            int level = kind == MoveToLevel ? goal
                : kind == MoveUpOrDown ? (goal == Up ? MaxLevel : MinLevel)
                : (goal == Up ? GetStart(leads) + size : _level - size);
            level = level < MinLevel ? MinLevel : level > MaxLevel ? MaxLevel : level;
            if (leads)
            {
                TurnOn(level);
            }

            int distance = level > _level ? level - _level : _level - level;
            int ms = 0;
            if (kind == MoveToLevel)
            {
                ms = (time == Null ? _onOffTransitionTime : time) * MsPerTenth;
            }
            else if (kind == StepUpOrDown)
            {
                // A step that the limit shortens takes less time.
                ms = time == Null ? 0 : (int)((long)time * MsPerTenth * distance / size);
            }
            else
            {
                int rate = time == Null ? _defaultMoveRate : time;
                ms = rate == Null ? 0 : distance * MsPerSecond / rate;
            }

            if (distance != 0 || _isMoving)
            {
                LeaveScene();
            }

            Move(level, ms, leads && level == MinLevel ? AtEnd.SwitchOff : AtEnd.Stay);
        }

        /// <summary>Where a step up begins: a light that is off, and is to go on, is at the minimum.</summary>
        private int GetStart(bool leads)
        {
            return leads && !_onOff.IsOn ? MinLevel : _level;
        }

        /// <summary>
        /// Switches on what is about to be brighter than the minimum, if it is off or a scene would switch it off later; from
        /// the minimum, so that it doesn't flash at a former level.
        /// </summary>
        private void TurnOn(int level)
        {
            if (level <= MinLevel)
            {
                return;
            }

            if (!_onOff.IsOn)
            {
                LeaveScene();
                _isMoving = false;
                _level = MinLevel;
            }

            _onOff.Follow(true);
        }
    }
}
