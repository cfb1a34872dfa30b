using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Node Operational Credentials: attestation, fabrics from AddNOC to RemoveFabric, vendor id verification.</summary>
    [TestClass]
    public class OperationalCredentialsTests
    {
        private const uint Nocs = 0x0000;
        private const uint Fabrics = 0x0001;
        private const uint SupportedFabrics = 0x0002;
        private const uint CommissionedFabrics = 0x0003;
        private const uint TrustedRootCertificates = 0x0004;
        private const uint CurrentFabricIndex = 0x0005;

        private const uint AttestationRequest = 0x00;
        private const uint CertificateChainRequest = 0x02;
        private const uint CsrRequest = 0x04;
        private const uint AddNoc = 0x06;
        private const uint UpdateNoc = 0x07;
        private const uint UpdateFabricLabel = 0x09;
        private const uint RemoveFabric = 0x0A;
        private const uint AddTrustedRootCertificate = 0x0B;
        private const uint SetVidVerificationStatement = 0x0C;
        private const uint SignVidVerificationRequest = 0x0D;

        [TestMethod]
        public void Attestation_IsSignedWithTheChallengeOfTheSession()
        {
            ClusterScene scene = new ClusterScene();
            scene.Act(SessionType.Pase, 0);
            byte[] nonce = Nonce(32);
            scene.Fields().PutBytes(0, nonce, 0, 32);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.OperationalCredentials, AttestationRequest));
            byte[] elements = Bytes(scene.Answer(0));
            byte[] signature = Bytes(scene.Answer(1));
            Assert.IsTrue(Contains(elements, nonce));
            CheckSignature(scene, elements, signature, DacKey());
        }

        [TestMethod]
        public void CertificateChain_IsDacAndPai()
        {
            ClusterScene scene = new ClusterScene();
            DeviceAttestation attestation = TestAttestation.Create(scene.Node.Crypto);
            Assert.AreEqual(ImStatus.Success, Number(scene, CertificateChainRequest, 1));
            CollectionAssert.AreEqual(Document(attestation, DeviceAttestation.Dac), Bytes(scene.Answer(0)));
            Assert.AreEqual(ImStatus.Success, Number(scene, CertificateChainRequest, 2));
            CollectionAssert.AreEqual(Document(attestation, DeviceAttestation.Pai), Bytes(scene.Answer(0)));
            Assert.AreEqual(ImStatus.InvalidCommand, Number(scene, CertificateChainRequest, 0));
            Assert.AreEqual(ImStatus.InvalidCommand, Number(scene, CertificateChainRequest, 3));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, CertificateChainRequest));
        }

        [TestMethod]
        public void Commissioning_MakesAFabric()
        {
            ClusterScene scene = new ClusterScene();
            scene.Act(SessionType.Pase, 0);
            Assert.AreEqual(ImStatus.FailsafeRequired, Csr(scene, false));
            Assert.AreEqual(ImStatus.FailsafeRequired, Root(scene, new byte[] { 1 }));
            TestAdministrator administrator = new TestAdministrator(scene.Node.Crypto, 5, true);
            Assert.AreEqual(ImStatus.FailsafeRequired, Noc(scene, administrator, administrator.RootPublicKey));

            scene.Node.FailSafe.ArmForPase(0);
            CheckResponse(scene, Noc(scene, administrator, administrator.RootPublicKey), NodeOperationalCertStatus.MissingCsr, 0);
            byte[] nonce = Nonce(32);
            scene.Fields().PutBytes(0, nonce, 0, 32);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.OperationalCredentials, CsrRequest));
            byte[] elements = Bytes(scene.Answer(0));
            byte[] signature = Bytes(scene.Answer(1));
            Assert.IsTrue(Contains(elements, nonce));
            byte[] key = scene.Node.RequestedKey();
            Assert.IsTrue(Contains(elements, key));
            CheckSignature(scene, elements, signature, DacKey());

            CheckResponse(scene, Noc(scene, administrator, key), NodeOperationalCertStatus.InvalidNoc, 0);
            Assert.AreEqual(ImStatus.InvalidCommand, Root(scene, administrator.Icac));
            Assert.AreEqual(ImStatus.Success, Root(scene, administrator.RootCertificate));
            Assert.AreEqual(ImStatus.Success, Root(scene, administrator.RootCertificate), "there already");
            TestAdministrator second = new TestAdministrator(scene.Node.Crypto, 6, false);
            Assert.AreEqual(ImStatus.ConstraintError, Root(scene, second.RootCertificate));
            CheckResponse(scene, Noc(scene, administrator, administrator.RootPublicKey), NodeOperationalCertStatus.InvalidPublicKey, 0);
            uint version = scene.OperationalCredentials.DataVersion;
            CheckResponse(scene, Noc(scene, administrator, key), NodeOperationalCertStatus.Ok, 1);
            Assert.AreEqual(1, scene.Context.Session.FabricIndex, "the commissioner acts for the new fabric");
            Assert.IsTrue(version != scene.OperationalCredentials.DataVersion);

            scene.Context.FabricIndex = 1;
            Assert.AreEqual(ImStatus.ConstraintError, Noc(scene, administrator, key), "once per fail-safe");
            Assert.AreEqual(ImStatus.ConstraintError, Csr(scene, false));
            CheckFabric(scene, administrator, key);
            Assert.AreEqual(CommissioningError.Ok, scene.Node.FailSafe.Complete(1, true, 0));

            scene.Act(SessionType.Pase, 0);
            scene.Node.FailSafe.ArmForPase(0);
            Assert.AreEqual(ImStatus.Success, Csr(scene, false));
            key = scene.Node.RequestedKey();
            Assert.AreEqual(ImStatus.Success, Root(scene, administrator.RootCertificate));
            CheckResponse(scene, Noc(scene, administrator, key), NodeOperationalCertStatus.FabricConflict, 0);
            Assert.AreEqual(0, scene.Context.Session.FabricIndex);
        }

        [TestMethod]
        public void RootWithoutItsNoc_ShowsUntilTheFailSafeEnds()
        {
            ClusterScene scene = new ClusterScene();
            Cluster cluster = scene.OperationalCredentials;
            scene.Node.Commission(new TestAdministrator(scene.Node.Crypto, 5, false));
            scene.Act(1);
            Assert.AreEqual(1, scene.Count(cluster, TrustedRootCertificates));
            scene.Node.FailSafe.Arm(60, 1, 1, false, 0);
            TestAdministrator other = new TestAdministrator(scene.Node.Crypto, 6, false);
            Assert.AreEqual(ImStatus.Success, Root(scene, other.RootCertificate));
            Assert.AreEqual(2, scene.Count(cluster, TrustedRootCertificates));
            CollectionAssert.AreEqual(other.RootCertificate, Bytes(scene.Item(cluster, TrustedRootCertificates, 1, -1)));
            Assert.AreEqual(1, scene.Count(cluster, Fabrics));
            scene.Node.FailSafe.Expire(0);
            Assert.AreEqual(1, scene.Count(cluster, TrustedRootCertificates));

            // One that a fabric has already is no second one.
            byte[] known = scene.Node.Fabrics.GetRow(0).RootCertificate;
            scene.Node.FailSafe.Arm(60, 1, 1, false, 0);
            Assert.AreEqual(ImStatus.Success, Root(scene, known));
            Assert.AreEqual(1, scene.Count(cluster, TrustedRootCertificates));
            scene.Node.FailSafe.Expire(0);

            // With a NOC it is a fabric's; without one completion drops it.
            scene.Node.FailSafe.Arm(60, 1, 1, false, 0);
            Assert.AreEqual(ImStatus.Success, Root(scene, other.RootCertificate));
            Assert.AreEqual(ImStatus.Success, Csr(scene, false));
            CheckResponse(scene, Noc(scene, other, scene.Node.RequestedKey()), NodeOperationalCertStatus.Ok, 2);
            Assert.AreEqual(2, scene.Count(cluster, TrustedRootCertificates));
            scene.Node.FailSafe.Expire(0);
            scene.Node.FailSafe.Arm(60, 1, 1, false, 0);
            Assert.AreEqual(ImStatus.Success, Root(scene, other.RootCertificate));
            Assert.AreEqual(CommissioningError.Ok, scene.Node.FailSafe.Complete(1, true, 0));
            Assert.AreEqual(1, scene.Count(cluster, TrustedRootCertificates));
        }

        [TestMethod]
        public void WrongAddNoc_IsRefused()
        {
            ClusterScene scene = new ClusterScene();
            scene.Act(SessionType.Pase, 0);
            scene.Node.FailSafe.ArmForPase(0);
            TestAdministrator administrator = new TestAdministrator(scene.Node.Crypto, 5, false);
            Assert.AreEqual(ImStatus.Success, Csr(scene, false));
            byte[] noc = administrator.NewNoc(scene.Node.RequestedKey());
            Assert.AreEqual(ImStatus.Success, Root(scene, administrator.RootCertificate));
            Assert.AreEqual(ImStatus.InvalidCommand, Noc(scene, noc, noc.Length, null, 15, 1, 0xFFF1));
            Assert.AreEqual(ImStatus.InvalidCommand, Noc(scene, noc, noc.Length, null, 17, 1, 0xFFF1));
            Assert.AreEqual(ImStatus.InvalidCommand, Noc(scene, noc, 0, null, 16, 1, 0xFFF1));
            Assert.AreEqual(ImStatus.InvalidCommand, Noc(scene, new byte[401], 401, null, 16, 1, 0xFFF1));
            Assert.AreEqual(ImStatus.InvalidCommand, Noc(scene, noc, noc.Length, new byte[401], 16, 1, 0xFFF1));
            Assert.AreEqual(ImStatus.ConstraintError, Noc(scene, noc, noc.Length, null, 16, 1, 0x10000));
            CheckResponse(scene, Noc(scene, noc, noc.Length, null, 16, 0, 0xFFF1), NodeOperationalCertStatus.InvalidAdminSubject, 0);
            CheckResponse(scene, Noc(scene, noc, noc.Length - 1, null, 16, 1, 0xFFF1), NodeOperationalCertStatus.InvalidNoc, 0);
            noc[noc.Length - 2] ^= 1;
            CheckResponse(scene, Noc(scene, noc, noc.Length, null, 16, 1, 0xFFF1), NodeOperationalCertStatus.InvalidNoc, 0);
            noc[noc.Length - 2] ^= 1;
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, AddNoc));
            Assert.AreEqual(0, scene.Node.Fabrics.Count);
            CheckResponse(scene, Noc(scene, noc, noc.Length, new byte[0], 16, 1, 0xFFF1), NodeOperationalCertStatus.Ok, 1);
        }

        [TestMethod]
        public void UpdateNoc_GivesTheFabricNewCredentials()
        {
            ClusterScene scene = new ClusterScene();
            TestAdministrator administrator = new TestAdministrator(scene.Node.Crypto, 5, false);
            scene.Node.Commission(administrator);
            scene.Act(1);
            Assert.AreEqual(ImStatus.FailsafeRequired, Csr(scene, true));
            scene.Node.FailSafe.Arm(60, 0, 1, false, 0);
            Assert.AreEqual(ImStatus.Success, Csr(scene, false));
            administrator.NodeId++;
            byte[] noc = administrator.NewNoc(scene.Node.RequestedKey());
            scene.Fields().PutBytes(0, noc, 0, noc.Length);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.OperationalCredentials, UpdateNoc));
            Assert.AreEqual(ImStatus.Success, Csr(scene, true));
            byte[] key = scene.Node.RequestedKey();
            noc = administrator.NewNoc(key);
            scene.Fields().PutBytes(0, noc, 0, noc.Length);
            CheckResponse(scene, scene.Invoke(scene.OperationalCredentials, UpdateNoc), NodeOperationalCertStatus.Ok, 1);
            CheckFabric(scene, administrator, key);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, UpdateNoc));
        }

        [TestMethod]
        public void WrongNonces_AreInvalidCommands()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.Node.FailSafe.Arm(60, 0, 1, false, 0);
            for (int length = 0; length < 40; length++)
            {
                if (length == 32) continue;
                scene.Fields().PutBytes(0, Nonce(40), 0, length);
                Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.OperationalCredentials, AttestationRequest));
                scene.Fields().PutBytes(0, Nonce(40), 0, length);
                Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.OperationalCredentials, CsrRequest));
                TlvWriter fields = scene.Fields();
                fields.PutUnsigned(0, 1);
                fields.PutBytes(1, Nonce(40), 0, length);
                Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.OperationalCredentials, SignVidVerificationRequest));
            }

            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, AttestationRequest));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, CsrRequest));
            scene.Act(0);
            Assert.AreEqual(ImStatus.FailsafeRequired, Csr(scene, true));
        }

        [TestMethod]
        public void Label_IsTheFabricsOwn()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(2);
            scene.AddFabric(1);
            CheckResponse(scene, Label(scene, 32), NodeOperationalCertStatus.Ok, 1);
            Assert.AreEqual(32, scene.Item(scene.OperationalCredentials, Fabrics, 0, 5).GetString(0, 100));
            scene.Act(2);
            CheckResponse(scene, Label(scene, 32), NodeOperationalCertStatus.LabelConflict, 0);
            CheckResponse(scene, Label(scene, 31), NodeOperationalCertStatus.Ok, 2);
            Assert.AreEqual(ImStatus.ConstraintError, Label(scene, 33));
            CheckResponse(scene, Label(scene, 0), NodeOperationalCertStatus.Ok, 2);
            scene.Act(1);
            CheckResponse(scene, Label(scene, 0), NodeOperationalCertStatus.Ok, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, UpdateFabricLabel));
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, Label(scene, 5));
            Assert.AreEqual(0, scene.Item(scene.OperationalCredentials, Fabrics, 0, 5).GetString(0, 100));
        }

        [TestMethod]
        public void RemoveFabric_AnswersBeforeTheSessionGoes()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(2);
            scene.AddFabric(1);
            scene.Context.Session.ExchangeCount = 1;
            CheckResponse(scene, Number(scene, RemoveFabric, 3), NodeOperationalCertStatus.InvalidFabricIndex, 0);
            Assert.AreEqual(ImStatus.ConstraintError, Number(scene, RemoveFabric, 0));
            Assert.AreEqual(ImStatus.ConstraintError, Number(scene, RemoveFabric, 255));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, RemoveFabric));
            Assert.AreEqual(2, scene.ReadNumber(scene.OperationalCredentials, CommissionedFabrics));
            CheckResponse(scene, Number(scene, RemoveFabric, 2), NodeOperationalCertStatus.Ok, 2);
            Assert.IsFalse(scene.Context.Session.ClosesWhenDone);
            scene.Node.Store.ChangesLeft = 0;
            Assert.AreEqual(ImStatus.Failure, Number(scene, RemoveFabric, 1));
            Assert.IsFalse(scene.Context.Session.ClosesWhenDone, "nothing has happened");
            scene.Node.Store.ChangesLeft = int.MaxValue;
            CheckResponse(scene, Number(scene, RemoveFabric, 1), NodeOperationalCertStatus.Ok, 1);
            Assert.IsTrue(scene.Context.Session.IsActive);
            Assert.IsTrue(scene.Context.Session.ClosesWhenDone);
            Assert.AreEqual(0, scene.ReadNumber(scene.OperationalCredentials, CommissionedFabrics));
            Assert.AreEqual(0, scene.Count(scene.OperationalCredentials, Fabrics));
        }

        [TestMethod]
        public void Lists_AreFiltered()
        {
            ClusterScene scene = new ClusterScene();
            scene.Node.Commission(new TestAdministrator(scene.Node.Crypto, 5, true));
            scene.Node.Commission(new TestAdministrator(scene.Node.Crypto, 6, false));
            scene.Act(1);
            Assert.AreEqual(1, scene.Count(scene.OperationalCredentials, Nocs));
            Assert.AreEqual(1, scene.Count(scene.OperationalCredentials, Fabrics));
            Assert.AreEqual(2, scene.Count(scene.OperationalCredentials, TrustedRootCertificates));
            scene.Context.IsFabricFiltered = false;
            Assert.AreEqual(2, scene.Count(scene.OperationalCredentials, Nocs));
            Assert.AreEqual(2, scene.Count(scene.OperationalCredentials, Fabrics));
            Assert.AreEqual(TlvType.Bytes, scene.Item(scene.OperationalCredentials, Nocs, 1, 1).Type, "a NOC is not fabric-sensitive");
            Assert.AreEqual(TlvType.Null, scene.Item(scene.OperationalCredentials, Nocs, 1, 2).Type);
            Assert.AreEqual(2, scene.ItemNumber(scene.OperationalCredentials, Nocs, 1, 254));
            Assert.AreEqual(6, scene.ItemNumber(scene.OperationalCredentials, Fabrics, 1, 3));
            scene.Act(0);
            Assert.AreEqual(0, scene.Count(scene.OperationalCredentials, Nocs));
            Assert.AreEqual(0, scene.ReadNumber(scene.OperationalCredentials, CurrentFabricIndex));
        }

        [TestMethod]
        public void VendorVerification_IsSetAndSigned()
        {
            ClusterScene scene = new ClusterScene();
            TestAdministrator administrator = new TestAdministrator(scene.Node.Crypto, 5, false);
            Fabric fabric = scene.Node.Prepare(administrator);
            byte[] key = scene.Node.RequestedKey();
            scene.Node.FailSafe.Complete(1, true, 0);
            scene.Act(1);
            byte[] statement = Nonce(Fabric.VerificationStatementLength);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OperationalCredentials, SetVidVerificationStatement));
            scene.Fields().PutUnsigned(3, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.OperationalCredentials, SetVidVerificationStatement));
            Assert.AreEqual(ImStatus.ConstraintError, Number(scene, SetVidVerificationStatement, 0));
            Assert.AreEqual(ImStatus.ConstraintError, Number(scene, SetVidVerificationStatement, 0xFFF5));
            scene.Fields().PutBytes(1, statement, 0, 84);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.OperationalCredentials, SetVidVerificationStatement));
            scene.Fields().PutBytes(2, new byte[401], 0, 401);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.OperationalCredentials, SetVidVerificationStatement));
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, 0xFFF2);
            fields.PutBytes(1, statement, 0, statement.Length);
            fields.PutBytes(2, new byte[] { 1, 2, 3 }, 0, 3);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.OperationalCredentials, SetVidVerificationStatement));
            Assert.AreEqual(0xFFF2, scene.ItemNumber(scene.OperationalCredentials, Fabrics, 0, 2));
            Assert.AreEqual(85, scene.Item(scene.OperationalCredentials, Fabrics, 0, 6).GetBytes(0, 85));
            Assert.AreEqual(3, scene.Item(scene.OperationalCredentials, Nocs, 0, 3).GetBytes(0, 3));

            Assert.AreEqual(ImStatus.ConstraintError, Sign(scene, 2));
            Assert.AreEqual(ImStatus.Success, Sign(scene, 1));
            Assert.AreEqual(1, scene.AnswerNumber(0));
            Assert.AreEqual(1, scene.AnswerNumber(1));
            byte[] signature = Bytes(scene.Answer(2));
            byte[] signed = new byte[1 + 32 + 16 + 1 + 1 + 65 + 8 + 2 + 85];
            signed[0] = 1;
            Array.Copy(Nonce(32), 0, signed, 1, 32);
            Array.Copy(scene.Context.Session.Keys, Session.AttestationChallengeOffset, signed, 33, 16);
            signed[49] = 1;
            signed[50] = 1;
            Array.Copy(administrator.RootPublicKey, 0, signed, 51, 65);
            signed[123] = 5;
            signed[124] = 0xFF;
            signed[125] = 0xF2;
            Array.Copy(statement, 0, signed, 126, 85);
            Verify(scene, signed, signed.Length, signature, key);

            fields = scene.Fields();
            fields.PutBytes(1, statement, 0, 0);
            fields.PutBytes(2, statement, 0, 0);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.OperationalCredentials, SetVidVerificationStatement));
            Assert.IsTrue(scene.Item(scene.OperationalCredentials, Fabrics, 0, 6) == null);
            Assert.IsTrue(scene.Item(scene.OperationalCredentials, Nocs, 0, 3) == null);
            Assert.AreEqual(0xFFF2, fabric.VendorId);
        }

        [TestMethod]
        public void VendorVerification_LeavesAnIcacAlone()
        {
            ClusterScene scene = new ClusterScene();
            scene.Node.Commission(new TestAdministrator(scene.Node.Crypto, 5, true));
            scene.Act(1);
            uint before = scene.Sum(scene.OperationalCredentials);
            scene.Fields().PutBytes(2, new byte[] { 1, 2, 3 }, 0, 3);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.OperationalCredentials, SetVidVerificationStatement));
            Assert.AreEqual(before, scene.Sum(scene.OperationalCredentials));
        }

        [TestMethod]
        public void CanceledCommands_ReleaseTheCurve()
        {
            ClusterScene scene = new ClusterScene();
            scene.AddFabric(1);
            scene.Node.FailSafe.Arm(60, 0, 1, false, 0);
            byte[] fields = new byte[38];
            fields[0] = 0x15;
            fields[1] = 0x30;
            fields[3] = 32;
            fields[36] = 0x18;
            TlvReader reader = new TlvReader();
            TlvWriter response = new TlvWriter();
            response.Reset(new byte[1200], 0, 1200);
            for (int steps = 0; steps < 6; steps++)
            {
                for (uint command = AttestationRequest; command <= CsrRequest; command += 4)
                {
                    reader.Reset(fields, 0, 37);
                    reader.Next();
                    Assert.AreEqual(ImStatus.Pending, scene.OperationalCredentials.Invoke(command, reader, response, scene.Context));
                    for (int i = 0; i < steps; i++)
                    {
                        Assert.AreEqual(ImStatus.Pending, scene.OperationalCredentials.Continue(response, scene.Context));
                    }

                    scene.OperationalCredentials.Cancel();
                    Assert.IsTrue(scene.Node.Crypto.P256.TryAcquire(scene), "the curve is free");
                    scene.Node.Crypto.P256.Release(scene);
                }
            }

            Assert.AreEqual(ImStatus.Success, Csr(scene, false));
        }

        private static void CheckFabric(ClusterScene scene, TestAdministrator administrator, byte[] key)
        {
            Assert.AreEqual(1, scene.ReadNumber(scene.OperationalCredentials, CurrentFabricIndex));
            Assert.AreEqual(1, scene.ReadNumber(scene.OperationalCredentials, CommissionedFabrics));
            Assert.AreEqual(Limits.Fabrics, scene.ReadNumber(scene.OperationalCredentials, SupportedFabrics));
            CollectionAssert.AreEqual(administrator.RootPublicKey, Bytes(scene.Item(scene.OperationalCredentials, Fabrics, 0, 1)));
            Assert.AreEqual(FabricScene.VendorId, scene.ItemNumber(scene.OperationalCredentials, Fabrics, 0, 2));
            Assert.AreEqual((int)administrator.FabricId, scene.ItemNumber(scene.OperationalCredentials, Fabrics, 0, 3));
            Assert.AreEqual(administrator.NodeId, scene.Item(scene.OperationalCredentials, Fabrics, 0, 4).GetUnsigned(ulong.MaxValue));
            Assert.AreEqual(0, scene.Item(scene.OperationalCredentials, Fabrics, 0, 5).GetString(0, 32));
            Assert.AreEqual(1, scene.ItemNumber(scene.OperationalCredentials, Fabrics, 0, 254));
            Assert.IsTrue(Contains(Bytes(scene.Item(scene.OperationalCredentials, Nocs, 0, 1)), key));
            if (administrator.Icac.Length > 0)
            {
                CollectionAssert.AreEqual(administrator.Icac, Bytes(scene.Item(scene.OperationalCredentials, Nocs, 0, 2)));
            }
            else
            {
                Assert.AreEqual(TlvType.Null, scene.Item(scene.OperationalCredentials, Nocs, 0, 2).Type);
            }

            Assert.AreEqual(1, scene.Count(scene.OperationalCredentials, TrustedRootCertificates));
            CollectionAssert.AreEqual(
                administrator.RootCertificate, Bytes(scene.Item(scene.OperationalCredentials, TrustedRootCertificates, 0, -1)));
        }

        private static int Csr(ClusterScene scene, bool isForUpdate)
        {
            TlvWriter fields = scene.Fields();
            fields.PutBytes(0, Nonce(32), 0, 32);
            if (isForUpdate) fields.PutBoolean(1, true);
            return scene.Invoke(scene.OperationalCredentials, CsrRequest);
        }

        private static int Root(ClusterScene scene, byte[] certificate)
        {
            scene.Fields().PutBytes(0, certificate, 0, certificate.Length);
            return scene.Invoke(scene.OperationalCredentials, AddTrustedRootCertificate);
        }

        private static int Noc(ClusterScene scene, TestAdministrator administrator, byte[] key)
        {
            byte[] noc = administrator.NewNoc(key);
            byte[] icac = administrator.Icac.Length > 0 ? administrator.Icac : null;
            return Noc(scene, noc, noc.Length, icac, 16, FabricScene.Administrator, FabricScene.VendorId);
        }

        private static int Noc(ClusterScene scene, byte[] noc, int nocLength, byte[] icac, int ipkLength, ulong subject, uint vendorId)
        {
            TlvWriter fields = scene.Fields();
            fields.PutBytes(0, noc, 0, nocLength);
            if (icac != null) fields.PutBytes(1, icac, 0, icac.Length);
            fields.PutBytes(2, Nonce(20), 0, ipkLength);
            fields.PutUnsigned(3, subject);
            fields.PutUnsigned(4, vendorId);
            return scene.Invoke(scene.OperationalCredentials, AddNoc);
        }

        private static int Number(ClusterScene scene, uint command, uint number)
        {
            scene.Fields().PutUnsigned(0, number);
            return scene.Invoke(scene.OperationalCredentials, command);
        }

        private static int Label(ClusterScene scene, int length)
        {
            byte[] label = new byte[40];
            for (int i = 0; i < length; i++) label[i] = (byte)'x';
            scene.Fields().PutString(0, label, 0, length);
            return scene.Invoke(scene.OperationalCredentials, UpdateFabricLabel);
        }

        private static int Sign(ClusterScene scene, uint fabricIndex)
        {
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, fabricIndex);
            fields.PutBytes(1, Nonce(32), 0, 32);
            return scene.Invoke(scene.OperationalCredentials, SignVidVerificationRequest);
        }

        private static void CheckResponse(ClusterScene scene, int status, int code, int fabricIndex)
        {
            Assert.AreEqual(ImStatus.Success, status);
            Assert.AreEqual(code, scene.AnswerNumber(0));
            if (code == NodeOperationalCertStatus.Ok) Assert.AreEqual(fabricIndex, scene.AnswerNumber(1));
            else Assert.IsTrue(scene.Answer(1) == null);
        }

        private static void CheckSignature(ClusterScene scene, byte[] elements, byte[] signature, byte[] key)
        {
            byte[] signed = new byte[elements.Length + 16];
            Array.Copy(elements, 0, signed, 0, elements.Length);
            Array.Copy(scene.Context.Session.Keys, Session.AttestationChallengeOffset, signed, elements.Length, 16);
            Verify(scene, signed, signed.Length, signature, key);
        }

        private static void Verify(ClusterScene scene, byte[] signed, int length, byte[] signature, byte[] key)
        {
            byte[] hash = new byte[32];
            Assert.AreEqual(P256.SignatureLength, signature.Length);
            scene.Node.Crypto.Sha256.Hash(hash, 0, signed, 0, length);
            scene.Node.Crypto.P256.BeginVerify(signature, 0, hash, 0, key, 0);
            Assert.AreEqual(0, scene.Node.Crypto.P256.Run());
        }

        private static byte[] Document(DeviceAttestation attestation, int document)
        {
            byte[] room = new byte[DeviceAttestation.MaxCertificateLength];
            byte[] bytes = new byte[attestation.Copy(document, room, 0)];
            Array.Copy(room, 0, bytes, 0, bytes.Length);
            return bytes;
        }

        // BIT STRING of 66 bytes, none unused, an uncompressed point.
        private static byte[] DacKey()
        {
            byte[] dac = Document(TestAttestation.Create(new CryptoSuite(new ScriptedRandom(), null)), DeviceAttestation.Dac);
            byte[] key = new byte[P256.PointLength];
            for (int i = 0; i < dac.Length - 68; i++)
            {
                if (dac[i] == 3 && dac[i + 1] == 66 && dac[i + 2] == 0 && dac[i + 3] == 4)
                {
                    Array.Copy(dac, i + 3, key, 0, key.Length);
                    return key;
                }
            }

            Assert.IsTrue(false, "no key in the certificate");
            return null;
        }

        private static byte[] Nonce(int length)
        {
            byte[] nonce = new byte[length];
            for (int i = 0; i < length; i++) nonce[i] = (byte)(100 + i);
            return nonce;
        }

        private static byte[] Bytes(TlvReader reader)
        {
            byte[] bytes = new byte[reader.GetBytes(0, 2000)];
            Assert.AreEqual(0, reader.Error);
            Array.Copy(reader.Buffer, reader.ValueOffset, bytes, 0, bytes.Length);
            return bytes;
        }

        private static bool Contains(byte[] bytes, byte[] part)
        {
            for (int i = 0; i + part.Length <= bytes.Length; i++)
            {
                if (ConstantTime.Equals(bytes, i, part, 0, part.Length)) return true;
            }

            return false;
        }
    }
}
