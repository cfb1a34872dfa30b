using Matter.Nano.Platform;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Keeps what clusters must not forget: one value per cluster in the key-value store, a structure that the cluster
    /// fills. Written a while after the first change, so that many changes in a row cost one write.
    /// </summary>
    public sealed partial class ClusterStore
    {
        /// <summary>How long a change waits at least for others to be written with it, in ms.</summary>
        public const int DelayMs = 1000;

        /// <summary>Time between two rounds of writing in ms, on average: what bounds the wear of flash memory.</summary>
        public const int IntervalMs = 10000;

        /// <summary>Rounds in a row that needn't wait for that, after as many intervals without one: what is set by hand is soon safe.</summary>
        public const int SavedUpRounds = 6;

        private readonly DataModel _model;
        private readonly IKeyValueStore _store;
        private readonly byte[] _scratch;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvWriter _writer = new TlvWriter();
        private long _deadline = long.MaxValue;
        private long _earliest;

        /// <summary>Creates it.</summary>
        /// <param name="model">The node's endpoints.</param>
        /// <param name="store">Where the values go.</param>
        /// <param name="scratch">Room for <see cref="Limits.ClusterStateLength"/> bytes, used during calls only.</param>
        public ClusterStore(DataModel model, IKeyValueStore store, byte[] scratch)
        {
            _model = model;
            _store = store;
            _scratch = scratch;
        }

        /// <summary>Gives every cluster its saved state back; at start-up.</summary>
        /// <returns>0, or the first error: <see cref="MatterError.StorageFailed"/> or <see cref="MatterError.DamagedRecord"/>. The clusters concerned keep their defaults.</returns>
        public int Load()
        {
            int result = 0;
            for (int i = 0; i < _model.EndpointCount; i++)
            {
                int loaded = Load(_model.GetEndpoint(i));
                if (result == 0)
                {
                    result = loaded;
                }
            }

            return result;
        }

        /// <summary>Gives an endpoint's clusters their saved state back.</summary>
        /// <param name="endpoint">The endpoint.</param>
        /// <returns>As the other one.</returns>
        internal int Load(Endpoint endpoint)
        {
            int result = 0;
            for (int i = 0; i < endpoint.ClusterCount; i++)
            {
                int loaded = Load(endpoint.GetCluster(i));
                if (result == 0)
                {
                    result = loaded;
                }
            }

            return result;
        }

        /// <summary>Forgets the saved state of a cluster whose endpoint is removed.</summary>
        /// <param name="cluster">The cluster.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        internal int Delete(Cluster cluster)
        {
            cluster.IsUnsaved = false;
            return _store.Delete(Key(cluster));
        }

        /// <summary>Writes what has waited long enough, one cluster at a time.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (!_model.HasUnsaved)
            {
                return long.MaxValue;
            }

            if (_deadline == long.MaxValue)
            {
                long at = now + DelayMs > _earliest ? now + DelayMs : _earliest;
                long saved = at - ((SavedUpRounds - 1) * IntervalMs);
                _earliest = (_earliest > saved ? _earliest : saved) + IntervalMs;
                _deadline = at;
            }
            else if (now >= _deadline)
            {
                _deadline = SaveNext() < 0 ? now + IntervalMs : _model.HasUnsaved ? now : long.MaxValue;
            }

            return _deadline;
        }

        /// <summary>Writes everything that waits, at once: before the node goes down.</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>; what could not be written still waits.</returns>
        public int Flush()
        {
            int result = 0;
            while (_model.HasUnsaved && result == 0)
            {
                result = SaveNext();
            }

            _deadline = long.MaxValue;
            return result;
        }

        private int Load(Cluster cluster)
        {
            byte[] buffer = _scratch;
            int length = _store.Read(Key(cluster), buffer, 0, Limits.ClusterStateLength);
            if (length == MatterError.NotFound)
            {
                return 0;
            }

            if (length < 0)
            {
                return length == MatterError.BufferTooSmall ? MatterError.DamagedRecord : length;
            }

            TlvReader reader = _reader;
            reader.Reset(buffer, 0, length);
            reader.EnterMessage();
            while (reader.Next())
            {
            }

            if (reader.Finish() != 0)
            {
                return MatterError.DamagedRecord;
            }

            reader.Reset(buffer, 0, length);
            reader.EnterMessage();
            cluster.Load(reader);
            cluster.IsUnsaved = false;
            return reader.Error == 0 ? 0 : MatterError.DamagedRecord;
        }

        private int SaveNext()
        {
            for (int i = 0; i < _model.EndpointCount; i++)
            {
                Endpoint endpoint = _model.GetEndpoint(i);
                for (int j = 0; j < endpoint.ClusterCount; j++)
                {
                    Cluster cluster = endpoint.GetCluster(j);
                    if (cluster.IsUnsaved)
                    {
                        return Save(cluster);
                    }
                }
            }

            _model.HasUnsaved = false;
            return 0;
        }

        private int Save(Cluster cluster)
        {
            TlvWriter writer = _writer;
            writer.Reset(_scratch, 0, Limits.ClusterStateLength);
            writer.StartStructure(TlvTag.Anonymous);
            int empty = writer.Length;
            cluster.Save(writer);
            bool isNothing = writer.Length == empty && writer.Error == 0;
            writer.EndContainer();
            if (writer.Error != 0)
            {
                return MatterError.StorageFailed;
            }

            int result = isNothing ? _store.Delete(Key(cluster)) : _store.Write(Key(cluster), _scratch, 0, writer.Length);
            if (result == 0)
            {
                cluster.IsUnsaved = false;
            }

            return result;
        }

        private static long Key(Cluster cluster)
        {
            return StoreKey.Cluster + ((long)cluster.Endpoint.Id << 32) + cluster.Id;
        }
    }
}
