using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>
    /// Builds and signs a Matter certificate out of parts that a test can get wrong. One of Root, Intermediate, Noc gives a
    /// right one to begin with.
    /// </summary>
    internal sealed class CertificateBuilder
    {
        public const ulong RootId = 0xCACACACA00000001;
        public const ulong IntermediateId = 0xCACACACA00000003;

        /// <summary>Context tags and numbers of the issuer's and subject's attributes, by turns.</summary>
        public ulong[] Issuer;
        public ulong[] Subject;
        public uint NotBefore = 700000000;
        public uint NotAfter { get; set; }
        public byte[] PublicKey;
        public bool HasBasicConstraints = true;
        public bool IsCa;
        public int PathLength = -1;
        public int KeyUsage;
        public int[] KeyPurposes;
        public byte[] SubjectKeyId;
        public byte[] AuthorityKeyId;
        public byte[] FutureExtension { get; set; }

        private byte _serial;

        /// <summary>20 bytes that stand for a key.</summary>
        public static byte[] KeyId(byte[] publicKey)
        {
            byte[] id = new byte[20];
            Array.Copy(publicKey, 1, id, 0, id.Length);
            return id;
        }

        public static CertificateBuilder Root(TestKey key)
        {
            return new CertificateBuilder
            {
                Issuer = new ulong[] { CertificateType.Root, RootId },
                Subject = new ulong[] { CertificateType.Root, RootId },
                PublicKey = key.Public,
                IsCa = true,
                KeyUsage = 0x60,
                SubjectKeyId = KeyId(key.Public),
                AuthorityKeyId = KeyId(key.Public),
            };
        }

        public static CertificateBuilder Intermediate(TestKey key, TestKey root)
        {
            CertificateBuilder builder = Root(key);
            builder.Subject = new ulong[] { CertificateType.Intermediate, IntermediateId };
            builder.AuthorityKeyId = KeyId(root.Public);
            return builder;
        }

        /// <summary>Issued by the intermediate if there is one, else by the root.</summary>
        public static CertificateBuilder Noc(byte[] publicKey, ulong nodeId, ulong fabricId, TestKey issuer, bool byIntermediate)
        {
            return new CertificateBuilder
            {
                Issuer = byIntermediate
                    ? new ulong[] { CertificateType.Intermediate, IntermediateId }
                    : new ulong[] { CertificateType.Root, RootId },
                Subject = new ulong[] { CertificateType.Node, nodeId, 21, fabricId },
                PublicKey = publicKey,
                KeyUsage = 0x01,
                KeyPurposes = new int[] { 2, 1 },
                SubjectKeyId = KeyId(publicKey),
                AuthorityKeyId = KeyId(issuer.Public),
            };
        }

        /// <summary>The certificate in TLV with the issuer's signature; a zero signature if it does not parse.</summary>
        public byte[] Build(CryptoSuite crypto, TestKey issuer)
        {
            byte[] tlv = Write();
            CertificateParser parser = new CertificateParser();
            if (parser.Parse(tlv) == 0)
            {
                crypto.P256.BeginSign(tlv, parser.Certificate.SignatureOffset, parser.TbsHash(), 0, issuer.Private, 0);
                nanoFramework.TestFramework.Assert.AreEqual(0, crypto.P256.Run());
            }

            return tlv;
        }

        private byte[] Write()
        {
            byte[] buffer = new byte[600];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, new byte[] { 1, ++_serial }, 0, 2);
            writer.PutUnsigned(2, 1);
            PutName(writer, 3, Issuer);
            writer.PutUnsigned(4, NotBefore);
            writer.PutUnsigned(5, NotAfter);
            PutName(writer, 6, Subject);
            writer.PutUnsigned(7, 1);
            writer.PutUnsigned(8, 1);
            writer.PutBytes(9, PublicKey, 0, PublicKey.Length);
            writer.StartList(10);
            if (HasBasicConstraints)
            {
                writer.StartStructure(1);
                writer.PutBoolean(1, IsCa);
                if (PathLength >= 0) writer.PutUnsigned(2, (ulong)PathLength);
                writer.EndContainer();
            }

            if (KeyUsage != 0) writer.PutUnsigned(2, (ulong)KeyUsage);
            if (KeyPurposes != null)
            {
                writer.StartArray(3);
                for (int i = 0; i < KeyPurposes.Length; i++) writer.PutUnsigned(TlvTag.Anonymous, (ulong)KeyPurposes[i]);
                writer.EndContainer();
            }

            if (SubjectKeyId != null) writer.PutBytes(4, SubjectKeyId, 0, SubjectKeyId.Length);
            if (AuthorityKeyId != null) writer.PutBytes(5, AuthorityKeyId, 0, AuthorityKeyId.Length);
            if (FutureExtension != null) writer.PutBytes(6, FutureExtension, 0, FutureExtension.Length);
            writer.EndContainer();
            writer.PutBytes(11, new byte[64], 0, 64);
            writer.EndContainer();

            byte[] tlv = new byte[writer.Length];
            Array.Copy(buffer, 0, tlv, 0, tlv.Length);
            return tlv;
        }

        private static void PutName(TlvWriter writer, int tag, ulong[] name)
        {
            writer.StartList(tag);
            for (int i = 0; i < name.Length; i += 2) writer.PutUnsigned((int)name[i], name[i + 1]);
            writer.EndContainer();
        }
    }
}
