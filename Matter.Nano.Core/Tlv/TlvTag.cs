namespace Matter.Nano.Tlv
{
    /// <summary>
    /// Tags as one int: 0 to 255 is a context tag, <see cref="Anonymous"/> no tag; any profile tag is
    /// <see cref="Profile"/>, its parts standing in the reader or writer.
    /// </summary>
    public static class TlvTag
    {
        /// <summary>No tag.</summary>
        public const int Anonymous = -1;

        /// <summary>A common, implicit or fully qualified profile tag; see TagControl, TagProfile and TagNumber.</summary>
        public const int Profile = -2;
    }
}
