using Matter.Nano.Crypto;
using Matter.Nano.Platform;

namespace Matter.Nano.Fabrics
{
    /// <summary>The node's fabrics in fixed rows, persistent.</summary>
    public sealed class FabricTable
    {
        /// <summary>Creates the rows, all free.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="store">Where fabrics persist.</param>
        public FabricTable(CryptoSuite crypto, IKeyValueStore store) { }

        /// <summary>Number of rows.</summary>
        public int Capacity { get { return 0; } }

        /// <summary>The row at a position; its Index is 0 if it is free.</summary>
        /// <param name="row">0 to Capacity - 1.</param>
        /// <returns>The row.</returns>
        public Fabric GetRow(int row) { return null; }

        /// <summary>Finds a fabric by its index.</summary>
        /// <param name="fabricIndex">1 to 254.</param>
        /// <returns>The fabric or null.</returns>
        public Fabric Find(int fabricIndex) { return null; }

        /// <summary>Finds the fabric and node that Sigma1's destination id means (Matter Core 4.14.2.4.1).</summary>
        /// <param name="initiatorRandom">Holds the initiator's 32 random bytes.</param>
        /// <param name="initiatorRandomOffset">First byte.</param>
        /// <param name="destinationId">Holds 32 bytes.</param>
        /// <param name="destinationIdOffset">First byte.</param>
        /// <returns>The fabric or null.</returns>
        public Fabric FindByDestination(byte[] initiatorRandom, int initiatorRandomOffset, byte[] destinationId, int destinationIdOffset) { return null; }
    }
}
