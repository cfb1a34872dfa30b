using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    // The initiator's side: this node looks for a peer that it knows.
    internal sealed partial class CaseHandshake
    {
        // In the order of time, a step each: Sigma1, then the answer to a resumption, then that of the full handshake.
        private const int WaitEngineForSigma1 = 40;
        private const int OwnKeyPair = 41;
        private const int OfferResumption = 42;
        private const int WriteSigma1 = 43;
        private const int HashOwnSigma1 = 44;
        private const int SendSigma1 = 45;
        private const int WaitSigma2 = 46;
        private const int DeriveAnswerKey = 47;
        private const int CheckAnswerMic = 48;
        private const int SendResumed = 49;
        private const int WaitEngineForAnswer = 50;
        private const int AnswerSecret = 51;
        private const int ExtractAnswerKey = 52;
        private const int HashAnswer = 53;
        private const int ExpandAnswerKey = 54;
        private const int OpenAnswer = 55;
        private const int HashResponderNoc = 56;
        private const int HashResponderIcac = 57;
        private const int HashResponderKeys = 58;
        private const int ResponderChain = 59;
        private const int VerifyResponder = 60;
        private const int HashInitiatorNoc = 61;
        private const int HashInitiatorIcac = 62;
        private const int HashInitiatorKeys = 63;
        private const int SignSigma3 = 64;
        private const int ExtractOwnKey = 65;
        private const int ExpandOwnKey = 66;
        private const int SealSigma3 = 67;
        private const int HashOwnSigma3 = 68;
        private const int SendSigma3 = 69;
        private const int ExtractInitiatorKeys = 70;
        private const int ExpandInitiatorKeys = 71;
        private const int WaitReport = 72;

        private int _randomOffset;
        private bool _isOffered;

        /// <summary>True while this row serves a handshake that this node began.</summary>
        internal bool IsConnecting
        {
            get { return State >= WaitEngineForSigma1; }
        }

        /// <summary>Begins a handshake with a peer; the row is idle. See <see cref="SecureChannelProtocol.Connect"/>.</summary>
        internal int Connect(Exchange exchange, Fabric fabric, ulong peerNodeId, long now)
        {
            Context.PeerParameters.Reset();
            Claim(exchange, UnsecuredSessionId, WaitEngineForSigma1, now);
            if (!Reserve(fabric.Index, now))
            {
                return MatterError.Busy;
            }

            Join(fabric);
            _peerNodeId = peerNodeId;
            _isAhead = false;
            _transcript.Start();
            return 0;
        }

        private void ReceiveAnswer(int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (State == WaitSigma2 && opcode == SecureChannelOpcode.Sigma2 && ReadSigma2(buffer, offset, length))
            {
                Acknowledge(now);
                State = WaitEngineForAnswer;
            }
            else if (State == WaitSigma2 && opcode == SecureChannelOpcode.Sigma2Resume && _isOffered && ReadSigma2Resume(buffer, offset, length))
            {
                Acknowledge(now);
                State = DeriveAnswerKey;
            }
            else
            {
                Fail(StatusReport.InvalidParameter, now);
            }
        }

        private long WorkAsInitiator(long now)
        {
            switch (State)
            {
                case SendSigma1:
                    return SendMessage(SecureChannelOpcode.Sigma1, WaitSigma2, now);
                case SendResumed:
                    return ReportResumed(now);
                case SendSigma3:
                    return SendMessage(SecureChannelOpcode.Sigma3, ExtractInitiatorKeys, now);
                case WaitSigma2:
                case WaitReport:
                    return long.MaxValue;
            }

            if (State != WaitEngineForSigma1 && State != WaitEngineForAnswer && !HasTurn())
            {
                return now;
            }

            int result = State < WaitSigma2 ? StepSigma1(now) : State < HashResponderNoc ? StepAnswer() : StepProofs(now);
            if (result < 0 && State < WaitSigma2)
            {
                // The peer knows nothing of it yet.
                Abandon(now);
            }
            else if (result < 0)
            {
                Fail(StatusReport.InvalidParameter, now);
            }
            else if (result == 0 && ++State == WaitReport && _isAhead)
            {
                ConcludeAsInitiator(now);
            }

            return State == Idle ? long.MaxValue : now;
        }

        // 0 leads to the next state.
        private int StepSigma1(long now)
        {
            CryptoSuite crypto = Context.Crypto;
            switch (State)
            {
                case WaitEngineForSigma1:
                    if (!crypto.P256.TryAcquire(this))
                    {
                        return P256.Running;
                    }

                    crypto.P256.BeginKeyPair(_privateKey, 0, _ownKey, 0);
                    return 0;
                case OwnKeyPair:
                    int result = crypto.P256.Step();
                    if (result == 0)
                    {
                        crypto.Release(this);
                        crypto.Random.Fill(_data, InitiatorRandom, CaseKeySchedule.RandomLength);
                    }

                    return result;
                case OfferResumption:
                    Offer(now);
                    return 0;
                case WriteSigma1:
                    return PutSigma1(now);
                default:
                    return HashMessage();
            }
        }

        /// <summary>What proves that this side knows the secret of the session that is to be resumed, if there is one.</summary>
        private void Offer(long now)
        {
            ResumptionTable resumptions = Context.Resumptions;
            int row = resumptions.Find(_fabric, _peerNodeId);
            _isOffered = row >= 0 && !HasExpired(resumptions.GetNotAfter(row), now);
            if (!_isOffered)
            {
                return;
            }

            CaseKeySchedule keys = Context.CaseKeys;
            resumptions.CopySecret(row, _secret);
            resumptions.CopyId(row, _data, OldId);

            // What is extracted serves for the session's keys, too.
            keys.ExtractResumed(_hash, _secret, _data, InitiatorRandom, _data, OldId);
            keys.ExpandKey(_signature, 0, _hash, CaseKeySchedule.Sigma1ResumeKey);
        }

        private int PutSigma1(long now)
        {
            if (_isOffered)
            {
                Context.CaseKeys.SealMic(_data, Mic, _signature, 0, CaseKeySchedule.Sigma1ResumeKey);
            }

            // No signature is made yet: there is room for the destination id.
            int result = Context.Fabrics.MakeDestination(_signature, 0, _fabric, _peerNodeId, _data, InitiatorRandom, _ipk, now);
            if (result < 0)
            {
                return result;
            }

            TlvWriter writer = Context.Writer;
            writer.Reset(_data, 0, Mic);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, _data, InitiatorRandom, CaseKeySchedule.RandomLength);
            writer.PutUnsigned(2, (ulong)Session.LocalSessionId);
            writer.PutBytes(3, _signature, 0, Hmac.MacLength);
            writer.PutBytes(4, _ownKey, 0, P256.PointLength);
            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(5, writer);
            }

            if (_isOffered)
            {
                writer.PutBytes(6, _data, OldId, ResumptionTable.IdLength);
                writer.PutBytes(7, _data, Mic, AesCcm.TagLength);
            }

            writer.EndContainer();
            BeginMessage(writer.Length);
            return writer.Error;
        }

        // 0 leads to the next state.
        private int StepAnswer()
        {
            CryptoSuite crypto = Context.Crypto;
            CaseKeySchedule keys = Context.CaseKeys;
            switch (State)
            {
                case DeriveAnswerKey:
                    keys.ExtractResumed(_privateKey, _secret, _data, InitiatorRandom, _resumptionId, 0);
                    keys.ExpandKey(_privateKey, 0, _privateKey, CaseKeySchedule.Sigma2ResumeKey);
                    return 0;
                case CheckAnswerMic:
                    keys.SealMic(_signature, AesCcm.TagLength, _privateKey, 0, CaseKeySchedule.Sigma2ResumeKey);
                    return ConstantTime.Equals(_signature, 0, _signature, AesCcm.TagLength, AesCcm.TagLength) ? 0 : MatterError.AuthenticationFailed;
                case WaitEngineForAnswer:
                    if (!crypto.P256.TryAcquire(this))
                    {
                        return P256.Running;
                    }

                    crypto.P256.BeginEcdh(_secret, 0, _peerKey, 0, _privateKey, 0);
                    return 0;
                case AnswerSecret:
                    int result = crypto.P256.Step();
                    if (result == 0)
                    {
                        HashTranscript();
                    }

                    return result;
                case ExtractAnswerKey:
                    keys.ExtractSigma2(_privateKey, _secret, _ipk, _data, _randomOffset, _peerKey, _hash);
                    return 0;
                case HashAnswer:
                    return HashMessage();
                case ExpandAnswerKey:
                    keys.ExpandKey(_privateKey, 0, _privateKey, CaseKeySchedule.Sigma2Key);
                    keys.BeginOpen(_data, _encryptedOffset, _encryptedLength, _privateKey, CaseKeySchedule.Sigma2Key);
                    return 0;
                default:
                    return Open();
            }
        }

        // The responder's proof, then ours; 0 leads to the next state.
        private int StepProofs(long now)
        {
            CryptoSuite crypto = Context.Crypto;
            CaseKeySchedule keys = Context.CaseKeys;
            switch (State)
            {
                case HashResponderNoc:
                    keys.HashNoc(_data, _nocOffset, _nocLength);
                    return 0;
                case HashResponderIcac:
                    BeginChain(now);
                    return 0;
                case HashResponderKeys:
                    keys.HashKeys(_hash, _peerKey, _ownKey);
                    return 0;
                case ResponderChain:
                    return StepChain();
                case VerifyResponder:
                    return crypto.P256.Step();
                case HashInitiatorNoc:
                    keys.HashNoc(_fabric.Noc, 0, _fabric.Noc.Length);
                    return 0;
                case HashInitiatorIcac:
                    keys.HashIcac(_fabric.Icac, 0, _fabric.Icac.Length == 0 ? CaseKeySchedule.NoIcac : _fabric.Icac.Length);
                    return 0;
                case HashInitiatorKeys:
                    keys.HashKeys(_hash, _ownKey, _peerKey);
                    crypto.P256.BeginSign(_signature, 0, _hash, 0, _fabric.PrivateKey, 0);
                    return 0;
                case SignSigma3:
                    int signed = crypto.P256.Step();
                    if (signed == 0)
                    {
                        PutSigma3();
                        HashTranscript();
                    }

                    return signed;
                case ExtractOwnKey:
                case ExtractInitiatorKeys:
                    if (State == ExtractInitiatorKeys)
                    {
                        HashTranscript();
                    }

                    keys.Extract(_privateKey, _secret, _ipk, _hash);
                    return 0;
                case ExpandOwnKey:
                    keys.ExpandKey(_privateKey, 0, _privateKey, CaseKeySchedule.Sigma3Key);
                    keys.BeginSeal(_data, _encryptedOffset, _encryptedLength - AesCcm.TagLength, _privateKey, CaseKeySchedule.Sigma3Key);
                    return 0;
                case SealSigma3:
                    return crypto.AesCcm.Step();
                case HashOwnSigma3:
                    if (HashMessage() != 0)
                    {
                        return P256.Running;
                    }

                    crypto.AesCcm.ForgetKeys();
                    crypto.Release(this);
                    return 0;
                default:
                    keys.ExpandSessionKeys(_data, 0, _privateKey, false);
                    return 0;
            }
        }

        /// <summary>Builds Sigma3 in <see cref="_data"/>, with what is to be encrypted in its place.</summary>
        private void PutSigma3()
        {
            TlvWriter writer = Context.Writer;
            _encryptedLength = PlainLength() + AesCcm.TagLength;
            writer.Reset(_data, 0, DataLength);
            writer.StartStructure(TlvTag.Anonymous);
            _encryptedOffset = writer.ReserveBytes(1, _encryptedLength);
            writer.EndContainer();
            BeginMessage(writer.Length);
            BeginPlain();
            writer.EndContainer();
        }

        /// <summary>Takes Sigma2 into <see cref="_data"/>.</summary>
        /// <returns>False if it is malformed.</returns>
        private bool ReadSigma2(byte[] buffer, int offset, int length)
        {
            int seen = 0;
            TlvReader reader = Context.Reader;
            Context.PeerParameters.Reset();
            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 1:
                        reader.GetBytes(CaseKeySchedule.RandomLength, CaseKeySchedule.RandomLength);
                        _randomOffset = reader.ValueOffset - offset;
                        seen |= 1;
                        break;
                    case 2:
                        PeerSessionId = (int)reader.GetUnsigned(0xFFFF);
                        seen |= 2;
                        break;
                    case 3:
                        reader.CopyBytes(_peerKey, 0, P256.PointLength);
                        seen |= 4;
                        break;
                    case 4:
                        _encryptedLength = reader.GetBytes(AesCcm.TagLength, DataLength);
                        _encryptedOffset = reader.ValueOffset - offset;
                        seen |= 8;
                        break;
                    case 5:
                        Context.PeerParameters.Read(reader);
                        break;
                }
            }

            if (length > DataLength || reader.Finish() != 0 || seen != 15 || PeerSessionId == UnsecuredSessionId)
            {
                return false;
            }

            Context.PeerParameters.ApplyTo(Carrier);
            Array.Copy(buffer, offset, _data, 0, length);
            BeginMessage(length);
            return true;
        }

        /// <summary>Takes the new resumption id, and the MIC into <see cref="_signature"/>.</summary>
        /// <returns>False if the message is malformed.</returns>
        private bool ReadSigma2Resume(byte[] buffer, int offset, int length)
        {
            int seen = 0;
            TlvReader reader = Context.Reader;
            Context.PeerParameters.Reset();
            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 1:
                        reader.CopyBytes(_resumptionId, 0, ResumptionTable.IdLength);
                        seen |= 1;
                        break;
                    case 2:
                        reader.CopyBytes(_signature, 0, AesCcm.TagLength);
                        seen |= 2;
                        break;
                    case 3:
                        PeerSessionId = (int)reader.GetUnsigned(0xFFFF);
                        seen |= 4;
                        break;
                    case 4:
                        Context.PeerParameters.Read(reader);
                        break;
                }
            }

            if (reader.Finish() != 0 || seen != 7 || PeerSessionId == UnsecuredSessionId)
            {
                return false;
            }

            Context.PeerParameters.ApplyTo(Carrier);
            return true;
        }

        /// <summary>The peer has proved to know the secret: reports success, which is the last word.</summary>
        private long ReportResumed(long now)
        {
            ResumptionTable resumptions = Context.Resumptions;
            int row = resumptions.Find(_data, OldId);
            if (row < 0)
            {
                // The same peer was faster with a handshake of its own.
                Abandon(now);
                return long.MaxValue;
            }

            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            _peerNotAfter = resumptions.GetNotAfter(row);
            resumptions.CopyTags(row, Session.CaseAuthenticatedTags);
            Context.CaseKeys.ExpandSessionKeys(Context.Keys, 0, _hash, true);
            if (resumptions.Spend(_data, OldId, now))
            {
                Tell(Establish(slot, SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now), now);
                return long.MaxValue;
            }

            Array.Clear(Context.Keys, 0, Context.Keys.Length);
            Discard(slot);
            Abandon(now);
            return long.MaxValue;
        }

        private void ConcludeAsInitiator(long now)
        {
            if (!StillPossible())
            {
                Abandon(now);
                return;
            }

            Array.Copy(_data, 0, Context.Keys, 0, Session.KeysLength);
            Tell(EstablishUnreported(SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now), now);
        }
    }
}
