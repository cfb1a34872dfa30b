namespace Matter.Nano.Clusters
{
    /// <summary>Called when an On/Off cluster's state must show on the hardware.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="on">True for on.</param>
    public delegate void OnOffHandler(OnOffCluster cluster, bool on);
}
