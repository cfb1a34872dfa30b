using System;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;
using Matter.Nano.Tlv;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// A fabric as one value of the store: a TLV structure, then its <see cref="Checksum"/>. Holds the operational
    /// private key: the store should lie in encrypted flash.
    /// </summary>
    internal sealed class FabricRecord
    {
        /// <summary>Largest record in bytes.</summary>
        internal const int Capacity = 2530;

        private const int Index = 1;
        private const int FabricId = 2;
        private const int NodeId = 3;
        private const int VendorId = 4;
        private const int PrivateKey = 5;
        private const int RootCertificate = 6;
        private const int RootPublicKey = 7;
        private const int Noc = 8;
        private const int Icac = 9;
        private const int Vvsc = 10;
        private const int VerificationStatement = 11;
        private const int Label = 12;
        private const int AccessControl = 13;
        private const int KeySets = 14;
        private const int Groups = 15;
        private const int AccessControlExtension = 16;
        private const int Mandatory = 1 << Index | 1 << FabricId | 1 << NodeId | 1 << VendorId | 1 << PrivateKey
            | 1 << RootCertificate | 1 << RootPublicKey | 1 << Noc | 1 << AccessControl | 1 << KeySets | 1 << Groups;

        private readonly FabricTable _fabrics;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvWriter _writer = new TlvWriter();

        internal FabricRecord(FabricTable fabrics)
        {
            _fabrics = fabrics;
        }

        /// <summary>Writes a record.</summary>
        /// <param name="buffer">Room for <see cref="Capacity"/> bytes.</param>
        /// <param name="fabric">The fabric.</param>
        /// <param name="credentials">Where NOC, ICAC or VVSC, key and node id, vendor id and verification statement come from.</param>
        /// <param name="accessRow">Row of the access control entries.</param>
        /// <param name="keysRow">Row of the group keys.</param>
        /// <returns>Its length or <see cref="MatterError.BufferTooSmall"/>.</returns>
        internal int Write(byte[] buffer, Fabric fabric, Fabric credentials, int accessRow, int keysRow)
        {
            TlvWriter writer = _writer;
            writer.Reset(buffer, 0, Capacity - Checksum.Length);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(Index, (ulong)fabric.Index);
            writer.PutUnsigned(FabricId, fabric.FabricId);
            writer.PutUnsigned(NodeId, credentials.NodeId);
            writer.PutUnsigned(VendorId, (ulong)credentials.VendorId);
            writer.PutBytes(PrivateKey, credentials.PrivateKey, 0, P256.ScalarLength);
            writer.PutBytes(RootCertificate, fabric.RootCertificate, 0, fabric.RootCertificate.Length);
            writer.PutBytes(RootPublicKey, fabric.RootCertificate, fabric.RootPublicKeyOffset, P256.PointLength);
            writer.PutBytes(Noc, credentials.Noc, 0, credentials.Noc.Length);
            if (credentials.Icac.Length > 0) writer.PutBytes(Icac, credentials.Icac, 0, credentials.Icac.Length);
            if (credentials.Vvsc.Length > 0) writer.PutBytes(Vvsc, credentials.Vvsc, 0, credentials.Vvsc.Length);
            byte[] statement = credentials.VerificationStatement;
            if (statement.Length > 0) writer.PutBytes(VerificationStatement, statement, 0, statement.Length);
            if (fabric.Label.Length > 0) writer.PutString(Label, fabric.Label, 0, fabric.Label.Length);
            _fabrics.AccessControl.WriteRow(accessRow, AccessControl, writer);
            _fabrics.GroupKeys.WriteRow(keysRow, KeySets, Groups, writer);
            byte[] extension = fabric.AccessControlExtension;
            if (extension.Length > 0) writer.PutBytes(AccessControlExtension, extension, 0, extension.Length);
            writer.EndContainer();
            if (writer.Error != 0) return writer.Error;
            int length = writer.Length;
            Checksum.Put(buffer, 0, length);
            return length + Checksum.Length;
        }

        /// <summary>Reads a record into a free row with its access control entries and group keys; after an error the row is to be freed.</summary>
        /// <param name="fabric">The row.</param>
        /// <param name="buffer">Holds the record.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>0 or <see cref="MatterError.DamagedRecord"/>.</returns>
        internal int Read(Fabric fabric, byte[] buffer, int length)
        {
            length -= Checksum.Length;
            if (length < 0 || !Checksum.IsRight(buffer, 0, length)) return MatterError.DamagedRecord;

            int seen = 0;
            TlvReader reader = _reader;
            reader.Reset(buffer, 0, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                int tag = reader.Tag;
                if (tag >= 0 && tag <= Groups) seen |= 1 << tag;
                switch (tag)
                {
                    case Index: fabric.Index = (int)reader.GetUnsigned(FabricTable.MaxIndex); break;
                    case FabricId: fabric.FabricId = reader.GetUnsigned(ulong.MaxValue); break;
                    case NodeId: fabric.NodeId = reader.GetUnsigned(ulong.MaxValue); break;
                    case VendorId: fabric.VendorId = (int)reader.GetUnsigned(0xFFFF); break;
                    case PrivateKey: reader.CopyBytes(fabric.PrivateKey, 0, P256.ScalarLength); break;
                    case RootCertificate: fabric.RootCertificate = Copy(Fabric.MaxCertificateLength); break;
                    case RootPublicKey: fabric.RootPublicKeyOffset = FindKey(fabric.RootCertificate); break;
                    case Noc: fabric.Noc = Copy(Fabric.MaxCertificateLength); break;
                    case Icac: fabric.Icac = Copy(Fabric.MaxCertificateLength); break;
                    case Vvsc: fabric.Vvsc = Copy(Fabric.MaxCertificateLength); break;
                    case VerificationStatement: fabric.VerificationStatement = Copy(Fabric.VerificationStatementLength); break;
                    case Label:
                        int labelLength = reader.GetString(1, Fabric.MaxLabelLength);
                        fabric.Label = Fabric.Copy(buffer, reader.ValueOffset, labelLength);
                        break;
                    case AccessControl: _fabrics.AccessControl.ReadRow(fabric.Row, reader); break;
                    case KeySets: _fabrics.GroupKeys.ReadSets(fabric.Row, reader); break;
                    case AccessControlExtension: fabric.AccessControlExtension = Copy(Fabric.MaxExtensionLength); break;
                    case Groups: _fabrics.GroupKeys.ReadGroups(fabric.Row, reader); break;
                }
            }
            if (reader.Finish() != 0 || (seen & Mandatory) != Mandatory || fabric.Index == 0) return MatterError.DamagedRecord;
            return 0;
        }

        // Where the root's certificate, which comes before, has the key that the reader stands on.
        private int FindKey(byte[] certificate)
        {
            int length = _reader.GetBytes(P256.PointLength, P256.PointLength);
            for (int i = 0; length != 0 && i <= certificate.Length - length; i++)
            {
                if (ConstantTime.Equals(certificate, i, _reader.Buffer, _reader.ValueOffset, length)) return i;
            }
            _reader.Fail(MatterError.DamagedRecord);
            return 0;
        }

        private byte[] Copy(int maxLength)
        {
            int length = _reader.GetBytes(1, maxLength);
            return Fabric.Copy(_reader.Buffer, _reader.ValueOffset, _reader.Error == 0 ? length : 0);
        }
    }
}
