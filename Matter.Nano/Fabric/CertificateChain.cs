using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// Checks a NOC, its optional ICAC and the root they lead to (Matter Core 6.5): names, key identifiers, extensions,
    /// signatures. In bounded steps on the P-256 engine, which the caller has acquired.
    /// </summary>
    public sealed class CertificateChain
    {
        /// <summary>Creates a checker with buffers of its own.</summary>
        /// <param name="crypto">Primitives.</param>
        public CertificateChain(CryptoSuite crypto) { }

        /// <summary>Node id of the NOC's subject, after success.</summary>
        public ulong NodeId { get { return 0; } }

        /// <summary>Fabric id of the NOC's subject, after success.</summary>
        public ulong FabricId { get { return 0; } }

        /// <summary>CASE authenticated tags of the NOC's subject; 0 where unused.</summary>
        public uint[] CaseAuthenticatedTags { get { return null; } }

        /// <summary>The NOC's public key, 65 bytes, after success.</summary>
        public byte[] PublicKey { get { return null; } }

        /// <summary>Begins to check a chain. The arrays must stay unchanged until the end.</summary>
        /// <param name="root">Root certificate in Matter TLV, itself already trusted.</param>
        /// <param name="rootOffset">First byte.</param>
        /// <param name="rootLength">Length in bytes.</param>
        /// <param name="icac">Intermediate certificate in Matter TLV.</param>
        /// <param name="icacOffset">First byte.</param>
        /// <param name="icacLength">Length in bytes; 0 for none.</param>
        /// <param name="noc">NOC in Matter TLV.</param>
        /// <param name="nocOffset">First byte.</param>
        /// <param name="nocLength">Length in bytes.</param>
        public void Begin(byte[] root, int rootOffset, int rootLength, byte[] icac, int icacOffset, int icacLength, byte[] noc, int nocOffset, int nocLength) { }

        /// <summary>Does a bounded part of the check.</summary>
        /// <returns><see cref="P256.Running"/>, 0 when the chain holds, or <see cref="MatterError.InvalidCertificate"/> or <see cref="MatterError.AuthenticationFailed"/>.</returns>
        public int Step() { return 0; }
    }
}
