namespace Matter.Nano.Fabrics
{
    /// <summary>Takes part in the fail-safe: network configuration, sessions, the GeneralCommissioning cluster.</summary>
    public interface IFailSafeListener
    {
        /// <summary>
        /// CommissioningComplete is about to succeed: persist what was changed under the fail-safe. The fabric itself is
        /// persisted after all listeners: if power fails in between, the node has no new fabric.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or a negative <see cref="MatterError"/> that makes CommissioningComplete fail.</returns>
        int FailSafeCompleting(long now);

        /// <summary>
        /// The fail-safe expired, all fabrics are rolled back: undo what was changed under it, close PASE sessions but for
        /// one that still has to answer.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        void FailSafeExpired(long now);
    }
}
