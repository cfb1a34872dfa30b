using System;
using System.Text;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>Writes text into a fixed buffer. What does not fit is left out and <see cref="IsFull"/> is set.</summary>
    public sealed class PageWriter
    {
        private readonly byte[] _buffer;
        private readonly byte[] _digits = new byte[10];

        /// <summary>Creates a writer.</summary>
        /// <param name="buffer">Kept.</param>
        public PageWriter(byte[] buffer)
        {
            _buffer = buffer;
        }

        /// <summary>Where the next byte goes.</summary>
        public int Position { get; set; }

        /// <summary>True once something did not fit.</summary>
        public bool IsFull { get; private set; }

        /// <summary>Starts over.</summary>
        /// <param name="position">Where the first byte goes.</param>
        public void Reset(int position)
        {
            Position = position;
            IsFull = false;
        }

        /// <summary>Writes markup.</summary>
        /// <param name="text">As it is.</param>
        public void Put(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Put(bytes, 0, bytes.Length);
        }

        /// <summary>Writes bytes as they are.</summary>
        /// <param name="bytes">Holds them.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Their number.</param>
        public void Put(byte[] bytes, int offset, int length)
        {
            if (length > _buffer.Length - Position)
            {
                IsFull = true;
                return;
            }

            Array.Copy(bytes, offset, _buffer, Position, length);
            Position += length;
        }

        /// <summary>Writes a number in decimal.</summary>
        /// <param name="value">0 or more.</param>
        public void Put(int value)
        {
            int at = _digits.Length;
            do
            {
                _digits[--at] = (byte)('0' + (value % 10));
                value /= 10;
            }
            while (value > 0);
            Put(_digits, at, _digits.Length - at);
        }

        /// <summary>Writes foreign text so that it stays text, in an element or a quoted attribute.</summary>
        /// <param name="text">UTF-8.</param>
        /// <param name="length">Its length in bytes.</param>
        public void PutEscaped(byte[] text, int length)
        {
            int start = 0;
            for (int i = 0; i < length; i++)
            {
                string entity;
                switch ((char)text[i])
                {
                    case '&': entity = "&amp;"; break;
                    case '<': entity = "&lt;"; break;
                    case '>': entity = "&gt;"; break;
                    case '"': entity = "&quot;"; break;
                    case '\'': entity = "&#39;"; break;
                    default: continue;
                }

                Put(text, start, i - start);
                Put(entity);
                start = i + 1;
            }

            Put(text, start, length - start);
        }
    }
}
