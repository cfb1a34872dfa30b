using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Messages;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop.AppleHome
{
    /// <summary>
    /// A light in the place of the recorded device: the controllers' datagrams reach it unchanged, in order, at their recorded
    /// times, and it draws what the recorded device drew.
    /// </summary>
    /// <remarks>
    /// Its random source decides session ids, first counters, y, ephemeral and operational keys, randoms and resumption
    /// ids, the nonces of its signatures. Two things it does not decide. The recorded device told no session parameters
    /// of its own, which a <see cref="Node"/> always does: they are taken out. And the acks inside the controllers' datagrams name
    /// the counters of the recorded answers, while this node spends some on standalone acks that the recorded device
    /// did not send: so before each datagram the counter is set to that of the recorded answer to it.
    /// </remarks>
    internal sealed class AppleHomeReplay
    {
        /// <summary>Virtual time of the first datagram.</summary>
        private const long StartMs = 1000;

        /// <summary>More than any answer takes.</summary>
        private const int MaxPolls = 20000;

        private static readonly FieldInfo ContextField = Private(typeof(SecureChannelProtocol), "_context");
        private static readonly FieldInfo CounterField = Private(typeof(SessionTable), "_nextUnsecuredCounter");

        private readonly List<RecordedFrame> _frames = RecordedFrame.ReadAll();
        private readonly List<RecordedSecrets> _secrets = RecordedSecrets.ReadAll();
        private readonly ScriptedRandom _random = new ScriptedRandom();
        private readonly MessageSecurity _security = new MessageSecurity(new AesCcm(null));
        private readonly HashSet<string> _heard = new HashSet<string>();
        private long _now = StartMs;

        public AppleHomeReplay()
            : this(0)
        {
        }

        /// <param name="passcodeChange">Added to the recorded passcode.</param>
        public AppleHomeReplay(int passcodeChange)
        {
            RecordedSecrets pase = Secrets("PASE");
            Verifier = MakeVerifier(pase, pase.Int("passcode") + passcodeChange);
            SayNumber(pase.Int("session") - 1);
            SayNumber((long)uint.Parse(pase["unsecured_counter"]) - 1);
            Light = new VirtualLight(_random, Verifier, new MemoryStore(), _now);
            ((SecureChannelContext)ContextField.GetValue(Light.Node.SecureChannel)).OwnParameters = null;
        }

        public VirtualLight Light { get; }

        public CommissioningVerifier Verifier { get; }

        public long Now { get { return _now; } }

        public IReadOnlyList<RecordedFrame> Frames { get { return _frames; } }

        /// <summary>What the node sent, in order; acks on their own included.</summary>
        public List<NodeDatagram> Sent { get; } = new List<NodeDatagram>();

        public RecordedSecrets Secrets(string name) { return _secrets.Single(secrets => secrets.Name == name); }

        /// <summary>Of the session with that id on the device's side.</summary>
        public RecordedSecrets SecretsOf(int sessionId)
        {
            return _secrets.Single(secrets => secrets.Has("session") && secrets.Int("session") == sessionId);
        }

        /// <summary>The first recorded answer to a datagram; null if there was none.</summary>
        public RecordedFrame AnswerTo(RecordedFrame request)
        {
            return _frames.SkipWhile(frame => frame != request).Skip(1)
                .Where(frame => frame.ExchangeId == request.ExchangeId)
                .TakeWhile(frame => !frame.IsToDevice).FirstOrDefault();
        }

        /// <summary>Whether the same datagram came before.</summary>
        public bool IsRetransmission(RecordedFrame frame) { return _heard.Contains(Convert.ToHexString(frame.Datagram)); }

        /// <summary>Lets the node receive a datagram of a controller and work until its answer is out.</summary>
        /// <returns>What it sent from then on, at the same moment.</returns>
        public List<NodeDatagram> Play(RecordedFrame frame)
        {
            Wait(StartMs + frame.TimeMs);
            int before = Sent.Count;
            bool isNew = _heard.Add(Convert.ToHexString(frame.Datagram));
            RecordedFrame recorded = AnswerTo(frame);
            if (isNew) Script(frame);
            if (isNew && recorded != null) SeatCounter(frame, recorded.Counter);
            Light.Receive(frame.Datagram, frame.Datagram.Length, Address(frame), 1, _now);
            Collect();
            bool isHeard = frame.SessionId == 0 || SessionOf(frame) != null;
            if (!isNew || !isHeard || recorded == null) return Sent.Skip(before).ToList();

            // The ack that goes ahead of a computation took the counter.
            if (!Sent.Skip(before).Any(sent => sent.IsAnswer)) SeatCounter(frame, recorded.Counter);
            for (int polls = 0; polls < MaxPolls && !Sent.Skip(before).Any(sent => sent.IsAnswer); polls++)
            {
                Light.Poll(_now);
                Collect();
            }
            return Sent.Skip(before).ToList();
        }

        /// <summary>Lets time pass.</summary>
        public void Wait(long until)
        {
            while (true)
            {
                long next = Light.Poll(_now);
                Collect();
                if (next > until) break;
                _now = next;
            }
            _now = until;
        }

        /// <summary>The session that a recorded datagram belongs to; null if it is unsecured or the session is not there.</summary>
        public Session SessionOf(RecordedFrame frame) { return frame.SessionId == 0 ? null : Light.Node.Sessions.Find(frame.SessionId); }

        private static FieldInfo Private(Type type, string name)
        {
            FieldInfo field = type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic);
            Assert.IsNotNull(field, name);
            return field;
        }

        private static CommissioningVerifier MakeVerifier(RecordedSecrets pase, int passcode)
        {
            byte[] verifier = new byte[Spake2Plus.VerifierLength];
            Spake2Plus spake = new Spake2Plus(new CryptoSuite(new ScriptedRandom(), null));
            byte[] salt = pase.Bytes("salt");
            spake.BeginVerifier(verifier, 0, (uint)passcode, salt, 0, salt.Length, pase.Int("iterations"));
            while (spake.Step() == P256.Running)
            {
            }
            return new CommissioningVerifier(verifier, salt, pase.Int("iterations"));
        }

        private static byte[] Address(RecordedFrame frame) { return new[] { (byte)frame.Peer }; }

        /// <summary>What the recorded device drew for this message.</summary>
        private void Script(RecordedFrame frame)
        {
            foreach (RecordedSecrets secrets in _secrets)
            {
                if (secrets.Has("request") && secrets.Int("request") == frame.Number)
                {
                    _random.Say(secrets.Bytes("private_key"));
                }
                if (secrets.Has("session") && secrets.Int("first") == frame.Number)
                {
                    SayNumber(long.Parse(secrets["counter"]) - 1);
                    foreach (string field in new[] { "responder_eph_priv", "signature_nonce", "responder_random", "y", "resumption_id" })
                    {
                        if (secrets.Has(field)) _random.Say(secrets.Bytes(field));
                    }
                }
            }
        }

        private void SayNumber(long number) { _random.Say(BitConverter.GetBytes((uint)number)); }

        private void SeatCounter(RecordedFrame frame, uint counter)
        {
            Session session = SessionOf(frame);
            if (session != null) session.NextCounter = counter;
            else if (frame.SessionId == 0) CounterField.SetValue(Light.Node.Sessions, counter);
        }

        private void Collect()
        {
            for (OutboxSlot slot = Light.Next(); slot != null; slot = Light.Next())
                Sent.Add(Open(slot.Buffer.AsSpan(slot.DatagramOffset, slot.DatagramLength).ToArray()));
        }

        private NodeDatagram Open(byte[] datagram)
        {
            byte[] message = (byte[])datagram.Clone();
            MessageHeader header = new MessageHeader();
            ProtocolHeader protocol = new ProtocolHeader();
            int start = header.Parse(message, 0, message.Length);
            int end = message.Length;
            if (header.SessionId != 0)
            {
                RecordedSecrets secrets = _secrets.Single(row => row.Has("peer_session") && row.Int("peer_session") == header.SessionId);
                end = _security.Open(message, 0, start, end, secrets.Bytes("r2i_key"), 0, secrets.Id("local_node_id"));
                Assert.IsTrue(end > 0, "sealed with the recorded key");
            }
            Assert.IsTrue(protocol.Parse(message, start, end - start) > 0);
            return new NodeDatagram(_now - StartMs, datagram, header, protocol, message);
        }
    }
}
