using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A controller's CASE, full handshake or resumption of the session made last.</summary>
    internal sealed class CaseInitiator : Initiator
    {
        private readonly CaseKeys _schedule;
        private readonly CertificateChain _chain;
        private readonly Sha256 _transcript = new Sha256();
        private readonly byte[] _random = new byte[32];
        private readonly byte[] _privateKey = new byte[P256.ScalarLength];
        private readonly byte[] _ownKey = new byte[P256.PointLength];
        private readonly byte[] _peerKey = new byte[P256.PointLength];
        private readonly byte[] _secret = new byte[P256.ScalarLength];
        private readonly byte[] _signature = new byte[P256.SignatureLength];
        private readonly byte[] _hash = new byte[Sha256.HashLength];
        private readonly byte[] _resumedKeys = new byte[Session.KeysLength];
        private byte[] _offeredId;
        private TestCredentials _credentials;
        private ulong _peerNodeId;
        private int _peerSessionId;

        public CaseInitiator(CryptoSuite crypto, SessionTable sessions, ExchangeTable exchanges)
            : base(crypto, sessions, exchanges)
        {
            _schedule = new CaseKeys(crypto);
            _chain = new CertificateChain(crypto);
        }

        /// <summary>True to offer to resume the session made last.</summary>
        public bool Resumes { get; set; }

        /// <summary>Whether the device resumed it.</summary>
        public bool IsResumed { get; private set; }

        /// <summary>Sent as resumption id if not null, with <see cref="ResumeMic"/>.</summary>
        public byte[] ClaimedResumptionId { get; set; }

        /// <summary>Sent as resume MIC if not null.</summary>
        public byte[] ResumeMic { get; set; }

        /// <summary>The resumption id that Sigma2 or Sigma2Resume brought, 16 bytes.</summary>
        public byte[] ResumptionId { get; } = new byte[16];

        /// <summary>Opens an exchange on an unsecured session and sends Sigma1.</summary>
        public void Begin(Session carrier, TestCredentials credentials, ulong peerNodeId, long now)
        {
            _credentials = credentials;
            _peerNodeId = peerNodeId;
            IsResumed = false;
            if (!Open(carrier, now))
            {
                return;
            }

            byte[] destinationId = new byte[Hmac.MacLength];
            Crypto.Random.Fill(_random, 0, 32);
            Crypto.P256.BeginKeyPair(_privateKey, 0, _ownKey, 0);
            Crypto.P256.Run();
            Crypto.Hmac.Start(credentials.OperationalIpk, 0, 16);
            Crypto.Hmac.Update(_random, 0, 32);
            Crypto.Hmac.Update(credentials.RootPublicKey, 0, P256.PointLength);
            Crypto.Hmac.Update(LittleEndian(credentials.FabricId), 0, 8);
            Crypto.Hmac.Update(LittleEndian(peerNodeId), 0, 8);
            Crypto.Hmac.Finish(destinationId, 0);

            _transcript.Start();
            OutboxSlot slot = StartMessage();
            Writer.PutBytes(1, _random, 0, 32);
            Writer.PutUnsigned(2, (ulong)Session.LocalSessionId);
            Writer.PutBytes(3, destinationId, 0, destinationId.Length);
            Writer.PutBytes(4, _ownKey, 0, P256.PointLength);
            PeerParameters.Reset();
            PeerParameters.Write(5, Writer);
            if (Resumes)
            {
                _offeredId = (byte[])ResumptionId.Clone();
                byte[] mic = new byte[AesCcm.TagLength];
                _schedule.DeriveSigma1ResumeKey(_secret, _random, _offeredId);
                _schedule.SealMic(mic);
                Writer.PutBytes(6, _offeredId, 0, _offeredId.Length);
                Writer.PutBytes(7, mic, 0, mic.Length);
            }

            if (ClaimedResumptionId != null)
            {
                Writer.PutBytes(6, ClaimedResumptionId, 0, ClaimedResumptionId.Length);
            }

            if (ResumeMic != null)
            {
                Writer.PutBytes(7, ResumeMic, 0, ResumeMic.Length);
            }

            FinishMessage(slot, SecureChannelOpcode.Sigma1);
        }

        protected override int Receive(int opcode, byte[] buffer, int offset, int length)
        {
            if (opcode == SecureChannelOpcode.Sigma2Resume && Resumes)
            {
                return ReceiveResumption(buffer, offset, length);
            }

            if (opcode != SecureChannelOpcode.Sigma2)
            {
                return MatterError.InvalidMessage;
            }

            byte[] responderRandom = new byte[32];
            byte[] data = null;
            PeerParameters.Reset();
            Reader.Reset(buffer, offset, length);
            Reader.EnterMessage();
            while (Reader.Next())
            {
                switch (Reader.Tag)
                {
                    case 1:
                        Reader.CopyBytes(responderRandom, 0, 32);
                        break;
                    case 2:
                        _peerSessionId = (int)Reader.GetUnsigned(0xFFFF);
                        break;
                    case 3:
                        Reader.CopyBytes(_peerKey, 0, P256.PointLength);
                        break;
                    case 4:
                        data = new byte[Reader.GetBytes(AesCcm.TagLength, 1000)];
                        Reader.CopyBytes(data, 0, data.Length);
                        break;
                    case 5:
                        PeerParameters.Read(Reader);
                        break;
                }
            }

            if (Reader.Finish() != 0 || data == null || _peerSessionId == 0)
            {
                return MatterError.InvalidMessage;
            }

            ApplyPeerParameters();
            Crypto.P256.BeginEcdh(_secret, 0, _peerKey, 0, _privateKey, 0);
            int error = Crypto.P256.Run();
            if (error < 0)
            {
                return error;
            }

            _schedule.DeriveSigma2Key(_secret, _credentials.OperationalIpk, responderRandom, _peerKey, _transcript);
            int plainLength = _schedule.Open(data, 0, data.Length);
            if (plainLength < 0)
            {
                return plainLength;
            }

            error = CheckSigma2Data(data, plainLength);
            if (error < 0)
            {
                return error;
            }

            _transcript.Update(buffer, offset, length);
            return SendSigma3();
        }

        protected override int Establish()
        {
            byte[] keys = _resumedKeys;
            if (!IsResumed)
            {
                keys = new byte[Session.KeysLength];
                _schedule.DeriveSessionKeys(keys, _secret, _credentials.OperationalIpk, _transcript);
            }

            Session.Establish(
                SessionType.Case, true, Exchange.Session, _peerSessionId, keys, 0, 1, _credentials.NodeId, _peerNodeId, Now);
            return 0;
        }

        protected override void Sent(byte[] buffer, int offset, int length)
        {
            _transcript.Update(buffer, offset, length);
        }

        private int ReceiveResumption(byte[] buffer, int offset, int length)
        {
            byte[] mic = new byte[AesCcm.TagLength];
            int seen = 0;
            PeerParameters.Reset();
            Reader.Reset(buffer, offset, length);
            Reader.EnterMessage();
            while (Reader.Next())
            {
                seen |= 1 << Reader.Tag;
                switch (Reader.Tag)
                {
                    case 1:
                        Reader.CopyBytes(ResumptionId, 0, ResumptionId.Length);
                        break;
                    case 2:
                        Reader.CopyBytes(mic, 0, mic.Length);
                        break;
                    case 3:
                        _peerSessionId = (int)Reader.GetUnsigned(0xFFFF);
                        break;
                    case 4:
                        PeerParameters.Read(Reader);
                        break;
                }
            }

            if (Reader.Finish() != 0 || (seen & 0x0E) != 0x0E || _peerSessionId == 0)
            {
                return MatterError.InvalidMessage;
            }

            _schedule.DeriveSigma2ResumeKey(_secret, _random, ResumptionId);
            if (!_schedule.IsMicRight(mic))
            {
                return MatterError.AuthenticationFailed;
            }

            ApplyPeerParameters();
            _schedule.DeriveResumedSessionKeys(_resumedKeys, _secret, _random, _offeredId);
            IsResumed = true;
            Conclude();
            return 0;
        }

        private int CheckSigma2Data(byte[] data, int length)
        {
            int noc = 0;
            int nocLength = 0;
            int icac = 0;
            int icacLength = CaseKeySchedule.NoIcac;
            Reader.Reset(data, 0, length);
            Reader.EnterMessage();
            while (Reader.Next())
            {
                switch (Reader.Tag)
                {
                    case 1:
                        nocLength = Reader.GetBytes(1, Fabric.MaxCertificateLength);
                        noc = Reader.ValueOffset;
                        break;
                    case 2:
                        icacLength = Reader.GetBytes(1, Fabric.MaxCertificateLength);
                        icac = Reader.ValueOffset;
                        break;
                    case 3:
                        Reader.CopyBytes(_signature, 0, P256.SignatureLength);
                        break;
                    case 4:
                        Reader.CopyBytes(ResumptionId, 0, 16);
                        break;
                }
            }

            if (Reader.Finish() != 0 || nocLength == 0)
            {
                return MatterError.InvalidMessage;
            }

            _chain.Begin(_credentials.Root, 0, _credentials.Root.Length, data, icac, icacLength < 0 ? 0 : icacLength, data, noc, nocLength);
            int result = _chain.Step();
            while (result == P256.Running)
            {
                result = _chain.Step();
            }

            if (result < 0 || _chain.NodeId != _peerNodeId || _chain.FabricId != _credentials.FabricId)
            {
                return MatterError.InvalidCertificate;
            }

            _schedule.HashSignedData(_hash, data, noc, nocLength, data, icac, icacLength, _peerKey, _ownKey);
            Crypto.P256.BeginVerify(_signature, 0, _hash, 0, _chain.PublicKey, _chain.PublicKeyOffset);
            return Crypto.P256.Run();
        }

        private int SendSigma3()
        {
            byte[] noc = _credentials.Noc;
            byte[] icac = _credentials.Icac;
            _schedule.HashSignedData(
                _hash, noc, 0, noc.Length, icac, 0, icac == null ? CaseKeySchedule.NoIcac : icac.Length, _ownKey, _peerKey);
            Crypto.P256.BeginSign(_signature, 0, _hash, 0, _credentials.PrivateKey, 0);
            int error = Crypto.P256.Run();
            if (error < 0)
            {
                return error;
            }

            byte[] data = new byte[1100];
            Writer.Reset(data, 0, data.Length);
            Writer.StartStructure(TlvTag.Anonymous);
            Writer.PutBytes(1, noc, 0, noc.Length);
            if (icac != null)
            {
                Writer.PutBytes(2, icac, 0, icac.Length);
            }

            Writer.PutBytes(3, _signature, 0, P256.SignatureLength);
            Writer.EndContainer();
            int length = Writer.Length;
            if (Tamper != null)
            {
                length = Tamper.Change(MessageTamper.Sigma3Data, data, 0, length);
            }

            _schedule.DeriveSigma3Key(_secret, _credentials.OperationalIpk, _transcript);
            length = _schedule.Seal(data, 0, length);
            OutboxSlot slot = StartMessage();
            Writer.PutBytes(1, data, 0, length);
            FinishMessage(slot, SecureChannelOpcode.Sigma3);
            return 0;
        }

        private static byte[] LittleEndian(ulong value)
        {
            byte[] bytes = new byte[8];
            for (int i = 0; i < 8; i++)
            {
                bytes[i] = (byte)(value >> 8 * i);
            }

            return bytes;
        }
    }
}
