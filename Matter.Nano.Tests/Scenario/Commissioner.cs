using System;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>
    /// An administrator with a fabric of its own: commissions a device step by step as controllers do, checking its
    /// attestation on the way, and then talks to it.
    /// </summary>
    /// <remarks>
    /// Each step waits for its answer by <see cref="Wait"/>. One that is wrong ends the test; one that does not come is a
    /// <see cref="NoAnswerException"/>, which ends the test too unless the network is a bad one.
    /// </remarks>
    internal sealed class Commissioner : ILinkEnd
    {
        /// <summary>The last <see cref="Step"/>.</summary>
        public const string CompleteStep = "CommissioningComplete";

        private const uint GeneralCommissioning = 0x30;
        private const uint OperationalCredentials = 0x3E;
        private const int StepMs = 20;
        private const int Patience = 40000;

        private readonly TestNode _node;
        private readonly WaitHandler _wait;
        private readonly PaseInitiator _pase;
        private readonly CaseInitiator _case;
        private readonly TestFabricAuthority _authority;
        private TestCredentials _own;
        private readonly TlvReader _fields = new TlvReader();

        /// <summary>Creates an administrator.</summary>
        /// <param name="seed">Of its random source.</param>
        /// <param name="fabricId">Of its fabric.</param>
        /// <param name="device">Address of the device.</param>
        /// <param name="wait">Lets time pass, for both.</param>
        public Commissioner(uint seed, ulong fabricId, byte[] device, WaitHandler wait)
            : this(seed, fabricId, device, wait, false)
        {
        }

        /// <summary>Creates an administrator whose fabric may have an intermediate authority.</summary>
        public Commissioner(uint seed, ulong fabricId, byte[] device, WaitHandler wait, bool withIntermediate)
        {
            _node = new TestNode(seed, 0);
            Device = device;
            _wait = wait;
            _pase = new PaseInitiator(_node.Crypto, _node.Sessions, _node.Exchanges);
            _case = new CaseInitiator(_node.Crypto, _node.Sessions, _node.Exchanges);
            Client = new InteractionClient(_node.Exchanges);
            _authority = new TestFabricAuthority(_node.Crypto, fabricId, withIntermediate);
            _own = _authority.NewNode(1, null);
        }

        /// <summary>Address of the device to open sessions with.</summary>
        public byte[] Device { get; set; }

        /// <summary>Reads, writes, commands, subscriptions.</summary>
        public InteractionClient Client { get; }

        /// <summary>The session in use.</summary>
        public Session Session { get; private set; }

        /// <summary>Its own credentials.</summary>
        public TestCredentials Credentials
        {
            get { return _own; }
        }

        /// <summary>The authority of its fabric.</summary>
        public TestFabricAuthority Authority
        {
            get { return _authority; }
        }

        /// <summary>The step of <see cref="Commission"/> begun last.</summary>
        public string Step { get; private set; }

        /// <summary>The device's fabric index, once it has one.</summary>
        public int FabricIndex { get; private set; }

        /// <summary>Monotonic ms.</summary>
        public long Now { get; private set; }

        /// <summary>Does all of it.</summary>
        /// <param name="passcode">The device's.</param>
        /// <param name="nodeId">What the device is to be called.</param>
        public void Commission(uint passcode, ulong nodeId)
        {
            Step = "PASE";
            Pase(passcode);
            Step = "ArmFailSafe";
            Assert.AreEqual(0, ArmFailSafe(60));
            Step = "attestation";
            CheckAttestation();
            Step = "CSRRequest";
            byte[] key = RequestCsr();
            Step = "AddTrustedRootCertificate";
            AddRoot();
            Step = "AddNOC";
            AddNoc(key, nodeId);
            Step = "CASE";
            Case(nodeId);
            Step = CompleteStep;
            Assert.AreEqual(0, Complete());
        }

        /// <summary>Takes another key and NOC.</summary>
        public void Renew()
        {
            _own = _authority.NewNode(1, null);
        }

        /// <summary>Like <see cref="Renew"/>, by a new intermediate authority.</summary>
        public void RenewIntermediate()
        {
            _authority.NewIntermediate();
            Renew();
        }

        /// <summary>Makes a PASE session the one in use.</summary>
        public void Pase(uint passcode)
        {
            _pase.Begin(Dial(), passcode, Now);
            Await(_pase);
            AssertEstablished(_pase, "PASE");
            Session = _pase.Session;
        }

        /// <summary>True to offer to resume in CASE.</summary>
        public bool Resumes
        {
            get { return _case.Resumes; }
            set { _case.Resumes = value; }
        }

        /// <summary>Whether the last CASE was a resumption.</summary>
        public bool IsResumed
        {
            get { return _case.IsResumed; }
        }

        /// <summary>Makes a CASE session the one in use.</summary>
        public void Case(ulong nodeId)
        {
            TryCase(nodeId);
            AssertEstablished(_case, "CASE");
        }

        /// <summary>Makes a CASE session the one in use, unless the device turns it down.</summary>
        /// <returns>0 or what became of the handshake.</returns>
        public int TryCase(ulong nodeId)
        {
            _case.Begin(Dial(), _own, nodeId, Now);
            Await(_case);
            if (_case.Result == 0)
            {
                Session = _case.Session;
            }

            return _case.Result;
        }

        /// <summary>Forgets all sessions without telling the device, as if switched off.</summary>
        public void HangUp()
        {
            for (int row = 0; row < _node.Sessions.Capacity; row++)
            {
                Session session = _node.Sessions.GetRow(row);
                if (session.LocalSessionId != 0)
                {
                    _node.Sessions.Discard(session, Now);
                }
            }
        }

        /// <summary>Arms the fail-safe; 0 lets it expire.</summary>
        /// <returns>CommissioningErrorEnum.</returns>
        public int ArmFailSafe(int seconds)
        {
            BeginInvoke(0, GeneralCommissioning, 0x00);
            Client.Writer.PutUnsigned(0, (ulong)seconds);
            Client.Writer.PutUnsigned(1, 1);
            EndInvoke(0x01);
            return FirstNumber();
        }

        /// <summary>CommissioningComplete.</summary>
        /// <returns>CommissioningErrorEnum.</returns>
        public int Complete()
        {
            BeginInvoke(0, GeneralCommissioning, 0x04);
            EndInvoke(0x05);
            return FirstNumber();
        }

        /// <summary>Asks for the attestation and checks nonce and signature against the DAC.</summary>
        public void CheckAttestation()
        {
            byte[] dacKey = PublicKeyIn(RequestCertificate(1));
            PublicKeyIn(RequestCertificate(2));
            byte[] nonce = NewNonce();
            BeginInvoke(0, OperationalCredentials, 0x00);
            Client.Writer.PutBytes(0, nonce, 0, nonce.Length);
            EndInvoke(0x01);
            byte[] elements = Field(0);
            AssertSigned(elements, Field(1), dacKey);
            Assert.IsTrue(IndexOf(elements, nonce) > 0, "attestation nonce");
        }

        /// <summary>Asks for a CSR and checks its nonce and signature.</summary>
        /// <returns>The node's new public key.</returns>
        public byte[] RequestCsr()
        {
            return RequestCsr(false);
        }

        /// <summary>The same, for AddNOC or for UpdateNOC.</summary>
        public byte[] RequestCsr(bool isForUpdate)
        {
            byte[] dacKey = PublicKeyIn(RequestCertificate(1));
            byte[] nonce = NewNonce();
            BeginInvoke(0, OperationalCredentials, 0x04);
            Client.Writer.PutBytes(0, nonce, 0, nonce.Length);
            if (isForUpdate)
            {
                Client.Writer.PutBoolean(1, true);
            }

            EndInvoke(0x05);
            byte[] elements = Field(0);
            AssertSigned(elements, Field(1), dacKey);
            Assert.IsTrue(IndexOf(elements, nonce) > 0, "CSR nonce");
            return PublicKeyIn(elements);
        }

        /// <summary>Adds this fabric's root.</summary>
        public void AddRoot()
        {
            BeginInvoke(0, OperationalCredentials, 0x0B);
            Client.Writer.PutBytes(0, _own.Root, 0, _own.Root.Length);
            EndInvoke(-1);
            Assert.AreEqual(ImStatus.Success, Client.InvokeStatus(0), "AddTrustedRootCertificate");
        }

        /// <summary>Adds a NOC for a key; the empty ICAC is how some administrators say that there is none.</summary>
        public void AddNoc(byte[] publicKey, ulong nodeId)
        {
            byte[] noc = _authority.NewNoc(publicKey, nodeId, _authority.FabricId, null);
            BeginInvoke(0, OperationalCredentials, 0x06);
            Client.Writer.PutBytes(0, noc, 0, noc.Length);
            byte[] icac = _authority.IntermediateCertificate;
            Client.Writer.PutBytes(1, icac == null ? noc : icac, 0, icac == null ? 0 : icac.Length);
            Client.Writer.PutBytes(2, _own.IpkEpochKey, 0, _own.IpkEpochKey.Length);
            Client.Writer.PutUnsigned(3, _own.NodeId);
            Client.Writer.PutUnsigned(4, 0xFFF1);
            EndInvoke(0x08);
            Assert.AreEqual(NodeOperationalCertStatus.Ok, FirstNumber(), "AddNOC");
            Assert.IsTrue(Seek(1), "fabric index");
            FabricIndex = (int)_fields.GetUnsigned(254);
        }

        /// <summary>Gives the device another NOC for a key.</summary>
        /// <returns>NodeOperationalCertStatusEnum.</returns>
        public int UpdateNoc(byte[] publicKey, ulong nodeId)
        {
            byte[] noc = _authority.NewNoc(publicKey, nodeId, _authority.FabricId, null);
            BeginInvoke(0, OperationalCredentials, 0x07);
            Client.Writer.PutBytes(0, noc, 0, noc.Length);
            byte[] icac = _authority.IntermediateCertificate;
            if (icac != null)
            {
                Client.Writer.PutBytes(1, icac, 0, icac.Length);
            }

            EndInvoke(0x08);
            return FirstNumber();
        }

        /// <summary>Invokes a command without fields that answers with a status.</summary>
        /// <returns>The status.</returns>
        public int Invoke(int endpoint, uint cluster, uint command)
        {
            BeginInvoke(endpoint, cluster, command);
            EndInvoke(-1);
            return Client.InvokeStatus(0);
        }

        /// <summary>Removes the device from a fabric.</summary>
        /// <returns>NodeOperationalCertStatusEnum.</returns>
        public int RemoveFabric(int fabricIndex)
        {
            BeginInvoke(0, OperationalCredentials, 0x0A);
            Client.Writer.PutUnsigned(0, (ulong)fabricIndex);
            EndInvoke(0x08);
            return FirstNumber();
        }

        /// <summary>Reads a number or a boolean.</summary>
        /// <returns>Its value; -1 if there is none.</returns>
        public long Read(int endpoint, uint cluster, uint attribute)
        {
            Client.Clear();
            CheckSession();
            Client.Read(Session, new long[] { endpoint, cluster, attribute }, true, Now);
            Await(InteractionOpcode.ReportData);
            return Client.Reports().Last(endpoint, cluster, attribute);
        }

        /// <summary>Waits until a message of an opcode has come.</summary>
        public void Await(int opcode)
        {
            for (int i = 0; i < Patience / StepMs && Client.CountOf(opcode) == 0 && Client.Aborts == 0; i++)
            {
                _wait(StepMs);
            }

            if (Client.CountOf(opcode) == 0)
            {
                throw new NoAnswerException("no answer");
            }
        }

        /// <summary>Waits until a report has come whose last chunk it is.</summary>
        public void AwaitLastReport()
        {
            for (int i = 0; i < Patience / StepMs && (Client.LastOpcode != InteractionOpcode.ReportData || Client.GetBoolean(Client.Count - 1, 3)); i++)
            {
                _wait(StepMs);
            }

            Assert.AreEqual(InteractionOpcode.ReportData, Client.LastOpcode, "no report");
        }

        /// <summary>Begins to invoke a command; its fields go into the client's writer.</summary>
        public void BeginInvoke(int endpoint, uint cluster, uint command)
        {
            Client.Clear();
            Client.BeginInvoke(endpoint, cluster, command, false);
        }

        /// <summary>Sends the command and waits for its answer.</summary>
        /// <param name="response">Id of the response command; -1 for a status.</param>
        public void EndInvoke(int response)
        {
            Client.EndInvoke();
            CheckSession();
            Client.Send(Session, Now);
            Await(InteractionOpcode.InvokeResponse);
            Assert.AreEqual((long)response, Client.SeekResponse(0, _fields), "response command");
        }

        public OutboxSlot Next()
        {
            return _node.Next();
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Now = now;
            _node.Receive(buffer, length, peer, peerLength, now);
        }

        public long Poll(long now)
        {
            Now = now;
            return _node.Poll(now);
        }

        private static int IndexOf(byte[] bytes, byte[] part)
        {
            for (int i = 0; i + part.Length <= bytes.Length; i++)
            {
                int same = 0;
                while (same < part.Length && bytes[i + same] == part[same])
                {
                    same++;
                }

                if (same == part.Length)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>The point in a SubjectPublicKeyInfo: what follows its bit string's head.</summary>
        private static byte[] PublicKeyIn(byte[] der)
        {
            int at = IndexOf(der, new byte[] { 0x03, 0x42, 0x00, 0x04 });
            Assert.IsTrue(at >= 0, "public key");
            byte[] key = new byte[P256.PointLength];
            Array.Copy(der, at + 3, key, 0, key.Length);
            return key;
        }

        // A device that has given up knows nothing of the next message's exchange and calls it invalid.
        private static void AssertEstablished(Initiator handshake, string name)
        {
            if (handshake.Result == MatterError.NotFound || handshake.ReportedCode == StatusReport.InvalidParameter)
            {
                throw new NoAnswerException(name);
            }

            Assert.AreEqual(0, handshake.Result, name);
        }

        private void CheckSession()
        {
            if (!Session.IsActive)
            {
                throw new NoAnswerException("session closed");
            }
        }

        private Session Dial()
        {
            return _node.Sessions.OpenUnsecured(Device, Device.Length, Now);
        }

        private void Await(Initiator handshake)
        {
            for (int i = 0; i < Patience / StepMs && handshake.Result == Initiator.Running; i++)
            {
                _wait(StepMs);
            }

            handshake.GiveUp(Now, true);
        }

        private byte[] NewNonce()
        {
            byte[] nonce = new byte[32];
            _node.Random.Fill(nonce, 0, nonce.Length);
            return nonce;
        }

        private byte[] RequestCertificate(int type)
        {
            BeginInvoke(0, OperationalCredentials, 0x02);
            Client.Writer.PutUnsigned(0, (ulong)type);
            EndInvoke(0x03);
            return Field(0);
        }

        private void AssertSigned(byte[] elements, byte[] signature, byte[] publicKey)
        {
            byte[] hash = new byte[Sha256.HashLength];
            Sha256 sha = _node.Crypto.Sha256;
            sha.Start();
            sha.Update(elements, 0, elements.Length);
            sha.Update(Session.Keys, Session.AttestationChallengeOffset, DeviceAttestation.ChallengeLength);
            sha.Finish(hash, 0);
            Assert.IsTrue(_node.Crypto.P256.TryAcquire(this));
            _node.Crypto.P256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
            Assert.AreEqual(0, _node.Crypto.P256.Run(), "attestation signature");
            _node.Crypto.P256.Release(this);
        }

        private bool Seek(int tag)
        {
            Client.SeekResponse(0, _fields);
            _fields.Enter();
            while (_fields.Next())
            {
                if (_fields.Tag == tag)
                {
                    return true;
                }
            }

            return false;
        }

        private int FirstNumber()
        {
            return Seek(0) ? (int)_fields.GetUnsigned(0xFF) : -1;
        }

        private byte[] Field(int tag)
        {
            Assert.IsTrue(Seek(tag), "field");
            byte[] bytes = new byte[_fields.GetBytes(0, int.MaxValue)];
            Array.Copy(_fields.Buffer, _fields.ValueOffset, bytes, 0, bytes.Length);
            return bytes;
        }
    }
}
