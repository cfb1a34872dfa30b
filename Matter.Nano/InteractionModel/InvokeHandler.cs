using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Invoke requests. Each command is for an endpoint or, without one, for every endpoint that has it, of a group's those
    /// that are its members. The commands of a batch are executed at once, in their order. One command at a time may be
    /// pending: it goes on in Poll, and a batch is answered when it is through; one batch at a time may be unfinished.
    /// </summary>
    internal sealed class InvokeHandler
    {
        // How soon to try again if the outbox is full.
        private const int RetryMs = 50;

        private readonly CryptoSuite _crypto;
        private readonly InteractionTable _interactions;
        private readonly DataModel _model;
        private readonly InteractionContext _context;
        private readonly TlvWriter _writer;
        private readonly InvokeRequest _request;
        private readonly InvokeResponseWriter _responses;
        private readonly CommandExecutor _commands;
        private readonly InvokeBatch _batch = new InvokeBatch();

        // When the pending command goes on.
        private long _continueMs;

        /// <summary>Creates a handler.</summary>
        /// <param name="crypto">Gives the pending command its turn, for it may compute.</param>
        /// <param name="interactions">Keeps the pending command.</param>
        /// <param name="model">Has the clusters.</param>
        /// <param name="access">Who may invoke what.</param>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="commands">Goes through the commands of a request.</param>
        /// <param name="fields">Stands on the present fields. Both are used during calls only.</param>
        /// <param name="writer">Writes the responses.</param>
        /// <param name="context">Names the invoker to the clusters.</param>
        public InvokeHandler(
            CryptoSuite crypto,
            InteractionTable interactions,
            DataModel model,
            AccessControl access,
            TlvReader reader,
            TlvReader commands,
            TlvReader fields,
            TlvWriter writer,
            InteractionContext context)
        {
            _crypto = crypto;
            _interactions = interactions;
            _model = model;
            _writer = writer;
            _context = context;
            _request = new InvokeRequest(reader, commands, fields);
            _responses = new InvokeResponseWriter(writer);
            _commands = new CommandExecutor(interactions, model, access, _request, _responses, reader, writer, context);
        }

        /// <summary>Takes in a request, which the protocol's reader has been reset to.</summary>
        /// <param name="exchange">Its exchange.</param>
        /// <param name="row">Its row after a TimedRequest; null for none.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="ImStatus.Success"/>, or the status to answer; the row is left to the caller then.</returns>
        public int Receive(Exchange exchange, Interaction row, long now)
        {
            _context.Enter(exchange.Session, now);
            InvokeRequest request = _request;
            bool isGroup = exchange.Session.Type == SessionType.Group;
            if (!request.Parse(isGroup))
            {
                return ImStatus.InvalidAction;
            }

            int status = InteractionProtocol.CheckTimed(row, request.IsTimedRequest, now);
            if (status != ImStatus.Success)
            {
                return status;
            }

            bool isSilent = request.SuppressResponse || isGroup;
            bool isBatch = request.Count > 1 && !isSilent;
            if (isBatch && _batch.Row != null)
            {
                return ImStatus.Busy;
            }

            OutboxSlot slot = exchange.NewMessage();
            if (slot == null)
            {
                return ImStatus.Busy;
            }

            if (row != null)
            {
                _interactions.Release(row);
            }

            _context.IsTimed = request.IsTimedRequest;
            _commands.IsPending = false;
            if (isBatch)
            {
                row = _interactions.Take(Interaction.Responses, exchange, now);
                if (row == null)
                {
                    exchange.Discard(slot);
                    return ImStatus.Busy;
                }

                _batch.Begin(row);
                ExecuteBatch(exchange, row, slot, now);
                _model.Wake();
                return ImStatus.Success;
            }

            // Of a batch that wants no answer each response is written over the one before.
            for (int i = 0; i < request.Count; i++)
            {
                if (request.Count > 1)
                {
                    request.Next();
                }

                _responses.Start(slot, 0);
                _commands.Execute(exchange);
            }

            _model.Wake();
            if (_commands.IsPending)
            {
                _continueMs = 0;
                exchange.Discard(slot);
                exchange.Acknowledge(now);
                return ImStatus.Success;
            }

            Send(exchange, slot, isSilent, now);
            return ImStatus.Success;
        }

        /// <summary>Goes on with the pending command, if there is one.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again: as the pending command asks for, long.MaxValue if none is.</returns>
        public long Poll(long now)
        {
            Interaction row = _interactions.FindKind(Interaction.Invoke);
            if (row == null)
            {
                return long.MaxValue;
            }

            if (now < _continueMs)
            {
                return _continueMs;
            }

            if (!_crypto.TakeTurn(CryptoSuite.CommandTurn))
            {
                return now;
            }

            Exchange exchange = row.Exchange;
            OutboxSlot slot = exchange.NewMessage();
            if (slot == null)
            {
                return now + RetryMs;
            }

            Cluster cluster = row.Cluster;
            _context.Enter(exchange.Session, now);
            _context.IsTimed = row.IsTimed;
            _context.EndpointId = cluster.Endpoint.Id;
            _responses.Name(cluster.Id, row.CommandId, row.CommandReference);
            _responses.Start(slot, 0);
            int mark = _responses.StartResponse(cluster, row.CommandRow);
            int status = cluster.Continue(_writer, _context);
            _model.Wake();

            // The command itself may have closed its session, and with it the row.
            if (row.Exchange != exchange)
            {
                exchange.Discard(slot);
                return now;
            }

            if (status == ImStatus.Pending)
            {
                exchange.Discard(slot);
                _continueMs = cluster.ContinueAt(now);
                _interactions.Await(row, _continueMs);
                return _continueMs;
            }

            _responses.EndResponse(cluster, row.CommandRow, mark, status);
            if (_batch.Row == row)
            {
                row.Kind = Interaction.Responses;
                row.Cluster = null;
                if (!_batch.Add(slot, _writer.Length, 0))
                {
                    exchange.Discard(slot);
                }

                SendNext(row, now);
                return now;
            }

            bool suppressResponse = row.SuppressResponse;
            _interactions.Release(row);
            Send(exchange, slot, suppressResponse, now);
            return now;
        }

        /// <summary>The peer's StatusResponse to a message of a batch.</summary>
        /// <param name="row">The batch's row.</param>
        /// <param name="status">The status.</param>
        /// <param name="now">Monotonic ms.</param>
        public void Confirm(Interaction row, int status, long now)
        {
            if (status == ImStatus.Success)
            {
                SendNext(row, now);
                return;
            }

            Exchange exchange = row.Exchange;
            Abandon(row);
            exchange.Close();
        }

        /// <summary>Gives the pending command up, and what a batch has not been answered yet.</summary>
        /// <param name="row">Its row; freed.</param>
        public void Abandon(Interaction row)
        {
            Cluster cluster = row.Cluster;
            if (_batch.Row == row)
            {
                _batch.End(row.Exchange);
            }

            _interactions.Release(row);
            if (cluster != null)
            {
                cluster.Cancel();
            }
        }

        // Executes the commands of a batch. The slot, or one in its place, takes each response first: what does not fit behind
        // the others becomes the next message. Behind all of them there is room for the statuses of those to come. The last
        // slot is for others' answers, as messages of a batch wait for one another.
        private void ExecuteBatch(Exchange exchange, Interaction row, OutboxSlot slot, long now)
        {
            InvokeRequest request = _request;
            for (int remaining = request.Count - 1; remaining >= 0; remaining--)
            {
                request.Next();
                if (slot == null)
                {
                    slot = exchange.NewSpareMessage();
                }

                if (slot == null)
                {
                    _responses.Name(request.ClusterId, request.CommandId, request.Reference);
                    _batch.AddStatus(_responses, request.EndpointId, ImStatus.Busy);
                    continue;
                }

                _responses.Start(slot, remaining);
                _commands.Execute(exchange);

                // The command itself may have closed its session, and with it the row.
                if (row.Exchange != exchange)
                {
                    exchange.Discard(slot);
                    return;
                }

                if (_batch.Add(slot, _writer.Length, remaining))
                {
                    slot = null;
                }
            }

            if (slot != null)
            {
                exchange.Discard(slot);
            }

            if (_commands.IsPending)
            {
                _continueMs = 0;
                exchange.Acknowledge(now);
            }
            else
            {
                SendNext(row, now);
            }
        }

        private void Send(Exchange exchange, OutboxSlot slot, bool suppressResponse, long now)
        {
            if (suppressResponse)
            {
                exchange.Discard(slot);
            }
            else
            {
                _responses.End(false);
                exchange.Send(slot, InteractionOpcode.InvokeResponse, _writer.Length, true, now);
            }

            exchange.Close();
        }

        // Sends the next message of a batch.
        private void SendNext(Interaction row, long now)
        {
            Exchange exchange = row.Exchange;
            OutboxSlot slot = _batch.Next(_responses);
            if (_batch.IsOver)
            {
                _batch.End(exchange);
                _interactions.Release(row);
                Send(exchange, slot, false, now);
                return;
            }

            _responses.End(true);
            if (exchange.Send(slot, InteractionOpcode.InvokeResponse, _writer.Length, true, now) == 0)
            {
                _interactions.Await(row, now);
            }
            else if (row.Exchange == exchange)
            {
                Abandon(row);
                exchange.Close();
            }
        }
    }
}
