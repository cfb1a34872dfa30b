using System;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>The GroupKeySetStruct of a KeySetWrite command (Matter Core 11.2.5.4), read whole and its keys derived before anything changes.</summary>
    internal sealed class KeySetFields
    {
        private const int MaxPolicy = 1;
        private const int TrustFirst = 0;

        // Epoch keys as read; Derive puts the operational keys in their place.
        private readonly byte[] _keys = new byte[GroupKeyTable.KeysPerSet * GroupKeyTable.KeyLength];
        private readonly ushort[] _sessionIds = new ushort[GroupKeyTable.KeysPerSet];
        private readonly ulong[] _startTimes = new ulong[GroupKeyTable.KeysPerSet];
        private int _setId;
        private int _policy;
        private int _count;
        private int _derived;   // keys and session ids, in turn

        /// <summary>Reads and checks the fields.</summary>
        public int Read(TlvReader fields)
        {
            bool present = false;
            int status = ImStatus.InvalidCommand;
            _derived = 0;
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

        /// <summary>Derives one operational key, or its session id.</summary>
        /// <returns>False if all are there: nothing was done.</returns>
        public bool Derive(GroupKeyTable table, Fabric fabric)
        {
            int key = _derived >> 1;
            if (key == _count)
            {
                return false;
            }

            int offset = key * GroupKeyTable.KeyLength;
            if ((_derived & 1) == 0)
            {
                table.DeriveKey(_keys, offset, _keys, offset, fabric.CompressedId);
            }
            else
            {
                _sessionIds[key] = (ushort)table.DeriveSessionId(_keys, offset);
            }

            _derived++;
            return true;
        }

        /// <summary>Puts the keys in force, once all are derived.</summary>
        public int Store(GroupKeyTable table, Fabric fabric)
        {
            table.Begin(fabric);
            if (table.BeginSet(_setId, _policy) != 0)
            {
                return ImStatus.ResourceExhausted;
            }

            for (int i = 0; i < _count; i++)
            {
                table.AddOperationalKey(_keys, i * GroupKeyTable.KeyLength, _sessionIds[i], _startTimes[i]);
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
