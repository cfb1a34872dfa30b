namespace Matter.Nano.Discovery
{
    /// <summary>
    /// Cursor over a DNS message (RFC 1035 4.1). Names stay where they are: only the places of their labels are noted.
    /// The reader is sticky: after the first fault every read fails and <see cref="Error"/> stays set.
    /// </summary>
    public sealed class DnsReader
    {
        /// <summary>Bytes of the message header.</summary>
        public const int HeaderLength = 12;

        /// <summary>Labels noted of a name; deeper names are valid, but equal to none of ours.</summary>
        private const int MaxLabels = 8;

        private const int MaxNameLength = 255;

        private readonly int[] _labels = new int[MaxLabels];
        private int _labelCount;
        private byte[] _buffer;
        private int _start;
        private int _end;
        private int _position;

        /// <summary>0, or <see cref="MatterError.InvalidMessage"/> after a fault.</summary>
        public int Error { get; private set; }

        /// <summary>The buffer that holds the message.</summary>
        internal byte[] Buffer { get { return _buffer; } }

        /// <summary>Message id.</summary>
        public int Id { get; private set; }

        /// <summary>The 16 flag bits.</summary>
        public int Flags { get; private set; }

        /// <summary>Number of questions.</summary>
        public int QuestionCount { get; private set; }

        /// <summary>Number of records in the answer section.</summary>
        public int AnswerCount { get; private set; }

        /// <summary>Number of records in the authority section.</summary>
        public int AuthorityCount { get; private set; }

        /// <summary>Number of records in the additional section.</summary>
        public int AdditionalCount { get; private set; }

        /// <summary>Type of the question or record read last; see <see cref="DnsType"/>.</summary>
        public int Type { get; private set; }

        /// <summary>Its class with the top bit.</summary>
        public int Class { get; private set; }

        /// <summary>Time to live in seconds of the record read last.</summary>
        public long Ttl { get; private set; }

        /// <summary>First byte of that record's data in the message's buffer.</summary>
        public int DataOffset { get; private set; }

        /// <summary>Length of that data in bytes.</summary>
        public int DataLength { get; private set; }

        /// <summary>Number of labels of the name read last.</summary>
        public int LabelCount { get { return _labelCount; } }

        /// <summary>Starts on a message and reads its header.</summary>
        /// <param name="buffer">Holds the message; kept until the next call.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>0 or <see cref="MatterError.InvalidMessage"/>.</returns>
        public int Reset(byte[] buffer, int offset, int length)
        {
            _buffer = buffer;
            _start = offset;
            _end = offset + length;
            _position = offset;
            _labelCount = 0;
            Error = 0;
            if (length < HeaderLength)
                return Fail();
            Id = ReadUInt16();
            Flags = ReadUInt16();
            QuestionCount = ReadUInt16();
            AnswerCount = ReadUInt16();
            AuthorityCount = ReadUInt16();
            AdditionalCount = ReadUInt16();
            return 0;
        }

        /// <summary>Reads the next question: its name, <see cref="Type"/> and <see cref="Class"/>.</summary>
        /// <returns>0 or <see cref="MatterError.InvalidMessage"/>.</returns>
        public int ReadQuestion()
        {
            if (Error != 0)
                return Error;
            int next = ParseName(_position);
            if (next < 0 || _end - next < 4)
                return Fail();
            _position = next;
            Type = ReadUInt16();
            Class = ReadUInt16();
            return 0;
        }

        /// <summary>Reads the next record: its name and fields; the data stays in the buffer.</summary>
        /// <returns>0 or <see cref="MatterError.InvalidMessage"/>.</returns>
        public int ReadRecord()
        {
            if (Error != 0)
                return Error;
            int next = ParseName(_position);
            if (next < 0 || _end - next < 10)
                return Fail();
            _position = next;
            Type = ReadUInt16();
            Class = ReadUInt16();
            Ttl = ((long)ReadUInt16() << 16) | (long)ReadUInt16();
            int length = ReadUInt16();
            if (_end - _position < length)
                return Fail();
            DataOffset = _position;
            DataLength = length;
            _position += length;
            return 0;
        }

        /// <summary>Reads the name in the data of the record read last, in place of the record's own name.</summary>
        /// <param name="skip">Bytes of data before it: 0 for PTR, 6 for SRV.</param>
        /// <returns>0 or <see cref="MatterError.InvalidMessage"/>, which is not sticky here.</returns>
        public int ReadDataName(int skip)
        {
            if (Error != 0)
                return Error;
            if (DataLength <= skip || ParseName(DataOffset + skip) != DataOffset + DataLength)
            {
                _labelCount = 0;
                return MatterError.InvalidMessage;
            }
            return 0;
        }

        /// <summary>Compares the name read last, ignoring the case of ASCII letters.</summary>
        /// <param name="name">The name to compare with.</param>
        /// <returns>True if they are equal.</returns>
        public bool NameEquals(DnsName name)
        {
            int count = _labelCount;
            if (name.Depth != count || count > MaxLabels)
                return false;
            byte[] buffer = _buffer;
            for (int i = 0; i < count; i++)
            {
                int length = name.Length;
                int at = _labels[i];
                if (length == 0 || buffer[at] != length)
                    return false;
                byte[] label = name.Label;
                for (int k = 0; k < length; k++)
                {
                    at++;
                    int difference = label[k] ^ buffer[at];
                    if (difference == 0)
                        continue;
                    int letter = label[k] | 0x20;
                    if (difference != 0x20 || letter < 'a' || letter > 'z')
                        return false;
                }
                name = name.Parent;
            }
            return true;
        }

        /// <summary>Copies the first label of the name read last, if the rest is the rest of another name.</summary>
        /// <param name="name">Receives the label; unset if this is false.</param>
        /// <returns>True if the names are then equal.</returns>
        internal bool CopyLabel(DnsName name)
        {
            name.Length = 0;
            if (_labelCount == 0 || _labelCount != name.Depth || _buffer[_labels[0]] > name.Label.Length)
                return false;
            int length = _buffer[_labels[0]];
            System.Array.Copy(_buffer, _labels[0] + 1, name.Label, 0, length);
            name.Length = length;
            if (!NameEquals(name))
                name.Length = 0;
            return name.Length != 0;
        }

        /// <summary>Copies the name read last, uncompressed, for the echo that a legacy resolver expects.</summary>
        /// <param name="output">Receives it.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="capacity">Room in bytes.</param>
        /// <returns>The length in bytes, <see cref="MatterError.BufferTooSmall"/>, or <see cref="MatterError.OutOfRange"/> for a name of too many labels.</returns>
        public int CopyName(byte[] output, int offset, int capacity)
        {
            if (_labelCount > MaxLabels)
                return MatterError.OutOfRange;
            int length = 0;
            for (int i = 0; i < _labelCount; i++)
            {
                int size = _buffer[_labels[i]] + 1;
                if (length + size >= capacity)
                    return MatterError.BufferTooSmall;
                System.Array.Copy(_buffer, _labels[i], output, offset + length, size);
                length += size;
            }
            if (length >= capacity)
                return MatterError.BufferTooSmall;
            output[offset + length] = 0;
            return length + 1;
        }

        /// <summary>Notes the labels of the name at a position. Returns where what follows it starts, or -1.</summary>
        private int ParseName(int position)
        {
            byte[] buffer = _buffer;
            int next = -1;
            int total = 1;
            int count = 0;
            int stretch = position; // pointers aim strictly before the stretch they end, so following them ends
            while (position < _end)
            {
                int length = buffer[position];
                if (length == 0)
                {
                    _labelCount = count;
                    return next < 0 ? position + 1 : next;
                }
                if (length <= DnsName.MaxLabelLength)
                {
                    total += length + 1;
                    if (total > MaxNameLength || _end - position <= length)
                        return -1;
                    if (count < MaxLabels)
                        _labels[count] = position;
                    count++;
                    position += length + 1;
                    continue;
                }
                if (length < 0xC0 || position + 1 >= _end)
                    return -1;
                if (next < 0)
                    next = position + 2;
                position = _start + (((length & 0x3F) << 8) | buffer[position + 1]);
                if (position < _start + HeaderLength || position >= stretch)
                    return -1;
                stretch = position;
            }
            return -1;
        }

        private int ReadUInt16()
        {
            int value = (_buffer[_position] << 8) | _buffer[_position + 1];
            _position += 2;
            return value;
        }

        private int Fail()
        {
            Error = MatterError.InvalidMessage;
            _labelCount = 0;
            return Error;
        }
    }
}
