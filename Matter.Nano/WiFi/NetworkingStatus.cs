namespace Matter.Nano
{
    /// <summary>NetworkCommissioningStatusEnum (Matter Core 11.9), as it goes on the wire.</summary>
    public static class NetworkingStatus
    {
        /// <summary>Success.</summary>
        public const int Success = 0;

        /// <summary>A value outside its range.</summary>
        public const int OutOfRange = 1;

        /// <summary>No room for one more network.</summary>
        public const int BoundsExceeded = 2;

        /// <summary>No network of that id is configured.</summary>
        public const int NetworkIdNotFound = 3;

        /// <summary>A network of that id is configured already.</summary>
        public const int DuplicateNetworkId = 4;

        /// <summary>The network is out of reach.</summary>
        public const int NetworkNotFound = 5;

        /// <summary>Regulations forbid it.</summary>
        public const int RegulatoryError = 6;

        /// <summary>The network refused the credentials.</summary>
        public const int AuthFailure = 7;

        /// <summary>The radio has no such security.</summary>
        public const int UnsupportedSecurity = 8;

        /// <summary>Any other reason why there is no connection.</summary>
        public const int OtherConnectionFailure = 9;

        /// <summary>There is no IPv6 address.</summary>
        public const int Ipv6Failed = 10;

        /// <summary>There is no IP address.</summary>
        public const int IpBindFailed = 11;

        /// <summary>Something else.</summary>
        public const int UnknownError = 12;

        /// <summary>Not on the wire: still at it.</summary>
        public const int Running = -1;
    }
}
