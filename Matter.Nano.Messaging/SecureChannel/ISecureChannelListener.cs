using Matter.Nano.Sessions;

namespace Matter.Nano.SecureChannel
{
    /// <summary>Is told of each session that a handshake made; the node.</summary>
    public interface ISecureChannelListener
    {
        /// <summary>A PASE session is up: the moment to arm the fail-safe for 60 s (Matter Core 5.5).</summary>
        /// <param name="session">The session.</param>
        /// <param name="now">Monotonic ms.</param>
        void PaseEstablished(Session session, long now);

        /// <summary>A CASE session is up.</summary>
        /// <param name="session">The session; fabric, node id and CATs are set.</param>
        /// <param name="now">Monotonic ms.</param>
        void CaseEstablished(Session session, long now);
    }
}
