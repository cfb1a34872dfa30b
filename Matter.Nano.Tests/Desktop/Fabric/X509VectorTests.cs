using System;
using System.Collections.Generic;
using System.Linq;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>Operational certificates in X.509: a node never reads one, so they come to it as an administrator would convert them.</summary>
    [TestClass]
    public class X509VectorTests
    {
        /// <summary>Why the converter refuses, by a part of the case's name; the node refuses what it lets through.</summary>
        private static readonly KeyValuePair<string, string>[] NoTlvForm =
        {
            new KeyValuePair<string, string>("_Cert_Version_V2_", "version"),
            new KeyValuePair<string, string>("_Sig_Algo_", "signature algorithm"),
            new KeyValuePair<string, string>("_Validity_Not_", "DER"),
            new KeyValuePair<string, string>("_Sig_Curve_", "curve"),
            new KeyValuePair<string, string>("_Ext_Basic_Critical_", "basicConstraints critical"),
            new KeyValuePair<string, string>("_Ext_KeyUsage_Critical_", "keyUsage critical"),
        };

        /// <summary>The converter is what it says: both directions are exact for all published pairs.</summary>
        [TestMethod]
        public void ValidCertificates_ConvertBothWays()
        {
            X509Converter converter = new X509Converter();
            CertificateParser parser = new CertificateParser();
            VectorReader v = new VectorReader(VectorData.Certificates);
            int converted = 0;
            while (v.NextCase())
            {
                if (!v.Has("der")) continue;
                byte[] tlv = converter.Convert(v.Bytes("der"), out string reason);
                Assert.IsNull(reason, v.Name);
                CollectionAssert.AreEqual(v.Bytes("tlv"), tlv, v.Name);
                Assert.AreEqual(0, parser.Parse(tlv), v.Name);
                CollectionAssert.AreEqual(v.Bytes("der"), parser.X509(), v.Name);
                converted++;
            }
            Assert.IsTrue(converted > 0);
        }

        [TestMethod]
        public void InvalidCertificates_AreRefused()
        {
            X509Converter converter = new X509Converter();
            CertificateParser parser = new CertificateParser();
            CertificateChain chain = new CertificateChain(new CryptoSuite(new ScriptedRandom(), null));
            VectorReader v = new VectorReader(VectorData.CertificatesInvalidDer);
            int byNode = 0;
            while (v.NextCase())
            {
                byte[] tlv = converter.Convert(v.Bytes("der"), out string reason);
                string expected = NoTlvForm.Where(pair => v.Name.Contains(pair.Key)).Select(pair => pair.Value).SingleOrDefault();
                Assert.AreEqual(expected, reason, v.Name);
                if (tlv == null) continue;
                byNode++;
                Assert.AreEqual(MatterError.InvalidCertificate, parser.Parse(tlv), v.Name);
                chain.BeginRoot(tlv, 0, tlv.Length);
                Assert.AreEqual(MatterError.InvalidCertificate, chain.Step(), v.Name);
            }
            Console.WriteLine("X.509: " + (v.Count - byNode) + " of " + v.Count + " invalid certificates have no TLV form, the node refuses the others");
            Assert.IsTrue(byNode > 0);
        }
    }
}
