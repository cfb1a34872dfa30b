using Matter.Nano.Exchanges;

namespace Matter.Nano.Tests
{
    /// <summary>What a <see cref="MemoryLink"/> joins: anything that takes datagrams and leaves datagrams.</summary>
    internal interface ILinkEnd
    {
        /// <summary>The next datagram to send, or null.</summary>
        OutboxSlot Next();

        /// <summary>Takes in a datagram; may overwrite the buffer.</summary>
        void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now);

        /// <summary>Does what is due and says when to be called again.</summary>
        long Poll(long now);
    }
}
