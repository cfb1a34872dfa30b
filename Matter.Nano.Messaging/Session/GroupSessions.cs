using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;
using Matter.Nano.Platform;

namespace Matter.Nano.Sessions
{
    /// <summary>
    /// Messages to groups. Of one received, finds the operational group key by the group session id among those of
    /// all fabrics, and tells what its sender has sent before. One sent gets the group's current key and this node's own
    /// counter, which never comes back to a value.
    /// </summary>
    /// <remarks>
    /// The first message of a sender is trusted to be new. Each fabric has <see cref="Limits.GroupSendersPerFabric"/> senders
    /// in fixed rows; a further one takes the place of the one heard longest ago, of which an old message would then be
    /// trusted again.
    /// </remarks>
    public sealed class GroupSessions
    {
        private const int SendersPerFabric = Limits.GroupSendersPerFabric;

        // "PrivacyKey"
        private static readonly byte[] PrivacyInfo = { 0x50, 0x72, 0x69, 0x76, 0x61, 0x63, 0x79, 0x4B, 0x65, 0x79 };

        private readonly FabricTable _fabrics;
        private readonly KeyDerivation _derivation;
        private readonly AesCcm _aesCcm;
        private readonly MessageSecurity _security;
        private readonly byte[] _privacyKey = new byte[GroupKeyTable.KeyLength];
        private readonly PersistedCounter _counter;

        // Rows of senders, a fabric's one after another; node id 0 marks a free one.
        private readonly ulong[] _senders = new ulong[Limits.Fabrics * SendersPerFabric];
        private readonly long[] _heardMs = new long[Limits.Fabrics * SendersPerFabric];
        private readonly ulong[] _windows = new ulong[Limits.Fabrics * SendersPerFabric];

        private int _row;       // the sender of the message opened last
        private bool _isKnown;  // or where to put it

        /// <summary>Creates the rows.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="fabrics">The node's fabrics with their group keys.</param>
        /// <param name="store">Where the message counter persists.</param>
        public GroupSessions(CryptoSuite crypto, FabricTable fabrics, IKeyValueStore store)
        {
            _counter = new PersistedCounter(store, StoreKey.GroupDataCounter, crypto.Random, uint.MaxValue);
            _fabrics = fabrics;
            _derivation = crypto.KeyDerivation;
            _aesCcm = crypto.AesCcm;
            _security = new MessageSecurity(crypto.AesCcm);
        }

        /// <summary>The session of the message opened last.</summary>
        public Session Session { get; } = new Session(false);

        /// <summary>
        /// Whether messages sent hide counter, source and destination in their headers; false at first, for some members
        /// (those made with matter.js) don't understand it.
        /// </summary>
        public bool HidesHeaders { get; set; }

        /// <summary>The counter of the message sent last.</summary>
        internal uint LastCounter { get { return (uint)_counter.Value; } }

        /// <summary>Starts over with a fabric that was just added: its row's senders were another's.</summary>
        /// <param name="fabric">The fabric.</param>
        public void FabricAdded(Fabric fabric)
        {
            Array.Clear(_senders, fabric.Row * SendersPerFabric, SendersPerFabric);
        }

        /// <summary>
        /// Checks a message and decrypts it in place, trying every key with its session id whose set its group uses. One that no
        /// key opens is left as it was.
        /// </summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="header">Its header, parsed; with its hidden fields afterwards.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// Length of header and plaintext; <see cref="MatterError.InvalidMessage"/> for what is too short or names no source,
        /// <see cref="MatterError.NotFound"/> if no key has that session id, <see cref="MatterError.AuthenticationFailed"/>, or
        /// <see cref="MatterError.Duplicate"/>, also for what this node sent itself.
        /// </returns>
        internal int Open(byte[] buffer, int length, MessageHeader header, long now)
        {
            if (!header.HasSource || length < header.Length + AesCcm.TagLength) return MatterError.InvalidMessage;
            GroupKeyTable keys = _fabrics.GroupKeys;
            int result = MatterError.NotFound;
            for (int row = 0; row < _fabrics.Capacity; row++)
            {
                Fabric fabric = _fabrics.GetRow(row);
                if (fabric.Index == 0) continue;
                int firstSet = keys.GetFirst(fabric);
                for (int set = firstSet; set < firstSet + Limits.GroupKeySetsPerFabric; set++)
                {
                    int key = keys.GetFirstKey(set);
                    for (int end = key + keys.GetKeyCount(set); key < end; key++)
                    {
                        if (keys.GetSessionId(key) != header.SessionId) continue;
                        result = TryKey(buffer, length, header, fabric, keys.GetSetId(set), key);
                        if (result < 0) continue;
                        _aesCcm.ForgetKeys();
                        Session.BeginGroup(fabric.Index, header.DestinationGroupId, header.SourceNodeId, now);
                        return header.SourceNodeId != fabric.NodeId && FindSender(fabric, header) ? result : MatterError.Duplicate;
                    }
                }
            }
            if (result != MatterError.NotFound) _aesCcm.ForgetKeys();
            return result;
        }

