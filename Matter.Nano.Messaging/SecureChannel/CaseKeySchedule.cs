using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// What CASE derives, seals and signs (Matter Core 4.14.2), the same for both sides, in bounded pieces. Every key is
    /// HKDF(ECDH secret, salt = IPK ‖ …, info), or in a resumption HKDF(secret of old, salt = initiator's random number ‖
    /// resumption id, info).
    /// </summary>
    public sealed class CaseKeySchedule
    {
        /// <summary>Length of the initiator's and of the responder's random number in bytes.</summary>
        public const int RandomLength = 32;

        /// <summary>Length of the operational IPK in bytes.</summary>
        public const int IpkLength = 16;

        /// <summary>Length of an ICAC that the signed data do not name at all; 0 is one that is named and empty.</summary>
        public const int NoIcac = -1;

        /// <summary>Length of what the Extract… methods leave in bytes.</summary>
        public const int ExtractedLength = Hmac.MacLength;

        /// <summary>Purpose of S2K.</summary>
        public const int Sigma2Key = 0;

        /// <summary>Purpose of S3K.</summary>
        public const int Sigma3Key = 1;

        /// <summary>Purpose of S1RK, under which the tag of nothing is initiatorResumeMIC.</summary>
        public const int Sigma1ResumeKey = 2;

        /// <summary>Purpose of S2RK, under which the tag of nothing is sigma2ResumeMIC.</summary>
        public const int Sigma2ResumeKey = 3;

        private const int SessionKeysLength = 48;

        // In Labels: the nonces in the order of their purposes, then the infos that no nonce contains.
        private const int NonceLength = AesCcm.NonceLength;
        private const int InfoInNonce = 6;
        private const int InfoLength = 6;
        private const int SessionKeysInfo = 4 * NonceLength;
        private const int SessionKeysInfoLength = 11;
        private const int ResumeInfo = SessionKeysInfo + SessionKeysInfoLength;
        private const int ResumeInfoLength = 13;
        private const int ResumedKeysInfo = ResumeInfo + (2 * ResumeInfoLength);
        private const int ResumedKeysInfoLength = 21;

        /// <summary>
        /// "NCASE_Sigma2N", "NCASE_Sigma3N", "NCASE_SigmaS1", "NCASE_SigmaS2", "SessionKeys", "Sigma1_Resume", "Sigma2_Resume",
        /// "SessionResumptionKeys". The first two contain the info of their keys.
        /// </summary>
        private static readonly byte[] Labels =
        {
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'2', (byte)'N',
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'3', (byte)'N',
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'S', (byte)'1',
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'S', (byte)'2',
            (byte)'S', (byte)'e', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'K', (byte)'e', (byte)'y', (byte)'s',
            (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'1', (byte)'_', (byte)'R', (byte)'e', (byte)'s', (byte)'u', (byte)'m', (byte)'e',
            (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'2', (byte)'_', (byte)'R', (byte)'e', (byte)'s', (byte)'u', (byte)'m', (byte)'e',
            (byte)'S', (byte)'e', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'R', (byte)'e', (byte)'s', (byte)'u', (byte)'m', (byte)'p', (byte)'t', (byte)'i', (byte)'o', (byte)'n',
            (byte)'K', (byte)'e', (byte)'y', (byte)'s',
        };

        private readonly CryptoSuite _crypto;
        private readonly byte[] _salt = new byte[IpkLength + RandomLength + P256.PointLength + Sha256.HashLength];
        private readonly byte[] _header = new byte[4];

        /// <summary>Creates the schedule with scratch of its own.</summary>
        /// <param name="crypto">Primitives.</param>
        public CaseKeySchedule(CryptoSuite crypto)
        {
            _crypto = crypto;
        }

        /// <summary>HKDF's first half for S2K.</summary>
        /// <param name="extracted">Receives 32 bytes.</param>
        /// <param name="secret">Holds the 32-byte ECDH secret.</param>
        /// <param name="ipk">Holds the fabric's operational IPK.</param>
        /// <param name="random">Holds the responder's random number.</param>
        /// <param name="randomOffset">First byte.</param>
        /// <param name="responderKey">Holds the responder's ephemeral public key.</param>
        /// <param name="transcript">Holds the hash of Sigma1.</param>
        public void ExtractSigma2(byte[] extracted, byte[] secret, byte[] ipk, byte[] random, int randomOffset, byte[] responderKey, byte[] transcript)
        {
            Array.Copy(random, randomOffset, _salt, IpkLength, RandomLength);
            Array.Copy(responderKey, 0, _salt, IpkLength + RandomLength, P256.PointLength);
            Extract(extracted, secret, ipk, IpkLength + RandomLength + P256.PointLength, transcript);
        }

        /// <summary>HKDF's first half for S3K and for the session keys.</summary>
        /// <param name="extracted">Receives 32 bytes.</param>
        /// <param name="secret">Holds the 32-byte ECDH secret.</param>
        /// <param name="ipk">Holds the fabric's operational IPK.</param>
        /// <param name="transcript">Holds the hash of Sigma1 and Sigma2, for the session keys of Sigma3 too.</param>
        public void Extract(byte[] extracted, byte[] secret, byte[] ipk, byte[] transcript)
        {
            Extract(extracted, secret, ipk, IpkLength, transcript);
        }

        /// <summary>HKDF's first half for the keys of a resumption.</summary>
        /// <param name="extracted">Receives 32 bytes.</param>
        /// <param name="secret">Holds the 32-byte secret of the full handshake.</param>
        /// <param name="random">Holds the initiator's random number.</param>
        /// <param name="randomOffset">First byte.</param>
        /// <param name="resumptionId">Holds the new resumption id for S2RK, for the others the one that the initiator brings.</param>
        /// <param name="resumptionIdOffset">First byte.</param>
        public void ExtractResumed(byte[] extracted, byte[] secret, byte[] random, int randomOffset, byte[] resumptionId, int resumptionIdOffset)
        {
            Array.Copy(random, randomOffset, _salt, 0, RandomLength);
            Array.Copy(resumptionId, resumptionIdOffset, _salt, RandomLength, ResumptionTable.IdLength);
            Extract(extracted, secret, RandomLength + ResumptionTable.IdLength);
        }

        /// <summary>HKDF's second half for a key to seal or open with.</summary>
        /// <param name="key">Receives 16 bytes; may be the same array as <paramref name="extracted"/>.</param>
        /// <param name="keyOffset">Where it goes.</param>
        /// <param name="extracted">Holds 32 bytes.</param>
        /// <param name="purpose">Which key.</param>
        public void ExpandKey(byte[] key, int keyOffset, byte[] extracted, int purpose)
        {
            bool isResumed = purpose >= Sigma1ResumeKey;
            int info = isResumed ? ResumeInfo + ((purpose - Sigma1ResumeKey) * ResumeInfoLength) : (purpose * NonceLength) + InfoInNonce;
            _crypto.KeyDerivation.Expand(key, keyOffset, AesCcm.KeyLength, extracted, 0, Labels, info, isResumed ? ResumeInfoLength : InfoLength);
        }

        /// <summary>HKDF's second half for the session keys.</summary>
        /// <param name="keys">Receives I2R key, R2I key and attestation challenge: 48 bytes.</param>
        /// <param name="keysOffset">Where they go.</param>
        /// <param name="extracted">Holds 32 bytes.</param>
        /// <param name="isResumed">Whether the session is a resumed one.</param>
        public void ExpandSessionKeys(byte[] keys, int keysOffset, byte[] extracted, bool isResumed)
        {
            _crypto.KeyDerivation.Expand(
                keys, keysOffset, SessionKeysLength, extracted, 0,
                Labels, isResumed ? ResumedKeysInfo : SessionKeysInfo, isResumed ? ResumedKeysInfoLength : SessionKeysInfoLength);
        }

        /// <summary>Makes the tags of nothing: initiatorResumeMIC and sigma2ResumeMIC.</summary>
        /// <param name="mics">Receives them, 32 bytes.</param>
        /// <param name="keys">Holds S1RK and S2RK, 32 bytes.</param>
        public void SealMics(byte[] mics, byte[] keys)
        {
            _crypto.AesCcm.SealNothing(mics, keys, Labels, Sigma1ResumeKey * NonceLength, Sigma2ResumeKey * NonceLength);
        }

        /// <summary>Makes one tag of nothing: initiatorResumeMIC or sigma2ResumeMIC.</summary>
        /// <param name="mic">Receives 16 bytes.</param>
        /// <param name="micOffset">Where they go.</param>
        /// <param name="key">Holds S1RK or S2RK.</param>
        /// <param name="keyOffset">First byte.</param>
        /// <param name="purpose">Which key it is.</param>
        public void SealMic(byte[] mic, int micOffset, byte[] key, int keyOffset, int purpose)
        {
            _crypto.AesCcm.Seal(mic, micOffset, 0, key, keyOffset, Labels, purpose * NonceLength, null, 0, 0);
        }

        /// <summary>Begins to encrypt sigma-2-tbedata or sigma-3-tbedata in place: <see cref="AesCcm.Step"/> does it.</summary>
        /// <param name="buffer">Holds the data and has 16 bytes of room behind them.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <param name="key">The 16-byte key; must stay until the end.</param>
        /// <param name="purpose">Which key it is.</param>
        public void BeginSeal(byte[] buffer, int offset, int length, byte[] key, int purpose)
        {
            _crypto.AesCcm.BeginSeal(buffer, offset, length, key, Labels, purpose * NonceLength);
        }

        /// <summary>Begins to decrypt encrypted2 or encrypted3 in place: <see cref="AesCcm.Step"/> does it.</summary>
        /// <param name="buffer">Holds ciphertext and tag.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes with the tag, 16 at least.</param>
        /// <param name="key">The 16-byte key; must stay until the end.</param>
        /// <param name="purpose">Which key it is.</param>
        public void BeginOpen(byte[] buffer, int offset, int length, byte[] key, int purpose)
        {
            _crypto.AesCcm.BeginOpen(buffer, offset, length, key, Labels, purpose * NonceLength);
        }

        /// <summary>
        /// Begins the hash of sigma-2-tbsdata or sigma-3-tbsdata, which both sides build anew and nobody sends: a structure of
        /// four octet strings, hashed piece by piece in <see cref="CryptoSuite.SteppedSha256"/>, because it is almost 1 KB long.
        /// </summary>
        /// <param name="noc">Holds the signer's NOC.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void HashNoc(byte[] noc, int offset, int length)
        {
            _crypto.SteppedSha256.Start();
            _header[0] = 0x15;
            _crypto.SteppedSha256.Update(_header, 0, 1);
            HashField(1, noc, offset, length);
        }

        /// <summary>Goes on with the signer's ICAC.</summary>
        /// <param name="icac">Holds it.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes or <see cref="NoIcac"/>.</param>
        public void HashIcac(byte[] icac, int offset, int length)
        {
            if (length != NoIcac)
            {
                HashField(2, icac, offset, length);
            }
        }

        /// <summary>Ends it with the two ephemeral public keys.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="signerKey">Holds the signer's.</param>
        /// <param name="otherKey">Holds the other side's.</param>
        public void HashKeys(byte[] hash, byte[] signerKey, byte[] otherKey)
        {
            HashField(3, signerKey, 0, P256.PointLength);
            HashField(4, otherKey, 0, P256.PointLength);
            _header[0] = 0x18;
            _crypto.SteppedSha256.Update(_header, 0, 1);
            _crypto.SteppedSha256.Finish(hash, 0);
        }

        /// <summary>Hashes an octet string with a context tag, its length in one or two bytes.</summary>
        private void HashField(int tag, byte[] buffer, int offset, int length)
        {
            int headerLength = 3;
            _header[0] = 0x30;
            _header[1] = (byte)tag;
            _header[2] = (byte)length;
            if (length > 0xFF)
            {
                _header[0] = 0x31;
                _header[3] = (byte)(length >> 8);
                headerLength = 4;
            }

            _crypto.SteppedSha256.Update(_header, 0, headerLength);
            _crypto.SteppedSha256.Update(buffer, offset, length);
        }

        /// <summary>The salt is IPK ‖ what the caller put behind it ‖ hash of the transcript so far.</summary>
        private void Extract(byte[] extracted, byte[] secret, byte[] ipk, int hashOffset, byte[] transcript)
        {
            Array.Copy(ipk, 0, _salt, 0, IpkLength);
            Array.Copy(transcript, 0, _salt, hashOffset, Sha256.HashLength);
            Extract(extracted, secret, hashOffset + Sha256.HashLength);
        }

        private void Extract(byte[] extracted, byte[] secret, int saltLength)
        {
            _crypto.KeyDerivation.Extract(extracted, 0, secret, 0, P256.ScalarLength, _salt, 0, saltLength);
            Array.Clear(_salt, 0, _salt.Length);
        }
    }
}
