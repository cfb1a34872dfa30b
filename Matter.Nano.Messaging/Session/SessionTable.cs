using System;
using Matter.Nano.Crypto;
using Matter.Nano.Messages;

namespace Matter.Nano.Sessions
{
    /// <summary>
    /// All sessions of a node in fixed rows: secure ones, and unsecured ones that carry handshakes.
    /// </summary>
    /// <remarks>
    /// Who makes room: of the secure sessions without an exchange, CASE before PASE; of those the fabric with the most sessions,
    /// at a tie the fabric that asks; there the peer with the most sessions; then an unresponsive peer; then the one
    /// heard longest ago. A reserved row or one with an exchange is never taken. Of the unsecured ones, the one heard longest ago
    /// that has no exchange, else whose exchanges only wait for an ack; never one whose handshake is running.
    /// </remarks>
    public sealed class SessionTable
    {
        // The last counters are left to CloseSession and to answers on their way (Matter Core 4.6.1: no wrap on a session).
        private const uint CounterLimit = 0xFFFFFF00;

        private const int FirstCounterMask = 0x0FFFFFFF;

        private readonly CryptoSuite _crypto;
        private readonly Session[] _secure = new Session[Limits.SecureSessions];
        private readonly Session[] _unsecured = new Session[Limits.UnsecuredSessions];
        private readonly ISessionListener[] _listeners = new ISessionListener[Limits.SessionListeners];
        private readonly byte[] _random = new byte[8];
        private int _listenerCount;
        private bool _closesSome;       // false if no session waits for its exchanges to be over
        private int _lastSessionId;
        private uint _nextUnsecuredCounter;

        /// <summary>Creates the rows.</summary>
        /// <param name="crypto">Primitives; its random source gives ids and first counters.</param>
        public SessionTable(CryptoSuite crypto)
        {
            _crypto = crypto;
            for (int i = 0; i < _secure.Length; i++)
            {
                _secure[i] = new Session(true);
                _secure[i].Wipe();
            }
            for (int i = 0; i < _unsecured.Length; i++)
            {
                _unsecured[i] = new Session(false);
                _unsecured[i].Wipe();
            }
            _lastSessionId = (int)Random() & 0xFFFF;
            _nextUnsecuredCounter = RandomCounter();
        }

        /// <summary>Number of rows for secure sessions.</summary>
        public int Capacity { get { return _secure.Length; } }

        /// <summary>The secure session in a row, for whoever goes through all of them.</summary>
        /// <param name="row">0 to <see cref="Capacity"/> - 1.</param>
        /// <returns>The row; look at <see cref="Session.IsActive"/>.</returns>
        public Session GetRow(int row) { return _secure[row]; }

        /// <summary>Adds someone who must know when a session ends; at start-up only.</summary>
        /// <param name="listener">The listener.</param>
        public void AddListener(ISessionListener listener)
        {
            _listeners[_listenerCount++] = listener;
        }

        /// <summary>
        /// Reserves a row with a fresh local session id for a handshake, evicting another session if none is free.
        /// <see cref="Session.Establish"/> or <see cref="Close(Session, long)"/> ends the reservation.
        /// </summary>
        /// <param name="fabricIndex">The fabric that the session will be on; 0 if none or not known.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The row, or null if all are busy.</returns>
        public Session Reserve(int fabricIndex, long now)
        {
            Session session = FreeRow(_secure);
            if (session == null)
            {
                session = SecureVictim(fabricIndex);
                if (session == null) return null;
                Close(session, now);
            }
            session.Phase = Session.Reserved;
            session.LocalSessionId = NewSessionId();
            session.NextCounter = RandomCounter();
            return session;
        }

        /// <summary>Makes an unsecured session to begin a handshake on, under a random ephemeral node id.</summary>
        /// <param name="peer">The peer's address; copied.</param>
        /// <param name="peerLength">Its length in bytes.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The session, or null if all rows are busy. The caller closes it.</returns>
        public Session OpenUnsecured(byte[] peer, int peerLength, long now)
        {
            Session session = NewUnsecured(peer, peerLength, now);
            if (session == null) return null;
            session.IsInitiator = true;
            _crypto.Random.Fill(_random, 0, 8);
            _random[7] &= 0x7F;     // operational range ends at 0xFFFFFFEFFFFFFFFF
            _random[0] |= 1;
            session.LocalNodeId = LittleEndian.GetUInt64(_random, 0);
            session.LastReceivedMs = now - session.ActiveThresholdMs;
            return session;
        }

