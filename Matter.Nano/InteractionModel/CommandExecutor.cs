using Matter.Nano.Exchanges;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>Executes commands: finds their clusters, checks existence and access, and has the response or a status written.</summary>
    internal sealed class CommandExecutor
    {
        private readonly InteractionTable _interactions;
        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly InvokeRequest _request;
        private readonly InvokeResponseWriter _responses;
        private readonly TlvReader _reader;
        private readonly TlvWriter _writer;
        private readonly InteractionContext _context;

        /// <summary>Creates it.</summary>
        /// <param name="interactions">Keeps the pending command.</param>
        /// <param name="model">Has the clusters.</param>
        /// <param name="access">Who may invoke what.</param>
        /// <param name="request">Names the command.</param>
        /// <param name="responses">Writes what the clusters do not.</param>
        /// <param name="reader">Reads the fields.</param>
        /// <param name="writer">The writer of the responses.</param>
        /// <param name="context">Names the invoker to the clusters.</param>
        public CommandExecutor(
            InteractionTable interactions,
            DataModel model,
            AccessControl access,
            InvokeRequest request,
            InvokeResponseWriter responses,
            TlvReader reader,
            TlvWriter writer,
            InteractionContext context)
        {
            _interactions = interactions;
            _model = model;
            _access = access;
            _request = request;
            _responses = responses;
            _reader = reader;
            _writer = writer;
            _context = context;
        }

        /// <summary>Set when a command became pending: the exchange has a row for it then.</summary>
        public bool IsPending { get; set; }

        /// <summary>Executes the request's present command, with a wildcard path on every endpoint; its response is written.</summary>
        /// <param name="exchange">The request's exchange.</param>
        public void Execute(Exchange exchange)
        {
            InvokeRequest request = _request;
            _responses.Name(request.ClusterId, request.CommandId, request.Reference);
            if (request.EndpointId != InvokeRequest.NoEndpoint)
            {
                Invoke(exchange, _model.Find(request.EndpointId), false);
                return;
            }

            for (int i = 0; i < _model.EndpointCount && exchange.Session != null; i++)
            {
                Endpoint endpoint = _model.GetEndpoint(i);
                if (_model.IsAddressed(_context.Session, endpoint))
                {
                    Invoke(exchange, endpoint, true);
                }
            }
        }

        // Executes the command on one endpoint; with a wildcard path in silence where it may not be.
        private void Invoke(Exchange exchange, Endpoint endpoint, bool isWildcard)
        {
            InvokeRequest request = _request;
            int endpointId = endpoint == null ? request.EndpointId : endpoint.Id;
            Cluster cluster = endpoint == null ? null : endpoint.Find(request.ClusterId);
            int row = cluster == null ? MatterError.NotFound : cluster.FindCommand(request.CommandId);
            int status = Check(endpointId, endpoint, cluster, row);
            if (status != ImStatus.Success)
            {
                if (!isWildcard)
                {
                    _responses.PutStatus(endpointId, status);
                }

                return;
            }

            _context.EndpointId = endpointId;
            int mark = _responses.StartResponse(cluster, row);
            Interaction pending = _interactions.FindKind(Interaction.Invoke);
            if (pending != null && pending.Cluster == cluster)
            {
                status = ImStatus.Busy;
            }
            else if (request.Fields.Type != TlvType.Structure)
            {
                status = ImStatus.InvalidCommand;
            }
            else
            {
                // A wildcard path gives the same fields to each endpoint.
                TlvReader fields = _reader;
                fields.CopyFrom(request.Fields);
                status = cluster.Invoke(request.CommandId, fields, _writer, _context);
                if (status == ImStatus.Pending && !Suspend(exchange, cluster, row, isWildcard))
                {
                    cluster.Cancel();
                    status = ImStatus.Busy;
                }
            }

            _responses.EndResponse(cluster, row, mark, status);
        }

        private int Check(int endpointId, Endpoint endpoint, Cluster cluster, int row)
        {
            // Without View nothing is told, not even what is missing.
            int granted = _access.Granted(_context, endpointId, _request.ClusterId);
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

            // A batch has a row already.
            Interaction row = _interactions.Find(exchange);
            if (row == null)
            {
                row = _interactions.Take(Interaction.Invoke, exchange, _context.Now);
                if (row == null)
                {
                    return false;
                }
            }

            row.Kind = Interaction.Invoke;
            row.Cluster = cluster;
            row.CommandRow = commandRow;
            row.CommandId = _request.CommandId;
            row.CommandReference = _request.Reference;
            row.IsTimed = _request.IsTimedRequest;
            row.SuppressResponse = _request.SuppressResponse;
            IsPending = true;
            return true;
        }
    }
}
