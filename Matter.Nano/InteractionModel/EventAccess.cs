namespace Matter.Nano.InteractionModel
{
    /// <summary>Second byte of an event's row in a cluster's table: one privilege and one priority joined by |, and what else applies.</summary>
    public static class EventAccess
    {
        /// <summary>Read with View.</summary>
        public const byte View = Privilege.View;

        /// <summary>Read with Operate.</summary>
        public const byte Operate = Privilege.Operate;

        /// <summary>Read with Manage.</summary>
        public const byte Manage = Privilege.Manage;

        /// <summary>Read with Administer.</summary>
        public const byte Administer = Privilege.Administer;

        /// <summary>Priority DEBUG: the first to be forgotten.</summary>
        public const byte Debug = 0;

        /// <summary>Priority INFO.</summary>
        public const byte Info = 1 << PriorityShift;

        /// <summary>Priority CRITICAL.</summary>
        public const byte Critical = 2 << PriorityShift;

        /// <summary>Fabric-sensitive: nobody but the fabric that it is about sees it.</summary>
        public const byte FabricSensitive = 0x20;

        /// <summary>Not in every instance: <see cref="Cluster.HasEvent"/> decides.</summary>
        public const byte Optional = 0x40;

        /// <summary>The upper 16 bits of its id are the cluster's <see cref="Cluster.VendorId"/>.</summary>
        public const byte Vendor = 0x80;

        internal const int PrivilegeMask = 7;
        internal const int PriorityShift = 3;
        internal const int PriorityMask = 3;
    }
}
