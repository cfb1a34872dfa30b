using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Messages;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Makes messages to a group; each field can be made wrong.</summary>
    internal sealed class GroupSender
    {
        private const int HeaderLength = 18;

        private readonly CryptoSuite _crypto = new CryptoSuite(new SeededRandom(1), null);
        private readonly MessageSecurity _security;
        private readonly byte[] _key = new byte[16];
        private readonly byte[] _privacyKey = new byte[16];

        /// <summary>Derives the keys of a sender.</summary>
        /// <param name="epochKey">16 bytes.</param>
        /// <param name="compressedId">The fabric's compressed id.</param>
        /// <param name="groupId">The group.</param>
        public GroupSender(byte[] epochKey, byte[] compressedId, int groupId)
        {
            _security = new MessageSecurity(_crypto.AesCcm);
            byte[] id = new byte[2];
            Derive(_key, epochKey, compressedId, "GroupKey v1.0");
            Derive(id, _key, null, "GroupKeyHash");
            Derive(_privacyKey, _key, null, "PrivacyKey");
            SessionId = id[0] << 8 | id[1];
            GroupId = groupId;
        }

        public int SessionId { get; set; }

        public int GroupId { get; set; }

        public ulong Source { get; set; } = 1;

        /// <summary>Counter of the next message.</summary>
        public uint Counter { get; set; } = 1000;

        /// <summary>Message flags: source and group.</summary>
        public int Flags { get; set; } = 0x06;

        /// <summary>Security flags: a group's; 0x81 with privacy.</summary>
        public int SecurityFlags { get; set; } = 0x01;

        /// <summary>Exchange flags: the initiator's.</summary>
        public int ExchangeFlags { get; set; } = ProtocolHeader.InitiatorFlag;

        public int ProtocolId { get; set; } = ProtocolHeader.InteractionModel;

        /// <summary>Makes the next message.</summary>
        public byte[] Seal(int opcode, byte[] payload)
        {
            bool hasSource = (Flags & 0x04) != 0;
            bool hasGroup = (Flags & 0x02) != 0;
            int headerLength = HeaderLength - (hasSource ? 0 : 8) - (hasGroup ? 0 : 2);
            byte[] message = new byte[headerLength + ProtocolHeader.MaxWrittenLength + payload.Length + AesCcm.TagLength];
            message[0] = (byte)Flags;
            LittleEndian.PutUInt16(message, 1, SessionId);
            message[3] = (byte)SecurityFlags;
            LittleEndian.PutUInt32(message, 4, Counter++);
            if (hasSource) LittleEndian.PutUInt64(message, 8, Source);
            if (hasGroup) LittleEndian.PutUInt16(message, headerLength - 2, GroupId);

            int protocolLength = ProtocolHeader.MinLength + ((ExchangeFlags & ProtocolHeader.AcknowledgmentFlag) != 0 ? 4 : 0);
            int length = headerLength + protocolLength + payload.Length;
            Array.Copy(payload, 0, message, headerLength + protocolLength, payload.Length);
            ProtocolHeader.Prepend(message, headerLength + protocolLength, ExchangeFlags, opcode, 0x77, ProtocolId, 5);
            length = _security.Seal(message, 0, headerLength, length, _key, 0, Source);
            byte[] sealedMessage = new byte[length];
            Array.Copy(message, 0, sealedMessage, 0, length);
            if ((SecurityFlags & 0x80) != 0)
            {
                MessageHeader header = new MessageHeader();
                if (header.Parse(sealedMessage, 0, length) > 0)
                {
                    _security.ToggleHeaderPrivacy(sealedMessage, 0, header, length, _privacyKey, 0);
                }
            }

            return sealedMessage;
        }

        private void Derive(byte[] output, byte[] key, byte[] salt, string info)
        {
            byte[] bytes = new byte[info.Length];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)info[i];
            _crypto.KeyDerivation.Hkdf(output, 0, output.Length, key, 0, 16, salt, 0, salt == null ? 0 : salt.Length, bytes, 0, bytes.Length);
        }
    }
}
