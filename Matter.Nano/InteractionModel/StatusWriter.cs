using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>Writes StatusIB and what it comes in.</summary>
    internal static class StatusWriter
    {
        /// <summary>Writes a StatusIB.</summary>
        /// <param name="writer">Receives it.</param>
        /// <param name="tag">Its tag.</param>
        /// <param name="status"><see cref="ImStatus"/>, with a cluster's own status in bits 8 to 15.</param>
        public static void PutStatus(TlvWriter writer, int tag, int status)
        {
            writer.StartStructure(tag);
            writer.PutUnsigned(0, (uint)(status & 0xFF));
            if (status > 0xFF)
            {
                writer.PutUnsigned(1, (uint)(status >> 8 & 0xFF));
            }

            writer.EndContainer();
        }

        /// <summary>Writes the members of an AttributeStatusIB into a structure already open.</summary>
        /// <param name="writer">Receives them.</param>
        /// <param name="endpointId">Path: endpoint.</param>
        /// <param name="clusterId">Path: cluster.</param>
        /// <param name="attributeId">Path: attribute.</param>
        /// <param name="status"><see cref="ImStatus"/>.</param>
        public static void PutAttributeStatus(TlvWriter writer, int endpointId, uint clusterId, uint attributeId, int status)
        {
            writer.StartList(0);
            writer.PutUnsigned(2, (uint)endpointId);
            writer.PutUnsigned(3, clusterId);
            writer.PutUnsigned(4, attributeId);
            writer.EndContainer();
            PutStatus(writer, 1, status);
        }
    }
}
