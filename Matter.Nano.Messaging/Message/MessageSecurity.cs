using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Messages
{
    /// <summary>
    /// Protection of messages (Matter Core 4.7): AES-CCM over protocol header and payload, the whole message header as
    /// associated data, in place; and the privacy of a group message's header.
    /// </summary>
    public sealed class MessageSecurity
    {
        // Bytes of the tag that end the nonce of the header's privacy.
        private const int PrivacyTagLength = AesCcm.NonceLength - 2;

        private readonly AesCcm _aesCcm;
        private readonly byte[] _nonce = new byte[AesCcm.NonceLength];

        /// <summary>Works on an AES-CCM shared with others.</summary>
        /// <param name="aesCcm">The cipher.</param>
        public MessageSecurity(AesCcm aesCcm)
        {
            _aesCcm = aesCcm;
        }

        /// <summary>Encrypts a message in place and writes the tag behind it.</summary>
        /// <param name="buffer">Holds header and plaintext and has 16 bytes of room behind them.</param>
        /// <param name="offset">First header byte.</param>
        /// <param name="headerLength">Length of the header in bytes.</param>
        /// <param name="length">Length of header and plaintext in bytes.</param>
        /// <param name="keys">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nodeId">The sender's operational node id under CASE, 0 under PASE.</param>
        /// <returns>Length of the message with its tag.</returns>
        public int Seal(byte[] buffer, int offset, int headerLength, int length, byte[] keys, int keyOffset, ulong nodeId)
        {
            SetNonce(buffer, offset, nodeId);
            return headerLength + _aesCcm.Seal(
                buffer, offset + headerLength, length - headerLength, keys, keyOffset, _nonce, 0, buffer, offset, headerLength);
        }

        /// <summary>Checks a message and decrypts it in place.</summary>
        /// <param name="buffer">Holds the message; if it does not verify, what stood behind the header is lost.</param>
        /// <param name="offset">First header byte.</param>
        /// <param name="headerLength">Length of the header in bytes.</param>
        /// <param name="length">Length of the message with its tag.</param>
        /// <param name="keys">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nodeId">The sender's operational node id under CASE, 0 under PASE.</param>
        /// <returns>Length of header and plaintext, <see cref="MatterError.AuthenticationFailed"/>, or <see cref="MatterError.InvalidMessage"/> if there is no room for a tag.</returns>
        public int Open(byte[] buffer, int offset, int headerLength, int length, byte[] keys, int keyOffset, ulong nodeId)
        {
            if (length < headerLength + AesCcm.TagLength) return MatterError.InvalidMessage;
            SetNonce(buffer, offset, nodeId);
            int plaintext = _aesCcm.Open(
                buffer, offset + headerLength, length - headerLength, keys, keyOffset, _nonce, 0, buffer, offset, headerLength);
            return plaintext < 0 ? plaintext : headerLength + plaintext;
        }

        /// <summary>Like Open, but a message that does not verify is left as it was: for a receiver with several keys to try.</summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">First header byte.</param>
        /// <param name="headerLength">Length of the header in bytes.</param>
        /// <param name="length">Length of the message with its tag.</param>
        /// <param name="keys">Holds the 16-byte key.</param>
        /// <param name="keyOffset">First key byte.</param>
        /// <param name="nodeId">The source node id of a group message.</param>
        /// <returns>Length of header and plaintext, or <see cref="MatterError.AuthenticationFailed"/>.</returns>
        public int TryOpen(byte[] buffer, int offset, int headerLength, int length, byte[] keys, int keyOffset, ulong nodeId)
        {
            SetNonce(buffer, offset, nodeId);
            int plaintext = _aesCcm.TryOpen(
                buffer, offset + headerLength, length - headerLength, keys, keyOffset, _nonce, 0, buffer, offset, headerLength);
            return plaintext < 0 ? plaintext : headerLength + plaintext;
        }

        /// <summary>Shows or hides counter, source and destination in the header of a private message.</summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">First header byte.</param>
        /// <param name="header">The header, parsed shown or hidden.</param>
        /// <param name="length">Length of the message with its tag; not less than header and tag have.</param>
        /// <param name="key">Holds the 16-byte privacy key.</param>
        /// <param name="keyOffset">First key byte.</param>
        public void ToggleHeaderPrivacy(byte[] buffer, int offset, MessageHeader header, int length, byte[] key, int keyOffset)
        {
            ToggleHidden(buffer, offset, header.SessionId, header.HiddenLength, length, key, keyOffset);
        }

        /// <summary>Hides counter, source and destination in the header of a message that was just sealed for a group.</summary>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">First header byte.</param>
        /// <param name="sessionId">Its group session id.</param>
        /// <param name="length">Length of the message with its tag.</param>
        /// <param name="key">Holds the 16-byte privacy key.</param>
        /// <param name="keyOffset">First key byte.</param>
        internal void HideGroupHeader(byte[] buffer, int offset, int sessionId, int length, byte[] key, int keyOffset)
        {
            ToggleHidden(buffer, offset, sessionId, MessageHeader.GroupLength - MessageHeader.CounterOffset, length, key, keyOffset);
        }

        private void ToggleHidden(byte[] buffer, int offset, int sessionId, int hiddenLength, int length, byte[] key, int keyOffset)
        {
            byte[] nonce = _nonce;
            nonce[0] = (byte)(sessionId >> 8);
            nonce[1] = (byte)sessionId;
            Array.Copy(buffer, offset + length - PrivacyTagLength, nonce, 2, PrivacyTagLength);
            _aesCcm.ApplyKeyStream(buffer, offset + MessageHeader.CounterOffset, hiddenLength, key, keyOffset, nonce, 0);
        }

        // Security flags and counter as they stand in the header, then the sender's node id (Matter Core 4.7.2).
        private void SetNonce(byte[] buffer, int offset, ulong nodeId)
        {
            byte[] nonce = _nonce;
            nonce[0] = buffer[offset + MessageHeader.SecurityFlagsOffset];
            nonce[1] = buffer[offset + 4];
            nonce[2] = buffer[offset + 5];
            nonce[3] = buffer[offset + 6];
            nonce[4] = buffer[offset + 7];
            LittleEndian.PutUInt64(nonce, 5, nodeId);
        }
    }
}
