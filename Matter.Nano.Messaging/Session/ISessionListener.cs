namespace Matter.Nano.Sessions
{
    /// <summary>Someone to the right of the session table who must know when a session ends: exchanges, subscriptions.</summary>
    public interface ISessionListener
    {
        /// <summary>
        /// A session is about to end, for whatever reason; its row still holds everything and is wiped after the call.
        /// Also called for a handshake's reserved row that is given up.
        /// </summary>
        /// <param name="session">The session; nothing can be sent on it any more.</param>
        /// <param name="tellPeer">True if the peer shall get CloseSession, which the exchange layer sees to.</param>
        /// <param name="now">Monotonic ms.</param>
        void SessionClosing(Session session, bool tellPeer, long now);
    }
}