        /// <summary>
        /// Ends a session: the peer of a CASE session gets CloseSession, exchanges are aborted, keys wiped, the row is free. A
        /// PASE session ends as the fail-safe's clean-up asks for, by clearing its context here: the peer finds out.
        /// Datagrams already queued still go out. A row that is free already is left alone.
        /// </summary>
        /// <param name="session">The session, or a reserved row.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Close(Session session, long now) { Close(session, session.Type == SessionType.Case, now); }

        /// <summary>Like <see cref="Close(Session, long)"/>, without telling the peer: it knows, or shall not.</summary>
        /// <param name="session">The session, or a reserved row.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Discard(Session session, long now) { Close(session, false, now); }

        /// <summary>Ends a session when its exchanges are over, at once if it has none; no new ones are begun on it.</summary>
        /// <param name="session">The session.</param>
        /// <param name="now">Monotonic ms.</param>
        public void CloseWhenDone(Session session, long now)
        {
            if (session.ExchangeCount == 0)
            {
                Close(session, now);
                return;
            }
            session.ClosesWhenDone = true;
            _closesSome = true;
        }

        /// <summary>
        /// Closes every session of a fabric but one, whose turn comes when its answer is out; so does that of any that
        /// <see cref="CloseWhenDone"/> was asked for.
        /// </summary>
        /// <param name="fabricIndex">The fabric's index.</param>
        /// <param name="except">A session to leave open until its exchanges are over, or null.</param>
        /// <param name="now">Monotonic ms.</param>
        public void CloseFabric(int fabricIndex, Session except, long now)
        {
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (!session.IsActive || session.FabricIndex != fabricIndex) continue;
                if (session == except || session.ClosesWhenDone) CloseWhenDone(session, now);
                else Close(session, now);
            }
        }

