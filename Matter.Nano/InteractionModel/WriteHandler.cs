using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Write requests: looks through the whole request first, then writes attribute by attribute, each with a status of its
    /// own in the response.
    /// </summary>
    internal sealed class WriteHandler
    {
        private readonly InteractionTable _interactions;
        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly InteractionContext _context;
        private readonly TlvReader _reader;
        private readonly TlvWriter _writer;
        private readonly WriteRequest _request;

        private bool _isSilent;
        private Cluster _writtenCluster;
        private uint _writtenAttribute;

        /// <summary>Creates a handler.</summary>
        /// <param name="interactions">Keeps a chunked write between its chunks.</param>
        /// <param name="model">What is written.</param>
        /// <param name="access">Who may write what.</param>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="items">Goes through the attributes of a request.</param>
        /// <param name="value">Stands on the present value. Both are used during calls only.</param>
        /// <param name="writer">Writes the responses.</param>
        /// <param name="context">Names the writer to the clusters.</param>
        public WriteHandler(
            InteractionTable interactions,
            DataModel model,
            AccessControl access,
            TlvReader reader,
            TlvReader items,
            TlvReader value,
            TlvWriter writer,
            InteractionContext context)
        {
            _interactions = interactions;
            _model = model;
            _access = access;
            _reader = reader;
            _writer = writer;
            _context = context;
            _request = new WriteRequest(model, reader, items, value);
        }

        /// <summary>Takes in a request, which the protocol's reader has been reset to.</summary>
        /// <param name="exchange">Its exchange.</param>
        /// <param name="row">Its row after a TimedRequest or an earlier chunk; null for none.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="ImStatus.Success"/>, or the status to answer; the row is left to the caller then.</returns>
        public int Receive(Exchange exchange, Interaction row, long now)
        {
            _context.Enter(exchange.Session, now);
            WriteRequest request = _request;
            bool isGroup = exchange.Session.Type == SessionType.Group;
            bool isParsed = request.Parse(exchange.Session.LocalNodeId, isGroup);
            _isSilent = request.SuppressResponse || isGroup;
            if (!isParsed || (request.HasMoreChunks && (request.IsTimedRequest || _isSilent)))
            {
                return ImStatus.InvalidAction;
            }

            int status = InteractionProtocol.CheckTimed(row, request.IsTimedRequest, now);
            if (status != ImStatus.Success)
            {
                return status;
            }

            // A list half written belongs to its writer alone.
            Interaction chunked = _interactions.FindKind(Interaction.Write);
            if (chunked != null && chunked != row)
            {
                return ImStatus.Busy;
            }

            OutboxSlot slot = exchange.NewMessage();
            if (slot == null || request.ResponseLength > slot.PayloadCapacity
                || (request.HasMoreChunks && row == null && _interactions.FindKind(Interaction.None) == null))
            {
                if (slot != null)
                {
                    exchange.Discard(slot);
                }

                return ImStatus.ResourceExhausted;
            }

            _writtenCluster = row == null ? null : row.Cluster;
            _writtenAttribute = row == null ? 0 : row.AttributeId;
            _context.IsTimed = request.IsTimedRequest;
            WriteAll(slot);
            _model.Wake();
            Answer(exchange, row, slot, now);
            return ImStatus.Success;
        }

        private void WriteAll(OutboxSlot slot)
        {
            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartArray(0);
            while (_request.Next())
            {
                uint head = _request.Path.Head;
                if ((head & AttributePath.AnyEndpoint) != 0)
                {
                    WriteEverywhere();
                }
                else
                {
                    WriteItem((int)(head & 0xFFFF), false);
                }
            }

            writer.EndContainer();
            writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
            writer.EndContainer();
        }

        // Writes an attribute of every endpoint that has it, of a group's those that are members, in silence where it may not be.
        private void WriteEverywhere()
        {
            for (int i = 0; i < _model.EndpointCount; i++)
            {
                Endpoint endpoint = _model.GetEndpoint(i);
                if (_model.IsAddressed(_context.Session, endpoint))
                {
                    WriteItem(endpoint.Id, true);
                }
            }
        }

        private void WriteItem(int endpointId, bool isWildcard)
        {
            AttributePath path = _request.Path;
            Endpoint endpoint = _model.Find(endpointId);
            Cluster cluster = endpoint == null ? null : endpoint.Find(path.ClusterId);
            int row = cluster == null ? MatterError.NotFound : cluster.FindAttribute(path.AttributeId);

            // A list goes on being written by who began it, even if that was the access control list itself.
            bool isContinued = cluster != null && cluster == _writtenCluster && path.AttributeId == _writtenAttribute;
            int granted = isContinued ? AccessControl.All : _access.Granted(_context, endpointId, path.ClusterId);
            int status = CheckPath(endpoint, cluster, row, granted, isContinued);
            if (status != ImStatus.Success && isWildcard)
            {
                return;
            }

            if (status == ImStatus.Success)
            {
                status = CheckShape((cluster.GetQuality(row) & Quality.List) != 0);
            }

            if (status == ImStatus.Success)
            {
                _context.EndpointId = endpointId;
                // The same value may go to several endpoints.
                TlvReader value = _reader;
                value.CopyFrom(_request.Value);
                status = path.ListIndex == AttributePath.Append
                    ? cluster.WriteItem(path.AttributeId, value, _context)
                    : cluster.Write(path.AttributeId, value, _context);
            }

            if (status == ImStatus.Success)
            {
                _writtenCluster = cluster;
                _writtenAttribute = path.AttributeId;
            }

            if (!_isSilent)
            {
                TlvWriter writer = _writer;
                writer.StartStructure(TlvTag.Anonymous);
                StatusWriter.PutAttributeStatus(writer, endpointId, path.ClusterId, path.AttributeId, status);
                writer.EndContainer();
            }
        }

        private int CheckPath(Endpoint endpoint, Cluster cluster, int row, int granted, bool isContinued)
        {
            if ((_request.Path.Head & AttributePath.OtherNode) != 0)
            {
                return ImStatus.UnsupportedNode;
            }

            // Without View nothing is told, not even what is missing.
            if (!AccessControl.Includes(granted, Privilege.View))
            {
                return ImStatus.UnsupportedAccess;
            }

            if (row < 0)
            {
                return endpoint == null ? ImStatus.UnsupportedEndpoint
                    : cluster == null ? ImStatus.UnsupportedCluster : ImStatus.UnsupportedAttribute;
            }

            int access = cluster.GetAccess(row);
            int privilege = access >> Access.WriteShift & Access.PrivilegeMask;
            if (privilege == 0)
            {
                return ImStatus.UnsupportedWrite;
            }

            if (!AccessControl.Includes(granted, privilege)
                || ((access & Access.FabricScoped) != 0 && !_access.HasFabric(_context)))
            {
                return ImStatus.UnsupportedAccess;
            }

            if (!_context.IsTimed && (access & Access.TimedWrite) != 0)
            {
                return ImStatus.NeedsTimedInteraction;
            }

            return _request.HasVersion && !isContinued && _request.Version != cluster.DataVersion ? ImStatus.DataVersionMismatch : ImStatus.Success;
        }

        // A list is written as a whole by an array, and only a list is appended to.
        private int CheckShape(bool isList)
        {
            if (_request.Path.ListIndex == AttributePath.Append)
            {
                return isList ? ImStatus.Success : ImStatus.InvalidAction;
            }

            return isList && _request.Value.Type != TlvType.Array ? ImStatus.InvalidDataType : ImStatus.Success;
        }

        private void Answer(Exchange exchange, Interaction row, OutboxSlot slot, long now)
        {
            bool isOver = false;
            if (_isSilent)
            {
                exchange.Discard(slot);
            }
            else
            {
                isOver = exchange.Send(slot, InteractionOpcode.WriteResponse, _writer.Length, true, now) < 0;
            }

            if (_request.HasMoreChunks && !isOver)
            {
                if (row == null)
                {
                    row = _interactions.Take(Interaction.Write, exchange, now);
                }

                row.Cluster = _writtenCluster;
                row.AttributeId = _writtenAttribute;
                _interactions.Await(row, now);
                return;
            }

            // A send that finds its session at its end has aborted the exchange and freed the row.
            if (row != null && row.Exchange == exchange)
            {
                _interactions.Release(row);
            }

            exchange.Close();
        }
    }
}
