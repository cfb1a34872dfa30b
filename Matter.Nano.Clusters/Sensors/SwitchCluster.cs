using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// Switch (Matter Application Clusters 1.13): a latching one keeps its position, a momentary one goes back by itself.
    /// The application says when it is pressed and released, already debounced; the events follow.
    /// </summary>
    public sealed class SwitchCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x003B;

        /// <summary>Feature LatchingSwitch: it keeps its position. With no other feature.</summary>
        public const uint LatchingSwitch = 0x01;

        /// <summary>Feature MomentarySwitch: it goes back by itself.</summary>
        public const uint MomentarySwitch = 0x02;

        /// <summary>Feature MomentarySwitchRelease: it notices being released.</summary>
        public const uint MomentarySwitchRelease = 0x04;

        /// <summary>Feature MomentarySwitchLongPress: it tells long presses; needs MomentarySwitchRelease or ActionSwitch.</summary>
        public const uint MomentarySwitchLongPress = 0x08;

        /// <summary>Feature MomentarySwitchMultiPress: it counts presses; needs MomentarySwitchRelease or ActionSwitch.</summary>
        public const uint MomentarySwitchMultiPress = 0x10;

        /// <summary>Feature ActionSwitch: it tells only what the presses came down to; needs MomentarySwitchMultiPress, not MomentarySwitchRelease.</summary>
        public const uint ActionSwitch = 0x20;

        /// <summary>A button with all that most have: release, long press, multiple presses.</summary>
        public const uint PushButton = MomentarySwitch | MomentarySwitchRelease | MomentarySwitchLongPress | MomentarySwitchMultiPress;

        private const uint NumberOfPositionsId = 0x0000;
        private const uint CurrentPositionId = 0x0001;
        private const uint MultiPressMaxId = 0x0002;

        private const uint SwitchLatched = 0x00;
        private const uint InitialPress = 0x01;
        private const uint LongPress = 0x02;
        private const uint ShortRelease = 0x03;
        private const uint LongRelease = 0x04;
        private const uint MultiPressOngoing = 0x05;
        private const uint MultiPressComplete = 0x06;

        private const int NoCount = -1;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.Fixed,
            0x00, 0x01, Access.ReadView, Quality.None,
            0x00, 0x02, Access.ReadView, Quality.Fixed | Quality.Optional,
        };

        private static readonly byte[] EventTable =
        {
            0x00, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x01, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x02, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x03, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x04, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x05, EventAccess.View | EventAccess.Info | EventAccess.Optional,
            0x06, EventAccess.View | EventAccess.Info | EventAccess.Optional,
        };

        private readonly int _positions;
        private readonly int _maxPresses;
        private int _pressed; // the position that was pressed last
        private int _presses; // of the sequence that runs; 0 while idle
        private bool _isTold; // InitialPress of the present press was recorded
        private bool _isLong;
        private bool _isAborted; // more presses than can be counted: silence until idle
        private long _longAt; // 0 for never
        private long _idleAt; // likewise

        /// <summary>Creates the cluster, in position 0. Throws if the features don't go together.</summary>
        /// <param name="features">The switch's features, such as <see cref="PushButton"/>.</param>
        /// <param name="positions">Number of positions, 2 to 255. Of a button: pressed or not.</param>
        /// <param name="maxPresses">With <see cref="MomentarySwitchMultiPress"/>, how many presses are counted, 2 to 255.</param>
        public SwitchCluster(uint features, int positions, int maxPresses)
            : base(ClusterId, 2, features, AttributeTable, null, EventTable)
        {
            bool isAction = (features & ActionSwitch) != 0;
            uint extras = features & ~(LatchingSwitch | MomentarySwitch);
            if ((features & LatchingSwitch) != 0
                ? features != LatchingSwitch
                : (features & MomentarySwitch) == 0 || extras > (PushButton | ActionSwitch)
                    || (isAction ? (extras & MomentarySwitchRelease) != 0 || (extras & MomentarySwitchMultiPress) == 0 : extras != 0 && (extras & MomentarySwitchRelease) == 0))
            {
                throw new ArgumentException("features of a switch");
            }

            if (positions < 2 || positions > 255 || (Counts && (maxPresses < 2 || maxPresses > 255)))
            {
                throw new ArgumentException("positions or presses of a switch");
            }

            _positions = positions;
            _maxPresses = maxPresses;
        }

        /// <summary>The position, 0 where a momentary switch rests.</summary>
        public int Position { get; private set; }

        /// <summary>How long a press is that counts as long, in ms.</summary>
        public int LongPressMs { get; set; } = 1000;

        /// <summary>How long after a release another press belongs to the same sequence, in ms.</summary>
        public int MultiPressMs { get; set; } = 400;

        private bool Counts { get { return (Features & MomentarySwitchMultiPress) != 0; } }

        /// <summary>A latching switch was turned.</summary>
        /// <param name="position">Its new position.</param>
        public void Turn(int position)
        {
            Check(LatchingSwitch, position);
            if (Position == position)
            {
                return;
            }

            Move(position);
            SaveSoon();
            Raise(SwitchLatched, position, NoCount);
        }

        /// <summary>A button was pressed.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Press(long now)
        {
            Press(1, now);
        }

        /// <summary>A momentary switch was pressed into a position.</summary>
        /// <param name="position">Its new position, not 0.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Press(int position, long now)
        {
            Check(MomentarySwitch, position);
            if (Position == position)
            {
                return;
            }

            Release(now);
            if (position == 0)
            {
                return;
            }

            Poll(now);
            _idleAt = 0;
            _pressed = position;
            Move(position);
            if (!_isAborted)
            {
                Begin(position, now);
            }

            Wake();
        }

        /// <summary>A momentary switch was released.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Release(long now)
        {
            Check(MomentarySwitch, 0);
            if (Position == 0)
            {
                return;
            }

            Poll(now);
            _longAt = 0;
            Move(0);
            if (_isLong)
            {
                _isLong = false;
                _presses = 0;
                Raise(LongRelease, _pressed, NoCount);
                return;
            }

            if (_isTold)
            {
                Raise(ShortRelease, _pressed, NoCount);
            }

            _isTold = false;
            if (Counts)
            {
                _idleAt = now + MultiPressMs;
                Wake();
            }
            else
            {
                _presses = 0;
            }
        }

        /// <inheritdoc/>
        public override bool Has(uint attributeId)
        {
            return Counts;
        }

        /// <inheritdoc/>
        public override bool HasEvent(uint eventId)
        {
            switch (eventId)
            {
                case SwitchLatched:
                    return (Features & LatchingSwitch) != 0;
                case InitialPress:
                    return (Features & MomentarySwitch) != 0;
                case ShortRelease:
                    return (Features & MomentarySwitchRelease) != 0;
                case LongPress:
                case LongRelease:
                    return (Features & MomentarySwitchLongPress) != 0;
                case MultiPressOngoing:
                    return Counts && (Features & ActionSwitch) == 0;
                default:
                    return Counts;
            }
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case NumberOfPositionsId:
                    writer.PutUnsigned(tag, (ulong)_positions);
                    break;
                case CurrentPositionId:
                    writer.PutUnsigned(tag, (ulong)Position);
                    break;
                case MultiPressMaxId:
                    writer.PutUnsigned(tag, (ulong)_maxPresses);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            if (_longAt != 0 && now >= _longAt)
            {
                _longAt = 0;
                _isLong = true;
                Raise(LongPress, _pressed, NoCount);
            }

            if (_idleAt != 0 && now >= _idleAt)
            {
                _idleAt = 0;
                if (!_isAborted)
                {
                    Raise(MultiPressComplete, _pressed, _presses);
                }

                _isAborted = false;
                _presses = 0;
            }

            return _longAt != 0 ? _longAt : _idleAt != 0 ? _idleAt : long.MaxValue;
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            if ((Features & LatchingSwitch) != 0)
            {
                writer.PutUnsigned((int)CurrentPositionId, (ulong)Position);
            }
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag == (int)CurrentPositionId)
                {
                    Position = (int)reader.GetUnsigned((ulong)(_positions - 1));
                }
            }
        }

        // A long press is a sequence of its own: only the first press of a sequence can become one.
        private void Begin(int position, long now)
        {
            _presses++;
            _isTold = _presses == 1 || (Features & ActionSwitch) == 0;
            if (_isTold)
            {
                Raise(InitialPress, position, NoCount);
            }

            if (Counts && _presses > _maxPresses)
            {
                _isAborted = true;
                Raise(MultiPressComplete, position, 0);
            }
            else if (_presses > 1)
            {
                Raise(MultiPressOngoing, position, _presses);
            }
            else if ((Features & MomentarySwitchLongPress) != 0)
            {
                _longAt = now + LongPressMs;
            }
        }

        private void Check(uint kind, int position)
        {
            if ((Features & kind) == 0 || position < 0 || position >= _positions)
            {
                throw new ArgumentException("position of a switch");
            }
        }

        private void Move(int position)
        {
            Position = position;
            Changed(CurrentPositionId);
        }

        // Of an event that this switch doesn't have, nothing is recorded.
        private void Raise(uint eventId, int position, int count)
        {
            TlvWriter fields = BeginEvent(eventId);
            fields.PutUnsigned(0, (ulong)position);
            if (count != NoCount)
            {
                fields.PutUnsigned(1, (ulong)count);
            }

            EndEvent();
        }
    }
}
