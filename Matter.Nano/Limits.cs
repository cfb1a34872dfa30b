namespace Matter.Nano
{
    /// <summary>Every capacity, with what it costs in RAM.</summary>
    public static class Limits
    {
        /// <summary>CASE handshakes at a time; about 2.2 KB each.</summary>
        public const int CaseHandshakes = 2;

        /// <summary>
        /// Largest encrypted part of Sigma2 and Sigma3 in bytes: two certificates of 400 bytes, signature, resumption id,
        /// TLV around them and the tag.
        /// </summary>
        public const int CaseDataLength = 912;
    }
}
