namespace Matter.Nano.Tlv
{
    /// <summary>Checks UTF-8 (RFC 3629): text stays bytes, for a string on the target ends at the first NUL.</summary>
    public static class Utf8
    {
        /// <summary>Tells whether bytes are well-formed UTF-8 without NUL: no overlong form, no surrogate, nothing above U+10FFFF.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>True if well-formed; so is no text at all.</returns>
        public static bool IsText(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            while (offset < end)
            {
                int lead = buffer[offset++];
                if (lead < 0x80)
                {
                    if (lead == 0) return false;
                    continue;
                }
                // The first continuation byte's range keeps out overlong forms, surrogates and what is above U+10FFFF.
                int lowest = 0x80;
                int highest = 0xBF;
                int following;
                if (lead < 0xC2) return false;
                if (lead < 0xE0)
                {
                    following = 1;
                }
                else if (lead < 0xF0)
                {
                    following = 2;
                    if (lead == 0xE0) lowest = 0xA0;
                    if (lead == 0xED) highest = 0x9F;
                }
                else if (lead < 0xF5)
                {
                    following = 3;
                    if (lead == 0xF0) lowest = 0x90;
                    if (lead == 0xF4) highest = 0x8F;
                }
                else
                {
                    return false;
                }
                if (following > end - offset) return false;
                if (buffer[offset] < lowest || buffer[offset] > highest) return false;
                for (int i = 1; i < following; i++)
                {
                    if ((buffer[offset + i] & 0xC0) != 0x80) return false;
                }
                offset += following;
            }
            return true;
        }
    }
}
