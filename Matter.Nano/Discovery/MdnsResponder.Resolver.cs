namespace Matter.Nano.Discovery
{
    /// <content>Questions for other nodes.</content>
    public sealed partial class MdnsResponder
    {
        /// <summary>Where a node asked for by <see cref="Resolve"/> was found.</summary>
        internal MdnsResolver Resolver { get; }

        /// <summary>True once the driver has told of an interface that can be multicast on.</summary>
        internal bool HasNetwork
        {
            get
            {
                bool hasNetwork = false;
                for (int i = 0; i < _links.Length; i++)
                    hasNetwork |= _links[i].IsUsed;
                return hasNetwork;
            }
        }

        /// <summary>Looks for a node of a fabric, and for no other any more; <see cref="Resolver"/> tells what came of it.</summary>
        /// <param name="compressedFabricId">8 bytes; not kept.</param>
        /// <param name="nodeId">The node's operational id.</param>
        /// <param name="now">Monotonic ms.</param>
        internal void Resolve(byte[] compressedFabricId, ulong nodeId, long now)
        {
            Wake();
            Resolver.Begin(compressedFabricId, nodeId, now);
        }

        /// <summary>
        /// Takes in one datagram that was sent to this host alone, from an address on the link: the answer to a question of
        /// ours, or nothing. It is never answered.
        /// </summary>
        /// <param name="buffer">Holds the datagram; not kept.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="interfaceId">The interface it came in on.</param>
        /// <param name="isIPv6">True if it came over IPv6.</param>
        /// <param name="peerPort">The sender's UDP port.</param>
        /// <param name="now">Monotonic ms.</param>
        public void ReceiveUnicast(byte[] buffer, int length, int interfaceId, bool isIPv6, int peerPort, long now)
        {
            MdnsLink link = _networks.Find(interfaceId, isIPv6);
            if (!Resolver.IsAsking || link == null || peerPort != Port || !_query.Begin(buffer, length, link.Network) || !_query.IsResponse)
                return;
            Wake();
            Resolver.Read(_query.Reader, buffer, length, link.Network, now);
        }
    }
}
