using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// The initiator's side of a handshake, for tests: computes at once, one handshake at a time. Hand it to
    /// ExchangeTable.Open; it is registered with no table.
    /// </summary>
    internal abstract class Initiator : ProtocolHandler
    {
        /// <summary>What <see cref="Result"/> is while the handshake runs.</summary>
        public const int Running = 1;

        private const int LimitMs = 60000;

        protected readonly CryptoSuite Crypto;
        protected readonly SessionTable Sessions;
        protected readonly ExchangeTable Exchanges;
        protected readonly TlvReader Reader = new TlvReader();
        protected readonly TlvWriter Writer = new TlvWriter();
        protected readonly SessionParameters PeerParameters = new SessionParameters();
        protected Exchange Exchange;
        protected long Now;
        private readonly StatusReport _status = new StatusReport();
        private long _limit;

        protected Initiator(CryptoSuite crypto, SessionTable sessions, ExchangeTable exchanges)
        {
            Crypto = crypto;
            Sessions = sessions;
            Exchanges = exchanges;
        }

        public override int ProtocolId
        {
            get { return SecureChannelProtocol.Id; }
        }

        /// <summary><see cref="Running"/>, 0 for success, or a negative MatterError.</summary>
        public int Result { get; private set; }

        /// <summary>The session reserved for the handshake; usable after success.</summary>
        public Session Session { get; private set; }

        /// <summary>Protocol code of the peer's StatusReport; -1 if none came.</summary>
        public int ReportedCode { get; private set; }

        /// <summary>General code of the peer's StatusReport; -1 if none came.</summary>
        public int ReportedGeneralCode { get; private set; }

        /// <summary>How long a busy peer asks to wait, in ms.</summary>
        public int WaitMs { get; private set; }

        /// <summary>Changes messages on their way out; null for an honest peer.</summary>
        public MessageTamper Tamper { get; set; }

        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            if (Result != Running || exchange != Exchange)
            {
                exchange.Close();
                return;
            }

            Now = now;
            if (opcode == SecureChannelOpcode.StatusReport)
            {
                ReceiveStatus(buffer, offset, length);
            }
            else
            {
                int error = Receive(opcode, buffer, offset, length);
                if (error < 0)
                {
                    Refuse(error);
                }
            }
        }

        public override void Aborted(Exchange exchange, long now)
        {
            if (Result == Running && exchange == Exchange)
            {
                Exchange = null;
                End(MatterError.NotFound);
            }
        }

        public override long Poll(long now)
        {
            return long.MaxValue;
        }

        /// <summary>Gives up if the peer has kept silent for too long, or at once.</summary>
        public void GiveUp(long now, bool atOnce)
        {
            if (Result == Running && (atOnce || now >= _limit))
            {
                Now = now;
                Exchange.Close();
                End(MatterError.NotFound);
            }
        }

        /// <summary>Handles an answer.</summary>
        /// <returns>0, or a negative MatterError to refuse it.</returns>
        protected abstract int Receive(int opcode, byte[] buffer, int offset, int length);

        /// <summary>The peer has reported success: make the session.</summary>
        protected abstract int Establish();

        /// <summary>Opens the exchange and reserves the session.</summary>
        protected bool Open(Session carrier, long now)
        {
            Now = now;
            _limit = now + LimitMs;
            ReportedCode = -1;
            ReportedGeneralCode = -1;
            WaitMs = 0;
            Session = Sessions.Reserve(0, now);
            Exchange = Session == null ? null : Exchanges.Open(carrier, this);
            Result = Exchange == null ? MatterError.TableFull : Running;
            return Exchange != null;
        }

        protected OutboxSlot StartMessage()
        {
            OutboxSlot slot = Exchange.NewMessage();
            Writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            Writer.StartStructure(TlvTag.Anonymous);
            return slot;
        }

        /// <summary>Ends the structure and sends the message.</summary>
        protected void FinishMessage(OutboxSlot slot, int opcode)
        {
            Writer.EndContainer();
            int length = Writer.Length;
            if (Tamper != null)
            {
                length = Tamper.Change(opcode, slot.Buffer, slot.PayloadOffset, length);
                opcode = Tamper.Opcode(opcode);
            }

            if (length == MessageTamper.NotSent)
            {
                Exchange.Discard(slot);
                return;
            }

            Sent(slot.Buffer, slot.PayloadOffset, length);
            Exchange.Send(slot, opcode, length, true, Now);
        }

        /// <summary>Sees each message as it leaves.</summary>
        protected virtual void Sent(byte[] buffer, int offset, int length)
        {
        }

        /// <summary>Reports success, which is the last word of the handshake, and makes the session.</summary>
        protected void Conclude()
        {
            OutboxSlot slot = Exchange.NewMessage();
            int length = StatusReport.Write(
                slot.Buffer, slot.PayloadOffset, StatusReport.Success, SecureChannelProtocol.Id, StatusReport.SessionEstablished);
            if (Tamper != null)
            {
                length = Tamper.Change(SecureChannelOpcode.StatusReport, slot.Buffer, slot.PayloadOffset, length);
            }

            if (length == MessageTamper.NotSent)
            {
                Exchange.Discard(slot);
            }
            else
            {
                Exchange.Send(slot, SecureChannelOpcode.StatusReport, length, true, Now);
            }

            int error = Establish();
            Exchange.Close();
            End(error);
        }

        protected void ApplyPeerParameters()
        {
            Session carrier = Exchange.Session;
            carrier.IdleIntervalMs = PeerParameters.IdleIntervalMs;
            carrier.ActiveIntervalMs = PeerParameters.ActiveIntervalMs;
            carrier.ActiveThresholdMs = PeerParameters.ActiveThresholdMs;
        }

        private void ReceiveStatus(byte[] buffer, int offset, int length)
        {
            int error = MatterError.AuthenticationFailed;
            int dataLength = _status.Read(buffer, offset, length);
            if (dataLength >= 0)
            {
                ReportedGeneralCode = _status.GeneralCode;
                ReportedCode = _status.ProtocolCode;
                if (_status.GeneralCode == StatusReport.Busy && dataLength >= 2)
                {
                    WaitMs = buffer[_status.DataOffset] | buffer[_status.DataOffset + 1] << 8;
                    error = MatterError.Busy;
                }
                else if (_status.GeneralCode == StatusReport.Success && _status.ProtocolCode == StatusReport.SessionEstablished)
                {
                    error = Establish();
                }
            }

            Exchange.Close();
            End(error);
        }

        private void Refuse(int error)
        {
            OutboxSlot slot = Exchange.NewMessage();
            int length = StatusReport.Write(
                slot.Buffer, slot.PayloadOffset, StatusReport.Failure, SecureChannelProtocol.Id, StatusReport.InvalidParameter);
            Exchange.Send(slot, SecureChannelOpcode.StatusReport, length, true, Now);
            Exchange.Close();
            End(error);
        }

        private void End(int result)
        {
            Result = result;
            if (result != 0)
            {
                Sessions.Close(Session, Now);
                Session = null;
            }
        }
    }
}
