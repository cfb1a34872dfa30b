namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Third byte of an attribute's row in a cluster's table: which privileges it takes, one Read and one Write constant
    /// joined by |. Without a Read constant it cannot be read, without a Write constant not written.
    /// </summary>
    public static class Access
    {
        /// <summary>Read with View.</summary>
        public const byte ReadView = Privilege.View;

        /// <summary>Read with Operate.</summary>
        public const byte ReadOperate = Privilege.Operate;

        /// <summary>Read with Manage.</summary>
        public const byte ReadManage = Privilege.Manage;

        /// <summary>Read with Administer.</summary>
        public const byte ReadAdminister = Privilege.Administer;

        /// <summary>Written with Operate.</summary>
        public const byte WriteOperate = Privilege.Operate << WriteShift;

        /// <summary>Written with Manage.</summary>
        public const byte WriteManage = Privilege.Manage << WriteShift;

        /// <summary>Written with Administer.</summary>
        public const byte WriteAdminister = Privilege.Administer << WriteShift;

        /// <summary>Written only inside a timed interaction.</summary>
        public const byte TimedWrite = 0x40;

        /// <summary>Fabric-scoped: written only with an accessing fabric.</summary>
        public const byte FabricScoped = 0x80;

        internal const int PrivilegeMask = 7;
        internal const int WriteShift = 3;
    }
}
