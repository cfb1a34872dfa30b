using System;
using Matter.Nano.Exchanges;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Tests
{
    /// <summary>A protocol for tests: answers a request with its own bytes, and counts what happens.</summary>
    internal sealed class EchoProtocol : ProtocolHandler
    {
        public const int Request = 2;
        public const int Answer = 5;

        /// <summary>A further message that wants no answer.</summary>
        public const int Note = 1;

        private readonly ExchangeTable _exchanges;
        private Exchange _delayed;
        private int _delayedGeneration;
        private long _answerAt;
        private int _id = ProtocolHeader.InteractionModel;

        public EchoProtocol(ExchangeTable exchanges)
        {
            _exchanges = exchanges;
            _answerAt = long.MaxValue;
        }

        public override int ProtocolId { get { return _id; } }

        /// <summary>Answer later than at once, by so many ms.</summary>
        public int DelayMs { get; set; }

        /// <summary>Take requests without answering or closing.</summary>
        public bool IsMute { get; set; }

        /// <summary>Leave exchanges open after the answer.</summary>
        public bool StaysOpen { get; set; }

        /// <summary>Close the session in the middle of an answer.</summary>
        public SessionTable ClosesSession { get; set; }

        public int Requests { get; private set; }

        public int Answers { get; private set; }

        public int Notes { get; private set; }

        public int Aborts { get; private set; }

        public int Acks { get; private set; }

        /// <summary>What <see cref="Exchange.Send"/> answered last.</summary>
        public int LastResult { get; private set; }

        /// <summary>The exchange of the last request.</summary>
        public Exchange Last { get; private set; }

        /// <summary>Speaks as another protocol.</summary>
        public EchoProtocol As(int protocolId)
        {
            _id = protocolId;
            return this;
        }

        /// <summary>Sends a request of so many bytes on a new exchange.</summary>
        public Exchange Ask(Session session, int length, long now)
        {
            Exchange exchange = _exchanges.Open(session, this);
            if (exchange == null) return null;
            Say(exchange, Request, length, true, now);
            return exchange;
        }

        /// <summary>Sends a message on an exchange.</summary>
        public int Say(Exchange exchange, int opcode, int length, bool reliable, long now)
        {
            OutboxSlot slot = exchange.NewMessage();
            if (slot == null) return MatterError.Busy;
            for (int i = 0; i < length; i++) slot.Buffer[slot.PayloadOffset + i] = (byte)(i + 1);
            LastResult = exchange.Send(slot, opcode, length, reliable, now);
            return LastResult;
        }

        public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
        {
            bool mine = opcode == Request || opcode == Answer;
            for (int i = 0; i < length && mine; i++)
            {
                if (buffer[offset + i] != (byte)(i + 1)) throw new Exception("payload damaged");
            }
            Last = exchange;
            switch (opcode)
            {
                case Request:
                    Requests++;
                    if (IsMute) return;
                    if (DelayMs == 0)
                    {
                        Reply(exchange, length, now);
                        return;
                    }
                    _delayed = exchange;
                    _delayedGeneration = exchange.Generation;
                    _answerAt = now + DelayMs;
                    return;
                case Answer:
                    Answers++;
                    if (!StaysOpen) exchange.Close();
                    return;
                default:
                    Notes++;
                    return;
            }
        }

        public override void Aborted(Exchange exchange, long now)
        {
            Aborts++;
            LastResult = Say(exchange, Note, 1, false, now);    // too late, and must be known to be
            exchange.Close();
        }

        public override void Acknowledged(Exchange exchange, long now) { Acks++; }

        public override long Poll(long now)
        {
            if (_answerAt > now) return _answerAt;
            _answerAt = long.MaxValue;
            if (_delayed.Generation == _delayedGeneration) Reply(_delayed, 10, now);
            return _answerAt;
        }

        private void Reply(Exchange exchange, int length, long now)
        {
            Session session = exchange.Session;
            Say(exchange, Answer, length, true, now);
            if (ClosesSession != null) ClosesSession.CloseFabric(session.FabricIndex, null, now);
            if (!StaysOpen) exchange.Close();
        }
    }
}
