using System;

namespace Matter.Nano.Tlv
{
    /// <summary>
    /// Cursor over TLV in (buffer, offset, length), Matter Core appendix A. Allocates nothing. Sticky: after the first
    /// fault <see cref="Error"/> stays set, <see cref="Next"/> answers false and every read yields zero; a parser reads
    /// all fields, checks <see cref="Error"/> once, and only then acts.
    /// </summary>
    /// <remarks>
    /// <code>
    /// reader.Reset(buffer, offset, length);
    /// reader.EnterMessage();                       // the one anonymous structure that every message is
    /// while (reader.Next())
    /// {
    ///     switch (reader.Tag)
    ///     {
    ///         case 1: id = (int)reader.GetUnsigned(0xFFFF); break;
    ///         case 2: reader.Enter(); while (reader.Next()) { … } reader.Exit(); break;
    ///     }                                        // unknown tags: simply not read, skipped whole by Next
    /// }
    /// if (reader.Finish() != 0) return reader.Error;
    /// </code>
    /// Every element that is passed, read or skipped, has its form checked: a known type, a whole tag and value, tagged
    /// members in a structure, anonymous ones in an array, containers closed. What is left to the caller: that a tag does
    /// not occur twice.
    /// </remarks>
    public sealed class TlvReader
    {
        /// <summary>Containers inside one another that a reader follows; deeper ones are <see cref="MatterError.InvalidTlv"/>.</summary>
        public const int MaxDepth = 10;

        private byte[] _buffer;
        private int _position;      // behind the current element; behind its control byte and tag if it is a container
        private int _end;           // _position <= _end, always
        private int _error;

        private int _depth;         // containers entered
        private long _containers;   // their types, four bits each, the innermost lowest

        private int _type;
        private int _tag;
        private int _control;
        private int _elementOffset;
        private int _valueOffset;
        private int _valueLength;

        /// <summary>0, or the first fault as a negative <see cref="MatterError"/>.</summary>
        public int Error { get { return _error; } }

        /// <summary>The current element's type, one of <see cref="TlvType"/>.</summary>
        public int Type { get { return _type; } }

        /// <summary>The current element's tag: 0 to 255, <see cref="TlvTag.Anonymous"/> or <see cref="TlvTag.Profile"/>.</summary>
        public int Tag { get { return _tag; } }

        /// <summary>The current element's tag control field, 0 to 7 (anonymous, context, common 2/4, implicit 2/4, fully qualified 6/8).</summary>
        public int TagControl { get { return _control >> 5; } }

        /// <summary>Profile of a profile tag: vendor id &lt;&lt; 16 | profile number; 0 for common and implicit ones.</summary>
        public uint TagProfile
        {
            get { return TagControl < 6 ? 0 : (uint)Little(_elementOffset + 1, 2) << 16 | (uint)Little(_elementOffset + 3, 2); }
        }

        /// <summary>Number of a context or profile tag.</summary>
        public uint TagNumber
        {
            get
            {
                int control = TagControl;
                if (control < 2) return control == 0 ? 0 : (uint)_tag;
                return (uint)Little(_elementOffset + (control < 6 ? 1 : 5), (control & 1) == 0 ? 2 : 4);
            }
        }

        /// <summary>The buffer under the cursor: the array given to <see cref="Reset"/>, not a copy.</summary>
        public byte[] Buffer { get { return _buffer; } }

        /// <summary>First byte of the current string or octet string's content in <see cref="Buffer"/>.</summary>
        public int ValueOffset { get { return _valueOffset; } }

        /// <summary>Length in bytes of the current string or octet string's content; 0 for other types.</summary>
        public int ValueLength { get { return _valueLength; } }

        /// <summary>First byte of the current element: its control byte.</summary>
        public int ElementOffset { get { return _elementOffset; } }

        /// <summary>Starts over on new bytes; keeps a reference to <paramref name="buffer"/> until the next Reset.</summary>
        /// <param name="buffer">Holds the TLV.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes; nothing beyond it is ever read.</param>
        public void Reset(byte[] buffer, int offset, int length)
        {
            _buffer = buffer;
            _position = offset;
            _end = offset + length;
            _error = 0;
            _depth = 0;
            _containers = 0;
            _elementOffset = offset;
            Clear();
        }

        /// <summary>Moves to the first element and enters it; a fault unless it is an anonymous structure.</summary>
        public void EnterMessage()
        {
            if (!Next()) Fail(MatterError.InvalidTlv);
            else if (_control != TlvKind.Structure) Fail(MatterError.WrongType);
            else Enter();
        }

        /// <summary>Moves to the next element of the present container, skipping whole whatever the present one contains.</summary>
        /// <returns>False at the end of the container or of the buffer, and after a fault.</returns>
        public bool Next()
        {
            if (_type >= TlvType.Structure) Skip();
            return _error == 0 && Read();
        }

        /// <summary>Enters the current structure, array or list; a fault if it is none.</summary>
        public void Enter()
        {
            if (_type < TlvType.Structure) Fail(MatterError.WrongType);
            else if (_depth == MaxDepth) Fail(MatterError.InvalidTlv);
            if (_error != 0) return;
            _depth++;
            _containers = _containers << 4 | (long)_type;
            Clear();
        }

