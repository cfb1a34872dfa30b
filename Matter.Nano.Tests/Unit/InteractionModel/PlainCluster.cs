using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>A cluster with one attribute and no commands.</summary>
    internal sealed class PlainCluster : Cluster
    {
        private static readonly byte[] AttributeTable = { 0x40, 0x03, Access.ReadView, Quality.Fixed };

        public PlainCluster(uint id)
            : base(id, 1, 0, AttributeTable, null)
        {
        }

        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            writer.PutUnsigned(tag, Id);
            return ImStatus.Success;
        }
    }
}
