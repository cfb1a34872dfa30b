using System;

namespace Matter.Nano.Tests.Desktop.Kill
{
    /// <summary>Which writes an operation consists of, which of them decides, and when to kill.</summary>
    internal sealed class KillPlan
    {
        /// <summary>Whether a key belongs to the operation.</summary>
        public Predicate<long> IsPart { get; init; }

        /// <summary>Whether a key is that of the write that makes the new state out of the old one: the operation's last that counts.</summary>
        public Predicate<long> IsCommit { get; init; }

        /// <summary>Kill when so many of its writes have begun; 0 for after a time alone.</summary>
        public int AtWrite { get; init; }

        /// <summary>How long after that, or after the operation's beginning.</summary>
        public double DelayMs { get; init; }
    }
}
