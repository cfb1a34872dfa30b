using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    // The peer proves who it is: the initiator in Sigma3, the responder in Sigma2.
    internal sealed partial class CaseHandshake
    {
        // 0 leads to the next state.
        private int StepSigma3(long now)
        {
            CryptoSuite crypto = Context.Crypto;
            CaseKeySchedule keys = Context.CaseKeys;
            switch (State)
            {
                case ExtractSigma3Key:
                    // S3K knows nothing of Sigma3: it is derived while the peer computes that.
                    HashTranscript();
                    keys.Extract(_privateKey, _secret, _ipk, _hash);
                    return 0;
                case ExpandSigma3Key:
                    keys.ExpandKey(_privateKey, 0, _privateKey, CaseKeySchedule.Sigma3Key);
                    if (!_isAhead)
                    {
                        return 0;
                    }

                    State = WaitEngineForSigma3;
                    return P256.Running;
                case WaitEngineForSigma3:
                    if (!crypto.P256.TryAcquire(this))
                    {
                        return P256.Running;
                    }

                    keys.BeginOpen(_data, _encryptedOffset, _encryptedLength, _privateKey, CaseKeySchedule.Sigma3Key);
                    return 0;
                case HashSigma3:
                    return HashMessage();
                case Opening:
                    return Open();
                case HashPeerNoc:
                    keys.HashNoc(_data, _nocOffset, _nocLength);
                    return 0;
                case HashPeerIcac:
                    BeginChain(now);
                    return 0;
                case HashPeerKeys:
                    keys.HashKeys(_hash, _peerKey, _ownKey);
                    return 0;
                case Chain:
                    return StepChain();
                case Verifying:
                    int result = crypto.P256.Step();
                    if (result == 0)
                    {
                        crypto.Release(this);
                    }

                    return result;
                case ExtractSessionKeys:
                    HashTranscript();
                    keys.Extract(_privateKey, _secret, _ipk, _hash);
                    return 0;
                default:
                    keys.ExpandSessionKeys(_data, 0, _privateKey, false);
                    return 0;
            }
        }

        /// <summary>Goes on with the hash that the peer signed, and begins to check its certificates.</summary>
        private void BeginChain(long now)
        {
            Context.CaseKeys.HashIcac(_data, _icacOffset, _icacLength);
            CertificateChain chain = Context.Fabrics.Chain;
            chain.EffectiveTime = Context.Fabrics.Clock.GetSeconds(now);
            chain.BeginPeer(
                _fabric.RootCertificate, _data, _icacOffset, _icacLength > 0 ? _icacLength : 0, _data, _nocOffset, _nocLength,
                Context.Crypto.SteppedSha256);
        }

        private int Open()
        {
            AesCcm aesCcm = Context.Crypto.AesCcm;
            int result = aesCcm.Step();
            if (result == P256.Running)
            {
                return result;
            }

            aesCcm.ForgetKeys();
            return result < 0 || ReadPlain() ? result : MatterError.InvalidMessage;
        }

        private int StepChain()
        {
            CertificateChain chain = Context.Fabrics.Chain;
            int result = chain.Step();
            if (result != 0)
            {
                return result;
            }

            if (chain.FabricId != _fabric.FabricId || (IsConnecting && chain.NodeId != _peerNodeId))
            {
                return MatterError.InvalidCertificate;
            }

            _peerNodeId = chain.NodeId;
            _peerNotAfter = chain.NotAfter;
            Array.Copy(chain.CaseAuthenticatedTags, Session.CaseAuthenticatedTags, Session.CaseAuthenticatedTags.Length);
            Context.Crypto.P256.BeginVerify(_signature, 0, _hash, 0, chain.PublicKey, chain.PublicKeyOffset);
            return 0;
        }

        /// <summary>Takes Sigma3 into <see cref="_data"/>.</summary>
        /// <returns>False if it is malformed.</returns>
        private bool ReadSigma3(byte[] buffer, int offset, int length)
        {
            bool seen = false;
            TlvReader reader = Context.Reader;
            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                if (reader.Tag == 1)
                {
                    _encryptedLength = reader.GetBytes(AesCcm.TagLength, DataLength);
                    _encryptedOffset = reader.ValueOffset - offset;
                    seen = true;
                }
            }

            if (length > DataLength || reader.Finish() != 0 || !seen)
            {
                return false;
            }

            Array.Copy(buffer, offset, _data, 0, length);
            BeginMessage(length);
            return true;
        }

        /// <summary>Reads sigma-2-tbedata or sigma-3-tbedata.</summary>
        private bool ReadPlain()
        {
            int seen = 0;
            _icacLength = CaseKeySchedule.NoIcac;
            TlvReader reader = Context.Reader;
            reader.Reset(_data, _encryptedOffset, _encryptedLength - AesCcm.TagLength);
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 1:
                        _nocLength = reader.GetBytes(1, Fabric.MaxCertificateLength);
                        _nocOffset = reader.ValueOffset;
                        seen |= 1;
                        break;
                    case 2:
                        _icacLength = reader.GetBytes(0, Fabric.MaxCertificateLength);
                        _icacOffset = reader.ValueOffset;
                        break;
                    case 3:
                        reader.CopyBytes(_signature, 0, P256.SignatureLength);
                        seen |= 2;
                        break;
                    case 4:
                        if (IsConnecting)
                        {
                            reader.CopyBytes(_resumptionId, 0, ResumptionTable.IdLength);
                            seen |= 4;
                        }

                        break;
                }
            }

            return reader.Finish() == 0 && seen == (IsConnecting ? 7 : 3);
        }

        private long AnswerSigma3(long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            Array.Copy(_data, 0, Context.Keys, 0, Session.KeysLength);
            Tell(Establish(slot, SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now), now);
            return long.MaxValue;
        }
    }
}
