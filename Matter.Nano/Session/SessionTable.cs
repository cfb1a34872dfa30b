using Matter.Nano.Crypto;

namespace Matter.Nano.Sessions
{
    /// <summary>All sessions of a node in fixed rows.</summary>
    public sealed class SessionTable
    {
        /// <summary>Creates the rows.</summary>
        /// <param name="crypto">Primitives; its random source gives ids and first counters.</param>
        public SessionTable(CryptoSuite crypto) { }

        /// <summary>
        /// Reserves a row with a fresh local session id for a handshake, evicting (expired, then least recently used,
        /// never one with a live exchange) if none is free. <see cref="Session.Establish"/> or <see cref="Close"/> ends it.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The row, or null if all are busy.</returns>
        public Session Reserve(long now) { return null; }

        /// <summary>Frees a row and wipes its keys; its exchanges and queued messages die with it.</summary>
        /// <param name="session">The session.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Close(Session session, long now) { }

        /// <summary>Closes every session of a fabric but one.</summary>
        /// <param name="fabricIndex">The fabric's index.</param>
        /// <param name="except">A session to leave open until its answer is out, or null.</param>
        /// <param name="now">Monotonic ms.</param>
        public void CloseFabric(int fabricIndex, Session except, long now) { }

        /// <summary>Closes every PASE session but one.</summary>
        /// <param name="except">A session to leave open, or null.</param>
        /// <param name="now">Monotonic ms.</param>
        public void ClosePase(Session except, long now) { }
    }
}
