namespace Matter.Nano.Crypto
{
    /// <summary>HMAC-SHA256 (RFC 2104).</summary>
    public sealed class Hmac
    {
        /// <summary>Length of a MAC in bytes.</summary>
        public const int MacLength = 32;

        /// <summary>Starts a new MAC.</summary>
        /// <param name="key">Holds the key; not kept.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <param name="keyLength">Length in bytes; any.</param>
        public void Start(byte[] key, int keyOffset, int keyLength) { }

        /// <summary>Adds bytes.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Update(byte[] buffer, int offset, int length) { }

        /// <summary>Ends the MAC, writes it and wipes the key from the state.</summary>
        /// <param name="mac">Receives 32 bytes.</param>
        /// <param name="macOffset">Where they go.</param>
        public void Finish(byte[] mac, int macOffset) { }
    }
}
