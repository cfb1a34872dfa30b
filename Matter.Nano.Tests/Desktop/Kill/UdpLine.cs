using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Matter.Nano.Exchanges;

namespace Matter.Nano.Tests.Desktop.Kill
{
    /// <summary>Carries the datagrams of one end to a device that may die at any moment and come back under another port.</summary>
    internal sealed class UdpLine : IDisposable
    {
        private static readonly byte[] PeerAddress = { 1 };
        private static readonly Stopwatch Time = Stopwatch.StartNew();

        private readonly byte[] _buffer = new byte[1500];
        private Socket _socket;
        private DeviceProcess _device;

        /// <summary>The address by which the end knows the device, whatever its port.</summary>
        public static byte[] Address { get { return PeerAddress; } }

        /// <summary>Whose datagrams are carried.</summary>
        public ILinkEnd End { get; set; }

        public void Connect(DeviceProcess device)
        {
            _socket?.Dispose();
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _socket.Connect(new IPEndPoint(IPAddress.Loopback, device.Port));
            _device = device;
            End.Poll(Time.ElapsedMilliseconds);
        }

        /// <summary>See <see cref="Scenario.WaitHandler"/>; for a dead device there is no need to.</summary>
        public void Wait(int milliseconds)
        {
            long until = Time.ElapsedMilliseconds + milliseconds;
            do
            {
                End.Poll(Time.ElapsedMilliseconds);
                try
                {
                    for (OutboxSlot slot = End.Next(); slot != null; slot = End.Next())
                        _socket.Send(slot.Buffer, slot.DatagramOffset, slot.DatagramLength, SocketFlags.None);
                    while (_socket.Poll(1000, SelectMode.SelectRead))
                    {
                        int length = _socket.Receive(_buffer);
                        End.Receive(_buffer, length, PeerAddress, 1, Time.ElapsedMilliseconds);
                    }
                }
                catch (SocketException)
                {
                    // Its port is closed: it is dead, or as good as.
                }
            }
            while (!_device.IsKilled && Time.ElapsedMilliseconds < until);
        }

        public void Dispose()
        {
            _socket?.Dispose();
        }
    }
}
