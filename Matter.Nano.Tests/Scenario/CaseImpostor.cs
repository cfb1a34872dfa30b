using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// Answers Sigma1, whomever it is meant for, with a Sigma2 of given credentials, right or as wrong as a test wants it;
    /// remembers what comes next. It knows the fabric's IPK, as every member does.
    /// </summary>
    internal sealed class CaseImpostor : ProtocolHandler
    {
        private readonly CryptoSuite _crypto;
        private readonly TestCredentials _credentials;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvWriter _writer = new TlvWriter();
        private readonly byte[] _privateKey = new byte[P256.ScalarLength];
        private readonly byte[] _initiatorRandom = new byte[32];
        private Exchange _exchange;

        public CaseImpostor(TestNode node, TestCredentials credentials)
        {
            _crypto = node.Crypto;
            _credentials = credentials;
            node.Exchanges.Register(this);
        }

        public override int ProtocolId
        {
            get { return SecureChannelProtocol.Id; }
        }

        /// <summary>Its own secret of a resumption, and then it answers Sigma2Resume; null for Sigma2.</summary>
        public byte[] ResumptionSecret { get; set; }

        /// <summary>Flips a bit of this byte of the answer's payload; -1 for none.</summary>
        public int WrongByte { get; set; } = -1;

        /// <summary>Flips a bit of this byte of sigma-2-tbedata before it is sealed; -1 for none.</summary>
        public int WrongPlainByte { get; set; } = -1;

        /// <summary>Bytes left out at the end of the answer.</summary>
        public int Missing { get; set; }

        /// <summary>Responder session id told.</summary>
        public int SessionId { get; set; } = 0x1234;

        /// <summary>Whether it leaves the resumption id out.</summary>
        public bool HasNoResumptionId { get; set; }

        /// <summary>Whether it signs the keys in the order of Sigma3.</summary>
        public bool SignsAsInitiator { get; set; }

        public byte[] Sigma1 { get; private set; }

        public byte[] Sigma2 { get; private set; }

        public int PlainLength { get; private set; }

        public Sha256 Transcript { get; } = new Sha256();

        public byte[] Secret { get; } = new byte[32];

        /// <summary>Opcode of the message after the answer; -1 if none came.</summary>
        public int Opcode { get; private set; } = -1;

        /// <summary>Payload of that.</summary>
        public byte[] Payload { get; private set; }

        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            byte[] payload = new byte[length];
            Array.Copy(buffer, offset, payload, 0, length);
            if (opcode != SecureChannelOpcode.Sigma1)
            {
                Opcode = opcode;
                Payload = payload;
                return;
            }

            _exchange = exchange;
            Sigma1 = payload;
            byte[] answer = ResumptionSecret == null ? MakeSigma2() : MakeSigma2Resume();
            if (WrongByte >= 0)
            {
                answer[WrongByte] ^= 4;
            }

            Send(ResumptionSecret == null ? SecureChannelOpcode.Sigma2 : SecureChannelOpcode.Sigma2Resume, answer, answer.Length - Missing, now);
        }

        public override void Aborted(Exchange exchange, long now)
        {
        }

        public override long Poll(long now)
        {
            return long.MaxValue;
        }

        /// <summary>Sends a message on the exchange of Sigma1.</summary>
        public void Send(int opcode, byte[] payload, int length, long now)
        {
            OutboxSlot slot = _exchange.NewMessage();
            Array.Copy(payload, 0, slot.Buffer, slot.PayloadOffset, length);
            _exchange.Send(slot, opcode, length, true, now);
        }

        private byte[] MakeSigma2()
        {
            byte[] initiatorKey = new byte[P256.PointLength];
            ReadSigma1(initiatorKey, new byte[16]);
            byte[] ownKey = new byte[P256.PointLength];
            _crypto.P256.BeginKeyPair(_privateKey, 0, ownKey, 0);
            _crypto.P256.Run();
            _crypto.P256.BeginEcdh(Secret, 0, initiatorKey, 0, _privateKey, 0);
            _crypto.P256.Run();

            byte[] random = new byte[32];
            byte[] id = new byte[16];
            _crypto.Random.Fill(random, 0, 32);
            _crypto.Random.Fill(id, 0, 16);
            CaseKeys keys = new CaseKeys(_crypto);
            byte[] noc = _credentials.Noc;
            byte[] icac = _credentials.Icac;
            byte[] hash = new byte[32];
            byte[] signature = new byte[P256.SignatureLength];
            int icacLength = icac == null ? CaseKeySchedule.NoIcac : icac.Length;
            keys.HashSignedData(
                hash, noc, 0, noc.Length, icac, 0, icacLength, SignsAsInitiator ? initiatorKey : ownKey, SignsAsInitiator ? ownKey : initiatorKey);
            _crypto.P256.BeginSign(signature, 0, hash, 0, _credentials.PrivateKey, 0);
            _crypto.P256.Run();

            byte[] data = new byte[1100];
            _writer.Reset(data, 0, data.Length);
            _writer.StartStructure(TlvTag.Anonymous);
            _writer.PutBytes(1, noc, 0, noc.Length);
            if (icac != null)
            {
                _writer.PutBytes(2, icac, 0, icac.Length);
            }

            _writer.PutBytes(3, signature, 0, signature.Length);
            if (!HasNoResumptionId)
            {
                _writer.PutBytes(4, id, 0, id.Length);
            }

            _writer.EndContainer();
            PlainLength = _writer.Length;
            if (WrongPlainByte >= 0)
            {
                data[WrongPlainByte] ^= 4;
            }

            Transcript.Start();
            Transcript.Update(Sigma1, 0, Sigma1.Length);
            keys.DeriveSigma2Key(Secret, _credentials.OperationalIpk, random, ownKey, Transcript);
            int length = keys.Seal(data, 0, PlainLength);

            byte[] message = new byte[1200];
            _writer.Reset(message, 0, message.Length);
            _writer.StartStructure(TlvTag.Anonymous);
            _writer.PutBytes(1, random, 0, 32);
            _writer.PutUnsigned(2, (ulong)SessionId);
            _writer.PutBytes(3, ownKey, 0, ownKey.Length);
            _writer.PutBytes(4, data, 0, length);
            _writer.EndContainer();
            Sigma2 = new byte[_writer.Length];
            Array.Copy(message, Sigma2, Sigma2.Length);
            Transcript.Update(Sigma2, 0, Sigma2.Length);
            return (byte[])Sigma2.Clone();
        }

        private byte[] MakeSigma2Resume()
        {
            byte[] id = new byte[16];
            byte[] mic = new byte[16];
            ReadSigma1(new byte[P256.PointLength], new byte[16]);
            _crypto.Random.Fill(id, 0, 16);
            CaseKeySchedule schedule = new CaseKeySchedule(_crypto);
            byte[] key = new byte[32];
            schedule.ExtractResumed(key, ResumptionSecret, _initiatorRandom, 0, id, 0);
            schedule.ExpandKey(key, 0, key, CaseKeySchedule.Sigma2ResumeKey);
            schedule.SealMic(mic, 0, key, 0, CaseKeySchedule.Sigma2ResumeKey);
            byte[] message = new byte[100];
            _writer.Reset(message, 0, message.Length);
            _writer.StartStructure(TlvTag.Anonymous);
            _writer.PutBytes(1, id, 0, 16);
            _writer.PutBytes(2, mic, 0, 16);
            _writer.PutUnsigned(3, (ulong)SessionId);
            _writer.EndContainer();
            byte[] answer = new byte[_writer.Length];
            Array.Copy(message, answer, answer.Length);
            return answer;
        }

        private void ReadSigma1(byte[] key, byte[] resumptionId)
        {
            _reader.Reset(Sigma1, 0, Sigma1.Length);
            _reader.EnterMessage();
            while (_reader.Next())
            {
                switch (_reader.Tag)
                {
                    case 1: _reader.CopyBytes(_initiatorRandom, 0, 32); break;
                    case 4: _reader.CopyBytes(key, 0, key.Length); break;
                    case 6: _reader.CopyBytes(resumptionId, 0, 16); break;
                }
            }
        }
    }
}
