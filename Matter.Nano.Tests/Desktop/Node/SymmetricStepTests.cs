using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What of SHA-256 and AES a call into a node does at most while it shakes hands, all of it managed code.</summary>
    [TestClass]
    public class SymmetricStepTests
    {
        /// <summary>Instructions of the interpreter in a call.</summary>
        private const int Bound = 60000;

        /// <summary>As measured: a block of SHA-256, two blocks of AES with what CCM does around them.</summary>
        private const int InstructionsPerBlock = 6200;
        private const int InstructionsPerPair = 7700;

        /// <summary>Sealing and opening the commands and answers themselves is not counted: each is done in one go.</summary>
        [TestMethod]
        public void NoCallOfASignedAnswerHashesLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            Counter light = new Counter(new VirtualLight(2, new MemoryStore(), link.Now));
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            one.Pase(VirtualLight.Passcode);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            light.MostHashed = 0;
            one.CheckAttestation();
            Assert.IsTrue(light.MostHashed > Bound / 3, "nothing was counted: " + light.MostHashed);
            Assert.IsTrue(light.MostHashed <= Bound, "attestation: " + light.MostHashed);
            light.MostHashed = 0;
            one.RequestCsr();
            Assert.IsTrue(light.MostHashed > 0, "nothing was counted");
            Assert.IsTrue(light.MostHashed <= Bound, "CSR: " + light.MostHashed);
        }

        [TestMethod]
        public void NoCallOfANewFabricsKeysHashesLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight device = new VirtualLight(2, new MemoryStore(), link.Now);
            Counter light = new Counter(device);
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait), true);
            link.Join(one);
            link.Run(1);
            one.Pase(VirtualLight.Passcode);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            byte[] key = one.RequestCsr();
            light.MostHashed = 0;
            one.AddRoot();
            Assert.IsTrue(light.MostHashed > 0, "nothing was counted");
            Assert.IsTrue(light.MostHashed <= Bound, "AddTrustedRootCertificate: " + light.MostHashed);
            light.MostHashed = 0;
            one.AddNoc(key, 0x1234);
            Assert.IsTrue(light.MostHashed > Bound / 2, "nothing was counted: " + light.MostHashed);
            Assert.IsTrue(light.MostHashed <= Bound, "AddNOC: " + light.MostHashed);

            // Until CommissioningComplete no record of the fabric is hashed and stored.
            light.MostHashed = 0;
            WriteKeySet(one, 42, 3);
            Assert.IsTrue(light.MostHashed > Bound / 2, "nothing was counted: " + light.MostHashed);
            Assert.IsTrue(light.MostHashed <= Bound, "KeySetWrite: " + light.MostHashed);
            GroupKeyTable keys = device.Node.Fabrics.GroupKeys;
            int set = keys.Find(device.Node.Fabrics.Find(one.FabricIndex), 42);
            Assert.AreEqual(3, keys.GetKeyCount(set));

            one.Case(0x1234);
            Assert.AreEqual(0, one.Complete());
            Assert.AreEqual(0, one.ArmFailSafe(60));
            byte[] newKey = one.RequestCsr(true);
            light.MostHashed = 0;
            Assert.AreEqual(NodeOperationalCertStatus.Ok, one.UpdateNoc(newKey, 0x1235));
            Assert.IsTrue(light.MostHashed > 0, "nothing was counted");
            Assert.IsTrue(light.MostHashed <= Bound, "UpdateNOC: " + light.MostHashed);
        }

        [TestMethod]
        public void NoCallOfAHandshakeIsLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            Counter light = new Counter(new VirtualLight(2, new MemoryStore(), link.Now));
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(1);
            light.Most = 0;
            one.Commission(VirtualLight.Passcode, 0x1234);
            Assert.IsTrue(light.Most > Bound / 2, "nothing was counted: " + light.Most);
            Assert.IsTrue(light.Most <= Bound, "commissioning: " + light.Most);
            one.HangUp();
            one.Case(0x1234);
            Assert.IsTrue(light.Most <= Bound, "CASE: " + light.Most);
            one.HangUp();
            one.Resumes = true;
            one.Case(0x1234);
            Assert.IsTrue(one.IsResumed);
            Assert.IsTrue(light.Most <= Bound, "resumption: " + light.Most);
        }

        /// <summary>The light takes a subscription up: its own handshake, in full, then resumed.</summary>
        [TestMethod]
        public void NoCallOfAHandshakeOfItsOwnIsLongerThanAStep()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight device = new VirtualLight(2, new MemoryStore(), link.Now);
            Counter light = new Counter(device);
            link.Join(light);
            HandshakeWorld hub = new HandshakeWorld(5);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait), true);
            link.Join(one);
            link.Run(1);
            one.Commission(VirtualLight.Passcode, 0x1234);
            hub.Join(one.Authority, one.Credentials.NodeId);
            int end = link.Join(hub);
            for (int i = 0; i < 2; i++)
            {
                Sessions.Session carrier = device.Node.Sessions.OpenUnsecured(link.Address(end), 1, link.Now);
                Exchanges.Exchange exchange = device.Node.Exchanges.Open(carrier, device.Node.SecureChannel);
                Assert.AreEqual(0, device.Node.SecureChannel.Connect(exchange, device.Node.Fabrics.GetRow(0), one.Credentials.NodeId, link.Now));
                light.BeginOwn();
                link.Run(20000);
                Assert.AreEqual(i + 1, hub.CaseCount);
                Assert.IsTrue(light.Most > Bound / 2, "nothing was counted: " + light.Most);
                Assert.IsTrue(light.Most <= Bound, (i == 0 ? "CASE: " : "resumption: ") + light.Most);
            }
        }

        private static void WriteKeySet(Commissioner one, int setId, int count)
        {
            TlvWriter writer = one.Client.Writer;
            one.BeginInvoke(0, GroupKeyManagementCluster.ClusterId, 0x00);
            writer.StartStructure(0);
            writer.PutUnsigned(0, (ulong)setId);
            writer.PutUnsigned(1, 0);
            for (int i = 0; i < count; i++)
            {
                writer.PutBytes(2 + (2 * i), new byte[GroupKeyTable.KeyLength], 0, GroupKeyTable.KeyLength);
                writer.PutUnsigned(3 + (2 * i), (ulong)i + 1);
            }

            writer.EndContainer();
            one.EndInvoke(-1);
            Assert.AreEqual(ImStatus.Success, one.Client.InvokeStatus(0), "KeySetWrite");
        }

        private sealed class Counter : ILinkEnd
        {
            private readonly VirtualLight _light;
            private readonly List<Sha256> _hashes = new List<Sha256>();
            private readonly List<Aes128> _ciphers = new List<Aes128>();
            private bool _isShaking;

            public Counter(VirtualLight light)
            {
                _light = light;
                HashSet<object> seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                Collect(light.Crypto, seen);
                Collect(light.Node, seen);
            }

            /// <summary>Instructions of the longest call.</summary>
            public int Most { get; set; }

            /// <summary>The light begins a handshake.</summary>
            public void BeginOwn()
            {
                Most = 0;
                _isShaking = true;
            }

            /// <summary>Instructions of the call that hashed longest, in sessions too.</summary>
            public int MostHashed { get; set; }

            public Exchanges.OutboxSlot Next()
            {
                return _light.Next();
            }

            public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
            {
                // The session id behind the flags: 0 for messages of handshakes.
                _isShaking = buffer[1] == 0 && buffer[2] == 0;
                int hashing = Hashing();
                int ciphering = Ciphering();
                _light.Receive(buffer, length, peer, peerLength, now);
                Count(hashing, ciphering);
            }

            public long Poll(long now)
            {
                int hashing = Hashing();
                int ciphering = Ciphering();
                long next = _light.Poll(now);
                Count(hashing, ciphering);
                return next;
            }

            // What sessions' messages take does not count: each is sealed and opened in one go.
            private void Count(int hashing, int ciphering)
            {
                MostHashed = Math.Max(MostHashed, Hashing() - hashing);
                if (_isShaking)
                {
                    Most = Math.Max(Most, Hashing() - hashing + Ciphering() - ciphering);
                }
            }

            private int Hashing()
            {
                return _hashes.Sum(hash => hash.BlockCount) * InstructionsPerBlock;
            }

            private int Ciphering()
            {
                return _ciphers.Sum(cipher => cipher.PairCount) * InstructionsPerPair;
            }

            private void Collect(object value, HashSet<object> seen)
            {
                if (value == null || value is string || value.GetType().IsPrimitive || value is Delegate || !seen.Add(value))
                {
                    return;
                }

                if (value is Sha256 hash)
                {
                    _hashes.Add(hash);
                }
                else if (value is Aes128 cipher)
                {
                    _ciphers.Add(cipher);
                }
                else if (value is Array array)
                {
                    if (!array.GetType().GetElementType().IsPrimitive)
                    {
                        foreach (object item in (IEnumerable)array)
                        {
                            Collect(item, seen);
                        }
                    }
                }
                else if (value.GetType().Namespace.StartsWith(nameof(Matter), StringComparison.Ordinal))
                {
                    foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                        .Concat(value.GetType().BaseType.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)))
                    {
                        Collect(field.GetValue(value), seen);
                    }
                }
            }
        }
    }
}
