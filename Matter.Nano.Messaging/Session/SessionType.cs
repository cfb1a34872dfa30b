namespace Matter.Nano.Sessions
{
    /// <summary>What a session was made by.</summary>
    public static class SessionType
    {
        /// <summary>The row is free.</summary>
        public const int None = 0;

        /// <summary>Unsecured session of an initiator's ephemeral node id (Matter Core 4.13.2.1).</summary>
        public const int Unsecured = 1;

        /// <summary>Secure session made by PASE.</summary>
        public const int Pase = 2;

        /// <summary>Secure session made by CASE.</summary>
        public const int Case = 3;

        /// <summary>A group's, for the time of one message.</summary>
        public const int Group = 4;
    }
}
