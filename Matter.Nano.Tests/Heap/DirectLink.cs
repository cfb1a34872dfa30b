using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Tests.Scenario;
using nanoFramework.Runtime.Native;

namespace Matter.Nano.Tests.Heap
{
    /// <summary>
    /// A light and a controller, and what carries their datagrams from one to the other without keeping or allocating anything.
    /// On demand it takes full garbage collections around the light's calls, to know what the light keeps of the heap.
    /// </summary>
    internal sealed class DirectLink
    {
        private static readonly byte[] LightAddress = { 1 };
        private static readonly byte[] ControllerAddress = { 2 };

        private readonly byte[] _buffer = new byte[Limits.ReceivedDatagram];
        private readonly VirtualLight _light;
        private readonly Commissioner _controller;
        private long _lightDue;
        private long _controllerDue;

        /// <summary>Starts a light and a controller.</summary>
        public DirectLink()
        {
            Now = 1000;
            _controller = new Commissioner(3, 0xFAB1, LightAddress, new WaitHandler(Wait));
            int free = Free();
            _light = new VirtualLight(2, new MemoryStore(), Now);
            AtStart = free - Free();
        }

        /// <summary>Monotonic ms.</summary>
        public long Now { get; private set; }

        /// <summary>The controller.</summary>
        public Commissioner Controller { get { return _controller; } }

        /// <summary>Bytes of the heap that the light keeps after its start.</summary>
        public int AtStart { get; }

        /// <summary>True to follow what the light's calls change of it.</summary>
        public bool IsMeasuring { get; set; }

        /// <summary>Bytes more than after the start that the light keeps now.</summary>
        public int Growth { get; private set; }

        /// <summary>The most that <see cref="Growth"/> has been.</summary>
        public int Peak { get; private set; }

        /// <summary>The light's calls measured.</summary>
        public int Calls { get; private set; }

        /// <summary>Free bytes of the heap after a full garbage collection.</summary>
        public static int Free()
        {
            return (int)GC.Run(false);
        }

        /// <summary>See <see cref="WaitHandler"/>.</summary>
        public void Wait(int milliseconds)
        {
            long until = Now + milliseconds;
            _lightDue = Now;
            _controllerDue = Now;
            for (; ; )
            {
                Carry();
                long due = _lightDue < _controllerDue ? _lightDue : _controllerDue;
                if (due > until) break;
                if (due > Now) Now = due;
                if (_lightDue <= Now)
                {
                    int free = Sample();
                    _lightDue = _light.Poll(Now);
                    Count(free, Sample());
                }

                if (_controllerDue <= Now) _controllerDue = _controller.Poll(Now);
            }

            Now = until;
        }

        private void Carry()
        {
            for (OutboxSlot slot = _controller.Next(); slot != null; slot = _controller.Next())
            {
                Array.Copy(slot.Buffer, slot.DatagramOffset, _buffer, 0, slot.DatagramLength);
                int free = Sample();
                _light.Receive(_buffer, slot.DatagramLength, ControllerAddress, ControllerAddress.Length, Now);
                Count(free, Sample());
                _lightDue = Now;
            }

            for (OutboxSlot slot = _light.Next(); slot != null; slot = _light.Next())
            {
                Array.Copy(slot.Buffer, slot.DatagramOffset, _buffer, 0, slot.DatagramLength);
                _controller.Receive(_buffer, slot.DatagramLength, LightAddress, LightAddress.Length, Now);
                _controllerDue = Now;
            }
        }

        // Both times from the same frame: frames are part of the heap.
        private int Sample()
        {
            return IsMeasuring ? Free() : 0;
        }

        private void Count(int before, int after)
        {
            Calls++;
            Growth += before - after;
            if (Growth > Peak) Peak = Growth;
        }
    }
}