        /// <summary>Closes every PASE session but one, which stays open, and any that closes when done.</summary>
        /// <param name="except">A session to leave open, or null.</param>
        /// <param name="now">Monotonic ms.</param>
        public void ClosePase(Session except, long now)
        {
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (session.IsActive && session.Type == SessionType.Pase && session != except && !session.ClosesWhenDone) Close(session, now);
            }
        }

        /// <summary>Finds an established secure session.</summary>
        /// <param name="localSessionId">The session id of a message to this node.</param>
        /// <returns>The session or null.</returns>
        public Session Find(int localSessionId)
        {
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (session.LocalSessionId == localSessionId && session.IsActive) return session;
            }
            return null;
        }

        /// <summary>Finds a node's session that was heard last.</summary>
        /// <param name="fabricIndex">The fabric.</param>
        /// <param name="peerNodeId">The node.</param>
        /// <returns>An established CASE session whose peer still answers, or null.</returns>
        internal Session FindPeer(int fabricIndex, ulong peerNodeId)
        {
            Session found = null;
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (session.IsActive && session.Type == SessionType.Case && session.FabricIndex == fabricIndex && session.PeerNodeId == peerNodeId
                    && !session.IsUnresponsive && !session.ClosesWhenDone && (found == null || session.LastReceivedMs > found.LastReceivedMs))
                {
                    found = session;
                }
            }
            return found;
        }

        // An initiator names itself as source, a responder names the initiator as destination; never both.
        internal Session FindUnsecured(MessageHeader header, byte[] peer, int peerLength)
        {
            bool initiator = header.HasDestination;
            ulong ephemeral = initiator ? header.DestinationNodeId : header.SourceNodeId;
            for (int i = 0; i < _unsecured.Length; i++)
            {
                Session session = _unsecured[i];
                if (session.IsActive && session.IsInitiator == initiator &&
                    (initiator ? session.LocalNodeId : session.PeerNodeId) == ephemeral &&
                    session.HasPeerAddress(peer, peerLength))
                {
                    return session;
                }
            }
            return null;
        }

        internal Session AcceptUnsecured(ulong ephemeralNodeId, byte[] peer, int peerLength, long now)
        {
            Session session = NewUnsecured(peer, peerLength, now);
            if (session == null) return null;
            session.PeerNodeId = ephemeralNodeId;
            return session;
        }

        // True if nothing more may be sent: the session has to be closed before its counter wraps.
        internal bool IsSpent(Session session)
        {
            return session.IsSecure && session.NextCounter >= CounterLimit;
        }

        internal uint TakeCounter(Session session)
        {
            if (!session.IsSecure) return _nextUnsecuredCounter++;
            uint counter = session.NextCounter;
            session.NextCounter = counter + 1;
            return counter;
        }

        // Exchanges on all sessions.
        internal int ExchangeCount { get; set; }

        // Sessions that only waited for their last exchange.
        internal void CloseDone(long now)
        {
            if (!_closesSome) return;
            _closesSome = false;
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (!session.ClosesWhenDone) continue;
                if (session.ExchangeCount == 0) Close(session, now);
                else _closesSome = true;
            }
        }

        internal uint Random()
        {
            _crypto.Random.Fill(_random, 0, 4);
            return LittleEndian.GetUInt32(_random, 0);
        }

        private void Close(Session session, bool tellPeer, long now)
        {
            if (session.Phase == Session.Active)
            {
                session.Phase = Session.Closing;
                for (int i = 0; i < _listenerCount; i++)
                {
                    _listeners[i].SessionClosing(session, tellPeer, now);
                }
            }
            else if (session.Phase != Session.Reserved)
            {
                return;
            }
            session.Wipe();
            _crypto.AesCcm.ForgetKeys();
        }

        private Session NewUnsecured(byte[] peer, int peerLength, long now)
        {
            Session session = FreeRow(_unsecured);
            if (session == null)
            {
                session = UnsecuredVictim();
                if (session == null) return null;
                Discard(session, now);
            }
            session.Phase = Session.Active;
            session.Type = SessionType.Unsecured;
            session.SetPeerAddress(peer, peerLength);
            session.LastReceivedMs = now;
            return session;
        }

        private int NewSessionId()
        {
            int id = _lastSessionId;
            do
            {
                id = id + 1 & 0xFFFF;
            }
            while (id == 0 || IsSessionIdTaken(id));
            _lastSessionId = id;
            return id;
        }

        private bool IsSessionIdTaken(int id)
        {
            for (int i = 0; i < _secure.Length; i++)
            {
                if (_secure[i].LocalSessionId == id) return true;
            }
            return false;
        }

        // 1 to 2^28 (Matter Core 4.6.1.1).
        private uint RandomCounter()
        {
            return (Random() & FirstCounterMask) + 1;
        }

        private static Session FreeRow(Session[] rows)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                if (rows[i].Phase == Session.Free) return rows[i];
            }
            return null;
        }

        private Session UnsecuredVictim()
        {
            Session victim = null;
            for (int i = 0; i < _unsecured.Length; i++)
            {
                Session session = _unsecured[i];
                if (!session.IsActive || session.OpenExchangeCount != 0) continue;
                bool idle = session.ExchangeCount == 0;
                if (victim == null) victim = session;
                else if (idle != (victim.ExchangeCount == 0)) victim = idle ? session : victim;
                else if (session.LastReceivedMs < victim.LastReceivedMs) victim = session;
            }
            return victim;
        }

        private Session SecureVictim(int fabricIndex)
        {
            Session victim = null;
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (!session.IsActive || session.ExchangeCount != 0) continue;
                if (victim == null || GoesBefore(session, victim, fabricIndex)) victim = session;
            }
            return victim;
        }

        private bool GoesBefore(Session a, Session b, int fabricIndex)
        {
            if (a.Type != b.Type) return a.Type == SessionType.Case;
            int difference = CountOfFabric(a) - CountOfFabric(b);
            if (difference != 0) return difference > 0;
            if (a.FabricIndex != b.FabricIndex && fabricIndex != 0)
            {
                if (a.FabricIndex == fabricIndex) return true;
                if (b.FabricIndex == fabricIndex) return false;
            }
            difference = CountOfPeer(a) - CountOfPeer(b);
            if (difference != 0) return difference > 0;
            if (a.IsUnresponsive != b.IsUnresponsive) return a.IsUnresponsive;
            return a.LastReceivedMs < b.LastReceivedMs;
        }

        private int CountOfFabric(Session like)
        {
            int count = 0;
            for (int i = 0; i < _secure.Length; i++)
            {
                if (_secure[i].IsActive && _secure[i].FabricIndex == like.FabricIndex) count++;
            }
            return count;
        }

        private int CountOfPeer(Session like)
        {
            int count = 0;
            for (int i = 0; i < _secure.Length; i++)
            {
                Session session = _secure[i];
                if (session.IsActive && session.FabricIndex == like.FabricIndex && session.PeerNodeId == like.PeerNodeId) count++;
            }
            return count;
        }
    }
}
