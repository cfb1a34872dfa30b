using Matter.Nano.Crypto;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>
    /// The message layer's way in and out: takes datagrams apart, finds session and exchange, keeps MRP's promises, hands
    /// messages to the protocols.
    /// </summary>
    /// <remarks>
    /// A message that cannot be served for lack of room (exchanges, outbox) is dropped as if it had never come: its counter
    /// stays new, and the peer's retransmission finds room or not.
    /// Strangers get few exchanges, and those that only wait for an ack make room for the next stranger or for a
    /// peer with a session; an exchange that its protocol has not closed, such as a running handshake's, never does.
    /// </remarks>
    public sealed class ExchangeTable : ISessionListener
    {
        private readonly CryptoSuite _crypto;
        private readonly SessionTable _sessions;
        private readonly MessageSecurity _security;
        private readonly MessageHeader _header = new MessageHeader();
        private readonly ProtocolHeader _protocol = new ProtocolHeader();
        private readonly Exchange[] _exchanges = new Exchange[Limits.Exchanges];
        private readonly ProtocolHandler[] _handlers = new ProtocolHandler[Limits.Protocols];
        private readonly Outbox _outbox = new Outbox();
        private readonly Transmitter _transmitter;
        private readonly Exchange _groupExchange;   // for the time of one message to a group
        private int _handlerCount;
        private int _lastExchangeId;

        /// <summary>Creates the rows.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="sessions">The node's sessions.</param>
        public ExchangeTable(CryptoSuite crypto, SessionTable sessions)
        {
            _crypto = crypto;
            _sessions = sessions;
            _security = new MessageSecurity(crypto.AesCcm);
            _transmitter = new Transmitter(sessions, _security, _outbox);
            for (int i = 0; i < _exchanges.Length; i++)
            {
                _exchanges[i] = new Exchange(_transmitter);
            }
            _groupExchange = new Exchange(_transmitter);
            _lastExchangeId = (int)sessions.Random() & 0xFFFF;
            sessions.AddListener(this);
        }

        /// <summary>Opens messages to groups, which are dropped without it; null at first.</summary>
        public GroupSessions Groups { get; set; }

        /// <summary>What is to be sent.</summary>
        public Outbox Outbox { get { return _outbox; } }

        /// <summary>
        /// How long an ack that <see cref="Exchange.Acknowledge"/> asks for waits for the answer, to travel with it, in ms: 0
        /// at first.
        /// </summary>
        public int AckPatienceMs
        {
            get { return _transmitter.AckPatienceMs; }
            set { _transmitter.AckPatienceMs = value; }
        }

        /// <summary>Datagrams dropped because they were no message this node understands.</summary>
        public int MalformedCount { get; private set; }

        /// <summary>Messages dropped because their session is not known.</summary>
        public int UnknownSessionCount { get; private set; }

        /// <summary>Messages dropped because their tag was wrong.</summary>
        public int UnauthenticatedCount { get; private set; }

        /// <summary>Messages dropped because they had come before.</summary>
        public int DuplicateCount { get; private set; }

        /// <summary>Messages dropped for lack of room.</summary>
        public int NoRoomCount { get; private set; }

        /// <summary>Exchanges that are not over yet.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int i = 0; i < _exchanges.Length; i++)
                {
                    if (_exchanges[i].Session != null) count++;
                }
                return count;
            }
        }

        /// <summary>Adds a protocol; at start-up only.</summary>
        /// <param name="handler">The protocol.</param>
        public void Register(ProtocolHandler handler)
        {
            _handlers[_handlerCount++] = handler;
        }

        /// <summary>Takes in one datagram, decrypting it in place. Anything invalid is dropped in silence.</summary>
        /// <param name="buffer">Holds the datagram; overwritten.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="peer">The sender's address; copied where kept.</param>
        /// <param name="peerLength">Its length in bytes, at most <see cref="Session.MaxAddressLength"/>.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            MessageHeader header = _header;
            if (peerLength > Session.MaxAddressLength || header.Parse(buffer, 0, length) < 0)
            {
                MalformedCount++;
                return;
            }
            if (header.IsGroup) ReceiveGroup(buffer, length, now);
            else if (header.SessionId == 0) ReceiveUnsecured(buffer, length, peer, peerLength, now);
            else ReceiveSecured(buffer, length, peer, peerLength, now);
        }

        /// <summary>Opens an exchange as initiator.</summary>
        /// <param name="session">An active session.</param>
        /// <param name="handler">The protocol that gets the answers.</param>
        /// <returns>The exchange, or null if all rows are taken or the session is about to end.</returns>
        public Exchange Open(Session session, ProtocolHandler handler)
        {
            if (!session.IsActive || session.ClosesWhenDone) return null;
            Exchange exchange = NewRow(session);
            if (exchange == null) return null;
            exchange.Begin(session, NewExchangeId(session), true, handler);
            return exchange;
        }

        /// <summary>Resends, standalone acks, timeouts, then each protocol's Poll.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest.</returns>
        public long Poll(long now)
        {
            if (now >= _transmitter.DueMs) PollDue(now);
            _crypto.BeginTurn();
            long next = long.MaxValue;
            for (int i = 0; i < _handlerCount; i++)
            {
                long deadline = _handlers[i].Poll(now);
                if (deadline < next) next = deadline;
            }

            _sessions.CloseDone(now);
            long due = _transmitter.DueMs;
            if (due == 0)
            {
                due = FindDue();
                _transmitter.DueMs = due;
            }
            return due < next ? due : next;
        }

        /// <inheritdoc/>
        public void SessionClosing(Session session, bool tellPeer, long now)
        {
            if (session.ExchangeCount != 0)
            {
                for (int i = 0; i < _exchanges.Length; i++)
                {
                    if (_exchanges[i].Session == session) _exchanges[i].Abort(now);
                }
            }
            if (tellPeer) _transmitter.SendCloseSession(session, NewExchangeId(session));
        }

        private void PollDue(long now)
        {
            Exchange[] exchanges = _exchanges;
            int left = _sessions.ExchangeCount;
            for (int i = 0; left > 0 && i < exchanges.Length; i++)
            {
                Exchange exchange = exchanges[i];
                if (exchange.Session == null) continue;
                left--;
                if (exchange.DeadlineMs <= now) exchange.Poll(now);
            }
        }

        private long FindDue()
        {
            Exchange[] exchanges = _exchanges;
            long due = long.MaxValue;
            int left = _sessions.ExchangeCount;
            for (int i = 0; left > 0 && i < exchanges.Length; i++)
            {
                Exchange exchange = exchanges[i];
                if (exchange.Session == null) continue;
                left--;
                long deadline = exchange.DeadlineMs;
                if (deadline < due) due = deadline;
            }
            return due;
        }

        private void ReceiveUnsecured(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            MessageHeader header = _header;
            ProtocolHeader protocol = _protocol;
            if (header.HasSource == header.HasDestination ||
                protocol.Parse(buffer, header.Length, length - header.Length) < 0)
            {
                MalformedCount++;
                return;
            }

            Session session = _sessions.FindUnsecured(header, peer, peerLength);
            if (session == null)
            {
                if (!header.HasSource || !protocol.IsInitiator || FindHandler(false) == null)
                {
                    UnknownSessionCount++;
                    return;
                }
                session = _sessions.AcceptUnsecured(header.SourceNodeId, peer, peerLength, now);
                if (session == null)
                {
                    NoRoomCount++;
                    return;
                }
            }
            Dispatch(session, buffer, peer, peerLength, now);
        }

        private void ReceiveSecured(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            MessageHeader header = _header;
            Session session = _sessions.Find(header.SessionId);
            if (session == null)
            {
                UnknownSessionCount++;
                return;
            }
            length = _security.Open(buffer, 0, header.Length, length, session.Keys, session.DecryptKeyOffset, session.PeerNodeId);
            if (length < 0)
            {
                UnauthenticatedCount++;
                return;
            }
            if (_protocol.Parse(buffer, header.Length, length - header.Length) < 0)
            {
                MalformedCount++;
                return;
            }
            if (_sessions.IsSpent(session)) _sessions.Close(session, now);
            else Dispatch(session, buffer, peer, peerLength, now);
        }

        // Its sender wants no answer and gets none: neither ack nor status, whatever becomes of it.
        private void ReceiveGroup(byte[] buffer, int length, long now)
        {
            MessageHeader header = _header;
            ProtocolHeader protocol = _protocol;
            length = Groups == null ? MatterError.NotFound : Groups.Open(buffer, length, header, now);
            if (length == MatterError.NotFound) UnknownSessionCount++;
            else if (length == MatterError.AuthenticationFailed) UnauthenticatedCount++;
            else if (length == MatterError.Duplicate) DuplicateCount++;
            else if (length < 0 ||
                protocol.Parse(buffer, header.Length, length - header.Length) < 0 ||
                !protocol.IsInitiator || protocol.IsReliable || protocol.HasAcknowledgment)
            {
                MalformedCount++;
            }
            else if (!_outbox.HasRoom) NoRoomCount++;
            else
            {
                Groups.Accept(header, now);
                ProtocolHandler handler = FindHandler(true);
                if (handler == null || handler.ProtocolId != ProtocolHeader.InteractionModel) return;
                Exchange exchange = _groupExchange;
                exchange.Begin(Groups.Session, protocol.ExchangeId, false, handler);
                handler.MessagesReceived++;
                handler.Receive(exchange, protocol.Opcode, buffer, protocol.PayloadOffset, protocol.PayloadLength, now);
                if (exchange.Session != null) exchange.Close();
            }
        }

        // A message that is what it claims to be; its headers are parsed.
        private void Dispatch(Session session, byte[] buffer, byte[] peer, int peerLength, long now)
        {
            ProtocolHeader protocol = _protocol;
            uint counter = _header.Counter;
            bool wantsAck = protocol.IsReliable && !IsStandaloneAck();
            Exchange exchange = Match(session, protocol.ExchangeId, !protocol.IsInitiator);
            if (!session.IsNew(counter))
            {
                DuplicateCount++;
                if (wantsAck && exchange != null) exchange.AcknowledgeAgain(counter);
                else if (wantsAck) _transmitter.SendAck(session, protocol.ExchangeId, !protocol.IsInitiator, counter);
                return;
            }

            if (exchange == null)
            {
                ProtocolHandler handler = protocol.IsInitiator ? FindHandler(session.IsSecure) : null;
                if (handler == null)
                {
                    Accept(session, counter, peer, peerLength, now);
                    if (wantsAck) _transmitter.SendAck(session, protocol.ExchangeId, !protocol.IsInitiator, counter);
                    return;
                }
                if (session.ClosesWhenDone) return;
                exchange = _outbox.HasRoom ? NewRow(session) : null;
                if (exchange == null)
                {
                    NoRoomCount++;
                    return;
                }
                exchange.Begin(session, protocol.ExchangeId, false, handler);
            }

            exchange.IsReceiving = true;
            int generation = exchange.Generation;
            if (protocol.HasAcknowledgment) exchange.Acknowledged(protocol.AcknowledgedCounter, now);
            if (exchange.Generation == generation) Deliver(exchange, wantsAck, buffer, peer, peerLength, now);
            exchange.IsReceiving = false;
            exchange.FreeIfOver();
        }

        private void Deliver(Exchange exchange, bool wantsAck, byte[] buffer, byte[] peer, int peerLength, long now)
        {
            ProtocolHeader protocol = _protocol;
            bool wanted = exchange.IsOpen && IsFor(exchange.Handler);
            if (wanted && !_outbox.HasRoom)
            {
                NoRoomCount++;
                return;
            }

            Accept(exchange.Session, _header.Counter, peer, peerLength, now);
            if (wantsAck) exchange.OweAck(_header.Counter, now);
            if (wanted)
            {
                exchange.Handler.MessagesReceived++;
                exchange.Handler.Receive(exchange, protocol.Opcode, buffer, protocol.PayloadOffset, protocol.PayloadLength, now);
            }
            else if (wantsAck) exchange.AcknowledgeAtOnce(now);
        }

        private static void Accept(Session session, uint counter, byte[] peer, int peerLength, long now)
        {
            session.Accept(counter);
            session.LastReceivedMs = now;
            session.IsUnresponsive = false;
            if (session.IsSecure) session.SetPeerAddress(peer, peerLength);
        }

        private Exchange Match(Session session, int id, bool initiator)
        {
            Exchange[] exchanges = _exchanges;
            int left = session.ExchangeCount;
            for (int i = 0; left > 0 && i < exchanges.Length; i++)
            {
                Exchange exchange = exchanges[i];
                if (exchange.Session != session) continue;
                left--;
                if (exchange.Id == id && exchange.IsInitiator == initiator) return exchange;
            }
            return null;
        }

        // A free row, or one on an unsecured session that only waits for an ack; null if there is neither or the
        // session has its share.
        private Exchange NewRow(Session session)
        {
            if (session.ExchangeCount >= Limits.ExchangesPerSession) return null;
            Exchange free = null;
            Exchange lingering = null;
            int unsecured = 0;
            for (int i = 0; i < _exchanges.Length; i++)
            {
                Exchange exchange = _exchanges[i];
                if (exchange.Session == null)
                {
                    if (session.IsSecure) return exchange;
                    free = exchange;
                }
                else if (!exchange.Session.IsSecure)
                {
                    unsecured++;
                    if (!exchange.IsOpen && (lingering == null || exchange.Transmissions > lingering.Transmissions)) lingering = exchange;
                }
            }
            if (free != null && unsecured < Limits.UnsecuredExchanges) return free;
            if (lingering != null) lingering.Free();
            return lingering;
        }

        private int NewExchangeId(Session session)
        {
            int id = _lastExchangeId;
            do
            {
                id = id + 1 & 0xFFFF;
            }
            while (Match(session, id, true) != null);
            _lastExchangeId = id;
            return id;
        }

        // The protocol that a message may open an exchange with; only Secure Channel goes without a session.
        private ProtocolHandler FindHandler(bool secure)
        {
            if (!secure && _protocol.ProtocolId != ProtocolHeader.SecureChannel) return null;
            for (int i = 0; i < _handlerCount; i++)
            {
                if (IsFor(_handlers[i])) return _handlers[i];
            }
            return null;
        }

        private bool IsFor(ProtocolHandler handler)
        {
            return _protocol.ProtocolId == handler.ProtocolId && _protocol.VendorId == 0 && !IsStandaloneAck();
        }

        private bool IsStandaloneAck()
        {
            ProtocolHeader protocol = _protocol;
            return protocol.Opcode == Mrp.StandaloneAckOpcode &&
                protocol.ProtocolId == ProtocolHeader.SecureChannel && protocol.VendorId == 0;
        }
    }
}
