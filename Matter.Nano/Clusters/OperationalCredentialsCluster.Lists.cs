using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>The lists of fabrics, of their certificates and of roots.</content>
    public sealed partial class OperationalCredentialsCluster
    {
        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            bool isRoot = attributeId == TrustedRootCertificatesId;
            if (index >= _fabrics.Capacity)
            {
                // Behind those of the fabrics comes the root that waits for its AddNOC.
                byte[] pending = isRoot && index == _fabrics.Capacity ? _failSafe.Credentials.PendingRoot : null;
                return pending == null ? ImStatus.NotFound : PutRoot(writer, pending, index);
            }

            Fabric fabric = _fabrics.GetRow(index);
            if (fabric.Index == 0)
            {
                return ImStatus.Success;
            }

            if (isRoot)
            {
                return PutRoot(writer, fabric.RootCertificate, index);
            }

            if (fabric.Index != context.FabricIndex && context.IsFabricFiltered)
            {
                return ImStatus.Success;
            }

            writer.StartStructure(TlvTag.Anonymous);
            if (attributeId == FabricsId)
            {
                PutDescriptor(writer, fabric);
            }
            else
            {
                PutNoc(writer, fabric);
            }

            writer.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabric.Index);
            writer.EndContainer();
            return ImStatus.Success;
        }

        // A root that several fabrics have is one.
        private int PutRoot(TlvWriter writer, byte[] certificate, int index)
        {
            for (int row = 0; row < index; row++)
            {
                byte[] other = _fabrics.GetRow(row).RootCertificate;
                if (other.Length == certificate.Length && ConstantTime.Equals(other, 0, certificate, 0, certificate.Length))
                {
                    return ImStatus.Success;
                }
            }

            writer.PutBytes(TlvTag.Anonymous, certificate, 0, certificate.Length);
            return ImStatus.Success;
        }

        private static void PutDescriptor(TlvWriter writer, Fabric fabric)
        {
            writer.PutBytes(1, fabric.RootCertificate, fabric.RootPublicKeyOffset, P256.PointLength);
            writer.PutUnsigned(2, (ulong)fabric.VendorId);
            writer.PutUnsigned(3, fabric.FabricId);
            writer.PutUnsigned(4, fabric.NodeId);
            writer.PutString(5, fabric.Label, 0, fabric.Label.Length);
            if (fabric.VerificationStatement.Length > 0)
            {
                writer.PutBytes(6, fabric.VerificationStatement, 0, fabric.VerificationStatement.Length);
            }
        }

        private static void PutNoc(TlvWriter writer, Fabric fabric)
        {
            writer.PutBytes(1, fabric.Noc, 0, fabric.Noc.Length);
            if (fabric.Icac.Length > 0)
            {
                writer.PutBytes(2, fabric.Icac, 0, fabric.Icac.Length);
            }
            else
            {
                writer.PutNull(2);
            }

            if (fabric.Vvsc.Length > 0)
            {
                writer.PutBytes(3, fabric.Vvsc, 0, fabric.Vvsc.Length);
            }
        }
    }
}
