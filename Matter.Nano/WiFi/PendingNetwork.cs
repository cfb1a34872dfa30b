using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;

namespace Matter.Nano
{
    /// <summary>
    /// A network and a fabric's credentials that CommissioningComplete has to persist together, though the driver keeps the one
    /// and the fabric table the other: the network is written here first, with the NOC that it belongs to. Storing that NOC
    /// decides for both; then the driver gets the network, at the next start if need be.
    /// </summary>
    internal sealed class PendingNetwork
    {
        // Fabric index, end of its NOC (of its random signature), then the network.
        private const int NocOffset = 1;
        private const int NocLength = 16;
        private const int SsidLengthOffset = NocOffset + NocLength;
        private const int SsidOffset = SsidLengthOffset + 1;
        private const int CredentialsLengthOffset = SsidOffset + WiFiNetwork.MaxSsidLength;
        private const int CredentialsOffset = CredentialsLengthOffset + 1;
        private const int Length = CredentialsOffset + WiFiNetwork.MaxCredentialsLength;

        private readonly IKeyValueStore _store;
        private readonly byte[] _record = new byte[Length];

        public PendingNetwork(IKeyValueStore store)
        {
            _store = store;
        }

        /// <summary>Writes the network that is to count once the store has this fabric with its present NOC.</summary>
        public int Write(Fabric fabric, WiFiNetwork network)
        {
            byte[] record = _record;
            record[0] = (byte)fabric.Index;
            Array.Copy(fabric.Noc, fabric.Noc.Length - NocLength, record, NocOffset, NocLength);
            record[SsidLengthOffset] = (byte)network.SsidLength;
            Array.Copy(network.Ssid, 0, record, SsidOffset, WiFiNetwork.MaxSsidLength);
            record[CredentialsLengthOffset] = (byte)network.CredentialsLength;
            Array.Copy(network.Credentials, 0, record, CredentialsOffset, WiFiNetwork.MaxCredentialsLength);
            int result = _store.Write(StoreKey.PendingNetwork, record, 0, Length);
            Array.Clear(record, 0, Length);
            return result;
        }

        /// <summary>After a start: whether there is a network whose fabric has been stored; it is then in the argument.</summary>
        public bool Read(FabricTable fabrics, WiFiNetwork network)
        {
            byte[] record = _record;
            bool counts = false;
            if (_store.Read(StoreKey.PendingNetwork, record, 0, Length) == Length)
            {
                Fabric fabric = fabrics.Find(record[0]);
                counts = fabric != null && ConstantTime.Equals(fabric.Noc, fabric.Noc.Length - NocLength, record, NocOffset, NocLength);
                if (counts)
                {
                    network.Set(record, SsidOffset, record[SsidLengthOffset], record, CredentialsOffset, record[CredentialsLengthOffset]);
                }
            }

            Array.Clear(record, 0, Length);
            return counts;
        }

        /// <summary>Removes what was written.</summary>
        public int Delete()
        {
            return _store.Delete(StoreKey.PendingNetwork);
        }
    }
}
