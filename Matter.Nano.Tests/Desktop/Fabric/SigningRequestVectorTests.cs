using System;
using System.Formats.Asn1;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>
    /// Certificate signing requests as who receives them checks them: a node only writes them, so the structure is read
    /// here, and the signature verified by the library's P-256.
    /// </summary>
    [TestClass]
    public class SigningRequestVectorTests
    {
        /// <summary>What the C++ SDK takes at most.</summary>
        private const int MaxLength = 255;

        [TestMethod]
        public void Requests_AreGoodOrBadAsTheSourceSays() { CheckAll(new CryptoSuite(new ScriptedRandom(), null)); }

        internal static void CheckAll(CryptoSuite crypto)
        {
            VectorReader v = new VectorReader(VectorData.CertificateSigningRequests);
            int good = 0;
            int bad = 0;
            while (v.NextCase())
            {
                if (v.Has("csr_info"))
                {
                    // A part only, which its key completes.
                    byte[] made = Sign(crypto, v.Bytes("private_key"), v.Bytes("public_key"));
                    Assert.IsTrue(TlvText.Hex(made, 0, made.Length).Contains(v.Text("csr_info")), v.Name);
                    Assert.IsTrue(HasRightForm(made), v.Name);
                    CollectionAssert.AreEqual(v.Bytes("public_key"), Verify(crypto, made), v.Name);
                    continue;
                }

                byte[] csr = v.Bytes("csr");
                Assert.AreEqual(v.Int("format_ok") == 1, HasRightForm(csr), v.Name);
                byte[] key = HasRightForm(csr) ? Verify(crypto, csr) : null;
                bool expected = v.Has("verify_ok") && v.Int("verify_ok") == 1;
                Assert.AreEqual(expected, key != null, v.Name);
                if (expected) CollectionAssert.AreEqual(v.Bytes("public_key"), key, v.Name);
                good += expected ? 1 : 0;
                bad += expected ? 0 : 1;
            }
            Assert.IsTrue(good > 0 && bad > 0);
        }

        /// <summary>The node's own request, with any bit of it wrong.</summary>
        [TestMethod]
        public void OwnRequest_HoldsOnlyAsItIs()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            TestKey key = new TestKey(crypto);
            byte[] csr = Sign(crypto, key.Private, key.Public);
            CollectionAssert.AreEqual(key.Public, Verify(crypto, csr));
            for (int i = 0; i < csr.Length; i++)
            {
                byte[] damaged = (byte[])csr.Clone();
                damaged[i] ^= (byte)(1 << i % 8);
                Assert.IsTrue(!HasRightForm(damaged) || Verify(crypto, damaged) == null, i.ToString());
            }
        }

        private static byte[] Sign(CryptoSuite crypto, byte[] privateKey, byte[] publicKey)
        {
            CertificateSigningRequest request = new CertificateSigningRequest(crypto);
            request.Begin(privateKey, publicKey);
            while (request.Step() == P256.Running)
            {
            }
            byte[] buffer = new byte[CertificateSigningRequest.MaxLength];
            return buffer[..request.Write(buffer, 0, buffer.Length)];
        }

        /// <summary>A SEQUENCE that fills the request, and not too long.</summary>
        private static bool HasRightForm(byte[] csr)
        {
            if (csr.Length == 0 || csr.Length > MaxLength || csr[0] != Der.Sequence) return false;
            long length = Der.ReadLength(csr, 1, csr.Length, out int octets);
            return length >= 0 && 1 + octets + length == csr.Length;
        }

        /// <returns>The public key, or null if the request is not signed by it.</returns>
        private static byte[] Verify(CryptoSuite crypto, byte[] csr)
        {
            try
            {
                AsnReader request = new AsnReader(csr, AsnEncodingRules.DER).ReadSequence();
                byte[] info = request.PeekEncodedValue().ToArray();
                AsnReader body = request.ReadSequence();
                if (body.ReadInteger() != 0) return null;
                body.ReadSequence();
                AsnReader keyInfo = body.ReadSequence();
                AsnReader algorithm = keyInfo.ReadSequence();
                if (algorithm.ReadObjectIdentifier() != "1.2.840.10045.2.1" || algorithm.ReadObjectIdentifier() != "1.2.840.10045.3.1.7") return null;
                byte[] key = keyInfo.ReadBitString(out int unused);
                if (unused != 0 || key.Length != P256.PointLength) return null;
                if (request.ReadSequence().ReadObjectIdentifier() != "1.2.840.10045.4.3.2") return null;
                AsnReader pair = new AsnReader(request.ReadBitString(out unused), AsnEncodingRules.DER).ReadSequence();
                if (unused != 0) return null;
                byte[] signature = new byte[P256.SignatureLength];
                byte[] hash = new byte[Sha256.HashLength];
                for (int i = 0; i < 2; i++)
                {
                    byte[] number = pair.ReadInteger().ToByteArray(true, true);
                    if (number.Length > 32) return null;
                    number.CopyTo(signature, 32 * i + 32 - number.Length);
                }
                crypto.Sha256.Hash(hash, 0, info, 0, info.Length);
                crypto.P256.BeginVerify(signature, 0, hash, 0, key, 0);
                return crypto.P256.Run() == 0 ? key : null;
            }
            catch (Exception e) when (e is AsnContentException || e is OverflowException)
            {
                return null;
            }
        }
    }
}
