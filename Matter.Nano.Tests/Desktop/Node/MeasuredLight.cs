using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Tests.Scenario;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Counts the bytes that a light's node allocates in its calls; what others allocate in between is not in it.</summary>
    internal sealed class MeasuredLight : ILinkEnd
    {
        private readonly VirtualLight _light;

        public MeasuredLight(VirtualLight light)
        {
            _light = light;
        }

        /// <summary>Bytes so far.</summary>
        public long Allocated { get; private set; }

        /// <summary>Datagrams that came in and went out so far.</summary>
        public int Datagrams { get; private set; }

        /// <summary>Switches the lamp, as the application does.</summary>
        public void Switch(bool on)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _light.OnOff.Switch(on);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public OutboxSlot Next()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            OutboxSlot slot = _light.Next();
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Datagrams += slot == null ? 0 : 1;
            return slot;
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Datagrams++;
            long before = GC.GetAllocatedBytesForCurrentThread();
            _light.Receive(buffer, length, peer, peerLength, now);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public long Poll(long now)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long next = _light.Poll(now);
            Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            return next;
        }
    }
}
