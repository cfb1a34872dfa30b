namespace Matter.Nano.Fabrics
{
    /// <summary>CommissioningErrorEnum of the General Commissioning cluster.</summary>
    public static class CommissioningError
    {
        /// <summary>Done.</summary>
        public const int Ok = 0;

        /// <summary>A value outside its range.</summary>
        public const int ValueOutsideRange = 1;

        /// <summary>Not asked over the session that has to ask it.</summary>
        public const int InvalidAuthentication = 2;

        /// <summary>The fail-safe is not armed.</summary>
        public const int NoFailSafe = 3;

        /// <summary>Another administrator has the fail-safe or a commissioning window.</summary>
        public const int BusyWithOtherAdmin = 4;
    }
}
