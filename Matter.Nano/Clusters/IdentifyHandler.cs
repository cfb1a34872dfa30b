namespace Matter.Nano.Clusters
{
    /// <summary>Called when a device must begin or end to make itself known, or play an effect.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="effect">EffectIdentifierEnum of a TriggerEffect command, or <see cref="IdentifyCluster.NoEffect"/>.</param>
    /// <param name="identifying">True while IdentifyTime runs.</param>
    public delegate void IdentifyHandler(IdentifyCluster cluster, int effect, bool identifying);
}
