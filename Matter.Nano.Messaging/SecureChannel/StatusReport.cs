namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// The StatusReport message: general code (2 bytes), protocol id with vendor (4), protocol code (2), then data of the
    /// protocol's own, all little-endian.
    /// </summary>
    public sealed class StatusReport
    {
        /// <summary>Length in bytes without protocol data.</summary>
        public const int MinLength = 8;

        /// <summary>Length in bytes of a Busy report: with the time to wait.</summary>
        public const int BusyLength = MinLength + 2;

        /// <summary>General code: success.</summary>
        public const int Success = 0;

        /// <summary>General code: failure.</summary>
        public const int Failure = 1;

        /// <summary>General code: the receiver is busy.</summary>
        public const int Busy = 8;

        /// <summary>Secure Channel code: the session is established.</summary>
        public const int SessionEstablished = 0;

        /// <summary>Secure Channel code: no fabric in common.</summary>
        public const int NoSharedTrustRoots = 1;

        /// <summary>Secure Channel code: a message or parameter was not acceptable.</summary>
        public const int InvalidParameter = 2;

        /// <summary>Secure Channel code: the sender has closed the session it sends this over.</summary>
        public const int CloseSession = 3;

        /// <summary>Secure Channel code that goes with <see cref="Busy"/>; its data is the minimum time to wait, 2 bytes, in ms.</summary>
        public const int ResponderBusy = 4;

        /// <summary>The general code read last.</summary>
        public int GeneralCode { get; private set; }

        /// <summary>The protocol read last: vendor id &lt;&lt; 16 | protocol id.</summary>
        public uint ProtocolId { get; private set; }

        /// <summary>The protocol code read last.</summary>
        public int ProtocolCode { get; private set; }

        /// <summary>Where the protocol data read last start in the buffer given; they end with the message.</summary>
        public int DataOffset { get; private set; }

        /// <summary>Takes a message apart.</summary>
        /// <param name="buffer">Holds the message; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>Length of the protocol data, or <see cref="MatterError.InvalidMessage"/> if it is too short; nothing has changed then.</returns>
        public int Read(byte[] buffer, int offset, int length)
        {
            if (length < MinLength)
            {
                return MatterError.InvalidMessage;
            }

            GeneralCode = buffer[offset] | buffer[offset + 1] << 8;
            ProtocolId = (uint)(buffer[offset + 2] | buffer[offset + 3] << 8 | buffer[offset + 4] << 16 | buffer[offset + 5] << 24);
            ProtocolCode = buffer[offset + 6] | buffer[offset + 7] << 8;
            DataOffset = offset + MinLength;
            return length - MinLength;
        }

        /// <summary>Writes a message without protocol data.</summary>
        /// <param name="buffer">Receives <see cref="MinLength"/> bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="generalCode">General code.</param>
        /// <param name="protocolId">Vendor id &lt;&lt; 16 | protocol id.</param>
        /// <param name="protocolCode">Protocol code.</param>
        /// <returns>The length.</returns>
        public static int Write(byte[] buffer, int offset, int generalCode, uint protocolId, int protocolCode)
        {
            buffer[offset] = (byte)generalCode;
            buffer[offset + 1] = (byte)(generalCode >> 8);
            buffer[offset + 2] = (byte)protocolId;
            buffer[offset + 3] = (byte)(protocolId >> 8);
            buffer[offset + 4] = (byte)(protocolId >> 16);
            buffer[offset + 5] = (byte)(protocolId >> 24);
            buffer[offset + 6] = (byte)protocolCode;
            buffer[offset + 7] = (byte)(protocolCode >> 8);
            return MinLength;
        }

        /// <summary>Writes Secure Channel's Busy.</summary>
        /// <param name="buffer">Receives <see cref="BusyLength"/> bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="waitMs">How long the peer is to wait at least, in ms, up to 65535.</param>
        /// <returns>The length.</returns>
        public static int WriteBusy(byte[] buffer, int offset, int waitMs)
        {
            Write(buffer, offset, Busy, SecureChannelProtocol.Id, ResponderBusy);
            buffer[offset + 8] = (byte)waitMs;
            buffer[offset + 9] = (byte)(waitMs >> 8);
            return BusyLength;
        }
    }
}
