using System;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// The DHCP server of the set-up network (RFC 2131), which the firmware's access point lacks: a few addresses beside the
    /// board's own, the board as router and name server.
    /// </summary>
    public sealed class DhcpServer
    {
        /// <summary>UDP port of the server.</summary>
        public const int ServerPort = 67;

        /// <summary>UDP port of clients; responses are broadcast to it.</summary>
        public const int ClientPort = 68;

        /// <summary>Longest message taken in bytes, and the size of its buffer.</summary>
        public const int MaxLength = 590;

        /// <summary>Clients that have an address at once; one more takes that of who has not asked for longest.</summary>
        public const int Capacity = 4;

        private const int Discover = 1;
        private const int Offer = 2;
        private const int Request = 3;
        private const int Ack = 5;
        private const int Nak = 6;
        private const int Inform = 8;

        private const int OptionMask = 1;
        private const int OptionRouter = 3;
        private const int OptionNameServer = 6;
        private const int OptionAddress = 50;
        private const int OptionLease = 51;
        private const int OptionType = 53;
        private const int OptionServer = 54;
        private const int OptionEnd = 255;

        private const int BootRequest = 1;
        private const int BootReply = 2;
        private const int Ethernet = 1;
        private const int HardwareLength = 6;
        private const int AddressLength = 4;

        // Places in a message.
        private const int SecondsOffset = 8;
        private const int ClientAddressOffset = 12;
        private const int YourAddressOffset = 16;
        private const int ServerAddressOffset = 20;
        private const int HardwareOffset = 28;
        private const int ServerNameOffset = 44;
        private const int CookieOffset = 236;
        private const int OptionsOffset = 240;

        // Some clients drop what is shorter than BOOTP's.
        private const int MinReplyLength = 300;

        private const uint Cookie = 0x63825363;
        private const int LeaseSeconds = 600;

        private readonly byte[] _address;
        private readonly byte[] _clients = new byte[Capacity * HardwareLength];
        private readonly int[] _asked = new int[Capacity]; // when, in requests; 0 for a free row
        private int _requests;
        private int _position;

        // Options of the message under way; 0 for none.
        private int _type;
        private int _wantedOffset;
        private int _serverOffset;

        /// <summary>Creates a server.</summary>
        /// <param name="address">The board's IPv4 address in a /24 network, 4 bytes, the last one 1; kept.</param>
        public DhcpServer(byte[] address)
        {
            _address = address;
        }

        /// <summary>Turns a client's message into its response in place.</summary>
        /// <param name="message">Holds the message; <see cref="MaxLength"/> bytes.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>Length of the response, to be broadcast to <see cref="ClientPort"/>; 0 for none.</returns>
        public int Respond(byte[] message, int length)
        {
            if (!Read(message, length) || (_serverOffset != 0 && !AreSame(message, _serverOffset, _address, 0, AddressLength)))
            {
                return 0;
            }

            if (_type == Discover)
            {
                return Reply(message, Offer, Lease(message));
            }

            if (_type == Inform)
            {
                return Reply(message, Ack, -1);
            }

            if (_type != Request)
            {
                return 0;
            }

            int row = Lease(message);
            int wanted = _wantedOffset != 0 ? _wantedOffset : ClientAddressOffset;
            bool isItsOwn = AreSame(message, wanted, _address, 0, AddressLength - 1) && message[wanted + AddressLength - 1] == HostOf(row);
            return isItsOwn ? Reply(message, Ack, row) : Reply(message, Nak, -1);
        }

        private static bool AreSame(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        {
            for (int i = 0; i < length; i++)
            {
                if (left[leftOffset + i] != right[rightOffset + i])
                {
                    return false;
                }
            }

            return true;
        }

        private byte HostOf(int row)
        {
            return (byte)(_address[AddressLength - 1] + 1 + row);
        }

        private bool Read(byte[] message, int length)
        {
            _type = 0;
            _wantedOffset = 0;
            _serverOffset = 0;
            if (length < OptionsOffset || length > MaxLength || message[0] != BootRequest || message[1] != Ethernet || message[2] != HardwareLength
                || ((uint)message[CookieOffset] << 24 | (uint)message[CookieOffset + 1] << 16
                    | (uint)message[CookieOffset + 2] << 8 | message[CookieOffset + 3]) != Cookie)
            {
                return false;
            }

            int at = OptionsOffset;
            while (at < length && message[at] != OptionEnd)
            {
                if (message[at] == 0)
                {
                    at++;
                    continue;
                }

                if (at + 2 > length || at + 2 + message[at + 1] > length)
                {
                    return false;
                }

                int size = message[at + 1];
                switch (message[at])
                {
                    case OptionType:
                        _type = size == 1 ? message[at + 2] : 0;
                        break;
                    case OptionAddress:
                        _wantedOffset = size == AddressLength ? at + 2 : 0;
                        break;
                    case OptionServer:
                        _serverOffset = size == AddressLength ? at + 2 : 0;
                        break;
                }

                at += 2 + size;
            }

            return true;
        }

        // The client's row, or one for it.
        private int Lease(byte[] message)
        {
            int row = 0;
            for (int i = 0; i < Capacity; i++)
            {
                if (_asked[i] != 0 && AreSame(_clients, i * HardwareLength, message, HardwareOffset, HardwareLength))
                {
                    row = i;
                    break;
                }

                if (_asked[i] < _asked[row])
                {
                    row = i;
                }
            }

            Array.Copy(message, HardwareOffset, _clients, row * HardwareLength, HardwareLength);
            _asked[row] = ++_requests;
            return row;
        }

        private int Reply(byte[] message, int type, int row)
        {
            bool isNak = type == Nak;
            message[0] = BootReply;
            message[3] = 0;
            Array.Clear(message, SecondsOffset, 2);
            Array.Clear(message, YourAddressOffset, AddressLength);
            Array.Clear(message, ServerNameOffset, CookieOffset - ServerNameOffset);
            Array.Clear(message, OptionsOffset, MaxLength - OptionsOffset);
            if (row >= 0)
            {
                Array.Copy(_address, 0, message, YourAddressOffset, AddressLength);
                message[YourAddressOffset + AddressLength - 1] = HostOf(row);
            }

            if (isNak)
            {
                Array.Clear(message, ClientAddressOffset, AddressLength);
            }

            Array.Copy(_address, 0, message, ServerAddressOffset, AddressLength);
            _position = OptionsOffset;
            message[_position++] = OptionType;
            message[_position++] = 1;
            message[_position++] = (byte)type;
            PutAddress(message, OptionServer);
            if (!isNak)
            {
                PutAddress(message, OptionRouter);
                PutAddress(message, OptionNameServer);
                PutNumber(message, OptionMask, 0xFFFFFF00);
                if (row >= 0)
                {
                    PutNumber(message, OptionLease, LeaseSeconds);
                }
            }

            message[_position++] = OptionEnd;
            return _position > MinReplyLength ? _position : MinReplyLength;
        }

        private void PutAddress(byte[] message, int option)
        {
            message[_position++] = (byte)option;
            message[_position++] = AddressLength;
            Array.Copy(_address, 0, message, _position, AddressLength);
            _position += AddressLength;
        }

        private void PutNumber(byte[] message, int option, uint value)
        {
            message[_position++] = (byte)option;
            message[_position++] = AddressLength;
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                message[_position++] = (byte)(value >> shift);
            }
        }
    }
}
