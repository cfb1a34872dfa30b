using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>One conversation on a session with its part of MRP (Matter Core 4.10, 4.12); a reused row.</summary>
    public sealed class Exchange
    {
        // What is known of the peer's last reliable message.
        private const int NoAck = 0;
        private const int AckOwed = 1;
        private const int AckSent = 2;      // repeated with every message: the ack that went out may be lost

        // How soon to try again when an ack finds no slot.
        private const int RetryMs = 20;

        private readonly SessionTable _sessions;
        private readonly Outbox _outbox;
        private readonly Transmitter _transmitter;
        private int _ackState;
        private uint _ackCounter;
        private long _ackDeadlineMs;
        private OutboxSlot _unacknowledged;     // the reliable message under way
        private int _transmissions;             // of it
        private long _resendDeadlineMs;

        internal Exchange(SessionTable sessions, Outbox outbox, Transmitter transmitter)
        {
            _sessions = sessions;
            _outbox = outbox;
            _transmitter = transmitter;
        }

        /// <summary>The session it runs on; null once the exchange is over.</summary>
        public Session Session { get; private set; }

        /// <summary>Exchange id.</summary>
        public int Id { get; private set; }

        /// <summary>True if this side opened it.</summary>
        public bool IsInitiator { get; private set; }

        /// <summary>Counts the uses of this row; a kept number that differs marks a stale handle.</summary>
        public int Generation { get; private set; }

        /// <summary>The protocol's own state number or row index; 0 in a new exchange.</summary>
        public int State { get; set; }

        /// <summary>True while a reliable message waits for its ack: another one cannot be sent.</summary>
        public bool IsSending { get { return _unacknowledged != null; } }

        internal ProtocolHandler Handler { get; private set; }

        // False once the protocol has closed it.
        internal bool IsOpen { get; private set; }

        // True while its message is being handled: it is not freed before that is over.
        internal bool IsReceiving { get; set; }

        internal int Transmissions { get { return _transmissions; } }

        // When Poll has something to do.
        internal long DeadlineMs
        {
            get
            {
                long deadline = _ackState == AckOwed ? _ackDeadlineMs : long.MaxValue;
                return _unacknowledged != null && _resendDeadlineMs < deadline ? _resendDeadlineMs : deadline;
            }
        }

        /// <summary>
        /// Takes an outbox slot to write a payload into. Send it or <see cref="Discard"/> it before returning.
        /// During <see cref="ProtocolHandler.Receive"/> the first call always gets one.
        /// </summary>
        /// <returns>The slot, or null if the outbox is full.</returns>
        public OutboxSlot NewMessage() { return _outbox.Take(); }

        /// <summary>Gives back a slot that will not be sent.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>.</param>
        public void Discard(OutboxSlot slot) { _outbox.Release(slot); }

        /// <summary>Puts headers before the payload, carries along an ack, encrypts and queues the message.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>; given back or queued in any case.</param>
        /// <param name="opcode">The protocol's opcode.</param>
        /// <param name="length">Payload length in bytes.</param>
        /// <param name="reliable">True to have it acknowledged and resent (MRP); one at a time per exchange.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or <see cref="MatterError.InvalidState"/> if a reliable message is still unacknowledged or the session is gone.</returns>
        public int Send(OutboxSlot slot, int opcode, int length, bool reliable, long now)
        {
            Session session = Session;
            if (!IsOpen || !session.IsActive || reliable && _unacknowledged != null)
            {
                _outbox.Release(slot);
                return MatterError.InvalidState;
            }
            if (_sessions.IsSpent(session))
            {
                _outbox.Release(slot);
                _sessions.Close(session, now);
                return MatterError.InvalidState;
            }

            int flags = IsInitiator ? ProtocolHeader.InitiatorFlag : 0;
            if (reliable) flags |= ProtocolHeader.ReliabilityFlag;
            if (_ackState != NoAck)
            {
                flags |= ProtocolHeader.AcknowledgmentFlag;
                _ackState = AckSent;
            }
            Handler.MessagesSent++;
            _transmitter.Seal(slot, session, flags, opcode, Id, Handler.ProtocolId, _ackCounter, length);
            if (reliable)
            {
                slot = _outbox.Keep(slot);
                _unacknowledged = slot;
                _transmissions = 1;
                SetResendDeadline(now);
            }
            _outbox.Queue(slot, session);
            return 0;
        }

        /// <summary>Sends an owed ack at once as a standalone ack: before any long computation.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Acknowledge(long now)
        {
            if (!SendOwedAck()) _ackDeadlineMs = now + RetryMs;
        }

        /// <summary>The protocol is through with it. The row lives on until its last message is acknowledged and its acks are out.</summary>
        public void Close()
        {
            if (!IsOpen) return;
            Shut();
            SendOwedAck();
            FreeIfOver();
        }

        internal void Begin(Session session, int id, bool initiator, ProtocolHandler handler)
        {
            Session = session;
            Id = id;
            IsInitiator = initiator;
            Handler = handler;
            State = 0;
            IsOpen = true;
            _ackState = NoAck;
            _transmissions = 0;
            session.ExchangeCount++;
            session.OpenExchangeCount++;
        }

        // The peer has a message of ours; only the one under way counts.
        internal void Acknowledged(uint counter, long now)
        {
            OutboxSlot slot = _unacknowledged;
            if (slot == null || slot.Counter != counter) return;
            _unacknowledged = null;
            _outbox.Release(slot);
            if (IsOpen) Handler.Acknowledged(this, now);
        }

        // The peer wants an ack for a new message. One still owed goes out first: a second one cannot wait.
        internal void OweAck(uint counter, long now)
        {
            SendOwedAck();
            _ackState = AckOwed;
            _ackCounter = counter;
            _ackDeadlineMs = now + Mrp.StandaloneAckMs;
        }

        // The peer repeats a message: it does not have the ack, or none was sent yet.
        internal void AcknowledgeAgain(uint counter)
        {
            if (_ackState == AckOwed && _ackCounter == counter) SendOwedAck();
            else _transmitter.SendAck(Session, Id, IsInitiator, counter);
            FreeIfOver();
        }

        // Acks and retransmissions that are due.
        internal void Poll(long now)
        {
            if (_ackState == AckOwed && _ackDeadlineMs <= now)
            {
                Acknowledge(now);
                FreeIfOver();
            }
            if (_unacknowledged == null || _resendDeadlineMs > now) return;
            if (_transmissions == Mrp.MaxTransmissions)
            {
                Session.IsUnresponsive = true;
                Abort(now);
                return;
            }
            _transmissions++;
            SetResendDeadline(now);
            _outbox.Queue(_unacknowledged, Session);
        }

        // Over against the protocol's will. The protocol may go on to close the session, which aborts this one again.
        internal void Abort(long now)
        {
            int generation = Generation;
            if (IsOpen)
            {
                Shut();
                Handler.Aborted(this, now);
            }
            if (Generation == generation) Free();
        }

        internal void FreeIfOver()
        {
            if (!IsOpen && !IsReceiving && Session != null && _unacknowledged == null && _ackState != AckOwed) Free();
        }

        // A copy of the last message that is already queued still goes out.
        internal void Free()
        {
            if (_unacknowledged != null) _outbox.LetGo(_unacknowledged);
            _unacknowledged = null;
            _ackState = NoAck;
            Session.ExchangeCount--;
            Session = null;
            Handler = null;
            Generation++;
        }

        private void Shut()
        {
            IsOpen = false;
            Session.OpenExchangeCount--;
        }

        // False if there is no slot for it now.
        private bool SendOwedAck()
        {
            if (_ackState != AckOwed) return true;
            if (!_transmitter.SendAck(Session, Id, IsInitiator, _ackCounter)) return false;
            _ackState = AckSent;
            return true;
        }

        private void SetResendDeadline(long now)
        {
            int intervalMs = Session.IsPeerActive(now) ? Session.ActiveIntervalMs : Session.IdleIntervalMs;
            _resendDeadlineMs = now + Mrp.BackoffMs(intervalMs, _transmissions - 1, (int)_sessions.Random() & 0xFF);
        }
    }
}