        /// <summary>The message opened last is processed: it is not new any more.</summary>
        /// <param name="header">Its header.</param>
        /// <param name="now">Monotonic ms.</param>
        internal void Accept(MessageHeader header, long now)
        {
            _windows[_row] = _isKnown
                ? ReceptionWindow.Accept(_windows[_row], ReceptionWindow.Group, header.Counter)
                : ReceptionWindow.StartAt(ReceptionWindow.Group, header.Counter);
            _senders[_row] = header.SourceNodeId;
            _heardMs[_row] = now;
        }

        /// <summary>Puts the message header before a message to a group and the tag behind it, and encrypts in place.</summary>
        /// <param name="buffer">Holds payload header and payload, with <see cref="MessageHeader.GroupLength"/> bytes of room before and 16 behind them.</param>
        /// <param name="offset">First byte of the payload header.</param>
        /// <param name="length">Length of both in bytes.</param>
        /// <param name="fabric">The group's fabric.</param>
        /// <param name="groupId">The group.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// Length of the message; <see cref="MatterError.NotFound"/> if the fabric has no key for the group, or an error of
        /// <see cref="PersistedCounter.Next"/>.
        /// </returns>
        internal int Seal(byte[] buffer, int offset, int length, Fabric fabric, int groupId, long now)
        {
            int key = FindCurrentKey(fabric, groupId, now);
            if (key < 0) return key;
            int result = _counter.Next();
            if (result < 0) return result;
            GroupKeyTable keys = _fabrics.GroupKeys;
            int keyOffset = key * GroupKeyTable.KeyLength;
            int sessionId = keys.GetSessionId(key);
            int start = MessageHeader.PrependGroup(buffer, offset, sessionId, (uint)_counter.Value, fabric.NodeId, groupId, HidesHeaders);
            result = _security.Seal(
                buffer, start, MessageHeader.GroupLength, MessageHeader.GroupLength + length, keys.Keys, keyOffset, fabric.NodeId);
            if (HidesHeaders)
            {
                DerivePrivacyKey(_privacyKey, keys.Keys, keyOffset);
                _security.HideGroupHeader(buffer, start, sessionId, result, _privacyKey, 0);
                Array.Clear(_privacyKey, 0, _privacyKey.Length);
            }
            _aesCcm.ForgetKeys();
            return result;
        }

        /// <summary>Derives the key that hides the headers of messages under an operational key.</summary>
        /// <param name="privacyKey">Receives 16 bytes.</param>
        /// <param name="key">Holds the operational key, 16 bytes.</param>
        /// <param name="keyOffset">First byte.</param>
        internal void DerivePrivacyKey(byte[] privacyKey, byte[] key, int keyOffset)
        {
            _derivation.Hkdf(
                privacyKey, 0, GroupKeyTable.KeyLength, key, keyOffset, GroupKeyTable.KeyLength,
                null, 0, 0, PrivacyInfo, 0, PrivacyInfo.Length);
        }

        private int TryKey(byte[] buffer, int length, MessageHeader header, Fabric fabric, int setId, int key)
        {
            GroupKeyTable keys = _fabrics.GroupKeys;
            int keyOffset = key * GroupKeyTable.KeyLength;
            int result = MatterError.AuthenticationFailed;
            bool isPrivate = header.IsPrivate;
            if (isPrivate)
            {
                DerivePrivacyKey(_privacyKey, keys.Keys, keyOffset);
                _security.ToggleHeaderPrivacy(buffer, 0, header, length, _privacyKey, 0);
                header.Parse(buffer, 0, length);
            }
            if (OperationalId.IsNodeId(header.SourceNodeId) && FindSetId(fabric, header.DestinationGroupId) == setId)
            {
                result = _security.TryOpen(buffer, 0, header.Length, length, keys.Keys, keyOffset, header.SourceNodeId);
            }
            if (isPrivate)
            {
                if (result < 0) _security.ToggleHeaderPrivacy(buffer, 0, header, length, _privacyKey, 0);
                Array.Clear(_privacyKey, 0, _privacyKey.Length);
            }
            return result;
        }

        private int FindSetId(Fabric fabric, int groupId)
        {
            GroupKeyTable keys = _fabrics.GroupKeys;
            for (int i = keys.GetGroupCount(fabric) - 1; i >= 0; i--)
            {
                if (keys.GetGroupId(fabric, i) == groupId) return keys.GetGroupSetId(fabric, i);
            }
            return MatterError.NotFound;
        }

        private int FindCurrentKey(Fabric fabric, int groupId, long now)
        {
            GroupKeyTable keys = _fabrics.GroupKeys;
            int set = keys.Find(fabric, FindSetId(fabric, groupId));
            return set < 0 ? set : keys.GetCurrentKey(set, _fabrics.Clock.GetSeconds(now));
        }

        // Finds the sender's row, or the one to put it into; false if its message is a duplicate.
        private bool FindSender(Fabric fabric, MessageHeader header)
        {
            int first = fabric.Row * SendersPerFabric;
            int oldest = first;
            for (int row = first; row < first + SendersPerFabric; row++)
            {
                if (_senders[row] == header.SourceNodeId)
                {
                    _row = row;
                    _isKnown = true;
                    return ReceptionWindow.IsNew(_windows[row], ReceptionWindow.Group, header.Counter);
                }
                if (_senders[oldest] != 0 && (_senders[row] == 0 || _heardMs[row] < _heardMs[oldest])) oldest = row;
            }
            _row = oldest;
            _isKnown = false;
            return true;
        }
    }
}
