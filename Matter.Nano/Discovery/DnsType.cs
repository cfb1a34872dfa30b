namespace Matter.Nano.Discovery
{
    /// <summary>Record types and classes of DNS (RFC 1035, RFC 6762) that a Matter node meets.</summary>
    public static class DnsType
    {
        /// <summary>IPv4 address.</summary>
        public const int A = 1;

        /// <summary>Pointer from a service type to an instance.</summary>
        public const int Ptr = 12;

        /// <summary>Text strings, here key=value pairs.</summary>
        public const int Txt = 16;

        /// <summary>IPv6 address.</summary>
        public const int Aaaa = 28;

        /// <summary>Port and host of a service.</summary>
        public const int Srv = 33;

        /// <summary>Which types a name has, so that no one waits for another.</summary>
        public const int Nsec = 47;

        /// <summary>Query for every type.</summary>
        public const int Any = 255;

        /// <summary>Class: the Internet.</summary>
        public const int ClassInternet = 1;

        /// <summary>Class in a query: any.</summary>
        public const int ClassAny = 255;

        /// <summary>Top bit of the class: in a question "answer by unicast, please", in a record "flush older ones".</summary>
        public const int ClassTopBit = 0x8000;
    }
}
