namespace Matter.Nano.Messages
{
    /// <summary>
    /// Which message counters of one peer have been received: the largest one and a bitmap of the 32 before it
    /// (Matter Core 4.6.5). A counter is looked at, then taken in: between the two lies the decision whether
    /// the message can be processed at all, for one that cannot must still be new when it comes again.
    /// </summary>
    /// <remarks>
    /// A window is a number, for its owner to keep: the largest counter in the upper half, in the lower one the bitmap, whose
    /// bit n stands for the counter n + 1 before the largest. A node has dozens, and objects would take four times as much.
    /// </remarks>
    public static class ReceptionWindow
    {
        /// <summary>Rule of secure unicast sessions: counters only grow, what lies before the window is old.</summary>
        public const int SecureUnicast = 0;

        /// <summary>Rule of unsecured sessions: counters roll over, what lies before the window is new (a peer that restarted).</summary>
        public const int Unsecured = 1;

        /// <summary>Rule of group sessions: counters roll over, what lies before the window is old.</summary>
        public const int Group = 2;

        private const int Width = 32;

        /// <summary>A window in which every counter up to the largest counts as received.</summary>
        /// <param name="maximum">Largest counter received; 0 at the start of a secure session.</param>
        /// <returns>The window.</returns>
        public static ulong UpTo(uint maximum) { return (ulong)maximum << Width | 0xFFFFFFFF; }

        /// <summary>
        /// The window of a peer whose counter was not known before: what comes first is new. So is then what an unsecured
        /// peer sent just before: its ack may overtake its answer. A group's counts as received.
        /// </summary>
        /// <param name="rule"><see cref="Unsecured"/> or <see cref="Group"/>.</param>
        /// <param name="counter">The first counter.</param>
        /// <returns>The window.</returns>
        public static ulong StartAt(int rule, uint counter)
        {
            return rule == Unsecured ? (ulong)counter << Width : UpTo(counter);
        }

        /// <summary>Whether a counter is new.</summary>
        /// <param name="window">The window.</param>
        /// <param name="rule">One of <see cref="SecureUnicast"/>, <see cref="Unsecured"/>, <see cref="Group"/>.</param>
        /// <param name="counter">From an authenticated message, or any on an unsecured session.</param>
        /// <returns>False for a duplicate.</returns>
        public static bool IsNew(ulong window, int rule, uint counter)
        {
            uint maximum = (uint)(window >> Width);
            if (IsAhead(maximum, rule, counter)) return true;
            uint behind = maximum - counter;
            if (behind == 0) return false;
            if (behind > Width) return rule == Unsecured;
            return (window >> (int)(behind - 1) & 1) == 0;
        }

        /// <summary>Takes in a new counter.</summary>
        /// <param name="window">The window.</param>
        /// <param name="rule">One of <see cref="SecureUnicast"/>, <see cref="Unsecured"/>, <see cref="Group"/>.</param>
        /// <param name="counter">One that <see cref="IsNew"/> calls new.</param>
        /// <returns>The window in which it counts as received.</returns>
        public static ulong Accept(ulong window, int rule, uint counter)
        {
            uint maximum = (uint)(window >> Width);
            if (IsAhead(maximum, rule, counter))
            {
                uint ahead = counter - maximum;
                uint bitmap = (ahead < Width ? (uint)window << (int)ahead : 0) | (ahead <= Width ? 1u << (int)(ahead - 1) : 0);
                return (ulong)counter << Width | bitmap;
            }

            uint behind = maximum - counter;
            return behind > Width ? StartAt(rule, counter) : window | 1UL << (int)(behind - 1);
        }

        private static bool IsAhead(uint maximum, int rule, uint counter)
        {
            return rule == SecureUnicast ? counter > maximum : (int)(counter - maximum) > 0;
        }
    }
}
