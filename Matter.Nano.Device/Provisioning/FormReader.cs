using Matter.Nano.Tlv;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>Reads fields of a form as browsers send it: application/x-www-form-urlencoded, UTF-8.</summary>
    public static class FormReader
    {
        /// <summary>Decodes one field's value.</summary>
        /// <param name="body">Holds the form.</param>
        /// <param name="bodyLength">Its length in bytes.</param>
        /// <param name="name">Name of the field: small letters.</param>
        /// <param name="value">Receives the first value of that name, UTF-8 without NUL.</param>
        /// <returns>
        /// Length of the value, 0 if there is no such field; <see cref="MatterError.BufferTooSmall"/>, or
        /// <see cref="MatterError.InvalidMessage"/> for a faulty escape or what is no text.
        /// </returns>
        public static int Read(byte[] body, int bodyLength, string name, byte[] value)
        {
            int at = 0;
            while (at < bodyLength)
            {
                int end = at;
                while (end < bodyLength && body[end] != '&')
                {
                    end++;
                }

                if (IsNamed(body, at, end, name))
                {
                    return Decode(body, at + name.Length + 1, end, value);
                }

                at = end + 1;
            }

            return 0;
        }

        private static bool IsNamed(byte[] body, int at, int end, string name)
        {
            int length = name.Length;
            if (end - at <= length || body[at + length] != '=')
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (body[at + i] != name[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static int Decode(byte[] body, int at, int end, byte[] value)
        {
            int length = 0;
            while (at < end)
            {
                int next = body[at++];
                if (next == '+')
                {
                    next = ' ';
                }
                else if (next == '%')
                {
                    next = end - at < 2 ? -1 : HexOf(body[at]) << 4 | HexOf(body[at + 1]);
                    at += 2;
                }

                if (next < 0)
                {
                    return MatterError.InvalidMessage;
                }

                if (length == value.Length)
                {
                    return MatterError.BufferTooSmall;
                }

                value[length++] = (byte)next;
            }

            return Utf8.IsText(value, 0, length) ? length : MatterError.InvalidMessage;
        }

        // Negative for what is no digit, and stays so in either half of a byte.
        private static int HexOf(int letter)
        {
            if (letter >= '0' && letter <= '9')
            {
                return letter - '0';
            }

            letter |= 0x20;
            return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }
    }
}
