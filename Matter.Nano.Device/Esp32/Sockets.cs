using System;
using Matter.Nano.Clusters;
using Matter.Nano.Device.Network;
using Matter.Nano.Discovery;
using Matter.Nano.Exchanges;
using Matter.Nano.Messages;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>The node's and the responder's sockets, over IPv6 as far as the firmware has it and over IPv4, on one interface.</summary>
    internal sealed class Sockets
    {
        /// <summary>What the responder calls the one interface.</summary>
        private const int InterfaceId = 1;

        private const int MaxMdnsLength = 1472; // an Ethernet frame's

        private static readonly byte[] MdnsIPv4 = { 224, 0, 0, 251 };
        private static readonly byte[] MdnsIPv6 = { 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFB };

        private readonly UdpSocket[] _all = new UdpSocket[4];
        private readonly UdpSocket _ipv6;
        private readonly UdpSocket _ipv4;
        private readonly UdpSocket _mdnsIPv6;
        private readonly UdpSocket _mdnsIPv4;
        private readonly InterfaceScope _scope = new InterfaceScope();
        private readonly byte[] _mdnsBuffer = new byte[MaxMdnsLength];
        private readonly byte[] _groups = new byte[GroupTable.Capacity * GroupAddress.Length];
        private readonly byte[] _group = new byte[GroupAddress.Length];
        private int _groupCount;

        /// <summary>Opens what can be opened.</summary>
        /// <param name="port">The node's UDP port.</param>
        public Sockets(int port)
        {
            if (Board.HasIPv6)
            {
                _ipv6 = UdpSocket.Open(true, port);
                _mdnsIPv6 = UdpSocket.Open(true, MdnsResponder.Port);
            }

            _ipv4 = UdpSocket.Open(false, port);
            _mdnsIPv4 = UdpSocket.Open(false, MdnsResponder.Port);
            _all[0] = _ipv6;
            _all[1] = _ipv4;
            _all[2] = _mdnsIPv6;
            _all[3] = _mdnsIPv4;
            HasMdnsIPv4 = _mdnsIPv4 != null && _mdnsIPv4.SetMembership(MdnsIPv4, 0, true);
            for (int index = 1; index <= InterfaceScope.Highest && _mdnsIPv6 != null; index++)
            {
                if (_mdnsIPv6.SetMembership(MdnsIPv6, index, true))
                {
                    _scope.Join(index);
                    HasMdnsIPv6 = true;
                }
            }
        }

        /// <summary>Whether the responder's IPv4 group is joined.</summary>
        public bool HasMdnsIPv4 { get; }

        /// <summary>Whether the responder's IPv6 group is joined.</summary>
        public bool HasMdnsIPv6 { get; private set; }

        /// <summary>Writes a peer that was found on the network.</summary>
        /// <returns>Its length in bytes; 0 if there is no socket for it.</returns>
        public int WritePeer(byte[] peer, byte[] address, int length, int port)
        {
            UdpSocket socket = length == LinkLocalAddress.Length ? _ipv6 : _ipv4;
            return socket == null ? 0
                : PeerAddress.Write(peer, address, length, port, socket.IsIPv6 && LinkLocalAddress.Is(address, 0) ? _scope.Known : 0);
        }

        /// <summary>Closes all.</summary>
        public void Close()
        {
            for (int i = 0; i < _all.Length; i++)
            {
                if (_all[i] != null)
                {
                    _all[i].Close();
                }
            }
        }

        /// <summary>Waits for a datagram of the node's first socket, then hands over what all have.</summary>
        /// <param name="node">Gets the datagrams.</param>
        /// <param name="link">The present addresses.</param>
        /// <param name="waitMs">The longest wait in ms.</param>
        /// <param name="clock">Tells when a datagram came.</param>
        /// <returns>True if there was any.</returns>
        public bool Receive(Node node, LinkState link, int waitMs, TickClock clock)
        {
            bool any = false;
            for (int i = 0; i < _all.Length; i++)
            {
                UdpSocket socket = _all[i];
                if (socket == null || !socket.Wait(waitMs))
                {
                    waitMs = socket == null ? waitMs : 0;
                    continue;
                }

                waitMs = 0;
                any = true;
                if (socket == _ipv6 || socket == _ipv4)
                {
                    ReceiveMessage(socket, node, clock.NowMs);
                }
                else
                {
                    ReceiveMdns(socket, node, link, clock.NowMs);
                }
            }

            return any;
        }

        /// <summary>Sends all that the node and its responder have ready.</summary>
        public void Drain(Node node, long now)
        {
            OutboxSlot slot = node.Outbox.Next();
            while (slot != null)
            {
                UdpSocket socket = slot.PeerAddressLength == PeerAddress.IPv4Length ? _ipv4 : _ipv6;
                if (socket != null && slot.IsToGroup)
                {
                    Multicast(socket, slot.Buffer, slot.DatagramOffset, slot.DatagramLength, slot.PeerAddress, GroupAddress.Port);
                }
                else if (socket != null)
                {
                    socket.Send(slot.Buffer, slot.DatagramOffset, slot.DatagramLength, slot.PeerAddress, slot.PeerAddressLength);
                }

                slot = node.Outbox.Next();
            }

            MdnsDatagram datagram = node.Discovery.Next(now);
            while (datagram != null)
            {
                SendMdns(datagram);
                datagram = node.Discovery.Next(now);
            }
        }

        /// <summary>Tells the responder of the present addresses.</summary>
        public void Announce(Node node, LinkState link, long now)
        {
            node.Discovery.SetInterface(
                InterfaceId, HasMdnsIPv4 && link.IPv4Count > 0, HasMdnsIPv6 && link.IPv6Count > 0,
                link.IPv4, link.IPv4Count, link.IPv6, link.IPv6Count, now);
        }

        /// <summary>Takes the responder's records back: the interface is down.</summary>
        public void Withdraw(Node node)
        {
            node.Discovery.RemoveInterface(InterfaceId);
        }

        /// <summary>Joins the multicast groups of the node's endpoints and leaves those that are no longer wanted.</summary>
        public void UpdateGroups(Node node)
        {
            SetGroups(false);
            _groupCount = 0;
            for (int row = 0; row < GroupTable.Capacity; row++)
            {
                if (node.GetGroupAddress(row, _group))
                {
                    Array.Copy(_group, 0, _groups, _groupCount++ * GroupAddress.Length, GroupAddress.Length);
                }
            }

            SetGroups(true);
        }

        private void SetGroups(bool join)
        {
            for (int i = 0; i < _groupCount && _ipv6 != null; i++)
            {
                Array.Copy(_groups, i * GroupAddress.Length, _group, 0, GroupAddress.Length);
                for (int index = _scope.Next(0); index != 0; index = _scope.Next(index))
                {
                    _ipv6.SetMembership(_group, index, join);
                }
            }
        }

        private void ReceiveMessage(UdpSocket socket, Node node, long now)
        {
            int length = socket.Receive(node.RxBuffer);
            if (length > 0)
            {
                Learn(socket);
                node.Receive(socket.Peer, socket.PeerLength, length, now);
            }
        }

        private void ReceiveMdns(UdpSocket socket, Node node, LinkState link, long now)
        {
            int length = socket.Receive(_mdnsBuffer);
            if (length <= 0)
            {
                return;
            }

            // Only from this link: a datagram's destination is not told here, and a unicast one may come from anywhere.
            if (socket.IsIPv6 ? !LinkLocalAddress.Is(socket.Peer, 0) : !link.IsOnLink(socket.Peer))
            {
                return;
            }

            Learn(socket);
            int port = PeerAddress.Port(socket.Peer, socket.PeerLength);
            MdnsDatagram answer = node.Discovery.Receive(_mdnsBuffer, length, InterfaceId, socket.IsIPv6, socket.Peer, socket.PeerLength, port, now);
            if (answer != null)
            {
                SendMdns(answer);
            }
        }

        private void Learn(UdpSocket socket)
        {
            if (!socket.IsIPv6 || !LinkLocalAddress.Is(socket.Peer, 0) || !_scope.Learn(PeerAddress.Scope(socket.Peer)))
            {
                return;
            }

            int index = _scope.Known;
            Log.Write("the network interface has index " + index.ToString());
            if (!_scope.IsJoined(index))
            {
                _scope.Join(index);
                HasMdnsIPv6 |= _mdnsIPv6 != null && _mdnsIPv6.SetMembership(MdnsIPv6, index, true);
                SetGroups(true);
            }
        }

        private void SendMdns(MdnsDatagram datagram)
        {
            UdpSocket socket = datagram.IsIPv6 ? _mdnsIPv6 : _mdnsIPv4;
            if (socket == null)
            {
                return;
            }

            if (datagram.PeerLength != 0)
            {
                socket.Send(datagram.Buffer, 0, datagram.Length, datagram.Peer, datagram.PeerLength);
            }
            else if (!datagram.IsIPv6)
            {
                socket.Send(datagram.Buffer, 0, datagram.Length, MdnsIPv4, 0, MdnsResponder.Port);
            }
            else
            {
                Multicast(socket, datagram.Buffer, 0, datagram.Length, MdnsIPv6, MdnsResponder.Port);
            }
        }

        // Over IPv6, on every interface that may be ours.
        private void Multicast(UdpSocket socket, byte[] buffer, int offset, int length, byte[] group, int port)
        {
            for (int index = _scope.Next(0); index != 0; index = _scope.Next(index))
            {
                socket.Send(buffer, offset, length, group, index, port);
            }
        }
    }
}