        /// <summary>Leaves the container entered last, skipping what is left of it.</summary>
        public void Exit()
        {
            if (_depth == 0) Fail(MatterError.InvalidState);
            LeaveTo(_depth - 1);
        }

        /// <summary>Leaves every open container and checks that nothing follows the outermost element.</summary>
        /// <returns>0 or the fault.</returns>
        public int Finish()
        {
            if (_type >= TlvType.Structure) Skip();
            LeaveTo(0);
            if (_position != _end) Fail(MatterError.InvalidTlv);
            return _error;
        }

        /// <summary>Length in bytes of the current element with control byte, tag, contents and end of container, checked whole.</summary>
        /// <returns>The length or the fault; <see cref="MatterError.InvalidState"/> if there is no current element.</returns>
        public int ElementLength()
        {
            if (_type == TlvType.None) Fail(MatterError.InvalidState);
            if (_error != 0) return _error;
            int elementOffset = _elementOffset;
            if (_type < TlvType.Structure) return _position - elementOffset;

            int type = _type;
            int tag = _tag;
            int control = _control;
            int position = _position;
            Skip();
            if (_error != 0) return _error;
            int length = _position - elementOffset;
            _type = type;
            _tag = tag;
            _control = control;
            _position = position;
            _elementOffset = elementOffset;
            return length;
        }

        /// <summary>The current unsigned integer.</summary>
        /// <param name="maximum">Largest allowed value; a larger one is <see cref="MatterError.OutOfRange"/>.</param>
        /// <returns>The value; 0 after a fault.</returns>
        public ulong GetUnsigned(ulong maximum)
        {
            if (_type != TlvType.UnsignedInteger) return (ulong)Fault(MatterError.WrongType);
            int width = 1 << (_control & 3);
            ulong value = width == 1 ? _buffer[_position - 1] : Little(_position - width, width);
            return value <= maximum ? value : (ulong)Fault(MatterError.OutOfRange);
        }

        /// <summary>The current signed integer.</summary>
        /// <param name="minimum">Smallest allowed value.</param>
        /// <param name="maximum">Largest allowed value.</param>
        /// <returns>The value; 0 after a fault.</returns>
        public long GetSigned(long minimum, long maximum)
        {
            if (_type != TlvType.SignedInteger) return Fault(MatterError.WrongType);
            int width = 1 << (_control & 3);
            long value = Signed(_position - width, width);
            return value >= minimum && value <= maximum ? value : Fault(MatterError.OutOfRange);
        }

        /// <summary>The current boolean.</summary>
        /// <returns>The value; false after a fault.</returns>
        public bool GetBoolean()
        {
            if (_type != TlvType.Boolean) return Fault(MatterError.WrongType) != 0;
            return (_control & 1) != 0;
        }

        /// <summary>The current single or double precision number.</summary>
        /// <returns>The value; 0 after a fault.</returns>
        public double GetDouble()
        {
            if (_type == TlvType.Float) return BitConverter.ToSingle(_buffer, _position - 4);
            if (_type == TlvType.Double) return BitConverter.ToDouble(_buffer, _position - 8);
            return Fault(MatterError.WrongType);
        }

        /// <summary>Checks that the current element is an octet string whose length is within bounds; read it at <see cref="ValueOffset"/>.</summary>
        /// <param name="minimum">Smallest allowed length in bytes.</param>
        /// <param name="maximum">Largest allowed length in bytes.</param>
        /// <returns>The length; 0 after a fault.</returns>
        public int GetBytes(int minimum, int maximum) { return GetLength(TlvType.Bytes, minimum, maximum); }

        /// <summary>Checks that the current element is a UTF-8 string (valid, without NUL) whose length is within bounds; read it at <see cref="ValueOffset"/>.</summary>
        /// <param name="minimum">Smallest allowed length in bytes.</param>
        /// <param name="maximum">Largest allowed length in bytes.</param>
        /// <returns>The length in bytes; 0 after a fault.</returns>
        public int GetString(int minimum, int maximum)
        {
            int length = GetLength(TlvType.String, minimum, maximum);
            if (length == 0 || Utf8.IsText(_buffer, _valueOffset, length)) return length;
            return (int)Fault(MatterError.InvalidTlv);
        }

        /// <summary>Copies the current octet string; a fault unless it has exactly that length.</summary>
        /// <param name="destination">Receives the bytes.</param>
        /// <param name="destinationOffset">Where they go.</param>
        /// <param name="length">The length in bytes that it must have.</param>
        public void CopyBytes(byte[] destination, int destinationOffset, int length)
        {
            GetLength(TlvType.Bytes, length, length);
            if (_error == 0) Array.Copy(_buffer, _valueOffset, destination, destinationOffset, length);
        }

        /// <summary>Sets <see cref="Error"/> if it is not yet set: for a caller's own checks.</summary>
        /// <param name="error">A negative <see cref="MatterError"/>.</param>
        public void Fail(int error)
        {
            if (_error == 0) _error = error;
            Clear();
        }

