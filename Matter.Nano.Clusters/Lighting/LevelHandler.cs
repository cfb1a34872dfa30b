namespace Matter.Nano.Clusters
{
    /// <summary>Makes the hardware as bright as asked for; in a transition about twenty times a second.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="level">0 for off, else 1 to 254.</param>
    public delegate void LevelHandler(LevelControlCluster cluster, int level);
}
