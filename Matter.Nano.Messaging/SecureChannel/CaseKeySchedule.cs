using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// What CASE derives, seals and signs (Matter Core 4.14.2), the same for both sides. Every key is
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

        private const int SessionKeysLength = 48;

        // In Labels: each nonce contains the info of its key.
        private const int Sigma2Nonce = 0;
        private const int Sigma3Nonce = AesCcm.NonceLength;
        private const int InfoInNonce = 6;
        private const int InfoLength = 6;
        private const int SessionKeysInfo = 2 * AesCcm.NonceLength;
        private const int SessionKeysInfoLength = 11;
        private const int Sigma1ResumeNonce = SessionKeysInfo + SessionKeysInfoLength;
        private const int Sigma2ResumeNonce = Sigma1ResumeNonce + AesCcm.NonceLength;
        private const int Sigma1ResumeInfo = Sigma2ResumeNonce + AesCcm.NonceLength;
        private const int Sigma2ResumeInfo = Sigma1ResumeInfo + ResumeInfoLength;
        private const int ResumeInfoLength = 13;
        private const int ResumedKeysInfo = Sigma2ResumeInfo + ResumeInfoLength;
        private const int ResumedKeysInfoLength = 21;

        /// <summary>
        /// "NCASE_Sigma2N", "NCASE_Sigma3N", "SessionKeys", "NCASE_SigmaS1", "NCASE_SigmaS2", "Sigma1_Resume", "Sigma2_Resume",
        /// "SessionResumptionKeys".
        /// </summary>
        private static readonly byte[] Labels =
        {
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'2', (byte)'N',
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'3', (byte)'N',
            (byte)'S', (byte)'e', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'K', (byte)'e', (byte)'y', (byte)'s',
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'S', (byte)'1',
            (byte)'N', (byte)'C', (byte)'A', (byte)'S', (byte)'E', (byte)'_', (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'S', (byte)'2',
            (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'1', (byte)'_', (byte)'R', (byte)'e', (byte)'s', (byte)'u', (byte)'m', (byte)'e',
            (byte)'S', (byte)'i', (byte)'g', (byte)'m', (byte)'a', (byte)'2', (byte)'_', (byte)'R', (byte)'e', (byte)'s', (byte)'u', (byte)'m', (byte)'e',
            (byte)'S', (byte)'e', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'R', (byte)'e', (byte)'s', (byte)'u', (byte)'m', (byte)'p', (byte)'t', (byte)'i', (byte)'o', (byte)'n',
            (byte)'K', (byte)'e', (byte)'y', (byte)'s',
        };

        private readonly CryptoSuite _crypto;
        private readonly byte[] _salt = new byte[IpkLength + RandomLength + P256.PointLength + Sha256.HashLength];
        private readonly byte[] _key = new byte[AesCcm.KeyLength];
        private readonly byte[] _header = new byte[4];
        private int _nonce;

        /// <summary>Creates the schedule with scratch of its own.</summary>
        /// <param name="crypto">Primitives.</param>
        public CaseKeySchedule(CryptoSuite crypto)
        {
            _crypto = crypto;
        }

        /// <summary>Derives S2K for the next <see cref="Seal"/> or <see cref="Open"/>.</summary>
        /// <param name="secret">Holds the 32-byte ECDH secret.</param>
        /// <param name="ipk">Holds the fabric's operational IPK.</param>
        /// <param name="responderRandom">Holds the responder's random number.</param>
        /// <param name="responderKey">Holds the responder's ephemeral public key.</param>
        /// <param name="transcript">The running hash over Sigma1; unchanged.</param>
        public void DeriveSigma2Key(byte[] secret, byte[] ipk, byte[] responderRandom, byte[] responderKey, Sha256 transcript)
        {
            Array.Copy(responderRandom, 0, _salt, IpkLength, RandomLength);
            Array.Copy(responderKey, 0, _salt, IpkLength + RandomLength, P256.PointLength);
            Derive(_key, AesCcm.KeyLength, secret, ipk, IpkLength + RandomLength + P256.PointLength, transcript, Sigma2Nonce + InfoInNonce, InfoLength);
            _nonce = Sigma2Nonce;
        }

        /// <summary>Derives S3K for the next <see cref="Seal"/> or <see cref="Open"/>.</summary>
        /// <param name="secret">Holds the 32-byte ECDH secret.</param>
        /// <param name="ipk">Holds the fabric's operational IPK.</param>
        /// <param name="transcript">The running hash over Sigma1 and Sigma2; unchanged.</param>
        public void DeriveSigma3Key(byte[] secret, byte[] ipk, Sha256 transcript)
        {
            Derive(_key, AesCcm.KeyLength, secret, ipk, IpkLength, transcript, Sigma3Nonce + InfoInNonce, InfoLength);
            _nonce = Sigma3Nonce;
        }

        /// <summary>Derives the session keys.</summary>
        /// <param name="keys">Receives I2R key, R2I key and attestation challenge: 48 bytes.</param>
        /// <param name="secret">Holds the 32-byte ECDH secret.</param>
        /// <param name="ipk">Holds the fabric's operational IPK.</param>
        /// <param name="transcript">The running hash over Sigma1, Sigma2 and Sigma3; unchanged.</param>
        public void DeriveSessionKeys(byte[] keys, byte[] secret, byte[] ipk, Sha256 transcript)
        {
            Derive(keys, SessionKeysLength, secret, ipk, IpkLength, transcript, SessionKeysInfo, SessionKeysInfoLength);
        }

        /// <summary>Derives S1RK for the next <see cref="Seal"/> or <see cref="Open"/>, which then make or check initiatorResumeMIC: the tag of nothing.</summary>
        /// <param name="secret">Holds the 32-byte secret of the full handshake.</param>
        /// <param name="initiatorRandom">Holds the initiator's random number.</param>
        /// <param name="initiatorRandomOffset">First byte.</param>
        /// <param name="resumptionId">Holds the resumption id that the initiator brings.</param>
        /// <param name="resumptionIdOffset">First byte.</param>
        public void DeriveSigma1ResumeKey(byte[] secret, byte[] initiatorRandom, int initiatorRandomOffset, byte[] resumptionId, int resumptionIdOffset)
        {
            DeriveResumed(
                _key, AesCcm.KeyLength, secret, initiatorRandom, initiatorRandomOffset, resumptionId, resumptionIdOffset, Sigma1ResumeInfo, ResumeInfoLength);
            _nonce = Sigma1ResumeNonce;
        }

        /// <summary>Derives S2RK for the next <see cref="Seal"/> or <see cref="Open"/>, which then make or check sigma2ResumeMIC: the tag of nothing.</summary>
        /// <param name="secret">Holds the 32-byte secret of the full handshake.</param>
        /// <param name="initiatorRandom">Holds the initiator's random number.</param>
        /// <param name="initiatorRandomOffset">First byte.</param>
        /// <param name="resumptionId">Holds the new resumption id.</param>
        /// <param name="resumptionIdOffset">First byte.</param>
        public void DeriveSigma2ResumeKey(byte[] secret, byte[] initiatorRandom, int initiatorRandomOffset, byte[] resumptionId, int resumptionIdOffset)
        {
            DeriveResumed(
                _key, AesCcm.KeyLength, secret, initiatorRandom, initiatorRandomOffset, resumptionId, resumptionIdOffset, Sigma2ResumeInfo, ResumeInfoLength);
            _nonce = Sigma2ResumeNonce;
        }

        /// <summary>Derives the keys of a resumed session.</summary>
        /// <param name="keys">Receives I2R key, R2I key and attestation challenge: 48 bytes.</param>
        /// <param name="secret">Holds the 32-byte secret of the full handshake.</param>
        /// <param name="initiatorRandom">Holds the initiator's random number.</param>
        /// <param name="initiatorRandomOffset">First byte.</param>
        /// <param name="resumptionId">Holds the resumption id that the initiator brings.</param>
        /// <param name="resumptionIdOffset">First byte.</param>
        public void DeriveResumedSessionKeys(
            byte[] keys, byte[] secret, byte[] initiatorRandom, int initiatorRandomOffset, byte[] resumptionId, int resumptionIdOffset)
        {
            DeriveResumed(
                keys, SessionKeysLength, secret, initiatorRandom, initiatorRandomOffset, resumptionId, resumptionIdOffset, ResumedKeysInfo, ResumedKeysInfoLength);
        }

        /// <summary>Encrypts sigma-2-tbedata or sigma-3-tbedata in place under the key derived last, which is then wiped.</summary>
        /// <param name="buffer">Holds the data and has 16 bytes of room behind them.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>Length with the tag.</returns>
        public int Seal(byte[] buffer, int offset, int length)
        {
            int result = _crypto.AesCcm.Seal(buffer, offset, length, _key, 0, Labels, _nonce, null, 0, 0);
            Array.Clear(_key, 0, _key.Length);
            _crypto.AesCcm.ForgetKeys();
            return result;
        }

        /// <summary>Decrypts encrypted2 or encrypted3 in place under the key derived last, which is then wiped.</summary>
        /// <param name="buffer">Holds ciphertext and tag.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes with the tag.</param>
        /// <returns>Length of the data or <see cref="MatterError.AuthenticationFailed"/>.</returns>
        public int Open(byte[] buffer, int offset, int length)
        {
            int result = _crypto.AesCcm.Open(buffer, offset, length, _key, 0, Labels, _nonce, null, 0, 0);
            Array.Clear(_key, 0, _key.Length);
            _crypto.AesCcm.ForgetKeys();
            return result;
        }

        /// <summary>
        /// Hashes sigma-2-tbsdata or sigma-3-tbsdata, which both sides build anew and nobody sends: a structure of four octet
        /// strings, hashed piece by piece because it is almost 1 KB long.
        /// </summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="noc">Holds the signer's NOC.</param>
        /// <param name="nocOffset">First byte.</param>
        /// <param name="nocLength">Length in bytes.</param>
        /// <param name="icac">Holds the signer's ICAC.</param>
        /// <param name="icacOffset">First byte.</param>
        /// <param name="icacLength">Length in bytes or <see cref="NoIcac"/>.</param>
        /// <param name="signerKey">Holds the signer's ephemeral public key.</param>
        /// <param name="otherKey">Holds the other side's ephemeral public key.</param>
        public void HashSignedData(
            byte[] hash,
            byte[] noc, int nocOffset, int nocLength,
            byte[] icac, int icacOffset, int icacLength,
            byte[] signerKey, byte[] otherKey)
        {
            _crypto.Sha256.Start();
            _header[0] = 0x15;
            _crypto.Sha256.Update(_header, 0, 1);
            HashField(1, noc, nocOffset, nocLength);
            if (icacLength != NoIcac)
            {
                HashField(2, icac, icacOffset, icacLength);
            }

            HashField(3, signerKey, 0, P256.PointLength);
            HashField(4, otherKey, 0, P256.PointLength);
            _header[0] = 0x18;
            _crypto.Sha256.Update(_header, 0, 1);
            _crypto.Sha256.Finish(hash, 0);
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

            _crypto.Sha256.Update(_header, 0, headerLength);
            _crypto.Sha256.Update(buffer, offset, length);
        }

        /// <summary>HKDF with the salt initiator's random number ‖ resumption id.</summary>
        private void DeriveResumed(
            byte[] output, int outputLength, byte[] secret, byte[] initiatorRandom, int initiatorRandomOffset,
            byte[] resumptionId, int resumptionIdOffset, int info, int infoLength)
        {
            Array.Copy(initiatorRandom, initiatorRandomOffset, _salt, 0, RandomLength);
            Array.Copy(resumptionId, resumptionIdOffset, _salt, RandomLength, ResumptionTable.IdLength);
            _crypto.KeyDerivation.Hkdf(
                output, 0, outputLength, secret, 0, P256.ScalarLength, _salt, 0, RandomLength + ResumptionTable.IdLength, Labels, info, infoLength);
            Array.Clear(_salt, 0, _salt.Length);
        }

        /// <summary>HKDF with the salt IPK ‖ what the caller put behind it ‖ hash of the transcript so far.</summary>
        private void Derive(byte[] output, int outputLength, byte[] secret, byte[] ipk, int hashOffset, Sha256 transcript, int info, int infoLength)
        {
            Array.Copy(ipk, 0, _salt, 0, IpkLength);
            _crypto.Sha256.CopyFrom(transcript);
            _crypto.Sha256.Finish(_salt, hashOffset);
            _crypto.KeyDerivation.Hkdf(
                output, 0, outputLength, secret, 0, P256.ScalarLength, _salt, 0, hashOffset + Sha256.HashLength, Labels, info, infoLength);
            Array.Clear(_salt, 0, _salt.Length);
        }
    }
}
