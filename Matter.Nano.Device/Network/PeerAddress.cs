using System;

namespace Matter.Nano.Device.Network
{
    /// <summary>
    /// A peer as the node keeps it: the address, then the port in two bytes (big-endian); behind an IPv6 address one byte of
    /// scope, the index of the interface, without which a link-local peer cannot be answered.
    /// </summary>
    public static class PeerAddress
    {
        /// <summary>Length of an IPv4 peer in bytes.</summary>
        public const int IPv4Length = 6;

        /// <summary>Length of an IPv6 peer in bytes.</summary>
        public const int IPv6Length = 19;

        private const int ScopeAt = 18;

        /// <summary>Writes a peer.</summary>
        /// <param name="peer">Receives <see cref="IPv4Length"/> or <see cref="IPv6Length"/> bytes.</param>
        /// <param name="address">Holds the IP address; not kept.</param>
        /// <param name="length">Its length, 4 or 16 bytes.</param>
        /// <param name="port">UDP port.</param>
        /// <param name="scope">Index of the interface; ignored for IPv4.</param>
        /// <returns>The length in bytes.</returns>
        public static int Write(byte[] peer, byte[] address, int length, int port, long scope)
        {
            Array.Copy(address, 0, peer, 0, length);
            peer[length] = (byte)(port >> 8);
            peer[length + 1] = (byte)port;
            if (length == LinkLocalAddress.Length)
            {
                peer[ScopeAt] = (byte)scope;
                return IPv6Length;
            }

            return IPv4Length;
        }

        /// <summary>The peer's UDP port.</summary>
        /// <param name="peer">The peer.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>The port.</returns>
        public static int Port(byte[] peer, int length)
        {
            int at = length == IPv6Length ? LinkLocalAddress.Length : 4;
            return peer[at] << 8 | peer[at + 1];
        }

        /// <summary>The scope of an IPv6 peer.</summary>
        /// <param name="peer">The peer, <see cref="IPv6Length"/> bytes.</param>
        /// <returns>The index of the interface; 0 if it has none.</returns>
        public static int Scope(byte[] peer)
        {
            return peer[ScopeAt];
        }

        /// <summary>Whether two peers are the same.</summary>
        /// <param name="peer">One.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="other">The other one.</param>
        /// <param name="otherLength">Its length in bytes.</param>
        /// <returns>True if they are.</returns>
        public static bool Same(byte[] peer, int length, byte[] other, int otherLength)
        {
            if (length != otherLength)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (peer[i] != other[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
