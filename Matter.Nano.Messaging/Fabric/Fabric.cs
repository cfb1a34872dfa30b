using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>One row of the fabric table. Its arrays are owned by the row; keys are wiped when it is freed.</summary>
    /// <remarks>
    /// Certificates, statement and label are arrays of just their length, made when an administrator sends them and never written
    /// again: nothing else of the library makes arrays after the start, but room for the largest ones in every row would
    /// take 7 KB.
    /// </remarks>
    public sealed class Fabric
    {
        /// <summary>Largest Matter certificate in TLV, in bytes.</summary>
        public const int MaxCertificateLength = MatterCertificate.MaxLength;

        /// <summary>Largest label in bytes.</summary>
        public const int MaxLabelLength = 32;

        /// <summary>Length of a compressed fabric id in bytes.</summary>
        public const int CompressedIdLength = 8;

        /// <summary>Length of a vendor id verification statement in bytes.</summary>
        public const int VerificationStatementLength = 85;

        /// <summary>Largest length of an access control extension in bytes.</summary>
        public const int MaxExtensionLength = 128;

        private static readonly byte[] s_none = new byte[0];

        internal Fabric(int row)
        {
            Row = row;
        }

        /// <summary>Its position in the table, from 0; access control entries and group keys are found by it.</summary>
        public int Row { get; }

        /// <summary>Fabric index, 1 to 254; 0 marks a free row.</summary>
        public int Index { get; internal set; }

        /// <summary>Fabric id.</summary>
        public ulong FabricId { get; internal set; }

        /// <summary>This node's operational id on the fabric.</summary>
        public ulong NodeId { get; internal set; }

        /// <summary>Vendor id of the administrator that added it.</summary>
        public int VendorId { get; internal set; }

        /// <summary>Compressed fabric id, 8 bytes big-endian.</summary>
        public byte[] CompressedId { get; } = new byte[CompressedIdLength];

        /// <summary>This node's operational private key, 32 bytes.</summary>
        public byte[] PrivateKey { get; private set; } = new byte[P256.ScalarLength];

        /// <summary>Root certificate in Matter TLV.</summary>
        public byte[] RootCertificate { get; internal set; } = s_none;

        /// <summary>First of the 65 bytes of the root's public key in <see cref="RootCertificate"/>.</summary>
        public int RootPublicKeyOffset { get; internal set; }

        /// <summary>This node's NOC in Matter TLV.</summary>
        public byte[] Noc { get; internal set; } = s_none;

        /// <summary>The intermediate certificate in Matter TLV; empty if there is none.</summary>
        public byte[] Icac { get; internal set; } = s_none;

        /// <summary>Vendor verification signer certificate in Matter TLV; empty if there is none, as in a fabric that has an ICAC.</summary>
        public byte[] Vvsc { get; internal set; } = s_none;

        /// <summary>Vendor id verification statement; empty if there is none.</summary>
        public byte[] VerificationStatement { get; internal set; } = s_none;

        /// <summary>Data of the fabric's access control extension, TLV; empty if there is none.</summary>
        public byte[] AccessControlExtension { get; internal set; } = s_none;

        /// <summary>Label in UTF-8; empty if there is none.</summary>
        public byte[] Label { get; internal set; } = s_none;

        /// <summary>Counts the changes of key and NOC since the start.</summary>
        internal int CredentialsVersion { get; private set; }

        /// <summary>
        /// Exchanges what UpdateNOC replaces, key, NOC, ICAC or VVSC and node id, and what vouches for the vendor. No bytes are copied.
        /// </summary>
        internal void SwapCredentials(Fabric other)
        {
            CredentialsVersion++;
            byte[] array = PrivateKey;
            PrivateKey = other.PrivateKey;
            other.PrivateKey = array;
            array = Noc;
            Noc = other.Noc;
            other.Noc = array;
            array = Icac;
            Icac = other.Icac;
            other.Icac = array;

            array = Vvsc;
            Vvsc = other.Vvsc;
            other.Vvsc = array;
            array = VerificationStatement;
            VerificationStatement = other.VerificationStatement;
            other.VerificationStatement = array;

            int vendorId = VendorId;
            VendorId = other.VendorId;
            other.VendorId = vendorId;
            ulong nodeId = NodeId;
            NodeId = other.NodeId;
            other.NodeId = nodeId;
        }

        /// <summary>Frees the row and wipes it.</summary>
        internal void Clear()
        {
            Array.Clear(PrivateKey, 0, PrivateKey.Length);
            Index = 0;
            FabricId = 0;
            NodeId = 0;
            VendorId = 0;
            RootCertificate = s_none;
            Noc = s_none;
            Icac = s_none;
            Vvsc = s_none;
            VerificationStatement = s_none;
            AccessControlExtension = s_none;
            Label = s_none;
        }

        /// <summary>An array of its own for bytes of another.</summary>
        internal static byte[] Copy(byte[] buffer, int offset, int length)
        {
            if (length == 0) return s_none;
            byte[] copy = new byte[length];
            Array.Copy(buffer, offset, copy, 0, length);
            return copy;
        }
    }
}
