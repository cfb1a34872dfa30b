using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>
    /// The chains that the source breaks by hand after loading, made for real: the certificate is changed likewise
    /// and signed again, the keys being published.
    /// </summary>
    [TestClass]
    public class ChainVectorTests
    {
        private const string IsCa = "3501290118";
        private const string KeyUsage = "240260";

        [TestMethod]
        public void ChainsThatTheSourceBreaks_DoNotHold()
        {
            VectorReader v = new VectorReader(VectorData.CertificateChains);
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            int broken = 0;
            while (v.NextCase())
            {
                string flag = null;
                for (int i = 0; i < v.Int("count"); i++)
                {
                    if (v.Text("load" + i) != "sNullLoadFlag") flag = v.Text("load" + i);
                }
                if (flag == null) continue;

                // Root, intermediate, node: whole it holds.
                Assert.AreEqual(3, v.Int("count"), v.Name);
                Assert.AreEqual(0, Check(crypto, Tlv(v, 0), Tlv(v, 1), Tlv(v, 2)), v.Name);
                byte[] root = Tlv(v, 0);
                byte[] icac = Tlv(v, 1);
                byte[] rootKey = Find(v.Text("cert0"), "private_key");
                switch (flag)
                {
                    case "sSupIsCAFlag":
                        icac = Change(crypto, icac, IsCa, "3501280118", rootKey);
                        break;
                    case "sSupKeyUsageFlag":
                        icac = Change(crypto, icac, KeyUsage, "", rootKey);
                        break;
                    case "sSupKeyCertSignFlag":
                        icac = Change(crypto, icac, KeyUsage, "240240", rootKey);
                        break;
                    case "sPathLenZeroFlag":
                        root = Change(crypto, root, IsCa, "3501290124020018", rootKey);
                        break;
                    default:
                        Assert.IsTrue(false, flag);
                        break;
                }
                Assert.AreEqual(MatterError.InvalidCertificate, Check(crypto, root, icac, Tlv(v, 2)), v.Name);
                broken++;
            }
            Assert.AreEqual(4, broken);
        }

        /// <summary>The source asks of a node's certificate whether it is an intermediate one.</summary>
        [TestMethod]
        public void NodeInThePlaceOfAnIntermediate_IsRefused()
        {
            VectorReader v = new VectorReader(VectorData.CertificateChains);
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            int asked = 0;
            while (v.NextCase())
            {
                if (v.Text("type") != "ICA") continue;
                Assert.AreEqual("CHIP_ERROR_WRONG_CERT_TYPE", v.Text("result"), v.Name);
                byte[] noc = Tlv(v, v.Int("subject"));
                Assert.AreEqual(MatterError.InvalidCertificate, Check(crypto, Tlv(v, 0), noc, noc), v.Name);
                asked++;
            }
            Assert.AreEqual(1, asked);
        }

        /// <summary>A root public key that is no uncompressed point: no compressed fabric id comes of it, since no fabric does.</summary>
        [TestMethod]
        public void RootKeyOfAnotherForm_IsRefused()
        {
            CertificateParser parser = new CertificateParser();
            byte[] root = Find("Root01", "tlv");
            Assert.AreEqual(0, parser.Parse(root));
            int offset = parser.Certificate.PublicKeyOffset;
            VectorReader v = new VectorReader(VectorData.CompressedFabricId);
            int refused = 0;
            while (v.NextCase())
            {
                v.Bytes("root_public_key").CopyTo(root, offset);
                bool isPoint = root[offset] == 4;
                Assert.AreEqual(v.Has("compressed_fabric_id"), isPoint, v.Name);
                Assert.AreEqual(isPoint ? 0 : MatterError.InvalidCertificate, parser.Parse(root), v.Name);
                refused += isPoint ? 0 : 1;
            }
            Assert.AreEqual(1, refused);
        }

        private static int Check(CryptoSuite crypto, byte[] root, byte[] icac, byte[] noc)
        {
            CertificateChain chain = new CertificateChain(crypto);
            chain.BeginRoot(root, 0, root.Length);
            int result = Run(chain);
            Assert.AreEqual(0, result, "root");
            chain.Begin(root, 0, root.Length, icac, 0, icac.Length, noc, 0, noc.Length);
            return Run(chain);
        }

        private static int Run(CertificateChain chain)
        {
            int result = chain.Step();
            while (result == P256.Running) result = chain.Step();
            return result;
        }

        private static byte[] Change(CryptoSuite crypto, byte[] certificate, string from, string to, byte[] issuerKey)
        {
            string text = Convert.ToHexString(certificate);
            Assert.AreEqual(text.IndexOf(from, StringComparison.OrdinalIgnoreCase), text.LastIndexOf(from, StringComparison.OrdinalIgnoreCase));
            byte[] changed = Convert.FromHexString(text.Replace(from, to, StringComparison.OrdinalIgnoreCase));
            CertificateParser parser = new CertificateParser();
            Assert.AreEqual(0, parser.Parse(changed));
            crypto.P256.BeginSign(changed, parser.Certificate.SignatureOffset, parser.TbsHash(), 0, issuerKey, 0);
            Assert.AreEqual(0, crypto.P256.Run());
            return changed;
        }

        private static byte[] Tlv(VectorReader v, int number) { return Find(v.Text("cert" + number), "tlv"); }

        private static byte[] Find(string name, string field)
        {
            VectorReader v = new VectorReader(VectorData.Certificates);
            while (v.NextCase())
            {
                if (v.Name == name) return v.Bytes(field);
            }
            throw new ArgumentException(name);
        }
    }
}
