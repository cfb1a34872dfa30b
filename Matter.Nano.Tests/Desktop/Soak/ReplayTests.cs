using System;
using System.Collections.Generic;
using Matter.Nano.Exchanges;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>All that a commissioning and a few commands put on the wire, sent to the light again: nothing happens twice.</summary>
    [TestClass]
    public class ReplayTests
    {
        [TestMethod]
        public void OnTheSameSession_OnlyAcksAreRepeated()
        {
            Scene scene = new Scene();
            Node node = scene.Light.Node;
            int acks = 0;
            foreach (byte[] datagram in scene.Sent(scene.Session))
            {
                // From the peer and from a stranger: the ack goes to the peer in any case.
                for (int from = Scene.OneEnd; from <= Scene.StrangerEnd; from += Scene.StrangerEnd - Scene.OneEnd)
                {
                    int duplicates = node.Exchanges.DuplicateCount;
                    int answers = scene.Replay(from, datagram);
                    Assert.AreEqual(duplicates + 1, node.Exchanges.DuplicateCount);
                    Assert.AreEqual(datagram.Length == Scene.AckLength ? 0 : 1, answers);
                    if (answers != 0)
                        Assert.AreEqual(Scene.AckLength, scene.Link.Datagram(1, 0).Length);
                    acks += answers;
                }
            }

            Assert.IsTrue(acks > 0);
            scene.AssertNothingHappened(1);
            Assert.AreEqual(ImStatus.Success, scene.One.Invoke(1, Scene.OnOff, Scene.Toggle));
        }

        [TestMethod]
        public void OnAnotherSession_IsDropped()
        {
            Scene scene = new Scene();
            Session first = scene.Session;
            List<byte[]> sent = scene.Sent(first);
            scene.Light.Node.Window.OpenByUser(scene.Link.Now);
            scene.Two.Pase(VirtualLight.Passcode);
            scene.AssertDropped(sent, scene.Newest(first, null), Scene.TwoEnd);
            scene.Light.Node.FailSafe.Expire(scene.Link.Now);

            scene.One.Case(Scene.LightId);
            Session second = scene.Newest(first, null);
            scene.AssertDropped(sent, second, Scene.OneEnd);
            scene.Light.Node.Window.OpenByUser(scene.Link.Now);
            scene.Two.Commission(VirtualLight.Passcode, Scene.LightId + 1);
            Session third = scene.Newest(first, second);
            scene.AssertDropped(sent, third, Scene.OneEnd);
            scene.AssertDropped(sent, third, Scene.TwoEnd);
            scene.AssertNothingHappened(3);
        }

        [TestMethod]
        public void AfterClose_IsDropped()
        {
            Scene scene = new Scene();
            List<byte[]> sent = scene.Sent(scene.Session);
            int id = scene.Session.LocalSessionId;
            scene.Light.Node.Sessions.Close(scene.Session, scene.Link.Now);
            scene.Link.Run(1000);
            Assert.IsTrue(sent.Count > 0);
            foreach (byte[] datagram in sent)
            {
                int unknown = scene.Light.Node.Exchanges.UnknownSessionCount;
                Assert.AreEqual(0, scene.Replay(Scene.OneEnd, datagram));
                Assert.AreEqual(unknown + 1, scene.Light.Node.Exchanges.UnknownSessionCount);
            }

            scene.AssertNothingHappened(0);
            scene.One.Case(Scene.LightId);
            Assert.AreNotEqual(id, scene.Newest(null, null).LocalSessionId, "a new session gets another id");
        }

        [TestMethod]
        public void AfterRestart_IsDropped()
        {
            Scene scene = new Scene();
            List<byte[]> sent = scene.Sent(scene.Session);
            scene.Restart();
            foreach (byte[] datagram in sent)
                Assert.AreEqual(0, scene.Replay(Scene.OneEnd, datagram));
            scene.AssertNothingHappened(0);
            scene.One.Case(Scene.LightId);
            scene.AssertDropped(sent, scene.Newest(null, null), Scene.OneEnd);
            scene.AssertNothingHappened(1);
        }

        /// <summary>Handshakes are not authenticated at their start, so the device may begin to answer; it comes to nothing.</summary>
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Handshakes_MakeNoSession(bool isRestarted)
        {
            Scene scene = new Scene();
            if (isRestarted)
            {
                scene.Restart();
            }

            scene.Light.Node.Window.OpenByUser(scene.Link.Now);
            List<byte[]> sent = scene.Sent(null);
            Assert.IsTrue(sent.Count >= 5, "PBKDFParamRequest, Pake1, Pake3, Sigma1, Sigma3");
            for (int from = Scene.OneEnd; from <= Scene.StrangerEnd; from++)
            {
                foreach (byte[] datagram in sent)
                    scene.Replay(from, datagram);
                scene.Link.Run(90000);
            }

            Assert.IsTrue(scene.Light.Node.Window.IsOpen);
            scene.AssertNothingHappened(isRestarted ? 0 : 1);
        }

        /// <summary>A resumption id is spent with the session that it made: the same Sigma1 comes to nothing, whenever and from wherever.</summary>
        [TestMethod]
        [DataRow(false, false, false)]
        [DataRow(true, false, false)]
        [DataRow(false, true, false)]
        [DataRow(false, true, true)]
        public void Resumption_MakesNoSecondSession(bool isClosed, bool isRestarted, bool isStoppedBefore)
        {
            Scene scene = new Scene();
            List<byte[]> sent = scene.Resume("");
            Node node = scene.Light.Node;
            int sessions = 2;
            if (isClosed)
            {
                node.Sessions.Close(scene.Newest(scene.Session, null), scene.Link.Now);
                scene.Link.Run(1000);
                sessions = 1;
            }
            if (isStoppedBefore)
            {
                Assert.AreEqual(0, node.Stop(scene.Link.Now));
                scene.Link.Run(1000);
            }
            if (isRestarted)
            {
                scene.Restart();
                sessions = 0;
            }

            for (int from = Scene.OneEnd; from <= Scene.StrangerEnd; from++)
            {
                foreach (byte[] datagram in sent)
                {
                    scene.Replay(from, datagram);
                    Assert.IsFalse(scene.SaysLast(SecureChannelOpcode.Sigma2Resume));
                }
                scene.Link.Run(90000);
            }
            scene.AssertNothingHappened(sessions);

            // The peer itself goes on as if nothing had been: its new id counts unless the power failed before it was stored.
            scene.One.Case(Scene.LightId);
            Assert.AreEqual(!isRestarted || isStoppedBefore, scene.One.IsResumed);
        }

        /// <summary>
        /// The peer's last word, which anybody could say, did not arrive: whoever has its messages can bring the handshake to its
        /// end, once, but the keys are not in them.
        /// </summary>
        [TestMethod]
        public void ResumptionLeftOpen_IsFinishedOnceAtMost()
        {
            Scene scene = new Scene();
            List<byte[]> sent = scene.Resume(".-------------------");
            scene.AssertNothingHappened(1);
            scene.Link.Script(Scene.OneEnd, "");
            int resumed = 0;
            for (int round = 0; round < 5; round++)
            {
                foreach (byte[] datagram in sent)
                {
                    // Sigma2Resume is resent, as nobody acknowledges it: what counts is the answer to Sigma1.
                    scene.Replay(Scene.StrangerEnd, datagram);
                    resumed += datagram == sent[0] && scene.SaysLast(SecureChannelOpcode.Sigma2Resume) ? 1 : 0;
                }
                scene.Link.Run(90000);
                Assert.AreEqual(2, NodeState.Sessions(scene.Light.Node));
            }
            Assert.AreEqual(1, resumed);
            Session session = scene.Newest(scene.Session, null);
            for (int i = 0; i < Session.KeysLength; i += 16)
                Assert.IsFalse(sent.Exists(datagram => datagram.AsSpan().IndexOf(session.Keys.AsSpan(i, 16)) >= 0));
            scene.AssertDropped(scene.Sent(scene.Session), session, Scene.StrangerEnd);
            scene.AssertNothingHappened(2);
        }

        [TestMethod]
        public void TheDevicesOwnMessages_AreDropped()
        {
            Scene scene = new Scene();
            List<byte[]> said = scene.Said;
            Assert.IsTrue(said.Count > 0);
            foreach (byte[] datagram in said)
            {
                Assert.AreEqual(0, scene.Replay(Scene.OneEnd, datagram));
                Assert.AreEqual(0, scene.Replay(Scene.OneEnd, WithSession(datagram, scene.Session.LocalSessionId)));
            }
            scene.AssertNothingHappened(1);
        }

        private static byte[] WithSession(byte[] datagram, int sessionId)
        {
            byte[] changed = (byte[])datagram.Clone();
            changed[1] = (byte)sessionId;
            changed[2] = (byte)(sessionId >> 8);
            return changed;
        }

        /// <summary>A light that was commissioned and switched, two administrators, a stranger.</summary>
        private sealed class Scene
        {
            public const uint OnOff = 0x06;
            public const uint Toggle = 0x02;
            public const ulong LightId = 0x1234;
            public const int OneEnd = 2;
            public const int TwoEnd = 3;
            public const int StrangerEnd = 4;

            /// <summary>A secured standalone ack: message header, protocol header with counter, tag.</summary>
            public const int AckLength = 8 + 6 + 4 + 16;

            private readonly List<byte[]> _sent = new List<byte[]>();
            private readonly Ear _stranger = new Ear();
            private int _switches;

            public Scene()
            {
                Link = new MemoryLink(1);
                Light = new VirtualLight(2, new MemoryStore(), Link.Now);
                Link.Join(Light);
                WaitHandler wait = new LinkTime(Link).Wait;
                One = new Commissioner(3, 0xFAB1, Link.Address(1), wait);
                Two = new Commissioner(4, 0xFAB2, Link.Address(1), wait);
                Link.Join(One);
                Link.Join(Two);
                Link.Join(_stranger);
                Link.Run(1);
                One.Commission(VirtualLight.Passcode, LightId);
                for (int i = 0; i < 3; i++)
                    Assert.AreEqual(ImStatus.Success, One.Invoke(1, OnOff, Toggle));
                Assert.AreEqual(1, One.Read(1, OnOff, 0));
                Link.Run(60000);
                _switches = Light.Switches;
                for (int i = 0; i < Link.SentBy(OneEnd); i++)
                    _sent.Add(Link.Datagram(OneEnd, i));
                for (int i = 0; i < Link.SentBy(1); i++)
                    Said.Add(Link.Datagram(1, i));
                Session = Newest(null, null);
            }

            public MemoryLink Link { get; }

            public VirtualLight Light { get; }

            public Commissioner One { get; }

            public Commissioner Two { get; }

            /// <summary>The device's end of the first CASE session.</summary>
            public Session Session { get; }

            /// <summary>All that the device has sent.</summary>
            public List<byte[]> Said { get; } = new List<byte[]>();

            /// <summary>What the first administrator has sent on a session; null for the unsecured ones.</summary>
            public List<byte[]> Sent(Session session)
            {
                int id = session == null ? 0 : session.LocalSessionId;
                List<byte[]> sent = _sent.FindAll(datagram => (datagram[1] | datagram[2] << 8) == id);
                Assert.IsTrue(sent.Count > 4);
                return sent;
            }

            /// <summary>Has the first administrator resume its session; returns the handshake's messages of its side.</summary>
            /// <param name="script">What becomes of them.</param>
            public List<byte[]> Resume(string script)
            {
                Link.ClearLog();
                Link.Script(OneEnd, script);
                One.Resumes = true;
                One.Case(LightId);
                Assert.IsTrue(One.IsResumed);
                Link.Run(1000);
                List<byte[]> sent = new List<byte[]>();
                for (int i = 0; i < Link.SentBy(OneEnd); i++)
                {
                    byte[] datagram = Link.Datagram(OneEnd, i);
                    if (datagram[1] == 0 && datagram[2] == 0) sent.Add(datagram);
                }
                Assert.IsTrue(sent.Count >= 2, "Sigma1, StatusReport");
                return sent;
            }

            /// <summary>Whether a message of a handshake is among what the device sent since the last replay began.</summary>
            public bool SaysLast(int opcode)
            {
                for (int i = 0; i < Link.SentBy(1); i++)
                {
                    byte[] datagram = Link.Datagram(1, i);
                    bool isUnsecured = datagram[1] == 0 && datagram[2] == 0;
                    if (isUnsecured && datagram[MessageHeader.MinLength + MessageHeader.NodeIdLength + 1] == opcode) return true;
                }
                return false;
            }

            /// <summary>The device's session that is neither of two.</summary>
            public Session Newest(Session one, Session other)
            {
                Session found = null;
                for (int row = 0; row < Light.Node.Sessions.Capacity; row++)
                {
                    Session session = Light.Node.Sessions.GetRow(row);
                    if (!session.IsActive || session == one || session == other)
                        continue;
                    Assert.IsNull(found);
                    found = session;
                }
                Assert.IsNotNull(found);
                return found;
            }

            /// <summary>Power off and on again; the lamp is switched to what it was.</summary>
            public void Restart()
            {
                Light.Restart(Link.Now);
                Link.Run(1);
                _switches = Light.Switches;
            }

            /// <summary>Sends a datagram to the device; returns how many it sends then.</summary>
            public int Replay(int from, byte[] datagram)
            {
                Link.ClearLog();
                Link.Inject(from, 1, datagram);
                Link.Run(1000);
                return Link.SentBy(1);
            }

            /// <summary>Under another session's id the tag is wrong.</summary>
            public void AssertDropped(List<byte[]> sent, Session session, int from)
            {
                foreach (byte[] datagram in sent)
                {
                    int unauthenticated = Light.Node.Exchanges.UnauthenticatedCount;
                    Assert.AreEqual(0, Replay(from, WithSession(datagram, session.LocalSessionId)));
                    Assert.AreEqual(unauthenticated + 1, Light.Node.Exchanges.UnauthenticatedCount);
                }
            }

            public void AssertNothingHappened(int sessions)
            {
                Link.Run(90000);
                NodeState.AssertAtRest(Light, sessions, "replay");
                Assert.AreEqual(_switches, Light.Switches);
                Assert.AreEqual(0, _stranger.Heard);
            }
        }

        /// <summary>An end that only listens.</summary>
        private sealed class Ear : ILinkEnd
        {
            /// <summary>Secured datagrams that came.</summary>
            public int Heard { get; private set; }

            public OutboxSlot Next() { return null; }

            public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
            {
                Heard += buffer[1] == 0 && buffer[2] == 0 ? 0 : 1;
            }

            public long Poll(long now) { return long.MaxValue; }
        }
    }
}
