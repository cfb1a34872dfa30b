using System;
using Matter.Nano.Crypto;
using Matter.Nano.SecureChannel;

namespace Matter.Nano.Tests
{
    /// <summary>The key schedule of CASE all at once, as an initiator without haste uses it.</summary>
    internal sealed class CaseKeys
    {
        private readonly CryptoSuite _crypto;
        private readonly CaseKeySchedule _schedule;
        private readonly byte[] _key = new byte[32];
        private int _purpose;

        public CaseKeys(CryptoSuite crypto)
        {
            _crypto = crypto;
            _schedule = new CaseKeySchedule(crypto);
        }

        public void DeriveSigma2Key(byte[] secret, byte[] ipk, byte[] responderRandom, byte[] responderKey, Sha256 transcript)
        {
            _schedule.ExtractSigma2(_key, secret, ipk, responderRandom, 0, responderKey, Hash(transcript));
            Expand(CaseKeySchedule.Sigma2Key);
        }

        public void DeriveSigma3Key(byte[] secret, byte[] ipk, Sha256 transcript)
        {
            _schedule.Extract(_key, secret, ipk, Hash(transcript));
            Expand(CaseKeySchedule.Sigma3Key);
        }

        public void DeriveSessionKeys(byte[] keys, byte[] secret, byte[] ipk, Sha256 transcript)
        {
            _schedule.Extract(_key, secret, ipk, Hash(transcript));
            _schedule.ExpandSessionKeys(keys, 0, _key, false);
        }

        public void DeriveSigma1ResumeKey(byte[] secret, byte[] random, byte[] resumptionId)
        {
            _schedule.ExtractResumed(_key, secret, random, 0, resumptionId, 0);
            Expand(CaseKeySchedule.Sigma1ResumeKey);
        }

        public void DeriveSigma2ResumeKey(byte[] secret, byte[] random, byte[] resumptionId)
        {
            _schedule.ExtractResumed(_key, secret, random, 0, resumptionId, 0);
            Expand(CaseKeySchedule.Sigma2ResumeKey);
        }

        public void DeriveResumedSessionKeys(byte[] keys, byte[] secret, byte[] random, byte[] resumptionId)
        {
            _schedule.ExtractResumed(_key, secret, random, 0, resumptionId, 0);
            _schedule.ExpandSessionKeys(keys, 0, _key, true);
        }

        public void SealMic(byte[] mic)
        {
            byte[] keys = new byte[2 * AesCcm.KeyLength];
            byte[] mics = new byte[2 * AesCcm.TagLength];
            int offset = (_purpose - CaseKeySchedule.Sigma1ResumeKey) * AesCcm.KeyLength;
            Array.Copy(_key, 0, keys, offset, AesCcm.KeyLength);
            _schedule.SealMics(mics, keys);
            Array.Copy(mics, offset, mic, 0, AesCcm.TagLength);
        }

        public bool IsMicRight(byte[] mic)
        {
            byte[] right = new byte[AesCcm.TagLength];
            SealMic(right);
            return ConstantTime.Equals(right, 0, mic, 0, AesCcm.TagLength);
        }

        /// <summary>Encrypts under the key derived last; the length with the tag.</summary>
        public int Seal(byte[] buffer, int offset, int length)
        {
            _schedule.BeginSeal(buffer, offset, length, _key, _purpose);
            return Run() < 0 ? MatterError.InvalidState : length + AesCcm.TagLength;
        }

        /// <summary>Decrypts under the key derived last; the length without the tag or an error.</summary>
        public int Open(byte[] buffer, int offset, int length)
        {
            _schedule.BeginOpen(buffer, offset, length, _key, _purpose);
            int result = Run();
            return result < 0 ? result : length - AesCcm.TagLength;
        }

        public void HashSignedData(
            byte[] hash, byte[] noc, int nocOffset, int nocLength, byte[] icac, int icacOffset, int icacLength, byte[] signerKey, byte[] otherKey)
        {
            _schedule.HashNoc(noc, nocOffset, nocLength);
            _schedule.HashIcac(icac, icacOffset, icacLength);
            _schedule.HashKeys(hash, signerKey, otherKey);
        }

        private void Expand(int purpose)
        {
            _schedule.ExpandKey(_key, 0, _key, purpose);
            _purpose = purpose;
        }

        private int Run()
        {
            int result;
            do
            {
                result = _crypto.AesCcm.Step();
            }
            while (result == P256.Running);
            return result;
        }

        private byte[] Hash(Sha256 transcript)
        {
            byte[] hash = new byte[Sha256.HashLength];
            _crypto.Sha256.CopyFrom(transcript);
            _crypto.Sha256.Finish(hash, 0);
            return hash;
        }
    }
}
