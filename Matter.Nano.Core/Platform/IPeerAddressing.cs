namespace Matter.Nano.Platform
{
    /// <summary>Writes addresses of peers in the driver's own form, which is opaque to the node.</summary>
    public interface IPeerAddressing
    {
        /// <summary>Writes the address of a peer that was found on the network.</summary>
        /// <param name="peer">Receives it, at most 28 bytes.</param>
        /// <param name="address">Holds the IP address; not kept.</param>
        /// <param name="addressLength">4 for IPv4, 16 for IPv6.</param>
        /// <param name="port">UDP port.</param>
        /// <param name="interfaceId">The interface that the peer is on, in the numbers that the driver gives the responder: the scope of a link-local address.</param>
        /// <returns>The length in bytes; 0 if the driver cannot send there now.</returns>
        int Write(byte[] peer, byte[] address, int addressLength, int port, int interfaceId);
    }
}
