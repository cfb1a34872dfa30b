using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>Items of a WriteRequest to a test cluster.</summary>
    internal static class TestWrites
    {
        /// <summary>A number in place of an attribute.</summary>
        public static void PutNumber(InteractionClient client, int endpoint, uint attribute, uint value, long version)
        {
            client.BeginItem(endpoint, TestCluster.ClusterId, attribute, false, version);
            client.Writer.PutUnsigned(2, value);
            client.EndItem();
        }

        /// <summary>A number at the end of a list.</summary>
        public static void PutAppend(InteractionClient client, uint attribute, uint value, long version)
        {
            client.BeginItem(1, TestCluster.ClusterId, attribute, true, version);
            client.Writer.PutUnsigned(2, value);
            client.EndItem();
        }

        /// <summary>A list of so many numbers in place of an attribute.</summary>
        public static void PutList(InteractionClient client, uint attribute, int count, long version)
        {
            client.BeginItem(1, TestCluster.ClusterId, attribute, false, version);
            client.Writer.StartArray(2);
            for (uint i = 0; i < count; i++) client.Writer.PutUnsigned(TlvTag.Anonymous, 100 + i);
            client.Writer.EndContainer();
            client.EndItem();
        }
    }
}
