namespace Matter.Nano.Tlv
{
    /// <summary>
    /// Element types as they stand in the low five bits of a control byte; an integer's or length's width is the power of
    /// two added to it (0 to 3 for 1, 2, 4 and 8 bytes).
    /// </summary>
    internal static class TlvKind
    {
        internal const int Mask = 0x1F;

        internal const int SignedInteger = 0x00;
        internal const int UnsignedInteger = 0x04;
        internal const int False = 0x08;
        internal const int True = 0x09;
        internal const int Float = 0x0A;
        internal const int Double = 0x0B;
        internal const int String = 0x0C;
        internal const int Bytes = 0x10;
        internal const int Null = 0x14;
        internal const int Structure = 0x15;
        internal const int Array = 0x16;
        internal const int List = 0x17;
        internal const int EndOfContainer = 0x18;
    }
}
