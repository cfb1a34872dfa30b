namespace Matter.Nano.InteractionModel
{
    /// <summary>AccessControlEntryPrivilegeEnum (Matter Core 9.10.5.2).</summary>
    public static class Privilege
    {
        /// <summary>May read.</summary>
        public const int View = 1;

        /// <summary>Deprecated; counts as View.</summary>
        public const int ProxyView = 2;

        /// <summary>May use the primary function.</summary>
        public const int Operate = 3;

        /// <summary>May configure.</summary>
        public const int Manage = 4;

        /// <summary>May administer access and credentials.</summary>
        public const int Administer = 5;
    }
}
