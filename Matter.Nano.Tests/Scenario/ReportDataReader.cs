using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>Goes through the reports of one kind in all ReportData messages that a client has received, one by one.</summary>
    internal abstract class ReportDataReader
    {
        private readonly InteractionClient _client;
        private readonly int _arrayTag;
        private int _message = -1;
        private bool _isInArray;

        /// <summary>Stands before the first message.</summary>
        /// <param name="client">Has received the messages.</param>
        /// <param name="arrayTag">Member of ReportData that holds the reports.</param>
        protected ReportDataReader(InteractionClient client, int arrayTag)
        {
            _client = client;
            _arrayTag = arrayTag;
        }

        /// <summary>The message that the present report stands in.</summary>
        public int Message { get { return _message; } }

        /// <summary>Status of a report that holds no data; -1 otherwise.</summary>
        public int Status { get; private set; }

        protected TlvReader Reader { get; } = new TlvReader();

        /// <summary>Moves to the next report.</summary>
        public bool Next()
        {
            while (!_isInArray || !Reader.Next())
            {
                if (!NextArray()) return false;
            }

            Status = -1;
            Parse();
            return true;
        }

        /// <summary>Reads the report that the reader stands on.</summary>
        protected abstract void Parse();

        /// <summary>Takes one member of a path.</summary>
        protected abstract void ParsePathMember();

        protected void ParsePath()
        {
            TlvReader reader = Reader;
            if (reader.Type != TlvType.List) throw new Exception("path is no list");
            reader.Enter();
            while (reader.Next()) ParsePathMember();
            reader.Exit();
        }

        protected void ParseStatus()
        {
            TlvReader reader = Reader;
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag == 0) Status = (int)reader.GetUnsigned(0xFF);
                if (reader.Tag == 1) Status |= (int)reader.GetUnsigned(0xFF) << 8;
            }
            reader.Exit();
        }

        private bool NextArray()
        {
            _isInArray = false;
            while (++_message < _client.Count)
            {
                if (_client.Opcode(_message) != InteractionOpcode.ReportData) continue;
                _client.Open(_message, Reader);
                while (Reader.Next())
                {
                    if (Reader.Tag != _arrayTag) continue;
                    Reader.Enter();
                    _isInArray = true;
                    return true;
                }
            }
            return false;
        }
    }
}
