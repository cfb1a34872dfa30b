namespace Matter.Nano.Clusters
{
    /// <content>How the level moves, what the lamp shows of it and what subscribers hear; and how On/Off goes with it.</content>
    public sealed partial class LevelControlCluster
    {
        /// <summary>Between two steps of a transition in ms.</summary>
        private const int StepMs = 50;

        // CurrentLevel is reported at most so often in a transition, and at its end.
        private const int ReportMs = 1000;

        // RemainingTime is reported where it jumps by more than this many tenths, and when it becomes 0; not at all if it
        // was less before.
        private const int ReportTenths = 10;

        private const int UndefinedLevel = 0xFF;

        // The level goes from one to the other, once _isMoving. The time of the start is not known before the next Poll, which
        // comes at once.
        private bool _isMoving;
        private int _from;
        private int _to;
        private int _durationMs;
        private long _startAt;
        private int _atEnd;

        // The level to come back to, while fading out.
        private int _kept;

        private long _now;
        private long _reportedAt = -ReportMs;

        // Subscribers are to hear when the time is over.
        private bool _isTimeTold;
        private int _shown = Null;

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            _now = now;
            if (_isMoving)
            {
                if (_startAt == Null)
                {
                    _startAt = now;
                }

                Step(now);
            }

            Show();
            return _isMoving ? GetNextStep(now) : long.MaxValue;
        }

        /// <summary>On/Off was switched: fades in from the minimum or out to it.</summary>
        internal void Follow(bool on)
        {
            int kept = GetLastingLevel();
            int tenths = on ? _onTransitionTime : _offTransitionTime;
            int ms = (tenths == Null ? _onOffTransitionTime : tenths) * MsPerTenth;
            if (on)
            {
                if (ms != 0)
                {
                    _level = MinLevel;
                }

                Move(_onLevel == Null ? kept : _onLevel, ms, AtEnd.StayFadedIn);
                return;
            }

            _kept = _onLevel == Null ? kept : MinLevel;
            Move(ms == 0 ? _kept : MinLevel, ms, AtEnd.ComeBack);
        }

        /// <summary>Where the level stays when all that goes on by itself is over; a transition that was asked for is none such.</summary>
        private int GetLastingLevel()
        {
            return !_isMoving ? _level : _atEnd == AtEnd.ComeBack ? _kept : _atEnd == AtEnd.StayFadedIn ? _to : _level;
        }

        private int GetRemainingTime(long now)
        {
            if (!_isMoving)
            {
                return 0;
            }

            long left = _startAt == Null ? _durationMs : _startAt + _durationMs - now;
            long tenths = (left + MsPerTenth - 1) / MsPerTenth;
            return tenths < 0 ? 0 : tenths > 0xFFFF ? 0xFFFF : (int)tenths;
        }

        /// <summary>Starts to move, in place of a transition that is under way.</summary>
        private void Move(int level, int durationMs, int atEnd)
        {
            int before = GetRemainingTime(_now);
            bool moved = _isMoving;
            _isMoving = true;
            _from = _level;
            _to = level;
            _durationMs = level == _level ? 0 : durationMs;
            _startAt = Null;
            _atEnd = atEnd;
            if (_durationMs == 0)
            {
                Rest(moved);
                return;
            }

            _isTimeTold |= _durationMs >= ReportTenths * MsPerTenth;
            int change = GetRemainingTime(_now) - before;
            if (change > ReportTenths || change < -ReportTenths)
            {
                Changed(RemainingTimeId);
            }

            Show();
            Wake();
        }

        private void Step(long now)
        {
            long elapsed = now - _startAt;
            if (elapsed >= _durationMs || (_atEnd == AtEnd.ComeBack && _onOff.IsOn))
            {
                Rest(true);
                return;
            }

            int level = _from + (int)((_to - _from) * elapsed / _durationMs);
            if (level != _level)
            {
                _level = level;
                Report(ReportMs);
            }
        }

        /// <summary>When the level is another one, but not before some time.</summary>
        private long GetNextStep(long now)
        {
            int distance = _to > _from ? _to - _from : _from - _to;
            int done = _level > _from ? _level - _from : _from - _level;
            long next = _startAt + ((((long)(done + 1) * _durationMs) + distance - 1) / distance);
            next = next < now + StepMs ? now + StepMs : next;
            return next < _startAt + _durationMs ? next : _startAt + _durationMs;
        }

        /// <summary>Ends the movement at its goal, with what comes after it.</summary>
        private void Rest(bool hasTime)
        {
            int former = _level;
            _isMoving = false;
            _level = _to;
            if (_atEnd == AtEnd.ComeBack)
            {
                _level = _kept;
            }
            else if (_atEnd == AtEnd.SwitchOff && _onOff.IsOn)
            {
                LeaveScene();
                _onOff.Follow(false);
            }

            if (_level != former || hasTime)
            {
                SaveSoon();
                Report(0);
            }

            if (_isTimeTold)
            {
                _isTimeTold = false;
                Changed(RemainingTimeId);
            }

            Show();
        }

        /// <summary>Ends the movement where it is.</summary>
        private void Halt()
        {
            if (_isMoving)
            {
                _to = _level;
                _atEnd = AtEnd.Stay;
                Rest(true);
            }
        }

        private void Report(int intervalMs)
        {
            if (_now - _reportedAt >= intervalMs)
            {
                _reportedAt = _now;
                Changed(CurrentLevelId);
            }
        }

        private void Show()
        {
            int level = _onOff.IsOn || (_isMoving && _atEnd == AtEnd.ComeBack) ? _level : 0;
            if (level != _shown)
            {
                _shown = level;
                if (_handler != null)
                {
                    _handler(this, level);
                }
            }
        }

        /// <summary>What comes at the end of a movement.</summary>
        private static class AtEnd
        {
            /// <summary>Nothing.</summary>
            public const int Stay = 0;

            /// <summary>Nothing, but it was On/Off that was switched on.</summary>
            public const int StayFadedIn = 1;

            /// <summary>On/Off is switched off.</summary>
            public const int SwitchOff = 2;

            /// <summary>On/Off was switched off: the level is what it was before.</summary>
            public const int ComeBack = 3;
        }
    }
}
