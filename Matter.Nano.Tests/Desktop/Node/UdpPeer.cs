using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Exchanges;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Carries the datagrams of one end to a UDP port and back, in real time.</summary>
    internal sealed class UdpPeer : IDisposable
    {
        private static readonly byte[] PeerAddress = { 1 };

        private readonly Socket _socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        private readonly Stopwatch _time = Stopwatch.StartNew();
        private readonly byte[] _buffer = new byte[1500];
        private ILinkEnd _end;

        public UdpPeer(IPEndPoint device)
        {
            _socket.Connect(device);
        }

        /// <summary>All that the end has sent.</summary>
        public List<byte[]> Sent { get; } = new List<byte[]>();

        public void Attach(ILinkEnd end)
        {
            _end = end;
            end.Poll(_time.ElapsedMilliseconds);
        }

        /// <summary>See <see cref="Scenario.WaitHandler"/>.</summary>
        public void Wait(int milliseconds)
        {
            long until = _time.ElapsedMilliseconds + milliseconds;
            do
            {
                _end.Poll(_time.ElapsedMilliseconds);
                for (OutboxSlot slot = _end.Next(); slot != null; slot = _end.Next())
                {
                    byte[] datagram = slot.Buffer.AsSpan(slot.DatagramOffset, slot.DatagramLength).ToArray();
                    Sent.Add(datagram);
                    _socket.Send(datagram);
                }
                while (_socket.Poll(1000, SelectMode.SelectRead))
                {
                    int length = _socket.Receive(_buffer);
                    _end.Receive(_buffer, length, PeerAddress, 1, _time.ElapsedMilliseconds);
                }
            }
            while (_time.ElapsedMilliseconds < until);
        }

        public void Dispose()
        {
            _socket.Dispose();
        }
    }
}
