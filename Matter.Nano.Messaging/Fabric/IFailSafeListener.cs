namespace Matter.Nano.Fabrics
{
    /// <summary>Takes part in the fail-safe: network configuration, sessions, the GeneralCommissioning cluster.</summary>
    public interface IFailSafeListener
    {
        /// <summary>
        /// CommissioningComplete is about to succeed: prepare what was changed under the fail-safe for good. The fabric is
        /// persisted after all listeners; it may fail, and power may: what is written here must not count without it.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or a negative <see cref="MatterError"/> that makes CommissioningComplete fail.</returns>
        int FailSafeCompleting(long now);

        /// <summary>The fabric is persisted, commissioning is complete and the fail-safe disarmed: what was changed under it stays.</summary>
        /// <param name="now">Monotonic ms.</param>
        void FailSafeCompleted(long now);

        /// <summary>
        /// The fail-safe expired, all fabrics are rolled back: undo what was changed under it, close PASE sessions but for
        /// one that still has to answer.
        /// </summary>
        /// <param name="updatedFabric">Index of the fabric whose UpdateNOC was taken back: its sessions end too. 0 if there was none.</param>
        /// <param name="now">Monotonic ms.</param>
        void FailSafeExpired(int updatedFabric, long now);
    }
}
