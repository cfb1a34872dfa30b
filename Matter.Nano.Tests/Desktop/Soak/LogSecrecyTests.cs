using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Threading;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The virtual device at its most talkative, commissioned, switched, attacked and reset: no secret in what it says.</summary>
    [TestClass]
    public class LogSecrecyTests
    {
        private const uint OnOff = 0x06;
        private const uint Toggle = 0x02;
        private const ulong LightId = 0x1234;
        private const int Attacks = 200;

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Commissioning_TellsNoSecret(bool isJson)
        {
            StringWriter text = new StringWriter();
            TextWriter writer = TextWriter.Synchronized(text);
            Dictionary<string, byte[]> secrets = new Dictionary<string, byte[]>();
            using (TemporaryDirectory directory = new TemporaryDirectory())
                Run(writer, isJson ? new JsonOutput(writer, "") : new PlainOutput(writer, false, ""), directory.Path, secrets);

            string said = text.ToString();
            SecretFinder finder = new SecretFinder(said);
            Assert.IsTrue(said.Contains("trace: received") && said.Contains("trace: sent"), "traced");
            Assert.IsTrue(said.Contains(isJson ? "\"event\":\"commissioned\"" : "Commissioning is complete"), "told");
            Assert.IsFalse(finder.Has(VirtualLight.Passcode), "passcode");
            Assert.AreEqual(16, secrets.Count);
            foreach (KeyValuePair<string, byte[]> secret in secrets)
            {
                Assert.IsTrue(secret.Value.Length >= 16 && secret.Value.AsSpan().IndexOfAnyExcept((byte)0) >= 0, secret.Key);
                Assert.IsFalse(finder.Has(secret.Value), secret.Key);
            }
        }

        [TestMethod]
        public void Finder_FindsEveryForm()
        {
            byte[] key = new byte[16];
            for (int i = 0; i < key.Length; i++)
                key[i] = (byte)(0x3D * (i + 1));
            byte[] reversed = (byte[])key.Clone();
            Array.Reverse(reversed);
            string[] forms =
            {
                Convert.ToHexString(key), Convert.ToHexString(key).ToLowerInvariant(), BitConverter.ToString(key),
                BitConverter.ToString(key).Replace('-', ':'), Convert.ToHexString(key, 3, 8), Convert.ToHexString(reversed),
                "0x" + BitConverter.ToString(key).Replace("-", ", 0x"), string.Join(",", key), "[" + string.Join(", ", key) + "]",
                Convert.ToBase64String(key), Convert.ToBase64String(Join(new byte[1], key)), Convert.ToBase64String(Join(new byte[2], key)),
            };
            foreach (string form in forms)
                Assert.IsTrue(new SecretFinder("trace: the key is " + form + ".").Has(key), form);
            Assert.IsFalse(new SecretFinder("trace: the key is secret").Has(key));
            foreach (string form in new[] { "20202021", "0x1344225", "01344225", Convert.ToHexString(Encoding.ASCII.GetBytes("20202021")) })
                Assert.IsTrue(new SecretFinder("passcode=" + form + ";").Has(VirtualLight.Passcode), form);
            Assert.IsFalse(new SecretFinder("passcode=34970112332 202020210").Has(VirtualLight.Passcode));
        }

        private static void Run(TextWriter writer, DeviceOutput output, string storage, Dictionary<string, byte[]> secrets)
        {
            Log log = new Log(LogLevel.Trace, writer);
            using UdpSockets udp = new UdpSockets(0, log);
            using FileStore store = new FileStore(storage, log);
            using EventLoop loop = new EventLoop();
            DeviceOptions options = new DeviceOptions { Passcode = (int)VirtualLight.Passcode, Discriminator = 3840, Interface = null, HasMdns = false };
            VirtualDevice device = new VirtualDevice(options, output, log, udp, null, store, loop);
            Thread thread = new Thread(device.Run) { IsBackground = true };
            thread.Start();
            try
            {
                using UdpPeer peer = new UdpPeer(new IPEndPoint(IPAddress.IPv6Loopback, udp.Port));
                Commissioner one = new Commissioner(3, 0xFAB1, new byte[] { 1 }, peer.Wait);
                peer.Attach(one);
                one.Pase(VirtualLight.Passcode);
                AddSession(secrets, "PASE", one);
                Assert.AreEqual(0, one.ArmFailSafe(60));
                one.CheckAttestation();
                byte[] key = one.RequestCsr();
                one.AddRoot();
                one.AddNoc(key, LightId);
                one.Case(LightId);
                AddSession(secrets, "CASE", one);
                Assert.AreEqual(0, one.Complete());
                Assert.AreEqual(ImStatus.Success, one.Invoke(1, OnOff, Toggle));
                one.Resumes = true;
                one.Case(LightId);
                Assert.IsTrue(one.IsResumed);
                AddSession(secrets, "resumed", one);
                AddLongLived(secrets, device, one);
                loop.Post(() => device.Execute("toggle"));
                loop.Post(() => device.Execute(DeviceCommand.Button));
                Attack(udp.Port, peer);
                loop.Post(() => device.Execute(DeviceCommand.FactoryReset));
                peer.Wait(50);
            }
            finally
            {
                loop.Post(device.Quit);
                thread.Join();
            }
        }

        private static void AddSession(Dictionary<string, byte[]> secrets, string name, Commissioner one)
        {
            byte[] keys = one.Session.Keys;
            secrets.Add(name + " I2R key", keys[..16]);
            secrets.Add(name + " R2I key", keys[16..32]);
            secrets.Add(name + " attestation challenge", keys[32..48]);
        }

        private static void AddLongLived(Dictionary<string, byte[]> secrets, VirtualDevice device, Commissioner one)
        {
            Matter.Nano.Node node = Field<Matter.Nano.Node>(device, "_node");
            Fabric fabric = node.Fabrics.Find(one.FabricIndex);
            secrets.Add("operational private key", (byte[])fabric.PrivateKey.Clone());
            secrets.Add("IPK epoch key", one.Credentials.IpkEpochKey);
            secrets.Add("operational IPK", one.Credentials.OperationalIpk);
            DeviceAttestation attestation = TestAttestation.Create(new CryptoSuite(new SeededRandom(1), null));
            secrets.Add("DAC private key", (byte[])typeof(DeviceAttestation).GetField("_privateKey", BindingFlags.Instance | BindingFlags.NonPublic).GetValue(attestation));
            secrets.Add("PASE verifier", (byte[])node.Window.Verifier.Clone());
            secrets.Add("PASE shared secret", Field<Spake2PlusProver>(Field<PaseInitiator>(one, "_pase"), "_prover").Key[..16]);
            secrets.Add("CASE shared secret", Field<byte[]>(Field<CaseInitiator>(one, "_case"), "_secret"));
        }

        private static void Attack(int port, UdpPeer peer)
        {
            DatagramMutator mutator = new DatagramMutator(1, Limits.ReceivedDatagram, peer.Sent);
            using Socket stranger = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            for (int i = 0; i < Attacks; i++)
            {
                stranger.SendTo(mutator.Next(), new IPEndPoint(IPAddress.IPv6Loopback, port));
                if (i % 20 == 0)
                    peer.Wait(2);
            }
        }

        private static T Field<T>(object owner, string name)
        {
            return (T)owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic).GetValue(owner);
        }

        private static byte[] Join(byte[] one, byte[] other)
        {
            byte[] both = new byte[one.Length + other.Length];
            one.CopyTo(both, 0);
            other.CopyTo(both, one.Length);
            return both;
        }
    }
}
