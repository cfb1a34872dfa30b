using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// The Secure Channel protocol (Matter Core 4.11): session establishment by PASE as responder, by CASE as either side, and the end of
    /// sessions. One PASE handshake and <see cref="Limits.CaseHandshakes"/> CASE handshakes at a time; who comes next is told
    /// Busy.
    /// </summary>
    /// <remarks>MRP's standalone acks belong to the exchange layer. Message counter synchronisation is ignored.</remarks>
    public sealed class SecureChannelProtocol : ProtocolHandler
    {
        /// <summary>Protocol id.</summary>
        public const int Id = ProtocolHeader.SecureChannel;

        /// <summary>How long Busy asks a peer to wait, in ms.</summary>
        private const int BusyWaitMs = 5000;

        private readonly SecureChannelContext _context;
        private readonly StatusReport _status = new StatusReport();
        private readonly HandshakePreparation _preparation;
        private readonly PaseResponder _pase;
        private readonly CaseHandshake[] _case = new CaseHandshake[Limits.CaseHandshakes];

        /// <summary>Creates the protocol and its handshakes' buffers.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="sessions">Where sessions are made.</param>
        /// <param name="fabrics">Whom CASE knows.</param>
        /// <param name="resumptions">With whom CASE can be resumed.</param>
        /// <param name="window">When PASE is possible.</param>
        /// <param name="parameters">This node's own session parameters, told to peers; kept. Null to tell none.</param>
        /// <param name="listener">Is told of new sessions.</param>
        public SecureChannelProtocol(
            CryptoSuite crypto, SessionTable sessions, FabricTable fabrics, ResumptionTable resumptions, CommissioningWindow window,
            SessionParameters parameters, ISecureChannelListener listener)
        {
            _context = new SecureChannelContext
            {
                Crypto = crypto,
                Sessions = sessions,
                Fabrics = fabrics,
                Resumptions = resumptions,
                Window = window,
                OwnParameters = parameters,
                Listener = listener,
                CaseKeys = new CaseKeySchedule(crypto),
            };
            _pase = new PaseResponder(_context);
            _preparation = new HandshakePreparation(crypto.P256, _pase.Spake, window);
            for (int i = 0; i < _case.Length; i++)
            {
                _case[i] = new CaseHandshake(_context, CryptoSuite.FirstHandshakeTurn + 1 + i);
            }
        }

        /// <inheritdoc/>
        public override int ProtocolId
        {
            get { return Id; }
        }

        /// <summary>Number of handshakes under way.</summary>
        public int HandshakeCount
        {
            get
            {
                int count = _pase.IsIdle ? 0 : 1;
                for (int i = 0; i < _case.Length; i++)
                {
                    count += _case[i].IsIdle ? 0 : 1;
                }

                return count;
            }
        }

        /// <summary>True while a handshake is under way that this node began.</summary>
        internal bool IsConnecting
        {
            get
            {
                bool isConnecting = false;
                for (int i = 0; i < _case.Length; i++)
                {
                    isConnecting |= _case[i].IsConnecting;
                }

                return isConnecting;
            }
        }

        /// <summary>
        /// Begins CASE with a peer. It has succeeded if there is a session with the peer once <see cref="IsConnecting"/> is false;
        /// a peer that wants a handshake of its own meanwhile, and finds no other row, ends it.
        /// </summary>
        /// <param name="exchange">This protocol's own on an unsecured session that leads to the peer; closed with the handshake.</param>
        /// <param name="fabric">The fabric of both.</param>
        /// <param name="peerNodeId">The peer.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or <see cref="MatterError.Busy"/> if all handshakes or sessions are in use.</returns>
        internal int Connect(Exchange exchange, Fabric fabric, ulong peerNodeId, long now)
        {
            for (int i = 0; i < _case.Length; i++)
            {
                if (_case[i].IsIdle)
                {
                    return _case[i].Connect(exchange, fabric, peerNodeId, now);
                }
            }

            exchange.Close();
            return MatterError.Busy;
        }

        /// <inheritdoc/>
        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            Handshake owner = FindOwner(exchange);
            if (opcode == SecureChannelOpcode.StatusReport)
            {
                ReceiveStatus(exchange, owner, buffer, offset, length, now);
            }
            else if (owner != null)
            {
                owner.Receive(opcode, buffer, offset, length, now);
            }
            else
            {
                ReceiveFirst(exchange, opcode, buffer, offset, length, now);
            }
        }

        /// <inheritdoc/>
        public override void Aborted(Exchange exchange, long now)
        {
            Handshake owner = FindOwner(exchange);
            if (owner != null)
            {
                owner.Clear(now);
            }
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            long next = _pase.Poll(now);
            for (int i = 0; i < _case.Length; i++)
            {
                long other = _case[i].Poll(now);
                if (other < next)
                {
                    next = other;
                }
            }

            return next;
        }

        /// <summary>
        /// Computes a bounded part of what the next handshakes take, for the time when there is nothing else to do: without
        /// it they are slower, no more.
        /// </summary>
        /// <returns>
        /// <see cref="P256.Running"/>, 0 if nothing is missing, <see cref="MatterError.InvalidState"/> while a handshake or
        /// somebody else needs the engine.
        /// </returns>
        public int Prepare()
        {
            return HandshakeCount == 0 ? _preparation.Step() : MatterError.InvalidState;
        }

        /// <summary>Answers with a StatusReport of failure, if there is room for it, and closes the exchange.</summary>
        internal static void Refuse(Exchange exchange, int protocolCode, long now)
        {
            OutboxSlot slot = exchange.NewMessage();
            if (slot != null)
            {
                int length = StatusReport.Write(slot.Buffer, slot.PayloadOffset, StatusReport.Failure, Id, protocolCode);
                exchange.Send(slot, SecureChannelOpcode.StatusReport, length, true, now);
            }

            exchange.Close();
        }

        /// <summary>Answers Busy and closes the exchange. Busy goes out without asking for an ack.</summary>
        internal static void RefuseBusy(Exchange exchange, long now)
        {
            OutboxSlot slot = exchange.NewMessage();
            if (slot != null)
            {
                int length = StatusReport.WriteBusy(slot.Buffer, slot.PayloadOffset, BusyWaitMs);
                exchange.Send(slot, SecureChannelOpcode.StatusReport, length, false, now);
            }

            exchange.Close();
        }

        /// <summary>The peer ends a handshake, well or badly, or a session. A StatusReport is never answered.</summary>
        private void ReceiveStatus(Exchange exchange, Handshake owner, byte[] buffer, int offset, int length, long now)
        {
            bool isOwn = _status.Read(buffer, offset, length) >= 0 && _status.ProtocolId == Id;
            if (owner != null)
            {
                if (isOwn && _status.GeneralCode == StatusReport.Success && _status.ProtocolCode == StatusReport.SessionEstablished)
                {
                    owner.ReceiveSuccess(now);
                }
                else
                {
                    owner.Abandon(now);
                }

                return;
            }

            Session session = exchange.Session;
            exchange.Close();
            if (session.IsSecure && isOwn && _status.ProtocolCode == StatusReport.CloseSession)
            {
                _context.Sessions.Discard(session, now);
            }
        }

        /// <summary>A message on an exchange that belongs to no handshake.</summary>
        private void ReceiveFirst(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (opcode == SecureChannelOpcode.MessageCounterSyncRequest || opcode == SecureChannelOpcode.MessageCounterSyncResponse)
            {
                exchange.Close();
                return;
            }

            bool isPase = opcode == SecureChannelOpcode.PbkdfParamRequest;
            if (exchange.Session.IsSecure || (!isPase && opcode != SecureChannelOpcode.Sigma1))
            {
                Refuse(exchange, StatusReport.InvalidParameter, now);
                return;
            }

            AbandonFormer(exchange.Session, now);
            Handshake handshake = _pase;
            if (!isPase)
            {
                handshake = FreeCase(exchange.Session, now);
            }

            if (handshake == null || !handshake.IsIdle)
            {
                RefuseBusy(exchange, now);
                return;
            }

            handshake.Start(exchange, buffer, offset, length, now);
        }

        private Handshake FindOwner(Exchange exchange)
        {
            if (_pase.Owns(exchange))
            {
                return _pase;
            }

            for (int i = 0; i < _case.Length; i++)
            {
                if (_case[i].Owns(exchange))
                {
                    return _case[i];
                }
            }

            return null;
        }

        /// <summary>A peer that begins a handshake anew has given up the one it was in.</summary>
        private void AbandonFormer(Session carrier, long now)
        {
            if (!_pase.IsIdle && _pase.Carrier == carrier)
            {
                _pase.Abandon(now);
            }

            for (int i = 0; i < _case.Length; i++)
            {
                if (!_case[i].IsIdle && _case[i].Carrier == carrier)
                {
                    _case[i].Abandon(now);
                }
            }
        }

        /// <summary>A free row, if need be that of a handshake which the same peer seems to have given up, or of one of our own.</summary>
        private CaseHandshake FreeCase(Session carrier, long now)
        {
            for (int i = 0; i < _case.Length; i++)
            {
                if (_case[i].IsIdle)
                {
                    return _case[i];
                }
            }

            for (int i = 0; i < _case.Length; i++)
            {
                if (_case[i].IsConnecting || _case[i].IsForsaken(carrier, now))
                {
                    _case[i].Abandon(now);
                    return _case[i];
                }
            }

            return null;
        }
    }
}
