using System;

namespace Matter.Nano.InteractionModel
{
    /// <summary>The node as the interaction model sees it: its endpoints, and which attributes changed of late.</summary>
    public sealed class DataModel
    {
        private Endpoint[] _endpoints = new Endpoint[0];
        private long _deadline;

        /// <summary>Number of endpoints.</summary>
        public int EndpointCount { get { return _endpoints.Length; } }

        /// <summary>Adds an endpoint, in ascending order of their numbers; throws if its number is taken.</summary>
        /// <param name="endpoint">An endpoint that no model has yet.</param>
        public void Add(Endpoint endpoint)
        {
            int length = _endpoints.Length;
            if (endpoint.Model != null || Find(endpoint.Id) != null)
            {
                throw new ArgumentException("endpoint added twice");
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

        /// <summary>Tells every cluster that a fabric is gone.</summary>
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
    }
}
