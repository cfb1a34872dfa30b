using Matter.Nano.Crypto;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// A PKCS#10 certificate signing request for an operational key (RFC 2986) and the nocsr-elements around it.
    /// Kept as public key and signature; the bytes are made again whenever they are asked for.
    /// </summary>
    public sealed class CertificateSigningRequest
    {
        /// <summary>Largest request in bytes.</summary>
        public const int MaxLength = 206;

        /// <summary>Length of the CSR nonce in bytes.</summary>
        public const int NonceLength = 32;

        /// <summary>Largest nocsr-elements in bytes.</summary>
        public const int MaxElementsLength = MaxLength + NonceLength + 8;

        // INTEGER 0, subject O=CSR, SubjectPublicKeyInfo of P-256 up to the point; [0] without attributes; ecdsa-with-SHA256.
        private static readonly byte[] Templates =
        {
            0x02, 0x01, 0x00,
            0x30, 0x0E, 0x31, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x04, 0x0A, 0x0C, 0x03, 0x43, 0x53, 0x52,
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
            0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            0xA0, 0x00,
            0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02,
        };

        private const int HeadLength = 45;
        private const int AttributesLength = 2;
        private const int AlgorithmLength = 12;
        private const int InfoLength = 2 + HeadLength + P256.PointLength + AttributesLength;

        private readonly CryptoSuite _crypto;
        private readonly DerWriter _der = new DerWriter();
        private readonly TlvWriter _writer = new TlvWriter();
        private readonly byte[] _scratch = new byte[InfoLength];
        private readonly byte[] _publicKey = new byte[P256.PointLength];
        private readonly byte[] _signature = new byte[P256.SignatureLength];

        /// <summary>Creates an empty request.</summary>
        /// <param name="crypto">Primitives.</param>
        public CertificateSigningRequest(CryptoSuite crypto)
        {
            _crypto = crypto;
        }

        /// <summary>Begins to sign a request. The caller has acquired the P-256 engine.</summary>
        /// <param name="privateKey">32 bytes; not kept.</param>
        /// <param name="publicKey">65 bytes; copied.</param>
        public void Begin(byte[] privateKey, byte[] publicKey)
        {
            System.Array.Copy(publicKey, 0, _publicKey, 0, P256.PointLength);
            _der.Reset(_scratch, 0, InfoLength);
            PutInfo();
            _crypto.Sha256.Hash(_scratch, 0, _scratch, 0, _der.Length);
            _crypto.P256.BeginSign(_signature, 0, _scratch, 0, privateKey, 0);
        }

        /// <summary>Does a bounded part of the signature.</summary>
        /// <returns><see cref="P256.Running"/> or 0 when done.</returns>
        public int Step() { return _crypto.P256.Step(); }

        /// <summary>Writes the signed request.</summary>
        /// <param name="buffer">Receives it.</param>
        /// <param name="offset">Where it goes.</param>
        /// <param name="capacity">Room in bytes; <see cref="MaxLength"/> always suffice.</param>
        /// <returns>Its length or <see cref="MatterError.BufferTooSmall"/>.</returns>
        public int Write(byte[] buffer, int offset, int capacity)
        {
            DerWriter der = _der;
            der.Reset(buffer, offset, capacity);
            der.Start(Der.Sequence);
            PutInfo();
            der.PutRaw(Templates, HeadLength + AttributesLength, AlgorithmLength);
            der.Start(Der.BitString);
            der.PutByte(0);
            der.PutSignature(_signature, 0, P256.ScalarLength);
            der.End();
            der.End();
            return der.Error != 0 ? der.Error : der.Length;
        }

        /// <summary>Writes nocsr-elements: the same bytes each time until the next request.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="capacity">Room in bytes; <see cref="MaxElementsLength"/> always suffice.</param>
        /// <param name="nonce">Holds the commissioner's 32 bytes.</param>
        /// <param name="nonceOffset">First byte.</param>
        /// <returns>Their length or <see cref="MatterError.BufferTooSmall"/>.</returns>
        public int WriteElements(byte[] buffer, int offset, int capacity, byte[] nonce, int nonceOffset)
        {
            // The request goes where its octet string will be, behind control byte, tag and one length byte of the element.
            const int head = 4;
            if (capacity < MaxElementsLength) return MatterError.BufferTooSmall;
            int length = Write(buffer, offset + head, capacity - head);
            TlvWriter writer = _writer;
            writer.Reset(buffer, offset, capacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(1, buffer, offset + head, length);
            writer.PutBytes(2, nonce, nonceOffset, NonceLength);
            writer.EndContainer();
            return writer.Error != 0 ? writer.Error : writer.Length;
        }

        private void PutInfo()
        {
            DerWriter der = _der;
            der.Start(Der.Sequence);
            der.PutRaw(Templates, 0, HeadLength);
            der.PutRaw(_publicKey, 0, P256.PointLength);
            der.PutRaw(Templates, HeadLength, AttributesLength);
            der.End();
        }
    }
}
