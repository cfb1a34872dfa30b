using System;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Handshakes with damaged messages, seeded: never a throw, never a session, never a slot lost.</summary>
    [TestClass]
    public class HandshakeFuzzTests
    {
        private const int Runs = 200;

        [TestMethod]
        public void DamagedCase_LeavesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            TestFabricAuthority authority = new TestFabricAuthority(world.Controller(3).Crypto, 1, true);
            world.Join(authority, 1);
            TestCredentials credentials = authority.NewNode(2, null);
            CaseInitiator controller = world.NewCase(0);
            int established = 0;
            for (int seed = 0; seed < Runs; seed++)
            {
                Damage damage = new Damage(seed, SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma3, MessageTamper.Sigma3Data);
                controller.Tamper = damage;
                controller.Begin(world.Dial(0), credentials, 1, world.Now);
                world.Run(5000);
                controller.GiveUp(world.Now, true);
                Assert.IsTrue(controller.Result != 0 || damage.IsHarmless, "seed " + seed.ToString());
                if (controller.Result == 0)
                {
                    established++;
                    world.Device.Sessions.Discard(world.Established, world.Now);
                    world.Controller(0).Sessions.Discard(controller.Session, world.Now);
                }

                Assert.AreEqual(established, world.CaseCount, "seed " + seed.ToString());
                world.AssertAtRest(0);
            }

            controller.Tamper = null;
            controller.Begin(world.Dial(0), credentials, 1, world.Now);
            world.Run(5000);
            Assert.AreEqual(0, controller.Result);
        }

        [TestMethod]
        public void DamagedPase_LeavesNothing()
        {
            HandshakeWorld world = new HandshakeWorld(1);
            PaseInitiator commissioner = world.NewPase(0);
            commissioner.KnownSalt = world.Salt;
            commissioner.KnownIterations = HandshakeWorld.Iterations;
            for (int seed = 0; seed < Runs; seed++)
            {
                if (!world.Window.IsOpen)
                {
                    world.FailSafe.Expire(world.Now);
                    world.Window.OpenInitial(world.Now);
                }

                int before = world.PaseCount;
                Damage damage = new Damage(seed, SecureChannelOpcode.PbkdfParamRequest, SecureChannelOpcode.Pake1, SecureChannelOpcode.Pake3);
                commissioner.Tamper = damage;
                commissioner.Begin(world.Dial(0), HandshakeWorld.Passcode, world.Now);
                world.Run(5000);
                commissioner.GiveUp(world.Now, true);
                Assert.IsTrue(commissioner.Result != 0 || damage.IsHarmless, "seed " + seed.ToString());
                if (world.PaseCount != before)
                {
                    Assert.AreEqual(0, commissioner.Result, "seed " + seed.ToString());
                    world.Device.Sessions.Discard(world.Established, world.Now);
                    world.Controller(0).Sessions.Discard(commissioner.Session, world.Now);
                }

                world.AssertAtRest(0);
            }
        }

        /// <summary>Damages one of three messages in one of several ways, before its sender takes it into its own transcript.</summary>
        private sealed class Damage : MessageTamper
        {
            private readonly Random _random;
            private readonly int _opcode;

            public Damage(int seed, int first, int second, int third)
            {
                _random = new Random(seed);
                int which = _random.Next(3);
                _opcode = which == 0 ? first : which == 1 ? second : third;
            }

            /// <summary>
            /// True if the message was not changed, or only in what may differ: both sides hash the same changed bytes, so
            /// random numbers, ids, session parameters and unknown fields can be any.
            /// </summary>
            public bool IsHarmless { get; private set; } = true;

            public override int Change(int opcode, byte[] buffer, int offset, int length)
            {
                if (opcode != _opcode)
                {
                    return length;
                }

                bool isFree = opcode == SecureChannelOpcode.Sigma1 || opcode == SecureChannelOpcode.PbkdfParamRequest;
                byte[] former = new ReadOnlySpan<byte>(buffer, offset, length).ToArray();
                switch (_random.Next(5))
                {
                    case 0:
                        buffer[offset + _random.Next(length)] ^= (byte)(1 << _random.Next(8));
                        break;
                    case 1:
                        buffer[offset + _random.Next(length)] = (byte)_random.Next(256);
                        break;
                    case 2:
                        length = _random.Next(length);
                        break;
                    case 3:
                        int count = _random.Next(1, 20);
                        for (int i = 0; i < count; i++)
                        {
                            buffer[offset + _random.Next(length)] = (byte)_random.Next(256);
                        }

                        break;
                    default:
                        int start = _random.Next(length);
                        int removed = _random.Next(1, length - start + 1);
                        Array.Copy(buffer, offset + start + removed, buffer, offset + start, length - start - removed);
                        length -= removed;
                        break;
                }

                IsHarmless = isFree || new ReadOnlySpan<byte>(buffer, offset, length).SequenceEqual(former);
                return length;
            }
        }
    }
}
