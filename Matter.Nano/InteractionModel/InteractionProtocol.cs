using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// The Interaction Model protocol of a server: reads, subscriptions, writes, invokes, timed interactions. Its Poll also
    /// runs the clusters' timers, so that what they change is reported at once.
    /// </summary>
    public sealed class InteractionProtocol : ProtocolHandler, ISessionListener
    {
        /// <summary>InteractionModelRevision.</summary>
        public const int Revision = Revisions.InteractionModel;

        // How long a TimedRequest that ran out is remembered, to tell the latecomer so.
        private const int TimedGraceMs = 5000;

        private readonly DataModel _model;
        private readonly InteractionTable _interactions;
        private readonly SubscriptionTable _subscriptions;
        private readonly ReadHandler _read;
        private readonly WriteHandler _write;
        private readonly InvokeHandler _invoke;
        private readonly Reporter _reporter;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvWriter _writer = new TlvWriter();

        // When Poll has something to do, and the change that it last took notice of.
        private long _deadline;
        private int _stamp;

        /// <summary>Creates the protocol; registers it with the exchanges and as a listener of the sessions.</summary>
        /// <param name="exchanges">The node's exchanges.</param>
        /// <param name="sessions">The node's sessions.</param>
        /// <param name="model">The node's endpoints, all of them but those that come and go.</param>
        /// <param name="fabrics">The node's fabrics, with the access control list.</param>
        /// <param name="crypto">Gives the first subscription id, and commands that compute their turn.</param>
        public InteractionProtocol(ExchangeTable exchanges, SessionTable sessions, DataModel model, FabricTable fabrics, CryptoSuite crypto)
        {
            InteractionContext context = new InteractionContext();
            AccessControl access = new AccessControl(fabrics, model);
            ReportBuilder builder = new ReportBuilder(model, access, _writer, context);
            _model = model;
            _interactions = new InteractionTable(model.ClusterCount);
            _subscriptions = new SubscriptionTable(crypto.Random, fabrics);
            _reporter = new Reporter(exchanges, this, _interactions, _subscriptions, model, builder, _writer, context);
            _read = new ReadHandler(_interactions, _subscriptions, model, builder, _reporter, _reader, context);
            TlvReader items = new TlvReader();
            TlvReader value = new TlvReader();
            _write = new WriteHandler(_interactions, model, access, _reader, items, value, _writer, context);
            _invoke = new InvokeHandler(crypto, _interactions, model, access, _reader, items, value, _writer, context);
            exchanges.Register(this);
            sessions.AddListener(this);
        }

        /// <inheritdoc/>
        public override int ProtocolId { get { return ProtocolHeader.InteractionModel; } }

        /// <summary>The subscriptions, dormant ones among them.</summary>
        internal SubscriptionTable Subscriptions { get { return _subscriptions; } }

        /// <summary>Subscriptions in force.</summary>
        public int SubscriptionCount { get { return _subscriptions.Count; } }

        /// <summary>Subscriptions that came into force since start-up.</summary>
        public uint SubscriptionsEstablished { get { return _subscriptions.Established; } }

        /// <summary>Subscriptions of a fabric in force.</summary>
        /// <param name="fabricIndex">Fabric index.</param>
        /// <returns>The number; 0 without a fabric.</returns>
        public int CountSubscriptions(int fabricIndex) { return fabricIndex == 0 ? 0 : _subscriptions.CountOf(fabricIndex); }

        /// <summary>True after a change or event that <see cref="Poll"/> has not yet seen.</summary>
        public bool HasNews { get { return _stamp != _model.Stamp; } }

        /// <summary>Interactions of more than one message under way.</summary>
        public int InteractionCount { get { return _interactions.Count; } }

        /// <inheritdoc/>
        /// <remarks>Of a group, writes and commands are executed on the endpoints that are members. Nothing can be answered.</remarks>
        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            _deadline = 0;
            if (exchange.Session.Type == SessionType.Group
                && opcode != InteractionOpcode.WriteRequest && opcode != InteractionOpcode.InvokeRequest)
            {
                exchange.Close();
                return;
            }

            Interaction row = _interactions.Find(exchange);
            _reader.Reset(buffer, offset, length);
            int status;
            if (opcode == InteractionOpcode.StatusResponse)
            {
                ReceiveStatus(exchange, row, now);
                return;
            }

            switch (row == null ? Interaction.None : row.Kind)
            {
                case Interaction.None:
                    status = Dispatch(exchange, null, opcode, now);
                    break;
                case Interaction.Timed:
                    status = opcode == InteractionOpcode.WriteRequest || opcode == InteractionOpcode.InvokeRequest
                        ? Dispatch(exchange, row, opcode, now) : ImStatus.InvalidAction;
                    break;
                case Interaction.Write:
                    status = opcode == InteractionOpcode.WriteRequest ? _write.Receive(exchange, row, now) : ImStatus.InvalidAction;
                    break;
                default:
                    status = ImStatus.InvalidAction;
                    break;
            }

            if (status != ImStatus.Success)
            {
                SendStatus(exchange, status, now);
                if (row != null && row.Exchange == exchange)
                {
                    Abandon(row);
                }

                exchange.Close();
            }
        }

        /// <summary>Begins to take up a dormant subscription; see <see cref="Reporter.Resume"/>.</summary>
        internal bool Resume(Subscription subscription, Session session, long now)
        {
            _deadline = 0;
            return _reporter.Resume(subscription, session, now);
        }

        /// <inheritdoc/>
        public override void Aborted(Exchange exchange, long now)
        {
            Interaction row = _interactions.Find(exchange);
            if (row != null)
            {
                Abandon(row);
                _deadline = 0;
            }
        }

        /// <inheritdoc/>
        public override void Acknowledged(Exchange exchange, long now)
        {
            Interaction row = _interactions.Find(exchange);
            if (row != null)
            {
                _reporter.Acknowledged(row);
                _deadline = 0;
            }
        }

        /// <inheritdoc/>
        public void SessionClosing(Session session, bool tellPeer, long now)
        {
            _subscriptions.RemoveSession(session);
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            long timers = _model.Poll(now);
            if (now >= _deadline || _stamp != _model.Stamp)
            {
                Expire(now);
                _deadline = Earlier(_invoke.Poll(now), _reporter.Poll(now));
                _deadline = Earlier(_deadline, _interactions.DeadlineMs);
                _stamp = _model.Stamp;
            }

            return Earlier(_deadline, timers);
        }

        /// <summary>Checks a request's TimedRequest field against whether a TimedRequest came before it.</summary>
        /// <param name="row">The exchange's row; null for none.</param>
        /// <param name="isTimedRequest">The field.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="ImStatus"/>.</returns>
        internal static int CheckTimed(Interaction row, bool isTimedRequest, long now)
        {
            bool isTimed = row != null && row.Kind == Interaction.Timed;
            if (isTimed && now > row.TimedUntilMs)
            {
                return ImStatus.Timeout;
            }

            return isTimed == isTimedRequest ? ImStatus.Success : ImStatus.TimedRequestMismatch;
        }

        private int Dispatch(Exchange exchange, Interaction row, int opcode, long now)
        {
            switch (opcode)
            {
                case InteractionOpcode.ReadRequest: return _read.Receive(exchange, false, now);
                case InteractionOpcode.SubscribeRequest: return _read.Receive(exchange, true, now);
                case InteractionOpcode.WriteRequest: return _write.Receive(exchange, row, now);
                case InteractionOpcode.InvokeRequest: return _invoke.Receive(exchange, row, now);
                case InteractionOpcode.TimedRequest: return ReceiveTimed(exchange, now);
                default: return ImStatus.InvalidAction;
            }
        }

        private int ReceiveTimed(Exchange exchange, long now)
        {
            TlvReader reader = _reader;
            int timeout = 0;
            bool hasTimeout = false;
            reader.EnterMessage();
            while (reader.Next())
            {
                if (reader.Tag == 0)
                {
                    timeout = (int)reader.GetUnsigned(0xFFFF);
                    hasTimeout = true;
                }
            }

            if (reader.Finish() != 0 || !hasTimeout)
            {
                return ImStatus.InvalidAction;
            }

            Interaction row = _interactions.Take(Interaction.Timed, exchange, now);
            if (row == null)
            {
                return ImStatus.Busy;
            }

            row.TimedUntilMs = now + timeout;
            row.DeadlineMs = row.TimedUntilMs + TimedGraceMs;
            SendStatus(exchange, ImStatus.Success, now);
            return ImStatus.Success;
        }

        private void ReceiveStatus(Exchange exchange, Interaction row, long now)
        {
            TlvReader reader = _reader;
            int status = -1;
            reader.EnterMessage();
            while (reader.Next())
            {
                if (reader.Tag == 0)
                {
                    status = (int)reader.GetUnsigned(0xFF);
                }
            }

            if (reader.Finish() != 0)
            {
                status = ImStatus.InvalidAction;
            }

            if (row != null && row.Kind <= Interaction.Report)
            {
                _reporter.Confirm(row, status, now);
            }
            else if (row != null && row.Kind == Interaction.Responses)
            {
                _invoke.Confirm(row, status, now);
            }
            else
            {
                // The peer ends what it began, or says what nobody asked.
                if (row != null)
                {
                    Abandon(row);
                }

                exchange.Close();
            }
        }

        private void SendStatus(Exchange exchange, int status, long now)
        {
            OutboxSlot slot = exchange.NewMessage();
            if (slot == null)
            {
                return;
            }

            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, (uint)status);
            writer.PutUnsigned(0xFF, Revision);
            writer.EndContainer();
            exchange.Send(slot, InteractionOpcode.StatusResponse, writer.Length, true, now);
        }

        /// <summary>Endpoints came or went: reports go through the present path anew, and what a removed one was doing ends.</summary>
        internal void EndpointsChanged()
        {
            for (int i = 0; i < _interactions.Capacity; i++)
            {
                Interaction row = _interactions.GetRow(i);
                row.Cursor.StartPath();
                if (row.Cluster == null || row.Cluster.Endpoint.Model != null)
                {
                    continue;
                }

                if (row.Kind == Interaction.Invoke)
                {
                    Exchange exchange = row.Exchange;
                    Abandon(row);
                    exchange.Close();
                }
                else
                {
                    row.Cluster = null;
                }
            }
        }

        // Frees a row with all that hangs on it.
        private void Abandon(Interaction row)
        {
            if (row.Kind <= Interaction.Report)
            {
                _reporter.Abandon(row);
            }
            else if (row.Kind >= Interaction.Invoke)
            {
                _invoke.Abandon(row);
            }
            else
            {
                _interactions.Release(row);
            }
        }

        private void Expire(long now)
        {
            for (int i = 0; i < _interactions.Capacity; i++)
            {
                Interaction row = _interactions.GetRow(i);
                if (row.Kind != Interaction.None && now >= row.DeadlineMs)
                {
                    Exchange exchange = row.Exchange;
                    Abandon(row);
                    exchange.Close();
                }
            }
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
