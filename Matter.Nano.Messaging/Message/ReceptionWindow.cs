namespace Matter.Nano.Messages
{
    /// <summary>
    /// Which message counters of one peer have been received: the largest one and a bitmap of the 32 before it
    /// (Matter Core 4.6.5). A counter is looked at, then taken in: between the two lies the decision whether
    /// the message can be processed at all, for one that cannot must still be new when it comes again.
    /// </summary>
    public sealed class ReceptionWindow
    {
        /// <summary>Rule of secure unicast sessions: counters only grow, what lies before the window is old.</summary>
        public const int SecureUnicast = 0;

        /// <summary>Rule of unsecured sessions: counters roll over, what lies before the window is new (a peer that restarted).</summary>
        public const int Unsecured = 1;

        /// <summary>Rule of group sessions: counters roll over, what lies before the window is old.</summary>
        public const int Group = 2;

        private const int Width = 32;

        // Until the first counter is accepted, any is new.
        private const int Trusts = 4;

        private int _rule;      // and Trusts
        private uint _maximum;
        private uint _bitmap;   // bit n: _maximum - 1 - n was received

        /// <summary>Starts over; every counter up to <paramref name="maximum"/> counts as received.</summary>
        /// <param name="rule">One of <see cref="SecureUnicast"/>, <see cref="Unsecured"/>, <see cref="Group"/>.</param>
        /// <param name="maximum">Largest counter received; 0 at the start of a secure session.</param>
        public void Reset(int rule, uint maximum)
        {
            _rule = rule;
            _maximum = maximum;
            _bitmap = 0xFFFFFFFF;
        }

        /// <summary>
        /// Starts over with a peer whose counter is not known: whatever comes first is new. So is then what an unsecured
        /// peer sent just before: its ack may overtake its answer. A group's counts as received.
        /// </summary>
        /// <param name="rule"><see cref="Unsecured"/> or <see cref="Group"/>.</param>
        public void ResetToTrust(int rule)
        {
            _rule = rule | Trusts;
        }

        /// <summary>Whether a counter is new; changes nothing.</summary>
        /// <param name="counter">From an authenticated message, or any on an unsecured session.</param>
        /// <returns>False for a duplicate.</returns>
        public bool IsNew(uint counter)
        {
            if (_rule >= Trusts || IsAhead(counter)) return true;
            uint behind = _maximum - counter;
            if (behind == 0) return false;
            if (behind > Width) return _rule == Unsecured;
            return (_bitmap >> (int)(behind - 1) & 1) == 0;
        }

        /// <summary>Marks a new counter as received.</summary>
        /// <param name="counter">One that <see cref="IsNew"/> calls new.</param>
        public void Accept(uint counter)
        {
            if (_rule >= Trusts)
            {
                StartAt(counter);
                return;
            }
            if (IsAhead(counter))
            {
                uint ahead = counter - _maximum;
                _bitmap = (ahead < Width ? _bitmap << (int)ahead : 0) | (ahead <= Width ? 1u << (int)(ahead - 1) : 0);
                _maximum = counter;
                return;
            }

            uint behind = _maximum - counter;
            if (behind > Width) StartAt(counter);
            else _bitmap |= 1u << (int)(behind - 1);
        }

        private void StartAt(uint counter)
        {
            Reset(_rule & ~Trusts, counter);
            if (_rule == Unsecured) _bitmap = 0;
        }

        private bool IsAhead(uint counter)
        {
            return _rule == SecureUnicast ? counter > _maximum : (int)(counter - _maximum) > 0;
        }
    }
}
