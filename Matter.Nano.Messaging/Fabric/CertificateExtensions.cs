using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>The extensions of a Matter certificate. Offsets point into the certificate's buffer.</summary>
    public sealed class CertificateExtensions
    {
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

        private const int BasicConstraints = 1;
        private const int KeyUsageExtension = 2;
        private const int ExtendedKeyUsageExtension = 3;
        private const int SubjectKeyId = 4;
        private const int AuthorityKeyId = 5;
        private const int FutureExtension = 6;
        private const int MaxKeyUsage = 0x1FF;
        private const int MaxKeyPurpose = 6;

        // 1.3.6.1.5.5.7.3, to be followed by one arc
        private static readonly byte[] KeyPurposeOid = { 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03 };

        private int _present;
        private int _contentLength;

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

        /// <summary>Reads the extensions and writes them in DER in the same order. Faults stay in the reader.</summary>
        /// <param name="reader">Stands on the list.</param>
        /// <param name="der">Receives [3] { Extensions }.</param>
        public void Read(TlvReader reader, DerWriter der)
        {
            _present = 0;
            IsCa = false;
            PathLength = -1;
            KeyUsage = 0;
            ExtendedKeyUsage = 0;
            SubjectKeyIdOffset = -1;
            AuthorityKeyIdOffset = -1;
            HasCriticalExtension = false;

            if (reader.Type != TlvType.List) reader.Fail(MatterError.WrongType);
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
            if (!reader.Next() || reader.Tag != 1) reader.Fail(MatterError.InvalidCertificate);
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
                der.PutRaw(KeyPurposeOid, 0, KeyPurposeOid.Length);
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
            int length = reader.GetBytes(1, MatterCertificate.MaxLength);
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
    }
}
