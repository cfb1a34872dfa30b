using System;

namespace Matter.Nano.Tests
{
    /// <summary>
    /// Cursor over the cases of one vector file, as the build step leaves them in VectorData: "*name" opens a case,
    /// "field=value" lines follow. Works on characters: indexing a long string costs its length on the target.
    /// </summary>
    internal sealed class VectorReader
    {
        private readonly char[] _text;
        private int _next;
        private int _fields;
        private int _end;

        /// <summary>Starts before the first case.</summary>
        public VectorReader(string data)
        {
            _text = data.ToCharArray();
        }

        /// <summary>Name of the current case.</summary>
        public string Name { get; private set; }

        /// <summary>Number of cases begun so far.</summary>
        public int Count { get; private set; }

        /// <summary>Steps to the next case; false after the last one.</summary>
        public bool NextCase()
        {
            if (_next >= _text.Length)
            {
                return false;
            }

            int lineEnd = LineEnd(_next);
            Name = new string(_text, _next + 1, lineEnd - _next - 1);
            Count++;
            _fields = lineEnd + 1;
            _end = _fields;
            while (_end < _text.Length && _text[_end] != '*')
            {
                _end = LineEnd(_end) + 1;
            }

            _next = _end;
            return true;
        }

        /// <summary>Whether the current case has the field.</summary>
        public bool Has(string field)
        {
            return Find(field) >= 0;
        }

        /// <summary>The field's value as it stands.</summary>
        public string Text(string field)
        {
            int start = Require(field);
            return new string(_text, start, LineEnd(start) - start);
        }

        /// <summary>The field's value, hexadecimal, as a new array.</summary>
        public byte[] Bytes(string field)
        {
            int start = Require(field);
            int length = LineEnd(start) - start;
            byte[] bytes = new byte[length / 2];
            if ((length & 1) != 0)
            {
                throw new ArgumentException(Name + ": odd number of digits in " + field);
            }

            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digit(_text[start + 2 * i], 16) << 4) | Digit(_text[start + 2 * i + 1], 16));
            }

            return bytes;
        }

        /// <summary>The field's value, decimal, of up to 32 bits.</summary>
        public int Int(string field)
        {
            return (int)Long(field);
        }

        /// <summary>The field's value, decimal; an unsigned 64-bit one comes back by a cast to ulong.</summary>
        public long Long(string field)
        {
            int i = Require(field);
            int lineEnd = LineEnd(i);
            bool negative = i < lineEnd && _text[i] == '-';
            if (negative)
            {
                i++;
            }

            if (i == lineEnd)
            {
                throw new ArgumentException(Name + ": no digits in " + field);
            }

            long value = 0;
            while (i < lineEnd)
            {
                value = value * 10 + Digit(_text[i++], 10);
            }

            return negative ? -value : value;
        }

        private int Require(string field)
        {
            int start = Find(field);
            if (start < 0)
            {
                throw new ArgumentException(Name + ": no field " + field);
            }

            return start;
        }

        /// <summary>Index of the first character of the field's value; -1 without the field.</summary>
        private int Find(string field)
        {
            char[] name = field.ToCharArray();
            for (int line = _fields; line < _end; line = LineEnd(line) + 1)
            {
                int i = 0;
                while (i < name.Length && _text[line + i] == name[i])
                {
                    i++;
                }

                if (i == name.Length && _text[line + i] == '=')
                {
                    return line + i + 1;
                }
            }

            return -1;
        }

        private int LineEnd(int index)
        {
            char[] text = _text;
            while (text[index] != '\n')
            {
                index++;
            }

            return index;
        }

        private int Digit(char c, int radix)
        {
            int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit < 0 || digit >= radix)
            {
                throw new ArgumentException(Name + ": not a digit of base " + radix.ToString());
            }

            return digit;
        }
    }
}
