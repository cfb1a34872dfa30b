using System;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>The GroupKeySetStruct of a KeySetWrite command (Matter Core 11.2.5.4), read whole before anything changes.</summary>
    internal sealed class KeySetFields
    {
        private const int MaxPolicy = 1;
        private const int TrustFirst = 0;

        private readonly byte[] _keys = new byte[GroupKeyTable.KeysPerSet * GroupKeyTable.KeyLength];
        private readonly ulong[] _startTimes = new ulong[GroupKeyTable.KeysPerSet];
        private int _setId;
        private int _policy;
        private int _count;

        /// <summary>Reads and checks the fields.</summary>
        public int Read(TlvReader fields)
        {
            bool present = false;
            int status = ImStatus.InvalidCommand;
            fields.Enter();
            while (fields.Next())
            {
                if (fields.Tag == 0)
                {
                    present = true;
                    status = ReadSet(fields);
                }
            }

            fields.Exit();
            return fields.Error != 0 || !present ? ImStatus.OfRefusedFields(fields.Error) : status;
        }

        /// <summary>Puts the keys in force.</summary>
        public int Store(GroupKeyTable table, Fabric fabric)
        {
            table.Begin(fabric);
            if (table.BeginSet(_setId, _policy) != 0)
            {
                return ImStatus.ResourceExhausted;
            }

            for (int i = 0; i < _count; i++)
            {
                table.AddKey(_keys, i * GroupKeyTable.KeyLength, _startTimes[i]);
            }

            return table.Commit() == 0 ? ImStatus.Success : ImStatus.Failure;
        }

        /// <summary>Wipes the keys.</summary>
        public void Wipe()
        {
            Array.Clear(_keys, 0, _keys.Length);
        }

        private int ReadSet(TlvReader fields)
        {
            int keys = 0;
            int times = 0;
            int present = 0;
            fields.Enter();
            while (fields.Next())
            {
                int tag = fields.Tag;
                int index = (tag - 2) >> 1;
                if (tag == 0)
                {
                    _setId = (int)fields.GetUnsigned(0xFFFF);
                    present |= 1;
                }
                else if (tag == 1)
                {
                    _policy = (int)fields.GetUnsigned(MaxPolicy);
                    present |= 2;
                }
                else if (index < 0 || index >= GroupKeyTable.KeysPerSet || fields.Type == TlvType.Null)
                {
                    continue;
                }
                else if ((tag & 1) == 0)
                {
                    fields.CopyBytes(_keys, index * GroupKeyTable.KeyLength, GroupKeyTable.KeyLength);
                    keys |= 1 << index;
                }
                else
                {
                    _startTimes[index] = fields.GetUnsigned(ulong.MaxValue);
                    times |= 1 << index;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != 3)
            {
                return ImStatus.InvalidCommand;
            }

            // Cache-and-sync is a feature that this node does not have.
            if (_policy != TrustFirst)
            {
                return ImStatus.InvalidCommand;
            }

            // A first key with a start time that is not zero, each further one later than the one before.
            _count = keys == 1 ? 1 : keys == 3 ? 2 : keys == 7 ? 3 : 0;
            if (_count == 0 || keys != times || _startTimes[0] == 0)
            {
                return ImStatus.InvalidCommand;
            }

            for (int i = 1; i < _count; i++)
            {
                if (_startTimes[i] <= _startTimes[i - 1])
                {
                    return ImStatus.InvalidCommand;
                }
            }

            return ImStatus.Success;
        }
    }
}
