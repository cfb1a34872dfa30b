namespace Matter.Nano.Fabrics
{
    /// <summary>DER tags as X.509 and PKCS#10 use them, and the length octets (ITU-T X.690).</summary>
    public static class Der
    {
        /// <summary>BOOLEAN.</summary>
        public const int Boolean = 0x01;

        /// <summary>INTEGER.</summary>
        public const int Integer = 0x02;

        /// <summary>BIT STRING.</summary>
        public const int BitString = 0x03;

        /// <summary>OCTET STRING.</summary>
        public const int OctetString = 0x04;

        /// <summary>OBJECT IDENTIFIER.</summary>
        public const int ObjectIdentifier = 0x06;

        /// <summary>UTF8String.</summary>
        public const int Utf8String = 0x0C;

        /// <summary>PrintableString.</summary>
        public const int PrintableString = 0x13;

        /// <summary>IA5String.</summary>
        public const int Ia5String = 0x16;

        /// <summary>UTCTime: two digits of the year.</summary>
        public const int UtcTime = 0x17;

        /// <summary>GeneralizedTime: four digits of the year.</summary>
        public const int GeneralizedTime = 0x18;

        /// <summary>SEQUENCE.</summary>
        public const int Sequence = 0x30;

        /// <summary>SET.</summary>
        public const int Set = 0x31;

        /// <summary>[0], constructed.</summary>
        public const int Context0 = 0xA0;

        /// <summary>[3], constructed.</summary>
        public const int Context3 = 0xA3;

        /// <summary>Reads the length octets of an element: definite and shortest form only, of up to 32 bits.</summary>
        /// <param name="buffer">Holds the element.</param>
        /// <param name="offset">First length octet.</param>
        /// <param name="end">Where the readable bytes end.</param>
        /// <param name="octets">Number of length octets.</param>
        /// <returns>The length, not yet compared with <paramref name="end"/>, or <see cref="MatterError.OutOfRange"/>.</returns>
        public static long ReadLength(byte[] buffer, int offset, int end, out int octets)
        {
            octets = 0;
            if (offset >= end) return MatterError.OutOfRange;
            int first = buffer[offset];
            octets = 1;
            if (first < 0x80) return first;

            int count = first & 0x7F;
            if (count == 0 || count > 4 || count >= end - offset || buffer[offset + 1] == 0) return MatterError.OutOfRange;
            long length = 0;
            for (int i = 1; i <= count; i++) length = length << 8 | buffer[offset + i];
            octets = count + 1;
            return length < 0x80 ? MatterError.OutOfRange : length;
        }
    }
}
