using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    // The short way: nothing but symmetric cryptography, without the engine.
    internal sealed partial class CaseResponder
    {
        internal override void ReceiveSuccess(long now)
        {
            _isReported = true;
            if (State == WaitSuccess)
            {
                ConcludeResumption(now);
            }
            else if (State != ExtractResumedKeys && State != ExpandResumedKeys)
            {
                Abandon(now);
            }
        }

        // 0 leads to the next state.
        private int StepResumption(long now)
        {
            CaseKeySchedule keys = Context.CaseKeys;
            ResumptionTable resumptions = Context.Resumptions;
            switch (State)
            {
                case DeriveSigma1ResumeKey:
                    int row = FindResumption(now);
                    if (row < 0)
                    {
                        BeginFull(now);
                        return P256.Running;
                    }

                    resumptions.CopySecret(row, _secret);
                    keys.ExtractResumed(_privateKey, _secret, _data, InitiatorRandom, _data, OldId);
                    keys.ExpandKey(_privateKey, _privateKey, CaseKeySchedule.Sigma1ResumeKey);
                    return 0;
                case CheckSigma1Mic:
                    return CheckResumption(now);
                case DeriveSigma2ResumeKey:
                    Context.Crypto.Random.Fill(_resumptionId, 0, ResumptionTable.IdLength);
                    keys.ExtractResumed(_privateKey, _secret, _data, InitiatorRandom, _resumptionId, 0);
                    keys.ExpandKey(_privateKey, _privateKey, CaseKeySchedule.Sigma2ResumeKey);
                    return 0;
                case SealSigma2Mic:
                    keys.SealMic(_data, Mic, _privateKey, CaseKeySchedule.Sigma2ResumeKey);
                    return 0;
                case ExtractResumedKeys:
                    keys.ExtractResumed(_privateKey, _secret, _data, InitiatorRandom, _data, OldId);
                    return 0;
                default:
                    keys.ExpandSessionKeys(_data, 0, _privateKey, true);
                    if (!_isReported)
                    {
                        return 0;
                    }

                    ConcludeResumption(now);
                    return P256.Running;
            }
        }

        /// <summary>The row that Sigma1 names, unless a certificate has expired that its peer once proved itself with.</summary>
        private int FindResumption(long now)
        {
            int row = Context.Resumptions.Find(_data, OldId);
            return row >= 0 && HasExpired(Context.Resumptions.GetNotAfter(row), now) ? MatterError.NotFound : row;
        }

        /// <summary>If Sigma1 proves to know the secret the session is resumed, else the full handshake is due (Matter Core 4.14.2.3.4).</summary>
        private int CheckResumption(long now)
        {
            ResumptionTable resumptions = Context.Resumptions;
            int row = FindResumption(now);
            if (row < 0 || !Context.CaseKeys.IsMicRight(_data, Mic, _privateKey, CaseKeySchedule.Sigma1ResumeKey))
            {
                Array.Clear(_secret, 0, _secret.Length);
                BeginFull(now);
                return P256.Running;
            }

            Join(resumptions.GetFabric(row));
            if (!Reserve(_fabricIndex, now))
            {
                return P256.Running;
            }

            _peerNodeId = resumptions.GetPeerNodeId(row);
            _peerNotAfter = resumptions.GetNotAfter(row);
            resumptions.CopyTags(row, Session.CaseAuthenticatedTags);
            return 0;
        }

        private void ConcludeResumption(long now)
        {
            if (!StillPossible() || !Context.Resumptions.Spend(_data, OldId, now))
            {
                Abandon(now);
                return;
            }

            Array.Copy(_data, 0, Context.Keys, 0, Session.KeysLength);
            Session session = EstablishUnreported(SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now);
            if (session != null)
            {
                Context.Listener.CaseEstablished(session, now);
            }
        }

        // At a clock that isn't known, 0, nothing has.
        private bool HasExpired(uint notAfter, long now)
        {
            return notAfter != 0 && Context.Fabrics.Clock.GetSeconds(now) > notAfter;
        }

        private long AnswerResumption(long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            TlvWriter writer = Context.Writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, _resumptionId, 0, ResumptionTable.IdLength);
            writer.PutBytes(2, _data, Mic, AesCcm.TagLength);
            writer.PutUnsigned(3, (ulong)Session.LocalSessionId);
            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(4, writer);
            }

            writer.EndContainer();
            _answeredMs = now;
            Answer(slot, SecureChannelOpcode.Sigma2Resume, writer.Error < 0 ? writer.Error : writer.Length, ExtractResumedKeys, now);
            return State == Idle ? long.MaxValue : now;
        }
    }
}
