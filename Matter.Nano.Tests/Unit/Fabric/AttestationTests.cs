using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class AttestationTests
    {
        [TestMethod]
        public void TestCredentials_AreThoseOfTheSdk()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            DeviceAttestation attestation = TestAttestation.Create(crypto);
            AssertDocument(Vector("device fff1 8000", "dac"), attestation, DeviceAttestation.Dac);
            AssertDocument(Vector("pai kDevelopmentPAI_Cert_FFF1", "der"), attestation, DeviceAttestation.Pai);
            AssertDocument(Vector("cd CD VID FFF1 (default branch of kCdForAllExamples)", "cms"), attestation, DeviceAttestation.CertificationDeclaration);
        }

        [TestMethod]
        public void Documents_AreThoseGiven()
        {
            byte[] dac = { 1, 2, 3 };
            byte[] pai = { 4, 5 };
            byte[] declaration = { 6, 7, 8, 9 };
            DeviceAttestation attestation = new DeviceAttestation(new CryptoSuite(new ScriptedRandom(), null), dac, pai, declaration, null);
            AssertDocument(dac, attestation, DeviceAttestation.Dac);
            AssertDocument(pai, attestation, DeviceAttestation.Pai);
            AssertDocument(declaration, attestation, DeviceAttestation.CertificationDeclaration);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(255)]
        [DataRow(256)]
        [DataRow(DeviceAttestation.MaxDeclarationLength)]
        public void Elements_HoldADeclarationOfAnyLength(int length)
        {
            byte[] declaration = new byte[length];
            for (int i = 0; i < length; i++) declaration[i] = (byte)(i + 1);
            byte[] nonce = new byte[DeviceAttestation.NonceLength];
            nonce[0] = 0x77;
            DeviceAttestation attestation = new DeviceAttestation(new CryptoSuite(new ScriptedRandom(), null), new byte[1], new byte[1], declaration, null);
            byte[] buffer = new byte[DeviceAttestation.MaxElementsLength];
            int written = attestation.WriteElements(buffer, 0, buffer.Length, nonce, 0, 5);
            TlvReader reader = new TlvReader();
            reader.Reset(buffer, 0, written);
            reader.EnterMessage();
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(length, reader.GetBytes(0, DeviceAttestation.MaxDeclarationLength));
            for (int i = 0; i < length; i++) Assert.AreEqual(declaration[i], buffer[reader.ValueOffset + i]);
            Assert.IsTrue(reader.Next());
            Assert.AreEqual(DeviceAttestation.NonceLength, reader.GetBytes(0, 32));
            Assert.AreEqual((byte)0x77, buffer[reader.ValueOffset]);
            Assert.AreEqual(0, reader.Finish());
        }

        [TestMethod]
        public void Signature_CoversElementsAndChallenge()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            DeviceAttestation attestation = TestAttestation.Create(crypto);
            byte[] elements = { 1, 2, 3, 4, 5 };
            byte[] challenge = new byte[20];
            for (int i = 0; i < 20; i++) challenge[i] = (byte)(100 + i);
            crypto.SteppedSha256.Start();
            crypto.SteppedSha256.Update(elements, 1, 3);
            crypto.SteppedSha256.Update(challenge, 2, DeviceAttestation.ChallengeLength);
            attestation.BeginSign(crypto.SteppedSha256);
            int result = attestation.Step();
            while (result == P256.Running) result = attestation.Step();
            Assert.AreEqual(0, result);

            byte[] signed = new byte[19];
            Array.Copy(elements, 1, signed, 0, 3);
            Array.Copy(challenge, 2, signed, 3, 16);
            byte[] hash = new byte[32];
            crypto.Sha256.Hash(hash, 0, signed, 0, 19);
            crypto.P256.BeginVerify(attestation.Signature, 0, hash, 0, Vector("device fff1 8000", "dac_public_key"), 0);
            Assert.AreEqual(0, crypto.P256.Run());
        }

        [TestMethod]
        public void Elements_AreThoseOfTheVectors()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            byte[] declaration = Vector("construction certificationDeclarationTestVector", "hex");
            byte[] nonce = Vector("construction attestationNonceTestVector", "hex");
            DeviceAttestation attestation = new DeviceAttestation(crypto, new byte[1], new byte[1], declaration, null);
            byte[] expected = Vector("construction attestationElementsTestVectorNoVendor", "hex");
            const uint timestamp = 0x285bc6fd;
            CheckElements(attestation, nonce, timestamp, expected, expected.Length);

            // The other sample goes on with vendor data, which we have none of.
            attestation.FirmwareInformation = Vector("construction firmwareInfoTestVector", "hex");
            expected = Vector("construction attestationElementsTestVectorWithFirmwareInfo", "hex");
            CheckElements(attestation, nonce, timestamp, expected, 1 + 3 + declaration.Length + 35 + 6 + 3 + attestation.FirmwareInformation.Length + 1);
        }

        [TestMethod]
        public void TestCredentials_FitIntoAnAnswer()
        {
            DeviceAttestation attestation = TestAttestation.Create(new CryptoSuite(new ScriptedRandom(), null));
            byte[] buffer = new byte[DeviceAttestation.MaxElementsLength];
            Assert.IsTrue(attestation.WriteElements(buffer, 0, buffer.Length, new byte[32], 0, 0) > 500);
            Assert.AreEqual(MatterError.BufferTooSmall, attestation.WriteElements(buffer, 0, 100, new byte[32], 0, 0));
        }

        private static void AssertDocument(byte[] expected, DeviceAttestation attestation, int document)
        {
            byte[] copy = new byte[DeviceAttestation.MaxCertificateLength + 3];
            Assert.AreEqual(expected.Length, attestation.Copy(document, copy, 3));
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], copy[3 + i]);
            Assert.AreEqual(0, copy[0] | copy[1] | copy[2] | copy[3 + expected.Length]);
        }

        [TestMethod]
        public void Request_IsThatOfTheVector() { CheckRequest(new CryptoSuite(new ScriptedRandom(), null)); }

        internal static void CheckRequest(CryptoSuite crypto)
        {
            VectorReader v = new VectorReader(VectorData.CertificateSigningRequests);
            int compared = 0;
            while (v.NextCase())
            {
                if (!v.Has("csr_info")) continue;
                CertificateSigningRequest request = new CertificateSigningRequest(crypto);
                byte[] publicKey = v.Bytes("public_key");
                byte[] info = v.Bytes("csr_info");
                request.Begin(v.Bytes("private_key"), publicKey);
                int result = request.Step();
                while (result == P256.Running) result = request.Step();
                Assert.AreEqual(0, result);
                byte[] csr = new byte[CertificateSigningRequest.MaxLength];
                int length = request.Write(csr, 0, csr.Length);
                int head = csr[1] == 0x81 ? 3 : 2;
                Assert.IsTrue(length > info.Length && ConstantTime.Equals(info, 0, csr, head, info.Length), v.Name);

                // BIT STRING { 0, SEQUENCE { INTEGER r, INTEGER s } } at the end
                byte[] hash = new byte[32];
                crypto.Sha256.Hash(hash, 0, info, 0, info.Length);
                byte[] signature = new byte[64];
                int at = head + info.Length + 12 + 2 + 1 + 2;
                at = Integer(csr, at, signature, 0);
                at = Integer(csr, at, signature, 32);
                Assert.AreEqual(length, at);
                crypto.P256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
                Assert.AreEqual(0, crypto.P256.Run(), v.Name);
                compared++;
            }

            Assert.IsTrue(compared > 0);
        }

        [TestMethod]
        public void NocsrElements_HoldRequestAndNonce()
        {
            FabricScene scene = new FabricScene();
            scene.FailSafe.ArmForPase(0);
            byte[] nonce = new byte[34];
            for (int i = 0; i < 34; i++) nonce[i] = (byte)i;
            for (int n = 0; n < 8; n++)
            {
                Assert.AreEqual(0, scene.RequestKey(false, 0));
                CertificateSigningRequest request = scene.Credentials.Request;
                byte[] csr = new byte[CertificateSigningRequest.MaxLength];
                int csrLength = request.Write(csr, 0, csr.Length);
                byte[] buffer = new byte[CertificateSigningRequest.MaxElementsLength + 2];
                int length = request.WriteElements(buffer, 1, buffer.Length - 2, nonce, 2);
                Assert.AreEqual(1 + 3 + csrLength + 3 + 32 + 1, length);
                Assert.AreEqual((byte)0x15, buffer[1]);
                Assert.IsTrue(buffer[2] == 0x30 && buffer[3] == 1 && buffer[4] == csrLength);
                Assert.IsTrue(ConstantTime.Equals(csr, 0, buffer, 5, csrLength));
                int second = 5 + csrLength;
                Assert.IsTrue(buffer[second] == 0x30 && buffer[second + 1] == 2 && buffer[second + 2] == 32);
                Assert.IsTrue(ConstantTime.Equals(nonce, 2, buffer, second + 3, 32));
                Assert.AreEqual((byte)0x18, buffer[second + 35]);
                Assert.AreEqual(MatterError.BufferTooSmall, request.WriteElements(buffer, 0, CertificateSigningRequest.MaxElementsLength - 1, nonce, 2));
                Assert.AreEqual(MatterError.BufferTooSmall, request.Write(csr, 0, csrLength - 1));
            }
        }

        private static void CheckElements(DeviceAttestation attestation, byte[] nonce, uint timestamp, byte[] expected, int length)
        {
            byte[] buffer = new byte[3 + DeviceAttestation.MaxElementsLength];
            Assert.AreEqual(length, attestation.WriteElements(buffer, 3, DeviceAttestation.MaxElementsLength, nonce, 0, timestamp));
            Assert.IsTrue(ConstantTime.Equals(expected, 0, buffer, 3, length - 1));
            Assert.AreEqual((byte)0x18, buffer[3 + length - 1]);
        }

        private static int Integer(byte[] der, int at, byte[] raw, int offset)
        {
            Assert.AreEqual((byte)Der.Integer, der[at]);
            int length = der[at + 1];
            int start = at + 2;
            if (length == 33) start++;
            int count = length == 33 ? 32 : length;
            Array.Copy(der, start, raw, offset + 32 - count, count);
            return at + 2 + length;
        }

        private static byte[] Vector(string name, string field)
        {
            VectorReader v = new VectorReader(VectorData.Attestation);
            while (v.NextCase())
            {
                if (v.Name == name) return v.Bytes(field);
            }

            Assert.IsTrue(false, "no vector " + name);
            return null;
        }
    }
}
