using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// One handshake, in a row that is reused; of the responder's side, but for a CASE that this node begins. From its first answer
    /// on it holds all that success needs: this row and a reserved session. Every way out but success gives both back and wipes what is secret.
    /// </summary>
    internal abstract class Handshake
    {
        /// <summary>State of a free row. Other states are the subclass's.</summary>
        protected const int Idle = 0;

        /// <summary>Session id of all unsecured sessions: no peer can choose it for a secure one.</summary>
        protected const int UnsecuredSessionId = 0;

        /// <summary>How long a handshake may take in all.</summary>
        private const int LimitMs = 60000;

        /// <summary>How soon to try again when the outbox is full.</summary>
        private const int RetryMs = 20;

        protected readonly SecureChannelContext Context;
        protected int State;
        protected Session Session;
        protected int PeerSessionId;
        private readonly int _turn;
        private Exchange _exchange;
        private int _exchangeGeneration;
        private int _sessionGeneration;
        private long _limit;

        protected Handshake(SecureChannelContext context, int turn)
        {
            Context = context;
            _turn = turn;
        }

        internal bool IsIdle
        {
            get { return State == Idle; }
        }

        /// <summary>The unsecured session that carries the handshake.</summary>
        internal Session Carrier
        {
            get { return _exchange.Session; }
        }

        internal bool Owns(Exchange exchange)
        {
            return State != Idle && _exchange == exchange && _exchangeGeneration == exchange.Generation;
        }

        /// <summary>Takes in the first message; the row is idle. Answers, or refuses and is idle again.</summary>
        internal abstract void Start(Exchange exchange, byte[] buffer, int offset, int length, long now);

        /// <summary>Takes in a further message that is no StatusReport.</summary>
        internal abstract void Receive(int opcode, byte[] buffer, int offset, int length, long now);

        /// <summary>The peer reports success, which ends only a handshake whose last word is the peer's.</summary>
        internal virtual void ReceiveSuccess(long now)
        {
            Abandon(now);
        }

        /// <summary>Does a bounded part of what the state asks for.</summary>
        /// <returns>When to go on; long.MaxValue if only the peer can bring it forward.</returns>
        protected abstract long Work(long now);

        /// <summary>False once what the handshake builds on (window, fabric) is gone.</summary>
        protected abstract bool StillPossible();

        /// <summary>Wipes the subclass's secrets.</summary>
        /// <param name="lastState">How far the handshake had come.</param>
        /// <param name="now">Monotonic ms.</param>
        protected abstract void Wipe(int lastState, long now);

        /// <summary>The session is up, and nothing of the handshake wiped yet.</summary>
        protected virtual void Established(long now)
        {
        }

        /// <summary>Goes on with a computation, or ends a handshake that took too long.</summary>
        internal long Poll(long now)
        {
            if (State == Idle)
            {
                return long.MaxValue;
            }

            if (now >= _limit || !StillPossible())
            {
                Abandon(now);
                return long.MaxValue;
            }

            long next = Work(now);
            return State == Idle || next < _limit ? next : _limit;
        }

        /// <summary>Ends the handshake in silence.</summary>
        internal void Abandon(long now)
        {
            Exchange exchange = _exchange;
            Clear(now);
            exchange.Close();
        }

        /// <summary>Gives everything back except the exchange, which is the caller's to close.</summary>
        internal void Clear(long now)
        {
            Session reserved = Session;
            int lastState = State;
            State = Idle;
            Session = null;
            _exchange = null;
            Context.Crypto.Release(this);
            Wipe(lastState, now);
            if (reserved != null && reserved.Generation == _sessionGeneration && !reserved.IsActive)
            {
                Context.Sessions.Discard(reserved, now);
            }
        }

        /// <summary>Claims the row for the handshake that this exchange begins; a session is reserved when the peer has shown to be worth it.</summary>
        protected void Claim(Exchange exchange, int peerSessionId, int firstState, long now)
        {
            _exchange = exchange;
            _exchangeGeneration = exchange.Generation;
            PeerSessionId = peerSessionId;
            _limit = now + LimitMs;
            State = firstState;

            // They count from now on, and Establish hands them over to the new session.
            Context.PeerParameters.ApplyTo(exchange.Session);
        }

        /// <summary>Reserves a session.</summary>
        /// <returns>False if none is to be had: a peer that asks was told to come back, and the row is idle.</returns>
        protected bool Reserve(int fabricIndex, long now)
        {
            Session = Context.Sessions.Reserve(fabricIndex, now);
            if (Session == null)
            {
                Exchange exchange = _exchange;
                Clear(now);
                if (exchange.IsInitiator)
                {
                    exchange.Close();
                }
                else
                {
                    SecureChannelProtocol.RefuseBusy(exchange, now);
                }

                return false;
            }

            _sessionGeneration = Session.Generation;
            return true;
        }

        /// <summary>Ends the handshake with a StatusReport of failure.</summary>
        protected void Fail(int protocolCode, long now)
        {
            Exchange exchange = _exchange;
            Clear(now);
            SecureChannelProtocol.Refuse(exchange, protocolCode, now);
        }

        /// <summary>A slot for the next answer, or null to try again at <see cref="RetryAt"/>.</summary>
        protected OutboxSlot NewMessage()
        {
            return _exchange.NewMessage();
        }

        /// <summary>Gives such a slot back.</summary>
        protected void Discard(OutboxSlot slot)
        {
            _exchange.Discard(slot);
        }

        /// <summary>Whether the step of this Poll is this handshake's; if not, it is at one of the next.</summary>
        protected bool HasTurn()
        {
            return Context.Crypto.TakeTurn(_turn);
        }

        protected static long RetryAt(long now)
        {
            return now + RetryMs;
        }

        /// <summary>Has an ack leave on its own if the answer isn't soon ready, so that the peer stops resending while this side computes.</summary>
        protected void Acknowledge(long now)
        {
            _exchange.Acknowledge(now);
        }

        /// <summary>Sends an answer, after which the handshake is in <paramref name="nextState"/>.</summary>
        protected void Answer(OutboxSlot slot, int opcode, int length, int nextState, long now)
        {
            if (length < 0)
            {
                _exchange.Discard(slot);
                Abandon(now);
            }
            else if (_exchange.Send(slot, opcode, length, true, now) < 0)
            {
                Abandon(now);
            }
            else
            {
                State = nextState;
            }
        }

        /// <summary>
        /// Reports success and turns the reserved session into a live one with <see cref="SecureChannelContext.Keys"/>.
        /// </summary>
        /// <returns>The session, or null if that was not possible; the row is idle either way.</returns>
        protected Session Establish(OutboxSlot slot, int type, int fabricIndex, ulong localNodeId, ulong peerNodeId, long now)
        {
            int length = StatusReport.Write(slot.Buffer, slot.PayloadOffset, StatusReport.Success, SecureChannelProtocol.Id, StatusReport.SessionEstablished);
            bool isPossible = Session.Generation == _sessionGeneration;
            if (isPossible)
            {
                isPossible = _exchange.Send(slot, SecureChannelOpcode.StatusReport, length, true, now) >= 0;
            }
            else
            {
                _exchange.Discard(slot);
            }

            return Conclude(isPossible, type, fabricIndex, localNodeId, peerNodeId, now);
        }

        /// <summary>Like <see cref="Establish"/>, if it was the peer that reported success.</summary>
        protected Session EstablishUnreported(int type, int fabricIndex, ulong localNodeId, ulong peerNodeId, long now)
        {
            return Conclude(Session.Generation == _sessionGeneration, type, fabricIndex, localNodeId, peerNodeId, now);
        }

        private Session Conclude(bool isPossible, int type, int fabricIndex, ulong localNodeId, ulong peerNodeId, long now)
        {
            Session session = null;
            if (isPossible)
            {
                session = Session;
                session.Establish(type, _exchange.IsInitiator, _exchange.Session, PeerSessionId, Context.Keys, 0, fabricIndex, localNodeId, peerNodeId, now);
                Established(now);
            }

            Array.Clear(Context.Keys, 0, Context.Keys.Length);
            Abandon(now);
            return session;
        }
    }
}
