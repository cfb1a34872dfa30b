namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Changes what an initiator is about to send: the way to a peer that breaks the rules.</summary>
    internal abstract class MessageTamper
    {
        /// <summary>Stands for sigma-3-tbedata before it is encrypted; not an opcode on the wire.</summary>
        public const int Sigma3Data = 0x132;

        /// <summary>Instead of a length: the message is not sent at all.</summary>
        public const int NotSent = -1;

        /// <summary>May rewrite the message in place, shorten it, or prolong it by a few bytes.</summary>
        /// <returns>The new length or <see cref="NotSent"/>.</returns>
        public virtual int Change(int opcode, byte[] buffer, int offset, int length)
        {
            return length;
        }

        /// <summary>May give the message another opcode.</summary>
        public virtual int Opcode(int opcode)
        {
            return opcode;
        }
    }
}
