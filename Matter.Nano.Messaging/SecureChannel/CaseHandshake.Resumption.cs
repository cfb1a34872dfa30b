using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    // The short way: nothing but symmetric cryptography, without the engine.
    internal sealed partial class CaseHandshake
    {
        internal override void ReceiveSuccess(long now)
        {
            _isAhead = true;
            if (State == WaitSuccess)
            {
                ConcludeResumption(now);
            }
            else if (State == WaitReport)
            {
                ConcludeAsInitiator(now);
            }
            else if (State == ExtractInitiatorKeys || State == ExpandInitiatorKeys)
            {
                return;
            }
            else if (State != ExpandResumedKeys)
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
                    // What is extracted serves for the session's keys, too.
                    keys.ExtractResumed(_hash, _secret, _data, InitiatorRandom, _data, OldId);
                    keys.ExpandKey(_privateKey, 0, _hash, CaseKeySchedule.Sigma1ResumeKey);
                    return 0;
                case DeriveSigma2ResumeKey:
                    Context.Crypto.Random.Fill(_resumptionId, 0, ResumptionTable.IdLength);
                    keys.ExtractResumed(_signature, _secret, _data, InitiatorRandom, _resumptionId, 0);
                    keys.ExpandKey(_privateKey, AesCcm.KeyLength, _signature, CaseKeySchedule.Sigma2ResumeKey);
                    return 0;
                case CheckSigma1Mic:
                    keys.SealMics(_signature, _privateKey);
                    return CheckResumption(now);
                default:
                    keys.ExpandSessionKeys(_data, 0, _hash, true);
                    if (!_isAhead)
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
            if (row < 0 || !ConstantTime.Equals(_signature, 0, _data, Mic, AesCcm.TagLength))
            {
                Array.Clear(_secret, 0, _secret.Length);
                Array.Clear(_hash, 0, _hash.Length);
                Array.Clear(_signature, 0, _signature.Length);
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
            Tell(EstablishUnreported(SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now), now);
        }

        /// <summary>Tells of a session, if it came about.</summary>
        private void Tell(Session session, long now)
        {
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
            writer.PutBytes(2, _signature, AesCcm.TagLength, AesCcm.TagLength);
            writer.PutUnsigned(3, (ulong)Session.LocalSessionId);
            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(4, writer);
            }

            writer.EndContainer();
            _answeredMs = now;
            Answer(slot, SecureChannelOpcode.Sigma2Resume, writer.Error < 0 ? writer.Error : writer.Length, ExpandResumedKeys, now);
            return State == Idle ? long.MaxValue : now;
        }
    }
}
