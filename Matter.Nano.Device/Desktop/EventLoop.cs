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
            _waker = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _waker.Connect(_waker.LocalEndPoint);
            _waker.Blocking = false;
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
    }
}
