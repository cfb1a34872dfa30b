namespace Matter.Nano.Fabrics
{
    /// <summary>Is told of changes in the fabric table: sessions, subscriptions, mDNS, clusters with fabric-scoped data.</summary>
    public interface IFabricListener
    {
        /// <summary>
        /// A fabric is there from now on. While the fail-safe is armed it may vanish again: what is stored for its index
        /// counts only if the index is in the table after the next start.
        /// </summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        void FabricAdded(Fabric fabric, long now);

        /// <summary>A fabric's credentials, node id, label or verification statement are others now.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        void FabricUpdated(Fabric fabric, long now);

        /// <summary>A fabric is gone, removed or rolled back: drop its sessions, subscriptions and data.</summary>
        /// <param name="fabricIndex">The index that it had.</param>
        /// <param name="now">Monotonic ms.</param>
        void FabricRemoved(int fabricIndex, long now);
    }
}
