using System;
using System.Formats.Asn1;
using System.Linq;
using System.Numerics;
using System.Text;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>
    /// X.509 to Matter TLV (Matter Core 6.5): what an administrator does and a node never. Strict about all that the TLV form
    /// implies and therefore cannot say otherwise (version, algorithms, curve, which extensions are critical); what it can
    /// say goes through, right or wrong.
    /// </summary>
    internal sealed class X509Converter
    {
        private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
        private const string EcPublicKey = "1.2.840.10045.2.1";
        private const string Prime256V1 = "1.2.840.10045.3.1.7";
        private const string DomainComponent = "0.9.2342.19200300.100.1.25";
        private const string MatterAttribute = "1.3.6.1.4.1.37244.1.";
        private const string KeyPurpose = "1.3.6.1.5.5.7.3.";

        private static readonly string[] NameAttributes =
        {
            "3", "4", "5", "6", "7", "8", "10", "11", "12", "41", "42", "43", "44", "46", "65",
        };

        private static readonly DateTimeOffset Epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private static readonly DateTimeOffset NoEnd = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

        private readonly TlvWriter _writer = new TlvWriter();

        /// <summary>Converts.</summary>
        /// <param name="der">The certificate.</param>
        /// <param name="reason">What has no TLV form, "DER" if the structure is another; or null.</param>
        /// <returns>The TLV form, or null.</returns>
        public byte[] Convert(byte[] der, out string reason)
        {
            _writer.Reset(new byte[2000], 0, 2000);
            try
            {
                PutCertificate(der);
                reason = null;
                return _writer.Buffer.AsSpan(0, _writer.Length).ToArray();
            }
            catch (FormatException e)
            {
                reason = e.Message;
                return null;
            }
            catch (AsnContentException)
            {
                reason = "DER";
                return null;
            }
        }

        private static void Require(bool condition, string what)
        {
            if (!condition) throw new FormatException(what);
        }

        private void PutCertificate(byte[] der)
        {
            AsnReader file = new AsnReader(der, AsnEncodingRules.DER);
            AsnReader certificate = file.ReadSequence();
            file.ThrowIfNotEmpty();
            AsnReader tbs = certificate.ReadSequence();
            _writer.StartStructure(TlvTag.Anonymous);

            AsnReader version = tbs.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
            Require(version.ReadInteger() == 2, "version");
            version.ThrowIfNotEmpty();
            PutBytes(1, tbs.ReadIntegerBytes().ToArray());
            RequireAlgorithm(tbs);
            _writer.PutUnsigned(2, 1);
            PutName(3, tbs.ReadSequence());
            AsnReader validity = tbs.ReadSequence();
            _writer.PutUnsigned(4, Time(validity));
            _writer.PutUnsigned(5, Time(validity));
            validity.ThrowIfNotEmpty();
            PutName(6, tbs.ReadSequence());

            AsnReader keyInfo = tbs.ReadSequence();
            AsnReader algorithm = keyInfo.ReadSequence();
            Require(algorithm.ReadObjectIdentifier() == EcPublicKey, "public key algorithm");
            Require(algorithm.ReadObjectIdentifier() == Prime256V1, "curve");
            algorithm.ThrowIfNotEmpty();
            _writer.PutUnsigned(7, 1);
            _writer.PutUnsigned(8, 1);
            PutBytes(9, WholeBits(keyInfo));
            keyInfo.ThrowIfNotEmpty();

            AsnReader tagged = tbs.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 3));
            AsnReader extensions = tagged.ReadSequence();
            tagged.ThrowIfNotEmpty();
            tbs.ThrowIfNotEmpty();
            _writer.StartList(10);
            while (extensions.HasData) PutExtension(extensions);
            _writer.EndContainer();

            RequireAlgorithm(certificate);
            PutSignature(WholeBits(certificate));
            certificate.ThrowIfNotEmpty();
            _writer.EndContainer();
            Require(_writer.Error == 0, "length");
        }

        private static void RequireAlgorithm(AsnReader reader)
        {
            AsnReader algorithm = reader.ReadSequence();
            Require(algorithm.ReadObjectIdentifier() == EcdsaWithSha256, "signature algorithm");
            algorithm.ThrowIfNotEmpty();
        }

        private static byte[] WholeBits(AsnReader reader)
        {
            byte[] bits = reader.ReadBitString(out int unused);
            Require(unused == 0, "unused bits");
            return bits;
        }

        private static ulong Time(AsnReader validity)
        {
            Require(validity.HasData, "time");
            DateTimeOffset time = validity.PeekTag() == Asn1Tag.UtcTime ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();
            if (time == NoEnd) return 0;
            double seconds = (time - Epoch).TotalSeconds;
            Require(seconds >= 0 && seconds <= uint.MaxValue, "time");
            return (ulong)seconds;
        }

        private void PutName(int tag, AsnReader name)
        {
            _writer.StartList(tag);
            while (name.HasData)
            {
                AsnReader set = name.ReadSetOf();
                AsnReader attribute = set.ReadSequence();
                set.ThrowIfNotEmpty();
                string oid = attribute.ReadObjectIdentifier();
                Asn1Tag type = attribute.PeekTag();
                string text = attribute.ReadCharacterString((UniversalTagNumber)type.TagValue);
                attribute.ThrowIfNotEmpty();
                if (oid.StartsWith(MatterAttribute, StringComparison.Ordinal)) PutNumber(int.Parse(oid.Substring(MatterAttribute.Length)), text);
                else PutText(oid, type, text);
            }
            _writer.EndContainer();
        }

        private void PutNumber(int attribute, string text)
        {
            const int tag = 6;
            bool isHex = text.All(c => c >= '0' && c <= '9' || c >= 'A' && c <= 'F');
            Require(attribute >= 1 && attribute <= 7 && isHex && text.Length == (attribute == tag ? 8 : 16), "Matter attribute");
            _writer.PutUnsigned(16 + attribute, System.Convert.ToUInt64(text, 16));
        }

        private void PutText(string oid, Asn1Tag type, string text)
        {
            int tag = oid == DomainComponent ? 16 : 1 + Array.IndexOf(NameAttributes, oid.StartsWith("2.5.4.", StringComparison.Ordinal) ? oid.Substring(6) : "");
            Require(tag > 0, "name attribute");
            bool isPrintable = type.TagValue == (int)UniversalTagNumber.PrintableString;
            Require(isPrintable || type.TagValue == (int)(tag == 16 ? UniversalTagNumber.IA5String : UniversalTagNumber.UTF8String), "string type");
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            _writer.PutString(tag | (isPrintable ? 0x80 : 0), bytes, 0, bytes.Length);
        }

        private void PutExtension(AsnReader extensions)
        {
            byte[] whole = extensions.PeekEncodedValue().ToArray();
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool isCritical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            AsnReader value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            extension.ThrowIfNotEmpty();
            switch (oid)
            {
                case "2.5.29.19":
                    Require(isCritical, "basicConstraints critical");
                    PutBasicConstraints(value.ReadSequence());
                    break;
                case "2.5.29.15":
                    Require(isCritical, "keyUsage critical");
                    PutKeyUsage(value);
                    break;
                case "2.5.29.37":
                    Require(isCritical, "extendedKeyUsage critical");
                    PutKeyPurposes(value.ReadSequence());
                    break;
                case "2.5.29.14":
                    Require(!isCritical, "subjectKeyIdentifier critical");
                    PutBytes(4, value.ReadOctetString());
                    break;
                case "2.5.29.35":
                    Require(!isCritical, "authorityKeyIdentifier critical");
                    AsnReader identifier = value.ReadSequence();
                    PutBytes(5, identifier.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0)));
                    identifier.ThrowIfNotEmpty();
                    break;
                default:
                    PutBytes(6, whole);
                    return;
            }
            value.ThrowIfNotEmpty();
        }

        private void PutBasicConstraints(AsnReader constraints)
        {
            _writer.StartStructure(1);
            _writer.PutBoolean(1, constraints.HasData && constraints.PeekTag() == Asn1Tag.Boolean && constraints.ReadBoolean());
            if (constraints.HasData)
            {
                Require(constraints.TryReadUInt32(out uint pathLength), "path length");
                _writer.PutUnsigned(2, pathLength);
            }
            constraints.ThrowIfNotEmpty();
            _writer.EndContainer();
        }

        private void PutKeyUsage(AsnReader value)
        {
            byte[] bits = value.ReadBitString(out int _);
            ulong usage = 0;
            for (int i = 0; i < bits.Length * 8; i++)
                usage |= (bits[i / 8] & 0x80 >> i % 8) == 0 ? 0 : 1UL << i;
            _writer.PutUnsigned(2, usage);
        }

        private void PutKeyPurposes(AsnReader purposes)
        {
            int[] arcs = { 1, 2, 3, 4, 8, 9 };
            _writer.StartArray(3);
            while (purposes.HasData)
            {
                string oid = purposes.ReadObjectIdentifier();
                Require(oid.StartsWith(KeyPurpose, StringComparison.Ordinal), "key purpose");
                int index = Array.IndexOf(arcs, int.Parse(oid.Substring(KeyPurpose.Length)));
                Require(index >= 0, "key purpose");
                _writer.PutUnsigned(TlvTag.Anonymous, (ulong)index + 1);
            }
            _writer.EndContainer();
        }

        private void PutSignature(byte[] der)
        {
            AsnReader file = new AsnReader(der, AsnEncodingRules.DER);
            AsnReader pair = file.ReadSequence();
            file.ThrowIfNotEmpty();
            byte[] raw = new byte[64];
            for (int i = 0; i < 2; i++)
            {
                BigInteger number = pair.ReadInteger();
                Require(number.Sign > 0 && number.GetByteCount(true) <= 32, "signature");
                number.TryWriteBytes(raw.AsSpan(32 * i + 32 - number.GetByteCount(true)), out int _, true, true);
            }
            pair.ThrowIfNotEmpty();
            PutBytes(11, raw);
        }

        private void PutBytes(int tag, byte[] bytes) { _writer.PutBytes(tag, bytes, 0, bytes.Length); }
    }
}
