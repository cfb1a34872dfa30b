using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// CASE, responder's side (Matter Core 4.14.2): Sigma1, Sigma2, Sigma3, StatusReport, or for a session resumed Sigma1,
    /// Sigma2Resume and the initiator's StatusReport.
    /// </summary>
    internal sealed partial class CaseResponder : Responder
    {
        private const int WaitEngineForSigma2 = 1;
        private const int KeyPair = 2;
        private const int SharedSecret = 3;
        private const int Signing = 4;
        private const int SendSigma2 = 5;
        private const int WaitSigma3 = 6;
        private const int WaitEngineForSigma3 = 7;
        private const int Chain = 8;
        private const int Verifying = 9;
        private const int SendSuccess = 10;
        private const int SendSigma2Resume = 11;
        private const int WaitSuccess = 12;

        /// <summary>A peer from which nothing came for so long after an answer counts as gone when another Sigma1 needs its place.</summary>
        private const int PatienceMs = 5000;

        private readonly Sha256 _transcript = new Sha256();
        private readonly byte[] _peerKey = new byte[P256.PointLength];
        private readonly byte[] _ownKey = new byte[P256.PointLength];
        private readonly byte[] _privateKey = new byte[P256.ScalarLength];
        private readonly byte[] _secret = new byte[P256.ScalarLength];
        private readonly byte[] _ipk = new byte[CaseKeySchedule.IpkLength];
        private readonly byte[] _random = new byte[CaseKeySchedule.RandomLength];
        private readonly byte[] _resumptionId = new byte[ResumptionTable.IdLength];
        private readonly byte[] _hash = new byte[Sha256.HashLength];
        private readonly byte[] _signature = new byte[P256.SignatureLength];

        /// <summary>
        /// encrypted2 until Sigma2 is out, then encrypted3 and, decrypted in place, sigma-3-tbedata. Of a resumption the
        /// initiator's random number and resumption id, and sigma2ResumeMIC.
        /// </summary>
        private readonly byte[] _data = new byte[Limits.CaseDataLength];
        private int _dataLength;
        private int _nocOffset;
        private int _nocLength;
        private int _icacOffset;
        private int _icacLength;
        private Fabric _fabric;
        private int _fabricIndex;
        private ulong _nodeId;
        private ulong _peerNodeId;
        private uint _peerNotAfter;
        private long _answeredMs;

        internal CaseResponder(SecureChannelContext context)
            : base(context)
        {
        }

        /// <summary>Sigma1: Sigma2 follows when it is computed.</summary>
        internal override void Start(Exchange exchange, byte[] buffer, int offset, int length, long now)
        {
            Sigma1 sigma1 = Context.Sigma1;
            if (!sigma1.Read(Context.Reader, Context.PeerParameters, buffer, offset, length) || sigma1.InitiatorSessionId == UnsecuredSessionId)
            {
                SecureChannelProtocol.Refuse(exchange, StatusReport.InvalidParameter, now);
                return;
            }

            if (sigma1.HasResumption && StartResumption(exchange, buffer, now))
            {
                return;
            }

            Fabric fabric = Context.Fabrics.FindByDestination(buffer, sigma1.InitiatorRandomOffset, buffer, sigma1.DestinationIdOffset, _ipk, 0);
            if (fabric == null)
            {
                SecureChannelProtocol.Refuse(exchange, StatusReport.NoSharedTrustRoots, now);
                return;
            }

            if (!Reserve(exchange, fabric.Index, sigma1.InitiatorSessionId, WaitEngineForSigma2, now))
            {
                Array.Clear(_ipk, 0, _ipk.Length);
                return;
            }

            Join(fabric);
            Array.Copy(buffer, sigma1.InitiatorKeyOffset, _peerKey, 0, P256.PointLength);
            _transcript.Start();
            _transcript.Update(buffer, offset, length);
            Acknowledge(now);
        }

        internal override void Receive(int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (State == WaitSigma3 && opcode == SecureChannelOpcode.Sigma3)
            {
                Acknowledge(now);
                if (ReadSigma3(buffer, offset, length))
                {
                    State = WaitEngineForSigma3;
                    return;
                }
            }

            Fail(StatusReport.InvalidParameter, now);
        }

        /// <summary>True if this handshake waits in vain for this address.</summary>
        internal bool IsForsaken(Session carrier, long now)
        {
            return (State == WaitSigma3 || State == WaitSuccess) && now - _answeredMs >= PatienceMs && Carrier.HasPeerAddress(carrier.PeerAddress, carrier.PeerAddressLength);
        }

        protected override long Work(long now)
        {
            switch (State)
            {
                case WaitEngineForSigma2:
                case WaitEngineForSigma3:
                    if (Context.Crypto.P256.TryAcquire(this))
                    {
                        BeginComputation(now);
                    }

                    return now;
                case KeyPair:
                case SharedSecret:
                case Signing:
                case Chain:
                case Verifying:
                    return Compute(now);
                case SendSigma2:
                    return AnswerSigma1(now);
                case SendSuccess:
                    return AnswerSigma3(now);
                case SendSigma2Resume:
                    return AnswerResumption(now);
                default:
                    return long.MaxValue;
            }
        }

        protected override bool StillPossible()
        {
            return _fabric.Index == _fabricIndex && _fabric.NodeId == _nodeId;
        }

        protected override void Wipe(int lastState, long now)
        {
            Array.Clear(_privateKey, 0, _privateKey.Length);
            Array.Clear(_secret, 0, _secret.Length);
            Array.Clear(_ipk, 0, _ipk.Length);
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
        }

        private void BeginComputation(long now)
        {
            if (State == WaitEngineForSigma2)
            {
                Context.Crypto.P256.BeginKeyPair(_privateKey, 0, _ownKey, 0);
                State = KeyPair;
            }
            else
            {
                CertificateChain chain = Context.Fabrics.Chain;
                chain.EffectiveTime = Context.Fabrics.Clock.GetSeconds(now);
                chain.BeginPeer(_fabric.RootCertificate, _data, _icacOffset, _icacLength > 0 ? _icacLength : 0, _data, _nocOffset, _nocLength);
                State = Chain;
            }
        }

        private long Compute(long now)
        {
            int result = State == Chain ? Context.Fabrics.Chain.Step() : Context.Crypto.P256.Step();
            if (result == P256.Running)
            {
                return now;
            }

            if (result < 0)
            {
                Fail(StatusReport.InvalidParameter, now);
                return long.MaxValue;
            }

            P256 engine = Context.Crypto.P256;
            switch (State)
            {
                case KeyPair:
                    engine.BeginEcdh(_secret, 0, _peerKey, 0, _privateKey, 0);
                    State = SharedSecret;
                    return now;
                case SharedSecret:
                    Array.Clear(_privateKey, 0, _privateKey.Length);
                    Context.CaseKeys.HashSignedData(
                        _hash, _fabric.Noc, 0, _fabric.Noc.Length,
                        _fabric.Icac, 0, _fabric.Icac.Length == 0 ? CaseKeySchedule.NoIcac : _fabric.Icac.Length,
                        _ownKey, _peerKey);
                    engine.BeginSign(_signature, 0, _hash, 0, _fabric.PrivateKey, 0);
                    State = Signing;
                    return now;
                case Signing:
                    engine.Release(this);
                    SealSigma2();
                    State = SendSigma2;
                    return AnswerSigma1(now);
                case Chain:
                    CertificateChain chain = Context.Fabrics.Chain;
                    if (chain.FabricId != _fabric.FabricId)
                    {
                        Fail(StatusReport.InvalidParameter, now);
                        return long.MaxValue;
                    }

                    _peerNodeId = chain.NodeId;
                    _peerNotAfter = chain.NotAfter;
                    Array.Copy(chain.CaseAuthenticatedTags, Session.CaseAuthenticatedTags, Session.CaseAuthenticatedTags.Length);
                    Context.CaseKeys.HashSignedData(_hash, _data, _nocOffset, _nocLength, _data, _icacOffset, _icacLength, _peerKey, _ownKey);
                    engine.BeginVerify(_signature, 0, _hash, 0, chain.PublicKey, chain.PublicKeyOffset);
                    State = Verifying;
                    return now;
                default:
                    engine.Release(this);
                    State = SendSuccess;
                    return AnswerSigma3(now);
            }
        }

        /// <summary>Builds encrypted2 in <see cref="_data"/>.</summary>
        private void SealSigma2()
        {
            Context.Crypto.Random.Fill(_random, 0, CaseKeySchedule.RandomLength);
            Context.Crypto.Random.Fill(_resumptionId, 0, ResumptionTable.IdLength);
            TlvWriter writer = Context.Writer;
            writer.Reset(_data, 0, _data.Length - AesCcm.TagLength);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, _fabric.Noc, 0, _fabric.Noc.Length);
            if (_fabric.Icac.Length > 0)
            {
                writer.PutBytes(2, _fabric.Icac, 0, _fabric.Icac.Length);
            }

            writer.PutBytes(3, _signature, 0, P256.SignatureLength);
            writer.PutBytes(4, _resumptionId, 0, ResumptionTable.IdLength);
            writer.EndContainer();
            Context.CaseKeys.DeriveSigma2Key(_secret, _ipk, _random, _ownKey, _transcript);
            _dataLength = Context.CaseKeys.Seal(_data, 0, writer.Length);
        }

        private long AnswerSigma1(long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            TlvWriter writer = Context.Writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, _random, 0, CaseKeySchedule.RandomLength);
            writer.PutUnsigned(2, (ulong)Session.LocalSessionId);
            writer.PutBytes(3, _ownKey, 0, P256.PointLength);
            writer.PutBytes(4, _data, 0, _dataLength);
            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(5, writer);
            }

            writer.EndContainer();
            if (writer.Error == 0)
            {
                _transcript.Update(slot.Buffer, slot.PayloadOffset, writer.Length);
            }

            _answeredMs = now;
            Answer(slot, SecureChannelOpcode.Sigma2, writer.Error < 0 ? writer.Error : writer.Length, WaitSigma3, now);
            return long.MaxValue;
        }

        /// <summary>Decrypts Sigma3 into <see cref="_data"/> and finds its parts.</summary>
        /// <returns>False if it is malformed or its tag is wrong.</returns>
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
                    _dataLength = reader.GetBytes(AesCcm.TagLength, _data.Length);
                    Array.Copy(buffer, reader.ValueOffset, _data, 0, _dataLength);
                    seen = true;
                }
            }

            if (reader.Finish() != 0 || !seen)
            {
                return false;
            }

            Context.CaseKeys.DeriveSigma3Key(_secret, _ipk, _transcript);
            _dataLength = Context.CaseKeys.Open(_data, 0, _dataLength);
            if (_dataLength < 0)
            {
                return false;
            }

            _transcript.Update(buffer, offset, length);
            return ReadSigma3Data();
        }

        /// <summary>Reads sigma-3-tbedata.</summary>
        private bool ReadSigma3Data()
        {
            int seen = 0;
            _icacLength = CaseKeySchedule.NoIcac;
            TlvReader reader = Context.Reader;
            reader.Reset(_data, 0, _dataLength);
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
                }
            }

            return reader.Finish() == 0 && seen == 3;
        }

        private long AnswerSigma3(long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            Context.CaseKeys.DeriveSessionKeys(Context.Keys, _secret, _ipk, _transcript);
            Session session = Establish(slot, SessionType.Case, _fabricIndex, _nodeId, _peerNodeId, now);
            if (session != null)
            {
                Context.Listener.CaseEstablished(session, now);
            }

            return long.MaxValue;
        }
    }
}
