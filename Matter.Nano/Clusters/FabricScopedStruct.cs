namespace Matter.Nano.Clusters
{
    /// <summary>What every fabric-scoped struct has in common (Matter Core 7.13.6).</summary>
    public static class FabricScopedStruct
    {
        /// <summary>Tag of the FabricIndex field.</summary>
        public const int FabricIndexTag = 254;
    }
}
