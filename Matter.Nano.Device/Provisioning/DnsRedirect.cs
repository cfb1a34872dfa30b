using System;
using Matter.Nano.Discovery;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// The name server of the set-up network: every name is the board's address, so that a phone's look at the network
    /// ends on the set-up page (RFC 1035).
    /// </summary>
    public sealed class DnsRedirect
    {
        /// <summary>UDP port of DNS.</summary>
        public const int Port = 53;

        /// <summary>Longest message over UDP in bytes.</summary>
        public const int MaxLength = 512;

        private const int AnswerLength = 16;
        private const int IsResponse = 0x80; // in the first byte of the flags
        private const int KeptFlags = 0x79; // operation and "recursion desired"
        private const int IsAuthoritative = 0x04;

        private readonly byte[] _address;
        private readonly DnsReader _reader = new DnsReader();

        /// <summary>Creates a server.</summary>
        /// <param name="address">The board's IPv4 address, 4 bytes; kept.</param>
        public DnsRedirect(byte[] address)
        {
            _address = address;
        }

        /// <summary>Turns a query into its response in place.</summary>
        /// <param name="message">Holds the query; at least <see cref="MaxLength"/> bytes.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>Length of the response; 0 for what is no query of one question.</returns>
        public int Respond(byte[] message, int length)
        {
            DnsReader reader = _reader;
            if (length > MaxLength - AnswerLength || reader.Reset(message, 0, length) != 0
                || (reader.Flags & 0xF800) != 0 || reader.QuestionCount != 1 || reader.ReadQuestion() != 0)
            {
                return 0;
            }

            // What follows the question is left out.
            int end = DnsReader.HeaderLength;
            while (message[end] != 0)
            {
                // A name in a question of its own has nothing to point to.
                if (message[end] > DnsName.MaxLabelLength)
                {
                    return 0;
                }

                end += message[end] + 1;
            }

            end += 5;
            bool isAddress = (reader.Type == DnsType.A || reader.Type == DnsType.Any)
                && (reader.Class == DnsType.ClassInternet || reader.Class == DnsType.ClassAny);
            message[2] = (byte)(IsResponse | IsAuthoritative | (message[2] & KeptFlags));
            message[3] = 0;
            Array.Clear(message, 6, 6);
            if (!isAddress)
            {
                return end;
            }

            message[7] = 1;
            message[end++] = 0xC0;
            message[end++] = DnsReader.HeaderLength;
            message[end++] = 0;
            message[end++] = DnsType.A;
            message[end++] = 0;
            message[end++] = DnsType.ClassInternet;

            // Not to be remembered beyond the set-up: one second.
            message[end++] = 0;
            message[end++] = 0;
            message[end++] = 0;
            message[end++] = 1;
            message[end++] = 0;
            message[end++] = 4;
            Array.Copy(_address, 0, message, end, 4);
            return end + 4;
        }
    }
}
