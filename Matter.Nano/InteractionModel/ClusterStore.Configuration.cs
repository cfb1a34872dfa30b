using Matter.Nano.Messages;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <content>
    /// ConfigurationVersion (Matter Core 11.1): what a controller knows of a node's endpoints and fixed attributes it need not
    /// read again as long as this number stays the same. It goes up when the node starts as another than it last was, and
    /// when an endpoint comes or goes while it runs.
    /// </content>
    public sealed partial class ClusterStore
    {
        private const int ConfigurationLength = 10;
        private const int DigestOffset = 4;
        private const int LastEndpointOffset = 8;

        // FNV-1a.
        private const uint DigestBasis = 2166136261;
        private const uint DigestPrime = 16777619;

        /// <summary>Tells the model its ConfigurationVersion, one more than the stored one if the endpoints or a fixed attribute changed; at start-up, after <see cref="Load()"/>.</summary>
        /// <returns>0, or <see cref="MatterError.StorageFailed"/> if the new version could not be stored: the next start finds the same one.</returns>
        public int LoadConfiguration()
        {
            uint digest = Digest();
            byte[] buffer = _scratch;
            bool isStored = _store.Read(StoreKey.Configuration, buffer, 0, Limits.ClusterStateLength) == ConfigurationLength;
            uint version = isStored ? LittleEndian.GetUInt32(buffer, 0) : 0;
            _model.ConfigurationVersion = version;
            _model.LastEndpointId = isStored ? LittleEndian.GetUInt16(buffer, LastEndpointOffset) : 0;
            return isStored && LittleEndian.GetUInt32(buffer, DigestOffset) == digest ? 0 : RaiseConfiguration();
        }

        /// <summary>Raises ConfigurationVersion and stores it at once, with the model's LastEndpointId: an endpoint came or went.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        internal int RaiseConfiguration()
        {
            byte[] buffer = _scratch;
            uint digest = Digest();
            LittleEndian.PutUInt32(buffer, 0, ++_model.ConfigurationVersion);
            LittleEndian.PutUInt32(buffer, DigestOffset, digest);
            LittleEndian.PutUInt16(buffer, LastEndpointOffset, _model.LastEndpointId);
            return _store.Write(StoreKey.Configuration, buffer, 0, ConfigurationLength);
        }

        // Of every endpoint its place, of every cluster its id, of every fixed attribute id and value.
        private uint Digest()
        {
            TlvWriter writer = _writer;
            InteractionContext context = new InteractionContext();
            uint digest = DigestBasis;
            for (int i = 0; i < _model.EndpointCount; i++)
            {
                Endpoint endpoint = _model.GetEndpoint(i);
                digest = DigestNumbers(digest, (uint)endpoint.Id, (uint)endpoint.ParentId);
                for (int j = 0; j < endpoint.ClusterCount; j++)
                {
                    Cluster cluster = endpoint.GetCluster(j);
                    for (int row = 0; row < cluster.TableRows + Cluster.GlobalRows; row++)
                    {
                        int quality = cluster.GetQuality(row);
                        if ((quality & Quality.Fixed) == 0 || !cluster.IsPresent(row))
                        {
                            continue;
                        }

                        digest = DigestNumbers(digest, cluster.Id, cluster.GetAttributeId(row));
                        bool isList = (quality & Quality.List) != 0;
                        for (int item = 0; ; item++)
                        {
                            writer.Reset(_scratch, 0, Limits.ClusterStateLength);
                            int status = isList
                                ? cluster.ReadRowItem(row, item, writer, context) : cluster.ReadRow(row, writer, TlvTag.Anonymous, context);
                            digest = Digest(digest, writer.Length);
                            if (!isList || status != ImStatus.Success)
                            {
                                break;
                            }
                        }
                    }
                }
            }

            return digest;
        }

        private uint DigestNumbers(uint digest, uint first, uint second)
        {
            LittleEndian.PutUInt32(_scratch, 0, first);
            LittleEndian.PutUInt32(_scratch, 4, second);
            return Digest(digest, 8);
        }

        private uint Digest(uint digest, int length)
        {
            byte[] buffer = _scratch;
            for (int i = 0; i < length; i++)
            {
                digest = (digest ^ buffer[i]) * DigestPrime;
            }

            return digest;
        }
    }
}
