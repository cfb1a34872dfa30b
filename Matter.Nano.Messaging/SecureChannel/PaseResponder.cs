using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    /// <summary>
    /// PASE, responder's side (Matter Core 4.14.1): PBKDFParamRequest, PBKDFParamResponse, Pake1, Pake2, Pake3, StatusReport.
    /// </summary>
    internal sealed class PaseResponder : Handshake
    {
        private const int WaitPake1 = 1;
        private const int WaitEngine = 2;
        private const int Computing = 3;
        private const int SendPake2 = 4;
        private const int WaitPake3 = 5;
        private const int ExpandKeys = 6;
        private const int SendSuccess = 7;

        /// <summary>The only passcode there is.</summary>
        private const int DefaultPasscodeId = 0;
        private const int ConfirmationLength = Hmac.MacLength;

        /// <summary>Longest request: with the answer, hashed in one step. A usual one has about 100 bytes.</summary>
        private const int MaxRequestLength = 320;

        /// <summary>"CHIP PAKE V1 Commissioning": what the context hash starts with.</summary>
        private static readonly byte[] ContextPrefix =
        {
            (byte)'C', (byte)'H', (byte)'I', (byte)'P', (byte)' ', (byte)'P', (byte)'A', (byte)'K', (byte)'E', (byte)' ', (byte)'V', (byte)'1', (byte)' ',
            (byte)'C', (byte)'o', (byte)'m', (byte)'m', (byte)'i', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'i', (byte)'n', (byte)'g',
        };

        /// <summary>"SessionKeys": info of the session keys.</summary>
        private static readonly byte[] SessionKeysInfo =
        {
            (byte)'S', (byte)'e', (byte)'s', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)'K', (byte)'e', (byte)'y', (byte)'s',
        };

        private readonly Spake2Plus _spake;
        private readonly Sha256 _transcript = new Sha256();
        private readonly byte[] _context = new byte[Sha256.HashLength];
        private readonly byte[] _pA = new byte[P256.PointLength];
        private readonly byte[] _pB = new byte[P256.PointLength];
        private readonly byte[] _confirmation = new byte[ConfirmationLength];
        private readonly byte[] _random = new byte[PbkdfParamRequest.RandomLength];
        private readonly byte[] _sessionKeys = new byte[Session.KeysLength];

        internal PaseResponder(SecureChannelContext context)
            : base(context, CryptoSuite.FirstHandshakeTurn)
        {
            _spake = new Spake2Plus(context.Crypto);
        }

        /// <summary>The verifier's side of SPAKE2+, for whoever prepares its next answer.</summary>
        internal Spake2Plus Spake
        {
            get { return _spake; }
        }

        /// <summary>PBKDFParamRequest: answered at once, without elliptic-curve work.</summary>
        internal override void Start(Exchange exchange, byte[] buffer, int offset, int length, long now)
        {
            PbkdfParamRequest request = Context.PbkdfParamRequest;
            if (length > MaxRequestLength || !request.Read(Context.Reader, Context.PeerParameters, buffer, offset, length)
                || request.PasscodeId != DefaultPasscodeId || request.InitiatorSessionId == UnsecuredSessionId || !Context.Window.IsOpen)
            {
                SecureChannelProtocol.Refuse(exchange, StatusReport.InvalidParameter, now);
                return;
            }

            Claim(exchange, request.InitiatorSessionId, WaitPake1, now);
            if (!Reserve(0, now))
            {
                return;
            }

            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                Abandon(now);
                return;
            }

            int answerLength = WriteResponse(slot, buffer, request);
            _transcript.Start();
            _transcript.Update(ContextPrefix, 0, ContextPrefix.Length);
            _transcript.Update(buffer, offset, length);
            if (answerLength > 0)
            {
                _transcript.Update(slot.Buffer, slot.PayloadOffset, answerLength);
            }

            _transcript.Finish(_context, 0);
            Answer(slot, SecureChannelOpcode.PbkdfParamResponse, answerLength, WaitPake1, now);
        }

        internal override void Receive(int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (State == WaitPake1 && opcode == SecureChannelOpcode.Pake1)
            {
                ReceivePake1(buffer, offset, length, now);
            }
            else if (State == WaitPake3 && opcode == SecureChannelOpcode.Pake3)
            {
                ReceivePake3(buffer, offset, length, now);
            }
            else
            {
                Fail(StatusReport.InvalidParameter, now);
            }
        }

        protected override long Work(long now)
        {
            switch (State)
            {
                case WaitEngine:
                    if (Context.Crypto.P256.TryAcquire(this) && HasTurn())
                    {
                        _spake.BeginAnswer(_context, 0, Sha256.HashLength, Context.Window.Verifier, 0, _pA, 0);
                        State = Computing;
                    }

                    return now;
                case Computing:
                    if (!HasTurn())
                    {
                        return now;
                    }

                    int result = _spake.Step();
                    if (result == P256.Running)
                    {
                        return now;
                    }

                    if (result < 0)
                    {
                        Fail(StatusReport.InvalidParameter, now);
                        return long.MaxValue;
                    }

                    _spake.GetAnswer(_pB, 0, _confirmation, 0);
                    Context.Crypto.Release(this);
                    State = SendPake2;
                    return AnswerPake1(now);
                case SendPake2:
                    return AnswerPake1(now);
                case ExpandKeys:
                    if (!HasTurn())
                    {
                        return now;
                    }

                    Context.Crypto.KeyDerivation.Expand(_sessionKeys, 0, Session.KeysLength, _sessionKeys, 0, SessionKeysInfo, 0, SessionKeysInfo.Length);
                    State = SendSuccess;
                    return AnswerPake3(now);
                case SendSuccess:
                    return AnswerPake3(now);
                default:
                    return long.MaxValue;
            }
        }

        protected override bool StillPossible()
        {
            return Context.Window.IsOpen;
        }

        /// <summary>
        /// Wipes. A peer that has Pake2 knows from cB whether its guess of the passcode was right, whatever it does next:
        /// so every end after Pake2 but success counts as a failed attempt.
        /// </summary>
        protected override void Wipe(int lastState, long now)
        {
            _spake.Wipe();
            Array.Clear(_sessionKeys, 0, _sessionKeys.Length);
            Array.Clear(_context, 0, _context.Length);
            Array.Clear(_confirmation, 0, _confirmation.Length);
            if (lastState == WaitPake3)
            {
                Context.Window.CountFailure(now);
            }
        }

        private int WriteResponse(OutboxSlot slot, byte[] buffer, PbkdfParamRequest request)
        {
            Context.Crypto.Random.Fill(_random, 0, PbkdfParamRequest.RandomLength);
            TlvWriter writer = Context.Writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, buffer, request.InitiatorRandomOffset, PbkdfParamRequest.RandomLength);
            writer.PutBytes(2, _random, 0, PbkdfParamRequest.RandomLength);
            writer.PutUnsigned(3, (ulong)Session.LocalSessionId);
            if (!request.HasPbkdfParameters)
            {
                writer.StartStructure(4);
                writer.PutUnsigned(1, (ulong)Context.Window.Iterations);
                writer.PutBytes(2, Context.Window.Salt, 0, Context.Window.SaltLength);
                writer.EndContainer();
            }

            if (Context.OwnParameters != null)
            {
                Context.OwnParameters.Write(5, writer);
            }

            writer.EndContainer();
            return writer.Error < 0 ? writer.Error : writer.Length;
        }

        private void ReceivePake1(byte[] buffer, int offset, int length, long now)
        {
            if (!ReadOnlyField(_pA, buffer, offset, length))
            {
                Fail(StatusReport.InvalidParameter, now);
                return;
            }

            Acknowledge(now);
            State = WaitEngine;
        }

        private long AnswerPake1(long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            TlvWriter writer = Context.Writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, _pB, 0, P256.PointLength);
            writer.PutBytes(2, _confirmation, 0, ConfirmationLength);
            writer.EndContainer();
            Answer(slot, SecureChannelOpcode.Pake2, writer.Error < 0 ? writer.Error : writer.Length, WaitPake3, now);
            return long.MaxValue;
        }

        private void ReceivePake3(byte[] buffer, int offset, int length, long now)
        {
            if (!ReadOnlyField(_confirmation, buffer, offset, length) || !Context.Window.IsOpen || _spake.Confirm(_sessionKeys, 0, _confirmation, 0) < 0)
            {
                Fail(StatusReport.InvalidParameter, now);
                return;
            }

            // The rest of HKDF at the next Poll: at once it would take longer than a step may.
            Context.Crypto.KeyDerivation.Extract(_sessionKeys, 0, _sessionKeys, 0, Spake2Plus.KeyLength, null, 0, 0);
            State = ExpandKeys;
        }

        private long AnswerPake3(long now)
        {
            OutboxSlot slot = NewMessage();
            if (slot == null)
            {
                return RetryAt(now);
            }

            Array.Copy(_sessionKeys, 0, Context.Keys, 0, Session.KeysLength);
            Session session = Establish(slot, SessionType.Pase, 0, 0, 0, now);
            if (session != null)
            {
                Context.Listener.PaseEstablished(session, now);
            }

            return long.MaxValue;
        }

        /// <summary>Reads a message whose only field is an octet string under tag 1 of the length of <paramref name="field"/>.</summary>
        private bool ReadOnlyField(byte[] field, byte[] buffer, int offset, int length)
        {
            bool seen = false;
            TlvReader reader = Context.Reader;
            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                if (reader.Tag == 1)
                {
                    reader.CopyBytes(field, 0, field.Length);
                    seen = true;
                }
            }

            return reader.Finish() == 0 && seen;
        }
    }
}
