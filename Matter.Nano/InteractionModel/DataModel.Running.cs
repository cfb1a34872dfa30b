using System;

namespace Matter.Nano.InteractionModel
{
    /// <content>Endpoints that come and go while the node runs.</content>
    public sealed partial class DataModel
    {
        private ClusterStore _store; // null until the node runs
        private InteractionProtocol _interactions;

        /// <summary>True once the node has started.</summary>
        public bool IsRunning { get { return _store != null; } }

        /// <summary>A number for an endpoint that never had one: above all that are there and all that came or went while the node ran.</summary>
        public int NextEndpointId
        {
            get
            {
                int last = _endpoints.Length == 0 ? 0 : _endpoints[_endpoints.Length - 1].Id;
                return (last > LastEndpointId ? last : LastEndpointId) + 1;
            }
        }

        /// <summary>The highest endpoint number that came or went while the node ran, as stored.</summary>
        internal int LastEndpointId { get; set; }

        /// <summary>Removes an endpoint with its parts, and what is stored of them; throws if it isn't there. Its number must not be used again.</summary>
        /// <param name="endpoint">One of the endpoints, not the root.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: it is gone, but it or its number may be remembered wrongly.</returns>
        public int Remove(Endpoint endpoint)
        {
            if (endpoint.Model != this || endpoint.Id == 0)
            {
                throw new ArgumentException("endpoint " + endpoint.Id.ToString() + " cannot be removed");
            }

            int result = 0;
            for (Endpoint part = FindPart(endpoint); part != null; part = FindPart(endpoint))
            {
                result = First(result, Remove(part));
            }

            for (int i = 0; i < endpoint.ClusterCount && IsRunning; i++)
            {
                Cluster cluster = endpoint.GetCluster(i);
                cluster.Removed();
                result = First(result, _store.Delete(cluster));
            }

            Drop(endpoint);
            endpoint.Model = null;
            return IsRunning ? First(result, Reshape(endpoint)) : result;
        }

        /// <summary>From now on endpoints come and go before everybody's eyes.</summary>
        /// <param name="store">Keeps the clusters' state.</param>
        /// <param name="interactions">Reports what changes.</param>
        internal void Started(ClusterStore store, InteractionProtocol interactions)
        {
            _store = store;
            _interactions = interactions;
        }

        // To a subscriber everything that a new endpoint has is a change.
        private void Announce(Endpoint endpoint)
        {
            _store.Load(endpoint);
            int stamp = ++Stamp;
            _lostStamp = stamp;
            endpoint.AddedStamp = stamp;
            for (int i = 0; i < endpoint.ClusterCount; i++)
            {
                Cluster cluster = endpoint.GetCluster(i);
                cluster.ChangeStamp = stamp;
                cluster.LostStamp = stamp;
            }

            Reshape(endpoint);
        }

        // An endpoint came or went: the lists of those above it change, and reports under way must not go by positions any more.
        private int Reshape(Endpoint endpoint)
        {
            LastEndpointId = endpoint.Id > LastEndpointId ? endpoint.Id : LastEndpointId;
            int result = _store.RaiseConfiguration();
            for (Endpoint above = Find(endpoint.ParentId); above != null; above = above.Id == 0 ? null : Find(above.ParentId))
            {
                for (int i = 0; i < above.ClusterCount; i++)
                {
                    above.GetCluster(i).PartsChanged();
                }
            }

            _interactions.EndpointsChanged();
            Wake();
            return result;
        }

        private Endpoint FindPart(Endpoint endpoint)
        {
            Endpoint[] endpoints = _endpoints;
            for (int i = 0; i < endpoints.Length; i++)
            {
                if (endpoints[i].ParentId == endpoint.Id && endpoints[i] != endpoint)
                {
                    return endpoints[i];
                }
            }

            return null;
        }

        private void Drop(Endpoint endpoint)
        {
            Endpoint[] endpoints = _endpoints;
            Endpoint[] left = new Endpoint[endpoints.Length - 1];
            int position = 0;
            while (endpoints[position] != endpoint)
            {
                position++;
            }

            Array.Copy(endpoints, 0, left, 0, position);
            Array.Copy(endpoints, position + 1, left, position, left.Length - position);
            _endpoints = left;

            // The changes that are remembered stand without gaps.
            Cluster[] clusters = _changedClusters;
            int kept = 0;
            for (int i = 0; i < clusters.Length; i++)
            {
                Cluster cluster = clusters[i];
                clusters[i] = null;
                if (cluster != null && cluster.Endpoint != endpoint)
                {
                    clusters[kept] = cluster;
                    _changedAttributes[kept] = _changedAttributes[i];
                    _changeStamps[kept] = _changeStamps[i];
                    kept++;
                }
            }
        }

        private static int First(int result, int next)
        {
            return result != 0 ? result : next;
        }
    }
}
