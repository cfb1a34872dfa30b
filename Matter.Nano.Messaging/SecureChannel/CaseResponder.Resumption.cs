using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    // The short way: nothing but symmetric cryptography, so the answer leaves at once.
    internal sealed partial class CaseResponder
    {
        private const int RandomInData = 0;
        private const int OldIdInData = RandomInData + CaseKeySchedule.RandomLength;
        private const int MicInData = OldIdInData + ResumptionTable.IdLength;

        internal override void ReceiveSuccess(long now)
        {
            if (State != WaitSuccess || !StillPossible() || !Context.Resumptions.Spend(_data, OldIdInData, now))
            {
                Abandon(now);
                return;
            }

            Context.CaseKeys.DeriveResumedSessionKeys(Context.Keys, _secret, _data, RandomInData, _data, OldIdInData);
            Session session = EstablishUnreported(SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now);
            if (session != null)
            {
                Context.Listener.CaseEstablished(session, now);
            }
        }

        /// <summary>Answers a Sigma1 that names a known session and proves to know its secret.</summary>
        /// <returns>
        /// False if it does not, or if a certificate has expired that it once proved itself with: then the full handshake is due
        /// (Matter Core 4.14.2.3.4) and nothing has changed.
        /// </returns>
        private bool StartResumption(Exchange exchange, byte[] buffer, long now)
        {
            Sigma1 sigma1 = Context.Sigma1;
            ResumptionTable resumptions = Context.Resumptions;
            CaseKeySchedule keys = Context.CaseKeys;
            int random = sigma1.InitiatorRandomOffset;
            int id = sigma1.ResumptionIdOffset;
            int row = resumptions.Find(buffer, id);
            if (row < 0 || HasExpired(resumptions.GetNotAfter(row), now))
            {
                return false;
            }

            resumptions.CopySecret(row, _secret);
            keys.DeriveSigma1ResumeKey(_secret, buffer, random, buffer, id);
            if (keys.Open(buffer, sigma1.ResumeMicOffset, AesCcm.TagLength) < 0)
            {
                Array.Clear(_secret, 0, _secret.Length);
                return false;
            }

            Fabric fabric = resumptions.GetFabric(row);
            if (!Reserve(exchange, fabric.Index, sigma1.InitiatorSessionId, SendSigma2Resume, now))
            {
                Array.Clear(_secret, 0, _secret.Length);
                return true;
            }

            Join(fabric);
            _peerNodeId = resumptions.GetPeerNodeId(row);
            _peerNotAfter = resumptions.GetNotAfter(row);
            resumptions.CopyTags(row, Session.CaseAuthenticatedTags);
            Array.Copy(buffer, random, _data, RandomInData, CaseKeySchedule.RandomLength);
            Array.Copy(buffer, id, _data, OldIdInData, ResumptionTable.IdLength);
            Context.Crypto.Random.Fill(_resumptionId, 0, ResumptionTable.IdLength);
            keys.DeriveSigma2ResumeKey(_secret, buffer, random, _resumptionId, 0);
            keys.Seal(_data, MicInData, 0);
            AnswerResumption(now);
            return true;
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
            writer.PutBytes(2, _data, MicInData, AesCcm.TagLength);
            writer.PutUnsigned(3, (ulong)Session.LocalSessionId);
            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(4, writer);
            }

            writer.EndContainer();
            _answeredMs = now;
            Answer(slot, SecureChannelOpcode.Sigma2Resume, writer.Error < 0 ? writer.Error : writer.Length, WaitSuccess, now);
            return long.MaxValue;
        }
    }
}
