namespace Matter.Nano.Tlv
{
    /// <summary>TLV element types as <see cref="TlvReader.Type"/> reports them: widths folded (Matter Core appendix A.7.1).</summary>
    public static class TlvType
    {
        /// <summary>No current element: before the first, at the end of a container, or after an error.</summary>
        public const int None = 0;

        /// <summary>Signed integer of 1, 2, 4 or 8 bytes.</summary>
        public const int SignedInteger = 1;

        /// <summary>Unsigned integer of 1, 2, 4 or 8 bytes.</summary>
        public const int UnsignedInteger = 2;

        /// <summary>true or false.</summary>
        public const int Boolean = 3;

        /// <summary>IEEE 754 single precision.</summary>
        public const int Float = 4;

        /// <summary>IEEE 754 double precision.</summary>
        public const int Double = 5;

        /// <summary>UTF-8 string.</summary>
        public const int String = 6;

        /// <summary>Octet string.</summary>
        public const int Bytes = 7;

        /// <summary>Null.</summary>
        public const int Null = 8;

        /// <summary>Structure: tagged members.</summary>
        public const int Structure = 9;

        /// <summary>Array: anonymous members.</summary>
        public const int Array = 10;

        /// <summary>List: members with any tag, order significant.</summary>
        public const int List = 11;
    }
}
