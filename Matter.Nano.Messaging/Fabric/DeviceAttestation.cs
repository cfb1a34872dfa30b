using System;
using Matter.Nano.Crypto;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// What proves a device genuine: certificates, certification declaration, the attestation key and what
    /// it signs. A product whose key lies in a secure element derives from this class and overrides <see cref="BeginSign(byte[])"/>
    /// and <see cref="Step"/>; one that need not have a kilobyte and a half of documents in RAM, where they are wanted in
    /// commissionings only, overrides <see cref="Copy"/>.
    /// </summary>
    public class DeviceAttestation
    {
        /// <summary>Document of <see cref="Copy"/>: device attestation certificate in DER.</summary>
        public const int Dac = 1;

        /// <summary>Document of <see cref="Copy"/>: product attestation intermediate certificate in DER.</summary>
        public const int Pai = 2;

        /// <summary>Document of <see cref="Copy"/>: certification declaration, CMS in DER.</summary>
        public const int CertificationDeclaration = 3;

        /// <summary>Largest DAC or PAI in DER, in bytes.</summary>
        public const int MaxCertificateLength = 600;

        /// <summary>Largest attestation-elements in bytes.</summary>
        public const int MaxElementsLength = 900;

        /// <summary>Largest certification declaration in bytes.</summary>
        public const int MaxDeclarationLength = MaxElementsLength - NonceLength - ElementsOverhead;

        /// <summary>Length of an attestation nonce in bytes.</summary>
        public const int NonceLength = 32;

        /// <summary>Length of an attestation challenge in bytes.</summary>
        public const int ChallengeLength = 16;

        // Around declaration, nonce, timestamp and firmware information: structure, element heads, timestamp.
        private const int ElementsOverhead = 2 + 4 + 3 + 6 + 4;

        private readonly CryptoSuite _crypto;
        private readonly byte[] _dac;
        private readonly byte[] _pai;
        private readonly byte[] _certificationDeclaration;
        private readonly byte[] _privateKey;
        private readonly byte[] _hash = new byte[Sha256.HashLength];
        private readonly TlvWriter _writer = new TlvWriter();

        /// <summary>Takes a device's credentials. The arrays are kept, not copied.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="dac">Device attestation certificate in DER.</param>
        /// <param name="pai">Product attestation intermediate certificate in DER.</param>
        /// <param name="certificationDeclaration">Certification declaration: CMS in DER.</param>
        /// <param name="privateKey">The DAC's private key, 32 bytes; null if it lies elsewhere.</param>
        public DeviceAttestation(CryptoSuite crypto, byte[] dac, byte[] pai, byte[] certificationDeclaration, byte[] privateKey)
            : this(crypto, privateKey)
        {
            if (dac.Length > MaxCertificateLength || pai.Length > MaxCertificateLength
                || certificationDeclaration.Length > MaxDeclarationLength)
            {
                throw new ArgumentException("attestation");
            }
            _dac = dac;
            _pai = pai;
            _certificationDeclaration = certificationDeclaration;
        }

        /// <summary>For a class that overrides <see cref="Copy"/>.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="privateKey">The DAC's private key, 32 bytes; null if it lies elsewhere. Kept, not copied.</param>
        protected DeviceAttestation(CryptoSuite crypto, byte[] privateKey)
        {
            if (privateKey != null && privateKey.Length != P256.ScalarLength) throw new ArgumentException("attestation");
            _crypto = crypto;
            _privateKey = privateKey;
        }

        /// <summary>Firmware information; null for none. Kept, not copied.</summary>
        public byte[] FirmwareInformation { get; set; }

        /// <summary>The signature made last, 64 bytes r, s. Owned by this object.</summary>
        public byte[] Signature { get; } = new byte[P256.SignatureLength];

        /// <summary>Copies a document: <see cref="Dac"/>, <see cref="Pai"/> or <see cref="CertificationDeclaration"/>, the same each time.</summary>
        /// <param name="document">Which one.</param>
        /// <param name="buffer">Receives it; has room for the largest.</param>
        /// <param name="offset">Where it goes.</param>
        /// <returns>Its length in bytes.</returns>
        public virtual int Copy(int document, byte[] buffer, int offset)
        {
            byte[] bytes = document == Dac ? _dac : document == Pai ? _pai : _certificationDeclaration;
            Array.Copy(bytes, 0, buffer, offset, bytes.Length);
            return bytes.Length;
        }

        /// <summary>Writes attestation-elements.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="capacity">Room in bytes; at least <see cref="MaxElementsLength"/>.</param>
        /// <param name="nonce">Holds the commissioner's 32 bytes.</param>
        /// <param name="nonceOffset">First byte.</param>
        /// <param name="timestamp">Seconds since 2000-01-01 UTC; 0 without a clock.</param>
        /// <returns>Their length or <see cref="MatterError.BufferTooSmall"/>.</returns>
        public int WriteElements(byte[] buffer, int offset, int capacity, byte[] nonce, int nonceOffset, uint timestamp)
        {
            if (capacity < MaxElementsLength) return MatterError.BufferTooSmall;

            // The declaration goes where its octet string will be if its length takes two bytes; otherwise it is moved.
            const int head = 5;
            int length = Copy(CertificationDeclaration, buffer, offset + head);
            TlvWriter writer = _writer;
            writer.Reset(buffer, offset, capacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, buffer, offset + head, length);
            writer.PutBytes(2, nonce, nonceOffset, NonceLength);
            writer.PutUnsigned(3, timestamp);
            if (FirmwareInformation != null) writer.PutBytes(4, FirmwareInformation, 0, FirmwareInformation.Length);
            writer.EndContainer();
            return writer.Error != 0 ? writer.Error : writer.Length;
        }

        /// <summary>Begins to sign elements and attestation challenge, to be found in <see cref="Signature"/>. The caller has acquired the P-256 engine.</summary>
        /// <param name="message">Has taken in attestation-elements or nocsr-elements and the session's 16-byte attestation challenge; finished here.</param>
        public void BeginSign(Sha256 message)
        {
            message.Finish(_hash, 0);
            BeginSign(_hash);
        }

        /// <summary>Does a bounded part of the signature.</summary>
        /// <returns><see cref="P256.Running"/>, 0 when done, or a negative <see cref="MatterError"/>.</returns>
        public virtual int Step() { return _crypto.P256.Step(); }

        /// <summary>Begins to sign a hash with the attestation key.</summary>
        /// <param name="hash">32 bytes; unchanged until the end.</param>
        protected virtual void BeginSign(byte[] hash)
        {
            _crypto.P256.BeginSign(Signature, 0, hash, 0, _privateKey, 0);
        }
    }
}
