namespace Matter.Nano.Device.Desktop
{
    /// <summary>Whose cryptography the device uses.</summary>
    internal enum CryptoKind
    {
        /// <summary>Whichever is faster: .NET's AES and HMAC, our own elliptic curve, which prepares handshakes.</summary>
        Mixed,

        /// <summary>All our own code, as on a board.</summary>
        Managed,

        /// <summary>.NET's wherever it has it.</summary>
        Platform,
    }
}
