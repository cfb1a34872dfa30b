using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// CASE (Matter Core 4.14.2): Sigma1, Sigma2, Sigma3, StatusReport, or for a session resumed Sigma1, Sigma2Resume and the
    /// initiator's StatusReport. The responder's side, and as <see cref="Connect"/> begins it the initiator's.
    /// </summary>
    internal sealed partial class CaseHandshake : Handshake
    {
        // In the order of time, a step each: first a resumption, then the full handshake.
        private const int DeriveSigma1ResumeKey = 1;
        private const int DeriveSigma2ResumeKey = 2;
        private const int CheckSigma1Mic = 3;
        private const int SendSigma2Resume = 4;
        private const int ExpandResumedKeys = 5;
        private const int WaitSuccess = 6;
        private const int FindFabric = 7;
        private const int HashSigma1 = 8;
        private const int WaitEngineForSigma2 = 9;
        private const int KeyPair = 10;
        private const int SharedSecret = 11;
        private const int HashOwnNoc = 12;
        private const int HashOwnIcac = 13;
        private const int HashOwnKeys = 14;
        private const int Signing = 15;
        private const int ExtractSigma2Key = 16;
        private const int ExpandSigma2Key = 17;
        private const int Sealing = 18;
        private const int HashSigma2 = 19;
        private const int SendSigma2 = 20;
        private const int ExtractSigma3Key = 21;
        private const int ExpandSigma3Key = 22;
        private const int WaitSigma3 = 23;
        private const int WaitEngineForSigma3 = 24;
        private const int HashSigma3 = 25;
        private const int Opening = 26;
        private const int HashPeerNoc = 27;
        private const int HashPeerIcac = 28;
        private const int HashPeerKeys = 29;
        private const int Chain = 30;
        private const int Verifying = 31;
        private const int ExtractSessionKeys = 32;
        private const int ExpandSessionKeys = 33;
        private const int SendSuccess = 34;

        /// <summary>Bytes of a message that are hashed in a step.</summary>
        private const int HashedPerStep = 8 * Sha256.BlockLength;

        /// <summary>Where Sigma2 has the responder's random number: behind control bytes, tag and length.</summary>
        private const int RandomInSigma2 = 4;

        /// <summary>Most that stands around encrypted2 in Sigma2: random number, session id, key, session parameters.</summary>
        private const int Sigma2Overhead = 152;
        private const int DataLength = Limits.CaseDataLength + Sigma2Overhead;

        // Behind Sigma1, what is needed of it later.
        private const int InitiatorRandom = DataLength - CaseKeySchedule.RandomLength;
        private const int DestinationId = InitiatorRandom - Hmac.MacLength;
        private const int OldId = DestinationId - ResumptionTable.IdLength;
        private const int Mic = OldId - AesCcm.TagLength;

        /// <summary>A peer from which nothing came for so long after an answer counts as gone when another Sigma1 needs its place.</summary>
        private const int PatienceMs = 5000;

        private readonly Sha256 _transcript = new Sha256();
        private readonly byte[] _peerKey = new byte[P256.PointLength];
        private readonly byte[] _ownKey = new byte[P256.PointLength];
        /// <summary>The ephemeral key until the shared secret is there, then what is derived from that: a key after the other, or both keys of a resumption.</summary>
        private readonly byte[] _privateKey = new byte[P256.ScalarLength];
        private readonly byte[] _secret = new byte[P256.ScalarLength];
        private readonly byte[] _ipk = new byte[CaseKeySchedule.IpkLength];
        private readonly byte[] _resumptionId = new byte[ResumptionTable.IdLength];
        /// <summary>In a resumption what the keys of the initiator's id are expanded from.</summary>
        private readonly byte[] _hash = new byte[Sha256.HashLength];
        /// <summary>In a resumption both of its MICs.</summary>
        private readonly byte[] _signature = new byte[P256.SignatureLength];

        /// <summary>
        /// The message at hand: Sigma1 with copies of its fields at the end, Sigma2, Sigma3, whose encrypted part is encrypted or
        /// decrypted in place; in the end the session keys.
        /// </summary>
        private readonly byte[] _data = new byte[DataLength];
        private int _messageLength;
        private int _hashedLength;
        private int _encryptedOffset;
        private int _encryptedLength;
        private int _destination;
        private int _nocOffset;
        private int _nocLength;
        private int _icacOffset;
        private int _icacLength;
        private Fabric _fabric;
        private int _fabricIndex;
        private int _credentials;   // version of the fabric's key and NOC: others mean another identity, also under the same node id
        private ulong _nodeId;
        private ulong _peerNodeId;
        private uint _peerNotAfter;
        private long _answeredMs;

        /// <summary>The peer's next message has come before this side was ready for it.</summary>
        private bool _isAhead;

        internal CaseHandshake(SecureChannelContext context, int turn)
            : base(context, turn)
        {
        }

        /// <summary>Sigma1: Sigma2 follows when it is computed.</summary>
        internal override void Start(Exchange exchange, byte[] buffer, int offset, int length, long now)
        {
            Sigma1 sigma1 = Context.Sigma1;
            if (length > Mic || !sigma1.Read(Context.Reader, Context.PeerParameters, buffer, offset, length)
                || sigma1.InitiatorSessionId == UnsecuredSessionId)
            {
                SecureChannelProtocol.Refuse(exchange, StatusReport.InvalidParameter, now);
                return;
            }

            Array.Copy(buffer, offset, _data, 0, length);
            Array.Copy(buffer, sigma1.InitiatorRandomOffset, _data, InitiatorRandom, CaseKeySchedule.RandomLength);
            Array.Copy(buffer, sigma1.DestinationIdOffset, _data, DestinationId, Hmac.MacLength);
            Array.Copy(buffer, sigma1.InitiatorKeyOffset, _peerKey, 0, P256.PointLength);
            BeginMessage(length);
            _transcript.Start();
            _isAhead = false;
            if (sigma1.HasResumption)
            {
                Array.Copy(buffer, sigma1.ResumptionIdOffset, _data, OldId, ResumptionTable.IdLength);
                Array.Copy(buffer, sigma1.ResumeMicOffset, _data, Mic, AesCcm.TagLength);
                Claim(exchange, sigma1.InitiatorSessionId, DeriveSigma1ResumeKey, now);
            }
            else
            {
                Claim(exchange, sigma1.InitiatorSessionId, FindFabric, now);
                BeginFull(now);
            }
        }

        internal override void Receive(int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (IsConnecting)
            {
                ReceiveAnswer(opcode, buffer, offset, length, now);
                return;
            }

            if (IsDueSigma3() && !_isAhead && opcode == SecureChannelOpcode.Sigma3 && ReadSigma3(buffer, offset, length))
            {
                Acknowledge(now);
                _isAhead = State != WaitSigma3;
                State = _isAhead ? State : WaitEngineForSigma3;
                return;
            }

            Fail(StatusReport.InvalidParameter, now);
        }

        /// <summary>True if this handshake waits in vain for this address.</summary>
        internal bool IsForsaken(Session carrier, long now)
        {
            return (IsDueSigma3() || State == WaitSuccess) && now - _answeredMs >= PatienceMs && Carrier.HasPeerAddress(carrier.PeerAddress, carrier.PeerAddressLength);
        }

        /// <summary>Sigma2 is out; Sigma3 may come before its key is derived.</summary>
        private bool IsDueSigma3()
        {
            return State >= ExtractSigma3Key && State <= WaitSigma3;
        }

        protected override long Work(long now)
        {
            if (IsConnecting)
            {
                return WorkAsInitiator(now);
            }

            switch (State)
            {
                case SendSigma2Resume:
                    return AnswerResumption(now);
                case SendSigma2:
                    return AnswerSigma1(now);
                case SendSuccess:
                    return AnswerSigma3(now);
                case WaitSuccess:
                case WaitSigma3:
                    return long.MaxValue;
            }

            if (State != WaitEngineForSigma2 && State != WaitEngineForSigma3 && !HasTurn())
            {
                return now;
            }

            int result = State < FindFabric ? StepResumption(now) : State < ExtractSigma3Key ? StepSigma2(now) : StepSigma3(now);
            if (result < 0)
            {
                Fail(StatusReport.InvalidParameter, now);
                return long.MaxValue;
            }

            if (result == 0 && ++State == SendSigma2Resume)
            {
                return AnswerResumption(now);
            }

            return State == Idle ? long.MaxValue : now;
        }

        protected override bool StillPossible()
        {
            return _fabric == null || (_fabric.Index == _fabricIndex && _fabric.CredentialsVersion == _credentials);
        }

        protected override void Wipe(int lastState, long now)
        {
            Array.Clear(_privateKey, 0, _privateKey.Length);
            Array.Clear(_secret, 0, _secret.Length);
            Array.Clear(_ipk, 0, _ipk.Length);
            Array.Clear(_hash, 0, _hash.Length);
            Array.Clear(_signature, 0, _signature.Length);
            Array.Clear(_data, 0, _data.Length);
            Array.Clear(_resumptionId, 0, _resumptionId.Length);
            _transcript.Start();
            _fabric = null;
        }

        protected override void Established(long now)
        {
            Context.Resumptions.Put(_fabric, _peerNodeId, Session.CaseAuthenticatedTags, _resumptionId, _secret, _peerNotAfter, now);
        }

        /// <summary>From now on the handshake is this fabric's.</summary>
        private void Join(Fabric fabric)
        {
            _fabric = fabric;
            _fabricIndex = fabric.Index;
            _nodeId = fabric.NodeId;
            _credentials = fabric.CredentialsVersion;
        }

        /// <summary>The full handshake takes its time, so the peer hears at once that Sigma1 has come.</summary>
        private void BeginFull(long now)
        {
            _destination = -1;
            State = FindFabric;
            Acknowledge(now);
        }

        /// <summary>A message is in <see cref="_data"/>, to be added to the transcript.</summary>
        private void BeginMessage(int length)
        {
            _messageLength = length;
            _hashedLength = 0;
        }

        /// <summary>Adds a part of the message to the transcript.</summary>
        private int HashMessage()
        {
            int part = _messageLength - _hashedLength;
            if (part > HashedPerStep)
            {
                part = HashedPerStep;
            }

            _transcript.Update(_data, _hashedLength, part);
            _hashedLength += part;
            return _hashedLength == _messageLength ? 0 : P256.Running;
        }

        /// <summary>Hashes the messages so far into <see cref="_hash"/>.</summary>
        private void HashTranscript()
        {
            Context.Crypto.Sha256.CopyFrom(_transcript);
            Context.Crypto.Sha256.Finish(_hash, 0);
        }

        // 0 leads to the next state.
        private int StepSigma2(long now)
        {
            CryptoSuite crypto = Context.Crypto;
            CaseKeySchedule keys = Context.CaseKeys;
            switch (State)
            {
                case FindFabric:
                    return StepDestination(now);
                case HashSigma1:
                    return HashMessage();
                case WaitEngineForSigma2:
                    if (!crypto.P256.TryAcquire(this))
                    {
                        return P256.Running;
                    }

                    crypto.P256.BeginKeyPair(_privateKey, 0, _ownKey, 0);
                    return 0;
                case KeyPair:
                    int result = crypto.P256.Step();
                    if (result == 0)
                    {
                        crypto.P256.BeginEcdh(_secret, 0, _peerKey, 0, _privateKey, 0);
                    }

                    return result;
                case HashOwnNoc:
                    Array.Clear(_privateKey, 0, _privateKey.Length);
                    keys.HashNoc(_fabric.Noc, 0, _fabric.Noc.Length);
                    return 0;
                case HashOwnIcac:
                    keys.HashIcac(_fabric.Icac, 0, _fabric.Icac.Length == 0 ? CaseKeySchedule.NoIcac : _fabric.Icac.Length);
                    return 0;
                case HashOwnKeys:
                    keys.HashKeys(_hash, _ownKey, _peerKey);
                    crypto.P256.BeginSign(_signature, 0, _hash, 0, _fabric.PrivateKey, 0);
                    return 0;
                case Signing:
                    int signed = crypto.P256.Step();
                    if (signed == 0)
                    {
                        WriteSigma2();
                        HashTranscript();
                    }

                    return signed;
                case ExtractSigma2Key:
                    keys.ExtractSigma2(_privateKey, _secret, _ipk, _data, RandomInSigma2, _ownKey, _hash);
                    return 0;
                case ExpandSigma2Key:
                    keys.ExpandKey(_privateKey, 0, _privateKey, CaseKeySchedule.Sigma2Key);
                    keys.BeginSeal(_data, _encryptedOffset, _encryptedLength - AesCcm.TagLength, _privateKey, CaseKeySchedule.Sigma2Key);
                    return 0;
                case Sealing:
                    return crypto.AesCcm.Step();
                case HashSigma2:
                    if (HashMessage() != 0)
                    {
                        return P256.Running;
                    }

                    crypto.AesCcm.ForgetKeys();
                    crypto.Release(this);
                    return 0;
                default:
                    return crypto.P256.Step();
            }
        }

        /// <summary>Looks at one of the fabrics that Sigma1 may be meant for; at the end the handshake is that one's.</summary>
        private int StepDestination(long now)
        {
            FabricTable fabrics = Context.Fabrics;
            _destination = fabrics.NextDestination(_destination);
            if (_destination >= 0)
            {
                if (fabrics.IsDestination(_destination, _data, InitiatorRandom, _data, DestinationId, _ipk, 0))
                {
                    Join(fabrics.GetDestination(_destination));
                }

                return P256.Running;
            }

            if (_fabric == null)
            {
                Fail(StatusReport.NoSharedTrustRoots, now);
                return P256.Running;
            }

            return Reserve(_fabricIndex, now) ? 0 : P256.Running;
        }

        /// <summary>Builds Sigma2 in <see cref="_data"/>, with what is to be encrypted in its place.</summary>
        private void WriteSigma2()
        {
            byte[] data = _data;
            Context.Crypto.Random.Fill(data, RandomInSigma2, CaseKeySchedule.RandomLength);
            Context.Crypto.Random.Fill(_resumptionId, 0, ResumptionTable.IdLength);
            _encryptedLength = PlainLength() + OctetStringLength(_resumptionId) + AesCcm.TagLength;

            TlvWriter writer = Context.Writer;
            writer.Reset(data, 0, DataLength);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, data, RandomInSigma2, CaseKeySchedule.RandomLength);
            writer.PutUnsigned(2, (ulong)Session.LocalSessionId);
            writer.PutBytes(3, _ownKey, 0, P256.PointLength);
            _encryptedOffset = writer.ReserveBytes(4, _encryptedLength);
            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(5, writer);
            }

            writer.EndContainer();
            BeginMessage(writer.Length);

            BeginPlain();
            writer.PutBytes(4, _resumptionId, 0, ResumptionTable.IdLength);
            writer.EndContainer();
        }

        /// <summary>Writes what sigma-2-tbedata and sigma-3-tbedata have in common.</summary>
        private void BeginPlain()
        {
            byte[] noc = _fabric.Noc;
            byte[] icac = _fabric.Icac;
            TlvWriter writer = Context.Writer;
            writer.Reset(_data, _encryptedOffset, _encryptedLength - AesCcm.TagLength);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, noc, 0, noc.Length);
            if (icac.Length > 0)
            {
                writer.PutBytes(2, icac, 0, icac.Length);
            }

            writer.PutBytes(3, _signature, 0, P256.SignatureLength);
        }

        /// <summary>The length of that, with the structure's ends.</summary>
        private int PlainLength()
        {
            return 2 + OctetStringLength(_fabric.Noc) + OctetStringLength(_fabric.Icac) + OctetStringLength(_signature);
        }

        /// <summary>Length in TLV with a context tag; of nothing 0, for that is left out.</summary>
        private static int OctetStringLength(byte[] bytes)
        {
            return bytes.Length == 0 ? 0 : bytes.Length + (bytes.Length > 0xFF ? 4 : 3);
        }

        private long AnswerSigma1(long now)
        {
            _answeredMs = now;
            return SendMessage(SecureChannelOpcode.Sigma2, ExtractSigma3Key, now);
        }

        /// <summary>Sends the message in <see cref="_data"/>.</summary>
        private long SendMessage(int opcode, int nextState, long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            int length = _messageLength > slot.PayloadCapacity ? MatterError.BufferTooSmall : _messageLength;
            if (length > 0)
            {
                Array.Copy(_data, 0, slot.Buffer, slot.PayloadOffset, length);
            }

            Answer(slot, opcode, length, nextState, now);
            return State == Idle ? long.MaxValue : now;
        }
    }
}
