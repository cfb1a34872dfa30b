using System;

namespace Matter.Nano.Tlv
{
    /// <summary>
    /// Writes TLV into a caller's buffer, integers in their shortest form (Matter Core appendix A). Sticky: what does not
    /// fit is not written, <see cref="Error"/> becomes <see cref="MatterError.BufferTooSmall"/> and stays until
    /// <see cref="Reset"/> or <see cref="Rewind"/>. Allocates nothing.
    /// </summary>
    public sealed class TlvWriter
    {
        private byte[] _buffer;
        private int _start;
        private int _position;
        private int _limit;
        private int _error;

        private int _profileControl;
        private uint _profile;
        private uint _profileNumber;

        /// <summary>0, <see cref="MatterError.BufferTooSmall"/>, or the fault of a reader given to <see cref="PutElement"/>.</summary>
        public int Error { get { return _error; } }

        /// <summary>The array given to <see cref="Reset"/>.</summary>
        public byte[] Buffer { get { return _buffer; } }

        /// <summary>Bytes written since <see cref="Reset"/>.</summary>
        public int Length { get { return _position - _start; } }

        /// <summary>Bytes of room left; never negative.</summary>
        public int Remaining { get { return _limit > _position ? _limit - _position : 0; } }

        /// <summary>Starts over; keeps a reference to <paramref name="buffer"/> until the next Reset.</summary>
        /// <param name="buffer">Receives the TLV.</param>
        /// <param name="offset">First byte to write.</param>
        /// <param name="capacity">Room in bytes.</param>
        public void Reset(byte[] buffer, int offset, int capacity)
        {
            _buffer = buffer;
            _start = offset;
            _position = offset;
            _limit = offset + capacity;
            _error = 0;
        }

        /// <summary>
        /// Sets <paramref name="bytes"/> of the room aside (or gives them back, if negative) for what must still follow.
        /// More than there is leaves no room, so that the next element meets <see cref="MatterError.BufferTooSmall"/>.
        /// </summary>
        /// <param name="bytes">Bytes to take from <see cref="Remaining"/>.</param>
        public void Reserve(int bytes) { _limit -= bytes; }

        /// <summary>Goes back to an earlier <see cref="Length"/> and clears <see cref="Error"/>; containers opened since are forgotten.</summary>
        /// <param name="length">An earlier value of <see cref="Length"/>.</param>
        public void Rewind(int length)
        {
            _position = _start + length;
            _error = 0;
        }

        /// <summary>Tag for the elements written with <see cref="TlvTag.Profile"/> from now on.</summary>
        /// <param name="tagControl">2 to 7: common 2/4, implicit 2/4, fully qualified 6/8.</param>
        /// <param name="profile">Vendor id &lt;&lt; 16 | profile number; ignored for common and implicit tags.</param>
        /// <param name="number">Tag number.</param>
        public void SetProfileTag(int tagControl, uint profile, uint number)
        {
            _profileControl = tagControl;
            _profile = profile;
            _profileNumber = number;
        }

        /// <summary>Opens a structure.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void StartStructure(int tag) { Begin(tag, TlvKind.Structure, 0); }

        /// <summary>Opens an array.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void StartArray(int tag) { Begin(tag, TlvKind.Array, 0); }

        /// <summary>Opens a list.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void StartList(int tag) { Begin(tag, TlvKind.List, 0); }

        /// <summary>Closes the container opened last.</summary>
        public void EndContainer() { Begin(TlvTag.Anonymous, TlvKind.EndOfContainer, 0); }

        /// <summary>Writes an unsigned integer.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutUnsigned(int tag, ulong value)
        {
            int power = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFFFFFF ? 2 : 3;
            if (Begin(tag, TlvKind.UnsignedInteger + power, 1 << power)) PutLittle(value, 1 << power);
        }

        /// <summary>Writes a signed integer.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutSigned(int tag, long value)
        {
            long magnitude = value < 0 ? ~value : value;
            int power = magnitude <= 0x7F ? 0 : magnitude <= 0x7FFF ? 1 : magnitude <= 0x7FFFFFFF ? 2 : 3;
            if (Begin(tag, TlvKind.SignedInteger + power, 1 << power)) PutLittle((ulong)value, 1 << power);
        }

        /// <summary>Writes a boolean.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutBoolean(int tag, bool value) { Begin(tag, value ? TlvKind.True : TlvKind.False, 0); }

        /// <summary>Writes a single precision number.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutFloat(int tag, float value)
        {
            if (Begin(tag, TlvKind.Float, 4)) PutLittle(SingleBits(value), 4);
        }

        /// <summary>Writes a double precision number.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutDouble(int tag, double value)
        {
            if (Begin(tag, TlvKind.Double, 8)) PutLittle((ulong)BitConverter.DoubleToInt64Bits(value), 8);
        }

