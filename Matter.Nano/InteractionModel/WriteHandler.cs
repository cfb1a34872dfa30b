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
        // An AttributeStatusIB around its path: two structures and their ends, StatusIB with both its members.
        private const int StatusOverhead = 1 + 2 + 3 + 3 + 1 + 1;

        // WriteResponse around its statuses.
        private const int ResponseOverhead = 1 + 2 + 1 + 3 + 1;

        private readonly InteractionTable _interactions;
        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly InteractionContext _context;
        private readonly TlvReader _reader;
        private readonly TlvWriter _writer;
        private readonly TlvReader _items = new TlvReader();
        private readonly TlvReader _value = new TlvReader();
        private readonly AttributePath _path = new AttributePath();

        private bool _isGroup;
        private bool _hasTimedRequest;
        private bool _isTimedRequest;
        private bool _hasItems;
        private bool _suppressResponse;
        private bool _hasMoreChunks;
        private int _responseLength;

        private bool _hasVersion;
        private uint _version;
        private Cluster _writtenCluster;
        private uint _writtenAttribute;

        /// <summary>Creates a handler.</summary>
        /// <param name="interactions">Keeps a chunked write between its chunks.</param>
        /// <param name="model">What is written.</param>
        /// <param name="access">Who may write what.</param>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="writer">Writes the responses.</param>
        /// <param name="context">Names the writer to the clusters.</param>
        public WriteHandler(
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
        }

        /// <summary>Takes in a request, which the protocol's reader has been reset to.</summary>
        /// <param name="exchange">Its exchange.</param>
        /// <param name="row">Its row after a TimedRequest or an earlier chunk; null for none.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="ImStatus.Success"/>, or the status to answer; the row is left to the caller then.</returns>
        public int Receive(Exchange exchange, Interaction row, long now)
        {
            _context.Enter(exchange.Session, now);
            _isGroup = exchange.Session.Type == SessionType.Group;
            bool isParsed = Parse();
            _suppressResponse |= _isGroup;
            if (!isParsed || (_hasMoreChunks && (_isTimedRequest || _suppressResponse)))
            {
                return ImStatus.InvalidAction;
            }

            int status = InteractionProtocol.CheckTimed(row, _isTimedRequest, now);
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
            if (slot == null || _responseLength > slot.PayloadCapacity
                || (_hasMoreChunks && row == null && _interactions.FindKind(Interaction.None) == null))
            {
                if (slot != null)
                {
                    exchange.Discard(slot);
                }

                return ImStatus.ResourceExhausted;
            }

            _writtenCluster = row == null ? null : row.Cluster;
            _writtenAttribute = row == null ? 0 : row.AttributeId;
            _context.IsTimed = _isTimedRequest;
            WriteAll(slot);
            _model.Wake();
            Answer(exchange, row, slot, now);
            return ImStatus.Success;
        }

        // Looks through everything without acting.
        private bool Parse()
        {
            TlvReader reader = _reader;
            _hasTimedRequest = false;
            _isTimedRequest = false;
            _hasItems = false;
            _suppressResponse = false;
            _hasMoreChunks = false;
            _responseLength = ResponseOverhead;
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        _suppressResponse = reader.GetBoolean();
                        break;
                    case 1:
                        _isTimedRequest = reader.GetBoolean();
                        _hasTimedRequest = true;
                        break;
                    case 2:
                        ParseItems();
                        break;
                    case 3:
                        _hasMoreChunks = reader.GetBoolean();
                        break;
                }
            }

            return reader.Finish() == 0 && _hasTimedRequest && _hasItems;
        }

        private void ParseItems()
        {
            TlvReader reader = _reader;
            if (reader.Type != TlvType.Array || _hasItems)
            {
                reader.Fail(MatterError.WrongType);
                return;
            }

            _hasItems = true;
            _items.CopyFrom(reader);
            _path.Reset();
            reader.Enter();
            while (reader.Next())
            {
                ParseItem(reader);
                if ((_path.Head & AttributePath.Wildcard) != (_isGroup ? AttributePath.AnyEndpoint : 0) || _path.ListIndex >= 0)
                {
                    reader.Fail(MatterError.OutOfRange);
                }
            }

            reader.Exit();
        }

        // Reads an AttributeDataIB: path and version into fields, the place of the value into _value.
        private void ParseItem(TlvReader reader)
        {
            bool hasPath = false;
            bool hasValue = false;
            _hasVersion = false;
            if (reader.Type != TlvType.Structure)
            {
                reader.Fail(MatterError.WrongType);
                return;
            }

            reader.Enter();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        _version = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        _hasVersion = true;
                        break;
                    case 1:
                        _path.Read(reader, _context.Session.LocalNodeId);
                        _responseLength += _path.EncodedLength + StatusOverhead;
                        hasPath = true;
                        break;
                    case 2:
                        _value.CopyFrom(reader);
                        hasValue = true;
                        break;
                }
            }

            reader.Exit();
            if (!hasPath || !hasValue)
            {
                reader.Fail(MatterError.NotFound);
            }
        }

        private void WriteAll(OutboxSlot slot)
        {
            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartArray(0);
            TlvReader items = _items;
            _path.Reset();
            items.Enter();
            while (items.Next())
            {
                ParseItem(items);
                if (_isGroup)
                {
                    WriteMembers();
                    continue;
                }

                int status = WriteItem((int)(_path.Head & 0xFFFF));
                writer.StartStructure(TlvTag.Anonymous);
                StatusWriter.PutAttributeStatus(writer, (int)(_path.Head & 0xFFFF), _path.ClusterId, _path.AttributeId, status);
                writer.EndContainer();
            }

            writer.EndContainer();
            writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
            writer.EndContainer();
        }

        // Writes an attribute of each endpoint of the group, in silence where it may not be.
        private void WriteMembers()
        {
            for (int i = 0; i < _model.EndpointCount; i++)
            {
                Endpoint endpoint = _model.GetEndpoint(i);
                if (_model.IsAddressed(_context.Session, endpoint))
                {
                    WriteItem(endpoint.Id);
                }
            }
        }

        private int WriteItem(int endpointId)
        {
            Endpoint endpoint = _model.Find(endpointId);
            Cluster cluster = endpoint == null ? null : endpoint.Find(_path.ClusterId);
            int row = cluster == null ? MatterError.NotFound : cluster.FindAttribute(_path.AttributeId);

            // A list goes on being written by who began it, even if that was the access control list itself.
            bool isContinued = cluster != null && cluster == _writtenCluster && _path.AttributeId == _writtenAttribute;
            _hasVersion &= !isContinued;
            int granted = isContinued ? AccessControl.All : _access.Granted(_context, endpointId, _path.ClusterId);
            int status = CheckItem(endpoint, cluster, row, granted);
            if (status == ImStatus.Success)
            {
                _context.EndpointId = endpointId;
                // The same value may go to several endpoints.
                TlvReader value = _reader;
                value.CopyFrom(_value);
                status = _path.ListIndex == AttributePath.Append
                    ? cluster.WriteItem(_path.AttributeId, value, _context)
                    : cluster.Write(_path.AttributeId, value, _context);
            }

            if (status == ImStatus.Success)
            {
                _writtenCluster = cluster;
                _writtenAttribute = _path.AttributeId;
            }

            return status;
        }

        private int CheckItem(Endpoint endpoint, Cluster cluster, int row, int granted)
        {
            if ((_path.Head & AttributePath.OtherNode) != 0)
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

            if (_hasVersion && _version != cluster.DataVersion)
            {
                return ImStatus.DataVersionMismatch;
            }

            bool isList = (cluster.GetQuality(row) & Quality.List) != 0;
            if (_path.ListIndex == AttributePath.Append)
            {
                return isList ? ImStatus.Success : ImStatus.InvalidAction;
            }

            return isList && _value.Type != TlvType.Array ? ImStatus.InvalidDataType : ImStatus.Success;
        }

        private void Answer(Exchange exchange, Interaction row, OutboxSlot slot, long now)
        {
            bool isOver = false;
            if (_suppressResponse)
            {
                exchange.Discard(slot);
            }
            else
            {
                isOver = exchange.Send(slot, InteractionOpcode.WriteResponse, _writer.Length, true, now) < 0;
            }

            if (_hasMoreChunks && !isOver)
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
