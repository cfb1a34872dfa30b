using System;
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

        /// <summary>Length of a key identifier in bytes.</summary>
        public const int KeyIdLength = 20;

        /// <summary>Key usage: may sign data.</summary>
        public const int DigitalSignature = 0x01;

        /// <summary>Key usage: may sign certificates.</summary>
        public const int KeyCertSign = 0x20;

        /// <summary>Extended key usage: TLS server authentication.</summary>
        public const int ServerAuth = 1 << 1;

        /// <summary>Extended key usage: TLS client authentication.</summary>
        public const int ClientAuth = 1 << 2;

        private const int PublicKeyLength = 65;
        private const int SignatureLength = 64;
        private const int MaxSerialNumberLength = 20;

        private const int BasicConstraints = 1;
        private const int KeyUsageExtension = 2;
        private const int ExtendedKeyUsageExtension = 3;
        private const int SubjectKeyId = 4;
        private const int AuthorityKeyId = 5;
        private const int FutureExtension = 6;
        private const int MaxKeyUsage = 0x1FF;
        private const int MaxKeyPurpose = 6;
        private const uint Year2050 = 1577923200;   // seconds from 2000-01-01

        // [0] { INTEGER 2 }, v3; then ecdsa-with-SHA256; then SubjectPublicKeyInfo of P-256 up to the point.
        private static readonly byte[] Templates =
        {
            0xA0, 0x03, 0x02, 0x01, 0x02,
            0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02,
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
            0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            // 1.3.6.1.5.5.7.3, to be followed by one arc
            0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03,
        };

        private const int Algorithm = 5;
        private const int AlgorithmLength = 12;
        private const int PublicKeyInfo = Algorithm + AlgorithmLength;
        private const int PublicKeyInfoLength = 26;
        private const int KeyPurpose = PublicKeyInfo + PublicKeyInfoLength;
        private const int KeyPurposeLength = 7;

        private readonly byte[] _time = new byte[15];
        private int _present;
        private int _contentLength;

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

        /// <summary>True if basicConstraints is present.</summary>
        public bool HasBasicConstraints { get { return (_present & 1 << BasicConstraints) != 0; } }

        /// <summary>True if basicConstraints names a CA.</summary>
        public bool IsCa { get; private set; }

        /// <summary>pathLenConstraint; -1 if there is none.</summary>
        public int PathLength { get; private set; }

        /// <summary>Key usage bits, bit 0 being digitalSignature; 0 if absent.</summary>
        public int KeyUsage { get; private set; }

        /// <summary>Extended key usages: a bit for each key purpose number; 0 if absent.</summary>
        public int ExtendedKeyUsage { get; private set; }

        /// <summary>First of the subject key identifier's 20 bytes; -1 if there is none.</summary>
        public int SubjectKeyIdOffset { get; private set; }

        /// <summary>First of the authority key identifier's 20 bytes; -1 if there is none.</summary>
        public int AuthorityKeyIdOffset { get; private set; }

        /// <summary>True if an extension unknown here is marked critical: such a certificate must not be relied on.</summary>
        public bool HasCriticalExtension { get; private set; }

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
            _present = 0;
            IsCa = false;
            PathLength = -1;
            KeyUsage = 0;
            ExtendedKeyUsage = 0;
            SubjectKeyIdOffset = -1;
            AuthorityKeyIdOffset = -1;
            HasCriticalExtension = false;

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
            PutTime(NotBefore, der);
            PutTime(NotAfter, der);
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
            if (reader.Type != TlvType.List) reader.Fail(MatterError.WrongType);
            ReadExtensions(reader, der);
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

        private void ReadExtensions(TlvReader reader, DerWriter der)
        {
            reader.Enter();
            der.Start(Der.Context3);
            der.Start(Der.Sequence);
            while (reader.Next())
            {
                int extension = reader.Tag;
                if (extension < BasicConstraints || extension > FutureExtension
                    || extension != FutureExtension && (_present & 1 << extension) != 0)
                {
                    reader.Fail(MatterError.InvalidCertificate);
                    break;
                }
                _present |= 1 << extension;
                switch (extension)
                {
                    case BasicConstraints: ReadBasicConstraints(reader, der); break;
                    case KeyUsageExtension: ReadKeyUsage(reader, der); break;
                    case ExtendedKeyUsageExtension: ReadExtendedKeyUsage(reader, der); break;
                    case SubjectKeyId: SubjectKeyIdOffset = ReadKeyId(reader, der, extension); break;
                    case AuthorityKeyId: AuthorityKeyIdOffset = ReadKeyId(reader, der, extension); break;
                    default: ReadFutureExtension(reader, der); break;
                }
            }
            reader.Exit();
            der.End();
            der.End();
        }

        // Opens Extension { id-ce arc, critical, OCTET STRING; two der.End() close it.
        private static void StartExtension(DerWriter der, int arc, bool critical)
        {
            der.Start(Der.Sequence);
            der.Start(Der.ObjectIdentifier);
            der.PutByte(0x55);   // 2.5
            der.PutByte(29);
            der.PutByte(arc);
            der.End();
            if (critical) PutTrue(der);
            der.Start(Der.OctetString);
        }

        private static void PutTrue(DerWriter der)
        {
            der.Start(Der.Boolean);
            der.PutByte(0xFF);
            der.End();
        }

        private void ReadBasicConstraints(TlvReader reader, DerWriter der)
        {
            if (reader.Type != TlvType.Structure) reader.Fail(MatterError.WrongType);
            reader.Enter();
            Expect(reader, 1);
            IsCa = reader.GetBoolean();
            StartExtension(der, 19, true);
            der.Start(Der.Sequence);
            if (IsCa) PutTrue(der);
            if (reader.Next())
            {
                PathLength = (int)reader.GetUnsigned(0xFF);
                // pathLenConstraint has no meaning without cA (RFC 5280 4.2.1.9).
                if (reader.Tag != 2 || !IsCa) reader.Fail(MatterError.InvalidCertificate);
                der.Start(Der.Integer);
                if (PathLength >= 0x80) der.PutByte(0);
                der.PutByte(PathLength);
                der.End();
                if (reader.Next()) reader.Fail(MatterError.InvalidCertificate);
            }
            reader.Exit();
            der.End();
            der.End();
            der.End();
        }

        // A BIT STRING counts from the most significant bit and drops zeros at its end.
        private void ReadKeyUsage(TlvReader reader, DerWriter der)
        {
            int usage = (int)reader.GetUnsigned(MaxKeyUsage);
            KeyUsage = usage;
            int bits = 0;
            int reversed = 0;
            for (int i = 0; i < 9; i++)
            {
                if ((usage & 1 << i) == 0) continue;
                reversed |= 0x8000 >> i;
                bits = i + 1;
            }
            StartExtension(der, 15, true);
            der.Start(Der.BitString);
            der.PutByte(-bits & 7);
            if (bits > 0) der.PutByte(reversed >> 8);
            if (bits > 8) der.PutByte(reversed);
            der.End();
            der.End();
            der.End();
        }

        private void ReadExtendedKeyUsage(TlvReader reader, DerWriter der)
        {
            if (reader.Type != TlvType.Array) reader.Fail(MatterError.WrongType);
            reader.Enter();
            StartExtension(der, 37, true);
            der.Start(Der.Sequence);
            while (reader.Next())
            {
                int purpose = (int)reader.GetUnsigned(MaxKeyPurpose);
                if (purpose == 0) reader.Fail(MatterError.InvalidCertificate);
                ExtendedKeyUsage |= 1 << purpose;
                der.Start(Der.ObjectIdentifier);
                der.PutRaw(Templates, KeyPurpose, KeyPurposeLength);
                // timeStamping and OCSPSigning are arcs 8 and 9 of id-kp.
                der.PutByte(purpose < 5 ? purpose : purpose + 3);
                der.End();
            }
            if (ExtendedKeyUsage == 0) reader.Fail(MatterError.InvalidCertificate);
            reader.Exit();
            der.End();
            der.End();
            der.End();
        }

        private static int ReadKeyId(TlvReader reader, DerWriter der, int extension)
        {
            int length = reader.GetBytes(KeyIdLength, KeyIdLength);
            int offset = reader.ValueOffset;
            if (extension == SubjectKeyId)
            {
                StartExtension(der, 14, false);
                der.Put(Der.OctetString, reader.Buffer, offset, length);
            }
            else
            {
                StartExtension(der, 35, false);
                der.Start(Der.Sequence);
                der.Put(0x80, reader.Buffer, offset, length);   // [0] keyIdentifier
                der.End();
            }
            der.End();
            der.End();
            return offset;
        }

        // Carried as a DER Extension { OID, [BOOLEAN], OCTET STRING }, which has to fill the element.
        private void ReadFutureExtension(TlvReader reader, DerWriter der)
        {
            int length = reader.GetBytes(1, MaxLength);
            if (reader.Error != 0) return;
            byte[] buffer = reader.Buffer;
            int start = reader.ValueOffset;
            int end = start + length;

            int position = EnterDer(buffer, start, end, Der.Sequence);
            bool valid = position > 0 && position + _contentLength == end;
            if (valid)
            {
                position = EnterDer(buffer, position, end, Der.ObjectIdentifier);
                valid = position > 0 && _contentLength > 0;
                position += _contentLength;
            }
            if (valid && position < end && buffer[position] == Der.Boolean)
            {
                position = EnterDer(buffer, position, end, Der.Boolean);
                valid = position > 0 && _contentLength == 1;
                // DER leaves a FALSE out; whatever stands here counts as critical.
                HasCriticalExtension = true;
                position++;
            }
            if (valid)
            {
                position = EnterDer(buffer, position, end, Der.OctetString);
                valid = position > 0 && position + _contentLength == end;
            }
            if (valid) der.PutRaw(buffer, start, length);
            else reader.Fail(MatterError.InvalidCertificate);
        }

        // Where the contents of the element at offset start, its length going to _contentLength; -1 if it is another or too long.
        private int EnterDer(byte[] buffer, int offset, int end, int tag)
        {
            if (offset >= end || buffer[offset] != tag) return -1;
            long length = Der.ReadLength(buffer, offset + 1, end, out int octets);
            int content = offset + 1 + octets;
            if (length < 0 || length > end - content) return -1;
            _contentLength = (int)length;
            return content;
        }

        // UTCTime before 2050, else GeneralizedTime; 0 stands for 99991231235959Z (RFC 5280 4.1.2.5).
        private void PutTime(uint seconds, DerWriter der)
        {
            int days = (int)(seconds / 86400);
            int rest = (int)(seconds % 86400);
            if (days >= 36525 + 59) days++;   // as if 2100-02-29 had been: every fourth year is a leap year then
            int year = 2000 + days / 1461 * 4;
            int day = days % 1461;
            int month = 1;
            while (true)
            {
                int length = month == 2 ? (year & 3) == 0 ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
                if (day < length) break;
                day -= length;
                if (++month > 12)
                {
                    month = 1;
                    year++;
                }
            }
            day++;
            if (seconds == 0)
            {
                year = 9999;
                month = 12;
                day = 31;
                rest = 86399;
            }

            byte[] text = _time;
            bool isUtc = seconds != 0 && seconds < Year2050;
            TwoDigits(text, 0, year / 100);
            TwoDigits(text, 2, year % 100);
            TwoDigits(text, 4, month);
            TwoDigits(text, 6, day);
            TwoDigits(text, 8, rest / 3600);
            TwoDigits(text, 10, rest / 60 % 60);
            TwoDigits(text, 12, rest % 60);
            text[14] = (byte)'Z';
            if (isUtc) der.Put(Der.UtcTime, text, 2, 13);
            else der.Put(Der.GeneralizedTime, text, 0, 15);
        }

        private static void TwoDigits(byte[] text, int offset, int value)
        {
            text[offset] = (byte)('0' + value / 10);
            text[offset + 1] = (byte)('0' + value % 10);
        }
    }
}
