using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>One row of the fabric table. Its arrays are owned by the row; keys are wiped when it is freed.</summary>
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

        /// <summary>The root's public key, 65 bytes.</summary>
        public byte[] RootPublicKey { get; } = new byte[P256.PointLength];

        /// <summary>Compressed fabric id, 8 bytes big-endian.</summary>
        public byte[] CompressedId { get; } = new byte[CompressedIdLength];

        /// <summary>This node's operational private key, 32 bytes.</summary>
        public byte[] PrivateKey { get; private set; } = new byte[P256.ScalarLength];

        /// <summary>Root certificate in Matter TLV.</summary>
        public byte[] RootCertificate { get; } = new byte[MaxCertificateLength];

        /// <summary>Its length in bytes.</summary>
        public int RootCertificateLength { get; internal set; }

        /// <summary>This node's NOC in Matter TLV.</summary>
        public byte[] Noc { get; private set; } = new byte[MaxCertificateLength];

        /// <summary>Its length in bytes.</summary>
        public int NocLength { get; internal set; }

        /// <summary>The intermediate certificate in Matter TLV; without one, the place of <see cref="Vvsc"/>.</summary>
        public byte[] Icac { get; private set; } = new byte[MaxCertificateLength];

        /// <summary>Its length in bytes; 0 if there is none.</summary>
        public int IcacLength { get; internal set; }

        /// <summary>Vendor verification signer certificate in Matter TLV; a fabric has one only if it has no ICAC.</summary>
        public byte[] Vvsc { get { return Icac; } }

        /// <summary>Its length in bytes; 0 if there is none.</summary>
        public int VvscLength { get; internal set; }

        /// <summary>Vendor id verification statement.</summary>
        public byte[] VerificationStatement { get; } = new byte[VerificationStatementLength];

        /// <summary>Its length in bytes: <see cref="VerificationStatementLength"/>, or 0 if there is none.</summary>
        public int VerificationStatementUsed { get; internal set; }

        /// <summary>Label in UTF-8.</summary>
        public byte[] Label { get; } = new byte[MaxLabelLength];

        /// <summary>Its length in bytes.</summary>
        public int LabelLength { get; internal set; }

        /// <summary>Counts the changes of key and NOC since the start.</summary>
        internal int CredentialsVersion { get; private set; }

        /// <summary>Exchanges what UpdateNOC replaces: key, NOC, ICAC or VVSC, node id. No bytes are copied.</summary>
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

            int length = NocLength;
            NocLength = other.NocLength;
            other.NocLength = length;
            length = IcacLength;
            IcacLength = other.IcacLength;
            other.IcacLength = length;
            length = VvscLength;
            VvscLength = other.VvscLength;
            other.VvscLength = length;

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
            RootCertificateLength = 0;
            NocLength = 0;
            IcacLength = 0;
            VvscLength = 0;
            VerificationStatementUsed = 0;
            LabelLength = 0;
        }
    }
}
