namespace Matter.Nano.Messages
{
    /// <summary>
    /// The message header, in the clear before every message (Matter Core 4.4.1). Parsing fills one reused object;
    /// reserved bits are ignored, reserved values and what this node does not support are refused.
    /// </summary>
    public sealed class MessageHeader
    {
        /// <summary>Shortest header in bytes: flags, session id, security flags, counter.</summary>
        public const int MinLength = 8;

        /// <summary>Message flag: a source node id follows.</summary>
        public const int SourceFlag = 0x04;

        /// <summary>Length of the header of a message to a group in bytes: with source node id and group id.</summary>
        public const int GroupLength = MinLength + NodeIdLength + GroupIdLength;

        /// <summary>Message flag: a 64-bit destination node id follows.</summary>
        public const int DestinationFlag = 0x01;

        /// <summary>Length of a node id in bytes.</summary>
        public const int NodeIdLength = 8;

        internal const int SecurityFlagsOffset = 3;

        internal const int CounterOffset = 4;

        private const int GroupIdLength = 2;

        private const int VersionMask = 0xF0;
        private const int DestinationMask = 0x03;
        private const int DestinationGroup = 0x02;
        private const int PrivacyFlag = 0x80;
        private const int ControlFlag = 0x40;
        private const int ExtensionsFlag = 0x20;
        private const int SessionTypeMask = 0x03;
        private const int GroupSession = 1;

        /// <summary>The receiver's session id; 0 on an unsecured session.</summary>
        public int SessionId { get; private set; }

        /// <summary>True for a group session, else unicast.</summary>
        public bool IsGroup { get; private set; }

        /// <summary>
        /// True if counter, source and destination are hidden: <see cref="MessageSecurity.ToggleHeaderPrivacy"/> shows them
        /// once the key is known, then the header is to be parsed again. Until then only ids and lengths count.
        /// </summary>
        public bool IsPrivate { get; private set; }

        /// <summary>Message counter.</summary>
        public uint Counter { get; private set; }

        /// <summary>True if the source node id is given.</summary>
        public bool HasSource { get; private set; }

        /// <summary>Source node id; 0 if not given.</summary>
        public ulong SourceNodeId { get; private set; }

        /// <summary>True if a destination node id is given.</summary>
        public bool HasDestination { get; private set; }

        /// <summary>Destination node id; 0 if not given.</summary>
        public ulong DestinationNodeId { get; private set; }

        /// <summary>Destination group id; 0 if not given.</summary>
        public int DestinationGroupId { get; private set; }

        /// <summary>Length in bytes of what privacy hides: counter, source and destination.</summary>
        internal int HiddenLength { get; private set; }

        /// <summary>Length of the header in bytes, extensions included.</summary>
        public int Length { get; private set; }

