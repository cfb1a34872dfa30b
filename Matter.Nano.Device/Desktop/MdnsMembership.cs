namespace Matter.Nano.Device.Desktop
{
    /// <summary>How multicast DNS stands with one interface.</summary>
    internal sealed class MdnsMembership
    {
        public MdnsMembership(HostInterface host)
        {
            Host = host;
        }

        /// <summary>The interface.</summary>
        public HostInterface Host { get; }

        /// <summary>True once the IPv4 group is joined.</summary>
        public bool HasIPv4 { get; set; }

        /// <summary>True once the IPv6 group is joined.</summary>
        public bool HasIPv6 { get; set; }

        /// <summary>True if something could not be sent.</summary>
        public bool HasFailed { get; set; }

        /// <summary>How often the interface was announced on anew after that.</summary>
        public int Retries { get; set; }
    }
}
