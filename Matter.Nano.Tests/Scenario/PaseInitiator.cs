using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A commissioner's PASE.</summary>
    internal sealed class PaseInitiator : Initiator
    {
        private static readonly byte[] ContextPrefix =
        {
            (byte)'C', (byte)'H', (byte)'I', (byte)'P', (byte)' ', (byte)'P', (byte)'A', (byte)'K', (byte)'E', (byte)' ', (byte)'V', (byte)'1', (byte)' ',
            (byte)'C', (byte)'o', (byte)'m', (byte)'m', (byte)'i', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'i', (byte)'n', (byte)'g',
        };

        private static readonly byte[] SessionKeysInfo =
        {
            (byte)'S', (byte)'e', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'K', (byte)'e', (byte)'y', (byte)'s',
        };

        private readonly Spake2PlusProver _prover;
        private readonly Sha256 _transcript = new Sha256();
        private readonly byte[] _random = new byte[32];
        private readonly byte[] _context = new byte[32];
        private uint _passcode;
        private int _peerSessionId;

        public PaseInitiator(CryptoSuite crypto, SessionTable sessions, ExchangeTable exchanges)
            : base(crypto, sessions, exchanges)
        {
            _prover = new Spake2PlusProver(crypto);
        }

        /// <summary>True to send Pake3 even if cB shows that the passcode is wrong.</summary>
        public bool IgnoresConfirmation { get; set; }

        /// <summary>Salt, if the commissioner has PBKDF parameters already; null to ask for them.</summary>
        public byte[] KnownSalt { get; set; }

        /// <summary>Iterations that go with <see cref="KnownSalt"/>.</summary>
        public int KnownIterations { get; set; }

        /// <summary>Opens an exchange on an unsecured session and sends PBKDFParamRequest.</summary>
        public void Begin(Session carrier, uint passcode, long now)
        {
            _passcode = passcode;
            if (!Open(carrier, now))
            {
                return;
            }

            Crypto.Random.Fill(_random, 0, 32);
            _transcript.Start();
            _transcript.Update(ContextPrefix, 0, ContextPrefix.Length);
            OutboxSlot slot = StartMessage();
            Writer.PutBytes(1, _random, 0, 32);
            Writer.PutUnsigned(2, (ulong)Session.LocalSessionId);
            Writer.PutUnsigned(3, 0);
            Writer.PutBoolean(4, KnownSalt != null);
            PeerParameters.Reset();
            PeerParameters.Write(5, Writer);
            FinishMessage(slot, SecureChannelOpcode.PbkdfParamRequest);
        }

        protected override int Receive(int opcode, byte[] buffer, int offset, int length)
        {
            switch (opcode)
            {
                case SecureChannelOpcode.PbkdfParamResponse:
                    return ReceiveResponse(buffer, offset, length);
                case SecureChannelOpcode.Pake2:
                    return ReceivePake2(buffer, offset, length);
                default:
                    return MatterError.InvalidMessage;
            }
        }

        protected override int Establish()
        {
            byte[] keys = new byte[Session.KeysLength];
            Crypto.KeyDerivation.Hkdf(keys, 0, keys.Length, _prover.Key, 0, 16, null, 0, 0, SessionKeysInfo, 0, SessionKeysInfo.Length);
            Session.Establish(SessionType.Pase, true, Exchange.Session, _peerSessionId, keys, 0, 0, 0, 0, Now);
            return 0;
        }

        protected override void Sent(byte[] buffer, int offset, int length)
        {
            _transcript.Update(buffer, offset, length);
        }

        private int ReceiveResponse(byte[] buffer, int offset, int length)
        {
            int iterations = KnownIterations;
            byte[] salt = KnownSalt;
            byte[] echo = new byte[32];
            PeerParameters.Reset();
            Reader.Reset(buffer, offset, length);
            Reader.EnterMessage();
            while (Reader.Next())
            {
                switch (Reader.Tag)
                {
                    case 1:
                        Reader.CopyBytes(echo, 0, 32);
                        break;
                    case 2:
                        Reader.GetBytes(32, 32);
                        break;
                    case 3:
                        _peerSessionId = (int)Reader.GetUnsigned(0xFFFF);
                        break;
                    case 4:
                        if (KnownSalt != null)
                        {
                            Reader.Fail(MatterError.InvalidMessage);
                        }

                        Reader.Enter();
                        while (Reader.Next())
                        {
                            if (Reader.Tag == 1)
                            {
                                iterations = (int)Reader.GetUnsigned(100000);
                            }
                            else if (Reader.Tag == 2)
                            {
                                salt = new byte[Reader.GetBytes(16, 32)];
                                Reader.CopyBytes(salt, 0, salt.Length);
                            }
                        }

                        Reader.Exit();
                        break;
                    case 5:
                        PeerParameters.Read(Reader);
                        break;
                }
            }

            if (Reader.Finish() != 0 || salt == null || _peerSessionId == 0 || !ConstantTime.Equals(echo, 0, _random, 0, 32))
            {
                return MatterError.InvalidMessage;
            }

            ApplyPeerParameters();
            _transcript.Update(buffer, offset, length);
            _prover.Start(_passcode, salt, iterations);
            _transcript.Finish(_context, 0);
            _transcript.Start();
            OutboxSlot slot = StartMessage();
            Writer.PutBytes(1, _prover.ShareA, 0, P256.PointLength);
            FinishMessage(slot, SecureChannelOpcode.Pake1);
            return 0;
        }

        private int ReceivePake2(byte[] buffer, int offset, int length)
        {
            byte[] pB = new byte[P256.PointLength];
            byte[] cB = new byte[32];
            Reader.Reset(buffer, offset, length);
            Reader.EnterMessage();
            while (Reader.Next())
            {
                if (Reader.Tag == 1)
                {
                    Reader.CopyBytes(pB, 0, pB.Length);
                }
                else if (Reader.Tag == 2)
                {
                    Reader.CopyBytes(cB, 0, cB.Length);
                }
            }

            if (Reader.Finish() != 0)
            {
                return MatterError.InvalidMessage;
            }

            int error = _prover.Finish(_context, pB, cB);
            if (error < 0 && !IgnoresConfirmation)
            {
                return error;
            }

            OutboxSlot slot = StartMessage();
            Writer.PutBytes(1, _prover.ConfirmationA, 0, 32);
            FinishMessage(slot, SecureChannelOpcode.Pake3);
            return 0;
        }
    }
}
