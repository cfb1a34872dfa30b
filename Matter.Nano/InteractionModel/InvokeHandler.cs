using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Invoke requests of one command each (MaxPathsPerInvoke 1), with an endpoint or, without one, for every endpoint that
    /// has the command, of a group's those that are its members. One command at a time may be pending: it goes on in Poll.
    /// </summary>
    internal sealed class InvokeHandler
    {
        // What must still fit behind the responses: end of their array, InteractionModelRevision, end of the message.
        private const int TrailerLength = 1 + 3 + 1;

        // How soon to try again if the outbox is full.
        private const int RetryMs = 50;

        private readonly InteractionTable _interactions;
        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly InteractionContext _context;
        private readonly TlvReader _reader;
        private readonly TlvWriter _writer;
        private readonly InvokeRequest _request;

        // What the response answers to: of the request, or of the pending command.
        private uint _clusterId;
        private uint _commandId;
        private int _reference;
        private bool _isPending;

        // When the pending command goes on.
        private long _continueMs;

        /// <summary>Creates a handler.</summary>
        /// <param name="interactions">Keeps the pending command.</param>
        /// <param name="model">Has the clusters.</param>
        /// <param name="access">Who may invoke what.</param>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="writer">Writes the responses.</param>
        /// <param name="context">Names the invoker to the clusters.</param>
        public InvokeHandler(
            InteractionTable interactions,
            DataModel model,
            AccessControl access,
            TlvReader reader,
            TlvWriter writer,
            InteractionContext context)
        {
            _interactions = interactions;
            _model = model;
            _access = access;
            _reader = reader;
            _writer = writer;
            _context = context;
            _request = new InvokeRequest(reader);
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
            if (!request.Parse() || (isGroup && request.EndpointId != InvokeRequest.NoEndpoint))
            {
                return ImStatus.InvalidAction;
            }

            int status = InteractionProtocol.CheckTimed(row, request.IsTimedRequest, now);
            if (status != ImStatus.Success)
            {
                return status;
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
            _clusterId = request.ClusterId;
            _commandId = request.CommandId;
            _reference = request.Reference;
            _isPending = false;
            Start(slot);
            if (request.EndpointId != InvokeRequest.NoEndpoint)
            {
                Invoke(exchange, _model.Find(request.EndpointId), false);
            }
            else
            {
                for (int i = 0; i < _model.EndpointCount; i++)
                {
                    Endpoint endpoint = _model.GetEndpoint(i);
                    if (_model.IsAddressed(_context.Session, endpoint))
                    {
                        Invoke(exchange, endpoint, true);
                    }
                }
            }

            _model.Wake();
            if (_isPending)
            {
                exchange.Discard(slot);
                exchange.Acknowledge(now);
                return ImStatus.Success;
            }

            Send(exchange, slot, request.SuppressResponse || isGroup, now);
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
            _clusterId = cluster.Id;
            _commandId = row.CommandId;
            _reference = row.CommandReference;
            Start(slot);
            int mark = StartResponse(cluster, row.CommandRow);
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

            bool suppressResponse = row.SuppressResponse;
            EndResponse(cluster, row.CommandRow, mark, status);
            _interactions.Release(row);
            Send(exchange, slot, suppressResponse, now);
            return now;
        }

        /// <summary>Gives the pending command up.</summary>
        /// <param name="row">Its row; freed.</param>
        public void Abandon(Interaction row)
        {
            Cluster cluster = row.Cluster;
            _interactions.Release(row);
            cluster.Cancel();
        }

        private void Start(OutboxSlot slot)
        {
            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBoolean(0, false);
            writer.StartArray(1);
            writer.Reserve(TrailerLength);
        }

        // Executes the command on one endpoint; with a wildcard path in silence where it may not be.
        private void Invoke(Exchange exchange, Endpoint endpoint, bool isWildcard)
        {
            int endpointId = endpoint == null ? _request.EndpointId : endpoint.Id;
            Cluster cluster = endpoint == null ? null : endpoint.Find(_clusterId);
            int row = cluster == null ? MatterError.NotFound : cluster.FindCommand(_commandId);
            int status = Check(endpointId, endpoint, cluster, row);
            if (status != ImStatus.Success)
            {
                if (!isWildcard)
                {
                    PutStatus(endpointId, status);
                }

                return;
            }

            _context.EndpointId = endpointId;
            int mark = StartResponse(cluster, row);
            Interaction pending = _interactions.FindKind(Interaction.Invoke);
            if (pending != null && pending.Cluster == cluster)
            {
                status = ImStatus.Busy;
            }
            else if (_request.Fields.Type != TlvType.Structure)
            {
                status = ImStatus.InvalidCommand;
            }
            else
            {
                // A wildcard path gives the same fields to each endpoint.
                TlvReader fields = _reader;
                fields.CopyFrom(_request.Fields);
                status = cluster.Invoke(_commandId, fields, _writer, _context);
                if (status == ImStatus.Pending && !Suspend(exchange, cluster, row, isWildcard))
                {
                    cluster.Cancel();
                    status = ImStatus.Busy;
                }
            }

            if (status != ImStatus.Pending)
            {
                EndResponse(cluster, row, mark, status);
            }
        }

        private int Check(int endpointId, Endpoint endpoint, Cluster cluster, int row)
        {
            // Without View nothing is told, not even what is missing.
            int granted = _access.Granted(_context, endpointId, _clusterId);
            if (!AccessControl.Includes(granted, Privilege.View))
            {
                return ImStatus.UnsupportedAccess;
            }

            if (row < 0)
            {
                return endpoint == null ? ImStatus.UnsupportedEndpoint
                    : cluster == null ? ImStatus.UnsupportedCluster : ImStatus.UnsupportedCommand;
            }

            int access = cluster.GetCommandAccess(row);
            if (!AccessControl.Includes(granted, access & Access.PrivilegeMask)
                || ((access & CommandAccess.FabricScoped) != 0 && !_access.HasFabric(_context)))
            {
                return ImStatus.UnsupportedAccess;
            }

            return !_context.IsTimed && (access & CommandAccess.Timed) != 0 ? ImStatus.NeedsTimedInteraction : ImStatus.Success;
        }

        // Keeps a command that is pending; false if it cannot be.
        private bool Suspend(Exchange exchange, Cluster cluster, int commandRow, bool isWildcard)
        {
            if (isWildcard || exchange.Session == null || _interactions.FindKind(Interaction.Invoke) != null)
            {
                return false;
            }

            Interaction row = _interactions.Take(Interaction.Invoke, exchange, _context.Now);
            if (row == null)
            {
                return false;
            }

            _continueMs = 0;
            row.Cluster = cluster;
            row.CommandRow = commandRow;
            row.CommandId = _commandId;
            row.CommandReference = _reference;
            row.IsTimed = _request.IsTimedRequest;
            row.SuppressResponse = _request.SuppressResponse;
            _isPending = true;
            return true;
        }

        // Opens the response command that the table names; answers where to go back to.
        private int StartResponse(Cluster cluster, int row)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            if (cluster.HasResponse(row))
            {
                writer.StartStructure(TlvTag.Anonymous);
                writer.StartStructure(0);
                PutPath(cluster.Endpoint.Id, cluster.Id, cluster.GetResponseId(row));
                writer.StartStructure(1);
            }

            return mark;
        }

        private void EndResponse(Cluster cluster, int row, int mark, int status)
        {
            TlvWriter writer = _writer;
            if (status == ImStatus.Success && cluster.HasResponse(row))
            {
                writer.EndContainer();
                PutReference();
                writer.EndContainer();
                writer.EndContainer();
                if (writer.Error == 0)
                {
                    return;
                }

                status = ImStatus.ResourceExhausted;
            }

            writer.Rewind(mark);
            PutStatus(cluster.Endpoint.Id, status);
        }

        private void PutStatus(int endpointId, int status)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartStructure(1);
            PutPath(endpointId, _clusterId, _commandId);
            StatusWriter.PutStatus(writer, 1, status);
            PutReference();
            writer.EndContainer();
            writer.EndContainer();
            if (writer.Error != 0)
            {
                writer.Rewind(mark);
            }
        }

        private void PutPath(int endpointId, uint clusterId, uint commandId)
        {
            TlvWriter writer = _writer;
            writer.StartList(0);
            writer.PutUnsigned(0, (uint)endpointId);
            writer.PutUnsigned(1, clusterId);
            writer.PutUnsigned(2, commandId);
            writer.EndContainer();
        }

        private void PutReference()
        {
            if (_reference != InvokeRequest.NoReference)
            {
                _writer.PutUnsigned(2, (uint)_reference);
            }
        }

        private void Send(Exchange exchange, OutboxSlot slot, bool suppressResponse, long now)
        {
            TlvWriter writer = _writer;
            if (suppressResponse)
            {
                exchange.Discard(slot);
            }
            else
            {
                writer.Reserve(-TrailerLength);
                writer.EndContainer();
                writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
                writer.EndContainer();
                exchange.Send(slot, InteractionOpcode.InvokeResponse, writer.Length, true, now);
            }

            exchange.Close();
        }
    }
}
