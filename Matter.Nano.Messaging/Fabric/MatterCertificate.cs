using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// A Matter operational certificate in TLV (Matter Core 6.5): one pass checks its structure, notes where things are
    /// and writes the X.509 TBSCertificate that its signature covers. What can be told from one certificate alone is
    /// checked here; <see cref="CertificateChain"/> has the rules between certificates.
    /// </summary>
    public sealed class MatterCertificate
    {
        /// <summary>Largest certificate in TLV, in bytes.</summary>
        public const int MaxLength = 400;

        /// <summary>Largest X.509 form in bytes.</summary>
        public const int MaxDerLength = 600;

        private const int PublicKeyLength = 65;
        private const int SignatureLength = 64;
        private const int MaxSerialNumberLength = 20;

        // [0] { INTEGER 2 }, v3; then ecdsa-with-SHA256; then SubjectPublicKeyInfo of P-256 up to the point.
        private static readonly byte[] Templates =
        {
            0xA0, 0x03, 0x02, 0x01, 0x02,
            0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02,
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
            0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        };

        private const int Algorithm = 5;
        private const int AlgorithmLength = 12;
        private const int PublicKeyInfo = Algorithm + AlgorithmLength;
        private const int PublicKeyInfoLength = 26;

        /// <summary>The array given to <see cref="Parse"/>, not a copy; all offsets point into it.</summary>
        public byte[] Buffer { get; private set; }

        /// <summary>The subject's name.</summary>
        public DistinguishedName Subject { get; } = new DistinguishedName();

        /// <summary>First byte of the issuer's list.</summary>
        public int IssuerOffset { get; private set; }

        /// <summary>Length of the issuer's list in bytes.</summary>
        public int IssuerLength { get; private set; }

        /// <summary>First byte of the subject's list.</summary>
        public int SubjectOffset { get; private set; }

        /// <summary>Length of the subject's list in bytes.</summary>
        public int SubjectLength { get; private set; }

        /// <summary>Start of validity in seconds since 2000-01-01 UTC.</summary>
        public uint NotBefore { get; private set; }

        /// <summary>End of validity in seconds since 2000-01-01 UTC; 0 for no end.</summary>
        public uint NotAfter { get; private set; }

        /// <summary>First of the public key's 65 bytes.</summary>
        public int PublicKeyOffset { get; private set; }

        /// <summary>First of the signature's 64 bytes r, s.</summary>
        public int SignatureOffset { get; private set; }

        /// <summary>The extensions.</summary>
        public CertificateExtensions Extensions { get; } = new CertificateExtensions();

        /// <summary>Reads a certificate and writes its TBSCertificate.</summary>
        /// <param name="buffer">Holds the certificate; kept, and to stay unchanged while this object is in use.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes, at most <see cref="MaxLength"/>.</param>
        /// <param name="reader">Free to use during the call.</param>
        /// <param name="der">Reset to room for <see cref="MaxDerLength"/> bytes; receives the TBSCertificate.</param>
        /// <returns>0 or <see cref="MatterError.InvalidCertificate"/>.</returns>
        public int Parse(byte[] buffer, int offset, int length, TlvReader reader, DerWriter der)
        {
            if (length > MaxLength) return MatterError.InvalidCertificate;
            Buffer = buffer;

            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            der.Start(Der.Sequence);
            der.PutRaw(Templates, 0, Algorithm);
            Expect(reader, 1);
            int serialLength = reader.GetBytes(1, MaxSerialNumberLength);
            der.Put(Der.Integer, buffer, reader.ValueOffset, serialLength);
            ExpectOne(reader, 2);
            der.PutRaw(Templates, Algorithm, AlgorithmLength);

            Expect(reader, 3);
            IssuerOffset = reader.ElementOffset;
            IssuerLength = reader.ElementLength();
            Subject.Read(reader, der);
            Expect(reader, 4);
            NotBefore = (uint)reader.GetUnsigned(uint.MaxValue);
            Expect(reader, 5);
            NotAfter = (uint)reader.GetUnsigned(uint.MaxValue);
            if (NotAfter != 0 && NotBefore > NotAfter) reader.Fail(MatterError.InvalidCertificate);
            der.Start(Der.Sequence);
            der.PutTime(NotBefore);
            der.PutTime(NotAfter);
            der.End();
            Expect(reader, 6);
            SubjectOffset = reader.ElementOffset;
            SubjectLength = reader.ElementLength();
            Subject.Read(reader, der);

            ExpectOne(reader, 7);
            ExpectOne(reader, 8);
            Expect(reader, 9);
            reader.GetBytes(PublicKeyLength, PublicKeyLength);
            PublicKeyOffset = reader.ValueOffset;
            if (reader.Error == 0 && buffer[PublicKeyOffset] != 4) reader.Fail(MatterError.InvalidCertificate);
            der.PutRaw(Templates, PublicKeyInfo, PublicKeyInfoLength);
            if (reader.Error == 0) der.PutRaw(buffer, PublicKeyOffset, PublicKeyLength);

            Expect(reader, 10);
            Extensions.Read(reader, der);
            der.End();
            Expect(reader, 11);
            reader.GetBytes(SignatureLength, SignatureLength);
            SignatureOffset = reader.ValueOffset;
            if (reader.Next()) reader.Fail(MatterError.InvalidCertificate);
            return reader.Finish() == 0 && der.Error == 0 ? 0 : MatterError.InvalidCertificate;
        }

        private static void Expect(TlvReader reader, int tag)
        {
            if (!reader.Next() || reader.Tag != tag) reader.Fail(MatterError.InvalidCertificate);
        }

        private static void ExpectOne(TlvReader reader, int tag)
        {
            Expect(reader, tag);
            if (reader.GetUnsigned(1) != 1) reader.Fail(MatterError.InvalidCertificate);
        }

    }
}
