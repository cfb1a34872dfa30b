using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// A name in a Matter certificate: reads its TLV list, writes it in DER in the same order, each attribute a set of its
    /// own.
    /// </summary>
    public sealed class DistinguishedName
    {
        /// <summary>CASE authenticated tags that a name can carry.</summary>
        public const int MaxCaseAuthenticatedTags = 3;

        private const int Printable = 0x80;
        private const int DomainComponent = 16;
        private const int FabricIdAttribute = 21;
        private const int TagAttribute = 22;
        private const int LastAttribute = 23;

        // Last arc of 2.5.4.x for the attributes 1 to 15, then the whole OID contents of domainComponent and of 1.3.6.1.4.1.37244.1.
        private static readonly byte[] Oids =
        {
            3, 4, 5, 6, 7, 8, 10, 11, 12, 41, 42, 43, 44, 46, 65,
            0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19,
            0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0xA2, 0x7C, 0x01,
        };

        private const int DomainComponentOid = 15;
        private const int DomainComponentOidLength = 10;
        private const int MatterOid = DomainComponentOid + DomainComponentOidLength;
        private const int MatterOidLength = 9;

        private readonly byte[] _digits = new byte[16];

        /// <summary>One of <see cref="Fabrics.CertificateType"/>.</summary>
        public int CertificateType { get; private set; }

        /// <summary>The node, ICAC, RCAC, firmware signing or VVS id that the type goes by.</summary>
        public ulong MatterId { get; private set; }

        /// <summary>Fabric id; 0 if there is none.</summary>
        public ulong FabricId { get; private set; }

        /// <summary>CASE authenticated tags; 0 where unused. Owned by the name.</summary>
        public uint[] CaseAuthenticatedTags { get; } = new uint[MaxCaseAuthenticatedTags];

        /// <summary>True once a name was refused for a node id that is not operational; for whoever asks to reset.</summary>
        internal bool HasInvalidNodeId { get; set; }

        /// <summary>Reads a name and writes it in DER. Faults stay in the reader.</summary>
        /// <param name="reader">Stands on the list.</param>
        /// <param name="der">Receives the Name.</param>
        public void Read(TlvReader reader, DerWriter der)
        {
            int types = 0;
            int fabricIds = 0;
            int tags = 0;
            bool distinct = true;
            CertificateType = Fabrics.CertificateType.None;
            MatterId = 0;
            FabricId = 0;
            Array.Clear(CaseAuthenticatedTags, 0, MaxCaseAuthenticatedTags);

            if (reader.Type != TlvType.List) reader.Fail(MatterError.WrongType);
            reader.Enter();
            der.Start(Der.Sequence);
            bool empty = true;
            while (reader.Next())
            {
                empty = false;
                int attribute = reader.Tag;
                if (attribute < 0)
                {
                    reader.Fail(MatterError.InvalidCertificate);
                    break;
                }
                if ((attribute & ~Printable) <= DomainComponent)
                {
                    PutText(attribute, reader, der);
                    continue;
                }

                if (attribute > LastAttribute) reader.Fail(MatterError.InvalidCertificate);
                ulong value = reader.GetUnsigned(attribute == TagAttribute ? uint.MaxValue : ulong.MaxValue);
                PutNumber(attribute, value, der);
                if (attribute == FabricIdAttribute)
                {
                    if (value == 0) reader.Fail(MatterError.InvalidCertificate);
                    FabricId = value;
                    fabricIds++;
                }
                else if (attribute == TagAttribute)
                {
                    if (!OperationalId.IsCaseAuthenticatedTag((uint)value)) reader.Fail(MatterError.InvalidCertificate);
                    if (tags < MaxCaseAuthenticatedTags)
                    {
                        for (int i = 0; i < tags; i++) distinct &= CaseAuthenticatedTags[i] >> 16 != (uint)value >> 16;
                        CaseAuthenticatedTags[tags] = (uint)value;
                    }
                    tags++;
                }
                else
                {
                    if (attribute == Fabrics.CertificateType.Node && !OperationalId.IsNodeId(value))
                    {
                        HasInvalidNodeId = true;
                        reader.Fail(MatterError.InvalidCertificate);
                    }
                    MatterId = value;
                    CertificateType = attribute;
                    types++;
                }
            }
            if (empty) reader.Fail(MatterError.InvalidCertificate);
            reader.Exit();
            der.End();

            bool isNode = CertificateType == Fabrics.CertificateType.Node;
            if (types != 1 || fabricIds > 1 || isNode && fabricIds == 0
                || tags > (isNode ? MaxCaseAuthenticatedTags : 0) || !distinct)
            {
                CertificateType = Fabrics.CertificateType.None;
            }
        }

        /// <summary>Compares two names attribute by attribute, in order. Both were read before and are valid TLV.</summary>
        /// <param name="left">Stands on one list; moves.</param>
        /// <param name="right">Stands on the other; moves. Another reader.</param>
        /// <returns>True if they are the same.</returns>
        public static bool AreEqual(TlvReader left, TlvReader right)
        {
            left.Enter();
            right.Enter();
            while (left.Next())
            {
                if (!right.Next() || left.Tag != right.Tag || left.Type != right.Type) return false;
                if (left.Type == TlvType.UnsignedInteger)
                {
                    if (left.GetUnsigned(ulong.MaxValue) != right.GetUnsigned(ulong.MaxValue)) return false;
                    continue;
                }

                int length = left.ValueLength;
                if (length != right.ValueLength) return false;
                byte[] leftBuffer = left.Buffer;
                byte[] rightBuffer = right.Buffer;
                int leftOffset = left.ValueOffset;
                int rightOffset = right.ValueOffset;
                for (int i = 0; i < length; i++)
                {
                    if (leftBuffer[leftOffset + i] != rightBuffer[rightOffset + i]) return false;
                }
            }
            return !right.Next() && left.Error == 0 && right.Error == 0;
        }

        private static void PutText(int attribute, TlvReader reader, DerWriter der)
        {
            int number = attribute & ~Printable;
            if (number == 0) reader.Fail(MatterError.InvalidCertificate);
            int length = reader.GetString(0, MatterCertificate.MaxLength);
            if (reader.Error != 0) return;

            der.Start(Der.Set);
            der.Start(Der.Sequence);
            der.Start(Der.ObjectIdentifier);
            if (number == DomainComponent)
            {
                der.PutRaw(Oids, DomainComponentOid, DomainComponentOidLength);
            }
            else
            {
                der.PutByte(0x55);   // 2.5
                der.PutByte(4);
                der.PutByte(Oids[number - 1]);
            }
            der.End();
            int type = number == DomainComponent ? Der.Ia5String : attribute != number ? Der.PrintableString : Der.Utf8String;
            der.Put(type, reader.Buffer, reader.ValueOffset, length);
            der.End();
            der.End();
        }

        // Numbers become upper-case hexadecimal digits: 8 for a CASE authenticated tag, else 16.
        private void PutNumber(int attribute, ulong value, DerWriter der)
        {
            int count = attribute == TagAttribute ? 8 : 16;
            byte[] digits = _digits;
            for (int i = count - 1; i >= 0; i--)
            {
                int digit = (int)value & 15;
                digits[i] = (byte)(digit < 10 ? '0' + digit : 'A' - 10 + digit);
                value >>= 4;
            }
            der.Start(Der.Set);
            der.Start(Der.Sequence);
            der.Start(Der.ObjectIdentifier);
            der.PutRaw(Oids, MatterOid, MatterOidLength);
            der.PutByte(attribute - 16);
            der.End();
            der.Put(Der.Utf8String, digits, 0, count);
            der.End();
            der.End();
        }
    }
}
