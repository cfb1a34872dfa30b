using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// Waits for sockets, a deadline, or actions that other threads post: all work happens on the one thread that waits.
    /// </summary>
    internal sealed class EventLoop : IDisposable
    {
        private const int MaxWaitMs = 60000;

        private readonly ConcurrentQueue<Action> _actions = new ConcurrentQueue<Action>();
        private readonly List<Socket> _sockets = new List<Socket>();
        private readonly List<Socket> _ready = new List<Socket>();
        private readonly Socket _waker; // connected to itself: a byte sent ends the wait
        private readonly byte[] _wakeByte = new byte[1];

        public EventLoop()
        {
            _waker = OpenWaker(IPAddress.Loopback) ?? OpenWaker(IPAddress.IPv6Loopback) ?? throw new SocketException((int)SocketError.NetworkDown);
            _sockets.Add(_waker);
        }

        /// <summary>The sockets waited for; add to it before the first wait.</summary>
        public List<Socket> Sockets { get { return _sockets; } }

        /// <summary>Has an action run on the loop's thread; callable from any thread.</summary>
        public void Post(Action action)
        {
            _actions.Enqueue(action);
            try
            {
                _waker.Send(_wakeByte);
            }
            catch (SocketException)
            {
                // The buffer is full of wake-ups: it will wake.
            }
            catch (ObjectDisposedException)
            {
                // The program is ending.
            }
        }

        /// <summary>Waits at most so long, then runs the actions posted.</summary>
        /// <param name="waitMs">Time in ms; 0 or less only looks.</param>
        /// <returns>The sockets that have something to read; the list is reused.</returns>
        public List<Socket> Wait(long waitMs)
        {
            _ready.Clear();
            _ready.AddRange(_sockets);
            Socket.Select(_ready, null, null, (int)Math.Clamp(waitMs, 0, MaxWaitMs) * 1000);
            if (_ready.Remove(_waker))
                _waker.Receive(_wakeByte);
            while (_actions.TryDequeue(out Action action))
                action();
            return _ready;
        }

        public void Dispose()
        {
            _waker.Dispose();
        }

        // A host may have a loopback address of one family only.
        private static Socket OpenWaker(IPAddress loopback)
        {
            Socket waker = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                waker.Bind(new IPEndPoint(loopback, 0));
                waker.Connect(waker.LocalEndPoint);
                waker.Blocking = false;
                return waker;
            }
            catch (SocketException)
            {
                waker.Dispose();
                return null;
            }
        }
    }
}
