using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>Who asks, and how: filled by the interaction model for each request and reused.</summary>
    public sealed class InteractionContext
    {
        /// <summary>The session of the request.</summary>
        public Session Session { get; internal set; }

        /// <summary>The accessing fabric's index; 0 if none.</summary>
        public int FabricIndex { get; internal set; }

        /// <summary>True if a read asks for the accessing fabric's entries only.</summary>
        public bool IsFabricFiltered { get; internal set; }

        /// <summary>True inside a valid timed interaction.</summary>
        public bool IsTimed { get; internal set; }

        /// <summary>The endpoint addressed.</summary>
        public int EndpointId { get; internal set; }

        /// <summary>Monotonic ms.</summary>
        public long Now { get; internal set; }

        /// <summary>Fills in what a session tells.</summary>
        /// <param name="session">The session of the request.</param>
        /// <param name="now">Monotonic ms.</param>
        internal void Enter(Session session, long now)
        {
            Session = session;
            FabricIndex = session.FabricIndex;
            IsFabricFiltered = false;
            IsTimed = false;
            Now = now;
        }
    }
}
