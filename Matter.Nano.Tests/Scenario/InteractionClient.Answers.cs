using System;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <content>What was received.</content>
    internal sealed partial class InteractionClient
    {
        /// <summary>Opcode of a message received.</summary>
        public int Opcode(int index) { return index < Count ? _opcodes[index] : -1; }

        /// <summary>Opcode of the last message received; -1 if there is none.</summary>
        public int LastOpcode { get { return Count == 0 ? -1 : _opcodes[Count - 1]; } }

        /// <summary>Length of a message received in bytes.</summary>
        public int Length(int index) { return _messages[index].Length; }

        /// <summary>Bytes of a message received.</summary>
        public byte[] Message(int index) { return _messages[index]; }

        /// <summary>How many messages of an opcode were received.</summary>
        public int CountOf(int opcode)
        {
            int count = 0;
            for (int i = 0; i < Count; i++)
            {
                if (_opcodes[i] == opcode) count++;
            }
            return count;
        }

        /// <summary>How many messages came on exchanges that the server opened.</summary>
        public int UnsolicitedCount
        {
            get
            {
                int count = 0;
                for (int i = 0; i < Count; i++)
                {
                    if (_isUnsolicited[i]) count++;
                }
                return count;
            }
        }

        /// <summary>Status of the last message if it is a StatusResponse, otherwise -1.</summary>
        public int Status
        {
            get
            {
                if (LastOpcode != InteractionOpcode.StatusResponse || !Seek(Count - 1, 0)) return -1;
                return (int)_reader.GetUnsigned(0xFF);
            }
        }

        /// <summary>A boolean member of a message; false if it is missing.</summary>
        public bool GetBoolean(int index, int tag) { return Seek(index, tag) && _reader.GetBoolean(); }

        /// <summary>A number of a message; -1 if it is missing.</summary>
        public long GetUnsigned(int index, int tag) { return Seek(index, tag) ? (long)_reader.GetUnsigned(0xFFFFFFFF) : -1; }

        /// <summary>Whether a message has a member.</summary>
        public bool Has(int index, int tag) { return Seek(index, tag); }

        /// <summary>Reader of all that was received; see <see cref="ReportReader"/>.</summary>
        public ReportReader Reports() { return new ReportReader(this); }

        /// <summary>Reader of the events in all that was received.</summary>
        public EventReader Events() { return new EventReader(this); }

        /// <summary>Status of an attribute in the WriteResponse that came last, by position; -1 if there is none.</summary>
        public int WriteStatus(int position)
        {
            if (LastOpcode != InteractionOpcode.WriteResponse || !Seek(Count - 1, 0)) return -1;
            TlvReader reader = _reader;
            reader.Enter();
            for (int i = 0; reader.Next(); i++)
            {
                if (i == position) return StatusIn(reader, 1);
            }
            return -1;
        }

        /// <summary>
        /// Status of a command in the InvokeResponse that came last, by position: -1 if there is none, -2 if there is a
        /// response command instead.
        /// </summary>
        public int InvokeStatus(int position)
        {
            if (!SeekInvokeResponse(position)) return -1;
            _reader.Enter();
            _reader.Next();
            return _reader.Tag == 0 ? -2 : StatusIn(_reader, 1);
        }

        /// <summary>
        /// Status of the command with a reference in the InvokeResponses since <see cref="Clear"/>: -1 if there is none, -2 if
        /// there is a response command instead.
        /// </summary>
        public int BatchStatus(int reference)
        {
            TlvReader reader = _reader;
            TlvReader member = new TlvReader();
            int found = -1;
            for (int i = 0; i < Count; i++)
            {
                if (_opcodes[i] != InteractionOpcode.InvokeResponse || !Seek(i, 1)) continue;
                reader.Enter();
                while (reader.Next())
                {
                    reader.Enter();
                    reader.Next();
                    bool isResponse = reader.Tag == 0;
                    member.CopyFrom(reader);
                    int status = isResponse ? -2 : StatusIn(member, 1);
                    reader.Enter();
                    while (reader.Next())
                    {
                        if (reader.Tag != 2 || (int)reader.GetUnsigned(0xFFFF) != reference) continue;
                        if (found != -1) throw new Exception("two responses to " + reference);
                        found = status;
                    }
                    reader.Exit();
                    reader.Exit();
                }
            }
            return found;
        }

        /// <summary>Moves a reader to the fields of the response command in the InvokeResponse that came last.</summary>
        /// <returns>The response command's id, or -1 if there is none.</returns>
        public long SeekResponse(int position, TlvReader fields)
        {
            if (!SeekInvokeResponse(position)) return -1;
            TlvReader reader = _reader;
            reader.Enter();
            reader.Next();
            if (reader.Tag != 0) return -1;
            long command = -1;
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag == 1) fields.CopyFrom(reader);
                if (reader.Tag != 0) continue;
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 2) command = (long)reader.GetUnsigned(0xFFFFFFFF);
                }
                reader.Exit();
            }
            return command;
        }

        /// <summary>Moves a reader to a message.</summary>
        internal void Open(int index, TlvReader reader)
        {
            reader.Reset(_messages[index], 0, _messages[index].Length);
            reader.EnterMessage();
        }

        // Every message is one structure with nothing behind it that ends with the revision.
        private void CheckFormat(int index)
        {
            TlvReader reader = _reader;
            Open(index, reader);
            int last = -1;
            while (reader.Next())
            {
                if (reader.Tag <= last) throw new Exception("tags out of order");
                last = reader.Tag;
            }
            if (reader.Finish() != 0 || last != 0xFF) throw new Exception("malformed message");
        }

        private bool Seek(int index, int tag)
        {
            Open(index, _reader);
            while (_reader.Next())
            {
                if (_reader.Tag == tag) return true;
            }
            return false;
        }

        private bool SeekInvokeResponse(int position)
        {
            if (LastOpcode != InteractionOpcode.InvokeResponse || !Seek(Count - 1, 1)) return false;
            _reader.Enter();
            for (int i = 0; _reader.Next(); i++)
            {
                if (i == position) return true;
            }
            return false;
        }

        // The status in a StatusIB that is a member of the container entered or about to be: status | cluster status << 8.
        internal static int StatusIn(TlvReader reader, int tag)
        {
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag != tag) continue;
                int status = -1;
                reader.Enter();
                while (reader.Next())
                {
                    if (reader.Tag == 0) status = (int)reader.GetUnsigned(0xFF);
                    if (reader.Tag == 1) status |= (int)reader.GetUnsigned(0xFF) << 8;
                }
                return status;
            }
            return -1;
        }
    }
}
