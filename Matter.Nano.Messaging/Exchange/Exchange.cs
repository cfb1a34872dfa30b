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

        // Every field of every row is 12 bytes of heap, so small values share _state: the exchange id in its low 16 bits and these.
        private const int IdMask = 0xFFFF;
        private const int InitiatorBit = 1 << 16;
        private const int OpenBit = 1 << 17;
        private const int ReceivingBit = 1 << 18;
        private const int AckShift = 19;
        private const int AckMask = 0x3;
        private const int TransmissionsShift = 21;
        private const int TransmissionsMask = 0xF;

        private readonly Transmitter _transmitter;
        private int _state;
        private long _counters;     // Generation above the counter of the message to acknowledge
        private long _ackDeadlineMs;
        private OutboxSlot _unacknowledged;     // the reliable message under way
        private long _resendDeadlineMs;

        internal Exchange(Transmitter transmitter)
        {
            _transmitter = transmitter;
        }

        /// <summary>The session it runs on; null once the exchange is over.</summary>
        public Session Session { get; private set; }

        /// <summary>Exchange id.</summary>
        public int Id
        {
            get { return _state & IdMask; }
            private set { _state = (_state & ~IdMask) | value; }
        }

        /// <summary>True if this side opened it.</summary>
        public bool IsInitiator
        {
            get { return (_state & InitiatorBit) != 0; }
            private set { _state = value ? _state | InitiatorBit : _state & ~InitiatorBit; }
        }

        /// <summary>Counts the uses of this row; a kept number that differs marks a stale handle.</summary>
        public int Generation { get { return (int)(_counters >> 32); } }

        /// <summary>The protocol's own state number or row index; 0 in a new exchange.</summary>
        public int State { get; set; }

        /// <summary>True while a reliable message waits for its ack: another one cannot be sent.</summary>
        public bool IsSending { get { return _unacknowledged != null; } }

        internal ProtocolHandler Handler { get; private set; }

        // False once the protocol has closed it.
        internal bool IsOpen
        {
            get { return (_state & OpenBit) != 0; }
            private set { _state = value ? _state | OpenBit : _state & ~OpenBit; }
        }

        // True while its message is being handled: it is not freed before that is over.
        internal bool IsReceiving
        {
            get { return (_state & ReceivingBit) != 0; }
            set { _state = value ? _state | ReceivingBit : _state & ~ReceivingBit; }
        }

        // Of the reliable message under way.
        internal int Transmissions
        {
            get { return _state >> TransmissionsShift & TransmissionsMask; }
            private set { _state = (_state & ~(TransmissionsMask << TransmissionsShift)) | (value << TransmissionsShift); }
        }

        private uint AckCounter { get { return (uint)_counters; } }

        private int AckState
        {
            get { return _state >> AckShift & AckMask; }
            set
            {
                _state = (_state & ~(AckMask << AckShift)) | (value << AckShift);
                _transmitter.DueMs = 0;
            }
        }

        // When Poll has something to do. What changes it sets the transmitter's DueMs to 0.
        internal long DeadlineMs
        {
            get
            {
                long deadline = AckState == AckOwed ? _ackDeadlineMs : long.MaxValue;
                return _unacknowledged != null && _resendDeadlineMs < deadline ? _resendDeadlineMs : deadline;
            }
        }

        /// <summary>
        /// Takes an outbox slot to write a payload into. Send it or <see cref="Discard"/> it before returning.
        /// During <see cref="ProtocolHandler.Receive"/> the first call always gets one.
        /// </summary>
        /// <returns>The slot, or null if the outbox is full.</returns>
        public OutboxSlot NewMessage() { return _transmitter.Outbox.Take(); }

        /// <summary>Like <see cref="NewMessage"/>, but never takes the last slot: for what can wait, while others must be answered.</summary>
        /// <returns>The slot, or null if the outbox is full but for one.</returns>
        public OutboxSlot NewSpareMessage() { return _transmitter.Outbox.TakeSpare(); }

        /// <summary>
        /// Whether others could be answered while a message just written waits for its ack: short ones don't stay in the
        /// slot they are written into.
        /// </summary>
        /// <param name="length">Payload length in bytes.</param>
        /// <returns>False if it would keep the last slot.</returns>
        public bool LeavesRoom(int length) { return _transmitter.Outbox.LeavesRoom(length); }

        /// <summary>Gives back a slot that will not be sent.</summary>
        /// <param name="slot">From <see cref="NewMessage"/>.</param>
        public void Discard(OutboxSlot slot) { _transmitter.Outbox.Release(slot); }

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
                _transmitter.Outbox.Release(slot);
                return MatterError.InvalidState;
            }
            if (_transmitter.Sessions.IsSpent(session))
            {
                _transmitter.Outbox.Release(slot);
                _transmitter.Sessions.Close(session, now);
                return MatterError.InvalidState;
            }

            int flags = IsInitiator ? ProtocolHeader.InitiatorFlag : 0;
            if (reliable) flags |= ProtocolHeader.ReliabilityFlag;
            if (AckState != NoAck)
            {
                flags |= ProtocolHeader.AcknowledgmentFlag;
                AckState = AckSent;
            }
            Handler.MessagesSent++;
            _transmitter.Seal(slot, session, flags, opcode, Id, Handler.ProtocolId, AckCounter, length);
            if (reliable)
            {
                slot = _transmitter.Outbox.Keep(slot);
                _unacknowledged = slot;
                Transmissions = 1;
                SetResendDeadline(now);
            }
            _transmitter.Outbox.Queue(slot, session);
            return 0;
        }

        /// <summary>
        /// Before any long computation: sends an owed ack as a standalone ack, at once or after
        /// <see cref="ExchangeTable.AckPatienceMs"/>.
        /// </summary>
        /// <param name="now">Monotonic ms.</param>
        public void Acknowledge(long now)
        {
            long deadline = now + _transmitter.AckPatienceMs;
            if (deadline == now) AcknowledgeAtOnce(now);
            else if (deadline < _ackDeadlineMs) SetAckDeadline(deadline);
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
            AckState = NoAck;
            Transmissions = 0;
            session.ExchangeCount++;
            session.OpenExchangeCount++;
            _transmitter.Sessions.ExchangeCount++;
        }

        // The peer has a message of ours; only the one under way counts.
        internal void Acknowledged(uint counter, long now)
        {
            OutboxSlot slot = _unacknowledged;
            if (slot == null || slot.Counter != counter) return;
            _unacknowledged = null;
            _transmitter.DueMs = 0;
            _transmitter.Outbox.Release(slot);
            if (IsOpen) Handler.Acknowledged(this, now);
        }

        // The peer wants an ack for a new message. One still owed goes out first: a second one cannot wait.
        internal void OweAck(uint counter, long now)
        {
            SendOwedAck();
            AckState = AckOwed;
            _counters = (_counters & ~0xFFFFFFFFL) | counter;
            _ackDeadlineMs = now + Mrp.StandaloneAckMs;
        }

        internal void AcknowledgeAtOnce(long now)
        {
            if (!SendOwedAck()) SetAckDeadline(now + RetryMs);
        }

        // The peer repeats a message: it does not have the ack, or none was sent yet.
        internal void AcknowledgeAgain(uint counter)
        {
            if (AckState == AckOwed && AckCounter == counter) SendOwedAck();
            else _transmitter.SendAck(Session, Id, IsInitiator, counter);
            FreeIfOver();
        }

        // Acks and retransmissions that are due.
        internal void Poll(long now)
        {
            if (AckState == AckOwed && _ackDeadlineMs <= now)
            {
                AcknowledgeAtOnce(now);
                FreeIfOver();
            }
            if (_unacknowledged == null || _resendDeadlineMs > now) return;
            if (Transmissions == Mrp.MaxTransmissions)
            {
                Session.IsUnresponsive = true;
                Abort(now);
                return;
            }
            Transmissions++;
            SetResendDeadline(now);
            _transmitter.Outbox.Queue(_unacknowledged, Session);
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
            if (!IsOpen && !IsReceiving && Session != null && _unacknowledged == null && AckState != AckOwed) Free();
        }

        // A copy of the last message that is already queued still goes out.
        internal void Free()
        {
            if (_unacknowledged != null) _transmitter.Outbox.LetGo(_unacknowledged);
            _unacknowledged = null;
            AckState = NoAck;
            Session.ExchangeCount--;
            _transmitter.Sessions.ExchangeCount--;
            Session = null;
            Handler = null;
            _counters += 1L << 32;
        }

        private void Shut()
        {
            IsOpen = false;
            Session.OpenExchangeCount--;
        }

        // False if there is no slot for it now.
        private bool SendOwedAck()
        {
            if (AckState != AckOwed) return true;
            if (!_transmitter.SendAck(Session, Id, IsInitiator, AckCounter)) return false;
            AckState = AckSent;
            return true;
        }

        private void SetAckDeadline(long deadline)
        {
            _ackDeadlineMs = deadline;
            _transmitter.DueMs = 0;
        }

        private void SetResendDeadline(long now)
        {
            int intervalMs = Session.IsPeerActive(now) ? Session.ActiveIntervalMs : Session.IdleIntervalMs;
            _resendDeadlineMs = now + Mrp.BackoffMs(intervalMs, Transmissions - 1, (int)_transmitter.Sessions.Random() & 0xFF);
            _transmitter.DueMs = 0;
        }
    }
}
