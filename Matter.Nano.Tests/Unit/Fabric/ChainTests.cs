using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class ChainTests
    {
        private const ulong Fabric1 = 0xFAB000000000001D;
        private const ulong Node1 = 0xDEDEDEDE00010001;

        /// <summary>Right builders and their keys; each test spoils one part.</summary>
        private sealed class Scene
        {
            public readonly CryptoSuite Crypto = new CryptoSuite(new ScriptedRandom(), null);
            public readonly TestKey RootKey;
            public readonly TestKey IcacKey;
            public readonly TestKey NodeKey;
            public readonly CertificateBuilder Root;
            public readonly CertificateBuilder Icac;
            public readonly CertificateBuilder Noc;
            public readonly CertificateBuilder DirectNoc;
            public readonly CertificateChain Chain;

            public Scene()
            {
                RootKey = new TestKey(Crypto);
                IcacKey = new TestKey(Crypto);
                NodeKey = new TestKey(Crypto);
                Root = CertificateBuilder.Root(RootKey);
                Icac = CertificateBuilder.Intermediate(IcacKey, RootKey);
                Noc = CertificateBuilder.Noc(NodeKey.Public, Node1, Fabric1, IcacKey, true);
                DirectNoc = CertificateBuilder.Noc(NodeKey.Public, Node1, Fabric1, RootKey, false);
                Chain = new CertificateChain(Crypto);
            }

            public int Check()
            {
                return Check(Root.Build(Crypto, RootKey), Icac.Build(Crypto, RootKey), Noc.Build(Crypto, IcacKey));
            }

            public int CheckDirect()
            {
                return Check(Root.Build(Crypto, RootKey), new byte[0], DirectNoc.Build(Crypto, RootKey));
            }

            public int Check(byte[] root, byte[] icac, byte[] noc)
            {
                Chain.Begin(root, 0, root.Length, icac, 0, icac.Length, noc, 0, noc.Length);
                return Run();
            }

            public int CheckRoot(byte[] root)
            {
                Chain.BeginRoot(root, 0, root.Length);
                return Run();
            }

            public int CheckPeer(byte[] root, byte[] icac, byte[] noc)
            {
                CaseKeySchedule schedule = new CaseKeySchedule(Crypto);
                schedule.HashNoc(noc, 0, noc.Length);
                schedule.HashIcac(icac, 0, icac.Length);
                Chain.BeginPeer(root, icac, 0, icac.Length, noc, 0, noc.Length, Crypto.SteppedSha256);
                return Run();
            }

            private int Run()
            {
                int result = Chain.Step();
                while (result == P256.Running) result = Chain.Step();
                Assert.AreEqual(result, Chain.Step(), "a result stays");
                return result;
            }
        }

        [TestMethod]
        public void RightChain_Holds()
        {
            Scene scene = new Scene();
            Assert.AreEqual(0, scene.Check());
            Assert.AreEqual(Node1, scene.Chain.NodeId);
            Assert.AreEqual(Fabric1, scene.Chain.FabricId);
            Assert.IsTrue(ConstantTime.Equals(scene.NodeKey.Public, 0, scene.Chain.PublicKey, scene.Chain.PublicKeyOffset, 65));
            Assert.AreEqual(0, scene.CheckDirect());
            Assert.AreEqual(0, scene.CheckRoot(scene.Root.Build(scene.Crypto, scene.RootKey)));
        }

        [TestMethod]
        public void NothingBegun_DoesNotHold()
        {
            Assert.AreEqual(MatterError.InvalidState, new Scene().Chain.Step());
        }

        [TestMethod]
        public void WrongSignature_IsRejected()
        {
            Scene scene = new Scene();
            byte[] root = scene.Root.Build(scene.Crypto, scene.RootKey);
            byte[] icac = scene.Icac.Build(scene.Crypto, scene.RootKey);
            byte[] noc = scene.Noc.Build(scene.Crypto, scene.IcacKey);
            noc[noc.Length - 2] ^= 1;
            Assert.AreEqual(MatterError.AuthenticationFailed, scene.Check(root, icac, noc), "noc");
            noc[noc.Length - 2] ^= 1;
            icac[icac.Length - 60] ^= 1;
            Assert.AreEqual(MatterError.AuthenticationFailed, scene.Check(root, icac, noc), "icac");
            icac[icac.Length - 60] ^= 1;
            Assert.AreEqual(0, scene.Check(root, icac, noc));
            root[root.Length - 2] ^= 1;
            Assert.AreEqual(0, scene.Check(root, icac, noc), "a root is trusted, not verified again");
            Assert.AreEqual(MatterError.AuthenticationFailed, scene.CheckRoot(root), "root");
        }

        [TestMethod]
        public void WrongSigner_IsRejected()
        {
            Scene scene = new Scene();
            byte[] root = scene.Root.Build(scene.Crypto, scene.RootKey);
            byte[] icac = scene.Icac.Build(scene.Crypto, scene.RootKey);
            Assert.AreEqual(MatterError.AuthenticationFailed, scene.Check(root, icac, scene.Noc.Build(scene.Crypto, scene.RootKey)));
            Assert.AreEqual(MatterError.AuthenticationFailed, scene.Check(root, scene.Icac.Build(scene.Crypto, scene.NodeKey), scene.Noc.Build(scene.Crypto, scene.IcacKey)));
        }

        [TestMethod]
        public void VerifiedBefore_IsRememberedOnlyAsItWas()
        {
            Scene scene = new Scene();
            byte[] root = scene.Root.Build(scene.Crypto, scene.RootKey);
            byte[] icac = scene.Icac.Build(scene.Crypto, scene.RootKey);
            byte[] noc = scene.Noc.Build(scene.Crypto, scene.IcacKey);
            Assert.AreEqual(0, scene.Check(root, icac, noc));

            scene.Chain.Begin(root, 0, root.Length, icac, 0, icac.Length, noc, 0, noc.Length);
            for (int i = 0; i < 4; i++) Assert.AreEqual(P256.Running, scene.Chain.Step());
            Assert.AreEqual(0, scene.Chain.Step(), "three certificates read, two signatures remembered");

            byte[] changed = (byte[])noc.Clone();
            changed[5] ^= 1;   // serial number
            Assert.AreEqual(MatterError.AuthenticationFailed, scene.Check(root, icac, changed));
            for (int i = 0; i < 9; i++)
            {
                Assert.AreEqual(0, scene.Check(root, icac, scene.Noc.Build(scene.Crypto, scene.IcacKey)));
            }

            Assert.AreEqual(0, scene.Check(root, icac, noc), "forgotten, verified again");
        }

        [TestMethod]
        public void AuthorityWithoutRight_IsRejected()
        {
            Scene scene = new Scene();
            scene.Icac.IsCa = false;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no CA");
            scene.Icac.IsCa = true;
            scene.Icac.HasBasicConstraints = false;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no basicConstraints");
            scene.Icac.HasBasicConstraints = true;
            scene.Icac.KeyUsage = 0;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no keyUsage");
            scene.Icac.KeyUsage = 0x40;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no keyCertSign");
            scene.Icac.KeyUsage = 0x61;
            Assert.AreEqual(0, scene.Check(), "more than keyCertSign");

            scene.Root.KeyUsage = 0x40;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckRoot(scene.Root.Build(scene.Crypto, scene.RootKey)), "root without keyCertSign");
            scene.Root.KeyUsage = 0x60;
            scene.Root.IsCa = false;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckRoot(scene.Root.Build(scene.Crypto, scene.RootKey)), "root, no CA");
        }

        [TestMethod]
        public void PathLength_IsHonoured()
        {
            Scene scene = new Scene();
            scene.Root.PathLength = 0;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check());
            Assert.AreEqual(0, scene.CheckDirect());
            scene.Root.PathLength = 1;
            scene.Icac.PathLength = 0;
            Assert.AreEqual(0, scene.Check());
        }

        [TestMethod]
        public void NocWithoutRight_IsRejected()
        {
            Scene scene = new Scene();
            scene.Noc.IsCa = true;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "CA");
            scene.Noc.IsCa = false;
            scene.Noc.HasBasicConstraints = false;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no basicConstraints");
            scene.Noc.HasBasicConstraints = true;
            scene.Noc.KeyUsage = 0x20;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no digitalSignature");
            scene.Noc.KeyUsage = 1;
            scene.Noc.KeyPurposes = new int[] { 1 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no clientAuth");
            scene.Noc.KeyPurposes = new int[] { 2 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no serverAuth");
            scene.Noc.KeyPurposes = null;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no extKeyUsage");
            scene.Noc.KeyPurposes = new int[] { 1, 2, 4 };
            Assert.AreEqual(0, scene.Check(), "more than needed");
        }

        [TestMethod]
        public void WrongNames_AreRejected()
        {
            Scene scene = new Scene();
            scene.Noc.Issuer = new ulong[] { CertificateType.Intermediate, CertificateBuilder.IntermediateId + 1 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "issuer");
            scene.Noc.Issuer = new ulong[] { CertificateType.Intermediate, CertificateBuilder.IntermediateId, 21, Fabric1 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "longer issuer");
            scene.Icac.Subject = new ulong[] { CertificateType.Intermediate, CertificateBuilder.IntermediateId, 21, Fabric1 };
            Assert.AreEqual(0, scene.Check(), "the same");
            scene.Icac.Subject = new ulong[] { 21, Fabric1, CertificateType.Intermediate, CertificateBuilder.IntermediateId };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "another order");

            scene = new Scene();
            scene.Root.Issuer = new ulong[] { CertificateType.Root, 5 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckRoot(scene.Root.Build(scene.Crypto, scene.RootKey)), "root not self-issued");
        }

        [TestMethod]
        public void WrongKeyIds_AreRejected()
        {
            Scene scene = new Scene();
            scene.Noc.AuthorityKeyId = CertificateBuilder.KeyId(scene.RootKey.Public);
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "another authority");
            scene.Noc.AuthorityKeyId = null;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no authority key id");
            scene.Noc.AuthorityKeyId = CertificateBuilder.KeyId(scene.IcacKey.Public);
            scene.Noc.SubjectKeyId = null;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no subject key id");

            scene.Root.AuthorityKeyId = CertificateBuilder.KeyId(scene.IcacKey.Public);
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckRoot(scene.Root.Build(scene.Crypto, scene.RootKey)), "root by another");
        }

        [TestMethod]
        public void OtherFabricIds_AreRejected()
        {
            Scene scene = new Scene();
            scene.Icac.Subject = new ulong[] { CertificateType.Intermediate, CertificateBuilder.IntermediateId, 21, Fabric1 + 1 };
            scene.Noc.Issuer = scene.Icac.Subject;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "icac");

            scene = new Scene();
            scene.Root.Subject = new ulong[] { CertificateType.Root, CertificateBuilder.RootId, 21, Fabric1 + 1 };
            scene.Root.Issuer = scene.Root.Subject;
            scene.DirectNoc.Issuer = scene.Root.Subject;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckDirect(), "root");
            scene.DirectNoc.Subject = new ulong[] { CertificateType.Node, Node1, 21, Fabric1 + 1 };
            Assert.AreEqual(0, scene.CheckDirect(), "the same");
        }

        [TestMethod]
        public void WrongKinds_AreRejected()
        {
            Scene scene = new Scene();
            byte[] root = scene.Root.Build(scene.Crypto, scene.RootKey);
            byte[] icac = scene.Icac.Build(scene.Crypto, scene.RootKey);
            byte[] noc = scene.DirectNoc.Build(scene.Crypto, scene.RootKey);
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(root, root, noc), "root as icac");
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(icac, new byte[0], scene.Noc.Build(scene.Crypto, scene.IcacKey)), "icac as root");
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(root, new byte[0], icac), "icac as noc");
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckRoot(icac), "icac as root");
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckRoot(noc), "noc as root");
        }

        [TestMethod]
        [DataRow(0xABCD0001, 0xABCE0001, 0xABCF0001, true)]
        [DataRow(0xABCD0001, 0xABCD0002, 0xABCF0001, false)]   // the same identifier twice
        [DataRow(0xABCD0001, 0xABCE0001, 0xABCF0000, false)]   // version 0
        [DataRow(0x00010001u, 0xABCE0001, 0x0000FFFFu, true)]
        public void Tags_AreDistinctAndHaveAVersion(uint first, uint second, uint third, bool valid)
        {
            Scene scene = new Scene();
            scene.Noc.Subject = new ulong[] { 22, first, CertificateType.Node, Node1, 22, second, 21, Fabric1, 22, third };
            Assert.AreEqual(valid ? 0 : MatterError.InvalidCertificate, scene.Check());
            if (!valid) return;
            Assert.AreEqual(first, scene.Chain.CaseAuthenticatedTags[0]);
            Assert.AreEqual(second, scene.Chain.CaseAuthenticatedTags[1]);
            Assert.AreEqual(third, scene.Chain.CaseAuthenticatedTags[2]);
        }

        [TestMethod]
        public void FourTags_AreTooMany()
        {
            Scene scene = new Scene();
            scene.Noc.Subject = new ulong[] { CertificateType.Node, Node1, 21, Fabric1, 22, 0x10001, 22, 0x20001, 22, 0x30001, 22, 0x40001 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check());
            scene.Icac.Subject = new ulong[] { CertificateType.Intermediate, CertificateBuilder.IntermediateId, 22, 0x10001 };
            scene.Noc.Issuer = scene.Icac.Subject;
            scene.Noc.Subject = new ulong[] { CertificateType.Node, Node1, 21, Fabric1 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "tag of an authority");
        }

        [TestMethod]
        public void NodeIds_AreOperational()
        {
            Scene scene = new Scene();
            ulong[] wrong = { 0, 0xFFFFFFF000000000, 0xFFFFFFFD00010001, 0xFFFFFFFFFFFFFFFF };
            for (int i = 0; i < wrong.Length; i++)
            {
                scene.Noc.Subject = new ulong[] { CertificateType.Node, wrong[i], 21, Fabric1 };
                Assert.AreEqual(MatterError.InvalidCertificate, scene.Check());
            }

            scene.Noc.Subject = new ulong[] { CertificateType.Node, 0xFFFFFFEFFFFFFFFF, 21, Fabric1 };
            Assert.AreEqual(0, scene.Check());
            scene.Noc.Subject = new ulong[] { CertificateType.Node, Node1 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "no fabric id");
        }

        [TestMethod]
        public void Validity_CountsOnlyWithAClock()
        {
            Scene scene = new Scene();
            scene.Noc.NotBefore = 1000;
            scene.Noc.NotAfter = 2000;
            scene.Root.NotBefore = 1;
            scene.Icac.NotBefore = 1;
            scene.Chain.EffectiveTime = 999;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check());
            scene.Chain.EffectiveTime = 1000;
            Assert.AreEqual(0, scene.Check());
            scene.Chain.EffectiveTime = 2000;
            Assert.AreEqual(0, scene.Check());
            scene.Chain.EffectiveTime = 2001;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check());
            scene.Chain.EffectiveTime = 0;
            Assert.AreEqual(0, scene.Check());
            scene.Icac.NotAfter = 1500;
            scene.Chain.EffectiveTime = 1600;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check(), "icac");
        }

        [TestMethod]
        public void RememberedChain_SaysTheSame_AndIsJudgedByTheTimeAnew()
        {
            Scene scene = new Scene();
            scene.Root.NotBefore = 1;
            scene.Icac.NotBefore = 1;
            scene.Icac.NotAfter = 2000;
            scene.Noc.NotBefore = 1000;
            byte[] root = scene.Root.Build(scene.Crypto, scene.RootKey);
            byte[] icac = scene.Icac.Build(scene.Crypto, scene.RootKey);
            byte[] noc = scene.Noc.Build(scene.Crypto, scene.IcacKey);
            byte[] key = new byte[65];
            uint notAfter = 0;
            for (int i = 0; i < 2; i++)
            {
                int before = scene.Crypto.P256.StepCount;
                Assert.AreEqual(0, scene.CheckPeer(root, icac, noc));
                Assert.AreEqual(i == 0, scene.Crypto.P256.StepCount > before, "verifies once");
                Assert.AreEqual(Node1, scene.Chain.NodeId);
                Assert.AreEqual(Fabric1, scene.Chain.FabricId);
                if (i == 0) notAfter = scene.Chain.NotAfter;
                Assert.AreEqual(notAfter, scene.Chain.NotAfter);
                for (int k = 0; k < 65; k++) key[k] = scene.Chain.PublicKey[scene.Chain.PublicKeyOffset + k];
                CollectionAssert.AreEqual(scene.NodeKey.Public, key);
            }

            scene.Chain.EffectiveTime = 1000;
            Assert.AreEqual(0, scene.CheckPeer(root, icac, noc));
            scene.Chain.EffectiveTime = 999;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckPeer(root, icac, noc), "too early");
            scene.Chain.EffectiveTime = 2001;
            Assert.AreEqual(MatterError.InvalidCertificate, scene.CheckPeer(root, icac, noc), "too late");
        }

        [TestMethod]
        public void RememberedChain_IsAnotherWithEachByte_AndGoesWithAFabric()
        {
            Scene scene = new Scene();
            byte[] root = scene.Root.Build(scene.Crypto, scene.RootKey);
            byte[] noc = scene.DirectNoc.Build(scene.Crypto, scene.RootKey);
            byte[] none = new byte[0];
            Assert.AreEqual(0, scene.CheckPeer(root, none, noc));
            for (int i = 0; i < noc.Length; i += 7)
            {
                noc[i] ^= 1;
                Assert.IsTrue(scene.CheckPeer(root, none, noc) < 0, i.ToString());
                noc[i] ^= 1;
            }

            int before = scene.Crypto.P256.StepCount;
            Assert.AreEqual(0, scene.CheckPeer(root, none, noc));
            Assert.AreEqual(before, scene.Crypto.P256.StepCount);
            for (int i = 0; i < root.Length; i++)
            {
                byte[] other = (byte[])root.Clone();
                other[i] ^= 1;
                int result = scene.CheckPeer(other, none, noc);
                Assert.AreEqual(scene.Check(other, none, noc), result, "other root " + i.ToString());
            }

            scene.Chain.Forget();
            before = scene.Crypto.P256.StepCount;
            Assert.AreEqual(0, scene.CheckPeer(root, none, noc));
            Assert.IsTrue(scene.Crypto.P256.StepCount > before);
        }

        [TestMethod]
        public void CriticalExtension_IsRejected()
        {
            Scene scene = new Scene();
            scene.Noc.FutureExtension = new byte[] { 0x30, 0x09, 0x06, 0x03, 0x55, 0x1D, 0x63, 0x04, 0x02, 0x05, 0x00 };
            Assert.AreEqual(0, scene.Check());
            scene.Noc.FutureExtension = new byte[] { 0x30, 0x0C, 0x06, 0x03, 0x55, 0x1D, 0x63, 0x01, 0x01, 0xFF, 0x04, 0x02, 0x05, 0x00 };
            Assert.AreEqual(MatterError.InvalidCertificate, scene.Check());
        }
    }
}