        /// <summary>
        /// Takes a header apart. Refused: versions other than 0, reserved destination sizes and session types, control
        /// messages, privacy and group destinations of unicast messages, node destinations of group messages.
        /// </summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length of the message in bytes.</param>
        /// <returns><see cref="Length"/> or <see cref="MatterError.InvalidMessage"/>; the fields are then meaningless.</returns>
        public int Parse(byte[] buffer, int offset, int length)
        {
            if (length < MinLength) return MatterError.InvalidMessage;
            int flags = buffer[offset];
            int securityFlags = buffer[offset + SecurityFlagsOffset];
            int destination = flags & DestinationMask;
            int sessionType = securityFlags & SessionTypeMask;
            bool group = sessionType == GroupSession;
            if ((flags & VersionMask) != 0 ||
                (securityFlags & (group ? ControlFlag : PrivacyFlag | ControlFlag)) != 0 ||
                sessionType > GroupSession ||
                destination > (group ? DestinationGroup : DestinationFlag) ||
                group && destination == DestinationFlag)
            {
                return MatterError.InvalidMessage;
            }

            IsGroup = group;
            IsPrivate = (securityFlags & PrivacyFlag) != 0;
            SessionId = LittleEndian.GetUInt16(buffer, offset + 1);
            Counter = LittleEndian.GetUInt32(buffer, offset + CounterOffset);
            HasSource = (flags & SourceFlag) != 0;
            HasDestination = destination == DestinationFlag;

            int destinationLength = HasDestination ? NodeIdLength : destination == DestinationGroup ? GroupIdLength : 0;
            int needed = MinLength + (HasSource ? NodeIdLength : 0) + destinationLength;
            if (length < needed) return MatterError.InvalidMessage;
            HiddenLength = needed - CounterOffset;
            int next = offset + MinLength;
            SourceNodeId = 0;
            if (HasSource)
            {
                SourceNodeId = LittleEndian.GetUInt64(buffer, next);
                next += NodeIdLength;
            }
            DestinationNodeId = HasDestination ? LittleEndian.GetUInt64(buffer, next) : 0;
            DestinationGroupId = destination == DestinationGroup ? LittleEndian.GetUInt16(buffer, next) : 0;

            if ((securityFlags & ExtensionsFlag) != 0)
            {
                if (length < needed + 2) return MatterError.InvalidMessage;
                needed += 2 + LittleEndian.GetUInt16(buffer, offset + needed);
                if (length < needed) return MatterError.InvalidMessage;
            }

            Length = needed;
            return needed;
        }

        /// <summary>Writes the header of a unicast message so that it ends where the payload header begins.</summary>
        /// <param name="buffer">Receives 8 or 16 bytes.</param>
        /// <param name="end">Where the payload header begins.</param>
        /// <param name="sessionId">The receiver's session id; 0 on an unsecured session.</param>
        /// <param name="counter">Message counter.</param>
        /// <param name="nodeIdFlag"><see cref="SourceFlag"/> or <see cref="DestinationFlag"/>, or 0 for neither.</param>
        /// <param name="nodeId">The node id that goes with it.</param>
        /// <returns>Where the header begins.</returns>
        public static int Prepend(byte[] buffer, int end, int sessionId, uint counter, int nodeIdFlag, ulong nodeId)
        {
            if (nodeIdFlag != 0)
            {
                end -= NodeIdLength;
                LittleEndian.PutUInt64(buffer, end, nodeId);
            }
            end -= MinLength;
            buffer[end] = (byte)nodeIdFlag;
            LittleEndian.PutUInt16(buffer, end + 1, sessionId);
            buffer[end + SecurityFlagsOffset] = 0;
            LittleEndian.PutUInt32(buffer, end + 4, counter);
            return end;
        }

        /// <summary>Writes the header of a message to a group so that it ends where the payload header begins.</summary>
        /// <param name="buffer">Receives <see cref="GroupLength"/> bytes.</param>
        /// <param name="end">Where the payload header begins.</param>
        /// <param name="sessionId">Group session id.</param>
        /// <param name="counter">Message counter.</param>
        /// <param name="sourceNodeId">The sender's operational node id.</param>
        /// <param name="groupId">The group.</param>
        /// <param name="isPrivate">Whether the header will be hidden.</param>
        /// <returns>Where the header begins.</returns>
        public static int PrependGroup(byte[] buffer, int end, int sessionId, uint counter, ulong sourceNodeId, int groupId, bool isPrivate)
        {
            int start = end - GroupLength;
            buffer[start] = SourceFlag | DestinationGroup;
            LittleEndian.PutUInt16(buffer, start + 1, sessionId);
            buffer[start + SecurityFlagsOffset] = (byte)(isPrivate ? PrivacyFlag | GroupSession : GroupSession);
            LittleEndian.PutUInt32(buffer, start + CounterOffset, counter);
            LittleEndian.PutUInt64(buffer, start + MinLength, sourceNodeId);
            LittleEndian.PutUInt16(buffer, end - GroupIdLength, groupId);
            return start;
        }
    }
}
