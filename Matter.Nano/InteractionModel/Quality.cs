namespace Matter.Nano.InteractionModel
{
    /// <summary>Fourth byte of an attribute's row in a cluster's table: its qualities, joined by |.</summary>
    public static class Quality
    {
        /// <summary>A plain value that may change and is lost at a restart.</summary>
        public const byte None = 0;

        /// <summary>A list: read item by item, by <see cref="Cluster.ReadItem"/>.</summary>
        public const byte List = 0x01;

        /// <summary>Null is one of its values.</summary>
        public const byte Nullable = 0x02;

        /// <summary>Survives a restart: each change has the cluster saved, see <see cref="Cluster.Save"/>.</summary>
        public const byte NonVolatile = 0x04;

        /// <summary>Never changes at run time.</summary>
        public const byte Fixed = 0x08;

        /// <summary>Changes are neither reported to subscribers nor counted by DataVersion.</summary>
        public const byte ChangesOmitted = 0x10;

        /// <summary>Fabric-sensitive: only read with an accessing fabric.</summary>
        public const byte FabricSensitive = 0x20;

        /// <summary>Not in every instance: <see cref="Cluster.Has"/> decides.</summary>
        public const byte Optional = 0x40;

        /// <summary>The id's upper 16 bits are the cluster's <see cref="Cluster.VendorId"/>.</summary>
        public const byte Vendor = 0x80;
    }
}
