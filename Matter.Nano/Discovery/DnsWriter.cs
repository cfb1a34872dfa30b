using System;

namespace Matter.Nano.Discovery
{
    /// <summary>
    /// Writes a DNS message with compressed names (RFC 1035 4.1.4). A record that does not fit is taken back whole and
    /// ends the message: nothing more is accepted, as names may have been noted where nothing stands.
    /// </summary>
    public sealed class DnsWriter
    {
        private const int QuestionCountAt = 4;
        private const int AnswerCountAt = 6;
        private const int AuthorityCountAt = 8;
        private const int AdditionalCountAt = 10;

        private readonly byte[] _buffer;
        private readonly int _capacity;
        private int _position;
        private int _record;       // where the record begun last starts
        private int _data;         // where its data starts
        private int _countAt;      // counter of the section being written
        private int _serial;       // tells this message's names from those of older ones
        private bool _full;

        /// <summary>Creates a writer.</summary>
        /// <param name="buffer">Receives messages; kept.</param>
        public DnsWriter(byte[] buffer)
            : this(buffer, buffer.Length)
        {
        }

        /// <summary>Creates a writer of messages that don't fill the buffer.</summary>
        /// <param name="buffer">Receives messages, from its first byte on; kept.</param>
        /// <param name="capacity">Largest message in bytes.</param>
        internal DnsWriter(byte[] buffer, int capacity)
        {
            if (capacity < DnsReader.HeaderLength || capacity > buffer.Length)
                throw new ArgumentException();
            _buffer = buffer;
            _capacity = capacity;
        }

        /// <summary>Length of the message so far in bytes.</summary>
        public int Length { get { return _position; } }

        /// <summary>True once something did not fit.</summary>
        public bool IsFull { get { return _full; } }

        /// <summary>Records and questions written so far in the section being written.</summary>
        public int Count { get { return (_buffer[_countAt] << 8) | _buffer[_countAt + 1]; } }

        /// <summary>Starts a message; questions or answers follow.</summary>
        /// <param name="id">Message id.</param>
        /// <param name="flags">The 16 flag bits.</param>
        public void Begin(int id, int flags)
        {
            Array.Clear(_buffer, 0, DnsReader.HeaderLength);
            _serial++;
            _full = false;
            _position = 0;
            PutUInt16(id);
            PutUInt16(flags);
            _position = DnsReader.HeaderLength;
            _countAt = AnswerCountAt;
        }

        /// <summary>Repeats the question that a reader stands on; before any record.</summary>
        /// <param name="reader">Has read the question.</param>
        public void WriteQuestion(DnsReader reader)
        {
            if (_full)
                return;
            int length = reader.CopyName(_buffer, _position, _capacity - _position);
            if (length < 0 || _capacity - _position - length < 4)
            {
                _full = true;
                return;
            }
            _position += length;
            PutUInt16(reader.Type);
            PutUInt16(reader.Class & ~DnsType.ClassTopBit);
            CountUp(QuestionCountAt);
        }

        /// <summary>Asks for records of a name; before any record.</summary>
        /// <param name="name">The name.</param>
        /// <param name="type">See <see cref="DnsType"/>.</param>
        /// <param name="isUnicast">True if the answer had better come by unicast.</param>
        public void WriteQuestion(DnsName name, int type, bool isUnicast)
        {
            WriteName(name);
            if (!Reserve(4))
                return;
            PutUInt16(type);
            PutUInt16(isUnicast ? DnsType.ClassInternet | DnsType.ClassTopBit : DnsType.ClassInternet);
            CountUp(QuestionCountAt);
        }

        /// <summary>The records that follow are what a probe lays claim to.</summary>
        public void BeginAuthority()
        {
            _countAt = AuthorityCountAt;
        }

        /// <summary>The records that follow are additional ones.</summary>
        public void BeginAdditional()
        {
            _countAt = AdditionalCountAt;
        }

        /// <summary>Starts a record; its data follows, then <see cref="EndRecord"/>.</summary>
        /// <param name="name">The record's name.</param>
        /// <param name="type">See <see cref="DnsType"/>.</param>
        /// <param name="flush">True for the cache-flush bit.</param>
        /// <param name="ttl">Time to live in seconds.</param>
        public void BeginRecord(DnsName name, int type, bool flush, int ttl)
        {
            _record = _position;
            WriteName(name);
            if (!Reserve(10))
                return;
            PutUInt16(type);
            PutUInt16(flush ? DnsType.ClassInternet | DnsType.ClassTopBit : DnsType.ClassInternet);
            PutUInt16(ttl >> 16);
            PutUInt16(ttl);
            PutUInt16(0);
            _data = _position;
        }

        /// <summary>Ends a record.</summary>
        /// <returns>True if it stands; false if it did not fit and was taken back.</returns>
        public bool EndRecord()
        {
            if (_full)
            {
                _position = _record;
                return false;
            }
            int end = _position;
            _position = _data - 2;
            PutUInt16(end - _data);
            _position = end;
            CountUp(_countAt);
            return true;
        }

        /// <summary>Writes a name, as a pointer from the first part on that stands in this message already.</summary>
        /// <param name="name">The name.</param>
        public void WriteName(DnsName name)
        {
            while (name != null)
            {
                if (name.WrittenIn == _serial)
                {
                    WriteUInt16(0xC000 | name.WrittenAt);
                    return;
                }
                if (_position < 0x4000) // what a pointer can reach
                {
                    name.WrittenIn = _serial;
                    name.WrittenAt = _position;
                }
                WriteLabel(name);
                name = name.Parent;
            }
            if (Reserve(1))
                _buffer[_position++] = 0;
        }

        /// <summary>Writes a name in full, for readers that need not understand pointers there.</summary>
        /// <param name="name">The name.</param>
        public void WriteFullName(DnsName name)
        {
            for (; name != null; name = name.Parent)
                WriteLabel(name);
            if (Reserve(1))
                _buffer[_position++] = 0;
        }

        /// <summary>Writes 16 bits, big-endian.</summary>
        /// <param name="value">The value.</param>
        public void WriteUInt16(int value)
        {
            if (Reserve(2))
                PutUInt16(value);
        }

        /// <summary>Writes bytes as they are.</summary>
        /// <param name="data">Holds them.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Number of bytes.</param>
        public void WriteBytes(byte[] data, int offset, int length)
        {
            if (!Reserve(length))
                return;
            Array.Copy(data, offset, _buffer, _position, length);
            _position += length;
        }

        private void WriteLabel(DnsName name)
        {
            int length = name.Length;
            if (!Reserve(length + 1))
                return;
            _buffer[_position] = (byte)length;
            Array.Copy(name.Label, 0, _buffer, _position + 1, length);
            _position += length + 1;
        }

        private bool Reserve(int length)
        {
            if (_full || _capacity - _position < length)
            {
                _full = true;
                return false;
            }
            return true;
        }

        private void PutUInt16(int value)
        {
            _buffer[_position] = (byte)(value >> 8);
            _buffer[_position + 1] = (byte)value;
            _position += 2;
        }

        private void CountUp(int at)
        {
            int count = ((_buffer[at] << 8) | _buffer[at + 1]) + 1;
            _buffer[at] = (byte)(count >> 8);
            _buffer[at + 1] = (byte)count;
        }
    }
}
