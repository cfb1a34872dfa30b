using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// An InvokeRequest taken apart: looked through as a whole first, then command by command. A batch, that is more than
    /// one command, names each by a reference of its own.
    /// </summary>
    internal sealed class InvokeRequest
    {
        /// <summary><see cref="EndpointId"/> of a path for every endpoint that has the command.</summary>
        public const int NoEndpoint = -1;

        /// <summary><see cref="Reference"/> if the command has none.</summary>
        public const int NoReference = -1;

        /// <summary>SuppressResponse.</summary>
        public bool SuppressResponse;

        /// <summary>TimedRequest.</summary>
        public bool IsTimedRequest;

        /// <summary>Number of commands.</summary>
        public int Count;

        /// <summary>Endpoint or <see cref="NoEndpoint"/>.</summary>
        public int EndpointId;

        /// <summary>Cluster id.</summary>
        public uint ClusterId;

        /// <summary>Command id.</summary>
        public uint CommandId;

        /// <summary>CommandRef or <see cref="NoReference"/>.</summary>
        public int Reference;

        /// <summary>Stands on the fields; on an empty structure if the command has none.</summary>
        public readonly TlvReader Fields;

        private readonly byte[] _noFields = new byte[] { 0x15, 0x18 };
        private readonly TlvReader _reader;
        private readonly TlvReader _commands;

        // Paths and references of the commands so far.
        private readonly int[] _endpointIds = new int[Limits.PathsPerInvoke];
        private readonly uint[] _clusterIds = new uint[Limits.PathsPerInvoke];
        private readonly uint[] _commandIds = new uint[Limits.PathsPerInvoke];
        private readonly int[] _references = new int[Limits.PathsPerInvoke];

        private int _presentMembers;
        private bool _isGroup;

        /// <summary>Creates it.</summary>
        /// <param name="reader">Reads the requests.</param>
        /// <param name="commands">Goes through the commands of a request; free to use, like <paramref name="fields"/>, whenever another begins.</param>
        /// <param name="fields">Stands on the present fields.</param>
        public InvokeRequest(TlvReader reader, TlvReader commands, TlvReader fields)
        {
            _reader = reader;
            _commands = commands;
            Fields = fields;
        }

        /// <summary>Reads the request that the reader has been reset to.</summary>
        /// <param name="isGroup">True for a message to a group: its paths have no endpoint.</param>
        /// <returns>False if it breaks the rules or holds more commands than <see cref="Limits.PathsPerInvoke"/>.</returns>
        public bool Parse(bool isGroup)
        {
            TlvReader reader = _reader;
            _presentMembers = 0;
            _isGroup = isGroup;
            Count = 0;
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        SuppressResponse = reader.GetBoolean();
                        _presentMembers |= 1;
                        break;
                    case 1:
                        IsTimedRequest = reader.GetBoolean();
                        _presentMembers |= 2;
                        break;
                    case 2:
                        ParseCommands();
                        break;
                }
            }

            if (reader.Finish() != 0 || _presentMembers != 3 || Count == 0)
            {
                return false;
            }

            return Count == 1 ? !isGroup || EndpointId == NoEndpoint : IsBatch();
        }

        /// <summary>Goes to the next command of a batch, at first the first; the only one of another request is there from the beginning.</summary>
        public void Next()
        {
            _commands.Next();
            ParseCommand(_commands);
        }

        private void ParseCommands()
        {
            TlvReader reader = _reader;
            if (reader.Type != TlvType.Array || Count != 0)
            {
                reader.Fail(MatterError.WrongType);
                return;
            }

            reader.Enter();
            _commands.CopyFrom(reader);
            while (reader.Next())
            {
                ParseCommand(reader);
                int count = Count;
                if (count == Limits.PathsPerInvoke)
                {
                    reader.Fail(MatterError.OutOfRange);
                    return;
                }

                _endpointIds[count] = EndpointId;
                _clusterIds[count] = ClusterId;
                _commandIds[count] = CommandId;
                _references[count] = Reference;
                Count = count + 1;
            }

            reader.Exit();
        }

        // Whether every command of more than one has a reference and a path of its own, which names an endpoint but to a group.
        private bool IsBatch()
        {
            for (int i = 0; i < Count; i++)
            {
                if (_references[i] == NoReference || (_endpointIds[i] == NoEndpoint) != _isGroup)
                {
                    return false;
                }

                for (int j = 0; j < i; j++)
                {
                    if (_references[i] == _references[j]
                        || (_commandIds[i] == _commandIds[j] && _clusterIds[i] == _clusterIds[j] && _endpointIds[i] == _endpointIds[j]))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        private void ParseCommand(TlvReader reader)
        {
            bool hasPath = false;
            Reference = NoReference;
            Fields.Reset(_noFields, 0, _noFields.Length);
            Fields.Next();
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
                        ParsePath(reader);
                        hasPath = true;
                        break;
                    case 1:
                        Fields.CopyFrom(reader);
                        break;
                    case 2:
                        Reference = (int)reader.GetUnsigned(0xFFFF);
                        break;
                }
            }

            reader.Exit();
            if (!hasPath)
            {
                reader.Fail(MatterError.NotFound);
            }
        }

        private void ParsePath(TlvReader reader)
        {
            EndpointId = NoEndpoint;
            int present = 0;
            if (reader.Type != TlvType.List)
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
                        EndpointId = (int)reader.GetUnsigned(0xFFFF);
                        break;
                    case 1:
                        ClusterId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        present |= 1;
                        break;
                    case 2:
                        CommandId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        present |= 2;
                        break;
                }
            }

            reader.Exit();
            if (present != 3)
            {
                reader.Fail(MatterError.NotFound);
            }
        }
    }
}
