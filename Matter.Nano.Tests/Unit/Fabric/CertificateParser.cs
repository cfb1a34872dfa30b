using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>A certificate with what it takes to read one.</summary>
    internal sealed class CertificateParser
    {
        private readonly byte[] _der = new byte[MatterCertificate.MaxDerLength];
        private readonly DerWriter _writer = new DerWriter();
        private readonly TlvReader _reader = new TlvReader();
        private readonly Sha256 _sha = new Sha256();

        public MatterCertificate Certificate { get; } = new MatterCertificate();

        public int Parse(byte[] tlv)
        {
            return Parse(tlv, 0, tlv.Length);
        }

        public int Parse(byte[] tlv, int offset, int length)
        {
            _writer.Reset(_der, 0, _der.Length);
            return Certificate.Parse(tlv, offset, length, _reader, _writer);
        }

        public byte[] Tbs()
        {
            byte[] tbs = new byte[_writer.Length];
            Array.Copy(_der, 0, tbs, 0, tbs.Length);
            return tbs;
        }

        public byte[] TbsHash()
        {
            byte[] hash = new byte[Sha256.HashLength];
            _sha.Hash(hash, 0, _der, 0, _writer.Length);
            return hash;
        }

        /// <summary>The whole certificate: TBSCertificate, algorithm, signature.</summary>
        public byte[] X509()
        {
            byte[] algorithm = { 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02 };
            byte[] buffer = new byte[700];
            DerWriter writer = new DerWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.Start(Der.Sequence);
            writer.PutRaw(_der, 0, _writer.Length);
            writer.Start(Der.Sequence);
            writer.Put(Der.ObjectIdentifier, algorithm, 0, algorithm.Length);
            writer.End();
            writer.Start(Der.BitString);
            writer.PutByte(0);
            writer.PutSignature(Certificate.Buffer, Certificate.SignatureOffset, P256.ScalarLength);
            writer.End();
            writer.End();
            Assert(writer.Error == 0);
            byte[] x509 = new byte[writer.Length];
            Array.Copy(buffer, 0, x509, 0, x509.Length);
            return x509;
        }

        private static void Assert(bool condition)
        {
            nanoFramework.TestFramework.Assert.IsTrue(condition);
        }
    }
}
