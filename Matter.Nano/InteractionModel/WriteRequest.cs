using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>A WriteRequest taken apart: looked through as a whole first, then attribute by attribute.</summary>
    internal sealed class WriteRequest
    {
        // An AttributeStatusIB around its path: two structures and their ends, StatusIB with both its members.
        private const int StatusOverhead = 1 + 2 + 3 + 3 + 1 + 1;

        // WriteResponse around its statuses.
        private const int ResponseOverhead = 1 + 2 + 1 + 3 + 1;

        /// <summary>SuppressResponse.</summary>
        public bool SuppressResponse;

        /// <summary>TimedRequest.</summary>
        public bool IsTimedRequest;

        /// <summary>MoreChunkedMessages.</summary>
        public bool HasMoreChunks;

        /// <summary>Largest length in bytes of the response.</summary>
        public int ResponseLength;

        /// <summary>Path of the present attribute.</summary>
        public readonly AttributePath Path = new AttributePath();

        /// <summary>Stands on the value of the present attribute.</summary>
        public readonly TlvReader Value;

        /// <summary>Whether the present attribute comes with a DataVersion.</summary>
        public bool HasVersion;

        /// <summary>DataVersion that the present attribute's cluster must have.</summary>
        public uint Version;

        private readonly DataModel _model;
        private readonly TlvReader _reader;
        private readonly TlvReader _items;
        private ulong _nodeId;
        private bool _isGroup;
        private bool _hasTimedRequest;
        private bool _hasItems;

        /// <summary>Creates it.</summary>
        /// <param name="model">What is written.</param>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="items">Goes through the attributes of a request; free to use, like <paramref name="value"/>, whenever another begins.</param>
        /// <param name="value">Stands on the present value.</param>
        public WriteRequest(DataModel model, TlvReader reader, TlvReader items, TlvReader value)
        {
            _model = model;
            _reader = reader;
            _items = items;
            Value = value;
        }

        /// <summary>Reads the request that the reader has been reset to.</summary>
        /// <param name="nodeId">This node's id in the session; 0 if none.</param>
        /// <param name="isGroup">True for a message to a group: its paths have no endpoint.</param>
        /// <returns>False if it breaks the rules.</returns>
        public bool Parse(ulong nodeId, bool isGroup)
        {
            TlvReader reader = _reader;
            _nodeId = nodeId;
            _isGroup = isGroup;
            _hasTimedRequest = false;
            IsTimedRequest = false;
            _hasItems = false;
            SuppressResponse = false;
            HasMoreChunks = false;
            ResponseLength = ResponseOverhead;
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        SuppressResponse = reader.GetBoolean();
                        break;
                    case 1:
                        IsTimedRequest = reader.GetBoolean();
                        _hasTimedRequest = true;
                        break;
                    case 2:
                        ParseItems();
                        break;
                    case 3:
                        HasMoreChunks = reader.GetBoolean();
                        break;
                }
            }

            return reader.Finish() == 0 && _hasTimedRequest && _hasItems;
        }

        /// <summary>Goes to the next attribute, at first the first.</summary>
        /// <returns>False if there is none.</returns>
        public bool Next()
        {
            if (!_items.Next())
            {
                return false;
            }

            ParseItem(_items);
            return true;
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
            Path.Reset();
            reader.Enter();
            _items.CopyFrom(reader);
            while (reader.Next())
            {
                ParseItem(reader);
                if (!IsWritable())
                {
                    reader.Fail(MatterError.OutOfRange);
                }

                ResponseLength += StatusCount() * (Path.EncodedLength + StatusOverhead);
            }

            reader.Exit();

            // For the first of them to be read again.
            Path.Reset();
        }

        // Whether a write may name the path: cluster and attribute always, an endpoint but to a group; versions are of one cluster.
        private bool IsWritable()
        {
            uint wildcard = Path.Head & AttributePath.Wildcard;
            return Path.ListIndex < 0
                && (wildcard == AttributePath.AnyEndpoint ? !HasVersion : wildcard == 0 && !_isGroup);
        }

        // How many statuses may answer the path.
        private int StatusCount()
        {
            if ((Path.Head & AttributePath.AnyEndpoint) == 0)
            {
                return 1;
            }

            int count = 0;
            for (int i = 0; i < _model.EndpointCount; i++)
            {
                if (_model.GetEndpoint(i).Find(Path.ClusterId) != null)
                {
                    count++;
                }
            }

            return count;
        }

        // Reads an AttributeDataIB.
        private void ParseItem(TlvReader reader)
        {
            bool hasPath = false;
            bool hasValue = false;
            HasVersion = false;
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
                        Version = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        HasVersion = true;
                        break;
                    case 1:
                        Path.Read(reader, _nodeId, _model.ConfigurationVersion);
                        hasPath = true;
                        break;
                    case 2:
                        Value.CopyFrom(reader);
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

    }
}
