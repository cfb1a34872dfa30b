namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Changes what an initiator is about to send: the way to a peer that breaks the rules.</summary>
    internal abstract class MessageTamper
    {
        /// <summary>Stands for sigma-3-tbedata before it is encrypted; not an opcode on the wire.</summary>
        public const int Sigma3Data = 0x132;

        /// <summary>May rewrite the message in place, shorten it, or prolong it by a few bytes.</summary>
        /// <returns>The new length.</returns>
        public abstract int Change(int opcode, byte[] buffer, int offset, int length);
    }
}
