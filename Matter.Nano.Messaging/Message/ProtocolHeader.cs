namespace Matter.Nano.Messages
{
    /// <summary>
    /// The protocol header, the first encrypted bytes of a message (Matter Core 4.4.3). Parsing fills one reused object;
    /// reserved flags are ignored.
    /// </summary>
    public sealed class ProtocolHeader
    {
        /// <summary>Shortest header in bytes: flags, opcode, exchange id, protocol id.</summary>
        public const int MinLength = 6;

        /// <summary>Longest header this node writes in bytes: with an acknowledged counter.</summary>
        public const int MaxWrittenLength = MinLength + 4;

        /// <summary>Exchange flag: sent by the exchange's initiator.</summary>
        public const int InitiatorFlag = 0x01;

        /// <summary>Exchange flag: carries an acknowledgment.</summary>
        public const int AcknowledgmentFlag = 0x02;

        /// <summary>Exchange flag: wants an acknowledgment.</summary>
        public const int ReliabilityFlag = 0x04;

        /// <summary>Protocol id of Secure Channel; every node speaks it, for MRP lives there.</summary>
        public const int SecureChannel = 0x0000;

        /// <summary>Protocol id of the Interaction Model.</summary>
        public const int InteractionModel = 0x0001;

        private const int ExtensionsFlag = 0x08;
        private const int VendorFlag = 0x10;

        /// <summary>True if the sender opened the exchange.</summary>
        public bool IsInitiator { get; private set; }

        /// <summary>True if the sender wants an acknowledgment.</summary>
        public bool IsReliable { get; private set; }

        /// <summary>True if <see cref="AcknowledgedCounter"/> is given.</summary>
        public bool HasAcknowledgment { get; private set; }

        /// <summary>The message counter that is acknowledged.</summary>
        public uint AcknowledgedCounter { get; private set; }

        /// <summary>The protocol's opcode.</summary>
        public int Opcode { get; private set; }

        /// <summary>Exchange id, unique only together with session and initiator.</summary>
        public int ExchangeId { get; private set; }

        /// <summary>Protocol id in its vendor's name space.</summary>
        public int ProtocolId { get; private set; }

        /// <summary>Vendor of the protocol; 0 for Matter's own.</summary>
        public int VendorId { get; private set; }

        /// <summary>Where the payload starts.</summary>
        public int PayloadOffset { get; private set; }

        /// <summary>Length of the payload in bytes.</summary>
        public int PayloadLength { get; private set; }

        /// <summary>Takes a decrypted message apart.</summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">First byte of the header.</param>
        /// <param name="length">Length of header and payload in bytes.</param>
        /// <returns>Length of the header or <see cref="MatterError.InvalidMessage"/>; the fields are then meaningless.</returns>
        public int Parse(byte[] buffer, int offset, int length)
        {
            if (length < MinLength) return MatterError.InvalidMessage;
            int flags = buffer[offset];
            IsInitiator = (flags & InitiatorFlag) != 0;
            IsReliable = (flags & ReliabilityFlag) != 0;
            HasAcknowledgment = (flags & AcknowledgmentFlag) != 0;
            Opcode = buffer[offset + 1];
            ExchangeId = LittleEndian.GetUInt16(buffer, offset + 2);
            ProtocolId = LittleEndian.GetUInt16(buffer, offset + 4);

            bool hasVendor = (flags & VendorFlag) != 0;
            int needed = MinLength + (hasVendor ? 2 : 0) + (HasAcknowledgment ? 4 : 0);
            if (length < needed) return MatterError.InvalidMessage;
            VendorId = hasVendor ? LittleEndian.GetUInt16(buffer, offset + MinLength) : 0;
            AcknowledgedCounter = HasAcknowledgment ? LittleEndian.GetUInt32(buffer, offset + needed - 4) : 0;

            if ((flags & ExtensionsFlag) != 0)
            {
                if (length < needed + 2) return MatterError.InvalidMessage;
                needed += 2 + LittleEndian.GetUInt16(buffer, offset + needed);
                if (length < needed) return MatterError.InvalidMessage;
            }

            PayloadOffset = offset + needed;
            PayloadLength = length - needed;
            return needed;
        }

        /// <summary>Writes a header so that it ends where the payload begins.</summary>
        /// <param name="buffer">Receives 6 or 10 bytes.</param>
        /// <param name="end">Where the payload begins.</param>
        /// <param name="flags">Any of <see cref="InitiatorFlag"/>, <see cref="AcknowledgmentFlag"/>, <see cref="ReliabilityFlag"/>.</param>
        /// <param name="opcode">The protocol's opcode.</param>
        /// <param name="exchangeId">Exchange id.</param>
        /// <param name="protocolId">Protocol id of Matter's own protocols.</param>
        /// <param name="acknowledgedCounter">Written if the flag says so.</param>
        /// <returns>Where the header begins.</returns>
        public static int Prepend(byte[] buffer, int end, int flags, int opcode, int exchangeId, int protocolId, uint acknowledgedCounter)
        {
            if ((flags & AcknowledgmentFlag) != 0)
            {
                end -= 4;
                LittleEndian.PutUInt32(buffer, end, acknowledgedCounter);
            }
            end -= MinLength;
            buffer[end] = (byte)flags;
            buffer[end + 1] = (byte)opcode;
            LittleEndian.PutUInt16(buffer, end + 2, exchangeId);
            LittleEndian.PutUInt16(buffer, end + 4, protocolId);
            return end;
        }
    }
}
