namespace Matter.Nano.InteractionModel
{
    /// <summary>Second byte of a command's row in a cluster's table, joined by |, and the third where there is no response.</summary>
    public static class CommandAccess
    {
        /// <summary>Invoked with Operate.</summary>
        public const byte Operate = Privilege.Operate;

        /// <summary>Invoked with Manage.</summary>
        public const byte Manage = Privilege.Manage;

        /// <summary>Invoked with Administer.</summary>
        public const byte Administer = Privilege.Administer;

        /// <summary>Invoked only inside a timed interaction.</summary>
        public const byte Timed = 0x08;

        /// <summary>Fabric-scoped: invoked only with an accessing fabric.</summary>
        public const byte FabricScoped = 0x10;

        /// <summary>Not in every instance: <see cref="Cluster.HasCommand"/> decides.</summary>
        public const byte Optional = 0x20;

        /// <summary>The upper 16 bits of its id and of its response's are the cluster's <see cref="Cluster.VendorId"/>.</summary>
        public const byte Vendor = 0x40;

        /// <summary>In the third byte: no response command, only a status.</summary>
        public const byte NoResponse = 0xFF;
    }
}
