using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>.NET's own X.509 and ECDSA as judges.</summary>
    [TestClass]
    public class CertificateOracleTests
    {
        [TestMethod]
        public void X509Form_IsReadAndVerifiedByDotNet()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(7), null);
            TestKey rootKey = new TestKey(crypto);
            TestKey nodeKey = new TestKey(crypto);
            CertificateBuilder builder = CertificateBuilder.Noc(nodeKey.Public, 0xDEDEDEDE00010001, 0xFAB000000000001D, rootKey, false);
            builder.NotBefore = 662774400;   // 2021-01-01
            CertificateParser parser = new CertificateParser();
            Assert.AreEqual(0, parser.Parse(builder.Build(crypto, rootKey)));

            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(parser.X509());
            Assert.AreEqual(new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc), certificate.NotBefore.ToUniversalTime());
            Assert.AreEqual(3, certificate.Version);
            Assert.IsTrue(certificate.Subject.Contains("1.3.6.1.4.1.37244.1.1=DEDEDEDE00010001"), certificate.Subject);
            Assert.IsTrue(certificate.Issuer.Contains("1.3.6.1.4.1.37244.1.4=CACACACA00000001"), certificate.Issuer);
            using ECDsa publicKey = certificate.GetECDsaPublicKey();
            ECParameters parameters = publicKey.ExportParameters(false);
            CollectionAssert.AreEqual(nodeKey.Public[1..33], parameters.Q.X);

            bool isCa = true;
            X509KeyUsageFlags usage = 0;
            int purposes = 0;
            foreach (X509Extension extension in certificate.Extensions)
            {
                switch (extension)
                {
                    case X509BasicConstraintsExtension basic: isCa = basic.CertificateAuthority; break;
                    case X509KeyUsageExtension keyUsage: usage = keyUsage.KeyUsages; break;
                    case X509EnhancedKeyUsageExtension enhanced: purposes = enhanced.EnhancedKeyUsages.Count; break;
                }
            }

            Assert.IsFalse(isCa);
            Assert.AreEqual((int)X509KeyUsageFlags.DigitalSignature, (int)usage);
            Assert.AreEqual(2, purposes);
            using ECDsa issuer = PublicKey(rootKey.Public);
            byte[] signature = new byte[64];
            Array.Copy(parser.Certificate.Buffer, parser.Certificate.SignatureOffset, signature, 0, 64);
            Assert.IsTrue(issuer.VerifyData(parser.Tbs(), signature, HashAlgorithmName.SHA256));
        }

        [TestMethod]
        public void EveryKeyUsage_IsEncodedAsDotNetReadsIt()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(7), null);
            TestKey key = new TestKey(crypto);
            for (int usage = 1; usage < 0x200; usage++)
            {
                CertificateBuilder builder = CertificateBuilder.Root(key);
                builder.KeyUsage = usage;
                builder.PathLength = usage & 0xFF;
                CertificateParser parser = new CertificateParser();
                Assert.AreEqual(0, parser.Parse(builder.Build(crypto, key)));
                using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(parser.X509());
                foreach (X509Extension extension in certificate.Extensions)
                {
                    if (extension is X509KeyUsageExtension keyUsage) Assert.AreEqual(usage, FromFlags(keyUsage.KeyUsages));
                    if (extension is X509BasicConstraintsExtension basic) Assert.AreEqual(usage & 0xFF, basic.PathLengthConstraint);
                }
            }
        }

        [TestMethod]
        public void Request_IsLoadedByDotNet()
        {
            FabricScene scene = new FabricScene();
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            byte[] buffer = new byte[CertificateSigningRequest.MaxLength];
            int length = scene.Credentials.Request.Write(buffer, 0, buffer.Length);
            CertificateRequest request = CertificateRequest.LoadSigningRequest(
                buffer.AsSpan(0, length), HashAlgorithmName.SHA256, out int consumed, CertificateRequestLoadOptions.Default);
            Assert.AreEqual(length, consumed);
            Assert.AreEqual("O=CSR", request.SubjectName.Name);
            Assert.IsTrue(scene.RequestedKey().AsSpan(1, 32).SequenceEqual(request.PublicKey.GetECDsaPublicKey().ExportParameters(false).Q.X));
        }

        private static byte[] Document(DeviceAttestation attestation, int document)
        {
            byte[] room = new byte[DeviceAttestation.MaxCertificateLength];
            return room[..attestation.Copy(document, room, 0)];
        }

        [TestMethod]
        public void TestCredentials_LeadToTheTestAuthority()
        {
            byte[] key = Vector("device fff1 8000", "dac_public_key");
            DeviceAttestation attestation = TestAttestation.Create(new CryptoSuite(new ScriptedRandom(), null));
            using X509Certificate2 dac = X509CertificateLoader.LoadCertificate(Document(attestation, DeviceAttestation.Dac));
            using X509Certificate2 pai = X509CertificateLoader.LoadCertificate(Document(attestation, DeviceAttestation.Pai));
            using X509Certificate2 paa = X509CertificateLoader.LoadCertificate(Vector("paa Chip-Test-PAA-FFF1", "der"));
            using X509Certificate2 otherPaa = X509CertificateLoader.LoadCertificate(Vector("paa Chip-Development-PAA", "der"));
            CollectionAssert.AreEqual(key[1..33], dac.GetECDsaPublicKey().ExportParameters(false).Q.X);
            Assert.IsTrue(IsSignedBy(dac, pai));
            Assert.IsTrue(IsSignedBy(pai, paa) || IsSignedBy(pai, otherPaa));
        }

        [TestMethod]
        public void RandomDamage_NeverThrows()
        {
            Random random = new Random(20211);
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            CertificateChain chain = new CertificateChain(crypto);
            CertificateParser parser = new CertificateParser();
            VectorReader v = new VectorReader(VectorData.Certificates);
            while (v.NextCase())
            {
                byte[] tlv = v.Bytes("tlv");
                for (int i = 0; i < 400; i++)
                {
                    byte[] damaged = (byte[])tlv.Clone();
                    int length = damaged.Length - (random.Next(4) == 0 ? random.Next(damaged.Length) : 0);
                    for (int n = random.Next(4); n >= 0; n--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                    int result = parser.Parse(damaged, 0, length);
                    Assert.IsTrue(result == 0 || result == MatterError.InvalidCertificate);
                    chain.Begin(damaged, 0, length, tlv, 0, tlv.Length, damaged, 0, length);
                    int checkedChain = P256.Running;
                    for (int n = 0; n < 3 && checkedChain == P256.Running; n++) checkedChain = chain.Step();
                    Assert.AreEqual(MatterError.InvalidCertificate, checkedChain);
                }
            }
        }

        [TestMethod]
        public void RandomBytes_AreNoFabricRecord()
        {
            Random random = new Random(1);
            FabricScene scene = new FabricScene();
            Fabric fabric = scene.Commission(new TestAdministrator(scene.Crypto, 1, true));
            byte[] right = scene.Store[StoreKey.Fabric];
            for (int i = 0; i < 300; i++)
            {
                // Damage below a right check sum: what a faulty writer could leave.
                byte[] record = (byte[])right.Clone();
                for (int n = random.Next(3); n >= 0; n--) record[random.Next(record.Length - 8)] = (byte)random.Next(256);
                Array.Copy(SHA256.HashData(record.AsSpan(0, record.Length - 8)), 0, record, record.Length - 8, 8);
                scene.Store.Write(StoreKey.Fabric, record, 0, record.Length);
                int result = new FabricScene(scene.Store).LoadResult;
                Assert.IsTrue(result == 0 || result == MatterError.DamagedRecord);
            }
        }

        [TestMethod]
        public void AfterStart_OnlyAFabricsOwnCertificatesAreAllocated()
        {
            FabricScene scene = new FabricScene();
            TestAdministrator administrator = new TestAdministrator(scene.Crypto, 1, true);
            TestAdministrator second = new TestAdministrator(scene.Crypto, 2, true);
            scene.Commission(administrator);
            scene.FailSafe.ArmForPase(0);
            Assert.AreEqual(0, scene.RequestKey(false, 0));
            byte[] noc = second.NewNoc(scene.RequestedKey());
            byte[] root = second.RootCertificate;
            byte[] ipk = new byte[16];
            byte[] text = new byte[32];
            Fabric first = scene.Fabrics.Find(1);
            for (int round = 0; ; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                scene.Fabrics.FindByDestination(text, 0, text, 0, ipk, 0);
                int rooted = scene.Run(scene.Credentials.BeginRoot(root, 0, root.Length, 0));
                int added = scene.Run(scene.Credentials.BeginAddNoc(
                    noc, 0, noc.Length, second.Icac, 0, second.Icac.Length, second.Ipk, 0, 16, 1, 0xFFF1, 0));
                scene.FailSafe.Breadcrumb = 1;
                scene.FailSafe.Poll(1);
                scene.Window.Poll(1);
                scene.Fabrics.AccessControl.Begin(first, true);
                long after = GC.GetAllocatedBytesForCurrentThread();
                Assert.AreEqual(0, rooted);
                Assert.AreEqual(0, added);
                scene.FailSafe.Expire(0);
                if (round == 0)
                {
                    // Once for the runtime to settle.
                    scene.FailSafe.ArmForPase(0);
                    Assert.AreEqual(0, scene.RequestKey(false, 0));
                    noc = second.NewNoc(scene.RequestedKey());
                    continue;
                }

                long arrays = GC.GetAllocatedBytesForCurrentThread();
                // The last one is the fabric index in the test's store.
                GC.KeepAlive(new object[] { new byte[root.Length], new byte[noc.Length], new byte[second.Icac.Length], new byte[1] });
                arrays = GC.GetAllocatedBytesForCurrentThread() - arrays - SizeOfFour();
                Assert.AreEqual(arrays, after - before);
                return;
            }
        }

        private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 issuer)
        {
            AsnReader reader = new AsnReader(certificate.RawData, AsnEncodingRules.DER).ReadSequence();
            byte[] tbs = reader.ReadEncodedValue().ToArray();
            reader.ReadEncodedValue();
            byte[] signature = reader.ReadBitString(out int unused);
            using ECDsa key = issuer.GetECDsaPublicKey();
            return unused == 0 && key.VerifyData(tbs, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }

        private static ECDsa PublicKey(byte[] point)
        {
            ECParameters parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256 };
            parameters.Q.X = point[1..33];
            parameters.Q.Y = point[33..65];
            return ECDsa.Create(parameters);
        }

        private static int FromFlags(X509KeyUsageFlags flags)
        {
            X509KeyUsageFlags[] bits =
            {
                X509KeyUsageFlags.DigitalSignature, X509KeyUsageFlags.NonRepudiation, X509KeyUsageFlags.KeyEncipherment,
                X509KeyUsageFlags.DataEncipherment, X509KeyUsageFlags.KeyAgreement, X509KeyUsageFlags.KeyCertSign,
                X509KeyUsageFlags.CrlSign, X509KeyUsageFlags.EncipherOnly, X509KeyUsageFlags.DecipherOnly,
            };
            int usage = 0;
            for (int i = 0; i < bits.Length; i++)
            {
                if ((flags & bits[i]) != 0) usage |= 1 << i;
            }

            return usage;
        }

        private static byte[] Vector(string name, string field)
        {
            VectorReader v = new VectorReader(VectorData.Attestation);
            while (v.NextCase())
            {
                if (v.Name == name) return v.Bytes(field);
            }

            throw new ArgumentException(name);
        }

        private static long SizeOfFour()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            GC.KeepAlive(new object[4]);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
