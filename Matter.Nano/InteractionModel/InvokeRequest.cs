using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>An InvokeRequest of one command, taken apart.</summary>
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

        /// <summary>Endpoint or <see cref="NoEndpoint"/>.</summary>
        public int EndpointId;

        /// <summary>Cluster id.</summary>
        public uint ClusterId;

        /// <summary>Command id.</summary>
        public uint CommandId;

        /// <summary>CommandRef or <see cref="NoReference"/>.</summary>
        public int Reference;

        /// <summary>Stands on the fields; on an empty structure if the command has none.</summary>
        public readonly TlvReader Fields = new TlvReader();

        private readonly byte[] _noFields = new byte[] { 0x15, 0x18 };
        private readonly TlvReader _reader;
        private int _presentMembers;
        private int _commandCount;

        /// <summary>Creates it.</summary>
        /// <param name="reader">Reads the requests.</param>
        public InvokeRequest(TlvReader reader)
        {
            _reader = reader;
        }

        /// <summary>Reads the request that the reader has been reset to.</summary>
        /// <returns>False if it breaks the rules or holds more than one command.</returns>
        public bool Parse()
        {
            TlvReader reader = _reader;
            _presentMembers = 0;
            _commandCount = 0;
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

            return reader.Finish() == 0 && _presentMembers == 3 && _commandCount == 1;
        }

        private void ParseCommands()
        {
            TlvReader reader = _reader;
            if (reader.Type != TlvType.Array)
            {
                reader.Fail(MatterError.WrongType);
                return;
            }

            reader.Enter();
            while (reader.Next())
            {
                _commandCount++;
                ParseCommand();
            }

            reader.Exit();
        }

        private void ParseCommand()
        {
            TlvReader reader = _reader;
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
                        ParsePath();
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

        private void ParsePath()
        {
            TlvReader reader = _reader;
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