        /// <summary>Writes null.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void PutNull(int tag) { Begin(tag, TlvKind.Null, 0); }

        /// <summary>Writes an octet string.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void PutBytes(int tag, byte[] buffer, int offset, int length)
        {
            if (BeginString(tag, TlvKind.Bytes, length)) Append(buffer, offset, length);
        }

        /// <summary>Writes a UTF-8 string from its bytes, which the caller knows to be valid.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void PutString(int tag, byte[] buffer, int offset, int length)
        {
            if (BeginString(tag, TlvKind.String, length)) Append(buffer, offset, length);
        }

        /// <summary>Opens an octet string of known length to be filled in place, and returns where its content goes.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>Offset of the first content byte in <see cref="Buffer"/>, or <see cref="Error"/>.</returns>
        public int ReserveBytes(int tag, int length)
        {
            if (!BeginString(tag, TlvKind.Bytes, length)) return _error;
            _position += length;
            return _position - length;
        }

        /// <summary>Copies a whole element under another tag.</summary>
        /// <param name="tag">The new tag: a context tag or <see cref="TlvTag"/>.</param>
        /// <param name="source">Reader standing on the element; does not move. Its fault, if it has one, becomes ours.</param>
        public void PutElement(int tag, TlvReader source)
        {
            int length = source.ElementLength();
            if (length < 0)
            {
                if (_error == 0) _error = length;
                return;
            }
            int header = 1 + TagLength(source.TagControl);
            int offset = source.ElementOffset;
            if (Begin(tag, source.Buffer[offset] & TlvKind.Mask, length - header)) Append(source.Buffer, offset + header, length - header);
        }

        /// <summary>Copies elements that are encoded already, tags included; nothing of them is looked at.</summary>
        /// <param name="buffer">Holds whole elements that are right for the present container; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void PutEncoded(byte[] buffer, int offset, int length)
        {
            if (_error != 0) return;
            if (length > _limit - _position) _error = MatterError.BufferTooSmall;
            else Append(buffer, offset, length);
        }

        private static int TagLength(int control)
        {
            if (control < 2) return control;
            if (control < 6) return (control & 1) == 0 ? 2 : 4;
            return control == 6 ? 6 : 8;
        }

        // Control byte and tag, if they and so many bytes of value fit.
        private bool Begin(int tag, int kind, int valueLength)
        {
            if (_error != 0) return false;
            int control = tag >= 0 ? 1 : tag == TlvTag.Anonymous ? 0 : _profileControl;
            int room = _limit - _position - 1 - TagLength(control);
            if (room < valueLength || valueLength < 0)
            {
                _error = MatterError.BufferTooSmall;
                return false;
            }
            byte[] buffer = _buffer;
            buffer[_position++] = (byte)(control << 5 | kind);
            if (control == 0) return true;
            if (control == 1)
            {
                buffer[_position++] = (byte)tag;
                return true;
            }
            if (control >= 6)
            {
                PutLittle(_profile >> 16, 2);
                PutLittle(_profile & 0xFFFF, 2);
            }
            PutLittle(_profileNumber, (control & 1) == 0 ? 2 : 4);
            return true;
        }

        private bool BeginString(int tag, int kind, int length)
        {
            int power = length <= 0xFF ? 0 : length <= 0xFFFF ? 1 : 2;
            int width = 1 << power;
            bool sane = length >= 0 && length <= int.MaxValue - width;
            if (!Begin(tag, kind + power, sane ? length + width : -1)) return false;
            PutLittle((ulong)length, width);
            return true;
        }

        // The target's BitConverter gives a float's bits in a new array only, a double's as a number.
        private static uint SingleBits(float value)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            uint sign = (uint)(bits >> 32) & 0x80000000;
            int exponent = (int)(bits >> 52) & 0x7FF;
            long fraction = bits & 0xFFFFFFFFFFFFF;
            if (exponent == 0x7FF) return sign | 0x7F800000 | (uint)(fraction >> 29);
            exponent -= 1023 - 127;
            if (exponent > 0) return sign | (uint)exponent << 23 | (uint)(fraction >> 29);
            if (exponent < -22) return sign;
            return sign | (uint)((fraction | 1L << 52) >> (30 - exponent));   // subnormal
        }

        private void Append(byte[] buffer, int offset, int length)
        {
            if (length > 0) Array.Copy(buffer, offset, _buffer, _position, length);
            _position += length;
        }

        private void PutLittle(ulong value, int width)
        {
            byte[] buffer = _buffer;
            int position = _position;
            for (int i = 0; i < width; i++)
            {
                buffer[position++] = (byte)value;
                value >>= 8;
            }
            _position = position;
        }
    }
}
