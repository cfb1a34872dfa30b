namespace Matter.Nano
{
    /// <summary>
    /// Every negative result code. A method that returns int answers with a value, length or index of zero or more,
    /// or with one of these.
    /// </summary>
    public static class MatterError
    {
        /// <summary>TLV that breaks the encoding rules (Matter Core appendix A).</summary>
        public const int InvalidTlv = -1;

        /// <summary>A TLV element of another type than the schema asks for.</summary>
        public const int WrongType = -2;

        /// <summary>A value or length outside its allowed range.</summary>
        public const int OutOfRange = -3;

        /// <summary>The output does not fit into the buffer given.</summary>
        public const int BufferTooSmall = -4;

        /// <summary>No such entry, element or key.</summary>
        public const int NotFound = -5;

        /// <summary>Every row of a fixed table is in use.</summary>
        public const int TableFull = -6;

        /// <summary>A message header that cannot be parsed or that asks for something not supported.</summary>
        public const int InvalidMessage = -7;

        /// <summary>A tag, MAC, signature or confirmation that does not verify.</summary>
        public const int AuthenticationFailed = -8;

        /// <summary>Bytes that are not a point of P-256, or the point at infinity.</summary>
        public const int InvalidPoint = -9;

        /// <summary>A certificate that breaks the rules of Matter Core 6.5.</summary>
        public const int InvalidCertificate = -10;

        /// <summary>The key-value store failed to read or write.</summary>
        public const int StorageFailed = -11;

        /// <summary>The call does not fit the present state.</summary>
        public const int InvalidState = -12;

        /// <summary>A message counter seen before.</summary>
        public const int Duplicate = -13;

        /// <summary>The resource is taken; try again later.</summary>
        public const int Busy = -14;

        /// <summary>A stored value that fails its integrity check.</summary>
        public const int DamagedRecord = -15;
    }
}
