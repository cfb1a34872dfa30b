using System;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// Writes DER front to back into a caller's buffer; a container's contents move up when it turns out to need more
    /// than one length octet. Sticky: what does not fit is not written and <see cref="Error"/> stays set until
    /// <see cref="Reset"/>. Allocates nothing.
    /// </summary>
    public sealed class DerWriter
    {
        private const int MaxDepth = 8;
        private const uint Year2050 = 1577923200;   // seconds from 2000-01-01
        private readonly int[] _contents = new int[MaxDepth];
        private readonly byte[] _time = new byte[15];
        private byte[] _buffer;
        private int _start;
        private int _position;
        private int _limit;
        private int _depth;

        /// <summary>0 or <see cref="MatterError.BufferTooSmall"/>.</summary>
        public int Error { get; private set; }

        /// <summary>The array given to <see cref="Reset"/>.</summary>
        public byte[] Buffer { get { return _buffer; } }

        /// <summary>First byte written in <see cref="Buffer"/>.</summary>
        public int Offset { get { return _start; } }

        /// <summary>Bytes written since <see cref="Reset"/>.</summary>
        public int Length { get { return _position - _start; } }

        /// <summary>Starts over; keeps a reference to <paramref name="buffer"/> until the next Reset.</summary>
        /// <param name="buffer">Receives the DER.</param>
        /// <param name="offset">First byte to write.</param>
        /// <param name="capacity">Room in bytes, at most 65535.</param>
        public void Reset(byte[] buffer, int offset, int capacity)
        {
            _buffer = buffer;
            _start = offset;
            _position = offset;
            _limit = offset + capacity;
            _depth = 0;
            Error = 0;
        }

        /// <summary>Opens a container; at most 8 inside one another.</summary>
        /// <param name="tag">One of <see cref="Der"/>.</param>
        public void Start(int tag)
        {
            if (_depth == MaxDepth) Error = MatterError.BufferTooSmall;
            PutByte(tag);
            PutByte(0);
            if (Error == 0) _contents[_depth++] = _position;
        }

        /// <summary>Closes the container opened last.</summary>
        public void End()
        {
            if (Error != 0) return;
            int content = _contents[--_depth];
            int length = _position - content;
            byte[] buffer = _buffer;
            if (length < 0x80)
            {
                buffer[content - 1] = (byte)length;
                return;
            }

            int more = length < 0x100 ? 1 : 2;
            if (more > _limit - _position)
            {
                Error = MatterError.BufferTooSmall;
                return;
            }
            Array.Copy(buffer, content, buffer, content + more, length);
            _position += more;
            buffer[content - 1] = (byte)(0x80 | more);
            if (more == 2) buffer[content++] = (byte)(length >> 8);
            buffer[content] = (byte)length;
        }

        /// <summary>Writes one byte as it is.</summary>
        /// <param name="value">The byte.</param>
        public void PutByte(int value)
        {
            if (Error != 0) return;
            if (_position == _limit) Error = MatterError.BufferTooSmall;
            else _buffer[_position++] = (byte)value;
        }

        /// <summary>Writes bytes as they are.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void PutRaw(byte[] buffer, int offset, int length)
        {
            if (Error != 0 || length == 0) return;
            if (length > _limit - _position)
            {
                Error = MatterError.BufferTooSmall;
                return;
            }
            Array.Copy(buffer, offset, _buffer, _position, length);
            _position += length;
        }

        /// <summary>Writes a primitive element.</summary>
        /// <param name="tag">One of <see cref="Der"/>.</param>
        /// <param name="buffer">Holds the contents; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Put(int tag, byte[] buffer, int offset, int length)
        {
            Start(tag);
            PutRaw(buffer, offset, length);
            End();
        }

        /// <summary>Writes an unsigned big-endian number as an INTEGER in its shortest form.</summary>
        /// <param name="buffer">Holds the number; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes, 1 or more.</param>
        public void PutUnsigned(byte[] buffer, int offset, int length)
        {
            while (length > 1 && buffer[offset] == 0)
            {
                offset++;
                length--;
            }
            Start(Der.Integer);
            if (buffer[offset] >= 0x80) PutByte(0);
            PutRaw(buffer, offset, length);
            End();
        }

        /// <summary>Writes a signature r, s as SEQUENCE { INTEGER r, INTEGER s } (RFC 3279 2.2.3).</summary>
        /// <param name="signature">Holds r and s, big-endian; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="scalarLength">Length in bytes of each; 32 for P-256.</param>
        public void PutSignature(byte[] signature, int offset, int scalarLength)
        {
            Start(Der.Sequence);
            PutUnsigned(signature, offset, scalarLength);
            PutUnsigned(signature, offset + scalarLength, scalarLength);
            End();
        }

        /// <summary>Writes a time: as UTCTime before 2050, else as GeneralizedTime (RFC 5280 4.1.2.5).</summary>
        /// <param name="seconds">Seconds since 2000-01-01 UTC; 0 stands for 99991231235959Z, no well-defined expiration date.</param>
        public void PutTime(uint seconds)
        {
            int days = (int)(seconds / 86400);
            int rest = (int)(seconds % 86400);
            if (days >= 36525 + 59) days++;   // as if 2100-02-29 had been: every fourth year is a leap year then
            int year = 2000 + days / 1461 * 4;
            int day = days % 1461;
            int month = 1;
            while (true)
            {
                int length = month == 2 ? (year & 3) == 0 ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
                if (day < length) break;
                day -= length;
                if (++month > 12)
                {
                    month = 1;
                    year++;
                }
            }
            day++;
            if (seconds == 0)
            {
                year = 9999;
                month = 12;
                day = 31;
                rest = 86399;
            }

            byte[] text = _time;
            bool isUtc = seconds != 0 && seconds < Year2050;
            TwoDigits(text, 0, year / 100);
            TwoDigits(text, 2, year % 100);
            TwoDigits(text, 4, month);
            TwoDigits(text, 6, day);
            TwoDigits(text, 8, rest / 3600);
            TwoDigits(text, 10, rest / 60 % 60);
            TwoDigits(text, 12, rest % 60);
            text[14] = (byte)'Z';
            if (isUtc) Put(Der.UtcTime, text, 2, 13);
            else Put(Der.GeneralizedTime, text, 0, 15);
        }

        private static void TwoDigits(byte[] text, int offset, int value)
        {
            text[offset] = (byte)('0' + value / 10);
            text[offset + 1] = (byte)('0' + value % 10);
        }
    }
}