        /// <summary>Takes a second cursor's place, so that a part can be read twice.</summary>
        /// <param name="other">The reader whose position is copied.</param>
        public void CopyFrom(TlvReader other)
        {
            _buffer = other._buffer;
            _position = other._position;
            _end = other._end;
            _error = other._error;
            _depth = other._depth;
            _containers = other._containers;
            _type = other._type;
            _tag = other._tag;
            _control = other._control;
            _elementOffset = other._elementOffset;
            _valueOffset = other._valueOffset;
            _valueLength = other._valueLength;
        }

        private long Fault(int error)
        {
            Fail(error);
            return 0;
        }

        private void Clear()
        {
            _type = TlvType.None;
            _tag = TlvTag.Anonymous;
            _control = 0;
            _valueLength = 0;
        }

        private void Skip()
        {
            int depth = _depth;
            Enter();
            LeaveTo(depth);
        }

        // Reads on, entering whatever is met, until only so many containers are open: nesting costs no stack.
        private void LeaveTo(int depth)
        {
            while (_error == 0 && _depth > depth)
            {
                if (_type >= TlvType.Structure) Enter();
                else if (!Read() && _error == 0)
                {
                    _position++;
                    _depth--;
                    _containers >>= 4;
                }
            }
        }

        // Reads the element at _position, in full if it is no container. False at an end of container, which it does not
        // pass, at the end of the buffer, and after a fault.
        private bool Read()
        {
            byte[] buffer = _buffer;
            int position = _position;
            int end = _end;
            _type = TlvType.None;
            _valueLength = 0;
            if (position >= end || buffer[position] == TlvKind.EndOfContainer)
            {
                Clear();
                // The buffer may end outside of containers only, and a container only inside of one.
                if ((position >= end) != (_depth == 0)) Fail(MatterError.InvalidTlv);
                return false;
            }

            int control = buffer[position];
            int kind = control & TlvKind.Mask;
            _elementOffset = position++;
            int tag = TlvTag.Profile;
            switch (control >> 5)
            {
                case 0: tag = TlvTag.Anonymous; break;
                case 1: if (position < end) tag = buffer[position]; position++; break;
                case 2: case 4: position += 2; break;
                case 3: case 5: position += 4; break;
                case 6: position += 6; break;
                default: position += 8; break;
            }

            int container = (int)_containers & 15;
            if (position > end
                || container == TlvType.Array && tag != TlvTag.Anonymous
                || container == TlvType.Structure && tag == TlvTag.Anonymous) return Fault(MatterError.InvalidTlv) != 0;

            int type;
            int length;   // of the value
            if (kind < TlvKind.False)
            {
                type = kind < TlvKind.UnsignedInteger ? TlvType.SignedInteger : TlvType.UnsignedInteger;
                length = 1 << (kind & 3);
            }
            else if (kind >= TlvKind.String && kind < TlvKind.Null)
            {
                type = kind < TlvKind.Bytes ? TlvType.String : TlvType.Bytes;
                int width = 1 << (kind & 3);
                length = -1;
                if (width <= end - position)
                {
                    ulong declared = width == 1 ? buffer[position] : Little(position, width);
                    position += width;
                    if (declared <= (ulong)(end - position)) length = (int)declared;
                }
                _valueOffset = position;
                _valueLength = length;
            }
            else
            {
                length = 0;
                switch (kind)
                {
                    case TlvKind.False: case TlvKind.True: type = TlvType.Boolean; break;
                    case TlvKind.Float: type = TlvType.Float; length = 4; break;
                    case TlvKind.Double: type = TlvType.Double; length = 8; break;
                    case TlvKind.Null: type = TlvType.Null; break;
                    default:
                        // Reserved, or an end of container with a tag.
                        if (kind > TlvKind.List) length = -1;
                        type = kind - TlvKind.Structure + TlvType.Structure;
                        break;
                }
            }
            if (length < 0 || length > end - position) return Fault(MatterError.InvalidTlv) != 0;
            _position = position + length;
            _type = type;
            _tag = tag;
            _control = control;
            return true;
        }

        private int GetLength(int type, int minimum, int maximum)
        {
            if (_type != type) Fail(MatterError.WrongType);
            else if (_valueLength < minimum || _valueLength > maximum) Fail(MatterError.OutOfRange);
            return _valueLength;
        }

        // Not by shifting an unsigned number up and down: nanoFramework shifts what came from one without its sign.
        private long Signed(int offset, int width)
        {
            byte[] buffer = _buffer;
            int last = offset + width - 1;
            long value = (sbyte)buffer[last];
            for (int i = last - 1; i >= offset; i--) value = value * 256 + (int)buffer[i];
            return value;
        }

        private ulong Little(int offset, int width)
        {
            byte[] buffer = _buffer;
            ulong value = 0;
            for (int i = offset + width - 1; i >= offset; i--) value = value << 8 | buffer[i];
            return value;
        }
    }
}
