namespace Matter.Nano.Discovery
{
    /// <summary>The few text forms that names and TXT records use. The caller's arrays are large enough.</summary>
    internal static class DnsText
    {
        /// <summary>Writes fixed ASCII text. Returns the offset behind it.</summary>
        internal static int PutText(byte[] output, int offset, string text)
        {
            for (int i = 0; i < text.Length; i++)
                output[offset++] = (byte)text[i];
            return offset;
        }

        /// <summary>Writes a number of zero or more in decimal. Returns the offset behind it.</summary>
        internal static int PutDecimal(byte[] output, int offset, int value)
        {
            int digits = 1;
            for (int rest = value / 10; rest != 0; rest /= 10)
                digits++;
            for (int i = offset + digits - 1; i >= offset; i--)
            {
                output[i] = (byte)('0' + value % 10);
                value /= 10;
            }
            return offset + digits;
        }

        /// <summary>Writes bytes as upper-case hex. Returns the offset behind them.</summary>
        internal static int PutHex(byte[] output, int offset, byte[] value, int valueOffset, int length)
        {
            for (int i = 0; i < length; i++)
            {
                int b = value[valueOffset + i];
                output[offset++] = HexDigit(b >> 4);
                output[offset++] = HexDigit(b & 15);
            }
            return offset;
        }

        private static byte HexDigit(int value)
        {
            return (byte)(value < 10 ? '0' + value : 'A' - 10 + value);
        }
    }
}
