using System;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;
using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>The node as the interaction model sees it: its endpoints, and which attributes changed of late.</summary>
    /// <remarks>
    /// Each change gets the next stamp of a common clock. The newest changes are remembered one by one; of a change pushed
    /// out only its cluster's <see cref="Cluster.LostStamp"/> is left, which stands for all of the cluster's attributes. So
    /// whoever keeps the stamp of his last look finds what changed since, in fixed room, at worst too much.
    /// </remarks>
    public sealed partial class DataModel
    {
        private readonly byte[] _random = new byte[4];
        private readonly IRandom _randomSource;
        private readonly Cluster[] _changedClusters = new Cluster[Limits.RememberedChanges];
        private readonly uint[] _changedAttributes = new uint[Limits.RememberedChanges];
        private readonly int[] _changeStamps = new int[Limits.RememberedChanges];

        private Endpoint[] _endpoints = new Endpoint[0];
        private int _clusterCount;
        private long _deadline;
        private int _lostStamp;

        /// <summary>Creates an empty model.</summary>
        /// <param name="random">Gives each cluster's first DataVersion.</param>
        public DataModel(IRandom random)
        {
            _randomSource = random;
        }

        /// <summary>Number of endpoints.</summary>
        public int EndpointCount { get { return _endpoints.Length; } }

        /// <summary>Number of clusters on all endpoints.</summary>
        public int ClusterCount { get { return _clusterCount; } }

        /// <summary>ConfigurationVersion: goes up when the node starts with other endpoints or fixed attributes than before, and when an endpoint comes or goes.</summary>
        public uint ConfigurationVersion { get; internal set; } = 1;

        /// <summary>Who belongs to which group; null if nobody does to any.</summary>
        public IGroupMembership Groups { get; set; }

        /// <summary>The node's fabrics, for clusters that keep something for each.</summary>
        public FabricTable Fabrics { get; set; }

        /// <summary>Where the clusters' events go; null to record none.</summary>
        public EventLog Events { get; set; }

        /// <summary>Stamp of the latest change or event; stamps are compared by the sign of their difference.</summary>
        internal int Stamp { get; private set; }

        /// <summary>True if a cluster waits to be saved.</summary>
        internal bool HasUnsaved { get; set; }

        /// <summary>
        /// Adds an endpoint, in ascending order of their numbers; throws if its number is taken. While the node runs it throws
        /// also if the endpoint is not complete, gets back what was stored of it, and subscribers hear of it.
        /// </summary>
        /// <param name="endpoint">An endpoint that no model has yet.</param>
        public void Add(Endpoint endpoint)
        {
            int length = _endpoints.Length;
            if (endpoint.Model != null || Find(endpoint.Id) != null)
            {
                throw new ArgumentException("endpoint " + endpoint.Id.ToString() + " added twice");
            }

            if (IsRunning)
            {
                DeclarationCheck.Run(this, endpoint);
            }

            int position = length;
            while (position > 0 && _endpoints[position - 1].Id > endpoint.Id)
            {
                position--;
            }

            Endpoint[] grown = new Endpoint[length + 1];
            Array.Copy(_endpoints, 0, grown, 0, position);
            Array.Copy(_endpoints, position, grown, position + 1, length - position);
            grown[position] = endpoint;
            _endpoints = grown;
            endpoint.Model = this;
            for (int i = 0; i < endpoint.ClusterCount; i++)
            {
                Adopt(endpoint.GetCluster(i));
            }

            if (IsRunning)
            {
                Announce(endpoint);
            }
        }

        /// <summary>An endpoint by position, in ascending order of their numbers.</summary>
        /// <param name="index">0 to <see cref="EndpointCount"/> - 1.</param>
        /// <returns>The endpoint.</returns>
        public Endpoint GetEndpoint(int index)
        {
            return _endpoints[index];
        }

        /// <summary>An endpoint by number.</summary>
        /// <param name="endpointId">Endpoint number.</param>
        /// <returns>The endpoint or null.</returns>
        public Endpoint Find(int endpointId)
        {
            Endpoint[] endpoints = _endpoints;
            for (int i = 0; i < endpoints.Length; i++)
            {
                if (endpoints[i].Id == endpointId)
                {
                    return endpoints[i];
                }
            }

            return null;
        }

        /// <summary>Whether a path without an endpoint means this one: any does, but in a message to a group its members only.</summary>
        /// <param name="session">The session of the request.</param>
        /// <param name="endpoint">One of the endpoints.</param>
        /// <returns>True if it does.</returns>
        internal bool IsAddressed(Session session, Endpoint endpoint)
        {
            return session.Type != SessionType.Group
                || (Groups != null && Groups.IsMember(session.FabricIndex, session.GroupId, endpoint.Id));
        }

        /// <summary>Tells every cluster that a fabric is gone, and forgets the events that only it might see.</summary>
        /// <param name="fabricIndex">Its index.</param>
        public void FabricRemoved(int fabricIndex)
        {
            for (int i = 0; i < _endpoints.Length; i++)
            {
                Endpoint endpoint = _endpoints[i];
                for (int j = 0; j < endpoint.ClusterCount; j++)
                {
                    endpoint.GetCluster(j).FabricRemoved(fabricIndex);
                }
            }

            if (Events != null)
            {
                Events.RemoveFabric(fabricIndex);
            }
        }

        /// <summary>Runs the clusters' timers, if one of them is due or woke up.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (now < _deadline)
            {
                return _deadline;
            }

            long deadline = long.MaxValue;
            _deadline = long.MaxValue;
            for (int i = 0; i < _endpoints.Length; i++)
            {
                Endpoint endpoint = _endpoints[i];
                for (int j = 0; j < endpoint.ClusterCount; j++)
                {
                    long next = endpoint.GetCluster(j).Poll(now);
                    if (next < deadline)
                    {
                        deadline = next;
                    }
                }
            }

            // A cluster that woke the model up in its Poll keeps the deadline at 0.
            if (_deadline != 0)
            {
                _deadline = deadline;
            }

            return _deadline;
        }

        /// <summary>Has every cluster's Poll called at the next <see cref="Poll"/>.</summary>
        public void Wake()
        {
            _deadline = 0;
        }

        /// <summary>Takes in a cluster of an endpoint that is part of the model.</summary>
        /// <param name="cluster">The cluster.</param>
        internal void Adopt(Cluster cluster)
        {
            byte[] random = _random;
            _randomSource.Fill(random, 0, 4);
            cluster.DataVersion = (uint)(random[0] | random[1] << 8 | random[2] << 16 | random[3] << 24);
            cluster.Ordinal = _clusterCount++;
        }

        /// <summary>Remembers a change.</summary>
        /// <param name="cluster">Its cluster.</param>
        /// <param name="attributeId">The attribute.</param>
        internal void Note(Cluster cluster, uint attributeId)
        {
            int stamp = ++Stamp;
            cluster.ChangeStamp = stamp;
            Cluster[] clusters = _changedClusters;
            int[] stamps = _changeStamps;
            int row = 0;
            for (int i = 0; i < clusters.Length; i++)
            {
                if (clusters[i] == null || (clusters[i] == cluster && _changedAttributes[i] == attributeId))
                {
                    row = i;
                    break;
                }

                if (stamps[i] - stamps[row] < 0)
                {
                    row = i;
                }
            }

            Cluster evicted = clusters[row];
            if (evicted != null && (evicted != cluster || _changedAttributes[row] != attributeId))
            {
                evicted.LostStamp = stamps[row];
                _lostStamp = stamps[row];
            }

            clusters[row] = cluster;
            _changedAttributes[row] = attributeId;
            stamps[row] = stamp;
        }

        /// <summary>An event was recorded: whoever keeps a stamp has to look.</summary>
        internal void NoteEvent()
        {
            Stamp++;
        }

        /// <summary>Whether an attribute changed, or may have changed, after a stamp.</summary>
        /// <param name="cluster">Its cluster.</param>
        /// <param name="row">The attribute's row in it.</param>
        /// <param name="since">The stamp.</param>
        /// <returns>True if it must be reported.</returns>
        internal bool HasChanged(Cluster cluster, int row, int since)
        {
            if (cluster.ChangeStamp - since <= 0)
            {
                return false;
            }

            if (cluster.LostStamp - since > 0)
            {
                return cluster.Endpoint.AddedStamp - since > 0 || (cluster.GetQuality(row) & (Quality.Fixed | Quality.ChangesOmitted)) == 0;
            }

            uint attributeId = cluster.GetAttributeId(row);
            Cluster[] clusters = _changedClusters;
            for (int i = 0; i < clusters.Length; i++)
            {
                if (clusters[i] == cluster && _changedAttributes[i] == attributeId)
                {
                    return _changeStamps[i] - since > 0;
                }
            }

            return false;
        }

        /// <summary>Whether anything that a set of paths names may have changed after a stamp.</summary>
        /// <param name="paths">Path words, see <see cref="AttributePath"/>.</param>
        /// <param name="offset">First word.</param>
        /// <param name="count">Number of paths.</param>
        /// <param name="since">The stamp.</param>
        /// <returns>False only if nothing has.</returns>
        internal bool MayHaveChanged(uint[] paths, int offset, int count, int since)
        {
            if (Stamp == since)
            {
                return false;
            }

            if (_lostStamp - since > 0)
            {
                return true;
            }

            Cluster[] clusters = _changedClusters;
            for (int i = 0; i < clusters.Length && clusters[i] != null; i++)
            {
                if (_changeStamps[i] - since > 0)
                {
                    int end = offset + (count * AttributePath.Words);
                    for (int at = offset; at < end; at += AttributePath.Words)
                    {
                        if (AttributePath.Covers(paths, at, clusters[i].Endpoint.Id, clusters[i].Id, _changedAttributes[i]))
                        {
                            return true;
                        }
                    }
                }
            }

            return false;
        }
    }
}
