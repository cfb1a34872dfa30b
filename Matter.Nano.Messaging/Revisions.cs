namespace Matter.Nano
{
    /// <summary>The revisions of the specification that a node states to its peers, as of Matter 1.6.0.</summary>
    public static class Revisions
    {
        /// <summary>SpecificationVersion: major, minor, dot and reserved, one byte each.</summary>
        public const uint Specification = 0x01060000;

        /// <summary>DataModelRevision.</summary>
        public const int DataModel = 21;

        /// <summary>InteractionModelRevision.</summary>
        public const int InteractionModel = 12;
    }
}
