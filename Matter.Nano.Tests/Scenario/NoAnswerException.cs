using System;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A device kept silent for too long, has given up a handshake or closed a session: what a network may do, unlike a wrong answer.</summary>
    internal sealed class NoAnswerException : Exception
    {
        public NoAnswerException(string message)
            : base(message)
        {
        }
    }
}
