using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A light whose engine's steps are counted for each call into the node.</summary>
    internal sealed class StepCounter : ILinkEnd
    {
        private readonly VirtualLight _light;

        public StepCounter(VirtualLight light)
        {
            _light = light;
        }

        /// <summary>Most steps that a call took.</summary>
        public int MostSteps { get; private set; }

        /// <summary>Steps of all calls.</summary>
        public int Steps { get; private set; }

        public OutboxSlot Next()
        {
            return _light.Next();
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            int before = _light.Crypto.P256.StepCount;
            _light.Receive(buffer, length, peer, peerLength, now);
            Count(before);
        }

        public long Poll(long now)
        {
            int before = _light.Crypto.P256.StepCount;
            long next = _light.Poll(now);
            Count(before);
            return next;
        }

        private void Count(int before)
        {
            int steps = _light.Crypto.P256.StepCount - before;
            Steps += steps;
            if (steps > MostSteps) MostSteps = steps;
        }
    }
}
