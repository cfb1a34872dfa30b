namespace Matter.Nano
{
    /// <summary>WiFiBandEnum (Matter Core 11.9), as it goes on the wire.</summary>
    public static class WiFiBand
    {
        /// <summary>2.4 GHz.</summary>
        public const int Band2G4 = 0;

        /// <summary>3.65 GHz.</summary>
        public const int Band3G65 = 1;

        /// <summary>5 GHz.</summary>
        public const int Band5G = 2;

        /// <summary>6 GHz.</summary>
        public const int Band6G = 3;

        /// <summary>60 GHz.</summary>
        public const int Band60G = 4;

        /// <summary>Below 1 GHz.</summary>
        public const int Band1G = 5;
    }
}
