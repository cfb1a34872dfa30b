using System;
using System.Collections.Generic;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Hostile handshakes, seeded: no exception, no session that should not be, nothing held afterwards.</summary>
    [TestClass]
    public class HandshakeSoakTests
    {
        private const int SlowMs = 5000;

        [TestMethod]
        public void HostileHandshakes_LeaveNothing()
        {
            int runs = Soak.Count(1500, 100000);
            Scene scene = new Scene();
            Random random = new Random(1);
            using (ExceptionCount exceptions = new ExceptionCount(Environment.CurrentManagedThreadId))
            {
                for (int run = 0; run < runs; run++)
                {
                    switch (random.Next(100))
                    {
                        case 0:
                            scene.Guess(run);
                            break;
                        case < 35:
                            scene.RunCase(random, run);
                            break;
                        case < 65:
                            scene.RunPase(random, run);
                            break;
                        default:
                            scene.RunRaw(random, run);
                            break;
                    }
                    scene.AssertAtRest(run);
                    Assert.AreEqual(0, exceptions.Count, "run " + run + ": " + exceptions.First);
                }
            }
            scene.AssertServes();
            Console.WriteLine("soak: " + scene.Summary(runs));
        }

        /// <summary>A device on one fabric with its window open, and two controllers that don't play by the rules.</summary>
        private sealed class Scene
        {
            private const ulong NodeId = 1;

            private readonly HandshakeWorld _world = new HandshakeWorld(1);
            private readonly TestCredentials _credentials;
            private readonly PaseInitiator _pase;
            private readonly CaseInitiator _case;
            private readonly List<byte[]> _recorded = new List<byte[]>();
            private readonly List<int> _opcodes = new List<int>();
            private readonly byte[] _payload = new byte[1300];
            private int _caseRuns;
            private int _resumed;
            private int _paseRuns;
            private int _rawRuns;
            private int _messages;
            private int _guesses;
            private int _established;

            public Scene()
            {
                TestFabricAuthority authority = new TestFabricAuthority(_world.Controller(3).Crypto, 1, true);
                _world.Join(authority, NodeId);
                _credentials = authority.NewNode(2, null);
                _case = _world.NewCase(0);
                _pase = _world.NewPase(0);
                _pase.KnownIterations = HandshakeWorld.Iterations;
                Serve(new Recorder(_recorded, _opcodes));
                // What only the device says: a stranger can send that too.
                for (int i = 0; i < _world.Link.SentBy(1); i++)
                    Record(_world.Link.Datagram(1, i));
                _established = 0;
            }

            public void RunCase(Random random, int run)
            {
                _caseRuns++;
                HandshakeMutator mutator = new HandshakeMutator(random);
                bool resumes = random.Next(3) == 0;
                if (resumes)
                {
                    TryCase(null);
                    Assert.AreEqual(0, _case.Result, "run " + run);
                    HangUp(_case);
                    mutator.Choose(SecureChannelOpcode.Sigma1, SecureChannelOpcode.StatusReport);
                }
                else
                {
                    mutator.Choose(SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma3, MessageTamper.Sigma3Data);
                }

                int before = _world.CaseCount;
                int records = _world.Resumptions.Count;
                SetChances(random);
                _case.Resumes = resumes;
                TryCase(mutator);
                _case.Resumes = false;
                _resumed += _case.IsResumed && _world.CaseCount != before ? 1 : 0;
                Finish(_case, mutator, _world.CaseCount - before, run);
                // A failed resumption may have spent its record; none comes of a failed handshake.
                if (_world.CaseCount == before)
                    Assert.IsTrue(_world.Resumptions.Count == records || resumes && _world.Resumptions.Count < records, "run " + run);
            }

            public void RunPase(Random random, int run)
            {
                _paseRuns++;
                OpenWindow();
                HandshakeMutator mutator = new HandshakeMutator(random);
                mutator.Choose(SecureChannelOpcode.PbkdfParamRequest, SecureChannelOpcode.Pake1, SecureChannelOpcode.Pake3);
                _pase.Tamper = mutator;
                _pase.KnownSalt = random.Next(2) == 0 ? null : _world.Salt;
                int before = _world.PaseCount;
                SetChances(random);
                _pase.Begin(_world.Dial(0), HandshakeWorld.Passcode, _world.Now);
                _world.Run(SlowMs);
                Finish(_pase, mutator, _world.PaseCount - before, run);
            }

            /// <summary>Some recorded messages, changed or not, under any opcode, in any order, on one exchange or several.</summary>
            public void RunRaw(Random random, int run)
            {
                _rawRuns++;
                OpenWindow();
                HandshakeMutator mutator = new HandshakeMutator(random);
                TestNode stranger = _world.Controller(1);
                Silent listener = new Silent();
                Exchange exchange = null;
                int before = _world.PaseCount + _world.CaseCount;
                SetChances(random);
                for (int i = random.Next(1, 7); i > 0; i--)
                {
                    if (exchange == null || random.Next(4) == 0)
                    {
                        if (exchange != null)
                            exchange.Close();
                        exchange = Open(stranger, listener);
                    }
                    OutboxSlot slot = exchange == null ? null : exchange.NewMessage();
                    if (slot == null)
                        continue;
                    int chosen = random.Next(_recorded.Count);
                    int length = _recorded[chosen].Length;
                    Array.Copy(_recorded[chosen], _payload, length);
                    if (random.Next(3) != 0)
                        length = mutator.Change(_payload, 0, length);
                    length = Math.Min(length, slot.PayloadCapacity);
                    Array.Copy(_payload, 0, slot.Buffer, slot.PayloadOffset, length);
                    int opcode = random.Next(4) == 0 ? mutator.AnyOpcode() : _opcodes[chosen];
                    // Unreliable ones are not held back by what is not acknowledged yet.
                    exchange.Send(slot, opcode, length, random.Next(2) == 0, _world.Now);
                    _messages++;
                    _world.Run(random.Next(3) == 0 ? random.Next(SlowMs) : random.Next(20));
                    if (exchange.Session == null)
                        exchange = null;
                }
                if (exchange != null)
                    exchange.Close();
                SetChances(null);
                Assert.AreEqual(before, _world.PaseCount + _world.CaseCount, "run " + run);
            }

            /// <summary>Wrong passcodes until the window closes: then the right one is refused too, until somebody opens it again.</summary>
            public void Guess(int run)
            {
                _guesses++;
                _world.Window.Close(_world.Now);
                OpenWindow();
                _pase.Tamper = null;
                _pase.KnownSalt = _world.Salt;
                _pase.IgnoresConfirmation = true;
                int before = _world.PaseCount;
                for (int i = 0; i < CommissioningWindow.MaxFailures; i++)
                {
                    Assert.IsTrue(_world.Window.IsOpen, "run " + run + ", guess " + i);
                    TryPase(HandshakeWorld.Passcode + 1 + (uint)i);
                }
                _pase.IgnoresConfirmation = false;
                Assert.IsFalse(_world.Window.IsOpen, "run " + run);
                TryPase(HandshakeWorld.Passcode);
                Assert.AreEqual(before, _world.PaseCount, "run " + run);
                Assert.AreNotEqual(0, _pase.Result, "run " + run);
                AssertAtRest(run);
                OpenWindow();
                TryPase(HandshakeWorld.Passcode);
                Assert.AreEqual(0, _pase.Result, "run " + run);
                HangUp(_pase);
            }

            /// <summary>Nothing of a handshake is left; what was made is as it was.</summary>
            public void AssertAtRest(int run)
            {
                _world.Run(90000);
                TestNode device = _world.Device;
                string text = "run " + run;
                Assert.AreEqual(0, _world.Protocol.HandshakeCount, text);
                Assert.AreEqual(0, device.Exchanges.Count, text);
                Assert.AreEqual(Limits.FullSlots + Limits.SmallSlots, device.Exchanges.Outbox.FreeCount, text);
                Assert.AreEqual(1, _world.Fabrics.Count, text);
                Assert.IsFalse(_world.FailSafe.IsArmed, text);
                for (int row = 0; row < device.Sessions.Capacity; row++)
                {
                    Sessions.Session session = device.Sessions.GetRow(row);
                    Assert.AreEqual(0, session.LocalSessionId, text);
                    Assert.IsTrue(session.Keys.AsSpan().IndexOfAnyExcept((byte)0) < 0, text);
                }
                Assert.IsTrue(device.Crypto.P256.TryAcquire(this), text);
                device.Crypto.P256.Release(this);
                _world.Link.ClearLog();
            }

            /// <summary>Both handshakes still work.</summary>
            public void AssertServes()
            {
                Serve(null);
            }

            private void Serve(Recorder recorder)
            {
                OpenWindow();
                _pase.Tamper = recorder;
                _pase.KnownSalt = null;
                TryPase(HandshakeWorld.Passcode);
                Assert.AreEqual(0, _pase.Result, "PASE");
                HangUp(_pase);
                TryCase(recorder);
                Assert.AreEqual(0, _case.Result, "CASE");
                HangUp(_case);
            }

            public string Summary(int runs)
            {
                return runs + " hostile handshakes (" + _caseRuns + " CASE, " + _paseRuns + " PASE, " + _rawRuns + " out of order with "
                    + _messages + " messages, " + _guesses + " times 20 wrong passcodes): no exception, nothing held; "
                    + _established + " were changed only in what is free and succeeded, " + _resumed + " of them resumptions";
            }

            /// <summary>Null while too many wait for their acks.</summary>
            private Exchange Open(TestNode stranger, Silent listener)
            {
                Sessions.Session session = _world.Dial(1);
                return session == null ? null : stranger.Exchanges.Open(session, listener);
            }

            private void TryPase(uint passcode)
            {
                _pase.Begin(_world.Dial(0), passcode, _world.Now);
                _world.Run(SlowMs);
                _pase.GiveUp(_world.Now, true);
            }

            private void TryCase(MessageTamper tamper)
            {
                _case.Tamper = tamper;
                _case.Begin(_world.Dial(0), _credentials, NodeId, _world.Now);
                _world.Run(SlowMs);
            }

            private void Finish(Initiator initiator, HandshakeMutator mutator, int established, int run)
            {
                SetChances(null);
                initiator.GiveUp(_world.Now, true);
                Assert.IsTrue(established == 0 || established == 1 && mutator.IsHarmless, "run " + run + " made a session: " + mutator);
                if (established == 0)
                {
                    // Who resumes has the last word and doesn't know whether it was heard.
                    bool isResumed = initiator == _case && _case.IsResumed;
                    Assert.IsTrue(initiator.Result != 0 || isResumed, "run " + run + " has half a session: " + mutator);
                    if (initiator.Session != null)
                        _world.Controller(0).Sessions.Discard(initiator.Session, _world.Now);
                    return;
                }

                _established++;
                HangUp(initiator);
            }

            private void HangUp(Initiator initiator)
            {
                _world.Device.Sessions.Discard(_world.Established, _world.Now);
                if (initiator.Session != null)
                    _world.Controller(0).Sessions.Discard(initiator.Session, _world.Now);
                _world.FailSafe.Expire(_world.Now);
            }

            private void OpenWindow()
            {
                Assert.AreEqual(0, _world.Window.OpenByUser(_world.Now));
                Assert.IsTrue(_world.Window.IsOpen);
            }

            /// <summary>Now and then the network makes it worse; null for a good one.</summary>
            private void SetChances(Random random)
            {
                bool isPoor = random != null && random.Next(4) == 0;
                _world.Link.DuplicatePercent = isPoor ? 30 : 0;
                _world.Link.DelayPercent = isPoor ? 30 : 0;
            }

            private void Record(byte[] datagram)
            {
                // From a responder: no source, destination node id; flags, opcode, exchange, protocol, acknowledged counter.
                int at = 8 + 8;
                if ((datagram[0] & 3) != 1 || datagram[1] != 0 || datagram[2] != 0 || datagram[at + 1] < SecureChannelOpcode.PbkdfParamRequest)
                    return;
                int head = at + 6 + ((datagram[at] & 2) != 0 ? 4 : 0);
                _opcodes.Add(datagram[at + 1]);
                _recorded.Add(datagram[head..]);
            }
        }

        /// <summary>Writes down what an honest initiator sends.</summary>
        private sealed class Recorder : MessageTamper
        {
            private readonly List<byte[]> _recorded;
            private readonly List<int> _opcodes;

            public Recorder(List<byte[]> recorded, List<int> opcodes)
            {
                _recorded = recorded;
                _opcodes = opcodes;
            }

            public override int Change(int opcode, byte[] buffer, int offset, int length)
            {
                if (opcode != Sigma3Data)
                {
                    _recorded.Add(buffer.AsSpan(offset, length).ToArray());
                    _opcodes.Add(opcode);
                }
                return length;
            }
        }

        /// <summary>Takes every answer and says nothing to it.</summary>
        private sealed class Silent : ProtocolHandler
        {
            public override int ProtocolId { get { return SecureChannelProtocol.Id; } }

            public override void Receive(Exchange exchange, int opcode, byte[] buffer, int offset, int length, long now)
            {
            }

            public override void Aborted(Exchange exchange, long now)
            {
            }

            public override long Poll(long now) { return long.MaxValue; }
        }
    }
}
