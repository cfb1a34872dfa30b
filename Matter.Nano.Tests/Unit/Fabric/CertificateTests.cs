using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class CertificateTests
    {
        [TestMethod]
        public void Truncated_IsRejected()
        {
            byte[] tlv = Sample();
            CertificateParser parser = new CertificateParser();
            for (int length = 0; length < tlv.Length; length++)
            {
                byte[] part = new byte[length];
                Array.Copy(tlv, 0, part, 0, length);
                Assert.AreEqual(MatterError.InvalidCertificate, parser.Parse(part), length.ToString());
            }

            Assert.AreEqual(0, parser.Parse(tlv));
        }

        [TestMethod]
        public void TrailingByte_IsRejected()
        {
            byte[] tlv = Sample();
            byte[] longer = new byte[tlv.Length + 1];
            Array.Copy(tlv, 0, longer, 0, tlv.Length);
            Assert.AreEqual(MatterError.InvalidCertificate, new CertificateParser().Parse(longer));
        }

        // Nothing in a certificate may go unnoticed: what still parses has another hash to sign or another signature.
        [TestMethod]
        public void EveryBit_Counts()
        {
            byte[] tlv = Sample();
            CertificateParser parser = new CertificateParser();
            Assert.AreEqual(0, parser.Parse(tlv));
            byte[] tbs = parser.Tbs();
            byte[] signature = new byte[64];
            Array.Copy(tlv, parser.Certificate.SignatureOffset, signature, 0, 64);
            for (int i = 0; i < tlv.Length * 8; i++)
            {
                tlv[i / 8] ^= (byte)(1 << (i % 8));
                int result = parser.Parse(tlv);
                if (result == 0)
                {
                    bool same = parser.Tbs().Length == tbs.Length
                        && ConstantTime.Equals(parser.Tbs(), 0, tbs, 0, tbs.Length)
                        && ConstantTime.Equals(tlv, parser.Certificate.SignatureOffset, signature, 0, 64);
                    Assert.IsFalse(same, i.ToString());
                }
                else
                {
                    Assert.AreEqual(MatterError.InvalidCertificate, result, i.ToString());
                }

                tlv[i / 8] ^= (byte)(1 << (i % 8));
            }
        }

        [TestMethod]
        public void SmallDerBuffer_IsNoticed()
        {
            byte[] tlv = Sample();
            CertificateParser parser = new CertificateParser();
            Assert.AreEqual(0, parser.Parse(tlv));
            int needed = parser.Tbs().Length;
            for (int capacity = 0; capacity <= needed; capacity++)
            {
                byte[] der = new byte[needed + 8];
                for (int i = 0; i < der.Length; i++) der[i] = 0xA5;
                DerWriter writer = new DerWriter();
                writer.Reset(der, 4, capacity);
                int result = new MatterCertificate().Parse(tlv, 0, tlv.Length, new Matter.Nano.Tlv.TlvReader(), writer);
                Assert.AreEqual(capacity < needed ? MatterError.InvalidCertificate : 0, result);
                Assert.IsTrue(der[3] == 0xA5 && der[4 + capacity] == 0xA5, capacity.ToString());
            }
        }

        [TestMethod]
        [DataRow(1u, "170D3030303130313030303030315A")]
        [DataRow(0u, "180F39393939313233313233353935395A")]
        [DataRow(5097599u, "170D3030303232383233353935395A")]             // 2000-02-28
        [DataRow(5097600u, "170D3030303232393030303030305A")]             // 2000-02-29
        [DataRow(5184000u, "170D3030303330313030303030305A")]             // 2000-03-01
        [DataRow(31622400u, "170D3031303130313030303030305A")]            // 2001-01-01
        [DataRow(1577923199u, "170D3439313233313233353935395A")]          // 2049-12-31
        [DataRow(1577923200u, "180F32303530303130313030303030305A")]      // 2050-01-01
        [DataRow(3160857599u, "180F32313030303232383233353935395A")]      // 2100-02-28, no leap year
        [DataRow(3160857600u, "180F32313030303330313030303030305A")]      // 2100-03-01
        [DataRow(4294967295u, "180F32313336303230373036323831355A")]      // 2136-02-07
        public void Times_AreEncoded(uint seconds, string expected)
        {
            byte[] buffer = new byte[20];
            DerWriter writer = new DerWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.PutTime(seconds);
            Assert.AreEqual(0, writer.Error);
            Assert.AreEqual(expected.Length / 2, writer.Length);
            const string digits = "0123456789ABCDEF";
            string actual = "";
            for (int i = 0; i < writer.Length; i++)
            {
                actual += digits.Substring(buffer[i] >> 4, 1) + digits.Substring(buffer[i] & 15, 1);
            }

            Assert.AreEqual(expected, actual);
        }

        [TestMethod]
        public void FutureExtension_HasToBeWholeDer()
        {
            byte[] right = { 0x30, 0x0C, 0x06, 0x03, 0x55, 0x1D, 0x63, 0x01, 0x01, 0xFF, 0x04, 0x02, 0x05, 0x00 };
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            TestKey key = new TestKey(crypto);
            CertificateBuilder builder = CertificateBuilder.Root(key);
            CertificateParser parser = new CertificateParser();
            builder.FutureExtension = right;
            Assert.AreEqual(0, parser.Parse(builder.Build(crypto, key)));
            Assert.IsTrue(parser.Certificate.Extensions.HasCriticalExtension);
            for (int length = 1; length < right.Length; length++)
            {
                builder.FutureExtension = new byte[length];
                Array.Copy(right, 0, builder.FutureExtension, 0, length);
                Assert.AreEqual(MatterError.InvalidCertificate, parser.Parse(builder.Build(crypto, key)), length.ToString());
            }

            int[] structural = { 0, 1, 2, 3, 7, 8, 10, 11 };
            for (int i = 0; i < structural.Length; i++)
            {
                builder.FutureExtension = (byte[])right.Clone();
                builder.FutureExtension[structural[i]] ^= 0x40;
                Assert.AreEqual(MatterError.InvalidCertificate, parser.Parse(builder.Build(crypto, key)), structural[i].ToString());
            }
        }

        private static byte[] Sample()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            TestKey key = new TestKey(crypto);
            CertificateBuilder builder = CertificateBuilder.Noc(key.Public, 0xDEDEDEDE00010001, 0xFAB000000000001D, key, true);
            builder.Subject = new ulong[] { CertificateType.Node, 0xDEDEDEDE00010001, 21, 0xFAB000000000001D, 22, 0xABCD0001 };
            builder.NotAfter = 1700000000;
            builder.FutureExtension = new byte[] { 0x30, 0x09, 0x06, 0x03, 0x55, 0x1D, 0x63, 0x04, 0x02, 0x05, 0x00 };
            return builder.Build(crypto, key);
        }
    }
}
