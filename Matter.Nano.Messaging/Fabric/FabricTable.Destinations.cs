using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    // Whom CASE is meant for, which only the fabric's nodes can tell (Matter Core 4.14.2).
    public sealed partial class FabricTable
    {
        private const int DestinationsPerFabric = GroupKeyTable.KeysPerSet;

        private readonly byte[] _destination = new byte[Hmac.MacLength];
        private readonly byte[] _ids = new byte[16];

        /// <summary>
        /// Finds the fabric and node that Sigma1's destination id means (Matter Core 4.14.2.4.1), trying every identity
        /// protection key of every fabric; which one it is does not show in the time.
        /// </summary>
        /// <param name="initiatorRandom">Holds the initiator's 32 random bytes.</param>
        /// <param name="initiatorRandomOffset">First byte.</param>
        /// <param name="destinationId">Holds 32 bytes.</param>
        /// <param name="destinationIdOffset">First byte.</param>
        /// <param name="ipk">Receives the operational identity protection key that the peer uses, 16 bytes, if a fabric is found.</param>
        /// <param name="ipkOffset">Where it goes.</param>
        /// <returns>The fabric or null.</returns>
        public Fabric FindByDestination(
            byte[] initiatorRandom, int initiatorRandomOffset, byte[] destinationId, int destinationIdOffset, byte[] ipk, int ipkOffset)
        {
            Fabric found = null;
            for (int i = NextDestination(-1); i >= 0; i = NextDestination(i))
            {
                if (IsDestination(i, initiatorRandom, initiatorRandomOffset, destinationId, destinationIdOffset, ipk, ipkOffset)) found = GetDestination(i);
            }
            return found;
        }

        /// <summary>Goes through all that a destination id can mean: each fabric under each of its identity protection keys.</summary>
        /// <param name="destination">What was looked at last; -1 at first.</param>
        /// <returns>The next one or -1.</returns>
        internal int NextDestination(int destination)
        {
            while (++destination < Rows * DestinationsPerFabric)
            {
                Fabric fabric = GetDestination(destination);
                if (fabric.Index == 0) continue;
                int set = GroupKeys.Find(fabric, GroupKeyTable.IpkSetId);
                if (set >= 0 && destination % DestinationsPerFabric < GroupKeys.GetKeyCount(set)) return destination;
            }
            return -1;
        }

        /// <summary>The fabric of a destination.</summary>
        internal Fabric GetDestination(int destination) { return _rows[destination / DestinationsPerFabric]; }

        /// <summary>Whether this is the destination meant; see <see cref="FindByDestination"/>.</summary>
        internal bool IsDestination(
            int destination, byte[] initiatorRandom, int initiatorRandomOffset, byte[] destinationId, int destinationIdOffset, byte[] ipk, int ipkOffset)
        {
            Fabric fabric = GetDestination(destination);
            int firstKey = GroupKeys.GetFirstKey(GroupKeys.Find(fabric, GroupKeyTable.IpkSetId));
            int key = (firstKey + destination % DestinationsPerFabric) * GroupKeyTable.KeyLength;
            HashDestination(_destination, 0, fabric, key, fabric.NodeId, initiatorRandom, initiatorRandomOffset);
            if (!ConstantTime.Equals(_destination, 0, destinationId, destinationIdOffset, Hmac.MacLength)) return false;
            Array.Copy(GroupKeys.Keys, key, ipk, ipkOffset, GroupKeyTable.KeyLength);
            return true;
        }

        /// <summary>Makes the destination id of another node, under the identity protection key that is current.</summary>
        /// <param name="destinationId">Receives 32 bytes.</param>
        /// <param name="destinationIdOffset">Where they go.</param>
        /// <param name="fabric">The fabric.</param>
        /// <param name="nodeId">The other node.</param>
        /// <param name="initiatorRandom">Holds the initiator's random number, 32 bytes.</param>
        /// <param name="initiatorRandomOffset">First byte.</param>
        /// <param name="ipk">Receives the operational key, 16 bytes.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, or <see cref="MatterError.NotFound"/> if the fabric has no such key.</returns>
        internal int MakeDestination(
            byte[] destinationId, int destinationIdOffset, Fabric fabric, ulong nodeId, byte[] initiatorRandom, int initiatorRandomOffset, byte[] ipk, long now)
        {
            int set = GroupKeys.Find(fabric, GroupKeyTable.IpkSetId);
            if (set < 0) return MatterError.NotFound;
            int key = GroupKeys.GetCurrentKey(set, Clock.GetSeconds(now)) * GroupKeyTable.KeyLength;
            HashDestination(destinationId, destinationIdOffset, fabric, key, nodeId, initiatorRandom, initiatorRandomOffset);
            Array.Copy(GroupKeys.Keys, key, ipk, 0, GroupKeyTable.KeyLength);
            return 0;
        }

        private void HashDestination(
            byte[] destinationId, int destinationIdOffset, Fabric fabric, int key, ulong nodeId, byte[] initiatorRandom, int initiatorRandomOffset)
        {
            PutLittleEndian(_ids, 0, fabric.FabricId);
            PutLittleEndian(_ids, 8, nodeId);
            Hmac hmac = _crypto.Hmac;
            hmac.Start(GroupKeys.Keys, key, GroupKeyTable.KeyLength);
            hmac.Update(initiatorRandom, initiatorRandomOffset, 32);
            hmac.Update(fabric.RootCertificate, fabric.RootPublicKeyOffset, P256.PointLength);
            hmac.Update(_ids, 0, 16);
            hmac.Finish(destinationId, destinationIdOffset);
        }
    }
}
